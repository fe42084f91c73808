"""Every recipe on seeds 0 to 9, and on 10 to 29, on which none was tuned: the tables of docs/results-tables.md.

    python examples/benchmarks/ten_seeds.py                                  all of it: some hours of one core
    python examples/benchmarks/ten_seeds.py ring8 line --seeds 0-4 --jobs 1  less of it
    python examples/benchmarks/ten_seeds.py ring --set lr_g=0.03 --seeds 0-9 what another setting would have reached
    python examples/benchmarks/ten_seeds.py glyphs --seeds 0-4 5-9           for docs/results-digits.md
    python examples/benchmarks/ten_seeds.py --failures --seeds 0-9           the table of docs/when-it-fails.md

Prints Markdown. With --page FILE it takes the place of what stands in FILE below the line that
names this script. With --keep FILE each finished run becomes a line of FILE, and what stands
there already, made by the same code and versions, is not made again.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")              # a core for each job, before NumPy is loaded

import argparse
import ast
import hashlib
import json
import platform
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path

import numpy as np

import tinygan as tg
from tinygan._files import publish
from tinygan._terminal import spell_what_cant_be_shown

MARK = "<!-- made by examples/benchmarks/ten_seeds.py -->"
BARS = {                                                        # what each recipe is meant to reach: (lowest, highest)
    "ring": {"radius, mean": (1.1193, 1.1313), "radius, std": (0.0595, 0.0715), "radius, JSD (nats)": (0, 0.012),
             "angle, JSD (nats)": (0, 0.003)},
    "gaussian": {"mean": (3.98, 4.02), "std": (1.22, 1.28), "JSD (nats)": (0, 0.005),
                 "V(D, G) (nats)": (-1.4063, -1.3663)},
    "gaussian2d": {"mean, x": (0.96, 1.04), "mean, y": (-1.04, -0.96),
                   "cov, xx": (0.97, 1.03), "cov, xy": (0.67, 0.73), "cov, yy": (0.97, 1.03)},
    "moons": {"precision": (0.95, 1), "recall": (0.95, 1)},
    "line": {"precision": (0.95, 1), "recall": (0.95, 1)},
    "swissroll": {"precision": (0.95, 1), "recall": (0.95, 1)},
    "spiral": {"precision": (0.95, 1), "recall": (0.95, 1)},
    "ring8": {"modes with 20 good": (8, 8), "good": (0.75, 1), "KL of the modes (nats)": (0, 0.05)},
    "ring8-long": {"modes with 20 good": (8, 8), "good": (0.94, 1), "KL of the modes (nats)": (0, 0.02)},
    "grid25": {"modes with 20 good": (25, 25), "good": (0.7, 1)},
    "grid25-long": {"modes with 20 good": (25, 25), "good": (0.88, 1), "KL of the modes (nats)": (0, 0.05)},
    **dict.fromkeys(("glyphs", "glyphs-long", "glyphs-plain"), {
        "classes with 1 in 50": (10, 10), "KL of the classes (nats)": (0, 0.1), "precision": (0.7, 1),
        "distance to training, median": (1.743, np.inf),         # that of held-out ones
        "closer than held-out": (0, 0)}),                        # by definition .5 for real ones
}


def one(name, seed, iterations, settings):
    """Train and measure one recipe with one seed: a dict that JSON can hold."""
    run, started = tg.recipes.start(name, seed, iterations, settings), time.process_time()
    try:
        run.train()
        seconds = time.process_time() - started
        run.measure()
    except tg.DivergenceError as error:
        return {"name": name, "seed": seed, "diverged": str(error)}
    return {"name": name, "seed": seed, "iterations": run.game.iteration, "seconds": seconds,
            "weights": run.game.G.theta.size + run.game.D.theta.size, "n": run.recipe.n,
            "table": [[row.name, *(None if np.isnan(number) else number for number in row[1:])] for row in run.table]}


def one_failure(name, seed, iterations, settings):
    """The same of a failure, broken and mended, which has its own settings."""
    pair = tg.failures.start(name, seed, iterations)
    for run in pair.runs:
        pair.train(run)
    tables = {word: {row.name: row.value for row in table} for word, table in pair.measure().items()}
    return {"name": name, "seed": seed, "diverged": len(pair.diverged),
            **{word: {row: table[row] for row in pair.failure.shows} for word, table in tables.items()}}


def code():
    """A fingerprint of all that a result depends on."""
    digest = hashlib.sha256(f"{np.__version__} {platform.python_version()} {platform.machine()}".encode())
    package = Path(tg.__file__).parent
    for path in sorted([*package.glob("[!_]*.py"), *package.glob("data/*.py"), *package.glob("recipes/*.py"),
                        *package.glob("theory/*.py")]):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def results(make, names, seeds, jobs, iterations, settings, keep):
    """{(name, seed): what `make`, one of the two above, returns}, from `keep` where they stand there."""
    made, stamp = {}, {"code": code(), "asked": [iterations, settings]}
    if keep and keep.exists():
        for line in keep.read_text(encoding="utf-8").splitlines():
            result = json.loads(line)
            if all(result.get(key) == value for key, value in stamp.items()):
                made[result["name"], result["seed"]] = result
    todo = [(name, seed) for name in names for seed in seeds if (name, seed) not in made]
    with ProcessPoolExecutor(jobs) as pool:
        waiting = [pool.submit(make, name, seed, iterations, settings) for name, seed in todo]
        for done in as_completed(waiting):
            result = done.result()
            made[result["name"], result["seed"]] = result
            if keep:
                with keep.open("a", encoding="utf-8") as file:
                    file.write(json.dumps({**result, **stamp}) + "\n")
    return made


def overview(names, groups, made):
    """How many seeds are within each bar, and the worst of them."""
    columns = [f"seeds {label}: {words}" for label in groups for words in ("within", "worst")]
    head = ["recipe", "measure", "bar", *columns]
    away = lambda pair: np.inf if np.isnan(pair[0]) else abs(pair[0] - pair[1])
    lines = ["| " + " | ".join(head) + " |", "|---|---|---" + "|---:" * (len(head) - 3) + "|"]
    for name in names:
        for i, (measure, (low, high)) in enumerate(BARS.get(name, {}).items()):
            cells = [f"`{name}`" if i == 0 else "", measure, f"{low:g} to {high:g}" if high > low else f"{low:g}"]
            for seeds in groups.values():
                rows = [row for seed in seeds for row in made[name, seed].get("table", []) if row[0] == measure]
                values = [(np.nan if value is None else value, ideal) for _, value, ideal, *_ in rows]
                worst = max(values, key=away, default=(np.nan, 0))
                cells += [f"{sum(low <= value <= high for value, _ in values)} of {len(seeds)}", digits(worst[0])]
            lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def section(name, groups, made):
    """One recipe: a row for each measure; for each group of seeds its median and its worst."""
    runs = [[made[name, seed] for seed in seeds] for seeds in groups.values()]
    whole = [[run for run in group if "diverged" not in run] for group in runs]
    first = next((run for group in whole for run in group), None)
    if first is None:
        return f"### `{name}`\n\nAll runs diverged.\n"
    about = [f"{tg.recipes.about(name)} {first['iterations']:,} iterations, {first['weights']:,} parameters, "
             f"n = {first['n']:,}; {median_and_worst([run['seconds'] for group in whole for run in group])} s a run."]
    about += [f"**Diverged: seed {run['seed']}.**" for group in runs for run in group if "diverged" in run]
    columns = [f"seeds {label}: {word}" for label in groups for word in ("median", "worst", "its seed")]
    head = ["measure", "ideal", "real data", *columns]
    lines = [f"### `{name}`\n", " ".join(about) + "\n", "| " + " | ".join(head) + " |",
             "|---" + "|---:" * (len(head) - 1) + "|"]
    for i, (measure, _, ideal, *real) in enumerate(first["table"]):
        floors = [run["table"][i][3:] for group in whole for run in group]
        cells = [measure, digits(ideal), floor(floors)]
        away = lambda pair: np.inf if np.isnan(pair[0]) else abs(pair[0] - ideal)
        for group in whole:
            values = [(np.nan if run["table"][i][1] is None else run["table"][i][1], run["seed"]) for run in group]
            worst, seed = max(values, key=away, default=(np.nan, ""))
            cells += [digits(np.median([value for value, _ in values] or [np.nan])), digits(worst), str(seed)]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def failures_table(names, seeds, made):
    """Of each failure the rows that show it, broken beside mended: median and range."""
    lines = [f"| failure | of | seen in | broken: median, range of {len(seeds)} seeds | mended |",
             "|---|---|---|---|---|"]
    for name in names:
        failure = tg.failures.FAILURES[name]
        for i, row in enumerate(failure.shows):
            cells = []
            for word in ("broken", "mended"):
                values = [made[name, seed][word][row] for seed in seeds]
                cells.append(f"{digits(np.median(values))}, {digits(min(values))} to {digits(max(values))}")
            first = [f"`{name}`", failure.recipe] if i == 0 else ["", ""]
            lines.append("| " + " | ".join([*first, row, *cells]) + " |")
    return "\n".join(lines) + "\n"


def floor(floors):
    """What real data scored: the median over the seeds, and the lowest and highest of all their pairs."""
    if any(low is None for _, low, _ in floors):
        return ""
    medians, lows, highs = zip(*floors)
    return f"{digits(np.median(medians))} ({digits(min(lows))} to {digits(max(highs))})"


def digits(number):
    """Four digits after the point, or none where there is nothing after it."""
    return "none" if np.isnan(number) else f"{number:.0f}" if number == np.round(number) else f"{number:.4f}"


def median_and_worst(seconds):
    return f"{np.median(seconds):.1f} ({max(seconds):.1f} at most)"


def parse_seeds(text):
    """"0-9" or "7": a range of seeds."""
    first, _, last = text.partition("-")
    if not (first.isdecimal() and (last or first).isdecimal() and int(first) <= int(last or first)):
        raise ValueError(f"--seeds must be ranges such as 0-9, or single numbers, not {text!r}")
    return range(int(first), int(last or first) + 1)


def parse_setting(text):
    """"lr_g=0.03": the name of a setting and its value; what is no number and not None is a word."""
    name, equals, value = text.partition("=")
    if not equals:
        raise ValueError(f"--set must be NAME=VALUE, such as lr_g=0.03, not {text!r}")
    try:
        return name, ast.literal_eval(value)
    except (ValueError, SyntaxError):
        return name, value


def main():
    spell_what_cant_be_shown()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("recipes", nargs="*", metavar="NAME", help="which recipes (default: all), or failures")
    parser.add_argument("--failures", action="store_true",
                        help="the failures, and the recipes mended, instead of the recipes")
    parser.add_argument("--seeds", nargs="+", default=["0-9", "10-29"], metavar="A-B",
                        help="groups of seeds (default: 0-9 10-29)")
    parser.add_argument("--jobs", type=int, default=2, metavar="N", help="runs at a time (default: 2)")
    parser.add_argument("--iterations", type=int, metavar="N", help="instead of each recipe's own number")
    parser.add_argument("--set", nargs="+", default=[], metavar="NAME=VALUE",
                        help="instead of each recipe's own setting")
    parser.add_argument("--keep", type=Path, metavar="FILE", help="one line of JSON for each finished run")
    parser.add_argument("--page", type=Path, metavar="FILE", help="the page to write the tables to")
    options = parser.parse_args()
    room, make = (tg.failures, one_failure) if options.failures else (tg.recipes, one)
    names = options.recipes or room.names()
    try:                                                                # a mistake is better known now
        groups = {label: parse_seeds(label) for label in options.seeds}
        settings = dict(map(parse_setting, options.set))
        if settings and options.failures:
            raise ValueError("--set is for recipes: a failure has its own settings")
        for name in names:
            if options.failures:
                tg.failures.start(name, 0, options.iterations)
            else:
                tg.recipes.start(name, 0, options.iterations, settings)
    except (TypeError, ValueError) as error:
        parser.error(str(error))
    seeds = [seed for group in groups.values() for seed in group]
    made = results(make, names, seeds, options.jobs, options.iterations, settings, options.keep)
    versions = (f"tinygan {tg.__version__}, NumPy {np.__version__}, Python {platform.python_version()}, "
                f"{platform.machine()}")
    command = " ".join([".venv/bin/python examples/benchmarks/ten_seeds.py", *options.recipes,
                        *["--failures"] * options.failures, *["--set"] * bool(settings), *options.set,
                        "--seeds", *options.seeds])
    tables = [failures_table(names, seeds, made)] if options.failures else [
        overview(names, groups, made), *(section(name, groups, made) for name in names)]
    text = "\n".join([MARK, f"\n`{command}` with {versions}; one core a run.\n", *tables])
    publish(text, MARK, options.page)


if __name__ == "__main__":
    main()
