"""The page in a real browser: each control changes the game or the picture as it should, and nothing is said on the
console. Skipped where there is no Chromium (on Debian: apt-get install chromium)."""

import math
import re
import signal
import subprocess
import sys

import numpy as np
import pytest

import tinygan as tg
from browser import CHROMIUM, Browser
from games import bits
from tinygan.lab.live import Live
from tinygan.lab.plans import Plan
from tinygan.lab.recordings import Recorder, Recording, page
from tinygan.lab.server import Server
from tinygan.lab.session import Session

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium, on Debian: apt-get install chromium")


@pytest.fixture(scope="module")
def browser():
    with Browser(1366, 768) as one:
        yield one


class Lab:
    """A server with its session, and the browser that shows it."""

    def __init__(self, browser, recipe):
        self.browser, self.session = browser, Session(recipe if isinstance(recipe, Plan) else Plan(recipe))
        self.live = Live(self.session)
        self.server = Server(page(), self.live)
        self.server.start()
        browser.errors.clear()
        browser.open(self.server.address)
        browser.until("window.lab && lab.drawn > 0")

    def close(self):
        self.browser.open("about:blank")
        self.server.shutdown()
        self.server.server_close()
        self.live.end()

    @property
    def game(self):
        return self.session.game

    def until(self, of_state):
        """Wait until the page's state is so."""
        self.browser.until(f"((s) => {of_state})(lab.state)")

    def tab(self, name):
        """Open one of the tabs."""
        buttons = "[...document.querySelectorAll('#tabs button')]"
        self.browser.value(f"{buttons}.find((b) => b.textContent === '{name}').click()")

    def ink(self, selector):
        """A number that is another one where the picture is another one."""
        return self.browser.value(f"""new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => {{
            const c = document.querySelector('{selector}');
            const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
            let sum = 0;
            for (let i = 0; i < d.length; i += 7) sum = (sum * 31 + d[i]) % 1000000007;
            done(sum); }})))""")


@pytest.fixture
def lab(browser, request):
    one = Lab(browser, getattr(request, "param", "gaussian"))
    yield one
    assert browser.errors == []
    one.close()


SPACE, CHARTS, NETWORKS = ".space canvas", ".charts canvas", "#networks canvas"
KINDS = ["ring", "gaussian", "glyphs", "moons"]


@pytest.mark.parametrize("lab", KINDS, indirect=True)
def test_each_kind_of_data_is_drawn_and_moves(lab):
    before = lab.ink(SPACE), lab.ink(CHARTS)
    lab.browser.key("n")
    lab.until("s.iteration === 1")
    lab.browser.key("n")
    lab.until("s.iteration === 2")
    assert lab.ink(SPACE) != before[0] and lab.ink(CHARTS) != before[1]
    assert lab.browser.value("document.getElementById('clock').textContent") == "iteration 2"


CORNER = np.zeros((120, 4, 6), np.uint8)              # pictures whose upper row and right half are paper
CORNER[:, 1:, :3] = 255
OWN = Plan("glyphs", data=tg.data.Images(CORNER, np.zeros(120, int)), file="mine.npz")


@pytest.mark.parametrize("lab", [OWN], indirect=True, ids=["pictures of 4 × 6"])
def test_a_picture_stands_upright_and_its_pixels_are_squares(lab):
    """The first one, of the real ones alone: where its ink begins, and how far it goes to the right and down."""
    assert "Your own 120 pictures of 4 × 6 pixels" in lab.browser.value("document.body.textContent")
    lab.browser.key("2")
    lab.browser.until("!document.querySelectorAll('.layers input')[1].checked")
    left, top, right, bottom = lab.browser.value("""new Promise((done) => {
        const measure = () => {
            const c = document.querySelector('.space canvas'), fine = devicePixelRatio, title = Math.ceil(24 * fine);
            const { data } = c.getContext('2d').getImageData(0, 0, c.width, c.height);
            const ink = (x, y) => data[4 * (y * c.width + x) + 3] > 128 && data[4 * (y * c.width + x)] < 64;
            let x = 2, y = title + 1;
            while (!ink(x, y)) y += 1;
            let right = x, down = y;
            while (ink(right, y + 2)) right += 1;
            while (ink(x, down)) down += 1;
            done([0, y - title, right, down - title].map((each) => each / fine));
        };
        requestAnimationFrame(() => requestAnimationFrame(measure)); })""")
    cell = (bottom - top) / 3
    assert cell > 3 and top == pytest.approx(cell, abs=1.5) and right - left == pytest.approx(3 * cell, abs=1.5)


