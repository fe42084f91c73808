"""Every public function against arguments that can't be meant: it works, or it says in one sentence which argument
was wrong, what was given and what is wanted; and then nothing has changed.

The parts of the lesson that stand behind a door do not ask again, and are not here: the layers' `forward` and
`backward`, the steps of sgd.py, and what `Algorithm1` does with its own minibatches.
"""

import copy
import importlib
import inspect
import itertools
import math
import os
import pkgutil
import re
import tracemalloc

import numpy as np
import pytest

import tinygan as tg
import tinygan._check
from tinygan.beyond import conditional, inference, semi_supervised
from tinygan.recipes import points

RNG = np.random.default_rng(0)
X = RNG.normal(size=(12, 2))
P, Q = np.array([0.5, 0.3, 0.2]), np.array([0.2, 0.5, 0.3])
JOINT = np.array([[0.1, 0.2], [0.3, 0.4]])
PICTURES = np.arange(72, dtype=np.uint8).reshape(12, 2, 3)
MIXTURE = tg.data.ring_of_gaussians(3)
DENSE = tg.data.Normal(1)


def net(*widths, **options):
    return tg.MLP(list(widths) or [2, 3, 1], rng=0, **options)


def game(**options):
    usual = {"data": tg.data.Ring(), "noise": tg.data.Normal(2), "m": 4, "rng": 0}
    return tg.Algorithm1(net(2, 3, 2), net(2, 3, 1), **{**usual, **options})


def played():
    return tg.recipes.start("gaussian", 0, 3)


def trained():
    one = net(2, 3, 1)
    one.forward(X)
    return one


def pair():
    return tg.failures.start("momentum", 0, 2)


def path(folder="."):
    tg.save(os.path.join(folder, "game.npz"), game())
    return os.path.join(folder, "game.npz")


def save(path, game, note):
    """`tg.save` into the folder `path`; what can't be a folder is left as it is."""
    may_be_a_folder = isinstance(path, str) and "\0" not in path and path
    return tg.save(os.path.join(path, "a.npz") if may_be_a_folder else path, game, note)


def train_of_a_pair():
    """`train` of a new pair, with the word "broken" for its run of that name."""
    one = pair()
    return lambda run, callback: one.train(one.broken if isinstance(run, str) and run == "broken" else run, callback)


def quick_climb():
    """`train_generator` with a D that is hardly trained."""
    def climb(**options):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(tg.theory.helvetica, "ALONE", 1)
            return tg.theory.helvetica.train_generator(**options)
    return climb


