"""Algorithm 1, made to be run: algorithm1.py has one iteration, and this repeats it.

Here: `Algorithm1`, which adds to the `Listing` its settings and what they may be, `step`, `train` and
`history`; and `DivergenceError`.
"""

import math
import warnings
from operator import attrgetter, is_

import numpy as np

from . import _check
from ._machine import keep_memory, one_thread
from .algorithm1 import Listing
from .data import Images, Own, Points, as_distribution
from .game import OBJECTIVES, generator_loss, value
from .gradient_penalty import penalty_gradient
from .layers import sigmoid

SETTINGS = ("k", "m", "lr_d", "lr_g", "momentum", "objective", "update", "max_norm", "schedule", "iterations", "r1")
RECORDED = ("iteration", "V", "D_real", "D_fake", "D_spread", "G_spread", "G_loss")         # the names in `history`
REACH = {"tanh": (-1, 1), "sigmoid": (0, 1)}                        # of G, by its output
LONGEST = 1e6                                                       # step that is still taken
all_that_is_set = attrgetter("G", "D", "data", "noise", "rng", "velocity_G", "velocity_D", *SETTINGS)
keep_memory()                                                       # for speed alone


class DivergenceError(ArithmeticError):
    """A step that is not finite, or absurdly long, was refused: both networks are finite, as before it.

    Attributes: `player`, "D" or "G", whose step it was; `iteration`, counted from 1.

    >>> import tinygan as tg
    >>> tg.recipes.start("gaussian", settings={"lr_d": 1e9}).game.step()    # doctest: +ELLIPSIS
    Traceback (most recent call last):
    tinygan.training.DivergenceError: training diverged at iteration 1: D's next step would be ... long. ...
    """

    player = iteration = None


