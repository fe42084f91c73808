"""The settings: for each data set, one with which Algorithm 1 works.

Here: the recipes themselves, `RECIPES`, by name; `Recipe`; `names` and `about`.

Each recipe is a function that builds the game; its setting stands there, in full, so that its few
lines can be copied as a starting point. All train in float32, by SGD with momentum, which is 0 in some,
and on Standardised data, but for the digits, whose grey levels stay as they are. A cap (first, last)
rises: while it is low, D is smooth and G finds what lies far apart; once it is high, D may be steep and
G finds what lies close together.
"""

from functools import partial
from typing import NamedTuple

import numpy as np

from .. import _check, data
from ..mlp import MLP
from ..training import SETTINGS, Algorithm1
from . import scores

CHANGEABLE = tuple(name for name in SETTINGS if name != "iterations")      # those are given when a run is made


def ring(rng, iterations):
    """The ring z/10 + z/|z| in the plane, from four-dimensional normal noise."""
    G = MLP([4, 48, 48, 2], hidden="relu", bias_spread=1, dtype=np.float32, rng=rng)
    D = MLP([2, 48, 48, 48, 1], hidden="leaky_relu", bias_spread=2, dtype=np.float32, rng=rng)
    p_data = data.Standardised(data.Ring(), mean=0, std=0.3)
    return Algorithm1(G, D, p_data, data.Normal(4), m=128, lr_d=0.4, lr_g=0.07, momentum=0,
                      max_norm=(0.8, 4.0), schedule="linear", iterations=iterations, rng=rng)


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
    return Algorithm1(G, D, p_data, data.Normal(2), m=256, lr_d=0.2, lr_g=0.03, momentum=0,
                      schedule="linear", iterations=iterations, rng=rng)


def moons(rng, iterations):
    """Two moons, thin and bent, each reaching into the other's hollow."""
    G = MLP([3, 48, 48, 2], hidden="relu", bias_spread=1, dtype=np.float32, rng=rng)
    D = MLP([2, 48, 48, 48, 1], hidden="leaky_relu", bias_spread=2, dtype=np.float32, rng=rng)
    p_data = data.Standardised(data.TwoMoons(), mean=0, std=0.2)
    return Algorithm1(G, D, p_data, data.Normal(3), m=128, lr_d=0.1, lr_g=0.02, momentum=0.5,
                      max_norm=(0.8, 2.5), schedule=0.3, iterations=iterations, rng=rng)


def line(rng, iterations):
    """A straight stroke, ninety times as long as the blur across it."""
    G = MLP([4, 48, 48, 2], hidden="relu", bias_spread=1, dtype=np.float32, rng=rng)
    D = MLP([2, 48, 48, 48, 1], hidden="leaky_relu", bias_spread=2, dtype=np.float32, rng=rng)
    p_data = data.Standardised(data.Line(), mean=0, std=0.2)
    return Algorithm1(G, D, p_data, data.Normal(4), m=128, lr_d=0.3, lr_g=0.06, momentum=0,
                      max_norm=(0.8, 4.0), schedule="linear", iterations=iterations, rng=rng)


def swissroll(rng, iterations):
    """A strip rolled up, seen from its end."""
    G = MLP([3, 64, 64, 64, 2], hidden="relu", bias_spread=1, dtype=np.float32, rng=rng)
    D = MLP([2, 64, 64, 64, 1], hidden="leaky_relu", bias_spread=1, dtype=np.float32, rng=rng)
    p_data = data.Standardised(data.SwissRoll(), mean=0, std=0.5)
    return Algorithm1(G, D, p_data, data.Normal(3), m=64, lr_d=0.07, lr_g=0.02, momentum=0.5,
                      max_norm=(0.7, 2.2), schedule=0.3, iterations=iterations, rng=rng)


def spiral(rng, iterations):
    """Two spiral arms, one turn and a half each."""
    G = MLP([2, 64, 64, 64, 2], hidden="relu", bias_spread=1, dtype=np.float32, rng=rng)
    D = MLP([2, 64, 64, 64, 1], hidden="leaky_relu", bias_spread=2, dtype=np.float32, rng=rng)
    p_data = data.Standardised(data.Spiral(), mean=0, std=0.3)
    return Algorithm1(G, D, p_data, data.Normal(2), m=96, lr_d=0.1, lr_g=0.02, momentum=0.5,
                      max_norm=(1.0, 2.5), schedule=0.3, iterations=iterations, rng=rng)


