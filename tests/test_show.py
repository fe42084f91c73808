"""What is printed and drawn."""

import io

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text

import tinygan as tg
from tinygan import failures
from tinygan.runs import Measure
from tinygan.show.failure import failure
from tinygan.show.picture import GENERATED, REAL, noise_grid, picture
from tinygan.show.text import Progress, comparison, table


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture(scope="module", params=["ring", "gaussian", "grid25", "glyphs"])
def run(request):
    return tg.recipes.run(request.param, iterations=30)


def test_live_progress_rewrites_one_line_within_the_terminals_width(run, monkeypatch):
    for columns, last in ((90, " it/s"), (79, " s left"), (40, "-1.386)")):   # whole fields, as many as fit
        monkeypatch.setenv("COLUMNS", str(columns))
        stream = Terminal()
        progress = Progress(30, stream)
        progress(run.game)
        progress.close()
        text = stream.getvalue()
        assert text.startswith("\r30/30 V ") and text.endswith(f"{last}\x1b[K\n")
        assert len(text.strip("\r\n").removesuffix("\x1b[K")) < columns


def test_a_long_run_fits_in_80_columns():
    class Game:
        iteration, history = 20_000, {"V": [-1.386], "D_real": [0.5], "D_fake": [0.5], "D_spread": [0.02]}

    fields = Progress(20_000, None).fields(Game, 9.0)
    assert len(" ".join(fields[:-1])) < 80 and fields[-1].endswith("it/s")          # the speed may be dropped


def test_table_lines_up():
    rows = [Measure("mean", 1.23456, 1, 0.5, 0.4, 0.6), Measure("a longer name", -1.386, -np.log(4))]
    lines = table(rows, 1000).splitlines()
    assert len({len(line) for line in lines[:4]}) == 1 and lines[2].split() == ["mean", "1.2346", "1.0000", "0.5000", "0.4000", "0.6000"]
    assert lines[3].split() == ["a", "longer", "name", "-1.3860", "-1.3863"] and "n = 1,000" in lines[-3]
    other = [rows[0]._replace(value=7), rows[1]._replace(value=np.nan)]
    lines = comparison(rows, other, 50).splitlines()
    assert lines[0].split()[:4] == ["measure", "broken", "mended", "ideal"] and lines[2].split()[:4] == ["mean", "1.2346", "7.0000", "1.0000"]
    assert lines[3].split() == ["a", "longer", "name", "-1.3860", "-1.3863"]


def test_the_picture_has_its_panels_labelled_in_the_papers_symbols(run):
    figure = picture(run)
    titles = " ".join(ax.get_title(loc="left") for ax in figure.axes)
    of_the_plane = ("D(x)", "$G$") if run.data.dim <= 2 else ()
    for symbol in ("real", "generated", "V(D, G)", "\\log 4", "1/2", *of_the_plane):
        assert symbol in titles
    assert tuple(figure.get_size_inches()) == (12.8, 7.2)
    curves = next(ax for ax in figure.axes if "mean, spread" in ax.get_title(loc="left"))
    assert [line.get_color() for line in curves.lines][-3:] == [REAL, GENERATED, "black"]
    dashed = [ax.lines[0].get_ydata()[0] for ax in figure.axes if "dashed" in ax.get_title(loc="left")]
    assert any(np.isclose(dashed, -np.log(4))) and any(np.isclose(dashed, 0.5))


def test_the_picture_draws_what_it_says(run):
    figure = picture(run)
    if run.data.dim == 2:
        cloud = next(ax for ax in figure.axes if "generated" in ax.get_title(loc="left")).collections[0]
        shown = cloud.get_offsets()
        rng = np.random.default_rng(0)
        run.data.sample(len(shown), rng)
        assert np.allclose(shown, run.sample(len(shown), rng))
        image = next(ax for ax in figure.axes if "D(x)" in ax.get_title(loc="left")).images[0]
        (left, right, bottom, top), D = image.get_extent(), image.get_array()
        corner = np.array([[left, bottom], [right, bottom]])        # (x, y): not transposed, not upside down
        assert np.allclose(D[0, [0, -1]], tg.sigmoid(run.logits(corner))[:, 0])
    elif run.data.dim == 64:
        sheet = next(ax for ax in figure.axes if "generated" in ax.get_title(loc="left")).images[0].get_array()
        x = run.sample(100, 0).reshape(10, 10, 8, 8)
        assert np.allclose(sheet[9:17, 18:26], x[1, 2]) and sheet.shape == (90, 90)      # row 1, column 2: not transposed
    else:
        panel = next(ax for ax in figure.axes if ax.get_title(loc="left").startswith("$G$"))
        z, x = panel.lines[0].get_data()
        assert np.allclose(x, run.generate(z[:, None])[:, 0])


def test_text_is_no_smaller_than_9_points(run):
    figure = picture(run)
    figure.canvas.draw()
    from matplotlib.text import Text
    assert min(text.get_fontsize() for text in figure.findobj(Text) if text.get_text()) >= 9


def test_noise_grid_has_straight_lines_both_ways():
    grid = noise_grid(tg.data.Normal(2), n=5, fine=11)
    assert grid.shape == (10, 11, 2)
    assert (np.ptp(grid[:5, :, 0], axis=1) == 0).all() and (np.ptp(grid[5:, :, 1], axis=1) == 0).all()


def test_a_run_that_was_stopped_before_its_first_record_can_be_drawn():
    picture(tg.recipes.start("ring")).savefig(io.BytesIO())


LONGEST = max(failures.names(), key=lambda name: len(failures.FAILURES[name].symptom))


@pytest.mark.parametrize("name", sorted({"saturation", "strong-d", LONGEST}))               # most panels, most knobs, most words
def test_nothing_written_in_a_failures_picture_is_cut_off(name):
    lesson = failures.start(name, iterations=5)
    for run in lesson.runs:
        lesson.train(run)
        run.game.records = [(iteration, -4.0, *rest) for iteration, V, *rest in run.game.records]      # the longest title of V
    figure = failure(lesson)
    FigureCanvasAgg(figure).draw()
    ticks = {label for ax in figure.axes for axis in (ax.xaxis, ax.yaxis) for label in axis.get_ticklabels()}
    for text in set(figure.findobj(Text)) - ticks:                   # ticks outside the view are not drawn
        if text.get_text():
            box = text.get_window_extent()
            assert 0 <= box.x0 and box.x1 <= figure.bbox.x1 and 0 <= box.y0 and box.y1 <= figure.bbox.y1, text
