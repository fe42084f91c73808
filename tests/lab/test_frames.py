"""What the page is given: the numbers of a frame against the game that they are of."""

import base64
import re

import numpy as np
import pytest
from hypothesis import given, strategies as st
from hypothesis.extra.numpy import arrays

import tinygan as tg
from tinygan.lab.frames import ARROWS, N, PARTS, SIDE, VALUES, Camera, aside, packed, told
from tinygan.layers import sigmoid


def unpacked(packed):
    """The array again, as the page's decode.js does it."""
    codes = np.frombuffer(base64.b64decode(packed["data"]), {8: "<u1", 16: "<u2", 32: "<f4"}[packed["bits"]])
    if packed["bits"] < 32:
        largest = 2**packed["bits"] - 1
        step = (packed["high"] - packed["low"]) / (largest - 1)
        codes = np.where(codes == largest, np.nan, packed["low"] + codes * step)
    return codes.reshape(packed["shape"])


def camera(recipe="ring", iterations=30):
    run = tg.recipes.start(recipe)
    run.game.train(iterations)
    return Camera(run)


@given(arrays(float, (3, 4), elements=st.floats(-1e6, 1e6)), st.sampled_from([8, 16]))
def test_a_packed_array_is_right_to_half_a_step(a, bits):
    step = (a.max() - a.min()) / (2**bits - 2)
    assert np.abs(unpacked(packed(a, bits=bits)) - a).max() <= 0.51 * step + 1e-9


def test_packed_keeps_nan_and_floats():
    assert np.array_equal(unpacked(packed([0.5, np.nan, 1.0], 0, 1)), [0.5, np.nan, 1.0], equal_nan=True)
    assert np.array_equal(unpacked(packed([[1.5, np.nan]], bits=32)), [[1.5, np.nan]], equal_nan=True)
    assert unpacked(packed([2.0, 2.0])).tolist() == [2, 2]


def test_looking_changes_nothing():
    """Not a number of the game: its dropout's masks, random numbers, gradients and memory among them."""
    for recipe in ("ring", "gaussian", "glyphs"):
        one, twin = (tg.recipes.start(recipe) for _ in range(2))
        for each in (one, twin):
            each.game.train(3)
        look = Camera(one)
        look.frame()
        look.values(), look.measure(), look.scene()
        for player in "DG":
            if look.has_maps(player, 0):
                look.units(player, 0)
        for each in (one, twin):
            each.game.train(3)
        assert (one.game.G.theta == twin.game.G.theta).all() and (one.game.D.theta == twin.game.D.theta).all()


def test_points_and_D_are_those_of_the_game():
    look = camera()
    frame, run = look.frame(), look.run
    assert unpacked(frame["generated"]) == pytest.approx(run.generate(look.z), abs=1e-3) and len(look.z) == N
    D = unpacked(frame["D"])
    sides = [np.linspace(look.low[j], look.high[j], SIDE) for j in (0, 1)]
    for i, j in ((0, 0), (0, SIDE - 1), (SIDE - 1, 0), (13, 29)):                     # rows go up, columns right
        at = np.array([[sides[0][j], sides[1][i]]])
        assert D[i, j] == pytest.approx(sigmoid(run.logits(at)).item(), abs=1e-4)


def test_the_arrows_are_the_steps_of_both_objectives_through_the_logit():
    """−∂ of each example's own loss by x, here from differences of the loss itself."""
    look = camera(iterations=50)
    game, arrows = look.run.game, [unpacked(each) for each in look.frame()["arrows"]]
    game.D.bind(game.D.theta.astype(float), game.D.grad.astype(float))
    scale = look.run.game.data.std
    x = game.G(look.z[:ARROWS].astype(np.float32)).astype(float)
    for k, objective in enumerate(("minimax", "non-saturating")):
        loss = lambda x: np.array([tg.generator_loss(game.D(row[None]), objective) for row in x])
        slope = np.column_stack([(loss(x + h) - loss(x - h)) / 2e-5 for h in 1e-5 * np.eye(2)])
        near = np.abs(arrows[k] + slope * scale).max(axis=1) < 1e-3
        assert near.mean() > 0.95                                                     # but for kinks in between


