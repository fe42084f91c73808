"""The page on other frameworks: its code is the file's, its lines are both listings', and PyTorch goes the same way."""

import re
import runpy
from pathlib import Path

import numpy as np
import pytest

import tinygan as tg
from tinygan.sgd import descend, max_norm

from conftest import anchors

TOP = Path(__file__).parents[2]
PAGE = (TOP / "docs/growing-out-of-it.md").read_text(encoding="utf-8")
FILE = TOP / "examples/in_pytorch/algorithm1.py"


def test_the_page_shows_the_file_as_it_is():
    assert re.findall(r"```py\n(.*?)```", PAGE, re.S) == [FILE.read_text(encoding="utf-8")]


def test_each_line_of_the_table_stands_in_its_listing_in_that_order():
    ours = (TOP / "tinygan/algorithm1.py").read_text(encoding="utf-8")
    theirs = FILE.read_text(encoding="utf-8").split("def iterate")[1].split("def play")[0]
    table = PAGE.split("|---|---|---|\n")[1].split("\n\n")[0]
    rows = [[re.findall("`(.*?)`", cell) for cell in row.split(" | ")[1:]] for row in table.splitlines()]
    assert len(rows) == 14
    for in_tinygan, in_pytorch in rows:
        assert len(in_tinygan) == 1 and in_tinygan[0] in ours, in_tinygan
        for line in in_pytorch:
            assert line in theirs, line
            theirs = theirs.split(line, 1)[1]                           # the next one stands further down


def test_the_failures_it_names_are_on_their_page():
    for page, anchor in re.findall(r"\]\(([\w-]+\.md)#(.*?)\)", PAGE):
        assert anchor in anchors(TOP / "docs" / page), anchor


@pytest.fixture(scope="module")
def in_pytorch():
    pytest.importorskip("torch")
    return runpy.run_path(str(FILE))


@pytest.mark.parametrize("momentum", [0.0, 0.5])
@pytest.mark.parametrize("objective", ["minimax", "non-saturating"])
@pytest.mark.parametrize("k", [1, 2])
def test_both_reach_the_same_parameters(in_pytorch, k, objective, momentum):
    G, D = tg.MLP([2, 32, 32, 2], hidden="relu", rng=0), tg.MLP([2, 32, 32, 1], hidden="leaky_relu", rng=1)
    game = tg.Algorithm1(G, D, tg.data.Ring(), tg.data.Normal(2), k=k, objective=objective, momentum=momentum, rng=2)
    start = G.theta.copy(), D.theta.copy()
    reached = in_pytorch["play"](game, 50)
    assert (G.theta == start[0]).all() and game.iteration == 0
    game.train(50)
    for net, before, theta in zip((G, D), start, reached):
        assert np.abs(net.theta - before).max() > 0.05
        assert np.abs(net.theta - theta).max() < 1e-14


def test_momentum_with_a_falling_rate_is_classical_only_if_the_loss_carries_the_rate(in_pytorch):
    import torch
    theta, velocity = np.array([1.0, -2.0]), np.zeros(2)
    torchs, scaled = (torch.tensor(theta, requires_grad=True) for _ in range(2))
    sgd = torch.optim.SGD([torchs], lr=0.1, momentum=0.9)
    sgd_1 = torch.optim.SGD([scaled], lr=1.0, momentum=0.9)
    for rate in np.linspace(0.1, 0, 20):
        sgd.param_groups[0]["lr"] = rate
        for x, optimiser, factor in ((torchs, sgd, 1.0), (scaled, sgd_1, rate)):
            optimiser.zero_grad()
            (factor * (x**2).sum()).backward()
            optimiser.step()
        descend(theta, 2 * theta, velocity, rate, 0.9)
    assert scaled.detach().numpy() == pytest.approx(theta, abs=1e-14)
    assert np.abs(torchs.detach().numpy() - theta).max() > 0.1


def test_the_cap_is_a_renorm_of_the_transposed_weights(in_pytorch):
    import torch
    W = np.random.default_rng(0).standard_normal((5, 7))
    weight = torch.tensor(W.T.copy()).renorm_(2, 0, 2.0)
    max_norm(W, 2.0)
    assert weight.numpy().T == pytest.approx(W, abs=1e-6)
