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
MOST_TURNS = 2500                                               # as many folds are surely found
NODES = 4001                                                    # where G is looked at first
NEGLIGIBLE = 1e-6                                               # a probability too small to report
FORGIVEN = 1e-3                                                 # and one that a density may lack, as on a grid


class Atom(NamedTuple):
    """A flat piece of G: all z from `low` to `high`, of probability `mass`, land on `x`. (`atoms` lists them.)

    >>> Atom(x=0.0, mass=0.5, low=-38.6, high=0.0).mass         # of max(z, 0) for normal z
    0.5
    """

    x: float
    mass: float
    low: float
    high: float


def pushforward(G, prior, x):
    """p_g(x) = Σ p_z(z) / |G'(z)|, summed over all z with G(z) = x: the density of G(z). [Eq. 3]

    G : an MLP with one input and one output (whose G' is its own backward pass), a layer with
        `forward` and `backward` like those in `layers.py`, or a function of (n, 1) arrays, such
        as np.square. It must be continuous: a jump makes the result wrong, without a warning.
    prior : p_z, a one-dimensional distribution with a `density`, such as `data.Normal(1)`. Even a
        rare part of it counts, if it is wider than 1/1000 of its distance from the rest.
    x : a number, (n,) or (n, 1), finite.
    Returns p_g at each x, per unit of x, a float or (n,); 0 where no z leads to x. It is computed in
    float64, with dropout off, and leaves G as it was.
    Raises ValueError for a G that turns round more than 2500 times, whose folds would be missed; and for a
    G that is flat somewhere, where p_g is no density (`atoms` lists where). Flat pieces with a probability
    of 1e-3 at most, together, are left out instead, and the integral of p_g is smaller than 1 by as much.

    How far to trust it: a function's G' comes from differences of its values, and for a smooth one p_g has
    nine digits or more; fewer if those values hardly differ, as with 1 + 1e-8 z. Within 1e-10 of the range
    of z, a function's kink is blurred. In a network each hidden unit is looked at, however steep it is; a
    fold or a flat piece that comes from elsewhere, and is narrower than some 1/4000 of the range of z, can
    be missed. Where G turns round p_g has a spike, like 1/√, without bound; what is returned at that very x
    means nothing, and a sum on a grid of x can miss the spike's mass by a percent (a mean over z does not).

    z² of normal noise has the chi-squared density e^(−x/2) / √(2πx):

    >>> from tinygan.data import Normal
    >>> float(round(pushforward(np.square, Normal(1), 1.0), 6))
    0.241971
    """
    x = _check.finite_array("x", x)
    if x.ndim > 1 and x.shape != (len(x), 1):
        raise ValueError(f"x must be a number, (n,) or (n, 1), not {x.shape}")
    pieces, value, slope, p_z, core = _pieces(G, prior)
    flat = _flat_pieces(pieces, value, p_z, core)
    if sum(atom.mass for atom in flat) > FORGIVEN:
        raise ValueError(f"G must not be flat, but all z from {flat[0].low:.4g} to {flat[0].high:.4g} land on "
                         f"x = {flat[0].x:.6g}: p_g has an atom of probability {flat[0].mass:.3g} there, and no "
                         f"density (theory.atoms(G, prior) lists {'it' if len(flat) == 1 else f'all {len(flat)}'})")
    p = sum(_through(piece, value, slope, p_z, x.ravel()) for piece in pieces if piece.sign)
    return p if x.ndim else p[0]


def atoms(G, prior):
    """The flat pieces of G, a list of `Atom`: where p_g is a probability, and not a density.

    A ReLU generator is flat where all its units are off; a saturated tanh is flat where rounding
    hides that it still rises, tanh(5z) from z = 3.5 on. Pieces of probability below 1e-6 are left out.
    G, prior : as in `pushforward`.

    >>> from tinygan.data import Normal
    >>> (atom,) = atoms(lambda z: np.maximum(z, 1), Normal(1))
    >>> atom.x, round(atom.mass, 4)                                     # Φ(1)
    (1.0, 0.8413)
    """
    pieces, value, _, p_z, core = _pieces(G, prior)
    return _flat_pieces(pieces, value, p_z, core)


class _Piece(NamedTuple):
    """z from `low` to `high`, where G rises (sign 1), falls (−1) or is flat (0)."""

    low: float
    high: float
    sign: float


def _pieces(G, prior):
    """The line of z, as far as p_z reaches, cut where G turns round or begins or ends to be flat;
    and G, G' and p_z as the functions that serve below; and where most of p_z is."""
    p_z = _density(prior)
    reach, core = _reach(prior, p_z)
    value, slope = _evaluator(G, reach, core)
    z = _nodes(G, slope, reach, core)
    sign = np.sign(slope(z))
    turn = np.flatnonzero(sign[1:] != sign[:-1])
    if len(turn) > MOST_TURNS:
        raise ValueError(f"G must turn round at most {MOST_TURNS} times where p_z is not 0, not some {len(turn)} "
                         f"times: folds that are so narrow would be missed")
    cuts, _ = _bisect(lambda middle: np.sign(slope(middle)) == sign[turn], z[turn], z[turn + 1])
    ends, sign = np.array([z[0], *cuts, z[-1]]), sign[[*turn, -1]]
    x = value(ends)
    sign[np.abs(np.diff(x)) <= 8 * np.finfo(x.dtype).eps * np.abs(x[1:])] = 0       # no change from end to end
    first = np.append(True, sign[1:] != sign[:-1])                                  # like and like are one piece
    pieces = list(map(_Piece, ends[:-1][first], [*ends[1:-1][first[1:]], ends[-1]], sign[first]))
    return pieces, value, slope, p_z, core


