"""The pictures of where the assumptions of the theory end: one for each, one message each.

Here: `supports`, `overfitting`. Colours and titles are as in theory_pictures.py.
"""

import numpy as np

from .. import theory
from ..data import Normal
from ..layers import sigmoid
from .style import D_COLOURS, GENERATED, GREEN, GUIDE, REAL
from .theory_pictures import picture

FLOOR = -np.log(4)


@picture("Noise of one dimension, data of two: a perfect $D$ exists, and $C(G) = 0$ whatever $G$ does")
def supports(figure):
    """A curve has no area: D can be perfect, C is 0 beside every curve, and log(1 − D) has no slope left."""
    axes = figure.subplot_mosaic([["plane", "jsd"], ["C", "push"]])
    curve = theory.supports.curve_in_the_plane(seed=4)
    axes["plane"].scatter(*Normal(2).sample(2000, 0).T, s=12, color=REAL, alpha=0.35, linewidths=0)
    axes["plane"].plot(*curve.G(np.linspace(-4, 4, 2001)[:, None]).T, color=GENERATED, linewidth=3)
    axes["plane"].set(title="$z$ on a line, $G(z)$ on a curve", xlabel="$x_1$", ylabel="$x_2$",
                      xlim=(-5.6, 5.6), ylim=(-2.9, 2.9), xticks=[-4, -2, 0, 2, 4], yticks=[-2, 0, 2])
    cells_shrink(axes["jsd"], curve)
    lines_part(axes["C"])
    blur_fades(axes["push"])


def cells_shrink(ax, curve):
    """JSD against the number of cells: to log 2 for noise of one dimension, and along the floor for two."""
    ax.axhline(np.log(2), color=GUIDE, linestyle=":", linewidth=2)
    ax.semilogx(curve.cells, curve.one, color=GENERATED, linewidth=4, label="$z$ of one dimension", base=2)
    ax.semilogx(curve.cells, curve.two, "--", color=GENERATED, linewidth=4, label="$z$ of two", base=2)
    ax.semilogx(curve.cells, curve.floor, ":", color=REAL, linewidth=4, label="real against real", base=2)
    ax.text(2, np.log(2) - 0.025, "$\\log 2$", color=GUIDE, va="top")
    ax.set(title="examples counted in ever smaller cells", xlabel="cells along each side", ylabel="JSD in nats",
           ylim=(-0.02, 0.75), yticks=[0, 0.3, 0.6], xticks=[2, 16, 128, 1024], xticklabels=["2", "16", "128", "1024"])
    ax.legend(loc="center right", labelspacing=0.2, bbox_to_anchor=(1, 0.42))


def lines_part(ax):
    """C of two parallel lines against their distance: smooth only where both are blurred."""
    theta = np.linspace(-2, 2, 401)
    for sigma, grey in ((1, "0.7"), (0.5, "0.55"), (0.2, "0.35"), (0.0, "0")):
        C = [theory.supports.parallel_lines(abs(each), sigma).C for each in theta if each or sigma]
        ax.plot(theta[(theta != 0) | (sigma > 0)], C, color=grey, linewidth=4, label=f"$\\sigma$ = {sigma:g}")
    ax.plot(0, 0, "o", color="white", markeredgecolor="black", markeredgewidth=2.5, markersize=11, zorder=3)
    ax.plot(0, FLOOR, "o", color=GREEN, markersize=13, zorder=3)
    ax.set(title="two parallel lines, blurred by $\\sigma$", xlabel="their distance $\\theta$", ylabel="$C(G)$ in nats",
           xlim=(-2, 4.2), ylim=(-1.5, 0.1), yticks=[-1, -0.5, 0], xticks=[-2, -1, 0, 1, 2])
    ax.legend(loc="center right", labelspacing=0.2)


def blur_fades(ax):
    """The slope by θ of both objectives at the distance 1, as the blur fades."""
    sigma = np.geomspace(0.08, 2, 200)
    lines = [theory.supports.parallel_lines(1, each) for each in sigma]
    ax.loglog(sigma, [each.minimax for each in lines], color="black", linewidth=4, label="$\\log(1-D)$")
    ax.loglog(sigma, [each.non_saturating for each in lines], color=GREEN, linewidth=4, label="$-\\log D$")
    ax.set(title="what pulls $G$ home from $\\theta = 1$, with $D = D^*$", xlabel="$\\sigma$",
           ylabel="slope by $\\theta$", xticks=[0.1, 1], xticklabels=["0.1", "1"], ylim=(1e-6, 1e3),
           yticks=[1e-6, 1e-3, 1, 1e3])
    ax.minorticks_off()
    ax.legend(loc="lower right")


@picture("$G$ is perfect, and yet a $D$ that trains long on few stored examples tells them from all others")
def overfitting(figure):
    """Trained long on twenty stored examples, D knows them by heart, and V on fresh ones falls without bound."""
    axes = figure.subplot_mosaic([["few", "V"], ["many", "V"]], width_ratios=[1, 2])
    few, many = (theory.overfitting.memorise(stored) for stored in (20, 2000))
    for name, seen in (("few", few), ("many", many)):
        surface(axes[name], seen.D)
        axes[name].scatter(*seen.points.T, s=40 if name == "few" else 3, color="black", linewidths=0)
        axes[name].set(title=f"$D$, {len(seen.points)} stored")
    axes["many"].set_xlabel("orange: 0, blue: 1")
    for seen, colour, stored in ((few, "black", "20"), (many, "0.6", "2000")):
        axes["V"].semilogx(seen.steps, seen.V_stored, color=colour, linewidth=4, label=f"{stored} stored: $V$ on these")
        axes["V"].semilogx(seen.steps, seen.V_fresh, "--", color=colour, linewidth=4,
                           label=f"{stored} stored: $V$ on fresh ones")
    axes["V"].axhline(FLOOR, color=GUIDE, linestyle=":", linewidth=2)
    axes["V"].text(3000, FLOOR - 0.1, "$-\\log 4$, for $D$ = 1/2", color=GUIDE, va="top", ha="right")
    axes["V"].set(title="what $V$ says on the way there", xlabel="steps of $D$", ylabel="nats", ylim=(-9, 0.3),
                  xticks=[1, 10, 100, 1000], xticklabels=["1", "10", "100", "1000"])
    axes["V"].minorticks_off()
    axes["V"].legend(loc="lower left", labelspacing=0.2)


def surface(ax, D):
    """The probability D over the plane, from orange, 0, to blue, 1."""
    side = np.linspace(-3, 3, 241)
    grid = np.stack(np.meshgrid(side, side), axis=-1).reshape(-1, 2)
    ax.imshow(sigmoid(D(grid)).reshape(241, 241), origin="lower", extent=(-3, 3, -3, 3), cmap=D_COLOURS, vmin=0, vmax=1)
    ax.set(xlim=(-3, 3), ylim=(-3, 3), xticks=[-2, 0, 2], yticks=[-2, 0, 2])
