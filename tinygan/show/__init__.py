"""All that draws, and the tables: the only room that imports matplotlib, and only when it draws.

One picture a file or a function: one_run.py, a trained recipe; side_by_side.py, a failure and its cure;
theory_pictures.py, the theory, and limit_pictures.py, where its assumptions end, one function for each of `PICTURES`;
snapshots.py, Figure 1, also animated; phase_plane.py, the Dirac-GAN. tables.py makes the text. All look as style.py
says.
"""

from importlib import import_module
from pathlib import Path

PICTURES = {                                                      # in the paper's order: the file that draws each
    **dict.fromkeys(("entropy", "divergences", "change-of-variables", "best-discriminator", "trained-discriminator",
                     "criterion", "saddle", "tangents", "objectives", "ring-density", "rotation"), "theory_pictures"),
    **dict.fromkeys(("supports", "overfitting", "helvetica", "capacity"), "limit_pictures"),
    "figure1": "theory_pictures"}
OUT = Path("tinygan-out")                                         # where pictures go; git ignores it


def picture(game):
    """A matplotlib Figure of a trained game: yours, an `Algorithm1`, or a `recipes.Run`; of any dimension.

    >>> import tinygan as tg
    >>> game = tg.recipes.start("gaussian").game
    >>> history = game.train(20, every=10)
    >>> figure = picture(game)                                    # figure.savefig("mine.png"); a notebook shows it
    """
    from . import one_run                                         # matplotlib takes long to load
    return one_run.picture(game)


def present(figure, name):
    """Write a figure of `matplotlib.pyplot` to tinygan-out/`name`, print where it is, and show it: in a window, if
    this machine has one, or in the notebook."""
    import matplotlib.pyplot as plt
    OUT.mkdir(exist_ok=True)
    figure.savefig(OUT / name)
    print(f"written: {OUT / name}", flush=True)
    if plt.get_backend().lower() not in ("agg", "pdf", "ps", "svg", "cairo", "template"):     # those only write files
        plt.show()


def draw(name):
    """The matplotlib Figure of one of PICTURES: `ring-density` is drawn by `theory_pictures.ring_density`."""
    return function_of(name)()


def function_of(name):
    """The function that draws one of PICTURES; it has the picture's message as its docstring."""
    module = import_module(f".{PICTURES[name]}", __name__)        # matplotlib takes long to load
    return getattr(module, name.replace("-", "_"))