def test_the_warped_grid_is_G_of_the_lattice_and_dense_where_cells_are_small():
    look = camera()
    frame = look.frame()
    warped, opacity = unpacked(frame["warped"]), unpacked(frame["opacity"])
    assert warped[3, 5] == pytest.approx(look.run.generate(look.lattice[3, 5][None])[0], abs=1e-3)
    assert look.lattice[0, 0, 0] < 0 < look.lattice[0, -1, 0] and look.lattice[0, 0, 1] < 0 < look.lattice[-1, 0, 1]
    assert opacity.min() >= 0 and opacity.max() == pytest.approx(1)

    look.run.generate = lambda z: z[:, :2] * [1, 1]                                   # G leaves z where it is:
    plain = unpacked(look._warped()["opacity"])                                       # as dense as the noise itself
    middle = (look.lattice[:-1, :-1] + look.lattice[1:, 1:]) / 2
    density = np.exp(-(middle**2).sum(axis=-1) / 4)
    assert plain == pytest.approx(np.minimum(1, density / np.quantile(density, 0.9)), abs=0.01)


def test_D_star_is_counted_in_cells():
    """Where real and generated are equally many it is 1/2; where neither is, there is none."""
    look = camera()
    look.run.generate = lambda z: look.run.data.sample(len(z), 9)
    D_star = unpacked(look.frame()["D_star"])
    many = look.counted > 40
    assert np.isnan(D_star[look.counted == 0]).mean() > 0.9 and D_star[many].mean() == pytest.approx(0.5, abs=0.03)
    corner = look._count(np.array([[look.low[0], look.high[1]]]))
    assert corner[-1, 0] == corner.sum() == 1                                         # rows go up, columns right
    look.run.generate = lambda z: np.full((len(z), 2), 50.0)
    assert (unpacked(look.frame()["D_star"])[many] == 1).all()


def test_on_the_line_p_g_is_the_exact_one():
    """Of each cell its mean, and so close to the change of variables; and it sums to what G sends there."""
    look = camera("gaussian", 300)
    frame, game = look.frame(), look.run.game
    p_g, dx = unpacked(frame["p_g"]), look.edges[1] - look.edges[0]
    exact = tg.theory.pushforward(game.G, game.noise, (look.x - 4) / 1.25) / 1.25
    assert np.abs(p_g - exact).max() < 0.02 * exact.max() and p_g.sum() * dx == pytest.approx(1, abs=0.01)
    both = look.p_data + p_g > 0.01
    D_star = unpacked(frame["D_star"])[both]
    assert D_star == pytest.approx(tg.theory.optimal_discriminator(look.p_data[both], p_g[both]), abs=1e-3)
    assert unpacked(frame["arrows"]) == pytest.approx(look.run.generate(look.arrows_from[:, None])[:, 0], abs=1e-3)


def test_values_are_those_of_the_examples_that_are_shown():
    look = camera()
    run, values = look.run, dict(zip(VALUES, look.values()))
    a_real, a_fake = run.logits(look.real), run.logits(run.generate(look.z))
    assert values["V"] == pytest.approx(tg.value(a_real, a_fake), rel=1e-12)
    assert values["mean log D(x)"] == pytest.approx(np.log(sigmoid(a_real)).mean())
    assert values["D_fake"] == pytest.approx(sigmoid(a_fake).mean())
    assert values["G_loss"] == pytest.approx(tg.generator_loss(a_fake, "non-saturating"))


@pytest.mark.parametrize("recipe", ["ring", "gaussian", "gaussian2d", "moons", "ring8", "glyphs"])
def test_each_measure_has_its_floor(recipe):
    """And real examples mostly score within it."""
    look = camera(recipe, 3)
    scene = look.scene()
    assert list(look.measure()) == scene["measures"] == list(scene["floor"])
    for ideal, low, high in scene["floor"].values():
        assert low <= high


def test_a_unit_responds_as_it_does_in_the_network():
    look = camera()
    D, x = look.run.game.D, np.array([[look.low[0], look.high[1]]]) / 0.3
    first = D.layers[1](D.layers[0](x.astype(np.float32)))
    second = D.layers[3](D.layers[2](first))
    assert look.units("D", 0)[7][-1, 0] == pytest.approx(first[0, 7], rel=1e-4)
    assert look.units("D", 1)[5][-1, 0] == pytest.approx(second[0, 5], rel=1e-4, abs=1e-6)
    assert len(look.units("G", 1)) == 48


def of_pictures(shape, n=60, labels=True, **settings):
    """A Camera on a recipe of pictures of that shape, little trained; none of them is like another."""
    images = np.random.default_rng(0).integers(256, size=(n, *shape), dtype=np.uint8)
    data = tg.data.Images(images, np.arange(n) % 3 if labels else None)
    run = tg.recipes.start("glyphs", data=data, settings=settings)
    run.game.train(2)
    return Camera(run)


