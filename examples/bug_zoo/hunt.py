"""Hunt: which bugs do your tests catch?

    .venv/bin/python examples/bug_zoo/hunt.py my_tests.py              all bugs
    .venv/bin/python examples/bug_zoo/hunt.py my_tests.py 7 12         these two

Your tests run on the right tinygan first; a test that fails there is refused. Then they run once for each bug, in a
process of its own. The exit code is 0 if all bugs were caught, 1 if not, and 2 for a mistake in the command or where no
test is left to run.
"""

import json
import os
import subprocess
import sys
import tempfile
import textwrap
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import zoo
from tinygan._terminal import counting, failed, say, spell_what_cant_be_shown, whole
from tinygan.cli import Parser

LONGEST = 60                                                # seconds that all tests together may take on right code
PYTEST = "import json, pytest, sys; sys.exit(pytest.main(json.load(sys.stdin)))"       # so sys.argv names no bug
FILE = "(the file, when it is imported)"                    # where a test's name would stand


def main(arguments=None):
    """Run the command; returns its exit code."""
    spell_what_cant_be_shown()
    parser = Parser(description="Run your tests on tinygan with a bug in it, once for each bug.")
    parser.add_argument("tests", type=Path, metavar="FILE", help="your tests, a file for pytest")
    parser.add_argument("numbers", type=whole(1), nargs="*", metavar="N", help="only these bugs (default: all)")
    options = parser.parse_args(arguments)
    if not options.tests.is_file():
        return failed(f"FILE must be a file of tests, such as examples/bug_zoo/example_tests.py: there is none at "
                      f"{options.tests}", 2)
    try:
        bugs = [zoo.find(number) for number in dict.fromkeys(options.numbers)] or zoo.bugs()
    except ValueError as error:
        return failed(str(error), 2)
    try:
        return hunt(options.tests, bugs)
    except KeyboardInterrupt:
        return failed("stopped by Ctrl-C", 130)


def hunt(path, bugs):
    """Run the tests at `path` on the right code and with each bug, and say what came of it; returns the exit code."""
    began = time.monotonic()
    with ThreadPoolExecutor(2) as pool:                     # twice: a test that fails by chance would catch anything
        right = list(pool.map(lambda _: run(path, LONGEST), range(2)))
    took = time.monotonic() - began
    if FILE in right[0].failed:
        return failed(f"{path} can't be run: {right[0].failed[FILE]}", 2)
    refused = right[1].failed | right[0].failed
    tests = [test for test in right[0].tests if test not in refused]
    for test, why in refused.items():
        say(f"refused: {name(test)} fails on the right code: {why}")
    if not tests:
        return failed(f"{path} has no test that passes on the right code", 2)
    failures = with_each(path, bugs, 10 + 5 * took, refused)
    caught = {number: [test for test in [*tests, FILE] if test in failures[number]] for number in failures}
    report(tests, bugs, caught)
    return 0 if all(caught.values()) else 1


def with_each(path, bugs, limit, refused):
    """{number of the bug: {test: why it failed}}, of as many bugs at once as there are cores."""
    count, failures = counting("bugs"), {}
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        try:
            for bug, one in zip(bugs, pool.map(lambda bug: run(path, limit, bug, refused), bugs)):
                failures[bug.number] = one.failed
                count(len(failures), len(bugs))
        except KeyboardInterrupt:
            pool.shutdown(cancel_futures=True)
            raise
    return failures


class Ran:
    """What one run of the tests showed: `tests`, those that passed; `failed`, {test: why}. broke : why it came to no
    end of its own; "" if it did."""

    def __init__(self, notes, broke=""):
        started = [test for test, outcome, _ in notes if outcome == "started"]
        over = {test for test, outcome, _ in notes if outcome in ("passed", "failed", "skipped", "ended")}
        self.failed = {test or FILE: why for test, outcome, why in notes if outcome == "failed"}
        self.tests = [test for test, outcome, _ in notes if outcome == "passed"]
        if broke:
            for test in [test for test in started if test not in over] or [FILE]:
                self.failed[test] = broke


def run(path, limit, bug=None, without=()):
    """Run the tests at `path` in a process of its own for at most `limit` seconds, but not those in `without`: a `Ran`.

    bug : the one that is planted; None leaves tinygan as it is.
    """
    with tempfile.TemporaryDirectory() as folder:
        notes, settings = Path(folder, "notes"), Path(folder, "pytest.ini")
        notes.touch()
        settings.write_text("[pytest]\n", encoding="utf-8")              # so that no setup.cfg above `path` counts
        options = ["-q", "--tb=short", "-p", "zoo", "-p", "no:cacheprovider", "-c", str(settings),
                   f"--rootdir={path.resolve().parent}", f"--notes={notes}", str(path.resolve()),
                   *([f"--bug={bug.number}"] if bug else []), *(f"--deselect={test}" for test in without)]
        search = os.pathsep.join(filter(None, [str(zoo.FOLDER), os.environ.get("PYTHONPATH")]))
        environment = {**os.environ, "PYTHONPATH": search, "PYTHONDONTWRITEBYTECODE": "1", "MPLBACKEND": "Agg",
                       "OPENBLAS_NUM_THREADS": "1",
                       "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}           # they take half of the time
        try:
            done = subprocess.run([sys.executable, "-c", PYTEST], env=environment, timeout=limit,
                                  input=json.dumps(options), capture_output=True, text=True, encoding="utf-8",
                                  errors="replace")
            broke = f"it ended pytest, with the exit code {done.returncode}"
            if done.returncode in (0, 1, 2, 5):             # passed, failed, can't be imported, nothing to do
                broke = ""
        except subprocess.TimeoutExpired:
            broke = f"it did not end (limit: {limit:.0f} s)"
        return Ran([json.loads(line) for line in notes.read_text(encoding="utf-8").splitlines()], broke)


def name(test):
    """A test's name without its file."""
    return test.split("::", 1)[-1]


def report(tests, bugs, caught):
    """Print the matrix of tests and bugs, the score, and a hint for each bug that lives."""
    rows = [*tests, *[FILE] * any(FILE in by for by in caught.values())]
    width = max(len(name(test)) for test in rows)
    for label, digits in zip(("bug", ""), zip(*(f"{bug.number:2}" for bug in bugs))):
        say(f"{label.rjust(width)}  {''.join(digits)}")
    for test in rows:
        say(f"{name(test).ljust(width)}  {''.join('X' if test in caught[bug.number] else '.' for bug in bugs)}")
    alive = [bug for bug in bugs if not caught[bug.number]]
    say(f"\n{len(bugs) - len(alive)} of {len(bugs)} bugs caught (X: this test fails when the bug is there)")
    for bug in alive:
        say(textwrap.fill(f"bug {bug.number} lives. {bug.card['Hint']}", 100, subsequent_indent="    "))
    if len(alive) < len(bugs):
        say("\nThe card of a bug tells all about it: .venv/bin/python examples/bug_zoo/card.py N")


if __name__ == "__main__":
    sys.exit(main())
