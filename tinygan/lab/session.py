"""A session: one game that is played, looked at, changed and wound back. It knows of no server and no page.

Here: `Session`. `do(command)` is all that can be asked of it, each command a dict with its name under "do";
`play(seconds)` goes on playing; `state()` is what the page shows.
"""

import base64
import inspect
import tempfile
import time
from pathlib import Path

import numpy as np

from .. import _check, recipes
from .._machine import one_thread
from ..algorithm1 import Line
from ..recipes import points
from ..training import SETTINGS, DivergenceError
from .frames import PARTS, Camera, packed, row, says, told
from .moments import Moment, Timeline
from .plans import Network, Plan, of_noise, of_text, settings_of
from .recordings import Recording

MOMENTS, ROWS, BYTES = 200, 300, 2**26                # kept at most
MOST = {"k": 100, "m": 4096, "iterations": 10**9}      # of settings, so that an iteration ends soon
MEASURING = 0.02                                      # the share of the time that goes into measures
SLOW = 1.5                                            # seconds for a line in slow motion
QUIET = {"over": "ignore", "invalid": "ignore"}        # divergence is looked for and reported elsewhere


class Session:
    """One game in the lab, from a `Plan`."""

    def __init__(self, plan):
        self.scene, self.looks = 0, {}
        self.speed, self.players = None, "both"
        self._begin(plan)

    def _begin(self, plan):
        """Start anew with this plan; if that can't be, the old game stays."""
        run = plan.run()
        camera = Camera(run)
        self.plan, self.run, self.game, self.camera = plan, run, run.game, camera
        self.scene += 1
        self.playing, self.pending, self.line, self.said, self.slow = False, None, None, {}, False
        self.turn, self.log, self.message, self.wound_back = 0, [], "", False
        size = 2 * (self.game.G.theta.nbytes + self.game.D.theta.nbytes)
        self.timeline = Timeline(min(MOMENTS, max(20, BYTES // size)), ROWS)
        self.measured, self.measured_at, self.measure_again, self.next_turn = {}, (0, 0), 0.0, 0.0
        self.wanted_unit = None
        self._keep()

    # Playing

    def play(self, seconds, interrupted=lambda: False):
        """Play for so many seconds, at the speed that is set. Returns how long to wait for the next turn, 0 for none,
        or None if the game is not being played."""
        if not self.playing:
            return None
        start = now = time.monotonic()
        self.next_turn = max(self.next_turn, now - seconds)
        try:
            with np.errstate(**QUIET):
                while self.playing and now - start < seconds and now >= self.next_turn and not interrupted():
                    now = self._play_one()
        except DivergenceError as error:
            self._diverged(error)
        if self.pending is None and not self.wound_back:
            self._keep()
        return max(0.0, self.next_turn - now) if self.playing else None

    def _play_one(self):
        """One turn, or in slow motion one line; returns when it was done."""
        self.slow = self.speed == "lines"
        if self.slow:
            self._one_line()
        else:
            self._one_turn()
            self.playing = not self._at_its_end()
        now = time.monotonic()
        if self.speed is None:
            self.next_turn = now
        else:
            self.next_turn += SLOW if self.slow else 1 / self.speed
        return now

    def _at_its_end(self):
        """Whether the schedule has come to its end, and both rates to 0."""
        game = self.game
        at_end = game.schedule != "constant" and game.iteration >= game.iterations and self.players == "both"
        if at_end:
            self.message = f"Iteration {game.iteration:,}: the schedule ends, and both rates are 0. " \
                           f"To train on, set iterations to more, or schedule to constant."
        return at_end

    def _one_turn(self):
        """All lines of a turn, or those that are left of it."""
        while self._one_line():
            pass

    def _one_line(self):
        """One line of Algorithm 1; returns whether the turn goes on."""
        if self.pending is None:
            if self.wound_back:
                self.timeline.part(self.turn)
                self.wound_back = False
            self.pending, self.said = self._lines(), {}
        try:
            line = next(self.pending)
        except Exception:                             # in the middle of an iteration: back to where all is whole
            self._go(len(self.timeline.moments) - 1)
            raise
        self.line = line
        self.said[line.number] = line
        if line.number != 8 and not (line.number == 5 and self.players == "D"):
            return True
        self.pending = None
        self.turn += 1
        if self.log and self.log[-1][0] == self.players:
            self.log[-1] = (self.players, self.log[-1][1] + 1)
        else:
            self.log.append((self.players, 1))
        return False

    def _lines(self):
        """The lines of one turn: of both players, or of one alone."""
        game = self.game
        if self.players == "both":
            yield from game.lines()
            return
        game.check()
        z = game.sample(game.noise)
        yield Line(3 if self.players == "D" else 7, {"z": z})
        if self.players == "D":
            x = game.sample(game.data)
            yield Line(4, {"x": x})
            computed = game.gradient_D(x, z)
            game.update_D()
            yield Line(5, computed)
        else:
            computed = game.gradient_G(z)
            game.update_G()
            yield Line(8, computed)

    def _diverged(self, error):
        self.message = f"{error} The game is back at iteration {self.game.iteration:,}."

    # The recording

    def _keep(self):
        """Keep this moment and its row of the curves; measure, unless that was done a moment ago."""
        kept = self.timeline.moments
        if kept and kept[-1][0] == self.turn:
            return
        self.values = self.camera.values()
        if time.monotonic() >= self.measure_again or not self.playing:
            self._measure()
        self.timeline.add(self.turn, (Moment.of(self.game), tuple(self.log)), self._row())

    def _row(self):
        return row(self.turn, self.measured_at[0], self.values, self.measured)

    def _measure(self):
        """Measure this moment. That takes long, so not every moment is measured while the game plays."""
        start = time.monotonic()
        self.measured, self.measured_at = self.camera.measure(), (self.turn, self.game.iteration)
        self.measure_again = start + (time.monotonic() - start) / MEASURING

    def recording(self):
        """The `Recording` of all moments that are kept."""
        here = Moment.of(self.game)
        frames, kept = [], self.timeline.moments
        for i, (turn, (moment, _)) in enumerate([*kept[:-1:2], kept[-1]]):
            moment.put_back(self.game)
            frames.append(self.camera.kept(turn, self.camera.values(), self.camera.measure(), networks=i % 8 == 0))
        here.put_back(self.game)
        return Recording([{"scene": self.camera.scene(), "curves": self._curves(self.timeline.rows),
                           "frames": frames, "title": f"{self.run.name}, seed {self.run.seed}",
                           "settings": settings_of(self.game), "python": self.plan.python(self.run, self.log)}])

    # What is shown

    def state(self):
        """What the page shows now, as JSON can hold it."""
        game = self.game
        frame = self.camera.frame(set().union(*self.looks.values()))
        if self.pending is not None:
            self.values = self.camera.values()
        if self.wanted_unit:
            player, layer, unit = self.wanted_unit
            shown = self.camera.has_maps(player, layer)
            frame["unit"] = {"net": player, "layer": layer, "unit": unit,
                             "map": packed(self.camera.units(player, layer)[unit]) if shown else None}
        frame["batch"] = {name: packed(x) for name, x in self._batch().items()}
        return {"scene": self.scene, "frame": frame, "turn": self.turn, "iteration": game.iteration,
                "lines": {number: told(line, game) for number, line in self.said.items()},
                "line": self.line.number if self.slow and self.line else None,
                "playing": self.playing, "players": self.players, "speed": self.speed, "message": self.message,
                "settings": settings_of(game),
                "moments": [turn for turn, _ in self.timeline.moments], "curves": self._curves(self.timeline.rows),
                "branch": self._curves(self.timeline.branch), "other": self.timeline.other is not None,
                "says": says(game.iteration, self.values, self.measured, self.measured_at[1])}

    def _curves(self, rows):
        return packed([row for _, row in rows], bits=32) if rows else None

    def _batch(self):
        """In slow motion, in the plane and on the line: the minibatch of the line that has just been done, in the
        data's units; x, and x_fake, G(z) for its z."""
        if not self.slow or self.line is None or self.camera.kind not in ("plane", "line"):
            return {}
        done = dict(self.line.values)
        if "z" in done:
            done["x_fake"] = self.game.G(done["z"])
        if self.line.number == 5:
            done["x"] = self.said[4].values["x"]
        return {name: self.run.restored(done[name]) for name in ("x", "x_fake") if name in done}

    def about(self):
        """What stays as long as the game is the same one: the camera's scene, and what there is to choose from."""
        game, noise = self.game, self.game.noise
        return {**self.camera.scene(), "scene": self.scene, "recipes": recipes.names(),
                "restart": {"recipe": self.plan.recipe, "seed": str(self.plan.seed),
                            "noise": type(noise).__name__, "noise_dim": str(noise.dim),
                            **{f"{name}_{part}": text for name, net in (("G", game.G), ("D", game.D))
                               for part, text in (("widths", ", ".join(map(str, net.widths[1:-1]))),
                                                  ("hidden", str(net.hidden)))}}}

    # What can be asked

    def do(self, command):
        """Carry out a command, and return its answer, a dict; {"error": a sentence} where that can't be, and then
        nothing has changed."""
        try:
            name = command.get("do")
            _check.choice("command", name, COMMANDS)
            wanted = inspect.signature(getattr(Session, COMMANDS[name])).parameters
            given = {key: value for key, value in command.items() if key != "do"}
            if not set(given) <= set(wanted) - {"self"}:
                raise ValueError(f"{name} takes {', '.join(list(wanted)[1:]) or 'nothing'}, not {', '.join(given)}")
            if name not in ("look", "point", "about", "python"):
                self.message = ""
            with one_thread, np.errstate(**QUIET):
                return getattr(self, COMMANDS[name])(**given) or {}
        except (ValueError, TypeError, KeyError, OSError) as error:
            return {"error": str(error) or type(error).__name__}
        except DivergenceError as error:
            self._diverged(error)
            return {"error": self.message}

    def play_on(self):
        """Play, from here on."""
        self.next_turn = time.monotonic()
        self.playing = not self._at_its_end()

    def pause(self):
        """Stop after this turn, and measure where it stands."""
        self.playing = False
        if self.pending is None and self.measured_at[0] != self.turn:
            self._measure()
            if self.timeline.rows[-1][0] == self.turn:
                self.timeline.rows[-1] = (self.turn, self._row())

    def step(self, players="both", turns=1):
        """Finish a turn that has begun, or make so many of both players or of one alone."""
        _check.choice("players", players, ("both", "D", "G"))
        turns = _check.integer("turns", turns, least=1, most=10_000)
        self.playing = self.slow = False
        if self.pending is not None:
            self._one_turn()
            turns -= self.players == players
        before, self.players = self.players, players
        try:
            for _ in range(turns):
                self._one_turn()
        finally:
            self.players = before
        self._keep()

    def one_line(self):
        """Slow motion: one line of Algorithm 1."""
        self.playing, self.slow = False, True
        if not self._one_line():
            self._keep()

    def set_pace(self, speed=None, players=None):
        """Turns a second: a number, None for as many as can be, or "lines"; and who plays."""
        if speed is not None and speed != "lines":
            speed = _check.number("speed", speed, "None, lines or a number from 0.1 to 10000",
                                  lambda v: 0.1 <= v <= 1e4)
        if players not in (None, self.players):
            _check.choice("players", players, ("both", "D", "G"))
            self._finish_the_turn()
            self.players = players
        self.speed, self.next_turn = speed, time.monotonic()

    def set(self, name, value):
        """Another value of a setting, as it is typed."""
        _check.choice("setting", name, SETTINGS)
        game, before, value = self.game, getattr(self.game, name), of_text(value)
        if name in MOST:
            value = _check.integer(name, value, least=1, most=MOST[name])
        try:
            setattr(game, name, value)
            game.check()
            value = getattr(game, name)
        finally:                                      # first what has begun is finished as it began
            setattr(game, name, before)
        self._finish_the_turn()
        if value != before:
            setattr(game, name, value)
            self.log.append(("set", name, value))
            if not self.wound_back:                   # so that the slider's end is as it is now
                self.timeline.moments[-1] = (self.turn, (Moment.of(game), tuple(self.log)))

    def _finish_the_turn(self):
        if self.pending is not None:
            self._one_turn()
            self._keep()

    def reset(self):
        """From the start again, with the present settings: the same networks, the same noise, the same bits."""
        self._begin(self._as_set(self.plan))

    def _as_set(self, plan):
        """The plan, with all present settings."""
        game, begun = self.game, self.plan._replace(settings={}, iterations=None).run().game
        changed = {name: getattr(game, name) for name in SETTINGS if getattr(game, name) != getattr(begun, name)}
        return plan._replace(iterations=changed.pop("iterations", None), settings=changed)

    def start(self, recipe=None, seed="0", noise=None, noise_dim=None, G_widths=None, G_hidden=None, D_widths=None,
              D_hidden=None):
        """Another game, by what is typed; what is left out is the recipe's own."""
        seed = _check.integer("seed", of_text(str(seed)), least=0)
        same = recipe in (None, self.plan.recipe)
        plan = self._as_set(Plan(self.plan.recipe, seed, data=self.plan.data, file=self.plan.file)) if same else Plan(
            recipe, seed)
        game = plan.run().game
        if noise is not None and (noise, str(noise_dim)) != (type(game.noise).__name__, str(game.noise.dim)):
            dim = _check.integer("noise dimension", of_text(str(noise_dim)), least=1, most=100)
            of_noise(noise, dim)
            plan = plan._replace(noise=(noise, dim))
        for name, widths, hidden in (("G", G_widths, G_hidden), ("D", D_widths, D_hidden)):
            net = getattr(game, name)
            if widths is not None and (widths, hidden) != (", ".join(map(str, net.widths[1:-1])), str(net.hidden)):
                value = of_text(widths)
                value = () if value is None else value if isinstance(value, tuple) else (value,)
                value = [_check.integer(f"a width of {name}", each, least=1, most=256) for each in value]
                if len(value) > 6:
                    raise ValueError(f"{name} can have six hidden layers here, not {len(value)}")
                plan = plan._replace(**{name: Network(tuple(value), hidden)})
        self._begin(plan)

    def draw(self, means, std, weights, seed=0):
        """Learn a mixture of Gaussians that was drawn: (n, 2) means, n standard deviations, n weights."""
        if not isinstance(means, list) or not 1 <= len(means) <= 2000:
            raise ValueError("a drawing needs from 1 to 2000 touches of the brush")
        for name, value in (("std", std), ("weights", weights)):
            value = _check.finite_array(name, value)
            if value.shape != (len(means),) or not ((1e-3 <= value) & (value <= 1000)).all():
                raise ValueError(f"{name} must be {len(means)} numbers from 0.001 to 1000, one for each of the means")
        self._begin(Plan("drawing", seed, data={"means": means, "std": std, "weights": weights}))

    def learn_file(self, name, content):
        """Learn the rows of a file: its name, and what is in it, in base64."""
        name = Path(str(name)).name
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "rows").with_suffix(Path(name).suffix)
            path.write_bytes(base64.b64decode(content, validate=True))
            try:
                table = points.read(path)
            except ValueError as error:
                raise ValueError(str(error).replace(str(path), name)) from None
        self._begin(Plan("points", data=table, file=name))

    def go(self, turn):
        """Back, or forward, to the last of the moments that are kept up to this turn."""
        moments = self.timeline.moments
        turn = _check.integer("turn", turn, least=0, most=moments[-1][0])
        self._go(sum(kept <= turn for kept, _ in moments) - 1)

    def _go(self, moment):
        self.turn, (state, log) = self.timeline.moments[moment]
        state.put_back(self.game)
        self.playing, self.pending, self.line, self.said, self.log = False, None, None, {}, list(log)
        self.slow = False
        self.wound_back = moment < len(self.timeline.moments) - 1
        self.values = self.camera.values()
        self._measure()

    def swap(self):
        """Change to the branch that was left, and back."""
        if self.timeline.other is None:
            raise ValueError("there is no other branch: go back, change something and play on")
        self.timeline.swap()
        self._go(len(self.timeline.moments) - 1)

    def look(self, parts, page=0):
        """Which PARTS of a frame a page shows, from now on; of other pages the last three are remembered."""
        page, parts = str(page), {_check.choice("part", part, PARTS) for part in parts}
        self.looks.pop(page, None)
        self.looks = {**dict([*self.looks.items()][-3:]), page: parts}

    def point(self, net=None, layer=0, unit=0):
        """Show how a hidden unit responds, from now on; or none."""
        if net is None:
            self.wanted_unit = None
            return
        network = {"G": self.game.G, "D": self.game.D}[_check.choice("net", net, ("G", "D"))]
        layer = _check.integer("layer", layer, least=0, most=len(network.widths) - 3)
        self.wanted_unit = net, layer, _check.integer("unit", unit, least=0, most=network.widths[layer + 1] - 1)

    def python(self):
        """The lines that make this very game."""
        self._finish_the_turn()
        return {"python": self.plan.python(self.run, self.log)}

    def record(self):
        """The recording as a page in one file."""
        self._finish_the_turn()
        return {"name": f"tinygan-{self.run.name}.html", "html": self.recording().html()}


# {what the page calls it: the method}
COMMANDS = {"play": "play_on", "pause": "pause", "step": "step", "line": "one_line", "pace": "set_pace", "set": "set",
            "reset": "reset", "start": "start", "draw": "draw", "file": "learn_file", "go": "go", "swap": "swap",
            "point": "point", "look": "look", "python": "python", "record": "record", "about": "about"}
