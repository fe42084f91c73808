"""What a busy process beside it costs a game that trains: NumPy's own number of threads, and one.

    python examples/benchmarks/beside_a_busy_process.py            on the ring's first example, five rounds
    python examples/benchmarks/beside_a_busy_process.py --rounds 3 examples/14_saturation.py

Runs a script with the machine to itself, and beside a loop that keeps one core busy; each with NumPy's usual
number of threads and with OPENBLAS_NUM_THREADS=1. Prints seconds: the median, the fastest and the slowest.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RING = Path(__file__).parents[1] / "01_ring.py"
ONE = {"OPENBLAS_NUM_THREADS": "1"}


def seconds(script, environment):
    """How long the script takes, in a folder of its own and without a window."""
    usual = {name: value for name, value in os.environ.items() if not name.endswith("_NUM_THREADS")}
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        subprocess.run([sys.executable, script.resolve()], cwd=folder, check=True, stdout=subprocess.DEVNULL,
                       env={**usual, "MPLBACKEND": "agg", **environment})
        return time.perf_counter() - started


def main():
    """Time all four, round by round, and print them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("script", nargs="?", type=Path, default=RING)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    times = {(beside, threads): [] for beside in ("alone", "beside a busy process") for threads in ("usual", "one")}
    for _ in range(options.rounds):
        for (beside, threads), found in times.items():
            busy = [] if beside == "alone" else [subprocess.Popen([sys.executable, "-c", "while True: pass"])]
            try:
                found.append(seconds(options.script, ONE if threads == "one" else {}))
            finally:
                for process in busy:
                    process.kill()
                    process.wait()
    for (beside, threads), found in times.items():
        print(f"{options.script.name} {beside:21}  {threads:5} threads  median {statistics.median(found):6.2f} s   "
              f"{min(found):.2f} to {max(found):.2f}")
    ratios = [usual / one for usual, one in zip(times["beside a busy process", "usual"],
                                                times["beside a busy process", "one"])]
    print(f"beside a busy process, usual / one thread: median {statistics.median(ratios):.2f}, "
          f"at most {max(ratios):.2f}")


if __name__ == "__main__":
    main()
