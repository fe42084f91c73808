"""The command line, run as a person would: what it prints, writes and returns."""

import json
import os
import signal
import subprocess
import sys

import numpy as np
import pytest

import tinygan as tg
from tinygan import cli

COMMAND = [sys.executable, "-m", "tinygan"]


def test_list_names_each_recipe_and_failure(capsys):
    assert cli.main(["list"]) == 0
    printed = capsys.readouterr().out
    assert all(name in printed and tg.recipes.about(name) in printed for name in tg.recipes.names())
    assert all(name in printed and failure.symptom in printed for name, failure in tg.failures.FAILURES.items())


@pytest.mark.parametrize("name", ["ring", "gaussian", "ring8"])
def test_train_prints_a_table_and_writes_three_files(name, tmp_path, capsys):
    out = tmp_path / "deep" / "folder"
    assert cli.main(["train", name, "--iterations", "60", "--seed", "3", "--out", str(out)]) == 0
    printed = capsys.readouterr()
    assert "measure" in printed.out and "real data" in printed.out and str(out / f"{name}.png") in printed.out
    assert sorted(os.listdir(out)) == sorted(["metrics.json", f"{name}.npz", f"{name}.png"])
    assert (out / f"{name}.png").read_bytes()[:4] == b"\x89PNG"

    run = tg.recipes.run(name, seed=3, iterations=60)
    report = json.loads((out / "metrics.json").read_text())
    assert (report["recipe"], report["seed"], report["iterations"]) == (name, 3, 60)
    assert {key: row["generated"] for key, row in report["measures"].items()} == run.metrics
    with np.load(out / f"{name}.npz", allow_pickle=False) as file:
        assert (file["theta_G"] == run.game.G.theta).all() and (file["theta_D"] == run.game.D.theta).all()
        assert file["generated"].shape == (10_000, run.data.dim) and (file["V"] == run.history["V"]).all()
        again = tg.recipes.start(name).game                       # as the README loads it
        again.G.theta = file["theta_G"]
        assert (again.G.theta == run.game.G.theta).all()


def test_break_sets_broken_and_mended_side_by_side(tmp_path, capsys):
    assert cli.main(["train", "--break", "momentum", "--iterations", "60", "--seed", "3", "--out", str(tmp_path)]) == 0
    printed = capsys.readouterr().out
    for words in ("momentum, seed 3: With momentum 0.9", "broken: momentum = 0.9, 60 iterations", "mended: momentum = 0.5, 60 iterations", "G(z) has moved by"):
        assert words in printed
    assert sorted(os.listdir(tmp_path)) == ["ring-momentum.json", "ring-momentum.png"]
    report = json.loads((tmp_path / "ring-momentum.json").read_text())
    lesson = tg.failures.start("momentum", 3, 60)
    for word, run in zip(("broken", "mended"), lesson.runs):
        lesson.train(run)
        assert report[word]["settings"] == {"momentum": run.game.momentum} and report[word]["diverged"] is None
    for word, table in lesson.measure().items():
        assert {row.name: row.value for row in table} == {name: row["generated"] for name, row in report[word]["measures"].items()}


def test_break_takes_its_own_recipe_and_no_other(tmp_path, capsys):
    assert cli.main(["train", "ring", "--break", "collapse", "--out", str(tmp_path)]) == 2
    assert capsys.readouterr().err == "tinygan: collapse is a failure of ring8: write tinygan train ring8 --break collapse\n"
    with pytest.raises(SystemExit):
        cli.main(["train", "--break", "colapse"])
    assert "did you mean 'collapse'" in capsys.readouterr().err and not os.listdir(tmp_path)


def test_ring_is_the_default(tmp_path):
    assert cli.main(["train", "--iterations", "5", "--out", str(tmp_path)]) == 0
    assert (tmp_path / "ring.png").exists()


