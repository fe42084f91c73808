"""A run: what is measured, against what, and when the recipe may turn a knob."""

import numpy as np
import pytest

import tinygan as tg
from tinygan import recipes, runs


def build(rng, iterations):
    """A game that needs no training to be measured: G(z) = z."""
    G, D = tg.MLP([2, 2], rng=rng), tg.MLP([2, 4, 1], rng=rng)
    G.theta = [1, 0, 0, 1, 0, 0]
    p_data = tg.data.Standardised(tg.data.Gaussian([3, 3], [[4, 0], [0, 4]]), mean=3, std=2)
    return tg.Algorithm1(G, D, p_data, tg.data.Normal(2), m=8, schedule="linear", iterations=iterations, rng=rng)


def mean_and_gap(generated, real, p_data):
    return {"mean": (generated.mean(), 3), "gap": (abs(generated.mean() - real.mean()), 0)}


def test_the_table_sets_the_measure_beside_the_ideal_and_what_real_data_score():
    run = runs.Run("twin", runs.Recipe(build, 10, 500, mean_and_gap, exact=lambda run: {"exact": (run.game.iteration, 9)}), seed=1)
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


def test_other_settings_are_laid_over_the_recipes_own_and_a_cap_that_is_given_stays():
    def during(game):
        game.max_norm = 1 + game.iteration

    recipe = runs.Recipe(build, 4, 10, mean_and_gap, during=during)
    prepared = recipe.changed({"lr_d": 0.5, "objective": "minimax"}, prepare=lambda game: setattr(game, "lr_d", 0.25))
    capped = recipe.changed({"max_norm": 3.0})
    for changed, settings in ((recipe, (0.05, "non-saturating", 5)), (prepared, (0.5, "minimax", 5)), (capped, (0.05, "non-saturating", 3))):
        run = runs.Run("changed", changed, seed=0)
        run.train()
        assert (run.game.lr_d, run.game.objective, run.game.max_norm) == settings


def test_the_recipe_may_turn_a_knob_at_each_record():
    seen = []
    recipe = runs.Recipe(build, 500, 10, mean_and_gap, during=lambda game: seen.append(game.iteration))
    run = runs.Run("knob", recipe, seed=0)
    run.train()
    assert seen == list(range(2, 501, 2))
    stopped = runs.Run("knob", recipe, seed=0)
    stopped.train(callback=lambda game: game.iteration == 100)
    assert stopped.game.iteration == 100 and seen[-1] == 100
    stopped.train()
    assert stopped.game.iteration == 500 and stopped.game.G.theta.tobytes() == run.game.G.theta.tobytes()


def test_a_cap_that_rises_is_at_its_ends_when_it_should_be():
    during, game = recipes.rising_cap(1.0, 2.5), build(0, 200)
    for game.iteration, cap in ((0, 1.0), (100, 1.75), (200, 2.5), (300, 2.5)):
        during(game)
        assert game.max_norm == cap
