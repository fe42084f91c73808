"""The matrix products of an iteration, and nothing else: the bound for anyone who uses this BLAS.

They work on the same few arrays as an iteration does, each W in all three places where it stands,
so that they find as much in the processor's caches as they would there.
"""

import numpy as np


class Network:
    """The factors: W, and for m rows what each layer is given and returns, forward and backward."""

    def __init__(self, shapes, m, dtype):
        rng = np.random.default_rng(0)
        random = lambda *shape: rng.standard_normal(shape).astype(dtype)
        self.layers = []
        for fan_in, fan_out in shapes:                          # what one layer returns the next is given
            x, dx = (self.layers[-1][y] if self.layers and self.layers[-1][y].shape[1] == fan_in else random(m, fan_in)
                     for y in ("y", "dy"))
            self.layers.append({"W": random(fan_in, fan_out), "dW": random(fan_in, fan_out), "x": x, "dx": dx,
                                "y": random(m, fan_out), "dy": random(m, fan_out)})

    def forward(self, m):
        """(left factor, right factor, product) of y = x W, for the first m rows."""
        return [(layer["x"][:m], layer["W"], layer["y"][:m]) for layer in self.layers]

    def backward(self, m, weights=True, inputs=True):
        """The same of ∂L/∂W = xᵀ ∂L/∂y and ∂L/∂x = ∂L/∂y Wᵀ; the first layer needs the latter only if `inputs`."""
        for i, layer in reversed(list(enumerate(self.layers))):
            if weights:
                yield layer["x"][:m].T, layer["dy"][:m], layer["dW"]
            if inputs or i > 0:
                yield layer["dy"][:m], layer["W"].T, layer["dx"][:m]


class Products:
    def __init__(self, shapes_G, shapes_D, m, dtype):
        G, D = Network(shapes_G, m, dtype), Network(shapes_D, 2 * m, dtype)
        step_D = [*G.forward(m), *D.forward(2 * m), *D.backward(2 * m, inputs=False)]
        step_G = [*G.forward(m), *D.forward(m), *D.backward(m, weights=False), *G.backward(m, inputs=False)]
        self.factors = step_D + step_G

    def run(self, n):
        for _ in range(n):
            for a, b, out in self.factors:
                np.dot(a, b, out=out)


def build(problem):
    shapes = lambda widths: list(zip(widths[:-1], widths[1:]))
    return Products(shapes(problem.widths_G), shapes(problem.widths_D), problem.m, problem.dtype)
