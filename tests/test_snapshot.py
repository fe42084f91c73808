"""An iteration, all or nothing: whatever goes wrong half-way, the game is as before, to the bit."""

import copy
import pickle
import sys

import numpy as np
import pytest
from hypothesis import given, strategies as st

import tinygan as tg
from test_checkpoint import bits, small
from tinygan.snapshot import Snapshot


class Fails(tg.data.Ring):
    """The ring, until it has been asked so many times."""

    def __init__(self, times, how):
        self.times, self.how = times, how

    def sample(self, m, rng):
        self.times -= 1
        rng.random()                                    # it has drawn something already
        return self.how(super().sample(m, rng)) if self.times == 0 else super().sample(m, rng)


def raises(error):
    def how(x):
        raise error
    return how


HOW = {"raises": (raises(RuntimeError("mine")), RuntimeError, "^mine$"), "is interrupted": (raises(KeyboardInterrupt), KeyboardInterrupt, None),
       "has another shape": (lambda x: x[:-1], ValueError, r"\.sample\(4, rng\) must return shape \(4, 2\), not \(3, 2\)"),
       "has one dimension": (lambda x: x[:, 0], ValueError, "must return shape"), "has NaN": (lambda x: x * np.nan, ValueError, "NaN or infinite"),
       "has infinities": (lambda x: x * np.inf, ValueError, "NaN or infinite"), "has words": (lambda x: x.astype(str), TypeError, "must be an array of numbers"),
       "has nothing": (lambda x: None, TypeError, "must be an array of numbers"), "is complex": (lambda x: x * 1j, TypeError, "must be real"),
       "has ragged rows": (lambda x: [[1, 2], [3]], ValueError, "rows differ in length"), "exits": (raises(SystemExit(3)), SystemExit, None)}


@pytest.mark.parametrize("how, error, words", HOW.values(), ids=HOW)
@given(name=st.sampled_from(["data", "noise"]), k=st.integers(1, 3), times=st.integers(1, 20), way=st.sampled_from(["step", "train"]))
def test_a_source_that_fails_half_way_leaves_whole_iterations(how, error, words, name, k, times, way):
    game = small(k=k)
    setattr(game, name, Fails(times, how))
    with pytest.raises(error, match=words):
        if way == "train":
            game.train(20, every=2)
        else:
            for _ in range(20):
                game.step()
    done = game.iteration - 4
    assert done == (times - 1) // (k if name == "data" else k + 1)
    straight = small(k=k)
    setattr(straight, name, Fails(0, how))
    if way == "train":
        straight.train(done, every=2)
        straight.records = [record for record in straight.records if record[0] % 2 == 0]      # without the one at its end
    else:
        for _ in range(done):
            straight.step()
    assert bits(game) == bits(straight)
    setattr(game, name, Fails(0, how))                                  # mended, it goes on as if nothing had been
    assert (game.train(5)["V"][-1], bits(game)) == (straight.train(5)["V"][-1], bits(straight))


def interrupted(do, line, modules, passing=()):
    """do(), with a KeyboardInterrupt at the n-th line of Python that it runs in these modules of tinygan, but for the
    functions in `passing`; whether it came to that."""
    files, left = [getattr(tg, name).__file__ for name in modules], [line]

    def trace(frame, event, argument):
        if frame.f_code.co_filename in files and frame.f_code.co_name not in passing and event == "line":
            left[0] -= 1
            if left[0] == 0:
                raise KeyboardInterrupt
        return trace

    previous = sys.gettrace()
    sys.settrace(trace)
    try:
        do()
    except KeyboardInterrupt:
        pass
    finally:
        sys.settrace(previous)
    return left[0] <= 0


@pytest.mark.parametrize("line", range(1, 60))
def test_an_interrupt_at_any_line_of_python_leaves_whole_iterations(line):
    """KeyboardInterrupt at each third line that Python runs in the lesson's files."""
    game, before = small(), small()
    if interrupted(game.step, 3 * line, ("algorithm1", "sgd", "mlp", "layers", "game"), passing=("step", "check", "whole_iteration")):
        assert bits(game) == bits(before)
    else:
        assert game.iteration == 5


@pytest.mark.parametrize("step", range(8))
def test_an_interrupt_anywhere_in_train_leaves_the_record_with_its_iteration(step):
    """At each 8th line of Python in the lesson's files, those that make the record included."""
    straight = small()
    straight.train(3, every=1)
    for line in range(step, 400, 8):
        game = small()
        interrupted(lambda: game.train(3, every=1), line, ("algorithm1", "game", "layers"))
        assert [record[0] for record in game.records] == [2, 4, *range(5, game.iteration + 1)]
        game.train(7 - game.iteration, every=1)
        assert bits(game) == bits(straight)


def test_what_can_not_be_written_to_does_not_keep_the_rest_from_going_back():
    game, before = small(), bits(small())
    game.G.theta.flags.writeable = False
    with pytest.raises(ValueError, match="read-only"):
        game.step()
    assert bits(game) == before


def test_masks_go_back_even_where_the_network_says_it_has_none():
    game, twin = small(), small()
    game.D.dropout = twin.D.dropout = 0
    game.noise = Fails(2, raises(RuntimeError("mine")))
    with pytest.raises(RuntimeError):
        game.step()
    assert bits(game) == bits(twin)


