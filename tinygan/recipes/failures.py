"""Failures on purpose: two runs from the same networks, one knob apart, and one of them fails.

Here: `FAILURES`, by name; `names`, `start`, and what that returns, a `Pair` of runs.

What each looks like, why it happens and what to turn stands in docs/when-it-fails.md, with its
picture. From a shell: `.venv/bin/tinygan train ring8 --break collapse`.
"""

from typing import NamedTuple

import numpy as np

from .. import _check
from ..data import GaussianMixture, Standardised
from ..game import generator_gradient
from ..layers import LeakyReLU
from ..theory.discriminator_alone import train_D
from ..training import DivergenceError, _spread
from .runs import Measure, Run
from .settings import RECIPES


class Failure(NamedTuple):
    """One way to fail.

    recipe : the recipe that is broken. symptom : what is seen, in a sentence. shows : the rows of
        the table in which it is seen.
    broken, mended : settings of the game, {name: value}, laid over the recipe's own.
    iterations : how many; None for the recipe's own number.
    prepare : called with each game before anything else; or None.
    """

    recipe: str
    symptom: str
    shows: tuple
    broken: dict
    mended: dict
    iterations: int = None
    prepare: callable = None


def rectify(net):
    """Make a network's leaky rectifiers plain ones, which can die: no slope, no gradient."""
    for layer in net.layers:
        if isinstance(layer, LeakyReLU):
            layer.slope = 0.0


def rectify_D(game):
    """Plain rectifiers in D."""
    rectify(game.D)


def rectify_G(game):
    """Plain rectifiers in G, and the data at unit scale, a quarter of the recipe's: under its cap D is then so smooth
    that it can hardly tell one point from the ring."""
    rectify(game.G)
    game.data = Standardised(game.data.source, mean=0, std=2)


def lower_the_rates(game):
    """To a quarter: momentum multiplies the length of steps in one direction, by ten where it is 0.9."""
    game.lr_d, game.lr_g = 0.1, 0.0175


def let_D_run_ahead(game, steps=3000):
    """G starts as a small blob, and only D is trained: until it is nearly sure of everything. From then
    on both runs have no cap and constant, low rates."""
    game.G.linears[-1].W *= 0.05
    game.lr_d, game.lr_g, game.max_norm, game.schedule = 0.05, 0.002, None, "constant"
    train_D(game, steps)


def make_one_mode_rare(game):
    """Other data: two modes, and one of them has a twentieth of the examples. D begins without biases, so that it
    slopes everywhere; both runs have no cap, and rates that are low enough for the penalty."""
    game.data = Standardised(GaussianMixture([[-2, 0], [2, 0]], std=0.2, weights=[0.95, 0.05]))
    for linear in game.D.linears:
        linear.b[...] = 0
    game.lr_d, game.lr_g, game.max_norm, game.schedule = 0.03, 0.02, None, "linear"


FAILURES = {
    "collapse": Failure(
        "ring8", "G sits on one mode of the eight.", shows=("modes with 20 good",),
        broken={"max_norm": None}, mended={}),
    "rare-mode": Failure(
        "ring8", "all of G is on the common mode, and every curve looks fine.",
        shows=("modes with 1 good", "KL of the modes (nats)", "V(D, G) (nats)"),
        broken={"r1": 0.0}, mended={"r1": 1.0}, iterations=5000, prepare=make_one_mode_rare),
    "saturation": Failure(
        "ring", "D is ahead and sure; log(1 − D) gives G almost no gradient, and G stays where it is.",
        shows=("G(z) has moved by",),
        broken={"objective": "minimax"}, mended={"objective": "non-saturating"},
        iterations=250, prepare=let_D_run_ahead),
    "strong-d": Failure(
        "ring8", "D takes ten steps for each of G, and what G makes ends in one mode or in none.",
        shows=("modes with 20 good",),
        broken={"k": 10, "max_norm": None}, mended={"k": 10}, iterations=6000),
    "weak-d": Failure(
        "ring8", "D learns too slowly to tell a mode from the bridge to the next, though V looks better.",
        shows=("good", "V(D, G) (nats)"),
        broken={"lr_d": 0.0005}, mended={}),
    "dead-d": Failure(
        "ring", "V is −log 4, D says 1/2 to every example, and the examples are garbage.",
        shows=("V(D, G) (nats)", "D, spread", "radius, JSD (nats)"),
        broken={"lr_d": 5.0}, mended={}, iterations=4000, prepare=rectify_D),
    "dead-g": Failure(
        "ring8", "V is near −log 4, D says nearly 1/2 to all, and G makes one point of all z.",
        shows=("V(D, G) (nats)", "G(z), spread", "modes with 20 good"),
        broken={"lr_g": 1.0}, mended={}, iterations=4000, prepare=rectify_G),
    "constant-rates": Failure(
        "ring8", "G comes near the modes and never settles on them.", shows=("modes with 20 good", "good"),
        broken={"schedule": "constant"}, mended={}),
    "momentum": Failure(
        "ring", "With momentum 0.9 D loses its detail, and G leaves points inside the ring.",
        shows=("radius, std", "radius, JSD (nats)"),
        broken={"momentum": 0.9}, mended={"momentum": 0.5}, prepare=lower_the_rates),
}


