"""The measures: on samples whose score is known, and beside their floor."""

import math
import tracemalloc
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, strategies as st

from tinygan import data, metrics, theory


# Mixtures

def test_modes_of_a_sample_made_by_hand():
    mixture = data.GaussianMixture([[0, 0], [10, 0], [0, 10]], std=1, weights=[0.5, 0.25, 0.25])
    near, far = [[0.5, 0], [0, -2.99], [2.9, 0]], [[3.01, 0], [5, 5]]
    found = metrics.modes([*near, *far, [10, 2.5]], mixture)
    assert (found.captured, found.good, found.counts.tolist()) == (2, 4 / 6, [3, 1, 0])
    assert found.kl == pytest.approx(0.75 * np.log(0.75 / 0.5) + 0.25 * np.log(0.25 / 0.25))
    assert metrics.modes([*near, [10, 2.5]], mixture, least=2).captured == 1
    narrow = data.GaussianMixture([[0, 0], [10, 0]], std=[1, 0.5])
    assert metrics.modes([[0, 2.5], [10, 2.5]], narrow).counts.tolist() == [1, 0]
    nothing = metrics.modes([[50.0, 50.0]], mixture)
    assert (nothing.captured, nothing.good) == (0, 0) and np.isnan(nothing.kl)


@pytest.mark.parametrize("mixture", [data.ring_of_gaussians(), data.grid_of_gaussians()])
def test_real_examples_find_all_modes_and_are_98_9_percent_good(mixture):
    found = metrics.modes(mixture.sample(50_000, 0), mixture, least=1000)
    assert found.captured == len(mixture.means) and found.good == pytest.approx(1 - np.exp(-4.5), abs=0.002)
    assert 0 < found.kl < 0.002


def test_one_mode_of_eight_has_a_kl_of_log_8():
    mixture = data.ring_of_gaussians()
    found = metrics.modes(np.repeat(mixture.means[:1], 9, axis=0), mixture)
    assert (found.captured, found.good) == (1, 1) and found.kl == pytest.approx(np.log(8))


# Precision and recall

def test_precision_falls_with_strays_and_recall_with_gaps():
    moons = data.TwoMoons()
    real = moons.sample(2000, 0)
    same = metrics.precision_recall(moons.sample(2000, 1), real)
    assert same == pytest.approx((0.995, 0.995), abs=0.005)
    strays = moons.sample(2000, 2)
    strays[:200] += 10
    assert metrics.precision_recall(strays, real) == pytest.approx((0.9, 0.995), abs=0.01)
    half = moons.sample(8000, 3)
    half = half[half[:, 0] > 0][:2000]
    precision, recall = metrics.precision_recall(half, real)
    assert precision > 0.99 and 0.5 < recall < 0.6


@given(st.integers(0, 10**6), st.integers(2, 40), st.integers(1, 40), st.integers(1, 3), st.floats(0, 0.99))
def test_precision_recall_against_all_distances_one_by_one(seed, n, m, d, level):
    rng = np.random.default_rng(seed)
    real, samples = rng.standard_normal((n, d)) + 100, rng.standard_normal((m, d)) + 100
    away = lambda x, others: min(np.linalg.norm(x - other) for other in others)
    near = np.quantile([away(x, np.delete(real, i, axis=0)) for i, x in enumerate(real)], level)
    off = lambda x, others: abs(away(x, others) - near)
    if min(off(x, real) for x in samples) > 1e-9 and min(off(x, samples) for x in real) > 1e-9:
        wanted = np.mean([away(x, real) <= near for x in samples]), np.mean([away(x, samples) <= near for x in real])
        assert metrics.precision_recall(samples, real, level) == pytest.approx(wanted)


# Ties and rounding: what is rounded, or a float32 copy, scores as what it is a copy of

def test_equal_rows_have_a_radius():
    rng = np.random.default_rng(0)
    coins = rng.integers(0, 2, (50, 2)).astype(float)
    assert metrics.precision_recall(coins + 1e-9, coins) == (1, 1)
    tenths = rng.integers(0, 10, (500, 2)) / 10
    assert metrics.precision_recall(tenths.astype(np.float32), tenths) == (1, 1)
    assert metrics.precision_recall(tenths, tenths.astype(np.float32)) == (1, 1)
    assert metrics.precision_recall(tenths + 5, tenths) == (0, 0)


