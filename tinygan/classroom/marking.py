"""A filled-in sheet is marked: which numbers are wrong, and which of those only follow from an earlier mistake.

Here: `read`, a sheet's text; `mark`, its numbers; `Mark`, one of them; `report`, what is said about all; `value`, how
a number may be written; `unit`, how far off a number on paper may be.

Each step is computed again from the student's own earlier numbers. What agrees with that, but not with what a student
without a mistake would have, is carried on from an earlier mistake: the method is right there. What agrees with
neither is wrong.

How far off a number may be. Who writes 3 significant digits, rounded or cut off, is off by less than one unit of the
third digit: `unit`. A step f may add its own unit to what the units of the numbers x that it uses do to it:

    unit(f(x)) + Σ |f(…, xⱼ + unit(xⱼ), …) − f(x)|,    over all xⱼ that the student has written.

So it makes no difference whether the calculator goes on with the number on paper or with more digits.
"""

import math
import re
from collections import Counter
from typing import NamedTuple

import numpy as np

from .trace import entry_names, follow, sheet, walk
from .worksheet import BLANK, number

RIGHT, WRONG, CARRIED, LEFT_OUT = "right", "wrong", "carried on", "left out"
SHEET = re.compile(r"sheet: *seed +(\d{1,40}), *(tiny, *)?(minimax|non-saturating)")
STEP = re.compile(r"[ >*]*(\d+)\.[ *]")                      # "12. " in text, "**12.** " in Markdown
ENTRY = re.compile(r"([A-Za-z]\w*(?:\[[\d,]+\])?) *=")
NUMBER = r"[+-]? *(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?"


class Mark(NamedTuple):
    """One number of a sheet: the step it belongs to, from 1 on, and what is said about it."""

    step: int
    name: str
    verdict: str
    written: float = None
    expected: float = None
    slip: str = ""


def read(text):
    """The sheet that this text is, and the numbers that are filled in: {(step, name): number}.

    Raises ValueError, with the line and what is wanted there, for a text that is no sheet or has what is no number.
    """
    found = SHEET.search(text)
    if not found:
        raise ValueError("this is no sheet: its line such as 'sheet: seed 7, non-saturating' is missing. "
                         "Give the .txt or .md that --worksheet has written")
    seed, tiny, objective = found.groups()
    drawn = sheet(int(seed), bool(tiny), objective)
    names, written, step = _names(drawn), {}, 0
    for count, line in enumerate(text.splitlines(), 1):
        head = STEP.match(line)
        if head:                                            # the formula of the next step
            step = int(head[1])
            continue
        entries = [each for each in ENTRY.finditer(line) if (step, each[1]) in names]
        for each, end in zip(entries, [*(each.start() for each in entries[1:]), None]):
            try:
                written[step, each[1]] = value(line[each.end():end])
            except ValueError as error:
                raise ValueError(f"line {count}, {each[1]}: {error}") from None
    if not written:
        raise ValueError("this sheet has no numbers and no blanks. Give the .txt or .md that --worksheet has written")
    return drawn, {key: each for key, each in written.items() if each is not None}


def _names(drawn):
    """All that is asked: (step, name)."""
    results = enumerate(walk(drawn.steps, drawn.given), 1)
    return {(place, name) for place, (step, _, result) in results
            for name in entry_names(step.symbol, result.shape, drawn.given["m"])}


def value(text):
    """The number that is written here, or None for a blank: -0.25, −0,25, -1/4, or -2 log 1/2 will do.

    >>> value(" -3/8 "), value("−0,375"), value("____")
    (-0.375, -0.375, None)
    """
    plain = text.split("=")[-1].strip(" \t_`*|;").replace("−", "-").replace("–", "-").replace(",", ".")
    if not plain:
        return None
    if len(plain) > 40:
        raise ValueError(f"{plain[:40]!r}… is too long for a number")
    found = re.fullmatch(rf"({NUMBER})(?: */ *({NUMBER}))?", plain)
    logarithm = re.fullmatch(rf"([+-]?)((?: *{NUMBER})?) *(?:log|ln) *\(?({NUMBER})(?: */ *({NUMBER}))?\)?", plain)
    try:
        if found:
            result = _quotient(*found.groups())
        else:
            sign, factor, *argument = logarithm.groups()
            result = (-1 if sign == "-" else 1) * _quotient(factor or "1", None) * math.log(_quotient(*argument))
        if math.isfinite(result):
            return result
    except (AttributeError, ArithmeticError, ValueError):
        pass
    raise ValueError(f"{plain!r} is no number. Write one such as -0.25 or -1/4, or leave {BLANK}")


def _quotient(above, below):
    above, below = (float((part or "1").replace(" ", "")) for part in (above, below))
    return above / below


