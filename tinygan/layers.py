"""The layers: each one computes y from x, and later ∂L/∂x from ∂L/∂y.

Here: `Linear`, `ReLU`, `LeakyReLU`, `Tanh`, `Sigmoid`, `Maxout`, `Dropout`, and the two
functions that all of tinygan's probabilities go through, `softplus` and `sigmoid`.

How to read it. `forward(x)` is the layer's formula. `backward(dy)`, right below it, is the
chain rule: it is given dy = ∂L/∂y, how much the loss L would grow for a little more of each
output, and returns dx = ∂L/∂x, the same for each input. A layer need not know what L is.

An input reaches L through every output that depends on it, and what it does there adds up:
∂L/∂xⱼ = Σₖ ∂L/∂yₖ ∂yₖ/∂xⱼ. Where each output depends on one input alone, one term is left,
dx = dy ⊙ ∂y/∂x, and ⊙ multiplies entry by entry. A minibatch is an (m, d) array: m examples,
one a row.
"""

import copy

import numpy as np

from . import _check


def softplus(a):
    """log(1 + eᵃ), an array shaped as `a`; with complex numbers in it, too.

    Its derivative is softplus′(a) = eᵃ / (1 + eᵃ), which is σ(a), the function below.

    Written as max(a, 0) + log(1 + e^−|a|): the exponent is never positive, so nothing can
    overflow, and a tiny result is not rounded to 0. (−|a| is written min(a, −a), because the
    absolute value of a complex number would lose its imaginary part.)

    >>> softplus(np.array([0.0, 1000.0])).round(4).tolist()      # log 2, and no overflow
    [0.6931, 1000.0]
    """
    return np.maximum(a, 0) + np.log1p(np.exp(np.minimum(a, np.negative(a))))


def sigmoid(a):
    """σ(a) = 1 / (1 + e^−a) = eᵃ / (1 + eᵃ): the probability, between 0 and 1, whose logit is `a`.

    A logit is a log-odds: a = log(σ / (1 − σ)), any real number. The other outcome has the logit
    −a: 1 − σ(a) = 1 / (1 + eᵃ) = σ(−a). Since log σ(a) = −log(1 + e^−a) = −softplus(−a), this is
    e^(−softplus(−a)), where nothing can overflow either; and log(1 − σ(a)) is −softplus(a).
    Returns an array shaped as `a`.

    >>> sigmoid(np.log([1, 3])).round(4).tolist()                # odds of 1 to 1, and of 3 to 1
    [0.5, 0.75]
    """
    return np.exp(-softplus(np.negative(a)))


class Layer:
    """What all layers share: calling one, `layer(x)`, evaluates it and remembers nothing."""

    def __call__(self, x):
        return copy.copy(self).forward(x)  # the copy remembers x for backward, and is dropped


class Linear(Layer):
    """y = x W + b, (m, fan_in) → (m, fan_out), with `W` (fan_in, fan_out) and `b` (fan_out,).

    W and b start at 0; whoever makes the layer fills them. `backward` stores ∂L/∂W in `dW`
    and ∂L/∂b in `db`, unless weights=False, and returns ∂L/∂x, unless inputs=False. It never
    changes W or b: that is the optimiser's work.

    >>> layer = Linear(2, 1)
    >>> layer.W[...], layer.b[...] = [[1], [10]], 100
    >>> layer(np.array([[2, 3]])).tolist()                       # 2 · 1 + 3 · 10 + 100
    [[132.0]]
    """

    def __init__(self, fan_in, fan_out):
        fan_in, fan_out = _check.layer_size(fan_in, fan_out)
        self.W, self.dW = np.zeros((fan_in, fan_out)), np.zeros((fan_in, fan_out))
        self.b, self.db = np.zeros(fan_out), np.zeros(fan_out)

    def forward(self, x):
        self.x = x                                      # (m, fan_in)
        # y = x W + b
        return x @ self.W + self.b                      # (m, fan_out)

    def backward(self, dy, weights=True, inputs=True):
        if weights:
            # yᵢₖ = Σⱼ xᵢⱼ Wⱼₖ + bₖ, so ∂L/∂Wⱼₖ = Σᵢ xᵢⱼ ∂L/∂yᵢₖ: as matrices, ∂L/∂W = xᵀ ∂L/∂y
            np.matmul(self.x.T, dy, out=self.dW)        # (fan_in, fan_out)
            # ∂L/∂bₖ = Σᵢ ∂L/∂yᵢₖ, because bₖ is added to every row
            dy.sum(axis=0, out=self.db)                 # (fan_out,)
        if inputs:
            # ∂L/∂xᵢⱼ = Σₖ ∂L/∂yᵢₖ Wⱼₖ: as matrices, ∂L/∂x = ∂L/∂y Wᵀ
            # (dot is @, but far faster where dy has a single column)
            return dy.dot(self.W.T)                     # (m, fan_in)


