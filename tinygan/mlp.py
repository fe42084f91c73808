"""The network: layers in a row, over one flat vector of parameters.

Here: `MLP`. G and D are both MLPs.

All weights and biases lie in one array `theta`, and all their gradients in one array `grad`;
each layer's W, b, dW and db are views into these two: the same numbers, in another shape. So
the optimiser, the gradient check and the saved file each see a network as one vector.
"""

import numpy as np

from . import _check
from .layers import Dropout, LeakyReLU, Linear, Maxout, ReLU, Sigmoid, Tanh

HIDDEN = {"relu": ReLU, "leaky_relu": LeakyReLU, "tanh": Tanh, "sigmoid": Sigmoid, "maxout": Maxout}
OUTPUT = {"identity": None, "sigmoid": Sigmoid, "tanh": Tanh}


class MLP:
    """A multilayer perceptron: Linear, activation, Linear, activation, …, Linear.

    widths : [d_in, hidden …, d_out]. Two numbers make a linear network.
    hidden : "relu", "leaky_relu", "tanh", "sigmoid" or "maxout", after each hidden layer; or a
        list of them, one for each.
    output : "identity", "sigmoid" or "tanh", at the end. D ends in a logit: "identity".
    dropout, input_dropout : the probability of dropping a hidden unit, or an input, in training.
    pieces : linear pieces per maxout unit.
    bias_spread : hidden biases start uniform in ±bias_spread; 0 starts them at 0.
    last_scale : a factor on the last layer's weights at the start.
    dtype : float64 or float32: of the parameters, and of all that the network computes.
    rng : a NumPy Generator or a seed.

    Attributes: `theta` and `grad`, arrays of all P parameters and of their gradients, layer
    by layer, W in row-major order and then b; writing into theta changes the network.
    `layers`, a tuple, and of these the `linears`; `widths`, `dtype`. `net.layers = […]` puts in
    others, yours too: theta is then a new array, of all their numbers.

    >>> G = MLP([2, 64, 64, 2], rng=0)
    >>> G(np.zeros((5, 2))).shape
    (5, 2)
    """

    def __init__(self, widths, hidden="relu", output="identity", *, dropout=0.0,
                 input_dropout=0.0, pieces=5, bias_spread=0.0, last_scale=1.0,
                 dtype=np.float64, rng=None):
        self.widths = _check.widths(widths)
        self.hidden = _check.activations("hidden", hidden, len(self.widths) - 2, HIDDEN)
        self.output = _check.choice("output", output, OUTPUT)
        self.dropout = _check.fraction("dropout", dropout)
        self.input_dropout = _check.fraction("input_dropout", input_dropout)
        self.pieces = _check.integer("pieces", pieces, least=1)
        self.dtype, rng = _check.float_type(dtype), _check.rng(rng)
        self.layers = self._build(rng)
        self._initialise(_check.scale("bias_spread", bias_spread),
                         _check.scale("last_scale", last_scale), rng)

    def forward(self, x):
        """y = f(x), (m, d_in) → (m, d_out), remembering what `backward` will need.

        It remembers x and y themselves, not copies: leave both unchanged until then.
        """
        x = _check.network_input("x", x, self.widths[0], self.dtype)
        for layer in self.layers:
            x = layer.forward(x)
        return x

    def backward(self, dy, weights=True, inputs=True):
        """From dy = ∂L/∂y, (m, d_out), fill `grad` with ∂L/∂θ and return ∂L/∂x, (m, d_in).

        weights=False leaves `grad` as it is; inputs=False returns None, and saves the work.
        """
        dy = _check.output_gradient(self, dy)
        for layer in reversed(self.layers):  # the chain rule, from the last layer to the first
            if isinstance(layer, Linear):    # (the first one need not hand ∂L/∂x on, unless asked)
                dy = layer.backward(dy, weights, inputs or layer is not self.linears[0])
            elif dy is not None:
                dy = layer.backward(dy)
        return dy

    def __call__(self, x):
        """y = f(x) for evaluation: no dropout, and nothing is remembered."""
        x = _check.network_input("x", x, self.widths[0], self.dtype, finite=True)
        for layer in self.layers:
            x = layer(x)
        return x

    def _build(self, rng):
        # dropout has random numbers of its own: what others draw from rng does not move its masks
        drops = self.dropout or self.input_dropout
        own_rng = np.random.default_rng(rng.integers(2**63)) if drops else None
        layers = [Dropout(self.input_dropout, own_rng)] if self.input_dropout else []
        for fan_in, fan_out, name in zip(self.widths[:-2], self.widths[1:-1], self._names()):
            maxout = name == "maxout"
            layers.append(Linear(fan_in, fan_out * (self.pieces if maxout else 1)))
            layers.append(Maxout(self.pieces) if maxout else HIDDEN[name]())
            if self.dropout:
                layers.append(Dropout(self.dropout, own_rng))
        layers.append(Linear(*self.widths[-2:]))
        return layers if self.output == "identity" else [*layers, OUTPUT[self.output]()]

    def _names(self):
        """The activation after each hidden layer."""
        one_for_all = isinstance(self.hidden, str)
        return [self.hidden] * (len(self.widths) - 2) if one_for_all else self.hidden

    @property
    def layers(self):
        return self._layers

    @layers.setter
    def layers(self, layers):  # their numbers move into one new theta
        linears = [layer for layer in layers if isinstance(layer, Linear)]
        _check.chain("layers", layers, linears, self.widths, self.output)
        self._layers, self.linears = tuple(layers), linears
        theta = np.concatenate([each.ravel() for lin in linears for each in (lin.W, lin.b)])
        self.bind(theta.astype(self.dtype), np.zeros(theta.size, self.dtype))

    def bind(self, theta, grad):
        """Let the network live in these two (P,) arrays: W, b, dW, db become views of them."""
        self._theta, self._grad, self.dtype = theta, grad, theta.dtype
        start = 0
        for linear in self.linears:
            fan_in, fan_out = linear.W.shape
            middle = start + fan_in * fan_out
            stop = middle + fan_out
            linear.W, linear.b = theta[start:middle].reshape(fan_in, fan_out), theta[middle:stop]
            linear.dW, linear.db = grad[start:middle].reshape(fan_in, fan_out), grad[middle:stop]
            start = stop

    def _initialise(self, bias_spread, last_scale, rng):
        for linear, hidden in zip(self.linears, [*self._names(), None]):
            fan_in, fan_out = linear.W.shape
            last = linear is self.linears[-1]
            # so wide that what passes through neither grows nor fades from layer to layer
            if hidden in ("relu", "leaky_relu"):
                std = np.sqrt(2 / fan_in)                # He et al. 2015
            else:
                std = np.sqrt(2 / (fan_in + fan_out))    # Xavier: Glorot & Bengio 2010
            linear.W[...] = rng.normal(0, std * (last_scale if last else 1), (fan_in, fan_out))
            linear.b[...] = 0 if last else rng.uniform(-bias_spread, bias_spread, fan_out)

    @property
    def theta(self):
        return self._theta

    @theta.setter
    def theta(self, values):  # net.theta = … writes into the one array that the views share
        self._theta[...] = _check.parameters("theta", values, self._theta)

    @property
    def grad(self):
        return self._grad

    @grad.setter
    def grad(self, values):
        self._grad[...] = _check.parameters("grad", values, self._grad)

    def __setstate__(self, state):  # after copy.deepcopy or pickle: make the views views again
        self.__dict__.update(state)
        self.bind(self._theta, self._grad)

    def __repr__(self):
        return (f"MLP({self.widths}, hidden={self.hidden!r}, output={self.output!r}, "
                f"dropout={self.dropout}, input_dropout={self.input_dropout}, "
                f"pieces={self.pieces}, dtype={self.dtype})  # {self.theta.size} parameters")
