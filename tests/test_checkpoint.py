"""A game on disk: the same bits when it goes on, the old file or the new one, and no damage unnoticed."""

import copy
import errno
import inspect
import io
import json
import os
import random
import stat
import subprocess
import sys
import threading
import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

import tinygan as tg
from tinygan import archive, checkpoint, recipes
from tinygan.checkpoint import CheckpointError


def bits(game):
    """All that decides how a game goes on, and its history."""
    return (game.iteration, game.G.theta.tobytes(), game.D.theta.tobytes(), game.velocity_G.tobytes(), game.velocity_D.tobytes(), repr(game.records),
            [repr(each.bit_generator.state) for each in (game.rng, *(layer.rng for net in (game.G, game.D) for layer in net.layers if hasattr(layer, "rng")))],
            [getattr(game, name) for name in checkpoint.SETTINGS])


def small(**options):
    """A game of few parameters, with dropout in D."""
    rng = np.random.default_rng(0)
    G = tg.MLP([2, 3, 2], hidden="tanh", rng=rng)
    D = tg.MLP([2, 3, 1], hidden="leaky_relu", dropout=0.25, rng=rng)
    game = tg.Algorithm1(G, D, **{"data": tg.data.Ring(), "noise": tg.data.Normal(2), "m": 4, "rng": rng, **options})
    game.train(4, every=2)
    return game


def there_and_back(game, **own):
    """The game, saved and loaded."""
    sources = {name: checkpoint._described(name, getattr(game, name)) for name in ("data", "noise")}
    file = io.BytesIO(checkpoint._encode(game, None, sources))
    return checkpoint._decode(file, {name: checkpoint._described(name, source) for name, source in own.items()})[0]


# The same bits

def recipe_with(name, dtype, update, dropout, monkeypatch):
    """A recipe's game, with other networks of its sizes."""
    with monkeypatch.context() as patched:
        patched.setattr(recipes, "MLP", lambda widths, **options: tg.MLP(widths, **{**options, "dtype": dtype, **({"dropout": dropout} if dropout else {})}))
        game = recipes.start(name, 3, iterations=30).game
    game.update = update
    return game


@pytest.mark.parametrize("update", ["alternating", "simultaneous"])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("name", recipes.names())
def test_each_recipe_goes_on_to_the_same_bits_wherever_it_is_interrupted(name, dtype, update, monkeypatch):
    @settings(max_examples=2)
    @given(parts=st.lists(st.integers(0, 3), min_size=2, max_size=3), every=st.integers(1, 3), dropout=st.sampled_from([0.0, 0.3]))
    def check(parts, every, dropout):
        straight = recipe_with(name, dtype, update, dropout, monkeypatch)
        broken = copy.deepcopy(straight)
        for part in parts:
            straight.train(part, every=every)
            broken = there_and_back(broken)
            broken.train(part, every=every)
        assert bits(broken) == bits(straight)
        assert (broken.G.dtype, broken.D.dtype) == (dtype, dtype)
    check()


nets = st.fixed_dictionaries({"hidden": st.sampled_from(["relu", "leaky_relu", "tanh", "sigmoid", "maxout"]), "pieces": st.integers(1, 3),
                              "dropout": st.sampled_from([0.0, 0.5])})
options = st.fixed_dictionaries({
    "m": st.integers(1, 5), "lr_d": st.floats(1e-3, 0.2), "lr_g": st.floats(1e-3, 0.2), "momentum": st.sampled_from([0, 0.5, 0.9]),
    "objective": st.sampled_from(tg.game.OBJECTIVES), "max_norm": st.none() | st.floats(0.5, 3), "r1": st.sampled_from([0.0, 0.1]),
    "schedule": st.sampled_from(["constant", "linear"]), "iterations": st.integers(5, 40)})


