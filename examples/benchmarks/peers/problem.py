"""What every peer is given: two networks at their start, and minibatches to train them with.

Here: `Problem`, `WORKLOADS`, `BATCHES`.
"""

from dataclasses import dataclass

import numpy as np

import tinygan as tg

BATCHES = 20                                                    # minibatches that are prepared, and then used again
WORKLOADS = {                                                   # name: (widths of G, widths of D, m)
    "2-64-64, m = 64": ([2, 64, 64, 2], [2, 64, 64, 1], 64),
    "2-128-128, m = 64": ([2, 128, 128, 2], [2, 128, 128, 1], 64),
    "2-128-128, m = 256": ([2, 128, 128, 2], [2, 128, 128, 1], 256),
    "2-128-128, m = 1024": ([2, 128, 128, 2], [2, 128, 128, 1], 1024),
    "784-512-512, m = 128": ([100, 512, 512, 784], [784, 512, 512, 1], 128),
}


@dataclass
class Problem:
    """Two networks at their start, and minibatches to train them with."""

    widths_G: list
    widths_D: list
    m: int
    dtype: type
    lr_d: float = 0.002
    lr_g: float = 0.001
    momentum: float = 0.5
    slope: float = 0.2                                          # of D's leaky rectifiers; G has plain ones

    def __post_init__(self):
        rng = np.random.default_rng(0)
        normal = lambda width: [rng.standard_normal((self.m, width)).astype(self.dtype) for _ in range(BATCHES)]
        self.theta_G = tg.MLP(self.widths_G, hidden="relu", dtype=self.dtype, rng=rng).theta
        self.theta_D = tg.MLP(self.widths_D, hidden="leaky_relu", dtype=self.dtype, rng=rng).theta
        self.z, self.x, self.z_G = (normal(net[0]) for net in (self.widths_G, self.widths_D, self.widths_G))

    def minibatch(self, iteration):
        """z and x for D's step, z for G's."""
        return tuple(batches[iteration % BATCHES] for batches in (self.z, self.x, self.z_G))
