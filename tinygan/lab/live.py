"""A session that goes on by itself: played in a thread of its own, asked from others.

Here: `Live`.
"""

import json
import queue
import threading
import time

from .._machine import one_thread

FRAME = 0.034                                         # seconds of play between two pictures
ALONE = 30.0                                          # seconds after which nobody seems to be looking


class Live:
    """Plays a `Session`, which no other thread may touch from now on. `ask` and `newest` may be called from any."""

    def __init__(self, session):
        self.session, self.asked = session, queue.Queue()
        self.number, self.content, self.changed = 0, b"", threading.Condition()
        self.looked_at, self.ended = time.monotonic(), False
        self._publish()
        self.thread = threading.Thread(target=self._run, daemon=True)
        self.thread.start()

    def ask(self, command):
        """The answer to a command, a dict: it is carried out between two iterations."""
        answer = queue.Queue(1)
        self.asked.put((command, answer))
        return answer.get()

    def newest(self, after, seconds):
        """(number, bytes) of the newest state as JSON, once it is newer than number `after`; or of the same one
        after so many seconds. A number that is too large is that of an earlier server."""
        self.looked_at = time.monotonic()
        with self.changed:
            self.changed.wait_for(lambda: self.number != after, seconds)
            return self.number, self.content

    def end(self):
        """Stop playing."""
        self.ended = True
        self.asked.put(({"do": "pause"}, queue.Queue(1)))
        self.thread.join()

    def _run(self):
        wait = None
        with one_thread:
            while not self.ended:
                try:
                    command, answer = self.asked.get(timeout=wait)
                except queue.Empty:
                    turn, line = self.session.turn, self.session.line
                    wait = self._play()
                    if wait and (self.session.turn, self.session.line) == (turn, line) or not self.asked.empty():
                        continue                      # nothing has happened; or somebody waits
                else:
                    answered = self._answer(command)
                    wait = 0.0 if self.session.playing else None
                    self._publish()
                    answer.put(answered)
                    continue
                self._publish()

    def _play(self):
        try:
            wait = self.session.play(FRAME, lambda: not self.asked.empty())
        except Exception as error:                    # a fault of ours: it is said, and the page goes on
            return self._stop(f"{type(error).__name__}: {error}")
        if wait is not None and time.monotonic() - self.looked_at > ALONE:
            return self._stop("Paused, because nobody was looking.")
        return wait

    def _stop(self, message):
        self.session.pause()
        self.session.message = message

    def _answer(self, command):
        try:
            return self.session.do(command)
        except Exception as error:                    # as above
            return {"error": f"{type(error).__name__}: {error}"}

    def _publish(self):
        content = json.dumps(self.session.state()).encode()
        with self.changed:
            self.number, self.content = self.number + 1, content
            self.changed.notify_all()
