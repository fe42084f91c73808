"""A game on disk: the same bits when it goes on, the old file or the new one, and no damage unnoticed."""

import copy
import errno
import inspect
import io
import json
import os
import pickle
import re
import stat
import subprocess
import sys
import threading

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

import tinygan as tg
from games import bits, there_and_back
from tinygan import checkpoint, recipes
from tinygan.beyond.conditional import Conditional, Pairs
from tinygan.checkpoint import CheckpointError


def small(**options):
    """A game of few parameters, with dropout in D."""
    rng = np.random.default_rng(0)
    G = tg.MLP([2, 3, 2], hidden="tanh", rng=rng)
    D = tg.MLP([2, 3, 1], hidden="leaky_relu", dropout=0.25, rng=rng)
    game = tg.Algorithm1(G, D, **{"data": tg.data.Ring(), "noise": tg.data.Normal(2), "m": 4, "rng": rng, **options})
    game.train(4, every=2)
    return game


# The same bits

@pytest.mark.parametrize("update", ["alternating", "simultaneous"])
@pytest.mark.parametrize("name", recipes.names())
def test_each_recipe_goes_on_to_the_same_bits_wherever_it_is_interrupted(name, update):
    @settings(max_examples=3)
    @given(parts=st.lists(st.integers(0, 3), min_size=2, max_size=3), every=st.integers(1, 3))
    def check(parts, every):
        straight = recipes.start(name, 3, iterations=30, settings={"update": update}).game
        broken = copy.deepcopy(straight)
        for part in parts:
            straight.train(part, every=every)
            broken = there_and_back(broken)
            broken.train(part, every=every)
        assert bits(broken) == bits(straight)
    check()


nets = st.fixed_dictionaries({
    "hidden": st.sampled_from(["relu", "leaky_relu", "tanh", "sigmoid", "maxout"]), "pieces": st.integers(1, 3),
    "dropout": st.sampled_from([0.0, 0.5]), "input_dropout": st.sampled_from([0.0, 0.2])})
options = st.fixed_dictionaries({
    "m": st.integers(1, 5), "lr_d": st.floats(1e-3, 0.2), "lr_g": st.floats(1e-3, 0.2),
    "momentum": st.sampled_from([0, 0.5, 0.9, (0.5, 0.7)]), "objective": st.sampled_from(tg.game.OBJECTIVES),
    "max_norm": st.none() | st.floats(0.5, 3) | st.tuples(st.floats(0.5, 3), st.floats(0.5, 3)),
    "r1": st.sampled_from([0.0, 0.1]), "schedule": st.sampled_from(["constant", "linear", 0.5]),
    "iterations": st.integers(5, 40)})
orders = st.sampled_from([("simultaneous", 1), ("alternating", 1), ("alternating", 3)])


@pytest.mark.filterwarnings("ignore:the schedule ends", "ignore:G can't reach")
@settings(max_examples=100)
@given(G=nets, D=nets, widths=st.lists(st.integers(1, 4), max_size=2),
       output=st.sampled_from(["identity", "sigmoid", "tanh"]), options=options, order=orders,
       dtype=st.sampled_from([np.float32, np.float64]), seed=st.integers(0, 2**70),
       before=st.integers(0, 7), after=st.integers(0, 7))
def test_any_game_goes_on_to_the_same_bits(G, D, widths, output, options, order, dtype, seed, before, after):
    rng = np.random.default_rng(seed)
    G = tg.MLP([2, *widths, 2], output=output, dtype=dtype, rng=rng, **G)
    D = tg.MLP([2, *widths, 1], dtype=dtype, rng=rng, **D)
    straight = tg.Algorithm1(G, D, tg.data.Ring(), tg.data.Uniform(2), update=order[0], k=order[1], rng=rng, **options)
    straight.train(before, every=2)
    broken = there_and_back(straight)
    assert bits(broken) == bits(straight)
    straight.train(after, every=2)
    broken.train(after, every=2)
    assert bits(broken) == bits(straight)


