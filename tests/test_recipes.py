"""The recipes work, on seeds they were not tuned on, and are repeatable."""

import numpy as np
import pytest

import tinygan as tg
from tinygan import recipes


def test_names_and_what_they_say():
    assert recipes.names()[0] == "ring" and "gaussian" in recipes.names()
    assert all(recipes.about(name).endswith(".") and "\n" not in recipes.about(name) for name in recipes.names())


@pytest.mark.parametrize("name", recipes.names())
def test_a_short_run_is_whole_and_repeatable(name):
    runs = [recipes.run(name, seed=5, iterations=40) for _ in range(2)]
    for run in runs:
        assert run.game.iteration == 40 and run.game.G.dtype == np.float32
        assert run.history["iteration"][-1] == 40 and len(run.history["V"]) == len(run.history["iteration"])
        assert all(isinstance(value, float) and np.isfinite(value) for value in run.metrics.values())
    assert runs[0].game.G.theta.tobytes() == runs[1].game.G.theta.tobytes()
    assert runs[0].table == runs[1].table == runs[1].measure()
    x = runs[0].sample(7, rng=1)
    assert x.shape == (7, runs[0].data.dim) and x.dtype == np.float64 and (x == runs[1].sample(7, rng=1)).all()
    other = recipes.run(name, seed=6, iterations=40)
    assert other.game.G.theta.tobytes() != runs[0].game.G.theta.tobytes()


@pytest.mark.parametrize("name", recipes.names())
def test_rates_end_at_zero_for_any_length(name):
    game = recipes.start(name, iterations=300).game
    assert game.schedule == "linear" and game.iterations == 300


def test_samples_come_in_the_datas_own_units():
    run = recipes.start("gaussian")
    z = np.array([[0.3], [-1.0]])
    assert run.generate(z) == pytest.approx(4 + 1.25 * run.game.G(z).astype(float))
    x = np.array([[4.0], [6.5]])
    assert run.logits(x) == pytest.approx(run.game.D((x - 4) / 1.25))
    assert run.data is run.game.data.source and abs(run.data.sample(10_000, 0).mean() - 4) < 0.1


def test_ring_is_learned():
    metrics = tg.recipes.run("ring", seed=100).metrics
    truth = tg.data.Ring
    assert abs(metrics["radius, mean"] - truth.radius_mean) < 0.02
    assert abs(metrics["radius, std"] - truth.radius_std) < 0.03
    assert metrics["angle, JSD (nats)"] < 0.008 and metrics["radius, JSD (nats)"] < 0.15
    assert abs(metrics["V(D, G) (nats)"] + np.log(4)) < 0.02


def test_gaussian_is_learned():
    metrics = tg.recipes.run("gaussian", seed=100).metrics
    assert abs(metrics["mean"] - 4) < 0.06 and abs(metrics["std"] - 1.25) < 0.08
    assert metrics["JSD (nats)"] < 5e-3 and abs(metrics["V(D, G) (nats)"] + np.log(4)) < 0.02


@pytest.mark.parametrize("arguments, error, words", [
    ({"name": "rnig"}, ValueError, "did you mean 'ring'"), ({"name": 3}, ValueError, "recipe 3 is unknown"),
    ({"name": "ring", "seed": -1}, ValueError, "seed must be at least 0"), ({"name": "ring", "iterations": 0}, ValueError, "iterations"),
    ({"name": "ring", "iterations": 1.5}, TypeError, "iterations")])
def test_bad_arguments_get_one_clear_sentence(arguments, error, words):
    for call in (recipes.run, recipes.start):
        with pytest.raises(error, match=words):
            call(**arguments)
