"""The picture of a failure beside its cure."""

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text

from tinygan.recipes import failures
from tinygan.show.side_by_side import side_by_side

LONGEST = max(failures.names(), key=lambda name: len(failures.FAILURES[name].symptom))


# most panels, most knobs, most words
@pytest.mark.parametrize("name", sorted({"saturation", "strong-d", LONGEST}))
def test_nothing_written_in_a_failures_picture_is_cut_off(name):
    pair = failures.start(name, iterations=5)
    for run in pair.runs:
        pair.train(run)
        # the longest title of V
        run.game.records = [(iteration, -4.0, *rest) for iteration, V, *rest in run.game.records]
    figure = side_by_side(pair)
    FigureCanvasAgg(figure).draw()
    ticks = {label for ax in figure.axes for axis in (ax.xaxis, ax.yaxis) for label in axis.get_ticklabels()}
    for text in set(figure.findobj(Text)) - ticks:                   # ticks outside the view are not drawn
        if text.get_text():
            box = text.get_window_extent()
            assert 0 <= box.x0 and box.x1 <= figure.bbox.x1 and 0 <= box.y0 and box.y1 <= figure.bbox.y1, text
