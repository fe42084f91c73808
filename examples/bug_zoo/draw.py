"""Train with each bug and without it, and draw both: pictures/NN.png. It also prints the numbers that the cards tell.

    .venv/bin/python examples/bug_zoo/draw.py            all pictures (about a minute and a half)
    .venv/bin/python examples/bug_zoo/draw.py 7 12       these two
"""

import sys
from functools import cache

import matplotlib
import numpy as np
import matplotlib.image
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

import tinygan as tg
import zoo
from tinygan._files import replacing
from tinygan._terminal import failed, say, spell_what_cant_be_shown
from tinygan.show.digit_pictures import tiles
from tinygan.show.one_run import View, overlaid
from tinygan.show.style import GENERATED, GUIDE, REAL, STYLE

LOOK = {**STYLE, "font.size": 12, "axes.titlesize": 12, "axes.labelsize": 12}
SHOWN = 400                                                 # points in a cloud


class Seen:
    """One training, with a bug or without: its samples, its curves and its measures, as they look from inside."""

    def __init__(self, bug, recipe, iterations, settings, seed):
        with zoo.planted(bug):
            self.stopped = self._train(recipe, iterations, settings, seed, every=max(1, iterations // 100))
            if self.stopped and self.stopped < 100:         # so early that each iteration is worth a record
                self._train(recipe, iterations, settings, seed, every=1)
            self.fake, self.real = self.run.sample(2000, 1), self.run.data.sample(2000, 2)
            self.history = self.run.history

    def _train(self, recipe, iterations, settings, seed, every):
        """Returns the iteration at which training diverged, or None."""
        self.run = tg.recipes.start(recipe, seed, iterations, settings)
        try:
            self.run.game.train(iterations, every=every)
        except tg.DivergenceError as error:
            return error.iteration

    def last(self, name):
        """The mean of this column of the history over its last tenth."""
        values = self.history[name]
        return values[-max(1, len(values) // 10):].mean()

    def summary(self):
        """How it ended, in one line."""
        if self.stopped:
            return f"diverged at iteration {self.stopped}"
        return f"V {self.last('V'):.3f}, D(x) {self.last('D_real'):.3f}, D(G(z)) {self.last('D_fake'):.3f}"

    def details(self):
        """What G(z) is like, in numbers: for who writes a card."""
        if isinstance(self.run.data, tg.data.Glyphs):
            return f"std of a pixel {self.fake.std(axis=0).mean():.3f}, real {self.real.std(axis=0).mean():.3f}"
        if self.real.shape[1] == 1:
            return f"G(z) mean {self.fake.mean():.2f} std {self.fake.std():.2f}"
        radius = tg.metrics.radius(self.fake)
        said = f"|G(z)| mean {radius.mean():.2f} std {radius.std():.2f}"
        if hasattr(self.run.data, "means"):
            found = tg.metrics.modes(self.fake, self.run.data, least=20)
            said += f", {found.captured} modes with 20 good of 2000, {found.good:.0%} good, {found.counts}"
        return said


@cache
def healthy(recipe, iterations, settings, seed):
    """The same training on the right code. settings : a tuple of pairs."""
    return Seen(None, recipe, iterations, dict(settings), seed)


def pair(bug):
    """(without the bug, with it): two `Seen`. bug : a Bug with a `train`."""
    recipe, iterations, settings, seed = bug.train
    return healthy(recipe, iterations, tuple(settings.items()), seed), Seen(bug, *bug.train)


def picture(right, other, words, title):
    """A Figure: two trainings side by side, samples and curves. words : what to call each."""
    with matplotlib.rc_context(LOOK):
        figure = Figure(figsize=(10, 4.6))
        figure.suptitle(title, fontsize=15)
        figure.supxlabel("blue: real $x$; orange: generated $G(z)$", fontsize=12)
        fine = not other.stopped and all(abs(seen.last(name) - 0.5) < 0.06 for seen in (right, other)
                                         for name in ("D_real", "D_fake"))
        for half, seen, word in zip(figure.subfigures(1, 2, wspace=0.03), (right, other), words):
            half.suptitle(f"{word}: {seen.summary()}".replace("-", "\N{MINUS SIGN}"), fontsize=12.5)
            axes = half.subplot_mosaic([["G", "V"], ["G", "mean"]], width_ratios=[1.35, 1])
            samples(axes["G"], seen, right)
            curves(axes["V"], axes["mean"], seen, (0.38, 0.62) if fine else (-0.04, 1.04))
        return figure


def samples(ax, seen, right):
    """Generated on real: two histograms on a line, two clouds in the plane; in the window of the right one."""
    if isinstance(seen.run.data, tg.data.Images):
        tiles(ax, seen.fake[:60].reshape(-1, 10, *seen.run.data.shape))
        ax.set_title("$G(z)$")
    elif seen.real.shape[1] == 2:
        overlaid(ax, seen.real[:SHOWN], seen.fake[:SHOWN], View(right.real), "$G(z)$ on $x$")
    else:
        low, high = right.real.min() - 2, right.real.max() + 2
        inside = seen.fake[(low < seen.fake) & (seen.fake < high)]
        share = len(inside) / len(seen.fake)
        bins = {"bins": 40, "range": (low, high)}
        heights = np.histogram(inside, density=True, **bins)[0] * share if share else np.zeros(40)
        ax.stairs(heights, np.linspace(low, high, 41), fill=True, color=GENERATED, alpha=0.6)
        ax.hist(seen.real[:, 0], **bins, density=True, color=REAL, histtype="step", linewidth=2)
        ax.set(title="$G(z)$ on $x$" + (f"; {1 - share:.0%} outside" if share < 0.995 else ""), ylim=(0, 0.7),
               xlim=(low, high), yticks=[])


def curves(ax_V, ax_mean, seen, limits):
    """V above; the means of D(x) and D(G(z)) below, between these limits."""
    t, history = seen.history["iteration"], seen.history
    ax_V.axhline(-np.log(4), color=GUIDE, linestyle="--")
    ax_V.plot(t, history["V"], color="black", linewidth=1.4)
    lowest = min(history["V"])
    off = f"down to {lowest:.0f}" if lowest > -1000 else f"to {lowest:.0e}"
    title = "$V$; dashed: $-\\log 4$" if lowest > -3 else f"$V$, {off}".replace("-", "\N{MINUS SIGN}")
    ax_V.set(title=title, ylim=(min(-3, 1.05 * lowest), 0.1 - 0.03 * min(0, lowest + 3)))
    if lowest < -1000:                                      # the title says how far: long numbers have no room
        ax_V.set_yticks([0])
    ax_mean.axhline(0.5, color=GUIDE, linestyle="--")
    ax_mean.plot(t, history["D_real"], color=REAL, linewidth=1.8)
    ax_mean.plot(t, history["D_fake"], color=GENERATED, linewidth=1.8)
    ax_mean.set(title="means of $D$", xlabel="iteration", ylim=limits)
    for ax in (ax_V, ax_mean):
        ax.set_xlim(0, seen.stopped or seen.run.iterations)
        ax.locator_params(nbins=3)


def save(figure, path, dpi=85):
    """Write the figure to `path` with 16 levels of each colour: half as many bytes, and the eye sees no difference."""
    path.parent.mkdir(parents=True, exist_ok=True)
    canvas = FigureCanvasAgg(figure)
    figure.set_dpi(dpi)
    canvas.draw()
    pixels = np.asarray(canvas.buffer_rgba())[:, :, :3]
    with replacing(path) as temporary:
        matplotlib.image.imsave(temporary, (pixels / 17).round().astype(np.uint8) * 17, pil_kwargs={"optimize": True})


def main(arguments):
    """Draw the pictures of these bugs, or of all; returns the exit code."""
    spell_what_cant_be_shown()
    try:
        chosen = [zoo.find(int(number)) for number in arguments] or zoo.bugs()
    except ValueError as error:
        return failed(str(error), 2)
    for bug in [bug for bug in chosen if bug.train]:
        right, wrong = pair(bug)
        save(picture(right, wrong, ("right", f"bug {bug.number}"), bug.title), bug.picture)
        say(f"{bug.number:2} {bug.title}: {bug.train}")
        for word, seen in (("right", right), ("bug", wrong)):
            say(f"   {word:5} {seen.summary()}; {seen.details()}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
