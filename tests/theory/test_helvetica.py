"""Helvetica: while D rests G takes all z to the peak of D's logit, or runs away where there is none."""

import numpy as np
import pytest

from tinygan import theory
from tinygan.theory import helvetica
from tinygan.theory.helvetica import X, share, train_generator

REAL = np.quantile(theory.figure1.P_DATA.sample(100_000, 0), (np.arange(99) + 0.5) / 99)
SEEDS = [0, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(1, 10))]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_wide_p_g_gives_the_logit_a_peak_and_all_z_end_there(seed):
    climb = train_generator(3.0, last=500, seed=seed)
    assert climb.x[0].std() == pytest.approx(3, abs=0.2) and share(climb.x[0]) < 0.1
    assert abs(climb.peak) < 1.5 and climb.a[0] < -5 > climb.a[-1]
    assert climb.x[-1].std() < 0.2 and share(climb.x[-1]) > 0.9
    assert climb.x[-1].mean() == pytest.approx(climb.peak, abs=0.2)
    assert (climb.a == climb.a_end).all()                           # D rested


@pytest.mark.parametrize("seed", SEEDS)
def test_a_narrow_one_leaves_no_peak_inside_and_g_runs_away(seed):
    climb = train_generator(0.3, last=500, seed=seed)
    assert climb.x[0].std() == pytest.approx(0.3, abs=0.05)
    assert abs(climb.peak) == 12 and climb.a[0] > 5 < climb.a[-1]
    assert np.abs(climb.x[-1]).min() > 100


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("spread", [0.3, 3.0])
def test_with_d_moving_neither_happens(spread, seed):
    climb = train_generator(spread, k=1, last=500, seed=seed)
    assert np.abs(np.sort(climb.x[-1]) - REAL)[5:-5].max() < 0.4 and share(climb.x[-1]) < 0.2
    assert climb.a.tolist() == train_generator(spread, last=1, seed=seed).a.tolist()        # from the same start
    assert np.abs(climb.a_end)[np.abs(X) < 1].max() < 1             # and the peak is gone


def test_the_logit_is_nearly_that_of_d_star(monkeypatch):
    """log p_data − log p_g, where there are examples of both; p_g of the G at the start."""
    climb = train_generator(3.0, last=1)
    game = helvetica._start(3.0, np.random.default_rng(0))
    inside = np.abs(X) < 1.5
    p_data, p_g = game.data.density(X[:, None]), theory.pushforward(game.G, game.noise, X)
    assert np.abs(climb.a - np.log(p_data) + np.log(p_g))[inside].max() < 0.5


def test_share_against_all_intervals():
    x = np.random.default_rng(0).normal(size=60)
    for width in (0.05, 0.2, 1.0):
        assert share(x, width) == max(np.mean((low <= x) & (x <= low + width)) for low in x)
    assert share(np.zeros((3, 4))) == 1 and share([0.0, 1.0]) == 0.5
    with pytest.raises(ValueError, match="x must have at least one number"):
        share([])
