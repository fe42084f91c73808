"""The picture of a run draws what it says."""

import io

import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.text import Text

import tinygan as tg
from tinygan.show.one_run import GENERATED, REAL, View, noise_grid, picture


@pytest.fixture(scope="module", params=["ring", "gaussian", "grid25", "glyphs"])
def run(request):
    few = tg.data.Glyphs(n=300, held_out=100) if request.param == "glyphs" else None
    return tg.recipes.run(request.param, iterations=30, data=few)


def panel(figure, start):
    """The panel whose title begins so."""
    return next(ax for ax in figure.axes if ax.get_title(loc="left").startswith(start))


def test_the_picture_has_its_panels_labelled_in_the_papers_symbols(run):
    figure = picture(run)
    titles = " ".join([figure.get_suptitle(), *(ax.get_title(loc="left") for ax in figure.axes)])
    of_the_plane = ("D(x)", "$G") if run.data.dim <= 2 else ()
    for symbol in ("real", "generated", "$V$", "\\log 4", "1/2", *of_the_plane):
        assert symbol in titles
    assert tuple(figure.get_size_inches()) == (12.8, 7.2)
    mean = panel(figure, "mean $D$")
    assert [line.get_color() for line in mean.lines][-3:] == [REAL, GENERATED, "black"]
    assert mean.get_ylim() == (-0.04, 1.04) and mean.lines[0].get_ydata()[0] == 0.5
    assert np.isclose(panel(figure, "$V$").lines[0].get_ydata()[0], -np.log(4))


def test_the_picture_draws_what_it_says(run):
    figure = picture(run)
    if run.data.dim == 2:
        rng = np.random.default_rng(0)
        both = panel(figure, "orange: generated")
        for cloud, points, colour in zip(both.collections, (run.data.sample(2000, rng), run.sample(2000, rng)),
                                         (REAL, GENERATED)):                   # real below, generated on it
            assert np.allclose(cloud.get_offsets(), points) and to_hex(cloud.get_facecolor()[0]) == colour.lower()
        map_of_D = panel(figure, "$D(x)$")
        image, points = map_of_D.images[0], [each for each in map_of_D.collections if len(each.get_offsets()) == 200]
        (left, right, bottom, top), D = image.get_extent(), image.get_array()
        corner = np.array([[left, bottom], [right, bottom]])        # (x, y): not transposed, not upside down
        assert np.allclose(D[0, [0, -1]], tg.sigmoid(run.logits(corner))[:, 0]) and len(points) == 2
    elif run.data.dim == 256:
        sheet = panel(figure, "generated").images[0].get_array()
        x = run.sample(72, 0).reshape(6, 12, 16, 16)
        assert np.allclose(sheet[19:35, 37:53], x[1, 2])            # row 1, column 2: not transposed
        assert sheet.shape == (6 * 18, 13 * 18)                     # the last column: tests/show/test_digit_pictures.py
        walk = panel(figure, "$G$ along").images[0].get_array()
        assert np.allclose(walk[1:17, 1:17].ravel(), run.generate(run.game.noise.sample(4, 1)[:1]))
    else:
        z, x = panel(figure, "$G").lines[0].get_data()
        assert np.allclose(x, run.generate(z[:, None])[:, 0])


@pytest.mark.parametrize("data, noise", [(tg.data.Ring(), tg.data.Normal(1)),
                                         (tg.data.Gaussian(0, 1), tg.data.Normal(3)),
                                         (np.random.default_rng(0).normal(size=(50, 5)), tg.data.Normal(2)),
                                         (np.random.default_rng(0).normal(size=(50, 1)), tg.data.Normal(1)),
                                         (tg.data.Standardised(tg.data.TwoMoons(), 0, 2), tg.data.Normal(2))])
def test_a_game_of_ones_own_is_drawn_by_the_same_call(data, noise):
    data = tg.data.as_distribution(data)
    game = tg.Algorithm1(tg.MLP([noise.dim, 4, data.dim], rng=0), tg.MLP([data.dim, 4, 1], rng=1), data, noise, rng=2)
    game.train(3, every=1)
    figure = tg.show.picture(game)
    assert figure.get_suptitle() == "your game: generated and real after 3 iterations of Algorithm 1"
    figure.savefig(io.BytesIO())
    if data.dim == 2:
        points = panel(figure, "orange").collections[1].get_offsets()
        assert np.abs(points).max() < 2.0001 * np.abs(game.G(game.noise.sample(9000, 0))).max() + 1     # in x's units


@pytest.mark.parametrize("shape", [(1, 1), (1, 2)])
def test_pictures_of_one_or_two_pixels_are_pictures(shape):
    images = tg.data.Images(np.random.default_rng(0).integers(256, size=(60, *shape), dtype=np.uint8), held_out=20)
    G, D = tg.MLP([2, 4, images.dim], output="sigmoid", rng=0), tg.MLP([images.dim, 4, 1], rng=1)
    figure = picture(tg.Algorithm1(G, D, images, tg.data.Normal(2), m=4, rng=2))
    assert panel(figure, "generated, not picked").images


def test_a_part_that_is_not_shown_is_counted():
    view = View(np.random.default_rng(0).normal(size=(1000, 2)))
    assert view.equal and view.outside(np.array([[0.0, 0.0], [99.0, 0.0]])) == 0.5
    assert not View(np.random.default_rng(0).normal(size=(1000, 2)) * [1, 100]).equal


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
    assert "$G$ of noise $(z_1, z_2, 0, 0)$" in titles


def test_a_run_that_was_stopped_before_its_first_record_can_be_drawn():
    picture(tg.recipes.start("ring")).savefig(io.BytesIO())


def test_what_is_no_game_is_told_so():
    with pytest.raises(TypeError, match="game must be an Algorithm1 or a recipes.Run, not MLP"):
        tg.show.picture(tg.MLP([2, 3, 1]))
