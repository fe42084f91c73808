"""The change of variables without its factor

Symptom: Nothing to see. Samples of G need no density. But the curve of p_g that is drawn over them is too high where G
is steep, too low where it is flat, and its integral is not 1.

Met in: made here: "p_g(x) is p_z at the z that leads to x" sounds right.

The mathematics: A short interval dz becomes one of length |G′(z)| dz and keeps its probability: p_g(x) =
p_z(z)/|G′(z)|. Without the factor, G(z) = 2z would have a density with the integral 2.

Hint: Take a G so simple that you know its p_g: one that stretches. What is the integral of a density?
"""

import numpy as np

from tinygan.theory.change_of_variables import _bisect

REPLACES = "tinygan.theory.change_of_variables._through"
TRAIN = None


def _through(piece, value, slope, p_z, x):
    low, high = value(np.array([piece.low, piece.high]))[::int(piece.sign)]
    p = np.zeros(len(x))
    reached = (low <= x) & (x <= high)
    if reached.any():
        start, end = np.full(reached.sum(), piece.low), np.full(reached.sum(), piece.high)
        z, _ = _bisect(lambda middle: (value(middle) - x[reached]) * piece.sign <= 0, start, end)
        with np.errstate(divide="ignore", invalid="ignore"):
            share = p_z(z)                                   # p_z(z) / |G'(z)|
        p[reached] = np.where(p_z(z) > 0, share, 0)
    return p
