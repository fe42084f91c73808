"""Recipes: for each data set one setting of Algorithm 1 that works, measured and repeatable.

Here: `names`, `run`, and what `run` is made of, `start` and `Run`.

Each recipe is a function that builds the game; its setting stands there, in full. All train
in float32, on Standardised data. To use one as a starting point, copy its few lines.
"""

from typing import NamedTuple

import numpy as np

from . import _check, data, metrics
from .algorithm1 import Algorithm1
from .game import value
from .layers import sigmoid
from .mlp import MLP


class Measure(NamedTuple):
    """A row of the table: `value`, for generated examples; `ideal`, the truth; and `real`,
    what as many real examples score."""

    name: str
    value: float
    ideal: float
    real: float


class Recipe(NamedTuple):
    """How to build a game, how long to train it, how many examples to measure, and how:
    `measures` gives from a sample and p_data, in the data's own units, {name: (value, ideal)}."""

    build: callable
    iterations: int
    n: int
    measures: callable


def ring(rng, iterations):
    """The ring z/10 + z/|z| in the plane, from two-dimensional normal noise."""
    G = MLP([2, 64, 64, 2], hidden="relu", bias_spread=1, dtype=np.float32, rng=rng)
    D = MLP([2, 64, 64, 1], hidden="leaky_relu", bias_spread=2, dtype=np.float32, rng=rng)
    p_data = data.Standardised(data.Ring(), mean=0, std=0.5)
    return Algorithm1(G, D, p_data, data.Normal(2), m=128, lr_d=0.05, lr_g=0.0175, momentum=0.5,
                      max_norm=1.75, schedule="linear", iterations=iterations, rng=rng)


def ring_measures(samples, p_data):
    """Radius and angle, by figure and by distribution."""
    r = metrics.radius(samples)
    uniform = lambda angle: np.full(len(angle), 1 / (2 * np.pi))
    return {"radius, mean": (r.mean(), p_data.radius_mean),
            "radius, std": (r.std(), p_data.radius_std),
            "radius, JSD (nats)": (metrics.histogram_jsd(r, p_data.radius_density, 0.8, 1.6, bins=40), 0),
            "angle, JSD (nats)": (metrics.histogram_jsd(metrics.angle(samples), uniform, -np.pi, np.pi, bins=60), 0)}


def gaussian(rng, iterations):
    """The Gaussian N(4, 1.25²) on the line, from one-dimensional normal noise."""
    G = MLP([1, 32, 1], hidden="tanh", bias_spread=1, dtype=np.float32, rng=rng)
    D = MLP([1, 32, 32, 1], hidden="leaky_relu", bias_spread=1, dtype=np.float32, rng=rng)
    p_data = data.Standardised(data.Gaussian(4, 1.25**2), mean=4, std=1.25)
    return Algorithm1(G, D, p_data, data.Normal(1), m=256, lr_d=0.1, lr_g=0.03, momentum=0.5,
                      schedule="linear", iterations=iterations, rng=rng)


def gaussian_measures(samples, p_data):
    """Mean and standard deviation, and how far the histogram is from the density."""
    mean, std = p_data.mean[0], np.sqrt(p_data.cov[0, 0])
    density = lambda x: p_data.density(x[:, None])
    return {"mean": (samples.mean(), mean),
            "std": (samples.std(), std),
            "JSD (nats)": (metrics.histogram_jsd(samples[:, 0], density, mean - 6 * std, mean + 6 * std), 0)}


RECIPES = {
    "ring": Recipe(ring, 8000, 20_000, ring_measures),
    "gaussian": Recipe(gaussian, 8000, 100_000, gaussian_measures),
}


def names():
    """The recipes' names, the default first."""
    return list(RECIPES)


def about(name):
    """One line on a recipe."""
    return RECIPES[name].build.__doc__ or ""        # "" under python -OO, which strips docstrings


class Run:
    """One training of a recipe: `name`, `seed`, `game`, `history`; and, once measured,
    `table`, a list of `Measure`, and `metrics`, {name: value}."""

    def __init__(self, name, seed, iterations):
        self.name, self.seed, self.recipe = name, seed, RECIPES[name]
        self.iterations = self.recipe.iterations if iterations is None else iterations
        self.game = self.recipe.build(np.random.default_rng(seed), self.iterations)
        self.table = []

    @property
    def data(self):
        """p_data in its own units."""
        return self.game.data.source

    @property
    def history(self):
        return self.game.history

    def sample(self, n, rng=None):
        """n generated examples, (n, d) float64, in the data's own units."""
        return self.generate(self.game.noise.sample(n, rng))

    def generate(self, z):
        """G(z) in the data's own units, (n, d) float64."""
        return self.game.data.restore(self.game.G(z).astype(np.float64))

    def logits(self, x):
        """D's logits, (n, 1) float64, at points x in the data's own units."""
        return self.game.D(self.game.data.standardise(x)).astype(np.float64)

    def train(self, callback=None):
        """Train for the iterations that are left, with 200 records on the whole way, or one
        for every 250 iterations: the callback should not have to wait."""
        left = self.iterations - self.game.iteration
        self.game.train(left, every=min(max(1, self.iterations // 200), 250), callback=callback)

    def measure(self):
        """Fill and return `table`, from fresh examples, the same ones for each call."""
        rng = np.random.default_rng([self.seed, 1])
        real, fake, more = (draw(self.recipe.n, rng) for draw in (self.data.sample, self.sample, self.data.sample))
        measured, measured_real = self._measures(real, fake), self._measures(real, more)
        self.table = [Measure(name, float(value), float(ideal), float(measured_real[name][0]))
                      for name, (value, ideal) in measured.items()]
        return self.table

    @property
    def metrics(self):
        return {row.name: row.value for row in self.table}

    def _measures(self, real, other):
        a_real, a_other = self.logits(real), self.logits(other)
        return {**self.recipe.measures(other, self.data),
                "V(D, G) (nats)": (value(a_real, a_other), -np.log(4)),
                "D(G(z)), mean": (sigmoid(a_other).mean(), 0.5)}


def start(name, seed=0, iterations=None):
    """A `Run` that is built but not yet trained. Arguments as in `run`."""
    _check.choice("recipe", name, RECIPES)
    if iterations is not None:
        _check.integer("iterations", iterations, least=1)
    return Run(name, _check.integer("seed", seed, least=0), iterations)


def run(name, seed=0, iterations=None, callback=None):
    """Train a recipe, measure it, and return the `Run`.

    name : one of `names()`. seed : a whole number ≥ 0; the same seed gives the same bits.
    iterations : how many, instead of the recipe's own number; the rates fall to 0 there.
    callback : as in `Algorithm1.train`.

    >>> run("gaussian", iterations=10).sample(3, rng=0).shape
    (3, 1)
    """
    result = start(name, seed, iterations)
    result.train(callback)
    result.measure()
    return result
