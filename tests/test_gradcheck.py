"""The check itself: it must pass what is right and fail what is wrong, and say why."""

import re

import numpy as np
import pytest

import tinygan as tg
from tinygan import gradcheck
from tinygan.layers import Layer, LeakyReLU, Linear, Maxout, ReLU, Sigmoid, Tanh

METHODS = ["central", "complex"]


# Negative controls: five faults that real code has had, each in a layer of its own.

class FlippedSign(Linear):
    def backward(self, dy, weights=True, inputs=True):
        dx = super().backward(dy, weights, inputs)
        self.dW[...] = -self.dW
        return dx


class TransposedWeights(Linear):
    def backward(self, dy, weights=True, inputs=True):
        dx = super().backward(dy, weights, inputs)
        self.dW[...] = dy.T @ self.x
        return dx


class DoubledBias(Linear):
    def backward(self, dy, weights=True, inputs=True):
        dx = super().backward(dy, weights, inputs)
        self.db[...] += dy.sum(axis=0)
        return dx


class MissingDerivative(Tanh):
    def backward(self, dy):
        return dy


class MeanWithout1overM(Layer):
    """y = the mean over the minibatch; its backward forgets the 1/m."""

    def forward(self, x):
        self.m = len(x)
        return x.mean(axis=0, keepdims=True)

    def backward(self, dy):
        return np.repeat(dy, self.m, axis=0)


FAULTS = [(FlippedSign, "every entry is −1 times the numerical one: a sign"),
          (MeanWithout1overM, "every entry is m = 5 times the numerical one: the 1/m is missing"),
          (MissingDerivative, "the layer's own derivative is missing"),
          (DoubledBias, "every entry is 2 times the numerical one: counted twice"),
          (TransposedWeights, "transposed")]


def make(kind):
    layer = kind(3, 3) if issubclass(kind, Linear) else kind()
    if isinstance(layer, Linear):
        layer.W[...], layer.b[...] = np.random.default_rng(1).standard_normal((2, 3, 3))[0], [0.1, -0.2, 0.3]
    return layer


def x():
    return np.random.default_rng(0).standard_normal((5, 3))


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("fault, why", FAULTS, ids=lambda value: getattr(value, "__name__", ""))
def test_each_fault_makes_a_layer_fail(fault, why, method):
    report = gradcheck.check(make(fault), x(), method)
    assert not report and why in str(report)
    assert sum(not result for result in report.results) == 1        # and only the faulty array is blamed


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("fault, why", [pair for pair in FAULTS if pair[0] is not MeanWithout1overM],
                         ids=lambda value: getattr(value, "__name__", ""))
def test_each_fault_makes_a_network_fail(fault, why, method):
    net = tg.MLP([3, 3, 2], hidden="tanh", bias_spread=1, rng=0)
    assert gradcheck.check(net, x(), method)
    net.layers[1 if fault is MissingDerivative else 0].__class__ = fault
    report = gradcheck.check(net, x(), method)
    assert not report
    if fault is not MissingDerivative:
        assert f"layers[0].{'b' if fault is DoubledBias else 'W'}" in str(report) and why in str(report)


@pytest.mark.parametrize("method", METHODS)
def test_a_missing_1_over_m_in_the_game_fails(method):
    a = np.array([[0.5], [-1.0], [2.0]])
    for f, gradient in ((lambda a: tg.value(a, a + 1), tg.value_gradient(a, a + 1)[0] - 0),
                        (lambda a: tg.generator_loss(a, "minimax"), tg.generator_gradient(a, "minimax"))):
        wrong = gradcheck.check_gradient(f, a, 3 * gradient, method, m=3)
        assert not wrong
    assert "m = 3 times the numerical one: the 1/m is missing" in wrong.why


def test_a_fault_is_seen_though_x_and_the_check_share_a_seed():
    """Were dy drawn as x is, xᵀ dy would be symmetric, and a transposed dW would pass."""
    for seed in range(5):
        same = np.random.default_rng(seed).standard_normal((5, 3))
        assert not gradcheck.check(make(TransposedWeights), same, rng=seed)


