"""A student's answers from a process of their own, with limits on time, memory and output.

Here: `answers`.

What judges an answer is never in that process. It gets the questions, and hands numbers back, as text (JSON). So code
that hangs, crashes, prints or patches what it finds harms its own process and gains nothing. What docs/grading.md says
of this wall, and of what it does not keep out, is tested in test_sandbox.py.
"""

import functools
import json
import os
import pickle
import secrets
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

import numpy as np

from . import _worker
from .exercises import Answer
from .submission import NoAnswer, source

SECONDS = 10.0
MEMORY = 2**30                                              # bytes
KEPT = {"SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"}           # of the environment: what Python starts with


def answers(exercise, folder, seconds=SECONDS, memory=MEMORY):
    """What a student's file answers to the questions of an exercise: a list of `Answer`, one for each.

    folder : with the student's files. seconds : how long it may take. memory : how much it may have, in bytes.
    Raises NoAnswer, which says why, if the file was not handed in, may not be run, or ended without an answer.
    """
    token = secrets.token_bytes(16)                         # what does not begin with it, our code has not written
    report = _reported(exercise, source(exercise, folder), seconds, memory, token)
    if report in (b"", token):
        raise NoAnswer(f"{exercise.file} ended before it had answered")
    if len(report) > _worker.ANSWERS:
        raise NoAnswer(f"{exercise.file}: its answers are longer than {_worker.ANSWERS // 2**20} MiB")
    try:
        if not report.startswith(token):
            raise ValueError
        report = json.loads(report[len(token):], object_hook=_with_arrays)
        if "none" in report:
            raise NoAnswer(str(report["none"]))
        return [Answer(value, tuple(arguments), str(error)) for value, arguments, error in report["answers"]]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, MemoryError):
        raise NoAnswer(f"{exercise.file}: what it handed back is no answer") from None


@functools.cache
def _questions(exercise):
    """The questions, pickled: how many times they are asked, they are made once."""
    return pickle.dumps([tuple(question) for question in exercise.questions()])


def _reported(exercise, code, seconds, memory, token):
    """What the process wrote. Raises NoAnswer if it had to be ended, or crashed."""
    job = {"source": code, "file": exercise.file, "given": exercise.given, "questions": _questions(exercise),
           "seconds": seconds, "memory": memory, "token": token}
    with tempfile.TemporaryDirectory() as empty, tempfile.TemporaryFile() as out:
        process = subprocess.Popen(_command(), cwd=empty, env=_environment(), start_new_session=True,
                                   stdin=subprocess.PIPE, stdout=out, stderr=subprocess.DEVNULL)
        try:
            process.communicate(pickle.dumps(job), timeout=seconds)
        except subprocess.TimeoutExpired:
            raise NoAnswer(f"{exercise.file} took longer than {seconds:g} s: is there a loop without an end?") from None
        finally:
            _kill(process)
        if process.returncode < 0:
            with suppress(ValueError):                      # a number that has no name
                raise NoAnswer(f"{exercise.file} crashed ({signal.Signals(-process.returncode).name})")
        out.seek(0)
        return out.read(_worker.ANSWERS + 1)


def _command():
    """Python, without what a user or a folder adds to it, and where it finds NumPy and tinygan."""
    paths = [Path(np.__file__).parents[1], Path(__file__).parents[2]]
    return [sys.executable, "-I", "-S", "-B", "-X", "utf8", _worker.__file__, *map(os.path.abspath, paths)]


def _environment():
    """No secrets, and one thread."""
    return {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1",
            **{name: value for name, value in os.environ.items() if name.upper() in KEPT}}


def _kill(process):
    """End a process, and all that it has started, if anything of it still runs."""
    with suppress(OSError):
        os.killpg(process.pid, signal.SIGKILL) if hasattr(os, "killpg") else process.kill()
    process.wait()


def _with_arrays(entries):
    """An array, where an array was written."""
    if entries.keys() == {"shape", "numbers"}:
        return np.array(entries["numbers"], dtype=np.float64).reshape(entries["shape"])
    return entries
