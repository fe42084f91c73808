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

ITERATIONS, EVERY, M, SCALE = 5000, 25, 128, 0.3
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
    return (z / 10 + z / jnp.linalg.norm(z, axis=1, keepdims=True)) / SCALE


def loss_D(of_D, x, fake):
    a = D(of_D, jnp.concatenate([x, fake]))
    return softplus(-a[:M]).mean() + softplus(a[M:]).mean()


def loss_G(of_G, of_D, z):
    return softplus(-D(of_D, G(of_G, z))).mean()


def descend(layers, grad, rate):
    return jax.tree.map(lambda part, g: part - rate * g, layers, grad)


def iteration(state, t):
    of_G, of_D, key = state
    key, of_x, of_z, of_z_G = jax.random.split(key, 4)
    decay, cap = 1 - t / ITERATIONS, 0.8 + 3.2 * t / ITERATIONS
    loss, grad = jax.value_and_grad(loss_D)(of_D, ring(of_x, M), G(of_G, jax.random.normal(of_z, (M, 4))))
    of_D = descend(of_D, grad, 0.4 * decay)
    of_D = [(W * cap / jnp.maximum(jnp.linalg.norm(W, axis=0), cap), b) for W, b in of_D]
    of_G = descend(of_G, jax.grad(loss_G)(of_G, of_D, jax.random.normal(of_z_G, (M, 4))), 0.07 * decay)
    return (of_G, of_D, key), -loss


rng = np.random.default_rng(0)
state = network(rng, [4, 48, 48, 2], 1), network(rng, [2, 48, 48, 48, 1], 2), jax.random.key(0)
(of_G, of_D, key), values = jax.jit(lambda state: jax.lax.scan(iteration, state, jnp.arange(ITERATIONS)))(state)
history = list(zip(range(EVERY, ITERATIONS + 1, EVERY), np.asarray(values)[EVERY - 1::EVERY]))
of_x, of_z = jax.random.split(key)
evaluate_D = lambda x: np.asarray(jax.nn.sigmoid(D(of_D, jnp.asarray(x / SCALE, jnp.float32)))[:, 0])
real, fake = ring(of_x, 2000), G(of_G, jax.random.normal(of_z, (2000, 4)))
draw(SCALE * np.asarray(real), SCALE * np.asarray(fake), evaluate_D, history, Path(sys.argv[1]) / "ring.png")
