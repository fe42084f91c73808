"""Exercise 5: one step up the gradient, with momentum."""

import numpy as np


def momentum_step(theta, grad, velocity, rate, momentum):
    """Return the new theta and the new velocity, in this order.

    theta, grad, velocity : θ, ∇ and v, arrays of one shape.   rate : η.   momentum : μ, how much of the last step is
    kept.

        v ← μ v + η ∇        first the velocity,
        θ ← θ + v            then all of it is added. Up the gradient: this is D's direction.

    Return new arrays, and leave the three that you are given as they are: `v *= momentum` writes into the caller's
    array, `v = momentum * v` makes a new one.

    By hand: θ = [1], ∇ = [10], v = [4], η = 0.1, μ = 0.5 give v = [2 + 1] = [3], and θ = [4].
    """
    raise NotImplementedError
