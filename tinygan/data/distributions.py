"""What to learn from and what to feed G with: the interface, and the distributions that have a formula.

Here: the interface `Distribution`; for noise `Normal`, `Uniform`; with a density
`Gaussian`, `GaussianMixture`, `ring_of_gaussians`, `grid_of_gaussians`, `Ring`, `Line`;
shapes without one `TwoMoons`, `SwissRoll`, `Spiral`.

Every distribution has `dim`; `sample(m, rng)`, (m, dim) float64 examples; and, where it is
known, `density(x)`, (n,) values of p(x) for (n, dim) points x, per unit of volume. Anything
with such a `dim` and `sample` serves as well: there is no need to inherit.
"""

import math

import numpy as np

from .. import _check

_erfc = np.vectorize(math.erfc, otypes=[float])       # 1 − erf, but right in the tails


FAR_AWAY = np.errstate(over="ignore", invalid="ignore")         # |x|² may be infinite: then p(x) is 0


def _log_normal(x):
    """log N(x; 0, I) at the rows of x, which may be infinite."""
    square = (x**2).sum(axis=1)
    return -np.where(np.isnan(square), np.inf, square) / 2 - x.shape[1] / 2 * np.log(2 * np.pi)


class Distribution:
    """The interface: `dim`, `sample(m, rng)`, and `density(x)` where it is known.

    A subclass sets `dim` and defines `_sample(m, rng)`, with a Generator and m ≥ 1; and, if
    it can, `density(x)`, (n, dim) → (n,), per unit of volume.

    >>> class Coin(Distribution):
    ...     dim = 1
    ...     def _sample(self, m, rng):
    ...         return rng.integers(2, size=(m, 1)).astype(float)
    >>> Coin().sample(1000, rng=0).shape
    (1000, 1)
    """

    def sample(self, m, rng=None):
        """m independent examples, (m, dim) float64. rng: a NumPy Generator or a seed."""
        return self._sample(_check.integer("m", m, least=1, most=_check.LARGEST // self.dim), _check.rng(rng))

    def __repr__(self):
        shown = (f"{name}={value!r}" for name, value in vars(self).items() if name[0] != "_")
        return f"{type(self).__name__}({', '.join(shown)})"


class Normal(Distribution):
    """N(0, I) in `dim` dimensions: p(x) = (2π)^(−d/2) exp(−|x|²/2).

    >>> Normal(2).density([[0, 0]]).round(4).tolist()                       # 1/(2π)
    [0.1592]
    """

    def __init__(self, dim):
        self.dim = _check.integer("dim", dim, least=1, most=_check.LARGEST)

    def _sample(self, m, rng):
        return rng.standard_normal((m, self.dim))

    def density(self, x):
        return np.exp(self.log_density(x))

    @FAR_AWAY
    def log_density(self, x):
        """log p(x) = −|x|²/2 − (d/2) log 2π, in nats, (n, dim) → (n,)."""
        return _log_normal(_check.points("x", x, self.dim))


class Uniform(Distribution):
    """Uniform on [low, high]^dim: p(x) = (high − low)^(−dim) inside, 0 outside.

    >>> Uniform(1, 0, 4).density([[1], [5]]).round(4).tolist()
    [0.25, 0.0]
    """

    def __init__(self, dim, low=-1, high=1):
        self.dim = _check.integer("dim", dim, least=1, most=_check.LARGEST)
        self.low, self.high = _check.interval(low, high)

    def _sample(self, m, rng):
        return rng.uniform(self.low, self.high, (m, self.dim))

    def density(self, x):
        x = _check.points("x", x, self.dim)
        inside = ((x >= self.low) & (x <= self.high)).all(axis=1)
        return inside * np.exp(-self.dim * np.log(self.high - self.low))


class Gaussian(Distribution):
    """N(mean, cov): p(x) = exp(−(x−μ)ᵀ Σ⁻¹ (x−μ) / 2) / √det(2πΣ).

    mean : (d,) or, in one dimension, a number. cov : (d, d), symmetric and positive definite,
    or, in one dimension, the variance (not the standard deviation).

    >>> Gaussian(4, 1.25**2).density([[4]]).round(4).tolist()               # 1 / (1.25 √(2π))
    [0.3192]
    """

    def __init__(self, mean, cov):
        self.mean = np.atleast_1d(_check.finite_array("mean", mean))
        self.cov = np.atleast_2d(_check.finite_array("cov", cov))
        if self.mean.ndim != 1 or self.cov.shape != 2 * self.mean.shape:
            raise ValueError(f"mean must be (d,) and cov (d, d), not {self.mean.shape} and {self.cov.shape}")
        self.dim = len(self.mean)
        try:
            self._root = np.linalg.cholesky(self.cov)                     # Σ = L Lᵀ
        except np.linalg.LinAlgError:
            self._root = None
        if self._root is None or not np.allclose(self.cov, self.cov.T, atol=0):
            raise ValueError(f"cov must be symmetric and positive definite, not {_check.shown(self.cov.tolist())}")

    def _sample(self, m, rng):
        return self.mean + rng.standard_normal((m, self.dim)) @ self._root.T

    @FAR_AWAY
    def density(self, x):
        x = _check.points("x", x, self.dim)
        white = np.linalg.solve(self._root, (x - self.mean).T).T          # L⁻¹ (x − μ)
        return np.exp(_log_normal(white) - np.sum(np.log(np.diag(self._root))))


class GaussianMixture(Distribution):
    """Σᵢ wᵢ N(μᵢ, stdᵢ² I).

    means : (n, d). std : a standard deviation, one for all or (n,), one for each. weights : (n,), not negative,
    summing to 1; None for equal ones.

    >>> pair = GaussianMixture([[-1, 0], [1, 0]], std=0.1, weights=[0.9, 0.1])
    >>> float(np.mean(pair.sample(10_000, rng=0)[:, 0] < 0).round(1))
    0.9
    """

    def __init__(self, means, std, weights=None):
        self.means = _check.points("means", means)
        n, self.dim = self.means.shape
        if isinstance(std, (list, tuple)) or getattr(std, "ndim", 0):
            self.std = _check.finite_array("std", std)
            if self.std.shape != (n,) or (self.std <= 0).any():
                raise ValueError(f"std must be a number, or {n} numbers, one for each of the means, greater than 0, "
                                 f"not {_check.shown(std)}")
        else:
            self.std = _check.positive("std", std)
        self.weights = np.full(n, 1 / n) if weights is None else _check.finite_array("weights", weights)
        if self.weights.shape != (n,) or (self.weights < 0).any() or abs(self.weights.sum() - 1) > 1e-9:
            raise ValueError(f"weights must be {n} numbers ≥ 0, one for each of the means, that sum to 1, "
                             f"not {_check.shown(weights)}")

    def _sample(self, m, rng):
        component = np.searchsorted(np.cumsum(self.weights)[:-1], rng.random(m), side="right")
        std = np.broadcast_to(self.std, len(self.means))[component, None]
        return self.means[component] + std * rng.standard_normal((m, self.dim))

    @FAR_AWAY
    def density(self, x):
        x = _check.points("x", x, self.dim)
        std = np.broadcast_to(self.std, len(self.means))
        each = [_log_normal((x - mean) / s) - self.dim * np.log(s) for mean, s in zip(self.means, std)]
        return self.weights @ np.exp(each)


def ring_of_gaussians(n=8, radius=2.0, std=0.02):
    """n distinct Gaussians, evenly spaced on a circle: a GaussianMixture.

    The angles are 2πi/n for i < n. (`linspace(0, 2π, n)` would put the last on the first.)

    >>> ring_of_gaussians(8).means[:2].round(4).tolist()
    [[2.0, 0.0], [1.4142, 1.4142]]
    """
    angle = 2 * np.pi * np.arange(_check.integer("n", n, least=1, most=_check.LARGEST // 2)) / n
    radius = _check.positive("radius", radius)
    return GaussianMixture(radius * np.column_stack([np.cos(angle), np.sin(angle)]), std)


def grid_of_gaussians(n=5, spacing=2.0, std=0.05):
    """n × n Gaussians, `spacing` apart and centred on 0: a GaussianMixture.

    >>> grid_of_gaussians(2).means.tolist()
    [[-1.0, -1.0], [1.0, -1.0], [-1.0, 1.0], [1.0, 1.0]]
    """
    n = _check.integer("n", n, least=1, most=math.isqrt(_check.LARGEST // 2))
    side = _check.positive("spacing", spacing) * (np.arange(n) - (n - 1) / 2)
    return GaussianMixture(np.stack(np.meshgrid(side, side), axis=-1).reshape(-1, 2), std)


class Ring(Distribution):
    """x = z/10 + z/|z| with z ~ N(0, I) in the plane: a deterministic map makes a ring.

    The angle is uniform, and the radius r = 1 + |z|/10 has the density of a shifted
    Rayleigh, f(r) = 100 (r − 1) exp(−50 (r − 1)²) for r ≥ 1; so p(x) = f(r) / (2πr).
    Mean radius 1 + √(π/200) = 1.1253, standard deviation √(2 − π/2)/10 = 0.0655.

    >>> Ring.from_noise(np.array([[3.0, 4.0]])).round(4).tolist()           # |z| = 5
    [[0.9, 1.2]]
    """

    dim = 2
    radius_mean = 1 + math.sqrt(math.pi / 200)
    radius_std = math.sqrt(2 - math.pi / 2) / 10

    def _sample(self, m, rng):
        return self.from_noise(rng.standard_normal((m, 2)))

    @staticmethod
    def from_noise(z):
        """z/10 + z/|z| for the rows of z, (n, 2), none of them 0: (n, 2)."""
        return z / 10 + z / np.linalg.norm(z, axis=1, keepdims=True)

    @staticmethod
    def radius_density(r):
        """f(r) above, for an array of radii: one of its shape, per unit of r."""
        beyond = np.clip(r - 1, 0, 10)               # at 10 it is 0 to any float
        return 100 * beyond * np.exp(-50 * beyond**2)

    @FAR_AWAY
    def density(self, x):
        r = np.hypot(*_check.points("x", x, 2).T)
        return self.radius_density(r) / (2 * np.pi * np.maximum(r, 1))       # f is 0 where r < 1


class Line(Distribution):
    """A straight stroke: uniform on the segment from `start` to `end`, blurred by N(0, std² I).

    With t along the segment (0 at its middle, length ℓ) and s across it,
    p(x) = [Φ((t + ℓ/2)/std) − Φ((t − ℓ/2)/std)] / ℓ · N(s; 0, std²), symmetric in t.

    start, end : two points (x, y). std : greater than 0.

    >>> Line((-1, 0), (1, 0), std=0.1).density([[0, 0]]).round(4).tolist()  # 1/2 · 1 / (0.1 √(2π))
    [1.9947]
    """

    dim = 2

    def __init__(self, start=(-2.0, -1.0), end=(2.0, 1.0), std=0.05):
        self.start, self.end = _check.finite_array("start", start), _check.finite_array("end", end)
        self.std = _check.positive("std", std)
        if self.start.shape != (2,) or self.end.shape != (2,) or (self.start == self.end).all():
            raise ValueError(f"start and end must be two different points (x, y), "
                             f"not {_check.shown(start)} and {_check.shown(end)}")

    def _sample(self, m, rng):
        along = rng.random((m, 1)) * (self.end - self.start)
        return self.start + along + self.std * rng.standard_normal((m, 2))

    @FAR_AWAY
    def density(self, x):
        length = np.linalg.norm(self.end - self.start)
        direction = (self.end - self.start) / length
        offset = _check.points("x", x, 2) - (self.start + self.end) / 2
        t, s = np.abs(offset @ direction), offset @ [-direction[1], direction[0]]
        scale = math.sqrt(2) * self.std
        along = (_erfc((t - length / 2) / scale) - _erfc((t + length / 2) / scale)) / (2 * length)
        return along * np.exp(_log_normal(s[:, None] / self.std)) / self.std


class _Curve(Distribution):
    """A curve in the plane, blurred by N(0, std² I); a subclass says where it runs."""

    dim = 2

    def __init__(self, std):
        self.std = _check.not_negative("std", std)

    def _sample(self, m, rng):
        return self._curve(rng.random(m), rng) + self.std * rng.standard_normal((m, 2))


class TwoMoons(_Curve):
    """Two interleaved half circles of radius 1, centred on 0, blurred by N(0, std² I).

    >>> np.abs(TwoMoons(std=0).sample(1000, rng=0)).max(axis=0).round(2).tolist()
    [1.5, 0.75]
    """

    def __init__(self, std=0.05):
        super().__init__(std)

    def _curve(self, u, rng):
        upper = np.where(rng.random(len(u)) < 0.5, 1.0, -1.0)
        x = np.column_stack([np.cos(np.pi * u) - 0.5, np.sin(np.pi * u) - 0.25])
        return upper[:, None] * x            # the lower moon is the upper one turned by π


class SwissRoll(_Curve):
    """A rolled-up strip seen from its end: (t cos t, t sin t)/6, t uniform on [1.5π, 4.5π]; blurred by N(0, std² I).

    >>> SwissRoll().sample(1000, rng=0).shape
    (1000, 2)
    """

    def __init__(self, std=0.05):
        super().__init__(std)

    def _curve(self, u, rng):
        t = 1.5 * np.pi * (1 + 2 * u)
        return (t / 6)[:, None] * np.column_stack([np.cos(t), np.sin(t)])


class Spiral(_Curve):
    """Two arms: ±(t cos t, t sin t)/5, t = 3π √u, u uniform on [0, 1], about evenly dense along the arm; blurred by
    N(0, std² I).

    >>> Spiral().sample(1000, rng=0).shape
    (1000, 2)
    """

    def __init__(self, std=0.05):
        super().__init__(std)

    def _curve(self, u, rng):
        t = 3 * np.pi * np.sqrt(u) * np.where(rng.random(len(u)) < 0.5, 1.0, -1.0)
        return (t / 5)[:, None] * np.column_stack([np.cos(np.abs(t)), np.sin(np.abs(t))])