def test_it_names_one_wrong_entry_row_or_column():
    f = lambda W: np.sum(W**3)
    W = np.random.default_rng(0).standard_normal((4, 3))
    for where, why in (((2, 1), "one entry"), ((2, slice(None)), "only row 2"), ((slice(None), 1), "only column 1")):
        gradient = 3 * W**2
        gradient[where] *= 1.5
        result = gradcheck.check_gradient(f, W, gradient, name="W")
        assert not result and why in result.why
    gradient = 3 * W**2
    gradient[2, 1] *= 1.01                                          # a one per cent error in one entry
    result = gradcheck.check_gradient(f, W, gradient, name="W")
    assert not result and result.why.startswith("W[2, 1] is ")


@pytest.mark.parametrize("gradient, why", [
    (lambda g: 0 * g, "every entry is 0"), (lambda g: 0.25 * g, "every entry is 1/m = 1/4 of"),
    (lambda g: 1.7 * g, "every entry is 1.7 times"), (lambda g: g.T, "transposed"),
    (lambda g: g * np.nan, "not finite"),
    (lambda g: g[:, :1], "its shape is (4, 1), but W has (4, 3)"),
    (lambda g: np.roll(g, 1, axis=0), "12 of 12 entries")])
def test_it_recognises_what_went_wrong(gradient, why):
    W = np.random.default_rng(0).uniform(1, 2, (4, 3))
    result = gradcheck.check_gradient(lambda W: np.sum(W**3), W, gradient(3 * W**2), name="W", m=4)
    assert not result and why in str(result)


def test_a_kink_is_named_and_not_waved_through():
    report = gradcheck.check(ReLU(), np.array([[1e-8, 2.0]]))
    assert not report and "kink" in str(report)
    assert gradcheck.check(ReLU(), np.array([[1e-8, 2.0]]), "complex")       # which never crosses over


def test_a_smooth_function_has_no_kink_even_where_it_is_level():
    class Square(Layer):
        def forward(self, x):
            self.x = x
            return x**2

        def backward(self, dy):
            return dy                                               # 2x is missing

    report = gradcheck.check(Square(), np.array([[0.0, 0.1]]))
    assert not report and "kink" not in str(report) and "derivative is missing" in str(report)
    level = gradcheck.check_gradient(lambda x: np.sum(x**2), np.zeros(2), np.array([0.0, 0.1]))
    assert not level and "kink" not in level.why


class Abs(Layer):
    def forward(self, x):
        self.x = x
        return np.abs(x)

    def backward(self, dy):
        return dy * np.sign(self.x)


def steep(x):
    return np.tanh(1e3 * x)                                         # bends, but smoothly


@pytest.mark.parametrize("off", [0, 1e-12, 1e-7, 1e-6, -2e-6, 3e-6, 5e-6])
@pytest.mark.parametrize("claimed", [-1.0, 0.0, 1.0, "the quotient"])
def test_at_a_kink_nothing_is_right_or_wrong(claimed, off):
    f = lambda x: np.abs(x[0] - 1 - off) + x[1]**2
    claimed = gradcheck.central_difference(f, np.ones(2))[0] if claimed == "the quotient" else claimed
    result = gradcheck.check_gradient(f, np.ones(2), np.array([claimed, 2]))
    assert not result and "can't tell" in str(result) and "a kink at x[0] (slope" in result.why


@pytest.mark.parametrize("layer", [Abs(), ReLU(), LeakyReLU()], ids=lambda layer: type(layer).__name__)
def test_a_layer_on_its_kink_is_told_to_choose_another_x(layer):
    report = gradcheck.check(layer, np.array([[0.0, 1.0], [-2.0, 0.0]]))
    assert not report and "WRONG" not in str(report)
    assert re.search(r"can't tell  ∂L/∂x\n +f has a kink at x\[0, 0\] \(slope .* to the left, .* to the right\), "
                     "and 1 more: choose another x", str(report))
    assert gradcheck.check(layer, np.array([[0.5, 1.0], [-2.0, -0.1]]))


