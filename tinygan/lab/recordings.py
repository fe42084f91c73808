"""A recording: a run, or several side by side, as one page in one file, which plays by a double click.

Here: `Recording`; `record`, which makes one of a run; `page`, the page itself, live or with a recording in it.
"""

import base64
import hashlib
import html
import json
import re
from importlib import resources
from pathlib import Path

from .._files import replacing
from ..data import Images
from .frames import Camera, packed, row
from .moments import Moment
from .plans import settings_of

MODULES = ("dom.js", "decode.js", "colours.js", "space.js", "curves.js", "view.js", "networks.js", "algorithm.js",
           "draw.js", "forms.js", "source.js", "main.js")           # each may import from those before it
FRAMES = 100


class Recording:
    """What was seen of one run, or of several, that share a slider.

    runs : a list of {"title", "scene", "curves", "frames"}, as `frames.py` and `record` make them. title : of all.
    In a notebook it shows itself.
    """

    def __init__(self, runs, title=""):
        self.runs, self.title = runs, title

    def html(self):
        """The page with the recording in it, a string."""
        return page({"title": self.title, "runs": self.runs})

    def save(self, path):
        """Write it to `path`, a file that any browser plays, without Python or a server."""
        with replacing(path) as temporary:
            Path(temporary).write_text(self.html(), encoding="utf-8")

    def _repr_html_(self):
        inside = html.escape(self.html(), quote=True)
        return f'<iframe srcdoc="{inside}" style="width: 100%; height: 760px; border: 0" title="tinygan"></iframe>'


class Recorder:
    """A callback for `Run.train` that keeps moments of a run, FRAMES or so, to go back to."""

    def __init__(self, run):
        self.run, self.moments, self.records = run, [], None
        self(run.game)

    def __call__(self, game):
        part = lambda iteration: iteration * FRAMES // self.run.iterations         # which hundredth of the way
        if not self.moments or part(game.iteration) > part(self.moments[-1][0].iteration):
            self.moments.append((Moment.of(game), len(game.records)))

    def __len__(self):
        return len(self.moments)

    def show(self, i):
        """Make the run what it was at moment i, its history, too; at the last one it is what it is now."""
        game = self.run.game
        if self.records is None:
            if game.iteration != self.moments[-1][0].iteration:
                self.moments.append((Moment.of(game), len(game.records)))
            self.records = game.records
        moment, n = self.moments[i]
        moment.put_back(game)
        game.records = self.records[:n] if n < len(self.records) else self.records

    def recording(self, title=None, progress=None, networks=True):
        """This run as a part of a Recording; with its networks, some of the moments and the last one's units."""
        camera, frames, rows = Camera(self.run), [], []
        self.show(-1)
        every = 50 if camera.kind == "pictures" else 10                   # their networks have many weights
        for i in range(len(self)):
            self.show(i)
            whole = networks and (i % every == 0 or i == len(self) - 1)
            turn = self.run.game.iteration
            values, measured = camera.values(), camera.measure()
            frames.append(camera.kept(turn, values, measured, networks=whole))
            rows.append(row(turn, turn, values, measured))
            if progress:
                progress(i + 1, len(self))
        if networks:
            frames[-1]["units"] = {player: [[small(unit) for unit in camera.units(player, layer)]
                                            if camera.has_maps(player, layer) else None
                                            for layer in range(len(net.widths) - 2)]
                                   for player, net in (("G", self.run.game.G), ("D", self.run.game.D))}
        run = self.run
        changed = "".join(f", {name}={value!r}" for name, value in (
            ("settings", run.recipe.settings), ("data", "your rows" * (run.name == "points")),
            ("data", "your pictures" * (type(run.data) is Images))) if value)
        lines = f"run = tg.recipes.run({run.name!r}, seed={run.seed}, iterations={run.iterations}{changed})"
        return {"scene": camera.scene(), "curves": packed(rows, bits=32), "frames": frames,
                "title": title or f"{run.name}, seed {run.seed}", "settings": settings_of(run.game),
                "python": f"import tinygan as tg\n\n{lines}\n"}


def small(unit):
    """A unit's response, at every second point; of pictures at each pixel."""
    step = 2 if max(unit.shape) >= 40 else 1
    return packed(unit[::step, ::step] if unit.ndim == 2 else unit[::step], bits=8)


def record(run):
    """The `Recording` of a `recipes.Run`: it is trained once more from its seed, to the same bits, and looked at on
    the way. `run` itself stays as it is."""
    again = type(run)(run.name, run.recipe, run.seed, run.iterations)
    recorder = Recorder(again)
    again.train(recorder)
    return Recording([recorder.recording()])


def page(recording=None):
    """The page, one HTML file: the style, the modules and the recording are in it, and nothing is fetched. Only
    what is named by its hash runs in it."""
    read = lambda name: resources.files(__package__).joinpath("page", name).read_text(encoding="utf-8")
    style = read("style.css")
    script = "\n".join(re.sub(r"^import .*\n|^export ", "", read(name), flags=re.M) for name in MODULES)
    data = json.dumps(recording, allow_nan=False).replace("<", "\\u003c")
    allowed = (f"default-src 'none'; script-src {digest(script)}; style-src {digest(style)}; img-src data: blob:; "
               f"connect-src {'self' if recording is None else 'none'!r}; base-uri 'none'; form-action 'none'")
    parts = {"allowed": allowed, "style": style, "script": script, "recording": data}
    return re.sub(r"\{\{(\w+)\}\}", lambda found: parts[found[1]], read("index.html"))


def digest(text):
    """The hash by which a Content-Security-Policy names a script or a style."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
