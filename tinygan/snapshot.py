"""A game in memory, as it was: to go back to when an iteration fails half-way.

Here: `Snapshot`.
"""

import numpy as np

from .layers import Dropout


class Snapshot:
    """Copies of all that an iteration changes: θ and v of both players, `iteration`, the records,
    and the random generators, of which a network with dropout has one of its own."""

    def __init__(self, game):
        self.game, self.iteration, self.records = game, game.iteration, len(game.records)
        self.arrays = arrays(game)
        self.copies = [array.copy() for array in self.arrays]
        self.states = [(rng.bit_generator, rng.bit_generator.state) for rng in generators(game)]

    def done(self):
        """This snapshot, once its iteration has worked, if it may be needed once more; and otherwise None.

        It is needed where G(z) or D(x) may have become infinite. A layer makes its input ‖θ‖ times as long
        at most, but for its biases: with ‖θ‖ below 100 and up to twelve layers they can't have.
        """
        self.led_to = squares(self.game)
        return None if max(self.led_to) < 1e4 and len(self.game.G.widths) < 14 > len(self.game.D.widths) else self

    def leads_to(self, game):
        """Whether these are the same arrays, and nobody has written into the parameters since."""
        return all(one is other for one, other in zip(self.arrays, arrays(game))) and self.led_to == squares(game)

    def restore(self):
        """Make the game again what it was, in place."""
        for array, copy in zip(self.arrays, self.copies):
            if not np.array_equal(array, copy):        # what could not be written to has not changed
                array[...] = copy
        for bit_generator, state in self.states:
            bit_generator.state = state
        del self.game.records[self.records:]
        self.game.iteration = self.iteration


def arrays(game):
    """The arrays that an iteration changes."""
    return game.G.theta, game.velocity_G, game.D.theta, game.velocity_D


def generators(game):
    """All random generators that an iteration draws from, but for what a user's own data may have."""
    return [game.rng, *(layer.rng for net in (game.G, game.D) for layer in getattr(net, "layers", ()) if isinstance(layer, Dropout))]


@np.errstate(over="ignore", invalid="ignore")
def squares(game):
    """Σ θ² of G and of D."""
    G, D = game.G.theta, game.D.theta
    return G.dot(G), D.dot(D)
