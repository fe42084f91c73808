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
            assert node.name in shown, f"derive {node.name} in line-by-line.md, below ```python {module}.{node.name}"
        elif isinstance(node, ast.ClassDef) and node.name not in shown:
            methods = {f"{node.name}.{each.name}" for each in node.body if isinstance(each, ast.FunctionDef)}
            assert methods and methods <= set(shown), methods - set(shown)
    names = [node.name for node in tree.body if isinstance(node, (ast.FunctionDef, ast.ClassDef))]
    assert list(dict.fromkeys(name.split(".")[0] for name in shown)) == names, "line-by-line.md has another order"


def test_each_line_of_code_that_section_7_quotes_is_there():
    source = "".join((TOP / f"tinygan/{name}.py").read_text(encoding="utf-8") for name in LESSON)
    quoted = re.findall(r"`((?:return |self\.dydx|da_|np\.matmul)[^`]*)`", LINE_BY_LINE.split("\n## 7. ")[1])
    assert len(quoted) >= 6
    for line in quoted:
        assert line in source, f"section 7 of line-by-line.md quotes {line!r}, which is no longer in the lesson"


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


# paper-to-code.md: a tag in the code for each row, and a row for each tag

PAPER = (TOP / "docs/paper-to-code.md").read_text(encoding="utf-8")
KINDS = r"(?:Eq\. |Prop\. |Thm\. |Fig\. |Table |section )\d|Alg\. 1(?:, line \d)?"
ROWS = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in PAPER.splitlines()
        if re.match(rf"\| (?:{KINDS}) \|", line)]


def tagged(path):
    """{(name, tag)} of each function and class of a file, by the tags in its docstring and comments; a class's own
    are those above its first method."""
    source = path.read_text(encoding="utf-8")
    lines, module = source.splitlines(), ".".join(path.relative_to(TOP / "tinygan").with_suffix("").parts)

    def visit(node, name):
        for child in node.body:
            if isinstance(child, (ast.ClassDef, ast.FunctionDef)):
                methods = [each for each in child.body if isinstance(each, ast.FunctionDef)]
                own = isinstance(child, ast.ClassDef) and methods
                text = "\n".join(lines[child.lineno - 1:methods[0].lineno - 1 if own else child.end_lineno])
                for inside in re.findall(r"\[([^\]]*)\]", text):
                    yield from ((f"{name}.{child.name}", tag) for tag in re.findall(KINDS, inside))
                if isinstance(child, ast.ClassDef):
                    yield from visit(child, f"{name}.{child.name}")
    return set(visit(ast.parse(source), module))


def test_every_numbered_statement_of_the_paper_has_its_row():
    numbered = [f"Eq. {n}" for n in range(1, 7)] + ["Prop. 1", "Prop. 2", "Thm. 1"]
    numbered += [f"Alg. 1, line {n}" for n in (1, 2, 3, 4, 5, 7, 8)] + [f"Fig. {n}" for n in (1, 2, 3)]
    numbered += ["Table 1", "Table 2"]
    rows = [row[0] for row in ROWS]
    assert set(numbered) <= set(rows) and len(rows) == len(set(rows)) and all(len(row) == 6 for row in ROWS)


def test_each_row_names_the_functions_that_bear_its_tag_and_no_other():
    in_the_code = {pair for path in (TOP / "tinygan").rglob("*.py") for pair in tagged(path)}
    on_the_page = {(name, row[0]) for row in ROWS for name in re.findall(r"`([a-z_0-9]+\.[\w.]+)`", row[2])}
    assert on_the_page == in_the_code, (f"only in paper-to-code.md: {on_the_page - in_the_code}; "
                                        f"only tagged in the code: {in_the_code - on_the_page}")


def test_what_is_computed_has_a_test_and_a_picture_or_an_example():
    for tag, _, code, test, picture, example in ROWS:
        if "`" in code:
            assert "`test_" in test and (picture or example), tag


# Formulas, as GitHub reads them: it takes Markdown first, and then mathematics

@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_formula_is_changed_by_markdown(page):
    """Displays stand in ```math fences. In a line, Markdown takes `\\,` for `,`, and `}_` and `*` for emphasis."""
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.S)
    assert "$$" not in text
    for formula in re.findall(r"\$([^$\n]+)\$", re.sub(r"`[^`\n]+`", "", text)):
        assert not re.search(r"\\[^A-Za-z]|[^\w\s]_|\s_|\*", formula), formula
    assert "\\operatorname" not in page.read_text(encoding="utf-8")             # which GitHub forbids


def test_every_picture_is_made_by_the_one_command():
    """`.venv/bin/python docs/make.py pictures`: each file in docs/ has its entry, and each entry a file."""
    there = {str(path.relative_to(TOP / "docs").with_suffix("")) for path in (TOP / "docs").rglob("*.png")}
    made = {name if name in make["PICTURES"] else re.sub("[^/]+$", "*", name) for name in there}
    assert made == set(make["PICTURES"])
