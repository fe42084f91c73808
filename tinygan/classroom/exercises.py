"""The ten exercises: what is asked, and what is made of the answers.

Here: `EXERCISES`, ten times an `Exercise`; `Question` and `Answer`, one call of a student's function and what came
of it.

All questions of an exercise are asked before any answer is looked at, and they are always the same ones: so they can
be put to a student's functions in another process. Their sizes are such that mistakes differ: m is never 1 or 2, and
sizes that could be confused are not equal, except where a mistake shows only then (a square W). The stubs, with the
mathematics, lie in examples/exercises/.
"""

from types import SimpleNamespace
from typing import Callable, NamedTuple

import numpy as np

from .. import data
from ..algorithm1 import Listing
from ..game import OBJECTIVES, generator_gradient, generator_loss, value, value_gradient
from ..gradcheck import at
from ..layers import Linear, ReLU, Tanh
from ..mlp import MLP
from ..sgd import ascend
from ..theory.best_discriminator import criterion, optimal_discriminator
from ..training import Algorithm1
from . import mistakes
from .judging import Asked, agree, by_entry, by_gradcheck, judge, part


class Question(NamedTuple):
    """One call of one of the student's functions: its name, and its arguments, which are copied before the call.

    >>> Question("value", (np.zeros(2), np.zeros(2))).function
    'value'
    """

    function: str
    arguments: tuple


class Answer(NamedTuple):
    """What came of a question.

    value : what was returned. arguments : the arguments as they are afterwards. Both are made plain: an array, a
    number, a list, a dict or None; of a network {"theta", "grad"}. error : "", or one sentence.

    >>> Answer(-1.386, (), "").value
    -1.386
    """

    value: object
    arguments: tuple
    error: str


class Exercise(NamedTuple):
    """One exercise.

    number : 1 to 10. file : the name of the stub. title : what is asked. functions : their names. questions : () → a
    list of `Question`, always the same ones. judge : list of `Answer`, one for each question → what is wrong, at most
    three sentences; [] if all is right. given : the names that the stub imports from tinygan.

    >>> EXERCISES[0].file, EXERCISES[0].functions
    ('ex01_linear.py', ('linear_backward',))
    """

    number: int
    file: str
    title: str
    functions: tuple
    questions: Callable
    judge: Callable
    given: tuple = ()


def exercise(number, file, title, questions, *functions, given=(), also=lambda questions, answers: []):
    """An Exercise about these `Asked` functions. also : what else to look at where all numbers are right."""
    def judged(answers):
        return judge(functions, questions(), answers) or also(questions(), answers)
    return Exercise(number, file, title, tuple(asked.name for asked in functions), questions, judged, given)


# 1, 2: layers

def linear_questions():
    """W is square in one of them: there a product with W or Wᵀ has the same shape."""
    rng = np.random.default_rng(1)
    return [Question("linear_backward", tuple(rng.normal(size=shape) for shape in shapes))
            for shapes in (((5, 3), (3, 4), (5, 4)), ((4, 3), (3, 3), (4, 3)))]


def linear_backward(x, W, dy):
    """dW, db, dx by the lesson's layer."""
    layer = Linear(*W.shape)
    layer.W[...] = W
    layer.forward(x)
    dx = layer.backward(dy)
    return layer.dW, layer.db, dx


def of_layer(layer):
    """What the gradient check is told about dx = ∂(Σ dy ⊙ y)/∂x."""
    return lambda dx, x, dy: (lambda x: np.sum(dy * layer().forward(x)), x, dx, "dx", len(x))


def activation_questions():
    """No x at the kink. The last of tanh's is so large that eˣ overflows."""
    rng = np.random.default_rng(2)
    x, dy = rng.normal(size=(2, 4, 3)) + 0.01
    return [Question("relu_backward", (x, dy)), Question("relu_backward", (dy[:3], x[:3])),
            Question("tanh_backward", (x, dy)), Question("tanh_backward", (dy[:3], x[:3])),
            Question("tanh_backward", (np.array([[800.0, -800.0, 0.5]]), np.array([[2.0, 3.0, 4.0]])))]


def activation_backward(layer):
    """(x, dy) → dx, by a layer of the lesson that has no parameters."""
    def backward(x, dy):
        used = layer()
        used.forward(x)
        return used.backward(dy)
    return backward


# 3, 4: the game

LARGE = np.array([[800.0], [-800.0], [0.5]])
OVERFLOW = ("it is wrong only where |a| is large (a = ±800): e^800 overflows, and an ε in the logarithm hides the "
            "rest. log(1 + eᵃ) is np.logaddexp(0, a)")
OVERFLOW_IN_SIGMA = (
    "it is wrong only where |a| is large (a = ±800), where e^800 overflows: let no large positive number stand in an "
    "exponent. σ(a) = exp(−log(1 + e^−a)), with np.logaddexp(0, −a) for the logarithm")