@pytest.mark.parametrize("seed", range(20))
def test_biases_of_0_and_a_row_of_0_put_every_unit_on_its_kink(seed):
    for x in (np.linspace(-1, 1, 5)[:, None], np.zeros((1, 1))):
        report = gradcheck.check(tg.MLP([1, 8, 1], rng=seed), x)
        assert not report and "WRONG" not in str(report)
        assert ["kink" in result.why for result in report.results] == [True, False, True, False, False]
    assert gradcheck.check(tg.MLP([1, 8, 1], rng=seed), [[-1.0], [0.5]])


H = gradcheck.STEP


@pytest.mark.parametrize("f, x, right", [
    (lambda x: abs(x[0] - 1 - 0.5 * H) + abs(x[1] - 1 - 1.5 * H), np.ones(2), [-1.0, -1.0]),
    (lambda x: np.sum(np.maximum(x, 0)), np.array([H / 2, 1.5 * H, 1]), [1.0, 1.0, 1.0])])
def test_a_kink_two_steps_away_spoils_nothing(f, x, right):
    result = gradcheck.check_gradient(f, x, np.array(right))
    assert "can't tell" in str(result) and "kink at x[0]" in result.why and "more" not in result.why


def test_units_whose_kinks_cancel_along_an_entry_are_at_a_kink_all_the_same():
    """A leaky unit after another: down, the first lets 0.2 through and the second all; up, the other way round."""
    net = tg.MLP([1, 1, 2, 1], hidden="leaky_relu")
    net.theta = [1, 0, -1, 1, 0, 0, 1, 0.5, 0]
    report = gradcheck.check(net, np.zeros((1, 1)))
    assert "WRONG" not in str(report) or "but x is at a kink" in str(report)
    assert "can't tell  ∂L/∂layers[0].b" in str(report) or "can't tell  ∂L/∂layers[2].b" in str(report)
    for seed in range(20):
        report = gradcheck.check(tg.MLP([2, 4, 4, 4, 1], hidden="leaky_relu", rng=seed), np.zeros((1, 2)))
        assert not report and "WRONG" not in str(report)


class ELU(Layer):
    """Its slope has a bend at 0, and no jump."""

    def forward(self, x):
        self.x = x
        return np.where(x > 0, x, np.expm1(np.minimum(x, 0)))

    def backward(self, dy):
        return dy * np.where(self.x > 0, 1, np.exp(np.minimum(self.x, 0)))


def test_where_the_slope_bends_a_right_layer_is_right_and_a_wrong_one_wrong():
    class Off(ELU):
        def backward(self, dy):
            return super().backward(dy) * (1 + 1e-5)

    x = np.array([[0.0, 1.0, -1.0]])
    assert gradcheck.check(ELU(), x) and not gradcheck.check(Off(), x)
    for a in (1e-4, 1e-3):                                          # bends much within a step
        assert gradcheck.check_gradient(lambda x: np.sum(np.log(x)), np.array([a]), np.array([1 / a]))


@pytest.mark.parametrize("factor", [3, 0.5, -1, 2])
@pytest.mark.parametrize("size", [1e-6, 1, 1e8])
def test_a_constant_factor_is_named_whatever_the_size_of_the_gradient(factor, size):
    result = gradcheck.check_gradient(lambda x: size * np.sum(x**2), np.ones(2), np.full(2, 2 * size * factor))
    assert {-1: "a sign", 2: "counted twice"}.get(factor, f"every entry is {factor:g} times") in result.why


def test_a_wrong_entry_beside_a_kink_is_wrong():
    class Doubled(Abs):
        def backward(self, dy):
            return 2 * super().backward(dy)

    report = gradcheck.check(Doubled(), np.array([[0.0, 1.0, 3.0]]))
    assert not report and "WRONG" in str(report) and "x[0, 0]" not in str(report)


@pytest.mark.parametrize("f, slope", [(steep, lambda x: 1e3 / np.cosh(1e3 * x)**2), (np.exp, np.exp), (np.sin, np.cos)])
def test_what_is_smooth_is_right_or_wrong(f, slope):
    x = np.array([-1e-3, 0.0, 5e-4, 0.01])
    assert gradcheck.check_gradient(lambda x: np.sum(f(x)), x, slope(x))
    for wrong in (1.01 * slope(x), slope(x) + 0.01 * slope(x).max()):
        result = gradcheck.check_gradient(lambda x: np.sum(f(x)), x, wrong)
        assert not result and result.error > 0.005 and "kink" not in result.why


