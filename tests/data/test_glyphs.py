"""Digits from typefaces: what is drawn stays the same, is what its label says, and is where it should be."""

import numpy as np
import pytest

from tinygan import data, metrics
from tinygan.data import glyphs as module


def test_the_same_arguments_draw_the_same_pictures_and_others_draw_others():
    small = {"n": 40, "held_out": 10}
    one = data.Glyphs(**small)
    again = module._drawn.__wrapped__(16, 50, 0.03, 0)
    assert (one.images == again[0]).all() and (one.labels == again[1]).all()
    for other in ({"seed": 1}, {"noise": 0.1}):
        assert (data.Glyphs(**small, **other).images != one.images).any()


def test_they_are_the_digits_that_results_were_measured_on():
    """If this fails on purpose, or with other typefaces in a new matplotlib, the tables of results have to be made
    anew."""
    images = data.Glyphs(n=500, held_out=0, noise=0).images.astype(float)
    assert images.shape == (500, 16, 16) and images.mean() == pytest.approx(39.93, abs=0.1)


def test_a_second_call_draws_nothing_again():
    one, other = data.Glyphs(n=40, held_out=10), data.Glyphs(n=40, held_out=10)
    assert one.images is other.images and not one.images.flags.writeable
    other = data.Glyphs(n=30, held_out=20)                              # the same fifty, other ones held out
    assert one.images is other.images and (one.n_drawn, other.n_drawn) == (40, 30)


def test_how_many_are_drawn_at_a_time_does_not_matter():
    """The first thousand of 1100 are drawn together."""
    images, labels = module._drawn(8, 1100, 0.0, 5)
    assert len(np.unique(images.reshape(1100, 64), axis=0)) > 1090 and np.bincount(labels).tolist() == [110] * 10
    assert images[1000:].max() > 200 and images[1000:].mean() == pytest.approx(images[:1000].mean(), rel=0.1)


@pytest.mark.parametrize("size, right", [(8, 0.9), (16, 0.95), (28, 0.95)])
def test_each_picture_is_what_its_label_says(size, right):
    """The nearest of 3000 others is of the same class."""
    glyphs = data.Glyphs(size, n=3000, held_out=500)
    (training, labels), (test, wanted) = glyphs.training(), glyphs.test()
    assert glyphs.shape == (size, size) and glyphs.classes == 10
    index, _ = metrics.nearest(test, training)
    assert np.mean(labels[index] == wanted) > right


def test_all_typefaces_are_drawn_upright_and_of_one_height():
    """A 7 is heavy above, a 4 below; and an 8 has more ink than a 1 or a 7."""
    inside = module._fields() > 0
    assert inside.shape == (19, 10, 41, 41) and len({face.tobytes() for face in inside}) == 19
    ink, upper, lower = (part.sum(axis=(2, 3)) for part in (inside, inside[:, :, :20], inside[:, :, 21:]))
    assert (upper[:, 7] > lower[:, 7]).all() and (upper[:, 4] < lower[:, 4]).all()
    assert (ink[:, 8] > ink[:, 1]).all() and (ink[:, 8] > ink[:, 7]).all()
    rows = inside.any(axis=3).sum(axis=2)                               # the height 1 is half of the square's
    assert rows.min() >= 19 and rows.max() <= 20


def test_the_distance_from_a_square():
    """Of points inside, outside, beside a corner and on a side."""
    square = [np.array([[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]], float)]
    points = np.array([[0.5, 0.4], [3.0, 0.5], [4.0, 5.0], [0.2, 0.0]])
    assert module._to_outline(points, square) == pytest.approx([0.4, 2, 5, 0])


def test_most_is_paper_some_is_ink_and_the_border_between_them_is_grey():
    levels = data.Glyphs(noise=0, n=500, held_out=0).images / 256
    assert np.mean(levels < 0.05) > 0.6 and np.mean(levels > 0.7) > 0.08
    assert 0.1 < np.mean((levels > 0.05) & (levels < 0.7)) < 0.25


def test_noise_is_folded_back_and_of_the_size_that_is_asked_for():
    plain, noisy = (data.Glyphs(noise=noise, n=500, held_out=0).images.astype(float) for noise in (0, 0.05))
    paper = plain == 0
    assert noisy[paper].mean() + 0.5 == pytest.approx(256 * 0.05 * np.sqrt(2 / np.pi), rel=0.02)      # of |noise|
    middle = (plain > 90) & (plain < 160)
    assert (noisy - plain)[middle].std() == pytest.approx(256 * 0.05, rel=0.05)


@pytest.mark.parametrize("arguments, words", [
    ({"size": 5}, "size must be at least 6, not 5"), ({"size": 65}, "size must be at most 64"), ({"n": 0}, "n must be"),
    ({"n": 10**9}, "n must be at most 262,144"), ({"held_out": -1}, "held_out must be at least 0"),
    ({"noise": 1}, r"noise must be a number in \[0, 1\)"), ({"seed": -1}, "seed must be at least 0")])
def test_bad_arguments_get_one_clear_sentence(arguments, words):
    with pytest.raises(ValueError, match=words):
        data.Glyphs(**arguments)