@settings(max_examples=150)
@given(G=nets, D=nets, widths=st.lists(st.integers(1, 4), max_size=2), output=st.sampled_from(["identity", "sigmoid", "tanh"]), options=options,
       order=st.sampled_from([("simultaneous", 1), ("alternating", 1), ("alternating", 3)]), dtype=st.sampled_from([np.float32, np.float64]),
       bit_generator=st.sampled_from(checkpoint.BIT_GENERATORS), seed=st.integers(0, 2**70), before=st.integers(0, 7), after=st.integers(0, 7))
def test_any_game_goes_on_to_the_same_bits(G, D, widths, output, options, order, dtype, bit_generator, seed, before, after):
    rng = np.random.Generator(getattr(np.random, bit_generator)(seed))
    G = tg.MLP([2, *widths, 2], output=output, dtype=dtype, rng=rng, **G)
    D = tg.MLP([2, *widths, 1], dtype=dtype, rng=rng, **D)
    straight = tg.Algorithm1(G, D, tg.data.Ring(), tg.data.Uniform(2), update=order[0], k=order[1], rng=rng, **options)
    straight.train(before, every=2)
    broken = there_and_back(straight)
    assert bits(broken) == bits(straight)
    straight.train(after, every=2)
    broken.train(after, every=2)
    assert bits(broken) == bits(straight)


@pytest.mark.parametrize("name", ["ring", "spiral", "glyphs", "grid25-r1"])
@pytest.mark.parametrize("given", [{}, {"max_norm": 1.5, "lr_d": 0.01}], ids=["as it is", "changed"])
def test_a_run_goes_on_to_the_same_bits_and_the_same_measures(name, given, tmp_path):
    straight = recipes.start(name, 5, 30, given)
    straight.train()
    run = recipes.start(name, 5, 30, given)
    for stop in (7, 8, 29):
        run.train(lambda game: game.iteration == stop)
        run.save(tmp_path / "run.npz")
        run = recipes.resume(tmp_path / "run.npz")
        assert (run.name, run.seed, run.iterations, run.game.iteration) == (name, 5, 30, stop)
    run.train()
    assert bits(run.game) == bits(straight.game) and repr(run.measure()) == repr(straight.measure())


def test_generators_that_are_shared_stay_shared():
    rng = np.random.default_rng(1)
    game = small(rng=rng)
    [own] = {id(layer.rng) for layer in game.D.layers if hasattr(layer, "rng")}
    again = there_and_back(game)
    masks = [layer for layer in again.D.layers if hasattr(layer, "rng")]
    assert masks[0].rng.bit_generator is not again.rng.bit_generator
    for layer in game.D.layers:
        if hasattr(layer, "rng"):
            layer.rng = np.random.Generator(rng.bit_generator)              # now D's masks come from the game's
    again = there_and_back(game)
    assert all(layer.rng.bit_generator is again.rng.bit_generator for layer in again.D.layers if hasattr(layer, "rng"))
    assert (game.train(5)["V"] == again.train(5)["V"]).all()


def test_a_generator_can_still_be_parted_into_others():
    game = small(rng=np.random.default_rng([1, 2**80]))
    game.rng.spawn(2)
    again = there_and_back(game)
    assert game.rng.spawn(1)[0].random() == again.rng.spawn(1)[0].random()


def test_what_a_lesson_has_changed_in_a_layer_comes_back():
    game = small()
    game.D.layers[1].slope, game.D.layers[2].p = 0.0, 0.75
    again = there_and_back(game)
    assert (again.D.layers[1].slope, again.D.layers[2].p) == (0, 0.75) and (game.train(3)["V"] == again.train(3)["V"]).all()


def test_nothing_that_a_game_or_a_network_has_is_forgotten():
    """A parameter that is added to one of these must be added to the checkpoint, too."""
    kept = {"G", "D", "data", "noise", "rng", *checkpoint.SETTINGS}
    assert set(inspect.signature(tg.Algorithm1).parameters) == kept
    assert set(vars(small())) == kept | {"iteration", "records", "velocity_G", "velocity_D"} | {"last"}      # that only takes back
    at_the_start = {"bias_spread", "last_scale", "rng"}
    assert set(inspect.signature(tg.MLP).parameters) == {*checkpoint.ARCHITECTURE, "dtype"} | at_the_start
    own = {name for name, each in vars(tg.data).items() if isinstance(each, type) and issubclass(each, tg.data.Distribution) and name[0] != "_"}
    assert own - {"Distribution", "Points"} == set(checkpoint.DISTRIBUTIONS)


