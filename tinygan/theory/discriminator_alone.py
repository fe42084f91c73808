"""D alone: what a network D learns while G rests, and what is left of G's gradient meanwhile.

Here: `train_discriminator` [Prop. 1], `discriminator_ahead` [end of section 3]; and `train_D`, by which both go.
"""

from typing import NamedTuple

import numpy as np

from .. import _check
from ..data import Gaussian, Normal, Ring, Standardised
from ..game import OBJECTIVES
from ..layers import sigmoid
from ..mlp import MLP
from ..sgd import straight_line
from ..training import Algorithm1
from .change_of_variables import pushforward
from .best_discriminator import optimal_discriminator


def train_D(game, steps=1):
    """Line 5 of Algorithm 1 alone, `steps` times, each on a new minibatch: D moves, and G rests.

    game : a `tinygan.Algorithm1`, whose D is changed. steps : how many.

    >>> from tinygan.recipes import start
    >>> game = start("gaussian").game
    >>> before = game.D.theta.copy(), game.G.theta.copy()
    >>> train_D(game, steps=2)
    >>> bool((game.D.theta != before[0]).any()), bool((game.G.theta == before[1]).all())
    (True, True)
    """
    for _ in range(_check.integer("steps", steps, least=0)):
        game.gradient_D(game.sample(game.data), game.sample(game.noise))
        game.update_D()


class Trained(NamedTuple):
    """p_data, p_g and D* at the points x, (n,); and the probability D there after each number of steps,
    {step: (n,)}."""

    x: np.ndarray
    p_data: np.ndarray
    p_g: np.ndarray
    D_star: np.ndarray
    D: dict


def train_discriminator(steps=(0, 30, 100, 300, 3000), seed=0):
    """D against a G that rests: line 5 of Algorithm 1 alone. D comes near to D*. [Prop. 1]

    p_data = N(0, 1). G(z) = 1 + 0.6 z is a linear network, so p_g = N(1, 0.6²).
    Returns a `Trained`: `x`, 601 points from −3 to 3; `p_data`, `p_g` and `D_star` there, (601,); and `D`, the
    probability there after each of `steps`, {step: (601,)}.

    >>> seen = train_discriminator(steps=(0, 30))
    >>> bool(np.abs(seen.D[30] - seen.D_star).mean() < np.abs(seen.D[0] - seen.D_star).mean())
    True
    """
    rng = np.random.default_rng(_check.integer("seed", seed, least=0))
    steps = _check.integers("steps", steps, "[0, 30, 100]", least=0)
    if not steps:
        raise ValueError("steps must have at least one number, not none")
    G = MLP([1, 1], rng=rng)
    G.theta = [0.6, 1.0]
    D = MLP([1, 32, 32, 1], hidden="tanh", bias_spread=1, rng=rng)
    game = Algorithm1(G, D, Gaussian(0, 1), Normal(1), m=256, rng=rng)
    x = np.linspace(-3, 3, 601)
    p_data, p_g = game.data.density(x[:, None]), pushforward(G, game.noise, x)
    seen = {}
    for step in range(max(steps) + 1):
        if step in steps:
            seen[step] = sigmoid(D(x[:, None]))[:, 0]
        game.lr_d = straight_line(0.3, 0.0, step, max(steps) + 1)
        train_D(game)
    return Trained(x, p_data, p_g, optimal_discriminator(p_data, p_g), seen)


class Ahead(NamedTuple):
    """After each number of steps of D alone: mean D(G(z)), and for each objective the norm of
    ∂L/∂θ_G, {objective: (n,)}."""

    steps: np.ndarray
    D_fake: np.ndarray
    norm: dict


def discriminator_ahead(last=2000, seed=0):
    """How much gradient reaches G under both objectives, while D is trained and G rests. [section 3]

    Two networks of the `ring` recipe's widths, on its data, in float64 with Algorithm 1's default
    rate and momentum and no cap on D's weights; G starts as a small blob inside the ring. On 1000
    noise vectors ‖∂L/∂θ_G‖ is taken with both objectives, at up to 25 numbers of steps from 10 to
    `last`; G never moves.
    Returns an `Ahead`: `steps`, (n,); `D_fake`, mean D(G(z)) after each, (n,); and `norm`, {objective: (n,)}.

    >>> norm = discriminator_ahead(last=20).norm
    >>> bool(norm["minimax"][-1] < norm["non-saturating"][-1])
    True
    """
    rng = np.random.default_rng(_check.integer("seed", seed, least=0))
    last = _check.integer("last", last, least=10)
    G = MLP([2, 64, 64, 2], hidden="relu", bias_spread=1, last_scale=0.1, rng=rng)
    D = MLP([2, 64, 64, 1], hidden="leaky_relu", bias_spread=2, rng=rng)
    game = Algorithm1(G, D, Standardised(Ring(), mean=0, std=0.5), Normal(2), m=128, rng=rng)
    z = game.noise.sample(1000, rng)
    steps = np.unique(np.geomspace(10, last, 25).astype(int))
    D_fake, norms = [], {name: [] for name in OBJECTIVES}
    for step in range(1, last + 1):
        train_D(game)
        if step in steps:
            for game.objective in OBJECTIVES:
                a_fake = game.gradient_G(z)["a_fake"]
                norms[game.objective].append(np.linalg.norm(G.grad))
            D_fake.append(sigmoid(a_fake).mean())
    return Ahead(steps, np.array(D_fake), {name: np.array(norm) for name, norm in norms.items()})
