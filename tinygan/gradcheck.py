"""Is this gradient right? Three independent ways to ask, for your own layers, too.

Here: `check` for a layer or a network and `check_gradient` for any function, by either of
`central_difference` and `complex_step`; the answers, `Report` and `Result`; `taylor_slope`, the third
way; `margin`, how far a network is from its nearest kink; `at`, a copy of a network with other parameters.

* Central differences, (f(x + h) − f(x − h)) / 2h: needs nothing but f, and is right to about
  ten digits, because truncation (∝ h²) and rounding (∝ 1/h) pull h in opposite directions.
* The complex step, Im f(x + ih) / h: nothing is subtracted, so h can be 1e-20 and every digit
  counts; but f must be able to carry complex numbers. (Squire & Trapp 1998.)
* The Taylor test: f(x + εd) − f(x) − ε ∇f·d shrinks with ε² if ∇f is right, with ε if not.

An answer is the error that was measured, relative to the largest entry of the gradient in question.
It may be as large as `TOLERANCE`, and an allowance more: what the quotient's own rounding explains.
"""

import copy
from dataclasses import dataclass

import numpy as np

from . import _check
from .layers import LeakyReLU, Maxout, ReLU

EPS = np.finfo(float).eps                                   # 2e-16: rounding, relative to a number
STEP = EPS ** (1 / 3)                                       # 6e-6: where truncation and rounding balance
TOLERANCE = {"central": 1e-7, "complex": 1e-12}


def central_difference(f, x, h=STEP):
    """∂f/∂x, shaped as `x`, entry by entry: (f(x + h) − f(x − h)) / 2h.

    f : array → number. x : float64 array. h : the step, times |x| where |x| > 1.
    Raises TypeError for an f that does not return a number.

    >>> central_difference(lambda x: np.sum(x**2), np.array([1.0, 3.0])).round(6).tolist()
    [2.0, 6.0]
    """
    x, h = _check.finite_array("x", x), _check.number("h", h, "a number from 1e-15 to 1", lambda h: 1e-15 <= h <= 1)
    _check.function("f", f, "an array")
    (down, up), (f_down, f_up) = _steps(f, x, h)
    return (f_up - f_down) / (up - down)                                   # the step that was really taken


def _steps(f, x, h):
    """Each entry of x a step down and a step up: where it then is, and f there, (2, *x.shape) each."""
    place, value = np.empty((2, 2, *x.shape))
    for i in np.ndindex(x.shape):
        for side, step in enumerate((-h, h)):
            moved = x.copy()
            moved[i] += step * max(1, abs(x[i]))
            place[(side, *i)], value[(side, *i)] = moved[i], _number(f, moved)
    return place, value


def _number(f, x):
    """f(x), which must be one number."""
    y = f(x)
    if not (np.ndim(y) == 0 and np.asarray(y).dtype.kind in "biufc"):
        raise TypeError(f"f must return a number, such as the sum of an array, not {_check.shown(y)}")
    return y


def complex_step(f, x, h=1e-20):
    """∂f/∂x, shaped as `x`, entry by entry: Im f(x + ih) / h, to machine precision.

    f : array → number, for complex arrays too: no `abs`, no float(), no comparison of
    imaginary parts. x : float64 array. h : the step.
    Raises TypeError for an f that does not return a number, or drops the imaginary part.

    >>> complex_step(lambda x: np.sum(x**2), np.array([1.0, 3.0])).tolist()
    [2.0, 6.0]
    """
    x, h = _check.finite_array("x", x), _check.number("h", h, "a number from 1e-300 to 1", lambda h: 1e-300 <= h <= 1)
    _check.function("f", f, "a complex array")
    gradient = np.empty_like(x)
    for i in np.ndindex(x.shape):
        aside = x.astype(complex)
        aside[i] += 1j * h
        y = _number(f, aside)
        if not np.iscomplexobj(y):
            raise TypeError(f"f must carry complex numbers, but it returned the real number {_check.shown(y)}: "
                            f"use central_difference, or let f keep the imaginary part")
        gradient[i] = y.imag / h
    return gradient


