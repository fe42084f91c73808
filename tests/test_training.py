"""A game as it is run: history, callbacks, samplers of the user's, divergence, and what is asked of its settings."""

import copy
import pickle
import re
import sys
from types import SimpleNamespace

import numpy as np
import pytest
from matplotlib.figure import Figure

import tinygan as tg
from games import make, state
from tinygan.beyond.conditional import Conditional, Pairs


def test_history_records_the_minibatch_of_line_5():
    game, twin = make(), make()
    history = game.train(7, every=3)
    assert history["iteration"].tolist() == [3, 6, 7]
    seen = []
    for _ in range(7):
        a = {line.number: line.values for line in twin.lines()}[5]
        a_real, a_fake = a["a_real"], a["a_fake"]
        seen.append((tg.value(a_real, a_fake), tg.sigmoid(a_real).mean(), tg.sigmoid(a_fake).mean()))
    for name, column in zip(("V", "D_real", "D_fake"), zip(*seen)):
        assert history[name].tolist() == [column[i] for i in (2, 5, 6)]
    assert game.train(3, every=3)["iteration"].tolist() == [3, 6, 7, 9, 10]   # it goes on


@pytest.mark.parametrize("k", [1, 2])
def test_the_spread_of_G_is_that_of_the_last_line_5(k):
    game, twin = make(k=k), make(k=k)
    x_fake = [line.values["x_fake"] for line in twin.lines() if line.number == 5][-1]
    assert game.train(1)["G_spread"][0] == pytest.approx(np.sqrt((x_fake.std(axis=0)**2).mean()), rel=1e-12)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("W, spread, tolerance", [
    (0, 0, 1e-7), ([[1, 0], [0, 0]], np.sqrt(1 / 2), 0.02), (np.eye(2), 1, 0.02), (1e16 * np.eye(2), 1e16, 2e14)],
    ids=["one point", "one column dead", "as the noise", "so far that its square is beyond float32"])
def test_the_spread_of_G_is_0_only_where_all_z_give_one_point(W, spread, tolerance, dtype):
    game = make(G=(2, 2), m=4096, dtype=dtype)
    game.G.linears[0].W[...], game.G.linears[0].b[...] = W, [3.3, -0.7]
    assert game.train(1)["G_spread"][0] == pytest.approx(spread, abs=tolerance)


def test_callback_sees_each_record_and_can_stop():
    game, seen = make(), []
    game.train(100, every=5, callback=lambda game: seen.append(game.iteration) or game.iteration >= 15)
    assert seen == [5, 10, 15] and game.iteration == 15


@pytest.mark.parametrize("turn", [lambda game: game.train(5), lambda game: game.step(),
                                  lambda game: list(game.lines())])
def test_every_way_to_go_on_asks_at_the_door(turn):
    game = make()
    game.step()
    before = state(game, "G") + state(game, "D")
    game.k = 0
    with pytest.raises(ValueError, match="k must be at least 1, not 0"):
        turn(game)
    assert state(game, "G") + state(game, "D") == before and game.iteration == 1


def test_a_callback_that_turns_a_knob_too_far_is_told_before_the_next_iteration():
    game = make()
    with pytest.raises(ValueError, match="momentum must be a number in .0, 1.,.* not 1"):
        game.train(20, every=5, callback=lambda game: setattr(game, "momentum", 1))
    assert game.iteration == 5


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_sampler_may_fill_the_same_array_each_time(dtype):
    """Algorithm 1 works on copies, so that x does not overwrite the z drawn before it."""
    class Same:
        dim, array = 2, np.zeros((8, 2), dtype)

        def sample(self, m, rng):
            self.array[...] = rng.standard_normal((m, 2))
            return self.array

    class Fresh(Same):
        def sample(self, m, rng):
            return super().sample(m, rng).copy()

    ends = []
    for sampler in (Same(), Fresh()):
        game = make(data=sampler, dtype=dtype)
        game.noise = sampler
        game.train(3)
        ends.append(state(game, "G") + state(game, "D"))
    assert ends[0] == ends[1]


