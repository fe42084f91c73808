"""The ring recipe of tinygan as a JAX script: import, compile, train, draw.

    python examples/benchmarks/peers/ring_in_jax.py FOLDER
"""

import sys
from functools import partial
from pathlib import Path

import matplotlib

matplotlib.use("agg")
import jax
import jax.numpy as jnp
import numpy as np

from drawing import draw

ITERATIONS, EVERY, M, MOMENTUM, CAP = 8000, 40, 128, 0.5, 1.75
softplus = jax.nn.softplus


def network(rng, widths, bias_spread):
    layers = []
    for fan_in, fan_out in zip(widths[:-1], widths[1:]):
        last = fan_out == widths[-1]
        W = rng.normal(0, (2 / (fan_in + fan_out if last else fan_in))**0.5, (fan_in, fan_out))
        b = np.zeros(fan_out) if last else rng.uniform(-bias_spread, bias_spread, fan_out)
        layers.append((jnp.asarray(W, jnp.float32), jnp.asarray(b, jnp.float32)))
    return layers


def forward(layers, x, slope):
    for W, b in layers[:-1]:
        a = x @ W + b
        x = jnp.maximum(a, slope * a)
    W, b = layers[-1]
    return x @ W + b


G, D = partial(forward, slope=0.0), partial(forward, slope=0.2)


def ring(key, m):
    z = jax.random.normal(key, (m, 2))
    return 2 * (z / 10 + z / jnp.linalg.norm(z, axis=1, keepdims=True))      # divided by its scale, 0.5


def loss_D(of_D, x, fake):
    a = D(of_D, jnp.concatenate([x, fake]))
    return softplus(-a[:M]).mean() + softplus(a[M:]).mean()


def loss_G(of_G, of_D, z):
    return softplus(-D(of_D, G(of_G, z))).mean()


def descend(layers, velocity, grad, rate):
    velocity = jax.tree.map(lambda v, g: MOMENTUM * v - rate * g, velocity, grad)
    return jax.tree.map(jnp.add, layers, velocity), velocity


def iteration(state, t):
    of_G, v_G, of_D, v_D, key = state
    key, of_x, of_z, of_z_G = jax.random.split(key, 4)
    decay = 1 - t / ITERATIONS
    loss, grad = jax.value_and_grad(loss_D)(of_D, ring(of_x, M), G(of_G, jax.random.normal(of_z, (M, 2))))
    of_D, v_D = descend(of_D, v_D, grad, 0.05 * decay)
    of_D = [(W * CAP / jnp.maximum(jnp.linalg.norm(W, axis=0), CAP), b) for W, b in of_D]
    of_G, v_G = descend(of_G, v_G, jax.grad(loss_G)(of_G, of_D, jax.random.normal(of_z_G, (M, 2))), 0.0175 * decay)
    return (of_G, v_G, of_D, v_D, key), -loss


rng = np.random.default_rng(0)
of_G, of_D = network(rng, [2, 64, 64, 2], 1), network(rng, [2, 64, 64, 1], 2)
state = of_G, jax.tree.map(jnp.zeros_like, of_G), of_D, jax.tree.map(jnp.zeros_like, of_D), jax.random.key(0)
(of_G, _, of_D, _, key), values = jax.jit(lambda state: jax.lax.scan(iteration, state, jnp.arange(ITERATIONS)))(state)
history = list(zip(range(EVERY, ITERATIONS + 1, EVERY), np.asarray(values)[EVERY - 1::EVERY]))
of_x, of_z = jax.random.split(key)
evaluate_D = lambda x: np.asarray(jax.nn.sigmoid(D(of_D, jnp.asarray(2 * x, jnp.float32)))[:, 0])
real, fake = ring(of_x, 2000), G(of_G, jax.random.normal(of_z, (2000, 2)))
draw(np.asarray(real) / 2, np.asarray(fake) / 2, evaluate_D, history, Path(sys.argv[1]) / "ring.png")
