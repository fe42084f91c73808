"""D overfits: it learns few stored examples by heart, and many it cannot tell from what a perfect G makes."""

import math

import numpy as np
import pytest

import tinygan as tg
from tinygan import theory
from tinygan.theory.overfitting import memorise


@pytest.fixture(scope="module")
def few():
    return memorise(stored=20, last=1000)


def test_few_examples_are_learned_by_heart(few):
    """A perfect G, p_g = p_data, leaves −log 4 to any D on fresh examples, or less. On those stored it is more."""
    assert few.steps[0] == 1 and few.steps[-1] == 1000 and few.points.shape == (20, 2)
    assert few.V_stored[-1] > -1.1 and few.V_fresh[-1] < -2.5
    assert (few.V_fresh < -math.log(4) + 0.02).all()
    early, late = np.searchsorted(few.steps, 10), -1
    gap = few.V_stored - few.V_fresh
    assert gap[late] > 5 * gap[early]                               # why k is small


def test_many_are_not():
    many = memorise(stored=5000, last=300)
    assert many.V_stored[-1] == pytest.approx(-math.log(4), abs=0.03)
    assert many.V_fresh[-1] == pytest.approx(many.V_stored[-1], abs=0.02)


def test_v_is_that_of_the_network_at_the_end(few):
    rng = np.random.default_rng(9)
    fresh, generated = rng.standard_normal((2, 20_000, 2))
    assert few.V_stored[-1] == pytest.approx(tg.value(few.D(few.points), few.D(generated)), abs=0.05)
    assert few.V_fresh[-1] == pytest.approx(tg.value(few.D(fresh), few.D(generated)), abs=0.3)


def test_g_is_perfect_and_rests_and_the_stored_ones_alone_are_drawn(monkeypatch):
    seen = []
    gradient_D = tg.Algorithm1.gradient_D
    watch = lambda game, x, z: seen.append((x, gradient_D(game, x, z)["x_fake"], z)) or {}
    monkeypatch.setattr(tg.Algorithm1, "gradient_D", watch)
    monkeypatch.setattr(tg.Algorithm1, "update_G", None)
    memory = memorise(stored=3, last=50)
    real, generated, z = (np.concatenate(each) for each in zip(*seen))
    assert len(np.unique(real, axis=0)) == 3 and np.isin(real, memory.points).all()
    assert (generated == z).all() and len(np.unique(generated, axis=0)) == 50 * 64


def test_the_best_d_of_the_empirical_game_is_always_sure_and_on_fresh_examples_infinitely_wrong():
    """20 cells hold a stored example each, p_g = p_data is even: in small cells C → 0, and on fresh ones V = −∞."""
    for cells, above in ((100, -0.7), (10_000, -0.02)):
        stored, even = np.zeros(cells), np.full(cells, 1 / cells)
        stored[:20] = 1 / 20
        D_star = theory.optimal_discriminator(stored, even)
        assert theory.value(D_star, stored, even) == pytest.approx(theory.criterion(stored, even))
        assert theory.criterion(stored, even) > above
        assert theory.value(D_star, even, even) == -math.inf
