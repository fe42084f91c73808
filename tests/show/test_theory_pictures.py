"""The pictures of the theory: each draws what it says, in numbers taken back from the picture."""

import math
from itertools import combinations

import numpy as np
import pytest
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from tinygan import show, theory
from tinygan.data import Normal
from tinygan.theory.dirac_gan import Dirac
from tinygan.show.phase_plane import WAYS
from tinygan.show.style import GENERATED, GREEN, REAL, save
from tinygan.show import PICTURES, snapshots, theory_pictures
from tinygan.show.theory_pictures import COIN, coin_game, folded_generator

TRAINED = {"supports", "overfitting", "helvetica", "capacity"}       # of networks that take some seconds
NAMES = [pytest.param(name, marks=[pytest.mark.slow] * (name in TRAINED)) for name in PICTURES]


def written(figure):
    """All that can be read in a picture: (text, its box in pixels)."""
    for ax in figure.axes:
        for axis in (ax.xaxis, ax.yaxis):
            low, high = sorted(axis.get_view_interval())             # a tick outside of it is not drawn
            for tick in (*axis.get_major_ticks(), *axis.get_minor_ticks()):
                tick.set_visible(low <= tick.get_loc() <= high)
    renderer = figure.canvas.get_renderer()
    hidden = {text for part in figure.findobj(lambda artist: not artist.get_visible()) for text in part.findobj(Text)}
    hidden |= {text for ax in figure.axes if not ax.axison for axis in (ax.xaxis, ax.yaxis)
               for text in axis.findobj(Text)}
    return [(text, Text.get_window_extent(text, renderer)) for text in figure.findobj(Text)
            if text.get_text().strip() and text not in hidden]


def lines(ax):
    return {line.get_label(): np.array(line.get_data()) for line in ax.lines}


@pytest.mark.parametrize("name", NAMES)
def test_each_has_a_message_and_can_be_read_from_the_last_row(drawn, name):
    figure = drawn[name]
    assert show.function_of(name).__doc__
    assert tuple(figure.get_size_inches()) == (12.8, 7.2) and len(figure.get_suptitle()) > 20      # 100 pixels an inch
    texts = written(figure)
    assert min(text.get_fontsize() for text, _ in texts) >= 13      # then an index is 9, and on a slide no smaller
    width, height = figure.bbox.size
    for text, box in texts:
        assert -1 <= box.x0 and box.x1 <= width + 1 and -1 <= box.y0 and box.y1 <= height + 1, text.get_text()


@pytest.mark.parametrize("name", NAMES)
def test_no_words_lie_on_others_or_on_a_curve(drawn, name):
    texts = written(drawn[name])
    for (one, box), (other, other_box) in combinations(texts, 2):
        apart = Bbox.intersection(box, other_box)
        assert apart is None or min(apart.width, apart.height) < 1, (one.get_text(), other.get_text())
    for ax in drawn[name].axes:
        legend = ax.get_legend()
        for text in (*ax.texts, *(legend.get_texts() if legend else [])):
            box = dict(texts).get(text)
            for line in ax.lines if box else []:
                path = line.get_transform().transform_path(line.get_path())
                assert not path.intersects_bbox(box, filled=False), (text.get_text(), line.get_label())


@pytest.mark.parametrize("name", NAMES)
def test_axes_run_as_one_expects_and_a_look_is_one_thing(drawn, name):
    panels = drawn[name].axes
    for ax in panels:
        assert ax.name == "rectilinear"                             # a third dimension can't be read from the last row
        assert not ax.xaxis_inverted() and not ax.yaxis_inverted()
    looks = {(line.get_label(), line.get_color(), line.get_linestyle()) for ax in panels for line in ax.lines
             if not line.get_label().startswith("_")}
    assert len(looks) == len({label for label, *_ in looks}) == len({tuple(look) for _, *look in looks})
    if name != "figure1":                                           # which has the paper's colours
        house = {"$p_\\mathrm{data}$": REAL, "$p_g$": GENERATED, "$D^*$": GREEN}
        assert all(colour == house.get(label, colour) for label, colour, _ in looks)


def test_entropy(drawn):
    (ax,) = drawn["entropy"].axes
    (p, H), (_, expecting), *_ = [line.get_data() for line in ax.lines]
    log2 = lambda p: np.log2(np.clip(p, 1e-99, 1))
    wanted = -np.where((p > 0) & (p < 1), p * log2(p) + (1 - p) * log2(1 - p), 0)
    assert H == pytest.approx(wanted, abs=1e-12)
    assert expecting[200] == pytest.approx(2.198, abs=5e-4)
    assert any("1.198" in text.get_text() for text in ax.texts) and any("2.198" in text.get_text() for text in ax.texts)