def value_questions():
    """More generated examples than real ones: each mean has its own number of them."""
    rng = np.random.default_rng(3)
    logits = [(rng.normal(size=(4, 1)) + 1, rng.normal(size=(6, 1)) - 1),
              (rng.normal(size=(5, 1)) - 0.5, rng.normal(size=(3, 1))), (LARGE, LARGE[:2])]
    return [Question(name, pair) for name in ("value", "value_gradient") for pair in logits]


def of_value(i, name):
    """What the gradient check is told about ∂V/∂a_real (i = 0) or ∂V/∂a_fake (1)."""
    def claim(da, *a):
        return lambda each: value(*(each if j == i else a[j] for j in (0, 1))), a[i], da, name, a[i].size
    return claim


def objective_questions():
    """Both objectives for each minibatch of logits; the last one is extreme."""
    rng = np.random.default_rng(4)
    logits = [rng.normal(size=(5, 1)) - 1, rng.normal(size=(4, 1)) + 0.5, LARGE]
    return [Question(name, (a_fake, objective)) for name in ("generator_loss", "generator_gradient")
            for a_fake in logits for objective in OBJECTIVES]


# 5: momentum

def momentum_questions():
    """A little momentum, and much."""
    rng = np.random.default_rng(5)
    return [Question("momentum_step", (*rng.normal(size=(3, 6)), rate, momentum))
            for rate, momentum in ((0.3, 0.6), (0.7, 0.9))]


def momentum_step(theta, grad, velocity, rate, momentum):
    """θ and v after `sgd.ascend`, as new arrays."""
    theta, velocity = theta.copy(), velocity.copy()
    ascend(theta, grad, velocity, rate, momentum)
    return theta, velocity


# 6, 7, 8: the players move

def players(seed):
    """G and D, small and smooth, with something in `grad` that no step may use."""
    rng = np.random.default_rng(seed)
    G, D = MLP([3, 4, 2], hidden="tanh", rng=rng), MLP([2, 5, 1], hidden="tanh", rng=rng)
    for net in (G, D):
        net.theta = rng.normal(size=net.theta.size)
        net.grad = rng.normal(size=net.theta.size)
    return G, D


def discriminator_questions():
    """Two networks, two m, two rates."""
    rng = np.random.default_rng(6)
    return [Question("discriminator_step", (players(seed)[1], *rng.normal(size=(2, m, 2)), rate))
            for seed, m, rate in ((61, 5, 0.7), (62, 4, 1.9))]


def discriminator_step(D, x, x_fake, rate):
    """θ_D after line 5 of the lesson's listing, without momentum."""
    game = SimpleNamespace(D=D, G=SimpleNamespace(forward=lambda z: z))       # its noise is x_fake already
    return D.theta + rate * Listing.gradient_D(game, x, x_fake)["grad"]


def of_D(theta, D, x, x_fake, rate):
    """What the gradient check is told about D's step: (θ after − θ before) / rate is ∂V/∂θ_D."""
    def V(theta):
        net = at(D, theta)
        return value(net(x), net(x_fake))
    return V, D.theta, (theta - D.theta) / rate, "∂V/∂θ_D", len(x)


def generator_questions():
    """Two pairs of players, two m, two rates, both objectives."""
    rng = np.random.default_rng(7)
    return [Question("generator_step", (*players(seed), rng.normal(size=(m, 3)), rate, objective))
            for seed, m, rate, objective in ((71, 5, 0.7, "non-saturating"), (72, 4, 1.9, "minimax"))]


def generator_step(G, D, z, rate, objective):
    """θ_G after line 8 of the lesson's listing, without momentum."""
    game = SimpleNamespace(G=G, D=D, objective=objective)
    return G.theta - rate * Listing.gradient_G(game, z)["grad"]


def of_G(theta, G, D, z, rate, objective):
    """What the gradient check is told about G's step: (θ before − θ after) / rate is ∂L/∂θ_G."""
    def loss(theta):
        return generator_loss(D(at(G, theta)(z)), objective)
    return loss, G.theta, (G.theta - theta) / rate, "∂L/∂θ_G", len(z)


def algorithm_questions():
    """From one iteration with k = 1, where least can go wrong, to three."""
    return [Question("algorithm_1", (*players(seed), data.Ring(), data.Normal(3), iterations, k, m, 0.7, 0.4,
                                     np.random.default_rng(seed)))
            for seed, iterations, k, m in ((81, 1, 1, 5), (82, 1, 3, 4), (83, 3, 2, 5))]


def algorithm_1(G, D, data, noise, iterations, k, m, lr_d, lr_g, rng):
    """θ_G and θ_D after `tinygan.Algorithm1`, without momentum."""
    game = Algorithm1(G, D, data, noise, k=k, m=m, lr_d=lr_d, lr_g=lr_g, momentum=0, rng=rng)
    for _ in range(iterations):
        game.step()
    return G.theta, D.theta


