"""All that draws, and the tables: the only room that imports matplotlib, and only when it draws.

One picture a file or a function: one_run.py, a trained recipe; side_by_side.py, a failure and its cure;
theory_pictures.py, the theory, one function for each of `PICTURES`; snapshots.py, Figure 1, also animated;
phase_plane.py, the Dirac-GAN. tables.py makes the text. All look as style.py says.
"""

PICTURES = ("entropy", "divergences", "change-of-variables", "best-discriminator", "trained-discriminator", "criterion",
            "saddle", "tangents", "objectives", "ring-density", "rotation", "figure1")      # in the paper's order


def draw(name):
    """The matplotlib Figure of one of PICTURES: `ring-density` is drawn by `theory_pictures.ring_density`."""
    from . import theory_pictures                                 # matplotlib takes long to load
    return getattr(theory_pictures, name.replace("-", "_"))()
