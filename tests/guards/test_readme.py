"""The README, the pages in docs/ and the examples do what they say."""

import os
import re
import runpy
import sys
from pathlib import Path

import pytest

from tinygan import recipes, theory
from tinygan.recipes import failures
from tinygan.show import PICTURES

from conftest import anchors, run_python as run

TOP = Path(__file__).parents[2]
README = (TOP / "README.md").read_text(encoding="utf-8")


def test_it_has_one_command_to_run_and_one_to_test():
    commands = re.findall(r"```sh\n(.*?)\n```", README, re.S)
    assert len(commands) == 2 and all(command.startswith("python3 -m venv ") for command in commands)
    assert commands[0].endswith("tinygan train ring") and commands[1].endswith("pytest")


def test_its_python_runs_as_it_stands(tmp_path):
    example, loading = re.findall(r"```python\n(.*?)```", README, re.S)
    assert len(example.splitlines()) <= 11
    done = run(["-m", "tinygan", "train", "ring", "--iterations", "50"], tmp_path)
    assert done.returncode == 0, done.stderr
    done = run(["-"], tmp_path, example + loading)
    assert done.returncode == 0, done.stderr
    assert "line 3 of Algorithm 1 computed z\nline 4 of Algorithm 1 computed x\n" in done.stdout


def test_it_is_one_screen_and_two_pictures():
    assert len(README.split()) < 600 and len(re.findall(r"^!\[", README, re.M)) == 2


PAGES = sorted((TOP / "docs").glob("*.md"))
MAP, COURSE = TOP / "docs/README.md", TOP / "examples/README.md"
LINK = r"\]\((?!http)([^)#]*)(?:#([^)]*))?\)"


@pytest.mark.parametrize("page", [TOP / "README.md", COURSE, *PAGES], ids=lambda page: str(page.relative_to(TOP)))
def test_every_link_leads_somewhere(page):
    for target, anchor in re.findall(LINK, page.read_text(encoding="utf-8")):
        there = page.parent / target if target else page
        assert there.exists(), target
        assert not anchor or anchor in anchors(there), f"{target}#{anchor}"


def test_every_page_and_picture_is_reached_from_the_readme():
    reached, to_read = set(), [TOP / "README.md"]
    while to_read:
        page = to_read.pop()
        for target, _ in re.findall(LINK, page.read_text(encoding="utf-8")):
            there = (page.parent / target).resolve()
            if there not in reached:
                reached.add(there)
                to_read += [there] if there.suffix == ".md" else []
    for path in (TOP / "docs").rglob("*.*"):
        assert path in reached or "__pycache__" in str(path), path


def test_the_map_has_a_path_of_a_dozen_links_for_each_reader_and_every_page_on_one():
    text = MAP.read_text(encoding="utf-8")
    paths = re.split(r"^## ", text, flags=re.M)[1:4]
    assert [path.split(":")[0] for path in paths] == ["A student", "A teacher", "A builder"]
    assert all(12 <= len(re.findall(r"^\d+\. ", path, re.M)) <= 13 for path in paths)
    linked = {target for target, _ in re.findall(LINK, "".join(paths))}
    assert {page.name for page in PAGES} - {"README.md"} <= linked | {"lab-measured.md"}


def test_the_map_names_every_file():
    named = set(re.findall(r"\(\.\./tinygan/(\w+)(?:\.py)?\)", MAP.read_text(encoding="utf-8")))
    assert {path.stem for path in (TOP / "tinygan").iterdir() if path.name[0] != "_"} == named


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_pages_python_runs(page, tmp_path):
    text = page.read_text(encoding="utf-8")
    done = run(["-"], tmp_path, "\n".join(re.findall(r"```python\n(.*?)```", text, re.S)))
    assert done.returncode == 0, done.stderr


def test_every_picture_of_the_theory_is_shown_on_a_page():
    pages = "".join(page.read_text(encoding="utf-8") for page in PAGES)
    assert set(re.findall(r"\]\(theory/(.*?)\.png\)", pages)) == set(PICTURES)


def test_the_page_on_theory_names_only_what_is_there():
    text = (TOP / "docs/theory.md").read_text(encoding="utf-8")
    for name in re.findall(r"`theory\.(\w+)", text):
        assert name in theory.__all__, name


EXAMPLES = sorted((TOP / "examples").glob("[0-9]*.py"))
SLOW = {"13_collapse", "17_luck", "20_why_the_log", "21_supports", "22_overfitting", "23_helvetica", "24_capacity",
        "26_digits", "29_digits_by_label", "30_inference", "31_all_conditionals", "32_semi_supervised"}


