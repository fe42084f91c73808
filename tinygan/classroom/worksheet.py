"""A sheet to read, to fill in and to print: as text, as Markdown and as a page of HTML.

Here: `worked`, the whole sheet with the numbers in its formulas; `as_text` and `as_markdown`, to be filled in with an
editor, a blank for each number; `as_page`, to be printed, a box for each number; `write`, these three to a folder;
`number`, how a number is written; `head`, the line that says which sheet it is; `file_name`.
"""

import html
import re
import textwrap
from fractions import Fraction
from itertools import count, groupby
from typing import Callable, NamedTuple

import numpy as np

from .._files import replacing
from .trace import Numbers, difference, entry_names, walk

BLANK, TAG = "____", "[Alg. 1, line {}]"
TITLE = "One iteration of Algorithm 1 by hand"
LINES = {3: "sample m noise vectors z from the prior p_z", 4: "sample m examples x from p_data",
         5: "D ascends the gradient of V = mean log D(x) + mean log(1 − D(G(z)))",
         7: "sample m noise vectors from the prior p_z, called z_new here",
         8: {"minimax": "G descends the gradient of L = mean log(1 − D(G(z)))",
             "non-saturating": "G descends the gradient of L = −mean log D(G(z))"}}
GIVEN = {3: "z", 4: "x", 7: "z_new"}
PARAMETERS = [[f"{v}{name}{of}" for name in ("W1", "b1", "W2", "b2")] for of in ("_G", "") for v in ("", "v_")]
NETWORKS = {"G": ["u_G = z W1_G + b1_G", "h_G = max(u_G, 0)", "x_fake = h_G W2_G + b2_G"],
            "D": ["u = x W1 + b1", "h = max(u, 0)", "a = h W2 + b2", "D(x) = σ(a) = 1 / (1 + e^−a)"]}
SIGNS = ["Names with the index G, such as W1_G, are G's. A row is an example. X is x above x_fake: D takes all 2m "
         "rows at once, first the real ones. h_real and h_fake are its rows of h, "
         "and ∂V/∂a is ∂V/∂a_real above ∂V/∂a_fake.",
         "Wᵀ is W with rows and columns exchanged, ⊙ multiplies entry by entry, [u > 0] is 1 where u > 0 and 0 "
         "elsewhere, and log is the natural logarithm. v is the last step of each parameter, "
         "μ is the momentum, η the learning rate."]
TINY = ("D's last layer is 0 at the start. log 1/2 = −log 2 = −0.6931. Two things do not show on tiny sheets: "
        "gradients meet no unit that is off, so forgetting [u > 0] changes nothing; and G's objectives have the same "
        "gradient.")
NOTHING_PASSES = "W2 is 0: nothing passes down to D's first layer. In this step W1 and b1 move by their momentum alone."
DIGITS = "Write at least 3 significant digits of each number."
HOW = f"{DIGITS} -0.25, -0,25 and -1/4 are the same. Leave a blank as it is where you have no number."
DIFFERENCES = ("Beside each gradient stand its difference quotients, (V(θ + ε) − V(θ − ε)) / 2ε, and the same with L: "
               "no formula of the way back is used for them.")


def number(value, tiny=False):
    """A number as it stands on a sheet: 4 significant digits, or on a tiny one a fraction where it is one.

    >>> number(-1.38629436), number(0.375, tiny=True)
    ('-1.386', '3/8')
    """
    fraction = Fraction(float(value)).limit_denominator(64)
    return str(fraction) if tiny and abs(value - fraction) < 1e-9 else f"{value:.4g}"


def head(sheet):
    """The line that says which sheet it is: what `--check` needs to know."""
    return f"sheet: seed {sheet.seed}, {'tiny, ' if sheet.tiny else ''}{sheet.objective}"


def file_name(sheet, answers):
    """Such as trace-seed7-worksheet, without a suffix."""
    return "-".join(["trace", *(["tiny"] if sheet.tiny else []), f"seed{sheet.seed}",
                     *(["minimax"] if sheet.objective == "minimax" else []), "answers" if answers else "worksheet"])


def write(sheet, answers, folder):
    """Write the sheet to the folder, as .txt, .md and .html; return the three paths.

    What stands there and is not the same, such as a sheet that was filled in, is kept: then the name gets a number.
    """
    texts = {".txt": as_text(sheet, answers), ".md": as_markdown(sheet, answers), ".html": as_page(sheet, answers)}
    folder.mkdir(parents=True, exist_ok=True)
    for attempt in count(1):
        name = file_name(sheet, answers) + (f"-{attempt}" if attempt > 1 else "")
        paths = {folder / f"{name}{suffix}": text for suffix, text in texts.items()}
        if all(not path.exists() or path.read_text(encoding="utf-8", errors="replace") == text
               for path, text in paths.items()):
            break
    for path, text in paths.items():
        with replacing(path) as temporary:
            temporary.write_text(text, encoding="utf-8")
    return list(paths)


