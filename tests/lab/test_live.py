"""A session that goes on by itself, asked from another thread."""

import json
import threading

import pytest

from tinygan.lab import live as module
from tinygan.lab.live import Live
from tinygan.lab.plans import Plan
from tinygan.lab.session import Session


@pytest.fixture
def live():
    one = Live(Session(Plan("gaussian")))
    yield one
    one.end()


def state(live, after=-1):
    number, content = live.newest(after, 10)
    return number, json.loads(content)


def test_a_command_is_answered_and_shown(live):
    number, before = state(live)
    assert live.ask({"do": "step", "turns": 3}) == {}
    number, after = state(live, number)
    assert (before["iteration"], after["iteration"]) == (0, 3)


def test_it_plays_and_pauses(live):
    live.ask({"do": "play"})
    number, first = state(live)
    for _ in range(300):
        number, first = state(live, number)
        if first["iteration"] >= 10:
            break
    live.ask({"do": "pause"})
    stopped = live.session.game.iteration
    number, last = state(live)
    assert last["iteration"] == stopped and not last["playing"]
    assert live.newest(number, 0) == live.newest(number, 0)                   # and nothing new comes


def test_a_command_is_answered_between_two_iterations_however_long_they_are(live):
    """While one iteration waits, none is begun before the answer."""
    begun, may_go = threading.Event(), threading.Semaphore(0)
    game, count = live.session.game, []
    step = type(game).gradient_G

    def slow(z):
        count.append(z)
        begun.set()
        may_go.acquire()
        return step(game, z)

    game.gradient_G = slow
    live.ask({"do": "play"})
    begun.wait()
    asking = threading.Thread(target=live.ask, args=({"do": "pause"},))
    asking.start()
    while live.asked.empty():
        pass
    may_go.release(100)
    asking.join()
    assert len(count) == 1 and live.session.game.iteration == 1


def test_it_pauses_where_nobody_looks(live, monkeypatch):
    monkeypatch.setattr(module, "ALONE", -1)
    number, _ = state(live)
    live.ask({"do": "play"})
    for _ in range(300):
        number, now = state(live, number)
        if "nobody was looking" in now["message"]:
            break
    assert not live.session.playing


def test_two_ask_at_once_and_both_are_answered(live):
    answers = []
    threads = [threading.Thread(target=lambda: answers.append(live.ask({"do": "step"}))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [{}] * 8 and live.session.game.iteration == 8


def test_what_breaks_in_a_command_is_said_and_it_goes_on(live, monkeypatch):
    """A fault of ours must not leave a page that hangs."""
    monkeypatch.setattr(Session, "one_line", lambda self: 1 / 0)
    assert "ZeroDivisionError" in live.ask({"do": "line"})["error"]
    assert live.ask({"do": "step"}) == {} and live.session.game.iteration == 1


def test_what_breaks_while_it_plays_stops_it_and_is_said(live, monkeypatch):
    monkeypatch.setattr(Session, "_one_turn", lambda self: 1 / 0)
    number, _ = state(live)
    live.ask({"do": "play"})
    for _ in range(300):
        number, now = state(live, number)
        if now["message"]:
            break
    assert now["message"].startswith("ZeroDivisionError") and not now["playing"]
