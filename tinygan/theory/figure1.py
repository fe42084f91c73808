"""Figure 1 of the paper, live: a generator from one number to one number, trained by Algorithm 1.

Here: `play`, which trains and shows a `Frame` now and then, with `measures` of how near it is to
the solution; `moments`, the four of the paper's figure; and `build`, the game itself.

    (a)  early in Algorithm 1's inner loop, k = 1000: D is partly right, p_g not far from p_data
    (b)  at the end of that loop, all of it with G at rest: D has come near to D*
    (c)  ten updates of G later, k = 5 for each: p_g has moved to where D says "real"
    (d)  in the end, k = 1: p_g ≈ p_data, and D ≈ 1/2 wherever there are data

Both densities are exact: p_data is a formula, and p_g comes from G by change of variables. The
noise is normal, where the paper's figure has uniform noise: from that, G would have to be
infinitely steep at both ends to make the tails of p_data.
"""

import math
from statistics import NormalDist
from typing import NamedTuple

import numpy as np

from .. import _check
from ..data import GaussianMixture, Normal
from ..layers import sigmoid, softplus
from ..mlp import MLP
from ..training import Algorithm1
from .change_of_variables import pushforward
from .best_discriminator import optimal_discriminator

P_DATA = GaussianMixture([[-0.7], [0.2], [1.4]], std=0.55, weights=[0.5, 0.3, 0.2])    # one hump, not symmetric
X = np.linspace(-4, 5, 901)
DX = X[1] - X[0]


def equally_likely(n):
    """n values of z ~ N(0, 1), each in the middle of the 1/n of the probability that it stands for: (n, 1), rising."""
    return np.array([[NormalDist().inv_cdf((i + 0.5) / n)] for i in range(n)])


Z = equally_likely(15)
ITERATIONS = 4000
K_FIRST, STEP_A = 1000, 8                                       # the first iteration's k; (a) within it
UNTIL_C, K_UNTIL_C = 11, 5


class Frame(NamedTuple):
    """One look at the game. `letter` is "a" … "d" at the four moments, and "" between them;
    `doing` says what is going on. p_data, p_g, D and D_star (probabilities) are their values at X, (901,), and
    G_z is where G takes the 15 equally likely noise values Z, (15,). `measures` is as below.

    >>> look(build()).p_g.shape
    (901,)
    """

    letter: str
    doing: str
    iteration: int
    p_data: np.ndarray
    p_g: np.ndarray
    D: np.ndarray
    D_star: np.ndarray
    G_z: np.ndarray
    measures: dict


def build(seed=0):
    """The game, an `Algorithm1`: z ~ N(0, 1) → x. G starts near the line 0.8 + 0.7 z, so that p_g is too far to
    the right and too narrow.

    >>> build().G([[0.0]]).round(1).tolist()
    [[0.8]]
    """
    rng = np.random.default_rng(_check.integer("seed", seed, least=0))
    G = MLP([1, 32, 1], hidden="tanh", bias_spread=1, rng=rng)
    G.forward(Z)
    G.linears[-1].W[...] = np.linalg.lstsq(G.linears[-1].x, 0.7 * Z, rcond=0.03)[0]
    G.linears[-1].b[...] = 0.8
    D = MLP([1, 32, 32, 1], hidden="leaky_relu", bias_spread=1, rng=rng)
    return Algorithm1(G, D, P_DATA, Normal(1), m=128, lr_d=0.2, lr_g=0.02, momentum=0.5,
                      schedule="linear", iterations=ITERATIONS, rng=rng)


def play(seed=0, frames=30):
    """Train, and pause for a `Frame` at each of the four moments [Fig. 1], and up to `frames` times on
    the way to each: often at first, then ever more rarely.

    >>> next(play(frames=1)).doing
    'only D moves: step 8 of k = 1000'
    """
    game, frames = build(seed), _check.integer("frames", frames, least=1, most=10_000)
    yield from _first_iteration(game, frames)
    game.k = K_UNTIL_C
    yield from _train(game, UNTIL_C, "c", frames)
    game.k = 1
    yield from _train(game, ITERATIONS, "d", frames)


def moments(seed=0):
    """The four moments (a), (b), (c), (d): a list of four frames."""
    return [frame for frame in play(seed, frames=1) if frame.letter]


def _first_iteration(game, frames):
    """Line 5 of Algorithm 1 again and again, k times, and at last G's first step."""
    game.k, step = K_FIRST, 0
    pauses = _pauses(0, STEP_A, frames) | _pauses(STEP_A, K_FIRST, frames)
    for line in game.lines():
        if line.number == 5:
            step += 1
            if step in pauses:
                letter = {STEP_A: "a", K_FIRST: "b"}.get(step, "")
                yield look(game, letter, f"only D moves: step {step} of k = {K_FIRST}")


def _train(game, last, letter, frames):
    """Iterations up to `last`, with frames on the way."""
    for iteration in sorted(_pauses(game.iteration, last, frames)):
        game.train(iteration - game.iteration, every=ITERATIONS)
        yield look(game, letter if iteration == last else "", f"iteration {iteration:,}, k = {game.k}")


def _pauses(first, last, n):
    """Up to n whole numbers after `first`, further and further apart; the last one is `last`."""
    return {first + round(step) for step in np.geomspace(last - first, 1, n)}


def look(game, letter="", doing=""):
    """The `Frame` of the game as it is now."""
    p_data, p_g = P_DATA.density(X[:, None]), pushforward(game.G, game.noise, X)
    D = sigmoid(game.D(X[:, None]))[:, 0]
    return Frame(letter, doing, game.iteration, p_data, p_g, D, optimal_discriminator(p_data, p_g),
                 game.G(Z)[:, 0], measures(game, p_data, p_g, D))


def measures(game, p_data, p_g, D):
    """How near the game is to its solution, where p_g = p_data, D = 1/2, and all three are 0:
    {"JSD(p_data, p_g)": nats, "V + log 4": nats, "max |D − 1/2|": over the 99 % of p_data that
    lie between its two tails of 0.5 %}.

    p_data, p_g, D : their values at X. Means over p_data are sums over X. Means over p_g are sums
    over z, by the change of variables of Eq. 3: where G turns round, p_g has spikes between any
    two points of X, and in z there are none.

    >>> at_first = look(build()).measures
    >>> at_first["JSD(p_data, p_g)"] > 0.1
    True
    """
    z, dz = np.linspace(-8, 8, 1601, retstep=True)
    p_z, x = game.noise.density(z[:, None]), game.G(z[:, None])
    p_data_x, p_g_x, a_x = P_DATA.density(x), pushforward(game.G, game.noise, x), game.D(x)[:, 0]
    # JSD = E_data log 2p_data/(p_data + p_g) / 2 + E_g log 2p_g/(p_data + p_g) / 2
    data_part = np.sum(p_data * np.log(2 * p_data / (p_data + p_g))) * DX
    generated_part = np.sum(p_z * np.log(2 / (1 + p_data_x / p_g_x))) * dz
    # V = E_data log D + E_z log(1 − D(G(z)))
    V = -np.sum(p_data * softplus(-game.D(X[:, None])[:, 0])) * DX - np.sum(p_z * softplus(a_x)) * dz
    below = np.cumsum(p_data) * DX
    return {"JSD(p_data, p_g)": float(data_part + generated_part) / 2, "V + log 4": float(V + math.log(4)),
            "max |D − 1/2|": float(np.abs(D - 0.5)[(below > 0.005) & (below < 0.995)].max())}
