"""How long an iteration takes, and the whole command, beside what others take: the tables of docs/performance.md.

    python examples/benchmark.py iteration           one iteration against the bare matrix products and against others
    python examples/benchmark.py process             from the command to the picture of the ring
    python examples/benchmark.py growth              time and memory as m, width and depth grow
    python examples/benchmark.py                     all three, some ten minutes

Everything runs on one core. PyTorch, JAX and autograd take part where they are installed, and each
has first to reach the parameters that tinygan reaches, to 1e-6 after 20 iterations in float64.
Ratios are taken within a round, in which all take their turn, so that a slow moment slows all of
them. With --page FILE the tables take the place of what stands in FILE below the line that names
this script.
"""

import os

for _variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_variable, "1")                       # before NumPy is loaded
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})     # and for those that have other ways

import argparse
import importlib.metadata
import importlib.util
import platform
import random
import statistics
import subprocess
import sys
import tempfile
import time
import tracemalloc
from dataclasses import dataclass
from pathlib import Path

import numpy as np

import tinygan as tg
from tinygan.files import replace_below

MARK = "<!-- made by examples/benchmark.py -->"
PEERS = {                                                       # how it is called: (module of peers/, what builds it)
    "tinygan": ("in_tinygan", "build"),
    "matrix products alone": ("products", "build"),
    "NumPy, as in a first tutorial": ("naive", "build"),
    "PyTorch eager, foreach SGD": ("in_torch", "eager_foreach"),
    "PyTorch eager, fused SGD": ("in_torch", "eager_fused"),
    "torch.compile": ("in_torch", "compiled"),
    "JAX, jit per iteration": ("in_jax", "jitted"),
    "JAX, scan": ("in_jax", "scanned"),
    "HIPS autograd": ("in_autograd", "build"),
}
WORKLOADS = {                                                   # name: (widths of G, widths of D, m)
    "2-64-64, m = 64": ([2, 64, 64, 2], [2, 64, 64, 1], 64),
    "2-128-128, m = 64": ([2, 128, 128, 2], [2, 128, 128, 1], 64),
    "2-128-128, m = 256": ([2, 128, 128, 2], [2, 128, 128, 1], 256),
    "2-128-128, m = 1024": ([2, 128, 128, 2], [2, 128, 128, 1], 1024),
    "784-512-512, m = 128": ([100, 512, 512, 784], [784, 512, 512, 1], 128),
}
BATCHES = 20                                                    # minibatches that are prepared, and then used again


@dataclass
class Problem:
    """Two networks at their start, and minibatches to train them with."""

    widths_G: list
    widths_D: list
    m: int
    dtype: type
    lr_d: float = 0.002
    lr_g: float = 0.001
    momentum: float = 0.5
    slope: float = 0.2                                          # of D's leaky rectifiers; G has plain ones

    def __post_init__(self):
        rng = np.random.default_rng(0)
        normal = lambda width: [rng.standard_normal((self.m, width)).astype(self.dtype) for _ in range(BATCHES)]
        self.theta_G = tg.MLP(self.widths_G, hidden="relu", dtype=self.dtype, rng=rng).theta
        self.theta_D = tg.MLP(self.widths_D, hidden="leaky_relu", dtype=self.dtype, rng=rng).theta
        self.z, self.x, self.z_G = (normal(net[0]) for net in (self.widths_G, self.widths_D, self.widths_G))

    def minibatch(self, iteration):
        """z and x for D's step, z for G's."""
        return tuple(batches[iteration % BATCHES] for batches in (self.z, self.x, self.z_G))


def found():
    """{name: what builds it}, of the peers that can be imported here."""
    builders = {}
    for name, (module, builder) in PEERS.items():
        try:
            builders[name] = getattr(importlib.import_module(f"peers.{module}"), builder)
        except ImportError:
            print(f"{name}: not installed", file=sys.stderr)
    return builders


