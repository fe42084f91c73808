"""When G's units die in the failure `dead-g`, and what keeps them alive: the numbers of docs/when-it-fails.md.

    python examples/benchmarks/dead_units.py                 some minutes of one core
    python examples/benchmarks/dead_units.py --seeds 3       less of it

Prints a table: for plain and for leaky rectifiers in G, and for several rates lr_g, on how many seeds all z end on one
point, on how many G ends with seven modes or eight, and how it went in the first iterations.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")              # before NumPy is loaded

import argparse

import numpy as np

import tinygan as tg
from tinygan._terminal import spell_what_cant_be_shown
from tinygan.recipes import failures
from tinygan.training import _spread

POINT = 0.01 * np.sqrt(0.5)                                     # 1 % of the spread of the data


def dead(G, z):
    """The share of the last hidden layer's units that no z brings above 0."""
    y = z.astype(G.dtype)
    for layer in G.layers[:-1]:
        y = layer(y)
    return (y <= 0).all(axis=0).mean()


def begin(pair):
    """The first 300 iterations: the longest way of G(z) in one of the first five, in radii of the ring; when G(z)
    became a point, or NaN; the share of dead units after 20, and then."""
    game, z, ways, point, share, after_20 = pair.broken.game, pair.z, [], np.nan, np.nan, np.nan
    x = game.G(z)
    while game.iteration < 300:
        before = x
        game.step()
        x = game.G(z)
        ways.append(np.linalg.norm(x - before, axis=1).mean())
        if game.iteration == 20:
            after_20 = dead(game.G, z)
        if np.isnan(point) and _spread(x) < POINT:
            point, share = game.iteration, dead(game.G, z)
    return max(ways[:5]), point, after_20, share


def one(seed, lr_g, slope):
    """A whole run: what `begin` says; the spread of G(z) and the modes at the end. Or None where it diverges."""
    pair = failures.start("dead-g", seed)
    for layer in pair.broken.game.G.layers[1::2]:
        layer.slope = slope
    pair.broken.game.lr_g = lr_g
    try:
        first = begin(pair)
        pair.broken.train()
    except tg.DivergenceError:
        return None
    row = {row.name: row.value for row in pair.measure()["broken"]}
    return *first, row["G(z), spread"], row["modes with 20 good"]


def cell(numbers):
    """Median and range of those that are there."""
    there = [number for number in numbers if not np.isnan(number)]
    return f"{np.median(there):.2g}, {min(there):.2g} to {max(there):.2g}" if there else ""


def main():
    spell_what_cant_be_shown()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=10, metavar="N", help="seeds 0 to N − 1 (default: 10)")
    seeds = range(parser.parse_args().seeds)
    print("| G | lr_g | one point | 7 or 8 modes | diverged | longest of the first five ways | a point at iteration "
          "| dead after 20 | dead then | spread at the end |\n" + "|---" * 10 + "|")
    for slope, word in ((0.0, "plain"), (0.2, "leaky")):
        for lr_g in (0.015, 0.1, 0.3, 1.0):
            runs = [one(seed, lr_g, slope) for seed in seeds]
            way, point, after_20, then, spread, modes = np.transpose([run for run in runs if run] or [[np.nan] * 6])
            counts = [np.sum(spread < POINT), np.sum(modes >= 7), runs.count(None)]
            cells = [word, lr_g, *counts, *map(cell, (way, point, after_20, then, spread))]
            print("| " + " | ".join(map(str, cells)) + " |", flush=True)


if __name__ == "__main__":
    main()
