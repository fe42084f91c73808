"""The doors: what is not as it should be gets one sentence, and nothing is changed.

Each function takes the argument's name and what was given, and returns it in the form that
the code inside wants. A wrong type is a TypeError, a wrong value a ValueError; the sentence
names the argument, what was given and what is wanted.
"""

import difflib
import math
import numbers

import numpy as np


def shown(value):
    """A value as it can stand in a sentence: on one line, and not for pages."""
    try:
        text = " ".join((str if isinstance(value, numbers.Number) else repr)(value).split())
    except Exception:                               # its own repr fails, or it has thousands of digits
        text = f"a {type(value).__name__}"
    return text if len(text) <= 100 else text[:99] + "…"


LARGEST = 2**27                                     # numbers in an array: 1 GiB of float64


def integer(name, value, least, most=math.inf):
    """A whole number, at least `least` and at most `most`, as an int."""
    # (a plain int is by far the usual case, and the other two questions take ten times as long)
    if type(value) is not int and (isinstance(value, bool) or not isinstance(value, numbers.Integral)):
        raise TypeError(f"{name} must be a whole number, not {shown(value)}")
    if value < least:
        raise ValueError(f"{name} must be at least {least}, not {shown(value)}")
    if value > most:
        raise ValueError(f"{name} must be at most {most:,}, not {shown(value)}")
    return int(value)


def number(name, value, wanted, holds):
    """A real number for which `holds(number)` is true, as a float."""
    if type(value) is not float and (isinstance(value, bool) or not isinstance(value, numbers.Real)):
        raise TypeError(f"{name} must be {wanted}, not {shown(value)}")
    try:
        as_float = float(value)
    except OverflowError:
        raise ValueError(f"{name} must be {wanted}, not a whole number of over 300 digits") from None
    if not (math.isfinite(as_float) and holds(as_float)):
        raise ValueError(f"{name} must be {wanted}, not {shown(value)}")
    return as_float + 0.0                           # −0.0 is 0


def positive(name, value):
    return number(name, value, "a finite number greater than 0", lambda v: v > 0)


def not_negative(name, value):
    return number(name, value, "a finite number, 0 or greater", lambda v: v >= 0)


def scale(name, value):
    return number(name, value, "a number from 0 to 1e30", lambda v: 0 <= v <= 1e30)


def fraction(name, value):
    return number(name, value, "a number in [0, 1)", lambda v: 0 <= v < 1)


def function(name, value, of):
    """Something that can be called."""
    if not callable(value):
        raise TypeError(f"{name} must be a function of {of}, not {shown(value)}")
    return value


def flag(name, value):
    """True or False."""
    if not isinstance(value, (bool, np.bool_)):
        raise TypeError(f"{name} must be True or False, not {shown(value)}")
    return bool(value)


def choice(name, value, options):
    """One of the names in `options`; otherwise the error says which is nearest."""
    if isinstance(value, str) and value in options:
        return value
    near = difflib.get_close_matches(shown(value).strip("'"), options, n=1)
    hint = f"did you mean {near[0]!r}? " if near else ""
    raise ValueError(f"{name} {shown(value)} is unknown: {hint}it can be {', '.join(options)}")


def rng(value):
    """A NumPy Generator, from one or from a seed."""
    try:
        return np.random.default_rng(value)
    except Exception as error:
        kind = ValueError if isinstance(error, ValueError) else TypeError
        raise kind(f"rng must be a NumPy Generator or a seed, a whole number ≥ 0, not {shown(value)}") from None


def float_type(value):
    """float32 or float64, as a NumPy dtype."""
    try:
        name = np.dtype(value).name
    except Exception:
        name = None
    if name not in ("float32", "float64"):
        raise ValueError(f"dtype must be float64 or float32, not {shown(value)}")
    return np.dtype(name)


def integers(name, value, such_as, least):
    """A list of whole numbers, each at least `least`."""
    try:
        value = list(value)
    except Exception:
        raise TypeError(f"{name} must be a list such as {such_as}, not {shown(value)}") from None
    return [integer(f"{name}[{i}]", number, least) for i, number in enumerate(value)]


