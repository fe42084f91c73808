"""What G descends with each objective, as long as D is at its best. [Eq. 2, Thm. 1, end of section 3]

Here: `slope_at_best`, `descended`, `kl_from_logits`, `nearest_gaussian`.

D's logit at its best is the logarithm of a density ratio: D* = p_data/(p_data + p_g) and D = σ(a) give

    a*(x) = log D*(x) − log(1 − D*(x)) = log p_data(x) − log p_g(x).

Hold this D* fixed. Then what G makes small on average, the sum of p_g(x) ℓ(x), is a straight line in p_g with
the slope ℓ(x) at x. A mass that moves from x to y changes it by ℓ(y) − ℓ(x), so a constant in ℓ does nothing.
Line by line, beside the derivative by p_g(x) of a divergence:

    ℓ at D*                      in densities               the same slope has
    log(1 − D*)                  log p_g/(p_data + p_g)     2 JSD(p_data ‖ p_g)                        minimax
    −a*                          log p_g/p_data             KL(p_g ‖ p_data)
    −log D* = −a* − log(1 − D*)  log (p_data + p_g)/p_data  KL(p_g ‖ p_data) − 2 JSD(p_data ‖ p_g)     non-saturating
    −e^a*                        −p_data/p_g                KL(p_data ‖ p_g)                           likelihood

The third line is the second less the first. It subtracts a JSD, and still leads to p_data: with
r = (p_data + p_g)/2 it is 2 KL(r ‖ p_data), never negative, and 0 for p_g = p_data alone. (The last objective is
from Goodfellow, 2014: it makes of a GAN a maximum-likelihood method.)

All this is about the slope where G stands, and for the D that is the best there. Once p_g has moved, D* is another
one. So G goes down the divergence if D is brought to its best before each small step, as in Prop. 2; while the loss
itself, E −log D*, is another number: log 2 + KL(p_g ‖ p_data) − KL(p_g ‖ r). And a D that is trained is not D*.
"""

import warnings
from typing import NamedTuple

import numpy as np

from .. import _check
from ..game import OBJECTIVES
from ..layers import softplus
from .best_discriminator import _best_logit
from .probability import js, kl

THREE = (*OBJECTIVES, "likelihood")


def slope_at_best(p_data, p_g, objective="non-saturating"):
    """ℓ(D*(x)), the derivative by p_g(x) of E_{x∼p_g} ℓ(D*(x)) with D* held fixed.

    p_data, p_g : as in `optimal_discriminator`, and raises as it does. objective : "minimax", log(1 − D);
    "non-saturating", −log D; "likelihood", −e^a = −D/(1 − D).
    Returns an array shaped as they are, in nats per unit of probability; infinite where p_g or p_data is 0 and
    the formula says so.

    >>> slope_at_best([0.5, 0.5], [0.25, 0.75], "likelihood").round(3).tolist()        # more of the first, please
    [-2.0, -0.667]
    """
    p_data, p_g = _check.masses("p_data", p_data), _check.masses("p_g", p_g)
    _check.same_shape(p_data=p_data, p_g=p_g)
    objective = _check.choice("objective", objective, THREE)
    a = _best_logit(p_data, p_g)
    if objective == "minimax":
        return -softplus(a)                                     # log(1 − D*)
    if objective == "non-saturating":
        return softplus(-a)                                     # −log D*
    with np.errstate(over="ignore"):
        return -np.exp(a)                                       # −D*/(1 − D*)