def taylor_slope(f, x, gradient, rng=0):
    """How fast f(x + εd) − f(x) − ε ∇f·d shrinks with ε: slope 2 if ∇f is right, 1 if not.

    d is a random unit vector, ε = 2⁻¹² … 2⁻¹⁶. f : array → number. x, gradient : float64 arrays of one
    shape. rng : for d, a NumPy Generator or a seed.
    Returns the slope of log remainder against log ε (3, if f happens not to curve at x); infinity
    where the remainder is nothing but rounding, because f is linear along d; or NaN where f is so
    large that its own rounding hides what is asked for.

    >>> f, x = lambda x: np.sum(x**2), np.array([1.0, 3.0])
    >>> [round(float(taylor_slope(f, x, gradient)), 1) for gradient in (2 * x, 3 * x)]      # right, and wrong
    [2.0, 1.0]
    """
    x = _check.finite_array("x", x)
    _check.function("f", f, "an array")
    d = _check.rng(rng).standard_normal(x.shape)
    d /= np.linalg.norm(d)
    gradient = _check.finite_array("gradient", gradient)
    if gradient.shape != x.shape:
        raise ValueError(f"gradient must be {x.shape}, as x, not {gradient.shape}")
    epsilon = 2.0 ** -np.arange(12, 17)
    at_x = _number(f, x)
    _must_repeat(f, x, at_x)
    change = np.array([_number(f, x + e * d) - at_x for e in epsilon])
    first_order = epsilon * np.sum(gradient * d)
    remainder = np.abs(change - first_order)
    rounding = 100 * EPS * max(abs(at_x), np.sum(np.abs(gradient * x)), np.abs(gradient).max())
    if remainder.max() <= rounding:
        seen = 1e3 * rounding < max(np.abs(change).max(), np.abs(first_order).max()) or not remainder.any()
        return np.inf if seen else np.nan
    return np.polyfit(np.log(epsilon), np.log(remainder + np.finfo(float).tiny), 1)[0]


@dataclass
class Result:
    """One gradient against its difference quotients. True if right; printed, it says why not.

    error : max |analytic − numerical| / max |gradient|, as measured; NaN where nothing can be told: at a kink, near
    the end of where f is defined, or where f's rounding hides the gradient. That is not true, but not WRONG either.
    tolerance : how large the error may be; allowance : and how much larger, as the quotient itself is rounded. Both
    relative to max |gradient|.
    name : of the array. why : what is wrong, if it can be told.

    >>> print(Result("W", error=1e-9, tolerance=1e-7))
    right  ∂L/∂W  error 1.0e-09 (tolerance 1e-07)
    """

    name: str
    error: float
    tolerance: float
    why: str = ""
    allowance: float = 0.0

    def __bool__(self):
        return bool(self.error <= self.tolerance + self.allowance)

    def __str__(self):
        if np.isnan(self.error):
            return f"can't tell  ∂L/∂{self.name}\n       {self.why}"
        verdict = "right" if self else "WRONG"
        rounding = f" + {self.allowance:.0e} for rounding" if self.allowance else ""
        return f"{verdict}  ∂L/∂{self.name}  error {self.error:.1e} (tolerance {self.tolerance:.0e}{rounding})" + (
            f"\n       {self.why}" if self.why else "")


@dataclass
class Report:
    """The results for all arrays of a layer or a network, a list of `Result`. True if every one is right.

    >>> bool(Report([Result("W", error=1e-9, tolerance=1e-7), Result("b", error=1.0, tolerance=1e-7)]))
    False
    """

    results: list

    def __bool__(self):
        return all(self.results)

    def __str__(self):
        return "\n".join(map(str, self.results))


