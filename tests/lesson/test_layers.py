"""Each layer: its derivatives, its memory, its dtype, its edges."""

import math
import re

import numpy as np
import pytest
from hypothesis import assume, given, strategies as st

from tinygan import gradcheck
from tinygan.layers import Dropout, LeakyReLU, Linear, Maxout, ReLU, Sigmoid, Tanh, sigmoid, softplus

ACTIVATIONS = {"ReLU": ReLU, "LeakyReLU": LeakyReLU, "Tanh": Tanh, "Sigmoid": Sigmoid,
               "Maxout": lambda: Maxout(3), "Dropout": lambda: Dropout(0.4, rng=5)}
KINK = 1e-3                                     # how far difference quotients stay from a kink


def minibatch(seed, m, width, scale=1.0):
    return scale * np.random.default_rng(seed).standard_normal((m, width))


def away_from_kinks(layer, x):
    if isinstance(layer, Maxout):
        best = np.sort(x.reshape(len(x), -1, layer.pieces), axis=2)
        return (best[:, :, -1] - best[:, :, -2]).min() > KINK
    return not isinstance(layer, (ReLU, LeakyReLU)) or np.abs(x).min() > KINK


@pytest.mark.parametrize("method", ["central", "complex"])
@pytest.mark.parametrize("name", ACTIVATIONS)
@given(seed=st.integers(0, 2**32 - 1), m=st.integers(1, 6), units=st.integers(1, 4), scale=st.sampled_from([0.1, 1, 4]))
def test_derivative_of_each_activation(name, method, seed, m, units, scale):
    layer = ACTIVATIONS[name]()
    x = minibatch(seed, m, 3 * units, scale)
    assume(away_from_kinks(layer, x))
    report = gradcheck.check(layer, x, method, rng=seed)
    assert report, report


@pytest.mark.parametrize("method", ["central", "complex"])
@given(seed=st.integers(0, 2**32 - 1), m=st.integers(1, 6), fan_in=st.integers(1, 5), fan_out=st.integers(1, 5))
def test_derivatives_of_linear_by_W_b_and_x(method, seed, m, fan_in, fan_out):
    layer, rng = Linear(fan_in, fan_out), np.random.default_rng(seed)
    layer.W[...], layer.b[...] = rng.standard_normal(layer.W.shape), rng.standard_normal(layer.b.shape)
    report = gradcheck.check(layer, minibatch(seed + 1, m, fan_in), method, rng=seed)
    assert report, report
    assert [result.name for result in report.results] == ["x", "W", "b"]


def test_linear_backward_can_skip_weights_or_inputs():
    layer = Linear(2, 3)
    layer.forward(np.ones((4, 2)))
    layer.dW[...], layer.db[...] = 7, 7
    assert layer.backward(np.ones((4, 3)), weights=False).shape == (4, 2)
    assert (layer.dW == 7).all() and (layer.db == 7).all()
    assert layer.backward(np.ones((4, 3)), inputs=False) is None
    assert (layer.dW == 4).all() and (layer.db == 4).all()


def layers_and_inputs():
    linear = Linear(6, 2)
    linear.W[...] = np.arange(12).reshape(6, 2)
    return [(linear, 2)] + [(make(), 2 if name == "Maxout" else 6) for name, make in ACTIVATIONS.items()]


@pytest.mark.parametrize("layer, width", layers_and_inputs(), ids=lambda value: type(value).__name__)
def test_neither_pass_changes_what_it_is_given(layer, width):
    x, dy = minibatch(0, 5, 6), minibatch(1, 5, width)
    x_before, dy_before = x.copy(), dy.copy()
    layer.forward(x)
    layer.backward(dy)
    assert (x == x_before).all() and (dy == dy_before).all()


@pytest.mark.parametrize("layer, width", layers_and_inputs(), ids=lambda value: type(value).__name__)
def test_evaluation_remembers_nothing(layer, width):
    remembered = dict(vars(layer))
    layer(minibatch(0, 5, 6))
    assert vars(layer).keys() == remembered.keys()
    assert all(vars(layer)[name] is value for name, value in remembered.items())


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("layer, width", layers_and_inputs(), ids=lambda value: type(value).__name__)
def test_no_layer_casts(layer, width, dtype):
    if isinstance(layer, Linear):
        for name in ("W", "b", "dW", "db"):
            setattr(layer, name, getattr(layer, name).astype(dtype))
    assert layer.forward(minibatch(0, 5, 6).astype(dtype)).dtype == dtype
    assert layer.backward(minibatch(1, 5, width).astype(dtype)).dtype == dtype
    assert layer(minibatch(0, 5, 6).astype(dtype)).dtype == dtype


def test_maxout_is_the_largest_of_neighbouring_pieces():
    y = Maxout(3).forward(np.array([[1.0, 5.0, 2.0, -1.0, -7.0, -3.0]]))
    assert y.tolist() == [[5.0, -1.0]]


def test_maxout_sends_the_gradient_to_the_largest_piece_and_to_both_if_two_are_equal():
    layer = Maxout(3)
    layer.forward(np.array([[1.0, 5.0, 2.0, -1.0, -7.0, -1.0]]))
    assert layer.backward(np.array([[10.0, 20.0]])).tolist() == [[0, 10, 0, 20, 0, 20]]        # the choice at a kink


@pytest.mark.parametrize("shape", [(3, 4), (3, 1)])
def test_maxout_needs_a_whole_number_of_units(shape):
    for use in (Maxout(5), Maxout(5).forward):
        with pytest.raises(ValueError, match=re.escape(f"x must be (m, width · 5) for Maxout(pieces=5), not {shape}")):
            use(np.ones(shape))


def test_a_single_piece_is_no_activation():
    layer, x = Maxout(1), minibatch(0, 5, 4)
    assert (layer.forward(x) == x).all() and (layer.backward(x) == x).all()


def test_dropout_drops_its_share_keeps_the_mean_and_is_off_in_evaluation():
    layer, x = Dropout(0.25, rng=0), np.ones((400, 500))
    y = layer.forward(x)
    assert set(np.unique(y)) == {0, 1 / 0.75}
    assert abs((y == 0).mean() - 0.25) < 5 * math.sqrt(0.25 * 0.75 / y.size)
    assert layer(x) is x
    assert not (layer.forward(x) == y).all()                 # a new mask each time


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_softplus_and_sigmoid_are_right_over_their_whole_range(dtype):
    a = np.array([-1000, -80, -20, -1, 0, 1, 20, 80, 1000], dtype)
    eps = np.finfo(dtype).eps
    wanted = np.array([math.log1p(math.exp(v)) if v < 500 else v for v in a.tolist()])
    assert softplus(a).dtype == dtype
    np.testing.assert_allclose(softplus(a), wanted.astype(dtype), rtol=4 * eps, atol=0)
    wanted = np.array([math.exp(v) / (1 + math.exp(v)) if v < 0 else 1 / (1 + math.exp(-v)) for v in a.tolist()])
    assert sigmoid(a).dtype == dtype
    np.testing.assert_allclose(sigmoid(a), wanted.astype(dtype), rtol=100 * eps, atol=0)   # |a| eps at a = −80
    assert sigmoid(np.array([1.0], dtype))[0] == pytest.approx(0.7310586, rel=1e-6)        # not σ(2x)