# {what is called: (how, its arguments as they should be)}. `how` makes the object anew, where there is one.
CALLS = {
    "MLP": (lambda: tg.MLP, dict(widths=[2, 3, 1], hidden="relu", output="identity", dropout=0.1, pieces=2,
                                 bias_spread=1.0, last_scale=1.0, dtype=np.float64, rng=0)),
    "MLP.forward": (lambda: net().forward, dict(x=X)), "MLP.__call__": (net, dict(x=X)),
    "MLP.backward": (lambda: trained().backward, dict(dy=np.ones((12, 1)))),
    "MLP.theta": (lambda: lambda theta: setattr(net(), "theta", theta), dict(theta=np.ones(13))),
    "MLP.grad": (lambda: lambda grad: setattr(net(), "grad", grad), dict(grad=np.ones(13))),
    "value": (lambda: tg.value, dict(a_real=X[:, :1], a_fake=X[:, :1])),
    "value_gradient": (lambda: tg.value_gradient, dict(a_real=X[:, :1], a_fake=X[:, :1])),
    "generator_loss": (lambda: tg.generator_loss, dict(a_fake=X, objective="minimax")),
    "generator_gradient": (lambda: tg.generator_gradient, dict(a_fake=X, objective="minimax")),
    "Algorithm1": (lambda: tg.Algorithm1,
                   dict(G=net(2, 3, 2), D=net(2, 3, 1), data=X, noise=tg.data.Normal(2), k=1, m=4, lr_d=0.1, lr_g=0.1,
                        momentum=0.5, objective="minimax", update="alternating", max_norm=1.0, schedule="linear",
                        iterations=5, r1=0.1, rng=0)),
    "Algorithm1.train": (lambda: game().train, dict(iterations=2, every=1, callback=None)),
    "Algorithm1, between": (lambda: lambda **changed: change(game(schedule="linear", iterations=9), changed),
                            dict(G=net(2, 3, 2), D=net(2, 3, 1), data=X, noise=X, k=1, m=4, lr_d=0.1, lr_g=0.1,
                                 momentum=0.5, objective="minimax", update="alternating", max_norm=1.0,
                                 schedule="linear", iterations=5, r1=0.1, rng=0)),
    "save": (lambda: save, dict(path=".", game=game(), note=None)),
    "load": (lambda: tg.load, dict(path=path, data=None, noise=None)),
    **{name: (lambda name=name: getattr(tg.data, name), good) for name, good in {
        "Normal": dict(dim=2), "Uniform": dict(dim=2, low=-1.0, high=1.0),
        "Gaussian": dict(mean=[0.0, 1.0], cov=[[1.0, 0.1], [0.1, 1.0]]),
        "GaussianMixture": dict(means=X[:3], std=0.1, weights=P), "ring_of_gaussians": dict(n=3, radius=1.0, std=0.1),
        "grid_of_gaussians": dict(n=2, spacing=1.0, std=0.1), "Line": dict(start=[0.0, 1.0], end=[1.0, 2.0], std=0.1),
        "TwoMoons": dict(std=0.1), "SwissRoll": dict(std=0.1), "Spiral": dict(std=0.1),
        "Glyphs": dict(size=8, n=9, held_out=2, noise=0.1, seed=0),
        "Images": dict(images=PICTURES, labels=np.arange(12), held_out=2),
        "load_idx": dict(path=lambda folder: idx(folder)), "read_images": dict(path=lambda folder: pictures(folder)),
        "Points": dict(array=X, name="array"), "Standardised": dict(source=X, mean=0.0, std=[1.0, 2.0]),
        "as_distribution": dict(source=X, name="source")}.items()},
    **{f"{type(one).__name__}.sample": (lambda one=one: one.sample, dict(m=3, rng=0)) for one in (
        tg.data.Normal(2), tg.data.Uniform(2), tg.data.Gaussian(0, 1), MIXTURE, tg.data.Ring(), tg.data.Line(),
        tg.data.TwoMoons(), tg.data.SwissRoll(), tg.data.Spiral(), tg.data.Glyphs(8, 9, 2), tg.data.Points(X),
        tg.data.Standardised(X, 0, 1))},
    **{f"{type(one).__name__}.density": (lambda one=one: one.density, dict(x=X[:, :one.dim])) for one in (
        tg.data.Normal(2), tg.data.Uniform(2), tg.data.Gaussian(0, 1), MIXTURE, tg.data.Ring(), tg.data.Line())},
    "Ranked.sample": (lambda: tg.data.Ranked(X, 0, 1, [True, False]).sample, dict(m=3, rng=0)),
    "Ranked.standardise": (lambda: tg.data.Ranked(X, 0, 1, [True, False]).standardise, dict(x=X)),
    "Ranked.restore": (lambda: tg.data.Ranked(X, 0, 1, [True, False]).restore, dict(y=X)),
    "Ranked": (lambda: tg.data.Ranked, dict(source=X, mean=0.0, std=1.0, ranked=[True, False])),
    "Standardised.density": (lambda: tg.data.Standardised(tg.data.Ring(), 0, 1).density, dict(y=X)),
    "Normal.log_density": (lambda: tg.data.Normal(2).log_density, dict(x=X)),
    "Images.training": (lambda: tg.data.Images(PICTURES).training, dict(n=3)),
    "Images.test": (lambda: tg.data.Images(PICTURES).test, dict(n=3)),
    "Standardised.standardise": (lambda: tg.data.Standardised(X, 0, 1).standardise, dict(x=X)),
    "Standardised.restore": (lambda: tg.data.Standardised(X, 0, 1).restore, dict(y=X)),
    **{name: (lambda name=name: getattr(tg.theory, name), good) for name, good in {
        "marginal": dict(joint=JOINT, axis=0), "conditional": dict(joint=JOINT, axis=0, index=1),
        "conditional_expectation": dict(joint=JOINT, axis=0, index=1, values=[1.0, 2.0]),
        "bayes": dict(prior=P, likelihood=Q), "entropy": dict(p=P, dx=1.0, base=2.0),
        "cross_entropy": dict(p=P, q=Q, dx=1.0, base=2.0), "kl": dict(p=P, q=Q, dx=1.0, base=2.0),
        "js": dict(p=P, q=Q, dx=1.0, base=2.0), "optimal_discriminator": dict(p_data=P, p_g=Q),
        "value": dict(D=P, p_data=P, p_g=Q, dx=1.0), "criterion": dict(p_data=P, p_g=Q, dx=1.0),
        "criterion_gradient": dict(p_data=P, p_g=Q),
        "alternate": dict(p_data=P, p_g=Q, rate=0.1, steps=3, objective="minimax"), "project_to_simplex": dict(v=P),
        "linear_value": dict(D=P, p_data=P, p_g=Q, dx=1.0), "linear_discriminator": dict(p_data=P, p_g=Q),
        "total_variation": dict(p=P, q=Q, dx=1.0), "linear_alternate": dict(p_data=P, p_g=Q, rate=0.1, steps=3),
        "broken_triangles": dict(measure=lambda p, q: 0.0, triples=3, rng=0),
        "gains": dict(D=P, p_data=P, p_g=Q, dx=1.0), "minimax": dict(V=X), "maximin": dict(V=X),
        "generator_objective": dict(D=P, objective="minimax"),
        "generator_slope": dict(D=P, objective="minimax", by="D"), "binary_cross_entropy": dict(D=P, label=1.0),
        "slope_at_best": dict(p_data=P, p_g=Q, objective="likelihood"),
        "descended": dict(p_data=P, p_g=Q, objective="likelihood", dx=1.0),
        "kl_from_logits": dict(a_real=X, a_fake=X), "nearest_gaussian": dict(distance=1.0, objective="minimax"),
        "pushforward": dict(G=net(1, 3, 1, hidden="tanh"), prior=DENSE, x=[0.1, 0.2]),
        "atoms": dict(G=net(1, 3, 1, hidden="tanh"), prior=DENSE)}.items()},
    **{name: (lambda name=name: getattr(tg.metrics, name), good) for name, good in {
        "modes": dict(samples=X, mixture=MIXTURE, least=1),
        "precision_recall": dict(samples=X, real=X + 0.1, level=0.9),
        "parzen": dict(samples=X, held_out=X, test=X, sigmas=[0.1, 1.0]),
        "radius": dict(samples=X), "angle": dict(samples=X),
        "histogram_jsd": dict(values=X[:, 0], density=lambda x: np.exp(-x**2 / 2) / 3, low=-3.0, high=3.0, bins=5),
        "grid_jsd": dict(samples=X, real=X, low=-3.0, high=3.0, bins=5),
        "ks_distance": dict(samples=X, real=X + 0.1), "nearest": dict(x=X, others=X + 0.1),
        "discriminator_error": dict(D=P, p_data=P, p_g=Q, dx=1.0),
        "floor": dict(measure=lambda x, y: x.mean() - y.mean(), data=X, n=5, repeats=2, rng=0)}.items()},
    **{name: (lambda name=name: getattr(tg.gradcheck, name), good) for name, good in {
        "central_difference": dict(f=lambda x: np.sum(x**2), x=P, h=1e-5),
        "complex_step": dict(f=lambda x: np.sum(x**2), x=P, h=1e-20),
        "taylor_slope": dict(f=lambda x: np.sum(x**3), x=P, gradient=3 * P**2, rng=0),
        "check": dict(layer=net(), x=X, method="central", tolerance=1e-7, rng=0),
        "check_gradient": dict(f=lambda x: np.sum(x**2), x=P, gradient=2 * P, method="central", tolerance=1e-7,
                               name="x", m=3, scale=0.0, terms=0.0),
        "margin": dict(net=net(), x=X), "at": dict(net=net(), theta=np.ones(13))}.items()},
    "Linear": (lambda: tg.layers.Linear, dict(fan_in=2, fan_out=3)),
    "LeakyReLU": (lambda: tg.layers.LeakyReLU, dict(slope=0.1)),
    "Maxout": (lambda: tg.layers.Maxout, dict(pieces=2)), "Dropout": (lambda: tg.layers.Dropout, dict(p=0.1, rng=0)),
    "penalty": (lambda: tg.r1.penalty, dict(D=net(), x=X, gamma=1.0)),
    "penalty_gradient": (lambda: tg.r1.penalty_gradient, dict(D=net(), x=X, gamma=1.0)),
    "recipes.start": (lambda: tg.recipes.start,
                      dict(name="points", seed=0, iterations=3, settings={"lr_d": 0.1}, data=X)),
    "recipes.about": (lambda: tg.recipes.about, dict(name="ring")),
    "recipes.run": (lambda: tg.recipes.run, dict(name="ring8", seed=0, iterations=1, callback=None, settings={})),
    "recipes.resume": (lambda: tg.recipes.resume, dict(path=lambda folder: resumable(folder))),
    "Run.sample": (lambda: played().sample, dict(n=3, rng=0)),
    "Run.generate": (lambda: played().generate, dict(z=X[:, :1])),
    "Run.logits": (lambda: played().logits, dict(x=X[:, :1])),
    "Run.lengthen": (lambda: played().lengthen, dict(iterations=9)),
    "Run.real": (lambda: played().real, dict(n=3, rng=0)),
    "points.read": (lambda: points.read, dict(path=lambda folder: readable(folder))),
    "Run.train": (lambda: played().train, dict(callback=None)),
    "failures.start": (lambda: tg.failures.start, dict(name="momentum", seed=0, iterations=2)),
    "Pair.train": (train_of_a_pair, dict(run="broken", callback=None)),
    "Dirac": (lambda: lambda **options: tg.dirac.Dirac(**options).path(steps=2),
              dict(objective="minimax", update="alternating", rate=0.1, momentum=0.1, r1=0.1)),
    "Dirac.path": (lambda: tg.dirac.Dirac().path, dict(start=[1.0, 0.0], steps=3)),
    "train_discriminator": (lambda: tg.experiments.train_discriminator, dict(steps=[0, 2], seed=0)),
    "discriminator_ahead": (lambda: tg.experiments.discriminator_ahead, dict(last=12, seed=0)),
    "parallel_lines": (lambda: tg.theory.supports.parallel_lines, dict(theta=1.0, sigma=0.5)),
    "curve_in_the_plane": (lambda: tg.theory.supports.curve_in_the_plane,
                           dict(halvings=2, n=50, iterations=2, seed=0)),
    "memorise": (lambda: tg.theory.overfitting.memorise, dict(stored=3, last=2, seed=0)),
    "train_generator": (quick_climb, dict(spread=1.0, k=0, last=2, seed=0)),
    "share": (lambda: tg.theory.helvetica.share, dict(x=P, width=0.1)),
    "capacity.play": (lambda: tg.theory.capacity.play, dict(width_G=2, width_D=2, iterations=2, seed=0)),
    "capacity.grid": (lambda: tg.theory.capacity.grid, dict(widths_G=[1], widths_D=[2], seeds=1, iterations=1)),
    "Conditional": (lambda: conditional.Conditional, dict(net=net(2, 3, 1), d_c=1)),
    "Conditional.forward": (lambda: conditional.Conditional(net(2, 3, 1), 1).forward, dict(zc=X)),
    "Conditional.__call__": (lambda: conditional.Conditional(net(2, 3, 1), 1), dict(zc=X)),
    "Conditional.backward": (lambda: conditional.Conditional(trained(), 1).backward, dict(dxc=X)),
    "Conditional.given": (lambda: conditional.Conditional(net(2, 3, 1), 1).given, dict(c=X[:, :1], z=X[:, :1])),
    "Beside": (lambda: conditional.Beside, dict(noise=tg.data.Normal(2), condition=X)),
    "Pairs": (lambda: conditional.Pairs, dict(x=X, c=X)),
    "one_hot": (lambda: conditional.one_hot, dict(labels=np.arange(12), classes=12)),
    "inference_loss": (lambda: inference.inference_loss, dict(z_guess=X, z=X)),
    "inference_gradient": (lambda: inference.inference_gradient, dict(z_guess=X, z=X)),
    "train_inference": (lambda: inference.train_inference,
                        dict(E=net(3, 2), G=net(2, 3), noise=tg.data.Normal(2), iterations=2, m=4, lr=0.1,
                             momentum=0.5, rng=0)),
    "features": (lambda: semi_supervised.features, dict(net=net(), x=X)),
    "softmax": (lambda: semi_supervised.softmax, dict(a=X)),
    "logits.cross_entropy": (lambda: semi_supervised.cross_entropy, dict(a=X, labels=np.arange(12) % 2)),
    "cross_entropy_gradient": (lambda: semi_supervised.cross_entropy_gradient, dict(a=X, labels=np.arange(12) % 2)),
    "train_classifier": (lambda: semi_supervised.train_classifier,
                         dict(net=net(2, 2), x=X, labels=np.zeros(12, int), iterations=2, lr=0.1, momentum=0.5,
                              decay=0.1)),
    "figure1.build": (lambda: tg.figure1.build, dict(seed=0)),
    "figure1.play": (lambda: lambda seed, frames: list(itertools.islice(tg.figure1.play(seed, frames), 1)),
                     dict(seed=0, frames=1)),
}


