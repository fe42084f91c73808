"""Three more pictures of the theory, on what section 4 leaves to its reader.

Here: a function for each of these three of `tinygan.show.PICTURES`. Looks and colours are those of
theory_pictures.py.
"""

import numpy as np

from .. import theory
from ..layers import sigmoid
from .style import GENERATED, GREEN, GUIDE, REAL
from .theory_pictures import FLOOR, picture


@picture("Who moves first does not matter if $p_g$ may be anything, and does if $p_g$ is a single point")
def equilibrium(figure):
    """If p_g may be anything, min max = max min = −log 4; if it must be a single point, they differ."""
    first, last = figure.subplots(ncols=2, sharey=True)
    coin, p_data = lambda heads: np.array([heads, 1 - heads]), np.array([0.5, 0.5])
    heads = np.linspace(0, 1, 201)
    first.plot(heads, [theory.criterion(p_data, coin(q)) for q in heads], color="black", linewidth=4)
    first.set(title="$G$ moves first, $D$ answers", xlabel="$p_g$(heads), with $p_\\mathrm{data}$(heads) = 1/2",
              ylabel="$V$ in nats")
    d = np.linspace(0.1, 0.9, 161)
    answered = [min(theory.value(coin(each), p_data, coin(q)) for q in (0, 1)) for each in d]
    last.plot(d, answered, color=GENERATED, linewidth=4)
    last.set(title="$D$ moves first, $G$ answers with one point", xlabel="$D$(heads) = 1 − $D$(tails)")
    one_point = theory.criterion(p_data, coin(1))
    for q in (0, 1):
        first.plot(q, one_point, "s", color=GENERATED, markersize=14, clip_on=False, zorder=3)
    for ax in (first, last):
        ax.axhline(FLOOR, color=GUIDE, linestyle="--", linewidth=2)
        ax.plot(0.5, FLOOR, "o", color=GREEN, markersize=14, zorder=3)
        ax.set(xlim=(0, 1), xticks=[0, 0.5, 1], ylim=(-2, -0.85), yticks=[-2, -1.5, -1])
    first.text(0.5, FLOOR - 0.06, "lowest: $-\\log 4$ = −1.386,\nat $p_g = p_\\mathrm{data}$", color=GREEN, va="top",
               ha="center")
    first.text(0.5, one_point, f"one point: at best {one_point:.3f}".replace("-", "−"), color=GENERATED, va="center",
               ha="center")
    last.text(0.5, FLOOR + 0.06, "highest: $-\\log 4$ again, at $D$ = 1/2", color=GREEN, va="bottom", ha="center")
    for at, side in ((0.14, "tails"), (0.86, "heads")):
        last.text(at, -1.8, f"all of $p_g$\non {side}", color=GENERATED, va="center", ha="center")
    last.plot([0, 1], [one_point] * 2, color=GENERATED, linestyle=":", linewidth=3)
    last.annotate("", (0.06, one_point), (0.06, FLOOR), arrowprops={"arrowstyle": "<->", "linewidth": 2.5, "shrinkA": 0,
                                                                    "shrinkB": 0})
    last.text(0.09, -1.1, f"a single point loses {one_point - FLOOR:.3f}\nif it has to move first", va="center")


