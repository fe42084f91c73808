"""A measure that forgets what lies outside

Symptom: Nothing to see in training, which never asks. But a G whose examples lie half outside the picture gets the
score of a perfect one.

Met in: GAN Lab's KL and JS curves count 151 of 450 real examples, so that p_data sums to .336 (run); here the sum is
made 1 again, which hides it.

The mathematics: A histogram on [low, high] holds the mass inside. What is outside has a mass, too, and belongs into
one more bin. Divided by the counted ones alone, q is not p_g but p_g given that x is inside: a conditional
distribution.

Hint: A measure must be bad for bad examples. Give this one some that lie far away from everything.
"""

import numpy as np

from tinygan import _check, theory

REPLACES = "tinygan.metrics.histogram_jsd"
TRAIN = None


def histogram_jsd(values, density, low, high, bins=200):
    values = _check.finite_array("values", values)
    if values.ndim != 1 or values.size == 0:
        raise ValueError(f"values must be (n,), at least one number, not {values.shape}")
    low, high = _check.interval(low, high)
    counts, edges = np.histogram(values, _check.integer("bins", bins, least=2, most=10**7), (low, high))
    _check.function("density", density, "an array of points")
    mass = _check.masses("density(x)", density(edges[:-1] / 2 + edges[1:] / 2)) * (high - low) / bins
    if mass.shape != counts.shape or not 0 < mass.sum() < 1.05:
        raise ValueError(f"density must return a value for each of {bins} points between low and high, with the "
                         f"integral 1 at most, not {mass.shape} with {mass.sum():.4g}")
    p = counts / max(counts.sum(), 1)
    return theory.js(p, mass / mass.sum())
