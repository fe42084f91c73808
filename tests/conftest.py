"""Hypothesis as the tests use it: the same examples in each run, unless asked to explore."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")      # before NumPy is loaded; as the command line does

from hypothesis import settings

settings.register_profile("default", deadline=None, derandomize=True, max_examples=40)
settings.register_profile("explore", deadline=None, max_examples=1000)   # pytest --hypothesis-profile=explore
settings.load_profile("default")