def widths(value):
    """A list of at least two whole numbers, each at least 1."""
    value = integers("widths", value, "[2, 64, 1]", least=1)
    if len(value) < 2:
        raise ValueError(f"widths must have at least two numbers, the input's and the output's, not {shown(value)}")
    return value


def network_size(widths, pieces):
    """How many parameters a network of these widths has, its hidden layers with so many pieces a unit."""
    fan_out = [width * pieces for width in widths[1:-1]] + widths[-1:]
    size = sum((fan_in + 1) * out for fan_in, out in zip(widths, fan_out))
    if size > LARGEST:
        raise ValueError(f"widths must make a network of at most {LARGEST:,} parameters, not {shown(size)}, as {shown(widths)} do")
    return size


def network(name, value, *more):
    """A network: an MLP, or what looks like one, also in `more`."""
    if isinstance(value, type) or not all(hasattr(value, each) for each in ("widths", "theta", "grad", "dtype", "forward", "backward", *more)):
        raise TypeError(f"{name} must be an MLP, not {shown(value)}")
    return value


def array(name, value):
    """A float (or complex) array: whole numbers are converted, other things refused."""
    if type(value) is np.ndarray and value.dtype.kind == "f":      # by far the usual case
        return value
    if isinstance(value, np.ma.MaskedArray) and value.mask.any():
        raise ValueError(f"{name} must not have masked entries: fill or drop them first")
    try:
        value = np.asarray(value)
    except ValueError:
        raise ValueError(f"{name} must be an array of numbers; these rows differ in length") from None
    except Exception:
        raise TypeError(f"{name} must be an array of numbers, not {shown(value)}") from None
    if value.dtype.kind in "biu":
        value = value.astype(np.float64)
    if value.dtype.kind not in "fc":
        raise TypeError(f"{name} must be an array of numbers, not of {value.dtype}")
    return value


def logits(name, value):
    """D's logits: numbers, at least one."""
    value = array(name, value)
    if value.size == 0:
        raise ValueError(f"{name} must hold at least one logit, but its shape is {value.shape}")
    return value


def real(name, value):
    """A float array, not a complex one."""
    value = array(name, value)
    if value.dtype.kind == "c":
        raise TypeError(f"{name} must be real, not complex")
    return value


def finite(name, value):
    """A float64 array without NaN or infinity."""
    value = real(name, value)
    with np.errstate(over="ignore"):                # a long double can be too large
        value = value.astype(np.float64)
    if not np.isfinite(value).all():
        raise ValueError(f"{name} must be finite, but has {np.sum(~np.isfinite(value))} NaN or infinite entries")
    return value


def rows(name, value, width=None, most=np.inf):
    """Finite examples as float64 rows (n, d), with n ≥ 1, d ≥ 1 and d = `width` if given."""
    value = finite(name, value)
    if most < np.inf and (np.abs(value) > most).any():
        raise ValueError(f"{name} must lie within ±{most:g}, where squares are finite, but goes to {np.abs(value).max():.3g}")
    if value.ndim != 2 or value.size == 0 or width not in (None, value.shape[1]):
        hint = "; for one-dimensional examples write x[:, None]" if value.ndim == 1 and width in (None, 1) else ""
        raise ValueError(f"{name} must be (n, {width or 'd'}), one example a row, not {value.shape}{hint}")
    return value


def cast(value, dtype):
    """A copy in float32 or float64, what is too large becoming infinite; complex numbers stay."""
    if value.dtype == dtype:
        return value.copy()
    with np.errstate(over="ignore"):
        return value if value.dtype.kind == "c" else value.astype(dtype)


def parameters(name, value, shape):
    """A new content for `theta` or `grad`."""
    value = array(name, value)
    if value.shape != shape:
        raise ValueError(f"{name} must be {shape}, as the network's own, not {value.shape}")
    return value


def own_parameters(name, value, own):
    """A new content for an array of the network's own, real if that is real."""
    value = parameters(name, value, own.shape)
    if value.dtype.kind == "c" and own.dtype.kind != "c":
        raise TypeError(f"{name} must be real, not complex")
    if value.dtype == own.dtype:
        return value
    fits = cast(value, own.dtype)
    if np.isinf(fits).any() and np.isfinite(value).all():
        raise ValueError(f"{name} has numbers that are too large for {own.dtype}")
    return fits


