"""Your own data: a file or an array of rows becomes a run like that of any recipe.

Here: `points`, the setting; `prepared`, what is done to the columns before; `recipe_of`, the `Recipe` for some
rows; `read`, a file as rows and the names of its columns; `write`, rows as CSV.

    run = tinygan.recipes.run("points", data="heights.csv")       # or data=x, an (n, d) array
    run.sample(1000)                                              # in the file's own units
"""

import csv
import io
import zipfile
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from .. import _check, data
from ..mlp import MLP
from ..training import Algorithm1
from . import scores
from .settings import Recipe

FEWEST = 10                                           # rows from which anything can be learned
LARGEST_FILE = 2**30                                  # bytes


class Table(NamedTuple):
    """Rows of numbers, (n, d) float64, and the names of the columns."""

    rows: np.ndarray
    names: list


def read(path):
    """The `Table` in a file.

    A .npy or .npz file holds one array, (n, d) or (n,). Anything else is read as text with a row on
    each line, separated by commas, semicolons or tabs; the first line may hold the names.
    Raises ValueError, in one sentence, for what can't be learned from; OSError where there is no file.
    """
    if not isinstance(path, (str, Path)) or "\0" in str(path):
        raise TypeError(f"path of the data must be that of a file, not {_check.shown(path)}")
    path = Path(path)
    size = path.stat().st_size
    if size > LARGEST_FILE:
        raise ValueError(f"{path} has {size / 2**30:.1f} GiB, and at most 1 is read: take a part of its rows")
    rows, names = _from_numpy(path) if path.suffix in (".npy", ".npz") else _from_text(path)
    return checked(rows, names, path)


def checked(rows, names, origin):
    """The Table of these rows, if something can be learned from them; a ValueError otherwise."""
    rows = np.asarray(rows)
    if rows.dtype.kind not in "biuf" or rows.ndim not in (1, 2):
        raise ValueError(f"{origin} must hold an array of real numbers, (n, d) or (n,), "
                         f"not {rows.shape} of {rows.dtype}")
    if len(rows) < FEWEST or rows.size == 0:
        raise ValueError(f"{origin} must hold at least {FEWEST} rows of numbers, not {len(rows)}")
    rows = rows.astype(np.float64).reshape(len(rows), -1)
    names = names or [f"x{j + 1}" for j in range(rows.shape[1])]
    for j, name in enumerate(names):
        column = rows[:, j]
        wrong = np.flatnonzero(~np.isfinite(column) | (np.abs(column) > 1e150))
        if len(wrong):
            what = ("missing values" if np.isnan(column[wrong]).any() else "values that are not finite")
            raise ValueError(f"{origin} has {what} in column {name!r}, {len(wrong)} in all, the first in row "
                             f"{wrong[0] + 1}: fill them in, or delete those rows")
        if (column == column[0]).all():
            raise ValueError(f"{origin} has the same value, {column[0]:g}, in all rows of column {name!r}: "
                             f"leave that column out")
    return Table(rows, names)


def _from_numpy(path):
    try:
        held = np.load(io.BytesIO(path.read_bytes()), allow_pickle=False)
        if path.suffix == ".npz":
            if len(held.files) != 1:
                raise ValueError(f"it holds {len(held.files)} arrays, {_check.shown(held.files)}, and must hold one")
            held = held[held.files[0]]
    except (ValueError, EOFError, zipfile.BadZipFile) as error:
        raise ValueError(f"can't read {path} as an array of numbers: {error}") from None
    return held, None


def _from_text(path):
    content = path.read_bytes()
    if b"\0" in content[:1000]:
        raise ValueError(f"can't read {path} as text: save it as CSV in UTF-8")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("latin-1")                                  # as older spreadsheets write
    first = text.lstrip().partition("\n")[0]
    separator = max(",;\t", key=first.count)
    lines = [(number, cells) for number, cells in enumerate(csv.reader(io.StringIO(text), delimiter=separator), 1)
             if any(cell.strip() for cell in cells)]
    if not lines:
        raise ValueError(f"{path} is empty")
    decimal = "," if separator == ";" else "."
    names = None
    if not any(_is_number(cell, decimal) for cell in lines[0][1]):
        names = [cell.strip() or f"x{j + 1}" for j, cell in enumerate(lines.pop(0)[1])]
    width = len(names or lines[0][1])
    rows = np.empty((len(lines), width))
    for i, (number, cells) in enumerate(lines):
        if len(cells) != width:
            raise ValueError(f"{path} has {len(cells)} values in line {number} where there are {width} columns")
        try:
            rows[i] = [float(cell) for cell in cells] if decimal == "." else [_number(cell, decimal) for cell in cells]
        except ValueError:
            rows[i] = [_explained(cell, decimal, path, number, names[j] if names else f"x{j + 1}")
                       for j, cell in enumerate(cells)]
    return rows, names


