"""Whether a laptop is ready for a class, and what to do if it is not.

Here: `report`, the command `tinygan check-laptop`; `Item`, what was found of one thing; and each of them by itself:
`python`, `package`, `speed`, `browser`, `folder`, `port`.
"""

import os
import re
import socket
import statistics
import subprocess
import sys
import time
import webbrowser
from importlib import metadata, util
from pathlib import Path
from typing import NamedTuple

from .._files import check_writable
from .._terminal import command, near, say
from ..lab.command import has_a_screen
from ..recipes import start
from ..show import OUT

PACKAGES = {"numpy": "2.0", "matplotlib": "3.10", "pytest": "8", "hypothesis": "6.100"}     # as in setup.cfg
PATIENCE = 60                                       # seconds that the ring recipe may take
INSTALL = {"win32": ("winget install Python.Python.3.13", "winget install Mozilla.Firefox"),          # Python, Firefox
           "darwin": ("brew install python@3.13", "brew install --cask firefox")}.get(
               sys.platform, ("sudo apt install python3 python3-venv", "sudo apt install firefox"))


class Item(NamedTuple):
    """`what` was looked at, what was `found`, whether that is `ok`, and what `to_do` if not."""

    what: str
    found: str
    ok: bool
    to_do: str


def report():
    """Print a line for each thing that a class needs, and what to do where it is missing; return the exit code, 0 if
    the laptop is ready and 1 if not. It takes two seconds."""
    to_do = 0
    for item in looked_at():
        say(f"{'ok ' if item.ok else 'NOT'}  {item.what:<10}  {item.found}")
        if not item.ok:
            to_do += 1
            say(f"                 to do: {item.to_do}")
    if to_do:
        say(f"\nNot ready: {to_do} to do, see above. Then look again: {command('check-laptop')}")
    else:
        say(f"\nThis laptop is ready: begin with {command('train', 'ring')}")
    return 1 if to_do else 0


def looked_at():
    """Each `Item`, as soon as it is known."""
    yield python()
    yield from (package(name, least) for name, least in PACKAGES.items())
    yield speed()
    yield browser()
    yield folder()
    yield port()


def python():
    """Python 3.10 or later, and a 64-bit one."""
    bits = 64 if sys.maxsize > 2**32 else 32
    return Item("Python", f"{sys.version.split()[0]}, {bits}-bit", sys.version_info >= (3, 10) and bits == 64,
                f"install a 64-bit Python, 3.10 or later: {INSTALL[0]}; then make the "
                f"folder .venv again with it")


def package(name, least):
    """A package that is there, in the version `least` or later."""
    to_do = pip("install", "--upgrade", name)
    if util.find_spec(name) is None:
        return Item(name, "not there", False, to_do)
    try:
        found = metadata.version(name)
    except metadata.PackageNotFoundError:
        return Item(name, "there, but not installed as a package", False, to_do)
    return Item(name, found, numbers(found) >= numbers(least), to_do)


def numbers(version):
    """The first numbers of a version, to compare.

    >>> numbers("3.10.1rc1") > numbers("3.9")
    True
    """
    return [int(part) for part in re.match(r"\d+(\.\d+)*", version)[0].split(".")[:2]]


def pip(*words):
    """A command for this Python's pip, as it can be pasted."""
    return f"{subprocess.list2cmdline([near(Path(sys.executable or 'python'))])} -m pip {' '.join(words)}"


def speed(time_for_it=1.0):
    """One iteration of the ring recipe: the median of batches of 20, one second in all."""
    run = start("ring")
    run.game.step()                                 # the first one is slower
    batches, end = [], time.perf_counter() + time_for_it
    while time.perf_counter() < end:
        before = time.perf_counter()
        for _ in range(20):
            run.game.step()
        batches.append((time.perf_counter() - before) / 20)
    seconds = statistics.median(batches)
    whole = seconds * run.iterations
    found = f"{1e6 * seconds:.0f} µs for one iteration; to train the ring takes about {whole:.0f} s"
    return Item("speed", found, whole <= PATIENCE,
                "plug the laptop in and close other programs; or set OMP_NUM_THREADS=1 before Python starts")


def browser():
    """A browser that can open a window, for the lab and the recordings. A machine without a screen is somebody's in
    the cloud, and its pages are opened elsewhere."""
    if not has_a_screen():
        return Item("browser", "no screen here: open the pages that tinygan writes on another machine", True, "")
    try:
        found = os.path.basename(webbrowser.get().name)
    except webbrowser.Error:
        found = ""
    return Item("browser", found or "none that Python can open", bool(found), INSTALL[1])


def folder():
    """This folder, or tinygan-out in it if there is one, can be written to."""
    where = OUT if OUT.exists() else Path()
    try:
        check_writable(where / "tinygan-check")
    except OSError as error:
        return Item("folder", f"{where.resolve()}: {error.strerror}", False,
                    "go to a folder of your own: cd, then the folder's name")
    return Item("folder", f"{where.resolve()} can be written to", True, "")


def port():
    """The lab's server can be reached on this machine, by its loopback address."""
    try:
        with socket.create_server(("127.0.0.1", 0)) as server, \
                socket.create_connection(server.getsockname(), timeout=1):
            return Item("port", f"{server.getsockname()[1]} can be reached on this machine", True, "")
    except OSError as error:
        return Item("port", f"none can be opened: {error.strerror or error}", False,
                    f"let Python through the firewall for 127.0.0.1; without the lab, watch a recording: "
                    f"{command('train', 'ring', '--html')}")
