"""The theory, section 4 of the paper, computed: the best discriminator, the game's value, why it
converges, and the generator's two objectives.

Here: `optimal_discriminator`, `value`, `criterion`, `criterion_gradient`; `alternate`, with
`project_to_simplex`; `generator_objective`, `generator_slope`, `binary_cross_entropy`. The
probability it stands on and the exact p_g of a one-dimensional generator can be had from here,
too: `probability.py` and `pushforward.py` are two chapters of their own.

In theory the players are not networks but whole functions: D is a value for each x, and the
generator is its p_g. As in `probability`, p_data and p_g are probabilities, or densities on an
even grid with spacing `dx`; the unit is the nat.
"""

import numpy as np

from . import _check
from .game import OBJECTIVES
from .probability import (bayes, conditional, conditional_expectation, cross_entropy, entropy, js, kl,
                          marginal)
from .pushforward import Atom, atoms, pushforward

__all__ = ["marginal", "conditional", "conditional_expectation", "bayes",
           "entropy", "cross_entropy", "kl", "js",
           "pushforward", "atoms", "Atom",
           "optimal_discriminator", "value", "criterion", "criterion_gradient",
           "project_to_simplex", "alternate",
           "generator_objective", "generator_slope", "binary_cross_entropy"]

BELOW_1 = np.nextafter(1, 0)                                    # the largest float below 1
ABOVE_0 = np.nextafter(0, 1)                                    # the smallest above 0


