"""The pictures of the paper's experiment: what a G of digits makes, and what can be read from it. [Fig. 2, Fig. 3]

Here: `samples`, beside their nearest training pictures; `walk`, along straight lines in z; `watch` and
`through_training`, the same z while G learns; `units`, what D's first layer looks at; `distances`, copying or
generating; `parzen`, what a Parzen window's log-likelihood depends on.

Each takes a trained `recipes.Run` or `Algorithm1` on pictures (`watch` a Run that is not trained yet, and
`through_training` what it returns), and returns a matplotlib Figure, 16:9, with its message as its title. Nothing is
picked: the z are the first that a seed gives.
"""

import numpy as np
from matplotlib.patches import Rectangle

from .. import _check, metrics
from ..algorithm1 import Listing
from ..data import Images, Normal
from ..recipes.runs import Played
from .style import GENERATED, GREEN, GUIDE, REAL
from .theory_pictures import picture


def tiles(ax, pictures, framed=(), colour=REAL, **look):
    """Pictures, (rows, columns, height, width), with some paper between them; those at `framed`, (row, column) each,
    have a frame of this colour."""
    rows, columns, height, width = pictures.shape
    gap = max(1, height // 10)
    cells = np.pad(pictures, [(0, 0), (0, 0), (gap, gap), (gap, gap)])
    high, wide = height + 2 * gap, width + 2 * gap
    ax.imshow(cells.transpose(0, 2, 1, 3).reshape(rows * high, columns * wide), interpolation="nearest",
              **{"cmap": "gray_r", "vmin": 0, "vmax": 1, **look})
    for i, j in framed:
        ax.add_patch(Rectangle((j * wide + gap / 2 - 0.5, i * high + gap / 2 - 0.5), wide - gap, high - gap, fill=False,
                               edgecolor=colour, linewidth=2.5))
    ax.set(xticks=[], yticks=[])
    ax.spines[:].set_visible(False)


def nearest_training(data, x):
    """The training picture nearest to each row of x, among all of an `Images`: (indices, distances), (n,) each."""
    found = []
    for start in range(0, data.n_drawn, 10_000):
        some = data.images[start:min(start + 10_000, data.n_drawn)].reshape(-1, data.dim)
        index, distance = metrics.nearest(x, (some + 0.5) / 256)
        found.append((index + start, distance))
    indices, distances = map(np.array, zip(*found))
    best = distances.argmin(axis=0), np.arange(len(x))
    return indices[best], distances[best]


def draw_samples(ax, run, rows, columns):
    """Generated pictures, and in a last column, framed, the training picture nearest to the one before it."""
    x = run.sample(rows * columns, 0).reshape(rows, columns, -1)
    index, _ = nearest_training(run.data, x[:, -1])
    near = (run.data.images[index] + 0.5) / 256
    tiles(ax, np.concatenate([x.reshape(rows, columns, *run.data.shape), near[:, None]], axis=1),
          [(i, columns) for i in range(rows)])


def draw_walks(ax, run, rows, columns):
    """In each row G along a straight line from one z to another, whose pictures are framed; returns them all."""
    first, last = run.game.noise.sample(2 * rows, 1).reshape(2, rows, 1, -1)
    s = np.linspace(0, 1, columns)[:, None]
    x = run.generate(((1 - s) * first + s * last).reshape(rows * columns, -1)).reshape(rows, columns, *run.data.shape)
    tiles(ax, x, [(i, j) for i in range(rows) for j in (0, columns - 1)], GENERATED)
    return x


def played(game):
    """The game as it is seen from outside; TypeError for what is none, or not one of pictures."""
    run = Played(game) if isinstance(game, Listing) else game
    if not isinstance(run, Played) or not isinstance(run.data, Images):
        raise TypeError(f"game must be an Algorithm1 or a recipes.Run on pictures, data.Images, "
                        f"not {_check.shown(game)}")
    return run


@picture("None of these was picked. Framed: the training picture nearest to the one at its left")
def samples(figure, game):
    """What G makes, not picked, and in the last column the training picture nearest to the one before it. [Fig. 2]"""
    draw_samples(figure.subplots(), played(game), 6, 11)


@picture("Along a straight line in $z$ one picture turns into another, without a jump")
def walk(figure, game):
    """G along straight lines between two z; below, the ends of the last line mixed pixel by pixel. [Fig. 3]"""
    run, rows, columns = played(game), 5, 13
    lines, mixed = figure.subplots(2, 1, height_ratios=[rows, 1])
    x = draw_walks(lines, run, rows, columns)
    lines.set_title("$G((1-s)\\,z_0 + s\\,z_1)$: framed are $s = 0$ and $s = 1$")
    s = np.linspace(0, 1, columns)[:, None, None]
    tiles(mixed, ((1 - s) * x[-1, 0] + s * x[-1, -1])[None], [(0, 0), (0, columns - 1)], GUIDE)
    mixed.set_title("no walk in $z$: the ends of the last line, mixed pixel by pixel")


def watch(run, columns=11):
    """Train a `recipes.Run` that is not trained yet; {iteration: (columns, dim)}, what its G made of the same z.

    >>> import tinygan as tg
    >>> seen = watch(tg.recipes.start("glyphs", iterations=2, data=tg.data.Glyphs(n=50, held_out=10)))
    >>> [(iteration, x.shape) for iteration, x in seen.items()]
    [(0, (11, 256)), (1, (11, 256)), (2, (11, 256))]
    """
    z = run.game.noise.sample(columns, 0)
    seen = {run.game.iteration: run.generate(z)}

    def look(game):
        seen[game.iteration] = run.generate(z)

    run.train(look)
    return seen


@picture("The same eleven $z$ while $G$ learns: first a blot, then strokes, then digits")
def through_training(figure, seen, shape):
    """What G makes of the same z at several iterations. `seen` : from `watch`. shape : of a picture."""
    times = np.array([*seen])
    wanted = times[-1] * np.array([0, *np.geomspace(0.01, 1, 5)])
    rows = sorted({int(times[np.abs(times - each).argmin()]) for each in wanted})
    ax = figure.subplots()
    tiles(ax, np.array([seen[t] for t in rows]).reshape(len(rows), -1, *shape))
    ax.set(yticks=(np.arange(len(rows)) + 0.5) * (ax.get_ylim()[0] + 0.5) / len(rows) - 0.5,
           yticklabels=[f"{t:,}" for t in rows], ylabel="iteration")
    ax.tick_params(length=0)


@picture("What $D$'s first layer looks at: pieces that compare ink in one place with ink in another")
def units(figure, game):
    """The weights of D's first layer as images, the pieces of a maxout unit side by side."""
    run = played(game)
    D, shape = run.game.D, run.data.shape
    following = D.layers[D.layers.index(D.linears[0]) + 1:][:1]
    pieces = next((layer.pieces for layer in following if hasattr(layer, "pieces")), 1)
    W = D.linears[0].W.T.reshape(-1, pieces, *shape)                         # (units, pieces, height, width)
    rows, columns = (6, min(4, len(W))) if pieces > 1 else (5, min(9, len(W)))
    strongest = np.argsort(-(W**2).sum(axis=(1, 2, 3)))[:rows * columns]
    rows = len(strongest) // columns
    images = W[strongest[:rows * columns]].reshape(rows, columns * pieces, *shape)
    most = np.quantile(np.abs(images), 0.995)
    ax = figure.subplots()
    ax.set_anchor("W")                                        # of tall pictures: the title has all of the width
    tiles(ax, images, cmap="PRGn", vmin=-most, vmax=most)
    for i in range(1, columns if pieces > 1 else 0):
        ax.axvline(i * (ax.get_xlim()[1] + 0.5) / columns - 0.5, color=GUIDE, linewidth=3)
    of_each = f", {pieces} pieces each" if pieces > 1 else ""
    ax.set_title(f"the {rows * columns} units with the largest weights{of_each}; green: more ink raises it, "
                 "violet: lowers it")


@picture("No copies: on the median, generated pictures are farther away than held-out ones")
def distances(figure, game):
    """How far copies, held-out pictures and generated ones are from the nearest training picture."""
    run = played(game)
    data, rng = run.data, np.random.default_rng(0)
    held_out, copies = data.test(1000)[0], data.training(1000)[0]
    copies = np.clip(copies + 0.05 * rng.standard_normal(copies.shape), 0, 1)
    groups = (("a model that copies:\ntraining pictures, a little noise", copies, GUIDE),
              ("held out: real,\nnever trained on", held_out, REAL),
              ("generated", run.sample(len(held_out), 0), GENERATED))
    axes = figure.subplots(3, 1, sharex=True)
    found = [nearest_training(data, x)[1] for _, x, _ in groups]
    if np.median(found[2]) < np.median(found[1]):
        figure.suptitle("Nearer to the training pictures than held-out ones are: copies, or paler than real ones")
    bins = np.linspace(0, max(map(np.max, found)), 60)
    for ax, (name, _, colour), each in zip(axes, groups, found):
        middle = np.median(each)
        ax.hist(each, bins, color=colour, alpha=0.5)
        ax.axvline(middle, color=colour, linewidth=4)
        ax.text(0.99, 0.95, f"{name}\nmedian {middle:.2f}", color=colour, ha="right", va="top",
                transform=ax.transAxes, weight="bold")
        ax.set(yticks=[], ylabel="how many", xlim=(0, bins[-1] * 1.15))
    axes[2].set_xlabel(f"distance to the nearest of {data.n_drawn:,} training pictures")


@picture("A Parzen window's score hangs on $\\sigma$, and in many dimensions it falls short of the truth")
def parzen(figure, game):
    """The score of three models against σ; and that of a Gaussian, whose true one is known, against dimension."""
    by_width, by_dimension = figure.subplots(ncols=2)
    score_by_width(by_width, played(game))
    score_by_dimension(by_dimension)


def score_by_width(ax, run, n=10_000):
    """Mean log p̂ of test pictures against σ: with training pictures, samples of G and those of a fitted Gaussian."""
    training, test = run.data.training(n)[0], run.data.test(500)[0]
    gaussian = np.random.default_rng(0).multivariate_normal(training.mean(axis=0), np.cov(training.T), len(training))
    sigmas = np.geomspace(0.05, 1, 21)
    for name, x, colour in (("training pictures", training, REAL), ("$G$", run.sample(len(training), 0), GENERATED),
                            ("a fitted Gaussian", gaussian, "black")):
        score = metrics._log_parzen(x, test, sigmas).mean(axis=1)
        ax.semilogx(sigmas, score, color=colour, linewidth=4, label=name)
        ax.plot(sigmas[score.argmax()], score.max(), "o", color=colour, markersize=13)
    best = ax.get_ylim()[1]
    ax.set(title=f"on {len(training):,} samples each", xlabel="$\\sigma$", ylabel="mean $\\log\\hat p(x)$ in nats",
           ylim=(best - 750, best + 20))
    ax.set_xticks([0.05, 0.1, 0.2, 0.5, 1], ["0.05", "0.1", "0.2", "0.5", "1"])
    ax.minorticks_off()
    ax.legend(loc="lower right")


def score_by_dimension(ax, n=10_000):
    """For N(0, I): mean log p of test examples and what a Parzen window on n of its own samples says, both over d."""
    d, true, found = 2**np.arange(9), [], []
    for each in d:
        samples, held_out, test = (Normal(each).sample(size, seed) for seed, size in enumerate((n, 200, 500)))
        found.append(metrics.parzen(samples, held_out, test, np.geomspace(0.1, 1.2, 12)).log_likelihood)
        true.append(Normal(each).log_density(test).mean())
    ax.semilogx(d, true / d, color=GREEN, linewidth=4, base=2, label="true, on the same examples")
    ax.semilogx(d, found / d, "o-", color="black", linewidth=4, markersize=10, base=2, label="Parzen window")
    short = true[-1] - found[-1]
    ax.text(d[-2], found[-1] / d[-1], f"at $d$ = {d[-1]}:\n{short:.0f} nats short", ha="right", va="bottom")
    ax.set(title=f"$\\mathcal{{N}}(0, I)$, on {n:,} of its own samples", xlabel="dimension $d$",
           ylabel="mean $\\log\\hat p(x)\\,/\\,d$ in nats", xticks=d[::2], xticklabels=d[::2],
           ylim=(min(found / d) - 0.02, max(true / d) + 0.05))
    ax.legend(loc="upper right")
