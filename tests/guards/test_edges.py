"""The smallest, the largest and the emptiest that can be meant: finite, no warning, and the gradients still right."""

import itertools
import math
import random

import numpy as np
import pytest
from hypothesis import assume, given, settings, strategies as st

import tinygan as tg
from games import bits, there_and_back
from tinygan import cli, gradcheck
from tinygan.recipes import settings as settings_of_recipes

LOGITS = np.concatenate([[0.0], *(sign * np.geomspace(1e-4, 1e4, 97) for sign in (1, -1))])


def exactly(a):
    """log(1 + eᵃ) to the last digit, for one number."""
    return max(a, 0.0) + math.log1p(math.exp(-abs(a)))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_logits_up_to_ten_thousand(dtype):
    eps = np.finfo(dtype).eps
    for a in LOGITS.astype(dtype):
        one, true = np.array([[a]], dtype), float(a)
        D, not_D = math.exp(-exactly(-true)), math.exp(-exactly(true))
        for found, expected in ((tg.value(one, one), -exactly(-true) - exactly(true)),
                                (tg.generator_loss(one, "minimax"), -exactly(true)),
                                (tg.generator_loss(one, "non-saturating"), exactly(-true)),
                                (tg.value_gradient(one, one)[0], not_D), (tg.value_gradient(one, one)[1], -D),
                                (tg.generator_gradient(one, "minimax"), -D),
                                (tg.generator_gradient(one, "non-saturating"), -not_D)):
            assert np.asarray(found).dtype in (dtype, np.float64)
            rtol = (8 + 2 * abs(true)) * eps if abs(true) < 50 else 120 * eps
            # what is smaller than the smallest normal number may lose digits, or be 0
            np.testing.assert_allclose(found, expected, rtol=rtol, atol=np.finfo(dtype).tiny)


@pytest.mark.parametrize("dtype, far", [(np.float32, 1e38), (np.float64, 1e308)])
def test_logits_near_the_largest_float_give_losses_that_may_be_infinite_but_are_numbers(dtype, far):
    a = np.array([far, -far] * 50, dtype)
    with np.errstate(over="ignore"):                              # NumPy says so where their sum is infinite
        for loss in (tg.value(a, a), tg.generator_loss(a, "minimax"), tg.generator_loss(a, "non-saturating")):
            assert not math.isnan(loss)
    for gradient in (*tg.value_gradient(a, a), tg.generator_gradient(a, "minimax"),
                     tg.generator_gradient(a, "non-saturating")):
        assert np.isfinite(gradient).all()


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("objective", tg.game.OBJECTIVES)
@pytest.mark.parametrize("logit", [1e4, -1e4])
def test_a_game_whose_D_is_as_sure_as_that_goes_on(logit, objective, dtype):
    rng = np.random.default_rng(0)
    G, D = (tg.MLP([2, 8, out], hidden="leaky_relu", dtype=dtype, rng=rng) for out in (2, 1))
    D.linears[-1].b[...] = logit
    game = tg.Algorithm1(G, D, tg.data.Ring(), tg.data.Normal(2), m=16, objective=objective, rng=rng)
    history = game.train(20, every=1)
    assert history["V"][0] == pytest.approx(-1e4, rel=1e-3)
    assert all(np.isfinite(column).all() for column in history.values())
    assert np.isfinite(G.theta).all() and np.isfinite(D.theta).all()


# Games of the least size in every respect, and all of them together

EDGES = {"m = 1": {"m": 1}, "width 1": {"G": [1], "D": [1]}, "depth 0": {"G": [], "D": []},
         "a linear G": {"G": []}, "a linear D": {"D": []}, "k = 50": {"k": 50},
         "one point": {"data": [[0.5, -1.0]]}, "noise of one point": {"noise": [[0.3]]},
         "one dimension": {"data": [[0.5], [1.5]], "noise": [[0.1], [0.7]]},
         "ten layers": {"G": [2] * 9, "D": [2] * 9},
         "all at once": {"m": 1, "G": [], "D": [], "k": 50, "data": [[0.5]], "noise": [[0.3]]},
         "all at once, with width 1": {"m": 1, "G": [1], "D": [1], "k": 50, "data": [[0.5]], "noise": [[0.3]]}}
