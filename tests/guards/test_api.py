"""docs/api.md has every public name once, with what its docstring says; and each docstring has a line that runs."""

import ast
import doctest
import importlib
import re
import runpy
from pathlib import Path

import pytest

import tinygan

from conftest import anchors

TOP = Path(__file__).parents[2]
MAKE = runpy.run_path(str(TOP / "docs/api.py"))
PAGE = (TOP / "docs/api.md").read_text(encoding="utf-8")
HEADINGS = re.findall(r"^### `(.*)`$", PAGE, re.M)
ROOMS = ("layers", "mlp", "game", "sgd", "algorithm1", "training", "gradcheck", "data", "metrics", "beyond",
         "checkpoint", "gradient_penalty", "theory", "recipes", "show")


def files():
    for room in ROOMS:
        path = TOP / "tinygan" / room
        yield from sorted(path.glob("*.py")) if path.is_dir() else [path.with_suffix(".py")]


def named(path):
    """The functions and classes of a file that its docstring names; at a folder's door, all."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in tree.body:
        if isinstance(node, (ast.ClassDef, ast.FunctionDef)) and node.name[0] != "_":
            if path.stem == "__init__" or f"`{node.name}`" in ast.get_docstring(tree):
                yield node.name


def module_of(path):
    parts = path.relative_to(TOP).with_suffix("").parts
    return importlib.import_module(".".join(parts).removesuffix(".__init__"))


def found_at(name):
    """What a name that is written with dots means."""
    place = tinygan
    for part in name.split(".")[1:]:
        place = getattr(place, part)
    return place


def test_it_is_as_the_script_makes_it():
    assert PAGE == MAKE["api"](), "run .venv/bin/python docs/make.py"


def test_every_public_name_is_on_it_once():
    public = [(module_of(path).__name__, name) for path in files() for name in named(path)]
    shown = [(found_at(heading).__module__, found_at(heading).__name__) for heading in HEADINGS]
    assert sorted(shown) == sorted([*public, ("tinygan._terminal", "Progress")])


@pytest.mark.parametrize("door", [tinygan, tinygan.theory, tinygan.recipes], ids=lambda door: door.__name__)
def test_what_can_be_had_at_a_door_is_on_it(door):
    for name in getattr(door, "__all__", [name for name in vars(door) if name[0] != "_"]):
        if isinstance(getattr(door, name), type) or callable(getattr(door, name)):
            assert f"{door.__name__}.{name}" in HEADINGS


WITHOUT_A_LINE = {                                    # a name, or how it begins: why
    "tinygan.theory.figure1.moments": "trains for two seconds",
    "tinygan.show.present": "writes into the folder in which it is called",
    "tinygan.show.one_run.": "what `show.picture` is made of",
    "tinygan.show.side_by_side.": "draws two trained runs",
    "tinygan.show.digit_pictures.": "draws a trained run",
    "tinygan.show.snapshots.": "draws `moments`",
    "tinygan.show.phase_plane.": "what `show.draw` calls",
    "tinygan.show.style.": "draws",
    "tinygan.show.answers.": "draws what a class has answered",
    "tinygan.recipes.scores.": "what `Run.measure` calls"}


@pytest.mark.parametrize("name", [name for name in HEADINGS if not name.startswith(tuple(WITHOUT_A_LINE))])
def test_its_docstring_has_a_line_that_runs(name):
    """(pytest --doctest-modules runs it.)"""
    assert doctest.DocTestParser().get_examples(found_at(name).__doc__)


def test_its_links_lead_to_its_headings():
    there = anchors(TOP / "docs/api.md")
    links = re.findall(r"\(#(.*?)\)", PAGE)
    assert len(links) == len(set(links)) == len(HEADINGS) and set(links) <= set(there)


@pytest.mark.parametrize("text, made", [
    ("f(x) = a*b.", r"f(x) = a\*b."),
    ("p_data and `D*` and _x", r"p_data and `D*` and \_x"),
    ("One.\n\nx : (n, d). y, z : numbers,\n    two. Returns a float.\nRaises ValueError.",
     "One.\n\n* `x`: (n, d).\n* `y, z`: numbers, two.\n\nReturns a float. Raises ValueError."),
    ("So:\n\n    a    b\n        c", "So:\n\n```text\na    b\n    c\n```"),
    (">>> 1 + 1             # doctest: +ELLIPSIS\n2", "```pycon\n>>> 1 + 1\n2\n```")])
def test_a_docstring_becomes_markdown(text, made):
    assert MAKE["markdown"](text) == made
