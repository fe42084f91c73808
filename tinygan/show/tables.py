"""The tables that are printed: measures of a run, and of a failure beside its cure.

Here: `table`, `comparison`.
"""

from math import isnan

from ..recipes.runs import REPEATS


def table(rows, n):
    """The measures of a run as aligned text; `rows` as in `Run.table`, `n` examples each."""
    return aligned(("measure", "generated", "ideal", "real data", "from", "to"), [tuple(row) for row in rows]) + note(n)


def comparison(broken, mended, n):
    """The tables of a `failures.Pair`, side by side."""
    return aligned(("measure", "broken", "mended", "ideal", "real data", "from", "to"),
                   [(one.name, one.value, *other[1:]) for one, other in zip(broken, mended)]) + note(n)


def aligned(head, rows):
    """Columns: names on the left, numbers with four digits, NaN left empty."""
    body = [(name, *("" if isnan(number) else f"{number:.4f}" for number in numbers)) for name, *numbers in rows]
    width = [max(map(len, column)) for column in zip(head, *body)]
    lines = ["  ".join([cells[0].ljust(width[0]), *(c.rjust(w) for c, w in zip(cells[1:], width[1:]))])
             for cells in (head, *body)]
    lines.insert(1, "-" * len(lines[0]))
    return "\n".join(lines)


def note(n):
    """What «real data» means."""
    return (f"\n\n(n = {n:,}; «real data»: what n real examples score against n others, the median of\n"
            f"{REPEATS} times; nine in ten more would lie in the range from … to. In the rows of V and D:\n"
            f"what the D of this run says of them.)")