def test_divergences(drawn):
    curves = next(lines(ax) for ax in drawn["divergences"].axes if ax.get_xlabel() == "distance")
    shift = np.linspace(0, 7, 71)
    which = lambda name: "JSD" if "JSD" in name else "pq" if "p\\," in name.split("KL")[-1][:5] else "qp"
    by_name = {which(name): y for name, (_, y) in curves.items() if "mathrm" in name}
    assert by_name["pq"] == pytest.approx(math.log(1.5) + (1 + shift**2) / 4.5 - 0.5, abs=1e-8)        # closed forms
    assert by_name["qp"] == pytest.approx(-math.log(1.5) + (2.25 + shift**2) / 2 - 0.5, abs=1e-8)
    assert by_name["JSD"].max() < math.log(2)


def test_change_of_variables(drawn):
    G = folded_generator()
    z = np.linspace(-3, 3, 7)
    assert G(z[:, None])[:, 0] == pytest.approx(4 * np.tanh(z / 2 + 0.2) - 1.5 * np.tanh(2 * z), abs=1e-12)
    panels = {ax.get_title(loc="left"): ax for ax in drawn["change-of-variables"].axes}
    G_panel = next(ax for title, ax in panels.items() if "network" in title)
    dots = [line for line in G_panel.lines if line.get_marker() == "o"]
    assert len(dots) == 3 and all(abs(G([[line.get_xdata()[0]]])[0, 0] - 0.75) < 0.01 for line in dots)
    p_panel = panels["the density of $G(z)$"]
    p_g, x = lines(p_panel)["exact"]
    assert (p_g == theory.pushforward(G, Normal(1), x)).all()


def test_best_discriminator(drawn):
    f, D, _ = drawn["best-discriminator"].axes
    curves = [line.get_data() for line in f.lines if len(line.get_xdata()) > 100]
    peaks, found = ([line for line in ax.lines if line.get_marker() in "os^"] for ax in (f, D))
    x, D_star = D.lines[0].get_data()
    assert len(curves) == len(peaks) == len(found) == 3
    for (y, values), peak, dot in zip(curves, peaks, found):
        best, top = peak.get_xydata()[0]
        assert y[values.argmax()] == pytest.approx(best, abs=0.01) and values.max() == pytest.approx(top, abs=1e-3)
        assert dot.get_marker() == peak.get_marker() and dot.get_ydata()[0] == best
        assert np.interp(dot.get_xdata()[0], x, D_star) == pytest.approx(best, abs=1e-4)


def test_criterion(drawn):
    slide, widen = drawn["criterion"].axes
    for ax, best in ((slide, 0), (widen, 1)):
        x, C = ax.lines[0].get_data()
        assert C.min() == pytest.approx(-math.log(4), abs=2e-3) and C.max() <= 1e-12
        assert abs(x[C.argmin()] - best) < 0.05
        assert ax.lines[1].get_ydata()[0] == -math.log(4)


def test_saddle(drawn):
    """The surface: V with D(tails) at its best; at the saddle point lowest in p_g, highest in D."""
    best = lambda q, d: max(theory.value([d, t], [COIN, 1 - COIN], [q, 1 - q]) for t in np.linspace(0.01, 0.99, 981))
    for q, d in ((0.1, 0.3), (0.5, 0.5), (0.9, 0.7)):
        assert coin_game(q, d) == pytest.approx(best(q, d), abs=1e-5)
    assert coin_game(COIN, 0.5) == pytest.approx(-math.log(4))
    assert coin_game(COIN, 0.45) < coin_game(COIN, 0.5) > coin_game(COIN, 0.55)
    assert coin_game(COIN - 0.1, 0.5) > coin_game(COIN, 0.5) < coin_game(COIN + 0.1, 0.5)
    coin = drawn["saddle"].axes[0].lines
    moves = [line.get_xydata() for line in coin if line.get_color() in ("black", GENERATED)]
    best = lambda q: theory.optimal_discriminator([COIN], [q])[0]
    for D_moves, p_g_moves in zip(moves[::2], moves[1::2]):         # each to its best for the other as it is
        assert D_moves[0, 0] == D_moves[1, 0] and D_moves[1, 1] == pytest.approx(best(D_moves[0, 0]))
        assert p_g_moves[0, 1] == p_g_moves[1, 1] and coin_game(*p_g_moves[1]) <= coin_game(*p_g_moves[0])
    assert moves[-1][1] == pytest.approx([COIN, 0.5], abs=0.01)
    paths = [line.get_data() for line in drawn["saddle"].axes[1].lines if len(line.get_xdata()) > 100]
    (x, y) = [line.get_data() for line in drawn["saddle"].axes[1].lines if line.get_color() == REAL][0]
    assert len(paths) == 4 and all((px[-1], py[-1]) == pytest.approx((x[0], y[0]), abs=1e-3) for px, py in paths)


