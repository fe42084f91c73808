"""Algorithm 1: its order, its derivatives through both networks, what each step may touch."""

import numpy as np
import pytest
from hypothesis import assume, given, strategies as st

import tinygan as tg
from tinygan import gradcheck


def make(G=(2, 5, 2), D=(2, 6, 1), hidden="tanh", data=None, dtype=np.float64, seed=0, dropout=0.0, **options):
    rng = np.random.default_rng(seed)
    G = tg.MLP(G, hidden=hidden, dtype=dtype, rng=rng)
    D = tg.MLP(D, hidden=hidden, dtype=dtype, dropout=dropout, rng=rng)
    noise = tg.data.Normal(G.widths[0])
    return tg.Algorithm1(G, D, tg.data.Ring() if data is None else data, noise, **{"m": 8, "rng": rng, **options})


def state(game, player):
    net = getattr(game, player)
    return net.theta.tobytes(), getattr(game, "velocity_" + player).tobytes()


# The derivatives, through D and through G

CANCELS = 0.1       # sums of terms up to 1 may cancel to 1e-17: that is right, to rounding of those terms

games = st.fixed_dictionaries({
    "G": st.tuples(st.integers(1, 3), st.integers(1, 4), st.just(2)),
    "D": st.tuples(st.just(2), st.integers(1, 4), st.integers(1, 3), st.just(1)),
    "hidden": st.sampled_from(["relu", "leaky_relu", "tanh", "sigmoid", "maxout"]),
    "m": st.integers(1, 5), "seed": st.integers(0, 2**32 - 1)})


@pytest.mark.parametrize("method", ["central", "complex"])
@given(options=games, trained=st.booleans())
def test_derivative_of_V_by_D(method, options, trained):
    game = make(**options)
    game.train(10 if trained else 0)
    x, z = game.draw("data"), game.draw("noise")
    x_fake = game.G(z)
    assume(gradcheck.margin(game.D, np.concatenate([x, x_fake])) > 1e-3)
    game.gradient_D(x, z)

    def V(theta):
        D = gradcheck.at(game.D, theta)
        return tg.value(D(x), D(x_fake))

    result = gradcheck.check_gradient(V, game.D.theta, game.D.grad, method, m=game.m, scale=CANCELS)
    assert result, result


@pytest.mark.parametrize("method", ["central", "complex"])
@pytest.mark.parametrize("objective", ["minimax", "non-saturating"])
@given(options=games, trained=st.booleans())
def test_derivative_of_both_objectives_by_G_through_D(objective, method, options, trained):
    game = make(**options, objective=objective)
    game.train(10 if trained else 0)
    z = game.draw("noise")
    assume(min(gradcheck.margin(game.G, z), gradcheck.margin(game.D, game.G(z))) > 1e-3)
    dx_fake = game.gradient_G(z)["dx_fake"]

    def loss(theta):
        return tg.generator_loss(game.D(gradcheck.at(game.G, theta)(z)), objective)

    def loss_of_x(x_fake):
        return tg.generator_loss(game.D(x_fake), objective)

    for f, at, gradient in ((loss, game.G.theta, game.G.grad), (loss_of_x, game.G(z), dx_fake)):
        result = gradcheck.check_gradient(f, at, gradient, method, m=game.m, scale=CANCELS)
        assert result, result


def test_taylor_remainders_through_both_networks():
    game = make(G=(2, 8, 2), D=(2, 8, 1))
    x, z = game.draw("data"), game.draw("noise")
    game.gradient_D(x, z)
    game.gradient_G(z)
    V = lambda theta: tg.value(gradcheck.at(game.D, theta)(x), gradcheck.at(game.D, theta)(game.G(z)))
    loss = lambda theta: tg.generator_loss(game.D(gradcheck.at(game.G, theta)(z)), "non-saturating")
    for f, net in ((V, game.D), (loss, game.G)):
        assert gradcheck.taylor_slope(f, net.theta, net.grad) == pytest.approx(2, abs=0.02)
        assert gradcheck.taylor_slope(f, net.theta, 1.05 * net.grad) < 1.6