# What a stranger's layer may do

class Random(Layer):
    """y = x plus noise, which is drawn anew each time."""

    def __init__(self, draw):
        self._draw = draw

    def forward(self, x):
        return x + self._draw(x.shape)

    def backward(self, dy):
        return dy


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("size", [1e-9, 0.3])
def test_a_random_layer_is_told_so_and_how_to_hold_its_noise_still(size, seed):
    class Held(Layer):
        def __init__(self):
            self.rng = np.random.default_rng(0)

        def forward(self, x):
            return x + size * self.rng.standard_normal(x.shape)

        def backward(self, dy):
            return dy

    stream = iter(np.random.default_rng(seed).standard_normal((1000, 5, 3)))
    layer = Random(lambda shape: size * next(stream))
    layer.__deepcopy__ = lambda memo: layer                         # its random numbers are not the layer's own
    with pytest.raises(ValueError, match=r"layer.forward must return the same y .* differ by .* self.rng = np.random"):
        gradcheck.check(layer, x())
    assert gradcheck.check(Held(), x())


def test_a_layer_that_can_not_be_copied_is_told_so():
    layer = Tanh()
    layer.rng = np.random                                           # the module, where a Generator is meant
    with pytest.raises(TypeError, match="layer must be one that copy.deepcopy can copy, as it can np.random"):
        gradcheck.check(layer, x())


@pytest.mark.parametrize("second", [lambda x: x[:1], lambda x: np.zeros(5)])
def test_a_layer_that_returns_another_shape_the_second_time_is_told_so(second):
    answers = iter([lambda x: x, second])
    layer = Forgetful(lambda x: next(answers, second)(x))
    layer.__deepcopy__ = lambda memo: layer
    with pytest.raises(ValueError, match="layer.forward must return the same y"):
        gradcheck.check(layer, x())


def test_a_layer_that_drops_at_random_is_told_so_though_its_mask_is_often_the_same():
    kept = iter(np.random.default_rng(0).random(1000) < 0.8)
    layer = Random(lambda shape: 0.5 * next(kept))
    layer.__deepcopy__ = lambda memo: layer
    with pytest.raises(ValueError, match="layer.forward must return the same y"):
        gradcheck.check(layer, np.ones((1, 1)))


def test_a_random_function_is_told_so():
    noise = iter(np.random.default_rng(0).standard_normal(10_000))
    f = lambda x: np.sum(x**2) + 1e-6 * next(noise)
    for ask in (gradcheck.check_gradient, gradcheck.taylor_slope):
        with pytest.raises(ValueError, match="f must return the same number each time it is given the same x"):
            ask(f, np.ones(2), np.full(2, 2.0))


class Root(Layer):
    def forward(self, x):
        self.y = np.sqrt(x)
        return self.y

    def backward(self, dy):
        return dy / (2 * self.y)


class InfiniteW(Linear):
    def backward(self, dy, weights=True, inputs=True):
        dx = super().backward(dy)
        self.dW[0, 0] = np.inf
        return dx


@pytest.mark.parametrize("layer, x, why", [
    (Root(), [[0.0, 1.0]], r"WRONG  ∂L/∂x .*\n +∂L/∂x\[0, 0\] is -?inf: it is not finite"),
    (InfiniteW(2, 2), [[1.0, 1.0]], r"WRONG  ∂L/∂W .*\n +∂L/∂W\[0, 0\] is inf: it is not finite .*\nright"),
    (Random(lambda shape: 1e308), [[1.0, 1.0]], "can't tell  ∂L/∂x\n +f is not finite")])
def test_what_is_not_finite_is_said_of_the_layer_and_in_no_word_of_ours(layer, x, why):
    report = gradcheck.check(layer, np.array(x))
    assert not report and re.search(why, str(report))


def test_a_function_that_ends_near_x_is_told_so():
    result = gradcheck.check_gradient(lambda x: np.sum(np.sqrt(x)), np.array([1.0, 1e-7]), np.ones(2))
    assert not result and "can't tell" in str(result) and "f is not finite around x[1]: choose another x" in result.why


