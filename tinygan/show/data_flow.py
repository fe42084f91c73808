"""What flows where in Algorithm 1: examples forward, gradients back, and who learns from them.

Here: the function for the first of `tinygan.show.PICTURES`. Its symbols are the names in algorithm1.py.
"""

from matplotlib.patches import FancyBboxPatch

from .style import GENERATED, GREEN, GUIDE, REAL
from .theory_pictures import picture

X_FAKE, A_FAKE, A_BOTH = "$x_\\mathrm{fake}$", "$a_\\mathrm{fake}$", "$a_\\mathrm{real},\\; a_\\mathrm{fake}$"
Z, G, X, D, A, END = 0.6, 3, 6.1, 9.2, 12.4, 15.3              # where things stand, from left to right
HALF = 1.15                                                   # half of a network's width


@picture("$D$ learns from labels that we make; $G$ learns only through $D$")
def data_flow(figure):
    """D learns from labels that we make; G learns only through D."""
    line_5, line_8 = figure.subplots(2, 1, height_ratios=[4.1, 3.4])
    for ax, top in ((line_5, 4.1), (line_8, 3.4)):
        ax.set(xlim=(0, 16), ylim=(0, top))
        ax.axis("off")
    D_learns(line_5)
    G_learns(line_8)


def D_learns(ax):
    """Line 5: real and generated examples through D, and from V back to D's own parameters."""
    ax.set_title("line 5: $D$ takes a step up $V$")
    network(ax, G, 3, 3.8, "$G$", at=3.4)
    network(ax, D, 0.3, 3.8, "$D$", at=2.7, colour="black")
    for x, y, symbol, word, colour in (
            (Z, 3.4, "$z$", "noise", GUIDE), (X, 3.4, X_FAKE, "generated", GENERATED), (X, 1.5, "$x$", "data", REAL),
            (A, 2.7, A_BOTH, "logits: $D(x) = \\sigma(a)$", "black"), (END, 2.7, "$V$", "", "black")):
        write(ax, x, y, symbol, colour)
        write(ax, x, y - 0.55, word, colour, size=17)
    for start, end, y in ((Z + 0.2, G - HALF, 3.4), (G + HALF, X - 0.6, 3.4), (X + 0.6, D - HALF, 3.4),
                          (X + 0.3, D - HALF, 1.5), (D + HALF, A - 1.2, 2.7), (A + 1.2, END - 0.3, 2.7)):
        forward(ax, (start, y), (end, y))
    labels(ax, 3.9, f"labels: 1 for $x$, 0 for {X_FAKE}")
    back(ax, END, D + HALF, "$\\partial V\\, /\\, \\partial a$", "black")
    write(ax, D, 0.8, "$\\partial V\\, /\\, \\partial\\theta_D$", "white", size=20)


def G_learns(ax):
    """Line 8: from G's loss L back through D, whose parameters stay, to the example, and on to G's parameters."""
    ax.set_title("line 8: $G$ takes a step down $L$")
    network(ax, G, 0.3, 2.8, "$G$", at=2.3, colour=GENERATED)
    network(ax, D, 0.3, 2.8, "$D$", at=2.3)
    for x, symbol, colour in ((Z, "$z$", GUIDE), (X, X_FAKE, GENERATED), (A, A_FAKE, "black"), (END, "$L$", "black")):
        write(ax, x, 2.3, symbol, colour)
    for start, end in ((Z + 0.2, G - HALF), (G + HALF, X - 0.6), (X + 0.6, D - HALF), (D + HALF, A - 0.5),
                       (A + 0.6, END - 0.3)):
        forward(ax, (start, 2.3), (end, 2.3))
    labels(ax, 3.5, f"label: 1 for {X_FAKE}")
    back(ax, END, D + HALF, "$\\partial L\\, /\\, \\partial a_\\mathrm{fake}$", GENERATED)
    write(ax, D, 0.8, "$\\theta_D$ stays", "black", size=20)
    back(ax, D - HALF, G + HALF, "$\\partial L\\, /\\, \\partial x_\\mathrm{fake}$", GENERATED)
    write(ax, G, 0.8, "$\\partial L\\, /\\, \\partial\\theta_G$", "white", size=20)


def write(ax, x, y, text, colour, size=24, **options):
    """Words with their middle at (x, y)."""
    ax.text(x, y, text, color=colour, fontsize=size, **{"ha": "center", "va": "center", **options})


def network(ax, x, low, high, name, at, colour=None):
    """A box, filled with its colour if this player learns; its name stands at the height `at`."""
    ax.add_patch(FancyBboxPatch((x - HALF + 0.15, low + 0.15), 2 * HALF - 0.3, high - low - 0.3, linewidth=3,
                                boxstyle="round,pad=0.15", edgecolor=colour or GUIDE, facecolor=colour or "white"))
    write(ax, x, at, name, "white" if colour else "black", size=26)


def labels(ax, y, text):
    """The labels, and an arrow from them down to V, or L."""
    write(ax, 15.9, y, text, GREEN, size=20, ha="right")
    forward(ax, (END, y - 0.3), (END, y - 0.85), GREEN)


def forward(ax, start, end, colour=GUIDE):
    """A thin arrow."""
    ax.annotate("", end, start, arrowprops={"arrowstyle": "-|>", "color": colour, "linewidth": 2, "shrinkA": 4,
                                            "shrinkB": 4, "mutation_scale": 18})


def back(ax, start, end, derivative, colour):
    """A thick arrow to the left, and above it the derivative that goes this way."""
    ax.annotate("", (end, 0.8), (start, 0.8), arrowprops={"arrowstyle": "-|>", "color": colour, "linewidth": 6,
                                                          "shrinkA": 8, "shrinkB": 4, "mutation_scale": 32})
    write(ax, (start + end) / 2, 1.3, derivative, colour, size=22)