# Data and noise

SOURCES = [tg.data.Normal(3), tg.data.Uniform(2, -0.1, 1 / 3), tg.data.Gaussian([1, 0.1], [[2, 0.3], [0.3, 1]]), tg.data.Gaussian(0.1, 2),
           tg.data.GaussianMixture([[0.1, 1], [2, 3]], 0.3, [0.1, 0.9]), tg.data.ring_of_gaussians(), tg.data.grid_of_gaussians(3), tg.data.Ring(),
           tg.data.Line((0, 0.1), (1, 1)), tg.data.TwoMoons(0.01), tg.data.SwissRoll(), tg.data.Spiral(0), tg.data.Glyphs(0.1),
           tg.data.Standardised(tg.data.Standardised(tg.data.Ring(), 0.1, 3), [1, 2], 0.3)]


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: type(source).__name__)
def test_each_distribution_comes_back_as_it_was(source):
    rng = np.random.default_rng(0)
    game = tg.Algorithm1(tg.MLP([source.dim, source.dim], rng=rng), tg.MLP([source.dim, 1], rng=rng), source, source, m=2, rng=rng)
    again = there_and_back(game)
    for one in (again.data, again.noise):
        assert type(one) is type(source) and one is not source and (one.sample(50, 3) == source.sample(50, 3)).all()


class Mine:
    """A user's own source of data: stretched normal ones."""

    dim = 2

    def __init__(self, stretch=2.0):
        self.stretch = stretch

    def sample(self, m, rng):
        return self.stretch * rng.standard_normal((m, 2))


class Walking(Mine):
    """One with a state of its own."""

    steps = 0

    def sample(self, m, rng):
        self.steps += 1
        return self.steps + super().sample(m, rng)


ARRAY = np.random.default_rng(0).normal(size=(50, 2))
STANDARDISED = tg.data.Standardised(ARRAY, 1, 2)
CHANGED = tg.data.TwoMoons()
CHANGED.sample = Mine().sample
OWN = {"an array": (ARRAY, ARRAY.copy(), [ARRAY[:-1], ARRAY + 1e-15, tg.data.Ring(), Mine()]),
       "a list": (ARRAY.tolist(), ARRAY, [ARRAY[::-1]]),
       "a float32 array": (ARRAY.astype(np.float32), ARRAY.astype(np.float32), [ARRAY]),
       "an object": (Mine(), Mine(), [Mine(2.5), ARRAY, tg.data.Normal(2)]),
       "what stands in a Standardised": (STANDARDISED, ARRAY, [ARRAY + 1, Mine()]),
       "the whole Standardised": (STANDARDISED, tg.data.Standardised(ARRAY, 1, 2), [tg.data.Standardised(ARRAY, 1, 3)]),
       "one of ours that somebody has changed": (CHANGED, CHANGED, [tg.data.TwoMoons()])}


@pytest.mark.parametrize("name", ["data", "noise"])
@pytest.mark.parametrize("mine, again, others", OWN.values(), ids=OWN)
def test_the_users_own_is_asked_for_and_looked_at(mine, again, others, name, tmp_path):
    path, game = tmp_path / "game.npz", small(**{name: mine})
    tg.save(path, game)
    with pytest.raises(CheckpointError, match=rf"{name} is your own \w+ of shape \(.*\), which is not in the file: load\(path, {name}=…\)"):
        tg.load(path)
    for other in others:
        with pytest.raises(CheckpointError, match=f"{name} must be your own .* of shape .* not"):
            tg.load(path, **{name: other})
    assert game.train(4)["V"][-1] == tg.load(path, **{name: again}).train(4)["V"][-1]


