"""The generator's two objectives, as functions of the probability D(x). [Eq. 1, end of section 3]

Here: `generator_objective`, `generator_slope`, `binary_cross_entropy`.
"""

import numpy as np

from .. import _check
from ..game import OBJECTIVES


def generator_objective(D, objective="non-saturating"):
    """ℓ(D), what G makes small on average over p_g: log(1 − D), or −log D. [section 3]

    D : D(x), any shape, in [0, 1]. objective : "minimax", log(1 − D), G's side of Eq. 1, from 0
    down to −∞; or "non-saturating", −log D, from ∞ down to 0, the advice of section 3.
    Returns an array shaped as D, in nats. Both fall as D grows: they agree on what is better.
    Raises ValueError for a D outside [0, 1] and for an unknown objective.

    >>> [generator_objective(0.5, each).round(4).item() for each in OBJECTIVES]
    [-0.6931, 0.6931]
    """
    D = _check.probabilities("D", D)
    minimax = _check.choice("objective", objective, OBJECTIVES) == "minimax"
    with np.errstate(divide="ignore"):
        return np.log1p(-D) if minimax else -np.log(D)


def generator_slope(D, objective="non-saturating", by="logit"):
    """dℓ/dD or, with D = σ(a), dℓ/da: how strong a push G gets where D says D. [section 3]

                       ℓ(D)         dℓ/dD          dℓ/da
    minimax            log(1 − D)   −1 / (1 − D)   −D            → 0 at D → 0: it saturates
    non-saturating     −log D       −1 / D         −(1 − D)      → −1 at D → 0

    Same sign, and the second is (1 − D)/D times the first: the same at D = 1/2, far stronger
    where D rejects what G makes. D, objective : as in `generator_objective`, and raises as it does.
    by : "logit" or "D". Returns an array shaped as D, in nats per unit of a, or of D.

    >>> [generator_slope([0.01, 0.5], each).tolist() for each in OBJECTIVES]
    [[-0.01, -0.5], [-0.99, -0.5]]
    """
    D = _check.probabilities("D", D)
    minimax = _check.choice("objective", objective, OBJECTIVES) == "minimax"
    if _check.choice("by", by, ("logit", "D")) == "logit":
        return -D if minimax else D - 1
    with np.errstate(divide="ignore", over="ignore"):
        return -1 / (1 - D) if minimax else -1 / D


def binary_cross_entropy(D, label):
    """−[y log D + (1 − y) log(1 − D)]: the loss of a classifier D where the label is y.

    V is minus the sum of two of them, real examples with y = 1 and generated ones with y = 0. A
    generator that descends it with the labels switched, y = 1 for what is generated, descends
    −log D, the non-saturating objective. Its gradient is not that of log(1 − D).

    D : any shape, in [0, 1]. label : y, 0 or 1 (or between: a smoothed label), a number or an
    array shaped as D. Returns an array shaped as D, in nats; ∞ where D is sure and wrong.
    Raises ValueError for a D or a label outside [0, 1], and for different shapes.

    >>> binary_cross_entropy([0.25, 0.75], label=1).round(4).tolist()       # log 4, log 4/3
    [1.3863, 0.2877]
    """
    D, y = _check.probabilities("D", D), _check.probabilities("label", label)
    if y.ndim:
        _check.same_shape(label=y, D=D)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(y > 0, -y * np.log(D), 0) + np.where(y < 1, -(1 - y) * np.log1p(-D), 0)
