"""A session without a server or a browser: each command's effect on the game, to the bit where that is promised."""

import base64
import json
import types
from pathlib import Path

import numpy as np
import pytest

import tinygan as tg
from games import bits
from tinygan.lab import session as module
from tinygan.lab.plans import Plan
from tinygan.lab.session import COMMANDS, Session
from tinygan.training import SETTINGS


def session(recipe="gaussian", **options):
    return Session(Plan(recipe, **options))


def do(session, **command):
    """Do it, and it works."""
    answer = session.do(command)
    assert "error" not in answer, answer
    return answer


def refused(session, **command):
    """Do it, and it doesn't, and nothing has changed; returns the sentence."""
    before = bits(session.game), session.turn, len(session.timeline.moments), session.scene
    answer = session.do(command)
    assert before == (bits(session.game), session.turn, len(session.timeline.moments), session.scene)
    assert "\n" not in answer["error"]
    return answer["error"]


def same(game, other):
    """Whether two games are the same, to the bit, and will go on the same way."""
    return bits(game)[:2] == bits(other)[:2] and bits(game)[3:] == bits(other)[3:]


# Playing

def test_a_step_is_an_iteration_of_the_recipe():
    one = session("ring", seed=3)
    do(one, do="step", turns=4)
    run = tg.recipes.start("ring", seed=3)
    run.game.train(4)
    assert same(one.game, run.game) and one.state()["iteration"] == 4


def test_playing_goes_on_until_it_is_paused():
    one = session()
    assert one.play(1) is None and one.turn == 0
    do(one, do="play")
    assert one.play(0.02) == 0 and one.turn > 0 and one.state()["playing"]
    do(one, do="pause")
    turn = one.turn
    assert one.play(1) is None and one.turn == turn


def test_playing_stops_for_whoever_interrupts():
    one = session()
    do(one, do="play")
    one.play(60, interrupted=lambda: one.turn >= 3)
    assert one.turn == 3


@pytest.fixture
def clock(monkeypatch):
    """A clock that stands until it is moved: clock.now += 1."""
    stands = types.SimpleNamespace(now=100.0)
    monkeypatch.setattr(module, "time", types.SimpleNamespace(monotonic=lambda: stands.now))
    return stands


def test_a_speed_is_kept(clock):
    """At two turns a second, a moment's play makes one turn, and says how long to wait for the next."""
    one = session()
    do(one, do="pace", speed=2)
    do(one, do="play")
    assert one.play(0.03) == 0.5 and one.turn == 1
    assert one.play(0.03) == 0.5 and one.turn == 1
    clock.now += 0.5
    assert one.play(0.03) == 0.5 and one.turn == 2


def test_a_player_alone_moves_alone():
    one = session()
    theta_G, theta_D = one.game.G.theta.copy(), one.game.D.theta.copy()
    do(one, do="step", players="D", turns=3)
    assert (one.game.G.theta == theta_G).all() and (one.game.D.theta != theta_D).any() and one.game.iteration == 0
    theta_D = one.game.D.theta.copy()
    do(one, do="step", players="G", turns=2)
    assert (one.game.D.theta == theta_D).all() and (one.game.G.theta != theta_G).any() and one.turn == 5


def test_who_plays_can_be_set():
    one = session()
    do(one, do="pace", players="G")
    theta_D = one.game.D.theta.copy()
    do(one, do="play")
    one.play(60, interrupted=lambda: one.turn >= 2)
    assert (one.game.D.theta == theta_D).all() and one.game.iteration == 0


def test_slow_motion_goes_line_by_line_and_to_the_same_bits():
    one, whole = session(settings={"k": 2}), session()
    seen = []
    while one.turn == 0:
        do(one, do="line")
        seen.append(one.line.number)
        assert one.state()["line"] == one.line.number
    do(whole, do="set", name="k", value="2")
    do(whole, do="step")
    assert seen == [3, 4, 5, 3, 4, 5, 7, 8] and same(one.game, whole.game)


