"""The picture of a run: generated on real, as large as can be; beside it what D thinks, what G does, and the curves.

Here: `picture`, the whole page, made of the panels below; and `curves`, which other pages share.
"""

import matplotlib
import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from .. import _check
from ..algorithm1 import Listing
from ..data import Images
from ..lab.frames import reach_of, window
from ..layers import sigmoid
from ..recipes.runs import Played
from .digit_pictures import draw_samples, draw_walks
from .style import D_COLOURS, GENERATED, GUIDE, REAL, SIZE, STYLE

SHOWN = 2000                                                  # points in a cloud


def picture(run):
    """A matplotlib Figure, 16:9, of a trained `recipes.Run` or `Algorithm1`."""
    if not isinstance(run, (Played, Listing)):
        raise TypeError(f"game must be an Algorithm1 or a recipes.Run, not {_check.shown(run)}")
    run = run if isinstance(run, Played) else Played(run)
    with matplotlib.rc_context(STYLE):
        figure = Figure(figsize=SIZE)
        seed = "" if run.seed is None else f" (seed {run.seed})"
        figure.suptitle(f"{run.name}: generated and real after {run.game.iteration:,} iterations of Algorithm 1{seed}",
                        fontsize=17)
        if isinstance(run.data, Images):
            draw_images(figure, run)
        elif run.data.dim <= 2:
            (draw_1d if run.data.dim == 1 else draw_2d)(figure, run)
        else:
            draw_pairs(figure, run)
        return figure


# In the plane

def draw_2d(figure, run):
    """G(z) on x; then D's map, the noise under G, and the curves."""
    axes = figure.subplot_mosaic([["both", "D", "V"], ["both", "G", "mean"]], width_ratios=[2.05, 1, 1])
    rng = np.random.default_rng(0)
    real = run.real(SHOWN, rng)
    fake = run.sample(len(real), rng)
    view = View(real)
    overlaid(axes["both"], real, fake, view, "orange: generated $G(z)$; blue: real $x$")
    name_axes(axes["both"], run)
    heat_map(axes["D"], run, view, real[:200], fake[:200])
    grid = noise_grid(run.game.noise)
    others = "".join(f", {z:g}" for z in grid[0, 0, 2:])                  # where the slice lies, of more than two
    noise = f"noise $(z_1, z_2{others})$" if others else "a grid of noise"
    lines(axes["G"], np.array([run.generate(line) for line in grid]), view, f"$G$ of {noise}")
    curves(axes["V"], axes["mean"], run.history)


class View:
    """What part of the plane is shown, for points x, (n, 2)."""

    def __init__(self, x):
        self.low, self.high, self.equal = window(x)

    def frame(self, ax, title):
        """This part, a few ticks and a title."""
        ax.set(title=title, xlim=(self.low[0], self.high[0]), ylim=(self.low[1], self.high[1]))
        ax.set_box_aspect(1)
        for axis in (ax.xaxis, ax.yaxis):
            axis.set_major_locator(MaxNLocator(4, integer=bool((self.high - self.low > 3).all())))

    def outside(self, x):
        """The share of these points that is not shown."""
        return np.mean(((x < self.low) | (x > self.high)).any(axis=1))


def overlaid(ax, real, fake, view, title, modes=(), size=7):
    """Generated points on real ones, and a ring around each of the modes; the title counts what lies outside."""
    ax.scatter(*real.T, s=22, alpha=0.35, color=REAL, linewidths=0)
    ax.scatter(*fake.T, s=size, alpha=0.6, color=GENERATED, linewidths=0)
    if len(modes):
        ax.scatter(*np.transpose(modes), s=160, facecolors="none", edgecolors=REAL, linewidths=1.5)
    beyond = view.outside(fake)
    view.frame(ax, title + (f"; {beyond:.1%} outside" if beyond >= 0.005 else ""))


