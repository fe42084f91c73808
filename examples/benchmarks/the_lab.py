"""What the lab costs, and how fast it answers: the table of docs/lab-measured.md.

    python examples/benchmarks/the_lab.py                         five rounds: some minutes
    python examples/benchmarks/the_lab.py --rounds 1              less of it
    python examples/benchmarks/the_lab.py --minutes 60            only how much memory so long a run takes

Starts `tinygan lab` in a process of its own, opens it in a headless Chromium of a laptop's size on the same machine,
and plays the ring as fast as it can. Needs Chromium, and the tests' helper that drives it. Prints Markdown. With
--page FILE it takes the place of what stands in FILE below the line that names this script.
"""

import argparse
import json
import os
import platform
import re
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).parents[2] / "tests" / "lab"))

import numpy as np
from browser import Browser

import tinygan as tg
from tinygan._files import publish
from tinygan.lab.recordings import Recorder, Recording

MARK = "<!-- made by examples/benchmarks/the_lab.py -->"
SECONDS = 5
SLOW = {"do": "start", "recipe": "ring", "seed": "0", "noise": "Normal", "noise_dim": "4", "G_widths": "48, 48",
        "G_hidden": "relu", "D_widths": "256, 256", "D_hidden": "leaky_relu"}


class Lab:
    """`tinygan lab ring` in a process of its own."""

    def __init__(self):
        self.started = time.perf_counter()
        self.process = subprocess.Popen([sys.executable, "-m", "tinygan", "lab", "ring", "--no-browser"], text=True,
                                        stdout=subprocess.PIPE, cwd=tempfile.gettempdir())
        self.address = re.search(r"http://\S+", self.process.stdout.readline())[0]

    def do(self, **command):
        """Ask it."""
        address, token = self.address.split("?token=")
        request = urllib.request.Request(f"{address}command", json.dumps(command).encode(),
                                         {"Content-Type": "application/json", "X-Token": token})
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.process.kill()
        self.process.communicate()


def undisturbed():
    """The ring's iterations a second, in a process that does nothing else."""
    code = ("import time, tinygan as tg; game = tg.recipes.start('ring', iterations=10**9).game; game.train(200); "
            f"start = time.perf_counter(); n = 0\n"
            f"while time.perf_counter() < start + {SECONDS}: game.train(50); n += 50\n"
            "print(n / (time.perf_counter() - start))")
    return float(subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout)


def playing(browser):
    """Seconds from the command to the first picture; pictures and iterations a second while it plays."""
    with Lab() as lab:
        browser.open(lab.address)
        browser.until("window.lab && lab.drawn > 0")
        first = time.perf_counter() - lab.started
        lab.do(do="set", name="iterations", value="1000000000")
        lab.do(do="play")
        browser.until("lab.state.iteration > 200")
        count = "[performance.now() / 1000, lab.drawn, lab.state.iteration]"
        before = browser.value(count)
        browser.value(f"new Promise((done) => setTimeout(done, {1000 * SECONDS}))")
        seconds, drawn, iterations = np.subtract(browser.value(count), before)
        browser.open("about:blank")
        return first, drawn / seconds, iterations / seconds


def clicks(browser, clicks=20):
    """Of a game whose iterations take long: an iteration's milliseconds; and how long after each click on pause or
    play the page shows it."""
    with Lab() as lab:
        lab.do(**SLOW)
        lab.do(do="set", name="m", value="1500")
        start = time.perf_counter()
        lab.do(do="step", turns=5)
        iteration = (time.perf_counter() - start) / 5
        browser.open(lab.address)
        browser.until("window.lab && lab.drawn > 0")
        waited = [browser.value("""new Promise((done) => {
            const was = lab.state.playing, start = performance.now();
            document.getElementById('play').click();
            const look = () => (lab.state.playing === was ? setTimeout(look, 1) : done(performance.now() - start));
            setTimeout(look, 1);
        })""") for _ in range(clicks)]
        browser.open("about:blank")
        return 1000 * iteration, waited


