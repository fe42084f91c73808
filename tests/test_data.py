"""Distributions: densities against quadrature and against their own samples; the shapes; the doors."""

import numpy as np
import pytest
from hypothesis import given, strategies as st

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
SHAPES = [data.TwoMoons(), data.SwissRoll(), data.Spiral(), data.Glyphs(), data.Points(np.arange(12).reshape(4, 3))]
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


def test_glyphs_are_ten_digits_moved_by_parts_of_a_pixel():
    glyphs = data.Glyphs()
    digits = np.arange(10)
    # 2 to the right, 1 down: whole pixels
    still = glyphs.draw(digits, np.full(10, 0.5), np.full(10, 0.5)).reshape(10, 8, 8)
    for digit, picture in enumerate(still):
        rows = [line.split()[digit] for line in glyphs.FONT.strip().splitlines()]
        assert (picture[1:, 2:7] == [[sign == "#" for sign in row] for row in rows]).all()
        assert picture.sum() == sum(row.count("#") for row in rows)
    # half a pixel further left: half here, half there
    half = glyphs.draw(digits, np.zeros(10), np.full(10, 0.5)).reshape(10, 8, 8)
    assert half == pytest.approx((still + np.roll(still, -1, axis=2)) / 2)
    ink = still.sum(axis=(1, 2))[[3, 8]]                              # none of it is lost
    assert glyphs.draw(np.array([3, 8]), np.array([-1, 1]), np.array([-0.5, 0.5])).sum(axis=1) == pytest.approx(ink)


def test_glyphs_are_told_apart():
    glyphs, rng = data.Glyphs(), np.random.default_rng(0)
    digit = rng.integers(10, size=500)
    drawn = glyphs.draw(digit, rng.uniform(-1, 1, 500), rng.uniform(-0.5, 0.5, 500))
    assert np.mean(glyphs.classify(0.9 * drawn + 0.05 * rng.standard_normal((500, 64))) == digit) > 0.97
    x = glyphs.sample(5000, 1)
    assert (np.bincount(glyphs.classify(x)) > 400).all()


def test_no_pixel_of_a_glyph_is_exactly_paper_or_ink():
    """A clipped one would be, a sigmoid's never is, and D would need to look at nothing else."""
    for noise in (0.05, 3.0):
        x = data.Glyphs(noise).sample(2000, 1)
        assert 0 < x.min() and x.max() < 1
    small, ink = data.Glyphs(0.01).sample(2000, 1), data.Glyphs(0).sample(2000, 1)      # the same but for the noise
    assert abs(small - ink).max() < 0.06
    assert small[ink == 0].mean() == pytest.approx(0.01 * np.sqrt(2 / np.pi), rel=0.02)          # of |noise|


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


def test_points_are_drawn_from_the_array_and_the_array_stays():
    array = np.array([[1, 2], [3, 4], [5, 6]])
    points = data.Points(array)
    drawn = points.sample(3000, 0)
    assert {tuple(row) for row in drawn} == {(1, 2), (3, 4), (5, 6)}
    array[:] = 0
    assert points.sample(1, 0).min() > 0
    frozen = np.ones((3, 2))[:, ::-1]
    frozen.flags.writeable = False
    assert data.Points(frozen).dim == 2


@given(st.integers(1, 4), st.integers(0, 1000))
def test_standardised_and_back(dim, seed):
    rng = np.random.default_rng(seed)
    mean, std = rng.standard_normal(dim), rng.uniform(0.1, 3, dim)
    source = data.Normal(dim)
    distribution = data.Standardised(source, mean, std)
    x = distribution.sample(5, seed)
    np.testing.assert_allclose(distribution.restore(x), source.sample(5, seed), rtol=1e-9, atol=1e-9)
    assert not hasattr(data.Standardised(data.Spiral(), 0, 1), "density")


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
    (lambda: data.Points(np.ma.masked_equal([[1.0, 2.0]], 2)), ValueError, "masked"),
    (lambda: data.Line((0, 0), (0, 0)), ValueError, "two different points"),
    (lambda: data.TwoMoons(std=-1), ValueError, "std"),
    (lambda: data.Points(np.array([[np.inf]])), ValueError, "array must be finite"),
    (lambda: data.Points([[]]), ValueError, "array must be"),
    (lambda: data.Standardised(data.Ring(), 0, 0), ValueError, "std must be greater than 0"),
    (lambda: data.Ring().sample(0), ValueError, "m must be at least 1"),
    (lambda: data.Ring().sample(2.5), TypeError, "m must be a whole number"),
    (lambda: data.Ring().sample(2, "seed"), TypeError, "rng"),
    (lambda: data.Ring().density(np.ones((3, 3))), ValueError, r"x must be \(n, 2\)"),
    (lambda: data.Normal(1).density(np.ones(3)), ValueError, r"write x\[:, None\]"),
    (lambda: data.Ring().density([["a", "b"]]), TypeError, "x")])
def test_bad_distributions_get_one_clear_sentence(make, error, words):
    with pytest.raises(error, match=words):
        make()


def test_a_ranked_column_is_a_smooth_logistic_one_whatever_its_rows_are():
    """Equal values share their places: else nine rows in ten would be one number, and the game a D that finds it."""
    rng = np.random.default_rng(0)
    column = np.where(rng.random(4000) < 0.9, 0, np.exp(rng.normal(6, 2, 4000)))[:, None]
    ranked = data.Ranked(column, 0, 1, [True])
    y = ranked.sample(20_000, 1)
    assert len(np.unique(y)) > 19_900 and abs(y.mean()) < 0.05
    assert y.std() == pytest.approx(np.pi / np.sqrt(3), rel=0.03)
    x = ranked.restore(y)
    assert np.mean(x == 0) == pytest.approx(np.mean(column == 0), abs=0.01) and set(x.ravel()) <= set(column.ravel())
    assert (ranked.restore(ranked.standardise(column)) == column).all()