def test_an_object_with_a_state_of_its_own_is_known_by_its_shape_alone(tmp_path):
    for source in (Walking(), Locked()):
        steps = getattr(source, "steps", 0)
        game = small(data=source)
        taken = getattr(source, "steps", 0)
        tg.save(tmp_path / "game.npz", game)
        assert getattr(source, "steps", 0) == taken                    # to save it does not move it
        assert tg.load(tmp_path / "game.npz", data=source).data is source
        assert taken == steps + (4 if source.__class__ is Walking else 0)


class Locked(Mine):
    """One that can't be copied."""

    def __init__(self):
        super().__init__()
        self.lock = threading.Lock()


def test_what_is_in_the_file_is_not_given_again(tmp_path):
    tg.save(tmp_path / "game.npz", small())
    assert repr(tg.load(tmp_path / "game.npz", data=tg.data.Ring()).data) == "Ring()"     # the same: well
    with pytest.raises(CheckpointError, match="data is Ring, which the file holds, and can't be given anew"):
        tg.load(tmp_path / "game.npz", data=ARRAY)
    with pytest.raises(TypeError, match="noise must be a Distribution"):
        tg.load(tmp_path / "game.npz", noise="normal")


# What can't be saved is known at once

class Subclass(tg.Algorithm1):
    """May hold anything."""


def spoil(game, what):
    linear = game.G.linears[0]
    if what == "W":
        linear.W = linear.W.copy()
        linear.W += 1
    elif what == "layer":
        game.G.layers[1] = tg.layers.Sigmoid()
    elif what == "theta":
        game.D.theta[3] = np.nan
    elif what == "velocity":
        game.velocity_G[0] = np.inf
    elif what == "rng":
        class Other(np.random.PCG64):
            pass
        game.rng = np.random.Generator(Other(0))
    elif what == "iteration":
        game.iteration = -1
    elif what == "k":
        game.k = 0
    elif what in ("a frozen W", "a frozen dW"):
        name = what.split()[-1]
        setattr(linear, name, getattr(linear, name).copy())
    elif what == "forward":
        game.G.forward = game.G.forward
    elif what == "rate":
        game.rate = lambda lr: lr * 0.5**game.iteration
    elif what == "a layer's forward":
        game.G.layers[1].forward = lambda x: x
    elif what == "subclass":
        game.G.__class__ = type("Mine", (tg.MLP,), {})
    elif what == "float32 p":
        game.D.layers[2].p = np.float32(0.25)
    elif what == "generator":
        game.rng = type("Mine", (np.random.Generator,), {})(game.rng.bit_generator)
    elif what in ("short record", "long record", "float record"):
        game.records.append({"short record": (5,), "long record": (5, -1.0, 0.5, 0.5, 0.0, 9), "float record": (5.0, -1.0, 0.5, 0.5, 0.0)}[what])
    elif what == "velocity list":
        game.velocity_G = game.velocity_G.tolist()
    elif what == "dropout":
        game.D.dropout = 0.0
    elif what == "records":
        game.records.append((1, np.nan, 0.5, 0.5, 0.0))
    return game


@pytest.mark.parametrize("what, error, words", [
    ("W", ValueError, r"G.layers\[0\] has a W, b, dW or db that is no part of G.theta"), ("layer", TypeError, "must have the layers of an MLP"),
    ("theta", ValueError, "game.D.theta must be finite, but has 1 NaN"), ("velocity", ValueError, "game.velocity_G must be finite"),
    ("rng", TypeError, "rng must be one of NumPy's own"), ("iteration", ValueError, "game.iteration must be at least 0, not -1"),
    ("k", ValueError, "k must be at least 1, not 0"), ("records", ValueError, "the history's V must be numbers, not NaN"),
    ("a frozen W", ValueError, "no part of G.theta"), ("a frozen dW", ValueError, "no part of G.theta"), ("forward", TypeError, "game.G must be as tinygan makes it, but has forward"),
    ("rate", TypeError, "game must be as tinygan makes it, but has rate"), ("a layer's forward", TypeError, r"G.layers\[1\] must be as tinygan makes it, but has forward"),
    ("subclass", TypeError, "game.G must be an MLP"), ("float32 p", TypeError, r"D.layers\[2\].p must be 0.25.*, a plain float"), ("generator", TypeError, "rng must be a NumPy Generator"),
    ("short record", ValueError, "game.records must be what train has put there"), ("long record", ValueError, "game.records"), ("float record", ValueError, "game.records"),
    ("velocity list", TypeError, "velocity_G must be an array like G.theta"), ("dropout", TypeError, "must have the layers of an MLP")])
