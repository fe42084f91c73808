"""A sheet: one iteration of Algorithm 1 on networks small enough for paper, every number of it.

Here: `sheet`, which draws one; `Sheet`, `Step` and `Numbers`, what it is made of; `walk`, through its steps;
`follow`, one of them; `difference`, the difference quotient beside a gradient; `entry_names`, of an array.

The steps stand in `line_5` and `line_8`, and read like the derivation on paper. G has the layers 1-2-2 and D 2-2-1,
with a ReLU after the hidden layer, and m = 2; `tiny`: 1-1-1 both, and m = 1. The names are those of the lesson's code:
a_real and a_fake are D's logits, `dW2` is ∂V/∂W2 in line 5 and ∂L/∂W2 in line 8. Names of G's own end in _G. What
D computes for real and generated examples together has a row for each: first the real ones, then the generated ones.
"""

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Callable, NamedTuple

import numpy as np

from ..gradcheck import central_difference
from ..layers import sigmoid

ROWS = ("u", "h", "dh", "du")                               # D's numbers that have a row for each example


class Numbers(SimpleNamespace):
    """All that is known at a step, n.W1, n.u, …; and parts of it under names of their own."""

    X = property(lambda n: np.concatenate([n.x, n.x_fake]))
    da = property(lambda n: np.concatenate([n.da_real, n.da_fake]))
    h_real = property(lambda n: n.h[:len(n.x)])
    h_fake = property(lambda n: n.h[len(n.x):])


class Step(NamedTuple):
    """One formula of a sheet: `compute(n)` gives the array named `symbol` from the earlier ones, n.W1, n.u, …"""

    line: int
    part: str
    tag: str
    symbol: str
    formula: str
    compute: Callable


@dataclass
class Sheet:
    """What is given, {symbol: array}, and the steps from there on, in the order of Algorithm 1."""

    seed: int
    tiny: bool
    objective: str
    given: dict
    steps: list


def sheet(seed=0, tiny=False, objective="non-saturating"):
    """The sheet of this seed. Its numbers are round, no ReLU is near its kink, and no layer is dead.

    tiny : one unit in each layer, m = 1, and integers and simple fractions only: D starts with W2 = b2 = 0, so that
    D(x) = 1/2, and the last step v of b2 is such that D(G(z)) is 1/2 in line 8 again. Only logarithms are no fractions.
    objective : "minimax" or "non-saturating": what G descends in line 8.

    >>> sheet(0, tiny=True).given["W2"].tolist()
    [[0.0]]
    """
    rng, steps = np.random.default_rng([seed, tiny]), [*line_5(), *line_8("non-saturating")]
    while True:                                             # the same numbers for both objectives
        given = _draw_tiny(rng, steps) if tiny else _draw(rng)
        if _is_fit(steps, given, tiny):
            return Sheet(seed, tiny, objective, given, [*line_5(), *line_8(objective)])


