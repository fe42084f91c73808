"""The matrix products of an iteration, and nothing else: the bound for anyone who uses this BLAS.

They work on the same few arrays as an iteration does, W in all three places where it stands,
so that the products find as much in the processor's caches as they would there.
"""

import numpy as np


class Network:
    """W, and for a minibatch of m rows what a layer is given, h, and the gradient by that, d."""

    def __init__(self, widths, m, dtype):
        rng = np.random.default_rng(0)
        random = lambda *shape: rng.standard_normal(shape).astype(dtype)
        self.W = [random(fan_in, fan_out) for fan_in, fan_out in zip(widths[:-1], widths[1:])]
        self.dW = [random(*W.shape) for W in self.W]
        self.h, self.d = [random(m, width) for width in widths], [random(m, width) for width in widths]

    def products(self, m, weights=True, inputs=True):
        """Forward and backward for the first m rows: [(left factor, right factor, product)]."""
        h, d, last = [h[:m] for h in self.h], [d[:m] for d in self.d], len(self.W)
        return [*((h[i], self.W[i], h[i + 1]) for i in range(last)),                            # y = x W
                *((h[i].T, d[i + 1], self.dW[i]) for i in range(last) if weights),              # ∂L/∂W = xᵀ dy
                *((d[i + 1], self.W[i].T, d[i]) for i in range(last) if inputs or i > 0)]       # ∂L/∂x = dy Wᵀ


class Products:
    def __init__(self, problem):
        m = problem.m
        G, D = Network(problem.widths_G, m, problem.dtype), Network(problem.widths_D, 2 * m, problem.dtype)
        forward = G.products(m, weights=False, inputs=False)[:len(G.W)]
        self.factors = [
            *forward, *D.products(2 * m, inputs=False),                                         # D's step
            *G.products(m, inputs=False), *D.products(m, weights=False)]                        # G's step

    def run(self, n):
        for _ in range(n):
            for a, b, out in self.factors:
                np.dot(a, b, out=out)


build = Products
