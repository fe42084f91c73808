"""A student's answers from a process of their own: right ones are as in this process, and limits hold. What hostile
files gain is in test_grading.py."""

import json
import os
import sys

import pytest
from pretended import EXERCISES, MEAN, hand_in

from tinygan.classroom import sandbox, submission
from tinygan.classroom.submission import NoAnswer


def ended(folder, **limits):
    """Why there is no answer to exercise 3."""
    with pytest.raises(NoAnswer) as why:
        sandbox.answers(MEAN, folder, **limits)
    return str(why.value)


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.file)
def test_right_answers_are_as_in_this_process(exercise, tmp_path):
    folder = hand_in(tmp_path)
    here, there = submission.answers(exercise, folder), sandbox.answers(exercise, folder)
    assert exercise.judge(there) == [] and repr(there) == repr(here)


def test_what_was_not_handed_in_has_no_answer(tmp_path):
    assert ended(hand_in(tmp_path, ex03=None)) == "ex03_mean.py was not handed in"


def test_what_is_refused_here_is_refused_there_in_the_same_words(tmp_path):
    folder = hand_in(tmp_path, ex03="import os")
    assert ended(folder) == submission.answers(MEAN, folder)[0].error
    assert ended(folder) == ("ex03_mean.py, line 1: it imports os, but may import only NumPy, math and typing (except "
                             'below `if __name__ == "__main__":`)')


def test_an_endless_loop_is_ended(tmp_path):
    assert "took longer than 1 s" in ended(hand_in(tmp_path, ex03="while True:\n    pass"), seconds=1)


@pytest.mark.skipif(os.name == "nt", reason="Windows tells no signal")
def test_a_crash_is_told(tmp_path):
    wild = ("import numpy as np\n\n\ndef mean(x):\n"
            "    return np.lib.stride_tricks.as_strided(x, (10**6,), (2**33,)).sum()\n")
    assert "crashed (SIG" in ended(hand_in(tmp_path, ex03=wild))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds a process to its memory")
def test_too_much_memory_is_an_error_of_one_question(tmp_path):
    code = "import numpy as np\n\n\ndef mean(x):\n    return np.ones(2**28).mean()\n\n\ndef twice(x):\n    return 4\n"
    first, second = sandbox.answers(MEAN, hand_in(tmp_path, ex03=code))
    assert "line 5: MemoryError" in first.error and second.value == 4


def test_the_environment_is_empty_but_for_what_python_needs(monkeypatch):
    monkeypatch.setenv("TOKEN", "secret")
    assert "TOKEN" not in sandbox._environment() and sandbox._environment()["OPENBLAS_NUM_THREADS"] == "1"


@pytest.mark.parametrize("report", ["[]", "{}", "no JSON", "[" * 10**5, json.dumps({"answers": [1]}), json.dumps(
    {"answers": [[{"shape": [3], "numbers": [1]}, [], ""]]})], ids=lambda report: report[:20])
def test_what_a_broken_process_hands_back_is_no_answer(report, tmp_path, monkeypatch):
    monkeypatch.setattr(sandbox, "_reported", lambda *all: all[-1] + report.encode())        # the token comes first
    assert "what it handed back is no answer" in ended(hand_in(tmp_path))


def test_what_the_worker_has_not_written_is_no_answer(tmp_path, monkeypatch):
    monkeypatch.setattr(sandbox, "_reported", lambda *all: bytes(len(all[-1])) + b'{"none": "HELLO"}')
    assert ended(hand_in(tmp_path)) == "ex03_mean.py: what it handed back is no answer"


def test_the_process_does_not_know_where_tinygan_or_the_submission_lies(tmp_path, monkeypatch):
    """A worker that tells, in the place of an answer, all that it finds."""
    worker, folder = tmp_path / "worker.py", hand_in(tmp_path / "class/ana")
    home = sandbox.Path(sandbox.__file__).parents[2]
    worker.write_text(f"""if 1:
        import os, sys
        sys.path += [*sys.argv[1:], {str(home / "tinygan/classroom")!r}]
        import _worker
        del sys.path[-1]
        _worker.run = lambda *all: {{"mean": lambda x: "\\n".join(
            [*sys.path, *sys.argv, *sys.orig_argv, *os.environ.values(), os.getcwd()])}}
        _worker.main()""", encoding="utf-8")
    command = sandbox._command()
    assert not any(str(tmp_path) in word for word in command)
    command[command.index(sandbox._worker.__file__)] = str(worker)
    monkeypatch.setattr(sandbox, "_command", lambda: command)
    found = sandbox.answers(MEAN, folder)[0].value.splitlines()
    assert str(home) not in found and str(folder) not in "".join(found) and "ex03_mean.py" in found


def test_honest_code_is_not_refused(tmp_path):
    code = '''from __future__ import annotations

from math import log, pi
from typing import NamedTuple, Tuple

import numpy as np
import numpy.linalg as la
from numpy import exp, random

__author__, __version__ = "Ana", np.__version__
__all__ = ["mean", "twice"]
rng = np.random.default_rng(0)


class Pair(NamedTuple):
    a: float
    b: float


class Helper:
    def __init__(self, x, code=1):
        self._x, self.copy, self.code, self.time, self.__own = x, x.copy(), code, 0, 0

    def __call__(self):
        return self._x


def __private(vars):
    for __ in range(2):
        code = vars
    return code, Helper(vars).code, __doc__


def mean(input: np.ndarray) -> float:
    """With help of much that NumPy has."""
    __private(input * Pair(1, b=2).a)
    with np.errstate(over="ignore"):
        exp(np.array([1000.0])), np.log(np.zeros(1))
    try:
        rng.normal(scale=-1)
    except ValueError as error:
        print(f"an error {error!r} in {__name__}")
    print("debug", np.ones((3, 3)), pi, log(2), input[:1], sep="\\n")
    la.norm(input), np.linalg.svd(input), random.rand(2), np.fft.fft(input), np.unique(input), np.median(input)
    np.ma.array([1]), np.polynomial.Polynomial([1])(2), np.einsum("ij->j", input), np.array2string(input)
    return float(Helper(input)().mean())


def twice(x): return [2 * x for x in [x]][0]


if '__main__' == __name__:
    import sys
    print(open(sys.argv[0]).read())
'''
    answers = sandbox.answers(MEAN, hand_in(tmp_path, ex03=code))
    assert [answer.error for answer in answers] == ["", ""] and MEAN.judge(answers) == []
