"""A game on disk: saved whole, and loaded as if it had never stopped.

Here: `save`, `load`, `CheckpointError`; and `read`, which also returns what was noted beside the game.

A checkpoint is a NumPy archive, .npz, sealed as archive.py says. `np.load` opens it, and finds in it

    about                                        all that is no array, as JSON: networks, settings,
                                                 data, noise, iteration, random generators
    theta_G, theta_D, velocity_G, velocity_D     the parameters θ and the velocities v, (P,)
    iteration, V, D_real, D_fake, D_spread       the history, an entry for each record
"""

import copy
import hashlib
import inspect
import io
import json
import os
import platform
import random
import stat
from pathlib import Path

import numpy as np

from . import __version__, _check, data as distributions
from .algorithm1 import RECORDED, SETTINGS, Algorithm1
from .archive import pack, unpack
from .files import replacing
from .layers import Dropout, LeakyReLU, Linear
from .mlp import MLP

VERSION = 1
ARCHITECTURE = ("widths", "hidden", "output", "dropout", "pieces")
ARRAYS = ("theta_G", "theta_D", "velocity_G", "velocity_D", *RECORDED)
DISTRIBUTIONS = ("Normal", "Uniform", "Gaussian", "GaussianMixture", "Ring", "Line", "TwoMoons", "SwissRoll", "Spiral",
                 "Glyphs", "Standardised")            # all that are made of numbers, or of one another
REMEMBERED = ("x", "y", "dydx", "winner", "mask")     # what layers keep from `forward` for `backward`
BIT_GENERATORS = ("PCG64", "PCG64DXSM", "MT19937", "Philox", "SFC64")


class CheckpointError(ValueError):
    """The file is not a sound checkpoint, or what was given with it is not what the game was made with."""


def save(path, game, note=None):
    """Write `game`, an Algorithm1 between two iterations, to the file at `path`.

    Whoever opens `path` finds the old file or the new one, never half of one: it is written beside it
    and then put in its place. The game stays as it is.

    note : anything that JSON can hold, kept with the game; `read` returns it.

    Your own array or object, as `data` or `noise`, is not in the file. Its name, its shape and a digest
    are, and `load` will ask for it. If that object has a state of its own, keep that yourself.

    Raises TypeError or ValueError for a game that `load` could not give back as it is, and OSError
    where the file cannot be written.

    >>> import tempfile, tinygan as tg
    >>> game = tg.recipes.start("gaussian", seed=0).game
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     save(f"{folder}/game.npz", game)
    ...     again = load(f"{folder}/game.npz")
    >>> game.train(10)["V"] == again.train(10)["V"]
    array([ True])
    """
    path = _path(path)
    _check_game(game, note)
    sources = {name: _described(name, getattr(game, name)) for name in ("data", "noise")}
    content = _encode(game, note, sources)
    _refuse_what_comes_back_different(game, _decode(io.BytesIO(content), sources)[0])
    with replacing(path) as temporary:
        Path(temporary).write_bytes(content)


def load(path, data=None, noise=None):
    """The game in the file at `path`. Trained further, it gives the same bits as if it had never stopped
    (on the same machine, with the same NumPy).

    data, noise : your own array or object, where the game was made with one.

    Raises CheckpointError for a file that is damaged, of another kind or of a later version, and for
    data or noise that are missing or not those of the game; OSError where the file cannot be read.
    """
    return read(path, data, noise)[0]


def read(path, data=None, noise=None):
    """As `load`, but (game, note)."""
    path = _path(path)
    given = {name: _described(name, source) for name, source in (("data", data), ("noise", noise)) if source is not None}
    with open(path, "rb", opener=_at_once) as file:
        try:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise ValueError("it is not a file, but a device or a pipe")
            with np.errstate(all="ignore"):
                return _decode(file, given)
        except OSError:
            raise
        except ValueError as error:
            raise CheckpointError(f"can't load {path}: {error}") from None
        except Exception as error:                        # whatever it is, it comes from what the file holds
            raise CheckpointError(f"can't load {path}: it makes no sense ({type(error).__name__}: {error})") from None


def _path(path):
    if not isinstance(path, (str, os.PathLike)):
        raise TypeError(f"path must be a str or a Path, not {_check.shown(path)}")
    if "\0" in str(path):
        raise ValueError("path must not have a NUL in it")
    return Path(path)


