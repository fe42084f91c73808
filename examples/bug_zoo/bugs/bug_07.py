"""Label smoothing with half of its terms

Symptom: D(x) and D(G(z)) come to rest at .487, and not at .500 (gaussian, 1500 iterations, seed 0). That is all: V is
−1.387 in place of −1.386, and G(z) has mean 4.02 and std 1.25 with the bug and without it.

Met in: GAN Lab (read).

The mathematics: Smoothing the label 1 to s = .95 means E_x[s log D + (1 − s) log(1 − D)]. The second term is missing
here. Then D* = s p_data/(s p_data + p_g): where p_g = p_data that is .95/1.95 = .487, and not 1/2. D is not less sure,
as smoothing would have it, but biased. And it is no longer the gradient of V.

Hint: At D = 1/2 on every example, real and generated ones pull with equal force. Do they?
"""

from tinygan import _check
from tinygan.layers import sigmoid

REPLACES = "tinygan.game.value_gradient"
TRAIN = "gaussian", 1500, {}, 0


def value_gradient(a_real, a_fake):
    a_real, a_fake = _check.logits("a_real", a_real), _check.logits("a_fake", a_fake)
    # V is a mean of m terms log D(x), and ∂ log D / ∂a = 1 − D = σ(−a): ∂V/∂a_real = (1 − D) / m.
    # It pushes D up where it is not yet sure of a real example
    da_real = 0.95 * sigmoid(-a_real) / a_real.size
    # … and of m terms log(1 − D(G(z))), and ∂ log(1 − D) / ∂a = −D = −σ(a): ∂V/∂a_fake = −D / m.
    # It pushes D down where a generated example still passes
    da_fake = -sigmoid(a_fake) / a_fake.size
    return da_real, da_fake
