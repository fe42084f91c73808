"""The exact density of G(z): against closed forms, against integrals over z, against samples."""

import copy
import math

import numpy as np
import pytest
from hypothesis import given, strategies as st

import tinygan as tg
from tinygan.data import Gaussian, GaussianMixture, Normal, Points, Ring, Standardised, Uniform
from tinygan.layers import LeakyReLU, Linear, ReLU, Sigmoid, Tanh
from tinygan.theory.change_of_variables import atoms, pushforward

phi = lambda z: np.exp(-np.asarray(z) ** 2 / 2) / math.sqrt(2 * math.pi)
Phi = np.vectorize(lambda z: math.erfc(-z / math.sqrt(2)) / 2)
x = np.linspace(-3.03, 3.05, 41)                                # (misses the round numbers where some of them jump)


class Square:
    """A closed form as a layer of one's own."""

    def forward(self, z):
        self.z = z
        return z**2

    def backward(self, dy):
        return 2 * self.z * dy


def linear(slope, shift, dtype=np.float64):
    G = tg.MLP([1, 1], dtype=dtype)
    G.theta = [slope, shift]
    return G


# ---- closed forms -------------------------------------------------------------------------------

def where(condition, values):
    return np.where(condition, values, 0)


with np.errstate(all="ignore"):
    CLOSED_FORMS = {
        "2 − 3z": (linear(-3, 2), Normal(1), phi((x - 2) / 3) / 3),
        "affine, of a uniform": (linear(2, 1), Uniform(1), where(abs(x - 1) <= 2, 0.25)),
        "affine, of a mixture": (linear(-2, 0), GaussianMixture([[0], [3]], 0.5, [0.3, 0.7]),
                                 0.3 * phi(x) + 0.7 * phi(x + 6)),
        "tanh": (Tanh(), Normal(1), where(abs(x) < 1, phi(np.arctanh(x)) / (1 - x**2))),
        "sigmoid": (Sigmoid(), Normal(1), where((x > 0) & (x < 1), phi(np.log(x / (1 - x))) / (x * (1 - x)))),
        "leaky ReLU": (LeakyReLU(0.5), Normal(1), np.where(x > 0, phi(x), 2 * phi(2 * x))),
        "square: chi-squared": (Square(), Normal(1), where(x > 0, np.exp(-x / 2) / np.sqrt(2 * math.pi * x))),
        "square, as a function": (np.square, Normal(1), where(x > 0, np.exp(-x / 2) / np.sqrt(2 * math.pi * x))),
        "|z|: folded normal": (np.abs, Gaussian(0.5, 1), where(x > 0, phi(x - 0.5) + phi(x + 0.5))),
        "exp: log-normal": (np.exp, Normal(1), where(x > 0, phi(np.log(x)) / x)),
        "−log: exponential": (lambda z: -np.log(z), Uniform(1, 0, 1), where(x > 0, np.exp(-x))),
        "cube": (lambda z: z**3, Normal(1), phi(np.cbrt(x)) / (3 * np.cbrt(x) ** 2)),
        "cos: arcsine": (np.cos, Uniform(1, -math.pi, math.pi), where(abs(x) < 1, 1 / (math.pi * np.sqrt(1 - x**2)))),
        "sine, many folds": (lambda z: np.sin(5 * z), Uniform(1, -math.pi, math.pi),
                             where(abs(x) < 1, 1 / (math.pi * np.sqrt(1 - x**2)))),
    }


@pytest.mark.parametrize("name", CLOSED_FORMS)
def test_closed_forms(name):
    G, prior, wanted = CLOSED_FORMS[name]
    assert pushforward(G, prior, x) == pytest.approx(np.nan_to_num(wanted), rel=1e-8, abs=1e-12)


@given(st.floats(0.01, 100), st.booleans(), st.floats(-50, 50), st.floats(-4, 4))
def test_a_linear_network_makes_a_gaussian_into_a_gaussian(slope, falls, shift, z):
    G = linear(-slope if falls else slope, shift)
    at = float(G([[z]])[0, 0])
    assert pushforward(G, Normal(1), at) == pytest.approx(phi(z) / slope, rel=1e-9)