def test_what_a_lesson_has_changed_in_a_layer_comes_back():
    game = small()
    game.D.layers[1].slope = 0.0
    again = there_and_back(game)
    assert again.D.layers[1].slope == 0 and (game.train(3)["V"] == again.train(3)["V"]).all()


def test_nothing_that_a_game_or_a_network_has_is_forgotten():
    """A parameter that is added to one of these must be added to the checkpoint, too."""
    kept = {"G", "D", "data", "noise", "rng", *checkpoint.SETTINGS}
    assert set(inspect.signature(tg.Algorithm1).parameters) == kept
    assert set(vars(small())) == kept | {"iteration", "records", "velocity_G", "velocity_D", "checked"}
    at_the_start = {"bias_spread", "last_scale", "rng"}
    assert set(inspect.signature(tg.MLP).parameters) == {*checkpoint.ARCHITECTURE, "dtype"} | at_the_start


# Data and noise

SOURCES = [tg.data.Normal(3), tg.data.Uniform(2, -0.1, 1 / 3), tg.data.Gaussian([1, 0.1], [[2, 0.3], [0.3, 1]]),
           tg.data.Gaussian(0.1, 2), tg.data.GaussianMixture([[0.1, 1], [2, 3]], 0.3, [0.1, 0.9]),
           tg.data.ring_of_gaussians(), tg.data.grid_of_gaussians(3), tg.data.Ring(), tg.data.Line((0, 0.1), (1, 1)),
           tg.data.TwoMoons(0.01), tg.data.SwissRoll(), tg.data.Spiral(0),
           tg.data.Glyphs(8, n=40, held_out=10, noise=0.1, seed=3),
           tg.data.Standardised(tg.data.Standardised(tg.data.Ring(), 0.1, 3), [1, 2], 0.3)]


@pytest.mark.filterwarnings("ignore:data lie far from unit scale")
@pytest.mark.parametrize("source", SOURCES, ids=lambda source: type(source).__name__)
def test_each_distribution_comes_back_as_it_was(source):
    G, D = tg.MLP([source.dim, source.dim], rng=0), tg.MLP([source.dim, 1], rng=1)
    again = there_and_back(tg.Algorithm1(G, D, source, source, m=2, rng=2))
    for one in (again.data, again.noise):
        assert type(one) is type(source) and one is not source
        assert (one.sample(50, 3) == source.sample(50, 3)).all()


ARRAY = np.random.default_rng(0).normal(size=(50, 2))


@pytest.mark.parametrize("mine", [ARRAY, ARRAY.tolist(), tg.data.Standardised(ARRAY, 1, 2)],
                         ids=lambda mine: type(mine).__name__)
@pytest.mark.parametrize("name", ["data", "noise"])
def test_the_users_array_is_in_the_file(name, mine, tmp_path):
    game = small(**{name: mine})
    tg.save(tmp_path / "game.npz", game)
    assert (game.train(4)["V"] == tg.load(tmp_path / "game.npz").train(4)["V"]).all()


@pytest.mark.parametrize("labels", [None, np.arange(30) % 3])
def test_pictures_and_their_labels_are_in_the_file(labels, tmp_path):
    pictures = np.random.default_rng(0).integers(256, size=(30, 2, 3), dtype=np.uint8)
    data = tg.data.Images(pictures, labels, held_out=7)
    game = tg.Algorithm1(tg.MLP([2, 3, 6], rng=0), tg.MLP([6, 3, 1], rng=1), data, tg.data.Normal(2), m=4, rng=2)
    game.train(3)
    tg.save(tmp_path / "game.npz", game)
    again = tg.load(tmp_path / "game.npz")
    assert type(again.data) is tg.data.Images and np.array_equal(again.data.images, pictures)
    assert np.array_equal(again.data.labels, labels) and (again.data.held_out, again.data.shape) == (7, (2, 3))
    assert bits(again) == bits(game) and (game.train(4)["V"] == again.train(4)["V"]).all()


