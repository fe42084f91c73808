"""Stochastic gradient steps: momentum, a cap on weight columns, settings that move in a line.

Here: `ascend`, `descend`, `max_norm`, `straight_line`. θ is all parameters of a network, ∇ the
gradient by them. The arrays that the first three are given are changed in place.
"""

import numpy as np


def ascend(theta, grad, velocity, rate, momentum):
    """One step up the gradient, with classical momentum (Polyak 1964). [Alg. 1]

    v ← μ v + η ∇,   θ ← θ + v

    theta, grad, velocity : θ, ∇ and v, arrays of one shape; v starts at 0.
    rate : η, the learning rate. momentum : μ in [0, 1), how much of the last step is kept.

    At a steady gradient v grows to η∇ / (1 − μ). Other forms differ: PyTorch keeps
    v ← μ v + ∇ and steps by η v, which is the same path while η is constant; a running mean
    v ← μ v + (1 − μ) ∇, often called momentum too, goes only 1 − μ times as far.

    >>> theta, v = np.array([1.0]), np.array([4.0])
    >>> ascend(theta, np.array([10.0]), v, rate=0.1, momentum=0.5)           # v ← 2 + 1
    >>> theta.tolist()
    [4.0]
    """
    # v ← μ v + η ∇
    velocity *= momentum
    velocity += rate * grad
    # θ ← θ + v
    theta += velocity


def descend(theta, grad, velocity, rate, momentum):
    """One step down the gradient: v ← μ v − η ∇, θ ← θ + v. Otherwise as `ascend`.

    >>> theta, v = np.array([1.0]), np.array([4.0])
    >>> descend(theta, np.array([10.0]), v, rate=0.1, momentum=0.5)          # v ← 2 − 1
    >>> theta.tolist()
    [2.0]
    """
    ascend(theta, grad, velocity, -rate, momentum)


def max_norm(W, cap):
    """Shrink each column of `W` that is longer than `cap` to that length.

    w ← w · min(1, cap / ‖w‖), with ‖w‖ the Euclidean length

    W : (fan_in, fan_out), a column being the weights into one unit. cap : a number above 0. It
    bounds how steep the network can be. (Hinton et al., Improving neural networks by preventing
    co-adaptation of feature detectors, 2012.)

    >>> W = np.array([[30.0, 3.0], [40.0, 4.0]])                 # columns of length 50 and 5
    >>> max_norm(W, 10)
    >>> W.round(4).tolist()
    [[6.0, 3.0], [8.0, 4.0]]
    """
    # ‖w‖ = √(Σ w²), for each column
    length = np.sqrt((W**2).sum(axis=0))                # (fan_out,)
    # min(1, cap / ‖w‖) = cap / max(‖w‖, cap), which never divides by 0
    W *= cap / np.maximum(length, cap)


def straight_line(first, last, t, T, start=0):
    """A line over the iterations t: `first` up to `start`, `last` from T on; 0 ≤ start < T.

    first (1 − s) + last s,   where s = (t − start) / (T − start), kept within 0 and 1

    A learning rate that falls from η to 0 is straight_line(η, 0, t, T).

    >>> straight_line(0.4, 0, t=75, T=100)
    0.1
    """
    done = min(1.0, max(0.0, (t - start) / (T - start)))
    return first * (1 - done) + last * done