def test_rounded_rows_score_as_unrounded_ones():
    draw = np.random.default_rng(0).normal
    samples, real = draw(170, 10, (2000, 1)), draw(170, 10, (2000, 1))
    unrounded = metrics.precision_recall(samples, real)
    assert metrics.precision_recall(samples, real.round()) == pytest.approx(unrounded, abs=0.01)
    assert metrics.precision_recall(samples.round(), real.round()) == pytest.approx(unrounded, abs=0.01)
    samples[:200] += 60                               # and strays are seen as before
    assert metrics.precision_recall(samples, real.round()).precision == pytest.approx(0.9, abs=0.01)
    floor = metrics.floor(metrics.precision_recall, real.round(), 500, repeats=5, rng=0)
    assert floor.low.min() > 0.98


def test_where_all_real_rows_are_equal_near_is_the_same():
    assert metrics.precision_recall([[1.0], [1.1], [1.0]], [[1.0]] * 5) == (2 / 3, 1)


def test_one_value_that_nine_rows_in_ten_share_does_not_set_the_radius():
    """0, or some 400: all that is far from both is a stray, also where the others are whole numbers."""
    rng = np.random.default_rng(0)
    for decimals in (9, 0):
        real, more = (np.where(rng.random((2000, 1)) < 0.9, 0, rng.normal(400, 10, (2000, 1)).round(decimals))
                      for _ in range(2))
        assert min(metrics.precision_recall(more, real)) > 0.98
        assert metrics.precision_recall(np.full((2000, 1), 200), real).precision == 0
        assert metrics.precision_recall(rng.uniform(-300, 800, (2000, 1)), real).precision < 0.1


def test_what_bootstrapped_rows_change_is_little():
    """From fewer rows than two samples need, rows occur twice."""
    rows = np.random.default_rng(0).normal(size=(2000, 2))
    drawn_twice = metrics.floor(metrics.precision_recall, rows[:500], 500, repeats=10, rng=0)
    apart = metrics.floor(metrics.precision_recall, rows, 500, repeats=10, rng=0)
    assert (np.abs(apart.median - drawn_twice.median) < 0.01).all()


tenths = np.random.default_rng(0).integers(0, 10, (500, 2)) / 10
there_and_back = data.Standardised(tenths).restore(data.Standardised(tenths).standardise(tenths))


@pytest.mark.parametrize("copy", [tenths.astype(np.float32), there_and_back], ids=["float32", "restored"])
def test_a_rounded_copy_of_values_on_edges_is_no_other_sample(copy):
    assert (copy != tenths).any()
    for bins in (5, 10, 20, 30):
        assert metrics.grid_jsd(copy, tenths, 0, 1, bins) == 0
        score = [metrics.histogram_jsd(x[:, 0], np.ones_like, 0, 1, bins) for x in (copy, tenths)]
        assert score[0] == score[1]
    assert metrics.ks_distance(copy, tenths).tolist() == metrics.ks_distance(tenths, copy).tolist() == [0, 0]
    assert metrics.ks_distance(copy + 0.001, tenths).min() > 0.05


def test_a_value_on_an_edge_is_of_the_cell_above_and_the_last_edge_is_inside():
    assert metrics.grid_jsd([[0.3], [1.0]], [[0.31], [0.95]], 0, 1, bins=10) == 0
    values = np.repeat(np.arange(10) / 10, 3)
    assert metrics.histogram_jsd(values, np.ones_like, 0, 1, bins=10) == pytest.approx(0, abs=1e-15)


def test_float32_values_beside_an_outlier_are_told_apart():
    rng = np.random.default_rng(0)
    samples, real = (np.append(rng.normal(mean, 1, 500), 1e9).astype(np.float32)[:, None] for mean in (0, 3))
    assert metrics.ks_distance(samples, real).item() > 0.8


def test_the_floor_of_bytes_is_that_of_the_numbers():
    rows = np.random.default_rng(0).integers(0, 256, (200, 1))
    differ = lambda x, y: np.abs(x - y).mean()
    for kind in (np.uint8, np.float32):
        assert metrics.floor(differ, rows.astype(kind), 50, rng=0) == metrics.floor(differ, rows, 50, rng=0)