def test_of_glyphs_only_the_arguments_are_in_the_file(tmp_path):
    game = recipes.start("glyphs").game
    tg.save(tmp_path / "game.npz", game)
    with np.load(tmp_path / "game.npz", allow_pickle=False) as file:
        assert "data" not in file.files
    again = tg.load(tmp_path / "game.npz").data
    assert type(again) is tg.data.Glyphs and again.images is game.data.images


class Mine:
    """A user's own source of data."""

    dim = 2

    def sample(self, m, rng):
        return 2 * rng.standard_normal((m, 2))


class Around(Mine):
    """A user's own object that has a `source` of its own."""

    source = Mine()


class OfOurs(tg.data.Ring):
    """A user's own kind of a distribution of ours."""


@pytest.mark.parametrize("mine", [Mine(), Around(), OfOurs(), tg.data.Standardised(Mine(), 1, 2)],
                         ids=lambda mine: type(mine).__name__)
@pytest.mark.parametrize("name", ["data", "noise"])
def test_the_users_object_is_asked_for_by_name(name, mine, tmp_path):
    path, game = tmp_path / "game.npz", small(**{name: mine})
    tg.save(path, game)
    own = mine.source.source if isinstance(mine, tg.data.Standardised) else mine
    wanted = rf"{name} is your own {type(own).__name__}, which is not in the file: load\(path, {name}=…\) asks for it"
    with pytest.raises(CheckpointError, match=wanted + ", and nothing was given"):
        tg.load(path)
    with pytest.raises(CheckpointError, match=wanted + r", Ring\(\) was given"):
        tg.load(path, **{name: tg.data.Ring()})
    with pytest.raises(CheckpointError, match=wanted + ", Standardised"):
        tg.load(path, **{name: tg.data.Standardised(mine, 0, 50)})
    again = tg.load(path, **{name: own})
    assert (game.train(4)["V"] == again.train(4)["V"]).all()


# What can't be described is known when it is saved

class Subclass(tg.Algorithm1):
    """May hold anything."""


def with_another_layer(game):
    game.G.layers = [game.G.layers[0], tg.layers.Sigmoid(), game.G.layers[2]]


def with_another_kind_of_network(game):
    game.G.__class__ = type("Mine", (tg.MLP,), {})


def with_another_generator(game):
    game.rng = np.random.Generator(np.random.MT19937(0))


def with_other_masks(game):
    game.D.layers[2].p = 0.75


def with_masks_from_two_generators(game):
    game.D = tg.MLP([2, 3, 3, 1], dropout=0.25, rng=0)
    game.velocity_D = np.zeros_like(game.D.theta)
    game.D.layers[2].rng = np.random.default_rng(5)


def with_a_bad_setting(game):
    game.k = 0


@pytest.mark.parametrize("spoil, error, words", [
    (with_another_layer, TypeError, "G must be an MLP with the layers that it was made with"),
    (with_another_kind_of_network, TypeError, "G must be an MLP"),
    (with_another_generator, TypeError, "rng must be as np.random.default_rng makes it"),
    (with_other_masks, TypeError, "D's dropout must be as it was made"),
    (with_masks_from_two_generators, TypeError, "D's dropout must be as it was made"),
    (with_a_bad_setting, ValueError, "k must be at least 1, not 0")])
def test_a_game_that_would_not_come_back_is_not_saved(spoil, error, words, tmp_path):
    path, game = tmp_path / "game.npz", small()
    tg.save(path, game)
    before = path.read_bytes()
    spoil(game)
    with pytest.raises(error, match=words):
        tg.save(path, game)
    assert path.read_bytes() == before and os.listdir(tmp_path) == ["game.npz"]


class MyNetwork(tg.MLP):
    """A user's own kind of network."""


class Swish(tg.layers.Layer):
    """A user's own layer."""

    def forward(self, x):
        return x * tg.sigmoid(x)

    def backward(self, dy):
        return dy


