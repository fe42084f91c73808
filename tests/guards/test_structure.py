"""The house: who may import whom, how long the lesson is, and that its tags are true."""

import ast
import io
import re
import subprocess
import sys
import tokenize
from pathlib import Path

import pytest

TOP = Path(__file__).parent.parent
PACKAGE = TOP / "tinygan"
LESSON = ["layers", "mlp", "game", "sgd", "algorithm1"]
# Each imports only from those before it.
ORDER = ["_machine", "_check", "files", "archive", "data", *LESSON[:-1], "r1", "snapshot", LESSON[-1], "checkpoint", "gradcheck", "probability", "pushforward", "theory", "metrics",
         "runs", "recipes", "failures", "dirac", "experiments", "figure1", "show", "cli", "__main__"]


def modules():
    return sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")


def room(path):
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path):
    """The rooms of tinygan, and the other packages, that a file imports."""
    package = ("tinygan", *path.relative_to(PACKAGE).parent.parts)
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join([*package[:len(package) - node.level + 1], *filter(None, [node.module])]) if node.level else node.module
            yield from (f"{base}.{alias.name}" if base == "tinygan" else base for alias in node.names)


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_go_one_way_and_only_show_draws(path):
    for name in imported(path):
        if name.startswith("tinygan."):
            used = name.split(".")[1]
            allowed = ORDER[:ORDER.index(room(path)) + (room(path) == "show")]
            assert used in allowed or used == "__version__", f"{room(path)} imports {used}"
        elif name.startswith("matplotlib"):
            assert room(path) == "show"
        else:
            assert name.split(".")[0] in {"numpy", *sys.stdlib_module_names}


def test_imports_load_no_more_than_they_need():
    for code in ("import sys, tinygan; assert 'numpy' not in sys.modules",
                 "import sys, tinygan.cli; tinygan.MLP, tinygan.gradcheck; assert 'matplotlib' not in sys.modules"):
        subprocess.run([sys.executable, "-c", code], check=True)


def test_the_names_at_the_top_are_those_of_the_modules():
    import tinygan
    for name, home in tinygan._HOME.items():
        assert getattr(tinygan, name) is getattr(getattr(tinygan, home), name)
    assert set(dir(tinygan)) >= {"MLP", "Algorithm1", "gradcheck", "data", "recipes", "__version__"}
    with pytest.raises(AttributeError, match="no attribute 'MPL'"):
        tinygan.MPL


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
        assert max(map(len, source.splitlines())) <= 120
    assert total <= 400


def test_minibatches_are_vectorised():
    """The lesson loops over layers, columns of history and k, never over examples or units."""
    for name in LESSON:
        tree = ast.parse((PACKAGE / f"{name}.py").read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.For):
                over = ast.unparse(node.iter)
                assert re.search(r"layers|linears|widths|range\(self\.k\)|lines\(|whole_iteration\(|\('W', 'b'\)", over), f"{name}: for … in {over}"


def test_the_tags_of_algorithm_1_stand_where_its_lines_are_done():
    source = (PACKAGE / "algorithm1.py").read_text(encoding="utf-8")
    assert re.findall(r"\[Alg\. 1, line (\d)\]", source) == ["2", "3", "4", "5", "7", "8"]
    listing = source.split('"""')[1]
    assert [int(n) for n in re.findall(r"^ {4}(\d) ", listing, re.M)] == list(range(1, 10))
    for tag, number in re.findall(r"\[Alg\. 1, line (\d)\]\n(?:(?!\[Alg).)*?yield Line\((\d)", source, re.S):
        assert tag == number or tag == "2"
    assert "[Eq. 1]" in (PACKAGE / "game.py").read_text(encoding="utf-8")


def test_every_module_has_a_test_file_of_its_name():
    tests = {path.stem for path in (TOP / "tests").glob("test_*.py")}
    assert {f"test_{room(path)}" for path in modules()} - {"test__check", "test___main__"} <= tests


def test_every_public_name_says_what_it_is():
    for path in modules():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        assert ast.get_docstring(tree), path
        for node in tree.body:
            if isinstance(node, (ast.ClassDef, ast.FunctionDef)) and node.name[0] != "_" and path.name not in ("_check.py", "cli.py"):
                assert ast.get_docstring(node), f"{path.name}: {node.name}"


def test_no_path_of_anybodys_machine():
    for path in [*modules(), *TOP.glob("*.md"), *TOP.glob("docs/*.md"), *TOP.glob("examples/*.py"), TOP / "setup.cfg", TOP / ".ci/run"]:
        assert not re.search(r"/home/|/root/|/Users/|/work/", path.read_text(encoding="utf-8")), path
