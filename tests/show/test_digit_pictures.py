"""The pictures of the paper's experiment: each draws what it says, in numbers taken back from the picture."""

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

import tinygan as tg
from tinygan.show import digit_pictures as drawn
from tinygan.show.style import GENERATED, REAL

HIGH, WIDE = 6, 9                                                   # of a picture: not square, so nothing is transposed


def a_run(hidden="maxout", n=60, widths=(24,), **options):
    rng = np.random.default_rng(0)
    images = tg.data.Images(rng.integers(256, size=(n, HIGH, WIDE), dtype=np.uint8), held_out=20)
    D = tg.MLP([images.dim, *widths, 1], hidden=hidden, pieces=3, rng=rng, **options)
    G = tg.MLP([3, 8, images.dim], output="sigmoid", rng=rng)
    return tg.Algorithm1(G, D, images, tg.data.Normal(3), m=4, rng=rng)


@pytest.fixture(scope="module")
def game():
    return a_run()


@pytest.fixture(scope="module")
def run(game):
    return drawn.played(game)


def cells(ax, rows, columns):
    """The pictures of a panel, (rows, columns, height, width), without the paper between them."""
    image = ax.images[0].get_array()
    each = image.reshape(rows, HIGH + 2, columns, WIDE + 2).transpose(0, 2, 1, 3)
    assert image.shape == (rows * (HIGH + 2), columns * (WIDE + 2))
    return each[:, :, 1:-1, 1:-1]


