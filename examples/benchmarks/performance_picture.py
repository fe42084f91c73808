"""Draws docs/performance.png from docs/performance-tables.md, which examples/benchmarks/speed.py made.

    python examples/benchmarks/performance_picture.py [PAGE] [PICTURE]
"""

import re
import sys
from pathlib import Path

import matplotlib
import numpy as np
from matplotlib.figure import Figure

from tinygan.show.style import GUIDE, SIZE, STYLE, save

PARTS = {"matrix products": "#444444", "other arithmetic": "#56B4E9", "Python and NumPy's calls": "#E69F00",
         "sampling": "#CC79A7"}
SHOWN = "`ring8`", "`ring`", "`grid25`", "2-128-128, m = 256", "2-128-128, m = 1024", "784-512-512, m = 128"
SERIES = {0: ("m", "o", "black"), 1: ("width", "s", "#009E73"), 2: ("depth", "^", "#CC79A7")}


def rows_below(text, head):
    """The cells of each row of the table that begins with `head`."""
    table = text.split(f"\n| {head}")[1].split("\n\n")[0]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()[2:]]


def picture(text):
    """A matplotlib Figure: shares of an iteration on the left, time against the number of products on the right."""
    with matplotlib.rc_context(STYLE):
        figure = Figure(figsize=SIZE)
        figure.suptitle("An iteration of Algorithm 1 in NumPy, float32, one core", fontsize=17)
        left, right = figure.subplots(1, 2, width_ratios=[1.25, 1])
        shares(left, {row[0]: row for row in rows_below(text, "an iteration of |")})
        growth(right, [[float(cell) for cell in row[:5]] for row in rows_below(text, "m | width")])
        return figure


def shares(ax, rows):
    """A bar for each game, in the four parts; the µs at its end."""
    for y, name in enumerate(reversed(SHOWN)):
        _, m, microseconds, *parts = rows[name]
        percent, start = [int(re.match(r"-?\d+", part)[0]) for part in parts], 0
        for share, colour in zip(np.array(percent) * 100 / sum(percent), PARTS.values()):  # rounded, they may sum to 99
            ax.barh(y, share, left=start, color=colour, height=0.7)
            start += share
        ax.text(102, y, f"{int(microseconds):,} µs", va="center")
    ax.set(title="what it spends its time on", xlabel="% of its time", xlim=(0, 125), xticks=range(0, 101, 25))
    ax.set_yticks(range(len(SHOWN)), [name.strip("`") for name in reversed(SHOWN)])
    ax.legend(ax.containers[:len(PARTS)], PARTS, ncols=2, loc="upper left", bbox_to_anchor=(0, -0.1), frameon=False)


def growth(ax, rows):
    """Time of an iteration against its products, as one size grows; dashed: in proportion."""
    base = [64, 128, 2]
    for i, (name, marker, colour) in SERIES.items():
        points = sorted((row[4], row[3]) for row in rows if all(row[j] == base[j] for j in range(3) if j != i))
        ax.plot(*zip(*points), marker=marker, color=colour, label=f"{name} grows")
    most = max(rows, key=lambda row: row[4])
    ax.plot([most[4] / 1e3, most[4]], [most[3] / 1e3, most[3]], color=GUIDE, linestyle="--", label="in proportion")
    ax.set(title="time and size", xlabel="million multiplications in the products", ylabel="µs an iteration",
           xscale="log", yscale="log")
    ax.legend(frameon=False)


if __name__ == "__main__":
    docs = Path(__file__).parents[2] / "docs"
    usual = docs / "performance-tables.md", docs / "performance.png"
    page, target = [*map(Path, sys.argv[1:]), *usual[len(sys.argv) - 1:]][:2]
    text = page.read_text(encoding="utf-8")
    save(lambda: picture(text), target)
    print(f"written: {target}")
