"""Distributions: densities against quadrature and against their own samples; the shapes; the doors."""

import numpy as np
import pytest

from tinygan import data

# name: (distribution, the box that holds all but 1e-6 of it, cells per side)
DENSITIES = {
    "Normal(1)": (data.Normal(1), [(-6, 6)], 1000),
    "Normal(2)": (data.Normal(2), [(-6, 6)] * 2, 300),
    "Uniform(1)": (data.Uniform(1), [(-2, 2)], 1000),
    "Uniform(2)": (data.Uniform(2, low=0, high=3), [(-1, 4)] * 2, 300),
    "Gaussian 1-D": (data.Gaussian(4, 1.25**2), [(-4, 12)], 1000),
    "Gaussian 2-D": (data.Gaussian([1, -1], [[1, 0.7], [0.7, 2]]), [(-6, 8), (-9, 7)], 300),
    "mixture": (data.GaussianMixture([[0.0], [3.0]], 0.5, [0.2, 0.8]), [(-4, 7)], 1000),
    "mixture, wide and narrow": (data.GaussianMixture([[0.0], [3.0]], [0.8, 0.3], [0.2, 0.8]), [(-4, 7)], 1000),
    "ring_of_gaussians": (data.ring_of_gaussians(std=0.1), [(-3, 3)] * 2, 600),
    "grid_of_gaussians": (data.grid_of_gaussians(n=3, std=0.2), [(-4, 4)] * 2, 400),
    "Ring": (data.Ring(), [(-1.8, 1.8)] * 2, 1200),
    "Line": (data.Line(), [(-2.5, 2.5), (-1.5, 1.5)], 600),
    "Standardised": (data.Standardised(data.Ring(), mean=[1, -1], std=[0.5, 3]), [(-6, 2), (-0.6, 1.2)], 1200),
}
SHAPES = [data.TwoMoons(), data.SwissRoll(), data.Spiral(), data.Glyphs(n=99, held_out=1),
          data.Points(np.arange(12).reshape(4, 3))]
ALL = [entry[0] for entry in DENSITIES.values()] + SHAPES


def grid(box, cells):
    """The middles of the cells, (cells^d, d), and a cell's volume."""
    sides = [np.linspace(low, high, cells + 1) for low, high in box]
    middles = np.meshgrid(*[(s[1:] + s[:-1]) / 2 for s in sides], indexing="ij")
    return np.stack(middles, axis=-1).reshape(-1, len(box)), np.prod([s[1] - s[0] for s in sides])


@pytest.mark.parametrize("name", DENSITIES)
def test_density_integrates_to_one(name):
    distribution, box, cells = DENSITIES[name]
    x, volume = grid(box, cells)
    assert np.sum(distribution.density(x)) * volume == pytest.approx(1, abs=2e-4)


@pytest.mark.parametrize("name", DENSITIES)
def test_density_matches_a_histogram_of_samples(name):
    """χ² over coarse bins, each bin's mass by summing the density over its fine cells."""
    distribution, box, cells = DENSITIES[name]
    m, bins = 40_000, 20
    counts, _ = np.histogramdd(distribution.sample(m, 0), bins, box)
    x, volume = grid(box, cells - cells % bins)
    mass, _ = np.histogramdd(x, bins, box, weights=distribution.density(x) * volume)
    expected = m * mass
    assert (counts[expected < 1e-9] == 0).all()
    seen = expected > 5
    chi2 = np.sum((counts - expected)[seen] ** 2 / expected[seen])
    assert seen.sum() >= 10 and chi2 < seen.sum() + 5 * np.sqrt(2 * seen.sum())


def test_known_values_of_densities():
    assert data.Normal(2).density([[0, 0]])[0] == pytest.approx(1 / (2 * np.pi))
    assert data.Gaussian(4, 1.25**2).density([[4]])[0] == pytest.approx(1 / (1.25 * np.sqrt(2 * np.pi)))
    assert data.Uniform(2, 0, 3).density([[1, 1], [1, 4]]).tolist() == pytest.approx([1 / 9, 0])
    assert data.Line((0, 0), (1, 0), 0.1).density([[2.0, 0]])[0] == pytest.approx(3.04e-23, rel=1e-2)
    assert data.Normal(784).density(np.zeros((1, 784))) == [np.exp(-392 * np.log(2 * np.pi))]   # 1e-313: not 1/∞
    far = [[1e200, 0]]
    assert data.Normal(2).density(far) == data.Ring().density(far) == data.Line().density(far) == [0]
    assert data.GaussianMixture(np.zeros((1, 400)), 0.1).density(np.ones((1, 400))) == [0]
    assert data.Ring().density([[0, 0], [0.99, 0], [0, 1.1]]).tolist() == pytest.approx(
        [0, 0, 100 * 0.1 * np.exp(-0.5) / (2 * np.pi * 1.1)])


@pytest.mark.parametrize("distribution", ALL, ids=repr)
def test_samples_are_fresh_float64_rows_and_the_seed_fixes_them(distribution):
    x = distribution.sample(7, 3)
    assert x.shape == (7, distribution.dim) and x.dtype == np.float64
    assert (x == distribution.sample(7, np.random.default_rng(3))).all()
    rng = np.random.default_rng(3)
    distribution.sample(7, rng)
    assert (distribution.sample(50, rng) != distribution.sample(50, 3)).any()
    assert distribution.sample(1).shape == (1, distribution.dim)
    assert hasattr(distribution, "density") == (distribution not in SHAPES)


