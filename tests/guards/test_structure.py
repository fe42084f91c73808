"""The house: who may import whom, how long the lesson is, how wide a line, and that its tags are true."""

import ast
import io
import re
import subprocess
import sys
import tokenize
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]
PACKAGE = TOP / "tinygan"
LESSON = ["layers", "mlp", "game", "sgd", "algorithm1"]
# Each room imports only from those before it; within a folder, files may import one another.
ORDER = ["_machine", "_check", "_files", "_terminal", "data", *LESSON, "gradient_penalty", "training", "checkpoint",
         "gradcheck", "theory", "metrics", "beyond", "recipes", "lab", "show", "classroom", "cli", "__main__"]

UPWARDS = {"recipes/runs.py": ["lab"]}                # `run.recording()` opens the room above, when it is called


def modules():
    return sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")


def name_of(path):
    return str(path.relative_to(PACKAGE))


def room(path):
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path):
    """The modules of tinygan, and the other packages, that a file imports."""
    package = ("tinygan", *path.relative_to(PACKAGE).parent.parts)
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[:len(package) - node.level + 1] if node.level else ()
            base = ".".join([*above, *filter(None, [node.module])])
            yield from (f"{base}.{alias.name}" if base == "tinygan" else base for alias in node.names)


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_imports_go_one_way_and_only_show_draws(path):
    for name in imported(path):
        if name.startswith("tinygan."):
            used = name.split(".")[1]
            inside = path.parent != PACKAGE
            allowed = [*ORDER[:ORDER.index(room(path)) + inside], *UPWARDS.get(name_of(path), ())]
            assert used in allowed or used == "__version__", f"{name_of(path)} imports {used}"
        elif name.startswith("matplotlib"):
            assert room(path) == "show" or name_of(path) == "data/glyphs.py"         # the typefaces
        else:
            assert name.split(".")[0] in {"numpy", *sys.stdlib_module_names}


def test_the_lesson_needs_nothing_around_it():
    """The five files import one another and the checks of their arguments, and no more."""
    for name in LESSON:
        used = {module.split(".")[1] for module in imported(PACKAGE / f"{name}.py") if module.startswith("tinygan.")}
        assert used <= {*LESSON[:LESSON.index(name)], "_check"}, f"{name} imports {used}"


def test_what_ls_shows_is_the_map():
    """Five files of lesson, a handful beside them, rooms, and helpers behind an underscore."""
    shown = {path.name for path in PACKAGE.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    around = {"training.py", "gradcheck.py", "metrics.py", "checkpoint.py", "gradient_penalty.py", "cli.py"}
    rooms = {name for name in shown if not name.endswith(".py")}
    assert shown - rooms == {f"{name}.py" for name in LESSON} | around | {name for name in shown if name[0] == "_"}
    for name in rooms:
        door = ast.get_docstring(ast.parse((PACKAGE / name / "__init__.py").read_text(encoding="utf-8")))
        for path in (PACKAGE / name).glob("[!_]*.py"):
            assert path.name in door, f"the door of {name} does not tell what {path.name} is"


def test_no_file_has_another_ones_name():
    names = [path.stem for path in modules() if path.stem != "__init__"]
    names += ["theory", "recipes", "show", "data", "beyond"]
    assert len(names) == len(set(names))


def test_importing_tinygan_loads_no_matplotlib():
    code = "import sys, tinygan, tinygan.cli; tinygan.show.picture; assert 'matplotlib' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


def code_lines(source):
    """The numbers of the lines that hold code: no blank line, comment or docstring."""
    tree, docstrings = ast.parse(source), set()
    for node in ast.walk(tree):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)) and ast.get_docstring(node):
            docstrings.update(range(node.body[0].lineno, node.body[0].end_lineno + 1))
    silent = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
    lines = set()
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type not in silent:
            lines.update(range(token.start[0], token.end[0] + 1))
    return lines - docstrings


def test_the_lesson_can_be_read_in_one_sitting():
    total = 0
    for name in LESSON:
        source = (PACKAGE / f"{name}.py").read_text(encoding="utf-8")
        lines = code_lines(source)
        total += len(lines)
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.FunctionDef):
                length = len(lines & set(range(node.lineno, node.end_lineno + 1)))
                assert length <= 25, f"{name}.{node.name} has {length} lines"
        assert max(map(len, source.splitlines())) <= 100
    assert total <= 300


@pytest.mark.parametrize("folder", ["tinygan", "tests", "examples"])
def test_no_line_is_too_wide_to_read(folder):
    for path in (TOP / folder).rglob("*.py"):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            assert len(line) <= 120, f"{path.relative_to(TOP)}, line {number}"


def test_the_tags_of_algorithm_1_stand_where_its_lines_are_done():
    source = (PACKAGE / "algorithm1.py").read_text(encoding="utf-8")
    alternating, simultaneous = source.split("def alternating")[1].split("def simultaneous")
    tags = lambda text: re.findall(r"\[Alg\. 1, line (\d)\]", text)
    assert tags(alternating) == ["2", "3", "4", "5", "7", "8"] and tags(simultaneous) == ["3", "4", "5", "8"]
    for listing in (alternating, simultaneous):
        yielded = re.findall(r"yield Line\((\d)", listing)
        assert yielded == [number for number in tags(listing) if number != "2"]
    pseudo_code = source.split('"""')[1]
    assert [int(n) for n in re.findall(r"^ {4}(\d) ", pseudo_code, re.M)] == list(range(1, 10))
    assert "[Eq. 1]" in (PACKAGE / "game.py").read_text(encoding="utf-8")


def test_every_module_has_a_test_file_of_its_name():
    for path in modules():
        if path.stem not in ("__init__", "__main__", "_check", "style", "scores", "snapshots", "phase_plane"):
            folder = "lesson" if path.stem in LESSON else path.parent.relative_to(PACKAGE)
            assert (TOP / "tests" / folder / f"test_{path.stem}.py").exists(), name_of(path)


def test_every_public_name_says_what_it_is():
    for path in modules():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        assert ast.get_docstring(tree), path
        for node in tree.body:
            if isinstance(node, (ast.ClassDef, ast.FunctionDef)) and node.name[0] != "_":
                assert ast.get_docstring(node) or path.name in ("_check.py", "cli.py"), f"{path.name}: {node.name}"


def test_no_path_of_anybodys_machine():
    pages = [*TOP.glob("*.md"), *TOP.glob("docs/*.md"), *TOP.rglob("examples/**/*.py")]
    for path in [*modules(), *pages, TOP / "setup.cfg", TOP / ".ci/run"]:
        assert not re.search(r"/home/|/root/|/Users/|/work/", path.read_text(encoding="utf-8")), path
