"""Your own data: a file or an array of rows becomes a run like that of any recipe.

Here: `points`, the setting; `prepared`, what is done to the columns before; `recipe_of`, the `Recipe` for some
rows; `read`, a file as rows and the names of its columns; `write`, rows as CSV.

    run = tinygan.recipes.run("points", data="heights.csv")       # or data=x, an (n, d) array
    run.sample(1000)                                              # in the file's own units
"""

import csv
import io
import zipfile
from functools import lru_cache, partial
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
    Returns `rows`, (n, d) float64, and `names`. Raises ValueError, in one sentence, for rows that nothing can be
    learned from; OSError where there is no file.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     np.savetxt(f"{folder}/mine.csv", np.arange(20), header="height", comments="")
    ...     table = read(f"{folder}/mine.csv")
    >>> table.rows.shape, table.names
    ((20, 1), ['height'])
    """
    if not isinstance(path, (str, Path)) or "\0" in str(path):
        raise TypeError(f"path of the data must be that of a file, not {_check.shown(path)}")
    path = Path(path)
    size = path.stat().st_size
    if size > LARGEST_FILE:
        raise ValueError(f"{path} has {size / 2**30:.1f} GiB, and at most 1 is read: take a part of its rows")
    rows, names = _from_numpy(path) if path.suffix.lower() in (".npy", ".npz") else _from_text(path)
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
    names = names or _names(rows.shape[1])
    for j, name in enumerate(names):
        column = rows[:, j]
        wrong = np.flatnonzero(~np.isfinite(column) | (np.abs(column) > 1e150))
        if len(wrong):
            what = "missing values" if np.isnan(column[wrong]).any() else "values that are not finite, or beyond 1e150,"
            raise ValueError(f"{origin} has {what} in column {name!r}, {len(wrong)} of {len(rows)}, the first in data "
                             f"row {wrong[0] + 1}: put numbers there, or leave those rows or that column out")
        if (column == column[0]).all():
            raise ValueError(f"{origin} has the same value, {column[0]:g}, in all rows of column {name!r}: "
                             f"leave that column out")
    return Table(rows, names)


def _from_numpy(path):
    try:
        held = np.load(io.BytesIO(path.read_bytes()), allow_pickle=False)
        arrays = {"": held} if isinstance(held, np.ndarray) else {name: held[name] for name in held.files}
    except (ValueError, EOFError, zipfile.BadZipFile):
        raise ValueError(f"can't read {path} as an array of numbers: it is damaged, of another kind, or holds "
                         f"objects") from None
    if len(arrays) != 1:
        raise ValueError(f"{path} must hold one array, not {len(arrays)}: {_check.shown(list(arrays))}")
    return *arrays.values(), None


def _from_text(path):
    content = path.read_bytes()
    if b"\0" in content[:1000]:
        raise ValueError(f"can't read {path} as text: save it as CSV in UTF-8")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("latin-1")                                  # as older spreadsheets write
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1)
             if line.strip(" ,;\t") and not line.startswith("#")]
    if not lines:
        raise ValueError(f"{path} is empty")
    first, last = lines[0][1], lines[-1][1]                               # names may have commas in them
    separator = max(",;\t", key=lambda sign: (min(first.count(sign), last.count(sign)), sign == ";"))
    if separator not in last and len(last.split()) > 1:
        separator = " "
    decimal = "," if separator == ";" else "."
    try:
        cells = list(csv.reader([line for _, line in lines], delimiter=separator, skipinitialspace=True))
    except csv.Error as error:
        raise ValueError(f"can't read {path} as CSV: {error}") from None
    if all(not row[-1] for row in cells):                                 # every line ends with a comma
        cells = [row[:-1] for row in cells]
    names = None
    words, numbers = ([_number(cell, decimal) for cell in row] for row in (cells[0], cells[min(1, len(cells) - 1)]))
    if None in words and (None not in numbers or not np.isfinite([x for x in words if x is not None]).any()):
        names = [cell.strip() or f"x{j + 1}" for j, cell in enumerate(cells.pop(0))]
        lines.pop(0)
    width = len(names or cells[0])
    rows = np.empty((len(cells), width))
    for i, (row, (line, _)) in enumerate(zip(cells, lines)):
        if len(row) != width:
            hint = "" if decimal == "," else " (numbers with decimal commas need semicolons between them)"
            raise ValueError(f"{path} has {_many(len(row), 'value')} in line {line} where there "
                             f"{'is' if width == 1 else 'are'} {_many(width, 'column')}{hint}")
        for j, cell in enumerate(row):
            number = _number(cell, decimal)
            if number is None:
                what = "; its kinds can be written as columns of 0 and 1" if cell.strip().isalpha() else ""
                name = (names or _names(width))[j]
                raise ValueError(f"{path} has {_check.shown(cell)} in line {line}, column {name!r}, which is no "
                                 f"number: change it, or leave that column out{what}")
            rows[i, j] = number
    return rows, names


def _names(width):
    return [f"x{j + 1}" for j in range(width)]


def _many(n, what):
    return f"{n:,} {what}{'s' * (n != 1)}"


def _number(cell, decimal):
    """The number in a cell, NaN if it is missing, None if it is something else."""
    try:
        return float(cell if decimal == "." else cell.replace(",", ".")) if "_" not in cell else None
    except ValueError:
        return np.nan if cell.strip().lower() in ("", "na", "n/a", "null", "none", "?", "-") else None


def write(path, rows, names, like):
    """Rows as CSV, the names in its first line; each column with as many decimals as in the rows `like`.

    path : of the file. rows, like : (n, d) and (k, d). names : d of them. Raises OSError where it can't be written.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write(f"{folder}/made.csv", np.array([[1 / 3, 2.0]]), ["x", "y"], like=np.array([[0.25, 7.0]]))
    ...     Path(folder, "made.csv").read_text().split()
    ['x,y', '0.33,2']
    """
    decimals = _decimals(like)
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(names)
        writer.writerows([f"{x:.7g}" if k is None else f"{x:.{k}f}" for x, k in zip(row, decimals)] for row in rows)


def _decimals(rows):
    """How many each column has, None where there is no end of them."""
    return [next((k for k in range(16) if (column.round(k) == column).all()), None)
            if np.abs(column).max() < 1e15 else None for column in rows.T]


def _rounded(rows, like):
    """`rows`, each column with as many decimals as in the rows `like`: as `write` writes them."""
    return np.column_stack([column if k is None else column.round(k) for column, k in zip(rows.T, _decimals(like))])


def recipe_of(given):
    """The Recipe of your own data: an (n, d) array, the path of a file, or a Table. Raises as `read`.

    >>> recipe_of(np.arange(300.0)[:, None]).about
    'Your own data: 300 rows, 1 column (x1).'
    """
    if isinstance(given, Table):
        rows, names = given
    elif isinstance(given, (str, Path)):
        rows, names = read(given)
    else:
        rows, names = checked(_check.finite_array("data", given), None, "data")
    rows = np.array(rows)                                     # its own: nobody changes it from outside
    listed = ", ".join(names) if len(names) < 8 else ", ".join([*names[:3], "…", names[-1]])
    few = "" if len(rows) >= 200 else " These are few rows: expect generated ones to lie close to them."
    return Recipe(partial(points, rows), 10_000, min(held_out(rows), 2000), partial(_measure, names=list(names)),
                  exact=scores.points_exact, columns=list(names),
                  title=f"Your own data: {_many(len(rows), 'row')}, {_many(len(names), 'column')} ({listed}).{few}")


def _measure(generated, real, p_data, names):
    """`scores.points` of rows rounded as the real ones are. p_data : Points."""
    return scores.points(_rounded(generated, like=real), real, prepared(p_data), names)


def points(rows, rng, iterations):
    """The game, an `Algorithm1`, of your own rows, (n, d), from normal noise. rng : a NumPy Generator.

    >>> points(np.arange(300.0)[:, None], np.random.default_rng(0), iterations=100).G.widths
    [4, 64, 64, 1]
    """
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
    """The rows, standardised; a column that is still hard to learn then goes by its ranks. The new unit is 0.5
    instead of 1, so that D finds its detail within the cap on its weights.

    source : Points. Returns a `data.Ranked`.

    >>> rows = np.column_stack([np.arange(300), np.arange(300) % 2])        # the second has two values alone
    >>> prepared(data.Points(rows)).ranked.tolist()
    [False, True]
    """
    ranked = np.array([awkward(column) for column in source.drawn.T])
    mean = np.where(ranked, 0, source.drawn.mean(axis=0))
    std = np.where(ranked, np.pi / np.sqrt(3), source.drawn.std(axis=0))
    return data.Ranked(source, mean, 0.5 * std, ranked)


def awkward(column):
    """Whether this column is still hard when shifted and scaled: few values, one of them often, or a long tail."""
    _, counts = np.unique(column, return_counts=True)
    few = len(counts) < min(50, len(column)) or counts.max() > max(1, 0.05 * len(column))
    kurtosis = np.mean(((column - column.mean()) / column.std())**4)        # 3 for a Gaussian, 9 for an exponential
    return bool(few or kurtosis > 6)
