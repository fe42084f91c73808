"""Prop. 1, Thm. 1, Prop. 2 and the two objectives: against closed forms, quadrature, difference
quotients, brute force and the networks' own losses."""

import math
import re
from decimal import Decimal, getcontext

import numpy as np
import pytest
from hypothesis import given, strategies as st

import tinygan as tg
from tinygan import gradcheck, theory

getcontext().prec = 40
LOG_4 = math.log(4)
positive = lambda n: st.lists(st.floats(0.01, 1), min_size=n, max_size=n).map(lambda w: np.array(w) / math.fsum(w))
some_zeros = lambda n: st.lists(st.one_of(st.just(0.0), st.floats(1e-9, 1)), min_size=n, max_size=n).filter(
    lambda w: sum(w) > 0.01).map(lambda w: np.array(w) / math.fsum(w))
pairs = st.integers(2, 6).flatmap(lambda n: st.tuples(positive(n), positive(n)))
pairs_with_zeros = st.integers(1, 6).flatmap(lambda n: st.tuples(some_zeros(n), some_zeros(n)))


def normal(x, mean=0.0, std=1.0):
    return np.exp(-((x - mean) / std) ** 2 / 2) / (std * math.sqrt(2 * math.pi))


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
    exact = sum(Decimal(float(a)) * Decimal(d).ln() + Decimal(float(b)) * (1 - Decimal(d)).ln() for a, b, d in zip(*pair, D))
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
    exact_kl = lambda p: float(sum(Decimal(float(a)) * (2 * Decimal(float(a)) / (Decimal(float(b)) + Decimal(float(c)))).ln()
                                   for a, b, c in zip(p, p_data, p_g) if a))
    assert C == pytest.approx(-LOG_4 + exact_kl(p_data) + exact_kl(p_g), abs=1e-12)                         # Eq. 5
    assert C == pytest.approx(-LOG_4 + theory.kl(p_data, middle) + theory.kl(p_g, middle), abs=1e-12)
    assert C == pytest.approx(-LOG_4 + 2 * theory.js(p_data, p_g), abs=1e-12)                               # Eq. 6
    assert -LOG_4 - 1e-12 <= C <= 1e-12
    if np.abs(p_data - p_g).max() > 1e-3:
        assert C > -LOG_4 + 1e-8                                                                            # only there
    assert theory.criterion(p_data, p_data) == pytest.approx(-LOG_4, abs=1e-15)


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


# ---- Prop. 2: convergence -----------------------------------------------------------------------

@given(pairs, st.data())
def test_c_is_convex_and_above_each_of_its_lines(pair, data):
    p_data, p_g = pair
    other = data.draw(positive(len(p_data)))
    part = data.draw(st.floats(0, 1))
    between = theory.criterion(p_data, part * p_g + (1 - part) * other)
    assert between <= part * theory.criterion(p_data, p_g) + (1 - part) * theory.criterion(p_data, other) + 1e-12
    tangent = theory.criterion(p_data, p_g) + theory.criterion_gradient(p_data, p_g) @ (other - p_g)
    assert theory.criterion(p_data, other) >= tangent - 1e-12                     # a subgradient
    D = theory.optimal_discriminator(p_data, p_g)
    assert theory.value(D, p_data, other) == pytest.approx(tangent, abs=1e-12)    # and this line is V(·, D*)


@given(pairs)
def test_the_gradient_of_c_against_difference_quotients(pair):
    """Along each way to move mass from one outcome to another, C by the closed form of Eq. 6."""
    p_data, p_g = pair
    C = lambda p: -LOG_4 + 2 * theory.js(p_data, p)
    slope = theory.criterion_gradient(p_data, p_g)
    for i in range(1, len(p_g)):
        move = np.zeros(len(p_g))
        move[0], move[i] = 1, -1
        h = 1e-3 * min(p_g[0], p_g[i])
        quotient = (8 * (C(p_g + h * move) - C(p_g - h * move)) - C(p_g + 2 * h * move) + C(p_g - 2 * h * move)) / (12 * h)
        assert slope @ move == pytest.approx(quotient, abs=1e-8 + 1e-15 / h)