# Each button and key of the bar

@pytest.mark.parametrize("act", ["#play", " "])
def test_play_and_pause(lab, act):
    press = lab.browser.click if act[0] == "#" else lab.browser.key
    press(act)
    lab.until("s.playing && s.iteration > 20")
    press(act)
    lab.until("!s.playing")
    assert not lab.session.playing and lab.game.iteration >= 20


@pytest.mark.parametrize("act", ["#step", "n"])
def test_one_iteration(lab, act):
    (lab.browser.click if act[0] == "#" else lab.browser.key)(act)
    lab.until("s.iteration === 1")


@pytest.mark.parametrize("act", ["#D", "d", "#G", "g"])
def test_one_player_alone(lab, act):
    before = lab.game.G.theta.copy(), lab.game.D.theta.copy()
    (lab.browser.click if act[0] == "#" else lab.browser.key)(act)
    lab.until("s.turn === 1")
    moved = [name for name, theta in zip("GD", before) if (getattr(lab.game, name).theta != theta).any()]
    assert moved == [act[-1].upper()] and lab.game.iteration == 0


@pytest.mark.parametrize("act", ["#line", "l"])
def test_slow_motion_lights_the_line_and_says_what_it_computed(lab, act):
    for number in (3, 4, 5, 7):
        (lab.browser.click if act[0] == "#" else lab.browser.key)(act)
        lab.until(f"s.line === {number}")
        lab.browser.until(f"document.querySelector('li.lit').id === 'line{number}'")
    assert "V = " in lab.browser.value("document.querySelector('#line5 .value').textContent")
    (lab.browser.click if act[0] == "#" else lab.browser.key)(act)
    lab.until("s.line === 8 && s.iteration === 1")
    lab.browser.key("n")
    lab.until("s.line === null && s.iteration === 2")


def test_speed_and_who_plays(lab):
    lab.browser.choose("#speed", "1")
    lab.until("s.speed === 1")
    lab.browser.key("+")
    lab.until("s.speed === 5")
    lab.browser.key("-")
    lab.browser.key("-")
    lab.until("s.speed === 'lines'")
    lab.browser.choose("#players", "D")
    lab.until("s.players === 'D'")
    assert lab.session.players == "D" and lab.session.speed == "lines"


@pytest.mark.parametrize("act", ["#reset", "r"])
def test_reset(lab, act):
    lab.browser.key("n")
    lab.until("s.iteration === 1")
    (lab.browser.click if act[0] == "#" else lab.browser.key)(act)
    lab.until("s.iteration === 0")
    assert bits(lab.game)[1] == bits(tg.recipes.start("gaussian").game)[1]


# Rewind and branch

def test_scrubbing_and_branching(lab):
    for i in range(4):
        lab.browser.key("n")
        lab.until(f"s.iteration === {i + 1}")
    there = bits(lab.game)
    lab.browser.key("ArrowLeft")
    lab.until("s.turn === 3")
    lab.browser.choose("#slider", "1")
    lab.until("s.turn === 1")
    lab.browser.key("End")
    lab.until("s.turn === 4")
    assert bits(lab.game) == there
    lab.browser.key("Home")
    lab.until("s.turn === 0")
    lab.browser.key("ArrowRight")
    lab.until("s.turn === 1")
    lab.browser.choose("#settings-lr_g", "0.9")
    lab.until("s.settings.lr_g === '0.9'")
    lab.browser.key("n")
    lab.until("s.turn === 2 && s.other && s.branch")
    assert lab.browser.value("!document.getElementById('swap').hidden")
    lab.browser.click("#swap")
    lab.until("s.turn === 4")
    assert bits(lab.game) == there
    lab.browser.key("b")
    lab.until("s.turn === 2")


# Layers

@pytest.mark.parametrize("lab", ["ring"], indirect=True)
@pytest.mark.parametrize("key, name", [("1", "real"), ("2", "generated"), ("3", "D"), ("4", "star"), ("5", "noise"),
                                       ("6", "minimax"), ("7", "non-saturating")])
