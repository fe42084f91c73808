"""V, both objectives and their derivatives by D's logits."""

import math

import numpy as np
import pytest
from hypothesis import given, strategies as st

import tinygan as tg
from tinygan import gradcheck

logits = st.lists(st.floats(-30, 30), min_size=1, max_size=8).map(lambda a: np.array(a)[:, None])


@given(logits, logits)
def test_value_is_equation_1_written_with_probabilities(a_real, a_fake):
    D = [1 / (1 + math.exp(-a)) for a in a_real[:, 0]]
    one_minus_D = [1 / (1 + math.exp(a)) for a in a_fake[:, 0]]
    wanted = sum(map(math.log, D)) / len(D) + sum(map(math.log, one_minus_D)) / len(one_minus_D)
    assert tg.value(a_real, a_fake) == pytest.approx(wanted, rel=1e-12, abs=1e-15)
    assert type(tg.value(a_real, a_fake)) is float


def test_value_where_it_is_known():
    half = np.zeros((5, 1))
    assert tg.value(half, half) == pytest.approx(-math.log(4), rel=1e-15)
    assert tg.generator_loss(half, "minimax") == pytest.approx(-math.log(2), rel=1e-15)
    assert tg.generator_loss(half, "non-saturating") == pytest.approx(math.log(2), rel=1e-15)


@pytest.mark.parametrize("method", ["central", "complex"])
@given(logits, logits)
def test_derivatives_of_the_value(method, a_real, a_fake):
    da_real, da_fake = tg.value_gradient(a_real, a_fake)
    for f, a, da in ((lambda a: tg.value(a, a_fake), a_real, da_real),
                     (lambda a: tg.value(a_real, a), a_fake, da_fake)):
        result = gradcheck.check_gradient(f, a, da, method, m=len(a), scale=1e-3)
        assert result, result


@pytest.mark.parametrize("method", ["central", "complex"])
@pytest.mark.parametrize("objective", ["minimax", "non-saturating"])
@given(a_fake=logits)
def test_derivatives_of_both_objectives(objective, method, a_fake):
    result = gradcheck.check_gradient(lambda a: tg.generator_loss(a, objective), a_fake,
                                      tg.generator_gradient(a_fake, objective), method, m=len(a_fake), scale=1e-3)
    assert result, result


@pytest.mark.parametrize("objective", ["minimax", "non-saturating"])
def test_taylor_remainder_falls_with_slope_2(objective):
    a = np.array([[0.3], [-1.2], [2.0]])
    assert gradcheck.taylor_slope(lambda a: tg.generator_loss(a, objective), a,
                                  tg.generator_gradient(a, objective)) == pytest.approx(2, abs=0.01)
    da_real, da_fake = tg.value_gradient(a, a + 1)
    assert gradcheck.taylor_slope(lambda b: tg.value(b, a + 1), a, da_real) == pytest.approx(2, abs=0.01)
    assert gradcheck.taylor_slope(lambda b: tg.value(a, b), a + 1, da_fake) == pytest.approx(2, abs=0.01)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_exact_at_the_edges(dtype):
    low, high = np.full((2, 1), -1000, dtype), np.full((2, 1), 1000, dtype)
    assert tg.value(high, low) == 0                               # a perfect D
    assert tg.value(low, high) == -2000                           # as wrong as can be
    assert tg.generator_loss(low, "minimax") == 0 and tg.generator_loss(high, "minimax") == -1000
    assert tg.generator_loss(low, "non-saturating") == 1000 and tg.generator_loss(high, "non-saturating") == 0
    da_real, da_fake = tg.value_gradient(low, high)
    assert (da_real == 0.5).all() and (da_fake == -0.5).all()     # 1/m each: full strength
    assert da_real.dtype == da_fake.dtype == dtype
    assert (tg.generator_gradient(low, "non-saturating") == -0.5).all()
    assert (tg.generator_gradient(low, "minimax") == 0).all()     # saturated: e^−1000 is 0 in any float
    assert tg.generator_gradient(low, "minimax").dtype == dtype


def test_saturation_is_shown_and_not_clamped():
    """At a = −20, minimax has 2e-9 of the pull, and float32 knows it."""
    a = np.full((1, 1), -20, np.float32)
    assert tg.generator_gradient(a, "minimax").item() == pytest.approx(-2.0611537e-09, rel=1e-5)
    assert tg.generator_gradient(a, "non-saturating").item() == -1


def test_the_two_objectives_are_different_games():
    """−log D is not log(1 − D): where D → 0 the pulls differ by (1 − D)/D; at D = 1/2 they agree."""
    a = np.array([[-3.0], [0.0], [2.0]])
    D = tg.sigmoid(a)
    np.testing.assert_allclose(tg.generator_gradient(a, "non-saturating") / tg.generator_gradient(a, "minimax"),
                               (1 - D) / D, rtol=1e-12)


def test_whole_numbers_are_converted_and_bad_logits_refused():
    assert tg.value([0, 1], [2]) == tg.value(np.array([0.0, 1.0]), np.array([2.0]))
    assert [da.tolist() for da in tg.value_gradient([0], [0])] == [[0.5], [-0.5]]
    for bad, error in ((np.empty((0, 1)), ValueError), (["a"], TypeError), ([None], TypeError)):
        for call in (lambda: tg.value(bad, [0.0]), lambda: tg.value([0.0], bad), lambda: tg.value_gradient(bad, [0.0]),
                     lambda: tg.generator_loss(bad, "minimax"), lambda: tg.generator_gradient(bad, "minimax")):
            with pytest.raises(error, match="a_real|a_fake"):
                call()
    for call in (tg.generator_loss, tg.generator_gradient):
        with pytest.raises(ValueError, match="did you mean 'non-saturating'"):
            call([0.0], "nonsaturating")