def test_the_examples_are_numbered_as_a_course_and_their_page_lists_them():
    assert [path.name[:3] for path in EXAMPLES] == [f"{i:02}_" for i in range(1, len(EXAMPLES) + 1)]
    assert re.findall(r"\(([0-9].*?\.py)\)", COURSE.read_text(encoding="utf-8")) == [path.name for path in EXAMPLES]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_an_example_is_a_notebook_of_whole_cells(path):
    """A title cell with the idea in three lines or four, then cells that an editor can run one by one."""
    source = path.read_text(encoding="utf-8")
    before, title, *cells = re.split(r"^# %%.*\n", source, flags=re.M)
    assert not before and source.startswith("# %% [markdown]\n# # ") and len(title.strip().splitlines()) <= 6
    assert len(cells) >= 3 and all(compile(cell, path.name, "exec") for cell in cells)
    assert max(map(len, source.splitlines())) <= 150 and len(source.splitlines()) <= 60


COMMANDS = [pytest.param((path,), marks=[pytest.mark.slow] * (path.stem in SLOW), id=path.name) for path in EXAMPLES]


@pytest.mark.parametrize("command", COMMANDS)
def test_an_example_runs_from_a_plain_shell(command, ran):
    (folder, done), [path] = ran, command
    assert done.returncode == 0, done.stderr
    picture = Path("tinygan-out", f"{path.stem}.png")
    assert done.stdout.splitlines()[-1] == f"written: {picture}"
    assert (folder / picture).read_bytes()[:4] == b"\x89PNG" and os.listdir(folder) == ["tinygan-out"]
    assert "tinygan-out/" in (TOP / ".gitignore").read_text().splitlines()


def test_the_page_on_failures_shows_each_with_its_command():
    text = (TOP / "docs/when-it-fails.md").read_text(encoding="utf-8")
    assert re.findall(r"\]\(failures/(.*?)\.png\)", text) == failures.names()
    for name, failure in failures.FAILURES.items():
        assert f"`.venv/bin/tinygan train {failure.recipe} --break {name}`" in text
        assert f"| `{name}` | {failure.recipe} |" in text


def test_the_page_on_reliability_names_every_marker():
    text = (TOP / "docs/reliability.md").read_text(encoding="utf-8")
    for marker in ("slow", "mutation"):
        command = f"`.venv/bin/python -m pytest -m {marker}`"
        assert command in text and command in README


def pages_of_results():
    """Each block of tables on the two pages: a comment says, above it, what has made it."""
    pages = [(TOP / "docs" / name).read_text(encoding="utf-8") for name in ("results-tables.md", "results-digits.md")]
    return [block for page in pages for block in re.split(r"<!-- .*? -->", page)[1:]]


def test_the_pages_of_results_have_each_recipe_as_it_stands():
    text = "\n".join(pages_of_results())
    assert sorted(re.findall(r"^### `(.*?)`", text, re.M)) == sorted(recipes.names())
    for name in recipes.names():
        section = text.split(f"### `{name}`")[1].split("###")[0]
        run = recipes.start(name)
        assert f"{run.iterations:,} iterations, {run.game.G.theta.size + run.game.D.theta.size:,} parameters" in section
        assert recipes.about(name) in section


def rows(text):
    """The cells of each row of the tables; where the first is empty, that of the row above."""
    first = ""
    for line in re.findall(r"^\| (.*) \|$", text, re.M):
        cells = [cell.strip(" *") for cell in line.split("|")]
        first = cells[0] or first
        yield first, *cells[1:]


def test_the_short_page_of_results_says_what_the_tables_say():
    short, bars, measured = (TOP / "docs/results.md").read_text(encoding="utf-8"), {}, {}
    for page in pages_of_results():
        overview, *sections = page.split("\n### ")
        bars.update({row[:2]: row[2:] for row in rows(overview)})
        measured.update({(section.split("\n")[0], row[0]): row[1:] for section in sections for row in rows(section)})
    shown = [row for row in rows(short) if row[0].startswith("`")]
    named = [row[0] for row in rows(short) if row[1] and row[0] != "recipe"]
    assert named == [f"`{name}`" for name in recipes.names()]
    for recipe, _, measure, real, median, others, worst, bar, within in shown:
        there, (limits, reached, _, others_reached, _) = measured[recipe, measure], bars[recipe, measure]
        farthest = max(there[3], there[6], key=lambda value: abs(float(value) - float(there[0])))
        assert [real, median, others, worst] == [there[1].split(" (")[0], there[2], there[5], farthest], recipe
        assert bar == limits, recipe
        assert int(within) == int(reached.split()[0]) + int(others_reached.split()[0]), recipe


