"""Exercise 10: the ring: a sampler and its density."""

import numpy as np


def ring_sample(m, rng):
    """Return m points of the ring, (m, 2):  x = z/10 + z/‖z‖  for z ~ N(0, I) in the plane.

    rng : a NumPy Generator. rng.standard_normal((m, 2)) gives m vectors z, one a row.

    Each row has its own length ‖z‖ = √(z₁² + z₂²). np.linalg.norm takes axis=1, and keepdims=True keeps the shape
    (m, 1), by which (m, 2) can be divided.

    By hand: z = [3, 4] has the length 5, so x = [0.3, 0.4] + [0.6, 0.8] = [0.9, 1.2].
    """
    raise NotImplementedError


def ring_density(x):
    """Return the density p(x) of that ring at the points x, (n, 2) → (n,), per unit of area.

    By a change of variables. ‖z‖ = r has the density r e^(−r²/2), r ≥ 0, for a normal z in the plane. x keeps the
    direction of z, and its length is ρ = 1 + r/10; so r = 10 (ρ − 1), and dr = 10 dρ:

        density of the length ρ:      10 · r e^(−r²/2)
        it is shared evenly by a circle of the length 2πρ:

        p(x) = 10 r e^(−r²/2) / (2πρ)    where ρ = ‖x‖ > 1,    and 0 where ρ ≤ 1.

    By hand: x = [1.1, 0] has ρ = 1.1 and r = 1: p = 10 · 0.6065 / 6.9115 = 0.8776.
    """
    raise NotImplementedError
