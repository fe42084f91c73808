"""The exercises: stubs fail, tinygan's own functions pass, and what students write wrongly is told in a sentence."""

import ast
import copy
import inspect
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

import tinygan as tg
from tinygan.algorithm1 import Listing
from tinygan.classroom import exercises
from tinygan.classroom.exercises import EXERCISES, Answer
from tinygan.classroom.submission import answers, plain

from wrong_answers import DENSITY, MOMENTUM, SAMPLE, UNUSUAL, WRONG

TOP = Path(__file__).parents[2]
STUBS = TOP / "examples/exercises"


def discriminator_step(D, x, x_fake, rate):
    Listing.gradient_D(SimpleNamespace(G=SimpleNamespace(forward=lambda z: z), D=D), x, x_fake)
    D.theta += rate * D.grad


def generator_step(G, D, z, rate, objective):
    Listing.gradient_G(SimpleNamespace(G=G, D=D, objective=objective), z)
    G.theta -= rate * G.grad


def algorithm_1(G, D, data, noise, iterations, k, m, lr_d, lr_g, rng):
    tg.Algorithm1(G, D, data, noise, k=k, m=m, lr_d=lr_d, lr_g=lr_g, momentum=0, rng=rng).train(iterations)


REFERENCE = {
    "linear_backward": exercises.linear_backward, "relu_backward": exercises.activation_backward(tg.layers.ReLU),
    "tanh_backward": exercises.activation_backward(tg.layers.Tanh), "value": tg.value,
    "value_gradient": tg.value_gradient, "generator_loss": tg.generator_loss,
    "generator_gradient": tg.generator_gradient, "momentum_step": exercises.momentum_step,
    "discriminator_step": discriminator_step, "generator_step": generator_step, "algorithm_1": algorithm_1,
    "optimal_discriminator": tg.theory.optimal_discriminator, "criterion": tg.theory.criterion,
    "ring_sample": exercises.ring_sample, "ring_density": exercises.ring_density}


def answer(function, question):
    """What a function answers, on copies, as `submission.answers` has it from a file."""
    arguments = copy.deepcopy(question.arguments)
    try:
        with np.errstate(all="ignore"):
            value = function(*arguments)
    except Exception as error:
        return Answer(None, (), f"{type(error).__name__}: {error}")
    return Answer(plain(value), tuple(map(plain, arguments)), "")


def sentences(number, source=""):
    """What is said of this source as the answer to an exercise; what it does not define is tinygan's own."""
    exercise = EXERCISES[number - 1]
    names = {"np": np, **REFERENCE}
    exec(source, names)
    return exercise.judge([answer(names[question.function], question) for question in exercise.questions()])


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda each: each.file[:-3])
def test_the_stub_asks_for_what_is_judged(exercise):
    said = exercise.judge(answers(exercise, STUBS))
    assert said == [f"{name}: still to be written" for name in exercise.functions]
    tree = ast.parse((STUBS / exercise.file).read_text(encoding="utf-8"))
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    assert tuple(node.name for node in functions) == exercise.functions
    for node in functions:
        parameters = [argument.arg for argument in node.args.args]
        assert parameters == list(inspect.signature(REFERENCE[node.name]).parameters)
        assert "By hand:" in ast.get_docstring(node) and "NotImplementedError" in ast.unparse(node.body[1])
    imported = [(node.module, alias.name) for node in tree.body if isinstance(node, ast.ImportFrom)
                for alias in node.names]
    assert imported == [("tinygan", name) for name in sorted(exercise.given)]


