"""Measures that judge generated examples, and are never used to train; each a number from an (n, d) sample.

Here: `modes` for mixtures of Gaussians; `precision_recall` for any shape; `parzen`, a
log-likelihood; `radius`, `angle` for rings; `histogram_jsd` against a density on the line;
`grid_jsd`, `ks_distance` and `nearest` between two samples; `discriminator_error`, D against D*; and `floor`.

Even a real sample seldom scores the ideal: a JSD between n real examples and their own
distribution in b bins is about (b − 1)/(8n) nats, not 0. So a measure is worth little without
its floor, the same measure between two real samples of that size, which `floor` gives.
"""

import warnings
from typing import NamedTuple

import numpy as np

from . import _check, theory
from .data import GaussianMixture, Images, Points, as_distribution


MOST = 1e150                                          # the square of a distance is finite up to here


class Modes(NamedTuple):
    """How a sample spreads over a mixture's modes; see `modes`."""

    captured: int
    good: float
    counts: np.ndarray
    kl: float


def modes(samples, mixture, least=1):
    """Which modes of a mixture a sample has found, and how well.

    An example is good if it lies within 3 std of the nearest mode's mean. Usual: 2500 examples.

    samples : (n, d). mixture : a GaussianMixture, or anything with its `means`, `std`, `weights`.
    least : how many good examples a mode must have to count as captured.
    Returns `captured`, a number of modes; `good`, the share of good examples; `counts`, how many
    good ones each mode has; `kl`, KL(q ‖ weights) in nats, q being each mode's share of the good
    ones, and NaN if there are none. 3 std hold all but 1.1 % of a Gaussian in the plane, so real
    examples are 98.9 % good there; the more dimensions, the fewer.
    (Srivastava et al. 2017, VEEGAN; Lin et al. 2018, PacGAN.)

    >>> modes([[0.5, 0.5], [5, 5]], GaussianMixture([[0, 0], [9, 9]], std=1))[:2]
    (1, 0.5)
    """
    if not all(hasattr(mixture, name) for name in ("means", "std", "weights")):
        raise TypeError(f"mixture must have means, std and weights, as a GaussianMixture, not {_check.shown(mixture)}")
    mixture = GaussianMixture(_check.points("mixture.means", mixture.means, most=MOST), mixture.std, mixture.weights)
    samples = _check.points("samples", samples, mixture.dim, MOST)
    least = _check.integer("least", least, least=1)
    mode, distance = _nearest(samples, mixture.means)
    is_good = distance <= 3 * np.broadcast_to(mixture.std, len(mixture.means))[mode]
    counts = np.bincount(mode[is_good], minlength=len(mixture.means))
    kl = theory.kl(counts / counts.sum(), mixture.weights) if counts.any() else np.nan
    return Modes(int(np.sum(counts >= least)), float(is_good.mean()), counts, kl)


class PrecisionRecall(NamedTuple):
    """Shares in [0, 1]; see `precision_recall`."""

    precision: float
    recall: float


def precision_recall(samples, real, level=0.995):
    """Precision: the share of `samples` near to a real example. Recall: the share of `real`
    near to a generated one.

    Near means within a radius r: the distance within which `level` of the real examples have
    another real one. So precision falls with strays and recall with gaps; real examples score
    about `level` in both. One r serves all points: this is not the measure by k nearest
    neighbours of the same name (Kynkäänniemi et al. 2019). Where real rows are equal, as rounded
    ones are, r is at least a step: the median distance from a row to the nearest different one.

    It sees nothing that is finer than r. So of data with few values, such as 0 and 1, it says
    nothing: compare the shares, by `ks_distance`. Where only the samples are rounded, and to
    steps wider than r, recall is low: round both, or neither.

    samples, real : (n, d) each, in the same units, about equally many: with more
    examples the nearest is nearer. level : in [0, 1).
    Returns `precision` and `recall`, in [0, 1]. If all rows of `real` are equal r is 0: near is the same.
    Raises ValueError for fewer than two real examples.

    >>> precision_recall([[1.2], [500]], np.arange(100)[:, None])           # of 100 points 1 and 2 are near to 1.2
    PrecisionRecall(precision=0.5, recall=0.02)
    """
    real = _check.points("real", real, most=MOST)
    samples = _check.points("samples", samples, real.shape[1], MOST)
    level = _check.fraction("level", level)
    if len(real) < 2:
        raise ValueError("real must have at least two rows: near is measured between them")
    near = np.quantile(_nearest(real, real, skip_self=True)[1], level)
    different = np.unique(real, axis=0)
    if 1 < len(different) < len(real):
        near = max(near, np.median(_nearest(different, different, skip_self=True)[1]))
    return PrecisionRecall(float(np.mean(_nearest(samples, real)[1] <= near)),
                           float(np.mean(_nearest(real, samples)[1] <= near)))


