"""Typical mistakes, one table for each function of the exercises: a sentence, and a function that is wrong in that way.

Here: `LINEAR`, `RELU`, `TANH`, `VALUE`, `VALUE_GRADIENT`, `LOSS`, `LOSS_GRADIENT`, `MOMENTUM`, `D_STEP`, `G_STEP`,
`ALGORITHM_1`, `D_STAR`, `CRITERION`, `SAMPLE`, `DENSITY`.

A student whose numbers are those of the function made that mistake. (Where all entries have the wrong sign, or a
1/m is missing, the gradient check says so, and no table needs to.) The functions of D's step and of G's return the
parameters after the step.
"""

import numpy as np

from ..game import generator_gradient, generator_loss, value, value_gradient
from ..layers import sigmoid, softplus

OTHER = {"minimax": "non-saturating", "non-saturating": "minimax"}

# 1, 2: layers

LINEAR = (
    ("W must be transposed: dx = dy Wᵀ", lambda x, W, dy: (None, None, dy @ W)),
    ("reshape only cuts the same row of numbers anew: x.T exchanges rows and columns",
     lambda x, W, dy: (x.reshape(x.shape[::-1]) @ dy, None, dy @ W.reshape(W.shape[::-1]))),
    ("dy is divided by m, but dy = ∂L/∂y holds L's 1/m already: sum over the examples, and no more",
     lambda x, W, dy: (x.T @ dy / len(x), dy.mean(axis=0), dy @ W.T / len(x))),
    ("dy is missing: ∂L/∂W = xᵀ ∂L/∂y",
     lambda x, W, dy: (x.T @ np.ones_like(dy), np.full(W.shape[1], len(x)), np.ones_like(dy) @ W.T)),
    ("only the first example counts: sum over all m of them",
     lambda x, W, dy: (np.outer(x[0], dy[0]), dy[0], None)),
    ("only the last example counts: sum over all m of them",
     lambda x, W, dy: (np.outer(x[-1], dy[-1]), dy[-1], None)),
    ("each unit has its own b: sum over the examples alone, axis=0",
     lambda x, W, dy: (None, np.full(W.shape[1], dy.sum()), None)),
)

RELU = (
    ("it is dy unchanged: the ReLU's own derivative is missing", lambda x, dy: dy),
    ("dy is missing: dx = dy ⊙ ∂y/∂x", lambda x, dy: x > 0),
    ("the mask looks at dy, but whether an entry passes is decided by x", lambda x, dy: np.maximum(dy, 0)),
    ("dy is multiplied by y = max(x, 0): the derivative is 1 there, not x", lambda x, dy: dy * np.maximum(x, 0)),
    ("dy is multiplied by x: the derivative is 1 where x > 0, and 0 elsewhere", lambda x, dy: dy * x),
    ("the mask is the wrong way round: dy passes where x > 0", lambda x, dy: dy * (x < 0)),
    ("where x < 0 the derivative is 0, not −1", lambda x, dy: dy * np.sign(x)),
    ("it is y = max(x, 0), the way forward", lambda x, dy: np.maximum(x, 0)),
    *[("where x < 0 nothing passes: this is a LeakyReLU", lambda x, dy, slope=slope: dy * np.where(x > 0, 1, slope))
      for slope in (0.01, 0.1, 0.2)],
)

TANH = (
    ("it is dy unchanged: tanh's own derivative is missing", lambda x, dy: dy),
    ("dy is missing: dx = dy ⊙ (1 − y²)", lambda x, dy: 1 - np.tanh(x)**2),
    ("x stands where y should: 1 − y², with y = tanh x", lambda x, dy: dy * (1 - x**2)),
    ("the square is missing: 1 − y²", lambda x, dy: dy * (1 - np.tanh(x))),
    ("dy is multiplied by y = tanh x, which is no derivative: 1 − y²", lambda x, dy: dy * np.tanh(x)),
    ("1 + y² should be 1 − y²", lambda x, dy: dy * (1 + np.tanh(x)**2)),
    ("it is a tanh of a tanh: x comes before the layer, y = tanh x, once",
     lambda x, dy: dy * (1 - np.tanh(np.tanh(x))**2)),
    ("σ(x) (1 − σ(x)) is the sigmoid's derivative: tanh's is 1 − y²",
     lambda x, dy: dy * sigmoid(x) * sigmoid(-x)),
    ("y (1 − y) is the sigmoid's rule: tanh's is 1 − y²", lambda x, dy: dy * np.tanh(x) * (1 - np.tanh(x))),
)