@picture("One Gaussian for two modes: likelihood covers both, $-\\log D$ keeps one, $\\log(1-D)$ does either")
def three_divergences(figure):
    """One Gaussian for two modes: likelihood covers both, −log D keeps one, and log(1 − D) does either."""
    objectives = {"likelihood": "likelihood:\n$\\mathrm{KL}(p_\\mathrm{data}\\,\\Vert\\,p_g)$",
                  "minimax": "$\\log(1-D)$:\n$2\\,\\mathrm{JSD}$",
                  "non-saturating": "$-\\log D$:\n$\\mathrm{KL}(p_g\\,\\Vert\\,p_\\mathrm{data}) - 2\\,\\mathrm{JSD}$"}
    axes = figure.subplots(2, 3, sharex=True, sharey=True)
    for row, distance in zip(axes, (4, 5)):
        for ax, (objective, title) in zip(row, objectives.items()):
            near = theory.nearest_gaussian(distance, objective)
            ax.fill_between(near.x, near.p_data, color=REAL, alpha=0.15)
            ax.fill_between(near.x, near.p_g, color=GENERATED, alpha=0.15)
            ax.plot(near.x, near.p_data, color=REAL, linestyle=":", linewidth=3.5, label="$p_\\mathrm{data}$")
            ax.plot(near.x, near.p_g, color=GENERATED, linewidth=3.5, label="best $p_g$")
            ax.text(-6.5, 0.72, f"mean {near.mean:.2f}\nstd {near.std:.2f}", color=GENERATED, va="top")
            ax.set(xlim=(-7, 7), ylim=(0, 0.85), yticks=[], xticks=[-5, 0, 5])
            if distance == 4:
                ax.set_title(title)
            else:
                ax.set_xlabel("$x$")
        row[0].set_ylabel(f"modes {distance} apart")
    axes[0, 0].legend(loc="upper right", labelspacing=0.2, borderaxespad=0)


@picture("With the log the best $D$ says how much more is real; without it, only which is more")
def why_the_log(figure):
    """With the log the best D says how much more is real; without it, only which is more, and p_g never rests."""
    axes = figure.subplot_mosaic([["log", "best", "rest"], ["linear", "best", "rest"]])
    y, shares = sigmoid(np.linspace(-30, 30, 6001)), (0.3, 0.6, 0.9)     # so near to 0 and 1 that the log falls away
    for share, marker in zip(shares, "os^"):
        with_log = share * np.log(y) + (1 - share) * np.log(1 - y)
        without = share * y + (1 - share) * (1 - y)
        for ax, values in ((axes["log"], with_log), (axes["linear"], without)):
            ax.plot(y, values, color="black", linewidth=3)
            ax.plot(y[values.argmax()], values.max(), marker, color=GREEN, markersize=13, zorder=3, clip_on=False)
    axes["log"].set(title="$D$'s part of $V$ at one $x$, …", ylim=(-2.2, 0), yticks=[-2, -1, 0])
    axes["linear"].set(title="… and without the log", xlabel="$y = D(x)$", ylim=(0, 1), yticks=[0, 0.5, 1])
    share = np.linspace(0, 1, 201)
    axes["best"].plot(share, theory.optimal_discriminator(share, 1 - share), color="black", linewidth=4,
                      label="with the log")
    axes["best"].plot(share, theory.linear_discriminator(share, 1 - share), color=GUIDE, linestyle="--", linewidth=4,
                      label="without")
    for each, marker in zip(shares, "os^"):
        for best in (theory.optimal_discriminator, theory.linear_discriminator):
            axes["best"].plot(each, best([each], [1 - each]), marker, color=GREEN, markersize=13, zorder=3,
                              clip_on=False)
    axes["best"].set(title="the best $D(x)$", xlabel="$p_\\mathrm{data}\\,/\\,(p_\\mathrm{data} + p_g)$",
                     ylim=(-0.02, 1.02), yticks=[0, 0.5, 1])
    for name in ("log", "linear", "best"):
        axes[name].set(xlim=(0, 1), xticks=[0, 0.5, 1])
    p_data, start = np.array([0.5, 0.2, 0.3]), [0.05, 0.9, 0.05]
    for alternate, look in ((theory.alternate, {"color": "black", "label": "with the log"}),
                            (theory.linear_alternate, {"color": GUIDE, "linestyle": "--", "label": "without"})):
        path = alternate(p_data, start, rate=0.02, steps=500)
        axes["rest"].semilogy([theory.total_variation(p_data, p_g) for p_g in path], linewidth=4, **look)
    axes["rest"].set(title="$p_g$, step by step (Prop. 2)", xlabel="step", ylabel="TV($p_\\mathrm{data}$, $p_g$)",
                     xlim=(0, 500), xticks=[0, 250, 500], ylim=(1e-6, 1), yticks=[1e-6, 1e-4, 1e-2, 1])
    axes["rest"].legend(loc="lower left")