def sizes():
    """Bytes of a recording of the ring, and of each failure; their length does not depend on the iterations."""
    run = tg.recipes.start("ring", iterations=500)
    recorder = Recorder(run)
    run.train(recorder)
    found = {"ring": len(Recording([recorder.recording()]).html().encode())}
    for name in tg.failures.names():
        pair = tg.failures.start(name, 0, 200)
        recorders = [Recorder(run) for run in pair.runs]
        for run, recorder in zip(pair.runs, recorders):
            pair.train(run, recorder)
        found[name] = len(Recording([each.recording(networks=False) for each in recorders]).html().encode())
    return found


def memory(minutes):
    """MiB that a lab takes, after the first minute and after so many."""
    with Lab() as lab:
        lab.do(do="set", name="iterations", value="1000000000")
        lab.do(do="play")
        address, token = lab.address.split("?token=")
        found, end = [], time.monotonic() + 60 * minutes
        while time.monotonic() < end:
            for _ in range(60):                               # somebody looks, once a second
                look = urllib.request.Request(f"{address}state", headers={"X-Token": token})
                with urllib.request.urlopen(look) as now:
                    state = json.load(now)
                time.sleep(1)
            status = Path(f"/proc/{lab.process.pid}/status").read_text()
            found.append(int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024)
        return found, state["iteration"], len(state["moments"])


def spread(values, digits=0):
    """Median, from, to."""
    return f"{statistics.median(values):.{digits}f} ({min(values):.{digits}f} to {max(values):.{digits}f})"


def main():
    """Measure, and print or place the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--minutes", type=int)
    parser.add_argument("--page", type=Path)
    options = parser.parse_args()
    if options.minutes:
        found, iterations, moments = memory(options.minutes)
        print(f"{iterations:,} iterations in {options.minutes} minutes, {moments} moments kept; "
              f"MiB after 1 minute {found[0]:.0f}, at most {max(found):.0f}, at the end {found[-1]:.0f}")
        return
    alone, played = [], []
    with Browser(1366, 768) as browser:
        for _ in range(options.rounds):
            alone.append(undisturbed())
            played.append(playing(browser))
        iteration, waited = clicks(browser)
        chromium = browser.ask("Browser.getVersion")["product"]
    first, pictures, iterations = zip(*played)
    kept = [with_page / without for with_page, without in zip(iterations, alone)]
    bytes_ = sizes()
    pair = max((name for name in bytes_ if name != "ring"), key=bytes_.get)
    rows = [("start, from the command to the first picture, s", spread(first, 2), "≤ 2"),
            ("pictures a second, the ring", spread(pictures, 1), "≥ 25"),
            ("iterations a second, the ring, without the lab", spread(alone), ""),
            ("… with it, playing as fast as it can", spread(iterations), ""),
            ("… the share that is kept", spread(kept, 2), "≥ 0.70"),
            (f"from a click to its picture, an iteration taking {iteration:.0f} ms, ms", spread(waited), "≤ 100"),
            ("recording of the ring, MB", f"{bytes_['ring'] / 1e6:.2f}", "≤ 2"),
            (f"largest recording of a failure, `{pair}`, MB", f"{bytes_[pair] / 1e6:.2f}", "≤ 3")]
    table = "\n".join(["| | median (lowest to highest) | to reach |", "|---|---|---|",
                       *(f"| {name} | {value} | {bar} |" for name, value, bar in rows)])
    what = (f"{options.rounds} rounds, {os.cpu_count()} cores, {platform.machine()}, "
            f"Python {platform.python_version()}, NumPy {np.__version__}, {chromium}, headless and "
            f"drawing on the processor.")
    publish(f"{MARK}\n\n{what}\n\n{table}\n", MARK, options.page)


if __name__ == "__main__":
    main()
