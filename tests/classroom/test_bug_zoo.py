"""The bug zoo: its cards, how a bug is planted, the hunt, the diagnosis; and tinygan's own tests catch each bug."""

import inspect
import os
import re
import subprocess
import sys
import textwrap
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

import tinygan as tg

TOP = Path(__file__).parents[2]
ZOO = TOP / "examples/bug_zoo"
sys.path.append(str(ZOO))

import card  # noqa: E402
import diagnose  # noqa: E402
import draw  # noqa: E402
import hunt  # noqa: E402
import zoo  # noqa: E402

BUGS = zoo.bugs()
LESSON = ("layers", "mlp", "game", "sgd", "algorithm1")
AT_ONCE = {17}                                    # is tried in the default suite; the other bugs are slow tests
SHORT = ("gaussian", 20, {})


def each(bugs):
    return pytest.mark.parametrize("bug", bugs, ids=lambda bug: str(bug.number))


# The cards

@each(BUGS)
def test_a_card_has_all_of_its_parts_and_a_picture_if_there_is_something_to_see(bug):
    assert list(bug.card) == list(zoo.PARTS) and all(len(part) > 12 for part in bug.card.values())
    assert bug.card["Symptom"].startswith("Nothing to see") == (bug.train is None)
    if bug.train:
        assert bug.train[0] in tg.recipes.names()
        assert bug.picture.read_bytes()[:4] == b"\x89PNG" and bug.picture.stat().st_size <= 60_000


def test_bugs_are_numbered_without_a_gap_and_at_least_twenty():
    assert [bug.number for bug in BUGS] == list(range(1, len(BUGS) + 1)) and len(BUGS) >= 20
    shown = [bug.picture.name for bug in BUGS if bug.picture]
    assert sorted(path.name for path in (ZOO / "pictures").iterdir()) == shown


@each(BUGS)
def test_a_bug_takes_the_same_arguments_as_the_right_function_and_looks_like_it(bug):
    assert inspect.signature(bug.wrong) == inspect.signature(bug.right)
    assert any(line.startswith("+") for line in card.difference(bug).splitlines())


def test_the_page_of_all_cards_is_as_the_cards_are():
    assert (ZOO / "cards.md").read_text(encoding="utf-8") == card.page()


def test_no_hint_gives_the_title_or_the_function_away():
    for bug in BUGS:
        assert bug.title.lower() not in bug.card["Hint"].lower()
        assert f"`{bug.name}" not in bug.card["Hint"] or bug.name == "backward"


def test_a_card_is_shown_on_request_and_tells_where_its_picture_is(capsys):
    assert card.main(["7"]) == 0
    said = capsys.readouterr().out
    assert "Label smoothing" in said and "07.png" in said and "+    da_real = 0.95 *" in said
    for wrong in ([], ["x"], ["0"], [str(len(BUGS) + 1)]):
        assert card.main(wrong) == 2
        assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize("lowest", [-2, -22, -5e5])
def test_no_V_leaves_its_panel(lowest):
    from matplotlib.figure import Figure
    history = {"iteration": np.arange(3), "V": np.array([-1.4, lowest, -1]), "D_real": np.ones(3), "D_fake": np.ones(3)}
    axes = Figure().subplots(1, 2)
    draw.curves(*axes, SimpleNamespace(history=history, stopped=3), (0, 1))
    assert axes[0].get_ylim()[0] < lowest and (axes[0].get_ylim()[0] == -3) == (lowest == -2)


def test_the_readme_counts_the_bugs_and_names_each_command():
    text = (ZOO / "README.md").read_text(encoding="utf-8")
    assert text.count(f"{len(BUGS)} ") == 2
    for name in re.findall(r"`(\w+\.py)", text):
        assert (ZOO / name).exists() or name == "my_tests.py"


# Planting

def test_a_planted_bug_is_seen_under_every_name_and_is_gone_afterwards():
    bug, a = zoo.find(5), np.array([1.0])                            # σ(2a), which several modules have imported
    right = tg.sigmoid(a).item()
    with zoo.planted(bug):
        assert tg.sigmoid(a).item() == pytest.approx(1 / (1 + np.exp(-2)))
        assert all(module.sigmoid is bug.wrong for module in (tg.layers, tg.game, tg.training, tg.metrics)
                   if hasattr(module, "sigmoid"))
    assert tg.sigmoid(a).item() == right and tg.game.sigmoid is tg.layers.sigmoid is bug.right


