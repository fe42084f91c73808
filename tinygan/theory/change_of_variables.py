"""The exact density p_g of a generator from one number z to one number x.

Here: `pushforward`, `atoms`, `Atom`.

z is random with density p_z, and x = G(z). Where G rises or falls strictly, a short interval dz
becomes one of length |G'(z)| dz and keeps its probability, so the density is divided by |G'(z)|.
Where G folds, several z land on the same x, and their shares add up:

    p_g(x) = Σ p_z(z) / |G'(z)|    over all z with G(z) = x.

This is the change of variables by which a mean over z becomes a mean over x in the paper's
Eq. 3: ∫ f(G(z)) p_z(z) dz = ∫ f(x) p_g(x) dx, for every f.

To find all z with G(z) = x, the line of z is cut where G turns round: on each of the pieces G
is monotone, so there is one such z or none, and bisection finds it. Where G is flat there are
infinitely many: the whole piece lands on one x, which then has a probability of its own (an
atom), and no density.
"""

import copy
from typing import NamedTuple

import numpy as np

from .. import _check
from ..layers import Dropout, Linear
from ..mlp import MLP

EPS = np.finfo(float).eps
NODES = 4001                                                    # where G is looked at first
NEGLIGIBLE = 1e-6                                               # a probability too small to report


class Atom(NamedTuple):
    """A flat piece of G: all z from `low` to `high`, of probability `mass`, land on `x`."""

    x: float
    mass: float
    low: float
    high: float


def pushforward(G, prior, x):
    """p_g(x) = Σ p_z(z) / |G'(z)|, summed over all z with G(z) = x: the density of G(z).

    G : an MLP with one input and one output (whose G' is its own backward pass), a layer with
        `forward` and `backward` like those in `layers.py`, or a function of (n, 1) arrays, such
        as np.square (whose G' is a central difference, right to about nine digits). It must be continuous:
        where it jumps, the result is wrong, and nothing notices.
    prior : p_z, a one-dimensional distribution with a `density`, such as `data.Normal(1)`.
    x : a number, (n,) or (n, 1), finite.
    In a network each hidden unit is looked at, however steep it is; a fold or a flat piece that
    comes from elsewhere, and is narrower than some 1/4000 of the range of z, can be missed.
    Returns p_g at each x, per unit of x, a float or (n,): 0 where no z leads, infinite where G'
    is 0. Its integral is 1; but where G turns round p_g has a spike, like 1/√, and a sum on a grid
    of x can miss that by a percent (a mean over z does not). It is computed in float64, whatever
    G is, with dropout off, and leaves G as it was.
    Raises ValueError where G is flat, which `atoms` lists: p_g is no density there.

    z² of normal noise has the chi-squared density e^(−x/2) / √(2πx):

    >>> from tinygan.data import Normal
    >>> float(round(pushforward(np.square, Normal(1), 1.0), 6))
    0.241971
    """
    x = _check.finite_array("x", x)
    if x.ndim > 1 and x.shape != (len(x), 1):
        raise ValueError(f"x must be a number, (n,) or (n, 1), not {x.shape}")
    pieces, evaluate, p_z = _pieces(G, prior)
    flat = _flat_pieces(pieces, evaluate, p_z)
    if flat:
        raise ValueError(f"G must not be flat, but all z from {flat[0].low:.4g} to {flat[0].high:.4g} land on "
                         f"x = {flat[0].x:.6g}: p_g has an atom of probability {flat[0].mass:.3g} there, and no "
                         f"density (theory.atoms(G, prior) lists {'it' if len(flat) == 1 else f'all {len(flat)}'})")
    p = sum(_through(piece, evaluate, p_z, x.ravel()) for piece in pieces if piece.sign)
    return p if x.ndim else p[0]


def atoms(G, prior):
    """The flat pieces of G, a list of `Atom`: where p_g is a probability, and not a density.

    A ReLU generator is flat where all its units are off; a saturated tanh is flat as soon as
    float64 can't tell its values apart. Pieces of probability below 1e-6 are left out.
    G, prior : as in `pushforward`.

    >>> from tinygan.data import Normal
    >>> (atom,) = atoms(lambda z: np.maximum(z, 1), Normal(1))
    >>> atom.x, round(atom.mass, 4)                                     # Φ(1)
    (1.0, 0.8413)
    """
    return _flat_pieces(*_pieces(G, prior))


