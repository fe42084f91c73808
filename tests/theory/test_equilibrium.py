"""The equilibrium: both inequalities, who could gain what, and three games in which order matters or not."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, strategies as st

import tinygan as tg
from drawn import normal, pairs, pairs_with_zeros, positive
from tinygan import theory

LOG_4 = math.log(4)


def some_D(data, n):
    return np.array(data.draw(st.lists(st.floats(0.001, 0.999), min_size=n, max_size=n)))


# ---- is there one -------------------------------------------------------------------------------

@given(pairs, st.data())
def test_no_g_does_better_than_p_data_and_no_d_better_than_one_half(pair, data):
    p_data, p_g = pair
    D = some_D(data, len(p_g))
    D_star = theory.optimal_discriminator(p_data, p_g)
    assert theory.value(D_star, p_data, p_g) >= -LOG_4 - 1e-12
    assert theory.value(D, p_data, p_data) <= -LOG_4 + 1e-12
    assert theory.value(0.5, p_data, p_g) == pytest.approx(-LOG_4, abs=1e-12)     # at D = 1/2, G is indifferent
    assert theory.gains(0.5, p_data, p_data) == pytest.approx((0, 0), abs=1e-12)


# ---- is it the right one ------------------------------------------------------------------------

@given(pairs_with_zeros, st.data())
def test_together_they_can_gain_at_least_2_jsd_so_no_other_p_g_will_do(pair, data):
    p_data, p_g = pair
    for D in (some_D(data, len(p_g)), theory.optimal_discriminator(p_data, p_g), 0.5):
        gains = theory.gains(D, p_data, p_g)
        assert min(gains) >= 0 and sum(gains) >= 2 * theory.js(p_data, p_g) - 1e-12


@given(positive(3), st.data())
def test_at_p_data_any_other_d_leaves_both_something_to_gain(p_data, data):
    D = some_D(data, 3)
    gains = theory.gains(D, p_data, p_data)
    assert gains.of_D > 0 or np.abs(D - 0.5).max() < 1e-6
    assert gains.of_G > 0 or np.ptp(D) < 1e-6


@given(pairs, st.data())
def test_the_gains_are_what_the_best_answer_of_many_wins(pair, data):
    p_data, p_g = pair
    n = len(p_g)
    D = some_D(data, n)
    V = lambda D, p_g: np.log(D) @ p_data + np.log(1 - D) @ p_g
    answers_of_D = [V(p_data / (p_data + p_g * w), p_g) for w in (0.9, 1, 1.1)]
    answers_of_G = [V(D, p) for p in np.eye(n)]                                   # a straight line in p_g: at a corner
    inside = [V(D, p) for p in np.random.default_rng(0).dirichlet(np.ones(n), 50)]
    gains = theory.gains(D, p_data, p_g)
    assert max(answers_of_D) == answers_of_D[1]
    assert gains.of_D == pytest.approx(answers_of_D[1] - V(D, p_g), abs=1e-12)
    assert gains.of_G == pytest.approx(V(D, p_g) - min(answers_of_G), abs=1e-12)
    assert min(inside) > min(answers_of_G) - 1e-12


def test_gains_of_densities_and_at_the_edges():
    x, dx = np.linspace(-12, 12, 2401, retstep=True)
    p_data, p_g = normal(x), normal(x, 1)
    gains = theory.gains(0.5, p_data, p_g, dx)
    assert gains == pytest.approx((2 * theory.js(p_data, p_g, dx), 0), abs=1e-12)
    D = 1 / (1 + np.exp(0.1 * x))                                   # a* of these two is 1/2 − x: not so steep
    wanted = -np.sum(p_g * np.logaddexp(0, -0.1 * x)) * dx + math.log(1 + math.exp(1.2))     # log(1 − D) at x = −12
    assert theory.gains(D, p_data, p_g, dx).of_G == pytest.approx(wanted, abs=1e-12)
    assert theory.gains([0.5, 1], [0.5, 0.5], [1, 0]).of_G == math.inf            # room where D is sure of a real one
    assert theory.gains([0.5, 1], [0.5, 0.5], [0, 1]) == (math.inf, 0)            # … and G is there already
    assert theory.gains([0, 0.5], [0.5, 0.5], [0, 1]) == (math.inf, 0)


# ---- min max and max min ------------------------------------------------------------------------

@given(st.integers(1, 4), st.integers(1, 4), st.data())
def test_who_answers_does_no_worse_and_equal_means_a_saddle(n, m, data):
    V = np.array(data.draw(st.lists(st.integers(0, 5), min_size=n * m, max_size=n * m))).reshape(n, m)
    first = min(max(row) for row in V.tolist())
    second = max(min(column) for column in V.T.tolist())
    assert (theory.minimax(V), theory.maximin(V)) == (first, second) and second <= first
    saddles = [V[i, j] for i, j in itertools.product(range(n), range(m)) if V[i].max() == V[i, j] == V[:, j].min()]
    assert (first == second) == bool(saddles) and all(each == first for each in saddles)


# logits, among them those of 1/3, 1/2 and 2/3, and many near 1/2
A = np.union1d(math.log(2) * np.arange(-40, 41) / 2, np.linspace(-0.4, 0.4, 17))


def table(p_data, p_g, D):
    """V for each p_g, (n, k), against each D, (m, k)."""
    return np.log(D) @ p_data + p_g @ np.log(1 - D).T


def test_of_any_p_g_and_any_d_order_does_not_matter():
    D = tg.sigmoid(np.array(list(itertools.product(A, A))))
    p_g = np.array([(i, 20 - i) for i in range(21)]) / 20
    for p_data in ([0.5, 0.5], [0.3, 0.7]):
        V = table(p_data, p_g, D)
        assert theory.minimax(V) == pytest.approx(-LOG_4, abs=1e-12) == theory.maximin(V)
        assert p_g[V.max(axis=1).argmin()].tolist() == p_data                     # G moves first, and must be right
        last = V[:, V.min(axis=0).argmax()]
        assert np.ptp(last) < 1e-12                                               # D moves first: any p_g will do


def test_of_point_masses_order_matters():
    """One x for all z, as from a G that does not look at z: there is no equilibrium."""
    D = tg.sigmoid(np.array(list(itertools.product(A, A))))
    V = table([0.5, 0.5], np.eye(2), D)
    assert theory.minimax(V) == pytest.approx(0.5 * math.log(1 / 3) + math.log(2 / 3), abs=2e-6)
    assert theory.minimax(V) == pytest.approx(theory.criterion([0.5, 0.5], [1, 0]), abs=2e-6)
    assert theory.maximin(V) == pytest.approx(-LOG_4, abs=1e-12)


def test_with_a_d_that_sees_means_only_the_equilibrium_is_not_the_right_one():
    """x is −1, 0 or 1 and D's logit is ψ x."""
    p_data, p_g = np.array([0.5, 0, 0.5]), np.array([0.0, 1, 0])
    D = tg.sigmoid(A[:, None] * [-1, 0, 1])
    V = table(p_data, np.array([p_g, p_data, [1, 0, 0]]), D)
    assert theory.minimax(V) == pytest.approx(-LOG_4, abs=1e-12) == theory.maximin(V)
    assert V[:2].max(axis=1) == pytest.approx([-LOG_4, -LOG_4], abs=1e-12) and V[2].max() > -LOG_4 + 0.1
    assert theory.gains(0.5, p_data, p_g) == pytest.approx((LOG_4, 0), abs=1e-12)  # what a better D could gain


