"""The server answers its own page, and nobody else: hostile requests over a real socket."""

import json
import socket
import threading
from http.client import HTTPConnection

import pytest

from tinygan.lab.server import LARGEST, Server


class Plays:
    """Something that can be asked."""

    def __init__(self):
        self.asked = []

    def ask(self, command):
        self.asked.append(command)
        return {"did": command.get("do")}

    def newest(self, after, seconds):
        return 7, json.dumps({"after": after, "seconds": seconds}).encode()


@pytest.fixture
def server():
    one = Server("<!doctype html><p>the page</p>", Plays())
    one.start()
    yield one
    one.shutdown()
    one.server_close()


def request(server, method, path, body=None, **headers):
    """(status, headers, content); a header that is None is left out."""
    connection = HTTPConnection("127.0.0.1", server.server_port, timeout=20)
    given = {"X-Token": server.token, "Content-Type": "application/json", **{k.replace("_", "-"): v
                                                                             for k, v in headers.items()}}
    connection.request(method, path, body, {k: v for k, v in given.items() if v is not None})
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer.status, answer.headers, content


def raw(server, text, shut=True):
    """What comes back when these bytes are sent as they are."""
    with socket.create_connection(("127.0.0.1", server.server_port), timeout=20) as connection:
        connection.sendall(text if isinstance(text, bytes) else text.encode())
        if shut:
            connection.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: connection.recv(65536), b""))


def start(server):
    """The first lines of a command that is our own."""
    return (f"POST /command HTTP/1.1\r\nHost: 127.0.0.1:{server.server_port}\r\nX-Token: {server.token}\r\n"
            f"Content-Type: application/json\r\n")


def test_its_own_page_is_answered(server):
    status, headers, content = request(server, "GET", f"/?token={server.token}", X_Token=None)
    assert (status, content) == (200, b"<!doctype html><p>the page</p>") and server.token in server.address
    status, headers, content = request(server, "GET", "/state?after=3")
    assert status == 200 and headers["X-Number"] == "7" and json.loads(content)["after"] == 3
    status, headers, content = request(server, "POST", "/command", '{"do": "play"}')
    assert (status, json.loads(content), server.live.asked) == (200, {"did": "play"}, [{"do": "play"}])


def test_it_listens_to_this_machine_alone(server):
    assert server.server_address[0] == "127.0.0.1"


def test_no_answer_may_be_kept_framed_or_guessed(server):
    for path in ("/", "/state", "/nothing"):
        _, headers, _ = request(server, "GET", path)
        assert headers["Cache-Control"] == "no-store" and headers["X-Frame-Options"] == "DENY"
        assert headers["X-Content-Type-Options"] == "nosniff" and headers["Referrer-Policy"] == "no-referrer"
        assert "Access-Control-Allow-Origin" not in headers


@pytest.mark.parametrize("headers", [
    {"X_Token": None}, {"X_Token": ""}, {"X_Token": "guess"}, {"X_Token": "é"}, {"Host": "evil.example"}, {"Host": ""},
    {"Host": "127.0.0.1"}, {"Host": "127.0.0.1.evil.example:80"}, {"Origin": "http://evil.example"}, {"Origin": "null"},
    {"Origin": "https://127.0.0.1"}], ids=str)
@pytest.mark.parametrize("method, path", [("GET", "/"), ("GET", "/state"), ("POST", "/command")])
def test_whoever_else_asks_is_refused(server, method, path, headers):
    status, _, content = request(server, method, path, '{"do": "play"}' if method == "POST" else None, **headers)
    assert status == 403 and b"<" not in content and server.token.encode() not in content and not server.live.asked


def test_the_token_is_another_one_each_time_and_long():
    first, second = Server("", Plays()), Server("", Plays())
    assert first.token != second.token and len(first.token) >= 32
    first.server_close()
    second.server_close()


@pytest.mark.parametrize("path", ["/../../etc/passwd", "/page/main.js", "/%2e%2e/cli.py", "//etc/passwd", "/state/..",
                                  "http://evil.example/state", "/command"])
def test_paths_lead_nowhere(server, path):
    status, _, content = request(server, "GET", path)
    assert status in (404, 403) and b"root" not in content or path == "http://evil.example/state" and status == 200


@pytest.mark.parametrize("body, status", [("", 400), ("{", 400), ("[]", 400), ("7", 400), ("null", 400),
                                          ("[" * 100_000, 400), (b"\xff\xfe", 400),
                                          ('{"do": "' + "x" * 10**6 + '"}', 200)])
def test_broken_bodies_are_refused(server, body, status):
    assert request(server, "POST", "/command", body)[0] == status
    assert request(server, "POST", "/command", '{"do": "play"}')[0] == 200            # and it goes on


@pytest.mark.parametrize("length, status", [(str(LARGEST + 1), 413), ("-5", 411), ("many", 411), ("9" * 400, 411),
                                            (None, 411), ("1e3", 411), ("٣", 411)])
def test_a_length_that_can_t_be_is_refused_before_anything_is_read(server, length, status):
    line = f"Content-Length: {length}\r\n" if length else ""
    answer = raw(server, f"{start(server)}{line}\r\n", shut=False)
    assert answer.split()[1] == str(status).encode() and not server.live.asked


def test_only_json_is_a_command(server):
    """What another page's form could send without asking first is no command."""
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data", None):
        assert request(server, "POST", "/command", '{"do": "play"}', Content_Type=kind)[0] == 415
    assert not server.live.asked


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PATCH", "HEAD", "JUMP"])
def test_other_methods_are_refused(server, method):
    assert request(server, method, "/command")[0] == 501


@pytest.mark.parametrize("text", ["", "\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "\0" * 1000, "A" * 70_000,
                                  "GET / HTTP/1.1\r\n" + "X: y\r\n" * 200 + "\r\n",
                                  "GET / HTTP/1.1\r\nX: " + "y" * 70_000 + "\r\n\r\n"], ids=range(8))
def test_what_is_no_request_gets_an_error_and_it_goes_on(server, text):
    answer = raw(server, text)
    assert not answer.startswith(b"HTTP/1.1 200")
    assert request(server, "GET", "/state")[0] == 200


def test_somebody_who_hangs_up_in_the_middle_disturbs_nobody(server, capfd):
    for _ in range(5):
        with socket.create_connection(("127.0.0.1", server.server_port)) as connection:
            connection.sendall(f"{start(server)}Content-Length: 1000\r\n\r\n{{".encode())
    assert request(server, "GET", "/state")[0] == 200 and not server.live.asked
    assert capfd.readouterr().err == ""


def test_slow_clients_keep_nobody_else_waiting(server):
    """Twenty connections that send nothing; and each is dropped after a while."""
    slow = [socket.create_connection(("127.0.0.1", server.server_port)) for _ in range(20)]
    assert request(server, "GET", "/state")[0] == 200
    for connection in slow:
        connection.close()
    from tinygan.lab.server import Handler
    assert 0 < Handler.timeout <= 60


def test_many_requests_at_once(server):
    seen = []
    threads = [threading.Thread(target=lambda: seen.append(request(server, "POST", "/command", '{"do": "play"}')[0]))
               for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [200] * 20


def test_a_port_in_use_is_an_os_error(server):
    with pytest.raises(OSError):
        Server("", Plays(), server.server_port)