def test_the_tails_are_right_too():
    """As far as p_z is more than 0: so KL(p_data ‖ p_g) is not infinite for want of a tail."""
    z = np.array([-37.0, -20, -9, 12, 38])
    assert pushforward(linear(2, 1), Normal(1), 2 * z + 1) == pytest.approx(phi(z) / 2, rel=1e-9)
    assert pushforward(linear(2, 1), Normal(1), [-90, 90]).tolist() == [0, 0]


@pytest.mark.parametrize("G, prior, x, wanted, error", [
    (lambda z: 1e6 + z, Normal(1), 1e6 + x, phi((1e6 + x) - 1e6), 1e-9),
    (lambda z: 1 + 1e-8 * z, Normal(1), 1 + 1e-8 * x, phi(((1 + 1e-8 * x) - 1) / 1e-8) / 1e-8, 1e-6),
    (lambda z: np.sin(1000 * math.pi * z), Uniform(1, 0, 1), np.linspace(-0.97, 0.97, 20),
     1 / (math.pi * np.sqrt(1 - np.linspace(-0.97, 0.97, 20) ** 2)), 1e-9),
    (lambda z: np.sin(1024 * math.pi * z), Uniform(1, 0, 1), 0.5, 1 / (math.pi * math.sqrt(0.75)), 1e-9),
    (lambda z: -np.log(z), Uniform(1, 0, 1), np.linspace(0.1, 15, 20), np.exp(-np.linspace(0.1, 15, 20)), 1e-9),
    (lambda z: z**3, Normal(1), np.array([1e-9, -1e-12]), phi([1e-3, 1e-4]) / (3 * np.array([1e-6, 1e-8])), 1e-9),
    (np.abs, Normal(1), np.array([1e-8, 1e-7]), 2 * phi([1e-8, 1e-7]), 1e-9),
    (lambda z: (2 * z).astype(np.float32), Normal(1), 2 * x, phi(x) / 2, 1e-5)],
    ids=["1e6 + z", "1 + 1e-8 z", "sin 1000πz", "sin 1024πz", "−log", "z³ near 0", "|z| near 0", "float32"])
def test_a_functions_slope_has_the_digits_that_are_promised(G, prior, x, wanted, error):
    assert pushforward(G, prior, x) == pytest.approx(wanted, rel=error)


# ---- real networks ------------------------------------------------------------------------------

def turns(G, low, high):
    """Where G turns round, by the sign of its complex-step derivative, and bisection."""
    slope = lambda z: G(z[:, None] + 1e-20j).imag[:, 0]
    z = np.linspace(low, high, 40_001)
    a, b = z[:-1][slope(z)[1:] * slope(z)[:-1] < 0], z[1:][slope(z)[1:] * slope(z)[:-1] < 0]
    for _ in range(60 if len(a) else 0):
        middle = (a + b) / 2
        same = slope(middle) * slope(a) > 0
        a, b = np.where(same, middle, a), np.where(same, b, middle)
    return a


def integrals_over_x(G, prior, low, high, kinks, nodes):
    """∫ f(x) p_g(x) dx for each f, by Gauss-Legendre between all points where p_g jumps or has a
    spike, in t with x = a + (b − a) sin² t, which takes the spikes' 1/√ away."""
    at = np.linspace(low, high, 7)
    breaks = np.unique(G(np.array([*at, *turns(G, low, high), *kinks])[:, None]))
    t, w = np.polynomial.legendre.leggauss(nodes)
    t, w = (t + 1) * math.pi / 4, w * math.pi / 4
    length = np.diff(breaks)[:, None]
    points = breaks[:-1, None] + length * np.sin(t) ** 2
    weights = w * length * 2 * np.sin(t) * np.cos(t)
    p_g = pushforward(G, prior, points.ravel()).reshape(points.shape)
    return {name: np.sum(f(points) * p_g * weights) for name, f in F.items()}


def integrals_over_z(G, prior, low, high, kinks):
    """∫ f(G(z)) p_z(z) dz for each f, by Gauss-Legendre on short pieces."""
    ends = np.unique([*np.linspace(low, high, 200), *kinks])
    t, w = np.polynomial.legendre.leggauss(20)
    z = ((ends[1:] + ends[:-1])[:, None] + np.diff(ends)[:, None] * t) / 2
    p = prior.density(z.reshape(-1, 1)).reshape(z.shape)
    x = G(z.reshape(-1, 1)).reshape(z.shape)
    return {name: np.sum(f(x) * p * w * np.diff(ends)[:, None] / 2) for name, f in F.items()}


