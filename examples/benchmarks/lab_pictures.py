"""The pictures of docs/lab.md: the lab's page and a recording, as Chromium shows them.

    python examples/benchmarks/lab_pictures.py docs/lab

Needs Chromium, and the tests' helper that drives it.
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).parents[2] / "tests" / "lab"))

from browser import Browser

import tinygan as tg
from tinygan.lab.live import Live
from tinygan.lab.plans import Plan
from tinygan.lab.recordings import Recorder, Recording, page
from tinygan.lab.server import Server
from tinygan.lab.session import Session

# recipe, iterations, keys that are then pressed, name of the picture
SHOWN = [("ring", 900, "5", "ring"), ("gaussian", 300, "4", "figure1")]


def live(browser, recipe, iterations, keys, path):
    """The page after so many iterations; then, with slow motion, after line 5."""
    session = Live(Session(Plan(recipe)))
    server = Server(page(), session)
    server.start()
    for _ in range(30):
        session.ask({"do": "step", "turns": iterations // 30})
    for _ in range(3):
        session.ask({"do": "line"})
    browser.open(server.address)
    browser.until("window.lab && lab.drawn > 0")
    for key in keys:
        browser.key(key)
    browser.value("new Promise((done) => setTimeout(done, 500))")
    browser.picture(path)
    browser.open("about:blank")
    server.shutdown()
    session.end()


def recorded(browser, failure, path):
    """A pair in the middle of its recording."""
    pair = tg.failures.start(failure)
    recorders = [Recorder(run) for run in pair.runs]
    for run, recorder in zip(pair.runs, recorders):
        pair.train(run, recorder)
    parts = [each.recording(f"{word}: {pair.knobs(each.run)}", networks=False)
             for each, word in zip(recorders, ("broken", "mended"))]
    with tempfile.TemporaryDirectory() as folder:
        Recording(parts, f"{failure}, seed 0: {pair.failure.symptom}").save(Path(folder, "pair.html"))
        browser.open(Path(folder, "pair.html").as_uri())
        browser.until("window.lab && lab.drawn > 0")
        browser.choose("#slider", "80")
        browser.until("lab.state.at === 80")
        browser.value("new Promise((done) => setTimeout(done, 300))")
        browser.picture(path)


def main():
    """Make all of them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    with Browser(1366, 768) as browser:
        browser.ask("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "light"}])
        for recipe, iterations, keys, name in SHOWN:
            live(browser, recipe, iterations, keys, folder / f"{name}.png")
        recorded(browser, "collapse", folder / "collapse.png")


if __name__ == "__main__":
    main()
