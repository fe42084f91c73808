"""All that draws, and the tables: the only room that imports matplotlib, and only when it draws.

One picture a file or a function: one_run.py, a trained recipe; side_by_side.py, a failure and its cure;
data_flow.py, what goes where in Algorithm 1; lesson_pictures.py, a network in numbers and the activations;
theory_pictures.py and deeper_pictures.py, the theory; limit_pictures.py, where its assumptions end; digit_pictures.py,
the paper's experiment; snapshots.py, Figure 1, also animated; phase_plane.py, the Dirac-GAN; answers.py, what a class
expected beside what is true. tables.py makes the text. All look as style.py says.
"""

from importlib import import_module
from pathlib import Path

PICTURES = {name: file for file, names in (                       # each, in reading order, and the file that draws it
    ("data_flow", ["data-flow"]),
    ("lesson_pictures", ["two-layers", "activations"]),
    ("theory_pictures", ["entropy", "divergences", "change-of-variables", "best-discriminator", "trained-discriminator",
                         "criterion", "saddle", "tangents", "objectives", "ring-density", "rotation", "figure1"]),
    ("deeper_pictures", ["why-the-log", "equilibrium", "three-divergences"]),
    ("limit_pictures", ["supports", "overfitting", "helvetica", "capacity"]),
    ) for name in names}
OUT = Path("tinygan-out")                                         # where pictures go; git ignores it


def picture(game):
    """A matplotlib Figure, 16:9, of a trained game: yours, an `Algorithm1`, or a `recipes.Run`; of any dimension.
    Raises TypeError for anything else.

    >>> import tinygan as tg
    >>> game = tg.recipes.start("gaussian").game
    >>> history = game.train(20, every=10)
    >>> figure = picture(game)                                    # figure.savefig("mine.png"); a notebook shows it
    """
    from . import one_run                                         # matplotlib takes long to load
    return one_run.picture(game)


def present(figure, name):
    """Write a figure of `matplotlib.pyplot` to tinygan-out/`name`, print where it is, and show it: in a window, if
    this machine has one, or in the notebook. Raises OSError where it can't be written."""
    import matplotlib.pyplot as plt
    OUT.mkdir(exist_ok=True)
    figure.savefig(OUT / name)
    print(f"written: {OUT / name}", flush=True)
    if plt.get_backend().lower() not in ("agg", "pdf", "ps", "svg", "cairo", "template"):     # those only write files
        plt.show()


def draw(name):
    """The matplotlib Figure of one of PICTURES: `ring-density` is drawn by `theory_pictures.ring_density`.

    >>> figure = draw("entropy")                                  # figure.savefig("mine.png")
    """
    return function_of(name)()


def function_of(name):
    """The function that draws one of PICTURES; it has the picture's message as its docstring.

    >>> function_of("entropy").__doc__
    'To expect q when x comes from p costs KL(p ‖ q) on top of the entropy H(p).'
    """
    module = import_module(f".{PICTURES[name]}", __name__)        # matplotlib takes long to load
    return getattr(module, name.replace("-", "_"))
