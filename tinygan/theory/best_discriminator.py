"""The best D against a given G, and what is left for G to make small. [Eq. 2 to 6, Prop. 1, Thm. 1]

Here: `optimal_discriminator`, which is D*; `value`, which is V; `criterion`, which is C(G).

The players are not networks here but whole functions: D is a probability for each x, and the
generator is its p_g. p_data and p_g are probabilities, or densities on an even grid with spacing
`dx`, as in probability.py, and made to sum to 1 as there. The unit is the nat.
"""

import numpy as np

from .. import _check
from ..layers import softplus
from .probability import _mean

BELOW_1 = np.nextafter(1, 0)                                    # the largest float below 1
ABOVE_0 = np.nextafter(0, 1)                                    # the smallest above 0


def optimal_discriminator(p_data, p_g):
    """D*(x) = p_data(x) / (p_data(x) + p_g(x)): the best D against this p_g. [Prop. 1, Eq. 2]

    Why: V is a sum of a log y + b log(1 − y), one term for each x, with a = p_data(x),
    b = p_g(x) and y = D(x); and that is largest at y = a/(a + b). It is also Bayes' rule: the
    probability that x is real, if real and generated ones are equally frequent.

    p_data, p_g : arrays of one shape, not negative. (Their sums don't matter for D* at one x.)
    Returns D*, shaped as they are. Where both are 0 any value serves, and 1/2 is given. Where
    neither is 0, D* is neither 0 nor 1 even after rounding, so that both its logarithms exist.
    Raises ValueError for negative or non-finite entries and for two shapes.

    >>> optimal_discriminator([0.5, 0.5, 0.0], [0.25, 0.5, 0.25]).round(3).tolist()
    [0.667, 0.5, 0.0]
    """
    p_data, p_g = _check.masses("p_data", p_data), _check.masses("p_g", p_g)
    _check.same_shape(p_data=p_data, p_g=p_g)
    # D* = p_data / (p_data + p_g)
    D = np.divide(p_data, p_data + p_g, out=np.full(p_data.shape, 0.5), where=(p_data > 0) | (p_g > 0))
    return np.clip(D, np.where(p_data > 0, ABOVE_0, 0), np.where(p_g > 0, BELOW_1, 1))


def _best_logit(p_data, p_g):
    """a*(x) = log p_data(x) − log p_g(x): the logit of D*, D* = σ(a*); 0 where both are 0.

    It loses no digits where D* rounds to 1; so neither do log D* = −softplus(−a*) and
    log(1 − D*) = −softplus(a*).
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(p_data == p_g, 0.0, np.log(p_data) - np.log(p_g))


def value(D, p_data, p_g, dx=1.0):
    """V(G, D) = ∫ p_data(x) log D(x) dx + ∫ p_g(x) log(1 − D(x)) dx, from probabilities D(x). [Eq. 3]

    (`tinygan.value` is the same V as means over a minibatch, from D's logits: Eq. 1.)

    D : an array shaped as p_data and p_g, or one number for all x; in [0, 1].
    Returns a float ≤ 0, in nats; −∞ where D is sure and wrong: 0 where p_data is not, or 1
    where p_g is not.
    Raises ValueError for a D outside [0, 1], for a p_data or p_g that is no distribution, and
    for different shapes.

    >>> round(value(0.5, [0.3, 0.7], [0.6, 0.4]), 4)            # −log 4: D can't tell
    -1.3863
    """
    D, p_data, p_g = _players(D, p_data, p_g, dx)
    with np.errstate(divide="ignore"):                          # log 0 = −∞ is right here
        return float((_mean(p_data, np.log(D)) + _mean(p_g, np.log1p(-D))) * dx)


def _players(D, p_data, p_g, dx):
    """D, p_data and p_g as arrays of one shape, or ValueError; D may be one number for all x."""
    p_data, p_g = _check.distributions(dx, p_data=p_data, p_g=p_g)
    D = _check.probabilities("D", D)
    if D.ndim:
        _check.same_shape(D=D, p_data=p_data)
    return np.broadcast_to(D, p_data.shape), p_data, p_g


def criterion(p_data, p_g, dx=1.0):
    """C(G) = max over D of V(G, D) = V(G, D*): what is left for G to make small. [Eq. 4]

    It equals −log 4 + KL(p_data ‖ q) + KL(p_g ‖ q), q = (p_data + p_g)/2 [Eq. 5], which is
    −log 4 + 2 JSD(p_data ‖ p_g) [Eq. 6]; so it is −log 4 for p_g = p_data, larger for every
    other p_g, and 0 where the two never overlap [Thm. 1]. The tests hold it against both.
    (Densities that differ on a set of length 0 only are one p_g here:
    Theorem 1's "only if" is "almost everywhere".)

    Returns a float in nats, right to rounding; it can be below −log 4 by no more than that. Raises as `value`.

    >>> round(criterion([0.3, 0.7], [0.3, 0.7]), 4), criterion([1, 0], [0, 1])
    (-1.3863, 0.0)
    """
    p_data, p_g = _check.distributions(dx, p_data=p_data, p_g=p_g)
    a = _best_logit(p_data, p_g)
    return float((_mean(p_data, -softplus(-a)) + _mean(p_g, -softplus(a))) * dx)
