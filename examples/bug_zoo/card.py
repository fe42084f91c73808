"""The cards: what a bug does, where it was met, and the wrong lines beside the right ones.

    .venv/bin/python examples/bug_zoo/card.py 7            the card of bug 7
    .venv/bin/python examples/bug_zoo/card.py --page       write all of them to cards.md
"""

import ast
import difflib
import inspect
import sys
import textwrap

import zoo
from tinygan._files import replacing
from tinygan._terminal import failed, near, say, spell_what_cant_be_shown

WARNING = """# The cards of the bug zoo

**This page tells what each bug is. If you still hunt, don't read on:** `card.py N` shows the card of one bug alone.

In a picture the right code is on the left, and the same training with the bug, from the same seed, on the right. Blue
is real, orange is generated; V is in nats. In the code `-` is tinygan's line and `+` the wrong one. This page is made
by `card.py --page`, and the pictures by `draw.py`, which prints the numbers of their runs. Numbers of other seeds and
rates, and of bugs without a picture, were measured by hand.
"""


def code(function):
    """The lines of a function without its docstring, and without the indentation of its class."""
    lines = textwrap.dedent(inspect.getsource(function)).splitlines()
    body = ast.parse("\n".join(lines)).body[0].body
    if isinstance(body[0], ast.Expr) and isinstance(getattr(body[0], "value", None), ast.Constant):
        del lines[body[0].lineno - 1:body[0].end_lineno]
    return [line for line in lines if line.strip()]


def difference(bug):
    """The right function and the wrong one as one text: − and + stand before the lines that differ."""
    lines = difflib.unified_diff(code(bug.right), code(bug.wrong), n=1000, lineterm="")
    return "\n".join(list(lines)[3:])


def text(bug):
    """The card as plain text, for a terminal."""
    parts = [textwrap.fill(f"{part}: {bug.card[part]}", 100, subsequent_indent="    ") for part in zoo.PARTS[:-1]]
    picture = [f"Picture: {near(bug.picture)}"] if bug.picture else []
    return "\n\n".join([f"Bug {bug.number}: {bug.title}", *parts, *picture, f"{bug.replaces}\n\n{difference(bug)}"])


def page():
    """All cards, as Markdown."""
    cards = [WARNING.strip()]
    for bug in zoo.bugs():
        picture = [f"![right and wrong: {bug.title}](pictures/{bug.picture.name})"] if bug.picture else []
        cards += [f"## {bug.number}. {bug.title}", *picture,
                  *(f"**{part}:** {mathematics(bug.card[part])}" for part in zoo.PARTS[:-1]),
                  f"`{bug.replaces}`", f"```diff\n{difference(bug)}\n```"]
    return "\n\n".join(cards) + "\n"


def mathematics(text):
    """What Markdown would take for its own signs, made plain."""
    return text.replace("*", r"\*").replace("|", r"\|").replace("_", r"\_").replace("<", r"\<")


def main(arguments):
    """Print one card, or write all; returns the exit code."""
    spell_what_cant_be_shown()
    if arguments == ["--page"]:
        with replacing(zoo.FOLDER / "cards.md") as temporary:
            temporary.write_text(page(), encoding="utf-8", newline="\n")
        return 0
    if len(arguments) != 1 or not arguments[0].isdecimal():
        return failed(f"card.py needs the number of a bug, as in card.py 7, not {' '.join(arguments) or 'nothing'}", 2)
    try:
        say(text(zoo.find(int(arguments[0]))))
    except ValueError as error:
        return failed(str(error), 2)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
