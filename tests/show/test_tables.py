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