def of_algorithm(names, i, value, right, arguments):
    """What is said of θ after Algorithm 1 where no mistake is known."""
    return (f"{by_entry(names, i, value, right, arguments)}. Is each number drawn from rng, in the order z, x, …, z, "
            f"and does one player move at a time?")


def theta_of(*places):
    """A reader of the parameters of the networks that stand there among the arguments."""
    def read(answer):
        thetas = [part(answer.arguments[place], "theta") for place in places]
        return thetas if len(thetas) > 1 else thetas[0]
    return read


# 9: D* and C(G)

def best_questions():
    """Two Gaussians; then two that are 0 in places, on their own and together. D* is made at each x alone, so it is
    asked for at a few x, too, where the sums differ, and in the tails."""
    x, dx = np.linspace(-4, 5, 101, retstep=True)
    bell = lambda mean, std: np.exp(-((x - mean) / std)**2 / 2)
    normal = lambda mean, std: bell(mean, std) / (bell(mean, std).sum() * dx)
    pairs = [(normal(0, 1), normal(1, 1.5), dx), (normal(0.5, 1.2), normal(0, 0.9), dx),
             (np.array([0.5, 0.5, 0.0, 0.0, 0.0]), np.array([0.0, 0.25, 0.75, 0.0, 0.0]), 1.0)]
    few, tails = [(np.exp(-x**2 / 2), np.exp(-x**2)) for x in (np.array([-1, 0.5, 2]), np.array([5.5, 6.2, 6.4]))]
    return [*[Question("optimal_discriminator", pair) for pair in
              (*(pair[:2] for pair in pairs[:-1]), few, tails, pairs[-1][:2])],
            *[Question("criterion", pair) for pair in pairs]]


# 10: the ring

def ring_questions():
    """Two samples from one seed, which must be equal, and others, one of them large. The last x has no angle: the
    origin."""
    rng = np.random.default_rng(10)
    rho, angle = 1 + 0.4 * rng.random(12), rng.uniform(0, 2 * np.pi, 12)
    x = (rho * [np.cos(angle), np.sin(angle)]).T
    inside = np.array([[0.3, -0.4], [0.9, 0.1], [0.0, 1.2]])
    return [*[Question("ring_sample", (m, np.random.default_rng(seed)))
              for m, seed in ((4000, 101), (4000, 101), (4000, 102), (7, 103), (20000, 104))],
            Question("ring_density", (x,)), Question("ring_density", (inside,)),
            Question("ring_density", (np.array([[0.0, 0.0], [1.1, 0.0], [0.0, 40.0]]),))]


def ring_sample(m, rng):
    """m points of `data.Ring`."""
    return data.Ring.from_noise(rng.standard_normal((m, 2)))


def ring_density(x):
    """p(x) of `data.Ring`."""
    return data.Ring().density(x)


def radius_is_off(radius):
    """Whether its mean or its standard deviation, over m points, is off by more than chance has it: 5 σ/√m."""
    off = np.abs([radius.mean() - data.Ring.radius_mean, radius.std() - data.Ring.radius_std])
    return off.max() > 5 * data.Ring.radius_std / np.sqrt(len(radius))


def same_or_spread(x, right):
    """Whether x is this sample of the ring, or another one as good: its radius is right, and over 64 cells, 8 of the
    radius by 8 of the angle, equally likely each, it is spread as evenly as chance has it (χ² with 63 degrees of
    freedom)."""
    if agree(x, right):
        return True
    if not np.isfinite(x).all() or radius_is_off(np.hypot(*x.T)):
        return False
    radius = -np.expm1(-50 * np.maximum(np.hypot(*x.T) - 1, 0)**2)            # uniform in (0, 1)
    angle = np.arctan2(*x.T) / (2 * np.pi) + 0.5
    count = np.histogram2d(radius, angle, bins=8, range=((0, 1), (0, 1)))[0]
    expected = len(x) / 64
    return count.sum() == len(x) and ((count - expected)**2 / expected).sum() < 63 + 6 * np.sqrt(2 * 63)


def of_sample(names, i, x, right, arguments):
    """What is said of a wrong sample: its radius, or else its directions."""
    radius, wanted = np.hypot(*x.T), (data.Ring.radius_mean, data.Ring.radius_std)
    if radius_is_off(radius):
        return (f"the points' distances from 0 have the mean {radius.mean():.4f} and the standard deviation "
                f"{radius.std():.4f}, but should have {wanted[0]:.4f} and {wanted[1]:.4f}")
    return "the distances from 0 are right on average, but the points are not spread over the ring as they should be"