def readable(folder):
    np.save(os.path.join(folder, "rows.npy"), X)
    return os.path.join(folder, "rows.npy")


def idx(folder):
    with open(os.path.join(folder, "idx"), "wb") as file:
        file.write(bytes([0, 0, 8, 1, 0, 0, 0, 2, 5, 4]))
    return os.path.join(folder, "idx")


def pictures(folder):
    np.save(os.path.join(folder, "pictures.npy"), np.full((100, 2, 2), 200, np.uint8))
    return os.path.join(folder, "pictures.npy")


def resumable(folder):
    tg.recipes.start("gaussian", 0, 2).save(os.path.join(folder, "run.npz"))
    return os.path.join(folder, "run.npz")


def change(one, changed):
    """Turn the game's knobs, and go on."""
    for name, value in changed.items():
        setattr(one, name, value)
    one.step()


HOSTILE = {
    "None": None, "True": True, "a word": "x", "nothing said": "", "digits": "3", "bytes": b"x", "a NUL": "a\0b",
    "-1": -1, "0": 0, "1": 1, "1.5": 1.5, "NaN": math.nan, "∞": math.inf, "-∞": -math.inf, "1e-320": 1e-320,
    "1e308": 1e308, "10^9": 10**9, "10^12": 10**12, "2^63": 2**63, "10^30": 10**30, "-10^30": -10**30,
    "10^400": 10**400, "10^5000": 10**5000, "i": 1j, "float32 NaN": np.float32("nan"), "an int64": np.int64(2),
    "[]": [], "[[]]": [[]], "()": (), "{}": {}, "{1}": {1}, "an object": object(), "a function": lambda *a: None,
    "a class": int, "an iterator": iter([1.0, 2.0]), "a range": range(3), "ragged": [[1.0], [1.0, 2.0]],
    "words": ["a", "b"], "no entries": np.array([]), "no rows": np.zeros((0, 2)), "no columns": np.zeros((12, 0)),
    "rank 0": np.array(1.0), "rank 1": np.ones(12), "rank 3": np.ones((3, 2, 2)), "rank 40": np.ones((1,) * 40),
    "NaN inside": np.array([[math.nan, 1.0]] * 12), "∞ inside": np.array([[math.inf, 1.0]] * 12),
    "1e308s": np.full((12, 2), 1e308), "-1e308s": np.full((12, 2), -1e308),
    "an object array": np.array([[None, 1]] * 12, object),
    "objects that are numbers": np.array([[1.0, 2.0]] * 12, object), "strings": np.array([["1", "2"]] * 12),
    "dates": np.array(["2020-01-01"] * 12, "M8[D]"), "a structured array": np.zeros(12, [("a", float), ("b", int)]),
    "complex": X * 1j, "masked": np.ma.masked_array(X, X > 0), "bools": X > 0, "int8": np.ones((12, 2), np.int8),
    "float16": X.astype(np.float16), "longdouble": np.full((12, 2), np.longdouble("1e4000")), "a matrix": "matrix",
    "a network": net(), "a game": game(), "a distribution": tg.data.Normal(3), "an exception": ValueError("no"),
    "bad repr": type("Bad", (), {"__repr__": lambda self: 1 / 0})(), "long": "x" * 10**5}
