"""How an example ends: a file in a folder that git ignores, a line that says where, and a window if there is one."""

import matplotlib.pyplot as plt
import pytest

from tinygan.show import present


@pytest.mark.parametrize("backend, shown", [("agg", 0), ("svg", 0), ("QtAgg", 1), ("macosx", 1),
                                            ("module://matplotlib_inline.backend_inline", 1)])
def test_a_figure_is_written_and_shown_where_it_can_be(backend, shown, tmp_path, monkeypatch, capsys):
    calls = []
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(plt, "show", lambda: calls.append(sorted(tmp_path.rglob("*.png"))))
    figure = plt.figure()
    monkeypatch.setattr(plt, "get_backend", lambda: backend)
    for _ in range(2):                                          # the folder may be there already
        present(figure, "mine.png")
    plt.close(figure)
    path = tmp_path / "tinygan-out" / "mine.png"
    assert capsys.readouterr().out.splitlines() == [f"written: {path.relative_to(tmp_path)}"] * 2
    assert calls == [[path]] * 2 * shown                        # written first: a window may stay open for long
