"""A run: one recipe trained once, with one seed, and then measured.

Here: `Run`; `Measure`, a row of its table; and `Recipe`, what it is given.
"""

from typing import NamedTuple

import numpy as np

from . import _check, metrics
from .algorithm1 import SETTINGS
from .game import value
from .layers import sigmoid

REPEATS = 20                                          # pairs of real samples behind each floor
CHANGEABLE = tuple(name for name in SETTINGS if name != "iterations")      # those are given when a run is made


class Recipe(NamedTuple):
    """One setting that works.

    build : (rng, iterations) → the game. Its docstring says in one line what it is.
    iterations : how long to train. n : how many examples to measure.
    measures : (generated, real, p_data) → {name: (value, ideal)}, two samples in the data's
        own units; what real data score is found by giving it two real ones.
    exact : run → {name: (value, ideal)}, for what needs no sample.
    during : called with the game at each record; it may change the game's settings.
    given : the names of the settings that are not the recipe's own; see `changed`.
    """

    build: callable
    iterations: int
    n: int
    measures: callable
    exact: callable = lambda run: {}
    during: callable = lambda game: None
    given: tuple = ()

    def changed(self, settings, prepare=lambda game: None):
        """The same recipe with other `settings` of its game, {name: value}, set once `prepare(game)`
        is done. A cap among them stays as given: the recipe does not turn it."""
        if not isinstance(settings, dict):
            raise TypeError(f"settings must be a dict of names and values, not {_check.shown(settings)}")
        for name in settings:
            _check.choice("setting", name, CHANGEABLE)

        def build(rng, iterations):
            game = self.build(rng, iterations)
            prepare(game)
            for name, value in settings.items():
                setattr(game, name, value)
            game.check()
            return game

        during = (lambda game: None) if "max_norm" in settings else self.during
        return self._replace(build=build, during=during, given=tuple(settings))


class Measure(NamedTuple):
    """A row of the table: `value`, for generated examples; `ideal`, the truth; and what as many
    real examples score, the median `real` of twenty pairs of samples, from `low` to `high`. These three
    are NaN for a measure that needs no sample."""

    name: str
    value: float
    ideal: float
    real: float = np.nan
    low: float = np.nan
    high: float = np.nan


class Run:
    """One training of a recipe: `name`, `seed`, `game`, `history`; and, once measured,
    `table`, a list of `Measure`, and `metrics`, {name: value}."""

    def __init__(self, name, recipe, seed, iterations=None):
        self.name, self.recipe, self.seed = name, recipe, seed
        self.iterations = recipe.iterations if iterations is None else iterations
        self.game = recipe.build(np.random.default_rng(seed), self.iterations)
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
        n = _check.integer("n", n, least=1, most=_check.LARGEST // max(self.game.G.widths))
        return self.generate(self.game.noise.sample(n, rng))

    def generate(self, z):
        """G(z) in the data's own units, (n, d) float64."""
        z = _check.examples("z", _check.real("z", z), self.game.G.widths[0], self.game.G.dtype)
        return self.game.data.restore(self.game.G(z).astype(np.float64))

    def logits(self, x):
        """D's logits, (n, 1) float64, at points x in the data's own units."""
        return self.game.D(self.game.data.standardise(x)).astype(np.float64)

    def train(self, callback=None):
        """Train for the iterations that are left, with 200 records on the whole way, or one
        for every 250 iterations: the callback should not have to wait."""
        if callback is not None:
            _check.function("callback", callback, "one argument, the game")

        def at_record(game):
            self.recipe.during(game)
            return callback is not None and callback(game)

        left = max(0, self.iterations - self.game.iteration)
        self.game.train(left, every=min(max(1, self.iterations // 200), 250), callback=at_record)

    def save(self, path):
        """Write a checkpoint, with what `recipes.resume` needs to go on with this run."""
        from . import checkpoint                      # late: not every run is saved, and it takes 12 ms to load
        checkpoint.save(path, self.game, note={"recipe": self.name, "seed": self.seed, "iterations": self.iterations,
                                               "given": list(self.recipe.given)})

    def measure(self):
        """Fill and return `table`, from fresh examples, the same ones for each call."""
        n, rng = self.recipe.n, np.random.default_rng([self.seed, 1])
        measured = self._measures(self.sample(n, rng), self.data.sample(n, rng))
        floor = metrics.floor(lambda real, more: [value for value, _ in self._measures(real, more).values()],
                              self.data, n, REPEATS, rng)
        self.table = [Measure(name, float(value), float(ideal), *map(float, of_real))
                      for (name, (value, ideal)), of_real in zip(measured.items(), np.transpose(floor))]
        self.table += [Measure(name, float(value), float(ideal)) for name, (value, ideal) in self.recipe.exact(self).items()]
        return self.table

    @property
    def metrics(self):
        return {row.name: row.value for row in self.table}

    def _measures(self, generated, real):
        a_real, a_fake = self.logits(real), self.logits(generated)
        D_fake = sigmoid(a_fake)
        return {**self.recipe.measures(generated, real, self.data),
                "V(D, G) (nats)": (value(a_real, a_fake), -np.log(4)),
                "D(G(z)), mean": (D_fake.mean(), 0.5),
                "D, spread": (np.concatenate([sigmoid(a_real), D_fake]).std(), 0)}
