"""Measures of how good generated examples are; each a number from an (n, d) sample.

Here: `radius`, `angle` for rings; `histogram_jsd` in one dimension.

No sample scores the ideal, not even a real one: a JSD between n real examples and their own
distribution in b bins is about (b − 1)/(8n) nats, not 0. So always measure a real sample of
the same size, too, and compare.
"""

import numpy as np

from . import _check, theory


def radius(samples):
    """|x| of each row of `samples`, (n, d) → (n,)."""
    return np.linalg.norm(_check.rows("samples", samples), axis=1)


def angle(samples):
    """The angle of each row of `samples`, (n, 2) → (n,), in (−π, π]."""
    samples = _check.rows("samples", samples, 2)
    return np.arctan2(samples[:, 1], samples[:, 0])


def histogram_jsd(values, density, low, high, bins=200):
    """JSD in nats between `values`, (n,), in equal bins on [low, high], and a density.

    density : (b,) points → (b,) values of p; a bin's mass is taken as its width times p at
    its middle. Whatever lies outside [low, high] makes one more bin.
    """
    values = _check.finite("values", values)
    counts, edges = np.histogram(values, _check.integer("bins", bins, least=2), (low, high))
    mass = density((edges[:-1] + edges[1:]) / 2) * (high - low) / bins
    p = np.append(counts / len(values), 1 - counts.sum() / len(values))
    q = np.append(mass, max(1 - mass.sum(), 0))
    return theory.js(np.maximum(p, 0), q / q.sum())
