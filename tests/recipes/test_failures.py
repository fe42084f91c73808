"""Each failure breaks and is mended, with the same seed; the long ones in full behind `-m slow`."""

import numpy as np
import pytest

import tinygan as tg
from tinygan.recipes import failures

FOUND, GOOD, MOVED = "modes with 20 good", "good", "G(z) has moved by"
SEEN, KL = "modes with 1 good", "KL of the modes (nats)"
SPREAD, STD, JSD = "D, spread", "radius, std", "radius, JSD (nats)"
SPREAD_G, V = "G(z), spread", "V(D, G) (nats)"


def measured(name, seed, iterations=None):
    pair = failures.start(name, seed, iterations)
    for run in pair.runs:
        pair.train(run)
    broken, mended = ({row.name: row.value for row in table} for table in pair.measure().values())
    return pair, broken, mended


# In short: one seed by default, three with `-m slow`

SEEDS = [0, *(pytest.param(seed, marks=pytest.mark.slow) for seed in (1, 2))]


@pytest.mark.parametrize("seed", SEEDS)
def test_saturation_holds_G_where_it_is(seed):
    pair, broken, mended = measured("saturation", seed)
    assert broken[MOVED] < 0.05 and mended[MOVED] > 0.8
    minimax, other = (np.linalg.norm(pair.arrows[run], axis=1).mean() for run in pair.runs)
    assert minimax < 3e-3 < 3 < other and pair.arrows[pair.broken].shape == (1000, 2)


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
def test_a_dead_G_makes_one_point_of_all_z_and_V_reads_as_balance(seed):
    pair, broken, mended = measured("dead-g", seed, 1000)
    assert broken[SPREAD_G] < 0.02 and mended[SPREAD_G] > 0.3
    late = pair.broken.history["iteration"] > 500
    assert abs(np.median(pair.broken.history["V"][late]) + np.log(4)) < 0.1
    for mean in ("D_real", "D_fake"):
        assert abs(np.median(pair.broken.history[mean][late]) - 0.5) < 0.05
    assert pair.broken.history["G_spread"][-1] == pytest.approx(broken[SPREAD_G], rel=1, abs=1e-6)
    y = pair.z.astype(np.float32)
    for layer in pair.broken.game.G.layers[:-1]:
        y = layer(y)
    assert (y <= 0).all(axis=0).mean() > 0.7                          # of the last hidden layer's units


def test_the_spread_of_G_stands_beside_that_of_real_examples_in_the_networks_units():
    pair = failures.start("dead-g", 0, 5)
    row = {row.name: row for row in pair.measure()["mended"]}[SPREAD_G]
    x = pair.mended.generate(pair.z) / 2                              # the data's std
    assert row.value == pytest.approx(np.sqrt(x.var(axis=0).mean()), rel=1e-4)
    assert row.ideal == pytest.approx(np.sqrt(1 / 2), rel=0.01)       # of a ring of radius 1 in two columns


@pytest.mark.parametrize("seed", SEEDS)
def test_high_momentum_leaves_points_inside_the_ring(seed):
    _, broken, mended = measured("momentum", seed, 1500)
    assert broken[STD] > 0.16 > 0.12 > mended[STD] and broken[JSD] > 0.05 > 0.03 > mended[JSD]


@pytest.mark.parametrize("seed", SEEDS)
def test_without_the_penalty_D_knows_the_rare_mode_and_G_is_not_there(seed):
    run = failures.start("rare-mode", seed).broken
    run.train(lambda game: game.iteration >= 1500)
    assert run.data.weights.tolist() == [0.95, 0.05]
    assert np.mean(run.sample(2000, rng=1)[:, 0] > 1.4) < 0.002 and run.logits(run.data.means[1:]) > 2
    C = tg.theory.criterion(np.array([0.95, 0.05]), np.array([1, 0]))        # of a G on the common mode alone
    assert run.history["V"][-20:].mean() == pytest.approx(C, abs=0.03)


# In full: these take the recipe's own number of iterations to show