def check_gradient(f, x, gradient, method="central", *, tolerance=None, name="x", m=None, scale=0.0, terms=0.0):
    """Compare `gradient`, claimed to be ∂f/∂x, with difference quotients: a `Result`.

    f : array → number. x, gradient : float64 arrays of one shape. method : "central" or
    "complex". tolerance : 1e-7 or 1e-12 unless given. name : what to call x in the answer.
    m : the minibatch size, to recognise a missing 1/m. scale, terms : how large the numbers are
    that the gradient sums, and those that f sums, where the sums may be smaller: it is their
    rounding that must be allowed for.

    Where f curves too much for central differences, they are extrapolated to h = 0. At a kink the slopes to the left
    and to the right differ, and a gradient is a choice: such an entry is called neither right nor wrong.
    Raises ValueError for an f that is random.

    >>> print(check_gradient(lambda x: np.sum(x**2), np.ones(3), np.full(3, -2.0)))
    WRONG  ∂L/∂x  error 2.0e+00 (tolerance 1e-07 + 2e-10 for rounding)
           x[0] is -2, but the difference quotient is 2: every entry is −1 times the numerical one: a sign
    """
    _check.choice("method", method, TOLERANCE)
    _check.function("f", f, "an array")
    scale, terms = _check.not_negative("scale", scale), _check.not_negative("terms", terms)
    tolerance = TOLERANCE[method] if tolerance is None else _check.positive("tolerance", tolerance)
    if not isinstance(name, str):
        raise TypeError(f"name must be a str, not {_check.shown(name)}")
    m = None if m is None else _check.integer("m", m, least=1)
    x, gradient = _check.finite_array(name, x), _check.array(f"gradient (∂L/∂{name})", gradient)
    if gradient.shape != x.shape:
        return Result(name, np.inf, tolerance, _shapes(f, x, gradient, name))
    if not np.isfinite(gradient).all():
        first = tuple(np.argwhere(~np.isfinite(gradient))[0])
        return Result(name, np.inf, tolerance, f"∂L/∂{_entry(name, first)} is {gradient[first]}: it is not finite (if "
                                               f"the slope is infinite there, choose another x)")
    with np.errstate(all="ignore"):
        return _compare(f, x, gradient, method, tolerance, name, m, scale, terms)


def _compare(f, x, gradient, method, tolerance, name, m, scale, terms):
    """The Result, once the two arrays fit each other."""
    at_x = _number(f, x)
    terms = max(abs(at_x), terms, scale)
    slopes, numerical = _slopes(f, x, at_x, STEP) if method == "central" else (None, complex_step(f, x))
    of_steps = 4 * EPS * terms / STEP                                      # what rounds in a quotient of real steps
    rounding = 100 * EPS * scale + (of_steps if method == "central" else 0)

    error, allowance = _error(gradient, numerical, rounding, scale)
    if method == "central" and error > tolerance + allowance:
        numerical = _extrapolated(f, x, gradient, numerical, (tolerance + allowance) / error)
        error, allowance = _error(gradient, numerical, rounding, scale)
    if not error <= tolerance + allowance:
        _must_repeat(f, x, at_x, terms)
        if slopes is None:
            slopes, _ = _slopes(f, x, at_x, STEP)
    if not np.isfinite(numerical).all():
        first = tuple(np.argwhere(~np.isfinite(numerical))[0])
        return Result(name, np.nan, tolerance, f"f is not finite around {_entry(name, first)}: choose another x")
    if np.isnan(error):
        return Result(name, np.nan, tolerance, f"f is about {abs(at_x):.1g}, and its rounding hides the gradient: "
                                               f"subtract a constant from f, or scale its input down")
    kinks = {} if slopes is None else _kinks(f, x, at_x, slopes, np.abs(gradient - numerical), of_steps)
    gradient = gradient.copy()
    for i in kinks:
        gradient[i] = numerical[i]                                         # any number there is a choice
    error, allowance = _error(gradient, numerical, rounding, scale)
    if error > tolerance + allowance:
        worst = np.unravel_index(np.abs(gradient - numerical).argmax(), x.shape)
        why = f"{_entry(name, worst)} is {gradient[worst]:.6g}, but the difference quotient is {numerical[worst]:.6g}"
        return Result(name, error, tolerance, f"{why}: {_reason(gradient, numerical, m)}", allowance)
    if kinks:
        (first, (left, right)), others = next(iter(kinks.items())), len(kinks) - 1
        why = (f"f has a kink at {_entry(name, first)} (slope {left:.3g} to the left, {right:.3g} to the right)"
               f"{f', and {others} more' if others else ''}: choose another x")
        return Result(name, np.nan, tolerance, why)
    return Result(name, error, tolerance, "", allowance)