F = {"1": np.ones_like, "x": lambda x: x, "x²": np.square, "sin 3x": lambda x: np.sin(3 * x), "σ(x)": tg.sigmoid}
networks = st.builds(lambda hidden, output, seed, spread, scale: (hidden, output, seed, spread, scale),
                     st.sampled_from(["tanh", "sigmoid"]), st.sampled_from(["identity", "tanh", "sigmoid"]),
                     st.integers(0, 10**6), st.floats(0, 3), st.floats(0.3, 3))


def random_network(hidden, output, seed, spread, scale, widths=(1, 12, 1)):
    G = tg.MLP(widths, hidden=hidden, output=output, bias_spread=spread, rng=seed)
    G.theta *= scale
    return G


def agree_in_the_limit(G, prior, low, high, kinks=()):
    """Both integrals are the same to 1e-6, and that of p_g is 1. Near its spikes p_g needs many
    nodes; where 960 are too few to settle the integral over x, nothing can be said of it."""
    over_z, before = integrals_over_z(G, prior, low, high, kinks), None
    for nodes in (60, 240, 960):
        over_x = integrals_over_x(G, prior, low, high, kinks, nodes)
        if over_x == pytest.approx(over_z, rel=1e-6, abs=1e-6) and over_x["1"] == pytest.approx(1, abs=1e-6):
            return
        if before is not None:
            assert over_x != pytest.approx(before, rel=2e-7, abs=2e-7), f"settled on {over_x}, not on {over_z}"
        before = over_x


@given(networks, st.sampled_from([Normal(1), Uniform(1, -2, 3)]))
def test_a_mean_over_z_is_a_mean_over_x_and_p_g_integrates_to_1(network, prior):
    """E_z f(G(z)) = ∫ f(x) p_g(x) dx, for smooth networks that fold or do not."""
    G = random_network(*network)
    low, high = (-8, 8) if isinstance(prior, Normal) else (-2, 3)
    if network[1] == "identity" or np.abs(G(np.linspace(low, high, 1001)[:, None])).max() < 0.999:
        agree_in_the_limit(G, prior, low, high)                 # saturated outputs crowd where floats are few


@given(st.sampled_from(["relu", "leaky_relu"]), st.integers(0, 10**6))
def test_the_same_for_networks_with_kinks(hidden, seed):
    G = random_network(hidden, "identity", seed, 2, 1)
    kinks = -G.linears[0].b / G.linears[0].W[0]
    if not atoms(G, Normal(1)):                                 # there p_g is no density; tested below
        agree_in_the_limit(G, Normal(1), -8, 8, kinks[abs(kinks) < 8])


@pytest.mark.parametrize("hidden", ["tanh", "relu", "maxout"])
def test_deep_networks_against_samples(hidden):
    """Chi-squared over 50 bins of 200 000 samples; each bin's mass by quadrature of p_g."""
    G = random_network(hidden, "identity", 3, 2, 1.5, widths=(1, 16, 16, 1))
    samples = G(Normal(1).sample(200_000, 0))[:, 0]
    edges = np.quantile(samples, np.linspace(0.005, 0.995, 51))
    fine = np.linspace(edges[:-1], edges[1:], 201)
    middles = (fine[1:] + fine[:-1]) / 2
    mass = pushforward(G, Normal(1), middles.ravel()).reshape(200, 50).mean(axis=0) * np.diff(edges)
    counts, _ = np.histogram(samples, edges)
    assert np.sum((counts - 200_000 * mass) ** 2 / (200_000 * mass)) < 90        # 50 degrees of freedom: p = 5e-4


def test_float32_dropout_and_a_prior_of_ones_own():
    G = tg.MLP([1, 16, 1], hidden="tanh", dropout=0.5, dtype=np.float32, rng=0)
    double = tg.MLP([1, 16, 1], hidden="tanh", rng=1)
    double.theta = G.theta
    assert (pushforward(G, Normal(1), x) == pushforward(double, Normal(1), x)).all()

    class Triangle:
        dim = 1

        def sample(self, m, rng):
            return rng.triangular(-1, 0, 1, (m, 1))

        def density(self, z):
            return np.maximum(1 - abs(z[:, 0]), 0)

    assert pushforward(linear(2, 0), Triangle(), x) == pytest.approx(np.maximum(1 - abs(x / 2), 0) / 2, abs=1e-12)
    standard = Standardised(Gaussian(3, 4), mean=3, std=2)
    assert pushforward(linear(1, 0), standard, x) == pytest.approx(phi(x), rel=1e-9)


