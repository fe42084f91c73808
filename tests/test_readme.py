"""The README and the examples do what they say."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

TOP = Path(__file__).parent.parent
README = (TOP / "README.md").read_text(encoding="utf-8")


def run(arguments, folder, code=None):
    return subprocess.run([sys.executable, "-W", "error", *arguments], cwd=folder, input=code, text=True, encoding="utf-8",
                          capture_output=True, env={**os.environ, "MPLBACKEND": "Agg", "PYTHONIOENCODING": "utf-8"})


def test_it_has_one_command_to_run_and_one_to_test():
    commands = re.findall(r"```sh\n(.*?)\n```", README, re.S)
    assert len(commands) == 2 and all(command.startswith("python3 -m venv ") for command in commands)
    assert commands[0].endswith("tinygan train ring") and commands[1].endswith("pytest")


def test_its_python_runs_as_it_stands(tmp_path):
    example, loading = re.findall(r"```python\n(.*?)```", README, re.S)
    assert len(example.splitlines()) <= 11
    done = run(["-m", "tinygan", "train", "ring", "--iterations", "50"], tmp_path)
    assert done.returncode == 0, done.stderr
    done = run(["-"], tmp_path, example + loading)
    assert done.returncode == 0, done.stderr
    assert "line 3 of Algorithm 1 computed z\nline 4 of Algorithm 1 computed x\n" in done.stdout


def test_every_file_it_names_is_there():
    for target in re.findall(r"\]\((?!http)(.*?)\)", README):
        assert (TOP / target).exists(), target
    named = set(re.findall(r"\(tinygan/(\w+)\.py\)", README))
    assert {path.stem for path in (TOP / "tinygan").glob("*.py")} - named <= {"__init__", "__main__", "_check", "files"}


@pytest.mark.parametrize("path", sorted((TOP / "examples").glob("*.py")), ids=lambda path: path.name)
def test_an_example_runs_from_a_plain_shell(path, tmp_path):
    done = run([str(path)], tmp_path)
    assert done.returncode == 0, done.stderr
    for written in re.findall(r"written: (\S+)", done.stdout):
        assert (tmp_path / written).stat().st_size > 0


def test_the_warm_up_is_short_and_needs_only_the_lesson():
    source = (TOP / "examples/01_ring.py").read_text(encoding="utf-8")
    assert len(source.splitlines()) < 40 and source.count("# %%") >= 4
    assert set(re.findall(r"from tinygan\.?(\w*) import", source)) <= {"layers", "mlp", "game", "sgd", "algorithm1"}
