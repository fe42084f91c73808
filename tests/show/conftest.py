"""The pictures of the theory, which take some ten seconds, drawn once for all tests that look at them."""

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from tinygan import show
from tinygan.show import PICTURES, snapshots


@pytest.fixture(scope="session")
def drawn(moments_of_figure1):
    """{name: its Figure}, rendered."""
    figures = {name: show.draw(name) for name in PICTURES if name != "figure1"}
    figures["figure1"] = snapshots.figure1(moments_of_figure1)
    for figure in figures.values():
        FigureCanvasAgg(figure).draw()
    return figures
