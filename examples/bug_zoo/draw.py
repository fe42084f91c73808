"""Train with each bug and without it, and draw both: pictures/NN.png. It also prints the numbers that the cards tell.

    .venv/bin/python examples/bug_zoo/draw.py            all pictures (about a minute and a half)
    .venv/bin/python examples/bug_zoo/draw.py 7 12       these two
"""

import sys
from functools import cache
from pathlib import Path

import matplotlib
import numpy as np
from matplotlib.figure import Figure

import tinygan as tg
import zoo
from tinygan._files import replacing
from tinygan._terminal import failed, say, spell_what_cant_be_shown
from tinygan.show.one_run import View, overlaid
from tinygan.show.style import GENERATED, GUIDE, REAL, STYLE

LOOK = {**STYLE, "font.size": 12, "axes.titlesize": 12, "axes.labelsize": 12}
SHOWN = 700                                                 # points in a cloud


class Seen:
    """One training, with a bug or without: its samples, its curves and its measures, as they look from inside."""

    def __init__(self, bug, recipe, iterations, settings, seed=0):
        with zoo.planted(bug):
            self.run = tg.recipes.start(recipe, seed, iterations, settings)
            self.start = self.run.sample(2000, 1)
            self.stopped = ""
            try:
                self.run.game.train(iterations, every=max(1, iterations // 100))
            except tg.DivergenceError as error:
                self.stopped = f"; diverged at iteration {error.iteration}"
            self.fake, self.real = self.run.sample(2000, 1), self.run.data.sample(2000, 2)
            self.history = self.run.history

    def last(self, name):
        """The mean of this column of the history over its last tenth; NaN if there is none."""
        values = self.history[name]
        return float(values[-max(1, len(values) // 10):].mean()) if len(values) else float("nan")

    def summary(self):
        """How it ended, in one line."""
        said = [f"V {self.last('V'):.3f}", f"D(x) {self.last('D_real'):.2f}", f"D(G(z)) {self.last('D_fake'):.2f}"]
        return ", ".join(said) + self.stopped

    def details(self):
        """More numbers, for who writes a card."""
        said = [f"G(z) mean {np.round(self.fake.mean(axis=0), 2)} std {np.round(self.fake.std(axis=0), 2)}",
                f"moved {np.abs(self.fake - self.start).mean():.2f}"]
        if hasattr(self.run.data, "means"):
            found = tg.metrics.modes(self.fake, self.run.data, least=20)
            said.append(f"modes {found.captured} good {found.good:.2f} counts {found.counts}")
        if self.run.data.dim == 2:
            said.append(f"radius {tg.metrics.radius(self.fake).mean():.2f}±{tg.metrics.radius(self.fake).std():.2f}")
        return "; ".join(said)


@cache
def healthy(recipe, iterations, settings, seed=0):
    """The same training on the right code. settings : a tuple of pairs."""
    return Seen(None, recipe, iterations, dict(settings), seed)


def pair(bug, seed=0):
    """(without the bug, with it): two `Seen`. bug : a Bug with a `train`."""
    recipe, iterations, settings = bug.train
    return healthy(recipe, iterations, tuple(settings.items()), seed), Seen(bug, recipe, iterations, settings, seed)


def picture(right, wrong, words, title):
    """A Figure: two trainings side by side, samples above and curves below. words : what to call each."""
    with matplotlib.rc_context(LOOK):
        figure = Figure(figsize=(10, 5.2))
        figure.suptitle(title, fontsize=14)
        for half, seen, word in zip(figure.subfigures(1, 2, wspace=0.03), (right, wrong), words):
            half.suptitle(f"{word}: {seen.summary()}", fontsize=12)
            axes = half.subplot_mosaic([["G", "V"], ["G", "mean"]], width_ratios=[1.35, 1])
            samples(axes["G"], seen, right)
            curves(axes["V"], axes["mean"], seen, right)
        return figure


def samples(ax, seen, right):
    """Generated on real: two histograms on a line, two clouds in the plane; on the axes of the right ones."""
    if seen.real.shape[1] == 2:
        overlaid(ax, seen.real[:SHOWN], seen.fake[:SHOWN], View(right.real), "$G(z)$ on $x$")
        return
    low, high = right.real.min() - 2, right.real.max() + 2
    bins = {"bins": 50, "range": (low, high), "density": True}
    ax.hist(seen.fake[:, 0].clip(low, high), **bins, color=GENERATED, alpha=0.6)
    ax.hist(seen.real[:, 0], **bins, color=REAL, histtype="step", linewidth=2)
    ax.set(title="$G(z)$ on $x$", ylim=(0, min(ax.get_ylim()[1], 1.5)), xlim=(low - 0.2, high + 0.2))


def curves(ax_V, ax_mean, seen, right):
    """V above; the means of D(x) and D(G(z)) below."""
    t, history = seen.history["iteration"], seen.history
    end = right.run.iterations
    ax_V.axhline(-np.log(4), color=GUIDE, linestyle="--")
    ax_V.plot(t, history["V"], color="black", linewidth=1.4)
    ax_V.set(title="$V$; dashed: $-\\log 4$", xlim=(0, end), ylim=(-3, 0.1))
    ax_mean.axhline(0.5, color=GUIDE, linestyle="--")
    ax_mean.plot(t, history["D_real"], color=REAL, linewidth=1.6)
    ax_mean.plot(t, history["D_fake"], color=GENERATED, linewidth=1.6)
    ax_mean.set(title="$D(x)$ blue, $D(G(z))$ orange", xlabel="iteration", xlim=(0, end), ylim=(-0.04, 1.04),
                yticks=[0, 0.5, 1])
    for ax in (ax_V, ax_mean):
        ax.locator_params(axis="x", nbins=3)


def save(figure, path):
    """Write the figure to `path`, as a small file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path) as temporary:
        figure.savefig(temporary, dpi=90)


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
