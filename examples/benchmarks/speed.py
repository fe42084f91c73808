"""How long an iteration takes, and the whole command, beside what others take: docs/performance-tables.md.

    python examples/benchmarks/speed.py                        all of it; twenty minutes with all the others installed
    python examples/benchmarks/speed.py iteration              one iteration beside its matrix products, and others
    python examples/benchmarks/speed.py where                  what an iteration spends its time on, recipe by recipe
    python examples/benchmarks/speed.py parts                  parts of an iteration, written in two ways
    python examples/benchmarks/speed.py process                from the command to the picture of the ring
    python examples/benchmarks/speed.py imports                what `import tinygan` costs
    python examples/benchmarks/speed.py growth                 time and memory as m, width and depth grow
    python examples/benchmarks/speed.py iteration --only 256   the workloads whose name has a 256 in it

Everything runs on one core. PyTorch, JAX and autograd take part where they are installed, and each
has first to reach the parameters that tinygan reaches, to 1e-6 after 20 iterations in float64.
Ratios are taken within a round, in which all take their turn, so that a slow moment slows all of
them. With --page FILE the tables take the place of what stands in FILE below the line that names
this script.
"""

import os
import sys

os.environ.update(dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1"))  # all of them

import argparse
import importlib.metadata
import importlib.util
import platform
import random
import statistics
import subprocess
import tempfile
import time
import tracemalloc
from pathlib import Path

import numpy as np

import tinygan as tg
from tinygan._files import publish
from tinygan._terminal import spell_what_cant_be_shown

HERE = Path(__file__).parent
sys.path.append(str(HERE))

from peers import in_tinygan, products
from peers.problem import BATCHES, WORKLOADS, Problem

MARK = "<!-- made by examples/benchmarks/speed.py -->"
PEERS = {                                                       # how it is called: (module of peers/, what builds it)
    "tinygan": ("in_tinygan", "build"),
    "matrix products alone": ("products", "build"),
    "NumPy, as in a first tutorial": ("naive", "build"),
    "PyTorch eager, foreach SGD": ("in_torch", "eager_foreach"),
    "PyTorch eager, fused SGD": ("in_torch", "eager_fused"),
    "torch.compile": ("in_torch", "compiled"),
    "torch.compile, C++ wrapper": ("in_torch", "compiled_cpp"),
    "JAX, jit per iteration": ("in_jax", "jitted"),
    "JAX, scan": ("in_jax", "scanned"),
    "HIPS autograd": ("in_autograd", "build"),
}
EAGER = "PyTorch eager, foreach SGD", "PyTorch eager, fused SGD"
COMPILED = "torch.compile", "torch.compile, C++ wrapper"
BARS = [                                                        # workload, the fastest of these, divided by this, bound
    ("2-64-64, m = 64", ["tinygan"], "matrix products alone", "at most", 2.7),
    ("2-128-128, m = 64", ["tinygan"], "matrix products alone", "at most", 1.6),
    ("2-128-128, m = 256", ["tinygan"], "matrix products alone", "at most", 1.42),
    ("784-512-512, m = 128", ["tinygan"], "matrix products alone", "at most", 1.13),
    ("2-128-128, m = 64", EAGER, "tinygan", "at least", 2.5),
    ("2-128-128, m = 256", EAGER, "tinygan", "at least", 1.6),
    ("2-128-128, m = 64", COMPILED, "tinygan", "at least", 1),
    ("2-128-128, m = 256", COMPILED, "tinygan", "at least", 1),
    ("2-128-128, m = 64", ["JAX, jit per iteration"], "tinygan", "at least", 1),
    ("2-128-128, m = 256", ["JAX, jit per iteration"], "tinygan", "at least", 1),
]


def table(head, rows):
    """Markdown, the first column to the left and the others to the right."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join("| " + " | ".join(map(str, cells)) + " |" for cells in lines) + "\n"


def race(runners, rounds, least=0.03):
    """{name: seconds an iteration, of each round}; in a round each one runs, in changing order, for some 30 ms.

    A runner is called with n, to run n iterations; n is a multiple of BATCHES.
    """
    n = {}
    for name, run in runners.items():                           # warm up, compile, and see how many fill the time
        run(BATCHES)
        started = time.perf_counter()
        run(BATCHES)
        n[name] = BATCHES * max(1, round(least / (time.perf_counter() - started)))
    times, order = {name: [] for name in runners}, random.Random(0)
    for _ in range(rounds):
        for name in order.sample(list(runners), len(runners)):
            started = time.perf_counter()
            runners[name](n[name])
            times[name].append((time.perf_counter() - started) / n[name])
    return times


def ratio(over, under):
    """Median of the ratios, round by round, and their quartiles."""
    low, middle, high = statistics.quantiles([a / b for a, b in zip(over, under)], n=4, method="inclusive")
    return f"{middle:.2f} ({low:.2f}–{high:.2f})"


# One iteration

def iteration_tables(rounds, workloads):
    """In float32 and in float64, once all are known to do the same; and what was to be reached."""
    builders = found()
    said = f"After {BATCHES} iterations in float64 all parameters agree to {check_same(builders):.0e}.\n"
    runners = lambda sizes, dtype: {name: build(Problem(*sizes, dtype)).run for name, build in builders.items()}
    times = {(workload, dtype): race(runners(sizes, dtype), rounds)
             for dtype in (np.float32, np.float64) for workload, sizes in workloads.items()}
    tables = [iteration_table(times, dtype, workloads, builders) for dtype in (np.float32, np.float64)]
    return "\n".join([said, *tables, bars({workload: times[workload, np.float32] for workload in workloads})])


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
    """After 20 iterations in float64 all have the same parameters: the largest relative difference."""
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


def iteration_table(times, dtype, workloads, builders):
    """Ratios to the matrix products; and tinygan's µs."""
    columns = [times[workload, dtype] for workload in workloads]
    rows = [[name, *(ratio(column[name], column["matrix products alone"]) for column in columns)] for name in builders]
    rows.append(["an iteration of tinygan",
                 *(f"{1e6 * statistics.median(column['tinygan']):.0f} µs" for column in columns)])
    return table([np.dtype(dtype).name, *workloads], rows)


def bars(times):
    """What was to be reached in float32, and what was."""
    rows = []
    for workload, over, under, bound, wanted in BARS:
        of_this = times.get(workload, {})
        over = [name for name in over if name in of_this]
        if over:
            best = min(over, key=lambda name: statistics.median(of_this[name]))
            measured = ratio(of_this[best], of_this[under])
            number = float(measured.split()[0])
            reached = number <= wanted if bound == "at most" else number >= wanted
            said = "yes" if reached else "**no**"
            rows.append([f"{best} / {under}, {workload}", f"{bound} {wanted:g}", measured, said])
    return table(["time of … / time of …, float32", "to reach", "measured", "reached"], rows) if rows else ""


# Where the time goes

def where_table(rounds, workloads):
    """Of each workload's and each recipe's iteration, in float32: µs, and what they go to."""
    games = {name: in_tinygan.build(Problem(*sizes, np.float32)).game for name, sizes in workloads.items()}
    recipes = tg.recipes.names() if len(workloads) == len(WORKLOADS) else ["ring"]
    games |= {f"`{name}`": tg.recipes.start(name).game for name in recipes}
    steps = lambda of: (("iteration", of.step), ("products", products_of(of)), ("sampling", sampling_of(of)))
    rows = []
    for name, game in games.items():
        small = in_miniature(game)
        times = race({each + part: runner(step) for each, of in (("", game), ("small ", small))
                      for part, step in steps(of)}, rounds)
        whole, bare, sampling, *of_small = (statistics.median(seconds) for seconds in times.values())
        calls = of_small[0] - of_small[1] - of_small[2]
        parts = [bare, whole - bare - calls - sampling, calls, sampling]
        rows.append([name, game.m, f"{1e6 * whole:.0f}", *(f"{100 * part / whole:.0f} %" for part in parts)])
    return table(["an iteration of", "m", "µs", "matrix products", "other arithmetic", "Python and NumPy's calls",
                  "sampling"], rows)


def runner(step):
    """n → n times `step()`."""
    def run(n):
        for _ in range(n):
            step()
    return run


def in_miniature(game):
    """The same game with one example, one unit in a layer and one number in an example: every call, and no work."""
    small = [tg.MLP([1] * len(net.widths), net.hidden, net.output, dropout=net.dropout,
                    input_dropout=net.input_dropout, pieces=1, dtype=net.dtype) for net in (game.G, game.D)]
    return tg.Algorithm1(*small, tg.data.Uniform(1, 0, 1), tg.data.Normal(1), k=game.k, m=1, lr_d=1e-9, lr_g=1e-9,
                         momentum=game.momentum, objective=game.objective, max_norm=game.max_norm,
                         schedule=game.schedule, iterations=10**9, r1=game.r1)


def products_of(game):
    """One iteration's matrix products, as a function."""
    shapes = ([linear.W.shape for linear in net.linears] for net in (game.G, game.D))
    bare = products.Products(*shapes, game.m, game.G.dtype)
    return lambda: bare.run(1)


def sampling_of(game):
    """One iteration's three minibatches, as a function."""
    def sample():
        for source in (game.noise, game.data, game.noise):
            game.sample(source)
    return sample


# What pays

def parts_tables(rounds, workloads):
    """Parts of an iteration written in two ways; and an iteration with and without the memory that is kept."""
    parts = importlib.import_module("peers.parts")
    rows = []
    for what, here, otherwise in parts.PARTS:
        times = race({"here": looped(here, parts.NAMES), "otherwise": looped(otherwise, parts.NAMES)}, rounds)
        micros = [f"{1e6 * statistics.median(times[way]):.1f}" for way in ("here", "otherwise")]
        rows.append([what, f"`{here}`", micros[0], f"`{otherwise}`", micros[1],
                     ratio(times["otherwise"], times["here"])])
    head = [f"float32, {parts.ROWS} rows of {parts.WIDTH} units", "here", "µs", "otherwise", "µs", "otherwise / here"]
    kept = [[workload, *(memory_ratio(workload, keep, rounds) for keep in (True, False))] for workload in workloads]
    kept_head = ["iteration / its products, float32", "memory kept for the next array", "handed back to the system"]
    return "\n".join([table(head, rows), table(kept_head, kept)])


def looped(code, names):
    """n → n times this line of code."""
    scope = dict(names)
    exec(f"def run(n):\n    for _ in range(n):\n        {code}", scope)
    return scope["run"]


def memory_ratio(workload, keep, rounds):
    """The ratio of an iteration to its products in a process of its own."""
    code = f"""
import sys
from tinygan import _machine                            # before training.py asks it
if not {keep}:
    _machine.keep_memory = lambda: None
sys.path.append({str(HERE)!r})
import numpy, speed
from peers import in_tinygan, products
problem = speed.Problem(*speed.WORKLOADS[{workload!r}], numpy.float32)
times = speed.race({{"tinygan": in_tinygan.build(problem).run, "products": products.build(problem).run}}, {rounds})
print(speed.ratio(times["tinygan"], times["products"]))
"""
    return python(["-c", code]).strip()


# The whole process

def process_tables(rounds, workloads):
    """Seconds from the command to the picture of the ring: whole processes, in turn."""
    rounds = max(2, rounds // 3)
    first, again = "torch.compile, the first time", "torch.compile, with what it had kept from before"
    with tempfile.TemporaryDirectory() as folder:
        commands = {"`.venv/bin/tinygan train ring`": ["-m", "tinygan", "train", "ring", "--out"]}
        if importlib.util.find_spec("torch"):
            commands["a PyTorch script"] = [str(HERE / "peers/ring_in_torch.py")]
            commands |= dict.fromkeys((first, again), [str(HERE / "peers/ring_in_torch_compiled.py")])
        if importlib.util.find_spec("jax"):
            commands["a JAX script"] = [str(HERE / "peers/ring_in_jax.py")]
        imports = "import numpy, matplotlib.figure, matplotlib.backends.backend_agg"
        commands["(Python that imports NumPy and matplotlib)"] = ["-c", imports]
        seconds = {name: [] for name in commands}
        for i in range(rounds + 1):                             # the first fills the caches of files
            for name, command in commands.items():
                cache = f"{folder}/{i if name == first else 'kept'}"
                seconds[name].append(timed([*command, folder], TORCHINDUCTOR_CACHE_DIR=cache))
    rows = []
    for name, values in seconds.items():
        values, own = values[1:], seconds["`.venv/bin/tinygan train ring`"][1:]
        rows.append([name, f"{statistics.median(values):.2f}", f"{min(values):.2f} to {max(values):.2f}",
                     f"{statistics.median([value / mine for value, mine in zip(values, own)]):.2f}"])
    head = ["from the command to the ring's picture", "seconds: median", "lowest to highest", "ratio to tinygan"]
    return "\n".join([table(head, rows), stages_table(rounds)])


def python(arguments, **environment):
    """What Python prints with these arguments in a process of its own, with its compiled files kept as usual."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return subprocess.run([sys.executable, *arguments], check=True, capture_output=True, text=True, encoding="utf-8",
                          env={**kept, "PYTHONIOENCODING": "utf-8", **environment}).stdout


def timed(arguments, **environment):
    """Seconds that such a process takes."""
    started = time.perf_counter()
    python(arguments, **environment)
    return time.perf_counter() - started


STAGES = """
import sys, time
from pathlib import Path
seconds = [time.perf_counter()]
from tinygan import cli, recipes
from tinygan._terminal import Progress
seconds.append(time.perf_counter())
run = recipes.start("ring")
run.train(Progress(run.iterations))
seconds.append(time.perf_counter())
run.measure()
seconds.append(time.perf_counter())
run.save(Path(sys.argv[1]) / "ring.npz")
seconds.append(time.perf_counter())
cli.import_show()
seconds.append(time.perf_counter())
cli.write_picture(lambda show: show.one_run.picture(run), Path(sys.argv[1]) / "ring.png")
seconds.append(time.perf_counter())
print(*seconds)
"""


def stages_table(rounds):
    """What the command's seconds go to, each stage timed inside one process."""
    names = ["import NumPy and tinygan", "train", "measure", "save the networks", "import matplotlib",
             "draw and write the picture"]
    times = []
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(rounds):
            times.append(np.diff([float(word) for word in python(["-c", STAGES, folder]).split()]))
    medians = np.median(times, axis=0)
    rows = [[name, f"{seconds:.3f}", f"{100 * seconds / medians.sum():.0f} %"] for name, seconds in zip(names, medians)]
    return table(["`.venv/bin/tinygan train ring`", "seconds", "share"], rows)


def imports_table(rounds, workloads):
    """ms beyond what NumPy's own import takes: whole processes, in turn."""
    codes = {"`import numpy`": "import numpy", "`import numpy, tinygan`": "import numpy, tinygan"}
    times = {name: [] for name in codes}
    for _ in range(2 * rounds + 1):
        for name, code in codes.items():
            times[name].append(timed(["-c", code]))
    numpys = times["`import numpy`"][1:]
    beyond = lambda values: [value - own for value, own in zip(values[1:], numpys)]
    rows = [[name, f"{1e3 * statistics.median(values[1:]):.0f}", f"{1e3 * statistics.median(beyond(values)):.1f}"]
            for name, values in times.items()]
    return table(["a Python that runs", "ms", "ms beyond NumPy's"], rows)


# Growth

def growth_table(rounds, workloads):
    """Time and memory as one of m, width and depth grows, the others staying at 64, 128 and 2."""
    series = [[(m, 128, 2) for m in (1, 4, 16, 64, 256, 1024, 4096)],
              [(64, width, 2) for width in (8, 32, 128, 512, 1024)],
              [(64, 128, depth) for depth in (1, 2, 4, 8, 16)]]
    problem_of = lambda m, width, depth: Problem([2, *[width] * depth, 2], [2, *[width] * depth, 1], m, np.float32)
    multiplications = lambda problem: sum(a.size * b.shape[1] for a, b, out in products.build(problem).factors)
    rows = []
    for sizes in series:
        problems = {size: problem_of(*size) for size in sizes}
        times = race({size: in_tinygan.build(problem).run for size, problem in problems.items()}, rounds)
        seconds = {size: statistics.median(each) for size, each in times.items()}
        count = {size: multiplications(problem) for size, problem in problems.items()}
        least = min(seconds[size] / count[size] for size in sizes)
        for size, problem in problems.items():
            peak, theta, batch = memory(problem)
            rows.append([*size, f"{1e6 * seconds[size]:.0f}", f"{count[size] / 1e6:.2f}",
                         f"{seconds[size] / count[size] / least:.2f}",
                         f"{peak / 1e6:.2f}", f"{peak / theta:.1f}", f"{(peak - 6 * theta) / batch:.1f}"])
    return table(["m", "width", "hidden layers", "µs an iteration", "million multiplications",
                  "time of one, the least of its series being 1", "peak memory, MB", "in θ",
                  "beyond 6 θ, in activations"], rows)


def memory(problem):
    """Bytes: the most that is held while training, networks included; θ of both networks; and the
    activations of m examples in both."""
    tracemalloc.start()
    peer = in_tinygan.build(problem)
    tracemalloc.reset_peak()
    peer.run(BATCHES)
    peak = tracemalloc.get_traced_memory()[1]
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


TABLES = {"iteration": iteration_tables, "where": where_table, "parts": parts_tables,
          "process": process_tables, "imports": imports_table, "growth": growth_table}


def main():
    spell_what_cant_be_shown()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tables", nargs="*", metavar="TABLE", help=f"which of {', '.join(TABLES)} (default: all)")
    parser.add_argument("--only", default="", metavar="TEXT", help="only the workloads whose name has this in it")
    parser.add_argument("--rounds", type=int, default=15, metavar="N",
                        help="how often all take their turn (default: 15)")
    parser.add_argument("--page", type=Path, metavar="FILE", help="the page to write the tables to")
    options = parser.parse_args()
    for name in options.tables:
        if name not in TABLES:
            parser.error(f"TABLE {name!r} is unknown: it can be {', '.join(TABLES)}")
    if options.rounds < 2:
        parser.error(f"--rounds must be at least 2, not {options.rounds}")
    workloads = {name: sizes for name, sizes in WORKLOADS.items() if options.only in name}
    if not workloads:
        parser.error(f"--only {options.only!r} is in no workload's name: they are {'; '.join(WORKLOADS)}")
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})     # for those whose threads are counted in other ways
    made = [TABLES[name](options.rounds, workloads) for name in options.tables or TABLES]
    only = ["--only", f"{options.only!r}"] if options.only else []
    command = " ".join([".venv/bin/python examples/benchmarks/speed.py", *options.tables, *only,
                        "--rounds", str(options.rounds)])
    text = "\n".join([MARK, f"\n`{command}` with {versions()}; one core of {machine()}.\n", *made])
    publish(text, MARK, options.page)


if __name__ == "__main__":
    main()