def test_the_script_of_the_tables_makes_and_keeps_them(tmp_path):
    page, kept = tmp_path / "page.md", tmp_path / "kept"
    script = str(TOP / "examples/benchmarks/ten_seeds.py")
    page.write_text("mine\n\n<!-- made by examples/benchmarks/ten_seeds.py -->\nold", encoding="utf-8")
    command = [script, "moons", "ring8", "--seeds", "0-1", "5", "--iterations", "20", "--jobs", "1",
               "--keep", str(kept)]
    assert run([*command, "--page", str(page)], tmp_path).returncode == 0
    text = page.read_text(encoding="utf-8")
    assert text.startswith("mine\n\n<!--") and "old" not in text and text.count("### `") == 2
    header = text.split("### `moons`")[1].splitlines()[4]
    assert "| recipe | measure | bar | seeds 0-1: within |" in text
    assert header.startswith("| measure | ideal | real data | seeds 0-1: median |") and header.count("|") == 10
    assert len(kept.read_text().splitlines()) == 6
    assert run(command, tmp_path).stdout.strip() == text.split("mine")[1].strip()
    assert len(kept.read_text().splitlines()) == 6
    done = run([script, "--failures", "momentum", "--seeds", "0", "--iterations", "20", "--jobs", "1"], tmp_path)
    assert "| `momentum` | ring | radius, std | " in done.stdout
    done = run([script, "ring", "--set", "lr_g=0.03", "max_norm=None", "--seeds", "0", "--iterations", "20"], tmp_path)
    said = "`.venv/bin/python examples/benchmarks/ten_seeds.py ring --set lr_g=0.03 max_norm=None --seeds 0`"
    assert said in done.stdout, done.stderr


@pytest.mark.parametrize("mistake, words", [
    (["rng"], "did you mean 'ring'"), (["ring", "--set", "lr=1"], "did you mean 'lr_g'"), (["--set", "k"], "not 'k'"),
    (["--failures", "--set", "k=2"], "its own settings"), (["ring", "--seeds", "9-0"], "not '9-0'")])
def test_the_script_of_the_tables_says_what_is_wrong(mistake, words, monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["ten_seeds.py", *mistake])
    with pytest.raises(SystemExit) as end:
        runpy.run_path(str(TOP / "examples/benchmarks/ten_seeds.py"), run_name="__main__")
    assert end.value.code == 2 and words in capsys.readouterr().err


def test_the_script_on_kinds_of_data_makes_its_table(tmp_path):
    script, page = str(TOP / "examples/benchmarks/own_data.py"), tmp_path / "page.md"
    page.write_text("mine\n\n<!-- made by examples/benchmarks/own_data.py -->\nold", encoding="utf-8")
    done = run([script, "one-hot", "twenty rows", "--seeds", "0", "1", "--iterations", "5", "--page", str(page)],
               tmp_path)
    assert done.returncode == 0, done.stderr
    text = page.read_text(encoding="utf-8")
    assert text.startswith("mine\n\n<!--") and "old" not in text and "`, seeds 0 to 1, tinygan" in text
    assert "| one-hot | share of class 1 | 0.6 | " in text and "| twenty rows | V(D, G), nats |  | " in text
    assert "kind 'two' is unknown" in run([script, "two"], tmp_path).stderr


def test_the_measures_of_a_rare_mode_say_median_and_range(capsys):
    script = runpy.run_path(str(TOP / "examples/benchmarks/rare_mode.py"))
    settings = {"iterations": 100, "blur": 1.0, "fades": True}
    script["row"]("blurred", lambda seed, options: script["two_modes"](0.05, seed, options), range(2), settings)
    script["row"]("classes", script["classes"], [0], {"iterations": 50})
    script["row"]("wild", script["classes"], [0], {"iterations": 50, "lr_d": 1e9})
    blurred, classes, wild = capsys.readouterr().out.splitlines()
    number = r"-?\d\.\d{4}"
    assert re.match(rf"\| blurred \| found {number} \({number} to {number}\) \| on its side {number} ", blurred)
    assert re.match(rf"\| classes \| rarest class ({number}) \(\1 to \1\) ", classes)
    assert wild == "| wild | 1 of 1 diverged |"


def test_the_script_beside_a_busy_process_times_all_four_and_ends_it(tmp_path):
    (tmp_path / "nothing.py").write_text("")
    done = run([str(TOP / "examples/benchmarks/beside_a_busy_process.py"), "nothing.py", "--rounds", "1"], tmp_path)
    lines = done.stdout.splitlines()
    assert done.returncode == 0 and len(lines) == 5
    assert lines[-1].startswith("beside a busy process, usual / one thread")


def test_the_warm_up_is_short_and_needs_only_the_lesson():
    source = (TOP / "examples/01_ring.py").read_text(encoding="utf-8")
    assert len(source.splitlines()) < 40 and source.count("# %%") >= 4
    used = set(re.findall(r"from tinygan\.?(\w*) import", source))
    assert used <= {"layers", "mlp", "game", "sgd", "training", "show"}
