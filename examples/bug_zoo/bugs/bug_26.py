"""G follows ∇D, and not ∇ log D

Symptom: D wins: V is −.16, D(x) .94 and D(G(z)) .06, where the right code has −.77, .71 and .27. No mode is found, and
2 % of the examples are good; the right code finds 6, with 38 % (ring8 without its cap, 2000 iterations, seed 0).

Met in: GAN Lab's arrows on generated examples (read).

The mathematics: −D has the derivative −D(1 − D) by a: it fades at both ends. −log D has −(1 − D), which is at its
strongest at D → 0. So ∇D is D times the right one: where D is sure that an example is generated, the arrow vanishes,
and the example stays where it is. As arrows in a picture it says that nothing pulls here; the opposite is true.

Hint: Three functions fall as D rises: log(1 − D), −log D and −D. Their slopes by a differ where D is sure.
"""

from tinygan import _check
from tinygan.game import OBJECTIVES
from tinygan.layers import sigmoid

REPLACES = "tinygan.game.generator_gradient"
TRAIN = "ring8", 2000, {"max_norm": None}, 0


def generator_gradient(a_fake, objective="non-saturating"):
    a_fake = _check.logits("a_fake", a_fake)
    if _check.choice("objective", objective, OBJECTIVES) == "minimax":
        # ∂ log(1 − D) / ∂a = −D, in a mean of m terms: −D / m
        return -sigmoid(a_fake) / a_fake.size
    # ∂ (−log D) / ∂a = −(1 − D), in a mean of m terms: −(1 − D) / m
    return -sigmoid(a_fake) * sigmoid(-a_fake) / a_fake.size