@given(st.lists(st.floats(-5, 5), min_size=1, max_size=8), st.integers(0, 1000))
def test_the_projection_is_the_nearest_distribution(v, seed):
    v = np.array(v)
    p = theory.project_to_simplex(v)
    assert p.min() >= 0 and p.sum() == pytest.approx(1, abs=1e-12)
    others = np.random.default_rng(seed).dirichlet(np.ones(len(v)), size=200)
    closer = p + 0.01 * (others - p)
    assert (np.sum((v - p) ** 2) <= np.sum((v - closer) ** 2, axis=1) + 1e-12).all()
    assert theory.project_to_simplex(p) == pytest.approx(p, abs=1e-12)
    assert theory.project_to_simplex([1e17, 1e17, -1e300]).tolist() == [0.5, 0.5, 0]


@pytest.mark.parametrize("objective", tg.game.OBJECTIVES)
@given(st.data())
def test_alternating_reaches_p_data_from_everywhere(objective, data):
    n = data.draw(st.integers(2, 5))
    p_data = 0.5 / n + 0.5 * data.draw(positive(n))                              # min p_data ≥ 0.1
    start = data.draw(some_zeros(n))
    path = theory.alternate(p_data, start, rate=0.08, steps=400, objective=objective)
    assert path.shape == (401, n) and (path[0] == start).all()
    assert path.min() >= 0 and path.sum(axis=1) == pytest.approx(np.ones(401), abs=1e-9)
    assert theory.js(p_data, path[-1]) < 1e-9
    if objective == "minimax":                                                   # downhill all the way, once all have mass
        C = [theory.criterion(p_data, p) for p in path[30:]]
        assert (np.diff(C) <= 1e-9).all()


def test_alternating_takes_the_step_it_says():
    p_data, p_g = np.array([0.2, 0.3, 0.5]), np.array([0.3, 0.3, 0.4])
    for objective, slope in (("minimax", np.log(p_g / (p_data + p_g))), ("non-saturating", -np.log(p_data / (p_data + p_g)))):
        moved = p_g - 0.02 * (slope - slope.mean())                              # stays inside: the projection only centres
        assert theory.alternate(p_data, p_g, 0.02, 1, objective)[1] == pytest.approx(moved, abs=1e-12)
    far = theory.alternate(p_data, [1, 0, 0], 0.02, 1)[1]                        # ranges wider than 1 are brought to 1
    assert far == pytest.approx([1 - 0.04 / 3, 0.02 / 3, 0.02 / 3], abs=2e-3) and far.sum() == pytest.approx(1)


def test_where_p_data_is_0_p_g_becomes_0():
    assert theory.alternate([0.5, 0.5, 0], [0.1, 0.1, 0.8], steps=3000)[-1] == pytest.approx([0.5, 0.5, 0], abs=1e-6)


def test_a_rate_that_is_too_large_never_settles():
    for rate, settles in ((0.75, True), (0.9, False)):                           # at p_data each step multiplies the error by 1 − rate/(2 · 0.2)
        end = theory.alternate([0.2, 0.2, 0.2, 0.2, 0.2], [0.21, 0.19, 0.2, 0.2, 0.2], rate=rate, steps=500)[-1]
        assert (np.abs(end - 0.2).max() < 1e-9) == settles


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
            assert theory.generator_slope(D, name, by="D") == pytest.approx(by_D(D + 1e-20j).imag / 1e-20, rel=1e-12)
            assert theory.generator_slope(D, name) == pytest.approx(theory.generator_slope(D, name, by="D") * D * (1 - D), rel=1e-12)


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

half = [0.5, 0.5]