# Text and Markdown

class Style(NamedTuple):
    """How headings and formulas are written, and what stands around numbers."""

    heading: Callable
    formula: Callable
    fence: list


TEXT = Style(heading=lambda level, text: f"{text}\n{'==-'[level - 1] * len(text)}" if level < 3 else text,
             formula=lambda place, step: f"{place:>2}. {step.formula}".ljust(64) + step.tag, fence=[])
MARKDOWN = Style(heading=lambda level, text: f"{'#' * level} {text}",
                 formula=lambda place, step: f"**{place}.** `{step.formula}` {step.tag}\n", fence=["```"])


def worked(sheet):
    """The whole sheet as text: each formula, the same with its numbers, and beside each gradient its differences."""
    def body(step, known, result):
        right = re.split(" = | ← ", step.formula)[1]
        quotient = difference(sheet, step)
        beside_it = [] if quotient is None else ["   differences:", block(quotient.round(8))]
        return beside([*_numbers(right, known, sheet.tiny), "=", block(result, sheet.tiny), *beside_it])

    return _document(sheet, TEXT, [DIFFERENCES], body, results=True)


def as_text(sheet, answers=False):
    """The sheet as text: a blank for each number, or each number and the difference quotients of the gradients."""
    return _to_fill_in(sheet, TEXT, answers)


def as_markdown(sheet, answers=False):
    """The same in Markdown."""
    return _to_fill_in(sheet, MARKDOWN, answers)


def _to_fill_in(sheet, style, answers):
    def body(step, known, result):
        names = entry_names(step.symbol, result.shape, sheet.given["m"])
        values = [number(value, sheet.tiny) if answers else BLANK for value in result.flat]
        entries = [f"{name} = {value}" for name, value in zip(names, values)]
        columns, width = result.shape[-1] if result.ndim else 1, max(map(len, entries))
        rows = ["   ".join(entry.ljust(width) for entry in entries[i:i + columns])
                for i in range(0, len(entries), columns)]
        quotient = difference(sheet, step) if answers else None
        return rows if quotient is None else [*rows, f"difference quotients: {_listed(quotient)}"]

    return _document(sheet, style, [] if answers else ["name:", HOW], body, results=answers)


def _document(sheet, style, about, body, results):
    """The sheet with a body for each of its steps, what `body(step, known, result)` gives as lines."""
    fenced = lambda lines: [*style.fence, *lines, *style.fence, ""]
    lines = [style.heading(1, TITLE), "", head(sheet), "", *_paragraphs([*about, *_signs(sheet)])]
    lines += [style.heading(2, "Given"), "", *_given(sheet, fenced)]
    for line, parts in _lines(sheet):
        lines += [style.heading(2, _title(sheet, line)), ""]
        if line in GIVEN:
            lines += fenced(_equations(sheet, [GIVEN[line]]))
        for part, steps in parts:
            lines += [style.heading(3, part), ""]
            for place, step, known, result in steps:
                note = [NOTHING_PASSES] if results and _passes_nothing(sheet, step) else []
                lines += [style.formula(place, step)]
                lines += fenced([f"    {each}" for each in [*body(step, known, result), *note]])
    return "\n".join(line.rstrip(" ") for line in lines).rstrip() + "\n"


def _given(sheet, fenced):
    networks = [f"{name}:  {',  '.join(rows)}" for name, rows in NETWORKS.items()]
    return [*fenced(networks), *fenced(_equations(sheet, ["m", "μ", "η"])),
            *(line for names in PARAMETERS for line in fenced(_equations(sheet, names)))]


def _signs(sheet):
    return [*SIGNS, *([TINY] if sheet.tiny else [])]


def _paragraphs(sentences, width=100):
    for sentence in sentences:
        yield from [*textwrap.wrap(sentence, width), ""]


def _lines(sheet):
    """The lines of Algorithm 1: each with its parts, and these with their steps, numbered."""
    steps = [(place, step, dict(known), result)
             for place, (step, known, result) in enumerate(walk(sheet.steps, sheet.given), 1)]
    for line in LINES:
        here = [each for each in steps if each[1].line == line]
        yield line, [(part, list(group)) for part, group in groupby(here, lambda each: each[1].part)]


def _title(sheet, line):
    text = LINES[line][sheet.objective] if line == 8 else LINES[line]
    return f"Line {line}: {text}"


def _passes_nothing(sheet, step):
    return sheet.tiny and (step.line, step.symbol) == (5, "dh")


def _listed(quotient):
    return ", ".join(number(value) for value in quotient.round(8).flat)