def ring8(rng, iterations):
    """Eight narrow Gaussians on a circle: the classic on which plain GANs collapse."""
    G = MLP([2, 64, 64, 2], hidden="leaky_relu", last_scale=1.5, dtype=np.float32, rng=rng)
    D = MLP([2, 64, 64, 1], hidden="leaky_relu", bias_spread=1, dtype=np.float32, rng=rng)
    p_data = data.Standardised(data.ring_of_gaussians(), mean=0, std=0.5)
    return Algorithm1(G, D, p_data, data.Normal(2), m=64, lr_d=0.07, lr_g=0.015, momentum=0.5,
                      max_norm=(0.6, 1.45), schedule=0.5, iterations=iterations, rng=rng)


def ring8_long(rng, iterations):
    """The same eight Gaussians, with larger networks, more time, and a cap that rises further."""
    G = MLP([2, 128, 128, 128, 2], hidden="relu", bias_spread=1.5, last_scale=1.5, dtype=np.float32, rng=rng)
    D = MLP([2, 128, 128, 1], hidden="leaky_relu", bias_spread=1, dtype=np.float32, rng=rng)
    p_data = data.Standardised(data.ring_of_gaussians(), mean=0, std=0.5)
    return Algorithm1(G, D, p_data, data.Normal(2), m=64, lr_d=0.1, lr_g=0.02, momentum=0,
                      max_norm=(0.3, 2.1), schedule=0.5, iterations=iterations, rng=rng)


def grid25(rng, iterations):
    """Twenty-five narrow Gaussians on a grid of 5 × 5."""
    G = MLP([2, 128, 128, 128, 2], hidden="relu", bias_spread=1, last_scale=1.5, dtype=np.float32, rng=rng)
    D = MLP([2, 128, 128, 1], hidden="leaky_relu", bias_spread=1, dtype=np.float32, rng=rng)
    p_data = data.Standardised(data.grid_of_gaussians(), mean=0, std=1)
    return Algorithm1(G, D, p_data, data.Normal(2), m=64, lr_d=0.07, lr_g=0.02, momentum=0.5,
                      max_norm=(0.5, 1.9), schedule=0.3, iterations=iterations, rng=rng)


def grid25_long(rng, iterations):
    """The same twenty-five Gaussians, for longer, and with a cap that rises further."""
    G = MLP([2, 128, 128, 128, 2], hidden="relu", bias_spread=1, last_scale=1.5, dtype=np.float32, rng=rng)
    D = MLP([2, 128, 128, 1], hidden="leaky_relu", bias_spread=1, dtype=np.float32, rng=rng)
    p_data = data.Standardised(data.grid_of_gaussians(), mean=0, std=1)
    return Algorithm1(G, D, p_data, data.Normal(2), m=64, lr_d=0.07, lr_g=0.02, momentum=0.5,
                      max_norm=(0.4, 2.2), schedule=0.3, iterations=iterations, rng=rng)


def glyphs(rng, iterations, images=None, width_G=256, width_D=128):
    """Digits of 16 × 16 pixels, with the paper's kind of networks: maxout and dropout in D, ReLU and sigmoid in G."""
    p_data = data.Glyphs() if images is None else images
    G = MLP([10, width_G, width_G, p_data.dim], hidden="relu", output="sigmoid", dtype=np.float32, rng=rng)
    D = MLP([p_data.dim, width_D, width_D, 1], hidden="maxout", pieces=3, dropout=0.3, input_dropout=0.1,
            dtype=np.float32, rng=rng)
    begin_at_the_mean(G, p_data)
    return Algorithm1(G, D, p_data, data.Uniform(10, -np.sqrt(3), np.sqrt(3)), m=100, lr_d=0.2, lr_g=0.1,
                      momentum=(0.5, 0.7), max_norm=1.9365, schedule=0.5, iterations=iterations, rng=rng)


def glyphs_long(rng, iterations, images=None):
    """The same digits and the same game, with networks about twice as wide, for longer."""
    return glyphs(rng, iterations, images, width_G=512, width_D=240)


def glyphs_plain(rng, iterations, images=None):
    """The same digits with one hidden layer of 128 in each network, and neither maxout nor dropout: fast, and worse."""
    p_data = data.Glyphs() if images is None else images
    G = MLP([10, 128, p_data.dim], hidden="relu", output="sigmoid", dtype=np.float32, rng=rng)
    D = MLP([p_data.dim, 128, 1], hidden="leaky_relu", dtype=np.float32, rng=rng)
    begin_at_the_mean(G, p_data)
    return Algorithm1(G, D, p_data, data.Uniform(10, -np.sqrt(3), np.sqrt(3)), m=100, lr_d=0.1, lr_g=0.1,
                      momentum=0.5, schedule=0.5, iterations=iterations, rng=rng)