class Algorithm1(Listing):
    """Minibatch stochastic gradient training of G and D. [Alg. 1]

    G, D : MLPs. G maps noise to examples; D maps examples to one logit a, and the probability
        that the paper calls D(x) is σ(a).
    data, noise : p_data and p_z, each a Distribution, an (n, d) array, or any object with
        `dim` and `sample(m, rng) -> (m, dim)`.
    k : updates of D for each one of G. m : examples in a minibatch.
    lr_d, lr_g : learning rates. momentum : μ in [0, 1), for both; or (first, last), which moves in a line and is
        `last` at `iterations`.
    objective : "non-saturating", G descends −mean log D(G(z)); or "minimax", the paper's
        first form, mean log(1 − D(G(z))).
    update : "alternating", as the paper's listing; or "simultaneous", as its authors' code:
        k = 1, the same z for both, both gradients at the same parameters.
    max_norm : a cap on the norm of each of D's weight columns, after each update of D: a number;
        or (first, last), which moves in a line and is `last` at `iterations`.
    schedule : "constant"; or "linear": both rates fall to 0 at `iterations`, in a line; or a number in
        [0, 1), the part of `iterations` for which they stay constant before they fall.
    r1 : γ, the weight of a penalty on D's slope that is younger than the paper: see gradient_penalty.py. 0 for none.
    rng : a NumPy Generator or a seed. The same seed gives the same bits.

    All of these are plain attributes; a change between iterations takes effect.
    Also: `iteration`, how many are done; `history`; `velocity_D`, `velocity_G`.
    Raises TypeError or ValueError for players, distributions and settings that can't work, when it is made and at the
    next iteration; and DivergenceError, an ArithmeticError, instead of a step that would leave the finite numbers.

    >>> import tinygan as tg
    >>> G, D = tg.MLP([2, 8, 2], rng=0), tg.MLP([2, 8, 1], rng=1)
    >>> game = Algorithm1(G, D, tg.data.Ring(), tg.data.Normal(2), rng=2)
    >>> [line.number for line in game.lines()]
    [3, 4, 5, 7, 8]
    """

    def __init__(self, G, D, data, noise, *, k=1, m=64, lr_d=0.05, lr_g=0.02, momentum=0.5,
                 objective="non-saturating", update="alternating", max_norm=None,
                 schedule="constant", iterations=None, r1=0.0, rng=None):
        self.G, self.D = _check.network("G", G), _check.network("D", D)
        self.data, self.noise, self.rng = data, noise, rng
        self.k, self.m = k, m
        self.lr_d, self.lr_g, self.momentum = lr_d, lr_g, momentum
        self.objective, self.update, self.max_norm = objective, update, max_norm
        self.schedule, self.iterations, self.r1 = schedule, iterations, r1
        self.velocity_D, self.velocity_G = np.zeros_like(D.theta), np.zeros_like(G.theta)
        self.iteration, self.records = 0, []
        self.checked = None                                   # the settings that were found to be right
        self.check()
        _warn_of_data(self.G, self.data)

    def lines(self):
        """One iteration, pausing after each line of the pseudo-code that does something: a `Line` each."""
        self.check()
        return self.simultaneous() if self.update == "simultaneous" else self.alternating()

    def step(self):
        """One iteration. Raises DivergenceError."""
        self._iterate()

    def _iterate(self):
        """One iteration; returns D's logits, (m, 1) each: of its last line 5, on real and on generated examples, and
        of its line 8; and the generated examples of that line 5, (m, d)."""
        with np.errstate(over="ignore", invalid="ignore"):    # `_refuse_divergence` looks instead
            for line in self.lines():
                if line.number == 5:
                    a_real, a_fake, x_fake = line.values["a_real"], line.values["a_fake"], line.values["x_fake"]
        return a_real, a_fake, line.values["a_fake"], x_fake

    def train(self, iterations, every=100, callback=None):
        """Run `iterations` more [Alg. 1, line 1], and return `history`, a dict of arrays of equal length.

        A record is made whenever `iteration` is a multiple of `every`, and at the end:
        history["V"], ["D_real"] and ["D_fake"] are V and the means of the probabilities D(x) and
        D(G(z)) on the minibatch of that iteration's last line 5, before D's update; ["D_spread"]
        is the standard deviation of D over all of it. Where that stays at 0, D no longer looks at
        its input. ["G_spread"] is the spread of that minibatch's G(z) over z, in the units that the networks see,
        √(meanⱼ varᵢ G(zᵢ)ⱼ): the root of the mean over columns j of the variance over examples i. Where that stays
        at 0, G makes one point of all z. ["G_loss"] is what G descends, on the minibatch of line 8, before its update.
        callback : called with this game after each record; training stops if it returns True.
        V and G_loss are in nats. Raises DivergenceError.

        >>> import tinygan as tg
        >>> game = tg.recipes.start("gaussian").game
        >>> history = game.train(200, every=50)                   # plt.plot("iteration", "V", data=history) plots V
        >>> history["iteration"].tolist()
        [50, 100, 150, 200]
        """
        last = self.iteration + _check.integer("iterations", iterations, least=0)
        every = _check.integer("every", every, least=1)
        if callback is not None:
            _check.function("callback", callback, "one argument, the game")
        self.check()
        if self.schedule != "constant" and self.iteration < last and self.iterations < last:
            warnings.warn(f"the schedule ends at iteration {self.iterations}, and both rates are 0 from there on: to "
                          f"train for longer, first set iterations = {last}", stacklevel=2)
        while self.iteration < last:
            computed = self._iterate()
            if self.iteration % every == 0 or self.iteration == last:
                self._record(*computed)
                if callback is not None and callback(self):
                    break
        return self.history

    def _record(self, a_real, a_fake, a_fake_G, x_fake):
        D_real, D_fake = sigmoid(a_real), sigmoid(a_fake)
        self.records.append((self.iteration, value(a_real, a_fake), D_real.mean().item(), D_fake.mean().item(),
                             np.concatenate([D_real, D_fake]).std().item(), _spread(x_fake),
                             generator_loss(a_fake_G, self.objective)))

    @property
    def history(self):
        """All records so far, by RECORDED's names: arrays of equal length."""
        columns = zip(*self.records) if self.records else [[]] * len(RECORDED)
        return {name: np.array(column) for name, column in zip(RECORDED, columns)}

    # What the lines of the listing do beyond the paper

    def gradient_D(self, x, z):
        """As in the listing, in one thread; with `r1`, D ascends V − R."""
        with one_thread:
            computed = super().gradient_D(x, z)
            if self.r1:
                self.D.grad -= penalty_gradient(self.D, x, self.r1)
        return computed

    def gradient_G(self, z):
        """As in the listing, in one thread."""
        with one_thread:
            return super().gradient_G(z)

    def update_D(self):
        """As in the listing, unless that step would leave the finite numbers."""
        self._refuse_divergence("D", self.D.grad, self.velocity_D, self.rate(self.lr_d))
        super().update_D()

    def update_G(self):
        """As in the listing, unless that step would leave the finite numbers."""
        self._refuse_divergence("G", self.G.grad, self.velocity_G, self.rate(self.lr_g))
        super().update_G()

    def _refuse_divergence(self, player, grad, velocity, rate):
        """Raise DivergenceError where the step μv + η∇ may not be finite, or be longer than LONGEST."""
        length = self.now(self.momentum) * math.sqrt(velocity.dot(velocity)) + rate * math.sqrt(grad.dot(grad))
        if not length <= LONGEST:                             # true of NaN, too
            far = _far_from_unit_scale(_examples(self.data))
            scale = f"data=tg.data.Standardised(x), since {far}, with new networks; " if far else ""
            unseen = "; data=tg.data.Standardised(x), if they lie far from 0 and 1" if _is_own(self.data) else ""
            error = DivergenceError(
                f"training diverged at iteration {self.iteration + 1}: "
                f"{player}'s next step would be {length:.3g} long. It was not taken, and both networks are finite. "
                f"What usually helps: {scale}lower rates (now lr_d={self.lr_d}, lr_g={self.lr_g}); less momentum "
                f"(now {self.now(self.momentum)}){unseen}.")
            error.player, error.iteration = player, self.iteration + 1
            raise error

    # What the settings may be

    def check(self):
        """Refuse players, distributions and settings that can't work. Once found right, they are
        looked at again only when one of them has been replaced."""
        if self.checked is not None and all(map(is_, all_that_is_set(self), self.checked)):
            return
        self.data, self.noise = as_distribution(self.data, "data"), as_distribution(self.noise, "noise")
        self.rng = _check.rng(self.rng)
        self._check_players()
        self._check_settings()
        self.checked = all_that_is_set(self)

    def _check_players(self):
        """G and D fit each other, the data and the noise; D ends in one logit."""
        G, D, data, noise = self.G, self.D, self.data, self.noise
        for name, net, velocity in (("G", G, self.velocity_G), ("D", D, self.velocity_D)):
            _check.network(name, net)
            if np.shape(velocity) != net.theta.shape:
                raise ValueError(f"{name} was replaced by a network of another size: make a new Algorithm1 for it")
        if G is D:
            raise ValueError("G and D must be two networks, not one and the same")
        if D.widths[-1] != 1 or D.output != "identity":
            raise ValueError(f"D must end in one logit: widths […, 1] and output='identity', "
                             f"not {_check.shown(D.widths)} and output={D.output!r}")
        for wanted, its, dim in (("noise of dimension {}, as G's input", G.widths[0], noise.dim),
                                 ("data of dimension {}, as G's output", G.widths[-1], data.dim),
                                 ("data of dimension {}, as D's input", D.widths[0], data.dim)):
            if its != dim:
                raise ValueError(f"Algorithm1 needs {wanted.format(its)}, not {dim}")
        if G.dtype != D.dtype:
            raise ValueError(f"G and D must have the same dtype, not {G.dtype} and {D.dtype}")
        for name, source in (("data", data), ("noise", noise)):
            if isinstance(source, Points):                    # its numbers may be too large for float32
                largest = max(abs(float(source.array.min())), abs(float(source.array.max())))
                if largest > float(np.finfo(G.dtype).max):
                    raise ValueError(f"{name} must not be too large for {G.dtype}, but goes to {largest:.3g}")

    def _check_settings(self):
        """The numbers and names, put in their plain forms."""
        most = _check.LARGEST // (2 * max(self.G.widths + self.D.widths))
        self.k, self.m = _check.integer("k", self.k, least=1), _check.integer("m", self.m, least=1, most=most)
        self.lr_d, self.lr_g = _a_rate("lr_d", self.lr_d), _a_rate("lr_g", self.lr_g)
        self.momentum = _one_or_two("momentum", self.momentum, _a_momentum)
        self.r1 = _check.not_negative("r1", self.r1)
        _check.choice("objective", self.objective, OBJECTIVES)
        _check.choice("update", self.update, ("alternating", "simultaneous"))
        if isinstance(self.schedule, str):
            _check.choice("schedule", self.schedule, ("constant", "linear"))
        else:
            self.schedule = _check.number("schedule", self.schedule, "constant, linear or a number in [0, 1)",
                                          lambda part: 0 <= part < 1)
        if self.update == "simultaneous" and self.k != 1:
            raise ValueError(f"update='simultaneous' needs k = 1, not {self.k}")
        self.max_norm = None if self.max_norm is None else _one_or_two("max_norm", self.max_norm, _a_cap)
        if self.iterations is not None:
            self.iterations = _check.integer("iterations", self.iterations, least=1)
        elif self.schedule != "constant":
            raise ValueError(f"schedule={self.schedule!r} needs iterations, the number at which the rates reach 0")
        else:
            for name, setting in (("max_norm", self.max_norm), ("momentum", self.momentum)):
                if isinstance(setting, tuple):
                    raise ValueError(f"{name}=(first, last) needs iterations, the number at which it is last")


