"""A filled-in sheet is marked: which numbers are wrong, and which of those only follow from an earlier mistake.

Here: `decoded`, a file's text; `read`, what it says; `mark`, its numbers; `Mark`, one of them; `report`, what is said
about all; `value`, how a number may be written; `stands_for`, what a number on paper may stand for.

Each step is computed again from the student's own earlier numbers. What agrees with that, but not with what a student
without a mistake would have, is carried on from an earlier mistake: the method is right there. What agrees with
neither is wrong.

How far off a number may be. Who writes 3 significant digits, rounded or cut off, writes 0.325 or 0.326 for 0.3257. So
a number on paper stands for an interval, `stands_for`: half a unit of its last digit towards 0, and a whole one away
from 0. Of 0.326 that is 0.3255 … 0.327; who writes more digits is taken at their word. What follows from numbers on
paper is an interval, too:

    f(x) + Σ min and max of f(…, xⱼ + each end of its interval, …) − f(x),    over all xⱼ that the student has written.

The two must overlap. What is given is exact. So it makes no difference whether the calculator goes on with the number
on paper or with more digits.
"""

import math
import re
from collections import Counter
from typing import NamedTuple

import numpy as np

from .trace import entry_names, follow, sheet, walk
from .worksheet import BLANK, number

RIGHT, WRONG, CARRIED, LEFT_OUT, UNREAD = "right", "wrong", "carried on", "left out", "not readable"
SHEET = re.compile(r"sheet: *seed +(\d{1,40}), *(tiny, *)?(minimax|non-saturating)")
STEP = re.compile(r"[ >*]*(\d+)\.[ *]")                      # "12. " in text, "**12.** " in Markdown
ENTRY = re.compile(r"([A-Za-z]\w*(?: *\[[\d, ]+\])?) *=")
NUMBER = r"[+-]? *(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?"


class Mark(NamedTuple):
    """One number of a sheet: the step it belongs to, from 1 on, and what is said about it."""

    step: int
    name: str
    verdict: str
    written: float = None
    expected: float = None
    slip: str = ""


def decoded(data):
    """The text of a file, from its bytes, as an editor has saved it: in UTF-16, where every other byte of plain letters
    is 0, or in UTF-8.

    >>> decoded("V = −1".encode("utf-16")).lstrip("\\ufeff")
    'V = −1'
    """
    if b"\0" in data[:4]:
        return data.decode("utf-16-be" if data[2:3] == b"\0" else "utf-16-le", errors="replace")
    return data.decode("utf-8", errors="replace")


def read(text):
    """The sheet that this text is, and what is filled in: {(step, name): number}, or a sentence where it is no number.

    Raises ValueError, with what is wanted, for a text that is no sheet.
    """
    found = SHEET.search(text)
    if not found:
        raise ValueError("this is no sheet: its line such as 'sheet: seed 7, non-saturating' is missing. "
                         "Give the .txt or .md that --worksheet has written")
    seed, tiny, objective = found.groups()
    drawn = sheet(int(seed), bool(tiny), objective)
    names, written, step = _names(drawn), {}, 0
    for count, line in enumerate(text.split("\n"), 1):
        head = STEP.match(line)
        if head:                                            # the formula of the next step
            step = int(head[1])
            continue
        entries = [(step, each[1].replace(" ", ""), *each.span()) for each in ENTRY.finditer(line)]
        entries = [each for each in entries if each[:2] in names]
        for (*key, _, end), stop in zip(entries, [*(each[2] for each in entries[1:]), None]):
            try:
                written[tuple(key)] = value(line[end:stop])
            except ValueError as error:
                written[tuple(key)] = f"line {count}, {key[1]}: {error}"
    if not written:
        raise ValueError("this sheet has no numbers and no blanks. Give the .txt or .md that --worksheet has written")
    return drawn, {key: each for key, each in written.items() if each is not None}


def _names(drawn):
    """All that is asked: (step, name)."""
    results = enumerate(walk(drawn.steps, drawn.given), 1)
    return {(place, name) for place, (step, _, result) in results
            for name in entry_names(step.symbol, result.shape, drawn.given["m"])}


def value(text):
    """The number that is written here, or None for a blank: -0.25, −0,25, -1/4, or -2 log 1/2 will do. ? is a blank.

    >>> value(" -3/8 "), value("−0,375"), value("____")
    (-0.375, -0.375, None)
    """
    plain = text.split("=")[-1].strip(" \t\r_`*|;").replace("−", "-").replace("–", "-").replace(",", ".")
    if not plain.strip("?- "):
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

    drawn, written : the sheet and what is filled in, as `read` gives them.
    """
    own, mended = dict(drawn.given), dict(drawn.given)      # the student's numbers; the same without the mistakes
    ends, mended_ends = {}, {}                              # how far each entry of them may be from what was meant
    marks, mistaken = [], False
    for place, step in enumerate(drawn.steps, 1):
        follows = _expected(step, own, ends)
        truth = _expected(step, mended, mended_ends) if mistaken else follows
        here, better = ([np.array(each) for each in expected] for expected in (follows, truth))
        for index, name in zip(np.ndindex(here[0].shape), entry_names(step.symbol, here[0].shape, drawn.given["m"])):
            paper = written.get((place, name))
            verdict, slip = _verdict(paper, _at(follows, index), _at(truth, index)), ""
            if verdict == WRONG:
                slip = _slip(step, own, drawn.given, paper, index, follows)
            if verdict == UNREAD:
                paper, slip = None, paper
            if verdict == RIGHT:
                _write(better, index, paper)
            if paper is not None:
                _write(here, index, paper)
            marks.append(Mark(place, name, verdict, paper, follows[0][index].item(), slip))
        own[step.symbol], *ends[step.symbol] = here
        mended[step.symbol], *mended_ends[step.symbol] = better
        mistaken = any(each.verdict in (WRONG, CARRIED) for each in marks)
    return marks


def _at(expected, index):
    return [each[index] for each in expected]


def _write(expected, index, paper):
    """Put a number on paper, and its interval, in the place of what is expected."""
    low, high = stands_for(paper)
    for array, number in zip(expected, (paper, low - paper, high - paper)):
        array[index] = number


def _verdict(paper, follows, truth):
    """What is said about a number on paper; None is a blank, and a sentence is what can't be read."""
    if paper is None or isinstance(paper, str):
        return LEFT_OUT if paper is None else UNREAD
    low, high = stands_for(paper)
    value, below, above = truth
    if low <= value + above and value + below <= high:
        return RIGHT
    value, below, above = follows
    # (what follows may be no number, as the logarithm of a negative one: then nothing is held against this one)
    return WRONG if low > value + above or value + below > high else CARRIED