def block(array, tiny=False):
    """An array as lines of text: rows in brackets, with the decimal points of a column below one another."""
    rows = [[number(value, tiny) for value in row] for row in np.atleast_2d(array)]
    if np.ndim(array) == 0:
        return [rows[0][0]]
    columns = [_aligned(column) for column in zip(*rows)]
    return [f"[ {'  '.join(row)} ]" for row in zip(*columns)]


def _aligned(texts):
    cut = [text.partition(".") for text in texts]
    left, right = max(len(whole) for whole, _, _ in cut), max(len(point + rest) for _, point, rest in cut)
    return [whole.rjust(left) + (point + rest).ljust(right) for whole, point, rest in cut]


def beside(parts):
    """Blocks and words side by side, their middles in one line."""
    blocks = [[part] if isinstance(part, str) else part for part in parts]
    height = max(map(len, blocks))
    padded = []
    for each in blocks:
        above, width = (height - len(each)) // 2, max(map(len, each))
        padded.append([line.ljust(width) for line in [""] * above + each + [""] * (height - above - len(each))])
    return [" ".join(row) for row in zip(*padded)]


def _equations(sheet, names):
    """W1 = [ … ], for each of these names, side by side."""
    return beside([part for name in names for part in (f"{name} =", block(sheet.given[name], sheet.tiny), " ")])


def _numbers(text, known, tiny):
    """The right side of a formula, cut into words and blocks of numbers."""
    known, parts, end = Numbers(**known), [], 0
    for found in re.finditer(r"\[(u|u_G) > 0\]|(?:∂[VL]/(∂))?(\w+)", text):
        mask, derivative, name = found.groups()
        symbol = ("d" if derivative else "") + (mask or name.rstrip("ᵀ"))
        if hasattr(known, symbol):
            array = np.asarray(getattr(known, symbol), float)
            array = array > 0 if mask else array.T if name.endswith("ᵀ") else array
            parts += [text[end:found.start()].strip(), block(np.asarray(array, float), tiny)]
            end = found.end()
    return [part for part in [*parts, text[end:].strip()] if part]


# A page to print

def as_page(sheet, answers=False):
    """The sheet as one file of HTML that prints on two or three pages, in black and white."""
    given = lambda *names: "".join(f"<span class=equation><span>{formula(name)} =</span> "
                                   f"{_table(sheet.given[name], sheet.tiny)}</span>" for name in names)
    parameters = "".join(f"<div class=row>{given(*names)}</div>" for names in PARAMETERS)
    networks = "".join(f"<p><b>{name}</b> &ensp;{', &ensp;'.join(map(formula, rows))}</p>"
                       for name, rows in NETWORKS.items())
    about = [*([] if answers else [DIGITS]), *_signs(sheet)]
    sections = "".join(_section(sheet, line, parts, answers, given) for line, parts in _lines(sheet))
    name = "answers" if answers else "name <span class=line></span> date <span class='line short'></span>"
    return PAGE.format(title=TITLE, head=head(sheet), name=name, networks=networks, about=" ".join(map(formula, about)),
                       rates=given("m", "μ", "η"), parameters=parameters, sections=sections)


def formula(text):
    """A formula or a sentence in HTML: W1_G becomes W with an index 1, G.

    >>> formula("h_Gᵀ W1")
    '<i>h</i><sub>G</sub><sup>T</sup> <i>W</i><sub>1</sub>'
    """
    def name(found):
        velocity, letters, digit, of, transposed = found.groups()
        if not (velocity or digit or of or len(letters) == 1 and letters not in "AI"):
            return found[0]
        index = f"{letters if velocity else ''}{','.join(filter(None, [digit, of]))}"
        return (f"<i>{'v' if velocity else letters}</i>" + (f"<sub>{index}</sub>" if index else "")
                + ("<sup>T</sup>" if transposed else ""))

    text = html.escape(text.replace("e^−a", "e⁻ᵃ"), quote=False)
    text = text.replace("/∂", "/\u2060∂").replace(" &gt; 0]", "\u00a0&gt;\u00a00]")     # no line ends there
    return re.sub(r"(?<![\w'&])(v_)?([A-Za-z]+?)(\d?)(?:_(G|real|fake|new|data|z))?(ᵀ?)(?![\w;])", name, text)


def _section(sheet, line, parts, answers, given):
    start = f"<h2>{formula(_title(sheet, line))} <small>{TAG.format(line)}</small></h2>"
    if line in GIVEN:
        return f"<section>{start}<div class=row>{given(GIVEN[line])}</div></section>"
    cells = ""
    for part, steps in parts:
        first = f"<h3>{formula(part)}</h3>"
        for place, step, _, result in steps:
            cells += f"<div class=step>{first}{_cell(sheet, place, step, result, answers)}</div>"
            first = ""
    return f"<section>{start}<div class=steps>{cells}</div></section>"