def nearest(x, others):
    """For each row of x, (n, d), the index of the nearest row of `others`, (k, d), and how far it is: (n,) each.

    >>> index, distance = nearest([[0], [9]], [[1], [5], [7]])
    >>> index.tolist(), distance.tolist()
    ([0, 2], [1.0, 2.0])
    """
    others = _check.points("others", others, most=MOST)
    return _nearest(_check.points("x", x, others.shape[1], MOST), others)


def _nearest(x, others, skip_self=False):
    """`nearest`; with skip_self both are the same rows, and each one's nearest is another."""
    index = np.empty(len(x), int)
    centre = others.mean(axis=0)                                         # near 0 fewer digits cancel below
    x, others = x - centre, others - centre
    # |x − o|² = |x|² − 2 x·o + |o|², and |x|² does not change which o is nearest
    left = np.column_stack([-2 * x, np.ones(len(x))])
    right = np.column_stack([others, (others**2).sum(axis=1)])
    for start in range(0, len(x), 200):                                  # 200 rows at a time: little memory
        far = left[start:start + 200] @ right.T
        if skip_self:
            far[np.arange(len(far)), start + np.arange(len(far))] = np.inf
        index[start:start + 200] = far.argmin(axis=1)
    return index, np.linalg.norm(x - others[index], axis=1)


class Parzen(NamedTuple):
    """Nats per example; see `parzen`."""

    log_likelihood: float
    error: float
    sigma: float


