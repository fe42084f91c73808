"""D overfits: few stored examples against a perfect G, and a D that learns them by heart.

Here: `memorise`.

p_data is seldom known: what there is are n stored examples, and V is a mean over them. That is another game. Its data
are n points, each with the probability 1/n, and p_g has a density, so the two never overlap (see supports.py): the
best D of this game is 1 on the n points and 0 elsewhere, and its V is 0, whatever p_g is. Even for p_g = p_data, where
the true best D is 1/2 and V is −log 4. On examples that were not stored that best D says 0, and V is −∞.

A network comes nearer to it the longer it is trained. So "D at its best for the G of now" is right for p_data, and
wrong for a file of examples. The paper says so above Algorithm 1: to optimise D to completion would take too long,
"and on finite datasets would result in overfitting"; instead D makes k steps for one step of G.
"""

from typing import NamedTuple

import numpy as np

from .. import _check
from ..data import Normal, Points
from ..game import value
from ..mlp import MLP
from ..training import Algorithm1
from .discriminator_alone import train_D


class Memorised(NamedTuple):
    """After each of `steps` of D, (n,): V on the stored examples and V on fresh ones, in nats, both with the same
    generated ones. `points` are those stored, (stored, 2), and D is the network at the end."""

    steps: np.ndarray
    V_stored: np.ndarray
    V_fresh: np.ndarray
    points: np.ndarray
    D: MLP


def memorise(stored=20, last=3000, seed=0):
    """D alone, on `stored` examples of p_data = N(0, I) in the plane, against a G with p_g = p_data.

    G(z) = z with z ~ N(0, I), always drawn anew. D is a network [2, 64, 64, 1]; 64 examples in a minibatch.
    stored : how many examples there are. last : steps of D. V is taken at up to 30 numbers of steps, on all the stored
    ones, on 5000 fresh real ones, and on 5000 generated ones. Returns a `Memorised`.

    >>> run = memorise(stored=5, last=200)                      # −log 4 on both would be right
    >>> bool(run.V_stored[-1] > -1.386 > run.V_fresh[-1])
    True
    """
    stored = _check.integer("stored", stored, least=1, most=10**6)
    last = _check.integer("last", last, least=1)
    rng = np.random.default_rng(_check.integer("seed", seed, least=0))
    G = MLP([2, 2], rng=rng)
    G.theta = [1, 0, 0, 1, 0, 0]                                          # x = z
    D = MLP([2, 64, 64, 1], hidden="leaky_relu", bias_spread=1, rng=rng)
    points, fresh, generated = (Normal(2).sample(n, rng) for n in (stored, 5000, 5000))
    game = Algorithm1(G, D, Points(points), Normal(2), lr_d=0.1, rng=rng)
    steps, values = np.unique(np.geomspace(1, last, 30).astype(int)), []
    for step in range(1, last + 1):
        train_D(game)
        if step in steps:
            a_fake = D(generated)
            values.append((value(D(points), a_fake), value(D(fresh), a_fake)))
    return Memorised(steps, *np.array(values).T, points, D)
