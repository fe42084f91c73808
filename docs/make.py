"""What in docs/, and among the examples, is made from the code: this makes it anew.

    .venv/bin/python docs/make.py              after a change to the code, a docstring or an example
    .venv/bin/python docs/make.py pictures     every picture, too; some minutes, and a Chromium for those of the lab

Here: `with_code`, which puts the code itself into the blocks of line-by-line.md; `PICTURES`, who makes each picture.
api.py, beside this file, makes api.md; examples/notebooks/make.py the notebooks.
"""

import argparse
import ast
import re
import runpy
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tinygan.recipes import failures

DOCS = Path(__file__).parent
PACKAGE = DOCS.parent / "tinygan"
BENCHMARKS = DOCS.parent / "examples/benchmarks"

PICTURES = {                                                  # {pictures: the arguments of the Python that makes them}
    "theory/*": ["-m", "tinygan", "theory", "--out"],
    "ring": ["-m", "tinygan", "train", "ring", "--out"],
    **{f"failures/{name}": ["-m", "tinygan", "train", "--break", name, "--out"] for name in failures.names()},
    "beyond/*": [BENCHMARKS / "beyond.py", "--pictures"],
    "digits/*": [BENCHMARKS / "digit_pictures.py"],
    "lab/*": [BENCHMARKS / "lab_pictures.py"],
    "performance": [BENCHMARKS / "performance_picture.py", DOCS / "performance-tables.md"]}


def with_code(page):
    """The page, with the source of `name`, without docstrings, in each of its blocks ```python name."""
    block = re.compile(r"(```python (\w+\.[\w.]+)\n).*?(```)", re.S)
    return block.sub(lambda match: match[1] + code_of(match[2]) + match[3], page)


def code_of(name):
    """The lines of a function, method or class, such as "mlp.MLP.bind", as they stand in tinygan/, without
    docstrings, moved to the left. (A property is a method of the same name for each way.)"""
    module, *path = name.split(".")
    source = (PACKAGE / f"{module}.py").read_text(encoding="utf-8")
    nodes = [ast.parse(source)]
    for part in path:
        nodes = [child for node in nodes for child in node.body if getattr(child, "name", None) == part]
    if not nodes:
        raise ValueError(f"tinygan has no {name}")
    return "\n".join(without_docstrings(node, source.splitlines()) for node in nodes)


def without_docstrings(node, lines):
    """The lines of one definition, its decorators included."""
    silent = set()
    for each in ast.walk(node):
        if isinstance(each, (ast.ClassDef, ast.FunctionDef)) and ast.get_docstring(each):
            docstring = each.body[0]
            silent.update(range(docstring.lineno, docstring.end_lineno + 1))
            if not lines[docstring.end_lineno].strip():             # and the blank line below it
                silent.add(docstring.end_lineno + 1)
    first = min([node.lineno, *(each.lineno for each in node.decorator_list)])
    kept = [lines[i - 1][node.col_offset:] for i in range(first, node.end_lineno + 1) if i not in silent]
    return "\n".join(kept) + "\n"


def draw(name):
    """Make one entry of PICTURES in a folder of its own, and move it here once it is whole."""
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder)
        target = made / f"{name}.png" if name == "performance" else made
        subprocess.run([sys.executable, *PICTURES[name], target], check=True, cwd=folder)
        for picture in made.glob("*.png"):
            shutil.move(picture, DOCS / f"{name.replace('*', picture.stem)}.png")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", nargs="?", choices=["pictures"], help="pictures: make these anew, too")
    what = parser.parse_args().what
    page = DOCS / "line-by-line.md"
    page.write_text(with_code(page.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
    (DOCS / "api.md").write_text(runpy.run_path(DOCS / "api.py")["api"](), encoding="utf-8", newline="\n")
    subprocess.run([sys.executable, DOCS.parent / "examples/notebooks/make.py"], check=True)
    for name in PICTURES if what == "pictures" else ():
        print("drawing", name, flush=True)
        draw(name)


if __name__ == "__main__":
    main()