def test_arrays_lists_and_foreign_samplers_are_distributions():
    class Foreign:
        dim = 2

        def sample(self, m, rng):
            return rng.integers(-5, 5, (m, 2))                       # whole numbers: converted

    for data in (np.eye(2), [[1, 2], [3, 4]], np.eye(2, dtype=np.float32), Foreign()):
        game = make(data=data)
        assert game.sample(game.data).shape == (8, 2) and game.sample(game.data).dtype == np.float64
    game = make(G=(3, 4, 2))
    game = tg.Algorithm1(game.G, game.D, np.eye(2), np.ones((5, 3)))
    assert game.sample(game.noise).shape == (64, 3)


def test_what_is_replaced_between_iterations_is_checked_too():
    game = make()
    game.rng = 5
    game.step()
    assert (game.sample(game.noise) != game.sample(game.noise)).all()          # the seed became a generator, once
    game.data = np.ones((5, 2))
    game.step()
    for name, value, error, words in (
            ("data", tg.data.Normal(3), ValueError, "data of dimension 2"),
            ("data", tg.data.Ring, TypeError, "not the class Ring"),
            ("D", tg.MLP([2, 6, 1], output="sigmoid"), ValueError, "one logit"),
            ("G", game.D, ValueError, "another size"),
            ("G", tg.MLP([2, 7, 2]), ValueError, "another size"), ("rng", "x", TypeError, "rng")):
        before, kept = state(game, "D"), getattr(game, name)
        setattr(game, name, value)
        with pytest.raises(error, match=words):
            game.step()
        setattr(game, name, kept)
        assert state(game, "D") == before
    lines = game.lines()
    next(lines)
    game.update = "simultaneous"                                      # within an iteration: from the next one on
    assert [line.number for line in lines] == [4, 5, 7, 8]
    assert [line.number for line in game.lines()] == [3, 4, 5, 8]


# Doors

@pytest.mark.parametrize("options, error, words", [
    ({"k": 0}, ValueError, "k must be at least 1, not 0"), ({"m": 0}, ValueError, "m must be"),
    ({"m": 2.0}, TypeError, "m must be a whole"),
    ({"lr_d": 1e31}, ValueError, "lr_d must be at most 1e30"),
    ({"lr_d": 0}, ValueError, "lr_d"), ({"lr_g": -0.1}, ValueError, "lr_g"), ({"lr_g": np.nan}, ValueError, "lr_g"),
    ({"lr_g": "fast"}, TypeError, "lr_g"),
    ({"momentum": 1}, ValueError,
     r"momentum must be a number in \[0, 1\), or \(first, last\), two such numbers, not 1"),
    ({"momentum": -0.1}, ValueError, "momentum"),
    ({"momentum": (0.5, 1), "iterations": 5}, ValueError, "momentum.*not 1"),
    ({"momentum": (-0.1, 0.5), "iterations": 5}, ValueError, "momentum.*not -0.1"),
    ({"momentum": (0.5, 0.6, 0.7), "iterations": 5}, TypeError,
     r"momentum must be a number, or \(first, last\), two numbers, not \(0.5, 0.6, 0.7\)"),
    ({"momentum": (0.5, "much"), "iterations": 5}, TypeError, r"momentum.*\(first, last\).*not 'much'"),
    ({"momentum": np.array([0.5, 0.7]), "iterations": 5}, TypeError, r"or \(first, last\).* not array\(\[0.5, 0.7"),
    ({"momentum": (0.5, 0.7)}, ValueError,
     r"momentum=\(first, last\) needs iterations, the number at which it is last"),
    ({"objective": "min-max"}, ValueError, "did you mean 'minimax'"),
    ({"update": "simultaneus"}, ValueError, "did you mean 'simultaneous'"),
    ({"schedule": "cosine"}, ValueError, "constant, linear"),
    ({"update": "simultaneous", "k": 2}, ValueError, "needs k = 1"), ({"max_norm": 0}, ValueError, "max_norm"),
    ({"schedule": "linear"}, ValueError, "needs iterations"),
    ({"schedule": "linear", "iterations": 0}, ValueError, "iterations"),
    ({"schedule": 0.5}, ValueError, "needs iterations"), ({"schedule": 1, "iterations": 5}, ValueError, "schedule"),
    ({"schedule": None}, TypeError, "constant, linear or a number"),
    ({"max_norm": 1e200}, ValueError, "from 1e-15 to 1e15"),
    ({"max_norm": (1.0, 2.0)}, ValueError, "needs iterations"),
    ({"max_norm": (1.0, 0), "iterations": 5}, ValueError, "max_norm"),
    ({"max_norm": (1.0, 2.0, 3.0), "iterations": 5}, TypeError, "first, last"), ({"rng": -1}, ValueError, "rng"),
    ({"D": (2, 4, 2)}, ValueError, "D must end in one logit"),
    ({"G": (2, 4, 3)}, ValueError, "data of dimension 3, as G's output, not 2"),
    ({"D": (3, 4, 1)}, ValueError, "data of dimension 3, as D's input, not 2"),
    ({"data": np.ones((4, 3))}, ValueError, "data of dimension 2, as G's output, not 3"),
    ({"data": np.array([[1, np.nan]])}, ValueError, "data must be finite, but has 1 NaN or infinite"),
    ({"data": np.array([[np.inf, 1]])}, ValueError, "data must be finite"),
    ({"data": np.ones(5)}, ValueError, r"write x\[:, None\]"),
    ({"data": np.array([[None, 1]])}, TypeError, "data must be an array of numbers"),
    ({"data": 3}, TypeError, "data must be a Distribution"),
    ({"data": np.ones((0, 2))}, ValueError, "data must be")])
