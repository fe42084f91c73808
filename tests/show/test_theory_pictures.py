"""The pictures of the theory: each draws what it says, in numbers taken back from the picture."""

import math

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex
from matplotlib.text import Text

from tinygan import show, theory
from tinygan.data import Normal
from tinygan.theory.dirac_gan import Dirac
from tinygan.show.phase_plane import WAYS
from tinygan.show.style import GENERATED, REAL, save
from tinygan.show import PICTURES, snapshots, theory_pictures
from tinygan.show.theory_pictures import COIN, coin_game, folded_generator


@pytest.fixture(scope="module")
def drawn(moments_of_figure1):
    """All of them, drawn once and rendered."""
    figures = {name: show.draw(name) for name in PICTURES if name != "figure1"}
    figures["figure1"] = snapshots.figure1(moments_of_figure1)
    for figure in figures.values():
        FigureCanvasAgg(figure).draw()
    return figures


def axes(figure):
    return [ax for part in (figure, *figure.subfigs) for ax in part.axes]


def placed_by_hand(figure):
    for ax in axes(figure):
        legend = ax.get_legend()
        yield from filter(Text.get_text, [ax.title, ax._left_title, ax.xaxis.label, ax.yaxis.label, *ax.texts,
                                          *(legend.get_texts() if legend else [])])


def lines(ax):
    return {line.get_label(): np.array(line.get_data()) for line in ax.lines}


@pytest.mark.parametrize("name", PICTURES)
def test_each_has_a_message_is_16_to_9_and_can_be_read_from_the_back(drawn, name):
    figure = drawn[name]
    assert tuple(figure.get_size_inches()) == (12.8, 7.2) and len(figure.get_suptitle()) > 20
    texts = [text for text in figure.findobj(Text) if text.get_text() and text.get_visible()]
    assert min(text.get_fontsize() for text in texts) >= 9
    width, height = figure.bbox.size
    for text in placed_by_hand(figure):                         # and nothing is cut off
        box = text.get_window_extent(figure.canvas.get_renderer())
        assert -1 <= box.x0 and box.x1 <= width + 1 and -1 <= box.y0 and box.y1 <= height + 1, text.get_text()
    assert getattr(theory_pictures, name.replace("-", "_")).__doc__


def test_entropy(drawn):
    (ax,) = drawn["entropy"].axes
    (p, H), (_, expecting), *_ = [line.get_data() for line in ax.lines]
    log2 = lambda p: np.log2(np.clip(p, 1e-99, 1))
    wanted = -np.where((p > 0) & (p < 1), p * log2(p) + (1 - p) * log2(1 - p), 0)
    assert H == pytest.approx(wanted, abs=1e-12)
    assert expecting[200] == pytest.approx(2.198, abs=5e-4)
    assert any("1.198" in text.get_text() for text in ax.texts) and any("2.198" in text.get_text() for text in ax.texts)


def test_divergences(drawn):
    curves = next(lines(ax) for ax in drawn["divergences"].axes if ax.get_legend())
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
    p_g, x = lines(p_panel)["exact $p_g(x)$"]
    assert (p_g == theory.pushforward(G, Normal(1), x)).all()


def test_best_discriminator(drawn):
    ax = drawn["best-discriminator"].axes[0]
    curves = [line.get_data() for line in ax.lines if len(line.get_xdata()) > 100]
    peaks = [line.get_data() for line in ax.lines if line.get_marker() == "o"]
    for (y, f), (best, top) in zip(curves, peaks):
        assert y[f.argmax()] == pytest.approx(best[0], abs=0.01) and f.max() == pytest.approx(top[0], abs=1e-3)


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
    paths = [line.get_data() for line in drawn["saddle"].axes[1].lines if len(line.get_xdata()) > 100]
    (x, y) = [line.get_data() for line in drawn["saddle"].axes[1].lines if line.get_color() == REAL][0]
    assert len(paths) == 4 and all((px[-1], py[-1]) == pytest.approx((x[0], y[0]), abs=1e-3) for px, py in paths)


def test_tangents(drawn):
    (ax,) = drawn["tangents"].axes
    C = next(line.get_ydata() for line in ax.lines if line.get_linewidth() == 4)
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


def test_rotation_draws_each_path_and_says_its_eigenvalue(drawn):
    panels = drawn["rotation"].axes
    assert len(panels) == 8
    settings = [(objective, options) for objective in ("minimax", "non-saturating") for options in WAYS.values()]
    for panel, (objective, options) in zip(panels, settings):
        dirac = Dirac(objective, **options)
        path, title = dirac.path(), panel.get_title(loc="left")
        shown = panel.lines[0].get_xydata()
        assert np.allclose(shown, path[:len(shown)]) and len(shown) > 100
        size = abs(dirac.eigenvalues()[0])
        assert f"= {size:.4f}: " + ("outwards" if size > 1.001 else "inwards" if size < 0.999 else "round") in title
        distance = np.linalg.norm(path[-1])
        assert f"{distance:.2f} away" in title or distance < 0.005


def test_figure_1_draws_its_frames(drawn, moments_of_figure1):
    parts = drawn["figure1"].subfigs
    assert len(parts) == 4
    for part, frame in zip(parts, moments_of_figure1):
        above, below = part.axes
        assert f"({frame.letter})" in above.get_title(loc="left")
        by_colour = {to_hex(line.get_color(), keep_alpha=False).upper(): line for line in above.lines}
        assert (by_colour[GENERATED].get_ydata() == frame.p_g).all()
        assert (by_colour[REAL].get_ydata() == frame.p_data).all()
        assert by_colour[REAL].get_linestyle() == ":"
        assert [arrow.xy[0] for arrow in below.texts] == frame.G_z.tolist()
        assert f"{frame.measures['JSD(p_data, p_g)']:.4f}" in above.texts[0].get_text()


def test_the_animation_shows_all_frames_and_rests_at_the_four_moments(tmp_path):
    play = theory.figure1.play(0, frames=3)
    frames = [next(play) for _ in range(3)]
    assert [frame.letter for frame in frames] == ["", "", "a"]
    snapshots.animate(frames, tmp_path / "f.gif")
    content = (tmp_path / "f.gif").read_bytes()
    begins = [i for i in range(len(content)) if content[i:i + 3] == b"\x21\xf9\x04"]
    delays = [int.from_bytes(content[i + 4:i + 6], "little") for i in begins]
    assert content[:6] == b"GIF89a" and sum(delays) == 10 * 12  # hundredths of a second


def test_a_picture_is_the_same_whatever_matplotlib_is_set_to(tmp_path):
    import matplotlib
    save(theory_pictures.entropy, tmp_path / "one.png")
    with matplotlib.rc_context({"font.size": 40, "axes.facecolor": "black"}):
        save(theory_pictures.entropy, tmp_path / "two.png")
        assert matplotlib.rcParams["font.size"] == 40
    assert (tmp_path / "one.png").read_bytes() == (tmp_path / "two.png").read_bytes()
