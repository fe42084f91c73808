"""Rows of your own: what is drawn, shifted and scaled, or taken by ranks, and the way back."""

import pickle
import tracemalloc
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, strategies as st

import tinygan as tg
from tinygan import data


def test_points_are_drawn_from_the_array_and_the_array_stays():
    array = np.array([[1, 2], [3, 4], [5, 6]])
    points = data.Points(array)
    drawn = points.sample(3000, 0)
    assert {tuple(row) for row in drawn} == {(1, 2), (3, 4), (5, 6)}
    array[:] = 0
    assert points.sample(1, 0).min() > 0
    frozen = np.ones((3, 2))[:, ::-1]
    frozen.flags.writeable = False
    assert data.Points(frozen).dim == 2


def test_a_file_larger_than_the_memory_stays_on_disk(tmp_path):
    """4 MiB of bytes, of which float64 would make 32: no part of them is ever copied as a whole."""
    rows = np.random.default_rng(0).integers(0, 256, (2**16, 64), dtype=np.uint8)
    np.save(tmp_path / "rows.npy", rows)
    G, D = tg.MLP([2, 8, 64], rng=0), tg.MLP([64, 8, 1], rng=1)
    tracemalloc.start()
    on_disk = np.load(tmp_path / "rows.npy", mmap_mode="r")
    scaled = data.Standardised(on_disk)
    game = tg.Algorithm1(G, D, scaled, tg.data.Normal(2), rng=0)
    game.step()
    small = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert small < 18 * 2**20 and scaled.source.array is on_disk and scaled.source.sample(3, 0).dtype == np.float64
    np.testing.assert_allclose(scaled.mean, rows.mean(axis=0), rtol=1e-12)
    np.testing.assert_allclose(scaled.std, rows.std(axis=0), rtol=1e-12)
    assert (scaled.sample(9, 0) == data.Standardised(rows.astype(float)).sample(9, 0)).all()


def test_rows_are_kept_once_also_in_a_pickle():
    points = data.Points(np.zeros((1000, 100), np.uint8), held_out=200)
    assert len(pickle.dumps(points)) < 101_000
    again = pickle.loads(pickle.dumps(points))
    assert np.shares_memory(again.drawn, again.array) and len(again.held_out_rows) == 200


@pytest.mark.parametrize("kind", [bool, np.int8, np.uint8, np.float16, np.float32, ">f4", np.int64, np.longdouble])
def test_rows_of_any_type_are_the_same_examples(kind):
    rows = np.array([[0, 1], [1, 1], [1, 0]], kind)
    points = data.Points(rows)
    assert points.array.dtype == (rows.dtype if kind is not np.longdouble else float)
    assert (points.sample(20, 0) == data.Points(rows.astype(float)).sample(20, 0)).all()


def test_rows_held_out_are_never_drawn():
    points = data.Points([[1.0], [2.0], [3.0], [4.0]], held_out=2)
    assert set(points.sample(200, 0).ravel()) == {1, 2} and points.held_out_rows.tolist() == [[3], [4]]


def test_each_column_has_its_own_mean_and_std():
    """Those of the rows that are drawn."""
    rows = np.array([[0.0, 100.0], [2.0, 300.0], [50.0, 50.0]])
    scaled = data.Standardised(data.Points(rows, held_out=1))
    assert scaled.mean.tolist() == [1, 200] and scaled.std.tolist() == [1, 100]


def test_as_distribution_takes_ours_an_array_or_an_object_that_can_sample():
    ring, mine = data.Ring(), SimpleNamespace(dim=1, sample=lambda m, rng: np.ones((m, 1)))
    assert data.as_distribution(ring) is ring
    assert isinstance(data.as_distribution([[1.0], [2.0]]), data.Points)
    own = data.as_distribution(mine)
    assert isinstance(own, data.Own) and own.sample(2).tolist() == [[1], [1]]
    for wrong, words in ((data.Ring, "the class Ring"), ("ring", "must be a Distribution, an")):
        with pytest.raises(TypeError, match=words):
            data.as_distribution(wrong)


@pytest.mark.parametrize("sample, words", [
    (lambda m, rng: np.ones((m, 2)), r"data.sample\(3, rng\) must return shape \(3, 1\), not \(3, 2\)"),
    (lambda m, rng: np.full((m, 1), np.nan), r"data.sample\(3, rng\) must be finite, but has 3"),
    (lambda m, rng: next(iter([])), "it has run out")])
def test_what_a_users_object_returns_is_looked_at(sample, words):
    with pytest.raises(ValueError, match=words):
        data.Own(SimpleNamespace(dim=1, sample=sample), "data").sample(3)


@given(st.integers(1, 4), st.integers(0, 1000))
def test_standardised_and_back(dim, seed):
    rng = np.random.default_rng(seed)
    mean, std = rng.standard_normal(dim), rng.uniform(0.1, 3, dim)
    source = data.Normal(dim)
    distribution = data.Standardised(source, mean, std)
    x = distribution.sample(5, seed)
    np.testing.assert_allclose(distribution.restore(x), source.sample(5, seed), rtol=1e-9, atol=1e-9)
    assert not hasattr(data.Standardised(data.Spiral(), 0, 1), "density")


def test_a_ranked_column_is_a_smooth_logistic_one_whatever_its_rows_are():
    """Equal values share their places: else nine rows in ten would be one number, and the game a D that finds it."""
    rng = np.random.default_rng(0)
    column = np.where(rng.random(4000) < 0.9, 0, np.exp(rng.normal(6, 2, 4000)))[:, None]
    ranked = data.Ranked(column, 0, 1, [True])
    y = ranked.sample(20_000, 1)
    assert len(np.unique(y)) > 19_900 and abs(y.mean()) < 0.05
    assert y.std() == pytest.approx(np.pi / np.sqrt(3), rel=0.03)
    x = ranked.restore(y)
    assert np.mean(x == 0) == pytest.approx(np.mean(column == 0), abs=0.01) and set(x.ravel()) <= set(column.ravel())
    assert (ranked.restore(ranked.standardise(column)) == column).all()


@pytest.mark.parametrize("make, words", [
    (lambda: data.Points(np.ma.masked_equal([[1.0, 2.0]], 2)), "masked"),
    (lambda: data.Points(np.array([[np.inf]])), "array must be finite"),
    (lambda: data.Points([[]]), "array must be"),
    (lambda: data.Standardised(data.Ring(), 0, 0), "std must be greater than 0"),
    (lambda: data.Standardised(np.column_stack([np.arange(1000), np.full(1000, 0.1)])), "source must .* of column 1"),
    (lambda: data.Standardised([[1.0, 3.0], [2.0, 3.0]]), "source must have .* that of column 1 is 0: leave that col"),
    (lambda: data.Standardised([[1e308, 1.0], [-1e308, 2.0]]), "source must have .* that of column 0 is inf: leave")])
def test_bad_rows_get_one_clear_sentence(make, words):
    with pytest.raises(ValueError, match=words):
        make()
