"""Where the paper, its authors' released code and tinygan differ: each difference that can be computed.
docs/paper-and-code.md is the table; what stands here as the authors' is written out from their MNIST configuration."""

import math

import numpy as np
import pytest

import tinygan as tg
from games import make
from tinygan.layers import Dropout, Maxout
from tinygan.sgd import descend, straight_line

EPOCHS, UPDATES, RATE, DECAY = 250, 500, 0.1, 1.000004        # of 50 000 pictures in minibatches of 100
sigma = lambda a: 1 / (1 + np.exp(-a))


# The step

def scalar_game(**options):
    """G(z) = wz + c, D's logit a = ux + s, and the four numbers."""
    game = make(G=(1, 1), D=(1, 1), data=[[2.0], [3.0], [5.0]], m=4, lr_d=0.3, lr_g=0.2, momentum=0, **options)
    game.G.theta, game.D.theta = [0.5, -0.2], [0.1, 0.3]
    return game


def test_the_authors_step_is_both_gradients_from_one_z_and_before_either_moves():
    (w, c), (u, s) = [0.5, -0.2], [0.1, 0.3]
    game = scalar_game(update="simultaneous")
    lines = {line.number: line.values for line in game.lines()}
    x, z = lines[4]["x"], lines[3]["z"]
    fake = w * z + c
    dV = [np.mean((1 - sigma(u * x + s)) * x - sigma(u * fake + s) * fake),
          np.mean((1 - sigma(u * x + s)) - sigma(u * fake + s))]
    pull = (1 - sigma(u * fake + s)) * u                              # by the old u and s, with the same z
    assert game.D.theta == pytest.approx([u + 0.3 * dV[0], s + 0.3 * dV[1]], rel=1e-12)
    assert game.G.theta == pytest.approx([w + 0.2 * np.mean(pull * z), c + 0.2 * np.mean(pull)], rel=1e-12)
    paper = scalar_game(update="alternating")
    paper.step()
    assert (paper.D.theta == game.D.theta).all() and (paper.G.theta != game.G.theta).all()


def test_the_authors_cost_of_D_is_half_of_minus_V_so_their_rate_is_twice_ours():
    a_real, a_fake, h = np.array([2.0, -1.0]), np.array([0.5, -3.0]), 1e-6
    cost = lambda a: 0.5 * (np.mean(-np.log(sigma(a))) + np.mean(-np.log(1 - sigma(a_fake))))
    by_differences = [(cost(a_real + h * one) - cost(a_real - h * one)) / (2 * h) for one in np.eye(2)]
    da_real, _ = tg.value_gradient(a_real, a_fake)
    assert RATE * np.array(by_differences) == pytest.approx(-RATE / 2 * da_real, rel=1e-8)


def test_the_authors_cost_of_G_is_minus_log_D_and_not_algorithm_1s_log_1_minus_D():
    a = np.array([0.5, -3.0])
    assert tg.generator_loss(a) == pytest.approx(np.mean(-np.log(sigma(a))))       # label 1 for what G made
    assert tg.generator_gradient(a) == pytest.approx(-(1 - sigma(a)) / 2)          # and 1/m, m = 2
    assert tg.generator_gradient(a, "minimax") == pytest.approx(-sigma(a) / 2)


def test_one_batch_of_2m_rows_has_the_gradient_of_two_passes():
    game = make(dtype=np.float64)
    x, z = game.sample(game.data), game.sample(game.noise)
    x_fake = game.gradient_D(x, z)["x_fake"]
    together = game.D.grad.copy()
    da_real, da_fake = tg.value_gradient(game.D(x), game.D(x_fake))
    apart = 0
    for rows, da in ((x, da_real), (x_fake, da_fake)):
        game.D.forward(rows)
        game.D.backward(da)
        apart = apart + game.D.grad
    assert together == pytest.approx(apart, rel=1e-12)