# the file's own trouble; what a rate that is too high does; and what is said of data far from unit scale
ALSO_FINE = OSError, tg.DivergenceError, UserWarning

# Arguments that only say how often something is done: a huge one is well meant, and takes as long as it takes.
HOW_OFTEN = {("Algorithm1.train", "iterations"), ("Algorithm1, between", "k"), ("floor", "repeats"),
             ("recipes.run", "iterations"), ("train_discriminator", "steps"), ("discriminator_ahead", "last"),
             ("alternate", "steps"), ("Dirac.path", "steps"), ("linear_alternate", "steps"),
             ("broken_triangles", "triples"),
             ("curve_in_the_plane", "iterations"), ("memorise", "last"), ("train_generator", "k"),
             ("train_generator", "last"), ("capacity.play", "iterations"), ("capacity.grid", "iterations"),
             ("capacity.grid", "seeds"), ("train_inference", "iterations"), ("train_classifier", "iterations")}
HUGE = {"10^9", "10^12", "2^63", "10^30", "10^400", "10^5000"}
# Functions that the user gives: what another one does there, or the same one with other numbers, is the user's own.
FUNCTIONS = {"callback", "measure", "f", "density", "G"}
CAN_BE_CALLED = {"a function", "a class", "a network"}
WITH_OTHER_NUMBERS = {("floor", "data"), ("central_difference", "x"), ("complex_step", "x"), ("check", "x"),
                      ("check_gradient", "x"), ("histogram_jsd", "high"), ("value", "a_real"), ("value", "a_fake"),
                      ("generator_loss", "a_fake"), ("kl_from_logits", "a_real"), ("kl_from_logits", "a_fake"),
                      ("inference_loss", "z_guess"), ("inference_loss", "z"), ("Conditional.backward", "dxc")}
