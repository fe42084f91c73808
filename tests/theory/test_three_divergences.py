"""What G descends at D*: slopes against difference quotients of the divergences, and which of them keeps what."""

import math

import numpy as np
import pytest
from hypothesis import given, strategies as st

import tinygan as tg
from drawn import normal, pairs
from tinygan import theory
from tinygan.theory.three_divergences import THREE

DIVERGENCES = {"minimax": lambda p, q, dx=1.0: 2 * theory.js(p, q, dx),
               "non-saturating": lambda p, q, dx=1.0: theory.kl(q, p, dx) - 2 * theory.js(p, q, dx),
               "likelihood": theory.kl}


# ---- one identity, three times ------------------------------------------------------------------

@pytest.mark.parametrize("objective", THREE)
@given(pairs)
def test_along_each_move_of_mass_the_slope_is_that_of_the_divergence(objective, pair):
    p_data, p_g = pair
    slope = theory.slope_at_best(p_data, p_g, objective)
    for i in range(1, len(p_g)):
        move = np.zeros(len(p_g))
        move[0], move[i] = 1, -1
        h = 1e-3 * min(p_g[0], p_g[i])
        at = lambda steps: DIVERGENCES[objective](p_data, p_g + steps * h * move)
        quotient = (8 * (at(1) - at(-1)) - at(2) + at(-2)) / (12 * h)
        assert slope @ move == pytest.approx(quotient, rel=1e-7, abs=1e-7 + 1e-14 / h)


@pytest.mark.parametrize("objective", THREE)
def test_and_by_the_parameters_of_a_gaussian_too(objective):
    """∂/∂μ and ∂/∂σ of the divergence are the integral of ℓ(D*) ∂p_g: G's own gradient, with D* held fixed."""
    x, dx = np.linspace(-14, 14, 2801, retstep=True)
    p_data, mean, std, h = 0.6 * normal(x, -1) + 0.4 * normal(x, 2, 0.9), 0.4, 1.2, 1e-4
    slope = theory.slope_at_best(p_data, normal(x, mean, std), objective)
    F = lambda mean, std: DIVERGENCES[objective](p_data, normal(x, mean, std), dx)
    for step in ((h, 0), (0, h)):
        there, back = (mean + step[0], std + step[1]), (mean - step[0], std - step[1])
        by_D_star = np.sum(slope * (normal(x, *there) - normal(x, *back))) * dx / (2 * h)
        assert by_D_star == pytest.approx((F(*there) - F(*back)) / (2 * h), abs=1e-6) and abs(by_D_star) > 0.01


@given(pairs)
def test_the_slopes_are_the_objectives_at_d_star(pair):
    D = theory.optimal_discriminator(*pair)
    for objective in tg.game.OBJECTIVES:
        at_D_star = theory.generator_objective(D, objective)
        assert theory.slope_at_best(*pair, objective) == pytest.approx(at_D_star, rel=1e-12)
    assert theory.slope_at_best(*pair, "likelihood") == pytest.approx(-D / (1 - D), rel=1e-12)


@given(pairs)
def test_minus_log_d_subtracts_a_jsd_and_still_leads_to_p_data(pair):
    p_data, p_g = pair
    left = theory.descended(p_data, p_g, "non-saturating")
    assert left == pytest.approx(2 * theory.kl((p_data + p_g) / 2, p_data), abs=1e-12)
    assert left > -1e-12 and (left > 1e-8 or np.abs(p_data - p_g).max() < 1e-3)
    for objective in THREE:
        assert theory.descended(p_data, p_g, objective) == pytest.approx(DIVERGENCES[objective](p_data, p_g), abs=1e-12)
        assert theory.descended(p_data, p_data, objective) == pytest.approx(0, abs=1e-15)


def test_the_loss_with_d_star_following_is_another_function():
    """E −log D* is log 2 + KL(p_g ‖ p_data) − KL(p_g ‖ r), and its slope with D* following has 1 − D* added."""
    p_data, p_g = np.array([0.5, 0.3, 0.2]), np.array([0.2, 0.2, 0.6])
    loss = lambda p_g: p_g @ -np.log(theory.optimal_discriminator(p_data, p_g))
    r = (p_data + p_g) / 2
    assert loss(p_g) == pytest.approx(math.log(2) + theory.kl(p_g, p_data) - theory.kl(p_g, r))
    move, h = np.array([1, 0, -1]), 1e-5
    quotient = (loss(p_g + h * move) - loss(p_g - h * move)) / (2 * h)
    frozen = theory.slope_at_best(p_data, p_g) @ move
    added = (1 - theory.optimal_discriminator(p_data, p_g)) @ move
    assert quotient == pytest.approx(frozen + added, abs=1e-8) and abs(added) > 0.4


@given(pairs)
def test_with_d_at_its_best_before_each_small_step_the_divergence_falls_all_the_way(pair):
    p_data, p_g = pair
    p_data = 0.5 / len(p_data) + 0.5 * p_data
    for objective in tg.game.OBJECTIVES:
        path = theory.alternate(p_data, p_g, rate=0.01, steps=60, objective=objective)
        assert np.diff([theory.descended(p_data, each, objective) for each in path]).max() < 1e-12


