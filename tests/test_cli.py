"""The command line, run as a person would: what it prints, writes and returns."""

import errno
import gzip
import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import tinygan as tg
from tinygan import cli
from tinygan._terminal import command

COMMAND = [sys.executable, "-m", "tinygan"]
posix = pytest.mark.skipif(os.name == "nt", reason="POSIX signals")


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
    assert sorted(os.listdir(out)) == [f"{name}.json", f"{name}.npz", f"{name}.png"]
    assert (out / f"{name}.png").read_bytes()[:4] == b"\x89PNG"

    run = tg.recipes.run(name, seed=3, iterations=60)
    report = json.loads((out / f"{name}.json").read_text())
    assert (report["recipe"], report["seed"], report["iterations"]) == (name, 3, 60)
    assert {key: row["generated"] for key, row in report["measures"].items()} == run.metrics
    again = tg.load(out / f"{name}.npz")                            # as the README loads it
    assert (again.G.theta == run.game.G.theta).all() and (again.D.theta == run.game.D.theta).all()
    assert again.records == run.game.records


def test_break_sets_broken_and_mended_side_by_side(tmp_path, capsys):
    assert cli.main(["train", "--break", "momentum", "--iterations", "60", "--seed", "3", "--out", str(tmp_path)]) == 0
    printed = capsys.readouterr().out
    for words in ("momentum, seed 3: With momentum 0.9", "broken: momentum = 0.9, 60 iterations",
                  "mended: momentum = 0.5, 60 iterations", "G(z) has moved by"):
        assert words in printed
    assert sorted(os.listdir(tmp_path)) == ["ring-momentum.json", "ring-momentum.png"]
    report = json.loads((tmp_path / "ring-momentum.json").read_text())
    pair = tg.failures.start("momentum", 3, 60)
    for word, run in zip(("broken", "mended"), pair.runs):
        pair.train(run)
        assert report[word]["settings"] == {"momentum": run.game.momentum} and report[word]["diverged"] is None
    for word, table in pair.measure().items():
        written = {name: row["generated"] for name, row in report[word]["measures"].items()}
        assert {row.name: row.value for row in table} == written


def test_html_and_gif_are_written_of_a_run_and_of_a_failure(tmp_path, capsys):
    """A page that plays, of the run or of both; and an animation as large as a slide, its last picture the whole."""
    from PIL import Image
    for arguments, stem, runs in ((["gaussian"], "gaussian", 1), (["--break", "momentum"], "ring-momentum", 2)):
        assert cli.main(["train", *arguments, "--html", "--gif", "--iterations", "2", "--out", str(tmp_path)]) == 0
        printed = capsys.readouterr()
        assert f"{stem}.html, {tmp_path / stem}.gif" in printed.out and f"{stem}.gif, pictures: 2 of 2" in printed.err
        page = (tmp_path / f"{stem}.html").read_text(encoding="utf-8")
        recorded = json.loads(page.split('id="recording">')[1].split("</script>")[0])
        assert len(recorded["runs"]) == runs and all(len(run["frames"]) == 3 for run in recorded["runs"])
        with Image.open(tmp_path / f"{stem}.gif") as film:
            assert film.size == (1280, 720) and film.n_frames == 2


def test_recording_changes_no_number(tmp_path, capsys):
    for out, more in (("plain", []), ("recorded", ["--html"])):
        assert cli.main(["train", "ring", *more, "--iterations", "30", "--out", str(tmp_path / out)]) == 0
    plain, recorded = (json.loads((tmp_path / out / "ring.json").read_text()) for out in ("plain", "recorded"))
    assert plain["measures"] == recorded["measures"]
    assert tg.load(tmp_path / "plain/ring.npz").records == tg.load(tmp_path / "recorded/ring.npz").records


def test_break_takes_its_own_recipe_and_no_other(tmp_path, capsys):
    assert cli.main(["train", "ring", "--break", "collapse", "--out", str(tmp_path)]) == 2
    message = f"collapse is a failure of ring8: write {command('train', 'ring8', '--break', 'collapse')}"
    assert capsys.readouterr().err == f"tinygan: {message}\n"
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
    assert lines[0].startswith(" 40/400 V ") and "(-1.386)" in lines[0]
    for words in ("D(x) ", "D(G(z)) ", " it/s", "s left"):
        assert words in lines[-1]