def test_a_method_is_replaced_on_its_class():
    bug = zoo.find(2)
    with zoo.planted(bug):
        assert tg.layers.Tanh.backward is bug.wrong
    assert tg.layers.Tanh.backward is not bug.wrong


def test_it_is_taken_out_after_an_error_too_and_none_plants_nothing():
    with pytest.raises(KeyError), zoo.planted(zoo.find(17)):
        raise KeyError
    assert tg.sgd.ascend is not zoo.find(17).wrong
    with zoo.planted(None):
        pass


# The hunt

@pytest.fixture
def hunted(tmp_path, capsys):
    """Run the hunt with these tests, on these bugs: (exit code, what was printed, what was said of mistakes)."""
    def run(source, *bugs):
        path = tmp_path / "mine.py"
        path.write_text(textwrap.dedent(source), encoding="utf-8")
        code = hunt.main([str(path), *map(str, bugs)])
        return code, *capsys.readouterr()
    return run


GOOD = """
    import numpy as np, tinygan as tg

    def test_sigmoid():
        assert abs(tg.sigmoid(np.array([1.0])).item() - 1 / (1 + np.exp(-1))) < 1e-12

    def test_pulls():
        real, fake = tg.value_gradient(np.zeros(2), np.zeros(2))
        assert (real == -fake).all()
"""


def test_the_table_the_score_and_a_hint_for_each_bug_that_lives(hunted):
    code, said, _ = hunted(GOOD, 5, 3)
    assert code == 1
    assert re.search(r"^test_sigmoid +X\.$", said, re.M) and re.search(r"^test_pulls +\.\.$", said, re.M)
    assert "1 of 2 bugs caught" in said
    assert "bug 3 lives. Count what p_data has." in said and "bug 5 lives" not in said


def test_refused_tests_count_for_nothing(hunted):
    """One that fails on the right code, and one that fails every second time."""
    code, said, _ = hunted(GOOD + """
    def test_always_fails():
        assert tg.value([0.0], [0.0]) == 0, "V is not 0"

    def test_by_chance():
        import pathlib
        path = pathlib.Path(__file__ + "_seen")
        seen = path.exists()
        path.touch()
        assert not seen
    """, 5)
    assert code == 0 and "1 of 1 bugs caught" in said
    assert "refused: test_always_fails fails on the right code: line " in said and "V is not 0" in said
    assert "refused: test_by_chance" in said and not re.search(r"^test_(always|by)", said, re.M)


def test_a_test_that_never_ends_with_the_bug_has_caught_it():
    """What was not over when the time was: the test that had started last, or the file, if none had."""
    notes = [("a", "started", ""), ("a", "passed", ""), ("a", "ended", ""), ("b", "started", "")]
    assert hunt.Ran(notes, "it did not end").failed == {"b": "it did not end"}
    assert hunt.Ran(notes[:3]).failed == {} and hunt.Ran(notes, "it did not end").tests == ["a"]
    assert list(hunt.Ran([], "it did not end").failed) == [hunt.FILE]


def test_a_test_does_not_find_out_whether_there_is_a_bug(hunted):
    code, said, _ = hunted("""
    import os, sys

    def test_a():
        assert "bug=" not in " ".join([*sys.argv, *sys.orig_argv, *os.environ.values()])
    """, 1)
    assert code == 1 and "0 of 1 bugs caught" in said


def test_ctrl_c_ends_it_in_one_line(tmp_path, monkeypatch, capsys):
    def stopped(*all):
        raise KeyboardInterrupt
    monkeypatch.setattr(hunt, "run", stopped)
    assert hunt.main([__file__, "1"]) == 130
    assert capsys.readouterr().err == "tinygan: stopped by Ctrl-C\n"


@pytest.mark.slow
def test_such_a_test_is_stopped(tmp_path):
    path = tmp_path / "mine.py"
    path.write_text("import tinygan as tg\n\ndef test_a():\n    while tg.sigmoid(1.0) > 0.8:\n        pass\n",
                    encoding="utf-8")
    assert list(hunt.run(path, 20, zoo.find(5)).failed) == ["mine.py::test_a"]


@pytest.mark.parametrize("source, words", [
    ("import nothing_of_this_name", "No module named 'nothing_of_this_name'"),
    ("def test_a():\n    assert 0", "no test that passes"),
    ("raise SystemExit(0)", "it ended pytest, with the exit code 3")])
def test_tests_that_cannot_be_run_are_a_mistake(source, words, hunted):
    code, said, mistake = hunted(source, 1)
    assert code == 2 and words in mistake and mistake.count("\n") == 1


