"""The optimiser's arithmetic, against the recurrences written out."""

import numpy as np
import pytest
from hypothesis import given, strategies as st

from tinygan.sgd import ascend, descend, max_norm, straight_line


@given(st.integers(0, 2**32 - 1), st.floats(1e-4, 1), st.floats(0, 0.99), st.sampled_from([np.float32, np.float64]))
def test_momentum_is_the_classical_recurrence(seed, rate, momentum, dtype):
    rng = np.random.default_rng(seed)
    theta, v = rng.standard_normal(5).astype(dtype), np.zeros(5, dtype)
    wanted_theta, wanted_v = theta.astype(float), np.zeros(5)
    for _ in range(6):
        grad = rng.standard_normal(5).astype(dtype)
        ascend(theta, grad, v, rate, momentum)
        wanted_v = [momentum * a + rate * float(b) for a, b in zip(wanted_v, grad)]
        wanted_theta = [a + b for a, b in zip(wanted_theta, wanted_v)]
    assert theta.dtype == v.dtype == dtype
    np.testing.assert_allclose(theta, wanted_theta, rtol=0, atol=200 * np.finfo(dtype).eps)


def test_a_steady_gradient_reaches_rate_over_one_minus_momentum():
    theta, v = np.zeros(1), np.zeros(1)
    for _ in range(200):
        ascend(theta, np.ones(1), v, 0.1, 0.9)
    assert v[0] == pytest.approx(0.1 / (1 - 0.9))               # a running mean would reach 0.1


def test_descend_is_ascend_turned_round():
    up, down = np.zeros(3), np.zeros(3)
    v_up, v_down, grad = np.zeros(3), np.zeros(3), np.array([1.0, -2.0, 3.0])
    for _ in range(3):
        ascend(up, grad, v_up, 0.1, 0.5)
        descend(down, grad, v_down, 0.1, 0.5)
    assert (up == -down).all() and (np.sign(up) == np.sign(grad)).all()


@given(st.integers(0, 2**32 - 1), st.floats(0.01, 10), st.sampled_from([np.float32, np.float64]))
def test_max_norm_shortens_what_is_too_long_and_nothing_else(seed, cap, dtype):
    W = (3 * np.random.default_rng(seed).standard_normal((4, 3))).astype(dtype)
    W[:, 0] = 0                                                 # a dead column stays, without a warning
    before = W.copy()
    max_norm(W, cap)
    assert W.dtype == dtype
    for w, w_before in zip(W.T, before.T):
        length = np.sqrt(np.sum(w_before.astype(float) ** 2))
        factor = min(1, cap / length) if length else 1
        np.testing.assert_allclose(w, factor * w_before, rtol=20 * np.finfo(dtype).eps)


def test_a_straight_line_starts_at_the_first_and_stays_at_the_last():
    assert [straight_line(0.8, 0, t, 4) for t in range(6)] == pytest.approx([0.8, 0.6, 0.4, 0.2, 0, 0])
    assert [straight_line(1.0, 1.9, t, 3) for t in range(5)] == pytest.approx([1.0, 1.3, 1.6, 1.9, 1.9])
    assert straight_line(0.05, 0, 0, 7) == 0.05 and straight_line(0.05, 0, 8, 7) == 0      # exactly


def test_a_straight_line_can_start_later():
    late = [straight_line(0.8, 0, t, 6, start=2) for t in range(8)]
    assert late == pytest.approx([0.8, 0.8, 0.8, 0.6, 0.4, 0.2, 0, 0])