def optimal_discriminator(p_data, p_g):
    """D*(x) = p_data(x) / (p_data(x) + p_g(x)): the best D against this p_g. [Prop. 1, Eq. 2]

    Why: V is a sum of a log y + b log(1 − y), one term for each x, with a = p_data(x),
    b = p_g(x) and y = D(x); and that is largest at y = a/(a + b). It is also Bayes' rule: the
    probability that x is real, if real and generated ones are equally frequent.

    p_data, p_g : arrays of one shape, not negative. (D* at one x does not ask for their sums.)
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


def value(D, p_data, p_g, dx=1.0):
    """V(G, D) = ∫ p_data(x) log D(x) dx + ∫ p_g(x) log(1 − D(x)) dx. [Eq. 3]

    D : an array shaped as p_data and p_g, or one number for all x; in [0, 1].
    Returns a float ≤ 0, in nats; −∞ where D is sure and wrong: 0 where p_data is not, or 1
    where p_g is not.
    Raises ValueError for a D outside [0, 1], for a p_data or p_g that is no distribution, and
    for different shapes.

    >>> round(value(0.5, [0.3, 0.7], [0.6, 0.4]), 4)            # −log 4: D can't tell
    -1.3863
    """
    p_data, p_g = _check.distributions(dx, p_data=p_data, p_g=p_g)
    D = _check.probability("D", D)
    if D.ndim:
        _check.same_shape(D=D, p_data=p_data)
    D = np.broadcast_to(D, p_data.shape)
    with np.errstate(divide="ignore"):                          # log 0 = −∞ is meant; 0·log 0 is 0
        on_data = np.sum(p_data[p_data > 0] * np.log(D[p_data > 0]))
        on_generated = np.sum(p_g[p_g > 0] * np.log1p(-D[p_g > 0]))
    return float((on_data + on_generated) * dx) + 0.0           # + 0.0 makes a −0.0 plain


def criterion(p_data, p_g, dx=1.0):
    """C(G) = max over D of V(G, D) = V(G, D*): what is left for G to make small. [Eq. 4]

    It equals −log 4 + KL(p_data ‖ m) + KL(p_g ‖ m), m = (p_data + p_g)/2 [Eq. 5], which is
    −log 4 + 2 JSD(p_data ‖ p_g) [Eq. 6]; so it is −log 4 for p_g = p_data, larger for every
    other p_g, and 0 where the two never overlap [Thm. 1]. The tests hold it against both.

    Returns a float in nats. Raises as `value`.

    >>> round(criterion([0.3, 0.7], [0.3, 0.7]), 4), criterion([1, 0], [0, 1])
    (-1.3863, 0.0)
    """
    return value(optimal_discriminator(p_data, p_g), p_data, p_g, dx)


def criterion_gradient(p_data, p_g):
    """∂C/∂p_g(x) = log(1 − D*(x)): what a little more mass at x does to C. [Prop. 2]

    At a fixed D, V is a straight line in p_g, of slope log(1 − D(x)). C is the largest of these
    lines: therefore convex, and where it touches a line, that of D*, it has this line's slope.
    (A mass moved from x to y changes C by the difference of the two slopes.)

    p_data, p_g : as in `optimal_discriminator`, and raises as it does. Returns an array shaped as
    they are, in nats per unit of probability; −∞ where p_g is 0 and p_data is not.
    """
    return generator_objective(optimal_discriminator(p_data, p_g), "minimax")


def alternate(p_data, p_g, rate=0.02, steps=1000, objective="minimax"):
    """The proof's algorithm: D ← D*, then one small step of p_g down its gradient. [Prop. 2]

    D ← D*;   p_g ← project(p_g − rate · ℓ(D)),   ℓ(D) = log(1 − D) or −log D

    Where the entries of ℓ lie further apart than 1, they are divided by their range: "sufficiently
    small" steps must stay so where p_g lacks an outcome of p_data, and the slope there is infinite.

    p_data, p_g : (n,) probabilities; p_g is where to start. objective : ℓ, as in
        `generator_objective`. rate : the step, to be kept well below twice the smallest entry of
        p_data that is not 0, and below 1: from there on steps overshoot, and may never settle.
        steps : how many.
    Returns the path of p_g, (steps + 1, n), its start included.
    Raises ValueError if p_data or p_g is no distribution, and for a rate that is not above 0.
    """
    p_data, p_g = _check.distributions(1.0, p_data=p_data, p_g=p_g)
    if p_data.ndim != 1:
        raise ValueError(f"p_data and p_g must be (n,), not {p_data.shape}")
    rate = _check.number("rate", rate, "a number greater than 0, and 1e100 at most", lambda v: 0 < v <= 1e100)
    steps = _check.integer("steps", steps, least=0, most=_check.LARGEST // len(p_g) - 1)
    _check.choice("objective", objective, OBJECTIVES)
    path = [p_g]
    for _ in range(steps):
        D = optimal_discriminator(p_data, path[-1])
        slope = generator_objective(np.clip(D, ABOVE_0, BELOW_1), objective)   # finite, where p_g is 0, too
        path.append(project_to_simplex(path[-1] - rate * slope / max(1, np.ptp(slope))))
    return np.array(path)


def project_to_simplex(v):
    """The distribution nearest to `v`: p = max(v − t, 0), with the t for which Σ p = 1.

    v : (n,) finite numbers, or ValueError. Returns (n,). (Held, Wolfe & Crowder 1974.)

    >>> project_to_simplex([0.5, 0.9, -3.0]).round(3).tolist()
    [0.3, 0.7, 0.0]
    """
    v = _check.finite("v", v)
    if v.ndim != 1 or v.size == 0:
        raise ValueError(f"v must be (n,) with n ≥ 1, not {v.shape}")
    v = v - v.max()                                             # moves t alone; then nothing is rounded away
    ordered = np.sort(v)[::-1]
    t = (np.cumsum(ordered) - 1) / np.arange(1, len(v) + 1)     # had the n largest entries alone mass
    t = t[ordered > t][-1]                                      # as many as stay above 0
    return np.maximum(v - t, 0)


def generator_objective(D, objective="non-saturating"):
    """ℓ(D), what G makes small on average over p_g: log(1 − D), or −log D.

    D : D(x), any shape, in [0, 1]. objective : "minimax", log(1 − D), G's side of Eq. 1, from 0
    down to −∞; or "non-saturating", −log D, from ∞ down to 0, the advice of section 3.
    Returns an array shaped as D, in nats. Both fall as D grows: they agree on what is better.
    Raises ValueError for a D outside [0, 1] and for an unknown objective.
    """
    D = _check.probability("D", D)
    minimax = _check.choice("objective", objective, OBJECTIVES) == "minimax"
    with np.errstate(divide="ignore"):
        return np.log1p(-D) if minimax else -np.log(D)


def generator_slope(D, objective="non-saturating", by="logit"):
    """dℓ/dD or, with D = σ(a), dℓ/da: how strong a push G gets where D says D.

                       ℓ(D)         dℓ/dD          dℓ/da
    minimax            log(1 − D)   −1 / (1 − D)   −D            → 0 at D → 0: it saturates
    non-saturating     −log D       −1 / D         −(1 − D)      → −1 at D → 0

    Same sign, and the second is (1 − D)/D times the first: the same at D = 1/2, far stronger
    where D rejects what G makes. D, objective : as in `generator_objective`, and raises as it does.
    by : "logit" or "D". Returns an array shaped as D, in nats per unit of a, or of D.
    """
    D = _check.probability("D", D)
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
    """
    D, y = _check.probability("D", D), _check.probability("label", label)
    if y.ndim:
        _check.same_shape(label=y, D=D)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(y > 0, -y * np.log(D), 0) + np.where(y < 1, -(1 - y) * np.log1p(-D), 0)