def test_three_iterations_worked_out_by_hand():
    """G(z) = wz + c and D's logit a = ux + s, one number each: the updates in plain scalars."""
    game = make(G=(1, 1), D=(1, 1), data=np.array([[2.0], [3.0], [5.0]]), m=4, k=2, lr_d=0.3, lr_g=0.2, momentum=0.6)
    game.G.theta, game.D.theta = [0.5, -0.2], [0.1, 0.3]
    (w, c), (u, s) = [0.5, -0.2], [0.1, 0.3]
    vw = vc = vu = vs = 0.0
    sigma = lambda a: 1 / (1 + np.exp(-a))
    for _ in range(3):
        for line in game.lines():
            if "z" in line.values:
                z = line.values["z"][:, 0]
            elif line.number == 4:
                x = line.values["x"][:, 0]
            elif line.number == 5:
                fake = w * z + c
                vu = 0.6 * vu + 0.3 * np.mean((1 - sigma(u * x + s)) * x - sigma(u * fake + s) * fake)
                vs = 0.6 * vs + 0.3 * np.mean((1 - sigma(u * x + s)) - sigma(u * fake + s))
                u, s = u + vu, s + vs
            else:
                pull = (1 - sigma(u * (w * z + c) + s)) * u          # −∂(−log D(G(z)))/∂G(z)
                vw, vc = 0.6 * vw + 0.2 * np.mean(pull * z), 0.6 * vc + 0.2 * np.mean(pull)
                w, c = w + vw, c + vc
        np.testing.assert_allclose(game.D.theta, [u, s], rtol=1e-12)
        np.testing.assert_allclose(game.G.theta, [w, c], rtol=1e-12)


# The order of the listing, and what each line may touch

@pytest.mark.parametrize("options, numbers", [
    ({}, [3, 4, 5, 7, 8]), ({"k": 3}, [3, 4, 5, 3, 4, 5, 3, 4, 5, 7, 8]), ({"update": "simultaneous"}, [3, 4, 5, 8])])
def test_lines_come_in_the_papers_order(options, numbers):
    game = make(**options)
    symbols = {3: ["z"], 4: ["x"], 5: ["x_fake", "a_real", "a_fake", "grad"], 7: ["z"],
               8: ["x_fake", "a_fake", "dx_fake", "grad"]}
    for iteration in range(2):
        lines = list(game.lines())
        assert [line.number for line in lines] == numbers
        assert all(list(line.values) == symbols[line.number] for line in lines)
        assert game.iteration == iteration + 1


@pytest.mark.parametrize("update", ["alternating", "simultaneous"])
def test_each_step_moves_its_own_player_alone(update):
    game = make(update=update, hidden="leaky_relu")
    game.train(3)
    before = {player: state(game, player) for player in "GD"}
    for line in game.lines():
        now = {player: state(game, player) for player in "GD"}
        moved = [player for player in "GD" if now[player] != before[player]]
        assert moved == {5: ["D"], 8: ["G"]}.get(line.number, [])
        before = now


def test_the_generators_step_leaves_no_trace_in_D():
    game = make(max_norm=0.5)
    game.train(3)
    lines = game.lines()
    for line in lines:
        if line.number == 5:
            grad, kept = game.D.grad.copy(), state(game, "D")
    assert (game.D.grad == grad).all() and state(game, "D") == kept and grad.any()


def test_abandoning_an_iteration_early_does_not_count_it():
    game = make()
    lines = game.lines()
    while next(lines).number != 7:
        assert game.iteration == 0
    lines.close()
    assert game.iteration == 0
    game.step()
    assert game.iteration == 1


class Counting(tg.data.Ring):
    drawn = 0

    def _sample(self, m, rng):
        self.drawn += 1
        return super()._sample(m, rng)


@pytest.mark.parametrize("k", [1, 3])
def test_k_steps_draw_k_times(k):
    data = Counting()
    game = make(data=data, k=k)
    game.step()
    assert data.drawn == k
    seen = [line.values["x"] for line in game.lines() if line.number == 4]
    assert len(seen) == k and all((a != b).all() for a, b in zip(seen, seen[1:]))


def test_simultaneous_takes_both_gradients_at_the_old_parameters_and_alternating_does_not():
    for update in ("simultaneous", "alternating"):
        game = make(update=update, lr_d=0.5)
        D_before, G_before = game.D.theta.copy(), game.G.theta.copy()
        lines = {line.number: line.values for line in game.lines()}
        z = lines[3]["z"] if update == "simultaneous" else lines[7]["z"]
        expected = {}
        for name, theta in (("simultaneous", D_before), ("alternating", game.D.theta.copy())):
            other = make()
            other.D.theta, other.G.theta = theta, G_before
            other.gradient_G(z)
            expected[name] = other.G.grad
        assert (lines[8]["grad"] == expected[update]).all()
        assert (expected["simultaneous"] != expected["alternating"]).any()


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("options", [{}, {"update": "simultaneous"}, {"dropout": 0.3, "k": 2}, {"max_norm": 1.0}])
def test_same_seed_same_bits(options, dtype):
    games = [make(dtype=dtype, seed=seed, hidden="maxout", **options) for seed in (7, 7, 8)]
    for game in games:
        game.train(20, every=5)
    one, same, other = (state(game, "G") + state(game, "D") for game in games)
    assert one == same and one != other
    assert all((games[0].history[name] == games[1].history[name]).all() for name in games[0].history)