def _number(cell, decimal):
    return float(cell.replace(decimal, "."))


def _is_number(cell, decimal):
    try:
        _number(cell, decimal)
    except ValueError:
        return False
    return True


def _explained(cell, decimal, path, line, name):
    """The number in a cell, NaN if it is missing; a sentence if it is a word."""
    if cell.strip().lower() in ("", "na", "n/a", "null", "none", "?", "-"):
        return np.nan
    if not _is_number(cell, decimal):
        raise ValueError(f"{path} has text in line {line}, column {name!r}: {_check.shown(cell)} is no number; "
                         f"leave that column out, or write its kinds as columns of 0 and 1")
    return _number(cell, decimal)


def write(path, rows, names, like):
    """Rows as CSV, the names in its first line; each column with as many decimals as in the rows `like`."""
    decimals = [next((k for k in range(9) if np.allclose(column.round(k), column, rtol=0, atol=1e-12 * 10**-k)), None)
                for column in like.T]
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(names)
        writer.writerows([f"{x:.7g}" if k is None else f"{x:.{k}f}" for x, k in zip(row, decimals)] for row in rows)


def recipe_of(given):
    """The Recipe of your own data: an (n, d) array, the path of a file, or a Table."""
    if isinstance(given, Table):
        rows, names = given
    elif isinstance(given, (str, Path)):
        rows, names = read(given)
    else:
        rows, names = checked(_check.finite_array("data", given), None, "data")
    rows = np.array(rows)                                     # its own: nobody changes it from outside

    def build(rng, iterations):
        return points(rows, rng, iterations)

    def measure(generated, real, p_data):
        return scores.points(generated, real, prepared(p_data), names)

    few = "" if len(rows) >= 200 else " These are few rows: expect what is generated to lie close to them."
    build.__doc__ = f"Your own data: {len(rows):,} rows, {len(names)} columns ({_check.shown(', '.join(names))}).{few}"
    return Recipe(build, 10_000, min(held_out(rows), 2000), measure, exact=scores.points_exact, columns=list(names))


def points(rows, rng, iterations):
    """Your own rows, from normal noise."""
    source = data.Points(rng.permutation(rows), held_out=held_out(rows))
    noise = data.Normal(max(4, source.dim))
    G = MLP([noise.dim, 64, 64, source.dim], hidden="relu", bias_spread=1, dtype=np.float32, rng=rng)
    D = MLP([source.dim, 64, 64, 1], hidden="leaky_relu", bias_spread=2, dtype=np.float32, rng=rng)
    last_cap = 2.0 if len(rows) > 1000 else 0.8               # a steep D would learn a few rows by heart
    return Algorithm1(G, D, prepared(source), noise, m=128, lr_d=0.1, lr_g=0.02, momentum=0.5,
                      max_norm=(0.5, last_cap), schedule=0.5, iterations=iterations, rng=rng)


def held_out(rows):
    """How many rows are kept to measure with: one in five, and 5000 at most."""
    return min(len(rows) // 5, 5000)


@lru_cache(1)
def prepared(source):
    """The rows, standardised; where no shift and scale makes a column easy, it goes by its ranks. And 0.5 instead
    of 1 as the new unit, so that D finds its detail within the cap on its weights."""
    ranked = np.array([awkward(column) for column in source.drawn.T])
    mean = np.where(ranked, 0, source.drawn.mean(axis=0))
    std = np.where(ranked, np.pi / np.sqrt(3), source.drawn.std(axis=0))
    return data.Ranked(source, mean, 0.5 * std, ranked)


def awkward(column):
    """Whether no shift and scale makes this column easy: few values, one of them often, or a long tail."""
    _, counts = np.unique(column, return_counts=True)
    few = len(counts) < min(50, len(column)) or counts.max() > max(1, 0.05 * len(column))
    kurtosis = np.mean(((column - column.mean()) / column.std())**4)        # 3 for a Gaussian, 9 for an exponential
    return bool(few or kurtosis > 6)
