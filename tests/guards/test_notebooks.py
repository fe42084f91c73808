"""The notebooks are the examples, cell by cell, and any Jupyter opens them."""

import ast
import json
import re
import runpy
import sys
from pathlib import Path

import pytest
from matplotlib.mathtext import MathTextParser

TOP = Path(__file__).parents[2]
FOLDER = TOP / "examples/notebooks"
MAKE = runpy.run_path(str(FOLDER / "make.py"))
EXAMPLES = sorted((TOP / "examples").glob("[0-9]*.py"))
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
RUN = """import json, sys
cells, names = json.load(open(sys.argv[1], encoding="utf-8"))["cells"], {"__name__": "__main__"}
for cell in cells:
    if cell["cell_type"] == "code":
        exec(compile("".join(cell["source"]), cell["id"], "exec"), names)"""
FAST = {"02_probability", "06_best_discriminator"}                  # test_readme.py runs the same code as scripts
COMMANDS = [pytest.param(("-c", RUN, path), marks=[pytest.mark.slow] * (path.stem not in FAST), id=path.name)
            for path in NOTEBOOKS]


def cells(path):
    return json.loads(path.read_text(encoding="utf-8"))["cells"]


def text(cell):
    return "".join(cell["source"])


def test_each_example_has_its_notebook_as_the_script_makes_it():
    assert [path.stem for path in NOTEBOOKS] == [path.stem for path in EXAMPLES]
    for path, example in zip(NOTEBOOKS, EXAMPLES):
        made = MAKE["notebook"](example.read_text(encoding="utf-8"))
        assert path.read_text(encoding="utf-8") == made, "run examples/notebooks/make.py"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_it_is_a_valid_notebook_4_5_without_outputs(path):
    """What the schema of nbformat 4.5 requires, and no more."""
    whole = json.loads(path.read_text(encoding="utf-8"))
    assert set(whole) == {"cells", "metadata", "nbformat", "nbformat_minor"}
    assert (whole["nbformat"], whole["nbformat_minor"]) == (4, 5)
    assert {"name", "display_name"} <= set(whole["metadata"]["kernelspec"])
    assert whole["metadata"]["kernelspec"]["name"] == "python3"
    for cell in whole["cells"]:
        code = {"execution_count", "outputs"} if cell["cell_type"] == "code" else set()
        assert set(cell) == {"cell_type", "id", "metadata", "source"} | code
        assert cell["cell_type"] in ("code", "markdown") and cell["metadata"] == {}
        assert re.fullmatch(r"[A-Za-z0-9_-]{1,64}", cell["id"])
        assert all(line.endswith("\n") for line in cell["source"][:-1]) and not text(cell).endswith("\n")
        assert not code or (cell["execution_count"] is None and cell["outputs"] == [])
    assert len({cell["id"] for cell in whole["cells"]}) == len(whole["cells"])


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_it_has_a_title_the_setup_and_all_of_the_examples_code(path):
    example = TOP / f"examples/{path.stem}.py"
    title, setup, *others = cells(path)
    assert text(title).startswith("# ") and text(setup) == MAKE["SETUP"].strip()
    assert [cell["cell_type"] for cell in others] == ["markdown", "code"] * (len(others) // 2)
    for number, cell in enumerate(others[::2], 1):
        assert text(cell).startswith(f"## {number}. ")
    code = "\n".join(text(cell) for cell in others[1::2])
    assert ast.dump(ast.parse(code)) == ast.dump(ast.parse(example.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_its_formulas_are_latex_and_its_prose_has_none(path):
    prose = "\n\n".join(text(cell) for cell in cells(path) if cell["cell_type"] == "markdown")
    assert prose.count("$") % 2 == 0
    for formula in re.findall(r"\$.*?\$", prose):
        MathTextParser("path").parse(formula)
        assert "  " not in formula and not re.search(r"[Σ∫√‖²]|(?<!\^)\*", formula)
    rest = re.sub(r"\$.*?\$|`.*?`", "", prose)
    bare = re.search(r".*([=∂∫Σ√\\]|\blog\b).*", rest)
    assert not bare, f"a formula stands between dollars, and a name of the code in backticks: {bare[0]}"


@pytest.mark.parametrize("title, rest, made", [
    ("1. A first sentence: with a colon. And a second", [], "## 1. A first sentence: with a colon\n\nAnd a second."),
    ("2. Eq. 4, 5 and 6 on four outcomes", [], "## 2. Eq. 4, 5 and 6 on four outcomes"),
    ("3. Is it?", ["Two lines", "below."], "## 3. Is it?\n\nTwo lines below."),
    ("4. Look. (With D: `tinygan theory x_y --gif`)", [], "## 4. Look\n\n(With D: `tinygan theory x_y --gif`)"),
    ("5. p_g and D*, without dollars", [], r"## 5. p\_g and D\*, without dollars"),
    ("6. $D^*(x) = p_{data}(x)/σ_p²$", [], r"## 6. $D^*(x) = p_{\mathrm{data}}(x)/σ_p^2$"),
    ("7. $2 JSD(p ‖ q)$ is $−Σ p log p dx$", [], r"## 7. $2\,\mathrm{JSD}(p \Vert q)$ is $−\sum p \log p\,dx$"),
    ("8. $√(2η)$, $P(A | B) = |z|$", [], r"## 8. $\sqrt{2η}$, $P(A \mid B) = |z|$")])
def test_a_cells_title_becomes_a_heading_and_text(title, rest, made):
    assert MAKE["heading"](title, rest) == made


@pytest.mark.parametrize("command", COMMANDS)
def test_it_runs_cell_by_cell(command, ran):
    (folder, done), path = ran, command[-1]
    assert done.returncode == 0, done.stderr
    assert (folder / f"tinygan-out/{path.stem}.png").exists()


@pytest.mark.parametrize("beside, found", [
    (["tinygan/tinygan/__init__.py"], "tinygan/tinygan/.."), (["tinygan-main.zip"], "tinygan-main.zip"), ([], None)])
def test_where_tinygan_is_missing_the_setup_installs_what_lies_beside(beside, found, tmp_path, monkeypatch):
    """Python takes a checkout in a folder `tinygan` for a package: one without an origin."""
    asked = []
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.path", [str(tmp_path)])
    monkeypatch.setattr("sys.meta_path", [each for each in sys.meta_path if "PathFinder" in repr(each)])
    for name in ["tinygan", *(name for name in list(sys.modules) if name.startswith("tinygan."))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr("subprocess.run", lambda command, check: asked.append(command[1:]))
    for name in beside:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
    if found:
        exec(MAKE["SETUP"], {})
        assert asked == [["-m", "pip", "install", "-q", found]]
    else:
        with pytest.raises(AssertionError, match="first clone"):
            exec(MAKE["SETUP"], {})