def test_float32_is_never_cast_up():
    game = make(dtype=np.float32, hidden="leaky_relu", max_norm=1.0, schedule="linear", iterations=10, dropout=0.1)
    game.lr_d, game.momentum, game.max_norm = np.float64(0.1), np.float64(0.5), np.float64(1.0)
    for line in [line for _ in range(2) for line in game.lines()]:
        for name, value in line.values.items():
            assert value.dtype == np.float32, (line.number, name)
    assert game.velocity_D.dtype == game.velocity_G.dtype == game.D.theta.dtype == game.G.theta.dtype == np.float32


# Settings

def test_max_norm_caps_every_column_of_D_and_none_of_G():
    game = make(max_norm=0.3)
    game.train(5)
    norms = np.concatenate([np.linalg.norm(linear.W, axis=0) for linear in game.D.linears])
    assert norms.max() == pytest.approx(0.3) and (norms <= 0.3 * (1 + 1e-12)).all()
    assert max(np.linalg.norm(linear.W, axis=0).max() for linear in game.G.linears) > 0.3


def test_linear_schedule_ends_at_rest():
    game = make(schedule="linear", iterations=5, momentum=0.0)
    game.train(5)
    before = game.G.theta.copy()
    game.train(3)                                                   # the rate is 0 from here on
    assert (game.G.theta == before).all()
    assert make(schedule="linear", iterations=4, lr_d=0.8).rate(0.8) == 0.8


def test_changes_between_steps_take_effect():
    game = make()
    game.k, game.m = 2, 3
    lines = list(game.lines())
    assert [line.number for line in lines] == [3, 4, 5, 3, 4, 5, 7, 8] and lines[0].values["z"].shape == (3, 2)
    before = state(game, "G")
    game.lr_g, game.momentum = 1e-300, 0.0
    game.step()
    assert state(game, "G")[0] == before[0]
    before = state(game, "G") + state(game, "D")
    game.lr_d = -1
    with pytest.raises(ValueError, match="lr_d must be a finite number greater than 0, not -1"):
        game.step()
    assert state(game, "G") + state(game, "D") == before


def test_history_records_the_minibatch_of_line_5():
    game, twin = make(), make()
    history = game.train(7, every=3)
    assert history["iteration"].tolist() == [3, 6, 7]
    seen = []
    for _ in range(7):
        a = {line.number: line.values for line in twin.lines()}[5]
        seen.append((tg.value(a["a_real"], a["a_fake"]), tg.sigmoid(a["a_real"]).mean(), tg.sigmoid(a["a_fake"]).mean()))
    for name, column in zip(("V", "D_real", "D_fake"), zip(*seen)):
        assert history[name].tolist() == [column[i] for i in (2, 5, 6)]
    assert game.train(3, every=3)["iteration"].tolist() == [3, 6, 7, 9, 10]   # it goes on


def test_callback_sees_each_record_and_can_stop():
    game, seen = make(), []
    game.train(100, every=5, callback=lambda game: seen.append(game.iteration) or game.iteration >= 15)
    assert seen == [5, 10, 15] and game.iteration == 15


@pytest.mark.parametrize("turn", [lambda game: game.train(5), lambda game: game.step(), lambda game: list(game.lines())])
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
    with pytest.raises(ValueError, match="momentum must be a number in .0, 1., not 1"):
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

    for data in (np.ones((3, 2)), [[1, 2], [3, 4]], np.ones((3, 2), np.float32), Foreign()):
        game = make(data=data)
        assert game.draw("data").shape == (8, 2) and game.draw("data").dtype == np.float64
    game = make(G=(3, 4, 2))
    assert tg.Algorithm1(game.G, game.D, np.ones((5, 2)), np.ones((5, 3))).draw("noise").shape == (64, 3)