BY_HAND = [
    ("linear_backward", ([[1, 2]], [[3], [4]], [[10]]), ([[10], [20]], [10], [[30, 40]])),
    ("relu_backward", ([[-2, 3]], [[5, 7]]), [[0, 7]]), ("tanh_backward", ([[np.log(3)]], [[10]]), [[3.6]]),
    ("value", ([[0]], [[0]]), -1.3863),
    ("value_gradient", ([[0], [0]], [[0], [0]]), ([[0.25], [0.25]], [[-0.25], [-0.25]])),
    ("momentum_step", ([1], [10], [4], 0.1, 0.5), ([4], [3])),
    ("optimal_discriminator", ([0.5, 0.5, 0, 0], [0.25, 0.5, 0.25, 0]), [0.667, 0.5, 0, 0.5]),
    ("criterion", ([0.5, 0.5], [0.5, 0.5], 1), -1.3863), ("criterion", ([1, 0], [0, 1], 1), 0),
    ("ring_density", ([[1.1, 0]],), [0.8776]),
    ("generator_loss", ([[0]], "minimax"), -0.6931), ("generator_loss", ([[0]], "non-saturating"), 0.6931),
    ("generator_gradient", ([[-np.log(3)]], "minimax"), [[-0.25]]),
    ("generator_gradient", ([[-np.log(3)]], "non-saturating"), [[-0.75]]),
]


@pytest.mark.parametrize("name, arguments, expected", BY_HAND)
def test_the_numbers_by_hand_are_right(name, arguments, expected):
    given = [np.array(each, float) if isinstance(each, list) else each for each in arguments]
    value = REFERENCE[name](*given)
    for one, other in zip(*((each if isinstance(each, tuple) else (each,)) for each in (value, expected)), strict=True):
        assert np.allclose(one, other, atol=6e-5 if name != "optimal_discriminator" else 6e-4)


def test_the_steps_by_hand_are_right():
    D = tg.MLP([1, 1])
    D.theta = [0, 0]
    discriminator_step(D, np.array([[1.0]]), np.array([[3.0]]), 0.1)
    assert np.allclose(D.theta, [-0.1, 0])
    for objective in ("minimax", "non-saturating"):
        G, D = tg.MLP([1, 1]), tg.MLP([1, 1])
        G.theta, D.theta = [1, 0], [2, 0]
        generator_step(G, D, np.array([[0.0]]), 0.1, objective)
        assert np.allclose(G.theta, [1, 0.1])


@pytest.mark.parametrize("number", range(1, 11))
def test_tinygans_own_functions_are_right(number):
    assert sentences(number) == []


@pytest.mark.parametrize("number, source", UNUSUAL)
def test_a_right_answer_in_another_form_is_right(number, source):
    assert sentences(number, source) == []


@pytest.mark.parametrize("start", [0, pytest.param(1000, marks=pytest.mark.slow)])
def test_no_honest_sample_is_refused(start):
    """By another way than the lesson's, of other numbers; 200 of them in the slow suite."""
    ring, right = tg.data.Ring(), exercises.ring_sample(20000, np.random.default_rng(0))
    for seed in range(start, start + (200 if start else 40)):
        rng = np.random.default_rng(seed)
        assert exercises.same_or_spread(ring.sample(20000, rng), right), seed
        assert exercises.same_or_spread(ring.sample(7, rng), right[:7]), seed


@pytest.mark.parametrize("number, words, source", [
    pytest.param(number, words, source, id=f"{number}-{words}") for number in WRONG for words, source in WRONG[number]])
def test_a_wrong_answer_is_told_in_a_sentence(number, words, source):
    said = sentences(number, source)
    assert any(words in sentence for sentence in said), said
    assert len(said) <= 3 and all(len(sentence) < 260 and "[[" not in sentence for sentence in said)


def test_there_are_six_wrong_answers_for_each():
    assert all(len(WRONG[exercise.number]) >= 6 for exercise in EXERCISES)


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda each: each.file[:-3])
def test_the_questions_are_always_the_same(exercise):
    once, twice = exercise.questions(), exercise.questions()
    assert [each.function for each in once] == [each.function for each in twice]
    for one, two in zip(once, twice):
        for a, b in zip(one.arguments, two.arguments):
            if isinstance(a, np.ndarray):
                assert np.array_equal(a, b)
            elif isinstance(a, tg.MLP):
                assert np.array_equal(a.theta, b.theta)


def test_a_missing_answer_is_no_right_answer():
    with pytest.raises(ValueError):
        EXERCISES[0].judge([])


def run_pytest(folder, *arguments):
    """A student's command, in a process of its own."""
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONPATH": str(TOP)}
    return subprocess.run([sys.executable, "-m", "pytest", str(folder), *arguments], cwd=folder.parent, text=True,
                          encoding="utf-8", capture_output=True, env=environment)


