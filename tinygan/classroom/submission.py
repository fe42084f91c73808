"""A student's folder: the files of the exercises in it, and their answers, in this process.

Here: `answers`; `source`, one of the files; `plain` and `NoAnswer`, which are those of _worker.py.
"""

from pathlib import Path

from ._worker import NoAnswer, ask, plain, read, run
from .exercises import Answer

__all__ = ["answers", "source", "plain", "NoAnswer"]
LARGEST = 2**20                                             # bytes: far more than ten lines need


def answers(exercise, folder):
    """What a student's file answers to the questions of an exercise: a list of `Answer`, one for each.

    folder : with the student's files. The file is read anew each time, and held to the rules of the grader. Where
    it has no answer, each Answer's `error` says why, in one sentence.
    """
    path, questions = Path(folder) / exercise.file, exercise.questions()
    try:
        module = run(read(source(exercise, folder), path, exercise.given), path)
        said = [ask(module, path, *question) for question in questions]
        return [Answer(value, tuple(arguments), error) for value, arguments, error in said]
    except NoAnswer as why:
        return [Answer(None, (), str(why)) for _ in questions]


def source(exercise, folder):
    """The bytes of a student's file. Raises NoAnswer where there is none that can be read."""
    path = Path(folder) / exercise.file
    try:
        if path.is_symlink():
            raise NoAnswer(f"{path.name} is a link: hand in the file itself")
        if not path.is_file():
            raise NoAnswer(f"{path.name} was not handed in")
        if path.stat().st_size > LARGEST:
            raise NoAnswer(f"{path.name} is larger than 1 MiB")
        return path.read_bytes()
    except OSError as error:
        raise NoAnswer(f"{path.name} can't be read: {error.strerror}") from None