def test_a_game_that_would_not_come_back_is_not_saved(what, error, words, tmp_path):
    path = tmp_path / "game.npz"
    tg.save(path, small())
    before = path.read_bytes()
    with pytest.raises(error, match=words):
        tg.save(path, spoil(small(), what))
    assert path.read_bytes() == before and os.listdir(tmp_path) == ["game.npz"]


@pytest.mark.parametrize("arguments, error, words", [
    ((7, small()), TypeError, "path must be a str or a Path, not 7"), (("x.npz", None), TypeError, "game must be an Algorithm1, not None"),
    (("x.npz", object.__new__(Subclass)), TypeError, "game must be an Algorithm1"), (("x.npz", small(), {1, 2}), TypeError, "note must be what JSON can hold"),
    (("x.npz", small(), float("nan")), TypeError, "note must be what JSON can hold")])
def test_arguments_that_can_not_be_meant(arguments, error, words, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(error, match=words):
        tg.save(*arguments)
    assert not os.listdir(tmp_path)


def test_saving_leaves_the_game_as_it_is(tmp_path):
    game, twin = small(), small()
    tg.save(tmp_path / "game.npz", game, note={"any": [1, "thing", None]})
    assert bits(game) == bits(twin) and (game.D.grad == twin.D.grad).all()
    assert checkpoint.read(str(tmp_path / "game.npz"))[1] == {"any": [1, "thing", None]}


def test_numpy_alone_reads_the_parameters_and_the_history(tmp_path):
    game = small()
    tg.save(tmp_path / "game.npz", game)
    with np.load(tmp_path / "game.npz", allow_pickle=False) as file:
        assert (file["theta_G"] == game.G.theta).all() and (file["V"] == game.history["V"]).all()
        about = json.loads(str(file["about"]))
    assert (about["G"]["widths"], about["settings"]["m"], about["data"]) == ([2, 3, 2], 4, {"name": "Ring"})


# Old or new, never half

def test_a_save_that_fails_leaves_the_old_file(tmp_path, monkeypatch):
    path, game = tmp_path / "game.npz", small()
    tg.save(path, game)
    game.train(1)
    for function in ("fsync", "replace"):
        with monkeypatch.context() as patched:
            patched.setattr(os, function, lambda *arguments: (_ for _ in ()).throw(OSError(errno.ENOSPC, "No space left on device")))
            with pytest.raises(OSError, match="No space left") as caught:
                tg.save(path, game)
        assert caught.value.filename == str(path) and os.listdir(tmp_path) == ["game.npz"] and tg.load(path).iteration == 4


@pytest.mark.skipif(os.name == "nt", reason="POSIX limits")
def test_a_file_that_may_not_grow_leaves_the_old_one(tmp_path):
    """The system itself says no, in the middle of the file."""
    path, game = tmp_path / "game.npz", small()
    tg.save(path, game)
    code = ("import resource, sys, tinygan as tg; game = tg.load(sys.argv[1]); game.train(1); "
            "resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000)); tg.save(sys.argv[1], game)")
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True)
    assert done.returncode == 1 and "File too large" in done.stderr and os.listdir(tmp_path) == ["game.npz"] and tg.load(path).iteration == 4


def test_who_reads_while_another_writes_finds_a_whole_file(tmp_path):
    path, game, seen = tmp_path / "game.npz", small(), set()
    tg.save(path, game)

    def write():
        for _ in range(100):
            game.train(1)
            tg.save(path, game)

    writer = threading.Thread(target=write)
    writer.start()
    while writer.is_alive():
        seen.add(tg.load(path).iteration)
    writer.join()
    assert len(seen) > 5 and tg.load(path).iteration == 104


