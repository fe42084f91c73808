"""`tinygan lab`, as a person would start and end it."""

import json
import os
import signal
import subprocess
import sys
import urllib.request

import numpy as np
import pytest

from tinygan.lab import command

COMMAND = [sys.executable, "-W", "error", "-m", "tinygan"]                 # a socket left open would be said, too
posix = pytest.mark.skipif(os.name == "nt", reason="POSIX signals")


def lab(*arguments, cwd):
    """The lab, once it says where it is; and its address."""
    process = subprocess.Popen([*COMMAND, "lab", "--no-browser", *map(str, arguments)], stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, text=True, encoding="utf-8", cwd=cwd)
    said = process.stdout.readline()
    assert "The lab is at http://127.0.0.1:" in said
    return process, said.split()[-1]


def asked(address, command):
    """What the lab answers."""
    page, token = address.split("?token=")
    request = urllib.request.Request(f"{page}command", json.dumps(command).encode(),
                                     {"Content-Type": "application/json", "X-Token": token})
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


@posix
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_ends_the_lab_and_writes_what_was_recorded(number, tmp_path):
    """And takes nobody else's name for it."""
    (tmp_path / "tinygan-out").mkdir()
    (tmp_path / "tinygan-out/lab-ring8.html").write_text("another one")
    process, address = lab("ring8", "--seed", "2", cwd=tmp_path)
    assert asked(address, {"do": "step", "turns": 3}) == {}
    assert "seed=2" in asked(address, {"do": "python"})["python"]
    process.send_signal(number)
    out, err = process.communicate()
    assert process.returncode == (0 if number == signal.SIGINT else 143) and err == ""
    assert "written: tinygan-out/lab-ring8-2.html" in out
    assert (tmp_path / "tinygan-out/lab-ring8.html").read_text() == "another one"
    assert "<!doctype html>" in (tmp_path / "tinygan-out/lab-ring8-2.html").read_text(encoding="utf-8")


@posix
def test_a_lab_of_one_s_own_rows_and_a_port_in_use(tmp_path):
    np.savetxt(tmp_path / "rows.csv", np.random.default_rng(0).normal(size=(50, 2)), delimiter=",")
    process, address = lab("--data", "rows.csv", cwd=tmp_path)
    port = address.split(":")[2].split("/")[0]
    assert "data='rows.csv'" in asked(address, {"do": "python"})["python"]
    again = [*COMMAND, "lab", "--no-browser", "--port", port]
    done = subprocess.run(again, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 1 and done.stdout == ""
    assert done.stderr.startswith(f"tinygan: can't serve at port {port}: ") and done.stderr.count("\n") == 1
    process.kill()
    process.communicate()


def test_a_browser_is_opened_where_there_is_a_screen(monkeypatch):
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    assert not command.has_a_screen()
    monkeypatch.setenv("DISPLAY", ":0")
    assert command.has_a_screen()
    monkeypatch.delenv("DISPLAY")
    monkeypatch.setattr(sys, "platform", "darwin")
    assert command.has_a_screen()