def test_bad_settings_get_one_clear_sentence(options, error, words):
    with pytest.raises(error, match=words):
        make(**options)


def test_players_must_match():
    G, D = tg.MLP([2, 3, 2]), tg.MLP([2, 3, 1])
    with pytest.raises(ValueError, match="noise of dimension 2, as G's input, not 5"):
        tg.Algorithm1(G, D, tg.data.Ring(), tg.data.Normal(5))
    with pytest.raises(ValueError, match="same dtype"):
        tg.Algorithm1(tg.MLP([2, 3, 2], dtype=np.float32), D, tg.data.Ring(), tg.data.Normal(2))
    with pytest.raises(ValueError, match="output='identity'"):
        tg.Algorithm1(G, tg.MLP([2, 3, 1], output="sigmoid"), tg.data.Ring(), tg.data.Normal(2))
    one = tg.MLP([1, 1])
    with pytest.raises(ValueError, match="two networks"):
        tg.Algorithm1(one, one, np.ones((3, 1)), tg.data.Normal(1))
    with pytest.raises(ValueError, match="too large for float32"):
        make(dtype=np.float32, data=[[1e300, 0]]).step()
    with pytest.raises(TypeError, match="callback must be a function"):
        make().train(5, callback=3)
    with pytest.raises(TypeError, match="G must be an MLP"):
        tg.Algorithm1("G", D, tg.data.Ring(), tg.data.Normal(2))


@pytest.mark.parametrize("bad, error, words", [
    (lambda m, rng: np.ones((m, 3)), ValueError, r"data.sample\(8, rng\) must return shape \(8, 2\), not \(8, 3\)"),
    (lambda m, rng: np.ones((m - 1, 2)), ValueError, "must return shape"),
    (lambda m, rng: np.full((m, 2), np.nan), ValueError, "NaN"),
    (lambda m, rng: None, TypeError, "array of numbers"),
    (lambda m, rng: np.ones((m, 2)) * 1j, TypeError, "real, not complex")])
def test_a_bad_sampler_is_caught_and_changes_nothing(bad, error, words):
    class Bad:
        dim = 2
        sample = staticmethod(bad)

    game = make(data=Bad())
    before = state(game, "G") + state(game, "D")
    with pytest.raises(error, match=words):
        game.step()
    assert state(game, "G") + state(game, "D") == before and game.iteration == 0


# Divergence

@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("rates", [{"lr_d": 1e4}, {"lr_d": 1e10}, {"lr_d": 1e30, "lr_g": 1e30},
                                   {"lr_d": 1e28}, {"lr_g": 1e28}])
def test_divergence_stops_with_a_name_and_leaves_finite_networks(rates, dtype):
    game = make(hidden="relu", G=(2, 16, 16, 2), D=(2, 16, 16, 1), dtype=dtype, **{"lr_d": 10.0, "lr_g": 10.0, **rates})
    with pytest.raises(tg.DivergenceError, match="training diverged at iteration") as caught:
        game.train(5000)
    error = caught.value
    assert isinstance(error, ArithmeticError)
    assert error.iteration == game.iteration + 1 and error.player in "GD"
    assert f"iteration {error.iteration}: {error.player}'s next step" in str(error) and "lower rates" in str(error)
    z = np.random.default_rng(0).standard_normal((100, 2))
    assert np.isfinite(game.G(z)).all() and np.isfinite(game.D(game.G(z))).all()
    for array in (game.G.theta, game.D.theta, game.velocity_G, game.velocity_D):
        assert np.isfinite(array).all()


