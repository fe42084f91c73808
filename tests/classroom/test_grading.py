"""A class is graded: a table and a page for each student; what one student hands in costs nobody else anything."""

import csv
import functools

import pytest
from hostile import ENDED, HUNGRY, LIES, REFUSED
from pretended import EXERCISES, MEAN, hand_in

from tinygan.classroom import exercises, grading, sandbox, submission
from tinygan.classroom.grading import grade, summary
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


def test_the_others_have_what_they_deserve(hostile_class):
    row, page = hostile_class["zoe"]
    assert row["score"] == "1" and row["remark"] == "" and "1 of 1 solved" in page


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
    assert marks["Bob, the 2nd"] == ["1", "0", "1", "", ""] and marks["nobody"] == ["0", "", "", "", ""]
    page = (out / "émile.html").read_text(encoding="utf-8")
    assert "2 of 3 solved" in page and "NotImplementedError" in page and "Linear, backwards" in page


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
    assert "2 students, the median score is 1.5 of 3" in said.out and "1  ex01  Linear, backwards" in said.out
    assert "grades.csv" in said.out and "submissions graded: 2 of 2" in said.err


def test_a_summary_names_who_had_no_answer():
    rows = {"eve": {"ex01": "1", "ex02": "0", "ex03": "", "remark": "ex02_step.py, line 1: it imports os"}}
    assert "  eve: ex02_step.py, line 1: it imports os" in summary(rows).splitlines()


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