@pytest.mark.parametrize("method", METHODS)
def test_a_small_gradient_does_not_hide_behind_a_large_one(method):
    class WrongInput(Linear):
        def backward(self, dy, weights=True, inputs=True):
            return -super().backward(dy, weights, inputs)

    report = gradcheck.check(make(WrongInput), 1e6 * x(), method)
    assert not report.results[0] and report.results[1] and report.results[2]


def test_margin_is_the_distance_to_the_nearest_kink():
    net = tg.MLP([1, 2, 1], hidden="relu", rng=0)
    net.linears[0].W[...], net.linears[0].b[...] = [[1, -1]], [0, 0.25]
    assert gradcheck.margin(net, np.array([[3.0], [0.5]])) == 0.25
    assert gradcheck.margin(tg.MLP([1, 2, 1], hidden="tanh", rng=0), np.ones((1, 1))) == np.inf
    net = tg.MLP([1, 1, 1], hidden="maxout", pieces=3, rng=0)
    net.linears[0].W[...], net.linears[0].b[...] = 0, [1, 4, 3.5]
    assert gradcheck.margin(net, np.ones((2, 1))) == 0.5


def test_difference_quotients_of_a_known_function():
    at = np.array([[0.3, -2.0], [100.0, 1e-3]])
    f, gradient = lambda x: np.sum(np.sin(x)), np.cos(at)
    np.testing.assert_allclose(gradcheck.central_difference(f, at), gradient, rtol=1e-7)
    np.testing.assert_allclose(gradcheck.complex_step(f, at), gradient, rtol=1e-14)


def test_taylor_slope_tells_right_from_nearly_right():
    f, at = (lambda x: np.sum(np.exp(x))), np.array([0.1, 0.5, -1.0])
    assert gradcheck.taylor_slope(f, at, np.exp(at)) == pytest.approx(2, abs=0.01)
    assert gradcheck.taylor_slope(f, at, 1.001 * np.exp(at)) < 1.6
    assert gradcheck.taylor_slope(lambda x: np.sum(3 * x), at, np.full(3, 3.0)) == np.inf
    assert gradcheck.taylor_slope(lambda x: np.sum(3 * x), at, np.full(3, 3.1)) == pytest.approx(1, abs=0.01)
    c = np.array([1.0, 2.0, 3.0])                                   # f(x) = 0 is no reason to see noise as a slope
    assert gradcheck.taylor_slope(lambda x: np.sum(c * x), np.array([1.0, 1.0, -1.0]), c) == np.inf
    assert gradcheck.taylor_slope(lambda x: np.sum(x**3), np.zeros(2), np.zeros(2)) == pytest.approx(3, abs=0.01)


def test_taylor_slope_of_a_network():
    net = tg.MLP([2, 5, 1], hidden="tanh", rng=0)
    x = np.random.default_rng(0).standard_normal((4, 2))
    net.forward(x)
    net.backward(np.ones((4, 1)))
    f = lambda theta: np.sum(gradcheck.at(net, theta)(x))
    assert gradcheck.taylor_slope(f, net.theta, net.grad) == pytest.approx(2, abs=0.01)
    assert gradcheck.taylor_slope(f, net.theta, 1.01 * net.grad) < 1.6


class StudentsSwish(Layer):
    """y = s ⊙ x σ(x): a layer tinygan does not have, with a parameter of its own."""

    def __init__(self, width):
        self.s, self.ds = np.linspace(0.5, 2, width), np.zeros(width)

    def forward(self, x):
        self.x = x
        return self.s * x * tg.sigmoid(x)

    def backward(self, dy):
        D = tg.sigmoid(self.x)
        self.ds[...] = np.sum(dy * self.x * D, axis=0)
        return dy * self.s * (D + self.x * D * (1 - D))


@pytest.mark.parametrize("method", METHODS)
def test_a_students_own_layer(method):
    layer = StudentsSwish(3)
    report = gradcheck.check(layer, x(), method)
    assert report and [result.name for result in report.results] == ["x", "s"]
    assert "x" not in vars(layer)                                   # the check worked on a copy