# 3, 4: the game

TWICE = "this is a sigmoid of a sigmoid: a is a logit, and D = σ(a), once"
BITS = "it is in bits: the paper's log is the natural one, np.log"

VALUE = (
    ("this is −V, a loss: V itself is what D ascends", lambda a, b: -value(a, b)),
    ("it is the sum over the minibatch: the mean is missing",
     lambda a, b: np.sum(-softplus(-a)) + np.sum(-softplus(b))),
    *[("each of the two means has its own number of examples", lambda a, b, numbers=numbers: sum(
        np.sum(-softplus(c)) / number for c, number in zip((-a, b), numbers(a.size, b.size)))) for numbers in (
            lambda m, n: (m + n, m + n), lambda m, n: (m, m), lambda m, n: (n, n), lambda m, n: (n, m))],
    ("this is the logarithm of a mean: the mean of the logarithms is asked",
     lambda a, b: np.log(np.mean(sigmoid(a))) + np.log(np.mean(sigmoid(-b)))),
    ("it is half of V: the two means are added, not averaged", lambda a, b: value(a, b) / 2),
    ("the second term is log(1 − D(G(z))), not log D(G(z))",
     lambda a, b: np.mean(-softplus(-a)) + np.mean(-softplus(-b))),
    ("the two means are added: + mean log(1 − D(G(z)))", lambda a, b: np.mean(-softplus(-a)) - np.mean(-softplus(b))),
    ("the second mean is missing: + mean log(1 − D(G(z)))", lambda a, b: np.mean(-softplus(-a))),
    ("the first mean is missing: mean log D(x)", lambda a, b: np.mean(-softplus(b))),
    ("real and generated have changed places", lambda a, b: value(b, a)),
    ("the logarithms are missing: this is mean D(x) + mean (1 − D(G(z)))",
     lambda a, b: np.mean(sigmoid(a)) + np.mean(sigmoid(-b))),
    (TWICE, lambda a, b: value(sigmoid(a), sigmoid(b))),
    ("0.5 · (tanh a + 1) is σ(2a), not σ(a)", lambda a, b: value(2 * a, 2 * b)),
    (BITS, lambda a, b: value(a, b) / np.log(2)),
)

BY_D = "this is the derivative by the probability D, not by the logit a: by the chain rule, times dD/da = D (1 − D)"
OF_D = "D (1 − D) is the derivative of D itself: that of the logarithm is asked"

VALUE_GRADIENT = (
    ("1 − D(x) belongs here, not D(x): ∂ log D / ∂a = 1 − D", lambda a, b: (sigmoid(a) / a.size, None)),
    ("D belongs here, not 1 − D: ∂ log(1 − D) / ∂a = −D", lambda a, b: (None, -sigmoid(-b) / b.size)),
    ("this is the derivative of log D(G(z)): the second term is log(1 − D(G(z)))",
     lambda a, b: (None, sigmoid(-b) / b.size)),
    (BY_D, lambda a, b: (1 / sigmoid(a) / a.size, -1 / sigmoid(-b) / b.size)),
    (OF_D, lambda a, b: (sigmoid(a) * sigmoid(-a) / a.size, -sigmoid(b) * sigmoid(-b) / b.size)),
    (TWICE, lambda a, b: value_gradient(sigmoid(a), sigmoid(b))),
    ("the logit a stands where the probability D = σ(a) should", lambda a, b: ((1 - a) / a.size, -b / b.size)),
    ("0.5 · (tanh a + 1) is σ(2a), not σ(a)", lambda a, b: value_gradient(2 * a, 2 * b)),
    ("each mean has its own number of examples", lambda a, b: (sigmoid(-a) / b.size, -sigmoid(b) / a.size)),
    ("divided by the number of all examples: each mean has its own m", lambda a, b: (
        sigmoid(-a) / (a.size + b.size), -sigmoid(b) / (a.size + b.size))),
)