@given(st.floats(-3, 3), st.floats(-3, 3))
def test_the_dirac_gan_has_an_equilibrium_though_it_may_never_get_there(theta, psi):
    V = lambda theta, psi: tg.value([psi * 0.0], [psi * theta])
    assert V(theta, 0) == V(0, psi) == V(0, 0) == pytest.approx(-LOG_4)


# ---- the first term of V does not depend on G ---------------------------------------------------

@given(pairs, positive(2), st.data())
def test_what_g_gains_has_no_p_data_in_it(pair, other, data):
    p_data, p_g = pair[0][:2] / pair[0][:2].sum(), pair[1][:2] / pair[1][:2].sum()
    D = some_D(data, 2)
    assert theory.gains(D, p_data, p_g).of_G == theory.gains(D, other, p_g).of_G


def game_on(data):
    G = tg.MLP([2, 8, 2], rng=0)
    D = tg.MLP([2, 8, 1], hidden="leaky_relu", rng=1)
    return tg.Algorithm1(G, D, data, tg.data.Normal(2), m=16, rng=0)


def test_the_gradient_of_a_network_g_needs_no_real_example():
    z = np.random.default_rng(0).standard_normal((16, 2))
    games = [game_on(data) for data in (tg.data.Ring(), np.zeros((3, 2)))]
    for game in games:
        game.gradient_G(z)
    assert (games[0].G.grad == games[1].G.grad).all() and np.abs(games[0].G.grad).max() > 1e-3


@pytest.mark.parametrize("objective", tg.game.OBJECTIVES)
def test_the_d_of_the_equilibrium_gives_g_no_slope(objective):
    game = game_on(tg.data.Ring())
    game.objective = objective
    game.D.theta = np.zeros_like(game.D.theta)                                    # D = 1/2 everywhere
    game.gradient_G(np.random.default_rng(0).standard_normal((16, 2)))
    assert (game.G.grad == 0).all()


# ---- the doors ----------------------------------------------------------------------------------

half = [0.5, 0.5]


@pytest.mark.parametrize("call, words", [
    (lambda: theory.gains(1.5, half, half), "D must lie"),
    (lambda: theory.gains(0.5, half, [1, 1]), "p_g must sum to 1"),
    (lambda: theory.minimax([1, 2]), r"V must be \(n, m\).*not \(2,\)"),
    (lambda: theory.maximin(np.zeros((0, 2))), r"V must be \(n, m\)"),
    (lambda: theory.maximin([[np.inf]]), "V must be finite")])
def test_bad_input_gets_one_clear_sentence(call, words):
    with pytest.raises(ValueError, match=words):
        call()
