"""A conditional GAN: G copies c through, its gradient has both ways of c, and Algorithm 1 plays it as it stands."""

import numpy as np
import pytest
from hypothesis import assume, given, strategies as st

import tinygan as tg
from tinygan import gradcheck, theory
from tinygan.beyond.conditional import Beside, Conditional, Pairs, one_hot

LABELS = np.array([0, 1, 1, 2, 1])


def make(d_z=2, d_c=3, d_x=2, hidden="tanh", seed=0, **options):
    return Conditional(tg.MLP([d_z + d_c, 5, d_x], hidden, bias_spread=0.5, rng=seed, **options), d_c)


def game(**options):
    x = LABELS[:, None] * 2.0 - 2
    G, D = make(d_z=1, d_x=1), tg.MLP([4, 6, 1], "leaky_relu", rng=1)
    data = Pairs(x, one_hot(LABELS))
    return tg.Algorithm1(G, D, data, data.noise(tg.data.Normal(1)), m=16, rng=2, **options)


def test_G_makes_x_and_copies_c():
    G, zc = make(), np.random.default_rng(1).standard_normal((4, 5))
    for pair in (G(zc), G.forward(zc)):
        assert (pair[:, :2] == G.net(zc)).all() and (pair[:, 2:] == zc[:, 2:]).all()
    assert G.widths == [5, 5, 5] and G.theta is G.net.theta and G.grad is G.net.grad


@pytest.mark.parametrize("method", ["central", "complex"])
@given(hidden=st.sampled_from(["relu", "leaky_relu", "tanh", "sigmoid"]), seed=st.integers(0, 10**6),
       d_z=st.integers(1, 3), d_c=st.integers(1, 3), d_x=st.integers(1, 3), m=st.integers(1, 4))
def test_its_gradients(method, hidden, seed, d_z, d_c, d_x, m):
    """By the weights, by z, and by c, which reaches the loss through the net and past it."""
    G = make(d_z, d_c, d_x, hidden, seed)
    zc = np.random.default_rng(seed + 1).standard_normal((m, d_z + d_c))
    assume(gradcheck.margin(G.net, zc) > 1e-3)
    report = gradcheck.check(G, zc, method)
    assert report, report


def test_backward_can_leave_out_the_weights_or_the_inputs():
    G, zc, dxc = make(), np.ones((3, 5)), np.ones((3, 5))
    G.forward(zc)
    assert G.backward(dxc, inputs=False) is None and G.grad.any()
    G.grad[...] = 7
    assert G.backward(dxc, weights=False).shape == (3, 5) and (G.grad == 7).all()


def test_G_is_blind_to_what_D_says_of_c():
    """∂L/∂θ_G comes from ∂L/∂x alone: c is not G's doing."""
    G, zc, dxc = make(), np.random.default_rng(0).standard_normal((3, 5)), np.ones((3, 5))
    G.forward(zc)
    G.backward(dxc)
    before = G.grad.copy()
    dxc[:, 2:] = 1000
    G.backward(dxc)
    assert (G.grad == before).all()


def test_it_takes_lists_and_another_float_type():
    G, zc, dxc = make(dtype=np.float32), np.linspace(-1, 1, 15).reshape(3, 5), np.ones((3, 5))
    assert G(zc.tolist()).dtype == G.forward(zc.tolist()).dtype == np.float32
    assert (G.forward(zc.tolist()) == G.forward(zc)).all() and (G(zc.tolist()) == G(zc)).all()
    assert (G.backward(dxc.tolist()) == G.backward(dxc)).all()


def test_given_is_x_alone_for_one_condition_or_one_each():
    G, z = make(), np.random.default_rng(0).standard_normal((3, 2))
    same = G.given([0, 1, 0], z)
    assert same.shape == (3, 2) and (same == G.given(one_hot([1, 1, 1], 3), z)).all()
    assert (same == G(np.column_stack([z, one_hot([1, 1, 1], 3)]))[:, :2]).all()
    assert (same != G.given([1, 0, 0], z)).any()


def test_pairs_are_drawn_together_and_noise_apart_from_c():
    """In the data x says which c it is; z says nothing of c, and c is as frequent as in the data."""
    data = Pairs(LABELS[:, None].astype(float), one_hot(LABELS))
    x, c = np.split(data.sample(4000, 0), [1], axis=1)
    assert (c.argmax(axis=1) == x[:, 0]).all()
    z, c_of_noise = np.split(data.noise(tg.data.Normal(1)).sample(4000, 1), [1], axis=1)
    assert c_of_noise.mean(axis=0) == pytest.approx([0.2, 0.6, 0.2], abs=0.03)
    assert c.mean(axis=0) == pytest.approx([0.2, 0.6, 0.2], abs=0.03)
    assert np.abs(c_of_noise.T @ z / 4000).max() < 0.05
    assert Beside(tg.data.Normal(2), tg.data.Uniform(3)).sample(5, 0).shape == (5, 5)


def test_algorithm_1_plays_it_as_it_stands_in_both_orders():
    for update in ("alternating", "simultaneous"):
        played = game(update=update)
        lines = list(played.lines())
        x, x_fake = (next(line.values[name] for line in lines if name in line.values) for name in ("x", "x_fake"))
        assert x.shape == x_fake.shape == (16, 4)
        for pairs in (x, x_fake):
            assert (np.sort(pairs[:, 1:], axis=1) == [0, 0, 1]).all()