def _at_once(path, flags):
    """Open without waiting for somebody to write, as a pipe would."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


# Between a game and the bytes of its file

def _check_game(game, note):
    if type(game) is not Algorithm1:
        raise TypeError(f"game must be an Algorithm1, not {_check.shown(game)}")
    game.check()
    _check.integer("game.iteration", game.iteration, least=0, most=2**62)
    for name in "GD":
        net, velocity = getattr(game, name), getattr(game, f"velocity_{name}")
        if type(net) is not MLP:
            raise TypeError(f"game.{name} must be an MLP, not {_check.shown(net)}: a checkpoint can't describe it")
        if velocity.dtype != net.dtype:
            raise ValueError(f"game.velocity_{name} must be of {net.dtype}, as {name}.theta, not of {velocity.dtype}")
        _check.finite(f"game.{name}.theta", net.theta)
        _check.finite(f"game.velocity_{name}", velocity)
    for record in game.records:
        if tuple(map(type, record)) != (int, *[float] * (len(RECORDED) - 1)) or not 0 <= record[0] <= 2**62:
            raise ValueError(f"game.records must be what train has put there, not {_check.shown(record)}")
    try:
        json.dumps(note, allow_nan=False)
    except (TypeError, ValueError, RecursionError) as error:
        raise TypeError(f"note must be what JSON can hold, not {_check.shown(note)}: {error}") from None


def _encode(game, note, sources):
    """The bytes of the file."""
    generators = _Generators()
    about = {"format": "tinygan checkpoint", "version": VERSION,
             "written by": {"tinygan": __version__, "numpy": np.__version__, "python": platform.python_version()},
             "iteration": int(game.iteration), "settings": {name: getattr(game, name) for name in SETTINGS},
             "G": _describe_network(game.G, generators), "D": _describe_network(game.D, generators),
             **{name: described for name, (_, described) in sources.items()},
             "rng": generators.number(game.rng), "generators": generators.described, "note": note}
    history = {name: np.array([record[i] for record in game.records], np.float64 if i else np.int64)
               for i, name in enumerate(RECORDED)}
    return pack(about, {"theta_G": game.G.theta, "theta_D": game.D.theta,
                        "velocity_G": game.velocity_G, "velocity_D": game.velocity_D, **history})


def _decode(file, given):
    """(game, note) from the file. Nothing in it is taken for granted."""
    about, arrays = unpack(file)
    if about["format"] != "tinygan checkpoint" or about["version"] != VERSION:
        raise ValueError(f"it is {_check.shown(about['format'])}, version {_check.shown(about['version'])}, and this tinygan, {__version__}, "
                         f"reads 'tinygan checkpoint', version {VERSION}")
    if set(arrays) != set(ARRAYS):
        raise ValueError(f"it must hold the arrays {', '.join(ARRAYS)}, not {_check.shown(list(arrays))}")
    generators = [_generator(each) for each in about["generators"]]
    G, D = (_network(name, about[name], arrays, generators) for name in "GD")
    game = Algorithm1(G, D, _source("data", about["data"], given.get("data"), G.widths[-1]),
                      _source("noise", about["noise"], given.get("noise"), G.widths[0]),
                      **{name: about["settings"][name] for name in SETTINGS}, rng=generators[about["rng"]])
    game.velocity_G, game.velocity_D = (_vector(f"velocity_{name}", arrays, net) for name, net in (("G", G), ("D", D)))
    game.iteration = _check.integer("iteration", about["iteration"], least=0, most=2**62)
    game.records = _records(arrays)
    return game, about["note"]


def _vector(name, arrays, net):
    """A copy of an array that must be like `net.theta`, and finite."""
    array = arrays[name]
    if (array.shape, array.dtype) != (net.theta.shape, net.dtype):
        raise ValueError(f"{name} must be {net.theta.shape} of {net.dtype}, not {array.shape} of {array.dtype}")
    _check.finite(name, array)
    return array.copy()


def _records(arrays):
    columns = [arrays[name] for name in RECORDED]
    for name, column in zip(RECORDED, columns):
        if column.shape != columns[0].shape or column.ndim != 1 or column.dtype != (np.int64 if name == "iteration" else np.float64):
            raise ValueError(f"the history's {name} must be one number for each record, not {column.shape} of {column.dtype}")
        if np.isnan(column).any():
            raise ValueError(f"the history's {name} must be numbers, not NaN")
    return list(zip(*(column.tolist() for column in columns)))


# Networks

def _describe_network(net, generators):
    kinds = [type(layer) for layer in MLP(**{name: getattr(net, name) for name in ARCHITECTURE}, dtype=net.dtype, rng=0).layers]
    if [type(layer) for layer in net.layers] != kinds:
        raise TypeError(f"the network must have the layers of an {net!r}: a checkpoint can't describe others")
    return {**{name: getattr(net, name) for name in ARCHITECTURE}, "dtype": net.dtype.name,
            "slopes": [float(layer.slope) for layer in net.layers if isinstance(layer, LeakyReLU)],
            "drops": [[float(layer.p), generators.number(layer.rng)] for layer in net.layers if isinstance(layer, Dropout)]}


def _network(name, described, arrays, generators):
    widths, theta = _check.widths(described["widths"]), arrays[f"theta_{name}"]
    pieces = _check.integer("pieces", described["pieces"], least=1) if described["hidden"] == "maxout" else 1
    parameters = _check.network_size(widths, pieces)
    if theta.shape != (parameters,):                  # asked before a network of that size is made
        raise ValueError(f"theta_{name} must have the {parameters} parameters of an MLP({widths}), not the shape {theta.shape}")
    net = MLP(**{each: described[each] for each in ARCHITECTURE}, dtype=described["dtype"], rng=0)
    net.theta = _vector(f"theta_{name}", arrays, net)
    leaky, dropping = ([layer for layer in net.layers if isinstance(layer, kind)] for kind in (LeakyReLU, Dropout))
    for layer, slope in zip(leaky, described["slopes"], strict=True):
        layer.slope = _check.number("slope", slope, "a finite number", lambda slope: True)
    for layer, (p, number) in zip(dropping, described["drops"], strict=True):
        layer.p, layer.rng = _check.fraction("p", p), generators[number]
    return net


def _refuse_what_comes_back_different(game, again):
    """What has been changed beyond what a checkpoint describes is better known now than after loading."""
    _refuse_what_has_been_added("game", game, again)
    for name in "GD":
        net, other = getattr(game, name), getattr(again, name)
        _refuse_what_has_been_added(f"game.{name}", net, other, "m")
        for i, (layer, twin) in enumerate(zip(net.layers, other.layers)):
            _refuse_what_has_been_added(f"{name}.layers[{i}]", layer, twin, *REMEMBERED)
            for setting in ("slope", "p", "pieces"):
                mine, its = getattr(layer, setting, None), getattr(twin, setting, None)
                if (type(mine), mine) != (type(its), its):
                    raise TypeError(f"{name}.layers[{i}].{setting} must be {_check.shown(its)}, a plain {type(its).__name__}, not {mine!r}")
            if isinstance(layer, Linear) and _places(layer, net) != _places(twin, other):
                raise ValueError(f"{name}.layers[{i}] has a W, b, dW or db that is no part of {name}.theta or {name}.grad "
                                 f"any more: write layer.W[...] = …, not layer.W = …")


def _refuse_what_has_been_added(name, one, other, *remembered):
    added = vars(one).keys() - vars(other).keys() - set(remembered)
    if added:
        raise TypeError(f"{name} must be as tinygan makes it, but has {', '.join(sorted(added))} of its own: a checkpoint can't describe that")


def _places(linear, net):
    """Where the four arrays of a layer lie in the network's two."""
    return [array.ctypes.data - whole.ctypes.data for array, whole in
            ((linear.W, net.theta), (linear.b, net.theta), (linear.dW, net.grad), (linear.db, net.grad))]


