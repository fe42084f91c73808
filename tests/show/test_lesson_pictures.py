"""The pictures of docs/line-by-line.md: their numbers are those of the page, and the slopes are slopes."""

import re
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from tinygan import show
from tinygan.show.lesson_pictures import X, passes, small_discriminator
from tinygan.show.style import GREEN

PAGE = (Path(__file__).parents[2] / "docs/line-by-line.md").read_text(encoding="utf-8")


def test_the_network_is_the_one_of_the_page():
    assert str(small_discriminator().theta.astype(int).tolist()) in PAGE.split("D.theta = ")[1].splitlines()[0]
    assert X.tolist() == [[1, 1], [0, 1]]


def test_forward_and_backward_numbers_are_those_that_one_finds_by_hand():
    numbers = {symbol: (forward.tolist(), backward.tolist())
               for symbol, (forward, backward) in passes(small_discriminator(), X).items()}
    assert numbers == {"x": ([[1, 1], [0, 1]], [[-0.5, 1], [-0.5, -0.5]]),
                       "u": ([[2, 1], [1, -1]], [[0.5, -0.5], [-0.5, 0]]),
                       "h": ([[2, 1], [1, 0]], [[0.5, -0.5], [-0.5, 0.5]]),
                       "a": ([[0], [0]], [[0.5], [-0.5]])}


def test_they_are_what_is_written_in_the_picture():
    for i, ax in enumerate(show.draw("two-layers").axes[:2]):
        numbers = passes(small_discriminator(), X)
        slopes = [text.get_text() for text in ax.texts if text.get_color() == GREEN]
        wanted = [slope for _, backward in numbers.values() for slope in backward[i]]
        assert [Fraction(slope.replace("−", "-")) for slope in slopes] == wanted
        values = [text.get_text() for text in ax.texts if text.get_fontsize() == 18]
        assert [Fraction(re.sub("−", "-", value)) for value in values] == [
            value for forward, _ in numbers.values() for value in forward[i]]


@pytest.mark.parametrize("panel", range(4))
def test_the_green_line_is_the_slope_of_the_black_one(panel):
    y, slope = (line.get_ydata() for line in show.draw("activations").axes[panel].lines[:2])
    x = show.draw("activations").axes[panel].lines[0].get_xdata()
    difference = np.diff(y.ravel()) / np.diff(x.ravel())
    middle = (slope[1:] + slope[:-1]).ravel() / 2
    seen = np.isfinite(middle)
    assert seen.mean() > 0.99 and difference[seen] == pytest.approx(middle[seen], abs=1e-5)
