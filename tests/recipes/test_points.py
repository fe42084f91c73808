"""Your own data: what is read, what is refused in one sentence, and what comes back."""

import numpy as np
import pytest

import tinygan as tg
from tinygan.recipes import points

RNG = np.random.default_rng(0)
ROWS = np.column_stack([RNG.normal(170, 8, 60).round(1), RNG.normal(-3, 0.01, 60)])


def text(rows, separator=",", head="height,depth\n"):
    return head + "\n".join(separator.join(map(repr, row)) for row in rows.tolist()) + "\n"


@pytest.mark.parametrize("name, content", [
    ("a.csv", text(ROWS)), ("a.csv", "\ufeff" + text(ROWS).replace("\n", "\r\n") + "\r\n\r\n"),
    ("a.txt", text(ROWS, "\t", "height\tdepth\n")), ("a.data", text(ROWS, ", ", "height, depth\n")),
    ("a.csv", text(ROWS, ";", "height;depth\n").replace(".", ",")), ("a.csv", text(ROWS, head='"height", "depth"\n')),
    ("a.csv", text(ROWS).replace("\n", ",\n")), ("a.csv", text(ROWS).replace("\n", "\r")),
    ("a.txt", text(ROWS, "  ", "height depth\n")), ("a.csv", "# mine, and yours; all\n" + text(ROWS))],
    ids=["with names", "as Windows writes it", "tabs", "blanks", "semicolons and decimal commas", "quoted",
         "commas at the end", "old Macs", "spaces", "a comment"])
def test_text_is_read_with_its_names(name, content, tmp_path):
    (tmp_path / name).write_text(content, encoding="utf-8")
    rows, names = points.read(tmp_path / name)
    assert (rows == ROWS).all() and names == ["height", "depth"]


def test_a_file_without_names_and_numpys_own_files_are_read(tmp_path):
    (tmp_path / "a.csv").write_text(text(ROWS, head=""))
    np.save(tmp_path / "a.npy", ROWS)
    np.savez(tmp_path / "a.npz", anything=ROWS)
    np.save(tmp_path / "one.npy", ROWS[:, 0].astype(np.float32))
    for name in ("a.csv", "a.npy", "a.npz"):
        rows, names = points.read(tmp_path / name)
        assert (rows == ROWS).all() and names == ["x1", "x2"]
    assert points.read(tmp_path / "one.npy")[0].shape == (60, 1)


def test_names_in_an_old_encoding_do_not_stop_it(tmp_path):
    (tmp_path / "a.csv").write_bytes(text(ROWS, head="größe,depth\n").encode("latin-1"))
    assert points.read(tmp_path / "a.csv")[1] == ["größe", "depth"]


@pytest.mark.parametrize("content, words", [
    (text(ROWS).replace(text(ROWS).splitlines()[7], ",-3.0"),
     r"has missing values in column 'height', 1 of 60, the first in data row 7: put numbers there, or leave"),
    (text(ROWS) + "1.0,inf\n", "not finite, or beyond 1e150, in column 'depth'"),
    (text(ROWS) + "Alice,1.0\n",
     "'Alice' in line 62, column 'height', which is no number: change it, or leave that column out; its kinds"),
    (text(ROWS) + "2026-11-27,1.0\n",
     "'2026-11-27' in line 62, column 'height', which is no number: .* that column out$"),
    (text(ROWS) + "1_000,1.0\n", "'1_000' in line 62"), ("a,b\n1,x\n" * 9, "'x' in line 2, column 'b'"),
    ('a,b\n"' + "x" * 200_000 + '",1\n', "can't read .* as CSV: field larger"),
    (text(ROWS) + "1.0,2.0,3.0\n", "has 3 values in line 62 where there are 2 columns .*semicolons"),
    (text(np.column_stack([ROWS[:, 0], np.ones(60)])), r"has the same value, 1, in all rows of column 'depth': leave"),
    (text(ROWS[:1]), "must hold at least 10 rows of numbers, not 1"), ("", "is empty"), ("\n \n", "is empty"),
    ("height,depth\n", "at least 10 rows of numbers, not 0"),
    ("PK\0\0" + text(ROWS), "as text: save it as CSV in UTF-8")],
    ids=range(14))
