"""What in docs/ is made from the code is what the code says today; and the lesson is on its page without a gap."""

import ast
import re
import runpy
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]
LESSON = ["layers", "mlp", "game", "sgd", "algorithm1"]
make = runpy.run_path(str(TOP / "docs/make.py"))
LINE_BY_LINE = (TOP / "docs/line-by-line.md").read_text(encoding="utf-8")


def test_the_code_on_the_page_is_the_code():
    assert make["with_code"](LINE_BY_LINE) == LINE_BY_LINE, "run .venv/bin/python docs/make.py"


@pytest.mark.parametrize("module", LESSON)
def test_every_function_of_the_lesson_is_derived_in_the_order_of_its_file(module):
    """A class that stands there whole is there with all its methods."""
    shown = re.findall(rf"^```python {module}\.([\w.]+)", LINE_BY_LINE, re.M)
    tree = ast.parse((TOP / f"tinygan/{module}.py").read_text(encoding="utf-8"))
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            assert node.name in shown
        elif isinstance(node, ast.ClassDef) and node.name not in shown:
            methods = {f"{node.name}.{each.name}" for each in node.body if isinstance(each, ast.FunctionDef)}
            assert methods and methods <= set(shown), methods - set(shown)


def test_the_files_come_in_reading_order():
    order = [name.split(".")[0] for name in re.findall(r"^```python ([\w.]+)", LINE_BY_LINE, re.M)]
    assert list(dict.fromkeys(order)) == LESSON


PAGES = sorted((TOP / "docs").glob("*.md"))
TESTS = {name for path in (TOP / "tests").rglob("*.py")
         for name in re.findall(r"^def (test_\w+)", path.read_text(encoding="utf-8"), re.M)}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_test_that_a_page_names_is_there(page):
    named = set(re.findall(r"`(test_\w+)`", page.read_text(encoding="utf-8")))
    assert named <= TESTS, named - TESTS
