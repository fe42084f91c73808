"""A run: what is measured, against what; how it stops, is kept and goes on."""

import copy
import multiprocessing
import pickle
from concurrent.futures import ProcessPoolExecutor
from functools import partial

import numpy as np
import pytest

import tinygan as tg
from games import bits
from tinygan import recipes
from tinygan.recipes import Recipe, runs


def build(rng, iterations):
    """A game that needs no training to be measured: G(z) = z."""
    G, D = tg.MLP([2, 2], rng=rng), tg.MLP([2, 4, 1], rng=rng)
    G.theta = [1, 0, 0, 1, 0, 0]
    p_data = tg.data.Standardised(tg.data.Gaussian([3, 3], [[4, 0], [0, 4]]), mean=3, std=2)
    return tg.Algorithm1(G, D, p_data, tg.data.Normal(2), m=8, schedule="linear", iterations=iterations, rng=rng)


def mean_and_gap(generated, real, p_data):
    return {"mean": (generated.mean(), 3), "gap": (abs(generated.mean() - real.mean()), 0)}


def test_the_table_sets_the_measure_beside_the_ideal_and_what_real_data_score():
    recipe = Recipe(build, 10, 500, mean_and_gap, exact=lambda run: {"exact": (run.game.iteration, 9)})
    run = runs.Run("twin", recipe, seed=1)
    table = {row.name: row for row in run.measure()}
    assert repr(run.measure()) == repr(list(table.values()))             # the same examples for each call
    mean = table["mean"]
    assert mean.value == run.metrics["mean"] and mean.ideal == 3 and mean.low < mean.real < mean.high
    assert 2.8 < mean.low and mean.high < 3.2
    assert table["gap"].low < table["gap"].real < table["gap"].high < 0.4
    assert table["exact"][1:3] == (0, 9) and all(np.isnan(table["exact"][3:]))
    D = tg.sigmoid(run.game.D(np.concatenate([tg.data.Normal(2).sample(5000, 0)])))
    assert table["D, spread"].value == pytest.approx(D.std(), rel=0.2) and table["D(G(z)), mean"].ideal == 0.5
    assert table["V(D, G) (nats)"].ideal == -np.log(4)


def test_other_settings_are_laid_over_the_recipes_own():
    recipe = Recipe(build, 4, 10, mean_and_gap)
    prepared = recipe.changed({"lr_d": 0.5, "objective": "minimax"}, prepare=lambda game: setattr(game, "lr_d", 0.25))
    capped = recipe.changed({"max_norm": (1, 3)})
    for changed, settings in ((recipe, (0.05, "non-saturating", None)), (prepared, (0.5, "minimax", None)),
                              (capped, (0.05, "non-saturating", (1, 3)))):
        game = runs.Run("changed", changed, seed=0).game
        assert (game.lr_d, game.objective, game.max_norm) == settings


def test_a_game_is_prepared_before_the_settings_are_laid_over_it():
    recipe = Recipe(build, 4, 10, mean_and_gap)
    changed = recipe.changed({"lr_d": 0.5}, prepare=lambda game: setattr(game, "momentum", 0.1))
    game = runs.Run("changed", changed, seed=0).game
    assert (game.momentum, game.lr_d) == (0.1, 0.5)


def test_a_run_that_was_stopped_goes_on_to_the_same_bits():
    recipe = Recipe(build, 500, 10, mean_and_gap)
    run, stopped = runs.Run("one", recipe, seed=0), runs.Run("one", recipe, seed=0)
    seen = []
    run.train(callback=lambda game: seen.append(game.iteration))
    assert seen == list(range(2, 501, 2))
    stopped.train(callback=lambda game: game.iteration == 100)
    assert stopped.game.iteration == 100
    stopped.train()
    assert stopped.game.iteration == 500 and stopped.game.G.theta.tobytes() == run.game.G.theta.tobytes()


def test_what_run_save_has_written_resumes(tmp_path):
    whole = recipes.run("ring8", seed=3, iterations=40, settings={"lr_d": 0.04})
    run = recipes.start("ring8", seed=3, iterations=40, settings={"lr_d": 0.04})
    run.train(callback=lambda game: game.iteration == 15)
    run.save(tmp_path / "ring8.npz")
    again = recipes.resume(tmp_path / "ring8.npz")
    assert (again.name, again.seed, again.iterations, again.game.iteration) == ("ring8", 3, 40, 15)
    again.train()
    again.measure()
    assert again.metrics == whole.metrics and again.game.lr_d == 0.04
    assert again.recipe.settings == {"lr_d": 0.04}
    tg.save(tmp_path / "mine.npz", run.game)
    with pytest.raises(tg.CheckpointError, match="not one of a recipe of this tinygan: tinygan.load"):
        recipes.resume(tmp_path / "mine.npz")


def test_pictures_are_measured_by_half_of_those_held_out():
    """So that the two real samples of a pair have none in common: real ones score about 0.995, not 1."""
    few = tg.data.Glyphs(8, n=200, held_out=120)
    run = recipes.start("glyphs-plain", data=few)
    assert run.recipe.n == 60 and recipes.start("glyphs-plain").recipe.n == 2000
    row = {row.name: row for row in run.measure()}["precision"]
    assert row.low < 1 and len(np.unique(run.real(run.recipe.n, 0), axis=0)) == 60


def test_pictures_that_can_not_be_measured_are_refused_before_training():
    pictures = np.zeros((12, 3, 3), np.uint8)
    with pytest.raises(ValueError, match="data must hold out at least 4 pictures, to measure with, not 3"):
        recipes.start("glyphs", data=tg.data.Images(pictures, held_out=3))
    with pytest.raises(TypeError, match=r"data must be the path of a file of pictures, or tg.data.Images\(array\)"):
        recipes.start("glyphs", data=pictures)


def test_pictures_drawn_otherwise_go_on_too(tmp_path):
    recipes.start("glyphs-plain", iterations=5, data=tg.data.Glyphs(8, n=200, held_out=20)).save(tmp_path / "a.npz")
    assert recipes.resume(tmp_path / "a.npz").recipe.n == 10


ROWS = np.random.default_rng(0).normal(size=(100, 2))


@pytest.mark.parametrize("make", [
    lambda: recipes.start("ring", 0, 9, {"lr_d": 0.3}), lambda: recipes.start("points", 0, 9, data=ROWS),
    lambda: recipes.start("glyphs-plain", 0, 9, data=tg.data.Glyphs(8, n=200, held_out=20)),
    lambda: tg.failures.start("dead-d", 0, 9).broken], ids=["a recipe", "your own rows", "pictures", "a failure"])
def test_a_run_can_be_pickled_and_copied_and_goes_on_to_the_same_bits(make):
    run = make()
    run.train(callback=lambda game: game.iteration == 4)
    twins = pickle.loads(pickle.dumps(run)), copy.deepcopy(run)
    for each in (run, *twins):
        each.train()
        each.measure()
    for twin in twins:
        assert twin.game.iteration == 9 and bits(twin.game) == bits(run.game)
        assert repr(twin.table) == repr(run.table) and twin.recipe.about == run.recipe.about


def test_seeds_run_side_by_side_in_other_processes():
    """In new interpreters, as on Windows and macOS, and in notebooks there."""
    trained = partial(recipes.run, "points", iterations=5, data=ROWS)
    with ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as pool:
        runs = list(pool.map(trained, range(2)))
    assert [run.seed for run in runs] == [0, 1]
    assert [bits(run.game) for run in runs] == [bits(trained(seed).game) for seed in range(2)]