def test_slow_motion_by_itself(clock):
    one = session()
    do(one, do="pace", speed="lines")
    do(one, do="play")
    for number in (3, 4, 5, 7, 8, 3):
        assert one.play(0.03) == module.SLOW and one.line.number == number
        clock.now += module.SLOW


def test_a_line_shows_its_minibatch_and_what_it_computed():
    one = session("ring")
    for number, batch in ((3, {"x_fake"}), (4, {"x"}), (5, {"x", "x_fake"}), (7, {"x_fake"}), (8, {"x_fake"})):
        do(one, do="line")
        state = one.state()
        assert state["line"] == number and set(state["frame"]["batch"]) == batch and number in state["lines"]
    assert "V = " in one.state()["lines"][5]


def test_a_command_in_the_middle_of_an_iteration_first_finishes_it():
    for command in ({"do": "set", "name": "lr_d", "value": "0.2"}, {"do": "python"}, {"do": "record"},
                    {"do": "pace", "players": "D"}, {"do": "step"}):
        one, whole = session(), session()
        do(one, do="line")
        do(one, **command)
        do(whole, do="step")
        assert one.pending is None and (one.game.G.theta == whole.game.G.theta).all() and one.game.iteration == 1


def test_it_stops_where_the_schedule_ends_and_goes_on_when_that_is_moved():
    one = session(iterations=3)
    do(one, do="play")
    one.play(60)
    assert one.turn == 3 and not one.playing and "the schedule ends" in one.state()["message"]
    do(one, do="set", name="iterations", value="6")
    do(one, do="play")
    one.play(60)
    assert one.turn == 6


def test_divergence_stops_it_with_a_sentence_and_goes_back_to_the_last_moment():
    one = session()
    do(one, do="step", turns=2)
    there = bits(one.game)[:2]
    do(one, do="set", name="lr_d", value="1e20")
    assert "training diverged" in one.do({"do": "step", "turns": 50})["error"]
    assert "back at iteration 2" in one.state()["message"] and bits(one.game)[:2] == there and not one.playing
    do(one, do="go", turn=0)
    do(one, do="reset")


# Settings

@pytest.mark.parametrize("name, value, is_now", [
    ("k", "3", 3), ("m", "32", 32), ("lr_d", "0.25", 0.25), ("lr_g", "1e-3", 0.001), ("momentum", "0", 0.0),
    ("objective", "minimax", "minimax"), ("update", "simultaneous", "simultaneous"), ("max_norm", "2", 2.0),
    ("max_norm", "0.5, 3", (0.5, 3.0)), ("max_norm", "none", None), ("schedule", "constant", "constant"),
    ("schedule", "0.25", 0.25), ("iterations", "77", 77), ("r1", "0.1", 0.1)])
def test_each_setting_is_changed_while_it_runs_and_as_in_python(name, value, is_now):
    one = session("ring")
    do(one, do="step", turns=2)
    do(one, do="set", name=name, value=value)
    do(one, do="step", turns=2)
    game = tg.recipes.start("ring").game
    game.train(2)
    setattr(game, name, is_now)
    game.train(2)
    assert getattr(one.game, name) == is_now and same(one.game, game)
    assert set(one.state()["settings"]) == set(SETTINGS)


@pytest.mark.parametrize("name, value, words", [
    ("k", "0", "k must be at least 1"), ("k", "two", "k must be a whole number"), ("lr_d", "-1", "lr_d must be"),
    ("momentum", "1", "momentum must be"), ("objective", "saturating", "objective 'saturating' is unknown"),
    ("lr_dd", "1", "setting 'lr_dd' is unknown"), ("schedule", "2", "schedule must be"), ("m", "nan", "m must be"),
    ("max_norm", "1, 2, 3", "max_norm must be"), ("iterations", "none", "must be a whole number"),
    ("k", "101", "k must be at most 100"), ("k", 2, "as text")])
def test_a_setting_that_can_t_be_is_refused_in_the_words_of_the_python_api(name, value, words):
    one = session("ring")
    assert words in refused(one, do="set", name=name, value=value)


