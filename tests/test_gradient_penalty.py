"""R1: its double backward pass against difference quotients, and what Algorithm 1 does with it."""

import numpy as np
import pytest
from hypothesis import assume, given, strategies as st

import tinygan as tg
from tinygan import gradcheck, gradient_penalty as r1

networks = st.fixed_dictionaries({
    "widths": st.lists(st.integers(1, 5), min_size=1, max_size=4), "m": st.integers(1, 5),
    "seed": st.integers(0, 2**32 - 1),
    "hidden": st.sampled_from(["relu", "leaky_relu", "tanh", "sigmoid", "maxout"]), "gamma": st.floats(0.01, 10)})


def make(widths, hidden, m, seed, **options):
    rng = np.random.default_rng(seed)
    D = tg.MLP([*widths, 1], hidden=hidden, bias_spread=0.5, pieces=3, rng=rng, **options)
    return D, rng.standard_normal((m, widths[0]))


@pytest.mark.parametrize("method", ["central", "complex"])
@given(options=networks)
def test_the_gradient_of_the_penalty(method, options):
    gamma = options["gamma"]
    D, x = make(**{name: value for name, value in options.items() if name != "gamma"})
    assume(gradcheck.margin(D, x) > 1e-3)
    claimed = r1.penalty_gradient(D, x, gamma)
    result = gradcheck.check_gradient(lambda theta: r1.penalty(gradcheck.at(D, theta), x, gamma), D.theta, claimed,
                                      method, m=len(x), scale=0.1)
    assert result, result


@pytest.mark.parametrize("hidden", ["leaky_relu", "tanh", "maxout"])
def test_the_penalty_is_the_slope_by_difference_quotients(hidden):
    D, x = make([2, 6, 5], hidden, m=4, seed=0)
    a = lambda x: D(x).sum()                                     # each row's logit depends on that row alone
    u = gradcheck.central_difference(a, x)
    assert r1.penalty(D, x, gamma=3.0) == pytest.approx(1.5 * np.mean(np.sum(u**2, axis=1)), rel=1e-7)


def test_a_linear_D_by_hand():
    """a = w·x + b: R = γ/2 |w|², whatever x is, so ∂R/∂w = γ w and ∂R/∂b = 0."""
    D = tg.MLP([2, 1])
    D.theta = [3.0, 4.0, 7.0]
    x = np.random.default_rng(0).standard_normal((6, 2))
    assert r1.penalty(D, x, 0.1) == pytest.approx(0.05 * 25)
    assert r1.penalty_gradient(D, x, 0.1) == pytest.approx([0.3, 0.4, 0.0])


@pytest.mark.parametrize("dropout", [{"dropout": 0.4}, {"input_dropout": 0.4}, {"dropout": 0.4, "input_dropout": 0.4}],
                         ids=str)
@pytest.mark.parametrize("hidden", ["leaky_relu", "tanh", "maxout"])
def test_with_dropout_it_is_that_of_the_network_that_is_left(hidden, dropout):
    D, x = make([4, 8, 8], hidden, m=3, seed=1, **dropout)
    claimed = r1.penalty_gradient(D, x, 2.0)
    masks = [layer.mask for layer in D.layers if isinstance(layer, tg.layers.Dropout)]

    def penalty(theta):
        net, s, h, dropped = gradcheck.at(D, theta), [], x, iter(masks)
        for layer in net.layers:
            h = h * next(dropped) if isinstance(layer, tg.layers.Dropout) else layer.forward(h)
        for layer, mask in zip([layer for layer in net.layers if isinstance(layer, tg.layers.Dropout)], masks):
            layer.mask = mask
        return np.sum(r1.slopes(net.layers, len(x))[0]**2) / len(x)

    assert (masks[0] == 0).any()
    result = gradcheck.check_gradient(penalty, D.theta, claimed, m=len(x), scale=0.1)
    assert result, result


def test_it_leaves_the_gradient_alone_and_evaluation_leaves_all_alone():
    D, x = make([2, 4], "tanh", m=3, seed=2)
    D.forward(x)
    D.backward(np.ones((3, 1)))
    grad, theta, remembered = D.grad.copy(), D.theta.copy(), D.layers[0].x
    r1.penalty(D, 2 * x)
    assert D.layers[0].x is remembered
    r1.penalty_gradient(D, x, 1.0)
    assert (D.grad == grad).all() and (D.theta == theta).all()


def game(dtype=np.float64, **options):
    rng = np.random.default_rng(0)
    G = tg.MLP([2, 5, 2], dtype=dtype, rng=rng)
    D = tg.MLP([2, 6, 1], hidden="leaky_relu", dtype=dtype, rng=rng)
    return tg.Algorithm1(G, D, tg.data.Ring(), tg.data.Normal(2), m=8, rng=rng, **options)


def test_algorithm_1_ascends_V_minus_R():
    plain, penalised = game(), game(r1=0.3)
    x, z = plain.sample(plain.data), plain.sample(plain.noise)
    plain.gradient_D(x, z)
    penalised.gradient_D(x, z)
    assert penalised.D.grad == pytest.approx(plain.D.grad - r1.penalty_gradient(plain.D, x, 0.3))
    assert abs(penalised.D.grad - plain.D.grad).max() > 1e-3


def test_zero_is_the_paper_and_a_large_weight_flattens_D():
    without, zero = game(), game(r1=0)
    for each in (without, zero):
        each.train(5)
    assert without.D.theta.tobytes() == zero.D.theta.tobytes()
    slope = []
    for gamma in (0, 1):
        trained = game(r1=gamma, lr_d=0.2)
        trained.train(300)
        slope.append(r1.penalty(trained.D, tg.data.Ring().sample(500, 1)))
    assert slope[1] < slope[0] / 5


def test_float32_stays_float32():
    small = game(np.float32, r1=np.float64(0.5))
    small.step()
    assert small.D.grad.dtype == r1.penalty_gradient(small.D, small.sample(small.data), 0.5).dtype == np.float32


@pytest.mark.parametrize("r1, error", [(-1, ValueError), (np.nan, ValueError), ("much", TypeError)])
def test_bad_weights_get_one_clear_sentence(r1, error):
    with pytest.raises(error, match="r1 must be a finite number, 0 or greater"):
        game(r1=r1)


def test_a_D_without_one_logit_gets_one_clear_sentence():
    for D in (tg.MLP([2, 3, 2]), tg.MLP([2, 3, 1], output="sigmoid")):
        with pytest.raises(ValueError, match="D must end in one logit"):
            r1.penalty(D, np.ones((4, 2)))
    with pytest.raises(ValueError, match="gamma must be"):
        r1.penalty_gradient(tg.MLP([2, 3, 1]), np.ones((4, 2)), -1)