def heat_map(ax, run, view, real=None, fake=None, n=200):
    """The probability D(x) over the plane, σ of D's logit, with a line where it is 1/2 and some of the points."""
    sides = [np.linspace(view.low[j], view.high[j], n) for j in (0, 1)]
    x = np.stack(np.meshgrid(*sides), axis=-1)                            # (n, n, 2)
    D = sigmoid(run.logits(x.reshape(-1, 2))).reshape(n, n)
    ax.imshow(D, origin="lower", extent=(view.low[0], view.high[0], view.low[1], view.high[1]), cmap=D_COLOURS,
              vmin=0, vmax=1, aspect="auto")
    if D.min() < 0.49 and D.max() > 0.51:                              # otherwise the line means nothing
        ax.contour(*sides, D, levels=[0.5], colors="black", linewidths=0.8)
    for points, colour in ((real, REAL), (fake, GENERATED)):
        if points is not None:
            ax.scatter(*points.T, s=9, color=colour, edgecolors="white", linewidths=0.4)
    view.frame(ax, "$D(x)$: orange 0, blue 1")


def noise_grid(noise, n=17, fine=121):
    """2n lines of `fine` points each, (2n, fine, noise.dim), over the middle 98 % of z₁ and z₂. Where
    there are more dimensions it is a slice: all others stay at their median, to a tenth."""
    low, middle, high = reach_of(noise)
    coarse, fine = np.linspace(low, high, n), np.linspace(low, high, fine)
    upright = [np.column_stack([np.full_like(fine, c), fine][:noise.dim]) for c in coarse]
    level = [np.column_stack([fine, np.full_like(fine, c)][:noise.dim]) for c in coarse]
    others = np.full((2 * n, len(fine), max(0, noise.dim - 2)), middle)
    return np.concatenate([upright + level, others], axis=2)


def lines(ax, grid, view, title):
    """The grid's lines, each upright one in its own colour, the level ones in grey."""
    n = len(grid) // 2
    colours = matplotlib.colormaps["viridis"](np.linspace(0, 0.9, n))
    for i in range(n):
        ax.plot(*grid[n + i].T, color="#999999", linewidth=0.8)
    for i in range(n):
        ax.plot(*grid[i].T, color=colours[i], linewidth=1.2)
    view.frame(ax, title)


# The curves

def curves(ax_V, ax_mean, history, legend=True):
    """V over −log 4 above; below, mean D(x) and D(G(z)) over 1/2, and the spread of D: where that is
    0, D looks at nothing, whatever V says."""
    t = history["iteration"]
    ax_V.axhline(-np.log(4), color=GUIDE, linestyle="--")
    ax_V.plot(t, history["V"], color="black", linewidth=1.4)
    ax_V.set(title="$V$; dashed: $-\\log 4$", xlabel="iteration", ylabel="nats")
    ax_mean.axhline(0.5, color=GUIDE, linestyle="--")
    ax_mean.plot(t, history["D_real"], color=REAL, linewidth=1.4, label="$D(x)$")
    ax_mean.plot(t, history["D_fake"], color=GENERATED, linewidth=1.4, label="$D(G(z))$")
    ax_mean.plot(t, history["D_spread"], color="black", linewidth=1.2, label="spread of $D$")
    ax_mean.set(title="mean $D$; dashed: 1/2", xlabel="iteration", ylim=(-0.04, 1.04), yticks=[0, 0.5, 1])
    if legend:
        ax_mean.legend(loc="best", fontsize=11, handlelength=1, labelspacing=0.2, borderpad=0.1, edgecolor="none")
    for ax in (ax_V, ax_mean):
        ax.locator_params(axis="x", nbins=3)


# On a line, of more columns, of pictures

