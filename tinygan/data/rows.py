"""Rows of your own, as p_data: an array, or an object; and what makes any data easier to learn.

Here: `as_distribution`, which takes what a user gives; a user's own array, `Points`, or object, `Own`; and
`Standardised`, any distribution shifted and scaled, or `Ranked`, for columns that are still hard to learn then.
"""

import numpy as np

from .. import _check
from .distributions import FAR_AWAY, Distribution


def as_distribution(source, name="data"):
    """`source` itself if it is one of the distributions below; an array of examples becomes `Points`, and
    another object that has `dim` and `sample` is wrapped as `Own`.

    >>> as_distribution([[1.0], [2.0]])
    Points(2 examples of dimension 1)
    """
    if isinstance(source, type):
        raise TypeError(f"{name} must be a distribution, {source.__name__}(…), not the class {source.__name__}")
    if hasattr(source, "dim") and callable(getattr(source, "sample", None)):
        return source if type(source).__module__.startswith(__package__) else Own(source, name)
    if isinstance(source, (np.ndarray, list, tuple)):
        return Points(source, name)
    raise TypeError(f"{name} must be a Distribution, an (n, d) array, or an object with dim and "
                    f"sample(m, rng), not {_check.shown(source)}")


class Own(Distribution):
    """A user's own object with `dim` and `sample(m, rng)`: what it returns is looked at before it is used.
    Its other attributes, such as a density, can be asked for here, too.

    source : that object. name : what errors call it. `sample` raises ValueError for examples of another shape or
    number, or that are not finite.

    >>> from types import SimpleNamespace
    >>> Own(SimpleNamespace(dim=1, sample=lambda m, rng: np.ones((m, 1))), "data").sample(2).tolist()
    [[1.0], [1.0]]
    """

    def __init__(self, source, name):
        self.source, self.name = source, name
        self.dim = _check.integer(f"{name}.dim", source.dim, least=1)

    def _sample(self, m, rng):
        call = f"{self.name}.sample({m}, rng)"
        try:
            x = _check.real_array(call, self.source.sample(m, rng))
        except StopIteration:                         # would end the generator that asked
            raise ValueError(f"{call} must return {m} examples each time, but it has run out (StopIteration)") from None
        if x.shape != (m, self.dim):
            raise ValueError(f"{call} must return shape ({m}, {self.dim}), not {x.shape}")
        if not np.isfinite(x).all():
            raise ValueError(f"{call} must be finite, but has {np.sum(~np.isfinite(x))} NaN or infinite entries")
        return x

    def __getattr__(self, name):
        if name == "source" or name.startswith("__"):              # while it is copied or unpickled
            raise AttributeError(name)
        return getattr(self.source, name)


class Points(Distribution):
    """A user's own examples, (n, d): `sample` draws rows, with replacement, and makes float64 of these alone.

    array : kept in its type. A file that np.load(path, mmap_mode="r") has opened stays on disk.
    name : what errors call the array. held_out : how many rows at the end are never drawn, and kept to measure with.
    Also: `drawn` and `held_out_rows`, the two parts of `array`.

    >>> Points([[1], [2], [3], [4]], held_out=1).drawn.tolist()
    [[1.0], [2.0], [3.0]]
    """

    def __init__(self, array, name="array", held_out=0):
        self.array = _check.rows(name, array)
        self.held_out = _check.integer("held_out", held_out, least=0, most=len(self.array) - 1)
        self.dim = self.array.shape[1]

    @property
    def drawn(self):
        return self.array[:len(self.array) - self.held_out]

    @property
    def held_out_rows(self):
        return self.array[len(self.array) - self.held_out:]

    def _sample(self, m, rng):
        return self.drawn[rng.integers(len(self.drawn), size=m)].astype(np.float64)

    def __repr__(self):
        return f"Points({len(self.array)} examples of dimension {self.dim})"


