"""A plan says how a game begins: a recipe, your own rows or a drawing, and what is changed of it.

Here: `Plan`, which makes the run, and the Python lines that make the same one; `Network`; and `of_text`, settings
as they are typed.
"""

import copy
from functools import partial
from typing import NamedTuple

import numpy as np

from .. import _check, data as distributions, recipes
from ..mlp import MLP
from ..recipes import scores
from ..recipes.settings import Recipe
from ..training import SETTINGS, Algorithm1


class Network(NamedTuple):
    """The hidden layers of a network: widths, and the function after each."""

    widths: tuple
    hidden: str


class Plan(NamedTuple):
    """recipe : a recipe's name; "points", with `data`, a file of your own rows or a Table; or "drawing", with `data`,
    the `means`, `std` and `weights` of a mixture of Gaussians. iterations : None for the recipe's own number.
    settings : of the game, where they differ from the recipe's. G, D : other hidden layers, or None. noise : another
    p_z, ("Normal" or "Uniform", dim), or None. file : the name of the file of your own rows."""

    recipe: str = "ring"
    seed: int = 0
    iterations: int = None
    settings: dict = {}
    data: object = None
    G: Network = None
    D: Network = None
    noise: tuple = None
    file: str = None

    @property
    def changed(self):
        """Whether the networks are no longer the recipe's own."""
        return self.recipe == "drawing" or any(each is not None for each in (self.G, self.D, self.noise))

    def run(self):
        """The run, not yet trained; a ValueError or TypeError where that can't be."""
        if self.recipe == "drawing":
            own = Recipe(partial(drawing, self.data), 10_000, 2000, scores.shape)
        else:
            own = recipes.start(self.recipe, self.seed, self.iterations, data=self.data).recipe
        if self.changed:
            before = own.start(np.random.default_rng(self.seed), self.iterations or own.iterations)
            own = own._replace(build=partial(self._rebuilt, before), title=own.about)
        return recipes.Run(self.recipe, own.changed(self.settings), _check.integer("seed", self.seed, least=0),
                           self.iterations)

    def _rebuilt(self, was, rng, iterations):
        """The same game with these networks and this noise; a network that was not asked for stays what it was."""
        noise = was.noise if self.noise is None else of_noise(*self.noise)
        networks = []
        for asked, net, fan_in in ((self.G, was.G, noise.dim), (self.D, was.D, was.data.dim)):
            widths, options = options_of(asked, net, fan_in)
            networks.append(copy.deepcopy(net) if self._keeps(asked, net, fan_in) else MLP(widths, **options, rng=rng))
        settings = {name: getattr(was, name) for name in SETTINGS}
        return Algorithm1(*networks, was.data, noise, **settings, rng=rng)

    def _keeps(self, asked, net, fan_in):
        """Whether a network is still the recipe's own."""
        return asked is None and fan_in == net.widths[0] and self.recipe != "drawing"

    def python(self, run, log=()):
        """Lines of Python that make this very game, and then do what is in the log, (what, …) each."""
        given = {"iterations": self.iterations, "settings": self.settings, "data": self.file}
        named = [f"{name}={value!r}" for name, value in given.items() if value]
        lines = ["import numpy as np, tinygan as tg", ""]
        start = f"tg.recipes.start({self.recipe!r}, seed={self.seed}{''.join(', ' + each for each in named)}).game"
        if not self.changed:
            lines.append(f"game = {start}")
        else:
            lines += self._in_full(run.game, run.recipe.start(np.random.default_rng(0), run.iterations))
        for what, *values in log:
            lines += LOGGED[what](*values)
        return "\n".join(lines) + "\n"

    def _in_full(self, game, begun):
        """The lines that make a game with other networks."""
        if self.recipe == "drawing":
            means, std, weights = self.data["means"], self.data["std"], self.data["weights"]
            std, weights = (f"{values[0]}" if len(set(values)) == 1 else f"{values}" for values in (std, weights))
            lines = [f"weights = np.full({len(means)}, {weights})" if weights[0] != "[" else
                     f"weights = np.array({weights})",
                     f"mixture = tg.data.GaussianMixture({means}, {std}, weights / weights.sum())"]
            data = f"tg.data.Standardised(mixture, mean={game.data.mean.tolist()}, std={game.data.std[0].item()})"
        else:
            own = self._replace(settings={}, iterations=None, G=None, D=None, noise=None)
            lines, data = [own.python(None).splitlines()[-1].replace("game = ", "was = ")], "was.data"
            was = own.run().game
        lines += [f"data = {data}", f"rng = np.random.default_rng({self.seed})"]
        for name, asked, net, fan_in in (("G", self.G, game.G, game.noise.dim), ("D", self.D, game.D, game.data.dim)):
            if self.recipe != "drawing" and self._keeps(asked, getattr(was, name), fan_in):
                lines.append(f"{name} = was.{name}")
                continue
            widths, options = options_of(asked, net, fan_in)
            options = {**options, "dtype": f"np.{net.dtype}"}
            listed = ", ".join(f"{key}={value if key == 'dtype' else repr(value)}" for key, value in options.items())
            lines.append(f"{name} = tg.MLP({widths}, {listed}, rng=rng)")
        settings = ", ".join(f"{name}={getattr(begun, name)!r}" for name in SETTINGS)
        return [*lines, f"game = tg.Algorithm1(G, D, data, tg.data.{game.noise!r},", f"    {settings}, rng=rng)"]