def stands_for(paper, least=3):
    """The numbers that may have become this one, rounded or cut off to the digits it has: from … to. Where these are
    fewer than `least`, zeros follow.

    >>> [round(float(end), 4) for end in stands_for(0.326)], stands_for(0)
    ([0.3255, 0.327], (0, 0))
    """
    if not paper:
        return paper, paper
    digits, exponent = f"{abs(paper):.14e}".split("e")
    unit = 10.0 ** (int(exponent) + 1 - max(least, len(digits.replace(".", "").rstrip("0"))))
    return (paper - unit / 2, paper + unit) if paper > 0 else (paper - unit, paper + unit / 2)


def _expected(step, known, ends):
    """What follows from these numbers, and how far below and above it may be. ends : the same of the numbers that
    were written, not given: {symbol: (below, above)}."""
    with np.errstate(all="ignore"):
        result = follow(step, known)
        below, above = np.full(result.shape, -1e-9), np.full(result.shape, 1e-9)
        for symbol, both in ends.items():
            without = follow(step, {**known, symbol: np.full_like(known[symbol], np.nan)})
            if np.array_equal(without, result):             # this step does not use it
                continue
            for index in np.ndindex(known[symbol].shape):
                changes = []
                for end in both:
                    moved = known[symbol].copy()
                    moved[index] += end[index]
                    changes.append(follow(step, {**known, symbol: moved}) - result)
                below, above = below + np.minimum(*changes), above + np.maximum(*changes)
    return result, below, above


def _slip(step, own, given, paper, index, expected):
    """The common slip that leads to this number, if there is one."""
    follows, below, above = _at(expected, index)
    if _rounded_too_far(paper, follows):
        return "rounded too far: write 3 significant digits"
    low, high = stands_for(paper)
    size = 2 * max(-below, above)                           # a slip may turn the interval round, and double it
    with np.errstate(all="ignore"):
        for sentence, wrong in _slips(step, own, given, expected[0]):
            near = size + max(np.subtract(*reversed(stands_for(float(f"{wrong[index]:.3g}")))), high - low)
            if low - size <= wrong[index] <= high + size and abs(wrong[index] - follows) > near:
                return sentence
    return ""


def _rounded_too_far(paper, follows):
    """Whether this is a longer number, rounded or cut off to two digits, or rounded to one."""
    if f"{follows:.6e}" == f"{follows:.1e}".replace("e", "00000e"):
        return False                                        # it has two digits only
    low, high = stands_for(paper, 2)
    return low <= follows <= high or paper == float(f"{follows:.0e}")


def _slips(step, own, given, follows):
    """Sentences, and what such a slip makes of this step."""
    again = lambda **changed: follow(step, {**own, **changed})
    if step.line == 8:
        yield ("these are D's old parameters: in line 8 D has moved",
               again(**{name: given[name] for name in ("W1", "b1", "W2", "b2")}))
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
    if "/ m" in step.formula:
        yield "it is divided by m once too often", follows / own["m"]


def report(drawn, marks):
    """What is said about a sheet: a sentence for each wrong number, what is only carried on, and the count."""
    lines = [f"step {each.step}, {each.name}: written {number(each.written, drawn.tiny)}, but "
             f"{number(each.expected, drawn.tiny)} follows from the numbers before it{each.slip and ': '}{each.slip}"
             for each in marks if each.verdict == WRONG]
    lines += [each.slip for each in marks if each.verdict == UNREAD]
    lines += _listed("carried on from an earlier mistake, and right from there", marks, CARRIED)
    lines += _listed("left out", marks, LEFT_OUT)
    count = Counter(each.verdict for each in marks)
    total = f"{count[RIGHT]} of {len(marks)} right"
    rest = "".join(f", {count[verdict]} {verdict}" for verdict in (WRONG, CARRIED, UNREAD, LEFT_OUT) if count[verdict])
    method = f"; by its method {count[RIGHT] + count[CARRIED]} of {len(marks)}" if count[CARRIED] else ""
    return "\n".join([*lines, total + rest + method])


def _listed(title, marks, verdict):
    """The names that have this verdict, step by step."""
    steps = {}
    for each in marks:
        if each.verdict == verdict:
            steps.setdefault(each.step, []).append(each.name)
    return [f"{title}:", *(f"  step {step}: {', '.join(names)}" for step, names in steps.items())] if steps else []
