"""Prop. 1 and Thm. 1: D*, V and C against closed forms, quadrature, brute force and the networks' own losses."""

import math
from decimal import Decimal, getcontext

import numpy as np
import pytest
from hypothesis import given, strategies as st

import tinygan as tg
from drawn import normal, pairs, pairs_with_zeros
from tinygan import theory

getcontext().prec = 40
LOG_4 = math.log(4)


# ---- Prop. 1: D* --------------------------------------------------------------------------------

@given(st.floats(0, 1), st.floats(0, 1))
def test_a_log_y_plus_b_log_1_minus_y_peaks_at_d_star(a, b):
    """In 40 digits, and on both sides of D*: never higher."""
    D = theory.optimal_discriminator([a], [b])[0]
    if a == b == 0:
        assert D == 0.5
        return
    assert D == pytest.approx(float(Decimal(a) / (Decimal(a) + Decimal(b))), rel=1e-15)
    f = lambda y: (Decimal(a) * y.ln() if a else 0) + (Decimal(b) * (1 - y).ln() if b else 0)
    best = Decimal(a) / (Decimal(a) + Decimal(b))
    for step in (Decimal("1e-3"), Decimal("1e-9"), Decimal("0.2")):
        for y in (best - step, best + step):
            if 0 < y < 1 and 0 < best < 1:
                assert f(y) < f(best)


@given(pairs_with_zeros, st.data())
def test_no_discriminator_does_better_than_d_star(pair, data):
    p_data, p_g = pair
    D = np.array(data.draw(st.lists(st.floats(0, 1), min_size=len(p_data), max_size=len(p_data))))
    assert theory.value(D, p_data, p_g) <= theory.value(theory.optimal_discriminator(p_data, p_g), p_data, p_g) + 1e-12


@given(pairs)
def test_d_star_is_bayes_rule_with_equal_priors(pair):
    assert theory.bayes([0.5, 0.5], np.array(pair))[0] == pytest.approx(theory.optimal_discriminator(*pair), abs=1e-15)


def test_d_star_at_the_edges():
    D = theory.optimal_discriminator([0, 1, 0, 1, 1, 5e-324, 3], [1, 0, 0, 1, 1e-30, 9, 5e-324])
    assert D[:4].tolist() == [0, 1, 0.5, 0.5]
    assert 0 < D[4:].min() and D[4:].max() < 1 and (D[4], D[6]) == (1 - 2**-53, 1 - 2**-53)
    x, dx = np.linspace(-40, 40, 8001, retstep=True)                # tails where D* would round to 0 or 1
    p_data, p_g = normal(x, 4, 0.5), normal(x)
    assert math.isfinite(theory.value(theory.optimal_discriminator(p_data, p_g), p_data, p_g, dx))


# ---- Eq. 3: V -----------------------------------------------------------------------------------

@given(pairs_with_zeros, st.floats(0.001, 0.999))
def test_v_of_a_constant_d(pair, D):
    assert theory.value(D, *pair) == pytest.approx(math.log(D) + math.log(1 - D), abs=1e-12)
    assert theory.value(np.full(len(pair[0]), D), *pair) == theory.value(D, *pair)


@given(pairs, st.data())
def test_v_against_forty_digits(pair, data):
    D = data.draw(st.lists(st.floats(1e-6, 1 - 1e-6), min_size=len(pair[0]), max_size=len(pair[0])))
    exact = sum(Decimal(float(a)) * Decimal(d).ln() + Decimal(float(b)) * (1 - Decimal(d)).ln()
                for a, b, d in zip(*pair, D))
    assert theory.value(D, *pair) == pytest.approx(float(exact), rel=1e-13)


def test_v_is_what_the_game_sees_on_average():
    """game.value, from logits on samples, comes near to theory.value, from densities."""
    x, dx = np.linspace(-12, 12, 4801, retstep=True)
    logit = lambda x: 1.5 - x + 0.3 * np.sin(2 * x)
    rng = np.random.default_rng(0)
    on_samples = tg.value(logit(rng.standard_normal(400_000)), logit(1 + 0.7 * rng.standard_normal(400_000)))
    assert on_samples == pytest.approx(theory.value(tg.sigmoid(logit(x)), normal(x), normal(x, 1, 0.7), dx), abs=4e-3)


def test_v_where_d_is_sure():
    assert theory.value([1, 0], [1, 0], [0, 1]) == 0 and str(theory.value([1, 0], [1, 0], [0, 1])) == "0.0"
    assert theory.value([0, 0.5], [0.5, 0.5], [0, 1]) == -math.inf == theory.value([0.5, 1], [1, 0], [0.5, 0.5])
    assert type(theory.value(0.5, np.ones(1), np.ones(1))) is float


# ---- Thm. 1: C ----------------------------------------------------------------------------------

@given(pairs_with_zeros)
def test_c_is_eq_5_and_eq_6_and_at_least_minus_log_4(pair):
    p_data, p_g = pair
    C, middle = theory.criterion(p_data, p_g), (p_data + p_g) / 2
    exact = lambda number: Decimal(float(number))
    exact_kl = lambda p: float(sum(exact(a) * (2 * exact(a) / (exact(b) + exact(c))).ln()
                                   for a, b, c in zip(p, p_data, p_g) if a))
    assert C == pytest.approx(-LOG_4 + exact_kl(p_data) + exact_kl(p_g), abs=1e-12)                         # Eq. 5
    assert C == pytest.approx(-LOG_4 + theory.kl(p_data, middle) + theory.kl(p_g, middle), abs=1e-12)
    assert C == pytest.approx(-LOG_4 + 2 * theory.js(p_data, p_g), abs=1e-12)                               # Eq. 6
    assert -LOG_4 - 1e-12 <= C <= 1e-12
    if np.abs(p_data - p_g).max() > 1e-3:
        assert C > -LOG_4 + 1e-8                                                                            # only there
    assert theory.criterion(p_data, p_data) == pytest.approx(-LOG_4, abs=1e-15)
    assert C == pytest.approx(theory.value(theory.optimal_discriminator(p_data, p_g), p_data, p_g), abs=1e-12)  # Eq. 4


