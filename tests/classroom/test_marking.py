"""Marking: a slip costs one number, what follows from it is carried on, and rounding costs nothing."""

from collections import Counter

import numpy as np
import pytest

from tinygan.classroom.marking import mark, read, report, stands_for, value
from tinygan.classroom.trace import entry_names, follow, sheet
from tinygan.classroom.worksheet import as_markdown, as_page, as_text
from tinygan.cli import main

BOTH = pytest.mark.parametrize("tiny", [False, True])
exactly = lambda array: array


def rounded(array, digits=3):
    return np.array([float(f"{number:.{digits - 1}e}") for number in array.flat]).reshape(array.shape)


def cut_off(array):
    size = 10.0 ** (np.floor(np.log10(np.where(array == 0, 1, np.abs(array)))) - 2)
    return np.trunc(array / size + 1e-9 * np.sign(array)) * size


def student(drawn, on_paper=exactly, from_paper=True, slips=None):
    """What is written on paper: each number as `on_paper` leaves it, and the next step from these numbers or, with
    from_paper=False, from what the calculator holds. slips: {(line, symbol): what becomes of that step's result}."""
    known, written = dict(drawn.given), {}
    for place, step in enumerate(drawn.steps, 1):
        result = follow(step, known)
        result = np.asarray((slips or {}).get((step.line, step.symbol), exactly)(result))
        paper = on_paper(result)
        known[step.symbol] = paper if from_paper else result
        for name, number in zip(entry_names(step.symbol, result.shape, drawn.given["m"]), paper.flat):
            written[place, name] = number
    return written


def verdicts(marks):
    return Counter(each.verdict for each in marks)


@BOTH
@pytest.mark.parametrize("write", [as_text, as_markdown])
@pytest.mark.parametrize("seed", [0, 7])
def test_the_answers_are_all_right(write, tiny, seed):
    drawn, written = read(write(sheet(seed, tiny, "minimax"), answers=True))
    assert (drawn.seed, drawn.tiny, drawn.objective) == (seed, tiny, "minimax")
    assert set(verdicts(mark(drawn, written))) == {"right"}


@pytest.mark.parametrize("from_paper", [True, False])
@pytest.mark.parametrize("on_paper", [rounded, cut_off, exactly])
@pytest.mark.parametrize("seed", [1, 2])
def test_three_digits_are_enough_rounded_or_cut_off_and_whatever_the_calculator_holds(seed, on_paper, from_paper):
    drawn = sheet(seed)
    assert set(verdicts(mark(drawn, student(drawn, on_paper, from_paper)))) == {"right"}


def test_two_digits_are_not_enough():
    drawn = sheet(1)
    assert verdicts(mark(drawn, student(drawn, lambda array: rounded(array, 2))))["wrong"] > 5


@pytest.mark.parametrize("where", [(5, "u_G"), (5, "u"), (5, "a_fake"), (5, "D_real"), (5, "t_fake"), (5, "da_real"),
                                   (5, "dW2"), (5, "v_W1"), (8, "a_fake"), (8, "dx_fake"), (8, "du_G"), (8, "b1_G")])
@pytest.mark.parametrize("from_paper", [True, False])
def test_one_slip_is_one_wrong_number_and_the_rest_is_right_or_carried_on(where, from_paper):
    drawn = sheet(5)

    def slip(array):
        array = array.copy()
        array[np.unravel_index(array.argmax(), array.shape)] += 0.07
        return array

    marks = mark(drawn, student(drawn, rounded, from_paper, {where: slip}))
    wrong = [each for each in marks if each.verdict == "wrong"]
    assert [(drawn.steps[each.step - 1].line, drawn.steps[each.step - 1].symbol) for each in wrong] == [where]
    assert bool(verdicts(marks)["carried on"]) == (where != (8, "b1_G"))            # from there nothing follows
    if where == (5, "t_fake"):
        assert [each.name for each in marks if each.verdict == "carried on"] == ["V"]


