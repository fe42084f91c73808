"""Prop. 2: C is convex, its gradient is right, and the alternation reaches p_data from everywhere."""

import math

import numpy as np
import pytest
from hypothesis import given, strategies as st

import tinygan as tg
from drawn import pairs, positive, some_zeros
from tinygan import theory

LOG_4 = math.log(4)


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
        at = lambda steps: C(p_g + steps * h * move)
        quotient = (8 * (at(1) - at(-1)) - at(2) + at(-2)) / (12 * h)
        assert slope @ move == pytest.approx(quotient, abs=1e-8 + 1e-15 / h)


def test_the_gradient_of_c_where_p_g_has_almost_no_mass():
    """log(1 − D*) = log p_g − log(p_data + p_g), though D* itself rounds to 1; and the same at the other end."""
    slope = theory.criterion_gradient([0.5, 0.5, 0.5], [1e-17, 1e-300, 0])
    assert slope[:2] == pytest.approx([math.log(2e-17), math.log(2e-300)], rel=1e-15) and slope[2] == -math.inf
    assert theory.criterion_gradient([1e-20, 0], [0.5, 0.5]) == pytest.approx([-2e-20, 0], rel=1e-14, abs=0)
    assert theory.alternate([0.5, 0.25, 0.25], [1, 1e-300, 1e-17], steps=1)[1].argsort().tolist() == [2, 1, 0]


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
    assert path.shape == (401, n) and path[0] == pytest.approx(start, abs=1e-15)
    assert path.min() >= 0 and path.sum(axis=1) == pytest.approx(np.ones(401), abs=1e-9)
    assert theory.js(p_data, path[-1]) < 1e-9
    if objective == "minimax":                                # downhill all the way, once all have mass
        C = [theory.criterion(p_data, p) for p in path[30:]]
        assert (np.diff(C) <= 1e-9).all()


def test_alternating_takes_the_step_it_says():
    p_data, p_g = np.array([0.2, 0.3, 0.5]), np.array([0.3, 0.3, 0.4])
    for objective, slope in (("minimax", np.log(p_g / (p_data + p_g))),
                             ("non-saturating", -np.log(p_data / (p_data + p_g)))):
        moved = p_g - 0.02 * (slope - slope.mean())           # stays inside: the projection only centres
        assert theory.alternate(p_data, p_g, 0.02, 1, objective)[1] == pytest.approx(moved, abs=1e-12)
    far = theory.alternate(p_data, [1, 0, 0], 0.02, 1)[1]                        # ranges wider than 1 are brought to 1
    assert far == pytest.approx([1 - 0.04 / 3, 0.02 / 3, 0.02 / 3], abs=2e-3) and far.sum() == pytest.approx(1)


def test_where_p_data_is_0_p_g_becomes_0():
    assert theory.alternate([0.5, 0.5, 0], [0.1, 0.1, 0.8], steps=3000)[-1] == pytest.approx([0.5, 0.5, 0], abs=1e-6)


def test_a_rate_that_is_too_large_never_settles():
    # at p_data each step multiplies the error by 1 − rate/(2 · 0.2)
    for rate, settles in ((0.75, True), (0.9, False)):
        end = theory.alternate([0.2, 0.2, 0.2, 0.2, 0.2], [0.21, 0.19, 0.2, 0.2, 0.2], rate=rate, steps=500)[-1]
        assert (np.abs(end - 0.2).max() < 1e-9) == settles


# ---- the doors ----------------------------------------------------------------------------------

half = [0.5, 0.5]


@pytest.mark.parametrize("call, words", [
    (lambda: theory.alternate(half, [[0.5, 0.5]]), "one shape"),
    (lambda: theory.alternate([[1.0]], [[1.0]]), r"must be \(n,\)"),
    (lambda: theory.alternate(half, half, rate=0), "rate must be"),
    (lambda: theory.alternate(half, half, steps=-1), "steps must be"),
    (lambda: theory.alternate(half, half, objective="minmax"), "did you mean 'minimax'"),
    (lambda: theory.project_to_simplex([]), "v must be"),
    (lambda: theory.project_to_simplex([np.inf]), "v must be finite")])
def test_bad_input_gets_one_clear_sentence(call, words):
    with pytest.raises(ValueError, match=words):
        call()
