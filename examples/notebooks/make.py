"""The examples as notebooks: `examples/NN_name.py`, cell by cell, makes `examples/notebooks/NN_name.ipynb`.

    .venv/bin/python examples/notebooks/make.py           (after a change to an example)

Here: `notebook`, `markdown`. A `# %% [markdown]` cell is Markdown as it stands. Of a code cell's title the
first sentence becomes a heading; the rest of it, and the comments right below, the text under the heading.

A formula stands between dollars, in LaTeX with Unicode signs and plain words, so that it reads well in both:
$−log D^*(x)$, $p_{data}(x)$. Outside of dollars and backticks * and _ are plain signs: the examples use no emphasis.
"""

import json
import re
from pathlib import Path

HERE = Path(__file__).parent
EXAMPLES = sorted(HERE.parent.glob("[0-9]*.py"))
SETUP = '''\
# Where tinygan is missing, this installs it from the checkout that holds this notebook,
# or that lies beside it. (In Colab: first `!git clone` it, or upload it as tinygan.zip.)
import importlib.util
import os
import subprocess
import sys
from glob import glob

os.environ["OPENBLAS_NUM_THREADS"] = "1"      # before NumPy is loaded: one thread
if not getattr(importlib.util.find_spec("tinygan"), "origin", None):
    checkouts = glob("../../tinygan/..") + glob("*/tinygan/..") + glob("tinygan*.zip")
    assert checkouts, "first clone tinygan's repository, or upload it as tinygan.zip"
    subprocess.run([sys.executable, "-m", "pip", "install", "-q", checkouts[0]], check=True)
    importlib.invalidate_caches()
'''
SIGNS = {"Σ": r"\sum ", "∫": r"\int ", "‖": r"\Vert ", "²": "^2", "√": r"\sqrt ", " | ": r" \mid "}
FUNCTIONS = {"exp", "log", "max", "min", "tanh"}


def formula(text):
    """$…$ with Unicode signs → LaTeX: roots over their brackets, words upright, a little space before dx."""
    text = re.sub(r"√\((.*?)\)", r"\\sqrt{\1}", text)
    text = re.sub(r" (?=d[xz]\b|JSD|KL)", r"\\,", text)
    for sign, latex in SIGNS.items():
        text = text.replace(sign, latex)
    upright = lambda word: rf"\{word[0]} " if word[0] in FUNCTIONS else rf"\mathrm{{{word[0]}}}"
    return re.sub(" +", " ", re.sub(r"(?<![\\A-Za-z])(?:KL|[A-Za-z]{3,})", upright, text))


def markdown(text):
    """Text of a comment → Markdown."""
    parts = re.split(r"(\$.+?\$|`.+?`)", text)                        # the odd ones are formulas and code
    parts[::2] = [re.sub(r"([*_<])", r"\\\1", part) for part in parts[::2]]
    return "".join(formula(part) if part[:1] == "$" else part for part in parts)


def heading(title, rest):
    """A code cell's title and the comment below it → a Markdown heading and the text under it."""
    first, *others = re.split(r"(?<=[.?!]) (?=[A-Z($`])", re.sub(r"^(\d+)\. ", r"\1\0", title), maxsplit=1)
    first = first.replace("\0", ". ").removesuffix(".")
    text = " ".join([*others, *rest])
    if text and text[-1] not in ".?!:…)":
        text += "."
    return f"## {markdown(first)}" + f"\n\n{markdown(text)}" * bool(text)


def cells(source):
    """(kind, text) of each cell of the notebook."""
    for title, body in re.findall(r"^# %% (.*)\n((?:(?!# %%).*\n?)*)", source, re.M):
        below = re.match(r"(?:#.*\n)*", body)[0]
        comment = [line.removeprefix("#").strip() for line in below.splitlines()]
        if title == "[markdown]":
            yield "markdown", markdown("\n".join(comment).replace("\n", "\n\n", 1).strip())
        else:
            yield "markdown", heading(title, comment)
            yield "code", body[len(below):].strip()


def notebook(source):
    """The .ipynb, as text, that an example's source makes."""
    title, *others = cells(source)
    made = []
    for number, (kind, text) in enumerate([title, ("code", SETUP.strip()), *others]):
        cell = {"cell_type": kind, "id": f"cell-{number:02}", "metadata": {}, "source": text.splitlines(keepends=True)}
        made.append(cell | {"execution_count": None, "outputs": []} if kind == "code" else cell)
    metadata = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
                "language_info": {"name": "python"}}
    whole = {"cells": made, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


if __name__ == "__main__":
    for path in EXAMPLES:
        text = notebook(path.read_text(encoding="utf-8"))
        (HERE / f"{path.stem}.ipynb").write_text(text, encoding="utf-8", newline="\n")
