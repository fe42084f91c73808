"""Whole networks: derivatives, the flat vectors, initialisation, dtype, doors."""

import copy
import pickle

import numpy as np
import pytest
from hypothesis import assume, given, strategies as st

import tinygan as tg
from tinygan import gradcheck
from tinygan.layers import Dropout, Linear
from tinygan.mlp import HIDDEN, OUTPUT
from tinygan.sgd import descend

networks = st.fixed_dictionaries({
    "widths": st.lists(st.integers(1, 4), min_size=2, max_size=5),
    "hidden": st.sampled_from(sorted(HIDDEN)),
    "output": st.sampled_from(sorted(OUTPUT)),
    "dropout": st.sampled_from([0.0, 0.3]),
    "input_dropout": st.sampled_from([0.0, 0.4]),
    "pieces": st.integers(1, 3),
    "bias_spread": st.sampled_from([0.0, 1.0]),
    "rng": st.integers(0, 2**32 - 1)})


@pytest.mark.parametrize("method", ["central", "complex"])
@given(options=networks, m=st.integers(1, 5), trained=st.booleans())
def test_every_derivative_of_a_network(method, options, m, trained):
    net = tg.MLP(**options)
    rng = np.random.default_rng(options["rng"])
    x = rng.standard_normal((m, net.widths[0]))
    if trained:
        velocity = np.zeros_like(net.theta)
        for _ in range(20):                                       # pulled towards a random target
            y = net.forward(x)
            net.backward(np.tanh(y - 0.3) / m, inputs=False)
            descend(net.theta, net.grad, velocity, 0.02, 0.5)
    assume(gradcheck.margin(net, x) > 1e-3)
    report = gradcheck.check(net, x, method, rng=rng)
    assert report, report
    assert len(report.results) == 1 + 2 * len(net.linears)


def test_theta_and_grad_are_the_layers_own_numbers():
    net = tg.MLP([2, 3, 1], rng=0)
    first, last = net.linears
    assert net.theta.shape == net.grad.shape == (2 * 3 + 3 + 3 * 1 + 1,)
    # layer by layer, W in row-major order, then b
    assert (net.theta == np.concatenate([first.W.ravel(), first.b, last.W.ravel(), last.b])).all()
    net.theta[:] = np.arange(13)
    assert first.W.tolist() == [[0, 1, 2], [3, 4, 5]] and first.b.tolist() == [6, 7, 8]
    assert last.W.ravel().tolist() == [9, 10, 11] and last.b.tolist() == [12]
    before = net.theta
    net.theta = np.ones(13)                                       # assignment writes, too
    net.theta += 1
    assert net.theta is before and (last.W == 2).all()
    net.forward(np.ones((4, 2)))
    net.backward(np.ones((4, 1)))
    assert (net.grad == np.concatenate([first.dW.ravel(), first.db, last.dW.ravel(), last.db])).all()
    for bad, error in ((np.ones(12), ValueError), (None, TypeError), ("a", TypeError), (0.0, ValueError)):
        kept = net.theta.copy()
        with pytest.raises(error, match="theta must be"):
            net.theta = bad
        assert (net.theta == kept).all()


@pytest.mark.parametrize("duplicate", [copy.deepcopy, lambda net: pickle.loads(pickle.dumps(net))])
def test_a_copy_is_whole_and_apart(duplicate):
    net = tg.MLP([2, 3, 1], dropout=0.5, rng=0)
    other = duplicate(net)
    x = np.ones((4, 2))
    assert (other(x) == net(x)).all() and (other.forward(x) == net.forward(x)).all()
    other.theta[:] = 0
    assert (other(x) == 0).all() and (net(x) != 0).any()


def test_backward_can_leave_grad_alone_or_skip_the_input():
    net = tg.MLP([2, 3, 1], rng=0)
    x, dy = np.ones((4, 2)), np.ones((4, 1))
    net.forward(x)
    dx = net.backward(dy)
    filled = net.grad.copy()
    net.grad[:] = 5
    assert (net.backward(dy, weights=False) == dx).all() and (net.grad == 5).all()
    assert net.backward(dy, inputs=False) is None and (net.grad == filled).all()


def test_what_nobody_asks_for_below_the_first_linear_layer_is_not_computed():
    """With dropout in the inputs the first layer is no Linear; ∂L/∂x is skipped all the same."""
    net, seen = tg.MLP([2, 3, 1], input_dropout=0.5, rng=0), []
    first = net.linears[0]
    first.backward = lambda dy, weights, inputs: seen.append(inputs) or type(first).backward(first, dy, weights, inputs)
    net.forward(np.ones((4, 2)))
    assert net.backward(np.ones((4, 1)), inputs=False) is None and net.backward(np.ones((4, 1))).shape == (4, 2)
    assert seen == [False, True]