@pytest.mark.parametrize("mass", [0.9991, 1, 1.0009])
def test_theorem_1_holds_on_a_grid_whose_sum_is_not_quite_1(mass):
    """C(p, p) = −log 4 to rounding, and C is not below it for any p_g; else both would be off by .0013."""
    x, dx = np.linspace(-8, 8, 401, retstep=True)
    p_data, p_g = normal(x), normal(x, 0.001)
    assert theory.criterion(mass * p_data, mass * p_data, dx) == pytest.approx(-LOG_4, abs=1e-14)
    C = theory.criterion(mass * p_data, p_g / mass, dx)
    assert C == pytest.approx(-LOG_4 + 2 * theory.js(p_data, p_g, dx), abs=1e-14) and C > -LOG_4
    assert theory.value(0.5, mass * p_data, p_g / mass, dx) == pytest.approx(-LOG_4, abs=1e-14)


def test_c_has_its_digits_where_d_star_rounds_to_1():
    """p_data = (1, 0), p_g = (ε, 1 − ε): C = log 1/(1 + ε) + ε log ε/(1 + ε), by hand for a tiny ε."""
    for epsilon in (1e-17, 1e-100, 1e-300):
        assert theory.criterion([1, 0], [epsilon, 1]) == pytest.approx(epsilon * (math.log(epsilon) - 1), rel=1e-13)


@given(st.integers(0, 100))
def test_c_of_overlapping_uniforms(percent):
    """Unit intervals that share a part s: C = −2 s log 2, from 0 down to −log 4."""
    p, q = np.zeros(200), np.zeros(200)
    p[:100] = q[percent:percent + 100] = 1
    assert theory.criterion(p, q, dx=0.01) == pytest.approx(-2 * (1 - percent / 100) * math.log(2), abs=1e-12)


@given(st.floats(-3, 3), st.floats(0.3, 2))
def test_c_of_densities_against_gauss_hermite_quadrature(mean, std):
    x, dx = np.linspace(-20, 20, 8001, retstep=True)
    t, w = np.polynomial.hermite_e.hermegauss(300)                                # for means over N(0, 1)
    w = w / w.sum()
    log_ratio = lambda x: (-(((x - mean) / std) ** 2) + x**2) / 2 - math.log(std)     # log p_g/p_data
    wanted = -np.sum(w * np.logaddexp(0, log_ratio(t))) - np.sum(w * np.logaddexp(0, -log_ratio(mean + std * t)))
    assert theory.criterion(normal(x), normal(x, mean, std), dx) == pytest.approx(wanted, abs=2e-5)


# ---- the doors ----------------------------------------------------------------------------------

half = [0.5, 0.5]


@pytest.mark.parametrize("call, words", [
    (lambda: theory.optimal_discriminator([0.5, -0.5], half), "p_data must not be negative"),
    (lambda: theory.optimal_discriminator(half, [0.5]), r"p_data and p_g must have one shape, not \(2,\) and \(1,\)"),
    (lambda: theory.optimal_discriminator(half, [np.nan, 1]), "p_g must be finite"),
    (lambda: theory.value(1.1, half, half), r"D must lie in \[0, 1\], but has entries from 1.1 to 1.1"),
    (lambda: theory.value([-0.1, 0.5], half, half), r"D must lie in \[0, 1\]"),
    (lambda: theory.value(np.nan, half, half), "D must be finite"),
    (lambda: theory.value([0.5], half, half), r"D and p_data must have one shape, not \(1,\) and \(2,\)"),
    (lambda: theory.value(0.5, [0.5, 0.6], half), "p_data must sum to 1, not to 1.1"),
    (lambda: theory.value(0.5, half, half, dx=0.1), "p_data times dx=0.1 must sum to 1"),
    (lambda: theory.criterion(half, [1, 1]), "p_g must sum to 1, not to 2"),
    (lambda: theory.criterion(half, [1.0]), "one shape")])
def test_bad_input_gets_one_clear_sentence(call, words):
    with pytest.raises(ValueError, match=words):
        call()


def test_nothing_given_is_changed():
    p_data, p_g, D = np.array([0.5, 0.5]), np.array([0.1, 0.9]), np.array([0.0, 1.0])
    for array in (p_data, p_g, D):
        array.flags.writeable = False                             # and read-only arrays will do
    theory.criterion(p_data, p_g), theory.value(D, p_data, p_g)
    theory.alternate(p_data, p_g, steps=3), theory.project_to_simplex(D)


def test_all_of_it_can_be_had_from_theory():
    for name in theory.__all__:
        assert getattr(theory, name).__doc__
    assert theory.entropy is tg.probability.entropy and theory.pushforward is tg.pushforward.pushforward


def test_the_tags_of_the_paper_stand_where_its_statements_are_computed():
    for function, tags in ((theory.optimal_discriminator, ["[Prop. 1, Eq. 2]"]), (theory.value, ["[Eq. 3]"]),
                           (theory.criterion, ["[Eq. 4]", "[Eq. 5]", "[Eq. 6]", "[Thm. 1]"]),
                           (theory.criterion_gradient, ["[Prop. 2]"]), (theory.alternate, ["[Prop. 2]"])):
        assert all(tag in function.__doc__ for tag in tags), function
    assert "Eq. 3" in tg.pushforward.__doc__
