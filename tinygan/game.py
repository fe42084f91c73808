"""The game: V(D, G), what the generator descends instead, and the derivatives of both.

In this room: `value` and `value_gradient` for the discriminator's side of Eq. 1,
`generator_loss` and `generator_gradient` for the generator's.

D ends in a logit `a`, and D(x) = σ(a). Written in logits, every logarithm is a softplus,
    log D = −softplus(−a)    and    log(1 − D) = −softplus(a),
which is right for a = ±1000 as it is for a = 0: no epsilon, no clamp.
All means are over the minibatch; all values are in nats.
"""

import numpy as np

from . import _check
from .layers import sigmoid, softplus

OBJECTIVES = ("minimax", "non-saturating")


def value(a_real, a_fake):
    """V(D, G) = mean log D(x) + mean log(1 − D(G(z))), in nats. [Eq. 1]

    a_real, a_fake : D's logits on real and on generated examples, any shape.
    Returns a float. It is −log 4 = −1.386 where D = 1/2 everywhere, and 0 for a perfect D.
    """
    a_real, a_fake = _check.logits("a_real", a_real), _check.logits("a_fake", a_fake)
    # V = mean log D(x) + mean log(1 − D(G(z)))
    return (np.mean(-softplus(-a_real)) + np.mean(-softplus(a_fake))).item()


def value_gradient(a_real, a_fake):
    """(∂V/∂a_real, ∂V/∂a_fake): what D's backward is fed when D ascends V.

    a_real, a_fake : D's logits. Returns two arrays, shaped as they are.
    """
    a_real, a_fake = _check.logits("a_real", a_real), _check.logits("a_fake", a_fake)
    # ∂V/∂a_real = (1 − D(x)) / m: push D up where it is not yet sure of a real example
    da_real = sigmoid(-a_real) / a_real.size
    # ∂V/∂a_fake = −D(G(z)) / m: push D down where a generated example still passes
    da_fake = -sigmoid(a_fake) / a_fake.size
    return da_real, da_fake


def generator_loss(a_fake, objective="non-saturating"):
    """What G descends, in nats, from D's logits on generated examples.

    objective : "minimax", mean log(1 − D(G(z))), G's side of Eq. 1 as it stands; or
        "non-saturating", −mean log D(G(z)), the paper's advice at the end of section 3.
    """
    a_fake = _check.logits("a_fake", a_fake)
    if _check.choice("objective", objective, OBJECTIVES) == "minimax":
        # mean log(1 − D)
        return np.mean(-softplus(a_fake)).item()
    # −mean log D
    return np.mean(softplus(-a_fake)).item()


def generator_gradient(a_fake, objective="non-saturating"):
    """∂ generator_loss / ∂a_fake, an array shaped as `a_fake`.

    Where D is sure that an example is generated, D → 0, the minimax gradient fades with it,
    while the non-saturating one is at its strongest: −(1 − D)/m → −1/m.
    """
    a_fake = _check.logits("a_fake", a_fake)
    if _check.choice("objective", objective, OBJECTIVES) == "minimax":
        # ∂ mean log(1 − D) / ∂a = −D / m
        return -sigmoid(a_fake) / a_fake.size
    # ∂ (−mean log D) / ∂a = −(1 − D) / m
    return -sigmoid(-a_fake) / a_fake.size