class Standardised(Distribution):
    """(x − mean) / std for x ~ `source`: what networks learn from most easily.

    mean, std : numbers or (d,) arrays, in the source's units; None for those of the source's own rows,
    or of 10 000 examples of it. `restore` is the way back.
    The density, where the source has one, is p(x) · Π std.

    >>> heights = np.random.default_rng(0).normal(170, 8, (500, 1))
    >>> data = Standardised(heights)
    >>> data.restore([[-1.0], [0.0], [1.0]]).round().ravel().tolist()
    [162.0, 170.0, 178.0]
    """

    def __init__(self, source, mean=None, std=None):
        self.source = as_distribution(source, "source")
        self.dim = self.source.dim
        if mean is None or std is None:
            x = self.source.drawn if isinstance(self.source, Points) else self.source.sample(10_000, 0)
            its_mean, its_std = _mean_and_std(x)
            varies = (its_std > 1e-12 * np.abs(its_mean)) & (its_std < np.inf)       # more than by rounding
            if std is None and not varies.all():
                column = int(np.argmin(varies))
                raise ValueError(f"source must have a standard deviation to divide by, finite and above 0, but that of "
                                 f"column {column} is {its_std[column]:g}: leave that column out, or give std")
            mean, std = its_mean if mean is None else mean, its_std if std is None else std
        self.mean, self.std = self._for_each_column("mean", mean), self._for_each_column("std", std)
        if (self.std <= 0).any():
            raise ValueError(f"std must be greater than 0 in each column, not {_check.shown(self.std.tolist())}")

    def _for_each_column(self, name, value):
        value = _check.finite_array(name, value)
        if value.shape not in ((), (1,), (self.dim,)):
            raise ValueError(f"{name} must be a number or ({self.dim},), one for each column of source, "
                             f"not {value.shape}")
        return np.broadcast_to(value, self.dim)

    def _sample(self, m, rng):
        return (self.source.sample(m, rng) - self.mean) / self.std

    @FAR_AWAY
    def standardise(self, x):
        """From the source's units: (x − mean) / std, for the rows of x, (n, d)."""
        return (_check.points("x", x, self.dim) - self.mean) / self.std

    @FAR_AWAY
    def restore(self, y):
        """Back to the source's units: mean + std · y, for the rows of y, (n, d)."""
        return self.mean + self.std * _check.points("y", y, self.dim)

    @property
    def density(self):                       # as absent here as it is in the source
        of_source, largest = self.source.density, np.finfo(float).max
        return lambda y: of_source(self.restore(y).clip(-largest, largest)) * np.prod(self.std)


@FAR_AWAY
def _mean_and_std(x):
    """Of each column, (d,) each. A part of the rows at a time: all of them, as float64, may be too many."""
    n, d = x.shape
    parts = [slice(start, start + max(1, 2**20 // d)) for start in range(0, n, max(1, 2**20 // d))]
    mean = np.sum([x[part].sum(axis=0, dtype=np.float64) for part in parts], axis=0) / n
    return mean, np.sqrt(np.sum([np.sum((x[part] - mean)**2, axis=0) for part in parts], axis=0) / n)


class Ranked(Standardised):
    """As Standardised, but some columns by their ranks: for long tails, and for values that occur again and again.

    In such a column a value's place among the rows, u from 0 to 1, is taken instead, stretched to
    log(u/(1 − u)), a logistic variable of standard deviation π/√3: smooth, whatever the column is like. Rows
    of one value share their places at random. The way back stays within the rows' range; where values occur
    more than once it gives no others: whole numbers stay whole, and a column that is 0 in nine rows of ten is so again.

    source : Points. mean, std : as in Standardised; of the stretched places in a ranked column.
    ranked : (d,), true where a column goes by its ranks.

    >>> counts = np.repeat([0.0, 1.0, 7.0], [90, 9, 1])[:, None]
    >>> data = Ranked(counts, mean=0, std=1, ranked=[True])
    >>> np.unique(data.restore([[-5.0], [0.0], [3.0], [9.0]])).tolist()     # none but these
    [0.0, 1.0, 7.0]
    """

    def __init__(self, source, mean, std, ranked):
        super().__init__(source, mean, std)
        if not isinstance(self.source, Points):
            raise TypeError(f"source must be an (n, d) array or Points, not {_check.shown(source)}")
        self.ranked = _check.finite_array("ranked", ranked).astype(bool)
        if self.ranked.shape != (self.dim,):
            raise ValueError(f"ranked must be ({self.dim},), True or False for each column, not {_check.shown(ranked)}")
        self._ordered = {j: np.sort(self.source.drawn[:, j]) for j in np.flatnonzero(self.ranked)}

    def _sample(self, m, rng):
        return self._forth(self.source.sample(m, rng), rng)

    def standardise(self, x):
        return self._forth(_check.points("x", x, self.dim), np.random.default_rng(0))

    @FAR_AWAY
    def _forth(self, x, rng):
        y = np.array(x, float)
        for j, ordered in self._ordered.items():
            first, last = (np.searchsorted(ordered, x[:, j], side) for side in ("left", "right"))
            u = (first + rng.random(len(x)) * (last - first)) / len(ordered)            # anywhere among its equals
            u = u.clip(0.5 / len(ordered), 1 - 0.5 / len(ordered))
            y[:, j] = np.log(u / (1 - u))
        return (y - self.mean) / self.std

    @FAR_AWAY
    def restore(self, y):
        x = super().restore(y)
        for j, ordered in self._ordered.items():
            place = len(ordered) / (1 + np.exp(-x[:, j]))
            if (np.diff(ordered) > 0).all():                         # no value twice: between two is a value, too
                x[:, j] = np.interp(place - 0.5, np.arange(len(ordered)), ordered)
            else:
                x[:, j] = ordered[np.minimum(place.astype(int), len(ordered) - 1)]
        return x