def repeats(questions, answers):
    """The same rng state gives the same sample, and another one another."""
    first, again, other = (np.asarray(answer.value, float) for answer in answers[:3])
    if not np.array_equal(first, again):
        return ["ring_sample: from the same rng it gave two different samples: draw all numbers from rng, not from "
                "np.random"]
    if np.array_equal(first, other):
        return ["ring_sample: from two different rngs it gave the same sample: draw all numbers from the rng you are "
                "given"]
    return []


ZERO = ("it is wrong only where both are 0, or nearly: D* is p_data / (p_data + p_g) however small they are, with no "
        "ε; only where the sum is 0, and this is 0/0, put 1/2 there")
NO_LOG = ("it is wrong only where one of the two is 0: log 0 is −∞, and 0 · ∞ is nan. There p log D counts 0: sum only "
          "where p > 0")
ORIGIN = "it is wrong at the origin, or far away: p is 0 there, and 0/0 is nan"

EXERCISES = (
    exercise(1, "ex01_linear.py", "The way back through y = x W + b", linear_questions,
             Asked("linear_backward", ("dW", "db", "dx"), linear_backward, mistakes.LINEAR, by_gradcheck(
                 lambda dW, x, W, dy: (lambda W: np.sum(dy * (x @ W)), W, dW, "dW", len(x)),
                 lambda db, x, W, dy: (lambda b: np.sum(dy * b), np.zeros(len(db)), db, "db", len(x)),
                 lambda dx, x, W, dy: (lambda x: np.sum(dy * (x @ W)), x, dx, "dx", len(x))))),
    exercise(2, "ex02_activations.py", "The way back through ReLU and tanh", activation_questions,
             Asked("relu_backward", ("dx",), activation_backward(ReLU), mistakes.RELU, by_gradcheck(of_layer(ReLU))),
             Asked("tanh_backward", ("dx",), activation_backward(Tanh), mistakes.TANH, by_gradcheck(of_layer(Tanh)),
                   edge="it is wrong only where |x| is large (x = ±800), where eˣ overflows: use np.tanh")),
    exercise(3, "ex03_value.py", "V(D, G) and its derivative by the logits", value_questions,
             Asked("value", ("V",), value, mistakes.VALUE, edge=OVERFLOW),
             Asked("value_gradient", ("da_real", "da_fake"), value_gradient, mistakes.VALUE_GRADIENT,
                   by_gradcheck(of_value(0, "da_real"), of_value(1, "da_fake")), edge=OVERFLOW_IN_SIGMA)),
    exercise(4, "ex04_objectives.py", "What G descends: the two objectives", objective_questions,
             Asked("generator_loss", ("loss",), generator_loss, mistakes.LOSS, edge=OVERFLOW, extremes=2),
             Asked("generator_gradient", ("da_fake",), generator_gradient, mistakes.LOSS_GRADIENT, by_gradcheck(
                 lambda da, a, o: (lambda a: generator_loss(a, o), a, da, "da_fake", a.size)),
                   edge=OVERFLOW_IN_SIGMA, extremes=2)),
    exercise(5, "ex05_momentum.py", "A step up the gradient, with momentum", momentum_questions,
             Asked("momentum_step", ("theta", "velocity"), momentum_step, mistakes.MOMENTUM)),
    exercise(6, "ex06_d_step.py", "D's step: line 5", discriminator_questions,
             Asked("discriminator_step", ("D.theta",), discriminator_step, mistakes.D_STEP, by_gradcheck(of_D),
                   read=theta_of(0), writes=("D",)), given=("value_gradient",)),
    exercise(7, "ex07_g_step.py", "G's step, whose gradient comes through D: line 8", generator_questions,
             Asked("generator_step", ("G.theta",), generator_step, mistakes.G_STEP, by_gradcheck(of_G),
                   read=theta_of(0), writes=("G",)), given=("generator_gradient",)),
    exercise(8, "ex08_algorithm_1.py", "Algorithm 1", algorithm_questions,
             Asked("algorithm_1", ("G.theta", "D.theta"), algorithm_1, mistakes.ALGORITHM_1, of_algorithm,
                   read=theta_of(0, 1), writes=("G", "D")), given=("value_gradient", "generator_gradient")),
    exercise(9, "ex09_best_discriminator.py", "The best discriminator D*, and C(G)", best_questions,
             Asked("optimal_discriminator", ("D_star",), optimal_discriminator, mistakes.D_STAR, edge=ZERO,
                   extremes=2),
             Asked("criterion", ("C",), criterion, mistakes.CRITERION, edge=NO_LOG)),
    exercise(10, "ex10_ring.py", "The ring: a sampler and its density", ring_questions,
             Asked("ring_sample", ("x",), ring_sample, mistakes.SAMPLE, of_sample, alike=same_or_spread),
             Asked("ring_density", ("p",), ring_density, mistakes.DENSITY, edge=ORIGIN), also=repeats),
)
