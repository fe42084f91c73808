"""The Helvetica scenario: G is trained on while D rests, and takes many z to the same x. [section 6]

Here: `train_generator`, with D at rest or moving, and `share`, how many z lie on one x.

The paper, of its disadvantages: "G must not be trained too much without updating D, in order to avoid 'the Helvetica
scenario' in which G collapses too many values of z to the same value of x to have enough diversity to model p_data".

Why: against a D that rests, G has no reason to make different things. Each example is pushed up D's logit a(x),
and if a has its peak at x̂, then G(z) = x̂ for all z is the best G there is. What becomes of it depends on where that
peak is. A D that is trained near to D* against the G of the start has a ≈ log p_data − log p_g, so

    p_g wider than p_data      a falls off on both sides: a peak among the data, and all z end there
    p_g narrower than p_data   a rises on both sides, as far as one looks: no peak, and G runs away

The second is what one sees who tries it with the usual start, a small blob: no collapse, but examples far outside the
data. Of normal p_data = N(0, 1) and p_g = N(0, s²) both can be read off: a = log s + (1/s² − 1) x²/2. With D moving
in between, it sees where G has gone, and takes the peak down: then neither happens.
"""

from typing import NamedTuple

import numpy as np

from .. import _check
from ..data import Normal
from ..mlp import MLP
from ..training import Algorithm1
from .discriminator_alone import train_D
from .figure1 import P_DATA, equally_likely

Z = equally_likely(99)
X = np.linspace(-12, 12, 2401)
ALONE = 2000                                                    # steps of D before G's first


class Climb(NamedTuple):
    """G(z) of the 99 equally likely Z after each of `steps` of G, `x`, (n, 99); D's logit at the points X before G
    moved, `a`, (2401,), and at the end, `a_end`."""

    steps: np.ndarray
    x: np.ndarray
    a: np.ndarray
    a_end: np.ndarray

    @property
    def peak(self):
        """Where that logit is largest; an end of X if it rises as far as one looks."""
        return float(X[self.a.argmax()])


def train_generator(spread=3.0, k=0, last=2000, seed=0):
    """G against a D that was trained alone, and now rests, or makes k steps for each one of G's. [section 6]

    p_data is that of Figure 1, one hump with a standard deviation of 0.98. G starts near the line x = spread · z, and
    descends log(1 − D), its side of Eq. 1. Before that D makes 2000 steps alone.
    spread : from 0.01 to 100. k : 0 leaves D as it is. last : steps of G. Returns a `Climb`, of up to 80 moments.

    >>> climb = train_generator(spread=3, k=0, last=100)        # all z end on one x, where D's logit has its peak
    >>> bool(climb.x[0].std() > 2), bool(climb.x[-1].std() < 0.1)
    (True, True)
    """
    spread = _check.number("spread", spread, "a number from 0.01 to 100", lambda v: 0.01 <= v <= 100)
    k, last = _check.integer("k", k, least=0), _check.integer("last", last, least=1)
    game = _start(spread, np.random.default_rng(_check.integer("seed", seed, least=0)))
    train_D(game, ALONE)
    a, steps, x = game.D(X[:, None])[:, 0], np.unique(np.geomspace(1, last + 1, 80).astype(int)) - 1, []
    for step in range(last + 1):
        if step in steps:
            x.append(game.G(Z)[:, 0])
        train_D(game, k)
        game.gradient_G(game.sample(game.noise))
        game.update_G()
    return Climb(steps, np.array(x), a, game.D(X[:, None])[:, 0])


def _start(spread, rng):
    """The game, and a G that makes a line."""
    G = MLP([1, 32, 1], hidden="tanh", bias_spread=1, rng=rng)
    G.forward(Z)
    G.linears[-1].W[...] = np.linalg.lstsq(G.linears[-1].x, spread * Z, rcond=0.03)[0]
    D = MLP([1, 32, 32, 1], hidden="leaky_relu", bias_spread=1, rng=rng)
    return Algorithm1(G, D, P_DATA, Normal(1), m=128, lr_d=0.1, lr_g=0.02, momentum=0, objective="minimax", rng=rng)


def share(x, width=0.2):
    """How many z share one x: the largest share of the numbers x, of any shape, within one interval of this width.

    >>> share([0.0, 0.1, 0.15, 3.0])
    0.75
    """
    x, width = np.sort(_check.finite_array("x", x).ravel()), _check.positive("width", width)
    if not len(x):
        raise ValueError("x must have at least one number, not none")
    within = np.searchsorted(x, x + width, side="right") - np.arange(len(x))      # of those from each x on
    return float(within.max() / len(x))