def _shapes(f, x, gradient, name):
    """What is wrong with the shape of `gradient`."""
    why = f"its shape is {gradient.shape}, but {name} has {x.shape}"
    turned = gradient.shape == x.T.shape and np.allclose(gradient, central_difference(f, x).T, rtol=1e-4)
    return why + ": transposed" if turned else why


def _error(gradient, numerical, rounding, scale):
    """The `error` and the `allowance` of a Result; NaN where rounding is so large that nothing can be told."""
    largest = max(np.abs(gradient).max(), np.abs(numerical).max())
    if rounding > 1e-3 * max(largest, scale):
        return np.nan, 0.0
    largest = max(largest, rounding, np.finfo(float).tiny)                 # a gradient below its rounding may be 0
    return np.abs(gradient - numerical).max() / largest, rounding / largest


def _slopes(f, x, at_x, h):
    """f's slopes to the left and to the right of x along each entry, (2, *x.shape), and the central difference."""
    (down, up), (f_down, f_up) = _steps(f, x, h)
    return np.array([(at_x - f_down) / (x - down), (f_up - at_x) / (up - x)]), (f_up - f_down) / (up - down)


def _extrapolated(f, x, gradient, numerical, part):
    """The difference quotients; but where they are further from `gradient` than this part of the largest distance, the
    nearest of what they tend to for h → 0: if the error goes with h², with h, or with h² for small steps alone.

    A wrong gradient is near to none of these. (The other entries stay: a longer step could meet a kink.)
    """
    twice, half, quarter, eighth = (central_difference(f, x, STEP * factor) for factor in (2, 1/2, 1/4, 1/8))
    best, off = numerical, np.abs(gradient - numerical)
    for limit in ((4 * numerical - twice) / 3, 2 * half - numerical, (4 * eighth - quarter) / 3):
        best = np.where(np.abs(limit - gradient) < np.abs(best - gradient), limit, best)
    return np.where(off > part * off.max(), best, numerical)


def _kinks(f, x, at_x, slopes, difference, rounding):
    """{entry: (slope to the left, to the right)}, where f has a kink within a step of x along that entry.

    Where f is smooth the two slopes differ by h f″: half as much for half the step. Not so at a kink.
    """
    jump = np.ptp(slopes, axis=0)
    least = 1e-6 * np.abs(slopes).max() + 400 * rounding                   # far above what rounding makes of it
    suspect = jump > np.where(difference > least, least, 1000 * least)     # (h f″ is seldom a thousandth of a slope)
    if suspect.any():
        half, quarter = (np.ptp(_slopes(f, x, at_x, STEP / part)[0], axis=0) for part in (2, 4))
        suspect &= ~((np.abs(half - jump / 2) < 0.15 * jump) & (np.abs(quarter - half / 2) < 0.15 * half))
    kinks = {tuple(i): slopes[(slice(None), *i)] for i in np.argwhere(suspect)}
    # two kinks at one place can have equal slopes on both sides; a little way off, f then has others
    for i in map(tuple, np.argwhere((difference > least) & ~suspect)):
        nearby = _slopes_nearby(f, x, i)
        if np.ptp(nearby) < max(0.1 * difference[i], 2e-3 * np.abs(slopes).max()):
            break                                                          # this one is wrong, kinks or not
        kinks[i] = min(nearby), max(nearby)
    return kinks


def _slopes_nearby(f, x, i):
    """f's slope along entry i at eight points around x."""
    rng, found = np.random.default_rng(0), []
    for _ in range(8):
        at = x + 16 * STEP * np.maximum(1, np.abs(x)) * rng.choice([-1.0, 1.0], x.shape)
        up = at.copy()
        up[i] += STEP * max(1, abs(x[i]))
        found.append((_number(f, up) - _number(f, at)) / (up[i] - at[i]))
    return found


