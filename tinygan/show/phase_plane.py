"""The picture of the Dirac-GAN: which ways of playing fly apart, which go round, which come in.

Here: `rotation`.
"""

import numpy as np
from matplotlib import rc_context
from matplotlib.figure import Figure

from ..theory.dirac_gan import Dirac
from .style import GENERATED, GREEN, REAL, SIZE, STYLE

STEPS, REACH = 2000, 1.6
WAYS = {"simultaneous": {"update": "simultaneous"}, "alternating": {},
        "momentum 0.5": {"momentum": 0.5}, "penalty R, γ = 0.3": {"r1": 0.3}}


@rc_context(STYLE)
def rotation():
    """Near the solution the game is a rotation; the step, the objective and a penalty decide where it ends."""
    figure = Figure(figsize=SIZE)
    figure.suptitle("The Dirac-GAN, one parameter each: near its solution (0, 0) the game only turns;\n"
                    "what ends there is decided by the step, the objective and a penalty on $D$", fontsize=15)
    axes = figure.subplots(2, 4, sharex=True, sharey=True)
    for row, objective in zip(axes, ("minimax", "non-saturating")):
        for ax, (way, options) in zip(row, WAYS.items()):
            panel(ax, Dirac(objective, **options))
            if objective == "minimax":
                ax.set_title(f"{way}\n{ax.get_title(loc='left')}", fontsize=11)
        row[0].set_ylabel(f"{objective}\n$\\psi$, the slope of $D$")
    for ax in axes[1]:
        ax.set_xlabel("$\\theta$, what $G$ makes")
    return figure


def panel(ax, dirac):
    """The force as arrows, one path from (1, 0), and how a step multiplies what is near (0, 0)."""
    side = np.linspace(-REACH, REACH, 9)
    theta, psi = np.meshgrid(side, side)
    ax.quiver(theta, psi, *dirac.force(theta, psi), color="#999999", scale=12, width=0.006)
    path = dirac.path(steps=STEPS)
    final = np.linalg.norm(path[-1])
    inside = np.abs(path).max(axis=1) < 2 * REACH                     # the rest is far outside the panel
    last = len(path) if inside.all() else inside.argmin()
    ax.plot(*path[:last].T, color=colour(final), linewidth=1)
    ax.plot(*path[0], "o", color="black", markersize=6)
    ax.plot(0, 0, "+", color="black", markersize=12)
    leading = dirac.eigenvalues()[0]
    size = np.abs(leading)
    word = "outwards" if size > 1 + 1e-9 else "inwards" if size < 1 - 1e-9 else "round"
    distance = f"{final:.2f}" if final > 0.005 else f"{final:.0e}"
    ax.set_title(f"at (0, 0): $\\lambda$ = {leading.real:.3f} ± {abs(leading.imag):.3f} i\n"
                 f"$|\\lambda|$ = {size:.4f}: {word}\n"
                 f"after {STEPS:,} steps: {distance} away", fontsize=11)
    ax.set(xlim=(-REACH, REACH), ylim=(-REACH, REACH), xticks=[-1, 0, 1], yticks=[-1, 0, 1], aspect="equal", anchor="W")


def colour(final):
    """Orange for what ends farther out than it began, blue for what is within reach, green for what is there."""
    return GENERATED if final > 1.1 else GREEN if final < 0.01 else REAL
