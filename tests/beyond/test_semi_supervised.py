"""Features of D, and softmax regression: probabilities, the loss, its gradient, and its kinship with D."""

import math

import numpy as np
import pytest
from hypothesis import given, strategies as st
from hypothesis.extra import numpy as arrays

import tinygan as tg
from tinygan import gradcheck
from tinygan.beyond.semi_supervised import (cross_entropy, cross_entropy_gradient, features, softmax,
                                            train_classifier)

LOGITS = arrays.arrays(float, (4, 3), elements=st.floats(-30, 30))
LABELS = st.lists(st.integers(0, 2), min_size=4, max_size=4)


@given(a=LOGITS, shift=st.floats(-1000, 1000))
def test_softmax_gives_probabilities_and_only_differences_count(a, shift):
    p = softmax(a)
    assert p.sum(axis=1) == pytest.approx(1) and (p > 0).all()
    assert softmax(a + shift) == pytest.approx(p, abs=1e-9)
    assert np.log(p[:, 0] / p[:, 1]) == pytest.approx(a[:, 0] - a[:, 1], abs=1e-9)


@given(a=LOGITS, labels=LABELS)
def test_the_loss_is_minus_log_p_of_the_label_and_its_gradient_p_minus_y(a, labels):
    assert cross_entropy(a, labels) == pytest.approx(-np.mean(np.log(softmax(a)[range(4), labels])), abs=1e-9)
    for method in ("central", "complex"):
        result = gradcheck.check_gradient(lambda a: cross_entropy(a, labels), a, cross_entropy_gradient(a, labels),
                                          method, m=4, scale=0.25)
        assert result, result


def test_no_logit_overflows():
    a = np.array([[1000.0, -1000.0]])
    assert cross_entropy(a, [0]) == 0 and cross_entropy(a, [1]) == 2000
    assert softmax(a).tolist() == [[1, 0]] and cross_entropy_gradient(a, [1]).tolist() == [[1, -1]]


@given(a=arrays.arrays(float, (4, 1), elements=st.floats(-30, 30)))
def test_with_two_classes_it_is_D(a):
    """Logits (0, a), label 1 for real: p is σ(a), and the gradient is −∂V/∂a."""
    logits = np.column_stack([np.zeros_like(a), a])
    assert softmax(logits)[:, 1:] == pytest.approx(tg.sigmoid(a))
    da_real, da_fake = tg.value_gradient(a, a)
    assert cross_entropy_gradient(logits, [1] * 4)[:, 1:] == pytest.approx(-da_real)
    assert cross_entropy_gradient(logits, [0] * 4)[:, 1:] == pytest.approx(-da_fake)


@pytest.mark.parametrize("widths", [[5, 3], [5, 6, 3]])
def test_the_gradient_through_a_network(widths):
    rng = np.random.default_rng(0)
    net, x, labels = tg.MLP(widths, "tanh", rng=rng), rng.standard_normal((7, 5)), [0, 1, 2, 2, 1, 0, 0]
    net.backward(cross_entropy_gradient(net.forward(x), labels))
    result = gradcheck.check_gradient(lambda theta: cross_entropy(gradcheck.at(net, theta)(x), labels), net.theta,
                                      net.grad, m=7, scale=0.1)
    assert result, result


@pytest.mark.parametrize("hidden, output, dropout", [("leaky_relu", "identity", 0.5), ("maxout", "sigmoid", 0.0)])
def test_features_are_what_the_last_linear_layer_sees(hidden, output, dropout):
    D = tg.MLP([4, 6, 5, 1], hidden, output, pieces=2, dropout=dropout, rng=0)
    x = np.random.default_rng(1).standard_normal((8, 4))
    before = D.grad.copy()
    h = features(D, x)
    last = D.linears[-1]
    a = h @ last.W + last.b
    assert h.shape == (8, 5) and D(x) == pytest.approx(a if output == "identity" else tg.sigmoid(a))
    assert not hasattr(last, "x") and (D.grad == before).all()                 # nothing is remembered


