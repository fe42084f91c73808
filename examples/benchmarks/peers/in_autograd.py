"""HIPS autograd: NumPy whose derivatives are traced anew at each call."""

import autograd.numpy as np
from autograd import grad


def unflatten(widths, theta):
    layers, start = [], 0
    for fan_in, fan_out in zip(widths[:-1], widths[1:]):
        W = theta[start:start + fan_in * fan_out].reshape(fan_in, fan_out)
        start += fan_in * fan_out
        layers.append((W, theta[start:start + fan_out]))
        start += fan_out
    return layers


def softplus(a):
    return np.logaddexp(a, np.zeros_like(a))


class Autograd:
    def __init__(self, problem):
        self.problem, self.iteration = problem, 0
        self.G, self.D = problem.theta_G.copy(), problem.theta_D.copy()
        self.v_G, self.v_D = np.zeros_like(self.G), np.zeros_like(self.D)
        self.grad_D, self.grad_G = grad(self.loss_D), grad(self.loss_G)

    def forward(self, widths, theta, x, slope):
        *hidden, (W, b) = unflatten(widths, theta)
        for weights, biases in hidden:
            a = np.dot(x, weights) + biases
            x = np.maximum(a, slope * a)
        return np.dot(x, W) + b

    def loss_D(self, D, x, fake):
        a = self.forward(self.problem.widths_D, D, np.concatenate([x, fake]), self.problem.slope)
        return (np.sum(softplus(-a[:len(x)])) + np.sum(softplus(a[len(x):]))) / len(x)

    def loss_G(self, G, z):
        fake = self.forward(self.problem.widths_G, G, z, 0.0)
        return np.mean(softplus(-self.forward(self.problem.widths_D, self.D, fake, self.problem.slope)))

    def run(self, n):
        p = self.problem
        for _ in range(n):
            z, x, z_G = p.minibatch(self.iteration)
            fake = self.forward(p.widths_G, self.G, z, 0.0)
            self.v_D = p.momentum * self.v_D - p.lr_d * self.grad_D(self.D, x, fake)
            self.D = self.D + self.v_D
            self.v_G = p.momentum * self.v_G - p.lr_g * self.grad_G(self.G, z_G)
            self.G = self.G + self.v_G
            self.iteration += 1

    def theta(self):
        return self.G, self.D


build = Autograd
