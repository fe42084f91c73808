"""Exercise 7: G's step. Its gradient comes through D. [Alg. 1, line 8]"""

import numpy as np
from tinygan import generator_gradient


def generator_step(G, D, z, rate, objective):
    """Move G one step down the gradient of its loss L, in place: G.theta ← G.theta − rate · ∂L/∂θ_G. Return nothing.

    G, D : tinygan.MLPs.   z : noise, (m, d_z).   objective : "minimax" or "non-saturating".   No momentum.

    Forward   z → G.forward → x_fake → D.forward → a_fake.
    Back      ∂L/∂a_fake → D.backward → ∂L/∂x_fake → G.backward → G.grad.

        generator_gradient(a_fake, objective)      ∂L/∂a_fake
        D.backward(da_fake, weights=False)         returns ∂L/∂x_fake, what D hands to G; with weights=False it leaves
                                                   D.grad as it is
        G.backward(dx_fake)                        fills G.grad, and does not move θ

    D waits: D.theta and D.grad must be the same afterwards. G.forward remembers what backward needs; G(z) does not.

    By hand: G(z) = u z + c with u = 1, c = 0, and D(x) = w x + b with w = 2, b = 0; z = [[0]]. Then a_fake = 0,
    ∂L/∂a = −1/2 for both objectives, ∂L/∂x_fake = −1/2 · 2 = −1, ∂L/∂u = 0, ∂L/∂c = −1; with rate 0.1, G.theta
    becomes [1, 0.1].
    """
    raise NotImplementedError