OBJECTIVE = (
    ("the wrong objective: the two have changed places", lambda f: lambda a, o: f(a, OTHER[o])),
    ("the wrong objective: this is the minimax one, whichever is asked", lambda f: lambda a, o: f(a, "minimax")),
    ("the wrong objective: this is the non-saturating one, whichever is asked",
     lambda f: lambda a, o: f(a, "non-saturating")),
    (TWICE, lambda f: lambda a, o: f(sigmoid(a), o)),
    ("the sign of the non-saturating one: it is −log D, with a minus",
     lambda f: lambda a, o: f(a, o) if o == "minimax" else -f(a, o)),
    ("the sign of the minimax one: G descends log(1 − D), without a minus",
     lambda f: lambda a, o: f(a, o) if o == "non-saturating" else -f(a, o)),
)

LOSS = (
    *[(sentence, wrong(generator_loss)) for sentence, wrong in OBJECTIVE],
    ("a sign, in both: G descends mean log(1 − D), and −mean log D", lambda a, o: -generator_loss(a, o)),
    ("it is the sum over the minibatch: the mean is missing", lambda a, o: generator_loss(a, o) * a.size),
    ("this is the logarithm of a mean: the mean of the logarithms is asked", lambda a, o: (
        np.log(np.mean(sigmoid(-a))) if o == "minimax" else -np.log(np.mean(sigmoid(a))))),
    ("the logarithm is missing", lambda a, o: np.mean(sigmoid(-a)) if o == "minimax" else -np.mean(sigmoid(a))),
    (BITS, lambda a, o: generator_loss(a, o) / np.log(2)),
)

LOSS_GRADIENT = (
    *[(sentence, wrong(generator_gradient)) for sentence, wrong in OBJECTIVE],
    (BY_D, lambda a, o: -1 / sigmoid(-a if o == "minimax" else a) / a.size),
    (OF_D, lambda a, o: -sigmoid(a) * sigmoid(-a) / a.size),
    ("the logit a stands where the probability D = σ(a) should",
     lambda a, o: (-a if o == "minimax" else a - 1) / a.size),
    ("the wrong objective: this is the generated half of ∂V/∂a with its sign turned, which G would ascend",
     lambda a, o: sigmoid(a) / a.size),
)


# 5: momentum

def step_by(velocity):
    """A momentum step whose v is `velocity` (θ, ∇, v, η, μ)."""
    def step(theta, grad, v, rate, momentum):
        v = velocity(theta, grad, v, rate, momentum)
        return theta + v, v
    return step


MOMENTUM = (
    ("a step down: v ← μ v + η ∇ goes up the gradient", step_by(lambda t, g, v, rate, mu: mu * v - rate * g)),
    ("a step down: θ ← θ + v goes up the gradient", lambda t, g, v, rate, mu: (t - mu * v - rate * g, None)),
    ("two signs are turned: v ← μ v + η ∇, and θ ← θ + v", lambda t, g, v, rate, mu: (t - (mu * v - rate * g), None)),
    ("(1 − μ) ∇ is a running mean, and goes only 1 − μ times as far: v ← μ v + η ∇",
     step_by(lambda t, g, v, rate, mu: mu * v + (1 - mu) * rate * g)),
    ("(1 − μ) ∇ is a running mean, and goes only 1 − μ times as far: v ← μ v + η ∇",
     lambda t, g, v, rate, mu: (t + rate * (mu * v + (1 - mu) * g), mu * v + (1 - mu) * g)),
    ("η stands in another place, as in some libraries: here v ← μ v + η ∇, and θ ← θ + v",
     lambda t, g, v, rate, mu: (t + rate * (mu * v + g), mu * v + g)),
    ("η counts twice: v holds it already, θ ← θ + v", lambda t, g, v, rate, mu: (t + rate * (mu * v + rate * g), None)),
    ("θ moves by the old v: first the new v, then θ ← θ + v", lambda t, g, v, rate, mu: (t + v, None)),
    ("μ v is missing: there is no momentum in it", step_by(lambda t, g, v, rate, mu: rate * g)),
    ("μ v is missing: there is no momentum in it", lambda t, g, v, rate, mu: (t + rate * g, None)),
    ("it is the old velocity: return the new one", lambda t, g, v, rate, mu: (None, v)),
    ("μ and η have changed places: v ← μ v + η ∇", step_by(lambda t, g, v, rate, mu: rate * v + mu * g)),
    ("μ is missing: v ← μ v + η ∇", step_by(lambda t, g, v, rate, mu: v + rate * g)),
    ("η is missing: v ← μ v + η ∇", step_by(lambda t, g, v, rate, mu: mu * v + g)),
    ("this is Nesterov's form, which looks ahead: here θ ← θ + v, no more",
     lambda t, g, v, rate, mu: (t + mu * (mu * v + rate * g) + rate * g, None)),
    ("it is θ unchanged: θ ← θ + v is missing", lambda t, g, v, rate, mu: (t, None)),
    ("it is the step alone: θ ← θ + v", lambda t, g, v, rate, mu: (mu * v + rate * g, None)),
)


