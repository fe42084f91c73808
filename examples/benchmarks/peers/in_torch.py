"""PyTorch: `eager_foreach` and `eager_fused`, with either form of its SGD; and `compiled` by torch.compile,
one call for a whole iteration, or with its C++ wrapper, `compiled_cpp`."""

import torch
from torch.nn.functional import leaky_relu, softplus


def parameters(widths, theta):
    """W and b of each layer, from tinygan's θ."""
    parts, start = [], 0
    for fan_in, fan_out in zip(widths[:-1], widths[1:]):
        for shape in ((fan_in, fan_out), (fan_out,)):
            stop = start + shape[0] * (shape[1] if len(shape) == 2 else 1)
            parts.append(torch.tensor(theta[start:stop].reshape(shape)))
            start = stop
    return parts


class Peer:
    def __init__(self, problem):
        torch.set_num_threads(1)
        self.problem, self.iteration = problem, 0
        self.batches = [tuple(map(torch.from_numpy, problem.minibatch(i))) for i in range(len(problem.x))]

    def run(self, n):
        for _ in range(n):
            self.step(*self.batches[self.iteration % len(self.batches)])
            self.iteration += 1


class Eager(Peer):
    """As PyTorch's users write it: modules, losses, optimisers."""

    def __init__(self, problem, variant):
        super().__init__(problem)
        self.G = self.network(problem.widths_G, problem.theta_G, torch.nn.ReLU)
        self.D = self.network(problem.widths_D, problem.theta_D, lambda: torch.nn.LeakyReLU(problem.slope))
        self.of_G, self.of_D = list(self.G.parameters()), list(self.D.parameters())
        self.sgd_D = torch.optim.SGD(self.of_D, lr=problem.lr_d, momentum=problem.momentum, **{variant: True})
        self.sgd_G = torch.optim.SGD(self.of_G, lr=problem.lr_g, momentum=problem.momentum, **{variant: True})

    @staticmethod
    def network(widths, theta, activation):
        layers, parts = [], parameters(widths, theta)
        for i, (fan_in, fan_out) in enumerate(zip(widths[:-1], widths[1:])):
            linear = torch.nn.Linear(fan_in, fan_out)
            linear.weight = torch.nn.Parameter(parts[2 * i].T.contiguous())
            linear.bias = torch.nn.Parameter(parts[2 * i + 1])
            layers += [linear, activation()] if i < len(widths) - 2 else [linear]
        return torch.nn.Sequential(*layers)

    def step(self, z, x, z_G):
        with torch.no_grad():
            fake = self.G(z)
        a = self.D(torch.cat([x, fake]))
        loss_D = (softplus(-a[:len(x)]).sum() + softplus(a[len(x):]).sum()) / len(x)
        loss_D.backward(inputs=self.of_D)
        self.sgd_D.step()
        self.sgd_D.zero_grad()
        loss_G = softplus(-self.D(self.G(z_G))).mean()
        loss_G.backward(inputs=self.of_G)                       # and not D's: they are not wanted
        self.sgd_G.step()
        self.sgd_G.zero_grad()

    def theta(self):
        flat = lambda net: torch.cat([part.detach().t().reshape(-1) for part in net.parameters()]).numpy()
        return flat(self.G), flat(self.D)


class Compiled(Peer):
    """As JAX's users write it: a function of the parameters, its gradient, and one compiled call."""

    def __init__(self, problem, **options):
        super().__init__(problem)
        self.G, self.D = parameters(problem.widths_G, problem.theta_G), parameters(problem.widths_D, problem.theta_D)
        self.v_G, self.v_D = ([torch.zeros_like(part) for part in net] for net in (self.G, self.D))
        # past a limit of recompilations torch.compile would quietly run uncompiled: each workload starts anew
        torch.compiler.reset()
        self.compiled = torch.compile(self.iterate, fullgraph=True, dynamic=False, options=options or None)

    def network(self, parts, x, slope):
        for W, b in zip(parts[:-2:2], parts[1:-2:2]):
            x = leaky_relu(torch.addmm(b, x, W), slope)
        return torch.addmm(parts[-1], x, parts[-2])

    def loss_D(self, D, x, fake):
        a = self.network(D, torch.cat([x, fake]), self.problem.slope)
        return (softplus(-a[:len(x)]).sum() + softplus(a[len(x):]).sum()) / len(x)

    def loss_G(self, G, D, z):
        return softplus(-self.network(D, self.network(G, z, 0.0), self.problem.slope)).mean()

    def iterate(self, G, v_G, D, v_D, z, x, z_G):
        self.descend(D, v_D, torch.func.grad(self.loss_D)(D, x, self.network(G, z, 0.0)), self.problem.lr_d)
        self.descend(G, v_G, torch.func.grad(self.loss_G)(G, D, z_G), self.problem.lr_g)

    def descend(self, parts, velocities, grads, rate):
        for part, velocity, grad in zip(parts, velocities, grads):
            velocity.mul_(self.problem.momentum).sub_(grad, alpha=rate)
            part.add_(velocity)

    def step(self, z, x, z_G):
        with torch.no_grad():
            self.compiled(self.G, self.v_G, self.D, self.v_D, z, x, z_G)

    def theta(self):
        return tuple(torch.cat([part.reshape(-1) for part in net]).numpy() for net in (self.G, self.D))


def eager_foreach(problem):
    return Eager(problem, "foreach")


def eager_fused(problem):
    return Eager(problem, "fused")


def compiled(problem):
    return Compiled(problem)


def compiled_cpp(problem):
    return Compiled(problem, cpp_wrapper=True)
