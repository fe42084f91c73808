"""The progress line. (Signals, closed streams and narrow character sets: test_cli.py.)"""

import io
import sys

import pytest

import tinygan as tg
from tinygan._terminal import Progress, counting


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_live_progress_rewrites_one_line_within_the_terminals_width(monkeypatch):
    game = tg.recipes.start("ring", iterations=30).game
    game.train(30)
    for columns, last in ((90, " it/s"), (79, " s left"), (30, "-1.386)")):   # whole fields, as many as fit
        monkeypatch.setenv("COLUMNS", str(columns))
        stream = Terminal()
        monkeypatch.setattr(sys, "stderr", stream)
        progress = Progress(30)
        progress(game)
        progress.close()
        text = stream.getvalue()
        assert text.startswith("\r30/30 V ") and text.endswith(f"{last}\x1b[K\n") and text.count("\n") == 1
        assert len(text.strip("\r\n").removesuffix("\x1b[K")) < columns


def test_a_long_run_fits_in_80_columns():
    class Game:
        iteration, history = 20_000, {"V": [-1.386], "D_real": [0.5], "D_fake": [0.5], "D_spread": [0.02],
                                     "G_spread": [1.02]}

    fields = Progress(20_000).fields(Game, 9.0)
    assert len(" ".join(fields[:-1])) < 80 and fields[-1].endswith("it/s")          # the speed may be dropped
    Game.history["G_spread"] = [1e45]                                               # as of a G that runs away
    assert "G ±1e+45" in Progress(20_000).fields(Game, 9.0)


def test_in_a_notebook_the_line_is_rewritten_on_stdout_without_escapes(monkeypatch):
    """There stderr is a red box, and no terminal answers to \\x1b[K."""
    monkeypatch.setitem(sys.modules, "ipykernel", sys)
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    game = tg.recipes.start("ring", iterations=30).game
    progress = tg.Progress(30)
    progress.shown_at = -1.0
    game.train(30, every=15, callback=progress)
    text = sys.stdout.getvalue()
    assert text.startswith("\r15/30 V ") and "\r30/30 V " in text and text.endswith(" \n") and "\x1b" not in text
    assert len({len(line) for line in text.strip("\r\n").split("\r")}) == 1          # each covers the one before


@pytest.mark.parametrize("wrong", [0, -1, "a", None])
def test_how_many_iterations_there_are_must_be_a_number(wrong):
    with pytest.raises((TypeError, ValueError), match="iterations must be"):
        tg.Progress(wrong)


def test_frames_are_counted_in_tenths_where_there_is_no_terminal(capsys):
    count = counting("frames")
    for done in range(1, 74):
        count(done, 73)
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 10 and lines[0] == "frames: 8 of 73" and lines[-1] == "frames: 73 of 73"
