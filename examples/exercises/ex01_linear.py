"""Exercise 1: the way back through y = x W + b."""

import numpy as np


def linear_backward(x, W, dy):
    """Return dW, db, dx: the derivatives of the loss L by W, by b and by x.

    x : (m, fan_in), a minibatch: m examples, one a row.   W : (fan_in, fan_out).
    dy : (m, fan_out), ∂L/∂y: how much L would grow for a little more of each output.

    An entry of W reaches L through every output that depends on it, and what it does there adds up:

        yᵢₖ = Σⱼ xᵢⱼ Wⱼₖ + bₖ,    so    ∂L/∂Wⱼₖ = Σᵢ xᵢⱼ ∂L/∂yᵢₖ,    ∂L/∂bₖ = Σᵢ ∂L/∂yᵢₖ,
                                       ∂L/∂xᵢⱼ = Σₖ ∂L/∂yᵢₖ Wⱼₖ.

    Each of the first and the last is one product of two matrices. Which of them must be transposed? Let the shapes
    help you: dW is shaped as W, db is (fan_out,), dx is shaped as x. Change none of x, W, dy.

    By hand: x = [[1, 2]], W = [[3], [4]], dy = [[10]] give dW = [[10], [20]], db = [10], dx = [[30, 40]].
    """
    raise NotImplementedError
