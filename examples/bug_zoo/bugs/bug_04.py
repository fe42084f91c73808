"""G goes up where it should go down

Symptom: G(z) runs away from the data, faster and faster: training diverges at iteration 23, with the examples a
million away (gaussian, seed 0). The right ones have mean 4.02 and std 1.25 in the end.

Met in: first versions of nearly every GAN: the two players have opposite signs, and one line is copied. Made here.

The mathematics: G descends its loss, θ ← θ − η∇ [Alg. 1, line 8]. With + it makes −log D(G(z)) larger: G looks for the
places where D is surest that an example is generated. Both players now want the same, a V near 0, and p_g = p_data no
longer attracts.

Hint: After one step of a player at a small rate, with everything else as it was: which way should its objective go?
"""

from tinygan.sgd import ascend

REPLACES = "tinygan.algorithm1.Listing.update_G"
TRAIN = "gaussian", 1500, {}, 0


def update_G(self):
    ascend(self.G.theta, self.G.grad, self.velocity_G, self.rate(self.lr_g),
            self.now(self.momentum))