# Damaged files

@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    """A checkpoint's path, and its bytes."""
    path = tmp_path_factory.mktemp("sound") / "game.npz"
    tg.save(path, small())
    return path, path.read_bytes()


def refused(path, content, words=""):
    path.write_bytes(content)
    with pytest.raises(CheckpointError, match=words or "."):
        tg.load(path)


def test_cut_short_anywhere(sound, tmp_path):
    for length in range(len(sound[1])):
        refused(tmp_path / "game.npz", sound[1][:length], "can't load .*game.npz: it is (empty|not an .npz file|cut short|damaged)")


def test_any_byte_changed(sound, tmp_path):
    for place in range(0, len(sound[1]), 5):                            # (each one, in three ways, in test_archive)
        changed = bytearray(sound[1])
        changed[place] ^= 1 << place % 8
        refused(tmp_path / "game.npz", bytes(changed))


@settings(max_examples=200)
@given(edit=st.data())
def test_cut_filled_swapped_and_spliced(sound, edit):
    path, content = sound
    a, b = sorted(edit.draw(st.tuples(st.integers(0, len(content)), st.integers(0, len(content)))))
    changed = edit.draw(st.sampled_from([content[:a] + content[b:], content[:a] + bytes(b - a) + content[b:], content[b:] + content[:b],
                                         content[:b] + content[a:], content + content[a:b]])) + edit.draw(st.binary(max_size=3))
    if changed != content:
        refused(path.parent / "changed.npz", changed)


def test_damage_under_a_new_seal_is_refused_or_harmless(sound, tmp_path):
    body, path = sound[1][:-archive.SEAL], tmp_path / "game.npz"
    for place in range(0, len(body), 7):
        for content in (body[:place], body[:place] + bytes([body[place] ^ 1 << place % 8]) + body[place + 1:]):
            path.write_bytes(content + archive._seal(content))
            try:
                again = tg.load(path)
            except CheckpointError:
                pass
            else:
                assert bits(again) == bits(tg.load(sound[0]))


HOSTILE = [None, True, -1, 0, 0.5, 10**30, 1e308, "x", "", [], {}, [1], [[]], {"a": 1}, "PCG64", [10**9, 10**9], 10**9]


def leaves(tree, path=()):
    """The way to each entry of a JSON tree."""
    for key, value in tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ():
        yield (*path, key)
        yield from leaves(value, (*path, key))


def put(tree, path, value):
    tree = copy.deepcopy(tree)
    inner = tree
    for key in path[:-1]:
        inner = inner[key]
    if value is KeyError:
        del inner[path[-1]]
    else:
        inner[path[-1]] = value
    return tree


def test_some_entries_of_the_description_against_hostile_values(tmp_path, monkeypatch):
    for rng, share in zip(checkpoint.BIT_GENERATORS, (0.1, 0.03, 0.03, 0.03, 0.03)):
        against_hostile_values(rng, share, tmp_path / "game.npz", monkeypatch)


@pytest.mark.slow
@pytest.mark.parametrize("rng", checkpoint.BIT_GENERATORS)
def test_every_entry_of_the_description_against_every_hostile_value(rng, tmp_path, monkeypatch):
    against_hostile_values(rng, 1, tmp_path / "game.npz", monkeypatch)


