"""`tinygan check-laptop`: what is missing is named, with what to do, and the rest is looked at all the same."""

import errno
import socket
import sys
import time
import webbrowser
from importlib import metadata, util
from pathlib import Path
from types import SimpleNamespace

import pytest

from tinygan.classroom import laptop
from tinygan.cli import main


@pytest.fixture(autouse=True)
def here(monkeypatch, tmp_path):
    """A laptop with all that is needed, and a folder of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(laptop, "has_a_screen", lambda: True)
    monkeypatch.setattr(webbrowser, "get", lambda: SimpleNamespace(name="/usr/bin/firefox"))
    return tmp_path


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr(laptop, "speed", lambda: laptop.Item("speed", "300 µs", True, ""))


def test_a_laptop_that_is_ready(capsys, here):
    before = time.perf_counter()
    assert main(["check-laptop"]) == 0 and time.perf_counter() - before < 5
    said = capsys.readouterr().out
    lines = said.splitlines()
    assert [line.split()[1] for line in lines[:-2]] == ["Python", "numpy", "matplotlib", "pytest", "hypothesis",
                                                       "speed", "browser", "folder", "port"]
    assert all(line.startswith("ok ") for line in lines[:-2])
    assert lines[-1].startswith("This laptop is ready: begin with ") and lines[-1].endswith("train ring")
    assert not list(here.iterdir())                                     # looking changes nothing


def test_what_is_missing_is_told_with_what_to_do_and_code_1(monkeypatch, capsys, quick):
    monkeypatch.setattr(util, "find_spec", lambda name: None if name in ("matplotlib", "pytest") else SimpleNamespace())
    assert main(["check-laptop"]) == 1
    said = capsys.readouterr().out
    assert "NOT  matplotlib  not there\n" in said and "-m pip install --upgrade matplotlib\n" in said
    assert "ok   port" in said and said.splitlines()[-1].startswith("Not ready: 2 to do, see above.")


def test_the_packages_are_those_of_the_project():
    setup = (Path(__file__).parents[2] / "setup.cfg").read_text(encoding="utf-8")
    assert all(f"{name}>={least}" in setup for name, least in laptop.PACKAGES.items())


@pytest.mark.parametrize("found, least, ok", [
    ("2.0.0", "2.0", True), ("1.26.4", "2.0", False), ("3.10.0rc1", "3.9", True), ("8.0", "8", True),
    ("7.4", "8", False), ("6.99.1", "6.100", False)])
def test_versions_are_compared_as_numbers(found, least, ok, monkeypatch):
    monkeypatch.setattr(metadata, "version", lambda name: found)
    assert laptop.package("numpy", least)[:3] == ("numpy", found, ok)


def test_a_folder_that_is_called_like_a_package_is_no_package(monkeypatch):
    def missing(name):
        raise metadata.PackageNotFoundError(name)
    monkeypatch.setattr(metadata, "version", missing)
    assert not laptop.package("pytest", "8").ok


@pytest.mark.parametrize("version, maxsize, ok", [((3, 9, 1), 2**63 - 1, False), ((3, 10, 0), 2**63 - 1, True),
                                                  ((3, 12, 0), 2**31 - 1, False)])
def test_python_must_be_new_enough_and_of_64_bits(version, maxsize, ok, monkeypatch):
    monkeypatch.setattr(laptop, "sys", SimpleNamespace(version_info=version, maxsize=maxsize, platform="linux",
                                                       version=".".join(map(str, version)) + " (main)"))
    item = laptop.python()
    assert item.ok == ok and item.found.startswith(f"{version[0]}.{version[1]}") and "install" in item.to_do


def test_the_speed_is_measured_and_a_slow_machine_told(monkeypatch):
    item = laptop.speed(0.05)
    assert item.ok and "µs for one iteration" in item.found
    monkeypatch.setattr(laptop, "PATIENCE", 0)
    assert not laptop.speed(0.05).ok and "close other programs" in item.to_do


def test_with_a_screen_there_must_be_a_browser(monkeypatch):
    def get():
        raise webbrowser.Error
    monkeypatch.setattr(webbrowser, "get", get)
    item = laptop.browser()
    assert not item.ok and "none that" in item.found and item.to_do


def test_without_a_screen_the_pages_are_opened_elsewhere(monkeypatch):
    monkeypatch.setattr(laptop, "has_a_screen", lambda: False)
    item = laptop.browser()
    assert item.ok and "another machine" in item.found


def test_the_browser_is_called_by_its_name():
    assert laptop.browser()[:3] == ("browser", "firefox", True)


def test_a_folder_that_cant_be_written_to(monkeypatch):
    def refuse(path):
        raise OSError(errno.EACCES, "Permission denied", str(path))
    monkeypatch.setattr(laptop, "check_writable", refuse)
    item = laptop.folder()
    assert not item.ok and item.found.endswith("Permission denied") and "cd" in item.to_do


def test_a_file_where_the_folder_should_be(here):
    (here / "tinygan-out").touch()
    assert not laptop.folder().ok


def test_a_port_that_cant_be_opened_or_reached(monkeypatch):
    def refuse(*arguments, **options):
        raise PermissionError(errno.EACCES, "Permission denied")
    for name in ("create_server", "create_connection"):
        with monkeypatch.context() as patch:
            patch.setattr(socket, name, refuse)
            item = laptop.port()
            assert not item.ok and "Permission denied" in item.found and "--html" in item.to_do


def test_a_command_of_pip_can_be_pasted(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/a folder/python")
    assert laptop.pip("install", "numpy") == '"/a folder/python" -m pip install numpy'
