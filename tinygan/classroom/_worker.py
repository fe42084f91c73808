"""What happens beside a student's code: its file is read, run and asked, and nothing but numbers comes back.

Here: `plain`, what an answer is made of; `read`, with `refuse`, and `run`, a student's file as a module; `ask`, the
answer to one question; `NoAnswer`, why there is none. And for a process of its own `main`, with `ends`,
`hide_tinygan`, `limit`, `watch` and `Counted`.

It stands alone, on NumPy and the standard library: sandbox.py runs this file as a program, which need not load
tinygan, and in which the student's code finds nothing of tinygan but what its exercise gives.
"""

import sys

if __name__ == "__main__":
    sys.path += sys.argv[1:]                                # where NumPy and tinygan are

import ast
import builtins
import collections
import copy
import importlib
import io
import json
import math
import os
import pickle
import sysconfig
import warnings
from contextlib import suppress
from pathlib import Path
from types import ModuleType

import numpy as np

MOST = 10**5                                                # numbers in one array of an answer
PRINTED = 64 * 2**10                                        # characters
ANSWERS = 4 * 2**20                                         # bytes, of all answers to an exercise

# What a student's file may import, besides what its exercise gives; and what it may not name, because it leads out
# of the file: to code from strings, to hidden attributes, to the modules that NumPy itself imports.
MODULES = ("numpy", "math", "typing", "__future__")
FUNCTIONS = {"open", "eval", "exec", "compile", "getattr", "setattr", "delattr", "globals", "locals"}
CALLS = {"input", "breakpoint"}                             # as names of variables they are harmless
HARMLESS = {"__name__", "__init__", "__author__", "__all__", "__version__", "__doc__", "__email__", "__date__",
            "__license__", "__slots__", "__str__", "__repr__"}
FRAMES = {"gi_frame", "gi_code", "cr_frame", "cr_code", "ag_frame", "ag_code", "tb_frame", "tb_next",
          "f_back", "f_code", "f_globals", "f_locals", "f_builtins"}
WRITERS = {"tofile", "dump"}                                # of an array: to whatever says that it is a file
OWN = {"code", "queue", "statistics", "string", "time", "token"}       # students' names, and no modules in NumPy
ATTRIBUTES = (FUNCTIONS | FRAMES | WRITERS
              | {"testing", "f2py", "DataSource", "_datasource", "obj"}    # obj: of an AttributeError
              | (sys.stdlib_module_names - set(dir(np)))) - OWN


BELOW = 'except below `if __name__ == "__main__":`'


class NoAnswer(Exception):
    """Why a file has no answers, in one sentence."""


def plain(value):
    """A value as numbers alone, which JSON can carry and nothing can hide in.

    array → float64 array; number → float; str as it is; tuple, list → list; dict → dict; a network →
    {"theta", "grad"}; a Generator, a distribution and all else → None.
    Raises ValueError for an array of more than 100,000 numbers.

    >>> plain((1, np.array([True, False])))
    [1.0, array([1., 0.])]
    """
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, (int, float, np.number, np.bool_)) and not isinstance(value, np.complexfloating):
        return float(value)
    if isinstance(value, np.ndarray):
        if value.size > MOST:
            raise ValueError(f"an array of {value.size:,} numbers, and {MOST:,} are the most")
        return np.array(value, dtype=np.float64) if value.dtype.kind in "biuf" else None
    if isinstance(value, (list, tuple)):
        return [plain(each) for each in value]
    if isinstance(value, dict):
        return {str(key): plain(each) for key, each in value.items()}
    if hasattr(value, "theta") and hasattr(value, "grad"):
        return {"theta": plain(value.theta), "grad": plain(value.grad)}
    return None


# Reading a student's file

def read(source, path, given=()):
    """The code of a student's file, ready to be run.

    source : its bytes. path : its name in what is said of it. given : what it may import from tinygan.
    Raises NoAnswer for a file that can't be read, or that names what a submission may not.
    """
    path = Path(path)
    try:
        tree = ast.parse(source.decode("utf-8-sig"), path.name)
        tree.body = [node for node in tree.body if not _only_for_a_script(node)]
        refuse(tree, path.name, given)
        return compile(tree, str(path), "exec")
    except UnicodeDecodeError:
        raise NoAnswer(f"{path.name} is not text in UTF-8: save it anew, in that encoding") from None
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise NoAnswer(_sentence(error, path)) from None


def run(code, path):
    """{name: object} of a student's file, after its code was run. Raises NoAnswer if it fails."""
    module = {"__name__": Path(path).stem,
              "__builtins__": {name: value for name, value in vars(builtins).items() if name != "vars"}}
    try:
        exec(code, module)
    except SystemExit:
        raise NoAnswer(f"{Path(path).name} ended before it had answered") from None
    except Exception as error:
        raise NoAnswer(_sentence(error, Path(path))) from None
    return module


def _only_for_a_script(node):
    """Whether this is an `if __name__ == "__main__":`, which a module skips."""
    return isinstance(node, ast.If) and not node.orelse and ast.unparse(node.test) in (
        "__name__ == '__main__'", "'__main__' == __name__")