def test_a_constant_column_and_its_float32_copy():
    constant = np.full((9, 1), 0.1)
    assert metrics.ks_distance(constant.astype(np.float32), constant).tolist() == [0]
    assert metrics.grid_jsd(constant.astype(np.float32), constant, 0, 1, bins=10) == 0


def test_minus_0_has_the_angle_of_0():
    assert metrics.angle([[-1, -0.0], [-1, 0.0], [-0.0, 0.0]]).tolist() == [np.pi, np.pi, 0]


# Parzen

def test_parzen_against_the_sum_written_out():
    samples, x = np.array([[0.0, 1.0], [2.0, -1.0], [0.5, 0.5]]), np.array([[0.3, 0.2], [40.0, 0.0]])
    normal = lambda x, mean: np.exp(-np.sum((x - mean)**2) / (2 * 0.49)) / (2 * np.pi * 0.49)
    log_p = [np.log(np.mean([normal(row, s) for s in samples])) for row in x[:1]]
    assert metrics.parzen(samples, x, x[:1], sigmas=0.7) == pytest.approx((log_p[0], 0, 0.7))
    far = metrics.parzen(samples, x, x[1:], sigmas=0.7)          # e^−1450 is 0 to floats, its logarithm is not
    assert far.log_likelihood == pytest.approx(-(38**2 + 1) / 0.98 - np.log(3 * 2 * np.pi * 0.49), rel=1e-9)


def test_parzen_chooses_the_width_on_held_out_data_and_stays_below_minus_the_entropy():
    normal = data.Normal(1)
    samples, held_out, test = (normal.sample(2000, seed) for seed in range(3))
    found = metrics.parzen(samples, held_out, test)
    entropy = 0.5 * np.log(2 * np.pi * np.e)
    assert 0.1 < found.sigma < 0.6 and found.error < 0.03
    assert -entropy - 0.05 < found.log_likelihood < -entropy + 3 * found.error
    samples, held_out = samples[:500], held_out[:500]
    found = metrics.parzen(samples, held_out, test)
    widths = np.geomspace(0.01, 1, 20) * held_out.std()
    likelihood = lambda sigma: metrics.parzen(samples, held_out, held_out, [sigma]).log_likelihood
    assert found.sigma == max(widths, key=likelihood)
    worse = metrics.parzen(samples + 2, held_out, test)
    assert worse.log_likelihood < found.log_likelihood - 0.3


def test_parzen_widens_its_own_widths_and_tells_if_there_is_no_best():
    normal = data.Normal(1)
    samples, held_out, test = (normal.sample(500, seed) for seed in range(3))
    far = metrics.parzen(samples + 10, held_out, test)           # within 1/100 to 1 the best would be −33
    assert far.log_likelihood == pytest.approx(-3.74, abs=0.02) and 10 < far.sigma < 13
    narrow = data.ring_of_gaussians(8, 2, 0.005)                 # data far finer than a hundredth of their std
    fine = metrics.parzen(*(narrow.sample(1000, seed) for seed in range(3)))
    assert fine.sigma < 0.005 and fine.log_likelihood > 5
    alone = metrics.parzen(np.zeros((9, 1)), held_out, test)     # all of G on one point: σ is the data's own std
    assert 0.7 < alone.sigma < 1.3
    for decimals in (0, 1):                                      # the best of the widths is not always the least
        with pytest.warns(UserWarning, match="the best width, 0.0.*, means little: .*% of the rows") as told:
            metrics.parzen(*(x.round(decimals) for x in (samples, held_out, test)))
        assert told[0].filename == __file__


def test_a_G_that_makes_one_point_scores_as_well_as_real_data():
    """−H, for the mean of N(0, 1) with σ = 1 is N(0, 1)."""
    normal = data.Normal(1)
    for seed in range(3):
        held_out, test = normal.sample(2000, [seed, 1]), normal.sample(5000, [seed, 2])
        one_point = metrics.parzen(np.zeros((1, 1)), held_out, test)
        real = metrics.parzen(normal.sample(2000, [seed, 3]), held_out, test)
        assert one_point.log_likelihood > real.log_likelihood - 0.005 and abs(one_point.sigma - 1) < 0.05


