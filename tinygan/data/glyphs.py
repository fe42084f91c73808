"""Digits, drawn from the typefaces that come with matplotlib: pictures to learn from, without a download.

Here: `Glyphs`.

An outline is kept as the distance of each point from it, positive inside. Wherever a pixel comes to lie when a digit is
turned, slanted, made larger or moved, its distance from the outline, in pixels, says how much of it is ink.
"""

from functools import lru_cache
from pathlib import Path

import numpy as np

from .. import _check
from .images import Images

FACES = """DejaVuSans DejaVuSans-Bold DejaVuSans-Oblique DejaVuSans-BoldOblique DejaVuSansMono DejaVuSansMono-Bold
           DejaVuSansMono-Oblique DejaVuSerif DejaVuSerif-Bold DejaVuSerif-Italic STIXGeneral STIXGeneralBol
           STIXGeneralItalic STIXGeneralBolIta cmr10 cmb10 cmss10 cmti10 cmtt10""".split()
SIDE = np.linspace(-1, 1, 41)                         # of the square in which a digit has the height 1


class Glyphs(Images):
    """The digits 0 to 9, equally frequent, in nineteen typefaces, each with a size, slant, turn, place, thickness and
    blackness of its own, and a little noise.

    size : pixels a side. n : how many pictures are drawn from. held_out : how many more there are, to measure with.
    noise : the standard deviation of each pixel, below 1; what would fall below 0 or above 1 is folded back. seed : of
    all that is random; the same seed draws the same pictures.

    >>> glyphs = Glyphs(n=50, held_out=10)
    >>> glyphs.shape, glyphs.images.shape, np.bincount(glyphs.labels).tolist()
    ((16, 16), (60, 16, 16), [6, 6, 6, 6, 6, 6, 6, 6, 6, 6])
    """

    def __init__(self, size=16, n=10_000, held_out=4_000, noise=0.03, seed=0):
        self.size = _check.integer("size", size, least=6, most=64)
        most = _check.LARGEST // (2 * self.size**2)
        self.n = _check.integer("n", n, least=1, most=most)
        held_out = _check.integer("held_out", held_out, least=0, most=most)
        self.noise, self.seed = _check.fraction("noise", noise), _check.integer("seed", seed, least=0)
        super().__init__(*_drawn(self.size, self.n + held_out, float(self.noise), self.seed), held_out=held_out)


@lru_cache(4)
def _drawn(size, n, noise, seed):
    """(pictures, (n, size, size) bytes; labels, (n,)), which nobody may change."""
    rng = np.random.default_rng(seed)
    digit, face = rng.permutation(np.arange(n) % 10)[:, None], rng.integers(len(FACES), size=(n, 1))
    any_of = lambda low, high: rng.uniform(low, high, (n, 1))
    height, turn, slant = any_of(0.66, 0.8) * size, any_of(-0.17, 0.17), any_of(-0.2, 0.2)
    right, down = any_of(-size / 16, size / 16), any_of(-size / 16, size / 16)
    bolder, ink = any_of(-0.25, 0.5), any_of(0.8, 1)
    images = np.empty((n, size**2), np.uint8)
    for i in range(0, n, 1000):                                     # some at a time, which takes less memory
        some = slice(i, i + 1000)
        x, y = _in_the_digits_square(size, height[some], turn[some], slant[some], right[some], down[some])
        distance = height[some] * _between(digit[some], face[some], x, y)                  # in pixels
        grey = ink[some] * np.clip(distance + bolder[some] + 0.5, 0, 1) + noise * rng.standard_normal(x.shape)
        grey = 1 - np.abs(grey % 2 - 1)                             # folded back: −x for x < 0, and 2 − x for x > 1
        images[some] = np.minimum(256 * grey, 255)
    images, labels = images.reshape(n, size, size), digit[:, 0]
    images.flags.writeable = labels.flags.writeable = False
    return images, labels


def _in_the_digits_square(size, height, turn, slant, right, down):
    """Where each pixel of each picture comes to lie in the digit's own square: x and y, (n, size²) each. Of n digits
    the height, right and down are in pixels, the turn in radians, all (n, 1)."""
    centred = np.arange(size) - (size - 1) / 2
    across, along = (each.ravel() for each in np.meshgrid(centred, centred))               # (size²,)
    across, along = across - right, along - down                                           # (n, size²)
    x = (np.cos(turn) * across + np.sin(turn) * along) / height
    y = (np.cos(turn) * along - np.sin(turn) * across) / height
    return x + slant * y, y


def _between(digit, face, x, y):
    """The distance from the outline at x, y: between the four nearest points of SIDE × SIDE, in proportion."""
    fields, steps = _fields(), len(SIDE) - 1
    x, y = (np.clip((each + 1) / 2 * steps, 0, steps - 1e-6) for each in (x, y))
    j, i = x.astype(int), y.astype(int)
    x, y = x - j, y - i
    upper = (1 - x) * fields[face, digit, i, j] + x * fields[face, digit, i, j + 1]
    lower = (1 - x) * fields[face, digit, i + 1, j] + x * fields[face, digit, i + 1, j + 1]
    return (1 - y) * upper + y * lower


@lru_cache(1)
def _fields():
    """Of each face and digit the distance from its outline, positive inside, on SIDE × SIDE: (faces, 10, 41, 41)."""
    return np.array([[_field(face, digit) for digit in "0123456789"] for face in FACES])


def _field(face, digit):
    from matplotlib import get_data_path                            # takes long to load
    from matplotlib.ft2font import FT2Font, LoadFlags
    from matplotlib.path import Path as Outline
    font = FT2Font(str(Path(get_data_path()) / "fonts/ttf" / f"{face}.ttf"))
    font.set_size(96, 72)
    font.load_char(ord(digit), flags=LoadFlags.NO_HINTING)
    polygons = Outline(*font.get_path()).to_polygons()
    corners = np.concatenate(polygons)
    low, high = corners.min(axis=0), corners.max(axis=0)
    polygons = [(each - (low + high) / 2) / (high[1] - low[1]) * [1, -1] for each in polygons]      # down is positive
    points = np.stack(np.meshgrid(SIDE, SIDE), axis=-1).reshape(-1, 2)
    inside = np.logical_xor.reduce([Outline(each).contains_points(points) for each in polygons])
    return (np.where(inside, 1, -1) * _to_outline(points, polygons)).reshape(len(SIDE), len(SIDE))


def _to_outline(points, polygons):
    """How far each of the points, (n, 2), is from the nearest side of the polygons, (k, 2) each: (n,).

    A side goes from a to a + along, and its nearest point to p is a + s along. As complex numbers, these are
    one multiplication each."""
    as_complex = lambda each: each[:, 0] + 1j * each[:, 1]
    corners = [as_complex(each) for each in polygons]
    a, along = np.concatenate([each[:-1] for each in corners]), np.concatenate([np.diff(each) for each in corners])
    p = as_complex(points)[:, None] - a                                                     # (n, sides)
    s = ((p * along.conj()).real / np.maximum(np.abs(along)**2, 1e-30)).clip(0, 1)
    return np.abs(p - s * along).min(axis=1)