def test_a_trained_classifier_is_where_the_gradient_is_zero():
    """Softmax regression is convex: from any start the same answer, and decay makes its weights shorter."""
    rng = np.random.default_rng(0)
    labels = np.arange(60) % 3
    x = rng.standard_normal((60, 2)) + np.array([[3, 0], [0, 3], [0, 0]])[labels]
    nets = [tg.MLP([2, 3], rng=seed) for seed in (0, 1, 2)]
    losses = [train_classifier(net, x, labels, iterations=2000, decay=decay)
              for net, decay in zip(nets, (0.01, 0.01, 0.1))]
    assert nets[0].theta == pytest.approx(nets[1].theta, abs=1e-6) and losses[0] == pytest.approx(losses[1])
    net = nets[0]
    net.backward(cross_entropy_gradient(net.forward(x), labels))
    assert np.abs(net.grad + 0.01 * net.theta).max() < 1e-6
    assert np.linalg.norm(nets[2].theta) < np.linalg.norm(net.theta) / 1.5 and losses[2] > losses[0]
    assert np.mean(net(x).argmax(axis=1) == labels) > 0.8


def test_bad_arguments_get_one_clear_sentence():
    with pytest.raises(ValueError, match="labels must be below 2, the number of classes, not 2"):
        cross_entropy(np.zeros((2, 2)), [0, 2])
    with pytest.raises(ValueError, match="labels must have one for each of the 2 rows, not 3"):
        cross_entropy_gradient(np.zeros((2, 2)), [0, 1, 1])
    for net in (tg.MLP([2, 1]), tg.MLP([2, 1], input_dropout=0.3)):
        with pytest.raises(ValueError, match="net must have a hidden layer"):
            features(net, np.ones((3, 2)))
    with pytest.raises(TypeError, match="net must be an MLP"):
        features(None, np.ones((3, 2)))
    with pytest.raises(ValueError, match=r"a must be \(m, classes\), the logits of an example a row, not \(2,\)"):
        cross_entropy([0.0, 0.0], [0])
    for call in (softmax, lambda a: cross_entropy(a, [0])):
        with pytest.raises(ValueError, match=r"a must hold at least one logit, but its shape is \(0, 2\)"):
            call(np.zeros((0, 2)))
    assert softmax([[1, 1]]).tolist() == [[0.5, 0.5]]


@pytest.mark.parametrize("name, given, words", [
    ("lr", math.nan, "finite number greater than 0, not nan"), ("lr", -1, "greater than 0, not -1"),
    ("lr", "a", "not 'a'"), ("momentum", 2, r"a number in \[0, 1\), not 2"),
    ("momentum", (0.5, 0.7), r"not \(0.5, 0.7\)"), ("decay", -1, "0 or greater, not -1"),
    ("net", None, "must be an MLP, not None"), ("labels", [0, 2], "must be below 2"),
    ("x", [[1e300], [0.0]], "not too large for float32")])
def test_a_setting_that_can_not_work_is_refused_before_the_first_step(name, given, words):
    net = tg.MLP([1, 2], dtype=np.float32, rng=0)
    before = net.theta.copy()
    with pytest.raises((TypeError, ValueError), match=words) as refused:
        train_classifier(**{"net": net, "x": [[0.0], [1.0]], "labels": [0, 1], "iterations": 3, name: given})
    assert str(refused.value).startswith(name) and (net.theta == before).all()


def test_a_step_that_would_leave_the_finite_numbers_is_not_taken():
    net = tg.MLP([1, 8, 2], rng=0)
    for x, lr, decay in ((1.0, 0.1, 1e9), (1e308, 0.1, 0.0), (1.0, 1e308, 0.0)):
        with pytest.raises(tg.DivergenceError, match="training diverged"):
            train_classifier(net, [[x], [-x]], [0, 1], lr=lr, decay=decay)
        assert np.isfinite(net.theta).all()