def frames(ax):
    """{(row, column)} of the frames of a panel, and their colour."""
    assert len({to_hex(patch.get_edgecolor()) for patch in ax.patches}) == 1
    return ({(int(patch.get_y() // (HIGH + 2)), int((patch.get_x() + 1) // (WIDE + 2))) for patch in ax.patches},
            to_hex(ax.patches[0].get_edgecolor()).upper())


def test_samples_are_the_first_of_a_seed_and_their_neighbours_are_the_nearest(game, run):
    ax, = drawn.samples(game).axes
    shown, x = cells(ax, 6, 12), run.sample(66, 0).reshape(6, 11, -1)
    assert np.allclose(shown[:, :11].reshape(6, 11, -1), x)
    training = run.data.training()[0]
    for row, beside in zip(x[:, -1], shown[:, 11]):
        assert np.allclose(beside.ravel(), min(training, key=lambda each: np.linalg.norm(each - row)))
    assert frames(ax) == ({(i, 11) for i in range(6)}, REAL)


def test_the_nearest_is_found_among_more_than_ten_thousand_and_never_among_those_held_out():
    images = np.random.default_rng(0).integers(256, size=(10_200, 2, 3), dtype=np.uint8)
    data = tg.data.Images(images, held_out=100)
    wanted = [3, 9_999, 10_000, 10_099]
    index, distance = drawn.nearest_training(data, (images[wanted].reshape(4, 6) + 0.5) / 256)
    assert index.tolist() == wanted and np.allclose(distance, 0)
    assert (drawn.nearest_training(data, (images[10_100:].reshape(-1, 6) + 0.5) / 256)[0] < 10_100).all()


def test_a_walk_is_G_of_a_straight_line_between_its_framed_ends(game, run):
    lines, mixed = drawn.walk(game).axes
    shown, below = cells(lines, 5, 13), cells(mixed, 1, 13)[0]
    z = run.game.noise.sample(10, 1)
    for start, end, row in zip(z[:5], z[5:], shown):
        for column, s in ((0, 0), (6, 1 / 2), (9, 3 / 4), (12, 1)):
            assert np.allclose(row[column].ravel(), run.generate([(1 - s) * start + s * end]))
    assert frames(lines) == ({(i, j) for i in range(5) for j in (0, 12)}, GENERATED)
    assert np.allclose(below[6], (shown[-1, 0] + shown[-1, -1]) / 2) and not np.allclose(below[6], shown[-1, 6])


def test_through_training_shows_the_same_z_at_the_iterations_that_it_names():
    run = tg.recipes.start("glyphs", iterations=40, data=a_run().data)
    z, start = run.game.noise.sample(11, 0), run.game.G.theta.copy()
    seen = drawn.watch(run)
    assert [*seen] == list(range(41)) and run.game.iteration == 40 and np.allclose(seen[40], run.generate(z))
    ax, = drawn.through_training(seen, run.data.shape).axes
    named = [int(label.get_text()) for label in ax.get_yticklabels()]
    assert named[0] == 0 and named[-1] == 40 and named == sorted(set(named))
    for t, row in zip(named, cells(ax, len(named), 11)):
        assert np.allclose(row.reshape(11, -1), seen[t])
    run.game.G.theta = start
    assert np.allclose(seen[0], run.generate(z))
    ticks = (np.array(ax.get_yticks()) + 0.5) / (HIGH + 2)                   # in the middle of their rows
    assert np.allclose(ticks, np.arange(len(named)) + 0.5)
    ax, = drawn.through_training({0: seen[0]}, run.data.shape).axes          # before the first record
    assert [label.get_text() for label in ax.get_yticklabels()] == ["0"]


@pytest.mark.parametrize("hidden, pieces, rows, columns", [("maxout", 3, 6, 4), ("relu", 1, 2, 9)])
def test_units_are_the_columns_of_the_first_layer_the_pieces_side_by_side(hidden, pieces, rows, columns):
    game = a_run(hidden)
    ax, = drawn.units(game).axes
    W = game.D.linears[0].W.T.reshape(24, pieces, HIGH, WIDE)
    shown = cells(ax, rows, columns * pieces).reshape(rows * columns, pieces, HIGH, WIDE)
    largest = sorted(W, key=lambda unit: -np.sum(unit**2))[:rows * columns]
    assert np.allclose(shown, largest)
    low, high = ax.images[0].get_clim()
    assert low == -high and len(ax.lines) == (columns - 1) * (pieces > 1)


@pytest.mark.parametrize("hidden, widths, options, units, pieces", [
    (["relu", "maxout"], (24, 8), {}, 18, 1), ("maxout", (9,), {"input_dropout": 0.1}, 8, 3), ("relu", (9,), {}, 9, 1),
    ("relu", (4,), {}, 4, 1), ("maxout", (2,), {"dropout": 0.1}, 2, 3), ("relu", (), {}, 1, 1)])
def test_pieces_are_those_of_the_first_layer_and_few_units_are_drawn_too(hidden, widths, options, units, pieces):
    ax, = drawn.units(a_run(hidden, widths=widths, **options)).axes
    high, wide = ax.images[0].get_array().shape
    assert high * wide == units * pieces * (HIGH + 2) * (WIDE + 2)
    assert f"the {units} units" in ax._left_title.get_text()
    assert ("3 pieces each" in ax._left_title.get_text()) == (pieces == 3)


def test_the_title_over_tall_pictures_is_not_cut_off():
    images = tg.data.Images(np.random.default_rng(0).integers(256, size=(60, 128, 4), dtype=np.uint8), held_out=20)
    G, D = tg.MLP([3, 8, images.dim], output="sigmoid", rng=0), tg.MLP([images.dim, 24, 1], "maxout", pieces=3, rng=1)
    game = tg.Algorithm1(G, D, images, tg.data.Normal(3), m=4, rng=2)
    for figure, right in ((drawn.units(game), 1), (tg.show.picture(game), 3.3 / 4.3)):
        canvas = FigureCanvasAgg(figure)
        canvas.draw()
        box = figure.axes[0]._left_title.get_window_extent(canvas.get_renderer())
        assert box.x0 >= 0 and box.x1 <= right * figure.bbox.x1


def test_distances_are_those_to_the_nearest_training_picture_and_the_title_says_what_they_mean(game, run, monkeypatch):
    figure = drawn.distances(game)
    training, away = run.data.training()[0], lambda x: [min(np.linalg.norm(training - row, axis=1)) for row in x]
    wanted = [np.median(away(x)) for x in (run.data.test()[0], run.sample(20, 0))]
    copies, held_out, generated = figure.axes
    assert [ax.lines[0].get_xdata()[0] for ax in (held_out, generated)] == pytest.approx(wanted)
    assert copies.lines[0].get_xdata()[0] < 0.5 < wanted[0]
    assert f"median {wanted[1]:.2f}" in generated.texts[0].get_text()
    assert sum(bar.get_height() for bar in held_out.patches) == 20
    assert figure.get_suptitle().startswith("Nearer" if wanted[1] < wanted[0] else "No copies")
    monkeypatch.setattr(drawn.Played, "sample", lambda self, n, rng: training[:n])
    assert drawn.distances(game).get_suptitle().startswith("Nearer to the training pictures")


def test_the_score_by_width_is_that_of_the_measure(run):
    ax = Figure().subplots()
    drawn.score_by_width(ax, run, n=30)
    of_training, of_G, _ = (line for line in ax.lines if len(line.get_xdata()) > 1)
    test = run.data.test()[0]
    for line, x in ((of_training, run.data.training(30)[0]), (of_G, run.sample(30, 0))):
        for sigma, score in zip(line.get_xdata()[::5], line.get_ydata()[::5]):
            assert score == pytest.approx(tg.metrics.parzen(x, test, test, [sigma]).log_likelihood)


def test_the_score_falls_short_of_the_truth_and_the_more_the_more_dimensions():
    ax = Figure().subplots()
    drawn.score_by_dimension(ax, n=100)
    true, found = (line.get_ydata() for line in ax.lines)
    short = (true - found) * ax.lines[0].get_xdata()
    assert (np.diff(short[2:]) > 0).all() and short[-1] > 30 and abs(short[0]) < 0.1
    assert np.allclose(true, -np.log(2 * np.pi * np.e) / 2, atol=0.1)
    assert f"{short[-1]:.0f} nats" in ax.texts[0].get_text()


@pytest.mark.parametrize("wrong", [None, tg.MLP([2, 3, 1]), tg.recipes.start("ring")])
def test_what_is_no_game_of_pictures_is_told_so(wrong):
    with pytest.raises(TypeError, match="game must be an Algorithm1 or a recipes.Run on pictures"):
        drawn.samples(wrong)


@pytest.mark.parametrize("name", ["samples", "walk", "units", "distances"])
def test_text_is_readable_and_inside_the_picture(name, game):
    figure = getattr(drawn, name)(game)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    written = [text for ax in figure.axes for text in (ax._left_title, *ax.texts)]
    for text in [figure._suptitle, *written]:
        box = text.get_window_extent(canvas.get_renderer())
        assert text.get_fontsize() >= 13 and box.x0 >= 0 and box.x1 <= figure.bbox.x1, text.get_text()
