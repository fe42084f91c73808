"""From x back to z: a network E that learns to predict the noise of which G made an example.

Here: `inference_loss` and `inference_gradient`, its loss and the derivative; `train_inference`, which trains E.
[section 7]

G itself can't be asked for the z of a given x. But pairs (z, G(z)) can be had in any number, and E learns from them
like any regression, while G stays as it is:

    minimise over E:   L = E |E(G(z)) − z|² / 2,   z ~ p_z.

The best E is a mean, E*(x) = E[z | G(z) = x]. Where only one z leads to x, that is this z. Where several do, it lies
between them, and G may take it to something else.

Wake-sleep trains its inference network in the same way, on what the model dreams, but together with the model. Here
it can wait until G has finished. (The paper's authors' own code trains one beside G and D.)
"""

import math

import numpy as np

from .. import _check
from .._machine import one_thread
from ..data import as_distribution
from ..sgd import descend, straight_line
from ..training import LONGEST, DivergenceError


def inference_loss(z_guess, z):
    """L = mean |E(x) − z|² / 2 over a minibatch, a float. [section 7]

    z_guess : E(G(z)), (m, d_z). z : the noise that it came from, (m, d_z).
    An E that always says E[z] has L = (d_z / 2) times the variance of a noise number.

    >>> inference_loss(np.array([[1.0, 2.0]]), np.array([[1.0, 0.0]]))
    2.0
    """
    z_guess, z = _two_alike(z_guess, z)
    # L = mean |E(x) − z|² / 2
    return (np.sum((z_guess - z)**2) / (2 * len(z))).item()


def inference_gradient(z_guess, z):
    """∂L/∂E(x) = (E(x) − z) / m, (m, d_z): what E's backward is given. [section 7]

    >>> inference_gradient(np.array([[1.0, 2.0], [0.0, 0.0]]), np.zeros((2, 2))).tolist()        # m = 2
    [[0.5, 1.0], [0.0, 0.0]]
    """
    z_guess, z = _two_alike(z_guess, z)
    # L is a sum of squares (E − z)² / 2m, and each has the derivative (E − z) / m
    return (z_guess - z) / len(z)


def train_inference(E, G, noise, iterations=3000, m=100, lr=0.05, momentum=0.9, rng=None):
    """Train E in place, by SGD with momentum, and return the losses L before each update, (iterations,). [section 7]

    E : an `MLP` from d_x numbers to d_z. G : a generator that has finished training, from d_z to d_x; it is only
    evaluated. noise : p_z. m : examples in a minibatch. lr falls to 0 in a line. rng : a NumPy Generator or a seed.
    Raises ValueError if E does not lead from G's output back to its input, and DivergenceError instead of a step that
    would leave the finite numbers.

    >>> from tinygan import MLP, data
    >>> G, E = MLP([1, 1], rng=0), MLP([1, 1], rng=1)
    >>> G.theta = [2.0, 1.0]                                     # x = 2z + 1, so z = x/2 − 1/2
    >>> losses = train_inference(E, G, data.Normal(1), iterations=500, rng=2)
    >>> E.theta.round(3).tolist()
    [0.5, -0.5]
    """
    noise, rng = as_distribution(noise, "noise"), _check.rng(rng)
    _check.network("E", E), _check.network("G", G)
    iterations = _check.integer("iterations", iterations, least=1)
    m = _check.integer("m", m, least=1, most=_check.LARGEST // max(E.widths + G.widths))
    lr, momentum = _check.positive("lr", lr), _check.fraction("momentum", momentum)
    if (E.widths[0], E.widths[-1]) != (G.widths[-1], G.widths[0]):
        raise ValueError(f"E must lead back from G's {G.widths[-1]} numbers to its {G.widths[0]}, not {E.widths}")
    if noise.dim != G.widths[0]:
        raise ValueError(f"noise must have G's dimension, {G.widths[0]}, not {noise.dim}")
    velocity, losses = np.zeros_like(E.theta), np.empty(iterations)
    with one_thread, np.errstate(over="ignore", invalid="ignore"):                      # `_step` looks instead
        for t in range(iterations):
            z = noise.sample(m, rng).astype(E.dtype)                                    # (m, d_z)
            z_guess = E.forward(G(z))                                                   # (m, d_z)
            losses[t] = inference_loss(z_guess, z)
            E.backward(inference_gradient(z_guess, z), inputs=False)
            _step(E, E.grad, velocity, straight_line(lr, 0, t, iterations), momentum)
    return losses


def _step(net, grad, velocity, rate, momentum):
    """A step down, unless it may not be finite, or be longer than LONGEST, as in `Algorithm1`."""
    length = momentum * math.sqrt(velocity.dot(velocity)) + rate * math.sqrt(grad.dot(grad))
    if not length <= LONGEST:                                 # true of NaN, too
        raise DivergenceError(f"training diverged: the next step would be {length:.3g} long. It was not taken, and the "
                              f"network is finite. What usually helps: a lower lr, and less momentum (now {momentum})")
    descend(net.theta, grad, velocity, rate, momentum)


def _two_alike(z_guess, z):
    z_guess, z = _check.array("z_guess", z_guess), _check.array("z", z)
    _check.same_shape(z_guess=z_guess, z=z)
    if z.ndim != 2 or z.size == 0:
        raise ValueError(f"z_guess and z must be (m, d_z), one example a row, not {z.shape}")
    return z_guess, z