def test_piped_progress_is_ten_plain_lines(tmp_path, capsys):
    cli.main(["train", "gaussian", "--iterations", "400", "--out", str(tmp_path)])
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 10 and not any("\r" in line or "\x1b" in line for line in lines)
    assert lines[0].startswith(" 40/400 V ") and "(-log 4: -1.386)" in lines[0]
    for words in ("D(x) ", "D(G(z)) ", " it/s", "s left"):
        assert words in lines[-1]


@pytest.mark.parametrize("arguments, words", [
    (["train", "rng"], "did you mean 'ring'"), (["train", "--seed", "-1"], "must be a whole number, at least 0, not '-1'"),
    (["train", "--iterations", "0"], "at least 1"), (["train", "--iterations", "many"], "not 'many'"),
    (["tarin"], "tarin"), (["theory", "entrop"], "did you mean 'entropy'"), (["theory", "--seed", "x"], "must be a whole number"),
    (["theory", "saddle", "ring"], "unrecognized arguments: ring"), ([], "required"), (["train", "ring", "gaussian"], "unrecognized arguments: gaussian")])
def test_mistakes_in_the_command_are_one_line_and_code_2(arguments, words, capsys):
    with pytest.raises(SystemExit) as stopped:
        cli.main(arguments)
    printed = capsys.readouterr().err
    assert stopped.value.code == 2 and words in printed and "Traceback" not in printed


def test_a_file_where_a_folder_is_wanted_is_one_line_and_code_1(tmp_path, capsys):
    (tmp_path / "file").write_text("mine")
    for out in (tmp_path / "file", tmp_path / "file" / "below"):
        assert cli.main(["train", "--out", str(out)]) == 1
        printed = capsys.readouterr()
        assert str(tmp_path / "file") in printed.err and printed.err.count("\n") == 1 and not printed.out
    assert (tmp_path / "file").read_text() == "mine"


def test_a_folder_where_a_file_is_wanted_is_known_before_training(tmp_path, capsys):
    (tmp_path / "ring.png").mkdir()
    assert cli.main(["train", "--out", str(tmp_path)]) == 1
    printed = capsys.readouterr()
    assert printed.err == f"tinygan: {tmp_path / 'ring.png'}: Is a directory\n" and not printed.out