def against_hostile_values(rng, share, path, monkeypatch):
    """Put hostile values in place of the entries, one at a time: a CheckpointError, or a game that can be played;
    and no more memory than the file explains. share : how many of all pairs of entry and value."""
    monkeypatch.setattr(tg.algorithm1, "keep_memory", lambda: None)     # a block that is never written to
    game = small(rng=np.random.Generator(getattr(np.random, rng)(0)), data=tg.data.Standardised(tg.data.ring_of_gaussians(2), [0, 1], 2))
    tg.save(path, game)
    about, arrays = archive.unpack(io.BytesIO(path.read_bytes()))
    ways = [way for way in leaves(about) if not any(isinstance(key, int) and key > 2 for key in way)]
    pairs = [(way, value) for way in ways for value in (*HOSTILE, KeyError)]
    refused = 0
    for way, value in random.Random(0).sample(pairs, int(share * len(pairs))):
        content = archive.pack(put(about, way, value), arrays)
        path.write_bytes(content)
        tracemalloc.start()
        try:
            again = tg.load(path)
        except CheckpointError as error:
            refused += 1
            assert str(error).startswith(f"can't load {path}: ")
        else:
            again.check()
            again.m, again.k = min(again.m, 9), min(again.k, 2)
            try:
                with np.errstate(all="ignore"):
                    again.train(1)
            except (tg.DivergenceError, ValueError):
                pass
        finally:
            peak = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
        assert peak < 50 * len(content), (way, value, peak)
    assert refused > 0.6 * share * len(pairs)


def with_arrays(sound, **changed):
    about, arrays = archive.unpack(io.BytesIO(sound[1]))
    return archive.pack(about, {name: array for name, array in {**arrays, **changed}.items() if array is not None})


P = small().G.theta.size


@pytest.mark.parametrize("changed, words", [
    ({"theta_G": None}, "it must hold the arrays theta_G, .* not \\['theta_D"), ({"more": np.zeros(3)}, "it must hold the arrays"),
    ({"theta_G": np.zeros(P + 1)}, rf"theta_G must have the {P} parameters of an MLP\(\[2, 3, 2\]\), not the shape \({P + 1},\)"),
    ({"theta_G": np.zeros((P, 1))}, "theta_G must have"), ({"theta_G": np.zeros(P, np.float32)}, "theta_G must be .* of float64, not .* of float32"),
    ({"theta_D": np.zeros(13, int)}, "theta_D must be"), ({"theta_G": np.full(P, np.nan)}, "theta_G must be finite"),
    ({"velocity_G": np.full(P, np.inf)}, "velocity_G must be finite"), ({"velocity_G": np.zeros(0)}, "velocity_G must be"),
    ({"V": np.zeros(3)}, "the history's V must be one number for each record"), ({"V": np.zeros((2, 1))}, "the history's V"),
    ({"V": np.full(2, np.nan)}, "not NaN"), ({"iteration": np.zeros(2)}, "the history's iteration"),
    ({"D_real": np.array(["a", "b"])}, "the history's D_real")], ids=range(14))
def test_other_arrays(changed, words, sound, tmp_path):
    refused(tmp_path / "game.npz", with_arrays(sound, **changed), words)


@pytest.mark.parametrize("changed, words", [
    ({"version": 2}, r"it is 'tinygan checkpoint', version 2, and this tinygan, 0.1.0, reads 'tinygan checkpoint', version 1"),
    ({"format": "other"}, "it is 'other', version 1"), ({"settings": {}}, "makes no sense .KeyError: 'k'")])
def test_another_version(changed, words, sound, tmp_path):
    about, arrays = archive.unpack(io.BytesIO(sound[1]))
    refused(tmp_path / "game.npz", archive.pack({**about, **changed}, arrays), words)


def test_a_description_without_end_is_refused(sound, tmp_path):
    about, arrays = archive.unpack(io.BytesIO(sound[1]))
    deep = {"name": "Ring"}
    for _ in range(200):
        deep = {"name": "Standardised", "source": deep, "mean": 0, "std": 1}
    path = tmp_path / "game.npz"
    path.write_bytes(archive.pack({**about, "data": deep}, arrays))
    assert tg.load(path).data.dim == 2                                  # odd, but sound
    for _ in range(200):
        deep = {"name": "Standardised", "source": deep, "mean": 0, "std": 1}
    path.write_bytes(archive.pack({**about, "data": deep, "note": {"recipe": "ring", "seed": 0, "iterations": 9, "given": []}}, arrays))
    with pytest.raises(CheckpointError):
        recipes.resume(path)
    text = json.dumps({**about, "data": None}).replace("null", "[" * 100_000 + "]" * 100_000)
    content = archive.pack(None, {"about": np.array(text), **arrays})
    refused(path, content, "makes no sense")