@pytest.mark.parametrize("player", "GD")
@pytest.mark.parametrize("number", [np.nan, np.inf, 2e6])
def test_a_step_that_is_not_finite_or_too_long_is_refused_before_it_is_taken(player, number):
    game = make(lr_d=1.0, lr_g=1.0)
    game.train(3)
    gradient = getattr(game, f"gradient_{player}")

    def bad(*minibatches):
        computed = gradient(*minibatches)
        computed["grad"][0] = number
        return computed

    setattr(game, f"gradient_{player}", bad)
    before = state(game, player)
    with pytest.raises(tg.DivergenceError) as caught:
        game.step()
    assert state(game, player) == before and game.iteration == 3
    assert caught.value.player == player and caught.value.iteration == 4
    delattr(game, f"gradient_{player}")
    game.train(3)                                                    # and it can go on


def test_no_warning_tells_of_what_the_error_says():
    """The suite turns warnings into errors, so overflow on the way to a DivergenceError would be one."""
    game = make(hidden="relu", dtype=np.float32, lr_d=1e5, lr_g=1e5)
    with pytest.raises(tg.DivergenceError):
        game.train(5000)


# What a sampler of the user's may do half-way

@pytest.mark.parametrize("error", [OSError, KeyboardInterrupt, ZeroDivisionError])
@pytest.mark.parametrize("role", ["data", "noise"])
def test_a_sampler_that_fails_passes_its_own_error_on_and_leaves_a_game_that_can_be_used(role, error):
    game = make(k=2, dropout=0.1)
    source, draws = getattr(game, role), 0

    class Failing:
        dim = 2

        def sample(self, m, rng):
            nonlocal draws
            draws += 1
            if draws == 6:
                raise error("mine")
            return source.sample(m, rng)

    setattr(game, role, Failing())
    with pytest.raises(error, match="mine"):
        game.train(50)
    done = game.iteration
    for array in (game.G.theta, game.D.theta, game.velocity_G, game.velocity_D):
        assert np.isfinite(array).all()
    assert len(game.train(50)["V"]) == 1 and game.iteration == done + 50


def test_a_sampler_that_has_run_out_is_named():
    class Runs:
        dim, batches = 2, iter([np.ones((8, 2))] * 3)

        def sample(self, m, rng):
            return next(self.batches)

    game = make(data=Runs())
    with pytest.raises(ValueError, match=r"data.sample\(8, rng\) must return 8 examples each time, but it has run out"):
        game.train(10)
    assert game.iteration == 3


def test_the_users_own_sampler_is_looked_at_inside_standardised_data_too():
    class Bad:
        dim = 2

        def sample(self, m, rng):
            return np.ones((m - 1, 2))

    with pytest.raises(ValueError, match="source.sample.* must return shape"):
        make(data=tg.data.Standardised(Bad(), mean=0, std=1)).step()


# What it costs to be asked at the door

def test_settings_are_looked_at_again_only_when_one_was_replaced(monkeypatch):
    game, looked = make(), []
    monkeypatch.setattr(type(game), "_check_settings", lambda self: looked.append(self.iteration))
    game.train(5)
    assert looked == []
    game.lr_d = 0.03
    game.train(5)
    assert looked == [5]


def test_a_step_of_the_ring_makes_few_calls():
    game, calls = tg.recipes.start("ring").game, 0

    def count(frame, event, argument):
        nonlocal calls
        calls += event == "call"

    game.step()
    sys.setprofile(count)
    game.step()
    sys.setprofile(None)
    assert calls <= 185


def test_a_subclass_of_the_users_is_looked_at_too():
    class Short(tg.data.Distribution):
        dim = 2

        def _sample(self, m, rng):
            return np.ones((m - 1, 2))

    with pytest.raises(ValueError, match=r"data.sample\(8, rng\) must return shape \(8, 2\), not \(7, 2\)"):
        make(data=Short()).step()


