"""The pictures of where the assumptions of the theory end: one for each, one message each.

Here: a function for each of these four of `tinygan.show.PICTURES`. Colours and titles are as in theory_pictures.py.
"""

import numpy as np

from .. import theory
from ..data import Normal
from ..layers import sigmoid
from .style import D_COLOURS, GENERATED, GREEN, GUIDE, REAL
from .theory_pictures import FLOOR, densities, picture


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
    for seen, colour, fresh, width in ((few, "black", "black", 4), (many, "0.6", "0.2", 1.5)):
        stored = f"{len(seen.points)} stored: $V$ on"
        axes["V"].semilogx(seen.steps, seen.V_stored, color=colour, linewidth=4, label=f"{stored} these")
        axes["V"].semilogx(seen.steps, seen.V_fresh, "--", color=fresh, linewidth=width, label=f"{stored} fresh ones")
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


@picture("While $D$ rests, $G$ climbs $D$'s logit: to one peak, or, if there is none, away")
def helvetica(figure):
    """Trained on while D rests, G takes all z to the logit's peak, or runs away where there is none."""
    above, below = figure.subplots(2, 3, sharex=True, sharey="row", height_ratios=[1, 1.5])
    climbs = [theory.helvetica.train_generator(0.3), theory.helvetica.train_generator(3.0),
              theory.helvetica.train_generator(3.0, k=1)]
    titles = "$p_g$ narrow, $D$ rests: away", "$p_g$ wide, $D$ rests: collapse", "$D$ moves, $k$ = 1: $a$ at the end"
    real = np.quantile(theory.figure1.P_DATA.sample(100_000, 0), (np.arange(99) + 0.5) / 99)
    for top, ax, climb, title in zip(above, below, climbs, titles):
        top.axhline(0, color=GUIDE, linestyle=":", linewidth=2)
        top.plot(theory.helvetica.X, climb.a_end, color="black", linewidth=4)
        top.set(title=title, ylim=(-9, 9), yticks=[-6, 0, 6])
        if abs(climb.peak) < 6 and (climb.a == climb.a_end).all():
            top.plot(climb.peak, climb.a.max(), "o", color=GREEN, markersize=13, zorder=3)
        ax.plot(climb.x[:, 1::4], climb.steps, color=GENERATED, linewidth=1.5)
        ax.plot(real[1::4], np.full(25, 2000), "o", color=REAL, markersize=6, clip_on=False)
        ax.set(xlabel="$x$", xlim=(-7, 7), xticks=[-5, 0, 5], ylim=(0, 2000))
        ax.set_yscale("symlog", linthresh=1, linscale=0.3)
        ax.set_yticks([0, 10, 100, 1000], ["0", "10", "100", "1000"])
        ax.minorticks_off()
    below[0].text(6.8, 100, f"at the end all\n$x$ are near ${climbs[0].x[-1].mean():.0f}$", ha="right")
    below[1].text(6.8, 250, f"std of $x$: {climbs[1].x[-1].std():.3f}\n(data: 0.98)", ha="right")
    below[2].text(7.3, 250, f"std: {climbs[2].x[-1].std():.2f}", ha="right")
    above[0].set_ylabel("$D$'s logit $a(x)$")
    below[0].set_ylabel("steps of $G$")
    figure.supxlabel("orange: where 25 equally likely $z$ go.  Blue: where they would lie if $p_g = p_\\mathrm{data}$",
                     fontsize=16)


@picture("A small $G$ leaves $C(G)$ above its floor; a small $D$ does so, too, and $V$ does not show it")
def capacity(figure):
    """Small networks leave C(G) above its floor, and where D is small V says nothing about it."""
    axes = figure.subplot_mosaic([["C", "C", "C", "V", "V", "V"], ["0", "0", "1", "1", "2", "2"]])
    games, x = theory.capacity.grid(), np.linspace(-3, 3, 1201)
    table(axes["C"], {widths: game.C for widths, game in games.items()}, "$C(G) + \\log 4$, from both densities")
    table(axes["V"], {widths: game.V for widths, game in games.items()}, "$V(D, G) + \\log 4$, as this $D$ sees it")
    for name, (width_G, width_D) in zip("012", ((32, 1), (2, 32), (32, 32))):
        p_g = theory.pushforward(games[width_G, width_D].G, Normal(1), x)
        densities(axes[name], x, theory.capacity.P_DATA.density(x[:, None]), p_g)
        axes[name].set(title=f"$G$: {width_G} units, $D$: {width_D}", ylim=(0, 1.2), yticks=[], ylabel="")
    axes["2"].legend(loc="upper left", bbox_to_anchor=(0.35, 0.98), labelspacing=0.2, borderaxespad=0)


def table(ax, values, title):
    """Numbers by the widths of G and D, in nats above −log 4, the darker the larger."""
    widths_G, widths_D = (list(dict.fromkeys(widths)) for widths in zip(*values))
    above = np.array([[values[G, D] for D in widths_D] for G in widths_G]) - FLOOR
    ax.imshow(above, cmap="Greys", vmin=0, vmax=1.2, aspect="auto", origin="lower")
    for (i, j), value in np.ndenumerate(above):
        ax.text(j, i, f"{round(value, 2) + 0:.2f}", ha="center", va="center", fontsize=18)
    ax.set_xticks(range(len(widths_D)), widths_D)
    ax.set_yticks(range(len(widths_G)), widths_G)
    ax.set(title=title, xlabel="units of $D$", ylabel="units of $G$")
    ax.tick_params(length=0)