def batch(name, value, width, dtype):
    """A minibatch (m, width) in `dtype`. Complex numbers pass: the complex step needs them."""
    if not (type(value) is np.ndarray and value.dtype == dtype):
        value = cast(array(name, value), dtype)
    if value.ndim != 2 or value.shape[1] != width or len(value) == 0:
        raise ValueError(f"{name} must be (m, {width}), one example a row, not {value.shape}")
    return value


def examples(name, value, width, dtype):
    """As `batch`, but finite: for what is evaluated. A minibatch of training is looked at where it is drawn."""
    value = batch(name, value, width, dtype)
    if not np.isfinite(value).all():
        raise ValueError(f"{name} must be finite, and not too large for {dtype}, but has {np.sum(~np.isfinite(value))} NaN or infinite entries")
    return value


def upstream(dy, m, width, dtype, **flags):
    """∂L/∂y for the minibatch that `forward` saw."""
    for name, value in flags.items():
        if value is not True and value is not False:
            flag(name, value)
    if m is None:
        raise ValueError("backward needs a forward(x) before it: net(x) remembers nothing")
    dy = batch("dy", dy, width, dtype)
    if dy.dtype.kind != np.dtype(dtype).kind:
        raise TypeError("dy must be real, not complex")
    if len(dy) != m:
        raise ValueError(f"dy must be ({m}, {width}), as the output of the last forward, not {dy.shape}")
    return dy


def minibatch(name, source, m, rng, dtype):
    """What a distribution's `sample(m, rng)` returns: finite, (m, dim); cast to `dtype`."""
    dim = source.dim
    try:
        value = source.sample(m, rng)
    except StopIteration:
        raise ValueError(f"{name}.sample({m}, rng) must return {m} examples each time, but it has run out (StopIteration)") from None
    if not (type(value) is np.ndarray and value.dtype.kind == "f"):
        value = real(f"{name}.sample({m}, rng)", value)
    if value.shape != (m, dim):
        raise ValueError(f"{name}.sample({m}, rng) must return shape ({m}, {dim}), not {value.shape}")
    value = cast(value, dtype)
    if not np.isfinite(value).all():
        raise ValueError(f"{name}.sample({m}, rng) returned NaN or infinite values, or too large for {dtype}")
    return value


def players(game):
    """G and D fit each other, the data and the noise; D ends in one logit."""
    G, D, data, noise = game.G, game.D, game.data, game.noise
    for name, net in (("G", G), ("D", D)):
        network(name, net)
        velocity = getattr(game, f"velocity_{name}", net.theta)
        if not isinstance(velocity, np.ndarray):
            raise TypeError(f"velocity_{name} must be an array like {name}.theta, not {shown(velocity)}")
        if velocity.shape != net.theta.shape:
            raise ValueError(f"{name} was replaced by a network of another size: make a new Algorithm1 for it")
    if G is D:
        raise ValueError("G and D must be two networks, not one and the same")
    if D.widths[-1] != 1 or D.output != "identity":
        raise ValueError(f"D must end in one logit: widths […, 1] and output='identity', "
                         f"not {shown(D.widths)} and output={D.output!r}")
    for wanted, given in (("noise of dimension {}, as G's input", (G.widths[0], noise.dim)),
                          ("data of dimension {}, as G's output", (G.widths[-1], data.dim)),
                          ("data of dimension {}, as D's input", (D.widths[0], data.dim))):
        if given[0] != given[1]:
            raise ValueError(f"Algorithm1 needs {wanted.format(given[0])}, not {given[1]}")
    if G.dtype != D.dtype:
        raise ValueError(f"G and D must have the same dtype, not {G.dtype} and {D.dtype}")


