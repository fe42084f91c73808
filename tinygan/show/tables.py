"""The tables that are printed: measures of a run, and of a failure beside its cure.

Here: `table`, `comparison`.
"""

from math import isnan

from ..recipes.runs import REPEATS


MEANINGS = {                                          # how a measure's name begins: what it says
    "modes": "modes with k good: how many have k generated examples or more within 3 std",
    "good": "good: the share of examples within 3 std of a mode's mean",
    "classes": "classes with 1 in 50: how many have at least 2 % of the pictures, each counted for that of its\n"
               "nearest training picture",
    "precision": "precision: the share of generated examples near to a real one",
    "recall": "recall: the share of real examples near to a generated one",
    "KS": "KS: the largest difference between the shares of real and of generated values up to x",
    "correlation": "correlation, furthest off: the largest difference between real and generated",
    "combinations": "combinations never seen: how many generated rows have, in the columns with few values,\n"
                    "a combination that no row of yours has",
    "nearer": "nearer to a trained row: how many generated examples are nearer to a row that was trained\n"
              "on than to one held out; 0.5, unless G repeats rows",
    "distance": "distance to training: from a picture to the nearest one that was trained on; ideal: that of\n"
                "held-out ones",
    "closer": "closer than held-out: the share of pictures that are nearer to a training picture than half of\n"
              "the held-out ones are; 0.5 for real ones",
    "G(z), spread": "G(z), spread: over z, as in the history, in the networks' units; ideal: that of real examples"}
COUNTS = "modes", "classes"                           # whole numbers


def table(rows, n):
    """The measures of a run as aligned text; `rows` as in `Run.table`, `n` examples each.

    >>> print(table([("mean", 4.01, 4, 4, 3.99, 4.01)], n=1000))            # doctest: +ELLIPSIS
    measure  generated   ideal  real data    from      to
    -----------------------------------------------------
    mean        4.0100  4.0000     4.0000  3.9900  4.0100
    ...
    """
    return aligned(("measure", "generated", "ideal", "real data", "from", "to"), [tuple(row) for row in rows], n)


def comparison(broken, mended, n):
    """The tables of a `failures.Pair`, side by side, as aligned text; `n` examples each.

    >>> from ..recipes.runs import Measure
    >>> print(comparison([Measure("mean", 1, 4)], [Measure("mean", 4, 4)], n=1000).splitlines()[2].split())
    ['mean', '1.0000', '4.0000', '4.0000']
    """
    return aligned(("measure", "broken", "mended", "ideal", "real data", "from", "to"),
                   [(one.name, one.value, *other[1:]) for one, other in zip(broken, mended)], n)


def aligned(head, rows, n):
    """Columns, names on the left, numbers with four digits, or none where they count; NaN left empty; and notes."""
    body = [(name, *map(lambda x: as_text(name, x), numbers)) for name, *numbers in rows]
    width = [max(map(len, column)) for column in zip(head, *body)]
    lines = ["  ".join([cells[0].ljust(width[0]), *(c.rjust(w) for c, w in zip(cells[1:], width[1:]))])
             for cells in (head, *body)]
    lines.insert(1, "-" * len(lines[0]))
    names = [name for name, *_ in rows]
    meanings = [meaning for start, meaning in MEANINGS.items() if any(name.startswith(start) for name in names)]
    which = "the mended" if "mended" in head else "this"
    return "\n".join([*lines, "", *meanings, *[""] * bool(meanings), note(n, which)])


def as_text(name, number):
    """A number of the table."""
    if isnan(number):
        return ""
    return f"{number:g}" if name.startswith(COUNTS) else f"{number:.4f}"


def note(n, which):
    """What «real data» means; and `which` run's D gives it in the rows of V and D."""
    return (f"(n = {n:,}; «real data»: what n real examples score against n others, the median of\n"
            f"{REPEATS} times; nine in ten further ones lie in the range from … to. In the rows of V and D:\n"
            f"what the D of {which} run says of real examples.)")