@pytest.mark.parametrize("call, error, words", [
    (lambda: theory.optimal_discriminator([0.5, -0.5], half), ValueError, "p_data must not be negative"),
    (lambda: theory.optimal_discriminator(half, [0.5]), ValueError, r"p_data and p_g must have one shape, not \(2,\) and \(1,\)"),
    (lambda: theory.optimal_discriminator(half, [np.nan, 1]), ValueError, "p_g must be finite"),
    (lambda: theory.value(1.1, half, half), ValueError, r"D must lie in \[0, 1\], but has entries from 1.1 to 1.1"),
    (lambda: theory.value([-0.1, 0.5], half, half), ValueError, r"D must lie in \[0, 1\]"),
    (lambda: theory.value(np.nan, half, half), ValueError, "D must be finite"),
    (lambda: theory.value([0.5], half, half), ValueError, r"D and p_data must have one shape, not \(1,\) and \(2,\)"),
    (lambda: theory.value(0.5, [0.5, 0.6], half), ValueError, "p_data must sum to 1, not to 1.1"),
    (lambda: theory.value(0.5, half, half, dx=0.1), ValueError, "p_data times dx=0.1 must sum to 1"),
    (lambda: theory.criterion(half, [1, 1]), ValueError, "p_g must sum to 1, not to 2"),
    (lambda: theory.criterion(half, [1.0]), ValueError, "one shape"),
    (lambda: theory.alternate(half, [[0.5, 0.5]]), ValueError, "one shape"), (lambda: theory.alternate([[1.0]], [[1.0]]), ValueError, r"must be \(n,\)"),
    (lambda: theory.alternate(half, half, rate=0), ValueError, "rate must be"), (lambda: theory.alternate(half, half, steps=-1), ValueError, "steps must be"),
    (lambda: theory.alternate(half, half, objective="minmax"), ValueError, "did you mean 'minimax'"),
    (lambda: theory.project_to_simplex([]), ValueError, "v must be"), (lambda: theory.project_to_simplex([np.inf]), ValueError, "v must be finite"),
    (lambda: theory.generator_objective(2), ValueError, "D must lie"), (lambda: theory.generator_slope(0.5, by="x"), ValueError, "by 'x' is unknown"),
    (lambda: theory.generator_slope(0.5, "saturating"), ValueError, "objective 'saturating' is unknown"),
    (lambda: theory.binary_cross_entropy(0.5, 2), ValueError, "label must lie"), (lambda: theory.binary_cross_entropy(-1, 0), ValueError, "D must lie"),
    (lambda: theory.binary_cross_entropy([0.5, 0.5], [0, 1, 1]), ValueError, "label and D must have one shape")])
def test_bad_input_gets_one_clear_sentence(call, error, words):
    with pytest.raises(error, match=words):
        call()


def test_nothing_given_is_changed():
    p_data, p_g, D = np.array([0.5, 0.5]), np.array([0.1, 0.9]), np.array([0.0, 1.0])
    for array in (p_data, p_g, D):
        array.flags.writeable = False                                            # and read-only arrays will do
    theory.criterion(p_data, p_g), theory.value(D, p_data, p_g), theory.alternate(p_data, p_g, steps=3), theory.project_to_simplex(D)


def test_all_of_it_can_be_had_from_theory():
    for name in theory.__all__:
        assert callable(getattr(theory, name))
    assert theory.entropy is tg.probability.entropy and theory.pushforward is tg.pushforward.pushforward


def test_the_tags_of_the_paper_stand_where_its_statements_are_computed():
    for function, tags in ((theory.optimal_discriminator, "[Prop. 1, Eq. 2]"), (theory.value, "[Eq. 3]"), (theory.criterion, "[Eq. 4] [Eq. 5] [Eq. 6] [Thm. 1]"),
                           (theory.criterion_gradient, "[Prop. 2]"), (theory.alternate, "[Prop. 2]"), (theory.pushforward, "Eq. 3")):
        text = function.__doc__ + (tg.pushforward.__doc__ if function is theory.pushforward else "")
        assert all(tag in text for tag in re.findall(r"\[.*?\]|Eq\. 3", tags)), function