def check_same(builders):
    """After 20 iterations in float64 all have the same parameters: the largest relative difference of each."""
    problem = Problem([2, 64, 64, 2], [2, 64, 64, 1], 64, np.float64)
    ends = {}
    for name, build in builders.items():
        peer = build(problem)
        peer.run(BATCHES)
        if hasattr(peer, "theta"):
            ends[name] = np.concatenate(peer.theta())
    wanted = ends["tinygan"]
    apart = {name: np.abs(end - wanted).max() / np.abs(wanted).max() for name, end in ends.items()}
    for name, difference in apart.items():
        if not difference < 1e-6:
            sys.exit(f"{name} is {difference:.1e} away from tinygan after {BATCHES} iterations: not the same algorithm")
    return max(apart.values())


def iteration_tables(rounds):
    """In float32 and in float64, once all are known to do the same."""
    builders = found()
    apart = check_same(builders)
    said = f"After {BATCHES} iterations in float64 all parameters agree to {apart:.0e}.\n"
    return "\n".join([said, *(iteration_table(builders, dtype, rounds) for dtype in (np.float32, np.float64))])


def iteration_table(builders, dtype, rounds):
    """Median over rounds of the ratio to the matrix products, with the quartiles; and tinygan's µs."""
    lines = [f"| {np.dtype(dtype).name} | " + " | ".join(WORKLOADS) + " |", "|---" + "|---:" * len(WORKLOADS) + "|"]
    cells = {name: [] for name in builders}
    microseconds = []
    for widths_G, widths_D, m in WORKLOADS.values():
        problem = Problem(widths_G, widths_D, m, dtype)
        peers = {name: build(problem) for name, build in builders.items()}
        times = race(peers, rounds)
        base = times["matrix products alone"]
        for name in peers:
            cells[name].append(ratio([t / b for t, b in zip(times[name], base)]))
        microseconds.append(f"{1e6 * statistics.median(times['tinygan']):.0f} µs")
    lines += ["| " + " | ".join([name, *cells[name]]) + " |" for name in builders]
    lines.append("| " + " | ".join(["an iteration of tinygan", *microseconds]) + " |")
    return "\n".join(lines) + "\n"


def race(peers, rounds):
    """{name: seconds an iteration in each round}; each round lets all run, in changing order."""
    n = {name: BATCHES for name in peers}
    for name, peer in peers.items():                            # warm up, compile, and see how many fill 30 ms
        peer.run(BATCHES)
        started = time.perf_counter()
        peer.run(BATCHES)
        n[name] = BATCHES * max(1, round(0.03 / (time.perf_counter() - started)))
    times, order = {name: [] for name in peers}, random.Random(0)
    for _ in range(rounds):
        for name in order.sample(list(peers), len(peers)):
            started = time.perf_counter()
            peers[name].run(n[name])
            times[name].append((time.perf_counter() - started) / n[name])
    return times


def ratio(values):
    """Median, and the quartiles."""
    low, middle, high = statistics.quantiles(values, n=4)
    return f"{middle:.2f} ({low:.2f}–{high:.2f})"


def process_table(rounds):
    """Seconds from the command to the picture of the ring: whole processes, in turn."""
    here = Path(__file__).parent
    commands = {"tinygan": ["-m", "tinygan", "train", "ring", "--out"]}
    for name, module in (("PyTorch", "torch"), ("JAX", "jax")):
        if importlib.util.find_spec(module):
            commands[f"a {name} script"] = [str(here / "peers" / f"ring_in_{module}.py")]
    commands["(Python that imports NumPy and matplotlib alone)"] = ["-c", "import numpy, matplotlib.figure, matplotlib.backends.backend_agg"]
    seconds = {name: [] for name in commands}
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(rounds + 1):                             # the first fills the caches of files
            for name, command in commands.items():
                started = time.perf_counter()
                subprocess.run([sys.executable, *command, folder], check=True, capture_output=True)
                seconds[name].append(time.perf_counter() - started)
    lines = ["| from the command to the ring's picture | seconds: median | lowest to highest | ratio to tinygan |", "|---|---:|---:|---:|"]
    for name, values in seconds.items():
        values = values[1:]
        times = statistics.median([value / own for value, own in zip(values, seconds["tinygan"][1:])])
        lines.append(f"| {name} | {statistics.median(values):.2f} | {min(values):.2f} to {max(values):.2f} | {times:.2f} |")
    return "\n".join(lines) + "\n"