def test_reset_is_the_same_run_again_to_the_bit():
    one = session("ring", seed=5)
    do(one, do="step", turns=3)
    first = bits(one.game)
    do(one, do="reset")
    assert one.turn == 0 and len(one.timeline.moments) == 1
    do(one, do="step", turns=3)
    assert bits(one.game) == first


def test_reset_keeps_the_settings_of_now():
    one = session()
    do(one, do="step")
    do(one, do="set", name="lr_d", value="0.2")
    do(one, do="set", name="iterations", value="500")
    do(one, do="reset")
    run = tg.recipes.start("gaussian", 0, 500, {"lr_d": 0.2})
    run.game.train(2)
    do(one, do="step", turns=2)
    assert same(one.game, run.game)


# Other games

def test_another_recipe_or_seed_starts_anew():
    one = session()
    do(one, do="step")
    do(one, do="start", recipe="ring8", seed="4")
    assert one.turn == 0 and same(one.game, tg.recipes.start("ring8", 4).game) and one.scene == 2


def test_other_networks_and_noise_start_anew():
    one = session("ring")
    given = one.about()["restart"]
    do(one, do="start", **given)                                       # as it is, it is the recipe's own
    assert same(one.game, tg.recipes.start("ring").game)
    do(one, do="start", **{**given, "seed": "2", "G_widths": "10, 12", "G_hidden": "tanh", "noise": "Uniform",
                           "noise_dim": "3", "D_widths": ""})
    game = one.game
    assert game.G.widths == [3, 10, 12, 2] and game.G.hidden == "tanh" and game.D.widths == [2, 1]
    assert isinstance(game.noise, tg.data.Uniform) and game.max_norm == (0.8, 4.0)
    do(one, do="step", turns=2)


@pytest.mark.parametrize("command, words", [
    ({"recipe": "rings"}, "recipe 'rings' is unknown: did you mean 'ring'"), ({"seed": "-1"}, "seed must be at least"),
    ({"seed": "x"}, "seed must be a whole number"), ({"recipe": "points"}, "your own data"),
    ({"G_widths": "8, many", "G_hidden": "relu"}, "a width of G must be"),
    ({"G_widths": "0", "G_hidden": "relu"}, "a width of G must be"),
    ({"D_widths": "8", "D_hidden": "relo"}, "hidden 'relo' is unknown"),
    ({"D_widths": "9999", "D_hidden": "relu"}, "a width of D must be at most 256"),
    ({"D_widths": "2,2,2,2,2,2,2", "D_hidden": "relu"}, "six hidden layers"),
    ({"noise": "Cauchy", "noise_dim": "2"}, "noise 'Cauchy' is unknown"),
    ({"noise": "Normal", "noise_dim": "0"}, "noise dimension must be at least 1"),
    ({"seed": "0", "colour": "red"}, "start takes")])
def test_a_game_that_can_t_be_is_refused_and_the_old_one_stays(command, words):
    assert words in refused(session(), do="start", **command)


def test_a_drawing_is_learned():
    one = session()
    do(one, do="draw", means=[[0, 1], [1, 0], [-1, -1]], std=[0.1, 0.2, 0.3], weights=[1, 1, 2])
    source = one.run.data
    assert source.means.tolist() == [[0, 1], [1, 0], [-1, -1]] and source.weights.tolist() == [0.25, 0.25, 0.5]
    assert source.std.tolist() == [0.1, 0.2, 0.3] and one.about()["kind"] == "plane"
    do(one, do="step", turns=2)
    for bad in ({"means": []}, {"means": [[0, 0]], "std": [0]}, {"means": [[0]], "std": [1]}, {"means": [[0, 0], "x"]},
                {"means": [[0, 0]], "std": [1, 1]}, {"means": [[0, 0]], "std": [1], "weights": [-1]}):
        refused(one, do="draw", **{"std": [1], "weights": [1], **bad})