# 6: D's step

def gradient_D(D, x, x_fake, way=value_gradient):
    """∂V/∂θ_D, with another derivative by the logits."""
    a = D.forward(np.concatenate([x, x_fake]))
    D.backward(np.concatenate(way(a[:len(x)], a[len(x):])))
    return D.grad


def one_half(real, generated):
    """The two derivatives by the logits, each times a number."""
    return lambda a, b: (real * value_gradient(a, b)[0], generated * value_gradient(a, b)[1])


def latest_forward(D, x, x_fake, rate):
    """Both passes forward, then both back: the second pair is right, the first is not."""
    a_real, a_fake = D.forward(x), D.forward(x_fake)
    da_real, da_fake = value_gradient(a_real, a_fake)
    D.backward(da_real)
    first = D.grad.copy()
    D.backward(da_fake)
    return D.theta + rate * (first + D.grad)


def two_steps(first, second):
    """D moves by one part of the gradient, and then, from there, by another one. Each: (of real, of generated)."""
    def step(D, x, x_fake, rate):
        D.theta += rate * gradient_D(D, x, x_fake, one_half(*first))
        return D.theta + rate * gradient_D(D, x, x_fake, one_half(*second))
    return step


D_STEP = (
    ("D went down the gradient: line 5 ascends, D.theta += rate * D.grad",
     lambda D, x, x_fake, rate: D.theta - rate * gradient_D(D, x, x_fake)),
    ("D.theta did not change: D.backward only fills D.grad, and D.theta += rate * D.grad takes the step",
     lambda D, x, x_fake, rate: D.theta),
    ("only the real examples count: their half of V was used alone",
     lambda D, x, x_fake, rate: D.theta + rate * gradient_D(D, x, x_fake, one_half(1, 0))),
    ("only the generated examples count: the second backward wrote over the D.grad of the first. "
     "Put both through D as one batch",
     lambda D, x, x_fake, rate: D.theta + rate * gradient_D(D, x, x_fake, one_half(0, 1))),
    ("the generated examples count twice, the real ones not at all: D.grad is one array, and the second backward "
     "writes over it. Put both through D as one batch",
     lambda D, x, x_fake, rate: D.theta + 2 * rate * gradient_D(D, x, x_fake, one_half(0, 1))),
    ("backward goes with the latest forward, and that was D.forward(x_fake) both times. "
     "Put both through D as one batch", latest_forward),
    ("D moved twice, for x and then for x_fake: both gradients belong to the same θ, and then comes one step",
     two_steps((1, 0), (0, 1))),
    ("D moved twice, for x_fake and then for x: both gradients belong to the same θ, and then comes one step",
     two_steps((0, 1), (1, 0))),
    ("D moved twice: one backward, and then one step, D.theta += rate * D.grad", two_steps((1, 1), (1, 1))),
    ("D moved twice, by half a step each time: the second gradient belongs to another θ. One step",
     two_steps((0.5, 0.5), (0.5, 0.5))),
    ("x and x_fake have changed places",
     lambda D, x, x_fake, rate: D.theta + rate * gradient_D(D, x_fake, x)),
    ("the learning rate is missing", lambda D, x, x_fake, rate: D.theta + gradient_D(D, x, x_fake)),
    ("D.theta was replaced by the step: add it, D.theta += rate * D.grad",
     lambda D, x, x_fake, rate: rate * gradient_D(D, x, x_fake)),
    ("value_gradient was given probabilities, so this is a sigmoid of a sigmoid: it takes D's logits as they are",
     lambda D, x, x_fake, rate: D.theta + rate * gradient_D(
         D, x, x_fake, lambda a, b: value_gradient(sigmoid(a), sigmoid(b)))),
    ("D.backward was given ones: it wants ∂V/∂a, from value_gradient",
     lambda D, x, x_fake, rate: D.theta + rate * gradient_D(D, x, x_fake, lambda a, b: (
         np.ones_like(a), np.ones_like(b)))),
    ("both halves have the same sign: value_gradient holds the minus of the second already",
     lambda D, x, x_fake, rate: D.theta + rate * gradient_D(D, x, x_fake, one_half(1, -1))),
)


