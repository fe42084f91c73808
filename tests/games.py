"""Small games to try things on, and what of a player an iteration may change."""

import numpy as np

import tinygan as tg


def make(G=(2, 5, 2), D=(2, 6, 1), hidden="tanh", data=None, dtype=np.float64, seed=0, dropout=0.0, **options):
    rng = np.random.default_rng(seed)
    G = tg.MLP(G, hidden=hidden, dtype=dtype, rng=rng)
    D = tg.MLP(D, hidden=hidden, dtype=dtype, dropout=dropout, rng=rng)
    noise = tg.data.Normal(G.widths[0])
    return tg.Algorithm1(G, D, tg.data.Ring() if data is None else data, noise, **{"m": 8, "rng": rng, **options})


def state(game, player):
    net = getattr(game, player)
    return net.theta.tobytes(), getattr(game, "velocity_" + player).tobytes()
