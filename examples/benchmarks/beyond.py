"""The table of docs/beyond.md, and its pictures: examples 28 to 32 on several seeds.

    python examples/benchmarks/beyond.py                             all five, seeds 0 to 4: a quarter of an hour
    python examples/benchmarks/beyond.py 31 --seeds 5 6              less of it
    python examples/benchmarks/beyond.py --page docs/beyond.md       the table takes the place of the one on the page
    python examples/benchmarks/beyond.py --pictures docs/beyond      the pictures alone, seed 0

Each example is run as it stands, with another `seed`, and what it has in `measured` is kept. Prints Markdown: the
median over the seeds, and the lowest and the highest value.
"""

import argparse
import contextlib
import io
import os
import platform
import shutil
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ["MPLBACKEND"] = "agg"

import matplotlib.pyplot as plt
import numpy as np

import tinygan as tg
from tinygan._files import publish

EXAMPLES = Path(__file__).parents[1]
NUMBERS = ["28", "29", "30", "31", "32"]
MARK = "<!-- made by examples/benchmarks/beyond.py -->"


def measured(path, seed):
    """What the example has in `measured`, run with this seed in the present folder."""
    source, space = path.read_text(encoding="utf-8"), {"__name__": "__main__"}
    with contextlib.redirect_stdout(io.StringIO()):
        exec(compile(source.replace("\nseed = 0\n", f"\nseed = {seed}\n"), path.name, "exec"), space)
    plt.close("all")
    return space["measured"]


def rows(path, seeds):
    """The rows of the table for one example."""
    found = []
    for seed in seeds:
        started = time.perf_counter()
        found.append(measured(path, seed))
        print(f"{path.name}, seed {seed}: {time.perf_counter() - started:.0f} s", file=sys.stderr, flush=True)
    for name in found[0]:
        values = [each[name] for each in found]
        yield (f"| [{path.stem[:2]}](../examples/{path.name}) | {name} | {np.median(values):.3f} "
               f"| {min(values):.3f} to {max(values):.3f} |")


def main():
    """Run the examples, and print the table or keep the pictures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("numbers", nargs="*", default=NUMBERS, metavar="NUMBER", help=" ".join(NUMBERS))
    parser.add_argument("--seeds", nargs="+", type=int, default=range(5))
    parser.add_argument("--page", type=Path)
    parser.add_argument("--pictures", type=Path)
    options = parser.parse_args()
    if not set(options.numbers) <= set(NUMBERS):                    # (as choices, they would refuse the default)
        parser.error(f"NUMBER must be one of {', '.join(NUMBERS)}, not {' '.join(options.numbers)}")
    paths = [path for number in options.numbers for path in EXAMPLES.glob(f"{number}_*.py")]
    page, pictures = (path and path.resolve() for path in (options.page, options.pictures))
    here = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)                                                    # the examples write their pictures there
        table = [row for path in paths for row in rows(path, [0] if pictures else options.seeds)]
        for path in paths if pictures else ():
            shutil.copy(f"tinygan-out/{path.stem}.png", pictures / f"{path.stem[3:].replace('_', '-')}.png")
        os.chdir(here)
    if not pictures:
        command = " ".join(["examples/benchmarks/beyond.py", *(options.numbers if options.numbers != NUMBERS else ())])
        publish("\n".join([
            MARK, "", f"`.venv/bin/python {command}`, seeds {', '.join(map(str, options.seeds))}, tinygan "
            f"{tg.__version__}, NumPy {np.__version__}, Python {platform.python_version()}.", "",
            "| example | what | median | lowest to highest |", "|---|---|---|---|", *table]) + "\n", MARK, page)


if __name__ == "__main__":
    main()
