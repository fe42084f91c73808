"""api.md, made from the docstrings: every public name, its signature and what its docstring says.

Here: `api`, the page's text. Public is what a module's own docstring names in backticks, at its top.
`.venv/bin/python docs/make.py` writes it.
"""

import ast
import importlib
import inspect
import re
import sys
from collections import Counter
from pathlib import Path
from textwrap import dedent

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))                              # this checkout, also where none is installed

import tinygan

FILES = ("layers", "mlp", "game", "sgd", "algorithm1", "training", "_terminal", "gradcheck", "data", "metrics",
         "checkpoint", "gradient_penalty", "beyond", "theory", "recipes", "show")
HEAD = """\
# Every public name

<!-- made by docs/make.py -->

All that tinygan offers, in the order in which it is best read, with what its docstring says. In Python, `help(tinygan.MLP)` \
says the same. Shapes: a minibatch is `(m, d)`, one example a row. Logarithms are natural and their unit is the nat, \
unless a `base` is given. An `rng` is a NumPy `Generator` or a seed. \
What is of the wrong kind raises TypeError, and a value that can't work ValueError, with a sentence that names the \
argument; other errors are named below. `D(x)` is a probability in formulas; in code, where \
D is a network, it is the logit `a`.
"""


def api():
    """docs/api.md."""
    parts = [HEAD, contents()]
    for module in modules():
        entries = [entry(thing) for thing in public(module)]
        if entries:
            parts += [f"## [`{path_of(module)}`](../{path_of(module)})\n\n{prose(first_line(module))}", *entries]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def modules():
    """The files in reading order; those of a folder in the order in which its own docstring tells of them."""
    for name in FILES:
        module = importlib.import_module(f"tinygan.{name}")
        yield module
        if hasattr(module, "__path__"):
            files = {path.stem for path in Path(module.__file__).parent.glob("[!_]*.py")}
            for inner in sorted(files, key=lambda file: module.__doc__.index(f"{file}.py")):
                yield importlib.import_module(f"tinygan.{name}.{inner}")


def public(module):
    """The functions and classes of a file that its docstring names, or that stand at a folder's door; of a helper
    those that are to be had from `tinygan` itself."""
    for name, thing in vars(module).items():
        if getattr(thing, "__module__", None) == module.__name__ and callable(thing) and name[0] != "_":
            if "._" in module.__name__:
                shown = hasattr(tinygan, name)
            else:
                shown = hasattr(module, "__path__") or f"`{name}`" in module.__doc__
            if shown:
                yield thing


def shortest(thing):
    """How to write it: tinygan.value, and not tinygan.game.value."""
    rooms = thing.__module__.split(".")
    for length in range(1, len(rooms) + 1):
        if getattr(sys.modules[".".join(rooms[:length])], thing.__name__, None) is thing:
            return ".".join([*rooms[:length], thing.__name__])


def contents():
    """One line for each file that has public names, with links to their headings, named as GitHub names them."""
    lines, given = [], Counter()
    for module in modules():
        links = []
        for thing in public(module):
            anchor = shortest(thing).lower().replace(".", "")
            links.append(f"[`{thing.__name__}`](#{anchor}{f'-{given[anchor]}' if given[anchor] else ''})")
            given[anchor] += 1                                    # Run and run
        lines += [f"* `{path_of(module)}`: {', '.join(links)}"] if links else []
    return "\n".join(lines)


def path_of(module):
    return Path(module.__file__).relative_to(HERE.parent).as_posix()


def first_line(thing):
    return thing.__doc__.split("\n\n")[0]


def entry(thing):
    """A heading with the signature, the docstring, and for a class its methods."""
    parts = [f"### `{shortest(thing)}`", f"`{thing.__name__}{signature(thing)}`", markdown(inspect.getdoc(thing))]
    silent = []
    for name, method in vars(thing).items() if inspect.isclass(thing) else ():
        if name[0] != "_" and (callable(method) or isinstance(method, (property, staticmethod))):
            shown = name if isinstance(method, property) else f"{name}{signature(getattr(thing, name))}"
            if method.__doc__:
                parts.append(f"**`.{shown}`**\n\n{markdown(inspect.getdoc(method))}")
            else:
                silent.append(f"`.{shown}`")
    return "\n\n".join(parts + [f"Also {', '.join(silent)}."] * bool(silent))


def signature(thing):
    """(…) as it stands in the source; of a class that of making one, "" where nothing is given."""
    tree = ast.parse(dedent(inspect.getsource(inspect.unwrap(thing)))).body[0]
    if isinstance(tree, ast.ClassDef):
        made = [each for each in tree.body if isinstance(each, ast.FunctionDef) and each.name == "__init__"]
        fields = [each for each in tree.body if isinstance(each, ast.AnnAssign)]
        if not made:
            given = [each.target.id + (f"={ast.unparse(each.value)}" if each.value else "") for each in fields]
            return f"({', '.join(given)})" if given else ""
        tree = made[0]
    return f"({re.sub('^self(, )?', '', ast.unparse(tree.args))})".replace("'", '"')


def markdown(text):
    """A docstring → Markdown: arguments as a list, indented blocks and columns as they stand, `>>>` as Python."""
    blocks = []
    for block in text.split("\n\n"):
        lines = block.split("\n")
        if lines[0].lstrip().startswith(">>>"):
            block = re.sub(r" *# doctest: \S+", "", dedent(block))
            blocks.append(f"```pycon\n{block}\n```")
        elif all(line.startswith("    ") for line in lines) or re.search(r"\S {3,}\S", block):
            blocks.append(f"```text\n{dedent(block)}\n```")
        else:
            blocks += paragraphs(lines)
    return "\n\n".join(blocks)


def paragraphs(lines):
    """Running text, in which `name : what` begins a point of a list, and Returns or Raises what follows it."""
    found = [""]
    for before, line in zip(["", *lines], lines):
        ended = before[-1:] == "." and re.match("[A-Z]", line)
        for part in re.split(r"(?<=\.) (?=\w+(?:, \w+)* : |Returns |Raises )", line.strip()):
            argument = re.match(r"(\w+(?:, \w+)*) : (.*)", part)
            if argument:
                found.append(f"* `{argument[1]}`: {prose(argument[2])}")
            elif found[-1][:2] == "* " and (ended or re.match("Returns|Raises", part)):
                found.append(prose(part))
            else:
                found[-1] += f" {prose(part)}"
    found = [each.strip() for each in found if each]
    between = ["\n" if one[:2] == other[:2] == "* " else "\n\n" for one, other in zip(found, found[1:])]
    return ["".join(text + gap for text, gap in zip(found, [*between, ""]))]


def prose(text):
    """With the signs that Markdown would take for its own escaped, but not in `code`."""
    parts = re.split(r"(`[^`]+`)", text)
    parts[::2] = [re.sub(r"[*<$]|(?<!\w)_|_(?!\w)|\](?=\()", r"\\\g<0>", part) for part in parts[::2]]
    return "".join(parts)
