"""Supports and dimension: where p_g has no density, D can be perfect, and C(G) says nothing about how near G is.

Here: `parallel_lines`, two lines in the plane at a distance θ, sharp or blurred; `curve_in_the_plane`, a trained G
whose noise has one dimension less than its data.

Section 4 of the paper compares densities. But G(z) fills no more dimensions than z has: of a noise z on the line a
smooth G makes a curve, and a curve in the plane has no area. N(0, I) puts the probability 0 on it. So D = 0 on the
curve and 1 beside it is never wrong: V(G, D) = 0, the largest V there is, and JSD(p_data ‖ p_g) = log 2, whichever
curve G makes. In G's parameters C is flat, and no slope leads home.

Two parallel lines show it in numbers. x₁ has one distribution on both; p_data has x₂ = 0, p_g has x₂ = θ. So
C = −log 4 at θ = 0, and 0 everywhere else. Blurred with normal noise of standard deviation σ they are N(0, σ²) and
N(θ, σ²) in x₂, both have densities, and

    log D*/(1 − D*) = log p_data/p_g = (θ/σ²) (θ/2 − x₂)

is a straight line. G moves all of its examples by moving θ, and has by each objective the slope

    log(1 − D)    (θ/σ²) E_g[D*]        which is dC/dθ, too, and 0 as σ → 0: it saturates
    −log D        (θ/σ²) E_g[1 − D*]    which grows like θ/σ², without bound.

Right under p_g, at x₂ = θ, the logit is −θ²/2σ². The mean of D* over all of p_g is larger, about e^(−θ²/8σ²): the few
examples that blur has thrown halfway to the data make nearly all of it. (Arjovsky and Bottou 2017.)
"""

import math
from typing import NamedTuple

import numpy as np

from .. import _check
from ..data import Normal
from ..layers import sigmoid, softplus
from ..mlp import MLP
from ..training import Algorithm1
from .probability import js

FAR = 100                               # from θ = 100 σ on, e^(−θ²/8σ²) is less than the smallest float
REACH = 5                               # cells fill the square of x from −5 to 5


class Lines(NamedTuple):
    """C(G) in nats, the mean of D* over p_g, and the slope by θ, in nats per unit of θ, of each objective."""

    C: float
    D_fake: float
    minimax: float
    non_saturating: float


def parallel_lines(theta, sigma=0.0):
    """C(G) = −log 4 + 2 JSD(N(0, σ²) ‖ N(θ, σ²)), and what slope it leaves for G: a `Lines`.

    theta : θ, the distance of the lines, from 0 to 1e6. sigma : σ, by which both are blurred, from 1e-6 to 1e6; or 0,
    not at all: that is the limit of small σ.
    Raises ValueError for others.

    >>> parallel_lines(0.001).C, round(parallel_lines(0.001, sigma=1).C, 4)
    (0.0, -1.3863)
    """
    theta = _check.number("theta", theta, "a number from 0 to 1e6", lambda v: 0 <= v <= 1e6)
    sigma = _check.number("sigma", sigma, "0 or a number from 1e-6 to 1e6", lambda v: v == 0 or 1e-6 <= v <= 1e6)
    if theta == 0:
        return Lines(-math.log(4), 0.5, 0.0, 0.0)
    if sigma == 0:
        return Lines(0.0, 0.0, 0.0, math.inf)
    far = min(theta / sigma, FAR)
    t, dt = np.linspace(-far - 10, 10, 20_001, retstep=True)              # t = (x₂ − θ)/σ, normal over p_g
    p_g = np.exp(-t**2 / 2) / math.sqrt(2 * math.pi)
    # a*(x₂) = (θ/σ²) (θ/2 − x₂)
    a = -far * (far / 2 + t)
    # C = E_data log D* + E_g log(1 − D*), and by symmetry both are the same
    C = 2 * float(np.sum(p_g * -softplus(a)) * dt)
    D_fake, push = float(np.sum(p_g * sigmoid(a)) * dt), theta / sigma**2
    return Lines(C, D_fake, push * D_fake, push * (1 - D_fake))


class Curve(NamedTuple):
    """In 2, 4, 8, … `cells` along each side, (n,), the JSD in nats between real examples and those of a G with
    noise of `one` dimension, of `two`, and other real ones, the `floor`. G is the first of these networks."""

    cells: np.ndarray
    one: np.ndarray
    two: np.ndarray
    floor: np.ndarray
    G: MLP


def curve_in_the_plane(halvings=10, n=1_000_000, iterations=1500, seed=0):
    """How far from N(0, I) in the plane is G(z), seen in ever smaller cells?

    Two generators [d, 16, 2], with noise of d = 1 and d = 2 dimensions, are trained by Algorithm 1. Then n examples
    are counted in 2 × 2, 4 × 4, … cells of the square from −5 to 5; what lies outside counts where it is nearest.
    V can't be larger than −log 4 + 2 JSD for a D that sees no more than the cell: for ever smaller cells that is C(G).
    halvings : how often the square is halved along both sides, from 1 to 12. n : examples. iterations : of training.
    Returns a `Curve`. Where cells are so small that few hold more than one example, the floor rises to log 2, too.

    >>> curve = curve_in_the_plane(halvings=5, n=20_000, iterations=100)
    >>> bool(curve.one[-1] > 4 * curve.floor[-1])
    True
    """
    halvings, n = _check.integer("halvings", halvings, least=1, most=12), _check.integer("n", n, least=1, most=10**7)
    iterations = _check.integer("iterations", iterations, least=1)
    rng = np.random.default_rng(_check.integer("seed", seed, least=0))
    games = [_trained(d, iterations, rng) for d in (1, 2)]
    real = _counts(Normal(2).sample(n, rng), halvings)
    samples = [game.G(game.noise.sample(n, rng)) for game in games] + [Normal(2).sample(n, rng)]
    return Curve(2 ** np.arange(1, halvings + 1), *(_jsd(_counts(x, halvings), real) for x in samples), games[0].G)


def _trained(d, iterations, rng):
    """A game for N(0, I) in the plane with noise of d dimensions, played to its end."""
    G = MLP([d, 16, 2], hidden="tanh", bias_spread=1, rng=rng)
    D = MLP([2, 32, 32, 1], hidden="leaky_relu", bias_spread=1, rng=rng)
    game = Algorithm1(G, D, Normal(2), Normal(d), m=128, schedule="linear", iterations=iterations, rng=rng)
    game.train(iterations, every=iterations)
    return game


def _counts(x, halvings):
    """How many rows of x, (n, 2), lie in each of 2^halvings × 2^halvings cells."""
    return np.histogram2d(*np.clip(x, -REACH, REACH).T, bins=2**halvings, range=[(-REACH, REACH)] * 2)[0]


def _jsd(p, q):
    """JSD in nats of two tables of counts, in cells of twice the side at each turn: the coarsest first."""
    jsd = []
    while len(p) > 1:
        jsd.append(js(p / p.sum(), q / q.sum()))
        # four cells become one
        p, q = (each.reshape(len(p) // 2, 2, -1, 2).sum(axis=(1, 3)) for each in (p, q))
    return np.array(jsd[::-1])
