"""The picture of a run: what is real, what is generated, what D thinks, what G does.

Here: `picture`, the whole page, made of the panels below.
"""

import matplotlib
import numpy as np
from matplotlib.figure import Figure

from ..layers import sigmoid
from .style import D_COLOURS, GENERATED, GUIDE, REAL, SIZE, STYLE

SHOWN = 2000                                                  # points in a cloud


def picture(run):
    """A matplotlib Figure, 16:9, of a trained `recipes.Run`: on a line, in the plane, or of pictures."""
    with matplotlib.rc_context(STYLE):
        figure = Figure(figsize=SIZE)
        game = run.game
        figure.suptitle(f"{run.name}: real and generated after {game.iteration:,} iterations of Algorithm 1 "
                        f"(seed {run.seed})", fontsize=17)
        if run.data.dim == 1:
            draw_1d(figure, run)
        elif run.data.dim == 2:
            draw_2d(figure, run)
        else:
            draw_pictures(figure, run)
        return figure


def draw_2d(figure, run):
    """Real, generated and D(x) above; the noise, its image under G, and the curves below."""
    axes = figure.subplot_mosaic([["real", "fake", "D"], ["z", "G", "V"], ["z", "G", "mean"]],
                                 height_ratios=[2, 1, 1], width_ratios=[1, 1, 1.2])
    rng = np.random.default_rng(0)
    real, fake = run.data.sample(SHOWN, rng), run.sample(SHOWN, rng)
    reach = 1.2 * np.abs(real).max()
    cloud(axes["real"], real, REAL, "real: $x \\sim p_\\mathrm{data}$", reach)
    cloud(axes["fake"], fake, GENERATED, "generated: $G(z)$", reach)
    heat_map(figure, axes["D"], run, reach)
    grid = noise_grid(run.game.noise)
    others = "".join(f", {z:g}" for z in grid[0, 0, 2:])                  # where the slice lies, of more than two
    lines(axes["z"], grid[..., :2], f"a slice of noise: $(z_1, z_2{others})$" if others else "a grid of noise: $z$",
          np.abs(grid).max() * 1.1)
    lines(axes["G"], np.array([run.generate(line) for line in grid]),
          f"the same {'slice' if others else 'grid'}, warped by $G$", reach)
    curves(axes["V"], axes["mean"], run.history)


def cloud(ax, x, colour, title, reach):
    """Points x, (n, 2)."""
    ax.scatter(x[:, 0], x[:, 1], s=6, alpha=0.5, color=colour, linewidths=0)
    square(ax, title, reach)


def square(ax, title, reach):
    """Equal axes around 0, with ticks at 0 and at the last whole number on each side."""
    whole = np.floor(reach)
    ax.set(title=title, xlim=(-reach, reach), ylim=(-reach, reach), aspect="equal", anchor="NW",
           xticks=[-whole, 0, whole], yticks=[-whole, 0, whole])


def heat_map(figure, ax, run, reach, n=200):
    """The probability D(x) over the plane: σ of D's logit."""
    side = np.linspace(-reach, reach, n)
    x = np.stack(np.meshgrid(side, side), axis=-1)                        # (n, n, 2)
    D = sigmoid(run.logits(x.reshape(-1, 2))).reshape(n, n)
    image = ax.imshow(D, origin="lower", extent=(-reach, reach, -reach, reach), cmap=D_COLOURS, vmin=0, vmax=1)
    square(ax, "$D(x)$: is $x$ real?", reach)
    bar = figure.colorbar(image, cax=ax.inset_axes([1.04, 0, 0.05, 1]), ticks=[0, 0.5, 1])
    bar.ax.set_yticklabels(["0: generated", "1/2", "1: real"])


def noise_grid(noise, n=17, fine=121):
    """2n lines of `fine` points each, (2n, fine, noise.dim), over the middle 98 % of z₁ and z₂. Where
    there are more dimensions it is a slice: all others stay at their median, to a tenth."""
    low, middle, high = np.quantile(noise.sample(20_000, 0), [0.01, 0.5, 0.99])
    coarse, fine = np.linspace(low, high, n), np.linspace(low, high, fine)
    upright = [np.column_stack([np.full_like(fine, c), fine]) for c in coarse]
    level = [np.column_stack([fine, np.full_like(fine, c)]) for c in coarse]
    others = np.full((2 * n, len(fine), noise.dim - 2), round(middle, 1) + 0.0)      # −0.0 is 0
    return np.concatenate([upright + level, others], axis=2)