def options_of(asked, net, fan_in):
    """What MLP is called with for a network like `net`, with other hidden layers where they were asked for."""
    widths, hidden = asked or (net.widths[1:-1], net.hidden)
    options = {"hidden": hidden, "bias_spread": 1, "dtype": net.dtype}
    for name, usual in (("output", "identity"), ("dropout", 0.0), ("input_dropout", 0.0), ("pieces", 5)):
        if getattr(net, name) != usual:
            options[name] = getattr(net, name)
    return [fan_in, *widths, net.widths[-1]], options


def alone(player, turns):
    """A player's turns without the other."""
    drawn = "z, x = game.sample(game.noise), game.sample(game.data)" if player == "D" else "z = game.sample(game.noise)"
    return [f"for _ in range({turns}):", f"    {drawn}",
            f"    game.gradient_{player}({'x, z' if player == 'D' else 'z'})", f"    game.update_{player}()"]


LOGGED = {"both": lambda turns: [f"game.train({turns})"], "set": lambda name, value: [f"game.{name} = {value!r}"],
          "D": lambda turns: alone("D", turns), "G": lambda turns: alone("G", turns)}


def drawing(drawn, rng, iterations):
    """Your own drawing: a mixture of Gaussians, one for each touch of the brush."""
    weights = np.array(drawn["weights"])                      # drawn : {"means", "std", "weights"}
    mixture = distributions.GaussianMixture(drawn["means"], drawn["std"], weights / weights.sum())
    G = MLP([4, 64, 64, 2], hidden="relu", bias_spread=1, dtype=np.float32, rng=rng)
    D = MLP([2, 64, 64, 1], hidden="leaky_relu", bias_spread=1, dtype=np.float32, rng=rng)
    return Algorithm1(G, D, standardised(mixture), distributions.Normal(4), m=128, lr_d=0.1, lr_g=0.02,
                      momentum=0.5, max_norm=(0.5, 2.0), schedule=0.5, iterations=iterations, rng=rng)


def standardised(mixture):
    """Its own mean, and half its standard deviation as the unit, both to three digits."""
    three_digits = lambda x: float(f"{x:.3g}")
    mean = mixture.weights @ mixture.means
    variance = mixture.weights @ (np.square(mixture.std) + ((mixture.means - mean)**2).mean(axis=1))
    return distributions.Standardised(mixture, [three_digits(x) for x in mean], three_digits(np.sqrt(variance) / 2))


def of_noise(kind, dim):
    """p_z by name: "Normal" or "Uniform", of `dim` dimensions."""
    _check.choice("noise", kind, ("Normal", "Uniform"))
    return getattr(distributions, kind)(dim)


def of_text(text):
    """A setting as it is typed: none, a number, two numbers with a comma between them, or a name."""
    if not isinstance(text, str):
        raise TypeError(f"a setting must be given as text, not {_check.shown(text)}")
    values = [number(part.strip()) for part in text.strip(" ()[]").split(",")]
    if any(isinstance(value, str) for value in values):
        return {"none": None, "": None}.get(text.strip().lower(), text.strip())
    return values[0] if len(values) == 1 else tuple(values)


def number(text):
    """A whole number, or another one, or else the text itself."""
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            pass
    return text


def settings_of(game):
    """{name: a setting as it would be typed}."""
    return {name: as_text(getattr(game, name)) for name in SETTINGS}


def as_text(value):
    """A setting as it would be typed."""
    return "none" if value is None else ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