# Random generators

class _Generators:
    """The random generators of a game, each one once, however many places share it."""

    def __init__(self):
        self.seen, self.described = [], []

    def number(self, generator):
        """Its number among those seen so far."""
        if type(generator) is not np.random.Generator:
            raise TypeError(f"rng must be a NumPy Generator, not {_check.shown(generator)}")
        bits = generator.bit_generator
        for i, each in enumerate(self.seen):
            if each is bits:
                return i
        self.seen.append(bits)
        self.described.append(_describe_bits(bits))
        return len(self.seen) - 1


def _describe_bits(bits):
    name = type(bits).__name__
    if name not in BIT_GENERATORS or type(bits) is not getattr(np.random, name):
        raise TypeError(f"rng must be one of NumPy's own generators, with {', '.join(BIT_GENERATORS)}, not {_check.shown(bits)}")
    plain = lambda state: {key: plain(value) if isinstance(value, dict) else value if isinstance(value, str) else np.asarray(value).tolist()
                           for key, value in state.items()}
    seed = bits.seed_seq
    return {"state": plain(bits.state), "seed": plain(seed.state) if type(seed) is np.random.SeedSequence else None}


def _generator(described):
    state, seed = described["state"], described["seed"]
    name = _check.choice("bit_generator", state["bit_generator"], BIT_GENERATORS)
    for key, most in (("pos", 624), ("buffer_pos", 4)):             # NumPy does not look at these two
        place = {**state, **state["state"]}.get(key, 0)
        if not 0 <= place <= most:
            raise ValueError(f"{key} of a random generator must lie between 0 and {most}, not {_check.shown(place)}")
    if seed is not None:
        _check.number("pool_size", seed["pool_size"], "at most 1000", lambda size: size <= 1000)
    bits = getattr(np.random, name)(0 if seed is None else np.random.SeedSequence(**seed))
    bits.state = state
    return np.random.Generator(bits)


