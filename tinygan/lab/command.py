"""The lab from the terminal's side: it opens the browser, ends at Ctrl-C, and writes what was recorded.

Here: `serve`.
"""

import itertools
import os
import signal
import sys
import time
import webbrowser

from .._files import check_writable
from .._terminal import asked_to_stop, failed, say
from .live import Live
from .recordings import page
from .server import Server


def serve(session, port, browser, out):
    """Serve a session at this port, 0 for any that is free, until Ctrl-C; then write its recording into the folder
    `out`. Returns the exit code."""
    check_writable(out / "lab.html")                  # a problem with the folder is better known now
    live = Live(session)
    try:
        server = Server(page(), live, port)
    except OSError as error:
        return failed(f"can't serve at port {port}: {error.strerror}; --port takes another, or leave it out", 1)
    with asked_to_stop() as asked:
        server.start()
        opened = browser and has_a_screen() and webbrowser.open(server.address)
        say(f"The lab is at {server.address}")
        say(f"{'' if opened else 'Open this address in a browser on this machine. '}Ctrl-C ends it.")
        while not asked:
            time.sleep(0.1)
        server.shutdown()
        server.server_close()
        live.end()
        if len(session.timeline.moments) > 1:
            path = unused(out / f"lab-{session.run.name}.html")
            session.recording().save(path)
            say(f"written: {path}, a recording up to iteration {session.game.iteration:,}, which a browser plays")
    return 0 if asked[0] == signal.SIGINT else 128 + asked[0]


def has_a_screen():
    """Whether a browser can open a window: without a screen, some would open in this terminal instead."""
    return not sys.platform.startswith("linux") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def unused(path):
    """This path, or with a number in its name one that nobody has."""
    numbered = (path.with_stem(f"{path.stem}-{i}") for i in itertools.count(2))
    return next(each for each in itertools.chain([path], numbered) if not each.exists())
