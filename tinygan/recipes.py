"""Recipes: for each data set one setting of Algorithm 1 that works, measured and repeatable.

Here: `names`, `run`, `start`, `resume`, `about`, and the recipes themselves, `RECIPES`.

Each recipe is a function that builds the game; its setting stands there, in full. All train
in float32, on Standardised data, by SGD with momentum. To use one as a starting point, copy
its few lines; where RECIPES has a `rising_cap`, `max_norm` is only where it begins, and a
callback of `train` has to do what `rising_cap` does. What they reach, on twenty seeds,
stands in docs/results.md.
"""

import numpy as np

from . import _check, data, metrics, theory
from .algorithm1 import Algorithm1
from .layers import sigmoid
from .mlp import MLP
from .runs import Recipe, Run


def ring(rng, iterations):
    """The ring z/10 + z/|z| in the plane, from two-dimensional normal noise."""
    G = MLP([2, 64, 64, 2], hidden="relu", bias_spread=1, dtype=np.float32, rng=rng)
    D = MLP([2, 64, 64, 1], hidden="leaky_relu", bias_spread=2, dtype=np.float32, rng=rng)
    p_data = data.Standardised(data.Ring(), mean=0, std=0.5)
    return Algorithm1(G, D, p_data, data.Normal(2), m=128, lr_d=0.05, lr_g=0.0175, momentum=0.5,
                      max_norm=1.75, schedule="linear", iterations=iterations, rng=rng)


def gaussian(rng, iterations):
    """The Gaussian N(4, 1.25²) on the line, from one-dimensional normal noise."""
    G = MLP([1, 32, 1], hidden="tanh", bias_spread=1, dtype=np.float32, rng=rng)
    D = MLP([1, 32, 32, 1], hidden="leaky_relu", bias_spread=1, dtype=np.float32, rng=rng)
    p_data = data.Standardised(data.Gaussian(4, 1.25**2), mean=4, std=1.25)
    return Algorithm1(G, D, p_data, data.Normal(1), m=256, lr_d=0.1, lr_g=0.03, momentum=0.5,
                      schedule="linear", iterations=iterations, rng=rng)


def gaussian2d(rng, iterations):
    """A Gaussian in the plane, with correlation 0.7, from two-dimensional normal noise."""
    G = MLP([2, 32, 2], hidden="tanh", bias_spread=1, dtype=np.float32, rng=rng)
    D = MLP([2, 32, 32, 1], hidden="leaky_relu", bias_spread=1, dtype=np.float32, rng=rng)
    p_data = data.Standardised(data.Gaussian([1, -1], [[1, 0.7], [0.7, 1]]), mean=[1, -1], std=1)
    return Algorithm1(G, D, p_data, data.Normal(2), m=256, lr_d=0.1, lr_g=0.015, momentum=0.5,
                      schedule="linear", iterations=iterations, rng=rng)


def moons(rng, iterations):
    """Two moons, thin and bent, each reaching into the other's hollow."""
    G = MLP([2, 64, 64, 2], hidden="relu", bias_spread=1, dtype=np.float32, rng=rng)
    D = MLP([2, 64, 64, 1], hidden="leaky_relu", bias_spread=2, dtype=np.float32, rng=rng)
    p_data = data.Standardised(data.TwoMoons(), mean=0, std=0.35)
    return Algorithm1(G, D, p_data, data.Normal(2), m=96, lr_d=0.05, lr_g=0.02, momentum=0.5,
                      schedule="linear", iterations=iterations, rng=rng)


def line(rng, iterations):
    """A straight stroke, ninety times as long as the blur across it."""
    G = MLP([2, 64, 64, 2], hidden="relu", bias_spread=1, dtype=np.float32, rng=rng)
    D = MLP([2, 64, 64, 1], hidden="leaky_relu", bias_spread=2, dtype=np.float32, rng=rng)
    p_data = data.Standardised(data.Line(), mean=0, std=0.2)
    return Algorithm1(G, D, p_data, data.Normal(2), m=64, lr_d=0.05, lr_g=0.015, momentum=0.5, max_norm=2.0,
                      schedule="linear", iterations=iterations, rng=rng)


