"""Probability, reviewed: tables, Bayes, entropy, and how far two distributions are apart.

Here, of a joint table: `marginal`, `conditional`, `conditional_expectation`, `bayes`; of one or
two distributions: `entropy`, `cross_entropy`, `kl`, `js`.

A joint table P(A, B, …) is an array with one axis for each variable: joint[i, j] says how
probable A = i and B = j are together, or how often they were counted together.

A distribution is an array p, not negative: probabilities, with Σ p = 1 (to 1e-5); or the values
of a density at the middles of equal cells, whose width (area, volume) is `dx`, with Σ p dx = 1
(to 1e-3: what a grid cuts off). p is then divided by its sum, which makes up for what is missing. The sums
below then stand for integrals. The unit is the nat, or with base=2 the bit. 0·log 0 is 0, its limit.
"""

import math
import warnings

import numpy as np

from .. import _check

LOG_OF_0 = np.errstate(divide="ignore", invalid="ignore", over="ignore")     # log 0 = −∞ is right here


def marginal(joint, axis):
    """P(A = i) = Σⱼ P(A = i, B = j): one variable alone, the others summed away.

    joint : a table of counts, or of probabilities that sum to 1.
    axis : the axis of A, the variable that stays. Returns (n,), n being its number of values.
    Raises ValueError for negative entries, a wrong sum, an axis that is not there.

    >>> marginal([[30, 10], [20, 40]], axis=0).tolist()
    [0.4, 0.6]
    """
    joint = _joint(joint)
    axis = _axis(axis, joint.ndim)
    return joint.sum(axis=tuple(other for other in range(joint.ndim) if other != axis)) / joint.sum()


def conditional(joint, axis, index):
    """P(B = j | A = i) = P(A = i, B = j) / P(A = i): what is left once A is known.

    joint : as in `marginal`. axis : the axis of A. index : i, the value that A has.
    Returns the table of the other variables, which sums to 1.
    Raises ValueError where P(A = i) is 0, for then there is nothing to condition on.

    >>> conditional([[30, 10], [20, 40]], axis=0, index=0).tolist()
    [0.75, 0.25]
    """
    joint = _joint(joint)
    axis = _axis(axis, joint.ndim)
    index = _index(index, joint.shape[axis])
    together = joint.take(index, axis)
    if together.sum() == 0:
        raise ValueError(f"joint has no mass where axis {axis} has index {index}: nothing to condition on")
    return together / together.sum()


def conditional_expectation(joint, axis, index, values):
    """E[f(B) | A = i] = Σⱼ f(j) P(B = j | A = i): the mean of f(B) once A is known.

    joint, axis, index : as in `conditional`.
    values : f(j) for each value of B; with several other variables, a table shaped as theirs.
    Returns a float, in the units of `values`. Raises as `conditional`, and for another shape.

    >>> conditional_expectation([[30, 10], [20, 40]], axis=0, index=0, values=[0, 1])
    0.25
    """
    given = conditional(joint, axis, index)
    values = _check.finite_array("values", values)
    if values.shape != given.shape:
        raise ValueError(f"values must be {given.shape}, one for each entry of what is left of joint, "
                         f"not {values.shape}")
    return float(np.sum(values * given))


def bayes(prior, likelihood):
    """P(Hᵢ | e) = P(e | Hᵢ) P(Hᵢ) / Σₖ P(e | Hₖ) P(Hₖ): hypotheses, once evidence e is seen.

    prior : P(Hᵢ), (n,), summing to 1.
    likelihood : P(e | Hᵢ), (n,), or (n, …) for many different e at once; each is a probability
        or a density, and over the n hypotheses they need not sum to 1.
    Returns the posterior, shaped as `likelihood`.
    Raises ValueError where no hypothesis allows the evidence.

    A test that finds 9 of 10 ill people, and 9 in 100 healthy ones, where 1 in 100 is ill:

    >>> bayes(prior=[0.01, 0.99], likelihood=[0.9, 0.09]).round(3).tolist()
    [0.092, 0.908]
    """
    prior, likelihood = _check.distribution("prior", prior), _check.masses("likelihood", likelihood)
    if prior.ndim != 1 or likelihood.shape[:1] != prior.shape:
        raise ValueError(f"prior must be (n,) and likelihood (n,) or (n, …), not {prior.shape} and {likelihood.shape}")
    (m1, e1), (m2, e2) = np.frexp(likelihood.T), np.frexp(prior)
    m = m1 * m2                                                     # P(e, Hᵢ) = m 2^power, (…, n): none underflows
    power = np.where(m > 0, e1 + e2, -10_000)
    largest = power.max(axis=-1, keepdims=True)
    if np.any(largest == -10_000):
        raise ValueError("likelihood must be above 0 for some hypothesis with prior > 0: this evidence is impossible")
    together = np.ldexp(m, power - largest)
    return (together / together.sum(axis=-1, keepdims=True)).T


@LOG_OF_0
def entropy(p, dx=1.0, base=np.e):
    """H(p) = −Σ p log p dx: the surprise −log p, on average over p.

    p : an array of any shape. Returns a float, in nats unless `base` is given: from 0 for one
    sure outcome to log n for n equal ones. For a density it can be negative, if that is narrow.
    Raises ValueError for negative or non-finite entries and for a wrong sum.

    >>> entropy([0.5, 0.5], base=2)
    1.0
    """
    p, unit = _check.distribution("p", p, dx), math.log(_base(base))
    return float(_mean(p, -np.log(p)) * dx / unit)