def test_who_copies_the_right_number_later_is_right_from_there():
    drawn = sheet(5)
    written, slipped = student(drawn), student(drawn, slips={(5, "a_real"): lambda array: array + 1})
    places = {step.symbol: place for place, step in reversed(list(enumerate(drawn.steps, 1)))}
    mixed = {key: (slipped if key[0] <= places["D_real"] else written)[key] for key in written}
    assert verdicts(mark(drawn, mixed)) == {"right": 163, "wrong": 2, "carried on": 2}


@pytest.mark.parametrize("where, slip, words", [
    ((5, "a_real"), lambda n: -n, "the sign is wrong"),
    ((5, "D_real"), lambda n: 1 - n, "this is 1 − D"),
    ((5, "da_real"), lambda n: 2 * n, "the division by m is missing"),
    ((5, "dW2"), lambda n: 2 * n, "m times too large")])
def test_a_common_slip_is_named(where, slip, words):
    drawn = sheet(5)
    marks = mark(drawn, student(drawn, rounded, slips={where: slip}))
    assert {each.slip for each in marks if each.verdict == "wrong"} == {words} or words in report(drawn, marks)


@pytest.mark.parametrize("symbol, formula, words", [
    ("du", lambda n: n.dh, "the ReLU is forgotten"),
    ("t_fake", lambda n: np.log(n.D_fake), "D and 1 − D are exchanged"),
    ("da_real", lambda n: n.D_real / n.m, "D and 1 − D are exchanged"),
    ("v_W1", lambda n: n.μ * n.v_W1 - n.η * n.dW1, "the step goes the other way"),
    ("v_W1", lambda n: n.η * n.dW1, "the momentum is missing"),
    ("v_W1", lambda n: n.v_W1 + n.η * n.dW1, "μ is missing"),
    ("v_W1", lambda n: n.μ * n.v_W1 + n.dW1, "η is missing"),
    ("W1", lambda n: n.W1 - n.v_W1, "v is subtracted")])
def test_a_slip_in_the_formula_is_named(symbol, formula, words):
    drawn, asked = sheet(5), sheet(5)
    place = next(i for i, step in enumerate(drawn.steps) if step.symbol == symbol)
    drawn.steps[place] = drawn.steps[place]._replace(compute=formula)
    marks = mark(asked, student(drawn, rounded))
    assert {each.slip for each in marks if each.verdict == "wrong"} == {words}
    assert {each.step for each in marks if each.verdict == "wrong"} == {place + 1}


def test_no_number_follows_from_a_probability_above_1():
    drawn = sheet(5)
    written = student(drawn)
    place = {name: (step, name) for step, name in reversed(written)}
    marks = mark(drawn, {**written, place["D_fake[1]"]: 1.2, place["t_fake[1]"]: -1.61})
    assert {each.name: each.verdict for each in marks if each.verdict != "right"} == {
        "D_fake[1]": "wrong", "t_fake[1]": "carried on"}


@pytest.mark.parametrize("text, number", [
    ("-0.25", -0.25), ("−0,25", -0.25), ("-1/4", -0.25), ("+ .25", 0.25), ("2.5e-3", 0.0025), ("3", 3), ("____", None),
    ("?", None), (" - ", None), ("−", None), ("??", None),
    ("", None), ("__0.5__", 0.5), ("3*1 = 3", 3), ("-log 2", -np.log(2)), ("2 log 1/2", -2 * np.log(2)),
    ("-2 ln(2)", -2 * np.log(2)), ("-3 / 8", -0.375)])
def test_a_number_may_be_written_in_many_ways(text, number):
    assert value(text) == (number if number is None else pytest.approx(number, rel=1e-12))


@pytest.mark.parametrize("text", ["abc", "1/0", "0.5?", "1e999", "nan", "1.2.3", "log -1", "log", "1 2"])
def test_what_is_no_number_is_refused(text):
    with pytest.raises(ValueError, match="is no number. Write one such as -0.25 or -1/4, or leave ____"):
        value(text)
    with pytest.raises(ValueError, match="too long"):
        value(text + "9" * 5000)


