"""Run this folder with pytest: it says what is still to be written, and what is wrong. `-m ex3` looks at one alone."""

from pathlib import Path

import pytest

from tinygan.classroom.exercises import EXERCISES
from tinygan.classroom.submission import answers

FOLDER = Path(__file__).parent


@pytest.mark.parametrize("exercise", [
    pytest.param(each, marks=getattr(pytest.mark, f"ex{each.number}"), id=each.file[:-3]) for each in EXERCISES])
def test_exercise(exercise):
    sentences = exercise.judge(answers(exercise, FOLDER))
    if sentences:
        pytest.fail("\n".join(sentences), pytrace=False)