# 7: G's step

def gradient_G(G, D, z, objective, way=generator_gradient):
    """∂L/∂θ_G, with another derivative by the logits."""
    a_fake = D.forward(G.forward(z))
    G.backward(D.backward(way(a_fake, objective), weights=False))
    return G.grad


def without_D(G, D, z, rate, objective):
    """G's step as if what it makes were D's logits."""
    G.backward(generator_gradient(G.forward(z), objective))
    return G.theta - rate * G.grad


def left_over(share):
    """G's step with what stood in G.grad before, and this share of the gradient."""
    return lambda G, D, z, rate, o: G.theta - rate * (G.grad.copy() + share * gradient_G(G, D, z, o))


def step_G(objective=lambda o: o, way=generator_gradient, sign=-1):
    """G's step with another objective, derivative or sign."""
    return lambda G, D, z, rate, o: G.theta + sign * rate * gradient_G(G, D, z, objective(o), way)


G_STEP = (
    ("G went up the gradient: line 8 descends, G.theta -= rate * G.grad", step_G(sign=1)),
    ("G.theta did not change: G.backward only fills G.grad, and G.theta -= rate * G.grad takes the step",
     lambda G, D, z, rate, o: G.theta),
    ("the wrong objective: the two have changed places", step_G(OTHER.get)),
    ("the wrong objective: this is the minimax one, whichever is asked", step_G(lambda o: "minimax")),
    ("the wrong objective: this is the non-saturating one, whichever is asked", step_G(lambda o: "non-saturating")),
    ("the gradient went through D(x) as a probability: the factor D (1 − D) is too much, for a is D's output",
     step_G(way=lambda a, o: generator_gradient(a, o) * sigmoid(a) * sigmoid(-a))),
    ("D.backward was given ones: it wants ∂L/∂a, from generator_gradient", step_G(way=lambda a, o: np.ones_like(a))),
    ("generator_gradient was given probabilities, so this is a sigmoid of a sigmoid: it takes D's logits as they are",
     step_G(way=lambda a, o: generator_gradient(sigmoid(a), o))),
    ("D is skipped: the gradient comes through D, x_fake → D.forward → a_fake, and back by D.backward", without_D),
    ("what stood in G.grad before is added: G.backward writes over it, and this step uses its own gradient alone",
     left_over(1)),
    ("this is what stood in G.grad before: first G.backward, then the step", left_over(0)),
    ("the learning rate is missing", lambda G, D, z, rate, o: G.theta - gradient_G(G, D, z, o)),
    ("G.theta was replaced by the step: subtract it, G.theta -= rate * G.grad",
     lambda G, D, z, rate, o: rate * gradient_G(G, D, z, o)),
    ("D.backward was given D's logits: it wants ∂L/∂a, from generator_gradient", step_G(way=lambda a, o: a)),
)


# 8: Algorithm 1

