"""The bugs of the zoo, their cards, and how a bug takes the place of the function that it replaces.

Here: `Bug`, `bugs`, `find`; `plant`, `planted`. It is also a plugin of pytest: `-p zoo --bug 7` runs the tests with
bug 7 in tinygan, and `--notes FILE` writes down what each test did.
"""

import importlib
import importlib.util
import json
import re
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import Callable, NamedTuple

FOLDER = Path(__file__).resolve().parent
PARTS = ("Symptom", "Met in", "The mathematics", "Hint")


class Bug(NamedTuple):
    """One bug: its `number`; `title` and `card`, {part: text}; `replaces`, the dotted name of the right function, and
    `wrong`, the one that takes its place; `train`, (recipe, iterations, settings, seed) of
    the run that shows it, or None."""

    number: int
    title: str
    card: dict
    replaces: str
    wrong: Callable
    train: tuple

    @property
    def owner(self):
        """The module or the class in which the right function stands."""
        path, name = self.replaces.rsplit(".", 1)[0].rsplit(".", 1)
        if name[0].isupper():
            return getattr(importlib.import_module(path), name)
        return importlib.import_module(f"{path}.{name}")

    @property
    def name(self):
        """The function's name, alone."""
        return self.replaces.rsplit(".", 1)[1]

    @property
    def right(self):
        """What stands there now: the right function, as long as no bug is planted."""
        return vars(self.owner)[self.name]

    @property
    def picture(self):
        """The file of its picture; None if there is nothing to see."""
        return FOLDER / "pictures" / f"{self.number:02}.png" if self.train else None


def bugs():
    """All bugs, in the order of their numbers."""
    return [_read(path) for path in sorted((FOLDER / "bugs").glob("bug_*.py"))]


def find(number):
    """The bug with this number. Raises ValueError where there is none."""
    path = FOLDER / "bugs" / f"bug_{number:02}.py"
    if not path.exists():
        raise ValueError(f"the number of a bug must be from 1 to {len(bugs())}, not {number}")
    return _read(path)


def _read(path):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    title, *texts = re.split(rf"^(?:{'|'.join(PARTS)}): ", module.__doc__, flags=re.M)
    card = {part: " ".join(text.split()) for part, text in zip(PARTS, texts, strict=True)}
    wrong = getattr(module, module.REPLACES.rsplit(".", 1)[1])
    return Bug(int(path.stem[4:]), title.strip(), card, module.REPLACES, wrong, module.TRAIN)


def plant(bug):
    """Put the wrong function in the place of the right one, under every name by which tinygan's modules know it.

    Returns a list of (module or class, name, right function): what it takes to put all back.
    """
    owner, right = bug.owner, bug.right
    places = [owner] if isinstance(owner, type) else [module for name, module in list(sys.modules.items())
                                                      if name.split(".")[0] == "tinygan"]
    known = [(place, name, right) for place in places for name, value in vars(place).items() if value is right]
    for place, name, _ in known:
        setattr(place, name, bug.wrong)
    return known


@contextmanager
def planted(bug):
    """Plant the bug for the length of a `with` block; None plants nothing."""
    known = plant(bug) if bug else []
    try:
        yield
    finally:
        for place, name, right in known:
            setattr(place, name, right)


# The plugin

def pytest_addoption(parser):
    """Two options for pytest."""
    parser.addoption("--bug", type=int, help="the number of the bug to plant in tinygan")
    parser.addoption("--notes", help="a file to which each test is written, when it starts and when it ends")


def pytest_load_initial_conftests(early_config):
    """Plant the bug, before any file of tests is imported."""
    if early_config.known_args_namespace.bug:
        plant(find(early_config.known_args_namespace.bug))


def pytest_configure(config):
    """Take notes."""
    if config.option.notes:
        config.pluginmanager.register(_Notes(config.option.notes))


class _Notes:
    """Writes (test, outcome, message) to a file, a line of JSON each; also when a test starts: it may never end."""

    def __init__(self, path):
        self.path = path

    def _write(self, *note):
        with open(self.path, "a", encoding="utf-8") as file:
            file.write(json.dumps(note) + "\n")

    def pytest_runtest_logstart(self, nodeid):
        self._write(nodeid, "started", "")

    def pytest_runtest_logreport(self, report):
        if report.failed:
            self._write(report.nodeid, "failed", _why(report))
        elif report.when == "call":
            self._write(report.nodeid, report.outcome, "")
        elif report.when == "teardown":
            self._write(report.nodeid, "ended", "")

    def pytest_collectreport(self, report):
        if report.failed:
            self._write("", "failed", _why(report))


def _why(report):
    """The line of a failure, and the first line of its message that says something."""
    crash = getattr(report.longrepr, "reprcrash", None)
    if crash is None:
        return [line for line in report.longreprtext.splitlines() if line.strip()][-1].removeprefix("E").strip()
    said = [line.strip() for line in crash.message.replace("AssertionError:", "").splitlines() if line.strip()]
    return f"line {crash.lineno}: {said[0] if said else 'AssertionError'}"