class Habit(Linear):
    """A right layer; its subclasses have one bad habit each."""

    def __init__(self):
        super().__init__(3, 3)
        self.W[...] = np.random.default_rng(1).standard_normal((3, 3))


class LearnsInBackward(Habit):
    def backward(self, dy, weights=True, inputs=True):
        dx = super().backward(dy)
        self.W -= 0.1 * self.dW
        return dx


class Accumulates(Habit):
    def backward(self, dy, weights=True, inputs=True):
        before = self.dW.copy()
        dx = super().backward(dy)
        self.dW += before
        return dx


class SpoilsDy(Habit):
    def backward(self, dy, weights=True, inputs=True):
        dx = super().backward(dy)
        dy *= 0
        return dx


class ForgetsDb(Layer):
    def __init__(self):
        self.W, self.b, self._table = np.eye(3), np.ones(3), np.ones(5)

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, dy):
        self.dW = self.x.T @ dy
        return dy @ self.W.T


@pytest.mark.parametrize("layer, why", [
    (LearnsInBackward(), "W itself was changed"), (Accumulates(), "adds to the dW of the last time"),
    (SpoilsDy(), "changed the dy it was given"), (ForgetsDb(), "leaves no db")], ids=lambda value: type(value).__name__)
def test_bad_habits_are_reported(layer, why):
    assert gradcheck.check(Habit(), x())
    report = gradcheck.check(layer, x())
    assert not report and why in str(report) and "_table" not in str(report)


def test_layers_within_layers_are_checked():
    class Row(Layer):
        def __init__(self, *layers):
            self.layers = layers

        def forward(self, x):
            for layer in self.layers:
                x = layer.forward(x)
            return x

        def backward(self, dy):
            for layer in reversed(self.layers):
                dy = layer.backward(dy)
            return dy

    report = gradcheck.check(Row(Tanh(), Row(Tanh(), make(FlippedSign))), x())
    assert not report and "∂L/∂layers[1].layers[1].W" in str(report) and "a sign" in str(report)


def test_memory_is_no_parameter_and_x_may_be_changed_in_place():
    class Remembers(Layer):
        def forward(self, x):
            x *= 2
            self.y = np.tanh(x)
            return self.y

        def backward(self, dy):
            self.dy = dy
            return 2 * dy * (1 - self.y**2)

    layer = Remembers()
    assert gradcheck.check(layer, x())
    layer.backward(layer.forward(x()))
    report = gradcheck.check(layer, x())
    assert report and len(report.results) == 1


def test_a_kink_hit_exactly_is_named_by_both_methods():
    net = tg.MLP([1, 1, 1, 1], rng=0)
    net.theta = [-1.0, 0, 1, 0, 1, 0]                               # a dead unit, and a bias of 0 after it
    for method in METHODS:
        report = gradcheck.check(net, [[1.0]], method)
        assert not report and "kink" in str(report)


def test_where_rounding_hides_the_answer_it_says_so():
    f = lambda x: 1e8 + np.sum(x**2)
    result = gradcheck.check_gradient(f, np.ones(3), np.full(3, 2.01))
    assert not result and "can't tell" in str(result) and "its rounding hides the gradient" in result.why
    assert np.isnan(gradcheck.taylor_slope(lambda x: 1e12 + np.sum(x**2), np.ones(3), np.zeros(3)))
    layer = make(Linear)
    layer.b[...] = 1e11
    assert "can't tell  ∂L/∂W" in str(gradcheck.check(layer, x()))
    with pytest.raises(ValueError, match="scale"):
        gradcheck.check_gradient(f, np.ones(3), np.ones(3), scale=np.inf)
    with pytest.raises(ValueError, match=r"gradient must be \(3,\), as x, not \(3, 1\)"):
        gradcheck.taylor_slope(f, np.ones(3), np.ones((3, 1)))