def test_shapes_of_x():
    G = linear(1, 0)
    assert pushforward(G, Normal(1), 0.5) == pytest.approx(phi(0.5)) and np.ndim(pushforward(G, Normal(1), 0.5)) == 0
    assert (pushforward(G, Normal(1), x[:, None]) == pushforward(G, Normal(1), x)).all()
    assert pushforward(G, Normal(1), [1]).shape == (1,)
    assert pushforward(G, Normal(1), [2, 1]).tolist() == pytest.approx(phi([2, 1]))


def test_nothing_of_the_users_is_changed():
    G = tg.MLP([1, 8, 1], hidden="tanh", dropout=0.3, rng=0)
    G.backward(np.ones((5, 1)) if G.forward(np.ones((5, 1))) is not None else 0)
    before = copy.deepcopy(G)
    pushforward(G, Normal(1), x)
    assert (G.theta == before.theta).all() and (G.grad == before.grad).all()
    assert len(G.layers) == len(before.layers) and (G.layers[0].x == 1).all()
    layer = Linear(1, 1)
    layer.W[...] = 2
    pushforward(layer, Normal(1), x)
    assert not layer.dW.any() and not hasattr(layer, "x")


# ---- where p_g is no density --------------------------------------------------------------------

def test_where_g_turns_the_density_is_infinite_and_no_warning_is_given():
    assert pushforward(Square(), Normal(1), [0.0, 1.0])[0] > 1e6
    assert pushforward(Square(), Normal(1), -1e-300) == 0


@pytest.mark.parametrize("width", [1e-2, 1e-3])
def test_a_narrow_fold_is_found(width):
    """z − 3w tanh((z − c)/w): x = c has three z, c and c ± w u with u = 3 tanh u."""
    class Fold:
        def forward(self, z):
            self.u = (z - 0.3) / width
            return z - 3 * width * np.tanh(self.u)

        def backward(self, dy):
            return dy * (1 - 3 / np.cosh(np.clip(self.u, -300, 300)) ** 2)

    u = 2.984704584
    wanted = phi(0.3) / 2 + (phi(0.3 - width * u) + phi(0.3 + width * u)) / (1 - 3 * (1 - (u / 3) ** 2))
    assert pushforward(Fold(), Normal(1), 0.3) == pytest.approx(wanted, rel=1e-6)


@pytest.mark.parametrize("width", [1e-3, 1e-5, 1e-7])
def test_a_fold_of_one_steep_unit_among_others_is_found_however_narrow(width):
    G = tg.MLP([1, 2, 1], hidden="tanh")                        # 4 tanh(z/2) − 3w tanh((z − 0.3)/w)
    G.theta = [0.5, 1 / width, 0, -0.3 / width, 4, -3 * width, 0]
    x = 4 * math.tanh(0.15)
    slope = lambda u: 2 / math.cosh((0.3 + width * u) / 2) ** 2 - 3 / math.cosh(u) ** 2
    excess = lambda u: (4 * math.tanh((0.3 + width * u) / 2) - x) / width - 3 * math.tanh(u)
    wanted = phi(0.3) / abs(slope(0))
    for low, high in ((-3, -0.1), (0.1, 3)):                    # the outer two of the three z, by bisection in u
        for _ in range(60):
            middle = (low + high) / 2
            low, high = (middle, high) if (excess(middle) > 0) == (excess(low) > 0) else (low, middle)
        wanted += phi(0.3 + width * low) / slope(low)
    assert pushforward(G, Normal(1), x) == pytest.approx(wanted, rel=1e-6)


