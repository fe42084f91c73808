"""Where neither player gains by moving alone, and whether it matters who moves first. [Thm. 1, Prop. 2]

Here: `gains`, `minimax`, `maximin`.

An equilibrium is a pair (p_g, D) where neither player gains by moving alone, while the other one stays. If
p_g and D may be anything at all, two questions have an answer:

Is there one? Yes, p_g = p_data with D = 1/2. D gains nothing, for 1/2 is D* there [Prop. 1]. G gains
nothing, for at D = 1/2 V is −log 4 for every p_g. So for every p_g and every D

    C(G) = V(p_g, D*) ≥ V(p_data, 1/2) = −log 4 ≥ V(p_data, D),

and, as G's own side of the saddle, V(p_g, 1/2) = −log 4: no more, but no less either.

Is it the right one? Yes, there is no other p_g. Where D gains nothing, it is D*. Where G gains nothing, all of
p_g lies where D is largest. Had p_g no mass where p_data has some, D* would be 1 there, larger than where
p_g is. So p_g is wherever p_data is; D* = 1/(1 + p_g/p_data) is the same all over p_g, so p_g/p_data is the
same; and as both sum to 1, it is 1.
"""

from typing import NamedTuple

import numpy as np

from .. import _check
from .best_discriminator import _players, criterion, value
from .probability import _mean


class Gains(NamedTuple):
    """What each player could still win by moving alone, in nats; neither is negative."""

    of_D: float
    of_G: float


def gains(D, p_data, p_g, dx=1.0):
    """What D and G could win by moving alone: both are 0 at an equilibrium, and only there. [Thm. 1]

    of_D = max V(p_g, ·) − V(p_g, D) = C(G) − V(p_g, D)
    of_G = V(p_g, D) − min V(·, D) = E_{x∼p_g} log(1 − D(x)) − min log(1 − D(x))

    The first term of V does not depend on G: it stands in both halves of `of_G`, and cancels. G's best answer to a
    D that stays is to put all its mass where D is largest. The sum of both is the duality gap, and at least
    2 JSD(p_data ‖ p_g).

    D, p_data, p_g, dx : as in `value`, and raises as it does.
    Returns `Gains`, (of_D, of_G), in nats; ∞ where D is sure and wrong, or where D is 1 and p_g is elsewhere.

    >>> gains(0.5, [0.5, 0.5], [0.5, 0.5])
    Gains(of_D=0.0, of_G=0.0)
    >>> [round(each, 4) for each in gains([0.6, 0.4], [0.5, 0.5], [0.5, 0.5])]      # a worse D, of use to G
    [0.0408, 0.2027]
    """
    of_D = criterion(p_data, p_g, dx) - value(D, p_data, p_g, dx)
    D, _, p_g = _players(D, p_data, p_g, dx)
    with np.errstate(divide="ignore"):                          # log 0 = −∞ is right here
        log_1_D = np.log1p(-D)
    # E_{x∼p_g} log(1 − D(x)), and the least that any p_g can make of it
    now, least = _mean(p_g, log_1_D) * dx, float(log_1_D.min())
    of_G = now - least if now > least else 0.0                  # (both can be −∞)
    return Gains(max(of_D, 0.0), of_G)                          # (rounding can leave less than 0)


def minimax(V):
    """min over G of max over D: G moves first, knowing that D will answer with its best.

    V : (n, m) numbers, a table of the game: a row for each thing that G may do, a column for each of D's.
    Returns a float. Raises ValueError for a V that is no such table, or not finite.

    >>> minimax([[1, 0], [0, 1]]), maximin([[1, 0], [0, 1]])     # "guess which hand": who moves first loses
    (1.0, 0.0)
    """
    return float(_table(V).max(axis=1).min())


def maximin(V):
    """max over D of min over G: D moves first, and G answers. Never more than `minimax`: who answers, does no worse.

    The two are equal if and only if some entry of V is the largest of its row and the smallest of its column:
    an equilibrium. V, and what is raised: as in `minimax`. Returns a float.

    >>> V = [[3, 1, 4], [2, 0, 5]]                              # the 4 is the largest of its row, the smallest below it
    >>> minimax(V), maximin(V)
    (4.0, 4.0)
    """
    return float(_table(V).min(axis=0).max())


def _table(V):
    """A game as a table, (n, m)."""
    V = _check.finite_array("V", V)
    if V.ndim != 2 or V.size == 0:
        raise ValueError(f"V must be (n, m), a row for each move of G and a column for each of D, not {V.shape}")
    return V