def test_it_reports_the_error_it_measured_and_beside_it_what_rounding_may_explain():
    f, at = (lambda x: np.sum(x**3) + 1e5), np.array([1.0, 2.0])
    gradient = 3 * at**2 + [0, 6e-6]
    result = gradcheck.check_gradient(f, at, gradient)
    measured = np.abs(gradient - gradcheck.central_difference(f, at)).max() / gradient[1]
    assert result and result.error == measured > result.tolerance                # right, by the allowance alone
    assert result.allowance == pytest.approx(4 * gradcheck.EPS * 1e5 / gradcheck.STEP / 12, rel=1e-3)
    assert str(result) == f"right  ∂L/∂x  error {measured:.1e} (tolerance 1e-07 + {result.allowance:.0e} for rounding)"
    assert not gradcheck.check_gradient(f, at, 3 * at**2 * (1 + 2e-7 + 2 * result.allowance))
    for result in gradcheck.check(tg.MLP([3, 4, 2], hidden="tanh", rng=0), x()).results:
        assert 0 < result.error < 1e-9 and 0 < result.allowance < 1e-8
    nothing = gradcheck.check_gradient(lambda x: 0.0 * np.sum(x), at, np.zeros(2), scale=1.0)
    assert nothing and nothing.error == 0 and nothing.allowance == 1             # no entry is above its rounding


def test_the_checked_network_is_left_as_it_was():
    net = tg.MLP([3, 4, 2], dropout=0.5, rng=0)
    before, other = net.theta.copy(), tg.MLP([3, 4, 2], dropout=0.5, rng=0)
    gradcheck.check(net, x())
    assert (net.theta == before).all() and (net.forward(x()) == other.forward(x())).all()


@pytest.mark.parametrize("layer", [ReLU(), LeakyReLU(), Sigmoid(), Maxout(3)], ids=lambda layer: type(layer).__name__)
def test_tolerances_are_tight_enough_to_see_one_part_in_a_million(layer):
    class Slightly(type(layer)):
        def backward(self, dy):
            return super().backward(dy) * (1 + 1e-6)
    layer.__class__ = Slightly
    assert not gradcheck.check(layer, x()) and not gradcheck.check(layer, x(), "complex")


def test_bad_questions_are_refused():
    with pytest.raises(ValueError, match="method 'centrall' is unknown: did you mean 'central'"):
        gradcheck.check_gradient(np.sum, np.ones(2), np.ones(2), "centrall")
    with pytest.raises(TypeError, match="f must carry complex numbers"):
        gradcheck.complex_step(lambda x: float(np.sum(x.real)), np.ones(2))
    with pytest.raises(ValueError, match="float64"):
        gradcheck.check(tg.MLP([3, 2], dtype=np.float32), x())
    with pytest.raises(TypeError, match="∂L/∂x must be an array"):
        forgetful = Tanh()
        forgetful.backward = lambda dy: None
        gradcheck.check(forgetful, x())
    with pytest.raises(ValueError, match="x must be finite"):
        gradcheck.central_difference(np.sum, np.array([np.nan]))


class Forgetful:
    """A student's layer whose forward has no return, or returns what is no array of numbers."""

    def __init__(self, returned):
        self.returned = returned

    def forward(self, x):
        return self.returned(x)

    def backward(self, dy):
        return dy


@pytest.mark.parametrize("returned, error, words", [
    (lambda x: None, TypeError, r"what layer.forward\(x\) returns must be an array of numbers"),
    (lambda x: "x", TypeError, "what layer.forward"),
    (lambda x: x * np.nan, ValueError, r"what layer.forward\(x\) returns must be finite"),
    (lambda x: x[:0], ValueError, "at least one entry")])
def test_a_layer_that_returns_nothing_is_told_so(returned, error, words):
    with pytest.raises(error, match=words):
        gradcheck.check(Forgetful(returned), np.ones((2, 2)))


@pytest.mark.parametrize("y", [None, "x", np.ones(2), [1.0]])
def test_a_function_that_returns_no_number_is_told_so(y):
    for call in (gradcheck.central_difference, gradcheck.complex_step,
                 lambda f, x: gradcheck.taylor_slope(f, x, np.ones(2)),
                 lambda f, x: gradcheck.check_gradient(f, x, np.ones(2))):
        with pytest.raises(TypeError, match="f must return a number"):
            call(lambda x: y, np.ones(2))