def one_by_one(samples, x, sigma):
    """log p̂ at each row of x: a loop over pairs, with sums that lose no digit."""
    d, found = len(samples[0]), []
    for row in x:
        exponents = [-math.fsum((a - b)**2 for a, b in zip(row, each)) / (2 * sigma**2) for each in samples]
        top = max(exponents)
        found.append(top + math.log(math.fsum(math.exp(e - top) for e in exponents) / len(samples))
                     - d / 2 * math.log(2 * math.pi * sigma**2))
    return found


@given(st.integers(0, 10**6), st.integers(1, 30), st.integers(1, 20), st.integers(1, 5), st.floats(-3, 2),
       st.sampled_from([0, 1, 1e7]))
def test_parzen_agrees_with_a_loop_over_pairs_wherever_the_data_lie(seed, n, k, d, width, far):
    rng = np.random.default_rng(seed)
    samples, x, sigma = rng.standard_normal((n, d)) + far, rng.standard_normal((k, d)) + far, 10**width
    wanted = one_by_one(samples.tolist(), x.tolist(), sigma)
    found = metrics.parzen(samples, x, x, sigmas=[sigma])
    assert found.log_likelihood == pytest.approx(np.mean(wanted), rel=1e-10)
    assert found.error == pytest.approx(np.std(wanted) / np.sqrt(k), rel=1e-9, abs=1e-10 * abs(np.mean(wanted)))


@pytest.mark.parametrize("n, k, d", [(12, 9, 9000), (1100, 1000, 1)])               # many blocks of samples; of rows
def test_parzen_in_blocks_is_parzen_at_once(n, k, d):
    rng = np.random.default_rng(0)
    samples, x = rng.random((n, d)), rng.random((k, d))
    exponents = -sum((x[:, None, j] - samples[:, j])**2 for j in range(d)) / (2 * 0.3**2)
    wanted = np.logaddexp.reduce(exponents, axis=1) - np.log(n) - d / 2 * np.log(2 * np.pi * 0.3**2)
    found = metrics.parzen(samples, x, x, sigmas=[0.3])
    assert found == pytest.approx((wanted.mean(), wanted.std() / np.sqrt(k), 0.3), rel=1e-10)


def test_the_standard_error_is_that_of_the_mean_over_test_examples():
    """Of four hundred test sets, the means vary by as much as one of them says."""
    normal, rng = data.Normal(2), np.random.default_rng(0)
    samples = normal.sample(50, rng)
    found = [metrics.parzen(samples, samples, normal.sample(40, rng), sigmas=[0.5]) for _ in range(400)]
    assert np.std([each.log_likelihood for each in found]) == pytest.approx(np.mean([each.error for each in found]),
                                                                            rel=0.1)


def test_parzen_needs_memory_for_a_block_and_not_for_all_pairs():
    samples, x = np.zeros((4000, 2)), np.ones((4000, 2))                 # all distances would be 128 MB
    tracemalloc.start()
    metrics.parzen(samples, x[:1], x, sigmas=[1])
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 40e6


# Rings and histograms

def test_radius_and_angle():
    x = [[3, 4], [0, -2], [-1, 0]]
    assert metrics.radius(x).tolist() == [5, 2, 1]
    assert metrics.angle(x) == pytest.approx([np.arctan2(4, 3), -np.pi / 2, np.pi])
    assert metrics.radius([[1, 2, 2]]).tolist() == [3]


def test_histogram_jsd_of_a_true_sample_is_its_floor_and_of_a_wrong_one_is_not():
    normal = lambda x: data.Normal(1).density(x[:, None])
    rng = np.random.default_rng(0)
    floor = (100 - 1) / (8 * 20_000)                          # (b − 1)/(8n), were all bins full
    scores = [metrics.histogram_jsd(rng.standard_normal(20_000), normal, -3, 3, bins=100) for _ in range(5)]
    assert all(0.7 * floor < score < 1.4 * floor for score in scores)
    assert metrics.histogram_jsd(rng.standard_normal(20_000) + 0.3, normal, -3, 3, bins=100) > 10 * floor
    # all mass outside the bins, against almost none: log 2
    assert metrics.histogram_jsd(np.full(9, 50.0), normal, -6, 6) == pytest.approx(np.log(2), abs=1e-3)


