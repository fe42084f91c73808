"""The progress line. (Signals, closed streams and narrow character sets: test_cli.py.)"""

import io
import sys

import tinygan as tg
from tinygan._terminal import Progress


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_live_progress_rewrites_one_line_within_the_terminals_width(monkeypatch):
    game = tg.recipes.start("ring", iterations=30).game
    game.train(30)
    for columns, last in ((90, " it/s"), (79, " s left"), (40, "-1.386)")):   # whole fields, as many as fit
        monkeypatch.setenv("COLUMNS", str(columns))
        stream = Terminal()
        monkeypatch.setattr(sys, "stderr", stream)
        progress = Progress(30)
        progress(game)
        progress.close()
        text = stream.getvalue()
        assert text.startswith("\r30/30 V ") and text.endswith(f"{last}\x1b[K\n")
        assert len(text.strip("\r\n").removesuffix("\x1b[K")) < columns


def test_a_long_run_fits_in_80_columns():
    class Game:
        iteration, history = 20_000, {"V": [-1.386], "D_real": [0.5], "D_fake": [0.5], "D_spread": [0.02]}

    fields = Progress(20_000).fields(Game, 9.0)
    assert len(" ".join(fields[:-1])) < 80 and fields[-1].endswith("it/s")          # the speed may be dropped