@LOG_OF_0
def cross_entropy(p, q, dx=1.0, base=np.e):
    """H(p, q) = −Σ p log q dx: the mean surprise if x comes from p and you expect q.

    It is H(p) + KL(p ‖ q).
    p, q : arrays of one shape. Infinite where q is 0 and p is not. Otherwise as `entropy`.

    >>> cross_entropy([1, 0], [0.25, 0.75], base=2)             # what is sure was given one chance in four
    2.0
    """
    (p, q), unit = _check.distributions(dx, p=p, q=q), math.log(_base(base))
    _warn_if_sunk(p, q)
    return float(_mean(p, -np.log(q)) * dx / unit)


@LOG_OF_0
def kl(p, q, dx=1.0, base=np.e):
    """KL(p ‖ q) = Σ p log(p/q) dx: the Kullback-Leibler divergence, H(p, q) − H(p).

    It is the price of expecting q when x comes from p.
    p, q : arrays of one shape. Never negative, 0 only for p = q, infinite where q is 0 and p is
    not, and not symmetric. Otherwise as `entropy`. Where a density has sunk below the smallest
    float it counts as 0; if that makes KL infinite, a UserWarning says what to do.

    >>> kl([1, 0], [0.25, 0.75], base=2), kl([0.25, 0.75], [1, 0], base=2)
    (2.0, inf)
    """
    (p, q), unit = _check.distributions(dx, p=p, q=q), math.log(_base(base))
    _warn_if_sunk(p, q)
    return float(_divergence(p, q) * dx / unit)


@LOG_OF_0
def js(p, q, dx=1.0, base=np.e):
    """JSD(p ‖ q) = KL(p ‖ r)/2 + KL(q ‖ r)/2 with r = (p + q)/2: the Jensen-Shannon divergence.

    p, q : arrays of one shape. Symmetric, and finite: from 0, for p = q, to log 2, where p and q
    never overlap. Otherwise as `entropy`.

    >>> js([1, 0], [0, 1], base=2)
    1.0
    """
    (p, q), unit = _check.distributions(dx, p=p, q=q), math.log(_base(base))
    # of 2p, 2q and 2r, and divided by 2 once more: r itself can round to 0
    return float((_divergence(2 * p, p + q) + _divergence(2 * q, p + q)) / 4 * dx / unit)


def _divergence(p, q):
    """Σ p log(p/q) − p + q, which is Σ p log(p/q), for Σ p = Σ q. But now no term is negative, so
    that nothing cancels; and where p ≈ q, p = (1 + t) q, the term itself comes from its series."""
    t = (p - q) / q
    near = q * t**2 * (1/2 - t/6 + t**2/12 - t**3/20)
    far = np.where(p > 0, p * (np.log(p) - np.log(q)), 0) - p + q
    return np.sum(np.where(np.abs(t) < 0.01, near, far))


def _warn_if_sunk(p, q):
    """Say so where q is 0 and p is not, if q is so small elsewhere that it may have sunk below the smallest float."""
    alone, both = np.argwhere((q == 0) & (p > 0)), np.argwhere((q > 0) & (p > 0))
    if not len(alone) or q[q > 0].min() > 1e-50:
        return
    first, cure = ", ".join(map(str, alone[0])), "sum p (log p − log q) dx yourself, from the formula of log q"
    if len(both) and len(both) == np.prod(np.ptp(both, axis=0) + 1) and p[q == 0].sum() < 1e-12 * p.sum():
        low, high = (", ".join(map(str, index)) for index in (both.min(axis=0), both.max(axis=0)))
        cure = f"take a narrower grid: both are above 0 in cells [{low}] to [{high}]"
    warnings.warn(f"the result is infinite, because q is 0 in {len(alone)} cells where p is not; in the first, "
                  f"[{first}], p is {p[tuple(alone[0])]:.3g}. If q is a density that has sunk below the smallest "
                  f"float there, {cure}", stacklevel=4)


def _mean(p, f):
    """Σ p f over the places where p is not 0: there 0·log 0 would be no number, and is 0."""
    return float(np.sum(p[p > 0] * f[p > 0])) + 0.0             # + 0.0 makes a −0.0 plain


# What they ask of their arguments

def _joint(value):
    """A joint table, of counts or of probabilities: those must sum to 1."""
    value = _check.masses("joint", value)
    if value.ndim < 2:
        raise ValueError(f"joint must be a table with an axis for each variable, at least two, not {value.shape}")
    with np.errstate(over="ignore"):
        if not 0 < value.sum() < np.inf:
            raise ValueError(f"joint must have a finite sum greater than 0, not {value.sum()}")
    return value if (value == np.floor(value)).all() else _check.distribution("joint", value)


def _axis(value, ndim):
    """The number of an axis; negative ones count from the last."""
    value = _check.integer("axis", value, least=-ndim)
    if value >= ndim:
        raise ValueError(f"axis must be less than {ndim}, the number of joint's axes, not {_check.shown(value)}")
    return value % ndim


def _index(value, n):
    """An index along an axis of n entries, counted from 0."""
    value = _check.integer("index", value, least=0)
    if value >= n:
        raise ValueError(f"index must be less than {n}, the length of that axis of joint, not {_check.shown(value)}")
    return value


def _base(value):
    """The base of a logarithm."""
    return _check.number("base", value, "a finite number greater than 1", lambda base: base > 1)
