"""What a class expected: each answer is counted once, and the truth is marked."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from tinygan.show.answers import answers, choices
from tinygan.show.style import GREEN


@pytest.fixture
def ax():
    return Figure().add_subplot()


def heights(ax):
    return np.array([bar.get_height() for bar in ax.patches])


def words(ax):
    return [text.get_text() for text in ax.texts]


def test_every_answer_is_counted_those_beyond_the_axis_at_its_edge(ax):
    answers(ax, ([-5, 0, 50, 1000], [50]), 50, 0, 100, "%")
    now = heights(ax)[:20]
    assert now.sum() == 4 and now[0] == 2 and now[-1] == 1
    assert heights(ax).sum() == 5 and ax.get_title().endswith("5 answers")


def test_one_bar_for_each_power_of_ten(ax):
    answers(ax, ([0, 1, 9, 1e4, 1e30], []), 19_307, 0.01, 1e8, log=True)
    assert heights(ax)[:10].tolist() == [1, 0, 2, 0, 0, 0, 1, 0, 0, 1] and ax.get_xscale() == "log"


@pytest.mark.parametrize("truth, side", [(2.4, "left"), (97, "right")])
def test_the_truth_is_a_green_line_with_its_number_where_there_is_room(ax, truth, side):
    answers(ax, ([50], []), truth, 0, 100, "%")
    assert ax.lines[0].get_xdata()[0] == truth and ax.lines[0].get_color() == GREEN
    assert words(ax) == [f"true: {truth:g} %"] and ax.texts[0].get_ha() == side


def test_large_numbers_are_written_out(ax):
    answers(ax, ([], []), 19_307.3, 0.01, 1e8, "times", log=True)
    assert words(ax) == ["true: 19,307 times"]


def test_letters_are_counted_and_the_true_one_is_green(ax):
    choices(ax, (["a", "a", "c"], ["c"]), "b", {"a": "left", "b": "right", "c": "neither"})
    assert [bar.get_width() for bar in ax.patches] == [2, 0, 1, 0, 0, 1]
    assert [bar.get_x() for bar in ax.patches][3:] == [2, 0, 1]                     # earlier ones behind those of now
    assert words(ax) == ["a)  left", "b)  right  (true)", "c)  neither"]
    assert [text.get_color() == GREEN for text in ax.texts] == [False, True, False]


@pytest.mark.parametrize("given, shown", [(([1], []), False), (([], [1]), False), (([1], [2]), True)])
def test_a_legend_only_where_there_are_both(ax, given, shown):
    answers(ax, given, 1, 0, 10)
    assert (ax.get_legend() is not None) == shown


def test_nobody_was_asked(ax):
    choices(ax, ([], []), "a", {"a": "left", "b": "right"})
    assert ax.get_title().endswith("nobody was asked") and ax.get_xlim() == (0, 1.1)