def test_a_file_is_learned():
    one, rows = session(), np.random.default_rng(0).normal(5, 2, (200, 2))
    text = "a,b\n" + "\n".join(f"{a},{b}" for a, b in rows)
    do(one, do="file", name="two.csv", content=base64.b64encode(text.encode()).decode())
    assert one.run.columns == ["a", "b"] and sorted(one.run.data.array[:, 0]) == pytest.approx(sorted(rows[:, 0]))
    assert "data='two.csv'" in do(one, do="python")["python"]
    do(one, do="step")
    sentence = refused(one, do="file", name="bad.csv", content=base64.b64encode(b"1,2\n3,x\n").decode())
    assert sentence.startswith("bad.csv ") and "tmp" not in sentence
    refused(one, do="file", name="no.csv", content="%%%")
    refused(one, do="file", name="../../etc/passwd", content=base64.b64encode(b"x").decode())


# The recording

def test_going_back_gives_that_moment_s_bits_and_its_settings():
    one = session("ring")
    kept = [bits(one.game)]
    for i in range(4):
        do(one, do="set", name="lr_d", value=str(0.1 * (i + 1)))
        kept[-1] = bits(one.game)                                      # what is set now belongs to now
        do(one, do="step")
        kept.append(bits(one.game))
    for turn in (2, 4, 0, 3):
        do(one, do="go", turn=turn)
        assert bits(one.game) == kept[turn] and one.turn == turn
    assert len(one.timeline.moments) == 5 and refused(one, do="go", turn=5) and refused(one, do="go", turn=-1)


def test_playing_on_from_an_earlier_moment_without_a_change_is_the_same_run():
    one = session()
    for _ in range(4):
        do(one, do="step")
    there = bits(one.game)
    do(one, do="go", turn=1)
    do(one, do="step", turns=3)
    assert bits(one.game) == there


def test_a_branch_keeps_both_curves_and_one_can_go_back_to_the_other():
    one = session()
    for _ in range(4):
        do(one, do="step")
    old = bits(one.game)
    do(one, do="go", turn=2)
    do(one, do="set", name="lr_g", value="0.5")
    do(one, do="step")
    assert [turn for turn, _ in one.timeline.moments] == [0, 1, 2, 3] and bits(one.game) != old
    assert [turn for turn, _ in one.timeline.branch] == [2, 3, 4] and one.state()["other"]
    new = bits(one.game)
    do(one, do="swap")
    assert bits(one.game) == old and [turn for turn, _ in one.timeline.branch] == [2, 3]
    do(one, do="swap")
    assert bits(one.game) == new
    assert "no other branch" in refused(session(), do="swap")


def test_the_recording_is_bounded_and_thin():
    one = session()
    for _ in range(700):
        one.do({"do": "step"})
    assert len(one.timeline.moments) <= 200 and len(one.timeline.rows) <= 300
    for kept in (one.timeline.moments, one.timeline.rows):
        assert (kept[0][0], kept[-1][0]) == (0, 700)


def test_a_recording_leaves_the_game_where_it_is():
    one = session("ring")
    for _ in range(5):
        do(one, do="step")
    do(one, do="go", turn=2)
    there = bits(one.game)
    page = do(one, do="record")
    assert bits(one.game) == there and page["name"] == "tinygan-ring.html"
    assert page["html"].startswith("<!doctype html>")


# What the page shows

@pytest.mark.parametrize("recipe", tg.recipes.names())
def test_every_recipe_has_a_state_that_json_can_hold(recipe):
    one = session(recipe)
    do(one, do="look", parts=["D_star", "warped", "arrows", "networks"])
    do(one, do="step")
    json.dumps([one.state(), one.about()], allow_nan=False)


def test_data_of_more_columns_has_one_too():
    table = tg.recipes.points.checked(np.random.default_rng(0).normal(size=(100, 4)), None, "rows")
    one = Session(Plan("points", data=table, file="rows.csv"))
    do(one, do="step")
    json.dumps([one.state(), one.about()], allow_nan=False)
    do(one, do="point", net="G", layer=0, unit=1)
    assert one.state()["frame"]["unit"]["map"] is None


def test_only_what_is_looked_at_is_computed():
    one = session("ring")
    assert "networks" not in one.state()["frame"]
    do(one, do="look", parts=["networks"])
    assert "networks" in one.state()["frame"] and "arrows" not in one.state()["frame"]
    refused(one, do="look", parts=["D", "walls"])


