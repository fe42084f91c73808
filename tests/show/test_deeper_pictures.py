"""The pictures of deeper_pictures.py, in numbers taken back from each. (What all keep: test_theory_pictures.py.)"""

import math

import numpy as np
import pytest

from tinygan import theory
from tinygan.show.style import GENERATED, GREEN


def test_equilibrium(drawn):
    first, last = drawn["equilibrium"].axes
    q, C = first.lines[0].get_data()
    assert C == pytest.approx([-math.log(4) + 2 * theory.js([0.5, 0.5], [each, 1 - each]) for each in q], abs=1e-12)
    (d, answered), *_ = [line.get_data() for line in last.lines if len(line.get_xdata()) > 100]
    V = lambda d, q: (math.log(d) + math.log(1 - d)) / 2 + q * math.log(1 - d) + (1 - q) * math.log(d)
    assert answered == pytest.approx([min(V(each, q) for q in np.linspace(0, 1, 11)) for each in d], abs=1e-12)
    assert C.min() == pytest.approx(-math.log(4)) == answered.max()
    for ax, x, values in ((first, q, C), (last, d, answered)):
        best = next(line.get_xydata()[0] for line in ax.lines if line.get_color() == GREEN)
        assert best == pytest.approx([0.5, -math.log(4)]) and 0.5 in (x[values.argmin()], x[values.argmax()])
    squares = [line.get_xydata()[0].tolist() for line in first.lines if line.get_color() == GENERATED]
    assert squares == [[0, C[0]], [1, C[-1]]] and C[0] == pytest.approx(math.log(4 / 27) / 2)
    assert any("0.432" in text.get_text() for text in last.texts)


def test_three_divergences(drawn):
    panels = np.array(drawn["three-divergences"].axes).reshape(2, 3)
    for row, distance in zip(panels, (4, 5)):
        for ax, keeps in zip(row, ("both", "both" if distance == 4 else "one", "one")):
            curves = {line.get_label(): line.get_data() for line in ax.lines}
            x, p_g = curves["best $p_g$"]
            _, p_data = curves["$p_\\mathrm{data}$"]
            mean = np.sum(x * p_g) / np.sum(p_g)
            std = np.sqrt(np.sum((x - mean) ** 2 * p_g) / np.sum(p_g))
            assert abs(x[p_data.argmax()]) == pytest.approx(distance / 2, abs=0.05)
            assert mean == pytest.approx({"both": 0, "one": distance / 2}[keeps], abs=0.02)
            assert ax.texts[0].get_text() == f"mean {mean:.2f}\nstd {std:.2f}" and (std > 2) == (keeps == "both")


def test_why_the_log(drawn):
    log, linear, best, rest = (drawn["why-the-log"].axes[i] for i in (0, 3, 1, 2))
    peaks = lambda ax: [line.get_xydata()[0] for line in ax.lines if line.get_color() == GREEN]
    for ax, wanted in ((log, (0.3, 0.6, 0.9)), (linear, (0, 1, 1))):
        curves = [line.get_data() for line in ax.lines if line.get_color() == "black"]
        assert [x for x, _ in peaks(ax)] == pytest.approx(wanted, abs=2e-3) and len(curves) == 3
        assert all((x, values.max()) == pytest.approx((y[values.argmax()], top)) for (y, values), (x, top)
                   in zip(curves, peaks(ax)))
    assert np.array(peaks(best)) == pytest.approx(np.array([(0.3, 0.3), (0.3, 0), (0.6, 0.6), (0.6, 1), (0.9, 0.9),
                                                            (0.9, 1)]))
    with_log, without = (line.get_ydata() for line in rest.lines)
    assert with_log[0] == without[0] == pytest.approx(0.7) and with_log[-1] < 1e-6 < 5e-3 < without.min()
