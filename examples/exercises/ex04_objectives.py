"""Exercise 4: what G descends, one of two objectives. [section 3]"""

import numpy as np


def generator_loss(a_fake, objective):
    """Return G's loss, one number, in nats, from D's logits on generated examples, (m, 1).

        objective "minimax":           mean log(1 − D(G(z)))
        objective "non-saturating":   −mean log D(G(z))

    G makes either of them small. D = σ(a), 1 − D = σ(−a), and log σ(a) = −log(1 + e^−a), for which np.logaddexp is
    right at every size of a.

    By hand: a_fake = [[0]] has D = 1/2: "minimax" is −0.6931, "non-saturating" is 0.6931.
    """
    raise NotImplementedError


def generator_gradient(a_fake, objective):
    """Return ∂ generator_loss / ∂a_fake, an array shaped as a_fake.

    By the logit a, not by the probability D:  ∂ log D / ∂a = 1 − D  and  ∂ log(1 − D) / ∂a = −D; and each loss is a
    mean of m terms. σ(a) = exp(−log(1 + e^−a)) never overflows.

    By hand: a_fake = [[−log 3]] has D = 1/4 and m = 1: "minimax" gives [[-0.25]], "non-saturating" [[-0.75]]. The less
    D believes G, the more the second one has to say, and the less the first.
    """
    raise NotImplementedError
