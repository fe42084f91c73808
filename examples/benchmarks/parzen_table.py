"""A Parzen window's log-likelihood of digits, with floor and ceiling: the table of docs/digits.md.

    python examples/benchmarks/parzen_table.py                       seeds 0 to 4: ten minutes of one core or more
    python examples/benchmarks/parzen_table.py --seeds 0 --samples 1000

σ is chosen as the paper's authors do it: on pictures held out for that, from logspace(−1, 0, 10). Every model gives
equally many samples. Prints Markdown; with --page FILE it takes the place of what stands in FILE below the line that
names this script.
"""

import argparse
import os
import platform
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

import tinygan as tg
from tinygan._files import publish
from tinygan._terminal import spell_what_cant_be_shown

MARK = "<!-- made by examples/benchmarks/parzen_table.py -->"
SIGMAS = np.logspace(-1, 0, 10)
VALIDATION = 1000                                               # held-out pictures for σ; the others are the test


def gaussian_fitted_to(x):
    """(`sample`, exact log density) of N(μ, Σ) with the mean and covariance of x."""
    mean, cov = x.mean(axis=0), np.cov(x.T)
    root = np.linalg.cholesky(cov)                              # Σ = L Lᵀ
    constant = len(mean) / 2 * np.log(2 * np.pi) + np.log(np.diag(root)).sum()
    sample = lambda n, rng: mean + rng.standard_normal((n, len(mean))) @ root.T
    return sample, lambda x: -(np.linalg.solve(root, (x - mean).T)**2).sum(axis=0) / 2 - constant


def models_of(training, n, rng):
    """{name: n samples} of the models that need no training, the ceiling first."""
    sample, _ = gaussian_fitted_to(training)
    each_pixel = np.column_stack([rng.choice(column, n) for column in training.T])
    return {"the training pictures themselves": training[:n],
            "a fitted Gaussian, sampled": sample(n, rng),
            "each pixel drawn by itself": each_pixel,
            "uniform noise": rng.random((n, training.shape[1]))}


def row(name, score, more=""):
    return f"| {name} | {score.log_likelihood:.1f} ± {score.error:.1f} | {score.sigma:.3f} | {more} |"


def table(options):
    """The lines, best known models first."""
    start = lambda seed: tg.recipes.start(options.recipe, seed, options.iterations, data=options.data)
    runs = [start(seed) for seed in options.seeds]
    images, rng, n = runs[0].data, np.random.default_rng(0), options.samples
    training, held_out = images.training()[0], images.test()[0]
    validation, test = held_out[:VALIDATION], held_out[VALIDATION:VALIDATION + options.test]
    score = lambda x: tg.metrics.parzen(x, validation, test, SIGMAS)
    rows = {name: row(name, score(x)) for name, x in models_of(training, n, rng).items()}
    before, after = score(runs[0].sample(n, 1)), []
    for run in runs:
        run.train()
        after.append(score(run.sample(n, 1)))
    after.sort(key=lambda each: each.log_likelihood)
    log_p = gaussian_fitted_to(training)[1](test)
    exact = tg.metrics.Parzen(log_p.mean(), log_p.std() / np.sqrt(len(test)), np.nan)
    ceiling, *others = rows.values()
    seeds = f"seeds: {len(after)}; median, of {after[0].log_likelihood:.1f} to {after[-1].log_likelihood:.1f}"
    yield from [ceiling, row(f"**G of `{options.recipe}`**", after[len(after) // 2], seeds), *others,
                row("G before training", before),
                row("a fitted Gaussian, exactly", exact, "no window: its own log density").replace("nan", "")]


def main():
    """Train, judge, and print or write the table."""
    spell_what_cant_be_shown()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--recipe", default="glyphs")
    parser.add_argument("--data", metavar="FILE", help="pictures instead of the recipe's own")
    parser.add_argument("--seeds", nargs="+", type=int, default=list(range(5)))
    parser.add_argument("--iterations", type=int, metavar="N", help="instead of the recipe's own number")
    parser.add_argument("--samples", type=int, default=10_000, metavar="N", help="of each model")
    parser.add_argument("--test", type=int, default=2000, metavar="N", help="pictures that are judged")
    parser.add_argument("--page", type=Path, metavar="FILE", help="the page to write the table to")
    options = parser.parse_args()
    lines = ["| model | mean log-likelihood ± standard error, nats | σ | |", "|---|---|---|---|", *table(options)]
    versions = f"tinygan {tg.__version__}, NumPy {np.__version__}, Python {platform.python_version()}"
    made_by = (f"`.venv/bin/python examples/benchmarks/parzen_table.py`, seeds {', '.join(map(str, options.seeds))}; "
               f"{options.samples:,} samples of each model, {options.test:,} test pictures, {VALIDATION:,} for σ; "
               f"{versions}.")
    publish("\n".join([MARK, "", made_by, "", *lines, ""]), MARK, options.page)


if __name__ == "__main__":
    main()