def test_networks_of_very_many_layers_are_refused_or_made_in_time(sound, tmp_path):
    about, arrays = archive.unpack(io.BytesIO(sound[1]))
    widths = [2, *[1] * 20_000, 2]
    size = 3 + 2 * 19_999 + 4
    content = archive.pack({**about, "G": {**about["G"], "widths": widths}}, {**arrays, "theta_G": np.zeros(size), "velocity_G": np.zeros(size)})
    (tmp_path / "game.npz").write_bytes(content)
    assert len(tg.load(tmp_path / "game.npz").G.layers) == 2 * 20_001 - 1


def test_what_everybody_draws_from_is_not_moved(tmp_path):
    class Old:
        dim = 2

        def sample(self, m, rng):
            return np.random.normal(size=(m, 2)) + random.random()

    game = small(data=Old())
    kept = repr(np.random.get_state()), random.getstate()
    tg.save(tmp_path / "game.npz", game)
    tg.load(tmp_path / "game.npz", data=game.data)
    assert (repr(np.random.get_state()), random.getstate()) == kept


@pytest.mark.parametrize("iteration", [2**63, 10**400])
def test_an_iteration_beyond_all_counting_is_refused(iteration, sound, tmp_path):
    about, arrays = archive.unpack(io.BytesIO(sound[1]))
    refused(tmp_path / "game.npz", archive.pack({**about, "iteration": iteration}, arrays), "iteration must be at most")


@pytest.mark.skipif(os.name == "nt", reason="POSIX pipes")
def test_a_pipe_or_a_device_is_not_replaced(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OSError, match="Not a regular file"):
        tg.save(tmp_path / "pipe", small())
    assert stat.S_ISFIFO(os.stat(tmp_path / "pipe").st_mode) and os.listdir(tmp_path) == ["pipe"]


def test_a_run_past_its_end_is_at_its_end(tmp_path):
    run = recipes.start("ring", 0, 20)
    run.train()
    run.game.train(5)
    run.save(tmp_path / "run.npz")
    again = recipes.resume(tmp_path / "run.npz")
    again.train()
    assert bits(again.game) == bits(run.game) and again.game.iteration == 25


def test_other_files(tmp_path):
    path = tmp_path / "game.npz"
    np.savez(path, theta_G=np.zeros(3))
    with pytest.raises(CheckpointError, match="or an .npz file that tinygan has not written"):
        tg.load(path)
    with open(path, "wb") as file:
        np.save(file, np.array([{"a": 1}]), allow_pickle=True)
    with pytest.raises(CheckpointError, match="it is not an .npz file"):
        tg.load(path)
    with pytest.raises(IsADirectoryError if os.name != "nt" else OSError):
        tg.load(tmp_path)
    with pytest.raises(FileNotFoundError):
        tg.load(tmp_path / "none.npz")


@pytest.mark.skipif(os.name == "nt", reason="POSIX pipes and devices")
def test_a_pipe_or_a_device_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", "/dev/zero"):
        with pytest.raises(CheckpointError, match="it is not a file, but a device or a pipe"):
            tg.load(path)


def test_a_game_of_no_recipe_is_not_a_run(sound, tmp_path):
    with pytest.raises(CheckpointError, match="can't resume .* it holds a game, but not one of a recipe"):
        recipes.resume(sound[0])
    game = small()
    for note in ({"recipe": "ring", "seed": 0, "iterations": 9, "given": []}, {"recipe": "rng", "seed": 0, "iterations": 9, "given": []}, [], "x",
                 {"recipe": "ring", "seed": -1, "iterations": 9, "given": ["hm"]}):
        tg.save(tmp_path / "game.npz", game, note)
        with pytest.raises(CheckpointError, match="it holds a game, but not one of a recipe of this tinygan: tinygan.load"):
            recipes.resume(tmp_path / "game.npz")