def with_other_layers(seed):
    net = tg.MLP([4, 3, 4], rng=seed)
    net.layers = [net.layers[0], Swish(), net.layers[2]]
    return net


def with_other_dropout(seed):
    net = tg.MLP([4, 3, 4], dropout=0.5, rng=seed)
    net.layers[2].p = 0.25
    return net


PAIRS = Pairs(np.random.default_rng(0).normal(size=(30, 2)), np.eye(2)[np.arange(30) % 2])


def with_pairs(G, kind=tg.Algorithm1):
    return kind(G, tg.MLP([4, 3, 1], rng=1), PAIRS, PAIRS.noise(tg.data.Normal(2)), m=4, rng=2)


@pytest.mark.parametrize("make, kind, words", [
    (lambda seed: MyNetwork([4, 3, 4], rng=seed), tg.Algorithm1, "G must be an MLP, not a MyNetwork"),
    (lambda seed: Conditional(tg.MLP([4, 3, 2], rng=seed), 2), tg.Algorithm1, "G must be an MLP, not a Conditional"),
    (with_other_layers, tg.Algorithm1, "G must be an MLP with the layers .* not with Linear, Swish, Linear"),
    (with_other_dropout, tg.Algorithm1, "G's dropout must be as it was made, with one p and one rng"),
    (lambda seed: tg.MLP([4, 3, 4], rng=seed), Subclass, "game must be an Algorithm1, not Subclass")],
    ids=["a subclass", "Conditional", "other layers", "other dropout", "a subclass of Algorithm1"])
