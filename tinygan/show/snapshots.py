"""Figure 1 of the paper: its four moments as a picture, and all between them as an animation.

Here: `figure1`, `animate`; and `film`, any figures as an animation. Only in Figure 1 are the colours and lines the
paper's: D blue and dashed, p_data black and dotted, p_g green and drawn through.
"""

import matplotlib
from matplotlib import rc_context
from matplotlib.animation import PillowWriter
from matplotlib.figure import Figure

from ..theory.figure1 import X, Z, moments
from .style import GUIDE, SIZE, SLIDE

SAID = {"a": "$D$ is partly right", "b": "$G$ rests, $D$ comes near to $D^*$",
        "c": "$G$ has moved to where $D$ said “real”", "d": "$p_g \\approx p_\\mathrm{data}$, and $D \\approx 1/2$"}
LINES = {"D_star": ("$D^*$", {"color": "#999999", "linewidth": 2}),
         "D": ("$D$", {"color": "blue", "linestyle": "--", "linewidth": 2.5}),
         "p_g": ("$p_g$", {"color": "green", "linewidth": 3}),
         "p_data": ("$p_\\mathrm{data}$", {"color": "black", "linestyle": ":", "linewidth": 3.5})}


@rc_context({**SLIDE, "font.size": 14, "axes.titlesize": 16, "legend.fontsize": 14, "xtick.labelsize": 14,
             "ytick.labelsize": 14})
def figure1(frames=None):
    """D learns to tell p_g from p_data, G moves to where D says real, until D can't tell. [Fig. 1]

    frames : the four from `theory.figure1.moments`; None for those of seed 0.
    """
    figure = Figure(figsize=SIZE)
    figure.get_layout_engine().set(h_pad=0.08)
    figure.suptitle("Figure 1 of the paper, computed, in the paper's colours: $z \\to x = G(z)$")
    axes = figure.subplots(4, 2, height_ratios=[3, 1, 3, 1], sharex=True)
    for i, frame in enumerate(frames or moments()):
        row, column = 2 * (i // 2), i % 2
        panel(*axes[row:row + 2, column], legend=i == 0)(frame, SAID[frame.letter])
    return figure


def panel(above, below, legend=True):
    """Densities and D above, the arrows z → x below: a function that shows a frame and what is said of it."""
    lines = {name: above.plot([], [], label=label, **look)[0] for name, (label, look) in LINES.items()}
    measures = above.text(1, 1, "", transform=above.transAxes, ha="right", va="top")
    above.set(ylim=(0, 1.75), yticks=[0, 0.5, 1], xlim=(-3.5, 4))
    if legend:
        above.legend(loc="upper left", ncols=2, columnspacing=1, borderpad=0)
    arrows = [below.annotate("", (z, 1), (z, 0), arrowprops={"arrowstyle": "->", "color": GUIDE, "linewidth": 1.5})
              for z in Z[:, 0]]
    below.set(ylim=(-0.05, 1.05), yticks=[0, 1], yticklabels=["$z$", "$x$"])
    below.spines[["left", "bottom"]].set_visible(False)
    below.axhline(0, color=GUIDE, linewidth=1)
    below.axhline(1, color=GUIDE, linewidth=1)
    below.tick_params(axis="y", length=0)
    below.tick_params(labelbottom=True)

    def show(frame, said):
        met = frame.p_data + frame.p_g > 0.002                # where there are no x, D* means nothing
        for name, line in lines.items():
            line.set_data(*((X[met], frame.D_star[met]) if name == "D_star" else (X, getattr(frame, name))))
        above.set_title(f"({frame.letter})  {said}" if frame.letter else said)
        jsd, V, _ = frame.measures.values()
        measures.set_text(f"{frame.doing}\nJSD = {jsd:.4f},  $V + \\log 4 = {V:.4f}$")
        for arrow, x in zip(arrows, frame.G_z):
            arrow.xy = x, 1
    return show


class Film(PillowWriter):
    """A writer that draws a frame once, however long it stands, and uses the first one's colours for all: a
    GIF has few, and to look for each frame's own takes as long as to draw it."""

    colours, most = None, 64

    def grab_frame(self, times):
        super().grab_frame()
        frame = self._frames.pop().convert("RGB")
        self.colours = self.colours or frame.quantize(self.most, method=1)                        # its white is white
        self._frames += times * [frame.quantize(palette=self.colours, dither=0)]


def film(draw, moments, path, progress=None):
    """Write `path`, a GIF of `draw(i)`, a Figure of moment i of so many; the last one stands for two seconds.

    progress : called with (frames done, frames in all) after each frame.
    """
    writer, shown = Film(fps=10), sorted({*range(0, moments, max(1, moments // 50)), moments - 1})
    writer.most = 256
    with rc_context():
        matplotlib.rcdefaults()
        writer.setup(draw(moments - 1), path, dpi=100)
        writer.grab_frame(times=0)                                # it has all the colours
        for done, i in enumerate(shown, 1):
            writer.fig = draw(i)
            writer.grab_frame(times=20 if i == moments - 1 else 1)
            if progress:
                progress(done, len(shown))
        writer.finish()


def animate(frames, path, progress=None):
    """Write `path`, a GIF of all `frames`, 1280 × 720, with a second of rest at each of the four moments.

    progress : called with (frames done, frames in all) after each frame, because each takes its time.
    """
    with rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update({**SLIDE, "font.size": 18, "axes.titlesize": 22, "legend.fontsize": 20,
                                    "xtick.labelsize": 18, "ytick.labelsize": 18,
                                    "figure.constrained_layout.use": False})          # nothing may jump
        figure, writer = Figure(figsize=SIZE), Film(fps=10)
        figure.subplots_adjust(left=0.05, right=0.98, bottom=0.07, top=0.92, hspace=0.1)
        show = panel(*figure.subplots(2, 1, height_ratios=[3, 1], sharex=True))
        with writer.saving(figure, path, dpi=100):
            for done, frame in enumerate(frames, 1):
                show(frame, SAID.get(frame.letter, "Figure 1, live"))
                writer.grab_frame(times=10 if frame.letter else 1)
                if progress:
                    progress(done, len(frames))
