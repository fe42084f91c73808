"""p(x | c): a G that is told what to make, and a D that sees what was asked for.

Here: `Conditional`, a G that is given c; `Beside`, noise and a condition side by side; `Pairs`, examples with what each
of them is; `one_hot`, labels as numbers. [section 7]

**A conditional GAN is a GAN on pairs (x, c) whose G copies c through.** The data are pairs from p(x, c). The noise is
(z, c), with c from the same p(c), and G makes (x, c) of it. So the game is that of the lesson, for the joint
distribution, and Algorithm 1, V and all of section 4 hold word for word. Since p_g(c) = p(c), it cancels:

    D*(x, c) = p(x, c) / (p(x, c) + p_g(x, c)) = p(x | c) / (p(x | c) + p_g(x | c))
    C(G) = −log 4 + 2 Σ_c p(c) JSD(p(x | c) ‖ p_g(x | c))

which has its least value if and only if p_g(x | c) = p(x | c) for every c with p(c) > 0.
"""

import numpy as np

from .. import _check
from ..data import Distribution, as_distribution


class Conditional:
    """G(z, c) = [net(z, c), c]: a generator that is given the condition c, and hands it on. [section 7]

    net : an `MLP` from d_z + d_c numbers to d_x. d_c : how many of its inputs, the last ones, are c.
    It stands in `Algorithm1` where G does: `widths`, from d_z + d_c to d_x + d_c; `theta`, `grad`, `dtype`, `layers`,
    `output` of the net.

    >>> from tinygan import MLP
    >>> G = Conditional(MLP([3, 8, 2], rng=0), d_c=1)
    >>> G(np.array([[0.5, -0.5, 7.0]])).shape, G(np.array([[0.5, -0.5, 7.0]]))[0, -1].item()
    ((1, 3), 7.0)
    """

    def __init__(self, net, d_c):
        self.net, self.d_c = _check.network("net", net), _check.integer("d_c", d_c, least=1)
        if self.d_c >= net.widths[0]:
            raise ValueError(f"d_c must leave at least one of the {net.widths[0]} inputs of net for z, not be "
                             f"{_check.shown(d_c)}")
        self.widths = [*net.widths[:-1], net.widths[-1] + self.d_c]

    def forward(self, zc):
        zc = _check.network_input("zc", zc, self.widths[0], self.dtype)
        # the pair (x, c), with x = net(z, c)
        return np.column_stack([self.net.forward(zc), zc[:, -self.d_c:]])        # (m, d_x + d_c)

    def backward(self, dxc, weights=True, inputs=True):
        dxc = _check.output_gradient(self.net, dxc, "dxc", self.widths[-1])
        dx, dc = dxc[:, :-self.d_c], dxc[:, -self.d_c:]
        # G's parameters have a say in x alone: c is only handed on
        dzc = self.net.backward(np.ascontiguousarray(dx), weights, inputs)       # (m, d_z + d_c)
        if inputs:
            # c reaches the loss on two ways, through the net and past it: their slopes add up
            dzc[:, -self.d_c:] += dc
        return dzc

    def __call__(self, zc):
        """[net(z, c), c] for evaluation: no dropout, and nothing is remembered."""
        zc = _check.network_input("zc", zc, self.widths[0], self.dtype, finite=True)
        return np.column_stack([self.net(zc), zc[:, -self.d_c:]])

    def given(self, c, z):
        """x = net(z, c), (n, d_x), for noise z, (n, d_z), and c, (n, d_c), or (d_c,), the same for all of them."""
        z, c = _check.points("z", z, self.widths[0] - self.d_c), _check.finite_array("c", c)
        if c.shape not in ((self.d_c,), (len(z), self.d_c)):
            raise ValueError(f"c must be ({self.d_c},) or ({len(z)}, {self.d_c}), a row for each z, not {c.shape}")
        return self.net(np.column_stack([z, np.broadcast_to(c, (len(z), self.d_c))]))

    @property
    def theta(self):
        return self.net.theta

    @property
    def grad(self):
        return self.net.grad

    @property
    def dtype(self):
        return self.net.dtype

    @property
    def layers(self):
        return self.net.layers

    @property
    def output(self):
        return self.net.output


class Beside(Distribution):
    """Two independent distributions side by side, (z, c): p(z, c) = p(z) p(c).

    noise : p_z. condition : p(c). Each a Distribution or an (n, d) array, such as the conditions of all examples.

    >>> from tinygan.data import Normal
    >>> Beside(Normal(2), one_hot([0, 1, 1, 2])).sample(5, rng=0).shape
    (5, 5)
    """

    def __init__(self, noise, condition):
        self.noise, self.condition = as_distribution(noise, "noise"), as_distribution(condition, "condition")
        self.dim = self.noise.dim + self.condition.dim

    def _sample(self, m, rng):
        return np.column_stack([self.noise.sample(m, rng), self.condition.sample(m, rng)])


class Pairs(Distribution):
    """p(x, c), from examples: `sample` draws rows [x, c], with replacement.

    x : (n, d_x). c : (n, d_c), the condition that belongs to each of them. `noise(p_z)` is what G is fed with:
    z beside the conditions of these examples.

    >>> pairs = Pairs(x=[[0.0], [5.0]], c=one_hot([0, 1]))
    >>> pairs.sample(3, rng=0).tolist()
    [[5.0, 0.0, 1.0], [5.0, 0.0, 1.0], [5.0, 0.0, 1.0]]
    """

    def __init__(self, x, c):
        self.x, self.c = _check.points("x", x), _check.points("c", c)
        if len(self.x) != len(self.c):
            raise ValueError(f"c must have a row for each of the {len(self.x)} rows of x, not {len(self.c)}")
        self.dim = self.x.shape[1] + self.c.shape[1]

    def _sample(self, m, rng):
        rows = rng.integers(len(self.x), size=m)
        return np.column_stack([self.x[rows], self.c[rows]])

    def noise(self, p_z):
        """(z, c), with z ~ p_z and c that of a random example, so that p_g(c) = p(c)."""
        return Beside(p_z, self.c)


def one_hot(labels, classes=None):
    """Labels as rows with a single 1: (n,) whole numbers from 0 → (n, classes).

    classes : how many; None for as many as the largest label asks for.
    Raises ValueError for labels that are none of 0 to classes − 1, and for more than a GiB of numbers.

    >>> one_hot([2, 0]).tolist()
    [[0.0, 0.0, 1.0], [1.0, 0.0, 0.0]]
    """
    _check.array("labels", labels)
    labels = np.asarray(labels)
    if labels.ndim != 1 or labels.size == 0 or labels.dtype.kind not in "iu" or labels.min() < 0:
        raise ValueError(f"labels must be (n,) whole numbers from 0, not {labels.shape} of {labels.dtype}")
    classes = int(labels.max()) + 1 if classes is None else classes
    classes = _check.integer("classes", classes, least=1, most=_check.LARGEST // len(labels))
    if labels.max() >= classes:
        raise ValueError(f"labels must be below {classes}, the number of classes, not {labels.max()}")
    rows = np.zeros((len(labels), classes))
    rows[np.arange(len(labels)), labels] = 1
    return rows