def test_what_the_sentence_says_instead_of_saving_works(make, kind, words, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    game = with_pairs(make(0), kind)
    game.train(2)
    with pytest.raises(TypeError, match=words + ": a checkpoint can't describe it, so keep its parameters") as said:
        tg.save("game.npz", game)
    keep, put_back = re.findall(r"np\.save\(.*?\)|\S+theta\[\.\.\.\] = np\.load\(.*?\)", str(said.value))
    z, wanted = np.ones((3, 4)), game.G(np.ones((3, 4)))
    exec(keep, {"np": np, "game": game, "G": game.G})
    game = with_pairs(make(7), kind)
    assert (game.G(z) != wanted).any()
    exec(put_back, {"np": np, "game": game, "G": game.G})
    assert (game.G(z) == wanted).all() and os.listdir(tmp_path) == ["G.npy"]


def test_pairs_and_their_noise_are_asked_for(tmp_path):
    game = with_pairs(tg.MLP([4, 3, 4], rng=0))
    tg.save(tmp_path / "game.npz", game)
    with pytest.raises(CheckpointError, match=r"data is your own Pairs, .* load\(path, data=…\) asks for it"):
        tg.load(tmp_path / "game.npz", noise=game.noise)
    again = tg.load(tmp_path / "game.npz", data=PAIRS, noise=PAIRS.noise(tg.data.Normal(2)))
    assert (game.train(4)["V"] == again.train(4)["V"]).all()


@pytest.mark.parametrize("arguments, error", [
    ((7, small()), TypeError), (("x.npz", None), TypeError), (("x.npz", object.__new__(Subclass)), TypeError),
    (("x.npz", small(), {1, 2}), TypeError), (("x.npz", small(), float("nan")), ValueError)])
def test_other_arguments_write_nothing(arguments, error, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(error):
        tg.save(*arguments)
    assert not os.listdir(tmp_path)


def test_what_can_not_be_read_back_is_not_written(tmp_path, monkeypatch):
    def unreadable(content, given):
        raise CheckpointError("it can't be read back")

    monkeypatch.setattr(checkpoint, "_decode", unreadable)
    with pytest.raises(CheckpointError, match="read back"):
        tg.save(tmp_path / "game.npz", small())
    assert not os.listdir(tmp_path)


def test_saving_leaves_the_game_as_it_is(tmp_path):
    game, twin = small(), small()
    tg.save(tmp_path / "game.npz", game, note={"any": [1, "thing", None]})
    assert bits(game) == bits(twin) and (game.D.grad == twin.D.grad).all()
    assert checkpoint.read(str(tmp_path / "game.npz"))[1] == {"any": [1, "thing", None]}


def test_what_an_older_tinygan_did_not_record_is_nan_and_the_rest_goes_on(tmp_path):
    game, path = small(), tmp_path / "game.npz"
    tg.save(path, game)
    with np.load(path) as file:
        older = {name: file[name] for name in file.files if name != "G_spread"}
    stream = io.BytesIO()
    np.savez(stream, **older)
    path.write_bytes(stream.getvalue() + checkpoint._seal(stream.getvalue()))
    again = tg.load(path)
    assert np.isnan(again.history["G_spread"]).all() and (again.history["V"] == game.history["V"]).all()
    before, history = len(game.records), game.train(2, every=1)
    assert (again.train(2, every=1)["G_spread"][before:] == history["G_spread"][before:]).all()


def test_numpy_alone_reads_the_parameters_and_the_history(tmp_path):
    game = small()
    tg.save(tmp_path / "game.npz", game)
    with np.load(tmp_path / "game.npz", allow_pickle=False) as file:
        assert (file["theta_G"] == game.G.theta).all() and (file["V"] == game.history["V"]).all()
        about = json.loads(file["about"].item())
    assert (about["G"]["widths"], about["settings"]["m"], about["data"]) == ([2, 3, 2], 4, {"kind": "Ring"})


# Old or new, never half

def test_a_save_that_fails_leaves_the_old_file(tmp_path, monkeypatch):
    path, game = tmp_path / "game.npz", small()
    tg.save(path, game)
    game.train(1)

    def full(*arguments):
        raise OSError(errno.ENOSPC, "No space left on device")

    for function in ("fsync", "replace"):
        with monkeypatch.context() as patched:
            patched.setattr(os, function, full)
            with pytest.raises(OSError, match="No space left") as caught:
                tg.save(path, game)
        assert caught.value.filename == str(path) and os.listdir(tmp_path) == ["game.npz"]
        assert tg.load(path).iteration == 4


@pytest.mark.skipif(os.name == "nt", reason="POSIX limits")
def test_a_file_that_may_not_grow_leaves_the_old_one(tmp_path):
    """The system itself says no, in the middle of the file."""
    path, game = tmp_path / "game.npz", small()
    tg.save(path, game)
    code = ("import resource, sys, tinygan as tg; game = tg.load(sys.argv[1]); game.train(1); "
            "resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000)); tg.save(sys.argv[1], game)")
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True)
    assert done.returncode == 1 and "File too large" in done.stderr
    assert os.listdir(tmp_path) == ["game.npz"] and tg.load(path).iteration == 4


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


@pytest.mark.skipif(os.name == "nt", reason="POSIX pipes")
def test_a_pipe_is_not_replaced_by_a_file(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OSError, match="Not a regular file"):
        tg.save(tmp_path / "pipe", small())
    assert stat.S_ISFIFO(os.stat(tmp_path / "pipe").st_mode) and os.listdir(tmp_path) == ["pipe"]


# Damaged files

@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    """A checkpoint's path, and its bytes."""
    path = tmp_path_factory.mktemp("sound") / "game.npz"
    tg.save(path, small())
    return path, path.read_bytes()


def test_pictures_that_do_not_fit_together_are_refused(tmp_path):
    """Sealed, but not by us."""
    data = tg.data.Images(np.zeros((30, 2, 3), np.uint8), np.zeros(30, int))
    for spoil in (lambda: setattr(data, "labels", data.labels[:-1]), lambda: setattr(data, "held_out", 30),
                  lambda: setattr(data, "images", data.images / 255)):
        data = tg.data.Images(np.zeros((30, 2, 3), np.uint8), np.zeros(30, int))
        game = tg.Algorithm1(tg.MLP([2, 6], rng=0), tg.MLP([6, 1], rng=1), data, tg.data.Normal(2), rng=2)
        spoil()
        (tmp_path / "game.npz").write_bytes(checkpoint._encode(game, None))
        with pytest.raises(CheckpointError, match="can't make a game of it .*(labels|held_out|images) must be"):
            tg.load(tmp_path / "game.npz")


def test_a_file_from_before_inputs_could_be_dropped_still_loads(tmp_path):
    """As the tinygan of then wrote it: without `input_dropout`."""
    game = small()
    with np.load(io.BytesIO(checkpoint._encode(game, None)[:-checkpoint.SEAL])) as file:
        arrays = dict(file)
    about = json.loads(arrays.pop("about").item())
    assert about["G"].pop("input_dropout") == about["D"].pop("input_dropout") == 0
    stream = io.BytesIO()
    np.savez(stream, about=json.dumps(about), **arrays)
    (tmp_path / "old.npz").write_bytes(stream.getvalue() + checkpoint._seal(stream.getvalue()))
    assert bits(tg.load(tmp_path / "old.npz")) == bits(game)


def refused(content, words="."):
    with pytest.raises(CheckpointError, match=words):
        checkpoint._decode(content, {})


def test_cut_short_anywhere(sound):
    for length in range(len(sound[1])):
        refused(sound[1][:length], "it is (empty|not an .npz file|cut short, damaged)")


def test_any_byte_changed(sound):
    for place in range(len(sound[1])):
        changed = bytearray(sound[1])
        changed[place] ^= 1 << place % 8
        refused(bytes(changed))


@settings(max_examples=200)
@given(edit=st.data())
def test_cut_filled_swapped_and_spliced(sound, edit):
    content = sound[1]
    a, b = sorted(edit.draw(st.tuples(*[st.integers(0, len(content))] * 2)))
    changed = edit.draw(st.sampled_from([
        content[:a] + content[b:], content[:a] + bytes(b - a) + content[b:], content[b:] + content[:b],
        content[:b] + content[a:], content + content[a:b]])) + edit.draw(st.binary(max_size=3))
    if changed != content:
        refused(changed)


def sealed(body):
    return body + checkpoint._seal(body)


def test_pickled_objects_are_not_loaded_even_under_a_seal_that_fits(tmp_path):
    class Malice:
        def __reduce__(self):
            return os.mkdir, (str(tmp_path / "owned"),)

    path = tmp_path / "game.npz"
    np.savez(path, about=np.array([Malice()], object))
    for content in (path.read_bytes(), b"PK" + pickle.dumps(Malice())):
        path.write_bytes(sealed(content))
        with pytest.raises(CheckpointError, match="can't make a game of it"):
            tg.load(path)
    assert os.listdir(tmp_path) == ["game.npz"]


def test_another_version_is_named(monkeypatch, tmp_path):
    path = tmp_path / "game.npz"
    with monkeypatch.context() as later:
        later.setattr(checkpoint, "VERSION", 3)
        tg.save(path, small())
    words = r"can't load .*game.npz: it is of version 3, and tinygan 0.1.0 reads version 2"
    with pytest.raises(CheckpointError, match=words):
        tg.load(path)


def test_other_files(tmp_path):
    path = tmp_path / "game.npz"
    np.savez(path, theta_G=np.zeros(3))
    with pytest.raises(CheckpointError, match="or an .npz file that tinygan has not written"):
        tg.load(path)
    path.write_bytes(sealed(path.read_bytes()))
    with pytest.raises(CheckpointError, match="can't make a game of it .*KeyError: 'about'"):
        tg.load(path)
    path.write_text("theta")
    with pytest.raises(CheckpointError, match="it is not an .npz file"):
        tg.load(path)
    with pytest.raises(IsADirectoryError if os.name != "nt" else OSError):
        tg.load(tmp_path)
    with pytest.raises(FileNotFoundError):
        tg.load(tmp_path / "none.npz")