# Data and noise

def _describe(source):
    """A distribution in what JSON can hold: by name and parameters; and one that is not of tinygan's
    own by name, shape and digest."""
    name = type(source).__name__
    if name in DISTRIBUTIONS and type(source) is getattr(distributions, name):
        try:
            parameters = {each: getattr(source, each) for each in inspect.signature(type(source)).parameters}
            again = type(source)(**parameters)
        except (AttributeError, TypeError, ValueError):
            again = None                              # somebody has changed it: it is their own now
        if again is not None and _alike(source, again):
            return {"name": name, **{each: _describe(value) if each == "source" else np.asarray(value).tolist()
                                     for each, value in parameters.items()}}
    if type(source) is distributions.Points:
        return {"own": "array", "shape": list(source.array.shape), "digest": hashlib.sha256(np.ascontiguousarray(source.array)).hexdigest()}
    return {"own": name, "shape": [None, int(source.dim)], "digest": _digest(source)}


def _alike(one, other):
    return vars(one).keys() == vars(other).keys() and all(
        value is vars(other)[name] or np.array_equal(value, vars(other)[name]) for name, value in vars(one).items())


def _digest(source):
    """SHA-256 of 100 examples that a copy of `source` draws with a fixed seed. None where it can't be
    copied, or does not draw the same ones twice: then it has a state of its own."""
    everybodys = np.random.get_state(), random.getstate()          # in case it draws from these
    try:
        copied = copy.deepcopy(source)
        once, again = (np.asarray(copied.sample(100, np.random.default_rng(0)), np.float64).tobytes() for _ in range(2))
    except Exception:
        return None
    finally:
        np.random.set_state(everybodys[0])
        random.setstate(everybodys[1])
    return hashlib.sha256(once).hexdigest() if once == again else None


def _described(name, source):
    """A user's data or noise, and its description."""
    source = distributions.as_distribution(source, name)
    return source, _describe(source)


def _source(name, described, given, dim):
    """The distribution that was described, with what the user has given where it is their own."""
    if given is not None and given[1] == described:
        return given[0]
    inmost = described
    while "source" in inmost:
        inmost = inmost["source"]
    if "own" not in inmost:
        if given is not None:
            raise ValueError(f"{name} is {inmost['name']}, which the file holds, and can't be given anew")
        return _build(described, None, dim)
    wanted = f"your own {inmost['own']} of shape {tuple(inmost['shape'])}"
    if given is None:
        raise ValueError(f"{name} is {wanted}, which is not in the file: load(path, {name}=…) asks for it")
    if given[1].get("shape") != inmost["shape"]:
        raise ValueError(f"{name} must be {wanted}, not {_check.shown(given[0])}")
    if inmost["digest"] not in (None, given[1]["digest"]):
        raise ValueError(f"{name} must be {wanted}, and this one is of that shape, but not the same (its digest differs)")
    return _build(described, given[0], dim)


def _build(described, own, dim):
    if "own" in described:
        return own
    parameters = {each: _build(value, own, dim) if each == "source" else value
                  for each, value in described.items() if each != "name"}
    if parameters.get("dim", dim) != dim:             # asked before an array of that width is made
        raise ValueError(f"{described['name']} must be of dimension {dim}, as the network, not {_check.shown(parameters['dim'])}")
    return getattr(distributions, _check.choice("distribution", described["name"], DISTRIBUTIONS))(**parameters)
