"""Kinds of data that people bring, by the recipe `points` and by standardising alone: a table of docs/your-own-data.md.

    python examples/benchmarks/own_data.py                        all kinds, seeds 10 to 19: half an hour of one core
    python examples/benchmarks/own_data.py Cauchy --seeds 0 1     less of it

Each kind is drawn anew for each seed. Standardising alone is the same setting with every column shifted and
scaled, and none taken by its ranks. Prints Markdown. With --page FILE it takes the place of what stands in FILE
below the line that names this script.
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
from tinygan.data import Ranked

MARK = "<!-- made by examples/benchmarks/own_data.py -->"
N = 5000                                                        # rows, where a kind does not say otherwise


def mostly_zero(rng):
    return np.where(rng.random(N) < 0.9, 0, np.minimum(np.exp(rng.normal(6, 2, N)), 99_999))[:, None]


def mixture(rng):
    return np.where(rng.random(N) < 0.95, rng.normal(0, 1, N), rng.normal(8, 0.5, N))[:, None]


def mixture_in_the_plane(rng):
    common = rng.random((N, 1)) < 0.95
    return np.where(common, rng.normal(0, 1, (N, 2)), 6 + 0.5 * rng.normal(0, 1, (N, 2)))


KINDS = {                               # kind: (its rows, what is looked at in rows x, and the truth)
    "mean 200, std 50": (lambda rng: rng.normal(200, 50, (N, 1)), {"mean": (np.mean, 200), "std": (np.std, 50)}),
    "mean 400, std 1.25": (lambda rng: rng.normal(400, 1.25, (N, 1)), {"mean": (np.mean, 400), "std": (np.std, 1.25)}),
    "the ring times 0.01": (lambda rng: 0.01 * tg.data.Ring().sample(N, rng), {
        "mean radius": (lambda x: tg.metrics.radius(x).mean(), 0.01 * tg.data.Ring.radius_mean)}),
    "0 for nine rows in ten": (mostly_zero, {
        "share of 0": (lambda x: np.mean(x == 0), 0.9),
        "median of the others": (lambda x: np.median(x[x != 0]), float(np.exp(6)))}),
    "Cauchy": (lambda rng: rng.standard_cauchy((N, 1)), {
        "1 % quantile": (lambda x: np.quantile(x, 0.01), -31.8),
        "99 % quantile": (lambda x: np.quantile(x, 0.99), 31.8)}),
    "lognormal": (lambda rng: np.exp(rng.normal(0, 1, (N, 1))), {
        "99.9 % quantile": (lambda x: np.quantile(x, 0.999), 21.98), "share below 0": (lambda x: np.mean(x < 0), 0)}),
    "lognormal, by its logarithm": (lambda rng: rng.normal(0, 1, (N, 1)), {           # and exp of what comes out
        "99.9 % quantile": (lambda x: np.quantile(np.exp(x), 0.999), 21.98)}),
    "half a normal": (lambda rng: np.abs(rng.normal(0, 1, (N, 1))), {
        "share below 0": (lambda x: np.mean(x < 0), 0), "std": (np.std, 0.6028)}),
    "half a normal, by its logarithm": (lambda rng: np.log(np.abs(rng.normal(0, 1, (N, 1)))), {
        "share below 0": (lambda x: np.mean(np.exp(x) < 0), 0), "std": (lambda x: np.exp(x).std(), 0.6028)}),
    "one-hot": (lambda rng: np.eye(4)[rng.choice(4, N, p=[0.6, 0.3, 0.09, 0.01])], {
        "share of rows with one 1": (lambda x: np.mean(((x == 1).sum(axis=1) == 1) & ((x == 0).sum(axis=1) == 3)), 1.0),
        **{f"share of class {j + 1}": (lambda x, j=j: np.mean(x[:, j] > 0.5), p)
           for j, p in enumerate((0.6, 0.3, 0.09, 0.01))}}),
    "a mode of 5 %": (mixture, {"share of the rare mode": (lambda x: np.mean(x > 5), 0.05)}),
    "a mode of 5 % in the plane": (mixture_in_the_plane, {
        "share of the rare mode": (lambda x: np.mean((x > 3.5).all(axis=1)), 0.05),
        "share in the two other corners": (lambda x: np.mean((x > 4.5).any(axis=1) & (x < 3).any(axis=1)), 0)}),
    "twenty rows": (lambda rng: rng.normal(0, 1, (20, 2)), {})}


def run_of(kind, seed, ranks, iterations):
    """The run on this kind of data; where it diverges, what was said."""
    run = tg.recipes.start("points", seed, iterations, data=KINDS[kind][0](np.random.default_rng(seed)))
    if not ranks:
        drawn = run.data.drawn
        run.game.data = Ranked(run.data, drawn.mean(axis=0), 0.5 * drawn.std(axis=0), [False] * run.data.dim)
    try:
        run.train()
    except tg.DivergenceError as error:
        return f"diverges at iteration {error.iteration}"
    return run


def looked_at(kind, run):
    """{what: number} of a run."""
    x = run.sample(N, 0)
    numbers = {what: float(look(x)) for what, (look, _) in KINDS[kind][1].items()}
    if kind == "twenty rows":
        near = run.game.data.standardise
        drawn = run.data.drawn
        apart = tg.metrics.nearest(near(x), near(drawn))[1]
        numbers["V(D, G), nats"] = float(np.mean(run.history["V"][-20:]))
        numbers["rows with a generated one within 0.1 std"] = float(
            (tg.metrics.nearest(near(drawn), near(x))[1] < 0.2).sum())
        numbers["share of generated ones within 0.1 std of a row"] = float(np.mean(apart < 0.2))
        fresh = near(np.random.default_rng(1000).normal(0, 1, (N, 2)))
        numbers["share of fresh real ones there"] = float(np.mean(tg.metrics.nearest(fresh, near(drawn))[1] < 0.2))
    return numbers


def shown(values):
    """Median, and from the smallest to the largest."""
    if not values:
        return ""
    return f"{np.median(values):.3g} ({min(values):.3g} to {max(values):.3g})"


def rows_of(kind, seeds, iterations):
    """The lines of the table for one kind."""
    found = {}
    for ranks in (False, True):
        runs = [run_of(kind, seed, ranks, iterations) for seed in seeds]
        went = [looked_at(kind, run) for run in runs if not isinstance(run, str)]
        said = [run for run in runs if isinstance(run, str)]
        found[ranks] = {what: shown([numbers[what] for numbers in went]) for what in (went[0] if went else ())}
        found[ranks]["diverged"] = f"; {len(said)} of {len(runs)} diverge" if said else ""
    truths = {what: truth for what, (_, truth) in KINDS[kind][1].items()}
    for what in [name for name in {**found[True], **found[False]} if name != "diverged"]:
        truth = f"{truths[what]:.4g}" if what in truths else ""
        yield (f"| {kind} | {what} | {truth} | {found[False].get(what, '')}{found[False]['diverged']} | "
               f"{found[True].get(what, '')}{found[True]['diverged']} |")


def main():
    """Train, look, and print or write the table."""
    spell_what_cant_be_shown()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kinds", nargs="*", metavar="KIND", help=f"which of: {', '.join(KINDS)} (default: all)")
    parser.add_argument("--seeds", nargs="+", type=int, default=list(range(10, 20)))
    parser.add_argument("--iterations", type=int, metavar="N", help="instead of the recipe's own number")
    parser.add_argument("--page", type=Path, metavar="FILE", help="the page to write the table to")
    options = parser.parse_args()
    unknown = [kind for kind in options.kinds if kind not in KINDS]
    if unknown:
        parser.error(f"kind {unknown[0]!r} is unknown: it can be {', '.join(KINDS)}")
    lines = ["| kind | what | truth | standardised alone: median (range) | recipe `points`: median (range) |",
             "|---|---|---|---|---|"]
    for kind in options.kinds or KINDS:
        lines += rows_of(kind, options.seeds, options.iterations)
    versions = f"tinygan {tg.__version__}, NumPy {np.__version__}, Python {platform.python_version()}"
    command = " ".join([".venv/bin/python examples/benchmarks/own_data.py", *map(repr, options.kinds)])
    made_by = f"`{command}`, seeds {options.seeds[0]} to {options.seeds[-1]}, {versions}."
    text = "\n".join([MARK, "", made_by, "", *lines, ""])
    publish(text, MARK, options.page)


if __name__ == "__main__":
    main()