def line_5():
    """D's turn: V and its gradient by each of D's parameters, and a step up."""
    line = "Alg. 1, line 5"
    return [
        *_part(5, "G makes examples from z", line, _forward_G("z")),
        *_part(5, "D looks at real and generated examples", line, [
            ("u", "u = X W1 + b1", lambda n: n.X @ n.W1 + n.b1),
            ("h", "h = max(u, 0)", lambda n: np.maximum(n.u, 0)),
            ("a_real", "a_real = h_real W2 + b2", lambda n: n.h_real @ n.W2 + n.b2),
            ("a_fake", "a_fake = h_fake W2 + b2", lambda n: n.h_fake @ n.W2 + n.b2),
            ("D_real", "D_real = σ(a_real)", lambda n: sigmoid(n.a_real)),
            ("D_fake", "D_fake = σ(a_fake)", lambda n: sigmoid(n.a_fake))]),
        *_part(5, "V, term by term", "Eq. 1", [
            ("t_real", "t_real = log D_real", lambda n: np.log(n.D_real)),
            ("t_fake", "t_fake = log(1 − D_fake)", lambda n: np.log(1 - n.D_fake)),
            ("V", "V = (sum of t_real + sum of t_fake) / m", lambda n: (n.t_real.sum() + n.t_fake.sum()) / n.m)]),
        *_part(5, "Back from V to D's parameters", line, [
            ("da_real", "∂V/∂a_real = (1 − D_real) / m", lambda n: (1 - n.D_real) / n.m),
            ("da_fake", "∂V/∂a_fake = −D_fake / m", lambda n: -n.D_fake / n.m),
            ("dW2", "∂V/∂W2 = hᵀ ∂V/∂a", lambda n: n.h.T @ n.da),
            ("db2", "∂V/∂b2 = sum of the rows of ∂V/∂a", lambda n: n.da.sum(axis=0)),
            ("dh", "∂V/∂h = ∂V/∂a W2ᵀ", lambda n: n.da @ n.W2.T),
            ("du", "∂V/∂u = ∂V/∂h ⊙ [u > 0]", lambda n: n.dh * (n.u > 0)),
            ("dW1", "∂V/∂W1 = Xᵀ ∂V/∂u", lambda n: n.X.T @ n.du),
            ("db1", "∂V/∂b1 = sum of the rows of ∂V/∂u", lambda n: n.du.sum(axis=0))]),
        *_part(5, "D's step, up the gradient", line, _update("+", "V", ""))]


def line_8(objective):
    """G's turn: its loss L, the gradient through D and by each of G's parameters, and a step down."""
    line = "Alg. 1, line 8"
    loss_tag, loss, slope = {
        "minimax": ("Eq. 1",
                    ("t_fake", "t_fake = log(1 − D_fake)", lambda n: np.log(1 - n.D_fake)),
                    ("da_fake", "∂L/∂a_fake = −D_fake / m", lambda n: -n.D_fake / n.m)),
        "non-saturating": ("section 3",
                           ("t_fake", "t_fake = −log D_fake", lambda n: -np.log(n.D_fake)),
                           ("da_fake", "∂L/∂a_fake = −(1 − D_fake) / m", lambda n: -(1 - n.D_fake) / n.m))}[objective]
    return [
        *_part(8, "G makes examples from z_new", line, _forward_G("z_new")),
        *_part(8, "D, with its new parameters, looks at them", line, [
            ("u", "u = x_fake W1 + b1", lambda n: n.x_fake @ n.W1 + n.b1),
            ("h", "h = max(u, 0)", lambda n: np.maximum(n.u, 0)),
            ("a_fake", "a_fake = h W2 + b2", lambda n: n.h @ n.W2 + n.b2),
            ("D_fake", "D_fake = σ(a_fake)", lambda n: sigmoid(n.a_fake))]),
        *_part(8, "G's loss L, term by term", loss_tag, [
            loss,
            ("L", "L = (sum of t_fake) / m", lambda n: n.t_fake.sum() / n.m)]),
        *_part(8, "Back from L through D, whose parameters stay as they are", line, [
            slope,
            ("dh", "∂L/∂h = ∂L/∂a_fake W2ᵀ", lambda n: n.da_fake @ n.W2.T),
            ("du", "∂L/∂u = ∂L/∂h ⊙ [u > 0]", lambda n: n.dh * (n.u > 0)),
            ("dx_fake", "∂L/∂x_fake = ∂L/∂u W1ᵀ", lambda n: n.du @ n.W1.T)]),
        *_part(8, "On to G's parameters", line, [
            ("dW2_G", "∂L/∂W2_G = h_Gᵀ ∂L/∂x_fake", lambda n: n.h_G.T @ n.dx_fake),
            ("db2_G", "∂L/∂b2_G = sum of the rows of ∂L/∂x_fake", lambda n: n.dx_fake.sum(axis=0)),
            ("dh_G", "∂L/∂h_G = ∂L/∂x_fake W2_Gᵀ", lambda n: n.dx_fake @ n.W2_G.T),
            ("du_G", "∂L/∂u_G = ∂L/∂h_G ⊙ [u_G > 0]", lambda n: n.dh_G * (n.u_G > 0)),
            ("dW1_G", "∂L/∂W1_G = z_newᵀ ∂L/∂u_G", lambda n: n.z_new.T @ n.du_G),
            ("db1_G", "∂L/∂b1_G = sum of the rows of ∂L/∂u_G", lambda n: n.du_G.sum(axis=0))]),
        *_part(8, "G's step, down the gradient", line, _update("−", "L", "_G"))]


