"""Each failure breaks and is mended, with the same seed; the long ones in full behind `-m slow`."""

import numpy as np
import pytest

import tinygan as tg
from tinygan import failures

FOUND, GOOD, MOVED, SPREAD, STD, JSD = ("modes with 20 good", "good", "G(z) has moved by", "D, spread", "radius, std", "radius, JSD (nats)")


def measured(name, seed, iterations=None):
    lesson = failures.start(name, seed, iterations)
    for run in lesson.runs:
        lesson.train(run)
    broken, mended = ({row.name: row.value for row in table} for table in lesson.measure().values())
    return lesson, broken, mended


# In short: one seed by default, three with `-m slow`

SEEDS = [0, *(pytest.param(seed, marks=pytest.mark.slow) for seed in (1, 2))]


@pytest.mark.parametrize("seed", SEEDS)
def test_saturation_holds_G_where_it_is(seed):
    lesson, broken, mended = measured("saturation", seed)
    assert broken[MOVED] < 0.05 and mended[MOVED] > 0.8
    minimax, other = (np.linalg.norm(lesson.arrows[run], axis=1).mean() for run in lesson.runs)
    assert minimax < 3e-3 < 3 < other and lesson.arrows[lesson.broken].shape == (1000, 2)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_a_strong_and_steep_D_sends_all_to_one_mode(seed):
    _, broken, mended = measured("strong-d", seed, 800)
    assert broken[FOUND] <= 2 and mended[FOUND] >= 4


@pytest.mark.parametrize("seed", SEEDS)
def test_a_dead_D_has_the_best_value_and_no_spread(seed):
    _, broken, mended = measured("dead-d", seed, 1000)
    assert abs(broken["V(D, G) (nats)"] + np.log(4)) < 1e-4 and broken[SPREAD] < 1e-3 < mended[SPREAD]
    assert broken[JSD] > 0.3 and mended[JSD] < 0.15


@pytest.mark.parametrize("seed", SEEDS)
def test_high_momentum_ends_in_a_point(seed):
    _, broken, mended = measured("momentum", seed, 1500)
    assert broken[STD] < 0.01 < 0.05 < mended[STD] < 0.13


# In full: these take the recipe's own number of iterations to show

@pytest.mark.slow
@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("name", failures.names())
def test_it_breaks_and_is_mended(name, seed):
    lesson, broken, mended = measured(name, seed)
    assert not lesson.diverged
    if name == "collapse":
        assert broken[FOUND] <= 5 and mended[FOUND] == 8
    elif name == "saturation":
        assert broken[MOVED] < 0.05 and mended[MOVED] > 0.8
    elif name == "strong-d":
        assert broken[FOUND] <= 2 and mended[FOUND] >= 6
    elif name == "weak-d":
        assert broken[GOOD] < 0.6 < 0.65 < mended[GOOD]
    elif name == "dead-d":
        assert abs(broken["V(D, G) (nats)"] + np.log(4)) < 1e-4 and broken[JSD] > 0.3 and mended[JSD] < 0.08
    elif name == "constant-rates":
        assert broken[GOOD] < 0.45 and mended[GOOD] > 0.65
    else:
        assert name == "momentum" and broken[STD] < 0.02 and 0.05 < mended[STD] < 0.085


# The frame

@pytest.mark.parametrize("name", failures.names())
def test_both_start_from_the_same_networks_and_differ_in_the_knob(name):
    lesson = failures.start(name, seed=4, iterations=5)
    broken, mended = lesson.broken.game, lesson.mended.game
    assert (broken.G.theta == mended.G.theta).all() and (broken.D.theta == mended.D.theta).all()
    assert broken.rng.bit_generator.state == mended.rng.bit_generator.state
    settings = ("k", "m", "lr_d", "lr_g", "momentum", "objective", "update", "max_norm", "schedule", "r1")
    knobs = {setting for setting in settings if getattr(broken, setting) != getattr(mended, setting)}
    failure = failures.FAILURES[name]
    assert knobs == {key for key in failure.broken if failure.mended.get(key, "another") != failure.broken[key]} and len(knobs) == 1
    assert (lesson.mended.generate(lesson.z) == lesson.before).all() and failure.symptom.endswith(".")
    for run in lesson.runs:
        assert set(lesson.given[run]) == set(failure.broken)


def test_the_recipes_own_cap_stays_out_of_what_the_lesson_sets():
    lesson = failures.start("collapse", iterations=200)
    for run in lesson.runs:
        lesson.train(run)
    assert lesson.broken.game.max_norm is None and lesson.mended.game.max_norm == pytest.approx(1.9)
    assert lesson.knobs(lesson.broken) == "max_norm = None" and lesson.knobs(lesson.mended) == "max_norm = 1.0 → 1.9"


@pytest.mark.parametrize("name", ["collapse", "momentum"])
def test_arrows_are_what_D_tells_G(name):
    lesson = failures.start(name, seed=1, iterations=5)
    game, h = lesson.mended.game, 1e-3
    x = lesson.before[:4]
    for axis in range(2):
        up, down = x.copy(), x.copy()
        up[:, axis] += h
        down[:, axis] -= h
        minus_log_D = lambda x: tg.softplus(-lesson.mended.logits(x))[:, 0]
        assert lesson.arrows[lesson.mended][:4, axis] == pytest.approx(-(minus_log_D(up) - minus_log_D(down)) / (2 * h), rel=0.02, abs=1e-3)
    assert game.iteration == 0


def test_divergence_is_kept_and_said(monkeypatch):
    monkeypatch.setitem(failures.FAILURES, "wild", failures.FAILURES["momentum"]._replace(broken={"lr_g": 1e30}))
    lesson, broken, mended = measured("wild", 0, 20)
    assert "training diverged at iteration" in lesson.diverged[lesson.broken] and lesson.mended not in lesson.diverged
    assert lesson.broken.game.iteration < 20 == lesson.mended.game.iteration and np.isfinite(lesson.broken.game.G.theta).all()


@pytest.mark.parametrize("arguments, error, words", [
    ({"name": "colapse"}, ValueError, "did you mean 'collapse'"), ({"name": "collapse", "seed": -1}, ValueError, "seed must be at least 0"),
    ({"name": "collapse", "iterations": 0}, ValueError, "iterations must be at least 1")])
def test_bad_arguments_get_one_clear_sentence(arguments, error, words):
    with pytest.raises(error, match=words):
        failures.start(**arguments)
