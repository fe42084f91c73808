"""Hypothesis as the tests use it, the same examples in each run unless asked to explore; floors of
three repeats instead of twenty, where a test does not ask for more; and whole commands that run on the
second core while the tests go on."""

import os
import re
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")      # before NumPy is loaded; as the command line does

import pytest
from hypothesis import Phase, settings

settings.register_profile("default", deadline=None, derandomize=True, max_examples=25)
settings.register_profile("explore", deadline=None, max_examples=1000)   # pytest --hypothesis-profile=explore
settings.register_profile("glance", deadline=None, derandomize=True, max_examples=4,    # a first look, for mutations:
                          phases=[Phase.explicit, Phase.generate])                      # that one fails is enough
settings.load_profile("default")


@pytest.fixture(autouse=True)
def quick_floors(monkeypatch):
    from tinygan.recipes import runs
    monkeypatch.setattr(runs, "REPEATS", 3)


@pytest.fixture(scope="session")
def moments_of_figure1():
    """The four of seed 0, which several tests look at."""
    from tinygan.theory import figure1
    return figure1.moments(0)


class Drawn(dict):
    """{name: Figure} of the theory's pictures, each drawn and rendered when it is first asked for."""

    def __init__(self, request):
        self.request = request

    def __missing__(self, name):
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from tinygan import show
        if name == "figure1":
            from tinygan.show import snapshots
            self[name] = snapshots.figure1(self.request.getfixturevalue("moments_of_figure1"))
        else:
            self[name] = show.draw(name)
        FigureCanvasAgg(self[name]).draw()
        return self[name]


@pytest.fixture(scope="session")
def drawn(request):
    return Drawn(request)


def anchors(page):
    """What a link into a page of Markdown may name: its headings, as GitHub makes anchors of them, in their order."""
    text, given, made = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.M | re.S), Counter(), []
    for heading in re.findall(r"^#+ (.*)", text, re.M):
        words = re.sub(r"\[(.*)\]\(.*\)", r"\1", heading.lower())          # of a link its text
        anchor = re.sub(r"[^\w -]", "", words).replace(" ", "-")
        made.append(f"{anchor}-{given[anchor]}" if given[anchor] else anchor)
        given[anchor] += 1
    return made


def run_python(arguments, folder, code=None):
    """Python in a process of its own, in `folder`, with warnings as errors, without a screen, and in the narrowest of
    all encodings: what prints in ASCII prints everywhere."""
    environment = {**os.environ, "MPLBACKEND": "Agg", "PYTHONIOENCODING": "ascii"}
    return subprocess.run([sys.executable, "-W", "error", *arguments], cwd=folder, input=code, text=True,
                          encoding="utf-8", capture_output=True, env=environment)


@pytest.fixture(scope="session", autouse=True)
def in_the_background(request, tmp_path_factory):
    """command → (folder, future of its run), for each that some test asks for by `ran`, in the order of the tests."""
    asking = (item for item in request.session.items if "ran" in item.fixturenames)
    asked = dict.fromkeys(item.callspec.params["command"] for item in asking)
    pool = ThreadPoolExecutor(1)
    folders = {command: tmp_path_factory.mktemp("ran") for command in asked}
    start = lambda command, folder: pool.submit(run_python, [str(word) for word in command], folder)
    yield {command: (folder, start(command, folder)) for command, folder in folders.items()}
    pool.shutdown(cancel_futures=True)


@pytest.fixture
def ran(in_the_background, command):
    """(folder, finished process) of Python with the arguments `command`, a tuple that is a parameter of the test."""
    folder, future = in_the_background[command]
    return folder, future.result()