def test_each_layer_comes_and_goes(lab, key, name):
    before = lab.ink(SPACE)
    lab.browser.key(key)
    lab.browser.until({"star": "lab.state.frame.D_star", "noise": "lab.state.frame.warped", "minimax":
                       "lab.state.frame.arrows", "non-saturating": "lab.state.frame.arrows"}.get(name, "true"))
    assert lab.ink(SPACE) != before
    lab.browser.click(f'.layers input[name="{name}"]')
    checked = f"document.querySelector('.layers input[name=\"{name}\"]').checked"
    lab.browser.until(f"{checked} === {str(key in '123').lower()}")
    assert lab.ink(SPACE) == before


@pytest.mark.parametrize("lab", ["ring"], indirect=True)
def test_arrows_have_logarithmic_lengths_too_and_the_minibatch_is_ringed(lab):
    lab.browser.key("6")
    lab.browser.until("lab.state.frame.arrows")
    before = lab.ink(SPACE)
    lab.browser.key("8")
    assert lab.ink(SPACE) != before
    for number in (3, 4):
        lab.browser.key("l")
        lab.until(f"s.line === {number}")
    before = lab.ink(SPACE)
    lab.browser.key("9")
    assert lab.ink(SPACE) != before


def test_the_measure_is_chosen(lab):
    before = lab.ink(CHARTS)
    lab.browser.choose(".measure select", "std")
    assert lab.ink(CHARTS) != before


# Settings and new games

def test_each_setting_has_a_field_that_sets_it(lab):
    for name, value, is_now in (("k", "2", 2), ("m", "16", 16), ("lr_d", "0.3", 0.3), ("lr_g", "0.2", 0.2),
                                ("momentum", "0.1", 0.1), ("objective", "minimax", "minimax"),
                                ("max_norm", "1, 2", (1.0, 2.0)),
                                ("schedule", "constant", "constant"), ("iterations", "99", 99), ("r1", "0.5", 0.5)):
        lab.browser.choose(f"#settings-{name}", value)
        lab.browser.until(f"document.querySelector('#settings-{name}').getAttribute('aria-invalid') === 'false'")
        assert getattr(lab.game, name) == is_now, name
    lab.browser.choose("#settings-k", "1")
    lab.browser.choose("#settings-update", "simultaneous")
    lab.until("s.settings.update === 'simultaneous'")


def test_a_wrong_setting_says_so_beside_its_field_and_changes_nothing(lab):
    lab.browser.choose("#settings-momentum", "1.5")
    lab.browser.until("[...document.querySelectorAll('#settings .error')].some((e) => !e.hidden)")
    assert "momentum must be a number in [0, 1), or (first, last), two such numbers, not 1.5" in lab.browser.value(
        "[...document.querySelectorAll('#settings .error')].find((e) => !e.hidden).textContent")
    assert lab.game.momentum == 0.5 and lab.browser.value("document.querySelector('#settings-momentum').value") == "1.5"
    lab.browser.choose("#settings-momentum", "0.25")
    lab.until("s.settings.momentum === '0.25'")
    lab.browser.until("[...document.querySelectorAll('#settings .error')].every((e) => e.hidden)")


def test_a_new_game(lab):
    lab.tab("new game")
    lab.browser.choose("#restart-seed", "7")
    lab.browser.choose("#restart-G_widths", "5, 6")
    lab.browser.choose("#restart-noise", "Uniform")
    lab.browser.click("#restart .start")
    lab.browser.until("lab.state.scene === 2")
    assert lab.game.G.widths == [1, 5, 6, 1] and isinstance(lab.game.noise, tg.data.Uniform)
    lab.browser.until("document.querySelector('#restart-G_widths').value === '5, 6'")
    lab.browser.choose("#restart-recipe", "ring8")
    lab.browser.click("#restart .start")
    lab.browser.until("lab.state.scene === 3 && document.getElementById('about').textContent.startsWith('ring8')")
    assert lab.session.run.name == "ring8" and lab.game.G.widths == [2, 64, 64, 2]
    lab.browser.choose("#restart-seed", "-3")
    lab.browser.click("#restart .start")
    lab.browser.until("document.getElementById('message').textContent.includes('seed must be at least 0')")