def played(slip, G, D, data, noise, iterations, k, m, lr_d, lr_g, rng):
    """θ_G and θ_D after Algorithm 1 with one of the slips below; "" for none."""
    if slip == "rates":
        lr_d, lr_g = lr_g, lr_d
    if slip == "loops":
        iterations, k = k, iterations
    objective = "minimax" if slip == "minimax" else "non-saturating"
    z = noise.sample(m, rng) if slip == "one z" else None
    for _ in range(1 if slip == "one iteration" else iterations + (slip == "one more") - (slip == "one less")):
        if slip == "G first":
            G.theta -= lr_g * gradient_G(G, D, noise.sample(m, rng), objective)
        for j in range(1 if slip == "k = 1" else k + (slip == "k + 1") - (slip == "k - 1")):
            if slip == "x first":
                x, z = data.sample(m, rng), noise.sample(m, rng)
            elif slip != "drawn once" or j == 0:
                z, x = z if slip == "one z" else noise.sample(m, rng), data.sample(m, rng)
            before = D.theta.copy()
            D.theta += lr_d * gradient_D(D, x, G(z)) * (-1 if slip == "D down" else 1)
            if slip == "G inside" and j < k - 1:
                G.theta -= lr_g * gradient_G(G, D, noise.sample(m, rng), objective)
        if slip == "G first":
            continue
        after = D.theta.copy()
        if slip == "simultaneous":
            D.theta = before
        if slip not in ("old z", "one z", "simultaneous"):
            z = noise.sample(m, rng)
        grad = gradient_G(G, D, z, objective)
        if slip in ("D falls", "D moves again"):                # by what line 8 left in D.grad
            D.backward(generator_gradient(D.forward(G(z)), objective))
            after += lr_d * D.grad * (-1 if slip == "D falls" else 1)
        G.theta += lr_g * grad * (1 if slip == "G up" else -1)
        D.theta = after
    return G.theta, D.theta


ALGORITHM_1 = tuple((sentence, lambda *arguments, slip=slip: played(slip, *arguments)) for slip, sentence in {
    "k = 1": "D moved once in each iteration: line 2 says k times",
    "k + 1": "D moved k + 1 times in each iteration: line 2 says k times",
    "k - 1": "D moved k − 1 times in each iteration: range(1, k) counts k − 1, and line 2 says k times",
    "loops": "the two loops are exchanged: line 2, k times, stands inside of line 1",
    "G first": "G moved first: D's k steps come first, and then line 8",
    "x first": "x was drawn before z: line 3 draws z, and then line 4 draws x",
    "old z": "the z of line 7 is that of line 3: line 7 draws anew",
    "one z": "z was drawn only once: lines 3 and 7 draw it anew each time",
    "drawn once": "z and x were drawn once for all k steps of D: lines 3 and 4 stand inside of line 2",
    "G inside": "G moved with each step of D: line 8 stands after the k steps",
    "simultaneous": "G answers a D from before its last step, and with the z of line 3: line 5 moves D at once, "
                    "and line 7 draws z anew",
    "minimax": "the wrong objective: here G descends the non-saturating one, −mean log D(G(z))",
    "D down": "D went down its gradient: line 5 ascends",
    "G up": "G went up its gradient: line 8 descends",
    "rates": "lr_d and lr_g have changed places",
    "D falls": "D moved in line 8, too: there only G does",
    "D moves again": "D moved in line 8, too, by the gradient left over from G's step: there only G moves",
    "one iteration": "there was one iteration only: line 1 repeats all",
    "one less": "there was one iteration too few: range(1, n) counts n − 1",
    "one more": "there was one iteration too many",
}.items())

# 9: D* and C(G)

