"""A server for one page on this machine: it hands out the page, the newest state, and answers commands. It knows of
no game.

Here: `Server`. It listens to this machine alone, and answers only requests with the token of its address, so that
no other page, and nobody else at this machine, can drive it.
"""

import hmac
import json
import os
import secrets
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

LARGEST = 32 * 2**20                                  # bytes of a command: a file of your own may be in it
PATIENCE = 20                                         # seconds for which a connection may be silent
LOOKING = 10                                          # seconds that a question for news waits for some


class Server(ThreadingHTTPServer):
    """Serves `page`, a string, and `live`, with `ask(command)` and `newest(after, seconds)`.

    port : that of the address; 0 for any that is free. Raises OSError where it is taken.
    """

    daemon_threads, allow_reuse_address = True, os.name != "nt"     # on Windows two servers could share an address
    request_queue_size = 64                                         # connections that may wait

    def __init__(self, page, live, port=0):
        super().__init__(("127.0.0.1", port), Handler)
        self.page, self.live, self.token = page.encode(), live, secrets.token_urlsafe(24)
        self.hosts = {f"{name}:{self.server_port}" for name in ("127.0.0.1", "localhost")}

    @property
    def address(self):
        """What to open in a browser."""
        return f"http://127.0.0.1:{self.server_port}/?token={self.token}"

    def start(self):
        """Serve in a thread of its own, until `shutdown`."""
        threading.Thread(target=self.serve_forever, args=(0.1,), daemon=True).start()

    def handle_error(self, request, client_address):
        """Somebody hung up: nothing to say."""


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version, timeout, disable_nagle_algorithm = "HTTP/1.1", PATIENCE, True
    server_version, sys_version = "tinygan", ""

    def do_GET(self):
        path, _, query = self.path.partition("?")
        asked = {name: values[0] for name, values in parse_qs(query).items()}
        if not self._may(asked.get("token") or self.headers.get("X-Token", "")):
            return
        if path == "/":
            self._answer(200, self.server.page, "text/html; charset=utf-8")
        elif path == "/state":
            after = asked.get("after", "")
            number, content = self.server.live.newest(int(after) if after.isdecimal() and len(after) < 16 else -1,
                                                      LOOKING)
            self._answer(200, content, "application/json", {"X-Number": str(number)})
        else:
            self._refuse(404, "there is nothing here")

    def do_POST(self):
        length = self.headers.get("Content-Length", "")
        if not self._may(self.headers.get("X-Token", "")):
            return
        if self.path != "/command":
            return self._refuse(404, "there is nothing here")
        if self.headers.get_content_type() != "application/json":
            return self._refuse(415, "a command is JSON")
        if not (length.isdecimal() and len(length) < 16):
            return self._refuse(411, "a command comes with its length")
        if int(length) > LARGEST:
            return self._refuse(413, f"a command may have {LARGEST // 2**20} MiB at most")
        try:
            command = json.loads(self.rfile.read(int(length)))
        except (ValueError, RecursionError):
            return self._refuse(400, "the command is not JSON")
        if not isinstance(command, dict):
            return self._refuse(400, "a command is a JSON object")
        self._answer(200, json.dumps(self.server.live.ask(command)).encode(), "application/json")

    def _may(self, token):
        """Whether this request comes from our own page; refused otherwise."""
        origin = self.headers.get("Origin")
        if self.headers.get("Host") not in self.server.hosts:
            self._refuse(403, "this is not the address that the lab was started at")
        elif origin is not None and origin not in {f"http://{host}" for host in self.server.hosts}:
            self._refuse(403, "another page may not ask")
        elif not hmac.compare_digest(token.encode("utf-8", "replace"), self.server.token.encode()):
            self._refuse(403, "the address is not complete, or of an earlier lab: open the one that tinygan lab has "
                              "printed last")
        else:
            return True
        return False

    def _refuse(self, code, sentence):
        self.close_connection = True                  # what else was sent is not read
        self._answer(code, f"{sentence}\n".encode(), "text/plain; charset=utf-8")

    def _answer(self, code, content, kind, more={}):
        self.send_response(code)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(content)), "Cache-Control": "no-store",
                            "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
                            "X-Frame-Options": "DENY", **more}.items():
            self.send_header(name, value)
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *arguments):
        """Say nothing: the terminal is the teacher's."""