def _must_repeat(f, x, at_x, terms=0.0):
    """Refuse an f that returns another number now than `at_x`, what it returned before, by more than rounding."""
    for again in (_number(f, x) for _ in range(10)):                       # a random mask can be the same by chance
        if abs(again - at_x) > 1e-12 * max(abs(at_x), terms):
            raise ValueError(f"f must return the same number each time it is given the same x, but it returned "
                             f"{at_x:.12g} and {again:.12g}: draw its random numbers once, outside of f")


def check(layer, x, method="central", *, tolerance=None, rng=0):
    """Check every gradient of a layer or a network at the minibatch `x`: a `Report`.

    layer : an object with `forward(x)` and `backward(dy)`, which returns ∂L/∂x. Its float
    arrays are its parameters, and `backward` leaves ∂L/∂W in `dW`, ∂L/∂b in `db`, and so on;
    one whose name begins with an underscore is not a parameter. A list `layers` in it is
    searched as well.
    x : (m, d) float64. The loss is L = Σ dy ⊙ y for random dy, so that ∂L/∂y is dy.
    method, tolerance : as in `check_gradient`. rng : for dy, a NumPy Generator or a seed. The layer itself is left
    as it was.
    Raises TypeError for what is no layer; ValueError for a layer in float32, which has too few digits, and for one
    that is random: it may draw from a Generator of its own, `self.rng`, which is copied with it.

    Two habits are reported, too: a `backward` that changes a parameter or dy, and one that
    adds to the gradient it left the last time.

    >>> from tinygan.layers import Tanh
    >>> print(check(Tanh(), np.array([[0.5, -1.0]])))                   # doctest: +ELLIPSIS
    right  ∂L/∂x  error ... (tolerance 1e-07 + ... for rounding)
    """
    x, rng = _check.points("x", x), _check.rng(rng)
    if isinstance(layer, type) or not all(callable(getattr(layer, name, None)) for name in ("forward", "backward")):
        raise TypeError(f"layer must be an object with forward(x) and backward(dy), not {_check.shown(layer)}")
    with np.errstate(all="ignore"):                                        # what is not finite is reported
        y, dy, analytic, habits = _pass(layer, x, rng)
        _forward_must_repeat(layer, x, y)
        terms = min(np.sum(np.abs(dy * y)), np.finfo(float).max)
    scale = max(np.abs(array[np.isfinite(array)]).max(initial=0) for array in (dy, *analytic.values()))

    def loss(key, value):                        # L with this array replaced, all else the same
        fresh = copy.deepcopy(layer)             # the same dropout masks, too
        if key != "x":
            _set(fresh, key, value)
        return np.sum(dy * fresh.forward((value if key == "x" else x).copy()))

    options = {"tolerance": tolerance, "m": len(x), "scale": scale, "terms": terms}
    results = [check_gradient(lambda value, key=key: loss(key, value), x if key == "x" else _get(layer, key), gradient,
                              method, name=key, **options)
               for key, gradient in analytic.items()]
    of_x = results[0]
    if not of_x and np.isfinite(of_x.error) and np.array_equal(analytic["x"], dy):
        of_x.why += "; it is ∂L/∂y unchanged: the layer's own derivative is missing"
    if any("a kink" in result.why for result in results):
        for wrong in (result for result in results if not result and np.isfinite(result.error)):
            wrong.why += "; but x is at a kink: choose another before you believe it"
    with np.errstate(all="ignore"):
        return Report(results + habits + _accumulation(layer, x, dy, analytic))


