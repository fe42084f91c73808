"""Why the game converges, if D is always at its best and p_g moves in small steps. [Prop. 2]

Here: `criterion_gradient`, `alternate` and `project_to_simplex`. p_data and p_g are as in best_discriminator.py.
"""

import numpy as np

from .. import _check
from ..game import OBJECTIVES
from ..layers import softplus
from .best_discriminator import _best_logit


def criterion_gradient(p_data, p_g):
    """∂C/∂p_g(x) = log(1 − D*(x)): what a little more mass at x does to C. [Prop. 2]

    At a fixed D, V is a straight line in p_g, of slope log(1 − D(x)). C is the largest of these
    lines: therefore convex, and where it touches a line, that of D*, it has this line's slope.
    (A mass moved from x to y changes C by the difference of the two slopes.)

    p_data, p_g : as in `optimal_discriminator`, and raises as it does. Returns an array shaped as
    they are, in nats per unit of probability; −∞ where p_g is 0 and p_data is not.

    >>> criterion_gradient([0.25, 0.75], [0.75, 0.25]).round(4).tolist()    # log 3/4, log 1/4
    [-0.2877, -1.3863]
    """
    p_data, p_g = _check.masses("p_data", p_data), _check.masses("p_g", p_g)
    _check.same_shape(p_data=p_data, p_g=p_g)
    return -softplus(_best_logit(p_data, p_g))                  # log(1 − D*)


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

    >>> alternate([0.3, 0.7], [0.9, 0.1])[[0, -1]].round(4).tolist()
    [[0.9, 0.1], [0.3, 0.7]]
    """
    _check.choice("objective", objective, OBJECTIVES)

    def slope(p_data, p_g):
        a = np.clip(_best_logit(p_data, p_g), -750, 750)                       # finite, where p_g is 0, too
        return -softplus(a) if objective == "minimax" else softplus(-a)        # ℓ(D*)

    return _small_steps(p_data, p_g, rate, steps, slope)


def _small_steps(p_data, p_g, rate, steps, slope):
    """The path of p_g down slope(p_data, p_g), the slope at the best D of some game."""
    p_data, p_g = _check.distributions(1.0, p_data=p_data, p_g=p_g)
    if p_data.ndim != 1:
        raise ValueError(f"p_data and p_g must be (n,), not {p_data.shape}")
    rate = _check.number("rate", rate, "a number greater than 0, and 1e100 at most", lambda v: 0 < v <= 1e100)
    steps = _check.integer("steps", steps, least=0, most=_check.LARGEST // len(p_g) - 1)
    path = [p_g]
    for _ in range(steps):
        down = slope(p_data, path[-1])
        path.append(project_to_simplex(path[-1] - rate * down / max(1, np.ptp(down))))
    return np.array(path)


def project_to_simplex(v):
    """The distribution nearest to `v`: p = max(v − t, 0), with the t for which Σ p = 1.

    v : (n,) finite numbers, or ValueError. Returns (n,). (Held, Wolfe & Crowder 1974.)

    >>> project_to_simplex([0.5, 0.9, -3.0]).round(3).tolist()
    [0.3, 0.7, 0.0]
    """
    v = _check.finite_array("v", v)
    if v.ndim != 1 or v.size == 0:
        raise ValueError(f"v must be (n,) with n ≥ 1, not {v.shape}")
    v = v - v.max()                                             # moves t alone; then nothing is rounded away
    ordered = np.sort(v)[::-1]
    t = (np.cumsum(ordered) - 1) / np.arange(1, len(v) + 1)     # t if only the n largest entries had mass
    t = t[ordered > t][-1]                                      # the most of them that all stay above 0
    return np.maximum(v - t, 0)