def test_G_learns_to_obey():
    """Three points, one for each label: after 600 iterations each label has its own."""
    played = game(lr_d=0.1, lr_g=0.1, schedule="linear", iterations=600)
    played.train(600)
    for label, c in enumerate(np.eye(3)):
        x = played.G.given(c, tg.data.Normal(1).sample(200, 0))
        assert np.mean(np.abs(x - (2 * label - 2)) < 1) > 0.95


def joint(of_x_given_c, of_c):
    return of_c[:, None] * of_x_given_c                                   # (c, x)


PROBABILITIES = st.lists(st.floats(0.05, 1), min_size=8, max_size=8)


@given(p=PROBABILITIES, q=PROBABILITIES, weight=st.floats(0.1, 0.9))
def test_the_theory_of_the_joint_is_that_of_the_conditionals(p, q, weight):
    """p(c) cancels in D*, and C(G) is a mean over c of that of p(x | c)."""
    p, q = (np.reshape(each, (2, 4)) / np.reshape(each, (2, 4)).sum(axis=1, keepdims=True) for each in (p, q))
    of_c = np.array([weight, 1 - weight])
    D_star = theory.optimal_discriminator(joint(p, of_c).ravel(), joint(q, of_c).ravel()).reshape(2, 4)
    assert D_star == pytest.approx(p / (p + q))
    C = theory.criterion(joint(p, of_c).ravel(), joint(q, of_c).ravel())
    assert C == pytest.approx(-np.log(4) + 2 * sum(w * theory.js(a, b) for w, a, b in zip(of_c, p, q)))


def test_another_p_of_c_in_the_noise_is_seen_by_D():
    """Then not even a perfect p_g(x | c) reaches −log 4."""
    x_given_c = np.array([[0.7, 0.3], [0.2, 0.8]])
    data, generated = (joint(x_given_c, np.array(of_c)) for of_c in ([0.9, 0.1], [0.5, 0.5]))
    C = theory.criterion(data.ravel(), generated.ravel())
    assert C == pytest.approx(-np.log(4) + 2 * theory.js(np.array([0.9, 0.1]), np.array([0.5, 0.5])))
    assert C > -np.log(4) + 0.1


def test_its_theta_is_enough_to_keep_it(tmp_path):
    G, again = make(seed=0), make(seed=9)
    np.save(tmp_path / "theta.npy", G.theta)
    again.net.theta = np.load(tmp_path / "theta.npy")
    assert (again.given([1, 0, 0], np.ones((2, 2))) == G.given([1, 0, 0], np.ones((2, 2)))).all()


def test_one_hot():
    assert one_hot([1, 0], classes=3).tolist() == [[0, 1, 0], [1, 0, 0]]
    for labels in ([0.5], [[0]], [], [-1], [True]):
        with pytest.raises(ValueError, match=r"labels must be \(n,\) whole numbers from 0"):
            one_hot(labels)
    for labels in ("ab", [[0], [0, 1]], None):
        with pytest.raises((TypeError, ValueError), match="labels must be an array of numbers"):
            one_hot(labels)
    with pytest.raises(ValueError, match="labels must be below 2, the number of classes, not 2"):
        one_hot([0, 2], classes=2)


def test_one_hot_takes_room_for_its_rows_and_no_more_than_a_gib():
    assert one_hot([40_000]).shape == (1, 40_001) and one_hot([40_000]).sum() == one_hot([40_000])[0, -1] == 1
    for labels, classes in (([10**12], None), ([0, 1], 2**27)):
        with pytest.raises(ValueError, match="classes must be at most"):
            one_hot(labels, classes)


def test_bad_arguments_get_one_clear_sentence():
    with pytest.raises(TypeError, match="net must be an MLP"):
        Conditional("net", 1)
    with pytest.raises(ValueError, match="d_c must be at least 1, not 0"):
        Conditional(tg.MLP([5, 2]), 0)
    with pytest.raises(ValueError, match="d_c must leave at least one of the 1 inputs of net for z, not be 1"):
        Conditional(tg.MLP([1, 3]), 1)
    with pytest.raises(ValueError, match="c must have a row for each of the 2 rows of x, not 3"):
        Pairs([[1], [2]], [[1], [2], [3]])
    with pytest.raises(ValueError, match=r"c must be \(3,\) or \(4, 3\), a row for each z, not \(2,\)"):
        make().given([1, 0], np.ones((4, 2)))
    with pytest.raises(ValueError, match=r"z must be \(n, 2\), one example a row, not \(4, 1\)"):
        make().given([1, 0, 0], np.ones((4, 1)))
    for call in (make(), make().forward):
        with pytest.raises(ValueError, match=r"zc must be \(m, 5\), one example a row, not \(4, 4\)"):
            call(np.ones((4, 4)))
    G = make()
    G.forward(np.ones((4, 5)))
    with pytest.raises(ValueError, match=r"dxc must be \(m, 5\), one example a row, not \(4, 4\)"):
        G.backward(np.ones((4, 4)))
    with pytest.raises(ValueError, match="D must end in one logit"):
        tg.Algorithm1(tg.MLP([1, 5]), make(), np.ones((9, 5)), tg.data.Normal(1))
