"""The game: V(D, G), what the generator descends instead, and the derivatives of both.

Here: `value` and `value_gradient` for the discriminator's side of the game, `generator_loss`
and `generator_gradient` for the generator's.

Examples x come from the data, x ~ p_data. Noise z comes from a fixed prior, z ~ p_z, and the
generator turns it into more examples, G(z). The discriminator says how likely an example is
to be real, 0 < D(x) < 1. D wants V large, and G wants it small:                      [Eq. 1]

    min over G, max over D, of   V(D, G) = E log D(x) + E log(1 − D(G(z))).

Here each mean E is taken over a minibatch of m examples. In formulas D(x) is that probability;
in code `D(x)` is the network's output, the logit `a`, and the probability is σ(a). In logits
every logarithm is a softplus,

    log D = log σ(a) = −softplus(−a)    and    log(1 − D) = log σ(−a) = −softplus(a),

which is right for a = ±1000 as it is for a = 0: no epsilon, no clamp. The logarithm is the
natural one, and its unit is the nat. All derivatives below follow from softplus′ = σ and
σ(−a) = 1 − σ(a) (layers.py):

    ∂ log D / ∂a = σ(−a) = 1 − D    and    ∂ log(1 − D) / ∂a = −σ(a) = −D.
"""

import numpy as np

from . import _check
from .layers import sigmoid, softplus

OBJECTIVES = ("minimax", "non-saturating")


def value(a_real, a_fake):
    """V(D, G) = mean log D(x) + mean log(1 − D(G(z))), in nats, from D's logits. [Eq. 1]

    (`theory.value` is the same V from probabilities D(x) and from densities: Eq. 3.)

    a_real, a_fake : D's logits on real and on generated examples, any shape.
    Returns a float, below 0. The more certain D is, and the more often right, the nearer to 0.
    Where D can't tell and says 1/2 to everything it is −log 4 = −1.386: the game's solution.

    >>> round(value(np.zeros(2), np.zeros(2)), 4)                # D = σ(0) = 1/2
    -1.3863
    """
    a_real, a_fake = _check.logits("a_real", a_real), _check.logits("a_fake", a_fake)
    # V = mean log D(x) + mean log(1 − D(G(z)))
    return (np.mean(-softplus(-a_real)) + np.mean(-softplus(a_fake))).item()


def value_gradient(a_real, a_fake):
    """(∂V/∂a_real, ∂V/∂a_fake): what D's backward is given. V stands in for the loss L. [Eq. 1]

    a_real, a_fake : D's logits, (m, 1) each. Returns two arrays of these shapes.

    >>> da_real, da_fake = value_gradient(np.zeros(2), np.zeros(2))          # D = 1/2, m = 2
    >>> da_real.tolist(), da_fake.tolist()
    ([0.25, 0.25], [-0.25, -0.25])
    """
    a_real, a_fake = _check.logits("a_real", a_real), _check.logits("a_fake", a_fake)
    # V is a mean of m terms log D(x), and ∂ log D / ∂a = 1 − D = σ(−a): ∂V/∂a_real = (1 − D) / m.
    # It pushes D up where it is not yet sure of a real example
    da_real = sigmoid(-a_real) / a_real.size
    # … and of m terms log(1 − D(G(z))), and ∂ log(1 − D) / ∂a = −D = −σ(a): ∂V/∂a_fake = −D / m.
    # It pushes D down where a generated example still passes
    da_fake = -sigmoid(a_fake) / a_fake.size
    return da_real, da_fake


def generator_loss(a_fake, objective="non-saturating"):
    """What G descends, a float in nats, from D's logits on generated examples. [section 3]

    a_fake : these logits, any shape.
    objective : "minimax", mean log(1 − D(G(z))), G's side of Eq. 1 as it stands; or
        "non-saturating", −mean log D(G(z)), the paper's advice at the end of section 3.

    >>> round(generator_loss(np.zeros(2)), 4)                    # −log 1/2
    0.6931
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

    >>> a_fake = np.log([1 / 3])                                 # D = 1/4, m = 1
    >>> [generator_gradient(a_fake, each).round(4).item() for each in OBJECTIVES]
    [-0.25, -0.75]
    """
    a_fake = _check.logits("a_fake", a_fake)
    if _check.choice("objective", objective, OBJECTIVES) == "minimax":
        # ∂ log(1 − D) / ∂a = −D, in a mean of m terms: −D / m
        return -sigmoid(a_fake) / a_fake.size
    # ∂ (−log D) / ∂a = −(1 − D), in a mean of m terms: −(1 − D) / m
    return -sigmoid(-a_fake) / a_fake.size
