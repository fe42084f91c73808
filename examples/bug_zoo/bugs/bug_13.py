"""D's term for generated examples has no bound

Symptom: From the first record on D says 1 to everything, V is −21.5, and G stands still at 1.24 with std .26
(gaussian, 1500 iterations, seed 0).

Met in: the GAN example of HIPS autograd; its author's note says that it "always collapses" (run).

The mathematics: D ascends log(1 − D(G(z))), with the derivative −D/m: the pull is strongest where D is fooled. Here D
ascends −log D(G(z)), with −(1 − D)/m: strongest where D is right already, and 0 where it is fooled. Once D says 1 to
everything, both of its gradients are 0. And there is no D* between 0 and 1: a log y − b log y has no largest value
inside.

Hint: Where D is fooled by a generated example, it should learn most from it. Does it?
"""

from tinygan import _check
from tinygan.layers import sigmoid

REPLACES = "tinygan.game.value_gradient"
TRAIN = "gaussian", 1500, {}, 0


def value_gradient(a_real, a_fake):
    a_real, a_fake = _check.logits("a_real", a_real), _check.logits("a_fake", a_fake)
    # V is a mean of m terms log D(x), and ∂ log D / ∂a = 1 − D = σ(−a): ∂V/∂a_real = (1 − D) / m.
    # It pushes D up where it is not yet sure of a real example
    da_real = sigmoid(-a_real) / a_real.size
    # … and of m terms log(1 − D(G(z))), and ∂ log(1 − D) / ∂a = −D = −σ(a): ∂V/∂a_fake = −D / m.
    # It pushes D down where a generated example still passes
    da_fake = -sigmoid(-a_fake) / a_fake.size
    return da_real, da_fake
