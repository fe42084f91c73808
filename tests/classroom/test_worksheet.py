"""A worksheet has a blank where the answers have a number; it is written as text, Markdown and a page, over nothing."""

import re
from html.parser import HTMLParser

import numpy as np
import pytest

from tinygan.classroom.trace import entry_names, sheet, walk
from tinygan.classroom.worksheet import (as_markdown, as_page, as_text, beside, block, file_name, formula, number,
                                         worked)
from tinygan.cli import main

BOTH = pytest.mark.parametrize("tiny", [False, True])
SIZES = {False: 167, True: 59}


@BOTH
@pytest.mark.parametrize("write", [as_text, as_markdown])
def test_each_number_has_its_blank_and_in_the_answers_its_value(write, tiny):
    drawn = sheet(7, tiny)
    blanks = re.findall(r"(\S+) = ____", write(drawn))
    expected = {}
    for step, _, result in walk(drawn.steps, drawn.given):
        for name, value in zip(entry_names(step.symbol, result.shape, drawn.given["m"]), result.flat):
            expected.setdefault(name, []).append(number(value, tiny))
    assert len(blanks) == SIZES[tiny] and set(blanks) == set(expected)
    answers = write(drawn, answers=True)
    assert "____" not in answers
    for name, values in expected.items():
        found = re.findall(rf"(?<![^ ]){re.escape(name)} = (-?[\d./]+(?:e-\d+)?)(?: |$)", answers, re.M)
        assert [each for each in found if each in values], name


@BOTH
@pytest.mark.parametrize("write", [as_text, as_markdown, as_page])
def test_a_worksheet_gives_nothing_away(write, tiny):
    drawn = sheet(7, tiny)
    assert "difference" not in write(drawn) and "difference quotients" in write(drawn, answers=True)
    assert "nothing passes down" not in write(drawn)
    assert ("nothing passes down" in write(drawn, answers=True)) == tiny


@pytest.mark.parametrize("write", [as_text, as_markdown, worked])
def test_every_step_has_its_formula_and_its_tag(write):
    drawn = sheet(2, objective="minimax")
    lines = write(drawn).splitlines()
    for place, step in enumerate(drawn.steps, 1):
        line = next(line for line in lines if re.match(rf"[ *]*{place}\.", line))
        assert step.formula in line and step.tag in line


def test_the_worked_sheet_puts_the_numbers_into_the_formula():
    text = worked(sheet(7))
    assert ("    [  1.5 ] [ 1  0.5 ] + [ -0.5  0.5 ] = [  1   1.25 ]\n"
            "    [ -1.5 ]                              [ -2  -0.25 ]\n") in text
    assert "(1 − [ 0.5622 ] ) / 2 = [ 0.2189  ]    differences: [ 0.2189  ]" in text
    assert "⊙ [ 1  0 ] = [" in text                                 # [u > 0]
    assert "[ 0    0.5  0  0 ] [  0.09121 ] = " in text              # hᵀ, in rows of four numbers
    assert max(map(len, text.splitlines())) <= 120


def test_the_worked_sheet_stands_in_ascii_where_there_is_no_more():
    from tinygan._terminal import SPELLED
    assert not {sign for sign in worked(sheet(0)) + worked(sheet(0, True, "minimax")) if ord(sign) > 127} - set(SPELLED)


def test_numbers_of_a_column_stand_point_below_point():
    assert block(np.array([[1.25, 10], [-0.5, 2]])) == ["[  1.25  10 ]", "[ -0.5    2 ]"]
    assert block(np.array(0.375), tiny=True) == ["3/8"] and number(0.375) == "0.375"
    assert beside(["W =", ["[ 1 ]", "[ 2 ]"]]) == ["W = [ 1 ]", "    [ 2 ]"]


def test_formulas_in_html():
    assert formula("∂V/∂W1 = Xᵀ ∂V/∂u").count("<sub>1</sub>") == 1
    assert formula("v_W1_G") == "<i>v</i><sub>W1,G</sub>"
    assert formula("[u > 0]").startswith("[<i>u</i>") and "<" not in formula("sum of the rows")
    assert formula("p_data") == "<i>p</i><sub>data</sub>"


class Page(HTMLParser):
    """What is open, what was closed wrongly, and what is fetched from elsewhere."""

    def __init__(self):
        super().__init__()
        self.open, self.cells, self.fetched, self.cell = [], [], [], None

    def handle_starttag(self, tag, attributes):
        self.fetched += [value for name, value in attributes if name in ("src", "href")]
        if tag != "meta":
            self.open.append((tag, dict(attributes)))
        if tag == "td":
            self.cell = ""

    def handle_data(self, data):
        if self.cell is not None:
            self.cell += data

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag
        if tag == "td":
            tables = [attributes.get("class") for name, attributes in self.open if name == "table"]
            self.cells += [self.cell] if tables == ["boxes"] else []
            self.cell = None


@BOTH
@pytest.mark.parametrize("answers", [False, True])
def test_the_page_has_a_box_for_each_number_and_needs_nothing_from_elsewhere(tiny, answers):
    page = Page()
    text = as_page(sheet(7, tiny), answers)
    page.feed(text)
    assert not page.open and not page.fetched and "url(" not in text and "@import" not in text
    assert len(page.cells) == SIZES[tiny] and all(bool(cell) == answers for cell in page.cells)


def test_three_files_are_written_and_named(tmp_path, capsys):
    arguments = ["trace", "--seed", "7", "--tiny", "--objective", "minimax", "--out", str(tmp_path / "a" / "b")]
    assert main([*arguments, "--worksheet"]) == 0
    names = sorted(path.name for path in (tmp_path / "a" / "b").iterdir())
    assert names == [f"trace-tiny-seed7-minimax-worksheet{suffix}" for suffix in (".html", ".md", ".txt")]
    assert all(name in capsys.readouterr().out for name in [names[0]])
    assert main([*arguments, "--answers"]) == 0
    assert file_name(sheet(7, True, "minimax"), True) + ".txt" in capsys.readouterr().out


def test_a_sheet_that_was_filled_in_is_kept(tmp_path, capsys):
    arguments = ["trace", "--tiny", "--worksheet", "--out", str(tmp_path)]
    for _ in range(2):                                              # the same again: nothing new
        main(arguments)
    assert len(list(tmp_path.iterdir())) == 3
    mine = tmp_path / "trace-tiny-seed0-worksheet.txt"
    mine.write_text("my work", encoding="utf-8")
    main(arguments)
    assert mine.read_text(encoding="utf-8") == "my work"
    assert "trace-tiny-seed0-worksheet-2.txt" in capsys.readouterr().out.splitlines()[-1]
