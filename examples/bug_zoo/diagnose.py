"""Diagnose: which fault is in this run? You see its curves and its samples, beside those of a healthy run.

    .venv/bin/python examples/bug_zoo/diagnose.py                      a new run each time
    .venv/bin/python examples/bug_zoo/diagnose.py --seed 5             the same run for everybody
    .venv/bin/python examples/bug_zoo/diagnose.py --seed 5 --reveal    only its answer, for the teacher

The picture is tinygan-out/diagnose.png. Sometimes nothing is wrong.
"""

import re
import secrets
import sys
import textwrap
from typing import NamedTuple

import numpy as np

import zoo
from draw import Seen, picture, save
from tinygan._terminal import failed, say, spell_what_cant_be_shown, whole
from tinygan.cli import Parser
from tinygan.show import OUT

FAULTS = {                                                  # by the number of the bug; 0 is none
    0: "nothing is wrong",
    3: "p_data is not what its name says",
    4: "G goes up its loss, and not down",
    7: "real examples pull a little too weakly at D: labels are smoothed on one side",
    9: "the records of D(x) and D(G(z)) are swapped",
    12: "the optimiser moves a copy: neither network changes",
    13: "what D ascends has no bound: a generated example pulls most when D is right about it",
    17: "both players go only a tenth as far as they should",
    20: "G's gradient is 0 when G takes its step",
    26: "G gets no push where D is sure",
}
HEALTHY = [("gaussian", 1500, {}), ("ring8", 2000, {})]     # the runs in which nothing is wrong
LETTERS = "abcde"


class Question(NamedTuple):
    """The `bug` in the run, or None; `train`, how it is trained; the `choices`, {letter: fault in words}; the `answer`,
    a letter."""

    bug: zoo.Bug
    train: tuple
    choices: dict
    answer: str


def question(seed):
    """The question that belongs to this seed."""
    rng = np.random.default_rng(seed)
    number = int(rng.choice(list(FAULTS)))
    must = list({number, 0})
    others = rng.permutation([other for other in FAULTS if other not in must]).tolist()
    shuffled = rng.permutation([*must, *others[:len(LETTERS) - len(must)]]).tolist()
    bug = zoo.find(number) if number else None
    train = bug.train[:3] if bug else HEALTHY[rng.integers(len(HEALTHY))]
    return Question(bug, (*train, seed), {letter: FAULTS[n] for letter, n in zip(LETTERS, shuffled)},
                    LETTERS[shuffled.index(number)])


def show(asked):
    """Train both runs, and draw them. Raises OSError where the picture can't be written."""
    *train, seed = asked.train
    right = Seen(None, *train, seed if asked.bug else seed + 1)       # two healthy runs differ by luck alone
    other = Seen(asked.bug, *train, seed)
    figure = picture(right, other, ("healthy", "this run"), "Which fault is in the run on the right?")
    save(figure, OUT / "diagnose.png", dpi=150)


def reveal(asked):
    """The answer, and why."""
    said = f"It is {asked.answer}: {asked.choices[asked.answer]}."
    if asked.bug is None:
        return f"{said} Both runs are healthy: one has another seed, and what differs is luck."
    sentences = re.split(r"(?<=\.) (?=[A-Z])", asked.bug.card["The mathematics"])
    why = textwrap.fill(" ".join(sentences[:2]), 100)
    return f"{said}\n{why}\nAll about it: .venv/bin/python examples/bug_zoo/card.py {asked.bug.number}"


def ask(choices):
    """Ask until one of the letters is given; None where nobody answers."""
    while True:
        try:
            letter = input(f"Which one, {LETTERS[0]} to {LETTERS[-1]}? ").strip().lower()
        except (EOFError, KeyboardInterrupt):
            return None
        if letter in choices:
            return letter


def main(arguments=None):
    """Run the command; returns its exit code."""
    spell_what_cant_be_shown()
    parser = Parser(description="Which fault is in this run? Look at its curves and its samples.")
    parser.add_argument("--seed", type=whole(0, 10**9), metavar="N", help="the same run for everybody (default: any)")
    parser.add_argument("--answer", choices=list(LETTERS), help="answer at once, and do not ask")
    parser.add_argument("--reveal", action="store_true", help="print the answer alone: no training, no picture")
    options = parser.parse_args(arguments)
    seed = secrets.randbelow(10_000) if options.seed is None else options.seed
    asked = question(seed)
    if options.reveal:
        say(reveal(asked))
        return 0
    try:
        show(asked)
    except OSError as error:
        return failed(f"can't write the picture: {error}", 2)
    say(f"written: {OUT / 'diagnose.png'} (seed {seed})")
    for letter, fault in asked.choices.items():
        say(f"  {letter}  {fault}")
    answer = options.answer or (ask(asked.choices) if sys.stdin is not None and sys.stdin.isatty() else None)
    if answer is None:
        say(f"The answer: .venv/bin/python examples/bug_zoo/diagnose.py --seed {seed} --reveal")
    else:
        say(("Right. " if answer == asked.answer else "No. ") + reveal(asked))
    return 0


if __name__ == "__main__":
    sys.exit(main())
