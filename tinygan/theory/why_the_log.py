"""Why V has a log: the game without it, what that measures instead, and which measures are distances. [Eq. 3, Thm. 1]

Here: `linear_value`, `linear_discriminator`, `total_variation`, `linear_alternate`; `broken_triangles`.

Without the log the game is V'(G, D) = Σ p_data D + Σ p_g (1 − D), twice the share of right answers of a D that says
"real" with the probability D(x). At each x that is a straight line in D, so its best is at an end: 1 where p_data
is larger, 0 where p_g is. Nothing makes D hold back, and it says which is larger, but not by how much. With it
comes

    max over D of V' = 1 + TV(p_data, p_g),    TV(p, q) = Σ |p − q| / 2    (total variation),

whose slope in p_g is 0 or 1, however near p_g has come. At p_g = p_data every D is the best, and V' is 1.

The log makes an answer that is sure and wrong infinitely bad. Then the best answer is the probability itself,
D* [Prop. 1], and V is the log-likelihood of the labels. (It is not alone in that: squares, −(1 − D)² for real and
−D² for generated examples, have the same D*.)
"""

import numpy as np

from .. import _check
from .best_discriminator import _players
from .convergence import _small_steps
from .probability import _mean


def linear_value(D, p_data, p_g, dx=1.0):
    """V'(G, D) = Σ p_data D dx + Σ p_g (1 − D) dx: Eq. 3 without its logarithms.

    D, p_data, p_g, dx : as in `value`, and raises as it does. Returns a float from 0 to 2; 1 for D = 1/2.

    >>> linear_value([1, 0], [0.7, 0.3], [0.2, 0.8])            # right in 75 % of the cases
    1.5
    """
    D, p_data, p_g = _players(D, p_data, p_g, dx)
    # V' = ∫ p_data D dx + ∫ p_g (1 − D) dx
    return float((_mean(p_data, D) + _mean(p_g, 1 - D)) * dx)


def linear_discriminator(p_data, p_g):
    """The best D of V': 1 where p_data > p_g, 0 where p_data < p_g; where they are equal any will do, and 1/2 is given.

    p_data, p_g : as in `optimal_discriminator`, and raises as it does. Returns an array shaped as they are.

    >>> linear_discriminator([0.5, 0.3, 0.2], [0.49, 0.3, 0.21]).tolist()
    [1.0, 0.5, 0.0]
    """
    p_data, p_g = _check.masses("p_data", p_data), _check.masses("p_g", p_g)
    _check.same_shape(p_data=p_data, p_g=p_g)
    return (1 + np.sign(p_data - p_g)) / 2


def total_variation(p, q, dx=1.0):
    """TV(p, q) = Σ |p − q| dx / 2: the largest difference that any set of outcomes shows.

    A distance, from 0 for p = q to 1 where the two never overlap. JSD lies between two functions of it,

        TV²/2 ≤ JSD ≤ log 2 · TV    (Pinsker's inequality; Lin, 1991),

    so the two tend to 0 together. p, q, dx : as in `kl`, and raises as it does. Returns a float.

    >>> round(total_variation([0.5, 0.5], [0.3, 0.7]), 6)
    0.2
    """
    p, q = _check.distributions(dx, p=p, q=q)
    # TV = Σ |p − q| dx / 2
    return float(np.sum(np.abs(p - q)) * dx / 2)


def linear_alternate(p_data, p_g, rate=0.02, steps=1000):
    """Prop. 2's algorithm in the game without the log: D ← its best, then p_g a step down 1 − D.

    The slope is 0 or 1 to the end: p_g comes as near as one step, and there it steps to and fro.
    p_data, p_g, rate, steps : as in `alternate`, and raises as it does. Returns the path, (steps + 1, n).

    >>> linear_alternate([0.5, 0.5], [0.2, 0.8], rate=0.2, steps=4)[:, 0].round(2).tolist()
    [0.2, 0.3, 0.4, 0.5, 0.5]
    """
    # ∂V'/∂p_g at the best D
    slope = lambda p_data, p_g: 1 - linear_discriminator(p_data, p_g)
    return _small_steps(p_data, p_g, rate, steps, slope)


def broken_triangles(measure, triples=1000, rng=0):
    """For how many of so many random triples of coins the way round is shorter: d(p, r) > d(p, q) + d(q, r).

    A distance never has one. KL and JSD do; the root of JSD does not (Endres & Schindelin, 2003).

    measure : d, a function of two distributions, such as `js`. triples : how many. rng : a Generator or a seed, for
    the three probabilities of heads, each uniform. Returns a whole number.

    >>> broken_triangles(total_variation, triples=100)
    0
    """
    measure = _check.function("measure", measure, "two distributions")
    triples, rng, broken = _check.integer("triples", triples, least=1), _check.rng(rng), 0
    for _ in range(triples):
        p, q, r = (np.array([heads, 1 - heads]) for heads in rng.random(3))
        broken += bool(measure(p, r) > measure(p, q) + measure(q, r) + 1e-12)     # (rounding breaks none)
    return broken