def test_the_ring_is_z_over_10_plus_z_over_its_length():
    z = np.array([[3.0, 4.0], [0.0, -2.0]])
    assert data.Ring.from_noise(z) == pytest.approx(np.array([[0.3 + 0.6, 0.4 + 0.8], [0, -0.2 - 1]]))
    r = np.linalg.norm(data.Ring().sample(200_000, 0), axis=1)
    assert r.mean() == pytest.approx(data.Ring.radius_mean, abs=5 * 0.0655 / np.sqrt(200_000))
    assert r.std() == pytest.approx(data.Ring.radius_std, rel=0.01)
    assert (data.Ring.radius_mean, data.Ring.radius_std) == pytest.approx((1.1253, 0.0655), abs=5e-5)


def test_a_ring_of_8_has_8_distinct_modes_evenly_spaced():
    means = data.ring_of_gaussians().means
    gaps = np.linalg.norm(means - np.roll(means, 1, axis=0), axis=1)
    assert means.shape == (8, 2) and gaps == pytest.approx(np.full(8, 2 * 2 * np.sin(np.pi / 8)))
    assert np.linalg.norm(means, axis=1) == pytest.approx(np.full(8, 2.0))


def test_a_grid_of_5_has_25_modes_centred_on_0():
    means = data.grid_of_gaussians().means
    assert len({tuple(mean) for mean in means}) == 25 and np.abs(means).max() == 4 and (means.sum(axis=0) == 0).all()


def test_std_is_a_standard_deviation_and_cov_a_covariance():
    x = data.GaussianMixture([[0.0, 0.0]], 0.1).sample(100_000, 0)
    assert x.std(axis=0) == pytest.approx([0.1, 0.1], rel=0.01)
    x = data.Gaussian([0, 0], [[4, 1], [1, 9]]).sample(100_000, 0)
    assert np.cov(x.T) == pytest.approx(np.array([[4, 1], [1, 9]]), abs=0.15)


def test_weights_are_frequencies_and_zero_means_never():
    x = data.GaussianMixture([[0.0], [10.0], [20.0], [30.0]], 0.1, [0, 0.5, 0.5, 0]).sample(10_000, 0)
    assert 9 < x.min() and x.max() < 21 and abs((x < 15).mean() - 0.5) < 0.03


def test_shapes_lie_where_they_should():
    moons = data.TwoMoons(std=0).sample(2000, 0)
    upper = np.linalg.norm(moons - [-0.5, -0.25], axis=1)
    lower = np.linalg.norm(moons - [0.5, 0.25], axis=1)
    assert (np.isclose(upper, 1) | np.isclose(lower, 1)).all() and abs(np.isclose(upper, 1).mean() - 0.5) < 0.05
    roll = 6 * np.linalg.norm(data.SwissRoll(std=0).sample(2000, 0), axis=1)
    assert 1.5 * np.pi <= roll.min() and roll.max() <= 4.5 * np.pi
    spiral = data.Spiral(std=0).sample(2000, 0)
    t = 5 * np.linalg.norm(spiral, axis=1)
    arm = np.column_stack([np.cos(t), np.sin(t)]) * t[:, None] / 5
    assert (np.isclose(spiral, arm).all(axis=1) | np.isclose(spiral, -arm).all(axis=1)).all()
    assert data.TwoMoons(std=0.3).sample(2000, 0).std() > moons.std()


@pytest.mark.parametrize("make, error, words", [
    (lambda: data.Normal(0), ValueError, "dim must be at least 1, not 0"), (lambda: data.Normal(1.5), TypeError, "dim"),
    (lambda: data.Uniform(1, 2, 2), ValueError, "high must be a finite number greater than low=2, not 2"),
    (lambda: data.Uniform(1, np.nan), ValueError, "low"),
    (lambda: data.Gaussian(0, -1), ValueError, "cov must be symmetric and positive"),
    (lambda: data.Gaussian([0, 0], 1), ValueError, r"cov \(d, d\)"),
    (lambda: data.Gaussian([0, 0], [[1, 0.5], [0, 1]]), ValueError, "symmetric"),
    (lambda: data.GaussianMixture([[0, 0]], 0), ValueError, "std"),
    (lambda: data.GaussianMixture([0, 0], 1), ValueError, "means"),
    (lambda: data.GaussianMixture([[0], [1]], [1.0, 0.0]), ValueError, "std must be a number, or 2 numbers"),
    (lambda: data.GaussianMixture([[0], [1]], [1.0]), ValueError, "std must be a number, or 2 numbers"),
    (lambda: data.GaussianMixture([[0], [1]], 1, [0.5, 0.6]), ValueError, "weights must be 2 numbers"),
    (lambda: data.GaussianMixture([[0], [1]], 1, [1.5, -0.5]), ValueError, "weights"),
    (lambda: data.ring_of_gaussians(n=0), ValueError, "n must"),
    (lambda: data.Gaussian([0, 0], [[1e-9, 5e-10], [-5e-10, 1e-9]]), ValueError, "symmetric"),
    (lambda: data.Line((0, 0), (0, 0)), ValueError, "two different points"),
    (lambda: data.TwoMoons(std=-1), ValueError, "std"),
    (lambda: data.Ring().sample(0), ValueError, "m must be at least 1"),
    (lambda: data.Ring().sample(2.5), TypeError, "m must be a whole number"),
    (lambda: data.Ring().sample(2, "seed"), TypeError, "rng"),
    (lambda: data.Ring().density(np.ones((3, 3))), ValueError, r"x must be \(n, 2\)"),
    (lambda: data.Normal(1).density(np.ones(3)), ValueError, r"write x\[:, None\]"),
    (lambda: data.Ring().density([["a", "b"]]), TypeError, "x")])
def test_bad_distributions_get_one_clear_sentence(make, error, words):
    with pytest.raises(error, match=words):
        make()