@pytest.mark.parametrize("shape, shown", [((8, 8), 100), ((16, 16), 100), ((28, 28), 49), ((5, 9), 100), ((64, 64), 9)])
def test_pictures_come_a_row_each_as_many_as_can_be_seen(shape, shown):
    look = of_pictures(shape, 700)
    look._floor = {}                                                                  # it takes long
    scene, frame = look.scene(), look.frame(())
    assert (scene["kind"], scene["shape"]) == ("pictures", shape)
    for packed, x in ((scene["real"], look.real), (frame["generated"], look.run.generate(look.z))):
        assert packed["shape"] == (shown, shape[0] * shape[1]) and packed["bits"] == 8
        assert np.abs(unpacked(packed) - x[:shown]).max() < 1 / 250
    assert set(frame) == {"iteration", "generated"}


def test_of_pictures_the_weights_of_Ds_first_layer_are_shown_upright():
    look = of_pictures((5, 9))
    D, maps = look.run.game.D, look.units("D", 0)
    assert len(maps) == D.widths[1] and maps[3].shape == (5, 9)
    pieces = D.linears[0].W[:, 3 * D.pieces:4 * D.pieces]
    longest = pieces[:, np.linalg.norm(pieces, axis=0).argmax()]
    assert (maps[3][-1] == longest[:9]).all() and (maps[3][0] == longest[-9:]).all()
    assert look.has_maps("D", 0) and not look.has_maps("D", 1) and not look.has_maps("G", 0)


def test_pictures_of_your_own_are_called_so_and_measured_with_fewer():
    look = of_pictures((8, 8), 5000, momentum=(0.5, 0.7))
    assert look.scene()["about"] == "Your own 5,000 pictures of 8 × 8 pixels, 3 classes, 833 of them held out."
    assert (look.compared.images == look.run.data.images[:2000]).all() and len(look.to_measure[1]) == 400
    drawn, held_out = ({row.tobytes() for row in look.run.data.images[part].reshape(-1, 64)}
                       for part in (slice(0, 4167), slice(4167, None)))
    to_bytes = lambda x: {row.tobytes() for row in np.floor(256 * x).astype(np.uint8)}
    assert to_bytes(look.to_measure[1]) <= held_out and to_bytes(look.compared.training()[0]) <= drawn
    few = of_pictures((8, 8), 600)
    assert len(few.compared.images) == 500 and few.floor()


def test_of_a_maxout_unit_the_largest_piece_is_shown():
    look = camera("glyphs", 2)
    D, shown = look.run.game.D, unpacked(look.frame()["networks"]["D"][0])
    width = D.widths[1]
    pieces = D.linears[0].W[5].reshape(width, D.pieces)[7]
    assert shown.shape == (256, width) and shown[5, 7] == pytest.approx(max(pieces, key=abs), abs=0.02)


def test_a_network_aside_shares_weights_and_no_memory():
    D = tg.MLP([6, 5, 4, 1], hidden="maxout", dropout=0.5, input_dropout=0.2, rng=0)
    other, x = aside(D), np.random.default_rng(0).normal(size=(3, 6))
    assert np.shares_memory(other.theta, D.theta) and (other.forward(x) == D(x)).all()
    assert not any(hasattr(layer, name) for layer in D.layers for name in ("x", "mask", "dydx"))
    D.forward(np.ones((7, 6)))
    dx = other.backward(np.ones((3, 1)), weights=False)
    step = 1e-6 * np.eye(6)
    assert dx == pytest.approx(np.column_stack([(D(x + h) - D(x - h)) / 2e-6 for h in step]), abs=1e-6)


def test_what_a_line_computed_is_told_in_its_own_numbers():
    game = tg.recipes.start("ring").game
    lines = {line.number: told(line, game) for line in game.lines()}
    assert list(lines) == [3, 4, 5, 7, 8] and lines[3] == "z: (128, 4)" and lines[4] == "x: (128, 2)"
    first, second, V = map(float, re.findall(r"-?\d+\.\d+", lines[5])[:3])
    assert V == pytest.approx(first + second, abs=2e-3) and "|∇|" in lines[8]


def test_parts_that_are_not_asked_for_are_not_there():
    look = camera()
    assert not set(look.frame(())) & {"D_star", "warped", "arrows", "networks"}
    assert {"D_star", "warped", "arrows", "networks"} <= set(look.frame(PARTS))