def test_a_copied_folder_runs_with_one_command(tmp_path):
    mine = shutil.copytree(STUBS, tmp_path / "mine", ignore=shutil.ignore_patterns("__pycache__"))
    source = ("import numpy as np\ndef relu_backward(x, dy):\n    return dy\n"
              "def tanh_backward(x, dy):\n    return dy * (1 - np.tanh(x)**2)\n")
    (mine / "ex02_activations.py").write_text(source, encoding="utf-8")
    done = run_pytest(mine)
    assert done.returncode == 1 and "10 failed" in done.stdout and "value_gradient: still to be written" in done.stdout
    assert "relu_backward: it is dy unchanged" in done.stdout and "tanh_backward" not in done.stdout
    assert "Traceback" not in done.stdout and "Error" not in done.stdout and done.stderr == ""
    (mine / "ex02_activations.py").write_text(source.replace("return dy\n", "return dy * (x > 0)\n"), encoding="utf-8")
    assert "1 passed, 9 deselected" in run_pytest(mine, "-m", "ex2").stdout


def test_a_loop_that_never_stops_is_told_and_the_others_are_looked_at(tmp_path):
    mine = shutil.copytree(STUBS, tmp_path / "mine", ignore=shutil.ignore_patterns("__pycache__"))
    (mine / "ex01_linear.py").write_text("def linear_backward(x, W, dy):\n    while True:\n        x = x + 1\n",
                                         encoding="utf-8")
    (mine / "ex04_objectives.py").write_text("while True:\n    pass\n", encoding="utf-8")
    script = (mine / "test_exercises.py").read_text(encoding="utf-8")
    assert "parent, 10\n" in script
    (mine / "test_exercises.py").write_text(script.replace("parent, 10\n", "parent, 1\n"), encoding="utf-8")
    said = run_pytest(mine).stdout
    assert "linear_backward: it did not end within 1 s: does a loop never stop? (ex01_linear.py, line " in said
    assert "ex04_objectives.py: it did not end within 1 s" in said and "value_gradient: still to be written" in said
    assert "10 failed" in said and "Traceback" not in said and "warning" not in said


@pytest.mark.parametrize("iterations", [40, pytest.param(6000, marks=pytest.mark.slow)])
def test_my_ring_trains_with_what_is_solved(iterations, tmp_path):
    mine = shutil.copytree(STUBS, tmp_path / "mine", ignore=shutil.ignore_patterns("__pycache__"))
    script = (mine / "my_ring.py").read_text(encoding="utf-8")
    (mine / "my_ring.py").write_text(script.replace("6000", str(iterations)),
                                     encoding="utf-8")
    (mine / "ex05_momentum.py").write_text(f"import numpy as np\n{MOMENTUM}", encoding="utf-8")
    (mine / "ex02_activations.py").write_text(
        "import numpy as np\ndef relu_backward(x, dy):\n"
        "    return np.array([[b if a > 0 else 0 for a, b in zip(*row)] for _ in range(20) for row in zip(x, dy)])"
        "[:len(x)]\ndef tanh_backward(x, dy):\n    return dy * (1 - np.tanh(x)**2)\n", encoding="utf-8")
    (mine / "ex10_ring.py").write_text(f"import numpy as np\n{SAMPLE}{DENSITY}", encoding="utf-8")
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONPATH": str(TOP)}
    done = subprocess.run([sys.executable, "-W", "error", str(mine / "my_ring.py")], cwd=tmp_path, text=True,
                          encoding="utf-8", capture_output=True, env=environment)
    assert done.returncode == 0, done.stderr
    assert "ex02: right, but too slow for" in done.stdout
    yours = [line[:4] for line in done.stdout.splitlines() if line.endswith(": yours")]
    assert yours == ["ex05", "ex10"] and (mine / "my_ring.png").exists()
    mean, real_mean, std, real_std = map(float, re.findall(r"\d\.\d+", done.stdout))
    assert iterations < 6000 or abs(mean - real_mean) < 0.03 and abs(std - real_std) < 0.03
