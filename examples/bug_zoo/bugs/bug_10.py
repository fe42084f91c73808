"""The gradient of log(1 − D) under the name of −log D

Symptom: D wins and G falls behind: V is −.47, D(x) .82 and D(G(z)) .18, where the right code has −.87, .67 and .31.
Two modes are found in place of seven, and examples lie strewn inside the ring (ring8 without its cap, low rates, 2000
iterations, seed 0).

Met in: labml's GAN, whose text says that both have the same gradient (read).

The mathematics: Both objectives are made small by making D(G(z)) large, but ∂(−log D)/∂a = −(1 − D), and
∂ log(1 − D)/∂a = −D. The second is D/(1 − D) times the first: at D = .01 only 1/99 of it. Just when G is bad, and D
knows it, the push that G gets is gone: what the advice in section 3 is there to prevent.

Hint: There are two objectives, and at D = 1/2 their gradients are equal. Look where D is sure.
"""

from tinygan import _check
from tinygan.game import OBJECTIVES
from tinygan.layers import sigmoid

REPLACES = "tinygan.game.generator_gradient"
TRAIN = "ring8", 2000, {"max_norm": None, "lr_d": 0.03, "lr_g": 0.01}, 0


def generator_gradient(a_fake, objective="non-saturating"):
    a_fake = _check.logits("a_fake", a_fake)
    if _check.choice("objective", objective, OBJECTIVES) == "minimax":
        # ∂ log(1 − D) / ∂a = −D, in a mean of m terms: −D / m
        return -sigmoid(a_fake) / a_fake.size
    # ∂ (−log D) / ∂a = −(1 − D), in a mean of m terms: −(1 − D) / m
    return -sigmoid(a_fake) / a_fake.size
