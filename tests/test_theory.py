"""KL and JS, against closed forms."""

import math

import numpy as np
import pytest
from hypothesis import given, strategies as st

from tinygan.theory import js, kl

pmfs = st.integers(2, 6).flatmap(lambda n: st.tuples(*2 * [st.lists(st.floats(0.01, 1), min_size=n, max_size=n)])).map(
    lambda pair: [np.array(p) / np.sum(p) for p in pair])


def test_a_biased_coin_against_a_fair_one():
    p, q = [0.5, 0.5], [0.05, 0.95]
    assert kl(p, q, base=2) == pytest.approx(0.5 * math.log2(0.5 / 0.05) + 0.5 * math.log2(0.5 / 0.95))
    assert kl(p, q, base=2) == pytest.approx(1.198, abs=5e-4)
    assert kl(p, q) == pytest.approx(kl(p, q, base=2) * math.log(2))


def test_two_gaussians_on_a_grid():
    x, dx = np.linspace(-15, 15, 6001, retstep=True)
    normal = lambda mean, std: np.exp(-((x - mean) / std) ** 2 / 2) / (std * math.sqrt(2 * math.pi))
    exact = math.log(2 / 1) + (1**2 + (0.5 - 0) ** 2) / (2 * 2**2) - 0.5
    assert kl(normal(0.5, 1), normal(0, 2), dx) == pytest.approx(exact, abs=1e-9)


@given(pmfs)
def test_js_is_symmetric_and_bounded_and_kl_is_not_negative(pair):
    p, q = pair
    assert js(p, q) == pytest.approx(js(q, p), abs=1e-12) and -1e-12 <= js(p, q) <= math.log(2)
    assert kl(p, q) >= -1e-12 and kl(p, p) == 0 <= js(p, p) < 1e-15
    entropy = lambda r: -math.fsum(a * math.log(a) for a in r)
    assert js(p, q) == pytest.approx(entropy((p + q) / 2) - (entropy(p) + entropy(q)) / 2, abs=1e-12)


def test_edges():
    assert kl([0, 1], [0.5, 0.5]) == pytest.approx(math.log(2))      # 0 log 0 = 0
    assert kl([0.5, 0.5], [0, 1]) == math.inf
    assert js([5e-324, 1], [0, 1]) == 0                               # half of the smallest float is 0
    assert js([0, 1], [1, 0]) == pytest.approx(math.log(2)) and js([0, 1], [1, 0], base=2) == pytest.approx(1)


@pytest.mark.parametrize("p, q, error, words", [
    ([0.5, 0.6], [0.5, 0.5], ValueError, "p must sum to 1"), ([0.5, 0.5], [1.5, -0.5], ValueError, "q must not be negative"),
    ([0.5, 0.5], [1.0], ValueError, "one shape"), ([np.nan, 1], [0.5, 0.5], ValueError, "p must be finite"), (["a"], [1.0], TypeError, "p must")])
def test_what_is_no_distribution_is_refused(p, q, error, words):
    for measure in (kl, js):
        with pytest.raises(error, match=words):
            measure(p, q)
