"""Exercise 2: the way back through ReLU and tanh."""

import numpy as np


def relu_backward(x, dy):
    """Return dx = ∂L/∂x for y = max(x, 0).

    x, dy : (m, d) each; dy = ∂L/∂y.

    Each output depends on one input alone, so of the chain rule's sum one term is left:

        dx = dy ⊙ ∂y/∂x,    ∂y/∂x = 1 where x > 0, and 0 where x < 0.

    ⊙ multiplies entry by entry. A comparison such as x > 0 gives an array that counts as 0 and 1.

    By hand: x = [[-2, 3]], dy = [[5, 7]] give dx = [[0, 7]].
    """
    raise NotImplementedError


def tanh_backward(x, dy):
    """Return dx = ∂L/∂x for y = tanh x, from x and dy = ∂L/∂y, (m, d) each.

        dx = dy ⊙ ∂y/∂x,    ∂y/∂x = 1 − y².

    Mind that x is what goes into the layer: first compute y from it. np.tanh is right for large x, too.

    By hand: x = [[log 3]] has y = (3 − 1/3) / (3 + 1/3) = 0.8; with dy = [[10]], dx = [[3.6]].
    """
    raise NotImplementedError
