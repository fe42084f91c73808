"""Hypothesis as the tests use it, the same examples in each run unless asked to explore; and floors
of three repeats instead of twenty, where a test does not ask for more."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")      # before NumPy is loaded; as the command line does

import pytest
from hypothesis import settings

settings.register_profile("default", deadline=None, derandomize=True, max_examples=40)
settings.register_profile("explore", deadline=None, max_examples=1000)   # pytest --hypothesis-profile=explore
settings.load_profile("default")


@pytest.fixture(autouse=True)
def quick_floors(monkeypatch):
    from tinygan import runs
    monkeypatch.setattr(runs, "REPEATS", 3)