LARGE = {"1e308", "1e308s", "-1e308s"}
# The training pass does not look for infinities: Algorithm1 has, where it draws. NumPy warns, and makes NaN of them.
TRAINING_PASS = {("MLP.forward", "x"), ("penalty_gradient", "x"), ("Conditional.forward", "zc"),
                 ("Conditional.backward", "dxc"), ("softmax", "a"), ("logits.cross_entropy", "a"),
                 ("cross_entropy_gradient", "a"), ("inference_loss", "z_guess"), ("inference_loss", "z"),
                 ("inference_gradient", "z_guess"), ("inference_gradient", "z")}
INFINITE = {"∞", "-∞", "∞ inside", "longdouble"}
ITS_NAME = {("recipes.start", "name"): "recipe", ("recipes.run", "name"): "recipe",
            ("recipes.about", "name"): "recipe", ("failures.start", "name"): "failure"}


def pairs(name, good):
    """(argument, label of a hostile value), all that are to be tried."""
    for argument, label in itertools.product(good, HOSTILE):
        both = name, argument
        if not (both in HOW_OFTEN and label in HUGE
                or both in WITH_OTHER_NUMBERS and label in LARGE
                or both in TRAINING_PASS and label in INFINITE
                or argument in FUNCTIONS and label in CAN_BE_CALLED
                or both == ("recipes.run", "iterations") and label == "None"):     # (that trains in full)
            yield argument, label


