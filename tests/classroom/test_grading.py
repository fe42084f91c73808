"""A class is graded: a table and a page for each student; what one student hands in costs nobody else anything."""

import csv
import functools
import os

import pytest
from hostile import ENDED, HUNGRY, LIES, REFUSED
from pretended import EXERCISES, MEAN, hand_in

from tinygan.classroom import exercises, grading, sandbox, submission
from tinygan.classroom.grading import NOTHING, grade, summary
from tinygan.cli import main

ALL = {**REFUSED, **ENDED, **HUNGRY, **{what: (code, "") for what, code in LIES.items()}}


@pytest.fixture(autouse=True)
def three_exercises(monkeypatch):
    monkeypatch.setattr(exercises, "EXERCISES", EXERCISES)


@pytest.fixture
def in_this_process(monkeypatch):
    """For what does not depend on how the answers come."""
    asked = []

    def answers(exercise, folder):
        asked.append(f"{folder.name} {exercise.number}")
        submission.source(exercise, folder)
        return submission.answers(exercise, folder)
    monkeypatch.setattr(sandbox, "answers", answers)
    return asked


def table(out):
    with open(out / "grades.csv", encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


# The sandbox

@pytest.fixture(scope="module")
def hostile_class(tmp_path_factory):
    """{student: (row, page)} of a class of hostile students and of one honest one, Zoe."""
    folder = tmp_path_factory.mktemp("class")
    patch = pytest.MonkeyPatch()
    patch.setattr(exercises, "EXERCISES", (MEAN,))
    patch.setattr(sandbox, "answers", functools.partial(sandbox.answers, seconds=3))
    layers, bob = grading.Path(sandbox.__file__).parents[1] / "layers.py", folder / "zoe/ex03_mean.py"
    for what, (code, _) in ALL.items():
        own = folder / what / "mine.npy"
        code = code.format(layers=str(layers), bob=str(bob), own=str(own)) if what not in LIES else code
        hand_in(folder / what, ex01=None, ex02=None, ex03=code)
    hand_in(folder / "zoe")
    before = sorted(folder.rglob("*"))
    rows, out = grade(folder)
    patch.undo()
    assert sorted(folder.rglob("*")) == before
    return {student: (row, (out / f"{student}.html").read_text(encoding="utf-8")) for student, row in rows.items()}


@pytest.mark.parametrize("what", ALL)
def test_no_credit_for_a_student_who(what, hostile_class):
    row, page = hostile_class[what]
    assert row["score"] == row["ex03"] == "0" and "0 of 1 solved" in page
    if what in REFUSED or what in ENDED:
        assert ALL[what][1] in row["remark"] and row["remark"].startswith("ex03_mean.py")
    elif what in HUNGRY:
        assert ALL[what][1] in page
    assert (row["remark"] + page.replace("\n", "")).isprintable() and len(row["remark"]) <= 310


def test_the_others_have_what_they_deserve(hostile_class):
    row, page = hostile_class["zoe"]
    assert row["score"] == "1" and "1 of 1 solved" in page


# The table and the pages

def test_a_class_becomes_a_table_and_a_page_each(tmp_path, in_this_process):
    hand_in(tmp_path / "class/ana")
    hand_in(tmp_path / "class/Bob, the 2nd/exercises", ex01="import os", ex03=None)
    hand_in(tmp_path / "class/émile", ex01="def weights(x, W, dy):\n    raise NotImplementedError")
    (tmp_path / "class/nobody").mkdir()
    (tmp_path / "class/notes.txt").touch()
    (tmp_path / "class/.git").mkdir()
    rows, out = grade(tmp_path / "class")
    assert out == tmp_path / "class-grades" and list(rows) == ["Bob, the 2nd", "ana", "nobody", "émile"]
    assert table(out) == list(rows.values())
    marks = {row["student"]: [row["score"], row["ex01"], row["ex02"], row["ex03"], row["remark"]] for row in table(out)}
    assert marks["ana"] == ["3", "1", "1", "1", ""] and marks["émile"] == ["2", "0", "1", "1", ""]
    assert marks["Bob, the 2nd"][:4] == ["1", "0", "1", ""] and marks["Bob, the 2nd"][4].startswith("ex01 ex01_linear")
    assert marks["nobody"] == ["0", "", "", "", "nothing handed in"]
    page = (out / "émile.html").read_text(encoding="utf-8")
    assert "2 of 3 solved" in page and "still to be written" in page and "Linear, backwards" in page


STUBS = {f"ex{i:02}": "raise NotImplementedError" for i in (1, 2, 3)}


@pytest.mark.parametrize("folders, chosen", [
    ({"": STUBS, "exercises": {}}, "exercises"),            # what is written comes before what is not
    ({"": {}, "exercises": STUBS}, ""), ({"a": {"ex01": None}, "b": {}}, "b"),
    ({"a": {}, "b": {}}, "b")])                             # equal: changed later
def test_of_several_folders_one_is_graded_and_said(folders, chosen, tmp_path, in_this_process):
    for i, (name, files) in enumerate(folders.items()):
        for path in hand_in(tmp_path / "class/ana" / name, **files).glob("*.py"):
            os.utime(path, (i, i))
    rows, _ = grade(tmp_path / "class")
    assert rows["ana"]["score"] == "3"
    assert rows["ana"]["remark"] == f"exercises lie in 2 folders, and {grading.Path('ana', chosen)} was graded"


def test_work_that_lies_deep_is_found_and_what_is_not_found_is_said(tmp_path, in_this_process):
    hand_in(tmp_path / "class/ana/hand-in/a b/c")
    hand_in(tmp_path / "class/bob")
    (tmp_path / "class/bob/ex01_linear.py").rename(tmp_path / "class/bob/ex01_linear (1).py")
    hand_in(tmp_path / "class/cem/1/2/3/4")
    rows, _ = grade(tmp_path / "class")
    assert {name: (row["score"], row["remark"]) for name, row in rows.items()} == {
        "ana": ("3", ""), "bob": ("2", "not looked at, for its name: ex01_linear (1).py"),
        "cem": ("0", "nothing handed in")}


def test_a_folder_that_cant_be_read_costs_itself_alone(tmp_path, in_this_process, monkeypatch):
    for student in ("ana", "bob"):
        hand_in(tmp_path / "class" / student)
    scan = os.scandir

    def scandir(path="."):
        if str(path).endswith("bob"):
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)
    monkeypatch.setattr(os, "scandir", scandir)
    rows, _ = grade(tmp_path / "class")
    assert rows["ana"]["score"] == "3"
    assert rows["bob"]["remark"] == "nothing handed in | bob can't be read: Permission denied"


