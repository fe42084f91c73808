"""The matrix products of an iteration, and nothing else: the bound for anyone who uses this BLAS."""

import numpy as np


class Products:
    def __init__(self, problem):
        self.rng, self.dtype = np.random.default_rng(0), problem.dtype
        G, D = (list(zip(widths[:-1], widths[1:])) for widths in (problem.widths_G, problem.widths_D))
        m = problem.m
        self.factors = [
            *self.forward(G, m), *self.forward(D, 2 * m), *self.by_weights(D, 2 * m), *self.by_inputs(D[1:], 2 * m),    # D's step
            *self.forward(G, m), *self.forward(D, m), *self.by_inputs(D, m), *self.by_weights(G, m), *self.by_inputs(G[1:], m)]

    def random(self, *shape):
        return self.rng.standard_normal(shape).astype(self.dtype)

    def forward(self, layers, m):                       # x W
        return [(self.random(m, fan_in), self.random(fan_in, fan_out), self.random(m, fan_out)) for fan_in, fan_out in layers]

    def by_weights(self, layers, m):                    # xᵀ dy
        return [(self.random(m, fan_in).T, self.random(m, fan_out), self.random(fan_in, fan_out)) for fan_in, fan_out in layers]

    def by_inputs(self, layers, m):                     # dy Wᵀ
        return [(self.random(m, fan_out), self.random(fan_in, fan_out).T, self.random(m, fan_in)) for fan_in, fan_out in layers]

    def run(self, n):
        for _ in range(n):
            for a, b, out in self.factors:
                np.dot(a, b, out=out)


build = Products