def test_a_unit_is_pointed_at():
    one = session("ring")
    do(one, do="point", net="D", layer=2, unit=47)
    assert one.state()["frame"]["unit"]["map"]["shape"] == (40, 40)
    for bad in ({"net": "D", "layer": 3}, {"net": "D", "unit": 48}, {"net": "E"}):
        refused(one, do="point", **bad)
    do(one, do="point")
    assert "unit" not in one.state()["frame"]


@pytest.mark.parametrize("command", [{}, {"do": "fly"}, {"do": None}, {"do": ["play"]}, {"do": "step", "turns": "many"},
                                     {"do": "step", "turns": 10**9}, {"do": "pace", "speed": -1}, {"do": "go"},
                                     {"do": "pace", "speed": "fast"}, {"do": "draw"}, {"do": "step", "self": 1},
                                     {"do": "file", "name": None, "content": None}, {"do": "start", "G_widths": 3}])
def test_a_broken_command_is_one_sentence_and_changes_nothing(command):
    refused(session(), **command)


def test_every_command_is_tried_here():
    source = Path(__file__).read_text(encoding="utf-8")
    for name in COMMANDS:
        assert f'do="{name}"' in source or f'"do": "{name}"' in source or name == "about", name


# What is easily got wrong

def test_whatever_breaks_an_iteration_leaves_a_whole_game(monkeypatch):
    one = session()
    do(one, do="step", turns=2)
    there = bits(one.game)[:2]
    with monkeypatch.context() as patch:
        patch.setattr(one.game, "gradient_G", lambda z: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            one.do({"do": "step"})
    assert bits(one.game)[:2] == there and one.pending is None
    do(one, do="step")
    made = {}
    exec(do(one, do="python")["python"], made)
    assert bits(made["game"])[1] == bits(one.game)[1]


def test_large_networks_keep_fewer_moments():
    one = session("ring")
    assert one.timeline.moments.most == 200
    do(one, do="start", G_widths="256, 256, 256, 256", G_hidden="relu", D_widths="256, 256, 256", D_hidden="relu")
    size = 2 * (one.game.G.theta.nbytes + one.game.D.theta.nbytes)
    assert 20 <= one.timeline.moments.most < 200 and one.timeline.moments.most * size < 1.1 * 2**26


def test_measures_say_of_which_turn_they_are(monkeypatch):
    """While it plays, they are not taken at each moment that is kept."""
    one = session()
    do(one, do="play")
    one.measure_again = float("inf")
    one.play(60, interrupted=lambda: one.turn >= 3)
    turn, measured, *_ = one.timeline.rows[-1][1]
    assert (turn, measured) == (3, 0) and "At iteration 0: " in one.state()["says"]
    do(one, do="pause")
    do(one, do="step")
    assert one.timeline.rows[-1][1][:2] == (4, 4) and "At iteration" not in one.state()["says"]


def test_two_pages_may_look_at_different_parts():
    one = session("ring")
    do(one, do="look", parts=["D_star"], page=0.1)
    do(one, do="look", parts=["networks"], page=0.2)
    assert {"D_star", "networks"} <= set(one.state()["frame"])
    do(one, do="look", parts=[], page=0.1)
    assert "D_star" not in one.state()["frame"]
    for page in range(50):
        do(one, do="look", parts=[], page=page)
    assert len(one.looks) <= 4


def test_what_is_only_looked_at_takes_no_sentence_away():
    one = session()
    one.message = "read me"
    for command in ({"do": "look", "parts": []}, {"do": "point"}, {"do": "about"}, {"do": "python"}):
        do(one, **command)
    assert one.state()["message"] == "read me"


def test_another_speed_does_not_end_the_iteration():
    one = session()
    do(one, do="line")
    do(one, do="pace", speed="lines", players="both")
    assert one.pending is not None
    refused(one, do="pace", players="X")
    refused(one, do="set", name="k", value="nan")
    assert one.pending is not None and one.turn == 0