def names():
    """The failures' names, a list.

    >>> names()[:2]
    ['collapse', 'rare-mode']
    """
    return list(FAILURES)


class Pair:
    """One failure with one seed: `broken` and `mended`, two runs that start from the same networks. (`start` makes it.)

    Also: `z`, 1000 noise vectors, (1000, d_z); `before`, G(z) at the start, and `arrows`, where each run sends it then,
    both (1000, d) in the data's units; `diverged`, {run: what was said}.

    >>> pair = Pair("collapse", seed=0, iterations=None)
    >>> bool((pair.broken.game.G.theta == pair.mended.game.G.theta).all())
    True
    """

    def __init__(self, name, seed, iterations):
        self.name, self.failure, self.seed = name, FAILURES[name], seed
        iterations = self.failure.iterations if iterations is None else iterations
        self.broken = self._half(self.failure.broken, iterations)
        self.mended = self._half(self.failure.mended, iterations)
        self.z = self.broken.game.noise.sample(1000, [seed, 3])
        self.before = self.broken.generate(self.z)                       # the same for both
        self.arrows = {run: self._where_G_is_sent(run) for run in self.runs}
        self.diverged = {}                                               # run: what was said

    @property
    def runs(self):
        """(broken, mended)."""
        return self.broken, self.mended

    def _half(self, settings, iterations):
        recipe = RECIPES[self.failure.recipe].changed(settings, self.failure.prepare)
        return Run(self.failure.recipe, recipe, self.seed, iterations)

    def _where_G_is_sent(self, run):
        """Before training: where each G(z) is sent, minus the gradient of its own loss by G(z) in the
        data's units, (1000, d)."""
        game = run.game
        a_fake = game.D.forward(game.G(self.z))
        dx_fake = game.D.backward(generator_gradient(a_fake, game.objective), weights=False)
        # G's loss is a mean of m terms, so m ∂L/∂x_fake is the gradient of each term by its own x
        return -len(a_fake) * dx_fake.astype(float) / game.data.std

    def differs(self, run):
        """The settings in which the two runs differ, {name: value}."""
        return {name: getattr(run.game, name) for name in self.failure.broken}

    def knobs(self, run):
        """The same in words."""
        return ", ".join(f"{name} = {' → '.join(map(str, value)) if isinstance(value, tuple) else value}"
                         for name, value in self.differs(run).items())

    def train(self, run, callback=None):
        """Train one of the two; where it diverges it stops, and `diverged` says so."""
        if not any(run is each for each in self.runs):
            raise ValueError(f"run must be this pair's `broken` or `mended`, not {_check.shown(run)}")
        try:
            run.train(callback)
        except DivergenceError as error:
            self.diverged[run] = str(error)

    def measure(self):
        """{"broken": table, "mended": table}, each with two rows more: how far G has gone, and the spread of G(z), as
        in `history`, beside that of real examples."""
        tables = {}
        for word, run in zip(("broken", "mended"), self.runs):
            moved = np.linalg.norm(run.generate(self.z) - self.before, axis=1).mean()
            of_real = _spread(run.game.data.sample(20_000, [self.seed, 4]))
            tables[word] = run.measure() + [Measure("G(z) has moved by", float(moved), np.nan),
                                            Measure("G(z), spread", _spread(run.game.G(self.z)), of_real)]
        return tables


def start(name, seed=0, iterations=None):
    """A `Pair`, built but not yet trained.

    name : one of `names()`, or ValueError. seed, iterations : as in `recipes.run`.

    >>> pair = start("collapse")
    >>> pair.knobs(pair.broken), pair.knobs(pair.mended)
    ('max_norm = None', 'max_norm = 0.6 → 1.45')
    """
    _check.choice("failure", name, FAILURES)
    if iterations is not None:
        _check.integer("iterations", iterations, least=1)
    return Pair(name, _check.integer("seed", seed, least=0), iterations)