def test_a_name_may_be_as_long_as_a_name_may_be(tmp_path, in_this_process):
    for student in ("a" * 255, "a" * 254 + "b"):
        try:
            hand_in(tmp_path / "class" / student)
        except OSError:
            pytest.skip("names that this system does not have")
    rows, out = grade(tmp_path / "class")
    assert list(rows) == ["a" * 254 + "b", "a" * 255][::-1] and len(list(out.glob("aaaa*.html"))) == 2


def test_names_stay_apart_and_hold_no_signs_that_control():
    assert grading.shown(["'=x", "=x", "a\x1b[2J", "a\nb", "\ud800", "Zoë"]) == {
        "'=x": "'=x", "=x": "''=x", "a\x1b[2J": "a?[2J", "a\nb": "a?b", "\ud800": "?", "Zoë": "Zoë"}


def test_clean_shortens():
    assert grading.clean("x" * 300) == "x" * 300 and grading.clean("x" * 301) == "x" * 299 + "…"


def test_a_page_and_a_table_hold_names_and_sentences_that_are_no_harm(tmp_path, in_this_process):
    for name in ("=1+1", "@sum", "<b>bold", "-x", "+1"):
        try:
            hand_in(tmp_path / "class" / name, ex03="def mean(x):\n    raise ValueError('<script>')")
        except OSError:
            pytest.skip("names that this system does not have")
    rows, out = grade(tmp_path / "class")
    assert sorted(rows) == ["'+1", "'-x", "'=1+1", "'@sum", "<b>bold"]
    page = (out / "<b>bold.html").read_text(encoding="utf-8")
    assert "<b>" not in page and "<script>" not in page and "&lt;script&gt;" in page


# Again

def test_what_has_not_changed_is_kept_as_it_stands(tmp_path, in_this_process):
    for student in ("ana", "bob", "cem"):
        hand_in(tmp_path / "class" / student)
    rows, out = grade(tmp_path / "class")
    text = (out / "grades.csv").read_text(encoding="utf-8-sig").replace("bob,3,1,1,1,,", "bob,2.5,1,1,1,late,")
    (out / "grades.csv").write_text(text, encoding="utf-8-sig")
    (out / "ana.html").unlink()
    hand_in(tmp_path / "class/cem", ex01="")
    in_this_process.clear()
    rows, _ = grade(tmp_path / "class")
    assert {asked.split()[0] for asked in in_this_process} == {"ana", "cem"}
    assert rows["bob"]["score"] == "2.5" and rows["bob"]["remark"] == "late" and rows["cem"]["score"] == "2"
    assert table(out) == list(rows.values())
    in_this_process.clear()
    grade(tmp_path / "class", again=True)
    assert len(in_this_process) == 9


def test_stopped_in_the_middle_it_goes_on(tmp_path, in_this_process):
    for i in range(6):
        hand_in(tmp_path / f"class/s{i}")

    def stop(done, of):
        if done == 3:
            raise KeyboardInterrupt
    with pytest.raises(KeyboardInterrupt):
        grade(tmp_path / "class", jobs=1, count=stop)
    assert [row["score"] for row in table(tmp_path / "class-grades")] == ["3", "3", "3"]
    in_this_process.clear()
    said = []
    rows, _ = grade(tmp_path / "class", count=lambda *done: said.append(done))
    assert {asked.split()[0] for asked in in_this_process} == {"s3", "s4", "s5"} and len(rows) == 6
    assert said == [(3, 6), (4, 6), (5, 6), (6, 6)]