def _nodes(G, slope, reach, core):
    """Where to look at G: coarsely in p_z's tails, finely in its core and about the units of a
    network, finest where G' nears 0."""
    z = np.union1d(np.linspace(*reach, NODES), np.linspace(*core, NODES))
    if isinstance(G, MLP):
        for _ in G.linears[:-1]:       # a layer's bends can be placed once those before it are nodes
            z = np.union1d(z, _bends(G, z))
    for _ in range(2):
        dx = slope(z)
        near = np.minimum(np.abs(dx[1:]), np.abs(dx[:-1])) < 2 * np.abs(np.diff(dx))   # G' might be 0 in this cell
        inside = np.linspace(z[:-1][near], z[1:][near], 17)[1:-1]
        z = np.union1d(z, inside)
    return z


def _bends(G, z):
    """Where the input a of a hidden unit passes 0, because a ReLU bends there; between each two such
    places, because it may be flat; and around each, |a| ≤ 6, because a steep tanh bends there."""
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


def _through(piece, value, slope, p_z, x):
    """What one monotone piece adds to p_g at each x."""
    low, high = value(np.array([piece.low, piece.high]))[::int(piece.sign)]
    p = np.zeros(len(x))
    reached = (low <= x) & (x <= high)
    if reached.any():
        start, end = np.full(reached.sum(), piece.low), np.full(reached.sum(), piece.high)
        z, _ = _bisect(lambda middle: (value(middle) - x[reached]) * piece.sign <= 0, start, end)
        with np.errstate(divide="ignore", invalid="ignore"):
            share = p_z(z) / np.abs(slope(z))            # p_z(z) / |G'(z)|
        p[reached] = np.where(p_z(z) > 0, share, 0)
    return p


def _flat_pieces(pieces, value, p_z, core):
    found = []
    for low, high, sign in pieces:
        if sign == 0:
            z = np.union1d(np.linspace(low, high, 20_001), np.linspace(*core, 20_001).clip(low, high))
            mass = np.trapezoid(p_z(z), z)
            if mass > NEGLIGIBLE:
                x, = value(np.array([(low + high) / 2]))
                found.append(Atom(float(x), float(mass), float(low), float(high)))
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
    z = prior.sample(100_000, np.random.default_rng(0))[:, 0]
    ends, steps = [], np.ptp(z) * np.append(0, np.geomspace(1e-2, 1e6, 40_000))
    for outermost in (z.min() - steps, z.max() + steps):        # a rare part of p_z may lie far away from the rest
        last = np.flatnonzero(p_z(outermost[:-1]) > 0).max(initial=0)
        end, _ = _bisect(lambda middle: p_z(middle) > 0, outermost[[last]], outermost[[last + 1]])
        ends.append(end[0])
    return ends, (z.min(), z.max())


def _evaluator(G, reach, core):
    """Two functions of z, (n,): G(z); and G'(z), with 0 where rounding hides how G changes over 1/100 of the core."""
    is_layer = hasattr(G, "forward") and hasattr(G, "backward")
    if isinstance(G, MLP):
        if (G.widths[0], G.widths[-1]) != (1, 1):
            raise ValueError(f"G must have one input and one output, not widths {G.widths}")
        G = copy.deepcopy(G)
        G.layers = [layer for layer in G.layers if not isinstance(layer, Dropout)]
        G.bind(G.theta.astype(np.float64), np.zeros(G.theta.size))
    elif is_layer:
        G = copy.deepcopy(G)
    elif not callable(G):
        raise TypeError(f"G must be an MLP, a layer or a function, not {_check.shown(G)}")
    forward = G.forward if is_layer else G

    def value(z):
        x = _check.real_array("G(z)", forward(z[:, None]))
        if x.shape != (len(z), 1):
            raise ValueError(f"G must turn (n, 1) into (n, 1), not into {x.shape}")
        return _finite(z, x[:, 0])

    def slope(z):
        terms = np.abs(value(z))
        if isinstance(G, MLP):
            dx = G.backward(np.ones((len(z), 1)), weights=False)[:, 0]
            if G.output == "identity":                          # a sum, and its terms can be larger
                last = G.linears[-1]
                terms = (np.abs(last.x) @ np.abs(last.W) + np.abs(last.b))[:, 0]
        else:
            dx = G.backward(np.ones((len(z), 1)))[:, 0] if is_layer else _by_differences(value, z, *reach)
        change = np.abs(_finite(z, dx)) * (core[1] - core[0]) / 100
        return np.where(change <= 8 * np.finfo(terms.dtype).eps * terms, 0, dx)

    return value, slope


def _by_differences(value, z, low, high):
    """G'(z) by central differences with many steps h. Where h is long G bends, where it is short rounding counts:
    that one is taken which differs least from the one before."""
    h = np.maximum((high - low) * np.pi ** -np.arange(1.0, 23)[:, None], 4 * EPS * np.abs(z))
    up, down = np.minimum(z + h, high), np.maximum(z - h, low)  # no further than p_z: G may end there, too
    at_up, at_down = value(up.ravel()).reshape(up.shape), value(down.ravel()).reshape(up.shape)
    dx = (at_up - at_down) / (up - down)
    dx = dx[1:] + (dx[1:] - dx[:-1]) / (np.pi**2 - 1)           # Richardson: the h² cancels
    rounding = np.finfo(at_up.dtype).eps * np.maximum(np.abs(at_up), np.abs(at_down)) / h
    doubt = np.abs(np.diff(dx, axis=0)) + rounding[2:]
    return dx[1:][doubt.argmin(axis=0), np.arange(len(z))]


def _finite(z, values):
    if not np.isfinite(values).all():
        bad = z[~np.isfinite(values)][0]
        raise ValueError(f"G and G' must be finite wherever p_z is not 0, but at z = {bad:.6g} they are not")
    return values
