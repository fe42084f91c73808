"""Few labels, many examples: what D has learned without labels, as features for a classifier.

Here: `features`, D's last hidden layer; `softmax`, `cross_entropy` and `cross_entropy_gradient`; and
`train_classifier`. [section 7]

The classifier is softmax regression: an `MLP` without hidden layers, h ↦ a = h W + b, a logit for each class, and

    p_j = e^(a_j) / Σ_k e^(a_k),    L = mean over examples of −log p_y,    y being the label.

With two classes and the logits (a, 0) it is D: p = σ(a), and L is D's loss. Its derivative is the same one, too, what
it says minus what is true: ∂L/∂a = (p − y) / m, with y one-hot.
"""

import numpy as np

from .. import _check
from .._machine import one_thread
from ..layers import Linear
from .conditional import one_hot
from .inference import _step


def features(net, x):
    """h, (n, width): the numbers that the last linear layer of `net` sees, in evaluation (no dropout). [section 7]

    net : an `MLP` with a hidden layer, D for example. x : (n, d).

    >>> from tinygan import MLP
    >>> features(MLP([2, 8, 5, 1], rng=0), np.zeros((3, 2))).shape
    (3, 5)
    """
    x = _check.network_input("x", x, _check.network("net", net, "layers").widths[0], net.dtype, finite=True)
    linears = [i for i, layer in enumerate(net.layers) if isinstance(layer, Linear)]
    if len(linears) < 2:
        raise ValueError(f"net must have a hidden layer, not only {_check.shown(net.widths)}")
    for layer in net.layers[:linears[-1]]:
        x = layer(x)
    return x


def softmax(a):
    """p_j = e^(a_j) / Σ_k e^(a_k) along the last axis: probabilities, shaped as the logits `a`. [section 7]

    >>> softmax(np.log([[1.0, 3.0]])).round(4).tolist(), softmax(np.array([1000.0, 1000.0])).tolist()
    ([[0.25, 0.75]], [0.5, 0.5])
    """
    a = _check.logits("a", a)
    # the largest logit is taken out of all of them: that changes no p_j, and nothing can overflow
    e = np.exp(a - a.real.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def cross_entropy(a, labels):
    """L = mean −log p_y in nats, a float, from the logits a, (m, classes), and the labels, (m,). [section 7]

    >>> round(cross_entropy(np.zeros((2, 10)), np.array([3, 7])), 4)                # log 10: no idea
    2.3026
    """
    a, y = _logits_and_labels(a, labels)
    a = a - a.real.max(axis=1, keepdims=True)
    # −log p_y = log Σ_k e^(a_k) − a_y
    return np.mean(np.log(np.exp(a).sum(axis=1)) - np.sum(a * y, axis=1)).item()


def cross_entropy_gradient(a, labels):
    """∂L/∂a = (p − y) / m, (m, classes), y being the labels as one-hot. [section 7]

    >>> cross_entropy_gradient(np.zeros((1, 2)), np.array([0])).tolist()
    [[-0.5, 0.5]]
    """
    a, y = _logits_and_labels(a, labels)
    # ∂ log Σ_k e^(a_k) / ∂a_j = p_j, and ∂a_y / ∂a_j is 1 for j = y: in a mean of m terms, (p − y) / m
    return (softmax(a) - y) / len(a)


def train_classifier(net, x, labels, iterations=500, lr=0.1, momentum=0.9, decay=0.0):
    """Train `net` in place on all of x, (n, d), and their labels, (n,), at once; return its last L. [section 7]

    It descends L + decay/2 |θ|². With few labels `decay` matters: without it the weights grow as long as they may.
    net : an `MLP` from d numbers to as many logits as there are classes. It may have hidden layers.
    Raises DivergenceError, as `train_inference`.

    >>> from tinygan import MLP
    >>> net = MLP([1, 2], rng=0)
    >>> loss = train_classifier(net, np.array([[-1.0], [1.0]]), np.array([0, 1]))
    >>> net(np.array([[-2.0], [3.0]])).argmax(axis=1).tolist()
    [0, 1]
    """
    d = _check.network("net", net).widths[0]
    x = _check.network_input("x", _check.points("x", x, d), d, net.dtype, finite=True)
    iterations, decay = _check.integer("iterations", iterations, least=1), _check.not_negative("decay", decay)
    lr, momentum = _check.positive("lr", lr), _check.fraction("momentum", momentum)
    velocity = np.zeros_like(net.theta)
    with one_thread, np.errstate(over="ignore", invalid="ignore"):                      # `_step` looks instead
        for _ in range(iterations):
            a = net.forward(x)                                                          # (n, classes)
            net.backward(cross_entropy_gradient(a, labels), inputs=False)
            # ∂/∂θ of decay/2 |θ|² is decay θ
            _step(net, net.grad + decay * net.theta, velocity, lr, momentum)
    return cross_entropy(net(x), labels)


def _logits_and_labels(a, labels):
    """The logits, and the labels as one-hot, in one dtype."""
    a = _check.logits("a", a)
    if a.ndim != 2:
        raise ValueError(f"a must be (m, classes), the logits of an example a row, not {a.shape}")
    y = one_hot(labels, a.shape[1])
    if len(y) != len(a):
        raise ValueError(f"labels must have one for each of the {len(a)} rows, not {len(y)}")
    return a, y.astype(a.dtype)