def test_a_file_of_one_s_own(lab, tmp_path):
    rows = np.random.default_rng(0).normal(size=(100, 2))
    np.savetxt(tmp_path / "two.csv", rows, delimiter=",", header="a,b", comments="")
    (tmp_path / "bad.csv").write_text("a\nb\n")
    lab.tab("new game")
    lab.browser.give("#file", tmp_path / "two.csv")
    lab.browser.until("lab.state.scene === 2")
    assert lab.session.run.columns == ["a", "b"]
    np.save(tmp_path / "one.npy", np.arange(50.0))
    lab.browser.give("#file", tmp_path / "one.npy")
    lab.browser.until("lab.state.scene === 3")
    lab.browser.give("#file", tmp_path / "bad.csv")
    lab.browser.until("document.getElementById('message').textContent.startsWith('bad.csv ')")


def draw(lab, points):
    """With the mouse."""
    x, y = lab.browser.middle("#draw canvas")
    for i, (u, v) in enumerate(points):
        lab.browser.mouse("mousePressed" if i == 0 else "mouseMoved", x + u, y + v)
    lab.browser.mouse("mouseReleased", x + u, y + v)


def test_a_drawing_is_made_erased_saved_loaded_and_learned(lab, tmp_path):
    lab.tab("draw")
    draw(lab, [(60 * math.cos(i / 3), 60 * math.sin(i / 3)) for i in range(19)])
    lab.browser.choose("#spread", "0.2")
    lab.browser.choose("#weight", "9")
    draw(lab, [(0, 0)])
    lab.browser.click("#learn")
    lab.browser.until("lab.state.scene === 2")
    mixture = lab.session.run.data
    assert len(mixture.means) > 10 and mixture.std[-1] == 0.2 and mixture.weights[-1] == pytest.approx(
        3 * mixture.weights[0]) and np.abs(mixture.means[-1]).max() < 0.05
    lab.browser.click("#eraser")
    draw(lab, [(0, 0)])
    lab.browser.click("#learn")
    lab.browser.until("lab.state.scene === 3")
    assert len(lab.session.run.data.means) == len(mixture.means) - 1
    lab.browser.click("#clear")
    lab.browser.click("#learn")
    lab.browser.until("document.getElementById('message').textContent.includes('from 1 to 2000')")
    (tmp_path / "mine.json").write_text('[{"x": 1, "y": -1, "spread": 0.1, "weight": 2}]')
    lab.browser.give("#load", tmp_path / "mine.json")
    lab.browser.until("document.querySelector('#draw canvas').getAttribute('aria-label').includes('1 touch')")
    lab.browser.click("#learn")
    lab.browser.until("lab.state.scene === 4")
    assert lab.session.run.data.means.tolist() == [[1, -1]]
    (tmp_path / "bad.json").write_text("[1]")
    lab.browser.give("#load", tmp_path / "bad.json")
    lab.browser.until("document.getElementById('message').textContent.includes('not a drawing')")


def test_a_drawing_by_keyboard(lab):
    lab.tab("draw")
    lab.browser.value("document.querySelector('#draw canvas').focus()")
    for key in ("ArrowRight", "ArrowUp", " "):
        lab.browser.key(key)
    lab.browser.click("#learn")
    lab.browser.until("lab.state.scene === 2")
    assert lab.session.run.data.means.tolist() == [[0.1, 0.1]]


# The rest

@pytest.mark.parametrize("lab", ["ring"], indirect=True)
def test_a_unit_that_is_pointed_at_responds(lab):
    lab.tab("networks")
    lab.browser.until("lab.state.frame.networks")
    before = lab.ink(NETWORKS)
    lab.browser.value(f"document.querySelector('{NETWORKS}').focus()")
    lab.browser.key("ArrowDown")
    lab.browser.until("lab.state.frame.unit && lab.state.frame.unit.net === 'G'")
    assert lab.ink(NETWORKS) != before
    box = lab.browser.value(f"(() => {{ const b = document.querySelector('{NETWORKS}').getBoundingClientRect();"
                            f" return [b.x, b.y, b.width, b.height]; }})()")
    lab.browser.mouse("mouseMoved", box[0] + box[2] * 0.63, box[1] + box[3] * 0.35, buttons=0)
    lab.browser.until("lab.state.frame.unit && lab.state.frame.unit.net === 'D'")
    lab.browser.mouse("mouseMoved", box[0] + box[2] * 0.63, box[1] - 40, buttons=0)
    lab.browser.until("!lab.state.frame.unit")


