"""Figure 1 of the paper, live: a generator from one number to one number, trained by Algorithm 1.

Here: `play`, which trains and shows a `Frame` now and then, `moments`, the four of the paper's
figure, `measures` of how near to the solution a frame is, and `build`, the game itself.

    (a)  p_g is not far from p_data, and D is partly right
    (b)  inside Algorithm 1's inner loop: G rests, and D rises to D*
    (c)  G moves to where D says "real"
    (d)  in the end p_g = p_data, and D = 1/2 wherever there are data

Both densities are exact: p_data is a formula, and p_g comes from G by change of variables. The
noise is normal, where the paper's figure has uniform noise: from that, G would have to be
infinitely steep at both ends to make the tails of p_data.
"""

import math
from statistics import NormalDist
from typing import NamedTuple

import numpy as np

from . import theory
from .algorithm1 import Algorithm1
from .data import GaussianMixture, Normal
from .layers import sigmoid
from .mlp import MLP

P_DATA = GaussianMixture([[-0.7], [0.2], [1.4]], std=0.55, weights=[0.5, 0.3, 0.2])    # one hump, askew
X = np.linspace(-4, 5, 901)
DX = X[1] - X[0]
Z = np.array([[NormalDist().inv_cdf((i + 0.5) / 15)] for i in range(15)])              # equally likely z

ITERATIONS = 4000
UNTIL_A, INNER_LOOP, UNTIL_C, K_UNTIL_C = 5, 1000, 30, 5


class Frame(NamedTuple):
    """One look at the game. `letter` is "a" … "d" at the four moments, and "" between them;
    `doing` says what is going on. p_data, p_g, D and D_star are their values at X, (901,), and
    G_z is where G takes the 15 equally likely noise values Z."""

    letter: str
    doing: str
    iteration: int
    p_data: np.ndarray
    p_g: np.ndarray
    D: np.ndarray
    D_star: np.ndarray
    G_z: np.ndarray


def build(seed=0):
    """The game: z ~ N(0, 1) → x. G starts near the line 0.9 + 0.6 z, so that p_g is too far to
    the right and too narrow."""
    rng = np.random.default_rng(seed)
    G = MLP([1, 32, 1], hidden="tanh", bias_spread=1, rng=rng)
    G.forward(Z)
    G.linears[-1].W[...] = np.linalg.lstsq(G.linears[-1].x, 0.6 * Z, rcond=0.03)[0]
    G.linears[-1].b[...] = 0.9
    D = MLP([1, 32, 32, 1], hidden="leaky_relu", bias_spread=1, rng=rng)
    return Algorithm1(G, D, P_DATA, Normal(1), m=128, lr_d=0.2, lr_g=0.02, momentum=0.5,
                      schedule="linear", iterations=ITERATIONS, rng=rng)


def play(seed=0, frames=30):
    """Train, and pause for a `Frame` at each of the four moments, and up to `frames` times on
    the way to each: often at first, then ever more rarely."""
    game = build(seed)
    yield from _train(game, UNTIL_A, "a", "both play, k = 1", frames)
    yield from _inner_loop(game, frames)
    game.k = K_UNTIL_C
    yield from _train(game, UNTIL_C, "c", f"both play, k = {K_UNTIL_C}", frames)
    game.k = 1
    yield from _train(game, ITERATIONS, "d", "both play, k = 1", frames)


def moments(seed=0):
    """The four moments (a), (b), (c), (d): a list of four frames."""
    return [frame for frame in play(seed, frames=1) if frame.letter]


def _train(game, last, letter, doing, frames):
    """Iterations up to `last`, with frames on the way."""
    for iteration in sorted(_pauses(game.iteration, last, frames)):
        game.train(iteration - game.iteration, every=ITERATIONS)
        yield look(game, letter if iteration == last else "", doing)


def _inner_loop(game, frames):
    """One iteration with a large k: line 5 of Algorithm 1 again and again, and at last line 8."""
    game.k, done, pauses = INNER_LOOP, 0, _pauses(0, INNER_LOOP, frames)
    for line in game.lines():
        if line.number == 5:
            done += 1
            if done in pauses:
                yield look(game, "b" if done == INNER_LOOP else "", f"only D plays: step {done} of k = {INNER_LOOP}")


def _pauses(first, last, n):
    """Up to n whole numbers after `first`, the further apart the later; the last one is `last`."""
    return {first + round(step) for step in np.geomspace(last - first, 1, n)}


def look(game, letter="", doing=""):
    """The `Frame` of the game as it is now."""
    p_data = P_DATA.density(X[:, None])
    p_g = theory.pushforward(game.G, game.noise, X)
    return Frame(letter, doing, game.iteration, p_data, p_g, sigmoid(game.D(X[:, None]))[:, 0],
                 theory.optimal_discriminator(p_data, p_g), game.G(Z)[:, 0])


def measures(frame):
    """How near to the solution p_g = p_data, D = 1/2 a frame is, from the exact densities:
    {"JSD(p_data, p_g)": nats, "V + log 4": nats, "max |D − 1/2|": over the 99 % of p_data that
    lie between its two tails of 0.5 %}. All three are 0 at the solution."""
    below = np.cumsum(frame.p_data) * DX
    middle = (below > 0.005) & (below < 0.995)
    return {"JSD(p_data, p_g)": theory.js(frame.p_data, frame.p_g, DX),
            "V + log 4": theory.value(frame.D, frame.p_data, frame.p_g, DX) + math.log(4),
            "max |D − 1/2|": float(np.abs(frame.D - 0.5)[middle].max())}
