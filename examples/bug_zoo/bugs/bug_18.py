"""backward moves the weights itself

Symptom: It settles, and for 900 iterations there is nothing to see: V is −1.39 from 500 to 1400. Then D swings, and
training diverges at iteration 1491 (gaussian, seed 0). With 0.01 in place of the 0.03 it lasts to the end: G(z) has
mean 3.94 and std 1.23, and who would look for a fault there?

Met in: ML-From-Scratch, whose layers update themselves in backward (run).

The mathematics: backward computes a derivative at θ; if it changes θ while the rest of the network still goes
backward, the layers below get a gradient of a network that never was: W is used after its change. No difference
quotient can check it. And here it takes a step down for D as well, whose objective goes up.

Hint: Two calls of `backward` in a row should give the same, and leave one thing as it was. Which?
"""

import numpy as np

REPLACES = "tinygan.layers.Linear.backward"
TRAIN = "gaussian", 1500, {}, 0


def backward(self, dy, weights=True, inputs=True):
    if weights:
        # yᵢₖ = Σⱼ xᵢⱼ Wⱼₖ + bₖ, so ∂L/∂Wⱼₖ = Σᵢ xᵢⱼ ∂L/∂yᵢₖ: as matrices, ∂L/∂W = xᵀ ∂L/∂y
        np.matmul(self.x.T, dy, out=self.dW)        # (fan_in, fan_out)
        self.W -= 0.03 * self.dW
        # ∂L/∂bₖ = Σᵢ ∂L/∂yᵢₖ, because bₖ is added to every row
        dy.sum(axis=0, out=self.db)                 # (fan_out,)
        self.b -= 0.03 * self.db
    if inputs:
        # ∂L/∂xᵢⱼ = Σₖ ∂L/∂yᵢₖ Wⱼₖ: as matrices, ∂L/∂x = ∂L/∂y Wᵀ
        # (dot is @, but far faster where dy has a single column)
        return dy.dot(self.W.T)                     # (m, fan_in)