@pytest.mark.parametrize("hidden, output", [(h, o) for h in HIDDEN for o in OUTPUT])
def test_float32_stays_float32(hidden, output):
    net = tg.MLP([2, 8, 8, 2], hidden, output, dropout=0.2, bias_spread=1, dtype=np.float32, rng=0)
    for x in (np.ones((3, 2)), np.ones((3, 2), np.float32), np.ones((3, 2), int), [[1, 2]]):
        y = net.forward(x)
        assert y.dtype == net(x).dtype == np.float32
        assert net.backward(np.ones(y.shape)).dtype == np.float32
    assert net.theta.dtype == net.grad.dtype == net.linears[0].W.dtype == np.float32
    assert tg.MLP([2, 2]).dtype == np.float64


def test_initialisation_follows_the_activation():
    def std(**options):
        net = tg.MLP([300, 400, 300], **options, rng=0)
        return net.linears[0].W.std(), net.linears[1].W.std()

    he, xavier = np.sqrt(2 / 300), np.sqrt(2 / 700)
    assert std(hidden="relu") == pytest.approx((he, xavier), rel=0.01)
    assert std(hidden="tanh") == pytest.approx((xavier, xavier), rel=0.01)
    assert std(hidden="tanh", last_scale=3) == pytest.approx((xavier, 3 * xavier), rel=0.01)
    biases = [linear.b for linear in tg.MLP([2, 1000, 5], bias_spread=2, rng=0).linears]
    assert 1.9 < biases[0].max() <= 2 and -2 <= biases[0].min() < -1.9 and (biases[1] == 0).all()
    assert (tg.MLP([2, 9, 9, 1], rng=0).theta != tg.MLP([2, 9, 9, 1], rng=1).theta).any()
    assert (tg.MLP([2, 9, 9, 1], rng=0).theta == tg.MLP([2, 9, 9, 1], rng=np.random.default_rng(0)).theta).all()


def test_a_network_without_hidden_layers_is_linear():
    net = tg.MLP([2, 3], rng=0)
    x = np.random.default_rng(1).standard_normal((5, 2))
    np.testing.assert_allclose(net(x), x @ net.theta[:6].reshape(2, 3) + net.theta[6:], rtol=1e-15)


def test_evaluation_has_no_dropout_and_leaves_the_training_pass_alone():
    net = tg.MLP([2, 50, 1], dropout=0.5, rng=0)
    assert sum(isinstance(layer, Dropout) for layer in net.layers) == 1
    x, dy = np.ones((4, 2)), np.ones((4, 1))
    net.forward(x)
    wanted = net.backward(dy).copy()
    assert (net(x) == net(x)).all()
    net(np.zeros((9, 2)))
    assert (net.backward(dy) == wanted).all()
    assert len({net.forward(x)[0, 0] for _ in range(5)}) == 5     # training: a new mask each time


def test_inputs_are_dropped_in_training_alone():
    """By a share of their own, before the first Linear layer; the rest is scaled up, and ∂L/∂x is so, too."""
    net = tg.MLP([200, 3], input_dropout=0.2, rng=0)
    assert net.layers[0].p == 0.2 and [type(layer).__name__ for layer in net.layers] == ["Dropout", "Linear"]
    x = np.ones((50, 200))
    y, mask = net.forward(x), net.layers[0].mask
    assert set(np.unique(mask)) == {0, 1.25} and abs((mask == 0).mean() - 0.2) < 5 * np.sqrt(0.16 / mask.size)
    assert y == pytest.approx(x * mask @ net.linears[0].W)
    assert net.backward(np.ones((50, 3))) == pytest.approx(mask * net.linears[0].W.sum(axis=1))
    assert net(x) == pytest.approx(x @ net.linears[0].W)                      # evaluation: none
    both = tg.MLP([2, 4, 1], dropout=0.5, input_dropout=0.2, rng=0)
    assert [layer.p for layer in both.layers if isinstance(layer, Dropout)] == [0.2, 0.5]


@pytest.mark.parametrize("where", ["dropout", "input_dropout"])
def test_masks_come_from_the_seed(where):
    def first_mask(seed):
        net = tg.MLP([50, 50, 1], **{where: 0.5}, rng=seed)
        net.forward(np.ones((4, 50)))
        [dropout] = [layer for layer in net.layers if isinstance(layer, Dropout)]
        return dropout.mask.tobytes()

    assert first_mask(1) == first_mask(1) != first_mask(2)


def test_maxout_makes_its_linear_layer_wider():
    net = tg.MLP([2, 4, 1], hidden="maxout", pieces=5, rng=0)
    assert [linear.W.shape for linear in net.linears] == [(2, 20), (4, 1)]


@pytest.mark.parametrize("options, error, words", [
    ({"widths": [2]}, ValueError, "widths"), ({"widths": [2, 0]}, ValueError, r"widths\[1\] must be at least 1, not 0"),
    ({"widths": 3}, TypeError, "widths"), ({"widths": [2, 2.5]}, TypeError, "whole number, not 2.5"),
    ({"hidden": "rellu"}, ValueError, "did you mean 'relu'"),
    ({"output": "softmax"}, ValueError, "identity, sigmoid, tanh"),
    ({"dropout": 1}, ValueError, r"dropout must be a number in \[0, 1\), not 1"), ({"pieces": 0}, ValueError, "pieces"),
    ({"input_dropout": -0.1}, ValueError, r"input_dropout must be a number in \[0, 1\), not -0.1"),
    ({"dtype": np.float16}, ValueError, "dtype must be float64 or float32"),
    ({"dtype": "nonsense"}, ValueError, "dtype"),
    ({"rng": -1}, ValueError, "rng"), ({"rng": "seed"}, TypeError, "rng"),
    ({"bias_spread": -1}, ValueError, "bias_spread"), ({"last_scale": np.nan}, ValueError, "last_scale")])
