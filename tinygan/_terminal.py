"""The terminal: characters that it can't show, output that nobody reads, signals that ask to stop, a progress line.

Here: `say`, `failed`, `spell_what_cant_be_shown`, `flush_streams`; `command`, a command of ours that can be pasted;
`one_of` and `whole`, readers for argparse; `asked_to_stop`, `handling`, `interrupt`, `name_of`, all about signals;
and `Progress` and `counting`.
"""

import argparse
import codecs
import math
import os
import shlex
import shutil
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager, suppress
from pathlib import Path

from . import _check

SIGNALS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]


SPELLED = {"−": "-", "–": "-", "×": "x", "±": "+-", "²": "^2", "→": "->", "≥": ">=", "≤": "<=", "√": "sqrt ", "‖": "||",
           "…": "...", "«": '"', "»": '"', "µ": "u", "θ": "theta", "σ": "sigma", "μ": "mu", "γ": "gamma", "∂": "d",
           "ε": "epsilon", "η": "eta", "←": "<-", "ᵀ": "^T", "⊙": "(.)"}


def spell_what_cant_be_shown():
    """What a terminal or a file can't hold, such as a "−" in ASCII, is spelled in letters that it can."""
    def spelled(error):
        signs = error.object[error.start:error.end]
        return "".join(SPELLED.get(sign, ascii(sign)[1:-1]) for sign in signs), error.end

    codecs.register_error("spelled", spelled)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="spelled")


def command(*words):
    """`tinygan` with these words, as it can be pasted here: by its name, if the PATH leads to this one, or else by
    its path."""
    python = Path(sys.executable or "python")
    script = python.with_name("tinygan.exe" if os.name == "nt" else "tinygan")
    found = shutil.which("tinygan")
    if found and Path(found) == script:
        ours = ["tinygan"]
    else:
        ours = [near(script)] if script.exists() else [near(python), "-m", "tinygan"]
    return (subprocess.list2cmdline if os.name == "nt" else shlex.join)([*ours, *map(str, words)])


def near(path):
    """The path from here, where it leads into this folder."""
    return str(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)


def one_of(kind, names):
    """A reader of one of these names, for argparse."""
    def read(text):
        try:
            return _check.choice(kind, text, names)
        except ValueError as error:
            raise argparse.ArgumentTypeError(str(error)) from None
    return read


def whole(least, most=math.inf):
    """A reader of whole numbers, from `least` to `most`, for argparse."""
    def read(text):
        try:
            number = int(text)
        except ValueError:                                  # no number, or one that Python finds too long
            number = least - 1
        if not least <= number <= most:
            limit = f" and at most {most:,}" if most < math.inf else ""
            raise argparse.ArgumentTypeError(f"must be a whole number, at least {least}{limit}, "
                                             f"not {_check.shown(text)}")
        return number
    return read


def flush_streams():
    """Write what is still to be written: on a stream that nobody reads, Python's own attempt at the end
    would turn the exit code into 120."""
    for name in ("stdout", "stderr"):
        try:
            stream = getattr(sys, name)
            if stream is not None:
                stream.flush()
        except OSError:
            setattr(sys, name, open(os.devnull, "w"))


def say(text):
    """Print, unless nobody reads any more, as after `| head` or in a terminal that was closed: that must
    not stop the work."""
    try:
        print(text, flush=True)
    except OSError:
        sys.stdout = open(os.devnull, "w")


def failed(sentence, code):
    """Say on one line why, and return the exit code."""
    with suppress(OSError):                                 # or in vain: the code says it, too
        if sys.stderr is not None:
            print(f"tinygan: {' '.join(sentence.splitlines())}", file=sys.stderr, flush=True)
    return code


@contextmanager
def asked_to_stop():
    """A list that stays empty until a signal such as Ctrl-C asks to stop, and then holds its number: so
    training stops, and what remains to be written is written. A second one interrupts at once."""
    asked = []

    def on_signal(number, frame):
        if asked:
            interrupt(number, frame)
        asked.append(number)

    with handling(on_signal):
        yield asked


