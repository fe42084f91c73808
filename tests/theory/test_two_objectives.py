"""The two objectives: their slopes, what they share, and what switched labels mean."""

import math

import numpy as np
import pytest
from hypothesis import given, strategies as st

import tinygan as tg
from drawn import pairs
from tinygan import gradcheck, theory

LOG_4 = math.log(4)


# ---- the two objectives -------------------------------------------------------------------------

@given(st.floats(-30, 30))
def test_slopes_against_the_complex_step(a):
    D = tg.sigmoid(a)
    losses = {"minimax": lambda a: -np.log(1 + np.exp(a)), "non-saturating": lambda a: np.log(1 + np.exp(-a))}
    for name, loss in losses.items():
        by_logit = loss(a + 1e-20j).imag / 1e-20
        assert theory.generator_slope(D, name) == pytest.approx(by_logit, rel=1e-9, abs=1e-15)
        if abs(a) < 10:
            assert theory.generator_objective(D, name) == pytest.approx(loss(a), rel=1e-9, abs=1e-12)
            by_D = (lambda D: np.log(1 - D)) if name == "minimax" else (lambda D: -np.log(D))
            slope_by_D = theory.generator_slope(D, name, by="D")
            assert slope_by_D == pytest.approx(by_D(D + 1e-20j).imag / 1e-20, rel=1e-12)
            assert theory.generator_slope(D, name) == pytest.approx(slope_by_D * D * (1 - D), rel=1e-12)


@given(st.floats(1e-9, 1 - 1e-9))
def test_same_sign_and_a_factor_of_1_minus_d_over_d(D):
    saturating, other = (theory.generator_slope(D, name) for name in ("minimax", "non-saturating"))
    assert saturating < 0 and other < 0 and other == pytest.approx(saturating * (1 - D) / D, rel=1e-9)


def test_opposite_strengths_at_both_ends():
    assert theory.generator_slope([1e-6, 0.5, 1 - 1e-6], "minimax") == pytest.approx([-1e-6, -0.5, -1], rel=1e-5)
    assert theory.generator_slope([1e-6, 0.5, 1 - 1e-6], "non-saturating") == pytest.approx([-1, -0.5, -1e-6], rel=1e-5)
    assert theory.generator_objective([0, 1], "minimax").tolist() == [0, -math.inf]
    assert theory.generator_objective([0, 1], "non-saturating").tolist() == [math.inf, 0]
    assert theory.generator_slope([0.0], "non-saturating", "D")[0] == -math.inf


@given(pairs)
def test_both_have_the_same_fixed_point_and_no_other(pair):
    """On the simplex p_g rests where the slope ℓ(D*) is the same for all outcomes: at p_data."""
    p_data, p_g = pair
    for objective in tg.game.OBJECTIVES:
        assert np.ptp(theory.generator_objective(theory.optimal_discriminator(p_data, p_data), objective)) < 1e-15
        slope = theory.generator_objective(theory.optimal_discriminator(p_data, p_g), objective)
        assert (np.ptp(slope) < 1e-3) == (np.ptp(p_g / p_data) < 2e-3) or np.ptp(p_g / p_data) < 0.05


@given(st.lists(st.floats(-20, 20), min_size=1, max_size=5), st.lists(st.floats(-20, 20), min_size=1, max_size=5))
def test_v_is_minus_two_cross_entropies_with_labels_1_and_0(a_real, a_fake):
    bce = lambda a, label: theory.binary_cross_entropy(tg.sigmoid(np.array(a)), label).mean()
    assert tg.value(a_real, a_fake) == pytest.approx(-(bce(a_real, 1) + bce(a_fake, 0)), rel=1e-6, abs=1e-7)


@given(st.lists(st.floats(-8, 8), min_size=1, max_size=5))
def test_switching_labels_is_the_non_saturating_objective_and_not_the_other(a_fake):
    """As numbers and as gradients by the logits; the gradient of log(1 − D) is another one."""
    a = np.array(a_fake)
    switched = lambda a: theory.binary_cross_entropy(1 / (1 + np.exp(-a)), 1).mean()
    assert switched(a) == pytest.approx(tg.generator_loss(a, "non-saturating"), rel=1e-9)
    gradient = gradcheck.central_difference(switched, a)
    assert gradient == pytest.approx(tg.generator_gradient(a, "non-saturating"), abs=1e-8)
    minimax = tg.generator_gradient(a, "minimax")
    for one, other, logit in zip(gradient, minimax, a):
        assert one == pytest.approx(other * math.exp(-logit), abs=1e-8)          # (1 − D)/D = e^−a
        assert abs(logit) < 1e-3 or abs(one - other) > 1e-5 / len(a)             # equal at D = 1/2 alone


def test_cross_entropy_with_labels():
    assert theory.binary_cross_entropy([0.25, 0.25], [1, 0]) == pytest.approx([math.log(4), math.log(4 / 3)], abs=1e-15)
    assert theory.binary_cross_entropy([0.0, 1.0], [0, 1]).tolist() == [0, 0]
    assert theory.binary_cross_entropy([0.0, 1.0], [1, 0]).tolist() == [math.inf, math.inf]
    D = np.linspace(0.001, 0.999, 999)
    smoothed = theory.binary_cross_entropy(D, 0.95)
    assert D[smoothed.argmin()] == pytest.approx(0.95)                            # a smoothed label is the best answer
    # both terms of it: without the second, D* at p_g = p_data would be .95/1.95 = .487
    assert D[(smoothed + theory.binary_cross_entropy(D, 0.05)).argmin()] == pytest.approx(0.5)


# ---- the doors ----------------------------------------------------------------------------------

@pytest.mark.parametrize("call, words", [
    (lambda: theory.generator_objective(2), "D must lie"),
    (lambda: theory.generator_slope(0.5, by="x"), "by 'x' is unknown"),
    (lambda: theory.generator_slope(0.5, "saturating"), "objective 'saturating' is unknown"),
    (lambda: theory.binary_cross_entropy(0.5, 2), "label must lie"),
    (lambda: theory.binary_cross_entropy(-1, 0), "D must lie"),
    (lambda: theory.binary_cross_entropy([0.5, 0.5], [0, 1, 1]), "label and D must have one shape")])
def test_bad_input_gets_one_clear_sentence(call, words):
    with pytest.raises(ValueError, match=words):
        call()
