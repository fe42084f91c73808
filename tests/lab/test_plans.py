"""The Python lines that the page shows make the very game that is played."""

import pickle

import numpy as np
import pytest

import tinygan as tg
from games import bits
from tinygan.lab.plans import Network, Plan, as_text, of_text, options_of
from tinygan.lab.session import Session

TABLE = tg.recipes.points.checked(np.random.default_rng(0).normal(size=(60, 2)), None, "rows")
DRAWING = {"means": [[0, 1], [1, 0]], "std": [0.1, 0.2], "weights": [1, 3]}
PLANS = {"a recipe": Plan("ring", 3), "with settings": Plan("ring8", 1, 40, {"max_norm": None, "k": 2}),
         "other networks": Plan("ring", 2, 30, {"lr_d": 0.2}, G=Network((8, 9), "tanh"), D=Network((), "relu")),
         "another D": Plan("ring8", 3, D=Network((8,), "tanh")), "uniform noise": Plan("ring", noise=("Uniform", 4)),
         "other noise": Plan("gaussian", noise=("Uniform", 3)), "a maxout D": Plan("glyphs", noise=("Normal", 4)),
         "a momentum that rises": Plan("ring", 3, 40, {"momentum": (0.1, 0.7)}),
         "a drawing": Plan("drawing", 4, data=DRAWING),
         "an even one": Plan("drawing", data={**DRAWING, "std": [0.1, 0.1], "weights": [2, 2]}),
         "own rows": Plan("points", 2, data=TABLE, file="rows.csv"),
         "own rows, other networks": Plan("points", data=TABLE, file="rows.csv", G=Network((6,), "relu"))}


@pytest.mark.parametrize("plan", PLANS.values(), ids=PLANS)
def test_the_lines_make_the_very_game(plan, tmp_path, monkeypatch):
    """After turns of both players and of each alone, changes of settings, and going back."""
    monkeypatch.chdir(tmp_path)
    np.savetxt("rows.csv", TABLE.rows, delimiter=",", fmt="%.17g")
    one = Session(plan)
    for command in ({"do": "step", "turns": 2}, {"do": "set", "name": "lr_d", "value": "0.03"}, {"do": "step"},
                    {"do": "step"}, {"do": "go", "turn": 3}, {"do": "step", "players": "D", "turns": 2},
                    {"do": "set", "name": "iterations", "value": "90"}, {"do": "step", "players": "G"}, {"do": "step"}):
        assert "error" not in one.do(command)
    lines = one.do({"do": "python"})["python"]
    made = {}
    exec(lines, made)
    assert bits(made["game"])[:2] == bits(one.game)[:2] and bits(made["game"])[3:] == bits(one.game)[3:]
    assert max(map(len, lines.splitlines())) < 400


def test_the_lines_learn_your_own_pictures(tmp_path, monkeypatch):
    """By the name of their file; and with other networks, of which D keeps the dropout of its inputs."""
    monkeypatch.chdir(tmp_path)
    digits = tg.data.Glyphs(8, n=150, held_out=0)
    np.savez("mine.npz", images=digits.images, labels=digits.labels)
    data = tg.data.read_images("mine.npz")
    for plan in (Plan("glyphs", 1, 30, {"momentum": (0.2, 0.6)}, data=data, file="mine.npz"),
                 Plan("glyphs", data=data, file="mine.npz", D=Network((9,), "maxout"), G=Network((8, 7), "relu"))):
        one = Session(plan)
        assert "error" not in one.do({"do": "step", "turns": 2})
        made = {}
        exec(one.do({"do": "python"})["python"], made)
        assert bits(made["game"])[:2] == bits(one.game)[:2] and bits(made["game"])[3:] == bits(one.game)[3:]


def test_another_network_keeps_what_is_dropped():
    net = tg.MLP([4, 6, 1], hidden="maxout", pieces=2, dropout=0.3, input_dropout=0.1, rng=0)
    widths, options = options_of(Network((9, 8), "relu"), net, 5)
    other = tg.MLP(widths, **options, rng=0)
    assert other.widths == [5, 9, 8, 1] and (other.dropout, other.input_dropout, other.pieces) == (0.3, 0.1, 2)


@pytest.mark.parametrize("text, value", [("none", None), ("", None), ("3", 3), ("0.5", 0.5), ("1e-3", 0.001),
                                         ("0.8, 4", (0.8, 4)), ("(0.8, 4.0)", (0.8, 4.0)), (" linear ", "linear"),
                                         ("0.5; 1", "0.5; 1")])
def test_settings_as_they_are_typed(text, value):
    assert of_text(text) == value and type(of_text(text)) is type(value)


@pytest.mark.parametrize("value", [None, 3, 0.25, (0.8, 4.0), "linear"])
def test_what_is_shown_can_be_typed(value):
    assert of_text(as_text(value)) == value


@pytest.mark.parametrize("name", PLANS)
def test_a_plans_run_can_be_pickled(name):
    run = PLANS[name].run()
    again = pickle.loads(pickle.dumps(run))
    assert bits(again.game) == bits(run.game) and again.recipe.about == run.recipe.about != ""
