"""A frame: all that the page draws of one moment of a game. The page draws; every number in it comes from here.

Here: `Camera`, which looks at one game: its `scene` is what stays as long as the game is the same one, and each
`frame` what changes; and `packed`, how an array travels.

Positions are in the data's own units, probabilities from 0 to 1, V and losses in nats. Each moment has
(and those of PARTS only if they are asked for)

    generated      (n, d)        G(z) for the same n noise vectors in each frame
    networks       [W, …]        the weights of G and of D, each (fan_in, fan_out)

in the plane, on a grid of SIDE × SIDE points that covers what is shown, from the lowest row up,

    D              (SIDE, SIDE)  the probability D(x)
    D_star         (SIDE, SIDE)  D* estimated: as many real as generated examples, counted cell by cell, with half of
                                 each count shared among its neighbours; NaN where there are hardly any
    warped         (g, g, 2)     G of a grid of noise; the noise vectors are in `lattice`
    opacity        (g−1, g−1)    how dense G(z) is in each cell of it
    arrows         [(a, 2)] · 2  how far a step of η = 1 down the minimax, and down the non-saturating, loss of each
                                 of the first a generated examples would take it

on the line, at the points `x`, (w,), of the scene,

    D, D_star      (w,)          D(x) and p_data/(p_data + p_g); NaN where both densities are below 0.0005
    p_g            (w,)          the probability that G sends to the cell around x, over its width
    arrows         (a,)          G(z) for the a noise vectors `z` of the scene

and of pictures, in place of all these, only `generated`: a picture a row, each pixel from 0, paper, to 1, ink. Of
what `shape` they are, (height, width), is in the scene.
"""

import base64
import copy
import math

import numpy as np

from .. import metrics
from ..data import Images, Standardised
from ..game import OBJECTIVES, generator_gradient, generator_loss, value
from ..layers import Dropout, Linear, sigmoid
from ..recipes.settings import RECIPES

N, SIDE, ARROWS, COUNTED = 400, 40, 80, 20_000
PIXELS = 40_000                                       # of all pictures that are shown of one kind
PARTS = ("D_star", "warped", "arrows", "networks")
VALUES = ("V", "mean log D(x)", "mean log(1 - D(G(z)))", "D_real", "D_fake", "D_spread", "G_loss")


def packed(a, low=None, high=None, bits=16):
    """An array for JSON: whole numbers of 8 or 16 bits in base64, from `low` for 0 to `high` for the largest but one;
    the largest stands for NaN. With 32 bits, float32 as they are."""
    a = np.asarray(a, float)
    if bits == 32:
        return {"shape": a.shape, "bits": bits, "data": base64.b64encode(a.astype("<f4").tobytes()).decode()}
    low = float(np.nanmin(a)) if low is None else low
    high = float(np.nanmax(a)) if high is None else high
    largest = 2**bits - 1
    steps = np.rint((a.clip(low, high) - low) / ((high - low) or 1) * (largest - 1))
    codes = np.where(np.isnan(a), largest, steps).astype(f"<u{bits // 8}")
    data = base64.b64encode(codes.tobytes()).decode()
    return {"shape": a.shape, "bits": bits, "low": low, "high": high, "data": data}


def aside(net):
    """The same network, of the same weights, with a memory of its own and no dropout: asking it changes nothing."""
    other = copy.copy(net)
    other._layers = tuple(copy.copy(layer) for layer in net.layers if not isinstance(layer, Dropout))
    other.linears = [layer for layer in other._layers if isinstance(layer, Linear)]
    return other


def window(x):
    """What part of the plane to show, (low, high, equal): all but the outermost of these points x, (n, 2), and a
    margin. Where both sides are about equally long they are made equal, and a circle is round."""
    low, high = np.quantile(x, [0.002, 0.998], axis=0)
    half = 0.65 * np.maximum(high - low, 1e-9)
    equal = half.max() < 3 * half.min()
    half = half.max() if equal else half
    return (low + high) / 2 - half, (low + high) / 2 + half, equal


