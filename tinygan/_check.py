"""What public functions ask of their arguments: one sentence where something is wrong, and nothing is changed.

Each function takes the argument's name and what was given, and returns it in the form that the code
inside wants. A wrong type is a TypeError, a wrong value a ValueError; the sentence names the argument,
what was given and what is wanted. What is asked of the lesson's arguments stands here, so that the lesson
is not interrupted; what only one other module asks stands in that module.
"""

import difflib
import math
import numbers

import numpy as np

LARGEST = 2**27                                     # numbers in an array: 1 GiB of float64


def shown(value):
    """A value as it can stand in a sentence: on one line, and not for pages."""
    try:
        text = " ".join((str if isinstance(value, numbers.Number) else repr)(value).split())
    except Exception:                               # its own repr fails, or it has thousands of digits
        text = f"a {type(value).__name__}"
    return text if len(text) <= 100 else text[:99] + "…"


# Numbers and names

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


def integers(name, value, such_as, least):
    """A list of whole numbers, each at least `least`."""
    try:
        value = list(value)
    except Exception:
        raise TypeError(f"{name} must be a list such as {such_as}, not {shown(value)}") from None
    return [integer(f"{name}[{i}]", number, least) for i, number in enumerate(value)]


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


def interval(low, high):
    """Two finite numbers, low < high, and no further apart than floats reach."""
    first = number("low", low, "a finite number", lambda v: True)
    last = number("high", high, f"a finite number greater than low={shown(low)}", lambda v: v > first)
    if last - first == math.inf:
        raise ValueError(f"low and high must lie closer together than {shown(low)} and {shown(high)}: "
                         f"their difference is not finite")
    return first, last


def choice(name, value, options):
    """One of the names in `options`; otherwise the error says which is nearest."""
    if isinstance(value, str) and value in options:
        return value
    near = difflib.get_close_matches(shown(value).strip("'"), options, n=1)
    raise ValueError(f"{name} {shown(value)} is unknown: " +
                     (f"did you mean {near[0]!r}?" if near else f"it can be {', '.join(options)}"))


def function(name, value, of):
    """Something that can be called."""
    if not callable(value):
        raise TypeError(f"{name} must be a function of {of}, not {shown(value)}")
    return value


def rng(value):
    """A NumPy Generator, from one or from a seed."""
    try:
        return np.random.default_rng(value)
    except Exception as error:
        kind = ValueError if isinstance(error, ValueError) else TypeError
        raise kind(f"rng must be a NumPy Generator or a seed, a whole number ≥ 0, not {shown(value)}") from None


# Arrays of any shape

def array(name, value):
    """Real or complex numbers: whole numbers become float64, other things are refused."""
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


def real_array(name, value):
    """Real numbers, NaN and infinities among them if need be, in the float type they have."""
    value = array(name, value)
    if value.dtype.kind == "c":
        raise TypeError(f"{name} must be real, not complex")
    return value


def finite_array(name, value):
    """Real numbers without NaN or infinities, in float64."""
    value = real_array(name, value)
    with np.errstate(over="ignore"):                # a long double can be too large
        value = value.astype(np.float64)
    if not np.isfinite(value).all():
        raise ValueError(f"{name} must be finite, but has {np.sum(~np.isfinite(value))} NaN or infinite entries")
    return value


def same_shape(**named):
    """Arrays of one shape."""
    if len({value.shape for value in named.values()}) > 1:
        raise ValueError(f"{' and '.join(named)} must have one shape, "
                         f"not {' and '.join(str(value.shape) for value in named.values())}")


# Examples, one a row

def points(name, value, dim=None, most=np.inf):
    """Finite points as float64 rows (n, d), with n ≥ 1, d ≥ 1 and d = `dim` if given."""
    value = finite_array(name, value)
    if most < np.inf and (np.abs(value) > most).any():
        raise ValueError(f"{name} must lie within ±{most:g}, where squares are finite, "
                         f"but goes to {np.abs(value).max():.3g}")
    if value.ndim != 2 or value.size == 0 or dim not in (None, value.shape[1]):
        hint = "; for one-dimensional examples write x[:, None]" if value.ndim == 1 and dim in (None, 1) else ""
        raise ValueError(f"{name} must be (n, {dim or 'd'}), one example a row, not {value.shape}{hint}")
    return value


def rows(name, value):
    """Finite points (n, d) in the type they have: a user's array may be larger than the memory, on disk. An array that
    can be written to is copied, unless it is on disk."""
    if not (type(value) in (np.ndarray, np.memmap) and value.dtype.kind in "biuf" and value.itemsize <= 8
            and value.ndim == 2 and value.size and np.isfinite(value.min()) and np.isfinite(value.max())):
        return points(name, value)
    return value.copy() if type(value) is np.ndarray and value.flags.writeable else value


# Networks