@np.errstate(over="ignore", invalid="ignore")
def _spread(x):
    """√(mean over columns of the variance over rows), infinite for a G that has run away."""
    return math.sqrt(np.nan_to_num(x.var(axis=0, dtype=float).mean(), nan=np.inf, posinf=np.inf))


def _examples(data):
    """1000 of them to look at, (1000, d); none, (0, d), of a user's own sampler, which may count its calls, and of
    pictures, whose pixels share one scale."""
    return np.empty((0, data.dim)) if _is_own(data) or isinstance(data, Images) else data.sample(1000, 0)


def _is_own(data):
    """Whether they come from a user's own sampler, itself or standardised."""
    return isinstance(data, Own) or isinstance(getattr(data, "source", None), Own)


def _warn_of_data(G, data):
    """Say so, once, where data lie far from unit scale, or where G's last layer can't reach them."""
    x = _examples(data)
    if far := _far_from_unit_scale(x):
        warnings.warn(f"data lie far from unit scale: {far}. The cure: data=tg.data.Standardised(x); "
                      f"game.data.restore(G(z)) is in the units of x", stacklevel=3)
    if beyond := _beyond_reach(G, x):
        warnings.warn(f"G can't reach all of the data: {beyond}. The cure: output='identity', or data scaled into that "
                      f"range", stacklevel=3)


