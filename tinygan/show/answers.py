"""What a class expected, beside what is true.

Here: `answers`, for numbers, and `choices`, for questions with a, b and c.

Dark grey are the answers of now, light grey those of earlier classes, and green is the truth.
"""

import textwrap

import numpy as np

from .style import GREEN, GUIDE

EARLIER = "#c4c8ce"


def answers(ax, given, truth, low, high, unit="", log=False):
    """A histogram of the numbers in `given`, (now, earlier), with the `truth` marked.

    low, high : the ends of the axis; answers beyond are counted at its edge. log : for answers that are powers of ten
    apart, one bar for each power.
    """
    if log:
        ax.set_xscale("log")
        edges = 10.0 ** np.arange(np.floor(np.log10(low)), np.ceil(np.log10(high)) + 1)
    else:
        edges = np.linspace(low, high, 21)
    inside = [np.clip(each, edges[0], edges[-1]) for each in given]
    _, _, bars = ax.hist(inside, edges, stacked=True, color=[GUIDE, EARLIER], edgecolor="white")
    ax.axvline(truth, color=GREEN, linewidth=5)
    ax.set(xlabel=f"answer{unit and f' ({unit})'}", xlim=(edges[0], edges[-1]))
    _finish(ax, given, ax.yaxis, ax.set_ylim, 1.6)
    left = truth < (np.sqrt(edges[0] * edges[-1]) if log else edges.mean())       # then the words go to its right
    number = f"{truth:,.0f}" if truth >= 1000 else f"{truth:.3g}"
    ax.annotate(f"true: {number}{unit and f' {unit}'}", (truth, 0.97), xycoords=("data", "axes fraction"),
                xytext=(8 if left else -8, 0), textcoords="offset points", ha="left" if left else "right", va="top",
                color=GREEN, weight="bold")
    _legend(ax, given, bars, loc=f"upper {'right' if left else 'left'}", bbox_to_anchor=(left, 0.91))


def choices(ax, given, truth, texts):
    """How often each letter of `texts`, {letter: text}, is in `given`, (now, earlier); the `truth` is one of them."""
    letters, left = [*texts], np.zeros(len(texts))
    bars = []
    for each, colour in zip(given, (GUIDE, EARLIER)):
        counts = np.array([each.count(letter) for letter in letters])
        bars.append(ax.barh(letters, counts, 0.5, left, color=colour))
        left = left + counts
    for i, letter in enumerate(letters):
        right = letter == truth
        ax.text(0.01, i - 0.3, "\n".join(textwrap.wrap(f"{letter})  {texts[letter]}", 44)) + "  (true)" * right,
                transform=ax.get_yaxis_transform(), color=GREEN if right else "black",
                weight="bold" if right else "normal", va="bottom")
    ax.set(ylim=(len(letters) - 0.1, -0.85), yticks=[])
    _finish(ax, given, ax.xaxis, ax.set_xlim, 1.1)
    _legend(ax, given, bars, loc="lower right", ncols=2)


def _finish(ax, given, counted, set_limits, room):
    """The axis of the counts, whole numbers with some room, and a title that says how many there are."""
    number = sum(map(len, given))
    ax.set_title(f"What you expected: {number} {'answer' if number == 1 else 'answers'}" if number
                 else "What you expected: nobody was asked")
    set_limits(0, room * max(1, (ax.dataLim.y1 if counted is ax.yaxis else ax.dataLim.x1)))
    counted.get_major_locator().set_params(integer=True)
    counted.set_label_text("how many")


def _legend(ax, given, bars, **where):
    """Which grey is which, where there are both."""
    if all(map(len, given)):
        ax.legend([group[0] for group in bars], ["now", "earlier classes"], **where)
