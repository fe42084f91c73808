"""Going back to a moment gives its bits, and few enough moments are kept."""

import numpy as np
import pytest
from hypothesis import given, strategies as st

import tinygan as tg
from games import bits
from tinygan.lab.moments import Moment, Thinned


@pytest.mark.parametrize("recipe", ["ring", "gaussian", "glyphs"])
def test_a_moment_that_is_put_back_goes_on_to_the_same_bits(recipe):
    """Networks, velocities, random numbers, dropout's masks and settings: all of them."""
    game = tg.recipes.start(recipe).game
    game.train(5)
    moment = Moment.of(game)
    game.train(5)
    there = bits(game)
    game.lr_d, game.k = 0.01, 2
    game.train(3)
    moment.put_back(game)
    assert (game.iteration, game.k) == (5, 1)
    game.train(5)
    game.records = game.records[:2]
    assert bits(game)[:2] == there[:2]


def test_a_moment_is_a_copy():
    game = tg.recipes.start("gaussian").game
    moment, before = Moment.of(game), game.G.theta.copy()
    game.train(3)
    assert (moment.theta[0] == before).all()


@given(st.integers(3, 30), st.lists(st.integers(1, 50), max_size=300))
def test_a_thinned_list_is_short_and_keeps_both_ends(most, steps):
    kept, times = Thinned(most), np.cumsum([0, *steps]).tolist()
    for t in times:
        kept.add(t, f"at {t}")
        assert len(kept) <= most and kept[0][0] == 0 and kept[-1] == (t, f"at {t}")
    assert [t for t, _ in kept] == sorted({t for t, _ in kept}) and {t for t, _ in kept} <= set(times)


@pytest.mark.parametrize("most", [4, 5])
def test_a_full_list_loses_every_second_but_both_ends(most):
    kept = Thinned(most)
    for t in range(most + 1):
        kept.add(t, t)
    assert [t for t, _ in kept] == [0, *range(2, most, 2), most]


def test_a_thinned_list_stays_evenly_spread():
    kept = Thinned(100)
    for t in range(100_000):
        kept.add(t, None)
    gaps = np.diff([t for t, _ in kept])
    assert len(kept) > 50 and gaps.max() < 6 * np.median(gaps)


def test_a_thinned_list_is_cut_where_a_branch_leaves_it():
    kept = Thinned(10)
    for t in (0, 3, 5, 8):
        kept.add(t, t)
    before, after = kept.until(5)
    assert ([t for t, _ in before], [t for t, _ in after]) == ([0, 3, 5], [5, 8])
    before.add(6, 6)
    assert len(kept) == 4 and before.most == 10