def descended(p_data, p_g, objective="non-saturating", dx=1.0):
    """The divergence that has the slope `slope_at_best`, up to a constant in it.

    minimax : 2 JSD(p_data ‖ p_g). likelihood : KL(p_data ‖ p_g).
    non-saturating : KL(p_g ‖ p_data) − 2 JSD(p_data ‖ p_g) = 2 KL((p_data + p_g)/2 ‖ p_data).

    p_data, p_g, dx : as in `kl`, and raises as it does. Returns a float in nats, 0 for p_g = p_data alone.

    Data on two outcomes, and a p_g that has dropped one of them; then one that has as much where no data is:

    >>> [round(descended([0.5, 0.5, 0], [1, 0, 0], name), 3) for name in THREE]
    [0.432, 0.262, inf]
    >>> [round(descended([0.5, 0.5, 0], [0.25, 0.25, 0.5], name), 3) for name in THREE]
    [0.432, inf, 0.693]
    """
    objective = _check.choice("objective", objective, THREE)
    p_data, p_g = _check.distributions(dx, p_data=p_data, p_g=p_g)
    if objective == "minimax":
        return 2 * js(p_data, p_g, dx)
    if objective == "likelihood":
        return kl(p_data, p_g, dx)
    return kl(p_g, p_data, dx) - 2 * js(p_data, p_g, dx)


def kl_from_logits(a_real, a_fake):
    """(KL(p_data ‖ p_g), KL(p_g ‖ p_data)) = (mean a_real, −mean a_fake), as far as D is D*.

    The density ratio, used: E_{x∼p_data} a*(x) = E log p_data/p_g. With a trained D they are estimates, as good as
    its logit is: bad where examples of one kind are rare, for there nothing has taught it.

    a_real, a_fake : D's logits on real and on generated examples, as for `tinygan.value`. Returns two floats, nats.

    >>> kl_from_logits([2.0, 1.0], [-1.0, -3.0])
    (1.5, 2.0)
    """
    a_real, a_fake = (_check.logits(name, _check.finite_array(name, a))
                      for name, a in (("a_real", a_real), ("a_fake", a_fake)))
    return float(np.mean(a_real)), -float(np.mean(a_fake))


class Nearest(NamedTuple):
    """The Gaussian of this mean and std, and how far it is from p_data, in nats; both densities on the grid x."""

    mean: float
    std: float
    left: float
    x: np.ndarray
    p_data: np.ndarray
    p_g: np.ndarray


def nearest_gaussian(distance=4.0, objective="non-saturating"):
    """The Gaussian that makes `descended` least, when the data have two modes, and it has but one.

    p_data is half N(−distance/2, 1/4), half N(distance/2, 1/4), and p_g = N(mean, std²): a model that can't be
    right. Which way it is wrong, each divergence decides for itself. By search, on ever finer grids; of two that
    mirror each other, the right one.

    distance : from 0 to 8. objective : as in `slope_at_best`. Returns a `Nearest`; mean and std to 1e-3 of the
    distance or better.

    >>> near = nearest_gaussian(4, "likelihood")                # the mean and the std of the data
    >>> round(near.mean, 2), round(near.std, 2)
    (0.0, 2.06)
    """
    distance = _check.number("distance", distance, "a number from 0 to 8", lambda v: 0 <= v <= 8)
    objective = _check.choice("objective", objective, THREE)
    half = distance / 2
    x, dx = np.linspace(-1, 1, 1001, retstep=True)
    x, dx = (half + 3.5 * (half + 0.75)) * x, (half + 3.5 * (half + 0.75)) * dx
    normal = lambda mean, std: np.exp(-((x - mean) / std) ** 2 / 2) / (std * np.sqrt(2 * np.pi))
    p_data = (normal(-half, 0.5) + normal(half, 0.5)) / 2
    left = lambda mean, std: descended(p_data, normal(mean, std), objective, dx)
    ends = []                                                   # two valleys, near the middle and near a mode
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "the result is infinite")        # a p_g that is too narrow is not the nearest
        for means in np.split(np.linspace(0, half, 14), 2):
            stds = np.geomspace(0.25, half + 0.75, 17)
            step, factor = half / 13, stds[1] / stds[0]
            for _ in range(8):
                least, mean, std = min((left(mean, std), mean, std) for mean in means for std in stds)
                step, factor = step / 3, factor ** (1 / 3)
                means, stds = mean + step * np.arange(-3, 4), std * factor ** np.arange(-3, 4)
            ends.append((least, float(mean), float(std)))
    least, mean, std = min(ends)
    return Nearest(mean, std, least, x, p_data, normal(mean, std))