def refuse(tree, file, given=()):
    """Raise NoAnswer if the code names what a submission may not, with the first line that does."""
    found = [(node.lineno, wrong) for node in ast.walk(tree) for wrong in _wrong(node, given)]
    if found:
        line, wrong = min(found)
        raise NoAnswer(f"{file}, line {line}: {wrong}")


def _wrong(node, given):
    """What is wrong with one node of the code, in words."""
    if isinstance(node, ast.Import):
        yield from (_no_import(alias.name, given) for alias in node.names if not _may_import(alias.name))
    elif isinstance(node, ast.ImportFrom) and not (node.module == "tinygan" and not node.level):
        if node.level or not _may_import(node.module):
            yield _no_import("." * node.level + (node.module or ""), given)
        yield from (_no_use(alias.name) for alias in node.names if _leads_out(alias.name) or alias.name[0] == "_")
        if node.names[0].name == "*" and node.module not in ("math", "typing"):
            yield f"it imports everything from {node.module}: name what it needs"
    elif isinstance(node, ast.ImportFrom):
        yield from (_no_import(f"{alias.name} from tinygan", given) for alias in node.names if alias.name not in given)
    elif isinstance(node, ast.Attribute) and _leads_out(node.attr):
        yield _no_use(node.attr)
    elif isinstance(node, ast.Name) and (node.id in FUNCTIONS or _is_hidden(node.id)):
        yield _no_use(node.id)
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS:
        yield _no_use(node.func.id)
    elif isinstance(node, ast.MatchClass):
        yield from (_no_use(name) for name in node.kwd_attrs if _leads_out(name))
        if node.patterns:                                   # the class says by a hidden name what they are
            yield _no_use(f"a pattern of {ast.unparse(node.cls)} without names")


def _may_import(module):
    first, *more = module.split(".")
    return first in MODULES and not any(_leads_out(part) or part[0] == "_" for part in more)


def _leads_out(name):
    return name in ATTRIBUTES or _is_hidden(name)


def _is_hidden(name):
    """Whether Python itself has a meaning for this name, as for __globals__."""
    return name.startswith("__") and name.endswith("__") and name.strip("_") != "" and name not in HARMLESS


def _no_import(name, given):
    more = f", and {', '.join(given)} from tinygan" if given else ""
    return f"it imports {name}, but may import only NumPy, math and typing{more} ({BELOW})"


def _no_use(name):
    return f"it uses {name}, which a submission may not ({BELOW})"


# Asking

def ask(module, path, function, arguments):
    """(value, arguments afterwards, error) of one call, as `plain` makes them.

    module : {name: object} of the student's file. The call gets a deep copy of the arguments.
    Raises NoAnswer if the code ends the program.
    """
    path = Path(path)
    if not callable(module.get(function)):
        return None, [], f"{path.name} has no function {function}"
    try:
        arguments = copy.deepcopy(arguments)
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            value = module[function](*arguments)
        answer = plain(value)
        if answer is None and value is not None:
            return None, [], f"{path.name}: {function} must return numbers, and returned a {type(value).__name__}"
        return answer, plain(list(arguments)), ""
    except SystemExit:
        raise NoAnswer(f"{path.name} ended before it had answered") from None
    except NotImplementedError:
        return None, [], "NotImplementedError"
    except Exception as error:
        return None, [], _sentence(error, path)


def _sentence(error, path):
    """One sentence on an error: the last line of the student's code that took part, and what Python says."""
    line, step = getattr(error, "lineno", None) if isinstance(error, SyntaxError) else None, error.__traceback__
    while step:
        line, step = step.tb_lineno if step.tb_frame.f_code.co_filename == str(path) else line, step.tb_next
    try:
        words = " ".join(str(getattr(error, "msg", error)).split())[:200]
    except Exception:                                       # its own __str__ fails
        words = ""
    kind = next(each.__name__ for each in type(error).__mro__ if each.__name__[0] != "_")   # _ArrayMemoryError has a _
    return f"{path.name}{f', line {line}' * bool(line)}: {kind}{f': {words}' * bool(words)}"


# A process of its own

def main():
    """Read a job from stdin, and write its token and {"answers": …} or {"none": why} to where stdout led at first."""
    out, nowhere = os.fdopen(os.dup(1), "wb"), os.open(os.devnull, os.O_RDWR)
    job = pickle.load(sys.stdin.buffer)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    file, questions = job["file"], pickle.loads(job["questions"])          # loads what of tinygan they are made of
    hide_tinygan(job["given"])
    sys.path[:] = [path for path in sys.path if path not in sys.argv]      # NumPy finds the rest of itself without
    sys.argv[:] = sys.orig_argv[:] = [file]
    limit(job["seconds"], job["memory"])
    end, none = ends(out, job["token"])
    sys.stdout = sys.stderr = Counted(lambda: none(f"{file} printed more than {PRINTED // 1024} KiB"))
    try:
        code = read(job["source"], file, job["given"])
        watch(file, lambda did: none(f"{file} {did}: an exercise only computes"))
        module = run(code, file)
        report = {"answers": [ask(module, file, *question) for question in questions]}
        end(json.dumps(report, default=lambda array: {"shape": array.shape, "numbers": array.ravel().tolist()}))
    except NoAnswer as why:
        none(str(why))
    finally:
        end("")


