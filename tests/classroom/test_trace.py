"""A sheet: its numbers are those of Algorithm 1, they fit on paper, and each gradient is its difference quotient."""

import numpy as np
import pytest

import tinygan as tg
from tinygan.classroom.trace import difference, entry_names, follow, sheet, walk
from tinygan.cli import main

BOTH = pytest.mark.parametrize("tiny", [False, True])
OBJECTIVES = pytest.mark.parametrize("objective", ["minimax", "non-saturating"])
PARAMETERS = ("W1", "b1", "W2", "b2")


class Given:
    """A distribution that hands out these minibatches, one after the other."""

    def __init__(self, *minibatches):
        self.minibatches, self.dim = list(minibatches), minibatches[0].shape[1]

    def sample(self, m, rng):
        return self.minibatches.pop(0)


def flat(numbers, start, of):
    return np.concatenate([np.ravel(numbers[f"{start}{name}{of}"]) for name in PARAMETERS])


def game_of(drawn):
    """tinygan's own Algorithm 1, with all that is given on the sheet."""
    n, G_widths, D_widths = drawn.given, [1, 2, 2], [2, 2, 1]
    G, D = (tg.MLP([1, 1, 1] if drawn.tiny else widths, hidden="relu") for widths in (G_widths, D_widths))
    G.theta, D.theta = flat(n, "", "_G"), flat(n, "", "")
    game = tg.Algorithm1(G, D, Given(n["x"]), Given(n["z"], n["z_new"]), k=1, m=n["m"], lr_d=n["η"], lr_g=n["η"],
                         momentum=n["μ"], objective=drawn.objective, rng=0)
    game.velocity_G[...], game.velocity_D[...] = flat(n, "v_", "_G"), flat(n, "v_", "")
    return game


@BOTH
@OBJECTIVES
@pytest.mark.parametrize("seed", [0, 7])
def test_every_number_is_that_of_algorithm_1(seed, tiny, objective):
    drawn = sheet(seed, tiny, objective)
    results = {(step.line, step.symbol): result for step, _, result in walk(drawn.steps, drawn.given)}
    of_line = {line: {symbol: result for (where, symbol), result in results.items() if where == line}
               for line in (5, 8)}
    game = game_of(drawn)
    same = lambda ours, theirs: np.testing.assert_allclose(ours, theirs, rtol=0, atol=1e-12)
    for line in game.lines():
        if line.number == 5:
            ours = of_line[5]
            for name in ("x_fake", "a_real", "a_fake"):
                same(ours[name], line.values[name])
            same(flat(ours, "d", ""), line.values["grad"])
            same(np.concatenate([ours["da_real"], ours["da_fake"]]),
                 np.concatenate(tg.value_gradient(ours["a_real"], ours["a_fake"])))
            same(ours["V"], tg.value(ours["a_real"], ours["a_fake"]))
            same(flat(ours, "", ""), game.D.theta)
            same(flat(ours, "v_", ""), game.velocity_D)
        elif line.number == 8:
            ours = of_line[8]
            for name in ("x_fake", "a_fake", "dx_fake"):
                same(ours[name], line.values[name])
            same(flat(ours, "d", "_G"), line.values["grad"])
            same(ours["da_fake"], tg.generator_gradient(ours["a_fake"], objective))
            same(ours["L"], tg.generator_loss(ours["a_fake"], objective))
            same(flat(ours, "", "_G"), game.G.theta)
            same(flat(ours, "v_", "_G"), game.velocity_G)


@BOTH
@OBJECTIVES
def test_every_gradient_is_its_difference_quotient(tiny, objective):
    drawn, compared = sheet(3, tiny, objective), []
    for step, _, result in walk(drawn.steps, drawn.given):
        quotient = difference(drawn, step)
        if quotient is not None:
            np.testing.assert_allclose(result, quotient, rtol=0, atol=1e-8)
            compared.append(f"{step.line} {step.symbol}")
    assert compared == ["5 da_real", "5 da_fake", "5 dW2", "5 db2", "5 dh", "5 du", "5 dW1", "5 db1", "8 da_fake",
                        "8 dh", "8 du", "8 dx_fake", "8 dW2_G", "8 db2_G", "8 dh_G", "8 du_G", "8 dW1_G", "8 db1_G"]


