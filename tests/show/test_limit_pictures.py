"""Where the theory's assumptions end: each picture draws what it says, in numbers taken back from it."""

import math

import numpy as np
import pytest

from tinygan import theory

pytestmark = pytest.mark.slow                                        # they train networks, for a minute in all


def lines(ax):
    return {line.get_label(): np.array(line.get_data()) for line in ax.lines}


def test_supports(drawn):
    plane, cells, C, push = drawn["supports"].axes
    points, (curve,) = plane.collections[0].get_offsets(), plane.lines
    assert np.shape(points) == (2000, 2) and len(curve.get_xdata()) > 1000
    (_, one), (_, two), (_, floor) = (lines(cells)[f"{name}"] for name in ("$z$ of one dimension", "$z$ of two",
                                                                           "real against real"))
    assert math.log(2) - 0.02 < one[-1] < math.log(2) and two[-1] < 0.12 and two[:7].max() < 0.03 and floor[-1] < 0.12
    for sigma in ("1", "0.5", "0.2"):
        theta, values = lines(C)[f"$\\sigma$ = {sigma}"]
        assert values[200] == -math.log(4) and (np.diff(values[200:]) > 0).all()
        assert values[250] == pytest.approx(theory.supports.parallel_lines(theta[250], float(sigma)).C)
    assert (lines(C)["$\\sigma$ = 0"][1] == 0).all() and 0 not in lines(C)["$\\sigma$ = 0"][0]
    (sigma, minimax), (_, other) = lines(push)["$\\log(1-D)$"], lines(push)["$-\\log D$"]
    assert minimax[0] < 1e-5 < 1e2 < other[0] and other[0] == pytest.approx(1 / sigma[0] ** 2)


def test_overfitting(drawn):
    few, V, many = drawn["overfitting"].axes
    for stored, low, high, apart in (("20", -1.1, 0, 3), ("2000", -1.41, -1.36, 0)):
        (steps, on_stored), (_, on_fresh) = (lines(V)[f"{stored} stored: $V$ on {those}"] for those in
                                             ("these", "fresh ones"))
        assert steps[-1] == 3000 and low < on_stored[-1] < high and apart - 0.02 < on_stored[-1] - on_fresh[-1]
        assert apart or on_stored[-1] - on_fresh[-1] < 0.03
    for ax, stored in ((few, 20), (many, 2000)):
        points, D = np.asarray(ax.collections[0].get_offsets()), np.asarray(ax.images[0].get_array())
        row, column = np.clip((points[:, ::-1] + 3) / 6 * 241, 0, 240).astype(int).T
        assert len(points) == stored
        if stored == 20:                                            # islands: D is right on most of them, 0 elsewhere
            assert np.median(D[row, column]) > 0.5 and np.median(D) < 0.01
        else:
            assert 0.45 < np.median(D[row, column]) < 0.55


def test_helvetica(drawn):
    above, below = np.array(drawn["helvetica"].axes).reshape(2, 3)
    narrow, wide, moving = ([line.get_data() for line in ax.lines if len(line.get_xdata()) > 30] for ax in below)
    assert len(narrow) == len(wide) == len(moving) == 25
    assert all(steps[0] == 0 and steps[-1] == 2000 for _, steps in narrow + wide + moving)
    ends = [np.array([x[-1] for x, _ in paths]) for paths in (narrow, wide, moving)]
    (dot,) = [line for line in above[1].lines if line.get_marker() == "o"]
    x, a = above[1].lines[1].get_data()
    assert dot.get_xydata()[0] == pytest.approx([x[a.argmax()], a.max()])
    assert np.abs(ends[0]).min() > 1000 and np.abs(ends[1] - dot.get_xdata()[0]).max() < 0.1
    real = next(line.get_xdata() for line in below[2].lines if line.get_marker() == "o")
    assert len(real) == 25 and np.abs(np.sort(ends[2]) - real).max() < 0.4


def test_capacity(drawn):
    panels = {ax.get_title(loc="left"): ax for ax in drawn["capacity"].axes}
    C, V = (panels[title].images[0].get_array().data for title in panels if "log 4" in title)
    for title, values in zip(panels, (C, V)):
        written = [float(text.get_text()) for text in panels[title].texts]
        assert written == pytest.approx(values.ravel().tolist(), abs=0.0051) and values.shape == (3, 4)
    assert (np.diff(C, axis=1) < 0.02).all() and C[2, 3] < 0.15 < 0.4 < C[:, 0].min() and C[2, 3] < C[0, 3]
    assert np.abs(V[:, :2]).max() < 0.02 and (V <= C + 1e-6).all()      # no D sees more than D*
    for title, seen in (("$G$: 32 units, $D$: 1", C[2, 0]), ("$G$: 2 units, $D$: 32", C[0, 3]),
                        ("$G$: 32 units, $D$: 32", C[2, 3])):
        curves = lines(panels[title])
        (x, p_data), (_, p_g) = curves["$p_\\mathrm{data}$"], curves["$p_g$"]
        dx = x[1] - x[0]
        rest = max(0, 1 - p_g.sum() * dx)                               # what lies outside, or between two points
        C_drawn = theory.criterion(np.append(p_data, 0) / p_data.sum() / dx,
                                   np.append(p_g, rest / dx) / (p_g.sum() + rest / dx) / dx, dx)
        assert C_drawn + math.log(4) == pytest.approx(seen, abs=0.06)