def swissroll(rng, iterations):
    """A strip rolled up, seen from its end."""
    G = MLP([2, 64, 64, 64, 2], hidden="relu", bias_spread=1, dtype=np.float32, rng=rng)
    D = MLP([2, 64, 64, 64, 1], hidden="leaky_relu", bias_spread=1, dtype=np.float32, rng=rng)
    p_data = data.Standardised(data.SwissRoll(), mean=0, std=1)
    return Algorithm1(G, D, p_data, data.Normal(2), m=64, lr_d=0.05, lr_g=0.02, momentum=0.5, max_norm=2.0,
                      schedule="linear", iterations=iterations, rng=rng)


def spiral(rng, iterations):
    """Two spiral arms, one turn and a half each."""
    G = MLP([2, 64, 64, 64, 2], hidden="relu", bias_spread=1, dtype=np.float32, rng=rng)
    D = MLP([2, 64, 64, 64, 1], hidden="leaky_relu", bias_spread=2, dtype=np.float32, rng=rng)
    p_data = data.Standardised(data.Spiral(), mean=0, std=0.5)
    return Algorithm1(G, D, p_data, data.Normal(2), m=64, lr_d=0.05, lr_g=0.02, momentum=0.5, max_norm=1.0,
                      schedule="linear", iterations=iterations, rng=rng)


def ring8(rng, iterations):
    """Eight narrow Gaussians on a circle: the classic on which plain GANs collapse."""
    G = MLP([2, 64, 64, 2], hidden="relu", bias_spread=1, last_scale=1.5, dtype=np.float32, rng=rng)
    D = MLP([2, 64, 64, 1], hidden="leaky_relu", bias_spread=2, dtype=np.float32, rng=rng)
    p_data = data.Standardised(data.ring_of_gaussians(), mean=0, std=1)
    return Algorithm1(G, D, p_data, data.Normal(2), m=64, lr_d=0.05, lr_g=0.012, momentum=0.5, max_norm=1.0,
                      schedule="linear", iterations=iterations, rng=rng)


def ring8_long(rng, iterations):
    """The same eight Gaussians, with larger networks, half the rates, more time and a higher cap at the end."""
    G = MLP([2, 128, 128, 128, 2], hidden="relu", bias_spread=1, last_scale=1.5, dtype=np.float32, rng=rng)
    D = MLP([2, 128, 128, 1], hidden="leaky_relu", bias_spread=2, dtype=np.float32, rng=rng)
    p_data = data.Standardised(data.ring_of_gaussians(), mean=0, std=1)
    return Algorithm1(G, D, p_data, data.Normal(2), m=64, lr_d=0.025, lr_g=0.006, momentum=0.5, max_norm=1.0,
                      schedule="linear", iterations=iterations, rng=rng)


def grid25(rng, iterations):
    """Twenty-five narrow Gaussians on a grid of 5 × 5."""
    G = MLP([2, 128, 128, 128, 2], hidden="relu", bias_spread=1, last_scale=1.5, dtype=np.float32, rng=rng)
    D = MLP([2, 128, 128, 1], hidden="leaky_relu", bias_spread=2, dtype=np.float32, rng=rng)
    p_data = data.Standardised(data.grid_of_gaussians(), mean=0, std=2)
    return Algorithm1(G, D, p_data, data.Normal(2), m=64, lr_d=0.1, lr_g=0.03, momentum=0.5, max_norm=0.8,
                      schedule="linear", iterations=iterations, rng=rng)


def grid25_long(rng, iterations):
    """The same twenty-five Gaussians, at half the rates, for longer and with a higher cap."""
    game = grid25(rng, iterations)
    game.lr_d, game.lr_g, game.max_norm = 0.05, 0.015, 1.0
    return game


def glyphs(rng, iterations):
    """Digits as pictures of 8 × 8 pixels, with a maxout D and dropout, as in the paper."""
    G = MLP([10, 128, 128, 64], hidden="relu", output="sigmoid", dtype=np.float32, rng=rng)
    D = MLP([64, 48, 1], hidden="maxout", pieces=3, dropout=0.5, dtype=np.float32, rng=rng)
    p_data = data.Standardised(data.Glyphs(), mean=0, std=1)
    return Algorithm1(G, D, p_data, data.Normal(10), m=128, lr_d=0.1, lr_g=0.1, momentum=0.5,
                      schedule="linear", iterations=iterations, rng=rng)


