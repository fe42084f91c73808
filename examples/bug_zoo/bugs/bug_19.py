"""The objective called "minimax" is the other one

Symptom: Too good. Under the name of minimax 7 modes are found and 40 % of the examples are good; the true minimax
objective finds 2, with 17 % (ring8 without its cap, low rates, 2000 iterations, seed 0).

Met in: mimicry, whose function called minimax is the non-saturating loss; its test has no abs and can't fail (read).

The mathematics: "minimax" asks for log(1 − D), with the slope −D: it saturates at D → 0. Here it has the slope −(1 − D)
of −log D. Whoever compares the two objectives compares one with itself, and concludes that section 3 of the paper
makes no difference. Training is better than it should be, which nobody looks into.

Hint: Ask for the objective that is not the default, and look where D is sure.
"""

from tinygan import _check
from tinygan.game import OBJECTIVES
from tinygan.layers import sigmoid

REPLACES = "tinygan.game.generator_gradient"
TRAIN = "ring8", 2000, {"max_norm": None, "lr_d": 0.03, "lr_g": 0.01, "objective": "minimax"}, 0


def generator_gradient(a_fake, objective="non-saturating"):
    a_fake = _check.logits("a_fake", a_fake)
    if _check.choice("objective", objective, OBJECTIVES) == "minimax":
        # ∂ log(1 − D) / ∂a = −D, in a mean of m terms: −D / m
        return -sigmoid(-a_fake) / a_fake.size
    # ∂ (−log D) / ∂a = −(1 − D), in a mean of m terms: −(1 − D) / m
    return -sigmoid(-a_fake) / a_fake.size
