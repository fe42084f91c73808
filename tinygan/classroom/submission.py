"""A student's folder: its files are loaded, and the functions in them are called.

Here: `plain`, `answers`.
"""

import copy
import importlib.util
import traceback
from pathlib import Path

import numpy as np

from ..mlp import MLP
from .exercises import Answer


def plain(value):
    """What an exercise's function returned or was given, as arrays, numbers, lists and dicts."""
    if isinstance(value, MLP):
        return {"theta": value.theta.copy(), "grad": value.grad.copy()}
    if isinstance(value, (tuple, list)):
        return [plain(each) for each in value]
    if isinstance(value, dict):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, np.ndarray):
        return np.array(value, float) if value.dtype.kind in "biuf" else None
    if isinstance(value, (int, float, np.number, np.bool_)):
        return float(value)
    return value if isinstance(value, str) else None


def answers(exercise, folder):
    """The `Answer` to each question of an exercise, from its file in `folder`, loaded anew."""
    path = Path(folder) / exercise.file
    try:
        spec = importlib.util.spec_from_file_location(path.stem, path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    except Exception as error:
        return [Answer(None, (), _sentence(error, path)) for _ in exercise.questions()]
    return [_answer(module, question, path) for question in exercise.questions()]


def _answer(module, question, path):
    arguments = copy.deepcopy(question.arguments)
    try:
        with np.errstate(all="ignore"):
            value = getattr(module, question.function)(*arguments)
    except Exception as error:
        return Answer(None, (), _sentence(error, path))
    return Answer(plain(value), tuple(plain(each) for each in arguments), "")


def _sentence(error, path):
    if isinstance(error, NotImplementedError):
        return "NotImplementedError"
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(path)]
    where = f", line {lines[-1]}" if lines else ""
    return f"{path.name}{where}: {type(error).__name__}: {error}"
