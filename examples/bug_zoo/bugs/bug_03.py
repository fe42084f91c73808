"""A ring of eight with seven modes

Symptom: Seven modes, and one of them too full: of 2000 examples 323 are good ones of the first mode, and 38 to 147 of
each other (ring8, 3000 iterations, seed 0). V and D look right. Whoever reports "7 of 8 modes" blames G.

Met in: the notebook of Unrolled GAN, and copies of it (run).

The mathematics: linspace(0, 2π, 8) includes both of its ends, and 0 and 2π are one angle. So seven different means are
2π/7 apart, and one of them has twice the probability of the others: 1/4 in place of 1/8. All that is counted in eighths
is wrong: modes found, KL(q ‖ weights).

Hint: Count what p_data has. How many different means, and how far is each from the next?
"""

import numpy as np

from tinygan import _check
from tinygan.data import GaussianMixture

REPLACES = "tinygan.data.ring_of_gaussians"
TRAIN = "ring8", 3000, {}, 0


def ring_of_gaussians(n=8, radius=2.0, std=0.02):
    angle = np.linspace(0, 2 * np.pi, _check.integer("n", n, least=1, most=_check.LARGEST // 2))
    radius = _check.positive("radius", radius)
    return GaussianMixture(radius * np.column_stack([np.cos(angle), np.sin(angle)]), std)