@pytest.mark.parametrize("paper, ends", [
    (0.333, (0.3325, 0.334)), (-25, (-25.1, -24.95)), (1, (0.995, 1.01)), (-1.386, (-1.387, -1.3855)), (0, (0, 0))])
def test_a_number_on_paper_stands_for_what_may_have_been_rounded_or_cut_off_to_it(paper, ends):
    assert stands_for(paper) == pytest.approx(ends)


def verdict_of(symbol, paper, on_paper=rounded):
    """What is said of this number in the place of the first one with this name on the sheet of seed 5."""
    drawn = sheet(5)
    written = student(drawn, on_paper)
    place = next(key for key in written if key[1] == symbol)
    return next(each for each in mark(drawn, {**written, place: paper}) if each.name == symbol)


@pytest.mark.parametrize("paper, right", [
    (-1.36, False), (-1.386, False), (-1.35, False), (-1.39, False), (-1.37, True), (-1.38, True), (-1.378, True)])
def test_a_number_must_be_the_one_that_follows(paper, right):
    said = verdict_of("V", paper, lambda array: rounded(array, 4))
    assert said.expected == pytest.approx(-1.378, abs=5e-4) and (said.verdict == "right") == right


def test_what_follows_from_given_numbers_alone_has_no_play():
    right = verdict_of("u_G[1,1]", 0).expected
    for factor in (1.01, 1.004, 0.996):
        assert verdict_of("u_G[1,1]", right * factor).verdict == "wrong"
    assert verdict_of("u_G[1,1]", right).verdict == "right"


@pytest.mark.parametrize("paper, right", [(0.325, True), (0.326, True), (0.3257, True), (0.329, False), (0.324, False)])
def test_rounded_and_cut_off_are_right_and_no_more(paper, right):
    low, high = stands_for(paper)
    assert (low <= 0.3257 <= high) == right


@pytest.mark.parametrize("paper", [-1.4, -1.3, -1])
def test_who_rounds_too_far_is_told_so(paper):
    assert verdict_of("V", paper).slip == "rounded too far: write 3 significant digits"


def test_too_few_digits_are_not_taken_for_another_slip():
    drawn = sheet(5)
    slips = {each.slip for each in mark(drawn, student(drawn, lambda array: rounded(array, 2)))}
    assert slips <= {"", "rounded too far: write 3 significant digits"}


def test_the_old_D_in_line_8_is_told():
    drawn, asked = sheet(5), sheet(5)
    place = next(i for i, step in enumerate(drawn.steps) if (step.line, step.symbol) == (8, "u"))
    old = drawn.given
    drawn.steps[place] = drawn.steps[place]._replace(compute=lambda n: n.x_fake @ old["W1"] + old["b1"])
    wrong = [each for each in mark(asked, student(drawn, rounded)) if each.verdict == "wrong"]
    assert wrong and {each.slip for each in wrong} == {"these are D's old parameters: in line 8 D has moved"}


def test_m_is_named_only_where_the_formula_has_it():
    where = {(5, "u_G"): lambda array: array / 2}
    assert {each.slip for each in mark(sheet(5), student(sheet(5), rounded, slips=where))} == {""}
    where = {(5, "da_real"): lambda array: array / 2}
    assert "divided by m once too often" in report(sheet(5), mark(sheet(5), student(sheet(5), rounded, slips=where)))


def test_all_that_is_no_number_is_listed_and_the_rest_is_marked(tmp_path, capsys):
    text = as_text(sheet(7), answers=True)
    for name, written in {"V = ": "22.28%", "L = ": "about 1", "D_real[1] = ": "?", "D_real[2] = ": "-"}.items():
        start = text.index(f"    {name}") + 4 + len(name)
        text = text[:start] + written + text[min(text.index("\n", start), text.index("   ", start)):]
    code, said = check(tmp_path, capsys, text)
    lines = said.out.splitlines()
    line = text[:text.index("22.28%")].count("\n") + 1
    assert code == 0 and lines[1].startswith(f"line {line}, V: '22.28%' is no number") and ", L: 'about 1'" in lines[2]
    assert lines[-1] == "163 of 167 right, 2 not readable, 2 left out"


