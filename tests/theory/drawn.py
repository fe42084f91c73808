"""Distributions for hypothesis to draw, for the tests of the theory."""

import math

import numpy as np
from hypothesis import strategies as st


def positive(n):
    """n probabilities, none of them 0."""
    return st.lists(st.floats(0.01, 1), min_size=n, max_size=n).map(lambda w: np.array(w) / math.fsum(w))


def some_zeros(n):
    """n probabilities, some of them 0."""
    weights = st.lists(st.one_of(st.just(0.0), st.floats(1e-9, 1)), min_size=n, max_size=n)
    return weights.filter(lambda w: sum(w) > 0.01).map(lambda w: np.array(w) / math.fsum(w))


pairs = st.integers(2, 6).flatmap(lambda n: st.tuples(positive(n), positive(n)))
pairs_with_zeros = st.integers(1, 6).flatmap(lambda n: st.tuples(some_zeros(n), some_zeros(n)))


def normal(x, mean=0.0, std=1.0):
    """The density of N(mean, std²)."""
    return np.exp(-((x - mean) / std) ** 2 / 2) / (std * math.sqrt(2 * math.pi))