@pytest.mark.parametrize("width", [1e-2, 1e-3, 1e-4, 1e-5])
def test_a_narrow_fold_and_a_narrow_flat_piece_of_relu_networks(width):
    def relu(kinks, slopes, deep):
        """Slope 1 up to the first kink, then slopes[0], …: with one hidden layer or with two."""
        n = len(kinks) + 1
        G = tg.MLP([1, n, n, 1] if deep else [1, n, 1], hidden="relu")
        first, last = G.linears[0], G.linears[-1]
        first.W[...], first.b[0], first.b[1:] = 1, 60, -np.array(kinks)
        if deep:
            G.linears[1].W[...] = np.eye(n)
        last.W[:, 0], last.b[...] = np.diff([0, 1, *slopes]), -60
        return G

    for deep in (False, True):
        folded = relu([0.5003, 0.5003 + width], [-2, 1], deep)
        x = float(folded([[0.5003 + width / 2]])[0, 0])             # at z below, between and beyond
        wanted = phi(0.5003 - width) + phi(0.5003 + width / 2) / 2 + phi(0.5003 + 2 * width)
        assert pushforward(folded, Normal(1), x) == pytest.approx(wanted, rel=1e-6)
        (atom,) = atoms(relu([0.5003, 0.5003 + width], [0, 1], deep), Normal(1))
        assert atom.mass == pytest.approx(width * phi(0.5003), rel=0.01) and atom.x == pytest.approx(0.5003, abs=1e-9)


def test_a_rare_part_of_the_noise_is_not_missed():
    prior = GaussianMixture([[0], [1000]], 1, [0.9998, 0.0002])
    assert pushforward(linear(1, 0), prior, 1000.5) == pytest.approx(0.0002 * phi(0.5), rel=1e-9)
    for far in (1000, -1e5):                                    # so rare that no sample of 100 000 need have one
        prior = GaussianMixture([[0], [far]], 1, [1 - 1e-6, 1e-6])
        assert pushforward(linear(1, 0), prior, far + 0.5) == pytest.approx(1e-6 * phi(0.5), rel=1e-9)
        assert pushforward(lambda z: z, prior, 0.5) == pytest.approx((1 - 1e-6) * phi(0.5), rel=1e-9)


def test_noise_with_tails_that_do_not_end():
    class Cauchy:
        dim = 1

        def sample(self, m, rng):
            return rng.standard_cauchy((m, 1))

        def density(self, z):
            return 1 / (math.pi * (1 + z[:, 0] ** 2))

    assert pushforward(linear(2, 1), Cauchy(), 1 + 2 * x) == pytest.approx(1 / (2 * math.pi * (1 + x**2)), rel=1e-9)


def test_to_turn_round_is_not_to_be_flat():
    """However gently, and however far from 0 it happens."""
    class Parabola(Square):
        def forward(self, z):
            return 1000 + super().forward(z) / 100

        def backward(self, dy):
            return super().backward(dy) / 100

    assert atoms(Parabola(), Normal(1)) == []
    assert pushforward(Parabola(), Normal(1), 1000.01) == pytest.approx(2 * phi(1) / 0.02, rel=1e-8)
    gentle = random_network("tanh", "identity", 221, 1.7558967741371467, 2.0225732151771725)   # once called flat
    assert atoms(gentle, Normal(1)) == []


def test_a_flat_piece_is_an_atom_and_is_reported():
    G = tg.MLP([1, 2, 1], hidden="relu")                        # relu(z − 1) − relu(−z): 0 on [0, 1]
    G.theta = [1, -1, -1, 0, 1, -1, 0.25]
    (atom,) = atoms(G, Normal(1))
    assert atom.x == pytest.approx(0.25, abs=1e-15) and (atom.low, atom.high) == pytest.approx((0, 1), abs=1e-12)
    assert atom.mass == pytest.approx(Phi(1) - Phi(0), abs=1e-7)
    with pytest.raises(ValueError, match=r"G must not be flat, but all z from .* to 1 land on x = 0.25: "
                                         r"p_g has an atom of probability 0.341 there"):
        pushforward(G, Normal(1), x)
    assert atoms(G, Uniform(1, 1, 2)) == [] and len(atoms(G, Uniform(1, 0, 1))) == 1
    assert pushforward(G, Uniform(1, 1, 2), 0.75) == pytest.approx(1)