def _far_from_unit_scale(x):
    """What is off, mean or standard deviation or both, in the first column that is far from 0 and 1; or None."""
    if not len(x):
        return None
    with np.errstate(over="ignore", invalid="ignore"):
        mean, std = x.mean(axis=0), x.std(axis=0)
        near = (np.abs(mean) <= np.minimum(5 * std, 5 + std)) & (0.03 <= std) & (std <= 10)
        far = ~near & (std > 1e-12 * np.abs(mean))            # (a constant column has the std of its rounding)
    if not far.any():
        return None
    j = int(np.argmax(far))
    shifted, scaled = not abs(mean[j]) <= 5 * min(std[j], 1), not 0.3 <= std[j] <= 3
    its_mean, its_std = f"mean {mean[j]:.3g}", f"standard deviation {std[j]:.3g}"
    if shifted and scaled:
        return f"column {j} has {its_mean} and {its_std}, and networks learn best near 0 and 1"
    if shifted:
        return f"column {j} has {its_mean}, and networks learn best near 0 (its {its_std} is good)"
    return f"column {j} has {its_std}, and networks learn best near 1 (its {its_mean} is good)"


def _beyond_reach(G, x):
    """Which column of the data goes beyond what G can give, and how far; or None. (A `Conditional` only hands on its
    last columns.)"""
    output, x = getattr(G, "output", None), x[:, :getattr(G, "net", G).widths[-1]]
    if not len(x) or output not in REACH:
        return None
    (low, high), lowest, highest = REACH[output], x.min(axis=0), x.max(axis=0)
    excess = np.maximum(low - lowest, highest - high)
    j = int(np.argmax(excess))
    if excess[j] <= 1e-6:                                     # what was scaled into the range, to rounding
        return None
    return (f"column {j} goes from {lowest[j]:.3g} to {highest[j]:.3g}, and output={output!r} of G from {low} to "
            f"{high}")


def _a_rate(name, value):
    rate = _check.positive(name, value)
    if rate > 1e30:                                           # float32 ends at 3e38
        raise ValueError(f"{name} must be at most 1e30, not {_check.shown(value)}")
    return rate


def _one_or_two(name, value, checked):
    """A number, or (first, last), each of them `checked`."""
    if not isinstance(value, (tuple, list)):
        return checked(name, value)
    if len(value) != 2:
        raise TypeError(f"{name} must be a number, or (first, last), two numbers, not {_check.shown(value)}")
    return tuple(checked(name, each) for each in value)


def _a_momentum(name, value):
    return _check.number(name, value, "a number in [0, 1), or (first, last), two such numbers", lambda mu: 0 <= mu < 1)


def _a_cap(name, value):
    return _check.number(name, value, "None, a number from 1e-15 to 1e15, or (first, last), two such numbers",
                         lambda cap: 1e-15 <= cap <= 1e15)
