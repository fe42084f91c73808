"""Parts of an iteration, as tinygan writes them and otherwise: what pays, and what reading or exactness costs.

Here: `PARTS`, `NAMES`, what is in the names that the parts use.
"""

import numpy as np

import tinygan as tg

ROWS, WIDTH, SLOPE = 512, 128, 0.2                              # D's hidden layers, where m = 256
RELU = "dydx = (x > 0).astype(x.dtype); x * dydx; dy * dydx"
LEAKY = "dydx = (x > 0).astype(x.dtype).clip(SLOPE, 1); x * dydx; dy * dydx"
MAXOUT = "maxout.forward(x5); maxout.backward(dy)"
PARTS = [                                                       # what it is, as tinygan writes it, otherwise
    ("ReLU, both ways", RELU, "np.maximum(x, 0); dy * (x > 0)"),
    ("ReLU, both ways", RELU, "dydx = x > 0; x * dydx; dy * dydx"),
    ("ReLU, both ways", RELU, "np.where(x > 0, x, 0); np.where(x > 0, dy, 0)"),
    ("ReLU, both ways", RELU, "np.maximum(x, 0); dx = dy.copy(); dx[x <= 0] = 0"),
    ("LeakyReLU, both ways", LEAKY,
     "np.maximum(x, SLOPE * x); dy * np.maximum(x > 0, SLOPE, dtype=dy.dtype)"),
    ("LeakyReLU, both ways", LEAKY, "np.where(x > 0, x, SLOPE * x); np.where(x > 0, dy, SLOPE * dy)"),
    ("maxout of 5 pieces, both ways", MAXOUT,
     "won = x3.argmax(2)[:, :, None]; np.take_along_axis(x3, won, 2)[:, :, 0]; "
     "dx = np.zeros_like(x3); np.put_along_axis(dx, won, dy[:, :, None], 2)"),
    ("maxout of 5 pieces, both ways", MAXOUT, "y = x3.max(2); dydx = x3 == y[:, :, None]; dy[:, :, None] * dydx"),
    ("maxout of 5 pieces, both ways", MAXOUT,                   # the first pieces of all units first
     "y = blocks.max(1); dydx = blocks == y[:, None]; dy[:, None] * dydx"),
    ("∂L/∂W", "np.matmul(x.T, dy, out=dW)", "dW[...] = x.T @ dy"),
    ("∂L/∂b", "dy.sum(axis=0, out=db)", "db[...] = np.ones(len(dy), dy.dtype) @ dy"),
    ("∂L/∂x from one logit", "da.dot(w.T)", "da @ w.T"),
    ("σ(a)", "tg.sigmoid(a)", "1 / (1 + np.exp(-a))"),
    ("D on real and generated", "D.forward(examples); D.backward(da, inputs=False)",
     "for part in halves: D.forward(examples[part]); D.backward(da[part], inputs=False)"),
    ("D, 20 % of 784 inputs dropped", "wide.backward(da, inputs=False)", "wide.backward(da)"),
    ("one step of the ring", "game.step()", "game.checked = None; game.step()"),
    ("a cap on D's columns", "tg.sgd.max_norm(W, 1.75)",
     "np.multiply(W, 1.75 / np.maximum(np.linalg.norm(W, axis=0), 1.75), out=W)"),
]

_rng = np.random.default_rng(0)
_random = lambda *shape: _rng.standard_normal(shape).astype(np.float32)
_x5, _wide = _random(ROWS, 5 * WIDTH), tg.MLP([784, WIDTH, 1], input_dropout=0.2, dtype=np.float32, rng=0)
_wide.forward(_random(ROWS, 784))
NAMES = {"np": np, "tg": tg, "SLOPE": SLOPE, "x": _random(ROWS, WIDTH), "dy": _random(ROWS, WIDTH),
         "dW": _random(WIDTH, WIDTH), "db": _random(WIDTH), "a": _random(ROWS, 1), "da": _random(ROWS, 1),
         "w": _random(WIDTH, 1), "W": _random(WIDTH, WIDTH), "examples": _random(ROWS, 2),
         "D": tg.MLP([2, WIDTH, WIDTH, 1], hidden="leaky_relu", dtype=np.float32, rng=0),
         "halves": (slice(0, ROWS // 2), slice(ROWS // 2, ROWS)), "game": tg.recipes.start("ring").game,
         "maxout": tg.layers.Maxout(5), "x5": _x5, "x3": _x5.reshape(ROWS, WIDTH, 5),
         "blocks": _x5.reshape(ROWS, 5, WIDTH), "wide": _wide}