@pytest.mark.slow
@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("name", failures.names())
def test_it_breaks_and_is_mended(name, seed):
    pair, broken, mended = measured(name, seed)
    assert not pair.diverged
    if name == "collapse":
        assert broken[FOUND] <= 2 and mended[FOUND] == 8
    elif name == "rare-mode":
        assert broken[SEEN] == 1 and mended[SEEN] == 2 and mended[KL] < 0.04 < 0.05 < broken[KL]
    elif name == "saturation":
        assert broken[MOVED] < 0.05 and mended[MOVED] > 0.8
    elif name == "strong-d":
        assert broken[FOUND] <= 2 and mended[FOUND] >= 6
    elif name == "weak-d":
        assert broken[GOOD] < 0.5 < 0.65 < mended[GOOD]
    elif name == "dead-d":
        assert abs(broken["V(D, G) (nats)"] + np.log(4)) < 1e-4 and broken[JSD] > 0.3 and mended[JSD] < 0.08
    elif name == "dead-g":
        assert broken[SPREAD_G] < 0.01 and broken[FOUND] == 0 and abs(broken[V] + np.log(4)) < 0.15
        assert 0.65 < mended[SPREAD_G] < 0.75 and mended[FOUND] >= 6
    elif name == "constant-rates":
        assert broken[GOOD] < 0.2 and mended[GOOD] > 0.65
    else:
        assert name == "momentum" and broken[JSD] > 0.05 > 0.02 > mended[JSD]


# The frame

@pytest.mark.parametrize("name", failures.names())
def test_both_start_from_the_same_networks_and_differ_in_the_knob(name):
    pair = failures.start(name, seed=4, iterations=5)
    broken, mended = pair.broken.game, pair.mended.game
    assert (broken.G.theta == mended.G.theta).all() and (broken.D.theta == mended.D.theta).all()
    assert broken.rng.bit_generator.state == mended.rng.bit_generator.state
    settings = ("k", "m", "lr_d", "lr_g", "momentum", "objective", "update", "max_norm", "schedule", "r1")
    knobs = {setting for setting in settings if getattr(broken, setting) != getattr(mended, setting)}
    failure = failures.FAILURES[name]
    assert knobs == {key for key in failure.broken if failure.mended.get(key, "another") != failure.broken[key]}
    assert len(knobs) == 1
    assert (pair.mended.generate(pair.z) == pair.before).all() and failure.symptom.endswith(".")
    for run in pair.runs:
        assert set(pair.differs(run)) == set(failure.broken)


def test_the_knob_is_said_in_words():
    pair = failures.start("collapse", iterations=5)
    assert pair.broken.game.max_norm is None and pair.mended.game.max_norm == (0.6, 1.45)
    assert pair.knobs(pair.broken) == "max_norm = None" and pair.knobs(pair.mended) == "max_norm = 0.6 → 1.45"


@pytest.mark.parametrize("name", ["collapse", "momentum"])
def test_arrows_are_what_D_tells_G(name):
    pair = failures.start(name, seed=1, iterations=5)
    game, h = pair.mended.game, 1e-3
    x = pair.before[:4]
    for axis in range(2):
        up, down = x.copy(), x.copy()
        up[:, axis] += h
        down[:, axis] -= h
        minus_log_D = lambda x: tg.softplus(-pair.mended.logits(x))[:, 0]
        slope = (minus_log_D(up) - minus_log_D(down)) / (2 * h)
        assert pair.arrows[pair.mended][:4, axis] == pytest.approx(-slope, rel=0.02, abs=1e-3)
    assert game.iteration == 0


def test_divergence_is_kept_and_said(monkeypatch):
    monkeypatch.setitem(failures.FAILURES, "wild", failures.FAILURES["momentum"]._replace(broken={"lr_g": 1e30}))
    pair, broken, mended = measured("wild", 0, 20)
    assert "training diverged at iteration" in pair.diverged[pair.broken] and pair.mended not in pair.diverged
    assert pair.broken.game.iteration < 20 == pair.mended.game.iteration and np.isfinite(pair.broken.game.G.theta).all()


@pytest.mark.parametrize("arguments, error, words", [
    ({"name": "colapse"}, ValueError, "did you mean 'collapse'"),
    ({"name": "collapse", "seed": -1}, ValueError, "seed must be at least 0"),
    ({"name": "collapse", "iterations": 0}, ValueError, "iterations must be at least 1")])
def test_bad_arguments_get_one_clear_sentence(arguments, error, words):
    with pytest.raises(error, match=words):
        failures.start(**arguments)