def parzen(samples, held_out, test, sigmas=None):
    """The paper's measure [Table 1]: how probable test data are under a density that is
    laid over the generated examples, a Gaussian of width σ on each,

        p̂(x) = 1/n Σᵢ N(x; xᵢ, σ² I).

    samples : (n, d) generated. held_out : real examples on which σ is chosen, the one of `sigmas`
    that gives them the highest mean log p̂. test : other real examples. sigmas : the widths to
    try; by default twenty from 1/100 to 1 of the standard deviation of `held_out`, and more beyond the
    end at which the best is. If the best of yours is at an end of them, a better one may lie beyond.
    Returns `log_likelihood`, the mean of log p̂ over `test` in nats; `error`, the standard error
    of that mean; `sigma`.

    Its mean over test sets is −H(p_data) − KL(p_data ‖ p̂), at most −H(p_data). In many dimensions it is far below
    that, even where the samples are real: see docs/digits.md. Rounded or discrete data have no density: the narrower σ,
    the higher the score, without end, so first add noise as wide as the rounding. Raises ValueError for widths outside
    [1e-100, 1e150].

    >>> round(parzen([[0]], held_out=[[1], [-1]], test=[[1]], sigmas=[1]).log_likelihood, 4)     # log N(1; 0, 1)
    -1.4189
    """
    samples = _check.points("samples", samples, most=MOST)
    held_out = _check.points("held_out", held_out, samples.shape[1], MOST)
    test = _check.points("test", test, samples.shape[1], MOST)
    by_default = sigmas is None
    if by_default:
        std = np.sqrt(held_out.var(axis=0).mean())
        if (held_out == held_out[0]).all() or std < 1e-98:
            raise ValueError(f"held_out must have at least two different rows, or sigmas be given: "
                             f"its standard deviation is {std:.3g}")
        sigmas = std * np.geomspace(0.01, 1, 20)
    sigmas = np.atleast_1d(_check.finite_array("sigmas", sigmas))
    if sigmas.ndim != 1 or sigmas.size == 0 or not ((1e-100 <= sigmas) & (sigmas <= MOST)).all():
        raise ValueError(f"sigmas must be one or more widths from 1e-100 to {MOST:g}, "
                         f"not {_check.shown(sigmas.tolist())}")
    generated = set(map(bytes, samples)) if by_default else ()
    equal = np.mean([bytes(row) in generated for row in held_out])       # then p̂ grows for σ → 0, without end
    best_of = lambda sigmas: _log_parzen(samples, held_out, sigmas).mean(axis=1).argmax()
    best = best_of(sigmas)
    while by_default and (best == len(sigmas) - 1 and sigmas[-1] < 1e100 or best == 0 and not equal
                          and sigmas[0] > 1e-90):
        sigmas = sigmas * (sigmas[-2] / sigmas[0] if best else sigmas[1] / sigmas[-1])  # not at the end now
        best = best_of(sigmas)
    sigma = float(sigmas[best])
    if equal > 0.01:
        warnings.warn(f"the best width, {sigma:.3g}, means little: {equal:.0%} of the rows of held_out are also in "
                      f"samples, as where numbers are rounded, and then the narrower the better, without end",
                      stacklevel=2)
    log_p, = _log_parzen(samples, test, [sigma])
    return Parzen(float(log_p.mean()), float(log_p.std() / np.sqrt(len(test))), sigma)


