"""Capacity: how near G comes if G and D are small networks, and not any functions at all.

Here: `play`, one game of two widths, and `grid`, all pairs of widths.

Theorem 1 and Proposition 2 choose p_g and D freely. Here G and D have one hidden layer of leaky rectifiers each: both
are broken lines, G from z to x and D's logit from x to a, with as many kinks as hidden units. p_data has three narrow
modes. To make them G must be a staircase of three treads, two kinks for each riser; and to see what is missing D's
logit must go up and down again at each mode.

What G can't make remains as C(G) + log 4 = 2 JSD(p_data ‖ p_g) > 0. What D can't see remains, too, and V hides it:
against a D with one kink, which can put a single cut through the line of x, V is near −log 4 while p_g is far from
p_data. For a small D the largest V over all D of its kind is not C(G), but less.
"""

import itertools
from typing import NamedTuple

import numpy as np

from .. import _check
from ..data import GaussianMixture, Normal
from ..layers import softplus
from ..mlp import MLP
from ..training import Algorithm1
from .best_discriminator import criterion

P_DATA = GaussianMixture([[-1.5], [0], [1.5]], std=0.3)
X = np.linspace(-4, 4, 801)[:-1] + 0.005                        # the middles of 800 cells
DX = 0.01
Z = np.linspace(-6, 6, 20_001)[:, None]


class Played(NamedTuple):
    """C(G) and V(D, G) at the end of a game, in nats, both computed over all x and z; and G and D."""

    C: float
    V: float
    G: MLP
    D: MLP


def play(width_G=16, width_D=16, iterations=1000, seed=0):
    """Algorithm 1 with G = [1, width_G, 1] and D = [1, width_D, 1], on three narrow modes: a `Played`.

    All settings but the rates are the same for all widths. The rates are 0.4/√width for D and 0.1/√width for G: a
    step moves the output of a network the further the more units it has.

    >>> game = play(width_G=8, width_D=1, iterations=300)       # D can hardly tell, and G is far from done
    >>> bool(game.V < -1.36), bool(game.C > -1.3)
    (True, True)
    """
    width_G = _check.integer("width_G", width_G, least=1, most=10_000)
    width_D = _check.integer("width_D", width_D, least=1, most=10_000)
    iterations = _check.integer("iterations", iterations, least=1)
    rng = np.random.default_rng(_check.integer("seed", seed, least=0))
    G = MLP([1, width_G, 1], hidden="leaky_relu", bias_spread=1, rng=rng)
    D = MLP([1, width_D, 1], hidden="leaky_relu", bias_spread=2, rng=rng)
    game = Algorithm1(G, D, P_DATA, Normal(1), m=128, lr_d=0.4 / width_D**0.5, lr_g=0.1 / width_G**0.5, schedule=0.5,
                      iterations=iterations, rng=rng)
    game.train(iterations, every=iterations)
    return Played(*_C_and_V(G, D), G, D)


def _C_and_V(G, D):
    p_z, x = Normal(1).density(Z), G(Z)
    # p_g in each cell: the noise that G takes there (what leaves [−4, 4] counts to the last cell)
    p_g, _ = np.histogram(np.clip(x, -4, 4), 800, (-4, 4), weights=p_z[:, None])
    p_data, p_g = P_DATA.density(X[:, None]), p_g / p_g.sum() / DX
    # V = E_data log D + E_z log(1 − D(G(z)))
    V = -np.sum(p_data * softplus(-D(X[:, None])[:, 0])) * DX - p_z @ softplus(D(x))[:, 0] / p_z.sum()
    return criterion(p_data, p_g, DX), float(V)


def grid(widths_G=(2, 8, 32), widths_D=(1, 2, 4, 32), seeds=5, iterations=1000):
    """All pairs of widths: {(width_G, width_D): the `Played` whose C(G) is in the middle of those of seeds 0, 1, …}.

    widths_G, widths_D : numbers of units. iterations : of each game. seeds : how many games for each pair.

    >>> list(grid(widths_G=(1, 2), widths_D=(4,), iterations=10, seeds=1))
    [(1, 4), (2, 4)]
    """
    widths_G = _check.integers("widths_G", widths_G, "[2, 8, 32]", least=1)
    widths_D = _check.integers("widths_D", widths_D, "[2, 8, 32]", least=1)
    seeds, games = _check.integer("seeds", seeds, least=1), {}
    for width_G, width_D in itertools.product(widths_G, widths_D):
        played = [play(width_G, width_D, iterations, seed) for seed in range(seeds)]
        games[width_G, width_D] = sorted(played, key=lambda game: game.C)[seeds // 2]
    return games