def test_the_python_lines_are_shown_and_make_the_game(lab):
    lab.browser.key("n")
    lab.until("s.iteration === 1")
    lab.browser.key("d")
    lab.until("s.turn === 2")
    lab.tab("Python")
    lab.browser.until("document.querySelector('#python pre').textContent.includes('update_D')")
    made = {}
    exec(lab.browser.value("document.querySelector('#python pre').textContent"), made)
    assert bits(made["game"])[1] == bits(lab.game)[1]
    lab.browser.click("#copy")
    lab.browser.until("document.getElementById('copy').textContent !== 'copy'")


def test_the_recording_is_saved_and_plays(lab, browser, tmp_path):
    for i in range(3):
        lab.browser.key("n")
        lab.until(f"s.iteration === {i + 1}")
    saved = browser.value("""new Promise((done) => { const click = HTMLAnchorElement.prototype.click;
        HTMLAnchorElement.prototype.click = function () { HTMLAnchorElement.prototype.click = click;
            fetch(this.href).catch(() => 0); done(this.download); };
        document.getElementById('record').click(); })""")
    browser.errors.clear()                                             # (only we try to fetch what is saved)
    assert saved == "tinygan-gaussian.html"
    (tmp_path / saved).write_text(lab.live.ask({"do": "record"})["html"], encoding="utf-8")
    browser.open((tmp_path / saved).as_uri())
    browser.until("window.lab && lab.drawn > 0 && document.body.className === 'recorded'")
    browser.key("End")
    browser.until("lab.state.iteration === 3")


def test_themes_and_the_list_of_keys(lab):
    before = lab.ink(SPACE)
    theme = lab.browser.value("document.documentElement.dataset.theme")
    lab.browser.key("t")
    assert lab.browser.value("document.documentElement.dataset.theme") != theme and lab.ink(SPACE) != before
    lab.browser.click("#theme")
    assert lab.ink(SPACE) == before
    lab.browser.key("?")
    assert lab.browser.value("document.getElementById('keys').open")
    listed = lab.browser.value("[...document.querySelectorAll('#keys kbd')].map((k) => k.textContent)")
    assert {"space", "n", "l", "d", "g", "r", "b", "s", "t", "?", "←", "→", "1", "9"} <= set(listed)
    lab.browser.key("Escape")
    lab.browser.click("#help")
    assert lab.browser.value("document.getElementById('keys').open")


def test_it_says_what_is_seen_and_everything_has_a_name(lab):
    assert "V is" in lab.browser.value("document.getElementById('says').textContent")
    assert "V is" in lab.browser.value("document.querySelector('.space canvas').getAttribute('aria-label')")
    nameless = lab.browser.value("""[...document.querySelectorAll('button, input, select, canvas')].filter((e) =>
        !(e.labels && e.labels.length) && !e.getAttribute('aria-label') && !e.textContent.trim())
        .map((e) => e.outerHTML)""")
    assert nameless == []


def test_a_reload_goes_on_where_it_was(lab):
    lab.browser.key("n")
    lab.until("s.iteration === 1")
    lab.browser.open(lab.server.address)
    lab.browser.until("window.lab && lab.drawn > 0 && lab.state.iteration === 1")


