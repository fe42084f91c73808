"""The second wall: code that came past the reading of its text is ended by the process that it runs in."""

import subprocess
import sys
from pathlib import Path

import pytest

from tinygan.classroom import _worker

DONE = {"os.fork()": "started a process", "subprocess.Popen(['true'])": "started a process",
        "os.execv('x', ['x'])": "started a process", "os.system('true')": "started a process",
        "os.kill(os.getpid(), 0)": "sent a signal", "socket.socket()": "opened a connection",
        "ctypes.CDLL('x')": "called into C",
        "os.remove('x')": "deleted a file", "os.rename('x', 'y')": "renamed a file", "os.mkdir('x')": "os.mkdir",
        "open('mine.txt', 'w')": "opened the file 'mine.txt'", "open(0)": "opened the file '0'",
        "open(np.__file__, 'r+')": "opened the file", "os.open(np.__file__, os.O_WRONLY)": "opened the file",
        "open(pytest.__file__)": "opened the file", "exec('1')": "ran code that is not in it",
        "pickle.loads(b'cposix\\ngetpid\\n(tR.')": "ran code that is not in it",
        "importlib.import_module('tinygan.layers')": "tinygan", "sys.settrace(None)": "asked for sys.settrace"}
if sys.version_info >= (3, 12):                             # before, Python does not tell
    DONE["threading.Thread(target=print).start()"] = "started a thread"
ALLOWED = ["open(np.__file__)", "open(os.__file__)", "print(id(np))", "np.random.default_rng(0).normal()",
           "importlib.import_module('colorsys')", "compile('1', 'x', 'eval')", "typing.NamedTuple('G', [('a', int)])"]


@pytest.fixture(scope="module")
def did(tmp_path_factory):
    """{code: what is said of it} of all codes, in a process that is watched."""
    code = f"""if 1:
        import ctypes, importlib, os, pickle, pytest, socket, subprocess, sys, threading, typing
        import numpy as np
        sys.path.append({str(Path(_worker.__file__).parent)!r})
        import _worker
        def refuse(did):
            "returns, as it would if a student's code had got hold of it: the code ends nevertheless"
        codes = [(code, compile(code, "ex03.py", "eval")) for code in {[*DONE, *ALLOWED]!r}]
        said = {{}}
        _worker.watch("ex03.py", refuse)
        for name, code in codes:
            try:
                eval(code)
            except Exception as error:
                said[name] = str(error)
        print(said)"""
    folder = tmp_path_factory.mktemp("did")
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=folder)
    assert run.returncode == 0, run.stderr
    return eval(run.stdout.splitlines()[-1])


@pytest.mark.parametrize("code", DONE)
def test_code_is_ended_that_does(code, did):
    if "fork" in code and sys.platform == "win32":
        pytest.skip("Windows has no fork")
    assert DONE[code] in did[code]


@pytest.mark.parametrize("code", ALLOWED)
def test_code_goes_on_that_does(code, did):
    assert code not in did


def test_the_end_is_the_end_even_if_what_python_ends_with_was_replaced():
    code = f"""if 1:
        import builtins, json, os, sys
        sys.path.append({str(Path(_worker.__file__).parent)!r})
        import _worker
        end, none = _worker.ends(sys.stdout.buffer, b"token")
        os._exit = json.dumps = lambda *all, **named: None
        none('it is "forged"')
        print("it went on")"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert run.stdout == 'token{"none": "it is \\"forged\\""}'


def test_names_of_students_own_lead_nowhere():
    import numpy as np
    loaded = [module for name, module in sys.modules.items() if name.split(".")[0] in ("numpy", "math", "typing")]
    assert np in loaded
    assert not [module for module in loaded for name in _worker.OWN if hasattr(getattr(module, name, None), "__spec__")]


def test_who_prints_too_much_is_told_once_it_is_too_much():
    told = []
    stream = _worker.Counted(lambda: told.append(1))
    print("x" * (_worker.PRINTED - 1), file=stream)
    assert not told
    print(file=stream)
    assert told


def test_nothing_of_tinygan_is_found_but_what_is_given():
    code = f"""if 1:
        import sys, tinygan
        sys.path.append({str(Path(_worker.__file__).parent)!r})
        import _worker
        value = tinygan.value
        _worker.hide_tinygan(["value"])
        from tinygan import value as found
        assert found is value and [name for name in sys.modules if name.startswith("tinygan")] == ["tinygan"]
        assert not hasattr(sys.modules["tinygan"], "layers")"""
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
