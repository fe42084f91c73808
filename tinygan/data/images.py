"""Pictures with labels, as p_data.

Here: `Images`. (picture_files.py reads them from files.)

A picture is kept in bytes, 0 for paper and 255 for ink. An example is a picture with its grey levels between 0 and 1,
row by row: a byte b stands for the levels from b/256 to (b + 1)/256, and each pixel lies anywhere in there. So
none is exactly 0, which no sigmoid G can make, and by which D could tell.
"""

import numpy as np

from .. import _check
from .distributions import Distribution


class Images(Distribution):
    """Pictures, all of one size: `sample` draws some, with replacement, each pixel anywhere within its step of grey.

    images : (n, height, width), bytes from 0 to 255. labels : (n,), whole numbers from 0 to 999, the class of each; or
    None. held_out : how many at the end are never drawn, and kept to measure with; None for a sixth.
    Also: `shape`, (height, width); `dim`, the number of pixels; `classes`, how many there are, or None.

    >>> images = Images(np.arange(24, dtype=np.uint8).reshape(6, 2, 2), labels=[0, 1, 0, 1, 0, 1])
    >>> images.sample(3, rng=0).shape, images.shape, images.classes
    ((3, 4), (2, 2), 2)
    """

    def __init__(self, images, labels=None, held_out=None):
        if not isinstance(images, np.ndarray) or images.dtype != np.uint8 or images.ndim != 3 or images.size == 0:
            given = f"{images.shape} of {images.dtype}" if isinstance(images, np.ndarray) else _check.shown(images)
            raise ValueError(f"images must be an array (n, height, width) of bytes, not {given}")
        self.images, (n, *shape) = images, images.shape
        self.shape, self.dim = tuple(shape), int(np.prod(shape))
        self.held_out = n // 6 if held_out is None else _check.integer("held_out", held_out, least=0, most=n - 1)
        self.labels = None if labels is None else self._as_classes(labels)
        self.classes = None if labels is None else int(self.labels.max()) + 1

    def _as_classes(self, labels):
        labels = _check.finite_array("labels", labels)
        if labels.shape != self.images.shape[:1] or ((labels % 1 != 0) | (labels < 0) | (labels > 999)).any():
            raise ValueError(f"labels must be {len(self.images)} whole numbers from 0 to 999, one for each of the "
                             f"images, not {labels.shape}, {_check.shown(labels)}")
        return labels.astype(int)

    @property
    def n_drawn(self):
        """How many are drawn: all but those held out."""
        return len(self.images) - self.held_out

    def _sample(self, m, rng):
        which = rng.integers(self.n_drawn, size=m)
        x = rng.random((m, self.dim))                 # where in its step each pixel lies
        x += self.images[which].reshape(m, self.dim)
        x /= 256
        return x

    def _rows(self, which):
        return self.images[which].reshape(-1, self.dim).astype(float)

    def training(self, n=10_000):
        """The first n of those that are drawn, or all if they are fewer: (grey levels, (n, dim); labels, (n,) or None).
        A pixel is in the middle of its step."""
        return self._part(slice(0, min(_check.integer("n", n, least=1), self.n_drawn)))

    def test(self, n=10_000):
        """The first n of those that are held out, as `training`."""
        return self._part(slice(self.n_drawn, self.n_drawn + _check.integer("n", n, least=1)))

    def _part(self, which):
        return (self._rows(which) + 0.5) / 256, None if self.labels is None else self.labels[which]

    @property
    def about(self):
        """What they are, in a few words."""
        classes = "without labels" if self.classes is None else f"{len(np.unique(self.labels))} classes"
        return (f"{len(self.images):,} pictures of {self.shape[0]} × {self.shape[1]} pixels, {classes}, "
                f"{self.held_out:,} of them held out")

    def __repr__(self):
        return f"{type(self).__name__}({self.about})"
