"""Hypothesis as the tests use it: the same examples in each run, unless asked to explore."""

from hypothesis import settings

settings.register_profile("default", deadline=None, derandomize=True, max_examples=40)
settings.register_profile("explore", deadline=None, max_examples=1000)   # pytest --hypothesis-profile=explore
settings.load_profile("default")