@pytest.mark.parametrize("arguments, words", [
    (["train", "rng"], "did you mean 'ring'"),
    (["train", "--seed", "-1"], "must be a whole number, at least 0, not '-1'"),
    (["train", "--iterations", "0"], "at least 1 and at most 1,000,000,000,000, not '0'"),
    (["train", "--iterations", "1" + "0" * 400], "at most 1,000,000,000,000, not '1000"),
    (["train", "--break", "momentum", "--iterations", "9" * 20], "at most"),
    (["train", "--iterations", "many"], "not 'many'"), (["tarin"], "tarin"),
    (["theory", "entrop"], "did you mean 'entropy'"), (["theory", "--seed", "x"], "must be a whole number"),
    (["theory", "saddle", "ring"], "unrecognized arguments: ring"), ([], "required"),
    (["train", "ring", "gaussian"], "unrecognized arguments: gaussian"), (["train", "--seed", "0.5"], "not '0.5'"),
    (["train", "--seed", "9" * 5000], "at least 0, not '99999999"), (["train", "--seed", "٣x"], "not '٣x'"),
    (["train", "--iterations", "1e3"], "not '1e3'"), (["train", "--iterations", ""], "not ''"),
    (["train", "--iterations", "-0"], "not '-0'"), (["train", "--checkpoint-every", "0"], "at least 1, not '0'"),
    (["train", "--checkpoint-every", "nan"], "not 'nan'"), (["train", "--out"], "expected one argument"),
    (["train", "--resume"], "expected one argument"), (["train", "a\nb"], "recipe 'a\\nb' is unknown"),
    (["list", "a\nb"], "unrecognized arguments: a b"), (["train", "--break", ""], "failure '' is unknown"),
    (["train", "\udcff"], "is unknown"), (["theory", "--gif", "--seed", "-1"], "not '-1'"),
    (["lab", "rng"], "did you mean 'ring'"), (["lab", "--port", "0"], "at least 1 and at most 65,535"),
    (["lab", "points"], "your own data"), (["lab", "ring", "--data", "x.csv"], "leave out one of them"),
    (["lab", "--data", "none.csv"], "No such file or directory"),
    (["train", "--resume", "none.npz"], "can't resume none.npz: No such file or directory"),
    (["train", "--resume", "."], "Is a directory"), (["train", "--resume", ""], "can't resume"),
    (["train", "--resume", "x", "--break", "collapse"], "leave out --resume"),
    (["train", "--checkpoint-every", "5", "--break", "collapse"], "leave out --resume and --checkpoint-every"),
    (["train", "--break", "collapse", "--data", "none.csv"], "data of its own: leave out --data none.csv")],
    ids=range(38))
