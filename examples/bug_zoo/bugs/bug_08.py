"""W is given another shape where it should be transposed

Symptom: D gets better for ten iterations, G runs the wrong way, and training diverges at iteration 17 with G(z) near
−900 (gaussian, seed 0).

Met in: made here; `reshape` was what made the shapes fit, and so the error message went away.

The mathematics: ∂L/∂x = ∂L/∂y Wᵀ. Reshaping W to (fan_out, fan_in) fills the same numbers in row by row: it is Wᵀ only
where one of the two is 1, as in D's last layer. All other layers hand down a gradient with the right size and a wrong
direction. ∂L/∂W of the last layer stays right, so something is still learned.

Hint: A layer has three gradients. Check the one by its input, for a layer that is neither square nor one unit wide.
"""

import numpy as np

REPLACES = "tinygan.layers.Linear.backward"
TRAIN = "gaussian", 1500, {}, 0


def backward(self, dy, weights=True, inputs=True):
    if weights:
        # yᵢₖ = Σⱼ xᵢⱼ Wⱼₖ + bₖ, so ∂L/∂Wⱼₖ = Σᵢ xᵢⱼ ∂L/∂yᵢₖ: as matrices, ∂L/∂W = xᵀ ∂L/∂y
        np.matmul(self.x.T, dy, out=self.dW)        # (fan_in, fan_out)
        # ∂L/∂bₖ = Σᵢ ∂L/∂yᵢₖ, because bₖ is added to every row
        dy.sum(axis=0, out=self.db)                 # (fan_out,)
    if inputs:
        # ∂L/∂xᵢⱼ = Σₖ ∂L/∂yᵢₖ Wⱼₖ: as matrices, ∂L/∂x = ∂L/∂y Wᵀ
        # (dot is @, but far faster where dy has a single column)
        return dy.dot(self.W.reshape(self.W.shape[::-1]))     # (m, fan_in)
