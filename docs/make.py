"""What in docs/ is made from the code: `.venv/bin/python docs/make.py` makes it anew.

Here: `with_code`, which puts the code itself into the blocks of line-by-line.md.
"""

import ast
import re
from pathlib import Path

DOCS = Path(__file__).parent
PACKAGE = DOCS.parent / "tinygan"


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


if __name__ == "__main__":
    path = DOCS / "line-by-line.md"
    path.write_text(with_code(path.read_text(encoding="utf-8")), encoding="utf-8")
