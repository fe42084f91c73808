"""The picture of a failure: broken on the left, mended on the right, from the same networks.

Here: `side_by_side`, the whole page, made of the panels of one_run.py and one of its own, `arrows`.
"""

import matplotlib
import numpy as np
from matplotlib.figure import Figure

from .one_run import SHOWN, View, curves, heat_map, overlaid
from .style import GENERATED, REAL, SIZE, STYLE


def side_by_side(pair):
    """A matplotlib Figure, 16:9, of a trained `failures.Pair` in two dimensions."""
    with matplotlib.rc_context(STYLE):
        figure = Figure(figsize=SIZE)
        figure.suptitle(f"{pair.name}: {pair.failure.symptom}", fontsize=16)
        real = pair.broken.data.sample(SHOWN, 0)
        view = View(real)
        floor = max(min(run.history["V"].min() for run in pair.runs), -3)
        for half, run, word in zip(figure.subfigures(1, 2, wspace=0.02), pair.runs, ("broken", "mended")):
            half.suptitle(f"{word}: {pair.knobs(run)}", fontsize=15)
            axes = half.subplot_mosaic([["both", "D"], ["V", "mean"]], height_ratios=[1.25, 1])
            modes = getattr(run.data, "means", ())
            overlaid(axes["both"], real, run.sample(SHOWN, 1), view, "$G(z)$ on $x$", modes, size=16)
            if shows_arrows(pair):
                arrows(axes["D"], pair, run, real, view)
            else:
                heat_map(axes["D"], run, view)
            curves(axes["V"], axes["mean"], run.history, legend=word == "mended")
            axes["V"].set_ylim(1.05 * floor, 0.05)
            if run in pair.diverged:
                axes["V"].set_title("$V$: training diverged")
            elif run.history["V"].min() < floor:
                axes["V"].set_title("$V$ down to \N{MINUS SIGN}3")
        return figure


def shows_arrows(pair):
    """Only where the two runs tell G different things from the start."""
    return pair.broken.game.objective != pair.mended.game.objective


def arrows(ax, pair, run, real, view, n=40):
    """Before the first step of G: where each of n generated examples is sent, −∂L/∂G(z)."""
    arrow = pair.arrows[run]                                              # (1000, 2)
    ax.scatter(*real.T, s=22, alpha=0.35, color=REAL, linewidths=0)
    ax.scatter(*pair.before[:n].T, s=8, color=GENERATED, linewidths=0)
    longest = max(np.linalg.norm(each, axis=1).max() for each in pair.arrows.values())
    ax.quiver(*pair.before[:n].T, *arrow[:n].T, angles="xy", scale_units="xy",
              scale=longest / (0.3 * (view.high - view.low).max()), width=0.006, color="black")
    view.frame(ax, f"first arrows: {np.linalg.norm(arrow, axis=1).mean():.1g}")