class _Piece(NamedTuple):
    """z from `low` to `high`, where G rises (sign 1), falls (−1) or is flat (0)."""

    low: float
    high: float
    sign: int


def _pieces(G, prior):
    """The line of z, as far as p_z reaches, cut where G turns round or begins or ends to be flat;
    and G and p_z as the functions that serve below."""
    p_z = _density(prior)
    reach, core = _reach(prior, p_z)
    evaluate = _evaluator(G, *reach)
    width = (core[1] - core[0]) / NODES
    z = _nodes(G, evaluate, reach, core)
    sign = _sign(evaluate, z, width)
    turn = np.flatnonzero(sign[1:] != sign[:-1])
    before = sign[turn]
    cuts, _ = _bisect(lambda middle: _sign(evaluate, middle, width) == before, z[turn], z[turn + 1])
    ends = [z[0], *cuts, z[-1]]
    pieces = [_Piece(low, high, kind) for low, high, kind in zip(ends[:-1], ends[1:], [*before, sign[-1]])]
    return pieces, evaluate, p_z


def _nodes(G, evaluate, reach, core):
    """Where to look at G: coarsely in p_z's tails, finely in its core and about the units of a
    network, finest where G' nears 0."""
    z = np.union1d(np.linspace(*reach, NODES), np.linspace(*core, NODES))
    if isinstance(G, MLP):
        for _ in G.linears[:-1]:       # a layer's bends can be placed once those before it are nodes
            z = np.union1d(z, _bends(G, z))
    for _ in range(2):
        _, slope, _ = evaluate(z)
        slope, change = np.abs(slope), np.abs(np.diff(slope))
        near = np.minimum(slope[1:], slope[:-1]) <= 2 * change            # G' might be 0 in this cell
        inside = np.linspace(z[:-1][near], z[1:][near], 17)[1:-1]
        z = np.union1d(z, inside)
    return z


def _bends(G, z):
    """Where the input a of a hidden unit passes 0, for a ReLU bends there; between each two such
    places, for it may be flat there; and about each, |a| ≤ 6, for there a steep tanh bends."""
    at, rise, x = [], [], z[:, None]
    for layer in G.layers[:-1]:
        x = layer(x)
        if isinstance(layer, Linear):
            node, unit = np.nonzero((x[1:] > 0) != (x[:-1] > 0))
            before, after = x[node, unit].astype(np.float64), x[node + 1, unit].astype(np.float64)
            at.append(z[node] + (z[node + 1] - z[node]) * before / (before - after))
            rise.append((after - before) / (z[node + 1] - z[node]))
    at, rise = np.concatenate(at), np.concatenate(rise)
    ordered = np.sort(at)
    with np.errstate(over="ignore"):
        about = at + np.linspace(-6, 6, 25)[:, None] / rise
    bends = np.concatenate([at, (ordered[1:] + ordered[:-1]) / 2, about.ravel()])
    return bends[(bends > z[0]) & (bends < z[-1])]


def _sign(evaluate, z, width):
    """1 where G rises, −1 where it falls, 0 where rounding hides its change across `width`."""
    _, slope, rounding = evaluate(z)
    return np.where(np.abs(slope) * width <= rounding, 0, np.sign(slope)).astype(int)


def _through(piece, evaluate, p_z, x):
    """What one monotone piece adds to p_g at each x."""
    low, high = evaluate(np.array([piece.low, piece.high]))[0][::piece.sign]
    p = np.zeros(len(x))
    reached = (low <= x) & (x <= high)
    if reached.any():
        start, end = np.full(reached.sum(), piece.low), np.full(reached.sum(), piece.high)
        z, _ = _bisect(lambda middle: (evaluate(middle)[0] - x[reached]) * piece.sign <= 0, start, end)
        with np.errstate(divide="ignore", invalid="ignore"):
            share = p_z(z) / np.abs(evaluate(z)[1])           # p_z(z) / |G'(z)|
        p[reached] = np.where(p_z(z) > 0, share, 0)
    return p


def _flat_pieces(pieces, evaluate, p_z):
    found = []
    for piece in pieces:
        if piece.sign == 0:
            z = np.linspace(piece.low, piece.high, 20_001)
            mass = np.trapezoid(p_z(z), z)
            if mass > NEGLIGIBLE:
                x, _, _ = evaluate(z[10_000:10_001])                    # at the middle
                found.append(Atom(float(x[0]), float(mass), float(piece.low), float(piece.high)))
    return found


