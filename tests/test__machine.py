"""Speed that costs no bits: one thread, memory that is kept."""

import os
import platform
import subprocess
import sys

import numpy as np
import pytest



def output(code, **environment):
    """What Python prints that runs `code` in a process of its own."""
    left = {name: value for name, value in os.environ.items() if not name.startswith(("OPENBLAS_", "MALLOC_"))}
    return subprocess.run([sys.executable, "-W", "error", "-c", code], env={**left, **environment}, check=True,
                          capture_output=True, text=True).stdout


THREADS = """
import numpy as np
import tinygan as tg
from tinygan._machine import one_thread

def threads_inside(network):
    forward = network.forward
    def asked(x):
        seen.append(one_thread.get())
        return forward(x)
    network.forward = asked

seen = []
game = tg.Algorithm1(tg.MLP([1, 1]), tg.MLP([1, 1]), tg.data.Normal(1), tg.data.Normal(1), rng=0)
threads_inside(game.G), threads_inside(game.D)
one_thread.set(3)
{train}
print(one_thread.get(), *sorted(set(seen)))
"""
openblas = pytest.mark.skipif("openblas" not in np.show_config(mode="dicts")["Build Dependencies"]["blas"]["name"],
                              reason="the others are not in NumPy's own packages")


@openblas
@pytest.mark.parametrize("train", [
    "game.train(3)", "game.step()", "list(game.lines())", "game.update = 'simultaneous'; game.step()",
    "game.gradient_D(np.ones((2, 1)), np.ones((2, 1)))"])
def test_a_game_multiplies_in_one_thread_and_what_is_the_users_keeps_its_threads(train):
    """On a busy machine with two cores, two threads made training fifteen times slower. NumPy is loaded first here,
    as in a notebook."""
    assert output(THREADS.format(train=train)) == "3 1\n"                  # after it; in its networks


@openblas
def test_an_error_gives_the_threads_back_and_games_in_threads_wait_for_the_last():
    code = """
from tinygan._machine import OneThread, one_thread
one_thread.set(3)
try:
    with one_thread:
        with one_thread:
            pass
        print(one_thread.get())
        raise ValueError
except ValueError:
    print(one_thread.get())
"""
    assert output(code).split() == ["1", "3"]


@openblas
def test_the_command_line_is_one_game_from_its_start_to_its_end():
    code = "from tinygan import cli, _machine; cli.list_command = lambda o: print(_machine.one_thread.get()); "
    assert output(code + "cli.main(['list'])", OPENBLAS_NUM_THREADS="3") == "1\n"


FAULTS = """
import resource
import numpy as np

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
    assert float(output(FAULTS.format(first=""))) > 100
    assert float(output(FAULTS.format(first="import tinygan"))) < 1