def test_mistakes_in_the_command_are_one_line_and_code_2(arguments, words, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    try:
        code = cli.main(arguments)
    except SystemExit as stopped:
        code = stopped.code
    printed = capsys.readouterr()
    assert code == 2 and words in printed.err and not printed.out and not os.listdir(tmp_path)
    assert printed.err.count("\n") == 1 and printed.err.startswith("tinygan") and len(printed.err) < 400


def test_a_file_that_is_no_checkpoint_is_one_line_and_code_2_and_stays(tmp_path, capsys):
    path = tmp_path / "ring.npz"
    tg.recipes.start("ring", iterations=9).save(path)
    damaged = path.read_bytes()[:-70] + path.read_bytes()[-69:]
    np.savez(tmp_path / "other.npz", theta=np.zeros(3))
    tg.save(tmp_path / "game.npz", tg.recipes.start("ring").game)
    for name, content, words in (("damaged.npz", damaged, "it is cut short, damaged, or"),
                                 ("short.npz", damaged[:99], "cut short"), ("empty.npz", b"", "it is empty"),
                                 ("other.npz", (tmp_path / "other.npz").read_bytes(), "tinygan has not written"),
                                 ("game.npz", (tmp_path / "game.npz").read_bytes(), "not one of a recipe")):
        (tmp_path / name).write_bytes(content)
        assert cli.main(["train", "--resume", str(tmp_path / name)]) == 2
        printed = capsys.readouterr()
        assert words in printed.err and str(tmp_path / name) in printed.err
        assert printed.err.count("\n") == 1 and not printed.out
        assert (tmp_path / name).read_bytes() == content
    all_six = ["damaged.npz", "empty.npz", "game.npz", "other.npz", "ring.npz", "short.npz"]
    assert sorted(os.listdir(tmp_path)) == all_six


@pytest.mark.parametrize("arguments, words", [(["--seed", "1"], "leave out --seed 1"), (["moons"], "leave out moons"),
                                              (["--iterations", "8"], "--iterations 8 is earlier"),
                                              (["--data", "x.csv"], "leave out --data x.csv")])
def test_resume_goes_on_with_the_files_own_recipe_seed_and_rows(arguments, words, tmp_path, capsys):
    tg.recipes.start("ring", iterations=9).save(tmp_path / "ring.npz")
    assert cli.main(["train", *arguments, "--resume", str(tmp_path / "ring.npz")]) == 2
    printed = capsys.readouterr()
    assert str(tmp_path / "ring.npz") in printed.err and words in printed.err and printed.err.count("\n") == 1
    assert not printed.out


def test_resume_trains_for_longer_and_says_that_the_schedules_are_stretched(tmp_path, capsys):
    assert cli.main(["train", "ring", "--iterations", "20", "--out", str(tmp_path)]) == 0
    capsys.readouterr()
    assert cli.main(["train", "--resume", str(tmp_path / "ring.npz"), "--iterations", "50"]) == 0
    printed = capsys.readouterr().out
    assert "The end is moved from iteration 20 to 50, and the schedules are stretched to it\n" in printed
    assert "50 iterations, seed 0, resumed at iteration 20\n" in printed and "kept" not in printed
    run = tg.recipes.start("ring", 0, 20)
    run.train()
    before = run.game.G.theta.copy()
    run.lengthen(50)
    run.train()
    longer = tg.recipes.resume(tmp_path / "ring.npz")
    assert (longer.game.G.theta == run.game.G.theta).all() and (before != run.game.G.theta).any()
    assert longer.iterations == longer.game.iterations == longer.game.iteration == 50


def test_a_longer_run_is_not_lost_to_a_shorter_one(tmp_path, capsys):
    def stands_there(seed, iterations, done=None):
        run = tg.recipes.start("ring", seed, iterations)
        run.train(lambda game: game.iteration == done)
        cli.save(run, path, None)
        for kind in ("json", "png"):
            path.with_suffix(f".{kind}").write_text(f"{seed} {iterations}")

    path = tmp_path / "ring.npz"
    (tmp_path / "ring.notes.txt").write_text("mine")
    for run in ((1, 30), (0, 30), (0, 20), (2, 40), (0, 20), (0, 10), (0, 30), (0, 50, 7), (0, 20)):
        stands_there(*run)
    kept = ["ring-seed0-20", "ring-seed0-30", "ring-seed0-30-2", "ring-seed2-40", "ring"]
    assert sorted(os.listdir(tmp_path)) == sorted(
        ["ring.notes.txt", *(f"{name}.{kind}" for name in kept for kind in ("json", "npz", "png"))])
    assert tg.recipes.resume(tmp_path / "ring-seed2-40.npz").game.iteration == 40
    assert (tmp_path / "ring-seed2-40.png").read_text() == "2 40"
    assert f"kept: the 40 iterations of seed 2 that stood there are now {tmp_path / 'ring-seed2-40.npz'}" in (
        capsys.readouterr().out)
    before = sorted(os.listdir(tmp_path))
    cli.save(tg.recipes.start("ring", 0, 10), path, path)           # the one that is resumed
    path.write_text("not of tinygan")
    cli.save(tg.recipes.start("ring", 0, 10), path, None)
    assert sorted(os.listdir(tmp_path)) == before


@pytest.mark.parametrize("name", ["points.csv", "mine.csv"])
def test_rows_of_the_users_are_never_written_over(name, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    rows = "\n".join(map(str, np.random.default_rng(0).normal(size=50)))
    Path("points.csv").write_text(rows)
    Path("mine.csv").write_text(rows)
    assert cli.main(["train", "--data", name, "--out", ".", "--iterations", "5"]) == 2
    said = capsys.readouterr().err
    assert "give another --out" in said and said.count("\n") == 1 and Path("points.csv").read_text() == rows


def test_train_on_a_file_writes_rows_in_its_own_units(tmp_path, capsys):
    rng = np.random.default_rng(0)
    dose, rooms, offset = rng.normal(200, 50, 300).round(1), rng.choice([0, 3, 7], 300), rng.normal(-1e-3, 1e-5, 300)
    rows = np.column_stack([dose, rooms, offset])
    lines = ["dose,rooms,offset", *(",".join(map(str, row)) for row in rows.tolist())]
    (tmp_path / "mine.csv").write_text("\n".join(lines))
    arguments = ["train", "--data", str(tmp_path / "mine.csv"), "--iterations", "40", "--out", str(tmp_path / "out")]
    assert cli.main(arguments) == 0
    printed = capsys.readouterr().out
    for words in ("points: Your own data: 300 rows, 3 columns (dose, rooms, offset).", "KS, dose", "KS, rooms",
                  "precision", "real data", "nearer to a trained row", str(tmp_path / "out" / "points.csv")):
        assert words in printed
    written = (tmp_path / "out" / "points.csv").read_text().splitlines()
    assert written[0] == "dose,rooms,offset" and len(written) == 301
    made = np.loadtxt(written[1:], delimiter=",")
    assert set(made[:, 1]) <= {0, 3, 7} and (made[:, 0] == made[:, 0].round(1)).all()
    assert (np.abs(made - rows.mean(axis=0)) < 12 * rows.std(axis=0)).all()
    assert sorted(os.listdir(tmp_path / "out")) == [f"points.{kind}" for kind in ("csv", "json", "npz", "png")]

    (tmp_path / "mine.csv").write_text("\n".join(lines[:-20]))                     # other rows: the first are kept
    assert cli.main(arguments) == 0
    assert len(os.listdir(tmp_path / "out")) == 8 and "kept" in capsys.readouterr().out


@pytest.fixture(scope="module")
def mnist(tmp_path_factory):
    """A folder with files like MNIST's, of 300 digits of 8 × 8 pixels and their labels."""
    folder, digits = tmp_path_factory.mktemp("mnist"), tg.data.Glyphs(8, n=300, held_out=0)
    for name, array in (("images-idx3", digits.images), ("labels-idx1", digits.labels.astype(np.uint8))):
        sizes = np.array(array.shape, ">u4").tobytes()
        content = gzip.compress(bytes([0, 0, 8, array.ndim]) + sizes + array.tobytes())
        (folder / f"train-{name}-ubyte.gz").write_bytes(content)
    return folder


def test_train_on_pictures_of_ones_own(mnist, tmp_path, capsys):
    """It says of what, writes what the recipe writes, and resumes from the checkpoint alone."""
    arguments = ["train", "glyphs", "--data", str(mnist / "train-images-idx3-ubyte.gz"), "--out"]
    assert cli.main([*arguments, str(tmp_path / "straight"), "--iterations", "12"]) == 0
    printed = capsys.readouterr().out
    assert "glyphs: Your own 300 pictures of 8 × 8 pixels, 10 classes, 50 of them held out.\n12 iterations" in printed
    assert "measuring …\n" in printed and "(n = 25; «real data»: what n real examples score" in printed
    assert json.loads((tmp_path / "straight" / "glyphs.json").read_text())["examples"] == 25
    assert sorted(os.listdir(tmp_path / "straight")) == ["glyphs.json", "glyphs.npz", "glyphs.png"]
    game = tg.load(tmp_path / "straight" / "glyphs.npz")
    assert game.G.widths[-1] == game.D.widths[0] == 64 and len(game.data.images) == len(game.data.labels) == 300

    run = tg.recipes.start("glyphs", 0, 12, data=mnist / "train-images-idx3-ubyte.gz")
    run.train(lambda game: game.iteration == 5)
    run.save(tmp_path / "glyphs.npz")
    assert cli.main(["train", "--resume", str(tmp_path / "glyphs.npz")]) == 0
    assert "glyphs: Your own 300 pictures" in capsys.readouterr().out
    for file in ("glyphs.npz", "glyphs.png"):
        assert (tmp_path / file).read_bytes() == (tmp_path / "straight" / file).read_bytes()


def test_the_lab_learns_them_too(mnist, monkeypatch, capsys):
    served = []
    monkeypatch.setattr(cli, "serve", lambda session, *options: served.append(session) or 0)
    path = str(mnist / "train-images-idx3-ubyte.gz")
    assert cli.main(["lab", "glyphs", "--data", path]) == 0
    assert len(served[0].run.data.images) == 300 and repr(path) in served[0].do({"do": "python"})["python"]
    assert served[0].do({"do": "reset"}) == {} and len(served[0].run.data.images) == 300


def test_a_run_on_other_pictures_is_kept(mnist, tmp_path, capsys):
    """As one of other rows is; the same pictures with other labels are other ones."""
    own = tg.data.read_images(mnist / "train-images-idx3-ubyte.gz")
    relabelled = tg.data.Images(own.images, (own.labels + 1) % 10)
    for data in (own, relabelled, tg.data.Images(own.images), tg.data.Glyphs(8, n=250, held_out=50), own):
        cli.save(tg.recipes.start("glyphs", 0, 1, data=data), tmp_path / "glyphs.npz", None)
    cli.save(tg.recipes.start("glyphs", 0, 1, data=own), tmp_path / "glyphs.npz", None)             # the same
    assert sorted(os.listdir(tmp_path)) == ["glyphs-seed0-0-2.npz", "glyphs-seed0-0-3.npz", "glyphs-seed0-0-4.npz",
                                            "glyphs-seed0-0.npz", "glyphs.npz"]


@pytest.mark.parametrize("arguments, words", [
    (["glyphs", "--data", "train-labels-idx1-ubyte.gz"], "(these may be the labels: give the file of the pictures)"),
    (["--data", "train-images-idx3-ubyte.gz"], "seems to hold pictures: name the recipe that learns them, glyphs"),
    (["moons", "--data", "train-images-idx3-ubyte.gz"], "for your own pictures, not for moons: leave out one of them"),
    (["glyphs", "--data", "none.gz"], "can't read none.gz: No such file or directory"),
    (["glyphs", "--data", "."], "can't read .: Is a directory"),
    (["glyphs", "--data", "glyphs.npz", "--out", "."], "glyphs.npz is where the results would go: give another --out")])
@pytest.mark.parametrize("what", ["train", "lab"])
def test_pictures_that_wont_do_are_one_line_and_code_2(what, arguments, words, mnist, capsys, monkeypatch):
    if what == "lab" and "--out" in arguments:
        return                                              # its recording is no .npz
    monkeypatch.chdir(mnist)
    before = sorted(os.listdir())
    assert cli.main([what, *arguments]) == 2
    printed = capsys.readouterr()
    assert words in printed.err and printed.err.count("\n") == 1 and not printed.out and sorted(os.listdir()) == before


@pytest.mark.parametrize("what", ["train", "lab"])
def test_labels_beside_that_cannot_be_read_are_named(what, mnist, tmp_path, capsys):
    shutil.copy(mnist / "train-images-idx3-ubyte.gz", tmp_path)
    (tmp_path / "train-labels-idx1-ubyte").mkdir()
    assert cli.main([what, "glyphs", "--data", str(tmp_path / "train-images-idx3-ubyte.gz")]) == 2
    assert capsys.readouterr().err.startswith(f"tinygan: can't read {tmp_path / 'train-labels-idx1-ubyte'}: ")


@pytest.mark.parametrize("content, words", [("a,b\n1,x\n" * 20, "has 'x' in line 2"), (None, "No such file")])
def test_a_file_that_wont_do_is_one_line_and_code_2(content, words, tmp_path, capsys):
    if content:
        (tmp_path / "a.csv").write_text(content)
    assert cli.main(["train", "--data", str(tmp_path / "a.csv"), "--out", str(tmp_path / "out")]) == 2
    printed = capsys.readouterr()
    assert words in printed.err and printed.err.count("\n") == 1 and not (tmp_path / "out").exists()


@pytest.mark.parametrize("encoding, arguments", [
    ("cp1252", ["list"]), ("ascii", ["list"]), ("ascii", ["--help"]),
    ("ascii", ["train", "ring8", "--iterations", "3"]),
    ("ascii", ["train", "--break", "collapse", "--iterations", "3"]), ("ascii", ["train", "--data", "−"])])
def test_every_word_can_be_read_in_a_narrow_encoding(arguments, encoding, tmp_path):
    done = subprocess.run([*COMMAND, *arguments], cwd=tmp_path, capture_output=True,
                          env={**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"})
    printed = (done.stdout + done.stderr).decode(encoding)
    assert done.returncode in (0, 2) and "?" not in printed and "Traceback" not in printed and printed.strip()


def test_a_command_that_is_printed_can_be_pasted(tmp_path, monkeypatch):
    """With README's commands `tinygan` is not on the PATH."""
    done = subprocess.run([*COMMAND, "list"], cwd=tmp_path, capture_output=True, text=True)
    first = done.stdout.splitlines()[0].removeprefix("recipes: ").removesuffix(" train RECIPE")
    pasted = subprocess.run(f"{first} list", shell=True, cwd=tmp_path, capture_output=True, text=True)
    assert pasted.stdout == done.stdout and pasted.returncode == 0
    beside = Path(sys.executable).with_name("tinygan")
    if beside.exists() and os.name != "nt":
        monkeypatch.setenv("PATH", str(beside.parent))
        assert command("train", "a b") == "tinygan train 'a b'"
        monkeypatch.setenv("PATH", "")
        monkeypatch.chdir(beside.parent.parent)
        assert command("list") == str(Path(beside.parent.name, "tinygan")) + " list"


@pytest.mark.parametrize("name", ["ring8", "glyphs"])
def test_resume_ends_as_if_it_had_never_stopped(name, tmp_path, capsys):
    run = tg.recipes.start(name, 2, 40)
    run.train(lambda game: game.iteration == 13)
    (tmp_path / "before").mkdir()
    run.save(tmp_path / "before" / "any name.npz")
    assert cli.main(["train", name, "--seed", "2", "--iterations", "40", "--out", str(tmp_path / "straight")]) == 0
    table = capsys.readouterr().out.split("trained in")[0]
    assert cli.main(["train", "--resume", str(tmp_path / "before" / "any name.npz")]) == 0
    resumed = capsys.readouterr()
    assert resumed.out.split("trained in")[0] == table.replace("seed 2", "seed 2, resumed at iteration 13")
    assert "s, resumed at iteration 13; written: " in resumed.out
    assert resumed.err.splitlines()[-1].startswith("40/40 V ")
    written = [f"{name}.json", f"{name}.npz", f"{name}.png"]
    assert sorted(os.listdir(tmp_path / "before")) == sorted(["any name.npz", *written])
    for file in (f"{name}.npz", f"{name}.png"):
        assert (tmp_path / "before" / file).read_bytes() == (tmp_path / "straight" / file).read_bytes()
    one, other = (json.loads((tmp_path / folder / f"{name}.json").read_text()) for folder in ("before", "straight"))
    assert one["measures"] == other["measures"] and (one["resumed at"], other["resumed at"]) == (13, None)
    at_its_end = tmp_path / "straight" / f"{name}.npz"
    assert cli.main(["train", name, "--resume", str(at_its_end), "--out", str(tmp_path / "again")]) == 0
    assert (tmp_path / "again" / f"{name}.npz").read_bytes() == at_its_end.read_bytes()


def test_checkpoints_are_written_at_the_first_record_from_each_multiple_on(tmp_path, monkeypatch):
    for every, iterations, saved in ((1, 5, [1, 2, 3, 4, 5]), (20, 50, [20, 40]),
                                     (5, 401, [6, 10, 16, 20, 26]), (1000, 50, [])):
        run, seen = tg.recipes.start("gaussian", 0, iterations), []
        monkeypatch.setattr(run, "save", lambda path: seen.append(run.game.iteration))
        cli.train(run, lambda: run.save(tmp_path), every, lambda game: len(seen) == 5)
        assert seen == saved
    run.train = lambda callback: None
    cli.train(run, lambda: run.save(tmp_path), None, lambda game: False)


@pytest.mark.skipif(os.name == "nt", reason="POSIX limits")
def test_a_disk_that_fills_is_one_line_and_code_1_and_the_old_checkpoint_stays(tmp_path):
    tg.recipes.start("ring", iterations=9).save(tmp_path / "ring.npz")
    before = (tmp_path / "ring.npz").read_bytes()
    code = ("import resource, sys; from tinygan.cli import main; "
            "resource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000)); sys.exit(main("
            "['train', 'ring', '--iterations', '400', '--checkpoint-every', '100', '--out', sys.argv[1]]))")
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, encoding="utf-8")
    progress, message = done.stderr.splitlines()[:-1], done.stderr.splitlines()[-1]
    assert done.returncode == 1 and message == f"tinygan: {tmp_path / 'ring.npz'}: File too large"
    assert all("it/s" in line for line in progress)
    assert (tmp_path / "ring.npz").read_bytes() == before and os.listdir(tmp_path) == ["ring.npz"]


def test_a_folder_that_lets_nobody_write_is_one_line_and_code_1(tmp_path, capsys, monkeypatch):
    (tmp_path / "ring.npz").write_text("mine")

    def forbidden(path):
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    monkeypatch.setattr(Path, "touch", forbidden)
    assert cli.main(["train", "--out", str(tmp_path)]) == 1
    printed = capsys.readouterr()
    assert printed.err == f"tinygan: {tmp_path / 'ring.npz'}: Permission denied\n" and not printed.out
    assert (tmp_path / "ring.npz").read_text() == "mine"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_to_is_one_line_and_code_1(tmp_path, capsys):
    tmp_path.chmod(0o500)
    assert cli.main(["train", "--out", str(tmp_path)]) == 1
    assert capsys.readouterr().err == f"tinygan: {tmp_path / 'ring.npz'}: Permission denied\n"


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
@pytest.mark.parametrize("closed", [pytest.param("stdout", marks=pytest.mark.slow),
                                    pytest.param("stderr", marks=pytest.mark.slow), "both"])
def test_training_goes_on_when_nobody_reads(tmp_path, closed):
    def pipe_without_reader():
        reader, writer = os.pipe()
        os.close(reader)
        return writer

    streams = {name: pipe_without_reader() if closed in (name, "both") else subprocess.DEVNULL
               for name in ("stdout", "stderr")}
    done = subprocess.run([*COMMAND, "train", "moons", "--iterations", "30", "--out", str(tmp_path)], **streams,
                          env={name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"})
    assert done.returncode == 0 and sorted(os.listdir(tmp_path)) == ["moons.json", "moons.npz", "moons.png"]


@pytest.mark.skipif(os.name == "nt", reason="POSIX shell")
@pytest.mark.parametrize("redirection", [">&-", "2>&-", "| true"])
def test_list_needs_no_open_streams(redirection):
    done = subprocess.run(f"'{sys.executable}' -m tinygan list {redirection}", shell=True,
                          capture_output=True, text=True)
    assert done.returncode == 0 and not done.stderr


def test_the_picture_does_not_depend_on_matplotlibs_settings(tmp_path):
    done = subprocess.run([*COMMAND, "train", "--iterations", "20", "--out", str(tmp_path)], capture_output=True,
                          text=True, encoding="utf-8", env={**os.environ, "MPLBACKEND": "nonsense"})
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
    for words in ("training diverged at iteration", "lower rates", str(tmp_path / "ring.npz")):
        assert words in printed
    game = tg.load(tmp_path / "ring.npz")
    assert np.isfinite(game.G.theta).all() and np.isfinite(game.D.theta).all()


def training(*arguments):
    """The real command, once its first progress line is out: training has begun."""
    process = subprocess.Popen([*COMMAND, "train", *map(str, arguments)], stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, text=True, encoding="utf-8")
    assert process.stderr.readline()
    return process


@posix
def test_a_signal_stops_cleanly_keeps_what_was_trained_and_says_how_to_go_on(tmp_path):
    started = [(signal.SIGINT, "Ctrl-C"), (signal.SIGTERM, "SIGTERM"), (signal.SIGHUP, "SIGHUP")]
    started = [(number, name, tmp_path / name, training("ring8", "--iterations", 8000, "--out", tmp_path / name))
               for number, name in started]
    for number, name, out, process in started:
        process.send_signal(number)
    for number, name, out, process in started:
        printed, err = process.communicate()
        assert process.returncode == 128 + number, err
        assert "Traceback" not in err and f"Stopped by {name} at iteration" in printed
        assert f"to go on: {command('train', '--resume', out / 'ring8.npz')}\n" in printed
        run = tg.recipes.resume(out / "ring8.npz")
        assert 800 <= run.game.iteration == run.history["iteration"][-1] < 8000 and run.game.iteration % 40 == 0
        assert json.loads((out / "ring8.json").read_text())["iterations"] == run.game.iteration
        assert sorted(os.listdir(out)) == ["ring8.json", "ring8.npz", "ring8.png"]


@posix
def test_a_signal_stops_a_lesson_too_and_draws_it_as_far_as_it_came(tmp_path):
    process = training("--break", "momentum", "--iterations", 8000, "--out", tmp_path)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate()
    assert process.returncode == 130 and "Traceback" not in err and out.count("Stopped by Ctrl-C at iteration ") == 2
    assert sorted(os.listdir(tmp_path)) == ["ring-momentum.json", "ring-momentum.png"]


@posix
@pytest.mark.parametrize("first, second", [(signal.SIGINT, signal.SIGINT), (signal.SIGTERM, signal.SIGINT),
                                           (signal.SIGINT, signal.SIGTERM)])
def test_a_second_signal_stops_at_once(first, second, tmp_path):
    """The first is answered by the line `Stopped by …`; what comes after it, measuring and drawing, is cut short."""
    process = training("gaussian", "--iterations", 8000, "--out", tmp_path)
    process.send_signal(first)
    while "Stopped by" not in process.stdout.readline():
        pass
    process.send_signal(second)
    out, err = process.communicate()
    assert process.returncode == 128 + second
    assert err.splitlines()[-1] == "tinygan: interrupted" and "Traceback" not in err
    assert os.listdir(tmp_path) == ["gaussian.npz"]
    assert tg.recipes.resume(tmp_path / "gaussian.npz").game.iteration >= 800


@posix
@pytest.mark.parametrize("arguments, files", [
    (["ring8"], ["ring8.json", "ring8.npz", "ring8.png"]),
    pytest.param(["--break", "momentum"], ["ring-momentum.json", "ring-momentum.png"], marks=pytest.mark.slow)],
    ids=["a recipe", "a pair"])
def test_a_terminal_that_closes_loses_nothing(arguments, files, tmp_path):
    """A real terminal: when it goes, SIGHUP comes, and whatever is printed after that fails."""
    code = ("import os, pty, sys; pid, terminal = pty.fork(); pid or os.execvp(sys.argv[1], sys.argv[1:])\n"
            "printed = b''\n"
            "while b'-1.386' not in printed: printed += os.read(terminal, 1000)\n"
            "os.close(terminal); print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))")
    command = [*COMMAND, "train", *arguments, "--iterations", "6000", "--out", str(tmp_path)]
    done = subprocess.run([sys.executable, "-c", code, *command], capture_output=True, text=True)
    assert done.stdout == f"{128 + signal.SIGHUP}\n", done.stderr
    assert sorted(os.listdir(tmp_path)) == files


@posix
def test_sigterm_while_drawing_leaves_no_half_picture(tmp_path):
    process = subprocess.Popen([*COMMAND, "theory", "--out", str(tmp_path)], stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, text=True)
    while process.poll() is None and not list(tmp_path.glob(".tinygan-*.png")):
        pass
    process.send_signal(signal.SIGTERM)
    out, err = process.communicate()
    assert process.returncode == 143 and err == "tinygan: interrupted\n"
    assert not any(name.startswith(".") for name in os.listdir(tmp_path))


@posix
def test_a_mistake_is_code_2_even_where_it_can_not_be_said(tmp_path):
    for redirection in ("2>/dev/full", "2>&-"):
        done = subprocess.run(f"'{sys.executable}' -m tinygan train --resume none.npz {redirection}", shell=True,
                              cwd=tmp_path, capture_output=True, text=True)
        assert done.returncode == 2 and not done.stdout


@posix
def test_nohup_is_respected_and_an_interrupt_is_heard_even_in_the_background(tmp_path):
    """A shell script that starts a command with & has SIGINT ignored there: but who sends one means it."""
    code = ("import os, signal\n"
            "signal.signal(signal.SIGHUP, signal.SIG_IGN); signal.signal(signal.SIGINT, signal.SIG_IGN)\n"
            "from tinygan import cli\n"
            "with cli.asked_to_stop() as asked:\n"
            "    os.kill(os.getpid(), signal.SIGHUP); assert not asked\n"
            "    os.kill(os.getpid(), signal.SIGINT); assert asked == [2]\n"
            "assert signal.getsignal(signal.SIGHUP) == signal.SIG_IGN\n"
            "assert signal.getsignal(signal.SIGTERM) == signal.SIG_DFL")
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


KILL = os.path.join(os.path.dirname(__file__), "guards", "kill_and_resume.py")


@posix
@pytest.mark.parametrize("command", [(KILL, 6, 1), pytest.param((KILL, 60, 2), marks=pytest.mark.slow)],
                         ids=["six times", "sixty times"])
def test_killed_at_random_moments_nothing_is_lost(command, ran):
    folder, done = ran
    assert done.returncode == 0, done.stderr
    counts = {what: int(count) for count, what in (line.split(maxsplit=1) for line in done.stdout.splitlines())}
    assert counts["kills"] == command[1] and counts["kills in the middle of writing"] >= command[1] // 3
    assert counts["runs that ended with the bits of an undisturbed one"] == counts["runs"] >= 1
    assert not os.listdir(folder)


def test_theory_draws_what_is_asked_for(tmp_path, capsys):
    assert cli.main(["theory", "criterion", "--out", str(tmp_path)]) == 0
    assert os.listdir(tmp_path) == ["criterion.png"] and (tmp_path / "criterion.png").read_bytes()[:4] == b"\x89PNG"
    assert capsys.readouterr().out == f"written: {tmp_path / 'criterion.png'}\n"


def test_theory_draws_all_by_default(tmp_path, capsys, monkeypatch):
    drawn = []
    monkeypatch.setattr(cli, "write_picture", lambda draw, path: drawn.append(path.name))
    monkeypatch.setattr(cli.figure1, "ITERATIONS", 60)
    assert cli.main(["theory", "--out", str(tmp_path)]) == 0
    assert drawn == [f"{name}.png" for name in cli.PICTURES] and len(drawn) == 22
    assert not {f"{name}.png" for name in tg.recipes.names()} & set(drawn)          # `train` writes beside them


@pytest.mark.parametrize("command", [("-m", "tinygan", "theory", "figure1")])
def test_theory_figure1_works_in_a_process_of_its_own(command, ran):
    folder, done = ran
    assert done.returncode == 0, done.stderr
    assert "max |D - 1/2|" in done.stdout and (folder / "tinygan-out" / "figure1.png").exists()


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
