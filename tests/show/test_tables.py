"""The tables that are printed."""

import numpy as np

from tinygan.recipes.runs import Measure
from tinygan.show.tables import comparison, table


def test_table_lines_up():
    rows = [Measure("mean", 1.23456, 1, 0.5, 0.4, 0.6), Measure("a longer name", -1.386, -np.log(4))]
    lines = table(rows, 1000).splitlines()
    assert len({len(line) for line in lines[:4]}) == 1
    assert lines[2].split() == ["mean", "1.2346", "1.0000", "0.5000", "0.4000", "0.6000"]
    assert lines[3].split() == ["a", "longer", "name", "-1.3860", "-1.3863"] and "n = 1,000" in lines[-3]
    other = [rows[0]._replace(value=7), rows[1]._replace(value=np.nan)]
    lines = comparison(rows, other, 50).splitlines()
    assert lines[0].split()[:4] == ["measure", "broken", "mended", "ideal"]
    assert lines[2].split()[:4] == ["mean", "1.2346", "7.0000", "1.0000"]
    assert lines[3].split() == ["a", "longer", "name", "-1.3860", "-1.3863"]


def test_what_is_counted_has_no_decimals_and_every_measure_is_explained():
    rows = [Measure("modes with 20 good", 8, 8, 7.5, 7, 8), Measure("good", 0.5, 0.9889)]
    lines = table(rows, 2500).splitlines()
    assert lines[2].split()[-5:] == ["8", "8", "7.5", "7", "8"] and lines[3].split() == ["good", "0.5000", "0.9889"]
    assert any(line.startswith("modes with k good: how many") for line in lines)
    assert any(line.startswith("good: the share of examples within 3 std") for line in lines)
    assert "precision" not in "\n".join(lines) and "spread" not in "\n".join(lines)
    assert "G(z), spread: over z" in table([Measure("G(z), spread", 0.7, 0.7)], 1000)
