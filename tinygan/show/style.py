"""How all pictures look, and how they become files.

Here: the colours `REAL`, `GENERATED`, `GREEN`, `GUIDE`, `D_COLOURS`; `STYLE`, and `SLIDE` for a picture
that is to be read from the last row; `SIZE`; `save`.

Real is blue and generated is orange, here and everywhere; D(x) runs from orange (0: surely
generated) through white (1/2: can't tell) to blue (1: surely real). A picture is 16:9.
"""

import matplotlib
from matplotlib.colors import LinearSegmentedColormap

REAL, GENERATED, GREEN, GUIDE = "#0072B2", "#D55E00", "#009E73", "#444444"    # Okabe & Ito's, and grey
D_COLOURS = LinearSegmentedColormap.from_list("D", [GENERATED, "white", REAL])
STYLE = {"font.size": 12, "axes.titlesize": 14, "axes.labelsize": 13, "figure.constrained_layout.use": True,
         "axes.spines.top": False, "axes.spines.right": False, "axes.titlelocation": "left"}
SLIDE = {**STYLE, "font.size": 16, "axes.titlesize": 17, "axes.labelsize": 17, "figure.titlesize": 19,
         "xtick.labelsize": 15, "ytick.labelsize": 15, "xtick.major.pad": 7,       # the words in a corner keep apart
         "legend.fontsize": 16, "legend.frameon": False}
SIZE = (12.8, 7.2)                                            # inches: 1920 × 1080 at 150 dpi


def save(draw, path):
    """Write the Figure that `draw()` returns to `path`, 1920 × 1080: the same one whatever
    matplotlib is set to on this machine."""
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        draw().savefig(path, dpi=150)
