"""Figure 1 of the paper: its four moments as a picture, and all between them as an animation.

Here: `figure1`, `animate`.
"""

import matplotlib
from matplotlib import rc_context
from matplotlib.animation import PillowWriter
from matplotlib.figure import Figure

from ..theory.figure1 import X, Z, moments
from .style import GENERATED, GUIDE, REAL, SIZE, STYLE

SAID = {"a": "$D$ is partly right", "b": "$G$ rests, $D$ comes near to $D^*$",
        "c": "$G$ has moved to where $D$ said “real”", "d": "$p_g \\approx p_\\mathrm{data}$, and $D \\approx 1/2$"}


@rc_context(STYLE)
def figure1(frames=None):
    """D learns to tell p_g from p_data, G moves to where D says real, until D can't tell.

    frames : the four from `theory.figure1.moments`; None for those of seed 0.
    """
    figure = Figure(figsize=SIZE)
    figure.suptitle("Figure 1 of the paper, computed: $z \\to x = G(z)$, trained by Algorithm 1", fontsize=17)
    for part, frame in zip(figure.subfigures(2, 2).ravel(), frames or moments()):
        panel(part, frame, f"({frame.letter})  {SAID[frame.letter]}", legend=frame.letter == "a")
    return figure


def panel(figure, frame, title, legend):
    """One frame: densities and D above, the arrows z → x below."""
    above, below = figure.subplots(2, 1, height_ratios=[3, 1], sharex=True)
    met = frame.p_data + frame.p_g > 0.002                    # where there are no x, D* means nothing
    above.fill_between(X, frame.p_g, color=GENERATED, alpha=0.15)
    above.plot(X[met], frame.D_star[met], color=GUIDE, linestyle="--", linewidth=2, label="$D^*$")
    above.plot(X, frame.D, color="black", linewidth=2, label="$D$")
    above.plot(X, frame.p_g, color=GENERATED, linewidth=2.5, label="$p_g$")
    above.plot(X, frame.p_data, color=REAL, linestyle=":", linewidth=3, label="$p_\\mathrm{data}$")
    jsd, V, _ = (f"{number:+.4f}".replace("-", "−") for number in frame.measures.values())
    above.set(title=title, ylim=(0, 1.6), yticks=[0, 0.5, 1], xlim=(-3.5, 4))
    above.tick_params(labelbottom=False)
    above.text(1, 1, f"{frame.doing}\nJSD {jsd[1:]}   $V + \\log 4$ {V}",
               transform=above.transAxes, ha="right", va="top", fontsize=11)
    if legend:
        above.legend(loc="upper left", frameon=False, fontsize=12, ncols=2, columnspacing=1)
    for z, x in zip(Z[:, 0], frame.G_z):
        below.annotate("", (x, 1), (z, 0), arrowprops={"arrowstyle": "->", "color": GUIDE, "linewidth": 1.2})
    below.set(ylim=(-0.05, 1.05), yticks=[0, 1], yticklabels=["$z$", "$x$"])
    for side in ("left", "bottom"):
        below.spines[side].set_visible(False)
    below.axhline(0, color=GUIDE, linewidth=1)
    below.axhline(1, color=GUIDE, linewidth=1)
    below.tick_params(axis="y", length=0)


def animate(frames, path):
    """Write `path`, a GIF of all `frames`, with a second of rest at each of the four moments."""
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update({**STYLE, "figure.constrained_layout.use": False})     # nothing may jump
        figure, writer = Figure(figsize=(8, 5.4)), PillowWriter(fps=10)
        with writer.saving(figure, path, dpi=90):
            for frame in frames:
                figure.clear()                                # which forgets the margins, too
                figure.subplots_adjust(left=0.06, right=0.98, bottom=0.07, top=0.93, hspace=0.1)
                title = f"({frame.letter})  {SAID[frame.letter]}" if frame.letter else "Figure 1, live"
                panel(figure, frame, title, legend=True)
                for _ in range(10 if frame.letter else 1):
                    writer.grab_frame()