@given(pairs)
def test_minus_the_logit_is_both_objectives_together_and_descends_the_other_kl(pair):
    p_data, p_g = pair
    both = theory.slope_at_best(p_data, p_g, "minimax") + theory.slope_at_best(p_data, p_g, "non-saturating")
    assert both == pytest.approx(np.log(p_g / p_data), abs=1e-12)
    together = theory.descended(p_data, p_g, "minimax") + theory.descended(p_data, p_g, "non-saturating")
    assert together == pytest.approx(theory.kl(p_g, p_data), abs=1e-12)


def test_what_each_pays_at_the_edges():
    """A dropped outcome costs −log D at most log 2 of its share, and likelihood everything; and the other way round."""
    assert theory.slope_at_best([1, 0, 1], [0, 1, 1], "minimax").tolist() == [-math.inf, 0, -math.log(2)]
    assert theory.slope_at_best([1, 0, 1], [0, 1, 1], "non-saturating").tolist() == [0, math.inf, math.log(2)]
    assert theory.slope_at_best([1, 0, 1], [0, 1, 1], "likelihood").tolist() == [-math.inf, 0, -1]
    assert theory.descended([0.5, 0.5], [1, 0], "likelihood") == math.inf
    assert theory.descended([0.5, 0.5], [1, 0]) == pytest.approx(1.5 * math.log(1.5) - 0.5 * math.log(2))
    assert theory.descended([1, 0], [0.5, 0.5]) == math.inf


# ---- the density ratio, used --------------------------------------------------------------------

def test_kl_from_the_logits_of_the_best_d():
    rng = np.random.default_rng(0)
    a_star = lambda x: 0.5 * ((x - 1) ** 2 / 1.44 - x**2) + math.log(1.2)         # of N(0, 1) and N(1, 1.2²)
    a_real, a_fake = a_star(rng.normal(size=200_000)), a_star(rng.normal(1, 1.2, 200_000))
    exact = [math.log(1.2) + 2 / 2.88 - 0.5, -math.log(1.2) + 2.44 / 2 - 0.5]
    assert theory.kl_from_logits(a_real, a_fake) == pytest.approx(exact, abs=0.01)


def test_a_trained_d_knows_the_ratio_where_it_has_seen_both_kinds():
    """N(0, 1) and N(1, 0.6²): on the left there are real examples alone, and there the trained logit is too small."""
    seen = theory.discriminator_alone.train_discriminator((3000,))
    logit = np.log(seen.D[3000]) - np.log1p(-seen.D[3000])
    rng = np.random.default_rng(0)
    at = lambda x: np.interp(x, seen.x, logit)
    real, generated = theory.kl_from_logits(at(rng.normal(size=100_000)), at(rng.normal(1, 0.6, 100_000)))
    assert generated == pytest.approx(-math.log(0.6) + (0.36 + 1) / 2 - 0.5, abs=0.03)
    assert 1.3 < real < 1.65 < math.log(0.6) + (1 + 1) / 0.72 - 0.5


# ---- one Gaussian for two modes -----------------------------------------------------------------

@pytest.mark.parametrize("distance", [0, 3, 4, 6])
def test_likelihood_covers_both_modes_with_their_mean_and_variance(distance):
    near = theory.nearest_gaussian(distance, "likelihood")
    assert (near.mean, near.std) == pytest.approx((0, math.sqrt(0.25 + distance**2 / 4)), abs=1e-3 * (1 + distance))


@pytest.mark.parametrize("distance, objective, both", [
    (2, "minimax", True), (4, "minimax", True), (4.24, "minimax", True), (4.25, "minimax", False),
    (5, "minimax", False), (2, "non-saturating", True), (2.3, "non-saturating", True), (2.5, "non-saturating", False),
    (4, "non-saturating", False)])
def test_minus_log_d_keeps_one_mode_soon_and_log_1_minus_d_later(distance, objective, both):
    near = theory.nearest_gaussian(distance, objective)
    assert (abs(near.mean) < 0.01) == both and (near.std > 0.55) == both
    assert both or near.mean == pytest.approx(distance / 2, abs=0.12)


@pytest.mark.filterwarnings("ignore:the result is infinite")       # of a narrow p_g, which is not the nearest
@pytest.mark.parametrize("objective", THREE)
def test_nothing_that_a_plain_search_finds_is_nearer(objective):
    near = theory.nearest_gaussian(4, objective)
    dx = near.x[1] - near.x[0]
    F = lambda mean, std: DIVERGENCES[objective](near.p_data, normal(near.x, mean, std), dx)
    assert near.left == pytest.approx(F(near.mean, near.std), abs=1e-12)
    assert near.p_g == pytest.approx(normal(near.x, near.mean, near.std))
    others = [F(mean, std) for mean in np.linspace(-2.5, 2.5, 26) for std in np.geomspace(0.3, 2.7, 20)]
    assert min(others) >= near.left and min(others) < near.left + 0.02


# ---- the doors ----------------------------------------------------------------------------------

half = [0.5, 0.5]


@pytest.mark.parametrize("call, words", [
    (lambda: theory.slope_at_best(half, half, "likelyhood"), "did you mean 'likelihood'"),
    (lambda: theory.slope_at_best(half, [1.0]), "one shape"),
    (lambda: theory.descended(half, [1, 1]), "p_g must sum to 1"),
    (lambda: theory.kl_from_logits([], [1.0]), "a_real must hold at least one"),
    (lambda: theory.nearest_gaussian(9), "distance must be a number from 0 to 8"),
    (lambda: theory.nearest_gaussian(4, "KL"), "objective 'KL' is unknown")])
def test_bad_input_gets_one_clear_sentence(call, words):
    with pytest.raises(ValueError, match=words):
        call()