def _bisect(holds, a, b):
    """Between a, where `holds` is true, and b, where it is not: the two neighbours where it
    changes. Arrays, all of them at once."""
    for _ in range(100):
        middle = (a + b) / 2
        if ((middle == a) | (middle == b)).all():               # no float is left between them; or none were asked for
            break
        yes = holds(middle)
        a, b = np.where(yes, middle, a), np.where(yes, b, middle)
    return a, b


def _density(prior):
    """p_z as a function of (n,) arrays."""
    if not all(callable(getattr(prior, name, None)) for name in ("density", "sample")) or not hasattr(prior, "dim"):
        raise TypeError(f"prior must be a distribution with a density, not {_check.shown(prior)}")
    if prior.dim != 1:
        raise ValueError(f"prior must be of dimension 1, not {prior.dim}")

    def p_z(z):
        density = _check.masses("prior.density(z)", prior.density(z[:, None]))
        if density.shape != z.shape:
            raise ValueError(f"prior.density(z) must return (n,) values at (n, 1) points, not {density.shape}")
        return density

    return p_z


def _reach(prior, p_z):
    """(low, high) where p_z is not 0, and where most of it is."""
    z = prior.sample(100_000, np.random.default_rng(0))[:, 0]   # so many that a rare part of p_z is not missed
    ends, spread = [], np.ptp(z)
    for inside, step in ((z.min(), -spread), (z.max(), spread)):
        while p_z(np.array([inside + step]))[0] > 0 and abs(step) < 1e6 * spread:
            step *= 2
        end, _ = _bisect(lambda middle: p_z(middle) > 0, np.array([inside]), np.array([inside + step]))
        ends.append(end[0])
    return ends, (z.min(), z.max())


def _evaluator(G, low, high):
    """A function of z, (n,), that returns G(z), G'(z) and how much of G(z) may be rounding."""
    if isinstance(G, MLP):
        if (G.widths[0], G.widths[-1]) != (1, 1):
            raise ValueError(f"G must have one input and one output, not widths {G.widths}")
        G = copy.deepcopy(G)
        G.layers = [layer for layer in G.layers if not isinstance(layer, Dropout)]
        G.bind(G.theta.astype(np.float64), np.zeros(G.theta.size))
        return lambda z: _checked(z, *_by_network(G, z[:, None]))
    if hasattr(G, "forward") and hasattr(G, "backward"):
        G = copy.deepcopy(G)
        return lambda z: _checked(z, *_by_layer(G, z[:, None]))
    if not callable(G):
        raise TypeError(f"G must be an MLP, a layer or a function, not {_check.shown(G)}")
    return lambda z: _checked(z, *_by_differences(G, z[:, None], low, high))


def _by_network(G, z):
    x = G.forward(z)
    last = G.linears[-1]
    terms = np.abs(last.x) @ np.abs(last.W) + np.abs(last.b) if G.output == "identity" else np.abs(x)
    return x, G.backward(np.ones_like(x), weights=False), terms


def _by_layer(G, z):
    x = G.forward(z)
    return x, G.backward(np.ones_like(x)), np.abs(x)


def _by_differences(G, z, low, high):
    h = EPS ** (1 / 3) * np.maximum(np.abs(z), 0.1)
    up, down = np.minimum(z + h, high), np.maximum(z - h, low)  # no further than p_z: G may end there, too
    x, at_up, at_down = (_check.real_array("G(z)", G(each)) for each in (z, up, down))
    if x.shape != z.shape:
        raise ValueError(f"G must turn (n, 1) into (n, 1), not into {x.shape}")
    change = at_up - at_down
    change = np.where(np.abs(change) <= 4 * EPS * np.abs(x), 0, change)   # nothing but rounding
    return x, change / (up - down), np.abs(x)


def _checked(z, x, slope, terms):
    if x.shape != (len(z), 1):
        raise ValueError(f"G must turn (n, 1) into (n, 1), not into {x.shape}")
    if not (np.isfinite(x).all() and np.isfinite(slope).all()):
        bad = z[~np.isfinite(x[:, 0]) | ~np.isfinite(slope[:, 0])][0]
        raise ValueError(f"G and G' must be finite wherever p_z is not 0, but at z = {bad:.6g} they are not")
    return x[:, 0], slope[:, 0], 8 * EPS * terms[:, 0]