def test_what_saturates_is_the_same_as_a_function_and_as_a_network():
    """tanh(5z) is 1 to rounding for z > 3.5, of probability 3e-4: two atoms, and a proper density between them."""
    network, function = tg.MLP([1, 1], output="tanh"), lambda z: np.tanh(5 * z)
    network.theta = [5, 0]
    x = np.linspace(-0.97, 0.97, 20)
    for G in (network, function):
        low, high = atoms(G, Normal(1))
        assert (low.x, high.x) == (-1, 1) and (low.high, high.low) == pytest.approx((-3.456, 3.456), abs=0.02)
        wanted = phi(np.arctanh(x) / 5) / (5 * (1 - x**2))
        assert pushforward(G, Normal(1), x) == pytest.approx(wanted, rel=1e-9)
    low, high = atoms(lambda z: np.tanh(5 * z.astype(np.float32)), Normal(1))     # which rounds more coarsely
    assert (low.x, high.x) == (-1, 1) and (low.high, high.low) == pytest.approx((-1.45, 1.45), abs=0.05)


def test_an_atom_is_forgiven_up_to_a_thousandth():
    assert pushforward(lambda z: np.maximum(z, -3.2), Normal(1), 0.5) == pytest.approx(phi(0.5))     # Φ(−3.2) = 7e-4
    with pytest.raises(ValueError, match="an atom of probability 0.00135"):
        pushforward(lambda z: np.maximum(z, -3), Normal(1), 0.5)


def test_flat_by_cancellation_constant_and_saturated():
    steps = tg.MLP([1, 3, 1], hidden="relu")                    # up to 0.1, flat, up again, by sums that cancel
    steps.theta = [0.7, 0.7, 0.7, 0, -0.3, -0.9, 1 / 3, -1 / 3, 1 / 3, 0]
    found = atoms(steps, Normal(1))
    assert [(a.low, a.high) for a in found][1] == pytest.approx((3 / 7, 9 / 7), abs=1e-9) and len(found) == 2
    (atom,) = atoms(linear(0, 5), Normal(1))
    assert (atom.x, atom.mass) == (5, pytest.approx(1, abs=1e-9))
    (atom,) = atoms(ReLU(), Gaussian(1, 4))
    assert atom.mass == pytest.approx(Phi(-0.5), abs=1e-7) and atom.x == 0
    step = tg.MLP([1, 1], output="tanh")
    step.theta = [1000, 0]
    low, high = atoms(step, Normal(1))
    assert (low.x, high.x) == (-1, 1) and low.mass + high.mass == pytest.approx(1, abs=0.02)
    by_differences = atoms(lambda z: np.tanh(1e3 * z), Normal(1))
    assert sum(atom.mass for atom in by_differences) == pytest.approx(low.mass + high.mass, abs=0.01)
    assert atoms(tg.MLP([1, 16, 1], hidden="tanh", rng=0), Normal(1)) == []      # flat only where nothing ever comes


# ---- the doors ----------------------------------------------------------------------------------

@pytest.mark.parametrize("G, prior, at, error, words", [
    (tg.MLP([2, 1]), Normal(1), 0, ValueError, "G must have one input and one output"),
    (tg.MLP([1, 2]), Normal(1), 0, ValueError, "G must have one"),
    (3, Normal(1), 0, TypeError, "G must be an MLP, a layer or a function, not 3"),
    (lambda z: z[:, 0], Normal(1), 0, ValueError, r"G must turn \(n, 1\)"),
    (lambda z: np.where(z > 1, np.nan, z), Normal(1), 0, ValueError, "G and G' must be finite"),
    (linear(1, 0), Normal(2), 0, ValueError, "prior must be of dimension 1, not 2"),
    (linear(1, 0), Points([[1], [2]]), 0, TypeError, "prior must be a distribution with a density"),
    (linear(1, 0), None, 0, TypeError, "prior must be"),
    (linear(1, 0), Ring(), 0, ValueError, "prior must be of dimension 1"),
    (linear(1, 0), Normal(1), [[0, 1]], ValueError, r"x must be a number, \(n,\) or \(n, 1\), not \(1, 2\)"),
    (linear(1, 0), Normal(1), np.nan, ValueError, "x must be finite"),
    (linear(1, 0), Normal(1), "0", TypeError, "x must be")])
def test_bad_input_gets_one_clear_sentence(G, prior, at, error, words):
    with pytest.raises(error, match=words):
        pushforward(G, prior, at)


def test_more_folds_than_can_be_found_are_refused_not_missed():
    """sin(1000πz) of normal noise turns round 76 000 times as far as p_z is not 0."""
    with pytest.raises(ValueError, match="G must turn round at most 2500 times where p_z is not 0, not some"):
        pushforward(lambda z: np.sin(1000 * np.pi * z), Normal(1), 0.1)