def test_D_shows_G_another_mask_than_the_one_it_learns_with():
    """The authors' two gradients share one pass of D on G(z), and so its masks."""
    game = make(dropout=0.5, D=(2, 40, 1), update="simultaneous")
    [dropout] = [layer for layer in game.D.layers if isinstance(layer, Dropout)]
    x, z = game.sample(game.data), game.sample(game.noise)
    game.gradient_D(x, z)
    learnt_with = dropout.mask[len(x):]
    game.gradient_G(z)
    assert dropout.mask.shape == learnt_with.shape and (dropout.mask != learnt_with).any()


# Momentum and rates

def test_the_authors_momentum_is_ours_and_other_forms_are_not():
    rng, mu = np.random.default_rng(0), 0.5
    ours, v, inc, authors = np.zeros(3), np.zeros(3), np.zeros(3), np.zeros(3)
    torch_v, torch, mean_v, mean = np.zeros(3), np.zeros(3), np.zeros(3), np.zeros(3)
    for t in range(20):
        grad, rate = rng.standard_normal(3), RATE / (1 + t)
        descend(ours, grad, v, rate, mu)
        inc = mu * inc - rate * grad                                 # inc := momentum inc − rate grad; param += inc
        authors = authors + inc
        torch_v = mu * torch_v + grad                                # the rate outside: the same while it is constant
        torch = torch - rate * torch_v
        mean_v = mu * mean_v + (1 - mu) * grad                       # a running mean goes 1 − μ times as far
        mean = mean - rate * mean_v
        assert np.allclose(mean, (1 - mu) * torch)
        assert t > 0 or np.allclose(torch, ours)
    assert ours == pytest.approx(authors, rel=1e-12) and not np.allclose(torch, ours)


