"""Recipes are named experiments: for each data set one setting of Algorithm 1 that works, measured and repeatable.

`run("ring", seed=0)` trains one, measures it and returns the `Run`; what they reach on thirty
seeds stands in docs/results.md. In reading order: settings.py, the recipes themselves; runs.py, one
training of them; scores.py, the rows of its table; points.py, the same for your own data; failures.py,
settings that fail, each with the knob that mends it.
"""

from . import failures
from .runs import Measure, Run, resume, run, start
from .settings import RECIPES, Recipe, about, names

__all__ = ["names", "about", "run", "start", "resume", "Run", "Measure", "Recipe", "RECIPES", "failures"]
