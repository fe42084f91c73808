"""The paper's Algorithm 1, minibatch training of a GAN, line by line. [Alg. 1]

Here: `Listing`, one iteration in each of the two orders in which the players can move, and `Line`,
what is handed out at each pause. `tinygan.Algorithm1`, in training.py, is this with its settings,
and repeats it.

    1  for each training iteration:
    2      k times:
    3          sample m noise vectors z from the prior p_z
    4          sample m examples x from p_data
    5          D ascends the gradient of mean log D(x) + mean log(1 − D(G(z)))
    6      end
    7      sample m noise vectors z from the prior p_z
    8      G descends the gradient of mean log(1 − D(G(z))), or of −mean log D(G(z))
    9  end
"""

from typing import NamedTuple

import numpy as np

from .game import generator_gradient, value_gradient
from .sgd import ascend, descend, max_norm, straight_line


class Line(NamedTuple):
    """One line of Algorithm 1, done: its `number` above, and by symbol what it computed.

    What lines 5 and 8 computed is from before their update. `grad` is the network's own array:
    the next gradient of that network overwrites it.

    >>> Line(3, {"z": np.zeros((64, 2))}).values["z"].shape
    (64, 2)
    """

    number: int
    values: dict


class Listing:
    """One iteration of Algorithm 1, as a generator that pauses after each line of the pseudo-code.

    `tinygan.Algorithm1` sets what it plays with: two networks, `G` and `D`; two distributions,
    `data` (p_data) and `noise` (p_z), and the random numbers `rng` to draw from them;
    `velocity_G` and `velocity_D`, each player's momentum v; and the settings k, m, lr_d, lr_g,
    momentum, objective, max_norm, schedule and iterations (T, where a schedule ends), which it
    describes. `iteration`, t, is how many are done.

    >>> import tinygan as tg
    >>> G, D = tg.MLP([2, 8, 2], rng=0), tg.MLP([2, 8, 1], rng=1)
    >>> game = tg.Algorithm1(G, D, tg.data.Ring(), tg.data.Normal(2), k=2, rng=2)
    >>> [line.number for line in game.alternating()]
    [3, 4, 5, 3, 4, 5, 7, 8]
    """

    def alternating(self):
        """The paper's listing: the players take turns."""
        for _ in range(self.k):                                         # [Alg. 1, line 2]
            z = self.sample(self.noise)                                 # [Alg. 1, line 3]
            yield Line(3, {"z": z})
            x = self.sample(self.data)                                  # [Alg. 1, line 4]
            yield Line(4, {"x": x})
            computed = self.gradient_D(x, z)                            # [Alg. 1, line 5]
            self.update_D()
            yield Line(5, computed)
        z = self.sample(self.noise)                                     # [Alg. 1, line 7]
        yield Line(7, {"z": z})
        computed = self.gradient_G(z)                                   # [Alg. 1, line 8]
        self.update_G()
        self.iteration += 1
        yield Line(8, computed)

    def simultaneous(self):
        """As the paper's authors wrote their own code: k = 1, one z for both players, and both
        gradients before either of them moves."""
        z = self.sample(self.noise)                                     # [Alg. 1, line 3]
        yield Line(3, {"z": z})
        x = self.sample(self.data)                                      # [Alg. 1, line 4]
        yield Line(4, {"x": x})
        computed_D = self.gradient_D(x, z)                              # [Alg. 1, line 5]
        computed_G = self.gradient_G(z)                                 # [Alg. 1, line 8]
        self.update_D()
        yield Line(5, computed_D)
        self.update_G()
        self.iteration += 1
        yield Line(8, computed_G)

    def sample(self, distribution):
        """A minibatch of m examples, (m, d), in the networks' dtype."""
        return distribution.sample(self.m, self.rng).astype(self.G.dtype)     # (m, d)

    def gradient_D(self, x, z):
        """D.grad ← ∂V/∂θ_D. Real and generated examples go through D as one batch of 2m rows.

        x : (m, d) real examples. z : (m, d_z) noise. Returns what was computed, by symbol.
        """
        x_fake = self.G.forward(z)                                      # (m, d)
        a = self.D.forward(np.concatenate([x, x_fake]))                 # (2m, 1)
        a_real, a_fake = a[:len(x)], a[len(x):]                         # (m, 1) each
        # the chain rule, from ∂V/∂a back to ∂V/∂θ_D
        da = np.concatenate(value_gradient(a_real, a_fake))             # (2m, 1)
        self.D.backward(da, inputs=False)
        return {"x_fake": x_fake, "a_real": a_real, "a_fake": a_fake, "grad": self.D.grad}

    def gradient_G(self, z):
        """G.grad ← ∂L/∂θ_G, L being G's loss. The way back leads through D.

        z : (m, d_z) noise. Returns what was computed, by symbol.
        """
        x_fake = self.G.forward(z)                                      # (m, d)
        a_fake = self.D.forward(x_fake)                                 # (m, 1)
        # the chain rule, from ∂L/∂a back to ∂L/∂x_fake: what D hands to G. D.grad stays as it is
        da_fake = generator_gradient(a_fake, self.objective)            # (m, 1)
        dx_fake = self.D.backward(da_fake, weights=False)               # (m, d)
        # … and on to ∂L/∂θ_G
        self.G.backward(dx_fake, inputs=False)
        return {"x_fake": x_fake, "a_fake": a_fake, "dx_fake": dx_fake, "grad": self.G.grad}

    def update_D(self):
        """D takes a step up its gradient; then its weight columns are capped."""
        ascend(self.D.theta, self.D.grad, self.velocity_D, self.rate(self.lr_d),
               self.now(self.momentum))
        if self.max_norm is not None:
            cap = self.now(self.max_norm)
            for layer in self.D.linears:
                max_norm(layer.W, cap)

    def update_G(self):
        """G takes a step down its gradient."""
        descend(self.G.theta, self.G.grad, self.velocity_G, self.rate(self.lr_g),
                self.now(self.momentum))

    def rate(self, lr):
        """The learning rate now: `lr`, or on its way from there to 0."""
        if self.schedule == "constant":
            return lr
        start = 0 if self.schedule == "linear" else self.schedule * self.iterations
        return straight_line(lr, 0.0, self.iteration, self.iterations, start)

    def now(self, setting):
        """The momentum or the cap now: a number, or where (first, last) has come to by now."""
        if isinstance(setting, tuple):
            return straight_line(*setting, self.iteration, self.iterations)
        return setting