def grid25_r1(rng, iterations):
    """As grid25-long, with a cap that rises further, and beyond the paper: with the penalty R1 on D's slope."""
    game = grid25_long(rng, iterations)
    game.r1 = 0.003
    return game


def spiral_r1(rng, iterations):
    """As spiral, and beyond the paper: with the penalty R1 on D's slope."""
    game = spiral(rng, iterations)
    game.r1 = 0.01
    return game


# What is turned while training runs, and what is measured at the end

def rising_cap(low, high):
    """Let the cap on D's weight columns rise in a line, from `low` to `high` at the end: what lies
    far apart is found while D can only be smooth, and what lies near together once it may be steep."""
    def during(game):
        game.max_norm = low + (high - low) * min(1, game.iteration / game.iterations)
    return during


def ring_measures(generated, real, p_data):
    """Radius and angle, by figure and by distribution."""
    r = metrics.radius(generated)
    uniform = lambda angle: np.full(len(angle), 1 / (2 * np.pi))
    return {"radius, mean": (r.mean(), p_data.radius_mean),
            "radius, std": (r.std(), p_data.radius_std),
            "radius, JSD (nats)": (metrics.histogram_jsd(r, p_data.radius_density, 0.8, 1.6, bins=40), 0),
            "angle, JSD (nats)": (metrics.histogram_jsd(metrics.angle(generated), uniform, -np.pi, np.pi, bins=60), 0)}


def gaussian_measures(generated, real, p_data):
    """Mean and standard deviation, and how far the histogram is from the density."""
    mean, std = p_data.mean[0], np.sqrt(p_data.cov[0, 0])
    density = lambda x: p_data.density(x[:, None])
    return {"mean": (generated.mean(), mean),
            "std": (generated.std(), std),
            "JSD (nats)": (metrics.histogram_jsd(generated[:, 0], density, mean - 6 * std, mean + 6 * std), 0)}


def gaussian_exact(run):
    """D against D*: p_g of a one-dimensional G is known exactly, by change of variables."""
    game, (mean,), (std,) = run.game, run.game.data.mean, run.game.data.std
    x = np.linspace(mean - 8 * std, mean + 8 * std, 4001)
    try:
        p_g = theory.pushforward(game.G, game.noise, (x - mean) / std) / std
        error = metrics.discriminator_error(sigmoid(run.logits(x[:, None]))[:, 0], run.data.density(x[:, None]), p_g, x[1] - x[0])
    except ValueError:                                # a G that has collapsed to points has no density
        error = np.nan
    return {"D against D*": (error, 0)}


def gaussian2d_measures(generated, real, p_data):
    """Mean and covariance, entry by entry."""
    mean, cov = generated.mean(axis=0), np.cov(generated.T)
    return {**{f"mean, {axis}": (mean[i], p_data.mean[i]) for i, axis in enumerate("xy")},
            **{f"cov, {a}{b}": (cov[i, j], p_data.cov[i, j]) for i, j, a, b in ((0, 0, "x", "x"), (0, 1, "x", "y"), (1, 1, "y", "y"))},
            "JSD on a grid (nats)": (metrics.grid_jsd(generated, real, -4, 4), 0)}


def shape_measures(generated, real, p_data):
    """Precision and recall."""
    measured = metrics.precision_recall(generated, real)
    return {"precision": (measured.precision, 0.995), "recall": (measured.recall, 0.995)}


def mixture_measures(generated, real, p_data):
    """Which modes were found, by how many, how well."""
    seen, held = (metrics.modes(generated, p_data, least) for least in (1, 20))
    n, good = len(p_data.means), 1 - np.exp(-4.5)     # within 3 std, in the plane
    return {"modes with 1 good": (seen.captured, n), "modes with 20 good": (held.captured, n),
            "good": (seen.good, good), "KL of the modes (nats)": (seen.kl, 0)}


