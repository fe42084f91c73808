"""The picture of a run draws what it says."""

import io

import numpy as np
import pytest
from matplotlib.text import Text

import tinygan as tg
from tinygan.show.one_run import GENERATED, REAL, noise_grid, picture


@pytest.fixture(scope="module", params=["ring", "gaussian", "grid25", "glyphs"])
def run(request):
    return tg.recipes.run(request.param, iterations=30)


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
        assert np.allclose(sheet[9:17, 18:26], x[1, 2])             # row 1, column 2: not transposed
        assert sheet.shape == (90, 90)
    else:
        panel = next(ax for ax in figure.axes if ax.get_title(loc="left").startswith("$G$"))
        z, x = panel.lines[0].get_data()
        assert np.allclose(x, run.generate(z[:, None])[:, 0])


def test_text_is_no_smaller_than_9_points(run):
    figure = picture(run)
    figure.canvas.draw()
    assert min(text.get_fontsize() for text in figure.findobj(Text) if text.get_text()) >= 9


def test_noise_grid_has_straight_lines_both_ways():
    grid = noise_grid(tg.data.Normal(2), n=5, fine=11)
    assert grid.shape == (10, 11, 2)
    assert (np.ptp(grid[:5, :, 0], axis=1) == 0).all() and (np.ptp(grid[5:, :, 1], axis=1) == 0).all()


@pytest.mark.parametrize("noise, middle", [(tg.data.Normal(4), 0), (tg.data.Uniform(4, 0, 1), 0.5)])
def test_a_grid_of_more_than_two_dimensions_is_a_slice_through_the_middle(noise, middle):
    grid = noise_grid(noise)
    assert grid.shape[2] == 4 and (grid[..., 2:] == middle).all()
    assert (np.ptp(grid[..., :2], axis=(0, 1)) > 0).all()


def test_a_picture_names_the_slice_that_it_shows():
    titles = {ax.get_title(loc="left") for ax in picture(tg.recipes.start("ring", iterations=2)).axes}
    assert {"a slice of noise: $(z_1, z_2, 0, 0)$", "the same slice, warped by $G$"} <= titles


def test_a_run_that_was_stopped_before_its_first_record_can_be_drawn():
    picture(tg.recipes.start("ring")).savefig(io.BytesIO())