def fewer(pictures, n=2000):
    """The first n of those that are drawn: enough to tell the classes by, and quick."""
    some = slice(min(n, pictures.n_drawn))
    return Images(pictures.images[some], None if pictures.labels is None else pictures.labels[some], held_out=0)


def reach_of(noise):
    """Where the middle 98 % of each noise variable begin and end, and its median to a tenth: (low, median, high)."""
    low, median, high = np.quantile(noise.sample(20_000, 0), [0.01, 0.5, 0.99]).tolist()
    return low, round(median, 1) + 0.0, high                                         # −0.0 is 0


class Camera:
    """Looks at a `recipes.Run`, always at the same examples, and leaves it as it is."""

    def __init__(self, run, seed=0):
        rng = np.random.default_rng(seed)
        self.run, self.noise = run, run.game.noise
        self.real = run.real(N, rng)
        self.z = self.noise.sample(len(self.real), rng)
        pictures = isinstance(run.data, Images)
        self.kind = "pictures" if pictures else {1: "line", 2: "plane"}.get(run.data.dim, "columns")
        self.compared = fewer(run.data) if pictures else run.data             # what measures know of p_data
        n = min(run.recipe.n, 400 if pictures else 1000)
        self.to_measure = self.noise.sample(n, rng), run.real(n, rng)
        low, self.middle, high = reach_of(self.noise)
        self.noise_range = low, high
        if self.kind == "plane":
            self._look_at_the_plane()
        elif self.kind == "line":
            self._look_at_the_line()
        elif pictures:
            self.shown = min(10, max(1, math.isqrt(PIXELS // run.data.dim)))**2
        else:
            low, high = np.quantile(self.real, [0.002, 0.998], axis=0)
            self.low, self.high = low - 0.15 * (high - low), high + 0.15 * (high - low)

    def _look_at_the_plane(self):
        self.low, self.high, _ = window(self.run.real(4000, 0))
        sides = [np.linspace(self.low[j], self.high[j], SIDE) for j in (0, 1)]
        self.x = np.stack(np.meshgrid(*sides), axis=-1).reshape(-1, 2)
        self.many_z = self.noise.sample(COUNTED, 1)
        self.counted = self._shared(self.run.data.sample(COUNTED, 2))
        self.lattice = self.of_noise(17)
        middles = (self.lattice[:-1, :-1] + self.lattice[1:, 1:]) / 2
        density = getattr(self.noise, "density", lambda z: np.ones(len(z)))
        self.mass = density(middles.reshape(-1, self.noise.dim)).reshape(middles.shape[:2])      # up to a factor

    def _look_at_the_line(self):
        low, high = np.quantile(self.run.real(4000, 0), [0.002, 0.998])
        margin = 0.25 * (high - low) or 0.5
        self.low, self.high = np.array([low - margin]), np.array([high + margin])
        edges = np.linspace(self.low[0], self.high[0], 161)
        self.edges, self.x = edges, (edges[1:] + edges[:-1]) / 2
        self.exact = hasattr(self.run.data, "density") and self.noise.dim == 1
        if hasattr(self.run.data, "density"):
            self.p_data = self.run.data.density(self.x[:, None])
        else:
            self.p_data = self._histogram(self.run.real(20_000, 0))
        self.arrows_from = np.linspace(*self.noise_range, 25)
        ends = np.quantile(self.noise.sample(100_000, 0)[:, 0], [0, 1])
        self.fine = np.linspace(*ends, 2001)
        if self.noise.dim == 1 and hasattr(self.noise, "density"):
            mass = self.noise.density((self.fine[1:, None] + self.fine[:-1, None]) / 2)
            self.mass = mass / mass.sum()
        else:
            self.mass = None

    def of_noise(self, n):
        """A grid of noise vectors over the middle 98 % of z₁ and z₂, the others at their median: (n, n, dim)."""
        side = np.linspace(*self.noise_range, n)
        z = np.full((n, n, self.noise.dim), self.middle)
        z[..., 0] = side
        if self.noise.dim > 1:
            z[..., 1] = side[:, None]
        return z

    # What stays

    def scene(self):
        """What stays as long as the game is the same one."""
        run, game = self.run, self.run.game
        scene = {"name": run.name, "about": run.recipe.about, "kind": self.kind, "seed": run.seed,
                 "real": self._of_examples(self.real), "columns": list(run.columns),
                 "widths": {"G": game.G.widths, "D": game.D.widths},
                 "parameters": {"G": game.G.theta.size, "D": game.D.theta.size}, "values": VALUES,
                 "measures": list(self.floor()), "floor": self.floor(), "noise_range": self.noise_range}
        if self.kind == "pictures":
            scene["shape"] = run.data.shape
            scene["about"] = f"Your own {run.data.about}." if type(run.data) is Images else run.recipe.about
        else:
            scene["view"] = {"low": self.low.tolist(), "high": self.high.tolist()}
        if self.kind == "plane":
            scene["lattice"] = packed(self.lattice[..., :2])
            scene["modes"] = np.asarray(getattr(run.data, "means", []))[:100].tolist() if run.name in RECIPES else []
        if self.kind == "line":
            scene.update(x=packed(self.x), p_data=packed(self.p_data), z=packed(self.arrows_from), exact=self.exact)
        return scene

    def _of_examples(self, x):
        """Examples for the page: of pictures not all."""
        return packed(x[:self.shown], 0, 1, 8) if self.kind == "pictures" else packed(x)

    def floor(self):
        """{measure: its ideal, and what as many real examples score, from and to}."""
        if not hasattr(self, "_floor"):
            run, n = self.run, len(self.to_measure[0])
            measure = lambda x, y: [number for number, _ in run.recipe.measure(x, y, self.compared).values()]
            floor = metrics.floor(measure, run.data.test()[0] if self.kind == "pictures" else run.data, n, 20, 0)
            ideals = {name: ideal for name, (_, ideal) in self._measures(self.to_measure[1]).items()}
            self._floor = {name: [known(float(ideal)), known(float(low)), known(float(high))]
                           for (name, ideal), low, high in zip(ideals.items(), floor.low, floor.high)}
        return self._floor

    def _measures(self, generated):
        return self.run.recipe.measure(generated, self.to_measure[1], self.compared)

    # What changes

    def values(self):
        """VALUES of the examples that are shown."""
        run = self.run
        a_real, a_fake = run.logits(self.real), run.logits(run.generate(self.z))
        D = sigmoid(np.concatenate([a_real, a_fake]))
        log_D, log_not_D = value(a_real, [-np.inf]), value([np.inf], a_fake)
        return (log_D + log_not_D, log_D, log_not_D, float(D[:len(a_real)].mean()), float(D[len(a_real):].mean()),
                float(D.std()), generator_loss(a_fake, run.game.objective))

    def measure(self):
        """{measure: its value now}, of up to 1000 examples."""
        return {name: known(float(number))
                for name, (number, _) in self._measures(self.run.generate(self.to_measure[0])).items()}

    def frame(self, parts=PARTS):
        """What the page draws of this moment."""
        game = self.run.game
        generated = self.run.generate(self.z)
        frame = {"iteration": game.iteration, "generated": self._of_examples(generated)}
        if self.kind == "plane":
            frame.update(self._of_the_plane(parts))
        elif self.kind == "line":
            frame.update(self._of_the_line())
        if "networks" in parts:
            frame["networks"] = {name: [packed(weights(*each), bits=8) for each in zip(net.linears, net.widths[1:])]
                                 for name, net in (("G", game.G), ("D", game.D))}
        return frame

    def kept(self, turn, values, measured, networks):
        """This moment as a recording keeps it, with its `values` and its `measure` in words; the weights not always."""
        iteration = self.run.game.iteration
        return {"turn": turn, "says": says(iteration, values, measured, iteration),
                **self.frame(PARTS if networks else PARTS[:-1])}

    def _of_the_plane(self, parts):
        D = sigmoid(self.run.logits(self.x)).reshape(SIDE, SIDE)
        frame = {"D": packed(D, 0, 1)}
        if "D_star" in parts:
            both = self.counted + self._shared(self.run.generate(self.many_z))
            frame["D_star"] = packed(np.where(both > 1, self.counted / np.maximum(both, 1), np.nan), 0, 1, 8)
        if "warped" in parts:
            frame.update(self._warped())
        if "arrows" in parts:
            frame["arrows"] = [packed(arrows) for arrows in self._pushed()]
        return frame

    def _warped(self):
        """G of the grid of noise, and how dense G(z) is in each of its cells."""
        g = self.lattice.shape[:2]
        warped = self.run.generate(self.lattice.reshape(-1, self.noise.dim)).reshape(*g, 2)
        across, along = warped[1:, 1:] - warped[:-1, :-1], warped[1:, :-1] - warped[:-1, 1:]       # the two diagonals
        area = np.abs(across[..., 0] * along[..., 1] - across[..., 1] * along[..., 0]) / 2
        density = np.sqrt(self.mass / np.maximum(area, 1e-9 * np.prod(self.high - self.low)))
        opacity = density / max(np.quantile(density, 0.9), 1e-300)
        return {"warped": packed(warped), "opacity": packed(opacity, 0, 1, 8)}

    def _count(self, x):
        """How many of x are in each cell of the grid, (SIDE, SIDE)."""
        half = (self.high - self.low) / (SIDE - 1) / 2
        edges = [np.linspace(self.low[j] - half[j], self.high[j] + half[j], SIDE + 1) for j in (0, 1)]
        return np.histogram2d(x[:, 1], x[:, 0], (edges[1], edges[0]))[0]

    def _shared(self, x):
        """The same, smoothed: of each count a half, in each direction, goes to the two neighbours."""
        counts = np.pad(self._count(x), 1)
        counts = counts[1:-1] / 2 + (counts[2:] + counts[:-2]) / 4
        return counts[:, 1:-1] / 2 + (counts[:, 2:] + counts[:, :-2]) / 4

    def _pushed(self):
        """How far a step of η = 1 down each objective's loss takes the first generated examples, two of (a, 2).

        G's loss is a mean of m terms, so m ∂L/∂x is the gradient of each term by its own x; the way there leads
        through D's logit. The step is one in the networks' own units."""
        game = self.run.game
        D, x = aside(game.D), game.G(self.z[:ARROWS].astype(game.G.dtype))
        a = D.forward(x)
        steps = [-len(x) * D.backward(generator_gradient(a, objective), weights=False) for objective in OBJECTIVES]
        if type(game.data) is Standardised:           # to more digits than the difference of two places has
            return [step.astype(float) * game.data.std for step in steps]
        return [self.run.restored(x + step) - self.run.restored(x) for step in steps]

    def _of_the_line(self):
        run = self.run
        D = sigmoid(run.logits(self.x[:, None]))[:, 0]
        if self.mass is None:
            p_g = self._histogram(run.generate(self.noise.sample(20_000, 0)))
        else:                                # each short stretch of z keeps its probability, and lands between two x
            ends = run.generate(self.fine[:, None])[:, 0]
            low, high = np.minimum(ends[1:], ends[:-1]), np.maximum(ends[1:], ends[:-1])
            below = ((self.edges[:, None] - low) / np.maximum(high - low, 1e-12)).clip(0, 1)
            p_g = np.diff(below @ self.mass) / np.diff(self.edges)
        both = self.p_data + p_g
        D_star = np.where(both > 0.001, self.p_data / np.maximum(both, 1e-300), np.nan)
        z = np.full((len(self.arrows_from), self.noise.dim), self.middle)
        z[:, 0] = self.arrows_from
        return {"D": packed(D, 0, 1), "D_star": packed(D_star, 0, 1), "p_g": packed(p_g, 0), "arrows":
                packed(run.generate(z)[:, 0])}

    def _histogram(self, x):
        """A density over the cells, counted in four of them together."""
        counts = np.histogram(x, self.edges[::4])[0]
        return np.repeat(counts / len(x) / np.diff(self.edges[::4]), 4)

    def has_maps(self, player, layer):
        """Whether `units` can show this layer's."""
        return self.kind in ("plane", "line") or self.kind == "pictures" and (player, layer) == ("D", 0)

    def units(self, player, layer):
        """How the units of a hidden layer respond, [map, …]: of D over the data space, of G over the grid of noise;
        a map is (SIDE, SIDE), from the lowest row up, or on the line (w,). Of pictures the weights of D's first
        layer, (height, width), also from the lowest row up; of a maxout unit those of its longest piece."""
        net = {"G": self.run.game.G, "D": self.run.game.D}[player]
        if self.kind == "pictures":
            W = net.linears[0].W.reshape(net.widths[0], net.widths[1], -1)              # (dim, width, pieces)
            longest = (W**2).sum(axis=0).argmax(axis=1)
            return [W[:, j, p].reshape(self.run.data.shape)[::-1] for j, p in enumerate(longest)]
        if player == "G":
            x = self.of_noise(SIDE).reshape(-1, self.noise.dim)
        else:
            x = self.run.seen(self.x.reshape(len(self.x), -1))
        x = np.asarray(x, net.dtype)
        hidden = 0
        for one in net.layers:
            if one in net.linears:
                if hidden > layer:
                    break
                hidden += 1
            x = one(x)
        return [unit.reshape(SIDE, SIDE) if len(unit) == SIDE**2 else unit for unit in x.T]


def weights(linear, width):
    """A layer's weights, (fan_in, width): of a maxout unit's pieces the largest, whatever its sign."""
    W = linear.W.reshape(len(linear.W), width, -1)
    return np.take_along_axis(W, np.abs(W).argmax(axis=2)[:, :, None], axis=2)[:, :, 0]


def known(number):
    """The number, or None where there is none: JSON has no NaN."""
    return number if np.isfinite(number) else None


def row(turn, measured_at, values, measured):
    """A row of the curves: the turn, the turn that the measures are of, `values` and `measure` of a Camera."""
    return turn, measured_at, *values, *(np.nan if value is None else value for value in measured.values())


def says(iteration, values, measured, measured_at):
    """A picture in words: from a Camera's `values` now, and its `measure` at iteration `measured_at`."""
    V, _, _, D_real, D_fake, spread, _ = values
    measures = "; ".join(f"{name}: {value:.3g}" for name, value in measured.items() if value is not None)
    return (f"Iteration {iteration:,}. V is {V:.3f} nats, and −log 4 is −1.386. D says {D_real:.2f} to real and "
            f"{D_fake:.2f} to generated examples, with a spread of {spread:.2f}. "
            f"{'' if measured_at == iteration else f'At iteration {measured_at:,}: '}{measures}.").replace("-", "−")


def told(line, game):
    """What a line of Algorithm 1 computed, in words: shapes, V or the loss in nats, lengths of ∇ and of the step."""
    done = line.values
    if line.number in (3, 7):
        return f"z: {done['z'].shape}"
    if line.number == 4:
        return f"x: {done['x'].shape}"
    if line.number == 5:
        log_D, log_not_D = value(done["a_real"], [-np.inf]), value([np.inf], done["a_fake"])
        return (f"V = {log_D:.3f} + {log_not_D:.3f} = {log_D + log_not_D:.3f} nats; "
                f"|∇| = {length(game.D.grad)}, |step| = {length(game.velocity_D)}").replace("-", "−")
    return (f"{generator_loss(done['a_fake'], game.objective):.3f} nats; "
            f"|∇| = {length(game.G.grad)}, |step| = {length(game.velocity_G)}").replace("-", "−")


def length(vector):
    """|v|, to three digits."""
    return f"{np.linalg.norm(vector):.3g}"
