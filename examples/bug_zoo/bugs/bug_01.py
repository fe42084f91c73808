"""The gradient is a sum, and V is a mean

Symptom: Both curves of D jump between 0 and 1, and V falls to −9. Of ring8's eight modes none is found after 2000
iterations (seed 0), with 20 good examples of 2000 as the limit; the right code has 6. That D does not run away at once
is the cap's merit: the recipe gaussian has none, and diverges at iteration 2.

Met in: many scripts that print a mean and backpropagate a sum; ML-From-Scratch's networks do (run).

The mathematics: V is a mean of m terms, so each logit has the derivative (1 − D)/m, or −D/m. Without the 1/m the
gradient is m times as long. Its direction is right, so the fault looks like a learning rate: in ring8 64 · 0.07 = 4.5
in place of 0.07. A setting that works at one m fails at another.

Hint: Is the gradient of V still right for another size of the minibatch, m = 1 and m = 10? A difference quotient of
`value` knows.
"""

from tinygan import _check
from tinygan.layers import sigmoid

REPLACES = "tinygan.game.value_gradient"
TRAIN = "ring8", 2000, {}, 0


def value_gradient(a_real, a_fake):
    a_real, a_fake = _check.logits("a_real", a_real), _check.logits("a_fake", a_fake)
    # V is a mean of m terms log D(x), and ∂ log D / ∂a = 1 − D = σ(−a): ∂V/∂a_real = (1 − D) / m.
    # It pushes D up where it is not yet sure of a real example
    da_real = sigmoid(-a_real)
    # … and of m terms log(1 − D(G(z))), and ∂ log(1 − D) / ∂a = −D = −σ(a): ∂V/∂a_fake = −D / m.
    # It pushes D down where a generated example still passes
    da_fake = -sigmoid(a_fake)
    return da_real, da_fake
