"""What finds a rare mode, and what does not: the numbers of "A rare mode" in docs/when-it-fails.md.

    python examples/benchmarks/rare_mode.py                          all of it, seeds 0 to 19: half an hour of one core
    python examples/benchmarks/rare_mode.py r1 classes --seeds 0-4   less: the rows that have one of these words in them

Two modes in the plane (std 0.2, four apart), standardised, the second with a twentieth of the examples; networks
of two hidden layers of 64, ReLU in G. "found" is the share of the second mode in all that lies within 3 std of a mode;
"on its side" the share of G(z) that is nearer to it than to the other. Classes are one-hot columns, and a generated
example counts for its largest entry. Prints Markdown: the median of the seeds, and the range.
"""

import argparse
import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

import tinygan as tg
from tinygan import data, theory
from tinygan._terminal import spell_what_cant_be_shown

CLASSES = [0.5, 0.3, 0.15, 0.05]
LOW = {"lr_d": 0.02}                                            # at 0.05 a penalty of 1 throws D's first steps far away
TWENTIETH = {                                                   # row: (settings of the game, and of what is around it)
    "nothing": {}, "cap 2": {"max_norm": 2.0}, "cap 0.6 to 1.45": {"max_norm": (0.6, 1.45)},
    "m = 256": {"m": 256}, "k = 5": {"k": 5}, "lr_g = 0.002": {"lr_g": 0.002},
    "12,000 iterations": {"iterations": 12_000}, "noise of 8 dimensions": {"dim": 8},
    "leaky rectifiers in G": {"hidden": "leaky_relu"},
    "r1 = 0.1": {"r1": 0.1}, "r1 = 0.3": {"r1": 0.3}, "r1 = 1": {"r1": 1.0, **LOW}, "r1 = 3": {"r1": 3.0, **LOW},
    "r1 = 1, 12,000 iterations": {"r1": 1.0, "iterations": 12_000, **LOW},
    "noise of 1 on the rows": {"blur": 1.0}, "the same, fading to 0": {"blur": 1.0, "fades": True}}
TENTH = {"a tenth, nothing": {}, "a tenth, r1 = 0.3": {"r1": 0.3}, "a tenth, r1 = 1": {"r1": 1.0, **LOW}}
OF_CLASSES = {"classes, nothing": {}, "classes, r1 = 0.3": {"r1": 0.3}, "classes, r1 = 1": {"r1": 1.0, **LOW},
              "classes, noise of 0.1 on the rows": {"blur": 0.1},
              "classes, noise of 0.1 on the rows, r1 = 0.3": {"blur": 0.1, "r1": 0.3}}


class Blurred:
    """Examples of `source`, each moved by N(0, blur² I)."""

    def __init__(self, source, blur):
        self.source, self.blur, self.dim = source, blur, source.dim

    def sample(self, m, rng):
        return self.source.sample(m, rng) + self.blur * rng.standard_normal((m, self.dim))


class OneHot:
    """Rows of one 1, at place j with probability CLASSES[j]."""

    dim = len(CLASSES)

    def sample(self, m, rng):
        return np.eye(self.dim)[np.random.default_rng(rng).choice(self.dim, m, p=CLASSES)]


def trained(source, seed, dim=2, hidden="relu", blur=0.0, fades=False, iterations=4000, **settings):
    """A game on `source`, played; with `fades` the blur is gone at seven tenths of the way."""
    rng, p_data = np.random.default_rng(seed), Blurred(source, blur)
    G = tg.MLP([dim, 64, 64, source.dim], hidden, dtype=np.float32, rng=rng)
    D = tg.MLP([source.dim, 64, 64, 1], "leaky_relu", dtype=np.float32, rng=rng)
    game = tg.Algorithm1(G, D, p_data, data.Normal(dim), schedule="linear", iterations=iterations, rng=rng, **settings)
    for t in range(0, iterations, 50):
        p_data.blur = blur * max(0, 1 - t / (0.7 * iterations)) if fades else blur
        game.train(50)
    return game


def two_modes(share, seed, options):
    """{column: number} of one seed."""
    mixture = data.GaussianMixture([[-2, 0], [2, 0]], 0.2, [1 - share, share])
    source = data.Standardised(mixture, mean=[4 * share - 2, 0], std=[4 * np.sqrt(share * (1 - share)), 0.2])
    game = trained(source, seed, **options)
    x = source.restore(game.G(game.noise.sample(20_000, 1)))
    found, end = tg.metrics.modes(x, mixture), -max(1, len(game.history["V"]) // 10)
    return {"found": found.counts[1] / max(1, found.counts.sum()), "on its side": np.mean(x[:, 0] > 0),
            "good": found.good, "V": np.mean(game.history["V"][end:]),
            "D(x)": np.mean(game.history["D_real"][end:]), "D(G(z))": np.mean(game.history["D_fake"][end:]),
            "spread": np.mean(game.history["D_spread"][end:]),
            "D there": tg.sigmoid(game.D(source.standardise(mixture.means))[1, 0].astype(float))}


def classes(seed, options):
    """The same of one-hot columns."""
    game = trained(OneHot(), seed, dim=4, **options)
    x = game.G(game.noise.sample(20_000, 1))
    share = np.bincount(x.argmax(axis=1), minlength=len(CLASSES)) / len(x)
    return {"rarest class": share[-1], "JSD (nats)": theory.js(share, np.array(CLASSES)),
            "V": np.mean(game.history["V"][-8:])}


def row(label, measure, seeds, options):
    """One line of the table; a seed that diverges is counted, and left out."""
    made, diverged = [], 0
    for seed in seeds:
        try:
            made.append(measure(seed, options))
        except tg.DivergenceError:
            diverged += 1
    cells = [f"{name} {np.median(values):.4f} ({min(values):.4f} to {max(values):.4f})"
             for name in (made[0] if made else ()) for values in [[each[name] for each in made]]]
    lost = [f"{diverged} of {len(seeds)} diverged"] * bool(diverged)
    print("| " + " | ".join([label, *lost, *cells]) + " |", flush=True)


def main():
    spell_what_cant_be_shown()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("words", nargs="*", metavar="WORD", help="only rows that have one of these in their names")
    parser.add_argument("--seeds", default="0-19", metavar="A-B", help="which seeds (default: 0-19)")
    options = parser.parse_args()
    first, _, last = options.seeds.partition("-")
    seeds = range(int(first), int(last or first) + 1)
    for rows, measure in ((TWENTIETH, lambda seed, options: two_modes(0.05, seed, options)),
                          (TENTH, lambda seed, options: two_modes(0.1, seed, options)), (OF_CLASSES, classes)):
        for label, settings in rows.items():
            if not options.words or any(word in label for word in options.words):
                row(label, measure, seeds, settings)


if __name__ == "__main__":
    main()