def _forward_must_repeat(layer, x, y):
    """Refuse a layer whose forward gives another y now."""
    for _ in range(10):                                                    # a random mask can be the same by chance
        again = _check.array("what layer.forward(x) returns", copy.deepcopy(layer).forward(x.copy()))
        apart = np.abs(again - y).max() if again.shape == y.shape else np.inf
        if not apart <= 1e-12 * np.abs(y).max():
            raise ValueError(f"layer.forward must return the same y each time it is given the same x, but two copies "
                             f"of the layer differ by {apart:.2g}: let it draw from a Generator of its own, "
                             f"self.rng = np.random.default_rng(0), which is copied with it")


def _pass(layer, x, rng):
    """One forward and backward of a copy of `layer`: y, a random dy, {"x" or where a parameter
    stands: its gradient}, and a result for each bad habit seen on the way."""
    try:
        used = copy.deepcopy(layer)
    except Exception as error:
        raise TypeError(f"layer must be one that copy.deepcopy can copy, as it can np.random.default_rng(0) "
                        f"({error})") from None
    arrays = _arrays(used)
    y = _check.finite_array("what layer.forward(x) returns", used.forward(x.copy()))
    if y.size == 0:
        raise ValueError(f"what layer.forward(x) returns must have at least one entry, but its shape is {y.shape}")
    parameters = [key for key, array in arrays.items() if _arrays(used).get(key) is array]   # the rest is memory
    # away from 0, so that no output is overlooked; and unlike x, even if both come from one seed
    dy = rng.uniform(0.5, 1.5, y.shape) * rng.choice([-1.0, 1.0], y.shape)
    given = dy.copy()
    analytic = {"x": _check.array("∂L/∂x", used.backward(given))}
    habits = [] if (given == dy).all() else [Result("y", np.inf, 0, "backward changed the dy it was given")]
    for key in parameters:
        gradient = _get(used, _twin(key), None)
        if gradient is None:
            why = f"backward leaves no {_twin(key)}; if {key} is not to be learned, begin its name with an underscore"
            habits.append(Result(key, np.inf, 0, why))
        else:
            analytic[key] = _check.array(f"∂L/∂{key}", gradient).copy()
        if not np.array_equal(_get(used, key), _get(layer, key)):
            habits.append(Result(key, np.inf, 0, f"{key} itself was changed: backward only stores gradients"))
    if any(gradient.dtype != np.float64 for gradient in analytic.values()):
        raise ValueError("a gradient check needs a float64 layer: float32 has too few digits for it")
    return y, dy, analytic, habits


def _accumulation(layer, x, dy, analytic):
    """A result for each gradient that a second backward leaves changed: it was added to."""
    twice, once = copy.deepcopy(layer), copy.deepcopy(layer)
    for used in (twice, once):
        used.forward(x.copy())
    twice.backward(dy.copy())
    for used in (twice, once):
        used.forward(x.copy())
        used.backward(dy.copy())
    return [Result(key, np.inf, 0, f"backward adds to the {_twin(key)} of the last time instead of replacing it")
            for key in analytic if key != "x" and
            not np.array_equal(_get(twice, _twin(key)), _get(once, _twin(key)), equal_nan=True)]


def margin(net, x):
    """How far the nearest kink is: the smallest |input| of a ReLU or LeakyReLU in the MLP
    `net` at the minibatch `x`, in the training pass that would come next, or the smallest
    gap between the two largest pieces of a maxout unit. Infinite if there is no kink.

    A difference quotient whose step crosses a kink is no derivative: keep away from 0.
    x : (m, d). Returns a float, in the units of the layer's input.

    >>> from tinygan import MLP
    >>> net = MLP([1, 1, 1])
    >>> net.theta = [1, 0, 1, 0]                                # max(x, 0), with its kink at 0
    >>> margin(net, np.array([[-0.5], [2.0]]))
    0.5
    """
    x = _check.network_input("x", x, _check.network("net", net, "layers").widths[0], net.dtype, finite=True)
    nearest = np.inf
    for layer in copy.deepcopy(net).layers:
        if isinstance(layer, (ReLU, LeakyReLU)):
            nearest = min(nearest, np.abs(x).min())
        elif isinstance(layer, Maxout) and layer.pieces > 1:
            best = np.sort(x.reshape(len(x), -1, layer.pieces), axis=2)
            nearest = min(nearest, (best[:, :, -1] - best[:, :, -2]).min())
        x = layer.forward(x)
    return float(nearest)


