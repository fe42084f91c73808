"""The game without its log: D at the ends, total variation, a p_g without rest; and which measures are distances."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, strategies as st

from drawn import normal, pairs, pairs_with_zeros, positive
from tinygan import theory

LOG_2 = math.log(2)


# ---- the best D, and what it leaves -------------------------------------------------------------

@given(pairs_with_zeros, st.data())
def test_without_the_log_the_best_d_is_at_the_ends_and_the_value_is_1_plus_tv(pair, data):
    p_data, p_g = pair
    best = theory.linear_discriminator(p_data, p_g)
    V = lambda D: theory.linear_value(D, p_data, p_g)
    ends = max(V(np.array(D)) for D in itertools.product([0.0, 1.0], repeat=len(p_data)))
    assert V(best) == pytest.approx(ends, abs=1e-12)
    assert V(best) == pytest.approx(1 + theory.total_variation(p_data, p_g), abs=1e-12)
    D = np.array(data.draw(st.lists(st.floats(0, 1), min_size=len(p_data), max_size=len(p_data))))
    assert V(D) == pytest.approx(p_data @ D + p_g @ (1 - D), abs=1e-12) and V(D) <= V(best) + 1e-12
    assert set(best[p_data != p_g]) <= {0, 1} and (best[p_data == p_g] == 0.5).all()


@given(pairs)
def test_with_it_the_best_d_is_at_no_end_and_without_it_knows_only_which_is_larger(pair):
    p_data, p_g = pair
    D_star, ends = theory.optimal_discriminator(p_data, p_g), theory.linear_discriminator(p_data, p_g)
    assert 0 < D_star.min() and D_star.max() < 1 and ((D_star > 0.5) == (ends == 1)).all()
    nearer = p_data + 0.1 * (p_g - p_data)                      # a tenth of the way left: D* sees it, the other doesn't
    apart = np.abs(p_data - p_g) > 1e-6
    assert (theory.linear_discriminator(p_data, nearer)[apart] == ends[apart]).all()
    assert (np.abs(theory.optimal_discriminator(p_data, nearer) - 0.5) <= np.abs(D_star - 0.5) + 1e-12).all()


@given(positive(4), st.lists(st.floats(0, 1), min_size=4, max_size=4))
def test_at_p_data_any_d_is_the_best_without_the_log(p_data, D):
    assert theory.linear_value(D, p_data, p_data) == pytest.approx(1, abs=1e-12)


def test_the_half_of_it_is_the_share_of_right_answers():
    rng, p_data, p_g, D = np.random.default_rng(0), [0.7, 0.3], [0.4, 0.6], np.array([0.9, 0.2])
    real, generated = rng.choice(2, 100_000, p=p_data), rng.choice(2, 100_000, p=p_g)
    right = np.concatenate([rng.random(100_000) < D[real], rng.random(100_000) >= D[generated]])
    assert right.mean() == pytest.approx(theory.linear_value(D, p_data, p_g) / 2, abs=0.005)


def test_of_densities():
    x, dx = np.linspace(-10, 10, 4001, retstep=True)
    p, q = normal(x), normal(x, 1)
    assert theory.total_variation(p, q, dx) == pytest.approx(math.erf(0.5 / math.sqrt(2)), abs=1e-6)
    D = theory.linear_discriminator(p, q)
    assert theory.linear_value(D, p, q, dx) == pytest.approx(1 + theory.total_variation(p, q, dx), abs=1e-12)
    assert theory.linear_value(0.3, p, q, dx) == pytest.approx(1, abs=1e-12)


# ---- the slope, and where it leads --------------------------------------------------------------

@given(pairs)
def test_the_slope_of_the_value_is_0_or_1_at_each_x_however_near(pair):
    p_data, p_g = pair
    for part in (1, 0.01):
        near = p_data + part * (p_g - p_data)
        for i in range(1, len(near)):
            gap = min(np.abs(near - p_data)[[0, i]].min(), near[[0, i]].min())
            if gap > 1e-6:
                move = np.zeros(len(near))
                move[0], move[i] = gap / 2, -gap / 2
                change = theory.total_variation(p_data, near + move) - theory.total_variation(p_data, near - move)
                slope = 1 - theory.linear_discriminator(p_data, near)
                assert change / gap == pytest.approx(slope[0] - slope[i], abs=1e-8)


def test_p_g_steps_to_and_fro_where_with_the_log_it_comes_to_rest():
    p_data, start = np.array([0.5, 0.2, 0.3]), [0.05, 0.9, 0.05]
    distance = lambda path: np.abs(path - p_data).sum(axis=1) / 2
    for rate in (0.02, 0.011):
        with_log = distance(theory.alternate(p_data, start, rate, 2000))
        without = distance(theory.linear_alternate(p_data, start, rate, 2000))
        assert with_log[-1] < 1e-9
        assert 0.1 * rate < without[200:].min() and without[200:].max() < 1.1 * rate
    move = theory.linear_alternate(p_data, start, 0.01, 1)[1] - start              # 1 − D is (0, 1, 0), centred
    assert move == pytest.approx([0.01 / 3, -0.02 / 3, 0.01 / 3], abs=1e-15)
    assert (theory.linear_alternate(p_data, p_data, steps=3) == p_data).all()


# ---- distances ----------------------------------------------------------------------------------

@given(pairs_with_zeros)
def test_jsd_lies_between_two_functions_of_tv(pair):
    tv, js = theory.total_variation(*pair), theory.js(*pair)
    assert 0 <= tv <= 1 + 1e-15 and tv == theory.total_variation(*pair[::-1])
    assert tv**2 / 2 - 1e-12 <= js <= LOG_2 * tv + 1e-12


def test_both_bounds_are_sharp():
    assert theory.total_variation([0.5, 0.5, 0], [0, 0, 1]) == 1 and theory.js([0.5, 0.5, 0], [0, 0, 1]) / LOG_2 == 1
    near = [0.5, 0.5], [0.501, 0.499]
    assert theory.js(*near) == pytest.approx(theory.total_variation(*near) ** 2 / 2, rel=1e-5)


def test_jsd_breaks_a_triangle_wherever_the_second_coin_lies_between_and_its_root_breaks_none():
    between = sum(min(p, r) < q < max(p, r) for p, q, r in np.random.default_rng(5).random((1000, 3)))
    assert theory.broken_triangles(theory.js, 1000, 5) == between == theory.broken_triangles(theory.kl, 1000, 5)
    for distance in (lambda p, q: math.sqrt(theory.js(p, q)), theory.total_variation):
        assert theory.broken_triangles(distance, 1000, 5) == 0
    half, sure, other = [0.5, 0.5], [1, 0], [0, 1]
    assert theory.js(sure, other) == LOG_2 > 2 * theory.js(sure, half)            # one by hand: .693 > .431


@pytest.mark.slow
def test_the_count_of_the_page():
    assert theory.broken_triangles(theory.js, 10_000) == 3243 == theory.broken_triangles(theory.kl, 10_000)
    for distance in (lambda p, q: math.sqrt(theory.js(p, q)), theory.total_variation):
        assert theory.broken_triangles(distance, 10_000) == 0


# ---- the doors ----------------------------------------------------------------------------------

half = [0.5, 0.5]


@pytest.mark.parametrize("call, words", [
    (lambda: theory.linear_value(2, half, half), "D must lie"),
    (lambda: theory.linear_value([0.5], half, half), "one shape"),
    (lambda: theory.linear_discriminator([-1, 1], half), "p_data must not be negative"),
    (lambda: theory.total_variation(half, [1, 1]), "q must sum to 1"),
    (lambda: theory.linear_alternate([[1.0]], [[1.0]]), r"must be \(n,\)"),
    (lambda: theory.linear_alternate(half, half, rate=0), "rate must be"),
    (lambda: theory.broken_triangles(theory.js, 0), "triples must be at least 1")])
def test_bad_input_gets_one_clear_sentence(call, words):
    with pytest.raises(ValueError, match=words):
        call()


def test_a_measure_is_a_function():
    with pytest.raises(TypeError, match="measure must be a function"):
        theory.broken_triangles(1)