nothing_special = {"G": [4], "D": [4], "data": np.random.default_rng(0).normal(size=(30, 2)),
                   "noise": np.random.default_rng(1).normal(size=(20, 1)), "m": 5, "k": 1}


def at_the_edge(edge, dtype=np.float64, hidden="tanh", dropout=0.0, input_dropout=0.0, pieces=2, **options):
    chosen = {**nothing_special, **EDGES[edge]}
    rng = np.random.default_rng(3)
    z, x = chosen["noise"][0], chosen["data"][0]
    G = tg.MLP([len(z), *chosen["G"], len(x)], hidden, pieces=pieces, dtype=dtype, bias_spread=1, rng=rng)
    D = tg.MLP([len(x), *chosen["D"], 1], hidden, pieces=pieces, dropout=dropout, input_dropout=input_dropout,
               dtype=dtype, bias_spread=1, rng=rng)
    return tg.Algorithm1(G, D, chosen["data"], chosen["noise"], m=chosen["m"], k=chosen["k"], rng=rng, **options)


@pytest.mark.parametrize("hidden", ["relu", "leaky_relu", "tanh", "sigmoid", "maxout"])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("edge", EDGES)
@pytest.mark.parametrize("share", [2, pytest.param(32, marks=pytest.mark.slow)])          # of 32 combinations
def test_it_trains_is_finite_and_comes_back_from_disk(edge, dtype, hidden, share):
    k, chosen = EDGES[edge].get("k", 1), random.Random(repr((edge, hidden, dtype)))
    every = list(itertools.product([0.0, 0.5], tg.game.OBJECTIVES, [0.0, 0.1], [None, 0.5],
                                   ["alternating", "simultaneous"]))
    for dropout, objective, r1, max_norm, update in chosen.sample(every, share):
        if update == "simultaneous" and k > 1:
            continue
        r1 = 1e-6 * r1 if edge == "ten layers" else r1        # dropout makes their slope 2¹⁰ times as steep
        game = at_the_edge(edge, dtype, hidden, dropout, dropout / 2, objective=objective, r1=r1, max_norm=max_norm,
                           update=update)
        history = game.train(3, every=1)
        assert all(np.isfinite(column).all() for column in history.values())
        assert all(np.isfinite(array).all() for array in (game.G.theta, game.D.theta, game.velocity_G, game.velocity_D))
        again = there_and_back(game)
        game.train(1)
        again.train(1)
        assert bits(again) == bits(game)


@pytest.mark.parametrize("method", ["central", "complex"])
@pytest.mark.parametrize("edge", EDGES)
@settings(max_examples=5)
@given(hidden=st.sampled_from(["relu", "leaky_relu", "tanh", "sigmoid", "maxout"]),
       objective=st.sampled_from(tg.game.OBJECTIVES))
def test_the_gradients_are_right_there_too(edge, method, hidden, objective):
    game = at_the_edge(edge, hidden=hidden, objective=objective)
    x, z = game.sample(game.data), game.sample(game.noise)
    x_fake = game.G(z)
    assume(min(gradcheck.margin(game.G, z), gradcheck.margin(game.D, np.concatenate([x, x_fake]))) > 1e-3)
    game.gradient_D(x, z)
    D = lambda theta: gradcheck.at(game.D, theta)
    V = lambda theta: tg.value(D(theta)(x), D(theta)(x_fake))
    result = gradcheck.check_gradient(V, game.D.theta, game.D.grad, method, m=game.m, scale=0.1)
    assert result, result
    game.gradient_G(z)
    loss = lambda theta: tg.generator_loss(game.D(gradcheck.at(game.G, theta)(z)), objective)
    result = gradcheck.check_gradient(loss, game.G.theta, game.G.grad, method, m=game.m, scale=0.1)
    assert result, result


RATES = [(1e20, 1e20), (1e3, 1e3), *(pytest.param(*rates, marks=pytest.mark.slow) for rates in
                                     ((30, 30), (1e5, 0.01), (0.01, 1e5), (1e8, 1e8), (1e30, 0.01), (0.01, 1e30)))]


