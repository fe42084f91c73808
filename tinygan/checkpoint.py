"""A game on disk: saved whole, and loaded as if it had never stopped.

Here: `save`, `load`, `CheckpointError`; and `read`, which also returns what was noted beside the game.

A checkpoint is a NumPy archive, .npz, with a seal of 64 characters behind it: the SHA-256 of all
bytes before. As long as it fits, not one byte has changed and none is missing. Nothing in the file
is ever unpickled. `np.load` opens it, and finds in it

    about                                        all that is no array, as JSON: networks, settings,
                                                 data, noise, iteration, random numbers
    theta_G, theta_D, velocity_G, velocity_D     the parameters θ and the velocities v, (P,)
    iteration, V, D_real, D_fake, D_spread, G_spread, G_loss
                                                 the history, an entry for each record; what an older tinygan did
                                                 not record is NaN once loaded
    data, noise                                  (n, d), where they are an array of yours; or pictures, and their
                                                 labels
"""

import hashlib
import inspect
import io
import json
import platform
import warnings
from pathlib import Path

import numpy as np

from . import __version__, _check, data as distributions
from ._files import replacing
from .layers import Dropout, LeakyReLU
from .mlp import MLP
from .training import RECORDED, SETTINGS, Algorithm1

VERSION = 2
SEAL = 64                                             # hexadecimal digits of a SHA-256
ARCHITECTURE = ("widths", "hidden", "output", "dropout", "input_dropout", "pieces")


class CheckpointError(ValueError):
    """The file is not a sound checkpoint, or what was given with it is not what the game was made with.

    >>> issubclass(CheckpointError, ValueError)
    True
    """


def save(path, game, note=None):
    """Write `game`, an Algorithm1 between two iterations, to the file at `path`.

    Whoever opens `path` finds the old file or the new one, never half of one: it is written beside
    it and then put in its place. The game stays as it is.

    note : anything that JSON can hold, kept with the game; `read` returns it.

    Your own array, as `data` or `noise`, is in the file. Your own object is not: `load` will ask
    for it by the name of its class. What state it has is yours to keep.

    Raises TypeError or ValueError for a game that a checkpoint can't describe, and OSError where
    the file cannot be written.

    >>> import tempfile, tinygan as tg
    >>> game = tg.recipes.start("gaussian", seed=0).game
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     save(f"{folder}/game.npz", game)
    ...     again = load(f"{folder}/game.npz")
    >>> game.train(10)["V"] == again.train(10)["V"]
    array([ True])
    """
    if type(game) is not Algorithm1:
        mine = isinstance(game, Algorithm1) and hasattr(game, "G")
        raise TypeError(f"game must be an Algorithm1, not {type(game).__name__}"
                        + (f": {_instead('G', 'game.G')}; and so for D" if mine else ""))
    game.check()
    content = _encode(game, note)
    # what can't be read back is not written
    _decode(content, {"data": _inmost(game.data), "noise": _inmost(game.noise)})
    with replacing(path) as temporary:
        Path(temporary).write_bytes(content)


def load(path, data=None, noise=None):
    """The game in the file at `path`. Trained further, it gives the same bits as if it had never
    stopped (on the same machine, with the same NumPy).

    data, noise : your own object, where the game was made with one.

    Raises CheckpointError for a file that is damaged, of another kind or of another version, and
    for data or noise that are missing or not those of the game; OSError where it cannot be read.

    >>> import tempfile, tinygan as tg
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     save(f"{folder}/game.npz", tg.recipes.start("ring").game)
    ...     load(f"{folder}/game.npz").G.widths
    [4, 48, 48, 2]
    """
    return read(path, data, noise)[0]


def read(path, data=None, noise=None):
    """As `load`, but (game, note).

    >>> import tempfile, tinygan as tg
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     save(f"{folder}/game.npz", tg.recipes.start("ring").game, note="before the break")
    ...     read(f"{folder}/game.npz")[1]
    'before the break'
    """
    content = Path(path).read_bytes()
    try:
        return _decode(content, {"data": data, "noise": noise})
    except CheckpointError as error:
        raise CheckpointError(f"can't load {path}: {error}") from None
    except Exception as error:                        # sealed, but not by `save`; or other data were given
        raise CheckpointError(f"can't load {path}: tinygan {__version__} can't make a game of it "
                              f"({type(error).__name__}: {error})") from None


# Between a game and the bytes of its file

def _encode(game, note):
    """The bytes of the file."""
    arrays = {"theta_G": game.G.theta, "theta_D": game.D.theta,
              "velocity_G": game.velocity_G, "velocity_D": game.velocity_D, **game.history}
    about = {"format": "tinygan checkpoint", "version": VERSION,
             "written by": {"tinygan": __version__, "numpy": np.__version__, "python": platform.python_version()},
             "iteration": int(game.iteration), "settings": {name: getattr(game, name) for name in SETTINGS},
             "G": _describe_network("G", game.G), "D": _describe_network("D", game.D),
             "data": _describe_source("data", game.data, arrays),
             "noise": _describe_source("noise", game.noise, arrays),
             "rng": _describe_rng(game.rng), "note": note}
    stream = io.BytesIO()
    np.savez(stream, about=json.dumps(about, allow_nan=False), **arrays)
    return stream.getvalue() + _seal(stream.getvalue())


