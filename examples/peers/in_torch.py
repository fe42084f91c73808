"""PyTorch: `eager` with its best SGD, and `compiled` by torch.compile."""

import torch
from torch.nn.functional import softplus


def network(widths, theta, activation):
    layers, start = [], 0
    for i, (fan_in, fan_out) in enumerate(zip(widths[:-1], widths[1:])):
        linear = torch.nn.Linear(fan_in, fan_out)
        with torch.no_grad():
            W = theta[start:start + fan_in * fan_out].reshape(fan_in, fan_out)
            linear.weight = torch.nn.Parameter(torch.tensor(W.T.copy()))
            start += fan_in * fan_out
            linear.bias = torch.nn.Parameter(torch.tensor(theta[start:start + fan_out]))
            start += fan_out
        layers += [linear, activation()] if i < len(widths) - 2 else [linear]
    return torch.nn.Sequential(*layers)


class Torch:
    """D's and G's losses as functions, so that each can be compiled or not."""

    def __init__(self, problem, variant, wrap=lambda function: function):
        torch.set_num_threads(1)
        self.problem, self.iteration = problem, 0
        self.G = network(problem.widths_G, problem.theta_G, torch.nn.ReLU)
        self.D = network(problem.widths_D, problem.theta_D, lambda: torch.nn.LeakyReLU(problem.slope))
        self.of_G, self.of_D = list(self.G.parameters()), list(self.D.parameters())
        self.sgd_D = torch.optim.SGD(self.of_D, lr=problem.lr_d, momentum=problem.momentum, **{variant: True})
        self.sgd_G = torch.optim.SGD(self.of_G, lr=problem.lr_g, momentum=problem.momentum, **{variant: True})
        self.batches = [tuple(map(torch.from_numpy, problem.minibatch(i))) for i in range(len(problem.x))]
        self.loss_D, self.loss_G = wrap(self.loss_D), wrap(self.loss_G)

    def loss_D(self, x, z):
        with torch.no_grad():
            fake = self.G(z)
        a = self.D(torch.cat([x, fake]))
        return (softplus(-a[:len(x)]).sum() + softplus(a[len(x):]).sum()) / len(x)

    def loss_G(self, z):
        return softplus(-self.D(self.G(z))).mean()

    def run(self, n):
        for _ in range(n):
            z, x, z_G = self.batches[self.iteration % len(self.batches)]
            self.loss_D(x, z).backward(inputs=self.of_D)
            self.sgd_D.step()
            self.sgd_D.zero_grad()
            self.loss_G(z_G).backward(inputs=self.of_G)         # and not D's: they are not wanted
            self.sgd_G.step()
            self.sgd_G.zero_grad()
            self.iteration += 1

    def theta(self):
        return tuple(torch.cat([part.detach().t().reshape(-1) for part in net.parameters()]).numpy() for net in (self.G, self.D))


def eager_foreach(problem):
    return Torch(problem, "foreach")


def eager_fused(problem):
    return Torch(problem, "fused")


def compiled(problem):
    return Torch(problem, "fused", torch.compile)
