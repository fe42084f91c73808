"""The measures: on samples whose score is known, and beside their floor."""

import numpy as np
import pytest

from tinygan import data, metrics


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


def test_bad_samples_get_one_clear_sentence():
    with pytest.raises(ValueError, match=r"samples must be \(n, 2\)"):
        metrics.angle(np.ones((4, 3)))
    with pytest.raises(ValueError, match="values must be finite"):
        metrics.histogram_jsd([np.nan], np.ones_like, 0, 1)
    with pytest.raises(ValueError, match="samples must be finite"):
        metrics.radius([[np.inf, 0]])