def _log_parzen(samples, x, sigmas):
    """log p̂ at the rows of x for each width, (len(sigmas), len(x))."""
    n, d = samples.shape
    log_p, rows = np.empty((len(sigmas), len(x))), max(1, 2**20 // n)    # 8 MB of distances at a time
    for start in range(0, len(x), rows):
        part = slice(start, start + rows)
        squares = _squares(samples, x[part])                             # for all widths
        for i, sigma in enumerate(sigmas):
            exponents = squares / (-2 * sigma**2)
            top = exponents.max(axis=1)                                  # taken out, so that not all of them vanish
            exponents -= top[:, None]
            log_p[i, part] = top + np.log(np.exp(exponents, out=exponents).mean(axis=1))
    return log_p - d / 2 * np.log(2 * np.pi * np.square(sigmas))[:, None]


def _squares(samples, x):
    """|x − xᵢ|² of each row of x and each of `samples`, (k, n), as sums of squared differences: |x|² − 2 x·xᵢ + |xᵢ|²
    is quicker, and loses digits where both lie close together and far from 0."""
    squares, d = np.empty((len(x), len(samples))), samples.shape[1]
    step = max(1, 2**15 // d)                                            # of samples: they stay in the cache
    for start in range(0, len(samples), step):
        part = samples[start:start + step]
        difference = np.empty_like(part)
        for row, square in zip(x, squares[:, start:start + step]):
            np.subtract(part, row, out=difference)
            np.einsum("ij,ij->i", difference, difference, out=square)
    return squares


def radius(samples):
    """|x| of each row of `samples`, (n, d) → (n,).

    >>> radius([[3, 4]]).tolist()
    [5.0]
    """
    return np.linalg.norm(_check.points("samples", samples, most=MOST), axis=1)


def angle(samples):
    """The angle of each row of `samples`, (n, 2) → (n,), in (−π, π], in radians.

    >>> angle([[0, 1]]).round(4).tolist()                                   # π/2
    [1.5708]
    """
    samples = _check.points("samples", samples, 2) + 0.0                    # −0, as rounding makes it, becomes 0
    return np.arctan2(samples[:, 1], samples[:, 0])


def histogram_jsd(values, density, low, high, bins=200):
    """JSD in nats between `values`, (n,), in equal bins on [low, high], and a density.

    density : (b,) points → (b,) values of p; a bin's mass is taken as its width times p at
    its middle. Whatever lies outside [low, high] makes one more bin. A value on an edge is of the
    bin above. Rounded values need bins as wide as their grid, or several times as wide, with the
    values in the middles: in narrower ones some bins are empty, and the JSD is high for any sample.
    Returns a float from 0 to log 2. Raises ValueError for a density whose integral is more than 1.

    >>> round(histogram_jsd([0.1, 0.2, 0.3], np.ones_like, 0, 1, bins=2), 4)     # uniform on [0, 1]; half is missing
    0.2158
    """
    values = _check.finite_array("values", values)
    if values.ndim != 1 or values.size == 0:
        raise ValueError(f"values must be (n,), at least one number, not {values.shape}")
    low, high = _check.interval(low, high)
    bins = _check.integer("bins", bins, least=2, most=10**7)
    counts, edges = np.histogram(values, _edges(low, high, bins))[0], np.linspace(low, high, bins + 1)
    _check.function("density", density, "an array of points")
    mass = _check.masses("density(x)", density(edges[:-1] / 2 + edges[1:] / 2)) * (high - low) / bins
    if mass.shape != counts.shape or not 0 < mass.sum() < 1.05:
        raise ValueError(f"density must return a value for each of {bins} points between low and high, with the "
                         f"integral 1 at most, not {mass.shape} with {mass.sum():.4g}")
    p = np.append(counts / len(values), 1 - counts.sum() / len(values))
    q = np.append(mass, max(1 - mass.sum(), 0))
    return theory.js(np.maximum(p, 0), q / q.sum())


def grid_jsd(samples, real, low, high, bins=30):
    """JSD in nats between two samples, (n, d) each, counted on a grid of bins^d equal cells
    over the cube [low, high]^d. Whatever lies outside makes one more cell. A value on an edge, or
    its float32 copy, is of the cell above; where real values lie on edges, generated ones that are
    a little less lie in other cells, so choose edges between the values of rounded data.
    Returns a float from 0 to log 2. Raises ValueError for more than ten million cells.

    >>> round(grid_jsd([[0.1]], [[0.9]], 0, 1, bins=2), 4)                  # log 2: never in one cell
    0.6931
    """
    real = _check.points("real", real)
    samples = _check.points("samples", samples, real.shape[1])
    low, high = _check.interval(low, high)
    bins, d = _check.integer("bins", bins, least=1, most=10**7), real.shape[1]
    if d > 30 or bins**d > 1e7 or (bins + 2)**d > 1e8:          # (NumPy counts what lies outside on each side)
        raise ValueError(f"bins must leave at most ten million cells, bins^d, not {bins}^{d}")
    edges = [_edges(low, high, bins)] * d
    p, q = (np.histogramdd(x, edges)[0].ravel() / len(x) for x in (samples, real))
    return theory.js(np.append(p, max(1 - p.sum(), 0)), np.append(q, max(1 - q.sum(), 0)))


def _edges(low, high, bins):
    """The bins + 1 edges of equal bins, moved by a little more than float32 rounds, so that no rounding decides where a
    value on an edge belongs: above it, and at `high` below."""
    little = min(1e-6 * max(abs(low), abs(high)), 1e-3 * (high - low) / bins)
    return np.append(np.linspace(low, high, bins + 1)[:-1] - little, high + little)


def ks_distance(samples, real):
    """max over x of |F(x) − F_real(x)|, for each column: how far apart the shares of values up to x are.

    The distance of Kolmogorov and Smirnov, between two samples, (n, d) and (k, d): (d,) numbers from 0, equal,
    to 1, no overlap. It has no unit, so any two columns can be compared. Between n real examples and n
    others it is about 0.87 √(2/n). Numbers that differ by rounding alone are equal here: .1 and its float32 copy, in
    an array of that type. But a value that many rows share must be met, and 0.001 is not 0: round the samples first, as
    the real rows are.

    >>> ks_distance([[0], [1]], [[1], [2]]).tolist()
    [0.5]
    """
    single = np.float32 in (getattr(samples, "dtype", None), getattr(real, "dtype", None))
    real = _check.points("real", real, most=MOST)
    samples = _check.points("samples", samples, real.shape[1], MOST)
    at = np.concatenate([samples, real])
    size = np.maximum(np.abs(at), np.median(np.abs(at), axis=0))          # (a 0 may come back as 1e-17)
    at += 4 * np.finfo(np.float32 if single else float).eps * size
    up_to = lambda x, j: np.searchsorted(np.sort(x[:, j]), at[:, j], side="right") / len(x)
    return np.array([np.abs(up_to(samples, j) - up_to(real, j)).max() for j in range(real.shape[1])])


def discriminator_error(D, p_data, p_g, dx=1.0):
    """Mean |D − D*| over real and generated examples alike: ∫ |D − D*| (p_data + p_g)/2 dx.

    D, p_data, p_g : values on one even grid with spacing dx, or of probabilities; D itself is a probability.
    Returns a float in [0, 1]; 0 is the D of Prop. 1. Raises ValueError as `theory.value` does.

    >>> discriminator_error([0.5, 0.5], [1, 0], [0, 1])                     # D* is 1 and 0
    0.5
    """
    D, D_star = _check.probabilities("D", D), theory.optimal_discriminator(p_data, p_g)
    p_data, p_g = _check.distributions(dx, p_data=p_data, p_g=p_g)
    _check.same_shape(D=D, p_data=p_data)
    return float(np.sum(np.abs(D - D_star) * (p_data + p_g) / 2) * dx)


class Floor(NamedTuple):
    """Of each measure over the repeats; see `floor`."""

    median: np.ndarray
    low: np.ndarray
    high: np.ndarray


def floor(measure, data, n, repeats=20, rng=None):
    """What real data score: `measure` between two fresh real samples, `repeats` times.

    measure : a function of two samples, (n, d) each, the first in place of the generated one;
    it returns a number or an array. data : a Distribution, or an array: then no row is in both
    samples; of `Images`, those held out. From fewer than 2n rows they are drawn with replacement, the
    bootstrap, which flatters measures of near neighbours: `parzen`, and a little `precision_recall`.
    Returns `median`, `low` and `high` over the repeats, shaped as what `measure` returns. The
    band from `low` to `high` holds the score of one more such pair with probability
    (r − 1)/(r + 1) or more, whatever its distribution: with 20 repeats, 90 %.

    >>> apart = floor(lambda x, y: abs(x.mean() - y.mean()), np.arange(10.0)[:, None], n=100, rng=0)
    >>> bool(apart.low < apart.median < apart.high < 3)
    True
    """
    data, rng = as_distribution(data), _check.rng(rng)
    if isinstance(data, Images) and data.held_out:
        data = Points(data.test()[0])
    n = _check.integer("n", n, least=1, most=_check.LARGEST // data.dim)
    repeats = _check.integer("repeats", repeats, least=1)
    _check.function("measure", measure, "two samples")
    scores = [measure(*_two_samples(data, n, rng)) for _ in range(repeats)]
    scores = _check.real_array("what measure returns", scores)
    return Floor(np.median(scores, axis=0), scores.min(axis=0), scores.max(axis=0))


def _two_samples(data, n, rng):
    """n real examples and n others."""
    if isinstance(data, Points) and len(data.array) >= 2 * n:
        rows = data.array[rng.permutation(len(data.array))[:2 * n]]
        return rows[:n].astype(np.float64), rows[n:].astype(np.float64)
    return data.sample(n, rng), data.sample(n, rng)
