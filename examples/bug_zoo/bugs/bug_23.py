"""log(D + ε)

Symptom: Nothing to see in a training that goes well. It shows where D is far ahead and a push is needed most: at a =
−30 G gets .0000094 of what it should.

Met in: mimicry and AYLIEN's gan-intro, with ε = 1e-8 or a clamp at 1e-5 (read).

The mathematics: −log(D + ε) has the derivative −(1 − D) D/(D + ε) by a. As long as D is far above ε that is −(1 − D).
Below it, it is −D/ε, and fades: the non-saturating objective saturates after all, below a = log ε, which is −18.4 for
1e-8 and −11.5 for 1e-5. It guards against an overflow that softplus does not have.

Hint: The advice of section 3 promises a full push however sure D is. Hold it to that: a logit of −30 is not too much.
"""

from tinygan import _check
from tinygan.game import OBJECTIVES
from tinygan.layers import sigmoid

REPLACES = "tinygan.game.generator_gradient"
TRAIN = None


def generator_gradient(a_fake, objective="non-saturating"):
    a_fake = _check.logits("a_fake", a_fake)
    if _check.choice("objective", objective, OBJECTIVES) == "minimax":
        # ∂ log(1 − D) / ∂a = −D, in a mean of m terms: −D / m
        return -sigmoid(a_fake) / a_fake.size
    # ∂ (−log D) / ∂a = −(1 − D), in a mean of m terms: −(1 − D) / m
    D = sigmoid(a_fake)
    return -(1 - D) * D / (D + 1e-8) / a_fake.size