@pytest.mark.skipif(os.name == "nt", reason="POSIX pipes")
@pytest.mark.parametrize("closed", ["stdout", "stderr", "both"])
def test_training_goes_on_when_nobody_reads(tmp_path, closed):
    def pipe_without_reader():
        reader, writer = os.pipe()
        os.close(reader)
        return writer

    streams = {name: pipe_without_reader() if closed in (name, "both") else subprocess.DEVNULL for name in ("stdout", "stderr")}
    done = subprocess.run([*COMMAND, "train", "moons", "--iterations", "30", "--out", str(tmp_path)], **streams,
                          env={name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"})
    assert done.returncode == 0 and sorted(os.listdir(tmp_path)) == ["metrics.json", "moons.npz", "moons.png"]


@pytest.mark.skipif(os.name == "nt", reason="POSIX shell")
@pytest.mark.parametrize("redirection", [">&-", "2>&-", "| true"])
def test_list_needs_no_open_streams(redirection):
    done = subprocess.run(f"'{sys.executable}' -m tinygan list {redirection}", shell=True, capture_output=True, text=True)
    assert done.returncode == 0 and not done.stderr


def test_the_picture_does_not_depend_on_matplotlibs_settings(tmp_path):
    done = subprocess.run([*COMMAND, "train", "--iterations", "20", "--out", str(tmp_path)], capture_output=True, text=True,
                          encoding="utf-8", env={**os.environ, "MPLBACKEND": "nonsense"})
    assert done.returncode == 0 and "Traceback" not in done.stderr and (tmp_path / "ring.png").exists()


def test_divergence_says_what_helps_and_keeps_the_networks(tmp_path, capsys, monkeypatch):
    build = tg.recipes.RECIPES["ring"].build

    def too_fast(rng, iterations):
        game = build(rng, iterations)
        game.lr_d = game.lr_g = 1e30
        return game

    monkeypatch.setitem(tg.recipes.RECIPES, "ring", tg.recipes.RECIPES["ring"]._replace(build=too_fast))
    assert cli.main(["train", "ring", "--out", str(tmp_path)]) == 1
    printed = capsys.readouterr().err
    assert "training diverged at iteration" in printed and "lower rates" in printed and str(tmp_path / "ring.npz") in printed
    with np.load(tmp_path / "ring.npz") as file:
        assert np.isfinite(file["theta_G"]).all() and np.isfinite(file["theta_D"]).all()


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
def test_ctrl_c_stops_cleanly_keeps_what_was_trained_and_says_where(tmp_path):
    process = subprocess.Popen([*COMMAND, "train", "gaussian", "--iterations", "20000", "--out", str(tmp_path)],
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8")
    assert process.stderr.readline()                                # the first progress line: training has begun
    process.send_signal(signal.SIGINT)
    out, err = process.communicate()
    assert process.returncode == 130, err
    assert "Traceback" not in err and "Stopped by Ctrl-C at iteration" in out and str(tmp_path / "gaussian.npz") in out
    with np.load(tmp_path / "gaussian.npz") as file:
        assert 2000 <= file["iteration"][-1] < 20_000
    assert json.loads((tmp_path / "metrics.json").read_text())["iterations"] < 20_000
    assert (tmp_path / "gaussian.png").exists()


def test_theory_draws_what_is_asked_for(tmp_path, capsys):
    assert cli.main(["theory", "criterion", "--out", str(tmp_path)]) == 0
    assert os.listdir(tmp_path) == ["criterion.png"] and (tmp_path / "criterion.png").read_bytes()[:4] == b"\x89PNG"
    assert capsys.readouterr().out == f"written: {tmp_path / 'criterion.png'}\n"


def test_theory_draws_all_by_default(tmp_path, capsys, monkeypatch):
    drawn = []
    monkeypatch.setattr(cli, "write_picture", lambda draw, path: drawn.append(path.name))
    monkeypatch.setattr(cli.figure1, "ITERATIONS", 60)
    assert cli.main(["theory", "--out", str(tmp_path)]) == 0
    assert drawn == [f"{name}.png" for name in cli.PICTURES] and len(drawn) == 12
    assert not {f"{name}.png" for name in tg.recipes.names()} & set(drawn)          # `train` writes beside them


def test_theory_figure1_says_how_near_it_came_and_animates(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(tg.figure1, "ITERATIONS", 60)
    moments = tg.figure1.moments(2)[-1:]                                            # one will do
    monkeypatch.setattr(cli.figure1, "play", lambda seed, frames: iter(moments) if (seed, frames) == (2, 30) else None)
    assert cli.main(["theory", "figure1", "--gif", "--seed", "2", "--out", str(tmp_path)]) == 0
    printed = capsys.readouterr().out
    assert sorted(os.listdir(tmp_path)) == ["figure1.gif", "figure1.png"]
    assert "Figure 1, seed 2, after 60 iterations; at the solution all three are 0:" in printed
    for name, number in moments[-1].measures.items():
        assert f"  {name:<16}  {number:.4f}\n" in printed


def test_theory_does_not_touch_what_is_there_if_it_cannot_draw(tmp_path, capsys, monkeypatch):
    (tmp_path / "criterion.png").write_text("mine")
    assert cli.main(["theory", "criterion", "--gif", "--out", str(tmp_path)]) == 2
    assert capsys.readouterr().err == "tinygan: --gif is for figure1, not for criterion\n"
    (tmp_path / "tangents.png").mkdir()
    assert cli.main(["theory", "--out", str(tmp_path)]) == 1                        # known before the first is drawn
    assert capsys.readouterr().err == f"tinygan: {tmp_path / 'tangents.png'}: Is a directory\n"
    assert (tmp_path / "criterion.png").read_text() == "mine" and len(os.listdir(tmp_path)) == 2


def test_module_and_version():
    printed = subprocess.run([*COMMAND, "--version"], capture_output=True, text=True, check=True).stdout
    assert printed == f"tinygan {tg.__version__}\n"
