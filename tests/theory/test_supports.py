"""Supports: without densities D can be perfect, and a slope by D's gradient is what the closed forms say."""

import math

import numpy as np
import pytest
from hypothesis import given, strategies as st

from tinygan import theory
from tinygan.theory.supports import curve_in_the_plane, parallel_lines
from drawn import normal

distances, blurs = st.floats(0.05, 4), st.floats(0.3, 2)


@given(distances, blurs)
def test_c_is_that_of_two_gaussians(theta, sigma):
    x, dx = np.linspace(-30, 40, 70_001, retstep=True)
    p_data, p_g = normal(x, 0, sigma), normal(x, theta, sigma)
    D = theory.optimal_discriminator(p_data, p_g)
    lines = parallel_lines(theta, sigma)
    assert lines.C == pytest.approx(theory.criterion(p_data, p_g, dx), abs=1e-9)
    assert lines.C == pytest.approx(-math.log(4) + 2 * theory.js(p_data, p_g, dx), abs=1e-9)
    assert lines.D_fake == pytest.approx(np.sum(p_g * D) * dx, rel=1e-9)


@given(distances, blurs)
def test_log_1_minus_d_has_the_slope_of_c(theta, sigma):
    """Whoever descends log(1 − D*) descends C: the gradient of the supremum is the gradient at the maximiser."""
    h = 1e-5
    difference = (parallel_lines(theta + h, sigma).C - parallel_lines(theta - h, sigma).C) / (2 * h)
    assert parallel_lines(theta, sigma).minimax == pytest.approx(difference, rel=1e-5, abs=1e-10)


@given(distances, blurs)
def test_minus_log_d_has_the_slope_of_minus_log_d(theta, sigma):
    """As a difference of means over examples that move, while D* stays where it is."""
    x, dx = np.linspace(-30, 40, 70_001, retstep=True)
    loss = lambda where: np.sum(normal(x, where, sigma) * np.logaddexp(0, -theta / sigma**2 * (theta / 2 - x))) * dx
    difference = (loss(theta + 1e-5) - loss(theta - 1e-5)) / 2e-5
    assert parallel_lines(theta, sigma).non_saturating == pytest.approx(difference, rel=1e-6)


def test_without_blur_c_jumps_and_with_it_one_slope_fades_and_the_other_grows():
    assert parallel_lines(0).C == -math.log(4) and parallel_lines(1e-6).C == 0 == parallel_lines(1e6).C
    fading = [parallel_lines(1, sigma) for sigma in (0.4, 0.2, 0.1, 0.05, 0.01, 1e-6)]
    assert all(a.C < b.C or b.C == 0 for a, b in zip(fading, fading[1:])) and fading[2].C > -1e-5
    assert all(a.minimax > b.minimax or b.minimax == 0 for a, b in zip(fading, fading[1:]))
    assert fading[2].minimax < 1e-4 and fading[2].non_saturating == pytest.approx(100)
    assert fading[-1] == (0, 0, 0, pytest.approx(1e12))


def test_the_mean_of_d_over_p_g_is_not_d_where_p_g_is_highest():
    """D* at x₂ = θ is σ(−θ²/2σ²); the mean is e^(−θ²/8σ²) σ/θ √(π/2) for small σ: so much larger."""
    for sigma in (0.05, 0.02):
        D_fake = parallel_lines(1, sigma).D_fake
        assert D_fake == pytest.approx(math.exp(-1 / (8 * sigma**2)) * sigma * math.sqrt(math.pi / 2), rel=0.03)
        assert D_fake > 1e15 * math.exp(-1 / (2 * sigma**2))


@pytest.fixture(scope="module")
def curve():
    return curve_in_the_plane(halvings=8, n=100_000, iterations=400)


def test_smaller_cells_never_see_less(curve):
    assert curve.cells.tolist() == [2, 4, 8, 16, 32, 64, 128, 256]
    for jsd in (curve.one, curve.two, curve.floor):
        assert (np.diff(jsd) > -1e-12).all() and 0 <= jsd[0] and jsd[-1] < math.log(2)


def test_a_curve_is_seen_through_and_a_plane_is_not(curve):
    """log 2 − JSD falls like the cell's side, or nearly so; with noise of two dimensions JSD stays near the floor."""
    missing = math.log(2) - curve.one
    assert curve.one[-1] > 0.6 and (missing[-3:] < 0.7 * missing[-4:-1]).all()
    assert (curve.two[:6] < curve.floor[:6] + 0.06).all()


def test_the_floor_is_that_of_chance(curve):
    """Two real samples of n: about (b − 1)/(4n) nats in b cells, as long as each of them holds many."""
    assert curve.floor[1] == pytest.approx(15 / 400_000, abs=1e-4)
    occupied = math.pi * (2.5 / 10 * 32) ** 2                           # cells within 2.5 of 0
    assert occupied / 400_000 / 2 < curve.floor[4] < 4 * occupied / 400_000


def test_the_counts_are_those_of_a_histogram():
    rng = np.random.default_rng(0)
    x = np.clip(rng.normal(0, 2, (1000, 2)), -4.99, 4.99)
    wanted = np.histogram2d(*x.T, bins=16, range=[(-5, 5)] * 2)[0]
    assert (theory.supports._counts(x, 4) == wanted).all()
    assert theory.supports._counts(np.array([[-9.0, 9.0]]), 4)[0, 15] == 1     # outside: where it is nearest
