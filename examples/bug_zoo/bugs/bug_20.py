"""The gradient is cleared before it is used

Symptom: G(z) stays as it was, with std .17. D learns to know it: V rises to −.61, D(x) to .81, and D(G(z)) falls to
.19; then nothing changes any more (gaussian, 1500 iterations, seed 0).

Met in: the WGAN-GP of numpy-ml, whose generator update clears what backward needs; its own tests pass (run).

The mathematics: Algorithm 1, line 8, is θ ← θ − η∇ with ∇ = 0. G is where it was after any number of iterations, and
D learns to know this one G: V rises towards max over D of V(G, D) = C(G), and stays there.

Hint: After one iteration both networks have moved. Have they?
"""

from tinygan.game import generator_gradient

REPLACES = "tinygan.algorithm1.Listing.gradient_G"
TRAIN = "gaussian", 1500, {}, 0


def gradient_G(self, z):
    x_fake = self.G.forward(z)                                      # (m, d)
    a_fake = self.D.forward(x_fake)                                 # (m, 1)
    # the chain rule, from ∂L/∂a back to ∂L/∂x_fake: what D hands to G. D.grad stays as it is
    da_fake = generator_gradient(a_fake, self.objective)            # (m, 1)
    dx_fake = self.D.backward(da_fake, weights=False)               # (m, d)
    # … and on to ∂L/∂θ_G
    self.G.backward(dx_fake, inputs=False)
    self.G.grad[...] = 0
    return {"x_fake": x_fake, "a_fake": a_fake, "dx_fake": dx_fake, "grad": self.G.grad}
