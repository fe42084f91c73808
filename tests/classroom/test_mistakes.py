"""The tables of mistakes: each entry is wrong, and none hides behind another with a different sentence."""

import copy

import numpy as np
import pytest

from tinygan import layers
from tinygan.classroom import exercises, mistakes
from tinygan.classroom.judging import agree

TABLES = {
    "linear_backward": (mistakes.LINEAR, exercises.linear_backward),
    "relu_backward": (mistakes.RELU, exercises.activation_backward(layers.ReLU)),
    "tanh_backward": (mistakes.TANH, exercises.activation_backward(layers.Tanh)),
    "value": (mistakes.VALUE, exercises.value), "value_gradient": (mistakes.VALUE_GRADIENT, exercises.value_gradient),
    "generator_loss": (mistakes.LOSS, exercises.generator_loss),
    "generator_gradient": (mistakes.LOSS_GRADIENT, exercises.generator_gradient),
    "momentum_step": (mistakes.MOMENTUM, exercises.momentum_step),
    "discriminator_step": (mistakes.D_STEP, exercises.discriminator_step),
    "generator_step": (mistakes.G_STEP, exercises.generator_step),
    "algorithm_1": (mistakes.ALGORITHM_1, exercises.algorithm_1),
    "optimal_discriminator": (mistakes.D_STAR, exercises.optimal_discriminator),
    "criterion": (mistakes.CRITERION, exercises.criterion),
    "ring_sample": (mistakes.SAMPLE, exercises.ring_sample), "ring_density": (mistakes.DENSITY, exercises.ring_density),
}


def made(function, questions):
    """What a function gives for each question, a list of results each; where shapes do not fit, None."""
    found = []
    for question in questions:
        try:
            with np.errstate(all="ignore"):
                value = function(*copy.deepcopy(question.arguments))
        except ValueError:
            value = None
        found.append([None if each is None else np.asarray(each, float)
                      for each in (value if isinstance(value, tuple) else (value,))])
    return found


def same(one, two):
    """Whether two functions gave the same, wherever both say something and it is finite. (Where the shapes fit for one
    of them only, they can be told apart.)"""
    if any((first[0] is None and len(first) == 1) != (second[0] is None and len(second) == 1)
           for first, second in zip(one, two)):
        return False
    pairs = [(a, b) for first, second in zip(one, two) for a, b in zip(first, second)
             if a is not None and b is not None and np.isfinite(a).all() and np.isfinite(b).all()]
    return bool(pairs) and all(agree(a, b) for a, b in pairs)


@pytest.mark.parametrize("name", TABLES)
def test_each_mistake_is_one_and_is_not_another_one(name):
    table, right = TABLES[name]
    questions = [question for exercise in exercises.EXERCISES for question in exercise.questions()
                 if question.function == name]
    truth, seen = made(right, questions), {}
    for sentence, mistake in table:
        values = made(mistake, questions)
        assert not same(values, truth), sentence
        for other, others in seen.items():
            assert other[0] == sentence or not same(values, others), (other, sentence)
        seen[sentence, len(seen)] = values


def test_played_without_a_slip_is_algorithm_1():
    for question in exercises.algorithm_questions():
        played = mistakes.played("", *copy.deepcopy(question.arguments))
        assert all(map(np.allclose, played, exercises.algorithm_1(*copy.deepcopy(question.arguments))))