def test_a_difference_quotient_does_not_believe_a_wrong_formula():
    drawn = sheet(0)
    place = next(i for i, step in enumerate(drawn.steps) if step.symbol == "du")
    drawn.steps[place] = drawn.steps[place]._replace(compute=lambda n: n.dh)            # without the ReLU
    wrong = next(result for step, _, result in walk(drawn.steps, drawn.given) if step.symbol == "du")
    assert np.abs(wrong - difference(drawn, drawn.steps[place])).max() > 0.01


@pytest.mark.parametrize("seed", [0, 1, 2, 3, 4, 71, 274])   # of the last two a draw with no unit off is refused
def test_a_sheet_is_for_paper_and_no_layer_is_dead(seed):
    drawn = sheet(seed)
    assert all(np.array_equal(np.round(10 * array), 10 * array) for array in drawn.given.values())
    off = 0
    for step, _, result in walk(drawn.steps, drawn.given):
        assert np.abs(result).max() <= 10, step
        if step.symbol in ("u", "u_G"):
            assert np.abs(result).min() >= 0.2                                          # no ReLU near its kink
        off += step.symbol in ("h", "h_G") and not result.all()
        if step.symbol in ("a_real", "a_fake"):
            assert np.abs(result).max() <= 2.5
        if step.symbol in ("dW1_G", "dW2", "dx_fake"):
            assert result.any()
        if step.symbol == "dW1":
            assert result.any(axis=0).all()                                             # both units of D learn
    assert off >= 2


@pytest.mark.parametrize("seed", range(8))
def test_a_tiny_sheet_has_integers_and_simple_fractions_only(seed):
    drawn = sheet(seed, tiny=True)
    assert all(float(np.squeeze(array)).is_integer() for name, array in drawn.given.items() if name != "μ")
    for step, known, result in walk(drawn.steps, drawn.given):
        if step.symbol in ("t_real", "t_fake", "V", "L"):
            assert abs(result / np.log(2)).item() == pytest.approx(round(abs(result / np.log(2)).item()), abs=1e-12)
        else:
            assert np.abs(result * 4 - np.round(result * 4)).max() < 1e-12, step
        if step.symbol in ("D_real", "D_fake"):
            assert result == pytest.approx(0.5)
        if step.symbol in ("du", "du_G"):                                               # what TINY says it can't show
            assert np.array_equal(result, known[{"du": "dh", "du_G": "dh_G"}[step.symbol]])
        if step.symbol in ("dW2", "dx_fake", "dW1_G"):
            assert result.all()                                                         # there is something to learn


@BOTH
def test_each_seed_is_another_sheet_and_the_same_one_each_time(tiny):
    same = lambda one, other: all(np.array_equal(one.given[name], other.given[name]) for name in one.given)
    assert same(sheet(5, tiny), sheet(5, tiny)) and not same(sheet(5, tiny), sheet(6, tiny))
    assert same(sheet(5, tiny, "minimax"), sheet(5, tiny, "non-saturating"))            # to compare the two


def test_seed_0_is_what_it_was():
    """A sheet on paper is marked by its seed: it must not change with a version."""
    assert sheet(0).given["W1"].tolist() == [[-1, 0.5], [-1, 0.5]] and sheet(0, tiny=True).given["v_b2"].tolist() == [6]


def test_entries_are_named_as_on_paper():
    assert list(entry_names("W1_G", (1, 2), 2)) == ["W1_G[1]", "W1_G[2]"]
    assert list(entry_names("W1", (2, 2), 2)) == ["W1[1,1]", "W1[1,2]", "W1[2,1]", "W1[2,2]"]
    assert list(entry_names("u", (2, 2), 2)) == ["u_fake[1,1]", "u_fake[1,2]", "u_fake[2,1]", "u_fake[2,2]"]
    assert list(entry_names("u", (2, 1), 1)) == ["u_real", "u_fake"] and list(entry_names("V", (), 2)) == ["V"]


def test_a_step_follows_from_what_is_known():
    step = next(step for step in sheet(0).steps if step.symbol == "du")
    known = {"x": np.zeros((2, 2)), "dh": np.array([[1.0, 2.0]]), "u": np.array([[-1.0, 3.0]])}
    assert follow(step, known).tolist() == [[0, 2]]


def test_the_command_prints_the_whole_sheet(capsys):
    assert main(["trace", "--seed", "7", "--objective", "minimax"]) == 0
    said = capsys.readouterr().out
    assert "sheet: seed 7, minimax" in said and "differences:" in said and "____" not in said
    for tag in ("[Alg. 1, line 5]", "[Eq. 1]", "[Alg. 1, line 8]"):
        assert tag in said
