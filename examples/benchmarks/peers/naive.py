"""A GAN as a first tutorial writes it in NumPy: right, and with no thought of speed."""

import numpy as np


def sigmoid(a):
    return 1 / (1 + np.exp(-a))


class Network:
    def __init__(self, widths, theta, slope):
        self.slope, self.weights, self.biases, start = slope, [], [], 0
        for fan_in, fan_out in zip(widths[:-1], widths[1:]):
            self.weights.append(theta[start:start + fan_in * fan_out].reshape(fan_in, fan_out).copy())
            start += fan_in * fan_out
            self.biases.append(theta[start:start + fan_out].copy())
            start += fan_out
        self.velocity_W = [np.zeros_like(W) for W in self.weights]
        self.velocity_b = [np.zeros_like(b) for b in self.biases]

    def forward(self, x):
        self.inputs, self.sums = [], []
        for i, (W, b) in enumerate(zip(self.weights, self.biases)):
            self.inputs.append(x)
            a = x @ W + b
            self.sums.append(a)
            x = np.where(a > 0, a, self.slope * a) if i < len(self.weights) - 1 else a
        return x

    def backward(self, d):
        self.dW, self.db = [], []
        for i in reversed(range(len(self.weights))):
            if i < len(self.weights) - 1:
                d = np.where(self.sums[i] > 0, d, self.slope * d)
            self.dW.insert(0, self.inputs[i].T @ d)
            self.db.insert(0, d.sum(axis=0))
            d = d @ self.weights[i].T
        return d

    def step(self, rate, momentum):
        for i in range(len(self.weights)):
            self.velocity_W[i] = momentum * self.velocity_W[i] + rate * self.dW[i]
            self.velocity_b[i] = momentum * self.velocity_b[i] + rate * self.db[i]
            self.weights[i] = self.weights[i] + self.velocity_W[i]
            self.biases[i] = self.biases[i] + self.velocity_b[i]

    def theta(self):
        return np.concatenate([part.ravel() for pair in zip(self.weights, self.biases) for part in pair])


class Naive:
    def __init__(self, problem):
        self.problem, self.iteration = problem, 0
        self.G = Network(problem.widths_G, problem.theta_G, slope=0.0)
        self.D = Network(problem.widths_D, problem.theta_D, slope=problem.slope)

    def run(self, n):
        p = self.problem
        for _ in range(n):
            z, x, z_G = p.minibatch(self.iteration)
            # D's step: real and generated examples go through D one after the other
            fake = self.G.forward(z)
            D_fake = sigmoid(self.D.forward(fake))
            self.D.backward(-D_fake / p.m)
            dW_fake, db_fake = self.D.dW, self.D.db
            D_real = sigmoid(self.D.forward(x))
            self.D.backward((1 - D_real) / p.m)
            self.D.dW = [a + b for a, b in zip(self.D.dW, dW_fake)]
            self.D.db = [a + b for a, b in zip(self.D.db, db_fake)]
            self.D.step(p.lr_d, p.momentum)
            self.loss_D = -np.mean(np.log(D_real)) - np.mean(np.log(1 - D_fake))
            # G's step
            D_fake = sigmoid(self.D.forward(self.G.forward(z_G)))
            self.G.backward(self.D.backward(-(1 - D_fake) / p.m))
            self.G.step(-p.lr_g, p.momentum)
            self.loss_G = -np.mean(np.log(D_fake))
            self.iteration += 1

    def theta(self):
        return self.G.theta(), self.D.theta()


build = Naive