def draw_1d(figure, run):
    """The densities of G(z) and x; then D(x), the map G, and the curves."""
    axes = figure.subplot_mosaic([["p", "D", "V"], ["p", "G", "mean"]], width_ratios=[2.05, 1, 1])
    rng = np.random.default_rng(0)
    real, fake = run.real(20_000, rng)[:, 0], run.sample(20_000, rng)[:, 0]
    low, high = middle(real)
    x = np.linspace(low, high, 400)
    bins = {"bins": int(min(80, 3 * len(real)**(1 / 3))), "range": (low, high), "density": True}
    axes["p"].hist(fake, **bins, color=GENERATED, alpha=0.5, label="generated, $G(z)$")
    if hasattr(run.data, "density"):
        axes["p"].plot(x, run.data.density(x[:, None]), color=REAL, linewidth=2.5, label="real, $p_\\mathrm{data}(x)$")
    else:
        axes["p"].hist(real, **bins, color=REAL, histtype="step", linewidth=2.5, label="real, $x$")
    axes["p"].set(title="generated and real", xlabel=run.columns[0] if run.columns else "$x$", ylabel="density",
                  xlim=(low, high))
    axes["p"].legend(frameon=False)
    axes["D"].axhline(0.5, color=GUIDE, linestyle="--")
    axes["D"].plot(x, sigmoid(run.logits(x[:, None])), color="black", linewidth=2)
    axes["D"].set(title="$D(x)$; dashed: 1/2", xlabel=axes["p"].get_xlabel(), xlim=(low, high), ylim=(0, 1.02),
                  yticks=[0, 0.5, 1])
    z1 = np.linspace(*np.quantile(run.game.noise.sample(20_000, 0), [0.001, 0.999]), 400)
    z = np.zeros((400, run.game.noise.dim))
    z[:, 0] = z1
    others = ", 0" * (z.shape[1] - 1)
    axes["G"].plot(z1, run.generate(z)[:, 0], color=GENERATED, linewidth=2)
    axes["G"].set(title=f"$G(z_1{others})$" if others else "$G(z)$", xlabel="$z_1$" if others else "$z$")
    curves(axes["V"], axes["mean"], run.history)


def middle(x):
    """(low, high) of all but the outermost of these numbers, with a margin."""
    low, high = np.quantile(x, [0.002, 0.998])
    margin = 0.15 * (high - low) or 0.5
    return low - margin, high + margin


def draw_pairs(figure, run, most=4):
    """For more columns: each of the first against each other, generated on real; and the curves."""
    d = min(run.data.dim, most)
    left, right = figure.subfigures(1, 2, width_ratios=[2.6, 1])
    axes = left.subplots(d, d, squeeze=False)
    names = run.columns or [f"$x_{{{j + 1}}}$" for j in range(d)]
    rng = np.random.default_rng(0)
    real = run.real(1000, rng)
    fake = run.sample(len(real), rng)
    reach = [middle(real[:, j]) for j in range(d)]
    for i, j in np.ndindex(d, d):
        ax = axes[i, j]
        if i == j:
            ax.hist(fake[:, i], bins=30, range=reach[i], density=True, color=GENERATED, alpha=0.5)
            ax.hist(real[:, i], bins=30, range=reach[i], density=True, color=REAL, histtype="step", linewidth=1.5)
            ax.set(yticks=[])
        else:
            ax.scatter(real[:, j], real[:, i], s=14, alpha=0.35, color=REAL, linewidths=0)
            ax.scatter(fake[:, j], fake[:, i], s=5, alpha=0.6, color=GENERATED, linewidths=0)
            ax.set(ylim=reach[i])
            ax.yaxis.set_major_locator(MaxNLocator(3))
        ax.set(xlim=reach[j])
        ax.xaxis.set_major_locator(MaxNLocator(3))
        ax.tick_params(labelsize=10, labelleft=j == 0 and i > 0, labelbottom=i == d - 1)
        if i == d - 1:
            ax.set_xlabel(names[j])
        if j == 0:
            ax.set_ylabel(names[i])
    more = "" if run.data.dim == d else f" (the first {d} of {run.data.dim} columns)"
    left.suptitle(f"orange: generated $G(z)$; blue: real $x${more}", fontsize=14, x=0.02, ha="left")
    curves(*right.subplots(2, 1), run.history)


def draw_images(figure, run):
    """Generated pictures, not picked, and the nearest training pictures [Fig. 2]; walks in z [Fig. 3]; the curves."""
    left, right = figure.subfigures(1, 2, width_ratios=[3.3, 1])
    fake, walk = left.subplots(2, 1, height_ratios=[6, 2])
    draw_samples(fake, run, 6, 12)
    fake.set_title("generated, not picked; framed: the training picture nearest to its left neighbour", fontsize=16)
    draw_walks(walk, run, 2, 13)
    walk.set_title("$G$ along a straight line from one $z$ to another", fontsize=16)
    for ax in (fake, walk):
        ax.set_anchor("W")                                    # of tall pictures: the title has all of the width
    curves(*right.subplots(2, 1), run.history)


def name_axes(ax, run):
    """The columns' names, where there are any."""
    if run.columns:
        ax.set(xlabel=run.columns[0], ylabel=run.columns[1])
