"""The suite proves itself: small faults, put into the code one at a time, must each be caught.

    python -m pytest -m mutation        (some minutes)

The faults stand in faults.txt. Each is put into a copy of tinygan in a temporary folder, and the tests of its
module are run there, at first with few examples for each property; where they don't notice, all of TESTS. A
fault that nobody notices is a test that is missing.
"""

import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]
TESTS = ["lesson", "test_training.py", "theory/test_probability.py", "theory/test_best_discriminator.py",
         "theory/test_convergence.py", "theory/test_two_objectives.py", "data", "test_metrics.py",
         "test_gradcheck.py", "test_gradient_penalty.py", "test__files.py", "test_checkpoint.py",
         "recipes/test_runs.py", "test__terminal.py", "guards/test_edges.py", "test_cli.py"]
PROMISES = {"_files", "_machine", "checkpoint", "recipes/settings", "recipes/points", "recipes/runs", "_terminal",
            "cli"}
pytestmark = pytest.mark.mutation


def faults():
    """(module, what stands there once, what takes its place), as faults.txt has them."""
    for block in (Path(__file__).parent / "faults.txt").read_text(encoding="utf-8").split("\n\n"):
        lines = block.split("\n")
        if lines[0].startswith("["):
            module = lines.pop(0)[1:-1]
        old, new = ("\n".join(line[1:] for line in lines if line[:1] == sign) for sign in "-+")
        if old:
            yield module, old, new


def copy_of_tinygan(folder):
    """What the tests need, in a folder of its own."""
    for name in ("tinygan", "tests", "examples/exercises", "examples/bug_zoo"):
        shutil.copytree(TOP / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "*.png"))
    shutil.copy(TOP / "setup.cfg", folder)
    return folder


def run_tests(folder, names, *options):
    """These tests in that folder, until one fails."""
    environment = {**os.environ, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1",
                   "OPENBLAS_NUM_THREADS": "1"}
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "-k", "not random_moments"]
    return subprocess.run([*command, *options, *(f"tests/{name}" for name in names)],
                          cwd=folder, env=environment, capture_output=True, text=True)


def is_a_promise(module):
    """Whether a module is no lesson, theory or measure, but what is promised around them."""
    return module in PROMISES or module.startswith(("lab/", "classroom/"))


def its_own_test(module):
    """The test file of a module's own name."""
    folder, _, name = module.rpartition("/")
    lesson = "lesson/" if (TOP / f"tests/lesson/test_{name}.py").exists() else ""
    return f"{lesson}{folder}{'/' * bool(folder)}test_{name}.py"


def unnoticed(fault, folder):
    """None if the tests notice this fault, and otherwise what it is."""
    module, old, new = fault
    path = copy_of_tinygan(folder) / "tinygan" / f"{module}.py"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    done = run_tests(folder, [its_own_test(module)], "--hypothesis-profile=glance")
    if done.returncode == 0:
        done = run_tests(folder, TESTS)
    shutil.rmtree(folder)
    assert done.returncode in (0, 1, 2), done.stdout + done.stderr          # 1: a test failed; 2: it can't be imported
    return None if done.returncode else f"{module}: {old!r} → {new!r}"


def test_each_fault_fits_the_code():
    for module, old, new in faults():
        source = (TOP / "tinygan" / f"{module}.py").read_text(encoding="utf-8")
        assert source.count(old) == 1, f"{module}: {old!r} stands there {source.count(old)} times"
        compile(source.replace(old, new), module, "exec")


def test_without_a_fault_the_copy_passes(tmp_path):
    folder = copy_of_tinygan(tmp_path / "copy")
    where = subprocess.run([sys.executable, "-c", "import tinygan; print(tinygan.__file__)"], cwd=folder,
                           env={**os.environ, "PYTHONPATH": str(folder)}, capture_output=True, text=True)
    assert where.stdout.startswith(str(folder))
    done = run_tests(folder, TESTS)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("promises", [False, True], ids=["lesson, theory and measures", "promises"])
def test_each_fault_is_caught(promises, tmp_path):
    chosen = [fault for fault in faults() if is_a_promise(fault[0]) == promises]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        alive = pool.map(lambda i: unnoticed(chosen[i], tmp_path / str(i)), range(len(chosen)))
        alive = [fault for fault in alive if fault]
    assert not alive, "\n".join(alive)