def test_a_file_that_cant_be_learned_from_is_one_clear_sentence(content, words, tmp_path):
    (tmp_path / "a.csv").write_text(content)
    with pytest.raises(ValueError, match=words) as said:
        points.read(tmp_path / "a.csv")
    assert str(said.value).count("\n") == 0 and "a.csv" in str(said.value)


def test_a_numpy_file_of_another_kind_is_one_clear_sentence(tmp_path, monkeypatch):
    np.savez(tmp_path / "two.npz", a=ROWS, b=ROWS)
    np.save(tmp_path / "cube.npy", np.ones((3, 3, 3)))
    np.save(tmp_path / "words.npy", np.array(["a"] * 20))
    np.save(tmp_path / "objects.npy", np.array([None] * 20, object), allow_pickle=True)
    (tmp_path / "torn.npy").write_bytes((tmp_path / "cube.npy").read_bytes()[:150])
    (tmp_path / "torn.npz").write_bytes((tmp_path / "two.npz").read_bytes()[:99])
    np.save(tmp_path / "huge.npy", ROWS)
    for name, words in (("two.npz", r"must hold one array, not 2: \['a', 'b'\]"),
                        ("cube.npy", r"not \(3, 3, 3\) of float64"),
                        ("words.npy", "must hold an array of real numbers"), ("objects.npy", "can't read"),
                        ("torn.npy", "can't read"), ("torn.npz", "can't read")):
        with pytest.raises(ValueError, match=words) as said:
            points.read(tmp_path / name)
        assert name in str(said.value)
    monkeypatch.setattr(points, "LARGEST_FILE", 500)
    with pytest.raises(ValueError, match="huge.npy has .* GiB, and at most 1 is read: take a part of its rows"):
        points.read(tmp_path / "huge.npy")


def test_what_is_written_has_the_files_own_columns_and_decimals(tmp_path):
    made = np.array([[170.123456, -3.0012345678], [169.96, -2.99]])
    points.write(tmp_path / "b.csv", made, ["height", "depth"], ROWS)
    assert (tmp_path / "b.csv").read_text().splitlines() == ["height,depth", "170.1,-3.001235", "170.0,-2.99"]


def test_which_columns_go_by_their_ranks():
    n = 5000
    tenth = RNG.random(n) < 0.1
    awkward = {"0 for nine in ten": np.where(tenth, np.exp(RNG.normal(6, 2, n)), 0), "Cauchy": RNG.standard_cauchy(n),
               "0 or 1": tenth.astype(float), "ratings": RNG.integers(1, 6, n).astype(float),
               "a small part far away": np.where(RNG.random(n) < 0.95, RNG.normal(0, 1, n), RNG.normal(8, 0.5, n))}
    easy = {"normal": RNG.normal(200, 50, n), "uniform": RNG.random(n), "a ring's x": tg.data.Ring().sample(n, 0)[:, 0],
            "two halves": np.where(RNG.random(n) < 0.5, -1, 1) + RNG.normal(0, 0.1, n), "ages": RNG.integers(0, 90, n)}
    assert [name for name, column in {**awkward, **easy}.items() if points.awkward(column)] == list(awkward)


def test_a_run_on_own_rows_is_standardised_measured_on_what_was_held_out_and_resumes_to_the_same_bits(tmp_path):
    mostly_0 = np.where(RNG.random(400) < 0.9, 0, np.exp(RNG.normal(6, 2, 400)))
    rows = np.column_stack([RNG.normal(200, 50, 400), mostly_0])
    given = rows.copy()
    run = tg.recipes.start("points", seed=3, iterations=60, data=rows)
    rows[...] = 0                                                       # the caller's array is the caller's
    assert run.game.data.ranked.tolist() == [False, True] and run.data.held_out == 80
    drawn = {tuple(row) for row in run.data.sample(5000, 0)}
    assert not drawn & {tuple(row) for row in run.data.held_out_rows}
    assert sorted(map(tuple, run.data.array)) == sorted(map(tuple, given))
    x = run.game.data.sample(5000, 0)
    assert np.allclose(x.std(axis=0), 1 / 0.5, rtol=0.1) and (np.abs(x.mean(axis=0)) < 0.4).all()
    run.train(lambda game: game.iteration >= 25)
    run.save(tmp_path / "points.npz")
    again = tg.recipes.resume(tmp_path / "points.npz")
    for each in (run, again):
        each.train()
    assert run.measure() == again.measure() and (run.sample(9, 0) == again.sample(9, 0)).all()
    assert again.columns == ["x1", "x2"] and set(run.sample(500, 0)[:, 1]) <= set(given[:, 1])
    assert list(run.metrics)[:2] == ["KS, x1", "KS, x2"] and run.metrics["nearer to a trained row"] <= 1
    longer = tg.recipes.resume(tmp_path / "points.npz", iterations=90)
    longer.train()
    assert longer.game.iteration == longer.game.iterations == 90


