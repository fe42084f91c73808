"""p_data and p_z: distributions to learn from and to feed G with.

In reading order: distributions.py, what all of them share, and those with a formula; rows.py, an array or an
object of your own, and what makes data easier to learn; images.py, labelled pictures; glyphs.py, digits that are
drawn here; picture_files.py, pictures from files such as those of MNIST.
"""

from .distributions import (Distribution, Gaussian, GaussianMixture, Line, Normal, Ring, Spiral, SwissRoll, TwoMoons,
                            Uniform, grid_of_gaussians, ring_of_gaussians)
from .glyphs import Glyphs
from .images import Images
from .picture_files import load_idx, read_images
from .rows import Own, Points, Ranked, Standardised, as_distribution

__all__ = ["Distribution", "Normal", "Uniform", "Gaussian", "GaussianMixture", "ring_of_gaussians",
           "grid_of_gaussians", "Ring", "Line", "TwoMoons", "SwissRoll", "Spiral", "Points", "Own", "Standardised",
           "Ranked", "as_distribution", "Images", "Glyphs", "load_idx",
           "read_images"]