def test_bad_options_get_one_clear_sentence(options, error, words):
    with pytest.raises(error, match=words):
        tg.MLP(**{"widths": [2, 3, 1], **options})


@pytest.mark.parametrize("x, error, words", [
    (np.ones((4, 3)), ValueError, r"x must be \(m, 2\), one example a row, not \(4, 3\)"),
    (np.ones(2), ValueError, "x must"),
    (np.ones((0, 2)), ValueError, "x must"), ([["a", "b"]], TypeError, "numbers"),
    ([[1, 2], [3]], ValueError, "rows differ"), (np.array([[1, None]]), TypeError, "not of object")])
def test_bad_input_gets_one_clear_sentence(x, error, words):
    net = tg.MLP([2, 3, 1], rng=0)
    for use in (net, net.forward):
        with pytest.raises(error, match=words):
            use(x)


def test_backward_wants_a_forward_and_its_shape():
    net = tg.MLP([2, 3, 1], rng=0)
    with pytest.raises(ValueError, match="needs a forward"):
        net.backward(np.ones((4, 1)))
    net.forward(np.ones((4, 2)))
    for dy in (np.ones((3, 1)), np.ones((4, 2)), np.ones(4)):
        with pytest.raises(ValueError, match="dy must be"):
            net.backward(dy)


def test_all_parameters_belong_to_linear_layers():
    net = tg.MLP([2, 3, 1], hidden="maxout", dropout=0.1, output="tanh", rng=0)
    assert all(isinstance(layer, Linear) or not hasattr(layer, "W") for layer in net.layers)
    assert "11 parameters" not in repr(net) and f"{net.theta.size} parameters" in repr(net)


def test_what_it_says_of_itself_makes_one_like_it():
    net = tg.MLP([2, 3, 1], "maxout", "tanh", dropout=0.1, input_dropout=0.2, pieces=3, dtype=np.float32)
    assert repr(eval(repr(net), {"MLP": tg.MLP, "float32": np.float32})) == repr(net) and "pieces=3" in repr(net)
    assert "dropout=0.1, input_dropout=0.2" in repr(net)


def test_each_hidden_layer_may_have_an_activation_of_its_own():
    net = tg.MLP([2, 4, 5, 6, 1], hidden=["relu", "maxout", "tanh"], pieces=3, rng=0)
    assert [type(layer).__name__ for layer in net.layers] == ["Linear", "ReLU", "Linear", "Maxout", "Linear", "Tanh",
                                                              "Linear"]
    assert [linear.W.shape for linear in net.linears] == [(2, 4), (4, 15), (5, 6), (6, 1)]
    assert tg.gradcheck.check(net, np.random.default_rng(0).normal(size=(6, 2)))
    same, one = (tg.MLP([2, 4, 4, 1], hidden=hidden, rng=0) for hidden in (["relu", "relu"], "relu"))
    assert (same.theta == one.theta).all()
    with pytest.raises(ValueError, match=r"hidden must have 2 names, one for each hidden layer, not \['relu'\]"):
        tg.MLP([2, 4, 4, 1], hidden=["relu"])
    with pytest.raises(ValueError, match=r"hidden\[1\] 'rely' is unknown: did you mean 'relu'"):
        tg.MLP([2, 4, 4, 1], hidden=["relu", "rely"])


def test_a_layer_that_is_put_in_is_in_theta_or_refused():
    """Otherwise the optimiser would never see its numbers, and the class would wonder."""
    net = tg.MLP([2, 3, 1], rng=0)
    with pytest.raises(AttributeError):
        net.layers.append(Linear(1, 1))
    with pytest.raises(TypeError):
        net.layers[1] = tg.layers.Sigmoid()
    first, relu, last = net.layers
    between = Linear(3, 3)
    between.W[...] = np.eye(3)
    before, x = net(np.ones((1, 2))), np.ones((1, 2))
    net.layers = [first, relu, between, relu, last]
    assert net.theta.size == 13 + 12 and net.grad.shape == net.theta.shape and net(x) == before
    net.theta = np.zeros(25)
    assert not between.W.any() and net.linears == [first, between, last]
    for layers in ([], [relu], [first, relu], [Linear(3, 3), relu, last]):
        with pytest.raises(ValueError, match="layers must lead from 2 numbers to 1, not through"):
            net.layers = layers
    with pytest.raises(ValueError, match="layers must end as output='identity' says, not in Tanh"):
        net.layers = [first, relu, last, tg.layers.Tanh()]                     # a D would end in no logit
    assert net.layers == (first, relu, between, relu, last)