@pytest.mark.parametrize("arguments, words", [
    (["nothing.py"], "FILE must be"), ([__file__, "99"], "from 1 to"), ([__file__, "0"], "at least 1"), ([], "FILE")])
def test_a_mistake_in_the_command_is_one_line_and_code_2(arguments, words, capsys):
    try:
        code = hunt.main(arguments)
    except SystemExit as end:
        code = end.code
    said = capsys.readouterr().err
    assert code == 2 and words in said and said.count("\n") == 1


@pytest.mark.slow
def test_the_example_catches_four():
    done = subprocess.run([sys.executable, str(ZOO / "hunt.py"), str(ZOO / "example_tests.py")], capture_output=True,
                          text=True, encoding="utf-8")
    assert done.returncode == 1 and f"4 of {len(BUGS)} bugs caught" in done.stdout


# The diagnosis

def test_the_same_seed_asks_the_same_and_the_answer_is_among_the_choices():
    answers = set()
    for seed in range(60):
        asked = diagnose.question(seed)
        assert asked[1:] == diagnose.question(seed)[1:]
        assert list(asked.choices) == list("abcde") and len(set(asked.choices.values())) == 5
        number = asked.bug.number if asked.bug else 0
        assert asked.choices[asked.answer] == diagnose.FAULTS[number] and diagnose.FAULTS[0] in asked.choices.values()
        answers.add(number)
    assert answers == set(diagnose.FAULTS)


@pytest.fixture
def quick(monkeypatch, tmp_path):
    """Twenty iterations in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    asked = diagnose.question(16)
    short = asked._replace(bug=zoo.find(12), train=(*SHORT, 0), choices={**asked.choices, "b": diagnose.FAULTS[12]},
                           answer="b")
    monkeypatch.setattr(diagnose, "question", lambda seed: short)
    return tmp_path


def test_it_draws_offers_and_tells(quick, capsys):
    assert diagnose.main(["--seed", "16", "--answer", "b"]) == 0
    said = capsys.readouterr().out
    assert (quick / "tinygan-out/diagnose.png").read_bytes()[:4] == b"\x89PNG"
    assert "Right. It is b: the optimiser moves a copy" in said and "card.py 12" in said
    assert diagnose.main(["--seed", "16", "--answer", "a"]) == 0
    assert "No. It is b" in capsys.readouterr().out


def test_where_nobody_can_answer_it_tells_how_to_see_the_answer(quick, capsys):
    assert diagnose.main(["--seed", "16"]) == 0
    said = capsys.readouterr().out
    assert "--seed 16 --reveal" in said and "It is" not in said


def test_reveal_tells_the_answer_and_draws_nothing(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert diagnose.main(["--seed", "3", "--reveal"]) == 0
    assert capsys.readouterr().out.startswith(f"It is {diagnose.question(3).answer}: ") and not os.listdir(tmp_path)


def test_it_asks_until_it_is_given_one_of_the_letters(monkeypatch):
    given = iter(["z", "", " B "])
    monkeypatch.setattr("builtins.input", lambda prompt: next(given))
    assert diagnose.ask({"a": "", "b": ""}) == "b"


@pytest.mark.parametrize("error", [EOFError, KeyboardInterrupt])
def test_no_answer_is_an_answer_too(error, monkeypatch):
    def nobody(prompt):
        raise error
    monkeypatch.setattr("builtins.input", nobody)
    assert diagnose.ask({"a": ""}) is None


# tinygan's own tests

def home(bug):
    """The file of tinygan's tests that belongs to the module in which this bug is."""
    *folders, module = [part for part in bug.replaces.split(".")[1:-1] if part[0].islower()]
    if (TOP / "tinygan" / module).is_dir():                       # a name that its room hands on: whose is it?
        name = bug.replaces.split(".")[2]
        folders, module = [module], getattr(getattr(tg, module), name).__module__.split(".")[-1]
    return TOP.joinpath("tests", *(["lesson"] if module in LESSON else folders), f"test_{module}.py")


@pytest.mark.parametrize("bug", [pytest.param(bug, marks=[pytest.mark.slow] * (bug.number not in AT_ONCE))
                                 for bug in BUGS], ids=lambda bug: str(bug.number))
def test_tinygans_own_tests_catch_it(bug):
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ZOO), str(TOP)])}
    done = subprocess.run([sys.executable, "-m", "pytest", "-q", "-x", "-p", "zoo", f"--bug={bug.number}",
                           "--hypothesis-profile=glance", str(home(bug))], cwd=TOP, env=environment,
                          capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 1, done.stdout