@pytest.mark.parametrize("wrong, words", [
    (dict(name="points"), "recipe 'points' is for your own data: give data"),
    (dict(name="ring", data=ROWS), "data is for recipe 'points' and those of pictures, not for 'ring'"),
    (dict(name="points", data=ROWS[:5]), "data must hold at least 10 rows"),
    (dict(name="points", data=np.ones((20, 2))), "data has the same value, 1, in all rows of column 'x1'")])
def test_own_data_that_wont_do_are_one_sentence(wrong, words):
    with pytest.raises(ValueError, match=words):
        tg.recipes.start(**wrong)


def test_rows_that_g_repeats_are_seen():
    """A G that only ever gives trained rows back is nearer to a trained one every time; a real one half of the time."""
    rows = RNG.normal(size=(1000, 2))
    run = tg.recipes.start("points", iterations=5, data=rows)
    drawn = run.game.data.source.drawn
    run.sample = lambda n, rng: drawn[:n]
    assert points.scores.points_exact(run)["nearer to a trained row"][0] == 1
    run.sample = lambda n, rng: np.random.default_rng(9).normal(size=(n, 2))
    assert 0.35 < points.scores.points_exact(run)["nearer to a trained row"][0] < 0.65


def test_one_column_with_decimal_commas_under_a_name_and_names_that_are_years(tmp_path):
    (tmp_path / "a.csv").write_text("height\n" + "\n".join(f"{x:.1f}".replace(".", ",") for x in ROWS[:, 0]))
    assert (points.read(tmp_path / "a.csv").rows == ROWS[:, :1]).all()
    (tmp_path / "b.csv").write_text(text(ROWS, head="height,2026\n"))
    assert points.read(tmp_path / "b.csv").names == ["height", "2026"]


def test_rows_that_combine_what_no_real_row_does_are_counted():
    rows = np.eye(4)[RNG.choice(4, 500, p=[0.6, 0.3, 0.09, 0.01])]
    run = tg.recipes.start("points", iterations=5, data=rows)
    run.sample = lambda n, rng: rows[:n]
    assert points.scores.points_exact(run)["combinations never seen"] == (0, 0)
    run.sample = lambda n, rng: np.tile([[1.0, 1, 0, 0], [0, 1, 0, 0]], (n // 2, 1))
    assert points.scores.points_exact(run)["combinations never seen"] == (0.5, 0)


def test_what_g_makes_is_rounded_as_the_file_is_before_it_is_measured():
    """Unrounded, a sample as good as any would be further from the rounded rows than other rounded rows are."""
    draw = np.random.default_rng(0).normal
    rows, real, generated = (draw(170, 10, (5000, 1)) for _ in range(3))
    recipe, p_data = points.recipe_of(rows.round()), tg.data.Points(rows.round(), held_out=1000)
    measured, at_best = (recipe.measure(x, real.round(), p_data) for x in (generated, generated.round()))
    assert measured == at_best
    unrounded = points.scores.points(generated, real.round(), points.prepared(p_data), ["x1"])
    assert unrounded["KS, x1"][0] > measured["KS, x1"][0] + 0.01


def test_the_correlation_of_a_column_that_does_not_move_is_0():
    """As a G that has died makes it: no NaN, no warning, and what is off is seen."""
    rows = np.random.default_rng(0).multivariate_normal([0, 0], [[1, 0.6], [0.6, 1]], 300)
    stuck = np.column_stack([rows[:, 0], np.full(300, rows.mean(axis=0)[1])])         # standardised, exactly 0
    measured = points.recipe_of(rows).measure(stuck, rows, tg.data.Points(rows))
    off, ideal = measured["correlation, furthest off"]
    assert ideal == 0 and off == pytest.approx(np.corrcoef(rows.T)[0, 1], abs=1e-12) and off > 0.5
