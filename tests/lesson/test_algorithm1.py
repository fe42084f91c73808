"""Algorithm 1: its order, its derivatives through both networks, what each step may touch."""

import numpy as np
import pytest
from hypothesis import assume, given, strategies as st

import tinygan as tg
from games import make, state
from tinygan import gradcheck


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
    x, z = game.sample(game.data), game.sample(game.noise)
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
    z = game.sample(game.noise)
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
    x, z = game.sample(game.data), game.sample(game.noise)
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


@pytest.mark.parametrize("k", [1, 3])
def test_a_rising_cap_moves_with_every_iteration(k):
    """(first, last) is a line over `iterations`, whenever a record is made; past its end it stays there."""
    game, caps = make(max_norm=(0.3, 0.7), iterations=4, k=k), []
    for _ in range(6):
        game.D.theta *= 100
        game.step()
        caps.append(max(np.linalg.norm(linear.W, axis=0).max() for linear in game.D.linears))
    assert caps == pytest.approx([0.3, 0.4, 0.5, 0.6, 0.7, 0.7])
    ends = []
    for every in (1, 10, 100):
        game = make(max_norm=(0.3, 0.7), iterations=20, schedule="linear")
        game.train(20, every=every)
        ends.append(state(game, "G") + state(game, "D"))
    assert ends[0] == ends[1] == ends[2]


@pytest.mark.parametrize("k", [1, 3])
def test_a_rising_momentum_is_that_of_its_iteration_for_both_players(k):
    """v ← μₜ v ± η ∇ with μₜ from .5 to .9 in a line over 4 iterations, and .9 from there on."""
    game = make(momentum=(0.5, 0.9), iterations=4, k=k, lr_d=0.3, lr_g=0.2)
    v = {player: 0 for player in "DG"}
    for mu in (0.5, 0.6, 0.7, 0.8, 0.9, 0.9):
        for line in game.lines():
            if line.number == 5:
                v["D"] = mu * v["D"] + 0.3 * line.values["grad"]
            elif line.number == 8:
                v["G"] = mu * v["G"] - 0.2 * line.values["grad"]
        np.testing.assert_allclose(game.velocity_D, v["D"], rtol=1e-12, atol=1e-15)
        np.testing.assert_allclose(game.velocity_G, v["G"], rtol=1e-12, atol=1e-15)


def test_now_is_the_number_itself_or_where_the_pair_has_come_to():
    game = make(iterations=4)
    for game.iteration, expected in ((0, 0.5), (1, 0.6), (4, 0.9), (9, 0.9)):
        assert game.now((0.5, 0.9)) == pytest.approx(expected) and game.now(0.3) == 0.3
    assert make(momentum=(0.5, 0.5), iterations=3).train(9)["V"] == make(momentum=0.5).train(9)["V"]


@pytest.mark.filterwarnings("ignore:the schedule ends")
def test_linear_schedule_ends_at_rest():
    game = make(schedule="linear", iterations=5, momentum=0.0)
    game.train(5)
    before = game.G.theta.copy()
    game.train(3)                                                   # the rate is 0 from here on
    assert (game.G.theta == before).all()
    assert make(schedule="linear", iterations=4, lr_d=0.8).rate(0.8) == 0.8


def test_a_schedule_that_is_a_number_keeps_the_rates_for_that_part():
    game, rates = make(schedule=0.5, iterations=4), []
    for game.iteration in range(6):
        rates.append(game.rate(0.8))
    assert rates == pytest.approx([0.8, 0.8, 0.8, 0.4, 0, 0])
    line, number = make(schedule="linear", iterations=4), make(schedule=0, iterations=4)
    assert [line.train(4)["V"][-1], *line.G.theta] == [number.train(4)["V"][-1], *number.G.theta]


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