def _part(line, title, tag, steps):
    return [Step(line, title, f"[{tag}]", *step) for step in steps]


def _forward_G(z):
    """G(z), of the noise with this name."""
    return [("u_G", f"u_G = {z} W1_G + b1_G", lambda n: getattr(n, z) @ n.W1_G + n.b1_G),
            ("h_G", "h_G = max(u_G, 0)", lambda n: np.maximum(n.u_G, 0)),
            ("x_fake", "x_fake = h_G W2_G + b2_G", lambda n: n.h_G @ n.W2_G + n.b2_G)]


def _update(sign, loss, of):
    """v ← μ v ± η ∇ and θ ← θ + v, for each of a network's four arrays."""
    direction = 1 if sign == "+" else -1
    for name in (f"W1{of}", f"b1{of}", f"W2{of}", f"b2{of}"):
        v, d = f"v_{name}", f"d{name}"
        yield (v, f"{v} ← μ {v} {sign} η ∂{loss}/∂{name}",
               lambda n, v=v, d=d: n.μ * getattr(n, v) + direction * n.η * getattr(n, d))
        yield name, f"{name} ← {name} + {v}", lambda n, name=name, v=v: getattr(n, name) + getattr(n, v)


def follow(step, known):
    """The array that this step gives, from what is known before it, {symbol: array}."""
    return np.asarray(step.compute(Numbers(**known)) + 0.0)                          # −0.0 is 0


def walk(steps, given):
    """Go through the steps: each with what is known before it, and with what it gives."""
    known = dict(given)
    for step in steps:
        result = follow(step, known)
        yield step, known, result
        known[step.symbol] = result


def difference(sheet, step):
    """The difference quotient of V, or of L in line 8, that belongs to this step's gradient; None for other steps.

    What the gradient is taken by is moved by ±h, and V or L is computed again from there: no formula of the backward
    pass is used.
    """
    if not step.symbol.startswith("d"):
        return None
    by, line = step.symbol[1:], [each for each in sheet.steps if each.line == step.line]
    before = next(dict(known) for each, known, _ in walk(sheet.steps, sheet.given) if each is line[0])
    here = next(known[by] for each, known, _ in walk(line, before) if each is step)

    def loss(value):
        known = {**before, by: value}
        for each in line:
            known[each.symbol] = value if each.symbol == by else follow(each, known)
            if each.symbol in ("V", "L"):
                return known[each.symbol].item()

    return central_difference(loss, here)


def entry_names(symbol, shape, m):
    """The names of this array's entries, in row-major order: W1[1,2], u_real[1,2], or V where there is only one.

    >>> list(entry_names("u", (4, 1), 2))
    ['u_real[1]', 'u_real[2]', 'u_fake[1]', 'u_fake[2]']
    """
    for index in np.ndindex(shape):
        name, sizes = symbol, [*shape]
        if symbol in ROWS:
            name += "_real" if shape[0] == 2 * m and index[0] < m else "_fake"
            index, sizes[0] = (index[0] % m, *index[1:]), m
        places = ",".join(str(i + 1) for i, size in zip(index, sizes) if size > 1)
        yield f"{name}[{places}]" if places else name


# The numbers that are given

