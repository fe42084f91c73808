"""What G gets has not been through D

Symptom: The examples leave the ring along the diagonal, both coordinates alike, and D can't call them back: training
diverges at iteration 795 (ring, seed 0).

Met in: the WGAN-GP of numpy-ml (read).

The mathematics: G's examples reach the loss through D alone: ∂L/∂x_fake = ∂L/∂a ∂a/∂x_fake. Here ∂L/∂a itself is given
to G, as if each coordinate of x were the logit. It is always negative, −(1 − D)/m, so G moves all coordinates of all
examples upwards: away from the data, or towards them, wherever they are.

Hint: What D hands to G has a name, ∂L/∂x_fake. It is a derivative: check it as one.
"""

import numpy as np

from tinygan.game import generator_gradient

REPLACES = "tinygan.algorithm1.Listing.gradient_G"
TRAIN = "ring", 1500, {}, 0


def gradient_G(self, z):
    x_fake = self.G.forward(z)                                      # (m, d)
    a_fake = self.D.forward(x_fake)                                 # (m, 1)
    # the chain rule, from ∂L/∂a back to ∂L/∂x_fake: what D hands to G. D.grad stays as it is
    da_fake = generator_gradient(a_fake, self.objective)            # (m, 1)
    dx_fake = np.repeat(da_fake, x_fake.shape[1], axis=1)           # (m, d)
    # … and on to ∂L/∂θ_G
    self.G.backward(dx_fake, inputs=False)
    return {"x_fake": x_fake, "a_fake": a_fake, "dx_fake": dx_fake, "grad": self.G.grad}
