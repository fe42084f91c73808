"""D* with p_g on top

Symptom: Nothing to see. The networks never ask for D*. But whoever compares a trained D with this D* finds it wrong
everywhere except where p_g = p_data, and looks for the fault in D.

Met in: made here; the formula is symmetric to the eye.

The mathematics: D* = p_data/(p_data + p_g): the probability that x is real. With p_g on top it is 1 − D*, the
probability that x is generated. Both are 1/2 at the solution, and D* + (1 − D*) = 1 hides the rest from a test that
only looks at sums, bounds and symmetric cases.

Hint: Where only real examples can lie, what must the best D say?
"""

import numpy as np

from tinygan import _check
from tinygan.theory.best_discriminator import ABOVE_0, BELOW_1

REPLACES = "tinygan.theory.best_discriminator.optimal_discriminator"
TRAIN = None


def optimal_discriminator(p_data, p_g):
    p_data, p_g = _check.masses("p_data", p_data), _check.masses("p_g", p_g)
    _check.same_shape(p_data=p_data, p_g=p_g)
    # D* = p_data / (p_data + p_g)
    D = np.divide(p_g, p_data + p_g, out=np.full(p_data.shape, 0.5), where=(p_data > 0) | (p_g > 0))
    return np.clip(D, np.where(p_g > 0, ABOVE_0, 0), np.where(p_data > 0, BELOW_1, 1))