def growth_table(rounds):
    """Time and memory as one of m, width and depth grows, the others staying at 64, 128 and 2."""
    lines = ["| m | width | hidden layers | µs an iteration | million products | ns a product | peak memory | in θ | beyond 6 θ, in minibatches |",
             "|---:" * 9 + "|"]
    sizes = [*((m, 128, 2) for m in (1, 16, 64, 256, 1024)), *((64, width, 2) for width in (16, 64, 256, 512)),
             *((64, 128, depth) for depth in (1, 4, 8))]
    build = found()["tinygan"]
    problems = {size: Problem([2, *[size[1]] * size[2], 2], [2, *[size[1]] * size[2], 1], size[0], np.float32) for size in sizes}
    times = race({size: build(problem) for size, problem in problems.items()}, rounds)
    for (m, width, depth), problem in problems.items():
        seconds = statistics.median(times[m, width, depth])
        products = sum(a.size * b.shape[1] for a, b, out in importlib.import_module("peers.products").build(problem).factors)
        peak, theta, batch = memory(build, problem)
        lines.append(f"| {m} | {width} | {depth} | {1e6 * seconds:.0f} | {products / 1e6:.2f} | {1e9 * seconds / products:.2f} "
                     f"| {peak / 1e6:.2f} MB | {peak / theta:.1f} | {(peak - 6 * theta) / batch:.1f} |")
    return "\n".join(lines) + "\n"


def memory(build, problem):
    """Bytes: the most that is held while training, networks included; θ of both networks; and the
    activations of one minibatch in both."""
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    peer = build(problem)
    peer.run(BATCHES)
    peak = tracemalloc.get_traced_memory()[1] - before
    tracemalloc.stop()
    size = np.dtype(problem.dtype).itemsize
    theta = size * (problem.theta_G.size + problem.theta_D.size)
    return peak, theta, size * problem.m * (sum(problem.widths_G) + sum(problem.widths_D))


def versions():
    names = [f"tinygan {tg.__version__}", f"NumPy {np.__version__}", f"Python {platform.python_version()}"]
    for module in ("torch", "jax", "autograd"):
        if importlib.util.find_spec(module):
            names.append(f"{module} {importlib.metadata.version(module)}")
    return ", ".join(names)


def machine():
    """What the processor calls itself."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        return next(line.split(":")[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    tables = {"iteration": iteration_tables, "process": process_table, "growth": growth_table}
    parser.add_argument("tables", nargs="*", metavar="TABLE", help=f"which of {', '.join(tables)} (default: all)")
    parser.add_argument("--rounds", type=int, default=15, metavar="N", help="how often all take their turn (default: 15)")
    parser.add_argument("--page", type=Path, metavar="FILE", help="the page to write the tables to")
    options = parser.parse_args()
    for name in options.tables:
        if name not in tables:
            parser.error(f"TABLE {name!r} is unknown: it can be {', '.join(tables)}")
    if options.rounds < 2:
        parser.error(f"--rounds must be at least 2, not {options.rounds}")
    made = [tables[name](options.rounds) for name in options.tables or tables]
    command = " ".join(["python examples/benchmark.py", *options.tables, "--rounds", str(options.rounds)])
    text = "\n".join([MARK, f"\n`{command}` with {versions()}; one core of {machine()}.\n", *made])
    if options.page:
        replace_below(options.page, MARK, text)
    else:
        print(text)


if __name__ == "__main__":
    main()
