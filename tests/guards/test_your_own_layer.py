"""The page on layers of your own: its reports are true, and so is what it warns of."""

import re
from pathlib import Path

import pytest

import tinygan as tg

PAGE = (Path(__file__).parents[2] / "docs/your-own-layer.md").read_text(encoding="utf-8")
CODE = re.findall(r"```python\n(.*?)```", PAGE, re.S)


def test_its_reports_are_those_that_the_code_makes():
    """Word for word, but for the size of what is only rounding."""
    names, made = {}, []
    for block in CODE[:3]:
        exec(block, names)
        made.append(str(names.get("report", "")))
    plain = lambda text: re.sub(r"error \d\.\de-(09|1\d)|\d?e-\d\d for", "…", text).strip()
    assert list(map(plain, made[1:])) == list(map(plain, re.findall(r"```text\n(.*?)```", PAGE, re.S)[:2]))


def test_what_it_warns_of_is_so(tmp_path):
    names = {}
    exec("\n".join(CODE[:2]), names)
    x, Softplus, ScaleRows = names["x"], names["Softplus"], {}
    exec(CODE[-1].split("assert")[0], names, ScaleRows)

    class Forgetful(ScaleRows["ScaleRows"]):
        def backward(self, dy):
            return dy / self.r                                          # as if r did not depend on x

    class Careless(Softplus):
        def backward(self, dy):
            dy *= 1
            dy += 1
            return super().backward(dy - 1)

    assert not tg.gradcheck.check(Forgetful(), x) and "changed the dy" in str(tg.gradcheck.check(Careless(), x))
    G, D = tg.MLP([2, 4, 2], rng=0), tg.MLP([2, 4, 1], rng=1)
    G.layers = [G.layers[0], Softplus(), G.layers[2]]
    with pytest.raises(TypeError, match="the layers that it was made with"):
        tg.save(tmp_path / "mine.npz", tg.Algorithm1(G, D, tg.data.Ring(), tg.data.Normal(2)))
