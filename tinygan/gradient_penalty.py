"""One step beyond the paper: R1, a penalty on the slope of D at real examples.

Here: `penalty`, which is R, and `penalty_gradient`, ∂R/∂θ by hand. Not part of the lesson:
only `Algorithm1(…, r1=γ)` uses it.

With a(x) the logit of D (in code `D(x)`),

    R = γ/2 · mean over real x of |∂a/∂x|²,

and D ascends V − R. Where p_g = p_data the best D is flat; R pulls D's slope down to there, so
that the players come to rest. With Eq. 1 alone they may circle. (Mescheder, Geiger and
Nowozin, Which training methods for GANs do actually converge?, 2018, their R₁.)

How to read it. ∂a/∂x is itself the outcome of a backward pass, and R needs its derivative by θ:
a backward pass of a backward pass. Three sweeps over the layers do it.

  1  Backward, from ∂a/∂a = 1: s = ∂a/∂y at each layer's output y, and at the end u = ∂a/∂x.
  2  Forward. R changes with u by ∂R/∂u = γ/m · u; call it v and keep it fixed. Then u·v is how
     fast a grows when x moves along v, and v is sent through the layers as such a movement of x
     would be: after y = x W + b it is v W, and a grows by (v W)·s. So ∂R/∂W gains vᵀ s.
  3  Backward again, where a layer φ is bent: what it does to v depends on its own input h, and
     ∂R/∂h = v s φ″(h). From there it goes down like any gradient. ReLU, LeakyReLU, Maxout and
     Dropout have φ″ = 0 except at kinks, so that most networks need no third sweep.
"""

import copy

import numpy as np

from . import _check
from .layers import Dropout, Linear, Maxout, Sigmoid, Tanh, sigmoid


def penalty(D, x, gamma=1.0):
    """R = γ/2 · mean |∂a/∂x|² at the real examples x, (m, d): a float. D evaluates: no dropout.

    D : an MLP that ends in one logit. Raises ValueError for another D, another x, or γ < 0.

    >>> from tinygan import MLP
    >>> D = MLP([1, 1])
    >>> D.theta = [3, 0]                                        # a = 3x: its slope is 3
    >>> penalty(D, np.array([[1.0], [2.0]]))
    4.5
    """
    if _check.network("D", D, "layers").widths[-1] != 1 or D.output != "identity":
        raise ValueError(f"D must end in one logit: widths […, 1] and output='identity', "
                         f"not {_check.shown(D.widths)} and output={D.output!r}")
    gamma = _check.not_negative("gamma", gamma)
    x = _check.network_input("x", x, D.widths[0], D.dtype, finite=True)
    layers = [copy.copy(layer) for layer in D.layers if not isinstance(layer, Dropout)]
    m = len(x)
    for layer in layers:
        x = layer.forward(x)
    u = slopes(layers, m)[0]
    # R = γ/2 · mean |u|²
    return gamma / 2 * (np.sum(u**2) / m).item()


def penalty_gradient(D, x, gamma):
    """∂R/∂θ, (P,), in the order of D.theta; D.grad stays as it is. x : real examples, (m, d).

    D makes its training pass, so that with dropout R is that of the network that is left.
    Raises ValueError as `penalty` does for x and γ.

    >>> from tinygan import MLP
    >>> D = MLP([1, 1])
    >>> D.theta = [3, 0]                                        # R = W²/2
    >>> penalty_gradient(D, np.array([[1.0], [2.0]]), gamma=1).tolist()
    [3.0, 0.0]
    """
    gamma = _check.not_negative("gamma", gamma)
    x = _check.network_input("x", x, _check.network("D", D, "layers").widths[0], D.dtype)
    D.forward(x)
    s = slopes(D.layers, len(x))                                # sweep 1
    v = gamma / len(x) * s[0]                                   # ∂R/∂u, (m, d)
    gradient, bends = {}, []
    for layer, s_out in zip(D.layers, s[1:]):                   # sweep 2
        bends.append(bend(layer, v, s_out))
        if isinstance(layer, Linear):
            gradient[layer] = [v.T @ s_out, np.zeros_like(layer.b)]
        v = along(layer, v)
    dh = 0                                                      # sweep 3
    for layer, bent in zip(reversed(D.layers), reversed(bends)):
        if isinstance(layer, Linear) and np.ndim(dh):
            gradient[layer][0] += layer.x.T @ dh
            gradient[layer][1] += dh.sum(axis=0)
            dh = layer.backward(dh, weights=False)
        elif np.ndim(dh):
            dh = layer.backward(dh)
        dh = dh + bent
    return np.concatenate([part.ravel() for linear in D.linears for part in gradient[linear]])


def slopes(layers, m):
    """After a forward pass: [∂a/∂x, ∂a/∂y of the first layer, …, ∂a/∂a = 1], (m, width) each."""
    last = [layer for layer in layers if isinstance(layer, Linear)][-1]
    s = [np.ones((m, 1), last.W.dtype)]
    for layer in reversed(layers):
        s.append(layer.backward(s[-1], weights=False) if isinstance(layer, Linear) else layer.backward(s[-1]))
    return s[::-1]


def along(layer, v):
    """How a layer's output moves when its input moves along v."""
    if isinstance(layer, Linear):
        return v @ layer.W
    if isinstance(layer, Maxout):
        return (v * layer.dydx).reshape(len(v), -1, layer.pieces).sum(axis=2)
    return layer.backward(v)          # φ′(h) v: one input, one output each, so forward is as backward


def bend(layer, v, s):
    """v s φ″(h) for the layers that have a φ″, and 0 for the others."""
    if isinstance(layer, Tanh):
        return v * s * -2 * layer.y * (1 - layer.y**2)
    if isinstance(layer, Sigmoid):
        return v * layer.backward(s) * (1 - 2 * sigmoid(layer.x))
    return 0
