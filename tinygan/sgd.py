"""Stochastic gradient steps: momentum, a cap on weight columns, a rate that falls to zero.

Here: `ascend`, `descend`, `max_norm`, `linear_decay`. θ is all parameters of a network, ∇ the
gradient by them. The arrays that these functions are given are changed in place.
"""

import numpy as np


def ascend(theta, grad, velocity, rate, momentum):
    """One step up the gradient, with classical momentum (Polyak 1964).

    v ← μ v + η ∇,   θ ← θ + v

    theta, grad, velocity : θ, ∇ and v, arrays of one shape; v starts at 0.
    rate : η, the learning rate. momentum : μ in [0, 1), how much of the last step is kept.

    At a steady gradient v grows to η∇ / (1 − μ). Other forms differ: PyTorch keeps
    v ← μ v + ∇ and steps by η v, which is the same path while η is constant; a running mean
    v ← μ v + (1 − μ) ∇, often sold as momentum, goes only 1 − μ times as far.
    """
    # v ← μ v + η ∇
    velocity *= momentum
    velocity += rate * grad
    # θ ← θ + v
    theta += velocity


def descend(theta, grad, velocity, rate, momentum):
    """One step down the gradient: v ← μ v − η ∇, θ ← θ + v. Otherwise as `ascend`."""
    ascend(theta, grad, velocity, -rate, momentum)


def max_norm(W, cap):
    """Shrink each column of `W` that is longer than `cap` to that length.

    w ← w · min(1, cap / ‖w‖), with ‖w‖ the Euclidean length

    W : (fan_in, fan_out), a column being the weights into one unit. It bounds how steep the
    network can be. (Hinton et al., Improving neural networks by preventing co-adaptation of
    feature detectors, 2012.)
    """
    # min(1, cap / ‖w‖) = cap / max(‖w‖, cap), which never divides by 0
    W *= cap / np.maximum(np.linalg.norm(W, axis=0), cap)


def linear_decay(rate, iteration, iterations):
    """η_t = η (1 − t/T): `rate` at iteration 0, falling in a line to 0 at `iterations`."""
    return rate * max(0.0, 1 - iteration / iterations)
