"""Two tests to begin with: copy this file, and add your own.

    .venv/bin/python examples/bug_zoo/hunt.py my_tests.py
"""

import numpy as np

import tinygan as tg
from tinygan import gradcheck
from tinygan.layers import Linear


def test_the_sigmoid_where_it_is_known():
    assert tg.sigmoid(np.array([0.0])).item() == 0.5
    assert abs(tg.sigmoid(np.array([1.0])).item() - 1 / (1 + np.exp(-1))) < 1e-12


def test_the_gradients_of_a_linear_layer():
    rng = np.random.default_rng(0)                              # a seed: a test must not fail by chance
    layer = Linear(3, 2)
    layer.W[...] = rng.normal(size=(3, 2))
    report = gradcheck.check(layer, rng.normal(size=(5, 3)))
    assert report, report