def _draw(rng):
    """Multiples of 1/2; of .2 for the last steps v."""
    weights, biases = _some(rng, -1, -0.5, 0.5, 1), _some(rng, -1, -0.5, 0, 0.5, 1)
    velocities, numbers = _some(rng, -0.4, -0.2, 0.2, 0.4), np.array([-2, -1.5, -1, -0.5, 0.5, 1, 1.5, 2])
    noise, x = rng.permutation(numbers)[:4].reshape(4, 1), _some(rng, *numbers)(2, 2)
    return {"m": 2, "μ": 0.5, "η": 0.5, "z": noise[:2], "x": x, "z_new": noise[2:],
            **_parameters([1, 2, 2], "_G", weights, biases, velocities),
            **_parameters([2, 2, 1], "", weights, biases, velocities)}


def _draw_tiny(rng, steps):
    """Integers. The last step of b2 moves only the logits of line 8: it is made to bring D(G(z)) to 1/2 there."""
    weights, biases, velocities = _some(rng, -2, -1, 1, 2), _some(rng, -1, 0, 1), _some(rng, -4, -2, 2, 4)
    sign, x = _some(rng, -1, 1)(1, 1), _some(rng, -3, -2, -1, 1, 2, 3)(1, 1)
    z, z_new = sign * rng.permutation([1.0, 2.0, 3.0])[:2].reshape(2, 1, 1)
    given = {"m": 1, "μ": 0.5, "η": 1.0, "z": z, "x": x, "z_new": z_new,
             **_parameters([1, 1, 1], "_G", weights, biases, velocities),
             **_parameters([1, 1, 1], "", weights, biases, velocities),
             "W1_G": sign * _some(rng, 1, 2)(1, 1),                     # so that G's unit is on for both z
             "W2": np.zeros((1, 1)), "b2": np.zeros(1), "v_b2": np.zeros(1)}
    logit = next(result for step, _, result in walk(steps, given) if (step.line, step.symbol) == (8, "a_fake"))
    return {**given, "v_b2": -logit[0] / given["μ"] + 0.0}


def _some(rng, *values):
    """A function of a shape: an array of it, of some of these values."""
    values = np.array(values, float)
    return lambda *shape: values[rng.integers(len(values), size=shape)]


def _parameters(widths, of, weights, biases, velocities):
    """θ of a network, and its last steps v."""
    shapes = {"W1": (widths[0], widths[1]), "b1": (widths[1],), "W2": (widths[1], widths[2]), "b2": (widths[2],)}
    return {**{name + of: (weights if name[0] == "W" else biases)(*shape) for name, shape in shapes.items()},
            **{f"v_{name}{of}": velocities(*shape) for name, shape in shapes.items()}}


def _is_fit(steps, given, tiny):
    """Whether these numbers teach: they are of a size for paper, and gradients reach every layer."""
    if tiny and not (_is_simple(given["v_b2"], 1) and abs(given["v_b2"]) <= 10):
        return False
    off = 0
    for step, _, result in walk(steps, given):
        size = np.abs(result[result != 0])
        if size.size and not (size.min() >= 1e-3 and size.max() <= 10) or not _reaches(step, result):
            return False
        if tiny and step.symbol not in ("t_real", "t_fake", "V", "L") and not _is_simple(result, 4):
            return False
        off += step.symbol in ("h", "h_G") and not result.all()
    return tiny or off >= 2                                                         # some units are off, too


def _reaches(step, result):
    """Whether a gradient gets through here, and a difference quotient meets no kink."""
    if step.symbol in ("u", "u_G"):
        return np.abs(result).min() >= 0.2
    if step.symbol == "h_G" or step.symbol == "h" and step.line == 5:
        return (result > 0).any(axis=0).all()                                       # every unit is on for some example
    if step.symbol == "h":
        return (result > 0).any(axis=1).all()                                       # every example meets some unit
    if step.symbol in ("dW2", "dx_fake", "dW1_G"):
        return result.any(axis=0).all()
    return step.symbol not in ("a_real", "a_fake") or np.abs(result).max() <= 2.5


def _is_simple(result, denominator):
    """Whether all are whole multiples of 1/denominator."""
    return np.abs(result * denominator - (result * denominator).round()).max() < 1e-9