def test_a_space_in_a_name_does_not_matter():
    text = as_text(sheet(7), answers=True)
    loose = text.replace("D_real[1] =", "D_real [1]=").replace("u_real[1,2] =", "u_real[1, 2]  =")
    assert loose != text and read(loose)[1] == read(text)[1]


def check(tmp_path, capsys, text, encoding="utf-8"):
    path = tmp_path / "ana.txt"
    path.write_text(text, encoding=encoding)
    code = main(["trace", "--check", str(path)])
    return code, capsys.readouterr()


def test_the_command_marks_a_file(tmp_path, capsys):
    text = as_text(sheet(7), answers=True)
    for old, new in {"a_fake[2] = 0.5": "a_fake[2] = −0,5", "dW2[1] = 0.04561": "dW2[1] = ____"}.items():
        assert old in text
        text = text.replace(old, new, 1)
    code, said = check(tmp_path, capsys, text)
    lines = said.out.splitlines()
    assert code == 0 and lines[0].endswith("ana.txt, sheet: seed 7, non-saturating")
    assert lines[1] == ("step 7, a_fake[2]: written -0.5, but 0.5 follows from the numbers before it: "
                        "the sign is wrong")
    assert lines[2:] == ["left out:", "  step 15: dW2[1]", "165 of 167 right, 1 wrong, 1 left out"]


def test_the_report_lists_what_is_carried_on_and_credits_the_method():
    drawn = sheet(5, tiny=True)
    lines = report(drawn, mark(drawn, student(drawn, slips={(5, "x_fake"): lambda n: n + 1}))).splitlines()
    assert lines[0].startswith("step 3, x_fake: written ")
    assert lines[1] == "carried on from an earlier mistake, and right from there:" and "step 4: u_fake" in lines[2]
    assert ", 1 wrong, " in lines[-1] and lines[-1].endswith("; by its method 58 of 59")


def test_an_empty_sheet_can_be_marked(tmp_path, capsys):
    code, said = check(tmp_path, capsys, as_text(sheet(0, tiny=True)))
    assert code == 0 and said.out.splitlines()[-1] == "0 of 59 right, 59 left out"


def test_several_sheets_are_marked_and_one_that_is_none_spoils_no_other(tmp_path, capsys):
    paths = [tmp_path / f"{name}.txt" for name in ("ana", "ben", "eva")]
    texts = [as_text(sheet(1, tiny=True), answers=True), "no sheet", as_text(sheet(2, tiny=True))]
    for path, text in zip(paths, texts):
        path.write_text(text, encoding="utf-8")
    assert main(["trace", "--check", *map(str, paths)]) == 2
    said = capsys.readouterr()
    assert "59 of 59 right" in said.out and "0 of 59 right, 59 left out" in said.out and "ben.txt" in said.err


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1253", "utf-16", "utf-16-be"])
def test_how_an_editor_saves_it_does_not_matter(tmp_path, capsys, encoding):
    text = as_text(sheet(0, tiny=True), answers=True)
    if "utf" in encoding:
        text = text.replace("= -", "= −")
    text = text.encode(encoding, errors="replace").decode(encoding)
    code, said = check(tmp_path, capsys, text, encoding)
    assert code == 0 and "59 of 59 right" in said.out


@pytest.mark.parametrize("text, words", [
    ("a shopping list", "its line such as 'sheet: seed 7, non-saturating' is missing"),
    ("sheet: seed 7, non-saturating", "has no numbers and no blanks"),
    (as_page(sheet(7)), "has no numbers and no blanks. Give the .txt or .md")])
def test_what_cannot_be_read_is_told_on_one_line(tmp_path, capsys, text, words):
    code, said = check(tmp_path, capsys, text)
    assert code == 2 and words in said.err and said.err.count("\n") == 1 and not said.out


def test_a_file_that_is_not_there(tmp_path, capsys):
    assert main(["trace", "--check", str(tmp_path / "none.txt")]) == 2
    assert "none.txt: No such file" in capsys.readouterr().err
