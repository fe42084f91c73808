"""E's loss and gradient, and what E finds where the answer is known: one z, many z, and a fold."""

import math

import numpy as np
import pytest
from hypothesis import given, strategies as st
from hypothesis.extra import numpy as arrays

import tinygan as tg
from tinygan import gradcheck
from tinygan.beyond.inference import inference_gradient, inference_loss, train_inference

Z = st.integers(1, 4).flatmap(lambda m: st.tuples(*2 * [arrays.arrays(float, (m, 3), elements=st.floats(-5, 5))]))


@given(both=Z)
def test_the_loss_by_hand_and_its_gradient(both):
    z_guess, z = both
    assert inference_loss(z_guess, z) == pytest.approx(
        sum(np.dot(row, row) for row in z_guess - z) / 2 / len(z))
    for method in ("central", "complex"):
        result = gradcheck.check_gradient(lambda guess: inference_loss(guess, z), z_guess,
                                          inference_gradient(z_guess, z), method, m=len(z), scale=1.0)
        assert result, result


def test_the_gradient_through_E():
    rng = np.random.default_rng(0)
    E, x, z = tg.MLP([4, 5, 3], "tanh", rng=rng), rng.standard_normal((6, 4)), rng.standard_normal((6, 3))
    E.backward(inference_gradient(E.forward(x), z))
    result = gradcheck.check_gradient(lambda theta: inference_loss(gradcheck.at(E, theta)(x), z), E.theta, E.grad,
                                      m=6, scale=0.1)
    assert result, result


def test_one_z_for_each_x_is_found():
    """A linear G from the plane to the plane: the best E is its inverse, with no loss."""
    G, E = tg.MLP([2, 2]), tg.MLP([2, 2], rng=0)
    G.linears[0].W[...], G.linears[0].b[...] = [[2, 1], [0, 1]], [3, -1]
    losses = train_inference(E, G, tg.data.Normal(2), iterations=600, rng=1)
    assert losses[-1] < 1e-4 < losses[0]
    assert E.linears[0].W == pytest.approx(np.linalg.inv([[2, 1], [0, 1]]), abs=0.01)
    x = G(np.random.default_rng(2).standard_normal((50, 2)))
    assert G(E(x)) == pytest.approx(x, abs=0.05)


def test_of_many_z_for_one_x_the_mean_is_found():
    """x = w·z forgets what is across w: E finds w x/|w|², half a square of each lost number stays as loss, and G takes
    that z to x all the same, because it is linear."""
    G, E, w = tg.MLP([3, 1]), tg.MLP([1, 3], rng=0), np.array([[2.0], [1.0], [-1.0]])
    G.linears[0].W[...] = w
    losses = train_inference(E, G, tg.data.Normal(3), iterations=1500, m=200, lr=0.02, rng=1)
    assert E.linears[0].W == pytest.approx(w.T / np.sum(w**2), abs=0.02)
    assert losses[-300:].mean() == pytest.approx((3 - 1) / 2, abs=0.05)
    x = np.linspace(-3, 3, 20)[:, None]
    assert G(E(x)) == pytest.approx(x, abs=0.1)


def test_where_G_folds_the_mean_of_two_z_leads_elsewhere():
    """x = |z|: z and −z are equally likely, E says 0, and G(0) = 0 is not x."""
    G, E = tg.MLP([1, 2, 1], "relu"), tg.MLP([1, 8, 1], "tanh", rng=0)
    G.theta = [1, -1, 0, 0, 1, 1, 0]
    assert G(np.array([[-2.0], [2.0]])).tolist() == [[2], [2]]
    losses = train_inference(E, G, tg.data.Normal(1), iterations=1500, m=200, rng=1)
    x = np.linspace(0.2, 2, 10)[:, None]
    assert np.abs(E(x)).max() < 0.2 and losses[-300:].mean() == pytest.approx(0.5, abs=0.05)
    assert np.abs(G(E(x)) - x)[x > 1].min() > 0.8


def test_G_is_evaluated_and_stays_as_it_is_and_the_same_seed_gives_the_same_bits():
    G = tg.MLP([2, 4, 3], dropout=0.5, rng=0)
    before, thetas = (G.theta.copy(), G.grad.copy()), []
    for _ in range(2):
        E = tg.MLP([3, 4, 2], dtype=np.float32, rng=1)
        train_inference(E, G, tg.data.Normal(2), iterations=20, rng=2)
        thetas.append(E.theta.tobytes())
    assert not hasattr(G.linears[0], "x")                             # no training pass: nothing is dropped
    assert thetas[0] == thetas[1] and (G.theta == before[0]).all() and (G.grad == before[1]).all()


def test_bad_arguments_get_one_clear_sentence():
    with pytest.raises(ValueError, match="E must lead back from G's 3 numbers to its 2, not"):
        train_inference(tg.MLP([2, 3]), tg.MLP([2, 3]), tg.data.Normal(2))
    with pytest.raises(ValueError, match="noise must have G's dimension, 2, not 1"):
        train_inference(tg.MLP([3, 2]), tg.MLP([2, 3]), tg.data.Normal(1))
    with pytest.raises(ValueError, match="z_guess and z must have one shape"):
        inference_gradient(np.ones((2, 1)), np.ones((1, 2)))
    for both in (1.0, [1.0], np.zeros((0, 2))):
        with pytest.raises(ValueError, match=r"z_guess and z must be \(m, d_z\), one example a row, not \("):
            inference_loss(both, both)


@pytest.mark.parametrize("name, given, words", [
    ("lr", math.nan, "finite number greater than 0, not nan"), ("lr", -1, "greater than 0, not -1"),
    ("lr", "a", "not 'a'"), ("momentum", 2, r"a number in \[0, 1\), not 2"),
    ("momentum", (0.5, 0.7), r"not \(0.5, 0.7\)"), ("m", 10**9, "must be at most 44,739,242"),
    ("E", None, "must be an MLP, not None"), ("G", None, "must be an MLP, not None")])
def test_a_setting_that_can_not_work_is_refused_before_the_first_step(name, given, words):
    E, G = tg.MLP([3, 2], rng=0), tg.MLP([2, 3], rng=1)
    before = E.theta.copy()
    with pytest.raises((TypeError, ValueError), match=words) as refused:
        train_inference(**{"E": E, "G": G, "noise": tg.data.Normal(2), "iterations": 3, name: given})
    assert str(refused.value).startswith(name) and (E.theta == before).all()


def test_a_step_that_would_leave_the_finite_numbers_is_not_taken():
    E, G = tg.MLP([3, 8, 2], rng=0), tg.MLP([2, 3], rng=1)
    with pytest.raises(tg.DivergenceError, match="training diverged: the next step would be .* long.* a lower lr"):
        train_inference(E, G, tg.data.Normal(2), iterations=500, lr=50, rng=2)
    assert np.isfinite(E.theta).all()
    G.theta = np.full(9, 1e308)                                      # a loss that is NaN
    with pytest.raises(tg.DivergenceError, match="would be nan long"):
        train_inference(E, G, tg.data.Normal(2), rng=2)
    assert np.isfinite(E.theta).all()