def test_a_source_that_runs_out_is_named():
    class Loader:
        dim = 2
        minibatches = iter([np.ones((4, 2))] * 6)

        def sample(self, m, rng):
            return next(self.minibatches)

    game = small(data=Loader())                                          # trains four iterations
    with pytest.raises(ValueError, match=r"data.sample\(4, rng\) must return 4 examples each time, but it has run out"):
        game.train(5)
    assert game.iteration == 6


def test_breaking_off_a_loop_over_whole_iterations_takes_the_last_back():
    game, before = small(), bits(small())
    for line in game.whole_iteration():
        if line.number == 8:
            break
    del line
    assert bits(game) == before


def test_a_callback_that_fails_leaves_the_iteration_done():
    game = small()
    with pytest.raises(ZeroDivisionError):
        game.train(10, every=3, callback=lambda game: 1 / 0)
    assert game.iteration == 6
    straight = small()
    straight.train(2, every=3)
    assert bits(game) == bits(straight)


# Divergence

def too_fast(lr_d, lr_g, dtype=np.float64, **options):
    rng = np.random.default_rng(0)
    G, D = (tg.MLP([2, 16, 16, out], hidden=hidden, dtype=dtype, rng=rng) for out, hidden in ((2, "relu"), (1, "leaky_relu")))
    return tg.Algorithm1(G, D, tg.data.Ring(), tg.data.Normal(2), m=8, lr_d=lr_d, lr_g=lr_g, rng=rng, **options)


def outputs(game):
    with np.errstate(all="ignore"):
        x = game.G(game.noise.sample(500, 1))
        return np.concatenate([x.ravel(), game.D(x).ravel(), game.D(game.data.sample(500, 2)).ravel()])


@pytest.mark.parametrize("update", ["alternating", "simultaneous"])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("way", ["step", "train"])
def test_after_divergence_the_networks_can_still_be_used(way, dtype, update):
    for lr in np.geomspace(10, 1e30, 30):
        game = too_fast(lr, lr, dtype, update=update)
        twin = copy.deepcopy(game)
        try:
            game.train(200, every=7) if way == "train" else [game.step() for _ in range(200)]
        except tg.DivergenceError as error:
            assert error.iteration == game.iteration + 1 and f"at iteration {error.iteration}: {error.player}'s" in str(error)
        assert np.isfinite(outputs(game)).all()
        assert not game.records or game.records[-1][0] <= game.iteration
        if game.iteration:
            twin.train(game.iteration, every=7) if way == "train" else [twin.step() for _ in range(game.iteration)]
        assert twin.G.theta.tobytes() == game.G.theta.tobytes() and twin.D.theta.tobytes() == game.D.theta.tobytes()


def test_what_the_user_has_written_is_not_taken_back():
    game = too_fast(0.1, 0.1)
    game.train(5)
    for net in (game.G, game.D):
        good = net.theta.copy()
        net.theta[:] = 1e200
        written = bits(game)
        for go_on in (game.step, lambda: game.train(3)):
            with pytest.raises(tg.DivergenceError) as caught:
                go_on()
            assert bits(game) == written and not caught.value.usable and caught.value.iteration == 6
        net.theta = good
    game.lr_d = 1e300                                                     # finite numbers, and a step that is not
    written = bits(game)
    with pytest.raises(tg.DivergenceError) as caught:
        game.step()
    assert bits(game) == written and caught.value.usable and caught.value.player == "D"


def test_a_copy_that_takes_the_place_of_a_network_is_not_mistaken_for_it():
    game = too_fast(1e30, 1e30)
    try:
        for _ in range(100):
            game.G = copy.deepcopy(game.G)
            before = bits(game)
            game.step()
    except tg.DivergenceError:
        assert bits(game) == before


def test_a_network_that_takes_the_place_of_another_is_left_alone():
    game = too_fast(0.1, 0.1)
    game.train(3)
    old = game.G
    kept = old.theta.copy()
    game.G = tg.MLP([2, 16, 16, 2], rng=1)
    game.G.theta[:] = 1e200
    with pytest.raises(tg.DivergenceError):
        game.step()
    assert (game.G.theta == 1e200).all() and (old.theta == kept).all()


@pytest.mark.parametrize("copied", [copy.deepcopy, lambda game: pickle.loads(pickle.dumps(game))], ids=["deepcopy", "pickle"])
def test_a_copy_goes_back_by_itself(copied):
    game = small()
    other = copied(game)
    kept = bits(game)
    assert bits(other) == kept
    other.noise = Fails(2, raises(RuntimeError("mine")))
    with pytest.raises(RuntimeError):
        other.step()
    assert bits(other) == kept
    other.noise = game.noise
    other.step()
    assert bits(game) == kept
    game.step()
    assert bits(other) == bits(game)


def test_a_snapshot_holds_all_that_an_iteration_changes():
    game = small()
    snapshot, kept = Snapshot(game), bits(game)
    game.train(7, every=1)
    assert bits(game) != kept
    snapshot.restore()
    assert bits(game) == kept
