"""What the terminal says: the progress line while training runs, and the table at its end.

Here: `Progress`, `table`, `comparison`.
"""

import shutil
import time
from math import isnan

from ..runs import REPEATS


class Progress:
    """A callback for `Algorithm1.train` that says where training is.

    On a terminal one line is rewritten in place, ten times a second at most; elsewhere a
    plain line is written for every tenth part of the way.
    """

    def __init__(self, iterations, stream, first=0):
        self.iterations, self.stream = iterations, stream       # None where there is no such stream
        self.first = first                                      # how many iterations were done before
        self.live = stream is not None and stream.isatty()
        self.started = self.shown_at = time.monotonic()
        self.shown = first                                 # the last iteration that was shown

    def __call__(self, game):
        if self._due(game.iteration):
            fields = self.fields(game, time.monotonic() - self.started)
            if self.live:
                while len(" ".join(fields)) >= shutil.get_terminal_size().columns and len(fields) > 1:
                    fields.pop()
                self._write(f"\r{' '.join(fields)}\x1b[K")        # back to the line's start; clear to its end
            else:
                self._write(" ".join(fields) + "\n")
            self.shown, self.shown_at = game.iteration, time.monotonic()

    def _write(self, text):
        try:
            self.stream.write(text)
            self.stream.flush()
        except OSError:                                        # nobody reads any more: train on in silence
            self.stream = None

    def _due(self, iteration):
        if self.stream is None:
            return False
        if iteration == self.iterations:
            return True
        if self.live:
            return time.monotonic() - self.shown_at > 0.1
        return iteration - self.shown >= self.iterations / 10

    def fields(self, game, seconds):
        """What the line says `seconds` after the start; all of it fits in 80 columns."""
        now = {name: values[-1] for name, values in game.history.items()}
        speed = (game.iteration - self.first) / max(seconds, 1e-9)
        left = (self.iterations - game.iteration) / speed
        return [f"{game.iteration:>{len(str(self.iterations))}}/{self.iterations}", f"V {now['V']:+.3f} (-log 4: -1.386)",
                f"D(x) {now['D_real']:.2f}", f"D(G(z)) {now['D_fake']:.2f}",
                f"D ±{now['D_spread']:.2f}", f"{left:.0f} s left", f"{speed:.0f} it/s"]

    def close(self):
        """End the live line, so that what follows starts on a line of its own."""
        if self.live and self.shown > self.first and self.stream is not None:
            self._write("\n")


def table(rows, n):
    """The measures of a run as aligned text; `rows` as in `Run.table`, `n` examples each."""
    return aligned(("measure", "generated", "ideal", "real data", "from", "to"), [tuple(row) for row in rows]) + note(n)


def comparison(broken, mended, n):
    """The tables of a `failures.Lesson`, side by side."""
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