def _decode(content, given):
    """(game, note) from the bytes of the file."""
    body, seal = content[:-SEAL], content[-SEAL:]
    if not body.startswith(b"PK"):
        raise CheckpointError("it is not an .npz file" if content else "it is empty")
    if _seal(body) != seal:
        raise CheckpointError("it is cut short, damaged, or an .npz file that tinygan has not written: "
                              "the seal at its end is not the SHA-256 of what comes before")
    with np.load(io.BytesIO(body), allow_pickle=False) as archive:
        arrays = {name: archive[name] for name in archive.files}
    about = json.loads(arrays.pop("about").item())
    if about["version"] != VERSION:
        raise CheckpointError(f"it is of version {_check.shown(about['version'])}, "
                              f"and tinygan {__version__} reads version {VERSION}")
    settings = about["settings"]
    with warnings.catch_warnings():                           # what a game says of its data was said when it was made
        warnings.simplefilter("ignore", UserWarning)
        game = Algorithm1(_network(about["G"], arrays["theta_G"]), _network(about["D"], arrays["theta_D"]),
                          _source("data", about["data"], arrays, given),
                          _source("noise", about["noise"], arrays, given),
                          **{name: settings[name] for name in SETTINGS}, rng=_rng(about["rng"]))
    game.velocity_G[...], game.velocity_D[...] = arrays["velocity_G"], arrays["velocity_D"]
    game.iteration = about["iteration"]
    unknown = np.full(len(arrays["V"]), np.nan)               # of what an older tinygan did not record
    game.records = list(zip(*(arrays.get(name, unknown).tolist() for name in RECORDED)))
    return game, about["note"]


def _seal(body):
    return hashlib.sha256(body).hexdigest().encode()


# Networks and random numbers

def _instead(name, net=None):
    """What to do with a network, `net` in the user's code, that a checkpoint can't describe."""
    net = net or name
    return (f"a checkpoint can't describe it, so keep its parameters, np.save('{name}.npy', {net}.theta), and put them "
            f"back into one that is made in the same way, {net}.theta[...] = np.load('{name}.npy')")


def _describe_network(name, net):
    if type(net) is not MLP:
        raise TypeError(f"{name} must be an MLP, not a {type(net).__name__}: {_instead(name)}")
    described = {each: getattr(net, each) for each in ARCHITECTURE}
    as_made = MLP(**described)
    if list(map(type, net.layers)) != list(map(type, as_made.layers)):
        raise TypeError(f"{name} must be an MLP with the layers that it was made with, not with "
                        f"{', '.join(type(layer).__name__ for layer in net.layers)}: {_instead(name)}")
    dropouts, as_made = ([layer for layer in each.layers if isinstance(layer, Dropout)] for each in (net, as_made))
    masks = {layer.rng for layer in dropouts}
    if len(masks) > 1 or [layer.p for layer in dropouts] != [layer.p for layer in as_made]:
        raise TypeError(f"{name}'s dropout must be as it was made, with one p and one rng: {_instead(name)}")
    return {**described, "dtype": net.dtype.name, "masks": [_describe_rng(rng) for rng in masks],
            "slopes": [layer.slope for layer in net.layers if isinstance(layer, LeakyReLU)]}


def _network(described, theta):
    net = MLP(**{each: described[each] for each in ARCHITECTURE if each in described}, dtype=described["dtype"])
    net.theta = theta
    for layer, slope in zip((layer for layer in net.layers if isinstance(layer, LeakyReLU)), described["slopes"]):
        layer.slope = slope
    for masks in described["masks"]:                  # one generator for all of a network's masks, or none
        rng = _rng(masks)
        for layer in net.layers:
            if isinstance(layer, Dropout):
                layer.rng = rng
    return net


def _describe_rng(rng):
    if type(rng.bit_generator) is not np.random.PCG64:
        raise TypeError(f"rng must be as np.random.default_rng makes it, with PCG64, not {_check.shown(rng)}: "
                        f"a checkpoint can't describe others")
    return rng.bit_generator.state


def _rng(state):
    bits = np.random.PCG64()
    bits.state = state
    return np.random.Generator(bits)


# Data and noise

def _describe_source(name, source, arrays):
    """A distribution of tinygan's own by name and parameters; a user's array goes into `arrays`."""
    kind = type(source).__name__
    if kind == "Own":
        return {"own": type(source.source).__name__}
    if kind == "Points":
        arrays[name] = source.array
        return {"array": name, "held_out": source.held_out}
    if kind == "Images":
        arrays[name] = source.images
        if source.labels is not None:
            arrays[f"labels of {name}"] = source.labels
        return {"images": name, "held_out": source.held_out}
    parameters = {each: getattr(source, each) for each in inspect.signature(type(source)).parameters}
    return {"kind": kind, **{each: _describe_source(name, value, arrays) if each == "source"
                             else np.asarray(value).tolist() for each, value in parameters.items()}}


def _source(name, described, arrays, given):
    """The distribution that was described, with what the user has given where it is their own."""
    if "array" in described:
        return distributions.Points(arrays[described["array"]], held_out=described.get("held_out", 0))
    if "images" in described:
        return distributions.Images(arrays[described["images"]], arrays.get(f"labels of {name}"), described["held_out"])
    if "own" not in described:
        parameters = {each: _source(name, value, arrays, given) if each == "source" else value
                      for each, value in described.items() if each != "kind"}
        return getattr(distributions, described["kind"])(**parameters)
    own = given[name]
    if type(own).__name__ != described["own"]:
        raise CheckpointError(f"{name} is your own {described['own']}, which is not in the file: "
                              f"load(path, {name}=…) asks for it, "
                              f"{'and nothing' if own is None else _check.shown(own)} was given")
    return own


def _inmost(source):
    """What lies inmost in a distribution: the user's own object, if there is one."""
    while isinstance(source, (distributions.Standardised, distributions.Own)):
        source = source.source
    return source
