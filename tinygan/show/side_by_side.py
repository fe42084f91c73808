"""The picture of a failure: broken above, mended below, from the same networks.

Here: `side_by_side`, the whole page, made of the panels of one_run.py and one of its own, `arrows`.
"""

import matplotlib
import numpy as np
from matplotlib.figure import Figure

from .one_run import SHOWN, curves, heat_map, square
from .style import GENERATED, REAL, SIZE, STYLE


def side_by_side(pair):
    """A matplotlib Figure, 16:9, of a trained `failures.Pair` in two dimensions."""
    with matplotlib.rc_context({**STYLE, "font.size": 11, "axes.titlesize": 12}):
        figure = Figure(figsize=SIZE)
        figure.suptitle(f"{pair.name}: {pair.failure.symptom}  (seed {pair.seed})", fontsize=15)
        broken, mended = figure.subfigures(2, 1, hspace=0.03)
        real = pair.broken.data.sample(SHOWN, 0)
        reach = 1.3 * np.abs(real).max()
        floor = max(min(run.history["V"].min() for run in pair.runs), -3)
        for half, run, word in ((broken, pair.broken, "broken"), (mended, pair.mended, "mended")):
            title = f"{word}: {pair.knobs(run)}, {run.game.iteration:,} iterations"
            half.suptitle(title, fontsize=13, x=0.01, ha="left")
            first = ["arrows"] if shows_arrows(pair) else []
            axes = half.subplot_mosaic([[*first, "G", "D", "V"], [*first, "G", "D", "mean"]])
            if first:
                arrows(axes["arrows"], pair, run, real, reach)
            means = getattr(run.data, "means", np.empty((0, 2)))
            overlaid(axes["G"], real, run.sample(SHOWN, 1), means, reach)
            heat_map(half, axes["D"], run, reach)
            curves(axes["V"], axes["mean"], run.history)
            axes["V"].set_ylim(1.05 * floor, 0.05)
            if run.history["V"].min() < floor:
                axes["V"].set_title("$V$, cut at \N{MINUS SIGN}3; dashed: $-\\log 4$")
            if run in pair.diverged:
                axes["V"].set_title("diverged: " + axes["V"].get_title(loc="left"))
        return figure


def shows_arrows(pair):
    """Only where the two runs tell G different things from the start."""
    return pair.broken.game.objective != pair.mended.game.objective


def overlaid(ax, real, fake, means, reach):
    """Real examples under generated ones, and a ring around each mode; those outside are counted in the title."""
    ax.scatter(*real.T, s=6, alpha=0.35, color=REAL, linewidths=0)
    ax.scatter(*fake.T, s=12, alpha=0.4, color=GENERATED, linewidths=0)
    ax.scatter(*means.T, s=160, facecolors="none", edgecolors=REAL, linewidths=1.5)
    outside = np.mean((np.abs(fake) > reach).any(axis=1))
    square(ax, "blue: real $x$; orange: $G(z)$" + (f"\n{outside:.1%} of $G(z)$ outside" if outside else ""), reach)


def arrows(ax, pair, run, real, reach, n=40):
    """Before the first step of G: where each of n generated examples is sent."""
    arrow = pair.arrows[run]                                              # (1000, 2)
    ax.scatter(*real.T, s=6, alpha=0.35, color=REAL, linewidths=0)
    ax.scatter(*pair.before[:n].T, s=8, color=GENERATED, linewidths=0)
    longest = max(np.linalg.norm(each, axis=1).max() for each in pair.arrows.values())
    ax.quiver(*pair.before[:n].T, *arrow[:n].T, angles="xy", scale_units="xy", scale=longest / (0.6 * reach),
              width=0.006, color="black")
    mean = np.linalg.norm(arrow, axis=1).mean()
    square(ax, f"first arrows $-\\partial L/\\partial G(z)$\nmean length {mean:.2g}", reach)
