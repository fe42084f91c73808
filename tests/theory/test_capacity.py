"""Capacity: C(G) of small networks is computed right, and falls with the widths of both; V of a small D is blind."""

import math

import numpy as np
import pytest

import tinygan as tg
from tinygan import theory
from tinygan.theory import capacity
from tinygan.theory.capacity import P_DATA, grid, play
from drawn import normal

FLOOR = -math.log(4)


def line(slope, shift):
    """G(z) = slope · z + shift, so that p_g is normal."""
    G = tg.MLP([1, 1])
    G.theta = [slope, shift]
    return G


@pytest.mark.parametrize("slope, shift", [(1.3, 0.0), (0.3, 1.5), (0.05, 0.4)])
def test_c_and_v_are_those_of_the_densities(slope, shift):
    """Against a sum on a grid that is finer than the cells; and both against Eq. 3 and Eq. 4."""
    x, dx = np.linspace(-8, 8, 160_001, retstep=True)
    p_data, p_g = sum(normal(x, mean, 0.3) for mean in (-1.5, 0, 1.5)) / 3, normal(x, shift, slope)
    assert P_DATA.density(x[:, None]) == pytest.approx(p_data, abs=1e-12)
    D = tg.MLP([1, 8, 1], hidden="tanh", bias_spread=1, rng=0)
    C, V = capacity._C_and_V(line(slope, shift), D)
    assert C == pytest.approx(theory.criterion(p_data, p_g, dx), abs=2e-3)
    assert V == pytest.approx(theory.value(tg.sigmoid(D(x[:, None]))[:, 0], p_data, p_g, dx), abs=2e-3)


def test_c_of_a_network_that_folds():
    """Against the exact p_g of the change of variables, as means over p_data and over z."""
    game = play(8, 8, iterations=150)
    x, dx = np.linspace(-6, 6, 12_001, retstep=True)
    z, dz = np.linspace(-7, 7, 14_001, retstep=True)
    ratio = lambda x: (P_DATA.density(x[:, None]), theory.pushforward(game.G, tg.data.Normal(1), x))
    (p, q), (p_z, q_z) = ratio(x), ratio(game.G(z[:, None])[:, 0])
    with np.errstate(divide="ignore"):
        C = (-np.sum(p * np.log1p(q / p)) * dx
             - np.sum(tg.data.Normal(1).density(z[:, None]) * np.log1p(p_z / q_z)) * dz)
    assert game.C == pytest.approx(C, abs=0.01)
    assert FLOOR <= game.C < 0 and game.V <= game.C + 1e-3          # no D does better than D*


def test_wide_networks_come_nearer_and_a_small_d_is_blind():
    small, small_D, wide = (sorted(play(*widths, seed=seed) for seed in range(3))[1]
                            for widths in ((2, 1), (32, 1), (32, 32)))
    assert wide.C - FLOOR < 0.16 and small.C - FLOOR > 0.35 < small_D.C - FLOOR
    assert abs(small.V - FLOOR) < 0.02 > abs(small_D.V - FLOOR)


def test_the_rates_are_those_of_the_widths(monkeypatch):
    seen = []
    monkeypatch.setattr(tg.Algorithm1, "train", lambda game, *a, **k: seen.append((game.lr_d, game.lr_g)))
    play(4, 16, iterations=1)
    assert seen == [(0.1, 0.05)]


def test_the_grid_has_the_middle_one_of_the_seeds():
    games = grid([1, 3], [2], seeds=3, iterations=20)
    assert list(games) == [(1, 2), (3, 2)]
    for (width_G, width_D), game in games.items():
        each = [play(width_G, width_D, 20, seed).C for seed in range(3)]
        assert game.C == sorted(each)[1] and game.G.widths == [1, width_G, 1] and game.D.widths == [1, width_D, 1]