def layer_size(fan_in, fan_out):
    """Two whole numbers, each at least 1, of a matrix that is not absurdly large."""
    fan_in = integer("fan_in", fan_in, least=1, most=LARGEST)
    return fan_in, integer("fan_out", fan_out, least=1, most=LARGEST // fan_in)


def widths(value):
    """A list of at least two whole numbers, each at least 1."""
    value = integers("widths", value, "[2, 64, 1]", least=1)
    if len(value) < 2:
        raise ValueError(f"widths must have at least two numbers, the input's and the output's, not {shown(value)}")
    return value


def activations(name, value, n, options):
    """One of the names in `options`, or a list of n of them."""
    if not isinstance(value, (list, tuple)) and not (isinstance(value, np.ndarray) and value.ndim):
        return choice(name, value, options)
    if len(value) != n:
        raise ValueError(f"{name} must have {n} names, one for each hidden layer, not {shown(value)}")
    return [choice(f"{name}[{i}]", each, options) for i, each in enumerate(value)]


def chain(name, layers, linears, widths, output):
    """Layers that lead from a network's input to its output, through these Linear ones."""
    if not linears or (linears[0].W.shape[0], linears[-1].W.shape[1]) != (widths[0], widths[-1]):
        raise ValueError(f"{name} must lead from {widths[0]} numbers to {widths[-1]}, "
                         f"not through Linear layers of {[linear.W.shape for linear in linears]}")
    if (layers[-1] is linears[-1]) != (output == "identity"):
        raise ValueError(f"{name} must end as output={output!r} says, not in {type(layers[-1]).__name__}")


def pieces(x, each):
    """A minibatch for Maxout: as wide as a whole number of units."""
    if x.shape[1] % each != 0:
        raise ValueError(f"x must be (m, width · {each}) for Maxout(pieces={each}), not {x.shape}")


def float_type(value):
    """float32 or float64, as a NumPy dtype."""
    try:
        name = np.dtype(value).name
    except Exception:
        name = None
    if name not in ("float32", "float64"):
        raise ValueError(f"dtype must be float64 or float32, not {shown(value)}")
    return np.dtype(name)


def network(name, value, *more):
    """A network: an MLP, or what looks like one, also in `more`."""
    parts = "widths", "theta", "grad", "dtype", "forward", "backward", *more
    if isinstance(value, type) or not all(hasattr(value, part) for part in parts):
        raise TypeError(f"{name} must be an MLP, not {shown(value)}")
    return value


def parameters(name, value, like):
    """New numbers for an array of a network's parameters: of its shape, real if it is, not too large for it."""
    value = array(name, value)
    if value.shape != like.shape:
        raise ValueError(f"{name} must be {like.shape}, as the network's own, not {value.shape}")
    if value.dtype.kind == "c" and like.dtype.kind != "c":
        raise TypeError(f"{name} must be real, not complex")
    with np.errstate(over="ignore"):
        fits = value.astype(like.dtype)
    if np.isinf(fits).any() and np.isfinite(value).all():
        raise ValueError(f"{name} has numbers that are too large for {like.dtype}")
    return fits


def network_input(name, value, width, dtype, finite=False):
    """A minibatch (m, width) in `dtype`. Complex numbers pass: the complex step needs them."""
    if not (type(value) is np.ndarray and value.dtype == dtype):
        value = array(name, value)
        with np.errstate(over="ignore"):
            value = value if value.dtype.kind == "c" else value.astype(dtype)
    if value.ndim != 2 or value.shape[1] != width or len(value) == 0:
        raise ValueError(f"{name} must be (m, {width}), one example a row, not {value.shape}")
    if finite and not np.isfinite(value).all():
        raise ValueError(f"{name} must be finite, and not too large for {dtype}, "
                         f"but has {np.sum(~np.isfinite(value))} NaN or infinite entries")
    return value


def output_gradient(net, dy, name="dy", width=None):
    """∂L/∂y, (m, d_out), for the minibatch that the network's `forward` saw; or of another width."""
    width = net.widths[-1] if width is None else width
    x = getattr(net.linears[0], "x", None)
    if x is None:
        raise ValueError("backward needs a forward(x) before it: net(x) remembers nothing")
    if type(dy) is np.ndarray and dy.dtype == net.dtype and dy.shape == (len(x), width):
        return dy
    dy = network_input(name, dy, width, net.dtype)
    if len(dy) != len(x):
        raise ValueError(f"{name} must be ({len(x)}, {width}), as the output of the last forward, not {dy.shape}")
    if dy.dtype.kind != net.dtype.kind:
        raise TypeError(f"{name} must be real, not complex")
    return dy


def logits(name, value):
    """D's logits: numbers, at least one."""
    if not (type(value) is np.ndarray and value.dtype.kind == "f"):
        value = array(name, value)
    if value.size == 0:
        raise ValueError(f"{name} must hold at least one logit, but its shape is {value.shape}")
    return value


# Probabilities

def masses(name, value):
    """Finite float64 numbers, none negative, at least one."""
    value = finite_array(name, value)
    if value.size == 0:
        raise ValueError(f"{name} must hold at least one number, but its shape is {value.shape}")
    if (value < 0).any():
        raise ValueError(f"{name} must not be negative, but its smallest entry is {value.min()}")
    if value.max() > 1e300:
        raise ValueError(f"{name} must not be greater than 1e300, but its largest entry is {value.max():.3g}")
    return value


def distribution(name, value, dx=1.0):
    """Probabilities, or with `dx` a density on an even grid: not negative, with the sum 1, and then divided by it."""
    value, dx = masses(name, value), positive("dx", dx)
    with np.errstate(over="ignore"):
        total = value.sum() * dx
    if not abs(total - 1) <= (1e-5 if dx == 1 else 1.0001e-3):
        times = "" if dx == 1 else f" times dx={dx}"
        hint = "" if dx == 1 else (": does the grid reach far enough, and finely enough? "
                                   "(A density that ends in a jump is to be given at the middles of cells.)")
        raise ValueError(f"{name}{times} must sum to 1, not to {total:.6g}{hint}")
    return value / total


def distributions(dx, **named):
    """Several of them, of one shape."""
    values = [distribution(name, value, dx) for name, value in named.items()]
    same_shape(**dict(zip(named, values)))
    return values


def probabilities(name, value):
    """Numbers in [0, 1], such as D(x)."""
    value = finite_array(name, value)
    if ((value < 0) | (value > 1)).any():
        raise ValueError(f"{name} must lie in [0, 1], but has entries from {value.min()} to {value.max()}")
    return value