def test_what_a_users_object_has_can_be_asked_for_through_the_game():
    class Mine:
        dim, mark = 2, "mine"

        def sample(self, m, rng):
            return rng.standard_normal((m, 2))

    game = make(data=Mine())
    for one in (game, copy.deepcopy(game), pickle.loads(pickle.dumps(make()))):
        one.step()
    assert game.data.mark == "mine" and isinstance(game.data.source, Mine)
    with pytest.raises(AttributeError):
        game.data.density


def test_the_step_that_is_refused_is_the_one_that_would_be_taken():
    game = make(schedule="linear", iterations=3, lr_d=1e20, lr_g=1e20)
    game.iteration = 3
    game.step()                                               # the rates have fallen to 0
    game = make()
    game.velocity_D[0] = 1e300
    with pytest.raises(tg.DivergenceError):
        game.step()


def test_training_beyond_the_end_of_a_schedule_says_so_and_how_to_go_on():
    game = make(schedule="linear", iterations=6)
    game.train(6)
    with pytest.warns(UserWarning, match="the schedule ends at iteration 6, and both rates are 0 from there on: to "
                                         "train for longer, first set iterations = 10"):
        game.train(4)
    game.iterations = 20
    before = game.G.theta.copy()
    game.train(4)                                             # and then nothing is said
    assert (game.G.theta != before).any() and game.rate(1.0) == pytest.approx(0.3)
    make().train(3)


DRAW = np.random.default_rng(0).normal


@pytest.mark.parametrize("far, off", [
    (DRAW(200, 50, (500, 2)), "0 has mean 195 and standard deviation 48.9, and networks learn best near 0 and 1"),
    (DRAW(400, 1.25, (500, 2)), "0 has mean 400, and networks learn best near 0 .its standard deviation 1.32 is good"),
    (DRAW([170, 70], [10, 12], (500, 2)), "0 has mean 169 and standard deviation 9.88, and networks"),
    (0.01 * tg.data.Ring().sample(500, 0), "0 has standard deviation 0.008.*, and networks learn best near 1"),
    (tg.data.Gaussian([0, 30], np.eye(2)), "1 has mean 30, and networks learn best near 0"),
    (tg.data.Gaussian([9, 9], np.eye(2)), "0 has mean 8.97, and networks learn best near 0"),
    (DRAW(0, [1, 0.01], (500, 2)), "1 has standard deviation 0.01.*, and networks learn best near 1"),
    (DRAW(6, 0.2, (500, 2)), "0 has mean 6.02 and standard deviation 0.201, and networks learn best near 0 and 1"),
    (DRAW(10, 2.1, (500, 2)), "0 has mean .*, and networks learn best near 0")],
    ids=["200", "400", "170", "small", "30", "9", "1 and .01", "6", "10"])
def test_data_far_from_unit_scale_are_told_once_what_is_off_with_a_cure_that_works(far, off):
    G, D = tg.MLP([2, 16, 2], rng=0), tg.MLP([2, 16, 1], rng=1)
    with pytest.warns(UserWarning, match=f"from unit scale: column {off}.* The cure: data=tg.data.Standardised"):
        game = tg.Algorithm1(G, D, far, tg.data.Normal(2), rng=0)
    try:
        game.train(30)                                        # not a second time
    except tg.DivergenceError as error:
        assert re.search(f"data=tg.data.Standardised.x., since column {off}", str(error))
    G, D = tg.MLP([2, 16, 2], rng=0), tg.MLP([2, 16, 1], rng=1)
    game = tg.Algorithm1(G, D, tg.data.Standardised(far), tg.data.Normal(2), rng=0)
    game.train(300)
    centre = tg.data.as_distribution(far).sample(500, 0).mean(axis=0)
    spread = tg.data.as_distribution(far).sample(500, 0).std(axis=0)
    assert (np.abs(game.data.restore(G(game.noise.sample(500, 0))).mean(axis=0) - centre) < 2 * spread).all()


def test_where_data_are_near_a_divergence_does_not_say_that_they_are_far():
    with pytest.raises(tg.DivergenceError, match="What usually helps: lower rates"):
        make(data=tg.data.Ring(), lr_d=1e9).train(5)
    not_asked = SimpleNamespace(dim=2, sample=tg.data.Ring().sample)
    with pytest.raises(tg.DivergenceError, match=r"lower rates .*; data=tg.data.Standardised\(x\), if they lie far"):
        make(data=not_asked, lr_d=1e9).train(5)


