"""A page on which you play D: is this point real or generated? Then D and D* answer the same questions.

Here: `players`, `accuracy`, `game` and `page`.

p_data is a ring of eight blurred Gaussians. G is linear, x = z W + b, so p_g = N(b, WᵀW) is known exactly, and with
it D* = p_data / (p_data + p_g). [Prop. 1] A point is real or generated with probability 1/2 each. Who calls it real
exactly where the share real(x) is true is right with the probability

    ½ ∫ [p_data(x) real(x) + p_g(x) (1 − real(x))] dx,

and the best rule is D* > ½, where p_data > p_g. Its accuracy is the Bayes limit, (1 + TV(p_data, p_g)) / 2.
"""

import base64
import json
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

import numpy as np

from .. import _check
from ..data import Gaussian, GaussianMixture, Normal, ring_of_gaussians
from ..layers import sigmoid
from ..mlp import MLP
from ..sgd import straight_line
from ..theory import optimal_discriminator
from ..theory.discriminator_alone import train_D
from ..training import Algorithm1

N, ROUNDS, SHOWN = 20, 50, 60               # points in a round; rounds; labelled points to learn from
VIEW, CELLS = 3.6, 90                       # the page shows −VIEW to VIEW, and D* on CELLS × CELLS squares


class Players(NamedTuple):
    """Both distributions, each with its density, and the networks: p_g is what G makes of z ~ N(0, I)."""

    data: GaussianMixture
    G: MLP
    p_g: Gaussian
    D: MLP


@lru_cache
def players():
    """Train a linear G by Algorithm 1, then D alone, while that G rests. The same each time.

    >>> players().p_g.cov.shape
    (2, 2)
    """
    rng, steps = np.random.default_rng(0), 1500
    G, D = MLP([2, 2], rng=rng), MLP([2, 32, 32, 1], hidden="leaky_relu", bias_spread=1, rng=rng)
    rules = Algorithm1(G, D, ring_of_gaussians(8, 1.5, 0.2), Normal(2), lr_d=0.1, lr_g=0.05, momentum=0,
                       schedule="linear", iterations=2000, rng=rng)
    rules.train(2000, every=2000)
    rules.schedule, rules.m = "constant", 128
    for step in range(steps):
        rules.lr_d = straight_line(0.2, 0, step, steps)
        train_D(rules)
    W, b = G.linears[0].W, G.linears[0].b
    return Players(rules.data, G, Gaussian(b, W.T @ W), D)


def D_star(x):
    """D*(x) at points x, (n, 2) → (n,)."""
    return optimal_discriminator(players().data.density(x), players().p_g.density(x))


def D(x):
    """The probability D(x) at points x, (n, 2) → (n,)."""
    return sigmoid(players().D(x))[:, 0]


@lru_cache
def accuracy(probability, fine=400):
    """The long-run share of right answers of who says "real" where `probability(x)` > ½: the integral above, by the
    midpoints of fine × fine squares. probability : (n, 2) → (n,), such as `D` or `D_star`.

    >>> accuracy(lambda x: np.ones(len(x))).round(4).item()         # who always says "real" is right half of the time
    0.5
    """
    x, area = squares(fine, 6.0)
    real = probability(x) > 0.5
    p_data, p_g = players().data.density(x), players().p_g.density(x)
    return (p_data[real].sum() + p_g[~real].sum()) / 2 * area


def squares(cells, view):
    """The midpoints of cells × cells squares from −view to view, row by row from below, and the area of one."""
    middle = (np.arange(cells) + 0.5) * (2 * view / cells) - view
    return np.stack(np.meshgrid(middle, middle), axis=-1).reshape(-1, 2), (2 * view / cells) ** 2


def draw(n, rng):
    """n points, real or generated with probability 1/2 each: x, (n, 2), and which are real, (n,)."""
    real = rng.random(n) < 0.5
    return np.where(real[:, None], players().data.sample(n, rng), players().p_g.sample(n, rng)), real


def game(seed=0):
    """What the page gets, a dict that JSON can hold.

    "rounds" and "learn" are lists of points [x, y, 1 if real, D(x), D*(x)]: ROUNDS rounds of N points, and SHOWN
    labelled ones. "D" and "limit" are accuracies in the long run; "map" is D* over the plane, bytes from 0 to 255 in
    base64, from the lowest row up.
    """
    rng = np.random.default_rng(_check.integer("seed", seed, least=0))
    x, real = draw(SHOWN + ROUNDS * N, rng)
    # to three decimals, as the page shows them; what D and D* say is of these
    x = np.clip(x, -VIEW, VIEW).round(3)
    points = np.column_stack([x, real, D(x).round(3), D_star(x).round(3)]).tolist()
    plane = (255 * D_star(squares(CELLS, VIEW)[0])).round().astype(np.uint8)
    return {"seed": seed, "n": N, "view": VIEW, "cells": CELLS, "map": base64.b64encode(plane).decode("ascii"),
            "D": round(accuracy(D), 4), "limit": round(accuracy(D_star), 4), "learn": points[:SHOWN],
            "rounds": [points[start:start + N] for start in range(SHOWN, len(points), N)]}


def page(seed=0):
    """The whole page, one file of HTML that needs nothing from outside."""
    html = resources.files(__package__).joinpath("human.html").read_text(encoding="utf-8")
    return html.replace("{/* the game */}", json.dumps(game(seed), separators=(",", ":")))
