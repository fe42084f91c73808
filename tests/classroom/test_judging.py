"""The judge: from answers to sentences, on a function so small that all can be seen."""

import numpy as np
import pytest

from tinygan.classroom.exercises import EXERCISES, Answer, Question
from tinygan.classroom.judging import Asked, agree, by_gradcheck, judge

X = np.array([[1.0, 2.0, 3.0], [4.0, -5.0, 6.0]])
SQUARE = Asked("square_backward", ("dx",), lambda x, dy: 2 * x * dy, (("the 2 is missing", lambda x, dy: x * dy),),
               by_gradcheck(lambda dx, x, dy: (lambda x: np.sum(dy * x**2), x, dx, "dx", len(x))),
               edge="it is wrong only where x is large")
QUESTIONS = [Question("square_backward", (X, X + 1)), Question("square_backward", (1e4 * X, X))]
RIGHT = [SQUARE.right(*question.arguments) for question in QUESTIONS]


def said(*values, error=("", ""), changed=0):
    """What is said of these two values."""
    answers = [Answer(value, (question.arguments[0] + changed, question.arguments[1]), why)
               for value, question, why in zip(values, QUESTIONS, error)]
    return judge([SQUARE], QUESTIONS, answers)


def test_right_numbers_are_right_in_any_form():
    assert said(*RIGHT) == said(*(each.tolist() for each in RIGHT)) == said(*(np.float32(each) for each in RIGHT)) == []


@pytest.mark.parametrize("value, words", [
    (None, "returned None: end with `return dx`"), ("ten", "must return numbers"),
    ([[1], [2, 3]], "must return numbers"),
    (1.5, "must have the shape (2, 3), not be one number"), (RIGHT[0].T, "it is transposed"),
    (RIGHT[0] / 2, "the 2 is missing"), (-RIGHT[0], "a sign"), (RIGHT[0] * np.nan, "it is nan"),
    (RIGHT[0] + np.inf, "it is infinite"), (RIGHT[0] + [[0, 0, 1], [0, 0, 0]], "one entry is wrong")])
def test_what_is_wrong_is_told(value, words):
    [sentence] = said(value, RIGHT[1] / 2 if words == "the 2 is missing" else RIGHT[1])
    assert sentence.startswith("square_backward: ") and words in sentence


def test_a_mistake_must_explain_all_answers():
    answers = [Answer(RIGHT[i] / (2 + i), QUESTIONS[i].arguments, "") for i in (0, 1)]
    assert "the 2 is missing" in judge([SQUARE], QUESTIONS, answers)[0]                  # the last one is extreme
    assert "the 2 is missing" not in judge([SQUARE._replace(edge="")], QUESTIONS, answers)[0]


def test_the_last_question_alone_has_a_sentence_of_its_own():
    assert said(RIGHT[0], RIGHT[1] * np.nan) == said(RIGHT[0], RIGHT[1] + 1e6) == [f"square_backward: {SQUARE.edge}"]


def test_an_error_is_told_unless_another_answer_says_more():
    boom = ("", "ex.py, line 3: ValueError: no")
    assert said(RIGHT[0], None, error=boom) == [f"square_backward: {boom[1]}"]
    assert said(RIGHT[0] / 2, None, error=boom) == ["square_backward: the 2 is missing"]
    assert said(RIGHT[0], None, error=("", "NotImplementedError")) == ["square_backward: still to be written"]


def test_a_changed_argument_is_told_first():
    [sentence] = said(*RIGHT, changed=1)
    assert "it changed x in place" in sentence


def test_at_most_three_sentences_and_as_many_answers_as_questions():
    functions = [SQUARE._replace(name=name) for name in "abcd"]
    questions = [Question(name, (X, X)) for name in "abcd"]
    answers = [Answer(None, (X, X), "NotImplementedError")] * 4
    assert judge(functions, questions, answers) == [f"{name}: still to be written" for name in "abc"]
    with pytest.raises(ValueError):
        judge(functions, questions, answers[:3])


def test_answers_that_lost_a_part_are_no_answers():
    [sentence] = judge([SQUARE], QUESTIONS[:1], [Answer(RIGHT[0], (X,), "")])
    assert sentence == "square_backward: an answer is not complete"
    step = EXERCISES[5]
    answers = [Answer(None, ("D", *question.arguments[1:]), "") for question in step.questions()]
    assert step.judge(answers) == ["discriminator_step: it returned None: end with `return D.theta`"]


def test_what_agrees():
    assert agree(np.float32(0.1), np.array(0.1)) and agree(np.zeros(2), np.zeros(2))
    assert not agree(np.array(0.1001), np.array(0.1)) and not agree(np.array(np.nan), np.array(np.nan))
    assert not agree(np.ones((2, 1)), np.ones(2)) and not agree(None, np.ones(2))


def test_what_holds_for_several_results_is_said_once():
    both = Asked("both", ("u", "v"), lambda x: (x, 2 * x), (("all is 0", lambda x: (0 * x, 0 * x)),))
    assert judge([both], [Question("both", (X,))], [Answer([0 * X, 0 * X], (X,), "")]) == ["both: u and v: all is 0"]
    assert judge([both], [Question("both", (X,))], [Answer([2 * X, X], (X,), "")]) == [
        "both: all are right, but in another order: return u, v"]
