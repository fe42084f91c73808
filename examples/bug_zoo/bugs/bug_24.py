"""A gradient check that looks at one entry

Symptom: Nothing to see, and that is the worst case: this bug makes all others invisible. Of a network with 1000
parameters it looks at one, and lets an error of 1 % pass.

Met in: minitorch (read).

The mathematics: The error is the largest over all entries, relative to the largest gradient, and central differences
in float64 are right to about ten digits. A tolerance of 1 % lets a factor 1.009 pass; and one entry says nothing about
the others: if the gradient of a single bias is wrong, that one must be hit.

Hint: Who checks the check? Give it a gradient that is wrong in one place, or by one percent.
"""

import numpy as np

from tinygan import _check
from tinygan.gradcheck import TOLERANCE, Result, central_difference, complex_step

REPLACES = "tinygan.gradcheck.check_gradient"
TRAIN = None


def check_gradient(f, x, gradient, method="central", *, tolerance=None, name="x", m=None, scale=0.0, terms=0.0):
    _check.choice("method", method, TOLERANCE)
    x, gradient = _check.finite_array(name, x), _check.array(f"gradient (∂L/∂{name})", gradient)
    numerical = (central_difference if method == "central" else complex_step)(f, x)
    if gradient.shape != numerical.shape:
        return Result(name, np.inf, 0.01, f"its shape is {gradient.shape}, but {name} has {numerical.shape}")
    one = np.random.default_rng(0).integers(x.size)
    analytic, numerical = gradient.flat[one], numerical.flat[one]
    error = abs(analytic - numerical) / max(abs(analytic), abs(numerical), np.finfo(float).tiny)
    why = "" if error <= 0.01 else f"one entry is {analytic:.6g}, but the difference quotient is {numerical:.6g}"
    return Result(name, error, 0.01, why)