def test_tangents(drawn):
    (ax,) = drawn["tangents"].axes
    C = next(line.get_ydata() for line in ax.lines if line.get_linewidth() == 5)
    straight = [line.get_data() for line in ax.lines if line.get_linewidth() == 2]
    touched = [line.get_xdata()[0] for line in ax.lines if line.get_marker() == "o"]
    assert len(straight) == len(touched) == 6
    for (q, V), at in zip(straight, touched):
        assert np.abs(np.diff(V, 2)).max() < 1e-12 and (V <= C + 1e-12).all()
        assert abs(q[(C - V).argmin()] - at) < 0.003


def test_objectives(drawn):
    by_D, by_logit, network = drawn["objectives"].axes
    D, minimax = lines(by_D)["$\\log(1-D)$"]
    assert minimax == pytest.approx(np.log(1 - D)) and lines(by_D)["$-\\log D$"][1] == pytest.approx(-np.log(D))
    a, push = lines(by_logit)["$-\\log D$"]
    assert push == pytest.approx(1 / (1 + np.exp(a)))
    assert lines(network)["$-\\log D$"][1][-1] > 100 * lines(network)["$\\log(1-D)$"][1][-1]


def test_ring_density(drawn):
    panels = drawn["ring-density"].axes
    z, x = (np.asarray(panel.collections[0].get_offsets()) for panel in panels[:2])
    assert len(z) == 300 and x == pytest.approx(z / 10 + z / np.linalg.norm(z, axis=1, keepdims=True))
    image = panels[2].images[0]
    assert image.get_array()[200, 337] == pytest.approx(6.065 / (2 * math.pi * 1.1), rel=0.02)     # at radius 1.1


def test_rotation_draws_each_path_and_says_where_it_ends(drawn):
    panels = drawn["rotation"].axes
    assert len(panels) == 8
    settings = [(objective, way) for objective in ("minimax", "non-saturating") for way in WAYS]
    for panel, (objective, way) in zip(panels, settings):
        dirac = Dirac(objective, **WAYS[way])
        path, title = dirac.path(), panel.get_title(loc="left")
        shown = panel.lines[0].get_xydata()
        assert np.allclose(shown, path[:len(shown)]) and len(shown) > 100
        distance = np.linalg.norm(path[-1])
        assert f"ends {distance:.2f} away" in title or distance < 1e-12 and "ends at (0, 0)" in title
        assert abs(dirac.eigenvalues()[0]) == pytest.approx(abs(Dirac(**WAYS[way]).eigenvalues()[0]))
        if objective == "minimax":                                  # above both, for it is that of both
            assert title.startswith(f"{way}: $|\\lambda|$ = {abs(dirac.eigenvalues()[0]):.3f}\n")


def test_figure_1_draws_its_frames_in_the_papers_colours(drawn, moments_of_figure1):
    panels = np.array(drawn["figure1"].axes).reshape(2, 2, 2)       # rows, above and below, columns
    assert "paper's colours" in drawn["figure1"].get_suptitle()
    for (above, below), frame in zip(panels.swapaxes(1, 2).reshape(4, 2), moments_of_figure1):
        assert f"({frame.letter})" in above.get_title(loc="left")
        paper = {(line.get_color(), line.get_linestyle()): line.get_ydata() for line in above.lines}
        assert (paper["blue", "--"] == frame.D).all()
        assert (paper["black", ":"] == frame.p_data).all()
        assert (paper["green", "-"] == frame.p_g).all()
        assert [arrow.xy[0] for arrow in below.texts] == frame.G_z.tolist()
        assert f"{frame.measures['JSD(p_data, p_g)']:.4f}" in above.texts[0].get_text()


def test_the_animation_shows_all_frames_and_rests_at_the_four_moments(tmp_path):
    play = theory.figure1.play(0, frames=3)
    frames = [next(play) for _ in range(3)]
    assert [frame.letter for frame in frames] == ["", "", "a"]
    said = []
    snapshots.animate(frames, tmp_path / "f.gif", progress=lambda done, of: said.append((done, of)))
    assert said == [(1, 3), (2, 3), (3, 3)]
    content = (tmp_path / "f.gif").read_bytes()
    begins = [i for i in range(len(content)) if content[i:i + 3] == b"\x21\xf9\x04"]
    delays = [int.from_bytes(content[i + 4:i + 6], "little") for i in begins]
    assert [int.from_bytes(content[at:at + 2], "little") for at in (6, 8)] == [1280, 720]
    assert content[:6] == b"GIF89a" and sum(delays) == 10 * 12  # hundredths of a second


def test_a_picture_is_the_same_whatever_matplotlib_is_set_to(tmp_path):
    import matplotlib
    save(theory_pictures.entropy, tmp_path / "one.png")
    with matplotlib.rc_context({"font.size": 40, "axes.facecolor": "black"}):
        save(theory_pictures.entropy, tmp_path / "two.png")
        assert matplotlib.rcParams["font.size"] == 40
    assert (tmp_path / "one.png").read_bytes() == (tmp_path / "two.png").read_bytes()
