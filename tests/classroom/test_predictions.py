"""Questions to a class: many answers in one line, what can't be meant is asked again, and what was answered is kept."""

import builtins
import sys

import pytest

from tinygan.classroom import predictions
from tinygan.classroom.predictions import ask


@pytest.fixture
def lines(monkeypatch):
    """What a person types, line by line, at a terminal; at the end Ctrl-D."""
    typed, prompts = [], []

    def answer(prompt):
        prompts.append(prompt)
        if not typed:
            raise EOFError
        return typed.pop(0)

    monkeypatch.setattr(predictions, "somebody_is_here", lambda: True)
    monkeypatch.setattr(builtins, "input", answer)
    typed_lines = type("Lines", (), {"say": typed.extend, "prompts": prompts})
    return typed_lines


@pytest.fixture
def path(tmp_path):
    return tmp_path / "out/predictions.csv"


def number(path, **limits):
    return ask("toss", "What share of tosses are heads?", path=path, **limits)


def letter(path):
    return ask("way", "Which way?", {"a": "left", "b": "right", "c": "neither"}, path=path)


def test_one_person_answers_with_one_number(lines, path):
    lines.say(["0.5"])
    assert number(path) == ([0.5], [])


def test_a_class_answers_in_one_line(lines, path):
    lines.say(["  50 70%;  1e3, 10^4 .5 "])
    assert number(path).now == [50, 70, 1000, 10_000, 0.5]


@pytest.mark.parametrize("line", ["a a c B", "aacb", "a, a, c, b", "a) a) c) b)"])
def test_letters_may_stand_together_or_apart(line, lines, path):
    lines.say([line])
    assert letter(path).now == ["a", "a", "c", "b"]


@pytest.mark.parametrize("word, words", [("x", "'x' is not a number"), ("0,7", "'0,7' is not a number"),
                                         ("nan", "'nan' is not a number"), ("1e999", "'1e999' is not a number"),
                                         ("101", "'101' can't be: the answer is at least 0 and at most 100"),
                                         ("-1", "at least 0")])
def test_what_cant_be_meant_is_told_and_asked_again_and_the_rest_is_taken(word, words, lines, path, capsys):
    lines.say([f"50 {word} 60", "70"])
    assert number(path, least=0, most=100).now == [50, 60, 70]
    assert words in capsys.readouterr().out
    assert lines.prompts[1].startswith("1 again") and "The other 2 are taken" in lines.prompts[1]


def test_a_letter_that_is_no_choice_is_told_and_can_be_left_out(lines, path, capsys):
    lines.say(["a e ad", ""])
    assert letter(path).now == ["a"]
    assert "'e' is none of the choices: a, b, c" in capsys.readouterr().out and "2 again" in lines.prompts[1]


def test_the_choices_are_shown(lines, path, capsys):
    letter(path)
    assert "Which way?\n  a  left\n  b  right\n  c  neither\n" in capsys.readouterr().out


def test_next_years_class_adds_to_the_file(lines, path):
    lines.say(["50 70", "a c", "0.25"])
    number(path)
    letter(path)
    assert number(path) == ([0.25], [50, 70])
    head, *rows = path.read_text(encoding="utf-8").splitlines()
    assert head == "question,day,answer"
    assert [row.split(",")[::2] for row in rows] == [["toss", "50"], ["toss", "70"], ["way", "a"], ["way", "c"],
                                                     ["toss", "0.25"]]


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_file_that_a_person_has_edited_is_still_read_and_kept(mark, lines, path, capsys):
    path.parent.mkdir()
    old = "question,day,answer\ntoss,2025-01-01,40\ntoss,,many\ntoss\n\nway,2025-01-01,b"
    path.write_text(mark + old, encoding="utf-8")
    lines.say(["60"])
    assert number(path) == ([60], [40])
    assert "2 of the answers to toss can't be read" in capsys.readouterr().out
    assert path.read_text(encoding="utf-8").startswith(old + "\ntoss,")


def test_a_line_that_is_broken_costs_itself_alone(lines, path, capsys):
    path.parent.mkdir()
    path.write_text('question,day,answer\ntoss,,"40\ntoss,,' + "9" * 140_000 + '\n"toss","2025-01-01","50"\n')
    assert number(path) == ([], [40, 50])
    assert "1 of the answers to toss can't be read" in capsys.readouterr().out


@pytest.mark.parametrize("content", [b"x,y\n1,2\n", b"\xff\xfe\x00", b"question;day;answer\n"])
def test_a_file_of_something_else_is_left_alone_and_no_answer_is_lost(content, lines, path, capsys):
    path.parent.mkdir()
    path.write_bytes(content)
    lines.say(["60"])
    assert number(path) == ([60], [])
    said = capsys.readouterr().out
    assert "must begin with the line question,day,answer" in said and "\ntoss," in said and ",60" in said
    assert path.read_bytes() == content


def test_where_nothing_can_be_written_the_answers_are_printed(lines, path, capsys):
    path.mkdir(parents=True)
    lines.say(["60"])
    assert number(path) == ([60], [])
    assert "not kept" in capsys.readouterr().out and path.is_dir()


def test_without_a_terminal_nothing_is_asked_and_nothing_is_written(monkeypatch, path):
    monkeypatch.setattr(builtins, "input", None)
    monkeypatch.setattr(sys, "stdin", None)
    assert number(path) == ([], []) and not path.parent.exists()


def test_no_questions_asks_nothing_but_shows_what_was_answered_earlier(lines, monkeypatch, path):
    lines.say(["50"])
    number(path)
    monkeypatch.undo()
    monkeypatch.setattr(sys, "stdin", type("Terminal", (), {"isatty": lambda self: True})())
    assert predictions.somebody_is_here()
    monkeypatch.setattr(sys, "argv", ["1_balance.py", "--no-questions"])
    assert number(path) == ([], [50])


def test_an_empty_line_or_ctrl_d_is_no_answer(lines, path):
    lines.say([""])
    assert number(path).now == [] and number(path).now == [] and not path.parent.exists()


def test_ctrl_c_ends_without_a_traceback(lines, monkeypatch, path):
    def interrupt(prompt):
        raise KeyboardInterrupt
    monkeypatch.setattr(builtins, "input", interrupt)
    with pytest.raises(SystemExit) as end:
        number(path)
    assert end.value.code == 130
