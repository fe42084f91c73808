"""The smallest GAN there is: does the game come to rest, go round, or fly apart?

Here: `Dirac`, one setting of it, with `force`, `step`, `path` and `eigenvalues`.

All data are the number 0. G makes one number, θ, whatever z is. D's logit is a(x) = ψ x. So each
player has one parameter, a plane shows the whole game, and (θ, ψ) = (0, 0) is its solution:
p_g = p_data and D = 1/2. (Mescheder, Geiger and Nowozin, 2018, whose Dirac-GAN this is.)

With V = −log 2 − softplus(ψθ), and R = γ/2 ψ² as the penalty of gradient_penalty.py,

    D goes up    ∂(V − R)/∂ψ = −σ(ψθ) θ − γ ψ,
    G goes up    σ(ψθ) ψ      by log(1 − D), the minimax objective,
    or           σ(−ψθ) ψ     by −log D, the non-saturating one.

Near the solution σ = 1/2, and without R the force is (ψ, −θ)/2 for both objectives: a rotation,
and nothing that pulls inwards. Further out they differ. With steps so small that they are a flow,
r² = θ² + ψ² changes at the rate 0 with minimax, a circle for ever; and at −2 θψ tanh(θψ/2) ≤ 0,
about −r⁴/8 on average, with the other: inwards, ever more slowly. Steps of the length η, taken
at once, push outwards at about η r²/4: the two balance on a circle of radius √(2η).

Steps in turn do not: near the solution one of them is the matrix (1 − η²/4, η/2; −η/2, 1), with the
determinant 1. For η < 4 its two eigenvalues are a complex pair, so both have |λ| = 1, and the game goes
round. From η = 4 on they are real, and one of them leads outwards: at η = 5 they are −4 and −1/4.
"""

from dataclasses import dataclass

import numpy as np

from .. import _check
from ..game import OBJECTIVES
from ..layers import sigmoid


@dataclass(frozen=True)
class Dirac:
    """One way to play. The names mean what they mean in `Algorithm1`; `rate` is that of both
    players, and `r1` is γ. Raises ValueError or TypeError for a setting that can't work.

    >>> [round(abs(Dirac(r1=r1).eigenvalues()[0]).item(), 3) for r1 in (0, 0.3)]     # round and round, or inwards
    [1.0, 0.985]
    """

    objective: str = "non-saturating"
    update: str = "alternating"
    rate: float = 0.1
    momentum: float = 0.0
    r1: float = 0.0

    def __post_init__(self):
        _check.choice("objective", self.objective, OBJECTIVES)
        _check.choice("update", self.update, ("alternating", "simultaneous"))
        _check.positive("rate", self.rate)
        _check.number("momentum", self.momentum, "a number in (-1, 1)", lambda v: -1 < v < 1)
        _check.not_negative("r1", self.r1)

    def force(self, theta, psi):
        """Where each wants to go: (dθ, dψ), the two right-hand sides above; NumPy arrays will do."""
        a = psi * theta
        dtheta = sigmoid(a) * psi if self.objective == "minimax" else sigmoid(-a) * psi
        return dtheta, -sigmoid(a) * theta - self.r1 * psi

    def step(self, state):
        """One iteration: from (θ, ψ, velocity of θ, velocity of ψ) to the next four numbers."""
        theta, psi, v_theta, v_psi = state
        dtheta, dpsi = self.force(theta, psi)
        v_psi = self.momentum * v_psi + self.rate * dpsi            # line 5: D goes first
        psi = psi + v_psi
        if self.update == "alternating":
            dtheta, _ = self.force(theta, psi)                      # G answers the D that has moved
        v_theta = self.momentum * v_theta + self.rate * dtheta      # line 8
        return np.array([theta + v_theta, psi, v_theta, v_psi])

    def path(self, start=(1.0, 0.0), steps=2000):
        """(θ, ψ) from `start` on, (steps + 1, 2); what flies apart ends in infinities or NaN."""
        start = _check.finite_array("start", start)
        if start.shape != (2,):
            raise ValueError(f"start must be (θ, ψ), two numbers, not {_check.shown(start.tolist())}")
        state, points = np.array([*start, 0.0, 0.0]), [start]
        with np.errstate(over="ignore", invalid="ignore"):
            for _ in range(_check.integer("steps", steps, least=0, most=10**7)):
                state = self.step(state)
                points.append(state[:2])
        return np.array(points, float)

    def eigenvalues(self):
        """The eigenvalues of one step at the solution, the largest |λ| first: two, or four with momentum.

        Near the solution a step multiplies the distance from it by the step's Jacobian, the matrix of
        its derivatives. With some |λ| > 1 the game is driven outwards there, with all |λ| < 1 inwards;
        with |λ| = 1 it goes round, and what is not linear decides. The Jacobian is by the complex
        step, exact to rounding.
        """
        n, h = (4 if self.momentum else 2), 1e-20
        nudged = [self.step(1j * h * np.eye(4)[i]).imag / h for i in range(n)]
        values = np.linalg.eigvals(np.array(nudged)[:, :n].T)
        return values[np.argsort(-np.abs(values), kind="stable")]
