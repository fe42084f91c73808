"""The picture of a failure: broken above, mended below, from the same networks.

Here: `failure`, the whole page, made of the panels of `picture.py` and one of its own, `arrows`.
"""

import matplotlib
import numpy as np
from matplotlib.figure import Figure

from .picture import SHOWN, curves, heat_map, square
from .style import GENERATED, REAL, SIZE, STYLE


def failure(lesson):
    """A matplotlib Figure, 16:9, of a trained `failures.Lesson` in two dimensions."""
    with matplotlib.rc_context({**STYLE, "font.size": 11, "axes.titlesize": 12}):
        figure = Figure(figsize=SIZE)
        figure.suptitle(f"{lesson.name}: {lesson.failure.symptom}  (seed {lesson.seed})", fontsize=15)
        broken, mended = figure.subfigures(2, 1, hspace=0.03)
        real = lesson.broken.data.sample(SHOWN, 0)
        reach = 1.3 * np.abs(real).max()
        floor = max(min(run.history["V"].min() for run in lesson.runs), -3)
        for half, run, word in ((broken, lesson.broken, "broken"), (mended, lesson.mended, "mended")):
            half.suptitle(f"{word}: {lesson.knobs(run)}, {run.game.iteration:,} iterations", fontsize=13, x=0.01, ha="left")
            axes = half.subplot_mosaic([["G", "D", "V"], ["G", "D", "mean"]] if not shows_arrows(lesson) else
                                       [["arrows", "G", "D", "V"], ["arrows", "G", "D", "mean"]])
            if shows_arrows(lesson):
                arrows(axes["arrows"], lesson, run, real, reach)
            overlaid(axes["G"], real, run.sample(SHOWN, 1), getattr(run.data, "means", np.empty((0, 2))), reach)
            heat_map(half, axes["D"], run, reach)
            curves(axes["V"], axes["mean"], run.history)
            axes["V"].set_ylim(1.05 * floor, 0.05)
            if run.history["V"].min() < floor:
                axes["V"].set_title("$V$, cut at \N{MINUS SIGN}3; dashed: $-\\log 4$")
            if run in lesson.diverged:
                axes["V"].set_title("diverged: " + axes["V"].get_title(loc="left"))
        return figure


def shows_arrows(lesson):
    """Only where the two runs tell G different things from the start."""
    return lesson.broken.game.objective != lesson.mended.game.objective


def overlaid(ax, real, fake, means, reach):
    """Real examples under generated ones, and a ring around each mode; those outside are counted in the title."""
    ax.scatter(*real.T, s=6, alpha=0.35, color=REAL, linewidths=0)
    ax.scatter(*fake.T, s=12, alpha=0.4, color=GENERATED, linewidths=0)
    ax.scatter(*means.T, s=160, facecolors="none", edgecolors=REAL, linewidths=1.5)
    outside = np.mean((np.abs(fake) > reach).any(axis=1))
    square(ax, "blue: real $x$; orange: $G(z)$" + (f"\n{outside:.1%} of $G(z)$ outside" if outside else ""), reach)


def arrows(ax, lesson, run, real, reach, n=40):
    """Before the first step of G: where each of n generated examples is sent."""
    arrow = lesson.arrows[run]
    ax.scatter(*real.T, s=6, alpha=0.35, color=REAL, linewidths=0)
    ax.scatter(*lesson.before[:n].T, s=8, color=GENERATED, linewidths=0)
    longest = max(np.linalg.norm(each, axis=1).max() for each in lesson.arrows.values())
    ax.quiver(*lesson.before[:n].T, *arrow[:n].T, angles="xy", scale_units="xy", scale=longest / (0.6 * reach), width=0.006, color="black")
    square(ax, f"first arrows $-\\partial L/\\partial G(z)$\nmean length {np.linalg.norm(arrow, axis=1).mean():.2g}", reach)
