"""The two monitors are swapped

Symptom: D(x) = .27 and D(G(z)) = .71: D seems to be wrong more often than right, while V rises to −.770 as if it were
winning (ring8 without its cap, 2000 iterations, seed 0). V and the examples are the same to the last bit as without
the bug.

Met in: the code that the paper's authors released (read).

The mathematics: No formula is wrong: the game is played as it should be, and two numbers in the record have each
other's name. That is worse than it sounds. "D(x) is below D(G(z))" means a D that is worse than chance, and the reader
mends what is not broken. At the game's solution both are 1/2, and nobody can see it.

Hint: Put a D that you know into a game, one that is sure and right, and read the record.
"""

import numpy as np

from tinygan.game import generator_loss, value
from tinygan.layers import sigmoid
from tinygan.training import _spread

REPLACES = "tinygan.training.Algorithm1._record"
TRAIN = "ring8", 2000, {"max_norm": None}, 0


def _record(self, a_real, a_fake, a_fake_G, x_fake):
    D_real, D_fake = sigmoid(a_real), sigmoid(a_fake)
    self.records.append((self.iteration, value(a_real, a_fake), D_fake.mean().item(), D_real.mean().item(),
                         np.concatenate([D_real, D_fake]).std().item(), _spread(x_fake),
                         generator_loss(a_fake_G, self.objective)))
