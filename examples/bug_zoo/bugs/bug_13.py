"""D's term for generated examples has no bound

Symptom: ?

Met in: the GAN example of HIPS autograd; its author's note says that it "always collapses" (run).

The mathematics: D ascends log(1 − D(G(z))), with the derivative −D/m: it fades once D is right. Here D ascends
−log D(G(z)), with −(1 − D)/m: the surer D is, and the more often right, the harder it pushes, and a → −∞ never comes
to rest. There is no D* between 0 and 1 any more: a log y − b log y has no largest value inside.

Hint: Where D is already sure that an example is generated, how much does this example still pull?
"""

from tinygan import _check
from tinygan.layers import sigmoid

REPLACES = "tinygan.game.value_gradient"
TRAIN = "gaussian", 1500, {}


def value_gradient(a_real, a_fake):
    a_real, a_fake = _check.logits("a_real", a_real), _check.logits("a_fake", a_fake)
    # V is a mean of m terms log D(x), and ∂ log D / ∂a = 1 − D = σ(−a): ∂V/∂a_real = (1 − D) / m.
    # It pushes D up where it is not yet sure of a real example
    da_real = sigmoid(-a_real) / a_real.size
    # … and of m terms log(1 − D(G(z))), and ∂ log(1 − D) / ∂a = −D = −σ(a): ∂V/∂a_fake = −D / m.
    # It pushes D down where a generated example still passes
    da_fake = -sigmoid(-a_fake) / a_fake.size
    return da_real, da_fake