def interrupt(number, frame):
    """Stop at once, for this signal."""
    raise KeyboardInterrupt(number)


@contextmanager
def handling(on_signal):
    """Let `on_signal` answer the signals that ask to stop. (Python lets the main thread alone say so.)"""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.getsignal(number) for number in SIGNALS}
    for number, handler in list(before.items()):
        if handler is None or handler == signal.SIG_IGN and number != signal.SIGINT:
            del before[number]                              # not Python's; or ignored on purpose, as by nohup
        else:
            signal.signal(number, on_signal)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def name_of(number):
    """What people call a signal."""
    return "Ctrl-C" if number == signal.SIGINT else signal.Signals(number).name


class Progress:
    """A callback for `Algorithm1.train` that says where training is.

    iterations : how many there will be, in all. first : how many were done before.

    On a terminal and in a notebook one line is rewritten in place, ten times a second at most; elsewhere a
    plain line is written for every tenth part of the way. It is called at each record: every=20, say, will do.

    >>> import tinygan as tg
    >>> game = tg.recipes.start("gaussian").game
    >>> history = game.train(100, every=20, callback=tg.Progress(100))
    """

    def __init__(self, iterations, first=0):
        self.iterations = _check.integer("iterations", iterations, least=1)
        self.first = _check.integer("first", first, least=0)
        self.notebook = "ipykernel" in sys.modules
        self.stream = sys.stdout if self.notebook else sys.stderr           # None where there is no such stream
        self.live = self.notebook or self.stream is not None and self.stream.isatty()
        self.started = self.shown_at = time.monotonic()
        self.shown = first                                      # the last iteration that was shown
        self.open = False                                       # whether the live line still waits for its end

    def __call__(self, game):
        if self._due(game.iteration):
            fields = self.fields(game, time.monotonic() - self.started)
            if self.live:
                columns = 100 if self.notebook else shutil.get_terminal_size().columns
                while len(" ".join(fields)) >= columns and len(fields) > 1:
                    fields.pop()
                line = " ".join(fields)
                self._write(f"\r{line.ljust(99)}" if self.notebook else f"\r{line}\x1b[K")    # \x1b[K: clear the rest
                self.open = True
                if game.iteration == self.iterations:
                    self.close()
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
        """What the line says `seconds` after the start; all but the speed fits in 80 columns."""
        now = {name: values[-1] for name, values in game.history.items()}
        speed = (game.iteration - self.first) / max(seconds, 1e-9)
        G_spread = f"{now['G_spread']:.2f}" if now["G_spread"] < 1000 else f"{now['G_spread']:.0e}"
        left = max(0, self.iterations - game.iteration) / speed
        return [f"{game.iteration:>{len(str(self.iterations))}}/{self.iterations}",
                f"V {now['V']:+.3f} (-1.386)",
                f"D(x) {now['D_real']:.2f}", f"D(G(z)) {now['D_fake']:.2f}",
                f"D ±{now['D_spread']:.2f}", f"G ±{G_spread}", f"{left:.0f} s left", f"{speed:.0f} it/s"]

    def close(self):
        """End the live line, so that what follows starts on a line of its own."""
        if self.open and self.stream is not None:
            self._write("\n")
        self.open = False


def counting(what):
    """A function (done, of) that says on stderr how many of `what` are done: on a terminal in one line that is
    rewritten, elsewhere at each tenth part."""
    stream, tenths = sys.stderr, 0

    def count(done, of):
        nonlocal tenths
        live = stream is not None and stream.isatty()
        if stream is not None and (live or 10 * done // of > tenths):
            tenths = 10 * done // of
            end = "\r" if live and done < of else "\n"
            with suppress(OSError):
                print(f"{what}: {done} of {of}", end=end, file=stream, flush=True)
    return count
