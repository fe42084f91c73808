"""Speed that costs no bits: one thread, memory that is kept."""

import os
import platform
import subprocess
import sys
from pathlib import Path

import pytest

import tinygan

PACKAGE = Path(tinygan.__file__).parent


def output(code, **environment):
    """What Python prints that runs `code` in a process of its own."""
    left = {name: value for name, value in os.environ.items() if not name.startswith(("OPENBLAS_", "MALLOC_"))}
    return subprocess.run([sys.executable, "-W", "error", "-c", code], env={**left, **environment}, check=True,
                          capture_output=True, text=True).stdout


def test_the_command_line_keeps_numpy_to_one_thread_unless_told_otherwise():
    """On a busy machine with two cores, two threads made training fifteen times slower."""
    source = (PACKAGE / "cli.py").read_text(encoding="utf-8")
    assert source.index("one_thread()") < source.index("import numpy")
    code = "import os, tinygan.cli; print(os.environ['OPENBLAS_NUM_THREADS'])"
    assert output(code) == "1\n"
    assert output(code, OPENBLAS_NUM_THREADS="3") == "3\n"


FAULTS = """
import resource
import numpy as np
import tinygan as tg

{first}
def iteration():                          # arrays as large as those of D with 256 rows of 128 units
    for _ in range(4):
        held = [np.ones(2 * 256 * 128, np.float32) for _ in range(6)]

for _ in range(3):
    iteration()
before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
for _ in range(50):
    iteration()
print((resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before) / 50)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="other libraries keep memory in other ways")
def test_a_game_lets_dropped_arrays_leave_their_memory_to_the_next_ones():
    """Counted in pages that the system had to clear anew: no matter of time."""
    game = "tg.Algorithm1(tg.MLP([1, 1]), tg.MLP([1, 1]), tg.data.Normal(1), tg.data.Normal(1))"
    assert float(output(FAULTS.format(first=""))) > 100
    assert float(output(FAULTS.format(first=game))) < 1