def test_what_is_replaced_between_iterations_is_checked_too():
    game = make()
    game.rng = 5
    game.step()
    assert (game.draw("noise") != game.draw("noise")).all()          # the seed became a generator, once
    game.data = np.ones((5, 2))
    game.step()
    for name, value, error, words in (
            ("data", tg.data.Normal(3), ValueError, "data of dimension 2"), ("data", tg.data.Ring, TypeError, "not the class Ring"),
            ("D", tg.MLP([2, 6, 1], output="sigmoid"), ValueError, "one logit"), ("G", game.D, ValueError, "another size"),
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
    ({"k": 0}, ValueError, "k must be at least 1, not 0"), ({"m": 0}, ValueError, "m must be"), ({"m": 2.0}, TypeError, "m must be a whole"),
    ({"lr_d": 0}, ValueError, "lr_d"), ({"lr_g": -0.1}, ValueError, "lr_g"), ({"lr_g": np.nan}, ValueError, "lr_g"),
    ({"lr_g": "fast"}, TypeError, "lr_g"), ({"momentum": 1}, ValueError, r"momentum must be a number in \[0, 1\), not 1"),
    ({"momentum": -0.1}, ValueError, "momentum"), ({"objective": "min-max"}, ValueError, "did you mean 'minimax'"),
    ({"update": "simultaneus"}, ValueError, "did you mean 'simultaneous'"), ({"schedule": "cosine"}, ValueError, "constant, linear"),
    ({"update": "simultaneous", "k": 2}, ValueError, "needs k = 1"), ({"max_norm": 0}, ValueError, "max_norm"),
    ({"schedule": "linear"}, ValueError, "needs iterations"), ({"schedule": "linear", "iterations": 0}, ValueError, "iterations"),
    ({"max_norm": 1e200}, ValueError, "from 1e-15 to 1e15"), ({"rng": -1}, ValueError, "rng"), ({"D": (2, 4, 2)}, ValueError, "D must end in one logit"),
    ({"G": (2, 4, 3)}, ValueError, "data of dimension 3, as G's output, not 2"),
    ({"D": (3, 4, 1)}, ValueError, "data of dimension 3, as D's input, not 2"),
    ({"data": np.ones((4, 3))}, ValueError, "data of dimension 2, as G's output, not 3"),
    ({"data": np.array([[1, np.nan]])}, ValueError, "data must be finite, but has 1 NaN or infinite"),
    ({"data": np.array([[np.inf, 1]])}, ValueError, "data must be finite"), ({"data": np.ones(5)}, ValueError, r"write x\[:, None\]"),
    ({"data": np.array([[None, 1]])}, TypeError, "data must be an array of numbers"), ({"data": 3}, TypeError, "data must be a Distribution"),
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
    (lambda m, rng: np.ones((m - 1, 2)), ValueError, "must return shape"), (lambda m, rng: np.full((m, 2), np.nan), ValueError, "NaN"),
    (lambda m, rng: None, TypeError, "array of numbers"), (lambda m, rng: np.ones((m, 2)) * 1j, TypeError, "real, not complex")])
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
@pytest.mark.parametrize("rates", [{"lr_d": 1e4}, {"lr_d": 1e10}, {"lr_d": 1e300, "lr_g": 1e300}, {"lr_d": 1e38}, {"lr_g": 1e38}])
def test_divergence_stops_with_a_name_and_leaves_finite_networks(rates, dtype):
    game = make(hidden="relu", G=(2, 16, 16, 2), D=(2, 16, 16, 1), dtype=dtype, **{"lr_d": 10.0, "lr_g": 10.0, **rates})
    with pytest.raises(tg.DivergenceError, match="training diverged at iteration") as caught:
        game.train(5000)
    error = caught.value
    assert isinstance(error, ArithmeticError)
    assert error.iteration == game.iteration + 1 and error.player in "GD"
    assert f"iteration {error.iteration}: {error.player}'s numbers" in str(error) and "lower rates" in str(error)
    for array in (game.G.theta, game.D.theta, game.velocity_G, game.velocity_D):
        assert np.isfinite(array).all()


def test_divergence_blames_whose_numbers_went_first():
    game = make()
    game.G.theta[-1] = np.inf
    with pytest.raises(tg.DivergenceError) as caught:
        game.step()
    assert caught.value.player == "G"
    game = make()
    game.D.theta[:] = np.nan
    with pytest.raises(tg.DivergenceError) as caught:
        game.step()
    assert caught.value.player == "D"