@pytest.mark.parametrize("output, data, beyond", [
    ("tanh", np.array([[0.0, -1.5], [0.5, 1.0]]), "column 1 goes from -1.5 to 1, and output='tanh' of G from -1 to 1"),
    ("tanh", tg.data.Normal(2), "column [01] goes from -[23].* to [23].*, and output='tanh' of G from -1 to 1"),
    ("tanh", tg.data.Standardised(np.array([[0.0, 1], [0, 1], [3, 1.5]])), "column [01] goes from -0.7.* to 1.41"),
    ("sigmoid", np.array([[0.0, 1.0], [-0.5, 1.0]]), "column 0 goes from -0.5 to 0, .* of G from 0 to 1")],
    ids=["array", "distribution", "standardised", "sigmoid"])
def test_data_beyond_the_reach_of_G_are_told_once_with_the_cure(output, data, beyond):
    game = lambda output: tg.Algorithm1(tg.MLP([2, 8, 2], output=output, rng=0), tg.MLP([2, 8, 1], rng=1), data,
                                        tg.data.Normal(2), rng=2)
    with pytest.warns(UserWarning, match=f"G can't reach all of the data: {beyond}.*output='identity', or data scaled"):
        made = game(output)
    made.train(3)                                             # not a second time
    game("identity")                                          # and the cure is one: warnings are errors here


def test_data_within_the_reach_of_G_are_not_told_nor_is_a_condition():
    x = np.random.default_rng(0).normal(170, 10, (500, 2))
    unit = (x - x.min(axis=0)) / (x.max(axis=0) - x.min(axis=0))
    for output, data in (("sigmoid", unit), ("tanh", 2 * unit - 1), ("tanh", tg.data.Uniform(2)),
                         ("sigmoid", SimpleNamespace(dim=2, sample=lambda m, rng: np.full((m, 2), 7.0)))):  # not asked
        tg.Algorithm1(tg.MLP([1, 2], output=output), tg.MLP([2, 1]), data, tg.data.Normal(1))
    G, pairs = Conditional(tg.MLP([2, 1], output="sigmoid"), d_c=1), Pairs(unit[:, :1], 3 * unit[:, 1:])
    for data in (pairs, np.column_stack([pairs.x, pairs.c])):
        tg.Algorithm1(G, tg.MLP([2, 1]), data, pairs.noise(tg.data.Normal(1)))


def test_numpys_global_seed_has_no_effect():
    seeded = []
    for _ in range(2):
        np.random.seed(0)
        seeded.append((tg.MLP([2, 3, 2]).theta, tg.MLP([2, 3, 2], rng=0).theta, tg.data.Normal(2).sample(3)))
    assert (seeded[0][0] != seeded[1][0]).any() and (seeded[0][2] != seeded[1][2]).any()
    assert (seeded[0][1] == seeded[1][1]).all()


def test_the_spread_of_a_G_that_has_run_away_is_infinite_and_no_warning():
    game = make()
    game.G.theta[...] = 1e120
    game.D.theta[...] = 0
    assert game.train(1)["G_spread"].item() > 1e100


def test_history_has_what_G_descends_and_is_plotted_in_a_line():
    game = make()
    for line in game.lines():
        pass
    expected = tg.generator_loss(line.values["a_fake"], game.objective)
    history = make().train(1)
    assert history["G_loss"][0] == expected and len({len(values) for values in history.values()}) == 1
    Figure().subplots().plot("iteration", "V", data=history)  # matplotlib takes a dict of arrays


def test_the_recipes_own_data_are_near_enough_to_unit_scale():
    for name in tg.recipes.names():                           # warnings are errors here
        tg.recipes.start(name)
    for data in (tg.data.Ring(), tg.data.ring_of_gaussians(), tg.data.grid_of_gaussians(), tg.data.TwoMoons(),
                 tg.data.Gaussian(4, 1.25**2), tg.data.SwissRoll(), tg.data.Spiral(), tg.data.Line()):
        tg.Algorithm1(tg.MLP([1, data.dim]), tg.MLP([data.dim, 1]), data, tg.data.Normal(1))
