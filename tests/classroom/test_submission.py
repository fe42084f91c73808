"""A student's folder: what a file may hold, and what it answers."""

import os

import numpy as np
import pytest
from pretended import EXERCISES, MEAN, STEP, hand_in

import tinygan as tg
from tinygan.classroom.submission import answers, plain


def first(folder, code):
    """The first answer to exercise 3, if this is its code."""
    return answers(MEAN, hand_in(folder, ex03=code))[0]


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.file)
def test_right_answers_are_judged_right(exercise, tmp_path):
    assert exercise.judge(answers(exercise, hand_in(tmp_path))) == []


def test_the_file_is_read_anew_each_time(tmp_path):
    assert [first(tmp_path, f"def mean(x):\n    return {number}").value for number in (1, 2)] == [1, 2]


def test_a_call_gets_copies_and_what_it_does_to_them_is_told(tmp_path):
    code = "def mean(x):\n    x[...] = 0\n    return 0\n\n\ndef twice(x):\n    return x\n"
    for _ in range(2):
        answer = first(tmp_path, code)
        assert not answer.arguments[0].any() and MEAN.questions()[0].arguments[0].all()


def test_of_a_network_theta_and_grad_are_told(tmp_path):
    answer, = answers(STEP, hand_in(tmp_path))
    assert answer.arguments[0].keys() == {"theta", "grad"} and answer.arguments[0]["grad"].any()


@pytest.mark.parametrize("value, made", [
    (1, 1.0), (True, 1.0), (np.float32(0.5), 0.5), ("minimax", "minimax"), (None, None), ((1, [2]), [1.0, [2.0]]),
    ({"a": 1, 2: (3,)}, {"a": 1.0, "2": [3.0]}), (np.random.default_rng(0), None), (tg.data.Ring(), None), (1j, None),
    (np.array(["a"]), None), (len, None)], ids=repr)
def test_plain(value, made):
    assert plain(value) == made and type(plain(value)) is type(made)


@pytest.mark.parametrize("array", [np.ones((2, 3), np.float32), np.zeros((0, 2)), np.array(2), np.array([True, False])])
def test_plain_keeps_the_shape_of_an_array(array):
    made = plain(array)
    assert made.shape == array.shape and made.dtype == np.float64 and np.array_equal(made, array) and made is not array


# What is said where there is no answer

def test_what_is_not_handed_in(tmp_path):
    assert {answer.error for answer in answers(MEAN, tmp_path)} == {"ex03_mean.py was not handed in"}


def test_an_error_is_told_with_the_last_line_of_the_student_that_took_part(tmp_path):
    code = "import numpy as np\n\n\ndef mean(x):\n    return np.linalg.inv(x)\n\n\ndef twice(x):\n    return 2 * x\n"
    wrong, right = answers(MEAN, hand_in(tmp_path, ex03=code))
    assert wrong.error.startswith("ex03_mean.py, line 5: LinAlgError: ") and right.value == 4


@pytest.mark.parametrize("code, words", [
    ("def mean(x):\n    raise NotImplementedError", "NotImplementedError"),
    ("mean = 1", "ex03_mean.py has no function mean"),
    ("def mean(x):\n    return mean(x)", "ex03_mean.py, line 2: RecursionError"),
    ("def mean():\n    return 0", "ex03_mean.py: TypeError: mean() takes 0 positional arguments"),
    ("import numpy as np\ndef mean(x):\n    return np.zeros(10**7, 'u1')", "an array of 10,000,000 numbers"),
    ("def mean(x):\n    me = []\n    me.append(me)\n    return me", "RecursionError"),
    ("def mean(x):\n    return vars(mean)", "NameError: name 'vars'"),
    ("def mean(x):\n    return {1, 2}", "ex03_mean.py: mean must return numbers, and returned a set"),
    ("def mean(x):\n    return 1j", "mean must return numbers, and returned a complex"),
    ("class Odd(Exception):\n    def __str__(self):\n        raise self\ndef mean(x):\n    raise Odd", "line 5: Odd"),
    ("def mean(x):\n    raise ValueError('a\\nb' * 1000)", "line 2: ValueError: a ba b"),
    ("x = 1 / 0", "ex03_mean.py, line 1: ZeroDivisionError: division by zero"),
    ("raise SystemExit(0)", "ex03_mean.py ended before it had answered"),
    ("def mean(x):\n    raise SystemExit(0)", "ex03_mean.py ended before it had answered")])