def _cell(sheet, place, step, result, answers):
    tag = "" if step.tag.startswith("[Alg.") else f" <small>{step.tag}</small>"
    quotient = difference(sheet, step) if answers else None
    check = "" if quotient is None else f"<small class=check>difference quotients: {_minus(_listed(quotient))}</small>"
    note = f"<small class=check>{formula(NOTHING_PASSES)}</small>" if answers and _passes_nothing(sheet, step) else ""
    return (f"<div class=row><span><b>{place}</b> {formula(step.formula)}{tag}</span>"
            f"{_table(result, sheet.tiny, boxes=True, blank=not answers, rows=_row_names(step, result, sheet))}</div>"
            f"{check}{note}")


def _row_names(step, result, sheet):
    """Whether a row is real or generated, where D has both in one array."""
    names = list(entry_names(step.symbol, result.shape, sheet.given["m"]))[::result.shape[-1] if result.ndim else 1]
    both = any("_real" in name for name in names) and any("_fake" in name for name in names)
    return ["real" if "_real" in name else "generated" for name in names] if both else []


def _table(array, tiny, boxes=False, blank=False, rows=()):
    """An array in brackets; or a box for each of its entries, to be filled in."""
    if np.ndim(array) == 0 and not boxes:
        return _minus(number(array, tiny))
    cells = [[f"<td>{'' if blank else _minus(number(value, tiny))}</td>" for value in row]
             for row in np.atleast_2d(array)]
    names = [f"<th class={name}>{name}</th>" for name in rows] or [""] * len(cells)
    inside = "".join(f"<tr>{name}{''.join(row)}</tr>" for name, row in zip(names, cells))
    return f"<table class={'boxes' if boxes else 'matrix'}>{inside}</table>"


def _minus(text):
    return text.replace("-", "−")


PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}, {head}</title>
<style>
@page {{ margin: 11mm 12mm }}
* {{ box-sizing: border-box }}
body {{ font: 15px/1.35 system-ui, "Segoe UI", "DejaVu Sans", sans-serif; color: #000; background: #fff;
       max-width: 64rem; margin: 0 auto; padding: 1rem }}
h1 {{ font-size: 1.4em; margin: 0 }}
h2 {{ font-size: 1.05em; margin: 1em 0 .4em; padding-top: .3em; border-top: 2px solid #000; break-after: avoid }}
h3 {{ font-size: .95em; margin: .4em 0 .3em }}
p {{ margin: .25em 0 }}
small {{ font-weight: normal; font-size: .8em; color: #444 }}
i {{ font-family: "Cambria Math", Cambria, "DejaVu Serif", Georgia, serif }}
sub, sup {{ font-size: .72em; line-height: 0 }}
.top {{ display: flex; flex-wrap: wrap; justify-content: space-between; gap: .3em 2em; align-items: baseline }}
.line {{ display: inline-block; width: 13em; max-width: 60vw; border-bottom: 1px solid #000; height: 1.3em }}
.short {{ width: 6em }}
.about {{ font-size: .87em }}
.row {{ display: flex; flex-wrap: wrap; align-items: center; gap: .3em 1.2em }}
.equation {{ display: inline-flex; align-items: center; gap: .4em; white-space: nowrap }}
table {{ border-spacing: 0; font-variant-numeric: tabular-nums }}
.boxes {{ border-collapse: collapse; margin-right: 1px }}
.matrix {{ border: solid #000; border-width: 0 1.5px; border-radius: 5px }}
.matrix td {{ text-align: right; padding: 0 .45em }}
.boxes td {{ border: 1px solid #000; width: 4.4em; height: 1.75em; text-align: center; padding: 0 .2em }}
.boxes th {{ font-size: .72em; font-weight: normal; text-align: right; padding-right: .5em }}
.real {{ color: #0072B2 }} .generated {{ color: #D55E00 }}
.steps {{ columns: 2 25rem; column-gap: 2rem; column-rule: 1px solid #bbb }}
.step {{ break-inside: avoid; padding: .12em 0 }}
.step .row {{ justify-content: space-between; gap: .1em .6em; margin: .1em 0 }}
.step b {{ display: inline-block; min-width: 1.5em }}
.check {{ display: block; text-align: right }}
@media print {{
  body {{ font-size: 9.5pt; max-width: none; padding: 0 }}
  .steps {{ columns: 2; column-gap: 6mm; padding-right: 1mm }}
  .step .row {{ flex-wrap: nowrap }}
  .boxes td {{ width: 15mm; height: 6.2mm }}
  .real, .generated, small {{ color: #000 }}
}}
</style>
</head>
<body>
<div class=top><h1>{title}</h1><span>{head}</span><span>{name}</span></div>
<section class=about><p>{about}</p></section>
<h2>Given</h2>
{networks}
<div class=row>{rates}</div>
{parameters}
{sections}
</body>
</html>
"""
