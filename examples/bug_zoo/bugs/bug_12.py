"""θ is a copy

Symptom: Nothing moves. V stays near −2.2, where it was at the start, and wavers with the minibatches alone. G(z) has
the std .17 before and after 1500 iterations (gaussian, seed 0).

Met in: made here: `flatten()` and fancy indexing copy, `ravel()` and `reshape` only sometimes.

The mathematics: No formula is wrong: every gradient is right, and every step is taken, but in an array that no layer
looks at. A network has its parameters once. Here there are two of each, and the optimiser moves those that nobody
uses.

Hint: Write into `theta` and see whether the network's output changes.
"""

REPLACES = "tinygan.mlp.MLP.bind"
TRAIN = "gaussian", 1500, {}, 0


def bind(self, theta, grad):
    self._theta, self._grad, self.dtype = theta, grad, theta.dtype
    theta = theta.copy()
    start = 0
    for linear in self.linears:
        fan_in, fan_out = linear.W.shape
        middle = start + fan_in * fan_out
        stop = middle + fan_out
        linear.W, linear.b = theta[start:middle].reshape(fan_in, fan_out), theta[middle:stop]
        linear.dW, linear.db = grad[start:middle].reshape(fan_in, fan_out), grad[middle:stop]
        start = stop