class ReLU(Layer):
    """y = max(x, 0), shaped as x.

    >>> ReLU()(np.array([-2, 3])).tolist()
    [0, 3]
    """

    def forward(self, x):
        # ∂y/∂x = 1 where x > 0, and 0 elsewhere (at the kink, x = 0, that is a choice)
        self.dydx = (x > 0).astype(x.dtype)
        # y = x ∂y/∂x, because it is made of two straight lines through 0
        return x * self.dydx

    def backward(self, dy):
        return dy * self.dydx


class LeakyReLU(Layer):
    """y = max(x, slope · x), with 0 ≤ slope < 1: a ReLU that lets a little through.

    >>> LeakyReLU(0.1)(np.array([-2.0, 3.0])).tolist()
    [-0.2, 3.0]
    """

    def __init__(self, slope=0.2):
        self.slope = _check.fraction("slope", slope)

    def forward(self, x):
        # ∂y/∂x = 1 where x > 0, and slope elsewhere: what is 0 in the ReLU is raised to slope
        self.dydx = (x > 0).astype(x.dtype).clip(self.slope, 1)
        # y = x ∂y/∂x
        return x * self.dydx

    def backward(self, dy):
        return dy * self.dydx


class Tanh(Layer):
    """y = tanh x = (eˣ − e⁻ˣ) / (eˣ + e⁻ˣ), shaped as x.

    >>> Tanh()(np.log([1, 3])).round(4).tolist()                 # (3 − 1/3) / (3 + 1/3)
    [0.0, 0.8]
    """

    def forward(self, x):
        self.y = np.tanh(x)
        return self.y

    def backward(self, dy):
        # ∂y/∂x = 1 − y²
        return dy * (1 - self.y**2)


class Sigmoid(Layer):
    """y = σ(x) = 1 / (1 + e⁻ˣ), shaped as x.

    >>> Sigmoid()(np.log([1, 3])).round(4).tolist()              # 1 / (1 + 1/3)
    [0.5, 0.75]
    """

    def forward(self, x):
        self.x = x
        return sigmoid(x)

    def backward(self, dy):
        # ∂y/∂x = σ(x) (1 − σ(x)), and 1 − σ(x) = σ(−x)
        return dy * (sigmoid(self.x) * sigmoid(-self.x))


class Maxout(Layer):
    """yⱼ = maxₚ xⱼₚ: each unit is the largest of its `pieces` linear pieces.

    The pieces are the outputs of the Linear layer before it, which is `pieces` times as wide;
    those of one unit stand side by side. (Goodfellow et al., Maxout Networks, 2013.) [section 5]

    >>> Maxout(pieces=2)(np.array([[1, 4, 3, 2]])).tolist()
    [[4, 3]]
    """

    def __init__(self, pieces=5):
        self.pieces = _check.integer("pieces", pieces, least=1)

    def forward(self, x):                               # (m, width · pieces)
        _check.pieces(x, self.pieces)
        # the first pieces of all units are x[:, ::pieces], the second ones x[:, 1::pieces], …
        y = x[:, ::self.pieces]                         # (m, width)
        for p in range(1, self.pieces):
            y = np.maximum(y, x[:, p::self.pieces])
        # ∂yⱼ/∂xⱼₚ = 1 for the piece that is the largest, and 0 for the others (if two are equal,
        # both have 1: that is a kink, and a choice)
        self.dydx = x == y.repeat(self.pieces, axis=1)  # (m, width · pieces)
        return y

    def backward(self, dy):
        # ∂L/∂xⱼₚ = ∂L/∂yⱼ ∂yⱼ/∂xⱼₚ
        dx = dy.repeat(self.pieces, axis=1) * self.dydx  # (m, width · pieces)
        return dx


class Dropout(Layer):
    """y = x ⊙ mask: each entry is dropped with probability `p`, the rest divided by 1 − p.

    The division keeps the mean of y at x ("inverted" dropout), so evaluation, `layer(x)`,
    just passes x on. `rng`: a NumPy Generator or a seed. (Srivastava et al., 2014.) [section 5]

    >>> Dropout(0.5, rng=0).forward(np.ones((1, 5))).tolist()
    [[2.0, 2.0, 2.0, 0.0, 0.0]]
    """

    def __init__(self, p, rng=None):
        self.p, self.rng = _check.fraction("p", p), _check.rng(rng)

    def __call__(self, x):
        return x

    def forward(self, x):
        kept = self.rng.random(x.shape, dtype=np.float32) >= self.p
        self.mask = kept.astype(x.dtype) / (1 - self.p)
        return x * self.mask

    def backward(self, dy):
        # ∂y/∂x = mask
        return dy * self.mask