def at(net, theta):
    """A copy of the MLP `net` with the parameters `theta`, (P,), which may be complex: what
    turns a loss into a function of θ that difference quotients can be taken of.

    >>> from tinygan import MLP
    >>> at(MLP([1, 1]), [2, 10])(np.array([[3.0]])).item()      # 2 · 3 + 10
    16.0
    """
    net = copy.deepcopy(_check.network("net", net, "layers", "bind"))
    theta = _check.array("theta", theta)
    if theta.shape != net.theta.shape:
        raise ValueError(f"theta must be {net.theta.shape}, as the network's own, not {theta.shape}")
    net.bind(theta.copy(), np.zeros_like(theta))
    return net


def _arrays(layer, prefix=""):
    """{where it stands: array}, of the float arrays of a layer and of the `layers` in it that
    have no underscore before their name and are not themselves gradients."""
    found = {}
    for name, value in vars(layer).items():
        if isinstance(value, np.ndarray) and value.dtype.kind == "f" and name[0] != "_":
            if not (name[0] == "d" and name[1:] in vars(layer)):
                found[prefix + name] = value
    for i, inner in enumerate(getattr(layer, "layers", [])):
        found.update(_arrays(inner, f"{prefix}layers[{i}]."))
    return found


def _twin(key):
    """Where the gradient by `key` stands: layers[0].W → layers[0].dW."""
    owner, dot, name = key.rpartition(".")
    return f"{owner}{dot}d{name}"


def _owner(layer, key):
    for step in key.split(".")[:-1]:
        layer = layer.layers[int(step[len("layers["):-1])]
    return layer


def _get(layer, key, *default):
    return getattr(_owner(layer, key), key.split(".")[-1], *default)


def _set(layer, key, value):
    setattr(_owner(layer, key), key.split(".")[-1], value)


def _entry(name, index):
    return f"{name}[{', '.join(map(str, index))}]"


def _reason(analytic, numerical, m):
    """What kind of mistake turns `numerical` into `analytic`, if it is one we know."""
    def same(a, b):
        return np.allclose(a, b, rtol=1e-4, atol=1e-4 * np.abs(numerical).max())

    if not analytic.any():
        return "every entry is 0: backward never fills it, or what forward remembered was cleared"
    factor = np.sum(analytic * numerical) / max(np.sum(numerical**2), np.finfo(float).tiny)
    if same(analytic, factor * numerical) and numerical.any() and not np.isclose(factor, 1, rtol=1e-4):
        if np.isclose(factor, -1, rtol=1e-4):
            return "every entry is −1 times the numerical one: a sign"
        if m and m > 1 and np.isclose(factor, m, rtol=1e-4):
            return f"every entry is m = {m} times the numerical one: the 1/m is missing"
        if m and m > 1 and np.isclose(factor, 1 / m, rtol=1e-4):
            return f"every entry is 1/m = 1/{m} of the numerical one: the 1/m is there twice"
        if np.isclose(factor, 2, rtol=1e-4):
            return "every entry is 2 times the numerical one: counted twice"
        return f"every entry is {factor:.4g} times the numerical one: a constant factor"
    if analytic.ndim == 2 and analytic.shape[0] == analytic.shape[1] and same(analytic, numerical.T):
        return "transposed"
    wrong = np.argwhere(np.abs(analytic - numerical) > 1e-4 * np.abs(numerical).max())
    if len(wrong) == 0:
        return "they differ by little, as they also do where f bends too much for a difference quotient"
    if len(wrong) == 1:
        return "one entry is wrong, the others are right"
    for axis, line in enumerate(("row", "column")[:analytic.ndim]):
        if analytic.ndim == 2 and len(wrong) and len(set(wrong[:, axis])) == 1:
            return f"only {line} {wrong[0, axis]} is wrong"
    return f"{len(wrong)} of {analytic.size} entries are wrong"
