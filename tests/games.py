"""Small games to try things on; what of a player an iteration may change; all that decides how a game goes on."""

import numpy as np

import tinygan as tg
from tinygan import checkpoint
from tinygan.layers import Dropout


def make(G=(2, 5, 2), D=(2, 6, 1), hidden="tanh", data=None, dtype=np.float64, seed=0, dropout=0.0, **options):
    rng = np.random.default_rng(seed)
    G = tg.MLP(G, hidden=hidden, dtype=dtype, rng=rng)
    D = tg.MLP(D, hidden=hidden, dtype=dtype, dropout=dropout, rng=rng)
    noise = tg.data.Normal(G.widths[0])
    return tg.Algorithm1(G, D, tg.data.Ring() if data is None else data, noise, **{"m": 8, "rng": rng, **options})


def state(game, player):
    net = getattr(game, player)
    return net.theta.tobytes(), getattr(game, "velocity_" + player).tobytes()


def bits(game):
    """All that decides how a game goes on, and its history."""
    masks = [layer.rng for net in (game.G, game.D) for layer in net.layers if isinstance(layer, Dropout)]
    arrays = game.G.theta, game.D.theta, game.velocity_G, game.velocity_D
    return (game.iteration, [array.tobytes() for array in arrays], repr(game.records),
            [repr(rng.bit_generator.state) for rng in (game.rng, *masks)],
            [getattr(game, name) for name in checkpoint.SETTINGS])


def there_and_back(game):
    """The game, as if saved and loaded."""
    return checkpoint._decode(checkpoint._encode(game, None), {"data": game.data, "noise": game.noise})[0]
