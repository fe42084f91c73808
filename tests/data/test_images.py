"""Labelled pictures: what is drawn, what is kept to measure with, and that no level is exactly paper or ink."""

import numpy as np
import pytest

from tinygan import data

STEPS = np.arange(24, dtype=np.uint8).reshape(6, 2, 2)


def test_a_sample_is_of_the_pictures_each_pixel_anywhere_within_its_step_of_grey():
    images = data.Images(STEPS, held_out=0)
    x = 256 * images.sample(3000, 0)
    assert (np.sort(np.unique(np.floor(x), axis=0), axis=0) == STEPS.reshape(6, 4)).all()
    within = x % 1
    assert within.mean() == pytest.approx(0.5, abs=0.01) and within.std() == pytest.approx(np.sqrt(1 / 12), rel=0.02)


def test_paper_and_ink_are_never_exactly_0_and_1():
    """A sigmoid's output never is: D would need to look at nothing else."""
    images = data.Images(np.repeat(np.uint8([0, 255]), 2000).reshape(40, 10, 10), held_out=0)
    for x in (images.sample(500, 0), images.training()[0]):
        assert 0 < x.min() < 1 / 128 and 1 - 1 / 128 < x.max() < 1


def test_those_held_out_are_never_drawn():
    images = data.Images(STEPS, labels=[0, 1, 0, 1, 0, 2], held_out=2)
    assert images.n_drawn == 4 and (256 * images.sample(500, 0)).max() < 16
    (training, labels), (test, test_labels) = images.training(), images.test()
    assert (256 * training - 0.5).tolist() == STEPS[:4].reshape(4, 4).tolist() and labels.tolist() == [0, 1, 0, 1]
    assert (256 * test - 0.5).tolist() == STEPS[4:].reshape(2, 4).tolist() and test_labels.tolist() == [0, 2]
    assert len(images.training(3)[0]) == 3 and len(images.test(1)[0]) == 1
    assert data.Images(STEPS).held_out == 1                                           # a sixth


def test_shape_classes_and_what_is_said_of_them():
    images = data.Images(np.zeros((12, 3, 5), np.uint8), labels=np.arange(12) % 4)
    assert (images.shape, images.dim, images.classes) == ((3, 5), 15, 4)
    assert repr(images) == "Images(12 pictures of 3 × 5 pixels, 4 classes, 2 of them held out)"
    plain = data.Images(np.zeros((12, 3, 5), np.uint8))
    assert plain.classes is plain.labels is plain.training()[1] is None and "without labels" in repr(plain)


@pytest.mark.parametrize("arguments, words", [
    ({"images": STEPS.astype(float)}, r"an array \(n, height, width\) of bytes, not \(6, 2, 2\) of float64"),
    ({"images": STEPS[0]}, r"images must be an array \(n, .* not \(2, 2\)"),
    ({"images": STEPS[:0]}, r"not \(0, 2, 2\)"),
    ({"images": STEPS.tolist()}, r"images must be an array .* not \[\[\[0, 1\], "),
    ({"labels": [0, 1]}, r"labels must be 6 whole numbers from 0 to 999, one for each of the images, not \(2,\)"),
    ({"labels": [0.5] * 6}, "whole numbers .* not .* 0.5"), ({"labels": [-1] * 6}, "labels must be"),
    ({"labels": [1000] * 6}, "from 0 to 999, .* 1000"),
    ({"held_out": 6}, "held_out must be at most 5, not 6"), ({"held_out": -1}, "held_out must be at least 0")])
def test_bad_pictures_get_one_clear_sentence(arguments, words):
    with pytest.raises(ValueError, match=words):
        data.Images(**{"images": STEPS, **arguments})