@pytest.mark.parametrize("lr_d, lr_g", RATES)
@pytest.mark.parametrize("name", tg.recipes.names())
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_rates_far_too_high_leave_finite_networks_that_can_be_used(name, dtype, lr_d, lr_g, monkeypatch, tmp_path):
    with monkeypatch.context() as patched:
        of_dtype = lambda widths, **options: tg.MLP(widths, **{**options, "dtype": dtype})
        patched.setattr(settings_of_recipes, "MLP", of_dtype)
        game = tg.recipes.start(name, 0, 1000, {"lr_d": lr_d, "lr_g": lr_g}).game
    try:
        game.train(300)                                       # (a network can also die, and stay finite)
    except tg.DivergenceError as error:
        assert error.iteration == game.iteration + 1
    else:
        assert lr_d < 1e20
    x = game.G(game.noise.sample(200, 1))
    for numbers in (game.G.theta, game.D.theta, game.velocity_G, game.velocity_D, x, game.D(x),
                    game.D(game.data.sample(200, 2))):
        assert np.isfinite(numbers).all()
    tg.save(tmp_path / "game.npz", game)
    assert bits(tg.load(tmp_path / "game.npz")) == bits(game)


def test_pictures_of_one_pixel_and_of_one_grey():
    for shape, level in (((3, 1, 1), 255), ((2, 1, 5), 0), ((1, 2, 2), 128)):
        images = tg.data.Images(np.full(shape, level, np.uint8), np.zeros(shape[0], int))
        x = images.sample(5, 0)
        assert images.held_out == 0 and len(images.test()[0]) == 0 and len(images.training()[0]) == shape[0]
        assert 0 < x.min() and x.max() < 1 and x.shape == (5, shape[1] * shape[2])


# Measures and pictures of next to nothing

def test_measures_of_one_example():
    one, two = np.array([[0.5, 1.0]]), np.array([[0.5, 1.0], [0.5, 1.0]])
    mixture = tg.data.GaussianMixture([[0.5, 1.0]], 0.1)
    assert tg.metrics.modes(one, mixture)[:2] == (1, 1.0) and math.isnan(tg.metrics.modes(one + 9, mixture).kl)
    assert tg.metrics.precision_recall(one, two) == (1.0, 1.0) and tg.metrics.precision_recall(two, two) == (1.0, 1.0)
    assert math.isfinite(tg.metrics.parzen(one, one, one, sigmas=[0.1]).log_likelihood)
    assert tg.metrics.parzen(one, one, one, sigmas=[1e-100]).error == 0
    assert math.isfinite(tg.metrics.parzen(one, one, one + 1e100, sigmas=[1.0]).log_likelihood)
    assert 0 <= tg.metrics.histogram_jsd([0.5], lambda x: np.ones_like(x), 0, 1, bins=2) <= math.log(2)
    assert tg.metrics.grid_jsd(one, one, 0, 1.1, bins=1) == 0
    floor = tg.metrics.floor(lambda x, y: np.abs(x - y).max(), one, n=1, repeats=1, rng=0)
    assert (floor.median, floor.low, floor.high) == (0, 0, 0)


@pytest.mark.parametrize("name", ["ring", "gaussian", "glyphs"])
def test_one_iteration_is_trained_measured_and_drawn(name, tmp_path, capsys):
    assert cli.main(["train", name, "--iterations", "1", "--checkpoint-every", "1", "--out", str(tmp_path)]) == 0
    assert (tmp_path / f"{name}.png").stat().st_size > 10_000
    assert tg.recipes.resume(tmp_path / f"{name}.npz").game.iteration == 1


@pytest.mark.parametrize("name", [*tg.recipes.names(), *tg.failures.names()])
@pytest.mark.slow
def test_one_iteration_of_each_is_trained_measured_and_drawn(name, tmp_path, capsys):
    arguments = [name] if name in tg.recipes.names() else ["--break", name]
    assert cli.main(["train", *arguments, "--iterations", "1", "--out", str(tmp_path)]) == 0
    assert len(list(tmp_path.iterdir())) == (3 if name in tg.recipes.names() else 2)