def mark(drawn, written):
    """A `Mark` for each number that the sheet asks for.

    drawn, written : the sheet and {(step, name): number}, as `read` gives them.
    """
    own, mended = dict(drawn.given), dict(drawn.given)      # the student's numbers; the same without the mistakes
    marks, done, mistaken = [], set(), False
    for place, step in enumerate(drawn.steps, 1):
        follows, slack = _expected(step, own, done)
        truth, allowed = _expected(step, mended, done) if mistaken else (follows, slack)
        here, better = follows.copy(), truth.copy()
        for index, name in zip(np.ndindex(follows.shape), entry_names(step.symbol, follows.shape, drawn.given["m"])):
            paper = written.get((place, name))
            verdict, slip = _verdict(paper, follows[index], slack[index], truth[index], allowed[index]), ""
            if verdict == WRONG:
                slip = _slip(step, own, paper, index, follows, slack)
            if verdict == RIGHT:
                better[index] = paper
            if verdict != LEFT_OUT:
                here[index] = paper
            marks.append(Mark(place, name, verdict, paper, follows[index].item(), slip))
        own[step.symbol], mended[step.symbol] = here, better
        done.add(step.symbol)
        mistaken = any(each.verdict in (WRONG, CARRIED) for each in marks)
    return marks


def _verdict(paper, follows, slack, truth, allowed):
    """What is said about a number on paper; None is a blank."""
    if paper is None:
        return LEFT_OUT
    if abs(paper - truth) <= allowed:
        return RIGHT
    # (what follows may be no number, as the logarithm of a negative one: then nothing is held against this one)
    return WRONG if abs(paper - follows) > slack else CARRIED


def unit(number):
    """One unit of the third significant digit of each number, and 0 of a 0: of 0.333 it is 0.001.

    >>> unit(np.array([0.333, -2.5, 0.0])).tolist()
    [0.001, 0.01, 0.0]
    """
    size = np.abs(number)
    return np.where(size > 0, 10.0 ** (np.floor(np.log10(np.where(size > 0, size, 1))) - 2), 0)


def _expected(step, known, done):
    """What follows from these numbers, and how far off it may be; `done`: those that were written, not given."""
    with np.errstate(all="ignore"):
        result = follow(step, known)
        slack = unit(result) + 1e-9
        for symbol in done:
            without = follow(step, {**known, symbol: np.full_like(known[symbol], np.nan)})
            if np.array_equal(without, result):             # this step does not use it
                continue
            for index in np.ndindex(known[symbol].shape):
                moved = known[symbol].copy()
                moved[index] += unit(moved[index])
                slack = slack + np.abs(follow(step, {**known, symbol: moved}) - result)
    return result, slack


def _slip(step, own, paper, index, follows, slack):
    """The common slip that leads to this number, if there is one."""
    with np.errstate(all="ignore"):
        for sentence, wrong in _slips(step, own, follows):
            near = slack[index] + unit(wrong[index])
            if abs(paper - wrong[index]) <= near and abs(wrong[index] - follows[index]) > near:
                return sentence
    return ""


def _slips(step, own, follows):
    """Sentences, and what such a slip makes of this step."""
    again = lambda **changed: follow(step, {**own, **changed})
    if step.symbol in ("D_real", "D_fake"):
        yield "this is 1 − D", 1 - follows
    for D in ("D_real", "D_fake"):
        if D in own:
            yield "D and 1 − D are exchanged", again(**{D: 1 - own[D]})
    yield "the division by m is missing", again(m=1)
    without_relu = {"h": "u", "h_G": "u_G", "du": "dh", "du_G": "dh_G"}.get(step.symbol)
    if without_relu:
        yield "the ReLU is forgotten", own[without_relu]
    if step.symbol.startswith("v_"):
        yield "the step goes the other way", again(η=-own["η"])
        yield "the momentum is missing", again(μ=0)
        yield "μ is missing", again(μ=1)
        yield "η is missing", again(η=1)
    if f"v_{step.symbol}" in own:
        yield "v is subtracted", again(**{f"v_{step.symbol}": -own[f"v_{step.symbol}"]})
    yield "the sign is wrong", -follows
    yield "it is m times too large", own["m"] * follows
    yield "it is divided by m once too often", follows / own["m"]


def report(drawn, marks):
    """What is said about a sheet: a sentence for each wrong number, what is only carried on, and the count."""
    lines = [f"step {each.step}, {each.name}: written {number(each.written, drawn.tiny)}, but "
             f"{number(each.expected, drawn.tiny)} follows from the numbers before it{each.slip and ': '}{each.slip}"
             for each in marks if each.verdict == WRONG]
    lines += _listed("carried on from an earlier mistake, and right from there", marks, CARRIED)
    lines += _listed("left out", marks, LEFT_OUT)
    count = Counter(each.verdict for each in marks)
    total = f"{count[RIGHT]} of {len(marks)} right"
    rest = "".join(f", {count[verdict]} {verdict}" for verdict in (WRONG, CARRIED, LEFT_OUT) if count[verdict])
    method = f"; by its method {count[RIGHT] + count[CARRIED]} of {len(marks)}" if count[CARRIED] else ""
    return "\n".join([*lines, total + rest + method])


def _listed(title, marks, verdict):
    """The names that have this verdict, step by step."""
    steps = {}
    for each in marks:
        if each.verdict == verdict:
            steps.setdefault(each.step, []).append(each.name)
    return [f"{title}:", *(f"  step {step}: {', '.join(names)}" for step, names in steps.items())] if steps else []
