"""JAX: `jitted`, one call for each iteration, and `scanned`, one call for twenty."""

import jax
import jax.numpy as jnp
import numpy as np


def unflatten(widths, theta):
    layers, start = [], 0
    for fan_in, fan_out in zip(widths[:-1], widths[1:]):
        W = theta[start:start + fan_in * fan_out].reshape(fan_in, fan_out)
        start += fan_in * fan_out
        layers.append((jnp.asarray(W), jnp.asarray(theta[start:start + fan_out])))
        start += fan_out
    return layers


def forward(layers, x, slope):
    for W, b in layers[:-1]:
        a = x @ W + b
        x = jnp.where(a > 0, a, slope * a)
    W, b = layers[-1]
    return x @ W + b


def iteration(problem):
    """(state, minibatch) → state."""
    softplus = jax.nn.softplus

    def loss_D(D, x, fake):
        a = forward(D, jnp.concatenate([x, fake]), problem.slope)
        return (softplus(-a[:len(x)]).sum() + softplus(a[len(x):]).sum()) / len(x)

    def loss_G(G, D, z):
        return softplus(-forward(D, forward(G, z, 0.0), problem.slope)).mean()

    def descend(layers, velocity, grad, rate):
        velocity = jax.tree.map(lambda v, g: problem.momentum * v - rate * g, velocity, grad)
        return jax.tree.map(jnp.add, layers, velocity), velocity

    def step(state, batch):
        (G, v_G), (D, v_D) = state
        z, x, z_G = batch
        D, v_D = descend(D, v_D, jax.grad(loss_D)(D, x, forward(G, z, 0.0)), problem.lr_d)
        G, v_G = descend(G, v_G, jax.grad(loss_G)(G, D, z_G), problem.lr_g)
        return (G, v_G), (D, v_D)

    return step


class Jax:
    def __init__(self, problem):
        jax.config.update("jax_enable_x64", True)
        self.iteration = 0
        players = [unflatten(problem.widths_G, problem.theta_G), unflatten(problem.widths_D, problem.theta_D)]
        self.state = tuple((layers, jax.tree.map(jnp.zeros_like, layers)) for layers in players)
        self.batches = [tuple(map(jnp.asarray, problem.minibatch(i))) for i in range(len(problem.x))]
        self.step = jax.jit(iteration(problem), donate_argnums=0)

    def run(self, n):
        for _ in range(n):
            self.state = self.step(self.state, self.batches[self.iteration % len(self.batches)])
            self.iteration += 1
        jax.block_until_ready(self.state)

    def theta(self):
        return tuple(np.concatenate([np.ravel(part) for layer in layers for part in layer]) for layers, _ in self.state)


class Scanned(Jax):
    """All the problem's minibatches in one call; n has to be a multiple of their number."""

    def __init__(self, problem):
        super().__init__(problem)
        self.stacked = tuple(jnp.stack(column) for column in zip(*self.batches))
        step = iteration(problem)
        and_nothing = lambda state, batch: (step(state, batch), None)
        self.all = jax.jit(lambda state, batches: jax.lax.scan(and_nothing, state, batches)[0], donate_argnums=0)

    def run(self, n):
        for _ in range(n // len(self.batches)):
            self.state = self.all(self.state, self.stacked)
        jax.block_until_ready(self.state)


jitted, scanned = Jax, Scanned
