"""A recording is one file that fetches nothing, and holds the moments of the run as they were."""

import json
import re

import pytest

import tinygan as tg
from games import bits
from tinygan.lab.frames import Camera
from tinygan.lab.recordings import FRAMES, MODULES, Recorder, Recording, digest, page

from test_frames import unpacked


def recorded(recipe="gaussian", iterations=60):
    run = tg.recipes.start(recipe, iterations=iterations)
    recorder = Recorder(run)
    run.train(recorder)
    return run, recorder


def held(html):
    """What is recorded in a page."""
    return json.loads(re.search(r'id="recording">(.*?)</script>', html, re.S)[1])


def test_the_page_is_one_file_that_fetches_nothing(tmp_path):
    _, recorder = recorded()
    Recording([recorder.recording()]).save(tmp_path / "a.html")
    html = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert html.startswith("<!doctype html>") and not re.search(r"\b(src|href)=(?!\"data:)", html)
    assert not re.search(r"https?:", html) and "{{" not in html and "import {" not in html


def test_only_what_is_named_by_its_hash_may_run():
    html = page()
    policy = re.search(r'Content-Security-Policy" content="(.*?)"', html)[1]
    script, style = (re.search(f"<{start}>(.*?)</{tag}>", html, re.S)[1]
                     for tag, start in (("script", 'script type="module"'), ("style", "style")))
    assert "default-src 'none'" in policy and digest(script) in policy and digest(style) in policy
    assert "unsafe" not in policy and "connect-src 'self'" in policy
    assert "connect-src 'none'" in page({"runs": [], "title": ""})
    assert not re.search(r"\son\w+=|\sstyle=|javascript:", html.split("<script")[0])


def test_a_name_can_t_break_out_of_the_page():
    bad = "</script><script>alert(1)</script>"
    html = page({"title": bad, "runs": []})
    assert bad not in html and held(html)["title"] == bad


def test_all_modules_are_in_the_page_and_no_name_is_there_twice():
    from importlib import resources
    folder = resources.files("tinygan.lab").joinpath("page")
    there = {path.name for path in folder.iterdir() if path.name.endswith(".js")}
    assert there == set(MODULES)
    names = re.findall(r"^(?:async )?(?:function|class|const|let) (\w+)", page().split('type="module">')[1], re.M)
    assert len(names) == len(set(names)), [name for name in names if names.count(name) > 1]


def test_a_recorder_keeps_some_hundred_moments_with_both_ends():
    run, recorder = recorded(iterations=1000)
    kept = [moment.iteration for moment, _ in recorder.moments]
    assert kept[0] == 0 and kept[-1] == 1000 and FRAMES <= len(kept) <= FRAMES + 2


def test_each_frame_is_of_its_moment():
    run, recorder = recorded()
    frames, other = recorder.recording()["frames"], tg.recipes.start("gaussian", iterations=60)
    for frame in frames[::20]:
        other.game.train(frame["iteration"] - other.game.iteration)
        recorder.show([each["iteration"] for each in frames].index(frame["iteration"]))
        assert bits(run.game)[:2] == bits(other.game)[:2]
        assert unpacked(frame["generated"]) == pytest.approx(other.generate(Camera(other).z), abs=1e-3)


def test_recording_leaves_the_run_as_it_was():
    run, recorder = recorded("ring", 20)
    there = bits(run.game)
    recorder.recording()
    assert bits(run.game) == there
    recorder.show(3)
    assert len(run.history["V"]) < 20
    recorder.show(-1)
    assert bits(run.game) == there


def test_a_run_that_was_stopped_is_recorded_up_to_there():
    run = tg.recipes.start("gaussian", iterations=1000)
    recorder = Recorder(run)
    run.train(lambda game: recorder(game) or game.iteration >= 57)
    assert recorder.recording()["frames"][-1]["iteration"] == run.game.iteration < 100


def test_run_recording_shows_itself_in_a_notebook():
    run = tg.recipes.run("gaussian", 2, 30)
    there = bits(run.game)
    recording = run.recording()
    assert isinstance(recording, tg.lab.Recording) and bits(run.game) == there
    shown = recording._repr_html_()
    assert shown.startswith("<iframe srcdoc=") and "<script" not in shown
    last = recording.runs[0]["frames"][-1]
    assert last["iteration"] == 30
    assert unpacked(last["networks"]["G"][0]) == pytest.approx(run.game.G.linears[0].W, abs=0.02)


def test_of_a_pair_no_networks_are_recorded():
    run, recorder = recorded("ring", 10)
    assert all("networks" not in frame for frame in recorder.recording(networks=False)["frames"])
    frames = recorder.recording()["frames"]
    assert "networks" in frames[0] and "units" in frames[-1] and len(frames[-1]["units"]["D"][0]) == 48


def test_a_recording_of_the_ring_is_small_enough_to_hand_out():
    """At most 2 MB, as its hundred frames have in full; here of fewer iterations, which changes no size."""
    _, recorder = recorded("ring", 200)
    assert len(Recording([recorder.recording()]).html()) < 2e6
    pair = tg.failures.start("collapse", 0, 200)
    recorders = [Recorder(run) for run in pair.runs]
    for run, recorder in zip(pair.runs, recorders):
        pair.train(run, recorder)
    assert len(Recording([recorder.recording(networks=False) for recorder in recorders]).html()) < 3e6