def serving(folder, port=0):
    """The command in a process of its own; (process, its address)."""
    at = ["--port", str(port)] if port else []
    process = subprocess.Popen([sys.executable, "-m", "tinygan", "lab", "gaussian", "--no-browser", *at], cwd=folder,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    return process, re.search(r"http://\S+", process.stdout.readline())[0]


def test_a_server_that_was_killed_and_one_that_comes_again(browser, tmp_path):
    """What is shown stays, and the page says why. Ctrl-C ends the second one, which has nothing to keep."""
    process, address = serving(tmp_path)
    browser.open(address)
    browser.until("window.lab && lab.drawn > 0")
    process.kill()
    process.communicate()
    browser.until("document.getElementById('message').textContent.includes('does not answer')")
    assert browser.value("lab.drawn") > 0
    process, other = serving(tmp_path, int(re.search(r":(\d+)/", address)[1]))
    browser.until("document.getElementById('message').textContent.includes('of an earlier lab')")
    process.send_signal(signal.SIGINT)
    assert process.communicate()[1] == "" and process.returncode == 0
    assert list((tmp_path / "tinygan-out").iterdir()) == []
    browser.errors.clear()                                             # (the browser itself said that nobody answered)


# Recordings, opened from disk

@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("recordings")
    run = tg.recipes.start("ring", iterations=40)
    recorder = Recorder(run)
    run.train(recorder)
    Recording([recorder.recording()]).save(folder / "ring.html")
    pair = tg.failures.start("saturation", 0, 30)
    recorders = [Recorder(run) for run in pair.runs]
    for run, each in zip(pair.runs, recorders):
        pair.train(run, each)
    Recording([each.recording(word, networks=False) for each, word in zip(recorders, ("broken", "mended"))],
              "saturation").save(folder / "pair.html")
    return folder


@pytest.mark.parametrize("name, views", [("ring", 1), ("pair", 2)])
def test_a_recording_plays_from_disk(browser, files, name, views):
    browser.errors.clear()
    browser.open((files / f"{name}.html").as_uri())
    browser.until("window.lab && lab.drawn > 0")
    assert browser.value("document.querySelectorAll('.space canvas').length") == views
    browser.choose("#speed", "20")
    browser.key(" ")
    browser.until("lab.state.at > 3")
    browser.key(" ")
    browser.until("!lab.state.playing")
    at = browser.value("lab.state.at")
    browser.key("ArrowRight")
    browser.until(f"lab.state.at === {at + 1}")
    browser.choose("#slider", "0")
    browser.until("lab.state.at === 0")
    browser.key("End")
    browser.until("lab.state.at === +document.getElementById('slider').max")
    for key in "5678":
        browser.key(key)
    shown = "[...document.querySelectorAll('.live')].every((e) => getComputedStyle(e).display === 'none')"
    assert "tg.recipes.run('" in browser.value("document.querySelector('#python pre').textContent")
    assert browser.value(shown) and browser.errors == []


@pytest.mark.parametrize("width, height", [(1366, 768), (1920, 1080)])
def test_a_pair_fits_on_the_screen(browser, files, width, height):
    """However long its title is."""
    size = lambda w, h: browser.ask("Emulation.setDeviceMetricsOverride", width=w, height=h, deviceScaleFactor=1,
                                    mobile=False)
    size(width, height)
    browser.open((files / "pair.html").as_uri())
    browser.until("window.lab && lab.drawn > 0")
    browser.value("document.getElementById('title').textContent = 'a long title '.repeat(20)")
    wide, tall, header = browser.value("""[document.documentElement.scrollWidth, document.documentElement.scrollHeight,
        document.querySelector('header').getBoundingClientRect().height]""")
    size(1366, 768)
    assert wide <= width and tall <= height and header < 60


def test_a_recorded_unit_responds(browser, files):
    browser.errors.clear()
    browser.open((files / "ring.html").as_uri())
    browser.until("window.lab && lab.drawn > 0")
    browser.value(f"document.querySelector('{NETWORKS}').focus()")
    drawn = browser.value("lab.drawn")
    browser.key("ArrowDown")
    browser.until(f"lab.drawn > {drawn}")
    assert browser.errors == []


@pytest.mark.parametrize("width, height", [(1366, 768), (1920, 1080), (1024, 640)])
@pytest.mark.parametrize("lab", ["ring"], indirect=True)
def test_all_that_is_needed_fits_on_the_screen(lab, width, height):
    """Nothing stands beyond the right edge; on a laptop's screen data space, curves and bar are all seen."""
    size = lambda w, h: lab.browser.ask("Emulation.setDeviceMetricsOverride", width=w, height=h, deviceScaleFactor=1,
                                        mobile=False)
    size(width, height)
    lab.browser.until(f"innerWidth === {width}")
    wide, tall = lab.browser.value("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]")
    boxes = lab.browser.value("""['#bar', '.space', '.charts', 'aside'].map((name) => {
        const b = document.querySelector(name).getBoundingClientRect(); return [b.width, b.height, b.right]; })""")
    size(1366, 768)
    assert wide <= width and all(right <= width for _, _, right in boxes)
    if width > 1100:
        assert tall <= height and boxes[1][1] > 0.6 * height
