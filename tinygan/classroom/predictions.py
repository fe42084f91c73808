"""What a class expects, asked before it is shown, and kept for the next class.

Here: `ask`, its answer `Answers`, and `PREDICTIONS`, the file in which answers are kept.

The file is a table of text, `question,day,answer`: any spreadsheet opens it, and deleting a line takes an answer back.
"""

import csv
import io
import math
import re
import sys
from datetime import date
from pathlib import Path
from typing import NamedTuple

from .._files import check_writable, replacing
from .._terminal import say, spell_what_cant_be_shown
from ..show import OUT

PREDICTIONS = OUT / "predictions.csv"
COLUMNS = ["question", "day", "answer"]


class Answers(NamedTuple):
    """What was answered `now`, and what the file had from `earlier`: two lists, of numbers or of letters."""

    now: list
    earlier: list


def ask(name, question, choices=None, unit="", least=-math.inf, most=math.inf, path=PREDICTIONS):
    """Show a question, read the answers of one person or of a whole class, keep them, and return the `Answers`.

    name : of the question in the file. choices : {letter: text}; without them a number is asked for, from `least` to
    `most`, in `unit`. One line may hold many answers: "50 70 12", or "a a c". What can't be meant is told, and asked
    for again; an empty line ends. Without a terminal, or with --no-questions, nothing is asked and nothing is written.

    >>> given = ask("toss", "What share of tosses are heads?", unit="%", least=0, most=100)       # doctest: +SKIP
    """
    spell_what_cant_be_shown()
    say("\n".join([question, *(f"  {letter}  {text}" for letter, text in (choices or {}).items())]))
    read = reader_of_choices(choices) if choices else reader_of_numbers(least, most)
    earlier = kept(name, read, Path(path))
    if not somebody_is_here():
        return Answers([], earlier)
    what = f"a letter, {', '.join(choices)}" if choices else f"a number{unit and f' ({unit})'}"
    now = typed(f"Your answer, {what}. A class: all answers in a row, with spaces. > ", read)
    if now:
        keep(name, now, Path(path))
    return Answers(now, earlier)


def somebody_is_here():
    """Whether a person can answer: at a terminal or in a notebook, and not with --no-questions."""
    return "--no-questions" not in sys.argv and ("ipykernel" in sys.modules or bool(sys.stdin and sys.stdin.isatty()))


def typed(prompt, read):
    """All answers that are typed. Words that `read` refuses are asked for again, the others are taken."""
    answers = []
    try:
        while line := input(prompt).strip():
            wrong = 0
            for word in re.split(r"[\s;]+", line.strip("; ")):
                try:
                    answers += read(word)
                except ValueError as error:
                    say(str(error))
                    wrong += 1
            if not wrong:
                break
            prompt = f"{wrong} again (Enter: leave out). The other {len(answers)} are taken. > "
    except EOFError:                                        # Ctrl-D: no more answers
        say("")
    except KeyboardInterrupt:
        sys.exit(130)
    return answers


def reader_of_numbers(least, most):
    """A function: one word → a list of the number in it. Raises ValueError for a word that is none."""
    def read(word):
        try:
            number = float(word.rstrip(",%").replace("10^", "1e"))
        except ValueError:
            number = math.nan
        if not math.isfinite(number):
            raise ValueError(f"{word!r} is not a number: write it as 0.7 or 20000 or 1e4")
        if not least <= number <= most:
            limits = [f"at least {least:g}"] * (least > -math.inf) + [f"at most {most:g}"] * (most < math.inf)
            raise ValueError(f"{word!r} can't be: the answer is {' and '.join(limits)}")
        return [number]
    return read


def reader_of_choices(choices):
    """A function: one word of letters, "a" or "aacb" → a list of them. Raises ValueError for others."""
    def read(word):
        letters = [*word.lower().rstrip(",.)")]
        if not letters or not set(letters) <= set(choices):
            raise ValueError(f"{word!r} is none of the choices: {', '.join(choices)}")
        return letters
    return read


def kept(name, read, path):
    """The answers to this question in the file; [] if there is no file, or none that can be read."""
    try:
        text = _text(path)
    except (OSError, ValueError) as error:
        say(_reason(error))
        return []
    answers, unread = [], 0
    for line in text.splitlines()[1:]:                      # each on its own: an answer has no comma and no quotes
        question, _, answer = [*line.replace('"', "").split(","), "", ""][:3]
        if question == name:
            try:
                answers += read(answer)
            except ValueError:
                unread += 1
    if unread:
        say(f"{path}: {unread} of the answers to {name} can't be read, and are left out")
    return answers


def keep(name, answers, path):
    """Add answers to the file, which is then the old one with these lines or, where that fails, the old one alone:
    then the lines are printed, so that nothing is lost."""
    lines = io.StringIO()
    csv.writer(lines, lineterminator="\n").writerows([name, date.today().isoformat(), _word(each)] for each in answers)
    try:
        check_writable(path)
        old = _text(path) or f"{','.join(COLUMNS)}\n"
        with replacing(path) as temporary:
            Path(temporary).write_text(old + "\n" * (old[-1] != "\n") + lines.getvalue(), encoding="utf-8")
        say(f"{len(answers)} {'answer' if len(answers) == 1 else 'answers'} kept in {path}")
    except (OSError, ValueError) as error:
        say(f"{_reason(error)}. The answers are not kept; these lines are for that file:\n{lines.getvalue()}")


def _text(path):
    """The text of the file, "" if there is none. Raises ValueError if it is not ours."""
    if not path.exists():
        return ""
    try:
        text = path.read_text(encoding="utf-8-sig")         # a spreadsheet may have put a mark at its start
    except UnicodeDecodeError:
        text = " "
    if text and text.splitlines()[0].strip() != ",".join(COLUMNS):
        raise ValueError(f"{path} must begin with the line {','.join(COLUMNS)}: is it another file?")
    return text


def _word(answer):
    """An answer as it is written: 20000, not 20000.0."""
    return answer if isinstance(answer, str) else f"{answer:.10g}"


def _reason(error):
    """What went wrong, on one line."""
    return f"{error.filename}: {error.strerror}" if isinstance(error, OSError) else str(error)