def arguments(good, folder):
    """The arguments as they should be, made anew."""
    made_there = lambda value: inspect.isfunction(value) and getattr(value, "__code__").co_varnames[:1] == ("folder",)
    return {name: value(folder) if made_there(value) else copy.deepcopy(value) for name, value in good.items()}


def attempt(called, given, hostile):
    """Call; return what is wrong about how it took the argument `hostile`, or None."""
    try:
        called(**given)
    except ALSO_FINE:
        return None
    except (ValueError, TypeError) as error:
        text = str(error)
        if hostile in ("path", "note"):                           # Python says it: of a path, or of what JSON can hold
            return None
        if not re.search(rf"\b{re.escape(hostile)}\b", text.replace("game.", "")):
            return f"{type(error).__name__} without its name: {text[:300]}"
        if "\n" in text or len(text) > 600:
            return f"more than a sentence: {text[:600]}"
    except Exception as error:
        return f"{type(error).__name__}: {tg._check.shown(error)}"


@pytest.mark.parametrize("name", CALLS)
def test_it_works_or_says_in_one_sentence_what_is_wrong(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    how, good = CALLS[name]
    how()(**arguments(good, "."))                                     # as it should be, it works
    wrong = []
    for argument, label in pairs(name, good):
        given, called = {**arguments(good, "."), argument: HOSTILE[label]}, how()
        tracemalloc.start() if label in HUGE else None
        fault = attempt(called, given, ITS_NAME.get((name, argument), argument))
        if label in HUGE:
            if tracemalloc.get_traced_memory()[1] > 2.5 * 2**30:
                fault = "it took over 2.5 GiB"
            tracemalloc.stop()
        if fault:
            wrong.append(f"{argument} = {label}: {fault}")
    assert not wrong, "\n".join(wrong)


DEGENERATE = {"zeros": np.zeros_like, "one value": lambda x: np.full_like(x, 3), "one row": lambda x: x[:1],
              "two rows, again and again": lambda x: np.resize(x[:2], x.shape), "whole numbers": np.round,
              "negative": lambda x: -np.abs(x), "huge": lambda x: x * 1e200, "tiny": lambda x: x * 1e-300,
              "one-hot": lambda x: np.resize(np.eye(x.shape[-1]), x.shape)}


def has_floats(value):
    return type(value) is np.ndarray and value.dtype == float


@pytest.mark.parametrize("name", [name for name, (_, good) in CALLS.items() if any(map(has_floats, good.values()))])
@pytest.mark.parametrize("all_given", [True, False], ids=["", "the needed arguments alone"])
def test_an_array_of_a_strange_kind_is_answered_for_an_argument_that_was_given(name, all_given):
    """And not for one that was computed from it."""
    how, good = CALLS[name]
    needed = [key for key, parameter in inspect.signature(how()).parameters.items()
              if parameter.default is inspect.Parameter.empty and parameter.kind is parameter.POSITIONAL_OR_KEYWORD]
    for argument, array in good.items():
        if has_floats(array) and (all_given or argument in needed):
            for label, made in DEGENERATE.items():
                given = {key: value for key, value in arguments(good, ".").items() if all_given or key in needed}
                given[argument] = made(array)
                try:
                    with np.errstate(all="ignore"):
                        how()(**given)
                except ALSO_FINE:
                    pass
                except (ValueError, TypeError) as error:
                    names = "|".join(map(re.escape, given))
                    assert re.search(rf"\b({names})\b", str(error)), f"{argument}, {label}: {error}"


# The lesson's inner parts; no arguments; or given by us alone
INSIDE = {"Layer", "ReLU", "Tanh", "Sigmoid", "softplus", "sigmoid", "ascend", "descend", "max_norm", "straight_line",
          "Listing", "slopes", "along", "bend", "rectify", "rectify_D", "rectify_G", "make_one_mode_rare",
          "let_D_run_ahead", "train_D", "equally_likely",
          "lower_the_rates", "look", "measures", "moments", "Own", "read", "names", "Distribution", "Ring", "Pair",
          "Recipe", "Run", "Played", "Report", "Result", "points_exact", "checked", "recipe_of", "points", "write",
          "held_out", "prepared", "awkward", "begin_at_the_mean"}
OF_RECIPES = {function.__name__ for recipe in tg.recipes.RECIPES.values()
              for function in (recipe.build, recipe.measure, recipe.exact) if function} | {"points_exact"}


def test_none_is_forgotten():
    """Each public function and class has a row above, or is one of those that others guard."""
    rows = {name.split(".")[-1].split(",")[0] for name in CALLS}
    rows |= {"Algorithm1", "run", "start", "resume", "about", "build", "play"}
    for module in pkgutil.walk_packages(tg.__path__, "tinygan."):
        if re.search(r"\._|\.show|\.cli|\.lab\.|\.classroom\.", module.name):    # (theirs: tests/lab, tests/classroom)
            continue
        for name, value in vars(importlib.import_module(module.name)).items():
            its_own = name[0] != "_" and getattr(value, "__module__", "") == module.name
            if its_own and (inspect.isfunction(value) or inspect.isclass(value)):
                a_record = inspect.isclass(value) and (issubclass(value, (tuple, Exception)))
                assert name in rows | INSIDE | OF_RECIPES or a_record and name != "Dirac", f"{module.name}.{name}"


SHAPES = {"read-only": lambda x: _read_only(x.copy()),
          "every other of twice as many": lambda x: np.repeat(x, 2, axis=0)[::2],
          "turned round": lambda x: x[::-1].copy()[::-1], "by columns": np.asfortranarray,
          "in the other byte order": lambda x: x.astype(x.dtype.newbyteorder()),
          "a subclass": lambda x: x.view(type("Mine", (np.ndarray,), {})), "lists": lambda x: x.tolist()}


def _read_only(x):
    x.flags.writeable = False
    return x


WITH_ARRAYS = [name for name, (_, good) in CALLS.items()
               if any(isinstance(value, np.ndarray) for value in good.values()) and not name.startswith("recipes.")]


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
@pytest.mark.parametrize("name", WITH_ARRAYS)
def test_any_layout_of_an_array_gives_the_same(name, shape):
    how, good = CALLS[name]
    if name == "Images" and shape is SHAPES["lists"]:         # of bytes there are no lists
        return
    given = arguments(good, ".")
    other = {argument: shape(value) if isinstance(value, np.ndarray) else value
             for argument, value in arguments(good, ".").items()}
    kept = {argument: np.array(value) for argument, value in other.items() if isinstance(value, np.ndarray)}
    plain, again = how()(**given), how()(**other)
    if not isinstance(plain, (tg.Algorithm1, tg.data.Distribution, tg.MLP)):
        # to rounding: BLAS may go another way
        np.testing.assert_allclose(_numbers(again), _numbers(plain), rtol=1e-12, atol=1e-15)
    assert all((other[argument] == value).all() for argument, value in kept.items())       # and they are as they were


def _numbers(result):
    """What a function returned, as numbers in a row."""
    if isinstance(result, (list, tuple)):
        return np.concatenate([_numbers(each) for each in result]) if result else np.zeros(0)
    if result is None or isinstance(result, (tg.gradcheck.Result, tg.gradcheck.Report, tg.mlp.MLP)):
        return np.array([hash(repr(result).split("error=")[0]) % 1000], float)
    return np.asarray(result, float).ravel()


# What was refused has changed nothing

BETWEEN = CALLS["Algorithm1, between"][1]


@pytest.mark.parametrize("argument", BETWEEN)
def test_a_game_with_a_bad_setting_stands_still_and_then_goes_on_as_if_nothing_had_been(argument):
    from games import bits
    one, twin = game(schedule="linear", iterations=50), game(schedule="linear", iterations=50)
    kept = bits(twin)
    refused = 0
    for name, label in pairs("Algorithm1, between", [argument]):
        before = getattr(one, argument)
        for go_on in (one.step, lambda: one.train(2), lambda: next(one.lines())):
            setattr(one, argument, HOSTILE[label])
            try:
                one.check()
            except (ValueError, TypeError):
                with pytest.raises((ValueError, TypeError)):
                    go_on()
                refused += 1
            setattr(one, argument, before)
            assert bits(one) == kept, (name, label)
    assert refused > 50
    one.train(5)
    twin.train(5)
    assert bits(one) == bits(twin)


@pytest.mark.parametrize("name, argument", [("forward", "x"), ("__call__", "x"), ("backward", "dy"),
                                            ("theta", "theta"), ("grad", "grad")])
def test_a_network_that_has_refused_is_as_before(name, argument):
    one = trained()
    one.backward(np.ones((12, 1)))
    kept = one.theta.tobytes(), one.grad.tobytes(), len(one.layers[0].x)
    refused = 0
    for label, value in HOSTILE.items():
        try:
            if name in ("theta", "grad"):
                setattr(one, name, value)
            else:
                with np.errstate(all="ignore"):
                    getattr(copy.copy(one), name)(value)
        except (ValueError, TypeError):
            refused += 1
        else:
            one = trained()                                          # it was well meant: begin anew
            one.backward(np.ones((12, 1)))
        assert (one.theta.tobytes(), one.grad.tobytes(), len(one.layers[0].x)) == kept, label
    assert refused > 40


def test_what_a_hostile_tester_found():
    """Arguments that hold no row above: of the right shape, but too large, complex, or of one kind too few."""
    one, single = net(), net(dtype=np.float32)
    for name in ("theta", "grad"):
        with pytest.raises(TypeError, match=f"{name} must be real"):
            setattr(one, name, np.ones(13) * 1j)
        with pytest.raises(ValueError, match=f"{name} has numbers that are too large for float32"):
            setattr(single, name, np.full(13, 1e300))
    with pytest.raises(TypeError, match="dy must be real"):
        trained().backward(np.ones((12, 1)) * 1j)
    with pytest.raises(TypeError, match="z must be real"):
        played().generate(np.ones((2, 1)) * 1j)
    assert (tg.MLP([2, 3, 1], bias_spread=-0.0, last_scale=-0.0, rng=0)(X) == 0).all()
    assert tg.data.Ring().density([[1.7e308, 1.7e308]]) == 0
    for d, bins in ((18, 1), (20, 2), (40, 1)):
        with pytest.raises(ValueError, match="bins must leave at most ten million cells"):
            tg.metrics.grid_jsd(np.ones((2, d)), np.ones((2, d)), -3, 3, bins)
    with pytest.raises(ValueError, match="p_data must not be greater than 1e300"):
        tg.theory.optimal_discriminator([1e308], [1e308])

    class Looks:
        widths, theta, forward = [2, 1], np.ones(3), None

    for call in (lambda: tg.Algorithm1(Looks(), net(), X, X), lambda: tg.r1.penalty(Looks(), X),
                 lambda: tg.gradcheck.margin(Looks(), X), lambda: tg.gradcheck.at(Looks(), np.ones(3))):
        with pytest.raises(TypeError, match="(G|D|net) must be an MLP"):
            call()

    class Prior:
        dim, sample = 1, staticmethod(lambda m, rng: rng.random((m, 1)))

        def __init__(self, density):
            self.density = density

    for density, words in ((lambda z: None, "prior.density"),
                           (lambda z: np.ones((len(z), 1)), r"prior.density\(z\) must return"),
                           (lambda z: np.full(len(z), np.nan), "prior.density")):
        with pytest.raises((TypeError, ValueError), match=words):
            tg.theory.pushforward(np.square, Prior(density), 0.5)