def glyphs_measures(generated, real, p_data):
    """Which digits are drawn, how often, and how well."""
    counts = np.bincount(p_data.classify(generated), minlength=10)
    return {"digits with 1 in 50": (np.sum(counts >= len(generated) / 50), 10),
            "KL of the digits (nats)": (theory.kl(counts / len(generated), np.full(10, 0.1)), 0),
            **shape_measures(generated, real, p_data)}


RECIPES = {
    "ring": Recipe(ring, 8000, 20_000, ring_measures),
    "gaussian": Recipe(gaussian, 8000, 100_000, gaussian_measures, exact=gaussian_exact),
    "gaussian2d": Recipe(gaussian2d, 6000, 100_000, gaussian2d_measures),
    "moons": Recipe(moons, 8000, 2000, shape_measures),
    "line": Recipe(line, 9000, 2000, shape_measures),
    "swissroll": Recipe(swissroll, 9000, 2000, shape_measures),
    "spiral": Recipe(spiral, 20_000, 2000, shape_measures, during=rising_cap(1.0, 2.5)),
    "ring8": Recipe(ring8, 20_000, 2500, mixture_measures, during=rising_cap(1.0, 1.9)),
    "ring8-long": Recipe(ring8_long, 60_000, 2500, mixture_measures, during=rising_cap(1.0, 3.0)),
    "grid25": Recipe(grid25, 30_000, 2500, mixture_measures, during=rising_cap(0.8, 2.25)),
    "grid25-long": Recipe(grid25_long, 100_000, 2500, mixture_measures, during=rising_cap(1.0, 2.5)),
    "glyphs": Recipe(glyphs, 8000, 2000, glyphs_measures),
    "grid25-r1": Recipe(grid25_r1, 100_000, 2500, mixture_measures, during=rising_cap(1.0, 3.0)),
    "spiral-r1": Recipe(spiral_r1, 20_000, 2000, shape_measures, during=rising_cap(1.0, 2.5)),
}


def names():
    """The recipes' names, the default first."""
    return list(RECIPES)


def about(name):
    """One line on a recipe."""
    return RECIPES[_check.choice("recipe", name, RECIPES)].build.__doc__ or ""        # "" under python -OO, which strips docstrings


def start(name, seed=0, iterations=None, settings=None):
    """A `Run` that is built but not yet trained. Arguments as in `run`."""
    _check.choice("recipe", name, RECIPES)
    if iterations is not None:
        _check.integer("iterations", iterations, least=1)
    recipe = RECIPES[name].changed({} if settings is None else settings)
    return Run(name, recipe, _check.integer("seed", seed, least=0), iterations)


def resume(path):
    """The `Run` that `Run.save` has written to `path`: its `train` goes on to the same bits as if it had
    never stopped. Raises CheckpointError, a ValueError, where there is none, and OSError where there is no file."""
    from . import checkpoint                          # late, as in `Run.save`
    game, note = checkpoint.read(path)
    try:
        name, seed, iterations, given = (note[key] for key in ("recipe", "seed", "iterations", "given"))
        run = start(name, seed, iterations, {setting: getattr(game, setting) for setting in given})
        its_own = repr((game.G, game.D, game.data, game.noise)) == repr((run.game.G, run.game.D, run.game.data, run.game.noise))
    except Exception:                                 # whatever stands in the note
        its_own = False
    if not its_own:
        raise checkpoint.CheckpointError(f"can't resume {path}: it holds a game, but not one of a recipe of this tinygan: "
                                         f"tinygan.load(path) returns it")
    run.game = game
    return run


def run(name, seed=0, iterations=None, callback=None, settings=None):
    """Train a recipe, measure it, and return the `Run`.

    name : one of `names()`. seed : a whole number ≥ 0; the same seed gives the same bits.
    iterations : how many, instead of the recipe's own number; the rates fall to 0 there.
    callback : as in `Algorithm1.train`.
    settings : other values for the game's settings, such as {"lr_d": 0.5, "max_norm": None}.

    >>> run("gaussian", iterations=10).sample(3, rng=0).shape
    (3, 1)
    """
    result = start(name, seed, iterations, settings)
    result.train(callback)
    result.measure()
    return result