def test_histogram_jsd_against_a_closed_form():
    """Half of the uniform's interval: KL to the middle is log(4/3) and ½ log(2/3) + ½ log 2."""
    uniform = lambda x: np.ones(len(x))
    wanted = (np.log(4 / 3) + 0.5 * np.log(2 / 3) + 0.5 * np.log(2)) / 2
    values = (np.arange(1000) + 0.5) / 2000
    assert metrics.histogram_jsd(values, uniform, 0, 1, bins=10) == pytest.approx(wanted, abs=1e-12)


@pytest.mark.parametrize("d", [1, 2, 3])
def test_a_grid_has_as_many_cells_as_it_says(d):
    at = lambda where: np.full((5, d), where)
    assert metrics.grid_jsd(at(0.24), at(0.26), 0, 1, bins=4) == pytest.approx(np.log(2))
    assert metrics.grid_jsd(at(0.26), at(0.49), 0, 1, bins=4) == 0


@pytest.mark.parametrize("d", [1, 2, 3])
def test_grid_jsd_of_samples_apart_together_and_half_apart(d):
    here, there, outside = np.full((6, d), 0.1), np.full((6, d), 0.9), np.full((6, d), 7.0)
    apart = lambda x, y: metrics.grid_jsd(x, y, 0, 1, bins=4)
    assert apart(here, here) == apart(outside, outside) == 0
    assert apart(here, there) == pytest.approx(np.log(2)) == apart(here, outside)
    half = np.concatenate([here, outside])
    assert apart(half, here) == pytest.approx(theory.js([0.5, 0.5], [1, 0])) == apart(here, half)


# D, and the floor

def test_discriminator_error_is_zero_for_D_star_and_a_mean_otherwise():
    x = np.linspace(-8, 8, 2001)
    p_data, p_g = data.Normal(1).density(x[:, None]), data.Normal(1).density(x[:, None] - 1)
    error = lambda D: metrics.discriminator_error(D, p_data, p_g, x[1] - x[0])
    D_star = theory.optimal_discriminator(p_data, p_g)
    assert error(D_star) == 0 == metrics.discriminator_error(
        theory.optimal_discriminator(0.9991 * p_data, p_g), 0.9991 * p_data, p_g, x[1] - x[0])   # D* of what is given
    assert error(np.clip(D_star - 0.01, 0, 1)) == pytest.approx(0.01, rel=1e-2)
    total_variation = 0.5 * np.abs(p_data - p_g).sum() * (x[1] - x[0])
    assert error(np.full_like(x, 0.5)) == pytest.approx(total_variation / 2)


def test_floor_draws_independent_pairs_and_gives_their_range():
    pairs = []
    measure = lambda x, y: pairs.append((x, y)) or [x.mean(), (x - y).std()]
    found = metrics.floor(measure, data.Normal(1), n=50, repeats=5, rng=0)
    assert len(pairs) == 5 and all(x.shape == y.shape == (50, 1) and (x != y).all() for x, y in pairs)
    means = [x.mean() for x, _ in pairs]
    assert (found.median[0], found.low[0], found.high[0]) == (np.median(means), min(means), max(means))
    assert found.low.shape == (2,)


def test_the_floors_band_holds_what_it_says():
    """One more sample lies between the lowest and the highest of r with probability (r − 1)/(r + 1)."""
    rng, inside = np.random.default_rng(0), 0
    measure = lambda x, y: x.mean()
    for _ in range(600):
        band = metrics.floor(measure, data.Normal(1), n=5, repeats=9, rng=rng)
        inside += band.low < measure(data.Normal(1).sample(5, rng), None) < band.high
    assert inside / 600 == pytest.approx(0.8, abs=0.05)


ones = lambda *shape: np.ones(shape)
mixture = lambda **rest: SimpleNamespace(means=[[0, 0], [1, 1]], **rest)