def test_a_row_of_somebody_who_is_gone_is_not_lost(tmp_path, in_this_process):
    for student in ("ana", "bob"):
        hand_in(tmp_path / "class" / student)
    grade(tmp_path / "class")
    (tmp_path / "class/ana").rename(tmp_path / "ana")
    rows, out = grade(tmp_path / "class")
    assert list(rows) == ["bob"] and [row["student"] for row in table(out)] == ["ana", "bob"]


def test_a_judge_that_fails_costs_one_exercise(tmp_path, in_this_process, monkeypatch):
    def fails(answers):
        raise IndexError
    monkeypatch.setattr(exercises, "EXERCISES", (EXERCISES[0], MEAN._replace(judge=fails)))
    hand_in(tmp_path / "class/ana")
    rows, _ = grade(tmp_path / "class")
    assert rows["ana"]["score"] == "1" and "can't be judged (IndexError)" in rows["ana"]["remark"]


# The command

def test_the_command_says_how_a_class_has_done(tmp_path, in_this_process, capsys):
    hand_in(tmp_path / "class/ana")
    hand_in(tmp_path / "class/bob", ex01="import os", ex02=None, ex03=None)
    assert main(["grade", str(tmp_path / "class"), "--out", str(tmp_path / "out")]) == 0
    said = capsys.readouterr()
    assert "2 students, the median score is 1.5\n" in said.out and "1  ex01  Linear, backwards" in said.out
    assert "grades.csv" in said.out and "submissions graded: 2 of 2" in said.err


def test_a_summary_counts_what_is_said_most_often_and_names_nobody():
    row = {"ex01": "0", "ex02": "0", "ex03": ""}
    rows = {"eve": {**row, "remark": "ex02_step.py, line 1: it imports os"}, "nil": {**row, "remark": NOTHING},
            "ana": {**row, "remark": "ex01 dW is wrong | ex02 D waits"}, "bob": {**row, "remark": "ex02 D waits"}}
    lines = summary(rows).splitlines()
    at = lines.index("most frequent")
    assert lines[at + 1:at + 3] == ["        2  ex02 D waits", ""]           # what one alone has is nobody's business
    assert "1 student had exercises without an answer to judge: see the remarks in grades.csv" in lines
    assert "1 student had no exercise that was found: see the remarks in grades.csv" in lines
    assert not any(name in " ".join(lines) for name in rows)


def test_what_is_said_most_often_is_known_when_all_rows_are_kept(tmp_path, in_this_process, capsys):
    for student in ("ana", "bob"):
        hand_in(tmp_path / "class" / student, ex01="def weights(x, W, dy):\n    return 0")
    for _ in range(2):
        main(["grade", str(tmp_path / "class")])
        assert "most frequent\n        2  ex01 a wrong number\n" in capsys.readouterr().out


def test_a_table_that_a_spreadsheet_has_saved_with_semicolons_is_read(tmp_path, in_this_process):
    hand_in(tmp_path / "class/ana")
    _, out = grade(tmp_path / "class")
    path = out / "grades.csv"
    path.write_text(path.read_text(encoding="utf-8-sig").replace(",", ";"), encoding="utf-8")
    in_this_process.clear()
    rows, _ = grade(tmp_path / "class")
    assert rows["ana"]["score"] == "3" and not in_this_process


def test_a_fingerprint_is_no_number(tmp_path, in_this_process):
    hand_in(tmp_path / "class/ana")
    assert grade(tmp_path / "class")[0]["ana"]["files"][0] == "f"


@pytest.mark.parametrize("arguments, words", [
    (["nowhere"], "nowhere is not there"), (["a.txt"], "a.txt is a file"), (["class/ana"], "give the folder above it"),
    (["empty"], "in no subfolder of"), (["zipped"], "unzip"), (["class", "--out", "class/out"], "must not lie in"),
    (["class", "--out", "mine"], "must be a new folder"), (["class", "--out", "a.txt"], "must be a new folder"),
    (["class", "--out", "edited"], "is no longer the table")])
def test_what_cant_be_meant_is_told_in_one_line_and_changes_nothing(arguments, words, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    hand_in(tmp_path / "class/ana")
    for folder in ("empty", "mine", "zipped", "edited"):
        (tmp_path / folder).mkdir()
    for file in ("a.txt", "mine/ana.html", "zipped/ana.zip"):
        (tmp_path / file).touch()
    (tmp_path / "edited/grades.csv").write_text("student;score\nana;3\n")
    before = sorted(tmp_path.rglob("*"))
    assert main(["grade", *arguments]) == 2
    said = capsys.readouterr().err
    assert words in said and said.count("\n") == 1 and sorted(tmp_path.rglob("*")) == before