def ends(out, token):
    """Two functions that write to `out` and end this process, whatever else still runs: end(a report, as text), and
    none(why there is no answer). They hold what they need: a student's code may have replaced it elsewhere."""
    write, flush, leave, quoted = out.write, out.flush, os._exit, json.encoder.encode_basestring_ascii

    def end(report):
        try:
            write(token + report.encode())
            flush()
        finally:
            leave(0)

    return end, lambda why: end('{"none": ' + quoted(why) + "}")


class Counted(io.TextIOBase):
    """A stream to nowhere that calls `too_much` once it was given more than PRINTED characters."""

    def __init__(self, too_much):
        self.left, self.too_much = PRINTED, too_much

    def write(self, text):
        self.left -= len(text)
        if self.left < 0:
            self.too_much()
        return len(text)


def hide_tinygan(given):
    """Let `from tinygan import …` find these names, and no way lead to the rest, be it loaded already."""
    tinygan = importlib.import_module("tinygan") if given else None
    for name in [name for name in sys.modules if name.split(".")[0] == "tinygan"]:
        del sys.modules[name]
    if given:
        sys.modules["tinygan"] = ModuleType("tinygan")
        vars(sys.modules["tinygan"]).update({name: getattr(tinygan, name) for name in given})


def limit(seconds, memory):
    """Ask the system to hold this process to its limits: where there is no such limit, as on Windows, in vain."""
    with suppress(ImportError):
        import resource
        for name, most in (("AS", memory), ("CPU", math.ceil(seconds) + 1), ("FSIZE", ANSWERS + 1), ("NPROC", 0),
                           ("CORE", 0)):
            with suppress(AttributeError, ValueError, OSError):
                resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (most, most))


# What NumPy and Python do by themselves, when a part of them is loaded late, or a number is printed
QUIET = {"array.__new__", "builtins.id", "code.__new__", "compile", "import", "marshal.load", "marshal.loads",
         "object.__getattr__", "object.__setattr__", "object.__delattr__", "os.listdir", "os.scandir", "sys._getframe",
         "sys._getframemodulename", "sys.unraisablehook", "time.sleep"}
DID = {"os.fork": "started a process", "os.posix_spawn": "started a process", "os.exec": "started a process",
       "os.system": "started a process", "os.startfile": "started a process", "subprocess": "started a process",
       "pty": "started a process", "_winapi": "started a process", "os.kill": "sent a signal",
       "socket": "opened a connection", "ctypes": "called into C", "_thread": "started a thread",
       "os.remove": "deleted a file", "os.rmdir": "deleted a folder", "os.rename": "renamed a file",
       "shutil": "changed files", "pickle": "ran code that is not in it"}


def watch(file, refuse):
    """From now on call refuse(what was done), which should not return, at the first thing that an exercise does not
    need. (An audit hook, to be taken back by nobody: Python calls it before it does what was asked for.)"""
    realpath, fsdecode, frame, quiet, words = os.path.realpath, os.fsdecode, sys._getframe, {*QUIET}, {**DID}
    writing, named_tuple = os.O_WRONLY | os.O_RDWR | os.O_CREAT, collections.namedtuple.__code__
    roots = [realpath(path) + os.sep
             for path in (Path(np.__file__).parent, sysconfig.get_path("stdlib"), sysconfig.get_path("platstdlib"))]

    def ours(path):
        """Whether a file is NumPy's or Python's own."""
        real = realpath(path)
        return real.startswith(roots[0]) or (real.startswith(tuple(roots))
                                             and "site-packages" not in real and "dist-packages" not in real)

    def stop(did):
        refuse(did)
        raise RuntimeError(did)

    def hook(event, arguments):
        if event == "open":
            path, mode, flags = arguments
            writes = set(mode or "") & set("wax+") or flags & writing
            if writes or not (isinstance(path, (str, bytes)) and ours(fsdecode(path))):
                stop(f"opened the file {str(path)[:100]!r}")
        elif event == "import" and arguments[0].split(".")[0] == "tinygan":
            stop(f"imported {arguments[0]}")
        elif event == "exec":
            path = arguments[0].co_filename
            if not (path == file or path.startswith("<frozen ") or ours(path) or frame(1).f_code is named_tuple):
                stop("ran code that is not in it")
        elif event not in quiet:
            stop(words.get(event) or words.get(event.split(".")[0]) or f"asked for {event}")

    for part in ("fft", "linalg", "ma", "polynomial", "random"):          # what NumPy else loads when it is first used
        getattr(np, part)
    sys.addaudithook(hook)


if __name__ == "__main__":
    main()
