"""The scripts of examples/predict_first: they run without asking, and their questions are true."""

import re
import runpy
import sys
from pathlib import Path

import matplotlib
import pytest

FOLDER = Path(__file__).parents[2] / "examples/predict_first"
QUESTIONS, HUMAN = sorted(FOLDER.glob("[0-9]*.py")), FOLDER / "human_against_D.py"


def run(path, folder, monkeypatch):
    """What a script has made, {name: value}; it asks nothing, and its settings of pictures end with it."""
    monkeypatch.chdir(folder)
    monkeypatch.setattr(sys, "argv", [str(path), "--no-questions"])
    with matplotlib.rc_context():
        matplotlib.use("agg")
        import matplotlib.pyplot as plt
        made = runpy.run_path(str(path))
        plt.close("all")
    return made


@pytest.mark.parametrize("path", [*QUESTIONS, HUMAN], ids=lambda path: path.name)
def test_a_script_is_made_of_cells_with_one_idea(path):
    source = path.read_text(encoding="utf-8")
    before, title, *cells = re.split(r"^# %%.*\n", source, flags=re.M)
    assert not before and source.startswith("# %% [markdown]\n# # ") and len(title.strip().splitlines()) <= 6
    assert len(cells) >= 3 and all(compile(cell, path.name, "exec") for cell in cells) and source.count("\n") <= 60


@pytest.mark.parametrize("path", [pytest.param(path, marks=[pytest.mark.slow] * (path.stem == "2_sure_D"))
                                  for path in QUESTIONS], ids=lambda path: path.name)
def test_a_question_runs_without_asking_and_its_answer_surprises(path, tmp_path, monkeypatch, capsys):
    made = run(path, tmp_path, monkeypatch)
    name = f"predict_{path.stem}.png"
    assert capsys.readouterr().out.splitlines()[-1] == f"written: {Path('tinygan-out', name)}"
    assert [each.name for each in tmp_path.glob("tinygan-out/*")] == [name] and made["given"] == ([], [])
    if path.stem == "1_balance":
        assert made["truth"] < 10                           # per cent, where V says all is well
    elif path.stem == "2_sure_D":
        assert 1e4 < made["truth"] < 1e5
    elif path.stem == "3_resting_D":
        assert made["share"](made["climb"].x[-1]) > 0.99
    else:
        assert made["truth"] == "d" and made["distance"]["d"][-1] < 0.6 < 1 < made["distance"]["c"][-1]


def test_the_ring_of_question_1_holds_99_percent_of_the_real_points():
    from tinygan import data
    import numpy as np
    r = np.hypot(*data.Ring().sample(100_000, rng=0).T)
    assert abs(np.mean((1.01 <= r) & (r <= 1.33)) - 0.99) < 0.002


def test_human_against_D_writes_its_page_and_says_where(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("webbrowser.open", None)            # nothing is opened
    run(HUMAN, tmp_path, monkeypatch)
    page = Path("tinygan-out", "human-against-D.html")
    assert f"written: {page}\nOpen it in a browser.\n" in capsys.readouterr().out
    assert (tmp_path / page).read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_with_a_screen_the_browser_opens(tmp_path, monkeypatch):
    opened = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    monkeypatch.setattr("tinygan.lab.command.has_a_screen", lambda: True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", [str(HUMAN)])
    runpy.run_path(str(HUMAN))
    assert opened == [(tmp_path / "tinygan-out/human-against-D.html").resolve().as_uri()]


def test_the_page_of_the_folder_lists_its_scripts():
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert re.findall(r"\]\((\w+\.py)\)", text) == [path.name for path in [*QUESTIONS, HUMAN]]