D_STAR = (
    ("p_g is on top: D* is the share of p_data", lambda p, q: q / (p + q)),
    ("this is the ratio p_data / p_g: D* is the share of p_data in both, p_data / (p_data + p_g)", lambda p, q: p / q),
    ("this is the logit of D*: D* itself is p_data / (p_data + p_g)", lambda p, q: np.log(p / q)),
    ("the sum below is taken over all x: D* is made at each x alone", lambda p, q: p / (p + q).sum()),
    ("this is twice D*: below stands the sum of the two, not their mean", lambda p, q: 2 * p / (p + q)),
    ("this is 1/2 everywhere: D* is that only where p_g = p_data", lambda p, q: np.full_like(p, 0.5)),
    ("this is a hard decision, 0 or 1: D* is a probability", lambda p, q: (p > q) * 1.0),
    ("this is p_data itself: divide by p_data + p_g", lambda p, q: p),
    ("where only one of the two is 0, D* is 1 or 0: put 1/2 only where both are 0",
     lambda p, q: np.where((p > 0) & (q > 0), p / (p + q), 0.5)),
    ("each density is divided by its own sum: p_data and p_g are densities already",
     lambda p, q: p / p.sum() / (p / p.sum() + q / q.sum())),
    ("squares: D* is p_data / (p_data + p_g)", lambda p, q: p**2 / (p**2 + q**2)),
)


def nats(weight, p):
    """weight · log p, and 0 where the weight is 0."""
    return weight * np.log(np.where(weight > 0, p, 1))


def C(p, q):
    """C(G) for dx = 1."""
    return nats(p, p / (p + q)).sum() + nats(q, q / (p + q)).sum()


def trapezoidal(p, q, dx):
    """C(G) with half of the first term and of the last one."""
    return (C(p, q) - (C(p[:1], q[:1]) + C(p[-1:], q[-1:])) / 2) * dx


CRITERION = (
    ("this is the trapezoidal rule: here the integral is a sum times dx", trapezoidal),
    ("dx is missing: an integral is a sum times the spacing dx", lambda p, q, dx: C(p, q)),
    ("the mean is taken, not the integral: a sum times dx", lambda p, q, dx: C(p, q) / len(p)),
    ("the mean is taken, not the integral: a sum times dx", lambda p, q, dx: C(p, q) / len(p) * dx),
    ("this is −C(G): no minus", lambda p, q, dx: -C(p, q) * dx),
    ("this is 2 JSD: −log 4 is missing", lambda p, q, dx: C(p, q) * dx + np.log(4)),
    ("this is the JSD alone: C(G) = −log 4 + 2 JSD", lambda p, q, dx: (C(p, q) * dx + np.log(4)) / 2),
    ("only one JSD: C(G) = −log 4 + 2 JSD", lambda p, q, dx: (C(p, q) * dx - np.log(4)) / 2),
    ("log 4 is added: C(G) = −log 4 + 2 JSD", lambda p, q, dx: C(p, q) * dx + 2 * np.log(4)),
    ("D* has p_g on top", lambda p, q, dx: (nats(p, q / (p + q)) + nats(q, p / (p + q))).sum() * dx),
    ("the second mean is missing: + ∫ p_g log(1 − D*) dx", lambda p, q, dx: nats(p, p / (p + q)).sum() * dx),
    ("the first mean is missing: ∫ p_data log D* dx", lambda p, q, dx: nats(q, q / (p + q)).sum() * dx),
    ("the second mean is over p_g, not over p_data",
     lambda p, q, dx: (nats(p, p / (p + q)) + nats(p, q / (p + q))).sum() * dx),
    ("the second term is log(1 − D*), not log D*",
     lambda p, q, dx: (nats(p, p / (p + q)) + nats(q, p / (p + q))).sum() * dx),
    ("−log 4 is V at D = 1/2: put D* in", lambda p, q, dx: -np.log(4)),
    ("this is KL(p_data ‖ p_g): C(G) is −log 4 + 2 JSD", lambda p, q, dx: nats(p, p / q).sum() * dx),
    (BITS, lambda p, q, dx: C(p, q) * dx / np.log(2)),
)

# 10: the ring