def lines(ax, grid, title, reach):
    """The grid's lines, each upright one in its own colour, the level ones in grey."""
    n = len(grid) // 2
    colours = matplotlib.colormaps["viridis"](np.linspace(0, 0.9, n))
    for i in range(n):
        ax.plot(*grid[n + i].T, color="#999999", linewidth=0.8)
    for i in range(n):
        ax.plot(*grid[i].T, color=colours[i], linewidth=1.4)
    square(ax, title, reach)


def curves(ax_V, ax_mean, history):
    """V over −log 4 above; below, mean D(x) and D(G(z)) over 1/2, and the spread of D: where that is
    0, D looks at nothing, whatever V says."""
    t = history["iteration"]
    ax_V.axhline(-np.log(4), color=GUIDE, linestyle="--")
    ax_V.plot(t, history["V"], color="black", linewidth=1.6, label="V(D, G)")
    ax_V.set(title="$V(D, G)$ in nats; dashed: $-\\log 4$")
    ax_V.sharex(ax_mean)
    ax_V.tick_params(labelbottom=False)
    ax_mean.axhline(0.5, color=GUIDE, linestyle="--")
    ax_mean.plot(t, history["D_real"], color=REAL, linewidth=1.6, label="$D(x)$")
    ax_mean.plot(t, history["D_fake"], color=GENERATED, linewidth=1.6, label="$D(G(z))$")
    ax_mean.plot(t, history["D_spread"], color="black", linewidth=1.2, label="spread")
    ax_mean.set(title="$D$: mean, spread; dashed: 1/2", xlabel="iteration", ylim=(-0.45, 1.02), yticks=[0, 0.5, 1])
    ax_mean.locator_params(axis="x", nbins=5)
    ax_mean.legend(ncols=3, loc="lower center", frameon=False, handlelength=0.9, handletextpad=0.4,
                   columnspacing=0.8, borderpad=0)


def draw_1d(figure, run):
    """The densities, D(x), the map G, and the curves."""
    axes = figure.subplot_mosaic([["p", "V"], ["p", "mean"], ["D", "G"], ["D", "G"]])
    rng = np.random.default_rng(0)
    real, fake = run.data.sample(20_000, rng)[:, 0], run.sample(20_000, rng)[:, 0]
    low, high = real.min(), real.max()
    x = np.linspace(low, high, 400)
    axes["p"].hist(fake, bins=80, range=(low, high), density=True, color=GENERATED, alpha=0.5, label="$G(z)$")
    axes["p"].plot(x, run.data.density(x[:, None]), color=REAL, linewidth=2.5, label="$p_\\mathrm{data}(x)$")
    axes["p"].set(title="real and generated", xlabel="$x$", ylabel="density", xlim=(low, high))
    axes["p"].legend(frameon=False)
    axes["D"].axhline(0.5, color=GUIDE, linestyle="--")
    axes["D"].plot(x, sigmoid(run.logits(x[:, None])), color="black", linewidth=2.5)
    axes["D"].set(title="$D(x)$: is $x$ real?  dashed: 1/2", xlabel="$x$", ylabel="$D(x)$",
                  xlim=(low, high), ylim=(0, 1))
    z = np.linspace(*np.quantile(run.game.noise.sample(20_000, 0), [0.001, 0.999]), 400)
    axes["G"].plot(z, run.generate(z[:, None])[:, 0], color=GENERATED, linewidth=2.5)
    axes["G"].set(title="$G$: from noise $z$ to $x = G(z)$", xlabel="$z$", ylabel="$G(z)$")
    curves(axes["V"], axes["mean"], run.history)


def draw_pictures(figure, run):
    """For examples that are square pictures: real ones, generated ones, and the curves."""
    axes = figure.subplot_mosaic([["real", "fake", "V"], ["real", "fake", "mean"]])
    sheet(axes["real"], run.data.sample(100, 0), "real: $x \\sim p_\\mathrm{data}$")
    sheet(axes["fake"], run.sample(100, 0), "generated: $G(z)$")
    curves(axes["V"], axes["mean"], run.history)


def sheet(ax, examples, title):
    """100 pictures, ten by ten, with a white line between them."""
    side = round(np.sqrt(examples.shape[1]))
    framed = np.pad(examples.reshape(10, 10, side, side), [(0, 0), (0, 0), (0, 1), (0, 1)])
    ax.imshow(framed.transpose(0, 2, 1, 3).reshape(10 * (side + 1), -1), cmap="gray_r", vmin=0, vmax=1)
    ax.set(title=title, xticks=[], yticks=[])
    ax.spines[:].set_visible(False)