def test_momentum_by_epochs_is_a_staircase_along_our_line():
    by_epoch = lambda t: 0.5 + 0.2 * min(1, (t // UPDATES) / (EPOCHS - 1))        # .7 in the 250th epoch
    line = lambda t: straight_line(0.5, 0.7, t, EPOCHS * UPDATES)
    gaps = [by_epoch(t) - line(t) for t in range(0, EPOCHS * UPDATES + UPDATES, 50)]
    assert max(map(abs, gaps)) < 0.2 / (EPOCHS - 1) < 0.001 and by_epoch(EPOCHS * UPDATES) == pytest.approx(0.7)


def test_the_authors_rate_falls_by_a_factor_of_1_65_where_ours_falls_to_0():
    rate = lambda t: max(RATE / DECAY**t, 1e-6)
    T = EPOCHS * UPDATES
    assert rate(T) == pytest.approx(RATE / 1.6487, rel=1e-4) == pytest.approx(0.0607, abs=5e-5)
    assert math.log(RATE / 1e-6) / math.log(DECAY) / UPDATES == pytest.approx(5756, abs=1)    # epochs to the floor
    game = make(schedule="linear", iterations=T)
    for game.iteration, expected in ((T // 2, RATE / 2), (T, 0)):
        assert game.rate(RATE) == pytest.approx(expected)
    assert rate(T // 2) / (RATE / 2) == pytest.approx(1.558, abs=1e-3)


# The networks

@pytest.mark.parametrize("include, scale", [(0.8, 1.25), (0.5, 2.0)])
def test_dropout_scaled_up_is_inverted_dropout(include, scale):
    x, layer, rng = np.full((400, 400), 3.0), Dropout(1 - include, rng=0), np.random.default_rng(1)
    ours, authors = layer.forward(x), x * (rng.random(x.shape) < include) * scale
    assert set(np.unique(ours)) == set(np.unique(authors)) == {0, 3 * scale}
    five_errors = 5 * 3 * scale * math.sqrt(include * (1 - include) / x.size)
    assert abs(ours.mean() - 3) < five_errors and abs(authors.mean() - 3) < five_errors
    assert (layer(x) == x).all()                                     # so evaluation needs no factor


def test_maxout_has_the_authors_layout():
    """Pieces of one unit stand side by side: unit j takes columns 5j to 5j + 4."""
    z, pieces = np.random.default_rng(0).standard_normal((7, 20)), 5
    y = np.max([z[:, i:20 - pieces + i + 1:pieces] for i in range(pieces)], axis=0)
    assert (Maxout(pieces).forward(z) == y).all()


def test_the_authors_weights_start_five_and_eleven_times_narrower():
    std_of_uniform = lambda irange: irange / math.sqrt(3)
    G = tg.MLP([100, 1200, 784], rng=0)
    D = tg.MLP([784, 240, 1], hidden="maxout", pieces=5, rng=0)
    assert G.linears[0].W.std() / std_of_uniform(0.05) == pytest.approx(4.9, abs=0.1)
    assert D.linears[0].W.std() / std_of_uniform(0.005) == pytest.approx(11.0, abs=0.1)


def test_G_starts_with_each_pixel_at_its_mean_and_no_logit_is_far_out():
    pictures = np.zeros((12, 8, 8), np.uint8)
    pictures[:, :4] = np.random.default_rng(0).integers(0, 256, (12, 4, 8))       # the lower half is never inked
    game = tg.recipes.start("glyphs", data=tg.data.Images(pictures, held_out=4)).game
    mean = game.data.training()[0].mean(axis=0)
    assert tg.sigmoid(game.G.linears[-1].b) == pytest.approx(mean, rel=1e-5)
    # the authors' pixels can be 0 exactly, their mean is clipped at 1e-7; ours are never below half a step of grey
    assert game.G.linears[-1].b.min() == pytest.approx(math.log(1 / 511), rel=1e-4)
    assert math.log(1e-7 / (1 - 1e-7)) == pytest.approx(-16.1, abs=0.02)


def test_costs_from_the_logit_are_those_from_the_sigmoid_as_long_as_these_are_numbers():
    a_real, a_fake = np.array([3.0, -2.0]), np.array([1.0, -4.0])
    by_sigma = np.mean(np.log(sigma(a_real))) + np.mean(np.log(1 - sigma(a_fake)))
    assert tg.value(a_real, a_fake) == pytest.approx(by_sigma)
    assert sigma(40.0) == 1 and tg.value([1.0], [40.0]) == pytest.approx(-40, abs=0.4)     # log(1 − 1) would be −∞


# Data, noise, and what is reported

def test_noise_uniform_to_the_root_of_3_has_variance_1():
    z = tg.data.Uniform(100, -math.sqrt(3), math.sqrt(3)).sample(2000, 0)
    assert abs(z).max() <= math.sqrt(3) and z.var() == pytest.approx(1, abs=0.01)


def test_drawing_with_replacement_leaves_1_over_e_of_the_data_out_of_an_epoch():
    seen = np.unique(tg.data.Points(np.arange(50_000.0)[:, None]).sample(50_000, 0))
    assert 1 - len(seen) / 50_000 == pytest.approx(math.exp(-1), abs=0.01)        # the authors shuffle: 0


def test_D_real_is_about_real_examples():
    """In the authors' monitor these two names are exchanged."""
    game = make(G=(1, 1), D=(1, 1), data=[[2.0], [5.0]], m=64, lr_d=1e-9, lr_g=1e-9)
    game.G.theta, game.D.theta = [0.1, -5.0], [1.0, 0.0]             # D says real where x > 0; G makes −5
    history = game.train(1)
    assert history["D_real"][0] > 0.8 and history["D_fake"][0] < 0.1


def test_parzen_on_the_authors_grid_with_the_error_of_a_mean_over_examples():
    rng, sigmas = np.random.default_rng(0), np.logspace(-1, 0, 10)
    samples, valid, test = (rng.standard_normal((n, 3)) for n in (300, 200, 100))

    def log_p(x, s):                                                 # log mean exp, less the Gaussian's constant
        E = -((x[:, None] - samples)**2).sum(axis=2) / (2 * s**2)
        return np.log(np.exp(E - E.max(axis=1, keepdims=True)).mean(axis=1)) + E.max(axis=1) \
            - 3 * np.log(s * math.sqrt(2 * math.pi))

    best = max(sigmas, key=lambda s: log_p(valid, s).mean())
    found = tg.metrics.parzen(samples, valid, test, sigmas)
    assert found.sigma == best and found.log_likelihood == pytest.approx(log_p(test, best).mean(), rel=1e-10)
    assert found.error == pytest.approx(log_p(test, best).std() / math.sqrt(100), rel=1e-10)
