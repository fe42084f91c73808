"""The paper's Algorithm 1, minibatch training of a GAN, written once.

Here: `Algorithm1`, `Line` (what it hands out at each pause) and `DivergenceError`.

The lines of the pseudo-code, numbered as in the tags below and in `Line.number`:

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

import math
from typing import NamedTuple

import numpy as np

from . import _check
from ._machine import keep_memory
from .data import as_distribution
from .game import OBJECTIVES, generator_gradient, value, value_gradient
from .layers import sigmoid
from .r1 import penalty_gradient
from .sgd import ascend, descend, linear_decay, max_norm
from .snapshot import Snapshot


SETTINGS = ("k", "m", "lr_d", "lr_g", "momentum", "objective", "update", "max_norm", "schedule", "iterations", "r1")
RECORDED = ("iteration", "V", "D_real", "D_fake", "D_spread")       # the names in `history`


class DivergenceError(ArithmeticError):
    """Training has left the finite numbers. The game is as it was before the iteration that led there.

    Attributes: `player`, "D" or "G", whose numbers went first; `iteration`, counted from 1; `usable`,
    whether G(z) and D(x) were finite, and the gradient alone was not.
    """

    player = iteration = usable = None


class Line(NamedTuple):
    """One line of Algorithm 1, done: its `number` above, and by symbol what it computed.

    `grad` is the network's own array: the next gradient of that network overwrites it.
    """

    number: int
    values: dict


class Algorithm1:
    """Minibatch stochastic gradient training of G and D. [Alg. 1]

    G, D : MLPs. G maps noise to examples; D maps examples to one logit a, and D(x) = σ(a).
    data, noise : p_data and p_z, each a Distribution, an (n, d) array, or any object with
        `dim` and `sample(m, rng) -> (m, dim)`.
    k : updates of D for each one of G. m : examples in a minibatch.
    lr_d, lr_g : learning rates. momentum : μ in [0, 1), for both.
    objective : "non-saturating", G descends −mean log D(G(z)); or "minimax", the paper's
        first form, mean log(1 − D(G(z))).
    update : "alternating", as the paper's listing; or "simultaneous", as its authors' code:
        k = 1, the same z for both, both gradients at the same parameters.
    max_norm : a cap on the norm of each of D's weight columns, after each update of D.
    schedule : "constant", or "linear": both rates fall to 0 at `iterations`.
    r1 : γ, the weight of a penalty on D's slope that is younger than the paper: see r1.py. 0 is none.
    rng : a NumPy Generator or a seed. The same seed gives the same bits.

    All of these are plain attributes; a change between iterations takes effect.
    Also: `iteration`, how many are done; `history`; `velocity_D`, `velocity_G`.
    """

    def __init__(self, G, D, data, noise, *, k=1, m=64, lr_d=0.05, lr_g=0.02, momentum=0.5,
                 objective="non-saturating", update="alternating", max_norm=None,
                 schedule="constant", iterations=None, r1=0.0, rng=None):
        self.G, self.D = G, D
        self.data, self.noise = data, noise
        self.k, self.m = k, m
        self.lr_d, self.lr_g, self.momentum = lr_d, lr_g, momentum
        self.objective, self.update, self.max_norm = objective, update, max_norm
        self.schedule, self.iterations = schedule, iterations
        self.r1, self.rng = r1, rng
        self.check()
        keep_memory()
        self.velocity_D, self.velocity_G = np.zeros_like(D.theta), np.zeros_like(G.theta)
        self.iteration = 0
        self.records = []
        self.last = None                                      # before the last whole iteration

    def check(self):
        """Refuse players, data and settings that can't be meant."""
        self.data, self.noise = as_distribution(self.data, "data"), as_distribution(self.noise, "noise")
        self.rng = _check.rng(self.rng)
        _check.players(self)
        _check.settings(self, OBJECTIVES)

    def lines(self, check=True):
        """One iteration, pausing after each line of the pseudo-code that does something.

        Each pause yields a `Line`. What lines 5 and 8 computed is from before their update.
        check=False is for a caller who knows that nothing has changed since the last `check`.
        """
        if check:
            self.check()
        simultaneous = self.update == "simultaneous"
        for _ in range(self.k):                               # [Alg. 1, line 2]
            z = self.draw("noise")                            # [Alg. 1, line 3]
            yield Line(3, {"z": z})
            x = self.draw("data")                             # [Alg. 1, line 4]
            yield Line(4, {"x": x})
            values_D = self.gradient_D(x, z)                  # [Alg. 1, line 5]
            if simultaneous:
                values_G = self.gradient_G(z)                 # before D moves, with the same z
            self.update_D()
            yield Line(5, values_D)
        if not simultaneous:
            z = self.draw("noise")                            # [Alg. 1, line 7]
            yield Line(7, {"z": z})
            values_G = self.gradient_G(z)                     # [Alg. 1, line 8]
        self.update_G()
        self.iteration += 1
        yield Line(8, values_G)

    def draw(self, name):
        """A minibatch of m rows from `data` or `noise`, in the networks' dtype."""
        return _check.minibatch(name, getattr(self, name), self.m, self.rng, self.G.dtype)

    @np.errstate(over="ignore", invalid="ignore")             # stop_if_diverged looks instead
    def gradient_D(self, x, z):
        """Fill D.grad with ∂V/∂θ_D. Real and generated go through D as one batch of 2m rows."""
        x_fake = self.G.forward(z)                                            # (m, d)
        a = self.D.forward(np.concatenate([x, x_fake]))                       # (2m, 1)
        a_real, a_fake = a[:len(x)], a[len(x):]                               # (m, 1) each
        # ∂V/∂θ_D by the chain rule, from ∂V/∂a
        self.D.backward(np.concatenate(value_gradient(a_real, a_fake)), inputs=False)
        if self.r1:                                                           # not in the paper
            self.D.grad -= penalty_gradient(self.D, x, self.r1)
        self.stop_if_diverged("D", self.lr_d, x_fake, a)
        return {"x_fake": x_fake, "a_real": a_real, "a_fake": a_fake, "grad": self.D.grad}

    @np.errstate(over="ignore", invalid="ignore")
    def gradient_G(self, z):
        """Fill G.grad with ∂L/∂θ_G, L being G's loss. The way back leads through D."""
        x_fake = self.G.forward(z)                                            # (m, d)
        a_fake = self.D.forward(x_fake)                                       # (m, 1)
        # What D hands to G: ∂L/∂x_fake. D.grad stays as it is: it belongs to D's own update.
        dx_fake = self.D.backward(generator_gradient(a_fake, self.objective), weights=False)
        self.G.backward(dx_fake, inputs=False)
        self.stop_if_diverged("G", self.lr_g, x_fake, a_fake)
        return {"x_fake": x_fake, "a_fake": a_fake, "dx_fake": dx_fake, "grad": self.G.grad}

    def update_D(self):
        """D takes one step up its gradient; then its weight columns are capped."""
        ascend(self.D.theta, self.D.grad, self.velocity_D, self.rate(self.lr_d), self.momentum)
        if self.max_norm is not None:
            for linear in self.D.linears:
                max_norm(linear.W, self.max_norm)

    def update_G(self):
        """G takes one step down its gradient."""
        descend(self.G.theta, self.G.grad, self.velocity_G, self.rate(self.lr_g), self.momentum)

    def rate(self, lr):
        """The learning rate of this iteration."""
        return linear_decay(lr, self.iteration, self.iterations) if self.schedule == "linear" else lr

    def stop_if_diverged(self, player, lr, x_fake, a):
        """Raise DivergenceError before a gradient that is not finite can touch `player`."""
        grad = getattr(self, player).grad
        if math.isfinite(lr * lr * (grad @ grad)):  # |step|²: not finite as soon as one entry is not
            return
        finite_G, finite_D = np.isfinite(x_fake).all(), np.isfinite(a).all()
        if not (finite_G and finite_D):             # who went first? G feeds D, D feeds the gradient
            player = "D" if finite_G else "G"
        raise self.diverged(player, usable=bool(finite_G and finite_D))

    def diverged(self, player, usable):
        """The error that says so, and what to do."""
        error = DivergenceError(
            f"training diverged at iteration {self.iteration + 1}: {player}'s numbers have grown without bound. "
            f"What usually helps: lower rates (now lr_d={self.lr_d}, lr_g={self.lr_g}), less momentum "
            f"(now {self.momentum}), or data scaled to a standard deviation near 1. "
            f"Both networks are as they were before that iteration.")
        error.player, error.iteration, error.usable = player, self.iteration + 1, usable
        return error

    def whole_iteration(self):
        """As `lines`, but all or nothing: where it fails or is interrupted, the game is as before.

        If G(z) or D(x) was infinite before D's first step, the last iteration led there: it is taken back, too.
        """
        start, D_has_moved = Snapshot(self), False
        try:
            for line in self.lines(check=False):
                D_has_moved = D_has_moved or line.number == 5
                yield line
        except DivergenceError as error:
            start.restore()
            if not (error.usable or D_has_moved) and self.last is not None and self.last.leads_to(self):
                self.last.restore()
            raise self.diverged(error.player, error.usable) from None
        except BaseException:
            start.restore()
            raise
        self.last = start.done()

    def step(self):
        """One whole iteration."""
        self.check()
        for _ in self.whole_iteration():
            pass

    def train(self, iterations, every=100, callback=None):
        """Run `iterations` more, and return `history`, a dict of arrays of equal length.

        A record is made whenever `iteration` is a multiple of `every`, and at the end:
        history["V"], ["D_real"] and ["D_fake"] are V, mean D(x) and mean D(G(z)) on the
        minibatch of that iteration's last line 5, before D's update; ["D_spread"] is the standard
        deviation of D over all of it. Where that stays at 0, D no longer looks at its input.
        callback : called with this game after each record; training stops if it returns True.
        """
        last = self.iteration + _check.integer("iterations", iterations, least=0)
        every = _check.integer("every", every, least=1)
        if callback is not None:
            _check.function("callback", callback, "one argument, the game")
        self.check()
        while self.iteration < last:
            for line in self.whole_iteration():
                if line.number == 5:
                    a_real, a_fake = line.values["a_real"], line.values["a_fake"]
                elif line.number == 8:
                    due = self.iteration % every == 0 or self.iteration == last
                    if due:
                        self.record(a_real, a_fake)
            if due and callback is not None:
                if callback(self):
                    break
                self.check()                        # it may have turned a knob
        return self.history

    def record(self, a_real, a_fake):
        """Add to `records` what these logits say."""
        D_real, D_fake = sigmoid(a_real), sigmoid(a_fake)
        self.records.append((self.iteration, value(a_real, a_fake), D_real.mean().item(), D_fake.mean().item(),
                             np.concatenate([D_real, D_fake]).std().item()))

    @property
    def history(self):
        """All records so far, by RECORDED's names: arrays of equal length."""
        columns = zip(*self.records) if self.records else [[]] * len(RECORDED)
        return {name: np.array(column) for name, column in zip(RECORDED, columns)}
