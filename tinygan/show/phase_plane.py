"""The picture of the Dirac-GAN: which ways of playing fly apart, which go round, which come in.

Here: `rotation`.
"""

import numpy as np
from matplotlib import rc_context
from matplotlib.figure import Figure

from ..theory.dirac_gan import Dirac
from .style import GREEN, SIZE, SLIDE

STEPS, REACH = 2000, 1.6
WAYS = {"simultaneous": {"update": "simultaneous"}, "alternating": {},
        "momentum 0.5": {"momentum": 0.5}, "penalty R1": {"r1": 0.3}}


@rc_context({**SLIDE, "axes.titlesize": 14, "axes.labelsize": 16})
def rotation():
    """Near the solution the game is a rotation; the step, the objective and a penalty decide where it ends."""
    figure = Figure(figsize=SIZE)
    figure.get_layout_engine().set(h_pad=0.1)
    figure.suptitle("The Dirac-GAN turns around its solution; step, objective and penalty decide where it ends")
    figure.supxlabel(f"$\\theta$, what $G$ makes.  Each path: {STEPS:,} steps from the dot", fontsize=16)
    figure.supylabel("$\\psi$, the slope of $D$", fontsize=16)
    axes = figure.subplots(2, 4, sharex=True, sharey=True)
    for row, objective in zip(axes, ("minimax", "non-saturating")):
        row[0].set_ylabel(objective)
        for ax, (way, options) in zip(row, WAYS.items()):
            panel(ax, Dirac(objective, **options))
    for ax, (way, options) in zip(axes[0], WAYS.items()):                # a step near (0, 0) is that of both objectives
        factor = abs(Dirac(**options).eigenvalues()[0])
        ax.set_title(f"{way}: $|\\lambda|$ = {factor:.3f}\n{ax.get_title(loc='left')}")
    return figure


def panel(ax, dirac):
    """The force as arrows, and one path from (1, 0): green if it gets home."""
    side = np.linspace(-REACH, REACH, 9)
    theta, psi = np.meshgrid(side, side)
    ax.quiver(theta, psi, *dirac.force(theta, psi), color="#AAAAAA", scale=12, width=0.008)
    path = dirac.path(steps=STEPS)
    final = np.linalg.norm(path[-1])
    home = final < 0.005
    inside = np.abs(path).max(axis=1) < 2 * REACH                     # the rest is far outside the panel
    last = len(path) if inside.all() else inside.argmin()
    ax.plot(*path[:last].T, color=GREEN if home else "black", linewidth=2)
    ax.plot(*path[0], "o", color="black", markersize=8)
    ax.plot(0, 0, "+", color="black", markersize=14, markeredgewidth=2)
    ax.set(xlim=(-REACH, REACH), ylim=(-REACH, REACH), xticks=[-1, 0, 1], yticks=[-1, 0, 1], aspect="equal", anchor="W",
           title="ends at (0, 0)" if home else f"ends {final:.2f} away")