@pytest.mark.parametrize("call, error, words", [
    (lambda: metrics.angle(ones(4, 3)), ValueError, r"samples must be \(n, 2\)"),
    (lambda: metrics.radius([[np.inf, 0]]), ValueError, "samples must be finite"),
    (lambda: metrics.histogram_jsd([np.nan], np.ones_like, 0, 1), ValueError, "values must be finite"),
    (lambda: metrics.modes(ones(4, 3), data.ring_of_gaussians()), ValueError, r"samples must be \(n, 2\)"),
    (lambda: metrics.modes(ones(4, 2), data.ring_of_gaussians(), least=0), ValueError, "least must be at least 1"),
    (lambda: metrics.modes(ones(4, 2), data.Ring()), TypeError, "mixture must have means, std and weights"),
    (lambda: metrics.modes(ones(4, 2), mixture(std=np.nan, weights=None)), ValueError, "std must be"),
    (lambda: metrics.modes(ones(4, 2), mixture(std=1, weights=[1, 1])), ValueError, "weights must be 2 numbers"),
    (lambda: metrics.histogram_jsd(ones(4, 2), np.ones_like, 0, 1), ValueError, r"values must be \(n,\)"),
    (lambda: metrics.histogram_jsd([0.5], np.ones_like, 1, 0), ValueError,
     "high must be a finite number greater than low=1"),
    (lambda: metrics.histogram_jsd([0.5], np.zeros_like, 0, 1), ValueError,
     "density must return a value for each of 200 points"),
    (lambda: metrics.histogram_jsd([0.5], lambda x: 3 + x, 0, 1), ValueError, "with the integral 1 at most"),
    (lambda: metrics.parzen(ones(4, 2), ones(4, 2), ones(4, 2), sigmas=[]), ValueError,
     "sigmas must be one or more widths"),
    (lambda: metrics.parzen(ones(4, 2), ones(4, 2), ones(4, 2)), ValueError,
     "held_out must have at least two different rows"),
    (lambda: metrics.grid_jsd(ones(4, 9), ones(4, 9), 0, 1), ValueError, r"ten million cells, bins\^d, not 30\^9"),
    (lambda: metrics.floor(5, data.Normal(1), 5), TypeError, "measure must be a function of two samples"),
    (lambda: metrics.floor(lambda x, y: None, data.Normal(1), 5), TypeError,
     "what measure returns must be an array of numbers"),
    (lambda: metrics.precision_recall(ones(4, 2), ones(1, 2)), ValueError, "real must have at least two rows"),
    (lambda: metrics.precision_recall(ones(4, 1), ones(5, 2)), ValueError, r"samples must be \(n, 2\)"),
    (lambda: metrics.precision_recall(ones(4, 2), ones(5, 2), level=1), ValueError,
     r"level must be a number in \[0, 1\)"),
    (lambda: metrics.parzen(ones(4, 2), ones(4, 3), ones(4, 2)), ValueError, r"held_out must be \(n, 2\)"),
    (lambda: metrics.parzen(ones(4, 2), ones(4, 2), ones(4, 2), sigmas=[1, 0]), ValueError,
     "sigmas must be one or more"),
    (lambda: metrics.grid_jsd(ones(4, 2), ones(4, 2), 1, 1), ValueError,
     "high must be a finite number greater than low=1"),
    (lambda: metrics.floor(np.mean, 3, 5), TypeError, "data must be a Distribution"),
    (lambda: metrics.floor(np.mean, data.Normal(1), 0), ValueError, "n must be at least 1")])
def test_bad_arguments_get_one_clear_sentence(call, error, words):
    with pytest.raises(error, match=words):
        call()


def test_the_floor_of_an_array_has_no_row_in_both_samples():
    rows, pairs = np.arange(100.0)[:, None], []
    metrics.floor(lambda x, y: pairs.append((x, y)) or 0, rows, n=50, repeats=3, rng=0)
    assert all(sorted(np.concatenate(pair).ravel()) == rows.ravel().tolist() for pair in pairs)


def test_the_ks_distance_is_the_largest_difference_of_shares():
    samples, real = np.array([[1.0, 5], [2, 5], [3, 5], [4, 5]]), np.array([[3.0, 5], [4, 5], [5, 5], [6, 6]])
    assert metrics.ks_distance(samples, real).tolist() == [0.5, 0.25]
    assert metrics.ks_distance(real, real).tolist() == [0, 0]


def test_the_floor_of_pictures_is_that_of_those_held_out():
    images, apart = data.Glyphs(size=8, n=20, held_out=40), lambda x, y: metrics.nearest(x, y)[1].min()
    of_held_out = metrics.floor(apart, images.test()[0], n=20, repeats=3, rng=0)
    # no picture is in both samples
    assert metrics.floor(apart, images, n=20, repeats=3, rng=0).median == of_held_out.median > 0.2
