"""The lab: a game in a browser, live; or recorded, in one file that needs no Python.

In reading order: moments.py, what is kept of a game to go back to it; frames.py, what is seen of one moment, the
only numbers that the page gets; plans.py, how a game begins; session.py, a game, its commands, its recording;
recordings.py, the page in one file; live.py, a session that goes on by itself; server.py, which hands the page out;
command.py, `tinygan lab`. The page itself, HTML, CSS and JavaScript, is in page/.
"""

from .recordings import Recording, record

__all__ = ["Recording", "record"]