SAMPLE = (
    ("z/10 is missing: all points lie at distance 1", lambda m, rng: to_the_circle(rng.standard_normal((m, 2)))),
    ("z/‖z‖ is missing: this is only z/10", lambda m, rng: rng.standard_normal((m, 2)) / 10),
    ("‖z‖ is taken over the whole minibatch: each row of z has its own, axis=1, keepdims=True",
     lambda m, rng: (lambda z: z / 10 + z / np.linalg.norm(z))(rng.standard_normal((m, 2)))),
    ("‖z‖ is taken over the columns: each row of z has its own, axis=1, keepdims=True",
     lambda m, rng: (lambda z: z / 10 + z / np.linalg.norm(z, axis=0))(rng.standard_normal((m, 2)))),
    ("‖z‖ is the root of the sum of the squares: the root is missing",
     lambda m, rng: (lambda z: z / 10 + z / (z**2).sum(axis=1, keepdims=True))(rng.standard_normal((m, 2)))),
    ("‖z‖ is the root of the sum of the squares, not the sum of the absolute values",
     lambda m, rng: (lambda z: z / 10 + z / np.abs(z).sum(axis=1, keepdims=True))(rng.standard_normal((m, 2)))),
    ("z and not z/10 is added", lambda m, rng: (lambda z: z + to_the_circle(z))(rng.standard_normal((m, 2)))),
    ("z/10 is subtracted, not added",
     lambda m, rng: (lambda z: to_the_circle(z) - z / 10)(rng.standard_normal((m, 2)))),
    ("z must be normal: this z is uniform in (0, 1)",
     lambda m, rng: (lambda z: z / 10 + to_the_circle(z))(rng.random((m, 2)))),
    ("z must be normal: this z is uniform in (−1, 1)",
     lambda m, rng: (lambda z: z / 10 + to_the_circle(z))(rng.uniform(-1, 1, (m, 2)))),
    ("both terms need the same z: it was drawn twice",
     lambda m, rng: rng.standard_normal((m, 2)) / 10 + to_the_circle(rng.standard_normal((m, 2)))),
    ("both terms need the same z: it was drawn twice",
     lambda m, rng: to_the_circle(rng.standard_normal((m, 2))) + rng.standard_normal((m, 2)) / 10),
)


def to_the_circle(z):
    """z/‖z‖ for each row."""
    return z / np.linalg.norm(z, axis=1, keepdims=True)


def density(x, factor=10, inner=lambda r: r, below=lambda rho: 2 * np.pi * rho, inside=0.0, half=2):
    """p(x) of the ring with one part replaced."""
    rho = np.hypot(*x.T)
    r = 10 * (rho - 1)
    p = factor * inner(r) * np.exp(-r**2 / half) / below(rho)
    return np.where(rho > 1, p, p if inside is None else inside)


DENSITY = (
    ("the 1/ρ of the change of variables is missing: a circle of radius ρ is 2πρ long",
     lambda x: density(x, below=lambda rho: 2 * np.pi)),
    ("the 1/(2π) is missing: the directions share the circle, and it is 2πρ long",
     lambda x: density(x, below=lambda rho: rho)),
    ("the 1/(2πρ) is missing: this is the density of the radius, per unit of length; p(x) is per unit of area",
     lambda x: density(x, below=lambda rho: 1)),
    ("the factor 10 = dr/dρ of the change of variables is missing", lambda x: density(x, factor=1)),
    ("dr/dρ = 10 is upside down: it multiplies", lambda x: density(x, factor=0.1)),
    ("the r before e^(−r²/2) is missing: ‖z‖ of a normal z in the plane has the density r e^(−r²/2)",
     lambda x: density(x, inner=lambda r: 1)),
    ("it must be 0 where ρ < 1: no point of the ring lies there", lambda x: density(x, inside=None)),
    ("it must be 0 where ρ < 1: no point of the ring lies there",
     lambda x: density(x, inside=None, below=lambda rho: 2 * np.pi * np.maximum(rho, 1))),
    ("the exponent is −r²/2: the 2 is missing", lambda x: density(x, half=1)),
    ("z/‖z‖ has length 1 and r = 10 (ρ − 1): this is the density of z itself",
     lambda x: np.exp(-(x**2).sum(axis=1) / 2) / (2 * np.pi)),
    ("it divides by 2πr: the point lies on a circle of radius ρ, not r",
     lambda x: density(x, inner=lambda r: 1, below=lambda rho: 2 * np.pi)),
)
