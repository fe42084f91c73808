"""The glossary: each name that it gives stands where it says, and no symbol of the lesson is missing."""

import ast
import re
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]
PAGE = (TOP / "docs/glossary.md").read_text(encoding="utf-8")
NAMES = re.findall(r"\| `(\w+)` \| \[`.*?`\]\((\.\./tinygan/.*?\.py)\) \|$", PAGE, re.M)        # (name, file)
LESSON = ("layers", "mlp", "game", "sgd", "algorithm1")
SYMBOL = re.compile(r"d?[A-Za-z](_(real|fake))?|dydx|grad|theta|psi|gamma|eta|mu|lambda|sigma")


def tree(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def identifiers(path):
    """All names in a file: of functions, arguments, variables and attributes, and the keys of a line's values."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Dict):
            yield from (key.value for key in node.keys if isinstance(key, ast.Constant))
        yield from (getattr(node, part) for part in ("name", "arg", "id", "attr") if hasattr(node, part))


def test_each_row_has_a_name_and_a_file():
    assert len(NAMES) == len(re.findall(r"^\| .*\.py\) \|$", PAGE, re.M)) > 40


@pytest.mark.parametrize("name, file", NAMES)
def test_a_name_stands_where_the_table_says(name, file):
    assert name in set(identifiers(TOP / "docs" / file))


def signatures(name):
    """The arguments of a lesson file's public functions and methods, its objects' attributes, and the keys of what a
    line computed."""
    for node in ast.walk(tree(TOP / f"tinygan/{name}.py")):
        if isinstance(node, ast.FunctionDef) and (node.name[0] != "_" or node.name == "__init__"):
            yield from (arg.arg for arg in (*node.args.args, *node.args.kwonlyargs))
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "self":
            yield node.attr
        elif isinstance(node, ast.Dict):
            yield from (key.value for key in node.keys if isinstance(key, ast.Constant))


@pytest.mark.parametrize("name", LESSON)
def test_every_symbol_of_the_lesson_is_in_the_table(name):
    listed = {name for name, _ in NAMES}
    wanted = {each for each in signatures(name) if SYMBOL.fullmatch(each)}
    assert wanted and wanted <= listed, wanted - listed


def test_words_have_one_sentence_each_and_are_in_order():
    rows = re.findall(r"^\| (.*?) \| (.*?) \|$", PAGE.split("## Words")[1], re.M)[1:]
    words = [word.lower() for word, _ in rows]
    assert words == sorted(words) and len(words) == len(set(words)) > 30
    for word, sentence in rows:
        assert re.fullmatch(r"[^.]*(\.\d[^.]*)*\.", sentence), word
