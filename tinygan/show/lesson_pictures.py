"""The two pictures of docs/line-by-line.md: a network with its numbers, and each activation with its slope.

Here: a function for each of these two of `tinygan.show.PICTURES`.
"""

import numpy as np

from ..game import value_gradient
from ..layers import LeakyReLU, Linear, ReLU, Sigmoid, Tanh, sigmoid
from ..mlp import MLP
from .style import GENERATED, GREEN, GUIDE, REAL
from .theory_pictures import picture

X = np.array([[1.0, 1.0], [0.0, 1.0]])                        # a real example, and what G makes of z = 1
NAMES = "the real example: $x$", "the generated one: $x_\\mathrm{fake} = G(z)$"


def small_discriminator():
    """The D of the page: u = x W₁, h = max(u, 0), a = h W₂ − 1."""
    D = MLP([2, 2, 1], hidden="relu")
    D.theta = [1, 2, 1, -1, 0, 0, 1, -1, -1]                  # W₁ row by row, b₁, W₂, b₂
    return D


def passes(D, x):
    """{symbol: (value, ∂V/∂value)} for x, u, h and a, with one row for each example."""
    values, slopes = [x], []
    for layer in D.layers:
        values.append(layer.forward(values[-1]))
    slopes.append(np.concatenate(value_gradient(*np.split(values[-1], 2))))
    for layer in reversed(D.layers):
        slopes.append(layer.backward(slopes[-1]))
    return dict(zip("xuha", zip(values, reversed(slopes))))


@picture("Forward, each number comes from the left; backward, from the right: how fast $V$ grows with it")
def two_layers(figure):
    """Forward, each number comes from the left; backward, from the right: how fast V grows with it."""
    D = small_discriminator()
    first, last = (layer.W for layer in D.layers if isinstance(layer, Linear))
    numbers = passes(D, X)
    *rows, key = figure.subplots(3, height_ratios=[1, 1, 0.12])
    for ax in (*rows, key):
        ax.set(xlim=(-0.3, 4), ylim=(-0.55, 1.35))
        ax.axis("off")
    for i, (ax, name, colour) in enumerate(zip(rows, NAMES, (REAL, GENERATED))):
        ax.set_title(name, color=colour)
        arrows(ax, 0, first)
        arrows(ax, 1, np.eye(2), words="ReLU")
        arrows(ax, 2, last)
        for column, (symbol, (forward, backward)) in enumerate(numbers.items()):
            nodes(ax, column, symbol, forward[i], backward[i], colour)
        a = numbers["a"][0][i, 0]
        ax.annotate(f"bias {plain(D.linears[-1].b[0])}", (2.45, 0.5), ha="center", va="center", color=GUIDE)
        ax.text(3.3, 0.5, f"$D = \\sigma(a)$ = {plain(sigmoid(a))}", va="center")
    for at, words, colour in ((-0.08, "in a circle: the value", "black"), (2.2, "on an arrow: the weight", GUIDE),
                              (0.8, "below: how fast $V$ grows with it", GREEN)):
        key.text(at, 0, words, color=colour)


def height(unit, units):
    """Where a unit stands in its column: two above one another, or one in the middle."""
    return 0.5 if units == 1 else 1 - unit


def nodes(ax, column, symbol, forward, backward, colour):
    """A column of circles with their values, and below each its slope."""
    for unit, (value, slope) in enumerate(zip(forward, backward)):
        at = (column, height(unit, len(forward)))
        index = f"_{unit + 1}" if len(forward) > 1 else ""
        ax.scatter(*at, s=1300, facecolor="white", edgecolor=colour, linewidth=2.5)
        ax.annotate(plain(value), at, ha="center", va="center", fontsize=18)
        ax.annotate(f"${symbol}{index}$", at, (0, 22), textcoords="offset points", ha="center", color=GUIDE)
        ax.annotate(plain(slope), at, (0, -24), textcoords="offset points", ha="center", va="top", color=GREEN,
                    fontsize=17)


def arrows(ax, column, weights, words=None):
    """Arrows from a column to the next, each with its weight near its tail."""
    for (j, k), weight in np.ndenumerate(weights):
        if words and not weight:
            continue
        start, end = (column, height(j, len(weights))), (column + 1, height(k, weights.shape[1]))
        ax.annotate("", end, start, arrowprops={"arrowstyle": "->", "color": GUIDE, "linewidth": 1.8, "shrinkA": 20,
                                                "shrinkB": 20})
        at = np.array(start) + 0.33 * (np.array(end) - np.array(start))
        ax.annotate(words or plain(weight), at, ha="center", va="center", color=GUIDE,
                    bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.5})


def plain(number):
    """2, −1, 1/2, −1/2."""
    words = f"{abs(number):g}" if number == round(number) else f"{abs(number) * 2:g}/2"
    return ("−" if number < 0 else "") + words


@picture("Each activation (black) and its slope (green): what comes back is multiplied by the slope")
def activations(figure):
    """Each activation (black) and its slope (green): what comes back is multiplied by the slope."""
    x = np.linspace(-3, 3, 1200)[:, None]                     # an even number: 0, where there are kinks, is left out
    for ax, layer in zip(figure.subplots(2, 2, sharex=True).flat, (ReLU(), LeakyReLU(), Tanh(), Sigmoid())):
        y = layer.forward(x)
        slope = layer.backward(np.ones_like(x))               # of y itself: ∂y/∂y = 1
        jump = np.where(np.abs(x) < 0.003, np.nan, slope) if isinstance(layer, (ReLU, LeakyReLU)) else slope
        ax.plot(x, y, color="black", linewidth=4, label="$y$")
        ax.plot(x, jump, color=GREEN, linewidth=4, label="$\\partial y / \\partial x$")
        ax.axhline(0, color=GUIDE, linewidth=1)
        low, high = (-0.8, 2.2) if y.max() > 1 else (min(-0.2, 1.25 * y.min()), 1.25)
        ax.set(title=type(layer).__name__, xlim=(-3, 3), ylim=(low, high), xticks=[-3, 0, 3],
               yticks=[0, 1] if low > -1 else [-1, 0, 1])
    figure.axes[0].legend(loc="upper left")
    for ax in figure.axes[2:]:
        ax.set_xlabel("$x$")