def settings(game, objectives):
    """The numbers and names of Algorithm 1, put in their plain forms."""
    game.k = integer("k", game.k, least=1)
    game.m = integer("m", game.m, least=1, most=LARGEST // (2 * max(game.G.widths + game.D.widths)))
    game.lr_d, game.lr_g = positive("lr_d", game.lr_d), positive("lr_g", game.lr_g)
    game.momentum, game.r1 = fraction("momentum", game.momentum), not_negative("r1", game.r1)
    choice("objective", game.objective, objectives)
    choice("update", game.update, ("alternating", "simultaneous"))
    choice("schedule", game.schedule, ("constant", "linear"))
    if game.update == "simultaneous" and game.k != 1:
        raise ValueError(f"update='simultaneous' needs k = 1, not {game.k}")
    if game.max_norm is not None:
        game.max_norm = number("max_norm", game.max_norm, "None or a number from 1e-15 to 1e15", lambda v: 1e-15 <= v <= 1e15)
    if game.schedule == "linear" or game.iterations is not None:
        if game.iterations is None:
            raise ValueError("schedule='linear' needs iterations, the number at which the rates reach 0")
        game.iterations = integer("iterations", game.iterations, least=1)


def masses(name, value):
    """Finite float64 numbers, none negative, at least one."""
    value = finite(name, value)
    if value.size == 0:
        raise ValueError(f"{name} must hold at least one number, but its shape is {value.shape}")
    if (value < 0).any():
        raise ValueError(f"{name} must not be negative, but its smallest entry is {value.min()}")
    if value.max() > 1e300:
        raise ValueError(f"{name} must not be greater than 1e300, but its largest entry is {value.max():.3g}")
    return value


def distribution(name, value, dx=1.0):
    """Probabilities, or with `dx` a density on an even grid: not negative, with the sum 1."""
    value, dx = masses(name, value), positive("dx", dx)
    with np.errstate(over="ignore"):
        total = value.sum() * dx
    if not abs(total - 1) <= (1e-5 if dx == 1 else 1.0001e-3):
        times, hint = ("", "") if dx == 1 else (f" times dx={dx}", ": does the grid reach far enough, and finely enough?")
        raise ValueError(f"{name}{times} must sum to 1, not to {total:.6g}{hint}")
    return value


def distributions(dx, **named):
    """Several of them, of one shape."""
    values = [distribution(name, value, dx) for name, value in named.items()]
    same_shape(**dict(zip(named, values)))
    return values


def same_shape(**named):
    """Arrays of one shape."""
    if len({value.shape for value in named.values()}) > 1:
        raise ValueError(f"{' and '.join(named)} must have one shape, not {' and '.join(str(v.shape) for v in named.values())}")


def interval(low, high):
    """Two finite numbers, low < high, and no further apart than floats reach."""
    first = number("low", low, "a finite number", lambda v: True)
    last = number("high", high, f"a finite number greater than low={shown(low)}", lambda v: v > first)
    if last - first == math.inf:
        raise ValueError(f"low and high must lie closer together than {shown(low)} and {shown(high)}: their difference is not finite")
    return first, last


def base(value):
    """The base of a logarithm."""
    return number("base", value, "a finite number greater than 1", lambda v: v > 1)


def joint(value):
    """A joint table, of counts or of probabilities: those must sum to 1."""
    value = masses("joint", value)
    if value.ndim < 2:
        raise ValueError(f"joint must be a table with an axis for each variable, at least two, not {value.shape}")
    with np.errstate(over="ignore"):
        if not 0 < value.sum() < np.inf:
            raise ValueError(f"joint must have a finite sum greater than 0, not {value.sum()}")
    return value if (value == np.floor(value)).all() else distribution("joint", value)


def axis(value, ndim):
    """The number of an axis; negative ones count from the last."""
    value = integer("axis", value, least=-ndim)
    if value >= ndim:
        raise ValueError(f"axis must be less than {ndim}, the number of joint's axes, not {shown(value)}")
    return value % ndim


def index(value, n):
    """An index along an axis of n entries, counted from 0."""
    value = integer("index", value, least=0)
    if value >= n:
        raise ValueError(f"index must be less than {n}, the length of that axis of joint, not {shown(value)}")
    return value


def probability(name, value):
    """Numbers in [0, 1], such as D(x)."""
    value = finite(name, value)
    if ((value < 0) | (value > 1)).any():
        raise ValueError(f"{name} must lie in [0, 1], but has entries from {value.min()} to {value.max()}")
    return value