def begin_at_the_mean(G, images):
    """Set G's output biases so that G begins near the mean picture: σ(b) = mean, for each pixel. (No mean is 0 or 1:
    a pixel that is 0 in all pictures counts as the middle of its step of grey, 1/512.)"""
    mean = images.training()[0].mean(axis=0)                 # (dim,)
    G.linears[-1].b[...] = np.log(mean / (1 - mean))


class Recipe(NamedTuple):
    """One setting that works, and how it is measured.

    build : (rng, iterations) → the game. Its docstring says in one line what it is.
    iterations : how long to train. n : how many examples to measure.
    measure : (generated, real, p_data) → {name: (value, ideal)}, two samples in the data's
        own units; what real data score is found by giving it two real ones.
    exact : run → {name: (value, ideal)}, for what needs no sample; or None.
    prepare : called with the game once it is built; or None.
    settings : of the game, {name: value}, laid over the recipe's own after that.
    columns : the names of your own data's columns; other recipes have none.
    pictures : whether `build` takes pictures, as its third argument.
    title : what it is, in one line; the docstring of `build`, unless given.

    >>> RECIPES["ring8"].changed({"max_norm": None}).start(np.random.default_rng(0), 1000).max_norm is None
    True
    """

    build: callable
    iterations: int
    n: int
    measure: callable
    exact: callable = None
    prepare: callable = None
    settings: dict = {}
    columns: tuple = ()
    pictures: bool = False
    title: str = ""

    @property
    def about(self):
        """What it is, in one line."""
        of_build = getattr(self.build, "func", self.build).__doc__     # python -OO strips docstrings
        return self.title or of_build or ""

    def of(self, images):
        """The same recipe on other pictures, an `Images`; of a recipe whose `build` takes them."""
        return self._replace(build=partial(self.build, images=images))

    def changed(self, settings, prepare=None):
        """The same recipe with other `settings` of its game, {name: value}, set once `prepare(game)` is done.
        Raises ValueError for a name that is none of a game's settings."""
        if not isinstance(settings, dict):
            raise TypeError(f"settings must be a dict of names and values, not {_check.shown(settings)}")
        for name in settings:
            _check.choice("setting", name, CHANGEABLE)
        return self._replace(settings=dict(settings), prepare=prepare)

    def start(self, rng, iterations):
        """The game, an `Algorithm1`, built and not yet trained. rng : a NumPy Generator."""
        game = self.build(rng, iterations)
        if self.prepare is not None:
            self.prepare(game)
        for name, value in self.settings.items():
            setattr(game, name, value)
        game.check()
        return game


RECIPES = {
    "ring": Recipe(ring, 5000, 20_000, scores.ring),
    "gaussian": Recipe(gaussian, 8000, 100_000, scores.gaussian, exact=scores.gaussian_exact),
    "gaussian2d": Recipe(gaussian2d, 6000, 100_000, scores.gaussian2d),
    "moons": Recipe(moons, 8000, 2000, scores.shape),
    "line": Recipe(line, 6000, 2000, scores.shape),
    "swissroll": Recipe(swissroll, 9000, 2000, scores.shape),
    "spiral": Recipe(spiral, 20_000, 2000, scores.shape),
    "ring8": Recipe(ring8, 18_500, 2500, scores.mixture),
    "ring8-long": Recipe(ring8_long, 60_000, 2500, scores.mixture),
    "grid25": Recipe(grid25, 30_000, 2500, scores.mixture),
    "grid25-long": Recipe(grid25_long, 75_000, 2500, scores.mixture),
    "glyphs": Recipe(glyphs, 12_000, 2000, scores.digits, exact=scores.digits_exact, pictures=True),
    "glyphs-long": Recipe(glyphs_long, 30_000, 2000, scores.digits, exact=scores.digits_exact, pictures=True),
    "glyphs-plain": Recipe(glyphs_plain, 5000, 2000, scores.digits, exact=scores.digits_exact, pictures=True),
}


def names():
    """The recipes' names, a list, the default first.

    >>> names()[0]
    'ring'
    """
    return list(RECIPES)


def about(name):
    """One line on a recipe. Raises ValueError for a name that is none of `names()`.

    >>> about("gaussian")
    'The Gaussian N(4, 1.25²) on the line, from one-dimensional normal noise.'
    """
    return RECIPES[_check.choice("recipe", name, RECIPES)].about
