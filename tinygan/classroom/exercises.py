"""The exercises: what is asked, and what is said of the answers.

Here: `Question`, `Answer`, `Exercise`, `EXERCISES`.
"""

from typing import Callable, NamedTuple


class Question(NamedTuple):
    """One call of one of the student's functions."""

    function: str                                           # its name in the exercise's file
    arguments: tuple                                        # deep-copied before the call


class Answer(NamedTuple):
    """What a call gave, as `submission.plain` makes it."""

    value: object
    arguments: tuple                                        # as they are afterwards
    error: str                                              # "", or one sentence


class Exercise(NamedTuple):
    """One exercise."""

    number: int
    file: str
    title: str
    functions: tuple
    questions: Callable                                     # () -> list of Question, always the same
    judge: Callable                                         # list of Answer -> list of sentences, [] if all is right
    given: tuple = ()                                       # the names that it may import from tinygan


EXERCISES = ()
