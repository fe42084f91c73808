"""The theory: distances between distributions, in the paper's terms.

Here: `kl` and `js`.

Distributions come as arrays of equal shape: probabilities that sum to 1, or densities on an
even grid, whose spacing (area, volume) is `dx`. Results are in nats unless `base` is given.
"""

import numpy as np

from . import _check


def kl(p, q, dx=1.0, base=np.e):
    """Kullback-Leibler divergence: Σ p log(p/q) dx.

    0·log 0 is 0; where q is 0 and p is not, the divergence is infinite. Not symmetric.
    p, q : arrays of one shape, not negative, each summing to 1/dx (to 1e-3).
    """
    p, q = _pair(p, q, dx)
    if (q[p > 0] == 0).any():
        return np.inf
    here = p > 0
    return float(np.sum(p[here] * (np.log(p[here]) - np.log(q[here]))) * dx / np.log(base))


def js(p, q, dx=1.0, base=np.e):
    """Jensen-Shannon divergence: KL(p ‖ m)/2 + KL(q ‖ m)/2 with m = (p + q)/2.

    Symmetric; between 0, for p = q, and log 2, where p and q never overlap. As `kl` otherwise.
    """
    p, q = _pair(p, q, dx)
    with np.errstate(divide="ignore"):
        log_p, log_q = np.log(p), np.log(q)
    log_m = np.logaddexp(log_p, log_q) - np.log(2)             # in logs, where no tail underflows
    kl_p, kl_q = (np.sum(r[r > 0] * (log_r[r > 0] - log_m[r > 0])) for r, log_r in ((p, log_p), (q, log_q)))
    return max(0.0, float((kl_p + kl_q) / 2 * dx / np.log(base)))


def _pair(p, q, dx):
    p, q = _distribution("p", p, dx), _distribution("q", q, dx)
    if p.shape != q.shape:
        raise ValueError(f"p and q must have one shape, not {p.shape} and {q.shape}")
    return p, q


def _distribution(name, p, dx):
    p = _check.finite(name, p)
    if (p < 0).any():
        raise ValueError(f"{name} must not be negative, but its smallest entry is {p.min()}")
    if abs(p.sum() * dx - 1) > 1e-3:
        raise ValueError(f"{name} must sum to 1 (times dx={dx}), not to {p.sum() * dx:.6g}")
    return p
