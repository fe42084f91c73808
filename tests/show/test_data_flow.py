"""The drawing of the data's flow: its symbols are those of Algorithm 1's lines, and its thick arrows the way back."""

import pytest
from matplotlib.colors import to_hex
from matplotlib.patches import FancyBboxPatch

import tinygan as tg
from games import make
from tinygan.show.style import GENERATED, GREEN

ROWS = {5: ("D", [3, 4, 5]), 8: ("G", [7, 8])}                     # who learns, and the lines that are drawn
DRAWN = {"z": "$z$", "x": "$x$", "x_fake": "$x_\\mathrm{fake}$", "a_real": "a_\\mathrm{real}",
         "a_fake": "a_\\mathrm{fake}", "dx_fake": "$\\partial L\\, /\\, \\partial x_\\mathrm{fake}$"}


@pytest.fixture(scope="module")
def rows():
    line_5, line_8 = tg.show.draw("data-flow").axes
    return {5: line_5, 8: line_8}


@pytest.mark.parametrize("number", ROWS)
def test_what_a_line_computes_is_drawn_in_its_row(rows, number):
    player, numbers = ROWS[number]
    assert rows[number].get_title(loc="left").startswith(f"line {number}: ${player}$ ")
    written = [text.get_text() for text in rows[number].texts]
    for line in make().lines():
        if line.number in numbers:
            for name in line.values:
                symbol = DRAWN.get(name, f"\\partial\\theta_{player}")      # `grad`, of the player whose line it is
                assert any(symbol in text for text in written), (line.number, name)


@pytest.mark.parametrize("number", ROWS)
def test_only_the_player_that_learns_is_filled(rows, number):
    filled = {patch.get_x(): to_hex(patch.get_facecolor()) != "#ffffff" for patch in rows[number].patches
              if isinstance(patch, FancyBboxPatch)}
    G, D = (filled[x] for x in sorted(filled))                      # G stands to the left of D
    assert (G, D) == ((False, True) if number == 5 else (True, False))


def test_the_way_back_ends_at_d_in_line_5_and_leads_through_d_to_g_in_line_8(rows):
    ways = {}
    for number, ax in rows.items():
        x_D = max(patch.get_x() for patch in ax.patches if isinstance(patch, FancyBboxPatch))
        thick = [text.arrow_patch for text in ax.texts if getattr(text, "arrow_patch", None)
                 and text.arrow_patch.get_linewidth() > 5]
        ways[number] = [text.xy[0] < x_D for text in ax.texts if getattr(text, "arrow_patch", None) in thick
                        and text.xy[0] < text.xyann[0]]
    assert ways == {5: [False], 8: [False, True]}                   # is its end to the left of D?


def test_the_labels_are_those_of_v_and_of_the_non_saturating_loss(rows):
    labels = {number: [text.get_text() for text in ax.texts if text.get_color() == GREEN and text.get_text()]
              for number, ax in rows.items()}
    assert labels == {5: ["labels: 1 for $x$, 0 for $x_\\mathrm{fake}$"], 8: ["label: 1 for $x_\\mathrm{fake}$"]}
    assert GENERATED in {text.get_color() for text in rows[8].texts}