def test_one_sentence_is_said_of(code, words, tmp_path):
    error = first(tmp_path, code).error
    assert words in error and "\n" not in error and len(error) < 300


# What a file may hold: the same rules as in the grader, so that who is right here is right there

REFUSED = {
    "imports os": ("import os\nos.getpid()", "line 1: it imports os"),
    "imports tinygan's own solution": ("from tinygan.layers import Linear", "line 1: it imports tinygan.layers"),
    "imports all of tinygan": ("import tinygan as tg", "line 1: it imports tinygan"),
    "imports what another exercise gives": ("from tinygan import value_gradient", "value_gradient from tinygan"),
    "imports everything": ("from tinygan import *", "it imports * from tinygan"),
    "imports a file beside it": ("from .ex01_linear import weights", "it imports .ex01_linear"),
    "imports sockets": ("import math\nimport socket", "line 2: it imports socket"),
    "opens a file": ("x = 1\nopen('../bob/ex03_mean.py')", "line 2: it uses open"),
    "runs text": ("eval('1 + 1')", "it uses eval"),
    "finds attributes by text": ("getattr(mean, '__glo' + 'bals__')", "it uses getattr"),
    "goes through hidden attributes": ("().__class__.__base__.__subclasses__()", "it uses __"),
    "goes through NumPy to sys": ("import numpy as np\nnp.lib.format.sys.exit(0)", "line 2: it uses sys"),
    "imports sys from NumPy": ("from numpy.lib.format import sys", "it uses sys"),
    "goes through a generator's frame": ("(x for x in ()).gi_frame.f_back.f_globals", "it uses"),
    "goes through a pattern": ("match mean:\n    case object(__globals__=all):\n        pass", "it uses __globals__"),
    "names the class in a pattern": ("match 1:\n    case int(x):\n        pass", "a pattern of int without names"),
    "imports all of NumPy": ("from numpy import *", "it imports everything from numpy: name what it needs"),
    "imports what NumPy hides": ("import numpy._core._internal as found", "it imports numpy._core._internal"),
    "imports a hidden part of NumPy": ("from numpy.lib import _npyio_impl", "it uses _npyio_impl"),
    "opens by what NumPy opens with": ("import numpy as np\nnp.lib._datasource._open('x')", "it uses _datasource"),
    "runs text by NumPy's tests": ("import numpy as np\nnp.testing.runstring('1', {})", "it uses testing"),
    "waits for a key": ("input('name?')", "it uses input"),
    "has a slip in its syntax": ("def mean(x)\n    return 1", "ex03_mean.py, line 1: SyntaxError"),
    "is not in UTF-8": ("é".encode("latin-1"), "is not text in UTF-8"),
    "has a zero byte": (b"x = 1\0", "ex03_mean.py"),
    "is nested too deep": ("x = " + "(" * 5000 + ")" * 5000, "ex03_mean.py"),
    "is too large": ("#" * 2**21, "larger than 1 MiB")}


@pytest.mark.parametrize("what", REFUSED)
def test_a_file_is_refused_that(what, tmp_path):
    code, words = REFUSED[what]
    error = first(tmp_path, code).error
    assert words in error and error.startswith(MEAN.file) and "\n" not in error


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_link_is_no_submission(tmp_path):
    hand_in(tmp_path / "ana")
    hand_in(tmp_path / "bob", ex03=None)
    (tmp_path / "bob/ex03_mean.py").symlink_to(tmp_path / "ana/ex03_mean.py")
    assert answers(MEAN, tmp_path / "bob")[0].error == "ex03_mean.py is a link: hand in the file itself"


def test_a_file_with_windows_line_ends_and_mark_is_read(tmp_path):
    code = b"\xef\xbb\xbfdef mean(x):\r\n    return x.mean()\r\n\r\ndef twice(x):\r\n    return 2 * x\r\n"
    assert MEAN.judge(answers(MEAN, hand_in(tmp_path, ex03=code))) == []
