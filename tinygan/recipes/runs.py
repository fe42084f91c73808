"""A run: one recipe trained once, with one seed, and then measured; kept in a file, and resumed.

Here: `Run`, and `Measure`, a row of its table; `Played`, what can be asked of any game; `start`, `run` and
`resume`, which make runs.
"""

from pathlib import Path
from typing import NamedTuple

import numpy as np

from .. import _check, checkpoint, metrics
from .._machine import one_thread
from ..data import Images, Points, Standardised, read_images
from ..game import value
from ..layers import sigmoid
from .points import Table, recipe_of
from .settings import RECIPES

REPEATS = 20                                          # pairs of real samples behind each floor


class Measure(NamedTuple):
    """A row of the table: `value`, for generated examples; `ideal`, the truth; and what as many
    real examples score, the median `real` of twenty pairs of samples, from `low` to `high`. These three
    are NaN for a measure that needs no sample.

    >>> Measure("mean", value=4.01, ideal=4.0).real
    nan
    """

    name: str
    value: float
    ideal: float
    real: float = np.nan
    low: float = np.nan
    high: float = np.nan


class Played:
    """A game seen from outside: `data`, p_data in its own units, and `sample`, `generate` and `logits` in the same.

    game : an `Algorithm1`.

    >>> Played(start("ring8").game).data.means[0].tolist()      # not in the units of the networks, 1/std times that
    [2.0, 0.0]
    """

    name, seed, columns = "your game", None, ()

    def __init__(self, game):
        self.game = game

    @property
    def _scaled(self):
        return isinstance(self.game.data, Standardised)

    @property
    def data(self):
        """p_data in its own units."""
        return self.game.data.source if self._scaled else self.game.data

    @property
    def history(self):
        return self.game.history

    def sample(self, n, rng=None):
        """n generated examples, (n, d) float64, in the data's own units."""
        n = _check.integer("n", n, least=1, most=_check.LARGEST // max(self.game.G.widths))
        return self.generate(self.game.noise.sample(n, rng))

    def generate(self, z):
        """G(z) in the data's own units, (n, d) float64."""
        G = self.game.G
        z = _check.network_input("z", _check.real_array("z", z), G.widths[0], G.dtype, finite=True)
        return self.restored(G(z))

    def restored(self, x):
        """From the units that the networks see to the data's own, (n, d) float64."""
        x = x.astype(np.float64)
        return self.game.data.restore(x) if self._scaled else x

    def seen(self, x):
        """From the data's own units to those that the networks see, (n, d)."""
        return self.game.data.standardise(x) if self._scaled else x

    def logits(self, x):
        """D's logits, (n, 1) float64, at points x in the data's own units."""
        return self.game.D(self.seen(x)).astype(np.float64)

    def real(self, n, rng=None):
        """n real examples, (n, d). Of your own rows, n of those held out; if they are fewer, up to n of all rows. Of
        pictures, up to n of those held out."""
        n = _check.integer("n", n, least=1, most=_check.LARGEST // self.data.dim)
        if isinstance(self.data, Images):
            return _check.rng(rng).permutation(self.data.test()[0])[:n]
        if not isinstance(self.data, Points):
            return self.data.sample(n, rng)
        rows = self.data.held_out_rows if self.data.held_out >= n else self.data.array
        return _check.rng(rng).permutation(rows)[:n].astype(np.float64)


class Run(Played):
    """One training of a recipe: `name`, `seed`, `game`, `history`; and, once measured,
    `table`, a list of `Measure`, and `metrics`, {name: value}.

    name, recipe : of RECIPES, or your own `Recipe`. seed : a whole number ≥ 0. iterations : None for the recipe's own.

    >>> mine = Run("ring", RECIPES["ring"], seed=0, iterations=10)
    >>> mine.train()
    >>> mine.game.iteration, mine.sample(3, rng=0).shape
    (10, (3, 2))
    """

    def __init__(self, name, recipe, seed, iterations=None):
        self.name, self.recipe, self.seed, self.columns = name, recipe, seed, recipe.columns
        self.iterations = recipe.iterations if iterations is None else iterations
        super().__init__(recipe.start(np.random.default_rng(seed), self.iterations))
        self.table = []

    def train(self, callback=None):
        """Train for the iterations that are left, with 200 records on the whole way, or one
        for every 250 iterations: the callback should not have to wait. Raises DivergenceError."""
        left = max(0, self.iterations - self.game.iteration)
        self.game.train(left, every=min(max(1, self.iterations // 200), 250), callback=callback)

    def lengthen(self, iterations):
        """Let it end later: the schedules are stretched to that end, and `train` goes on to it. Raises ValueError for
        an end that has gone by."""
        done = self.game.iteration
        self.iterations = self.game.iterations = _check.integer("iterations", iterations, least=max(1, done))

    def recording(self):
        """This run as a page that plays, a `lab.Recording`: it shows itself in a notebook, and `save(path)` writes it.
        For that it is trained once more, from its seed, and looked at on the way."""
        from ..lab import record                              # the one door upwards
        return record(self)

    def measure(self):
        """Fill and return `table`, a list of `Measure`, from fresh examples, the same ones for each call."""
        n, rng = self.recipe.n, np.random.default_rng([self.seed, 1])
        with one_thread:
            measured = self._scores(self.sample(n, rng), self.real(n, rng))
            floor = metrics.floor(lambda real, more: [value for value, _ in self._scores(real, more).values()],
                                  self.data, n, REPEATS, rng)
            exact = {} if self.recipe.exact is None else self.recipe.exact(self)
        self.table = [Measure(name, float(value), float(ideal), *map(float, of_real))
                      for (name, (value, ideal)), of_real in zip(measured.items(), np.transpose(floor))]
        self.table += [Measure(name, float(value), float(ideal)) for name, (value, ideal) in exact.items()]
        return self.table

    @property
    def metrics(self):
        return {row.name: row.value for row in self.table}

    def _scores(self, generated, real):
        a_real, a_fake = self.logits(real), self.logits(generated)
        D_fake = sigmoid(a_fake)
        return {**self.recipe.measure(generated, real, self.data),
                "V(D, G) (nats)": (value(a_real, a_fake), -np.log(4)),
                "D(G(z)), mean": (D_fake.mean(), 0.5),
                "D, spread": (np.concatenate([sigmoid(a_real), D_fake]).std(), 0)}

    def save(self, path):
        """Write a checkpoint, with a note of what `resume` needs to go on with this run. Raises as `tinygan.save`."""
        settings = {name: getattr(self.game, name) for name in self.recipe.settings}
        checkpoint.save(path, self.game, note={"recipe": self.name, "seed": self.seed, "iterations": self.iterations,
                                               "settings": settings, "columns": self.recipe.columns})


def start(name, seed=0, iterations=None, settings=None, data=None):
    """A `Run` that is built but not yet trained. Arguments, and what it raises, as in `run`.

    >>> start("ring8", settings={"k": 2}).game.k
    2
    """
    if iterations is not None:
        _check.integer("iterations", iterations, least=1)
    is_points = isinstance(name, str) and name == "points"
    if is_points:
        if data is None:
            raise ValueError("recipe 'points' is for your own data: give data, an (n, d) array or a file (--data FILE)")
        recipe = recipe_of(data)
    else:
        recipe = RECIPES[_check.choice("recipe", name, RECIPES)]
        if data is not None:
            if not recipe.pictures:
                raise ValueError(f"data is for recipe 'points' and those of pictures, not for {_check.shown(name)}, "
                                 f"which has its own")
            images = _pictures(data)                          # a pair of samples must fit into those held out
            recipe = recipe.of(images)._replace(n=min(recipe.n, images.held_out // 2))
    recipe = recipe.changed({} if settings is None else settings)
    return Run(name, recipe, _check.integer("seed", seed, least=0), iterations)


def _pictures(data):
    """The `Images` given, or those in the file given."""
    if not isinstance(data, (Images, str, Path)):
        raise TypeError(f"data must be the path of a file of pictures, or tg.data.Images(array), "
                        f"not {_check.shown(data)}")
    images = data if isinstance(data, Images) else read_images(data)
    if images.held_out < 4:
        raise ValueError(f"data must hold out at least 4 pictures, to measure with, not {images.held_out}: "
                         f"tg.data.Images(array, held_out=…)")
    return images


def run(name, seed=0, iterations=None, callback=None, settings=None, data=None):
    """Train a recipe, measure it, and return the `Run`.

    name : one of `names()`; or "points", for your own data. seed : a whole number ≥ 0; the same seed
    gives the same bits.
    iterations : how many, instead of the recipe's own number; the rates reach 0 there, and a cap its last value.
    callback : as in `Algorithm1.train`.
    settings : other values for the game's settings, such as {"lr_d": 0.5, "max_norm": None}.
    data : of "points": an (n, d) array, or the path of a file, as in `points.read`. Of "glyphs" and its like: a
    `tg.data.Images` that holds out at least 4 pictures, or the path of a file, as in `tg.data.read_images`. They are
    measured with as many examples as the recipe says, or with half of those held out, if these are fewer.
    Raises ValueError for an unknown recipe or setting and for data that can't be learned from, and DivergenceError.

    >>> run("gaussian", iterations=10).sample(3, rng=0).shape
    (3, 1)
    >>> heights = np.random.default_rng(0).normal(170, 8, (500, 1))
    >>> run("points", data=heights, iterations=10).sample(3, rng=0).shape
    (3, 1)
    """
    result = start(name, seed, iterations, settings, data)
    result.train(callback)
    result.measure()
    return result


def resume(path, iterations=None):
    """The `Run` that `Run.save` has written to `path`: its `train` goes on to the same bits as if it
    had never stopped.

    iterations : a later end; the schedules are then stretched to it.
    Raises CheckpointError, a ValueError, where there is no such run, ValueError for an end that has gone by, and
    OSError where there is no file.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     start("moons", iterations=100).save(f"{folder}/moons.npz")
    ...     resume(f"{folder}/moons.npz", iterations=200).iterations
    200
    """
    game, note = checkpoint.read(path)
    try:
        data = Table(game.data.source.array, note["columns"]) if note["recipe"] == "points" else None
        if isinstance(game.data, Images):
            data = game.data
        run = start(note["recipe"], note["seed"], note["iterations"], note["settings"], data)
    except (TypeError, KeyError, ValueError, AttributeError):         # no such note, or an unknown recipe
        raise checkpoint.CheckpointError(f"can't resume {path}: it holds a game, but not one of a recipe of this "
                                         f"tinygan: tinygan.load(path) returns it") from None
    run.game = game
    if iterations is not None:
        run.lengthen(iterations)
    return run
