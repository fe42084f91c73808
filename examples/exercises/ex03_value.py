"""Exercise 3: V(D, G), and its derivative by D's logits. [Eq. 1]"""

import numpy as np


def value(a_real, a_fake):
    """Return V, one number, in nats:  V = mean log D(x) + mean log(1 − D(G(z))).

    a_real : D's logits on real examples, (m, 1).   a_fake : on generated ones, (n, 1). Here n need not be m.

    The probability is D = σ(a) = 1 / (1 + e^−a), and so 1 − D = σ(−a). A logarithm of a computed σ is −∞ as soon as σ
    is rounded to 0. So simplify first, on paper:

        log σ(a) = −log(1 + e^−a).

    NumPy has log(eᵇ + eᶜ) as np.logaddexp(b, c), right for every size of b and c; and 1 = e⁰.

    By hand: all logits 0 mean D = 1/2 everywhere, and V = 2 log 1/2 = −1.3863.
    """
    raise NotImplementedError


def value_gradient(a_real, a_fake):
    """Return two arrays, ∂V/∂a_real and ∂V/∂a_fake, shaped as a_real and as a_fake.

    By the logit a, not by the probability D. The steps, on paper:

        ∂ log D / ∂a = 1 − D,        ∂ log(1 − D) / ∂a = −D.

    And V is a mean of m such terms, and of n.  σ(a) = exp(−log(1 + e^−a)) never overflows.

    By hand: a_real = [[0], [0]], a_fake = [[0], [0]] give [[0.25], [0.25]] and [[-0.25], [-0.25]].
    """
    raise NotImplementedError
