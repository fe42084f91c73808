"""Exercise 6: D's step. [Alg. 1, line 5]"""

import numpy as np
from tinygan import value_gradient


def discriminator_step(D, x, x_fake, rate):
    """Move D one step up the gradient of V, in place: D.theta ← D.theta + rate · ∂V/∂θ_D. Return nothing.

    D : a tinygan.MLP.   x, x_fake : real and generated examples, (m, d) each.   rate : the learning rate. No momentum.

    What there is:
        D.forward(x)        D's logits, (number of rows, 1). It remembers x for backward
        D.backward(da)      from da = ∂V/∂a, shaped as the logits of the latest forward, fills D.grad with ∂V/∂θ_D.
                            It writes over what was there, and does not move θ
        D.theta, D.grad     arrays of all parameters and all gradients. D.theta += … moves D
        value_gradient(a_real, a_fake)      ∂V/∂a_real and ∂V/∂a_fake

    V has two halves, and both belong to the same θ. The short way is one batch of 2m rows: np.concatenate([x, x_fake])
    forward, the logits cut in two, and the two derivatives put together again on the way back.

    By hand: D(x) = w x + b with w = b = 0, x = [[1]], x_fake = [[3]]: both logits are 0, ∂V/∂a is 1/2 and −1/2,
    ∂V/∂w = 1/2 · 1 − 1/2 · 3 = −1 and ∂V/∂b = 0; with rate 0.1, D.theta becomes [-0.1, 0].
    """
    raise NotImplementedError
