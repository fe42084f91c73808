"""tinygan's own Algorithm1, fed with the problem's minibatches."""

import tinygan as tg


class Replayed(tg.Algorithm1):
    """Algorithm 1 on minibatches in a fixed order, in place of samples."""

    def sample(self, distribution):
        batches = self.x if distribution is self.data else self.z
        self.drawn[distribution] = drawn = self.drawn.get(distribution, 0) + 1
        return batches[(drawn - 1) % len(batches)]


class Tinygan:
    def __init__(self, problem):
        G = tg.MLP(problem.widths_G, hidden="relu", dtype=problem.dtype)
        D = tg.MLP(problem.widths_D, hidden="leaky_relu", dtype=problem.dtype)
        G.theta, D.theta = problem.theta_G, problem.theta_D
        data, noise = (tg.data.Normal(net.widths[0]) for net in (D, G))          # asked for nothing but their width
        self.game = Replayed(G, D, data, noise, m=problem.m, lr_d=problem.lr_d, lr_g=problem.lr_g,
                             momentum=problem.momentum)
        self.game.x, self.game.drawn = problem.x, {}
        self.game.z = [z for pair in zip(problem.z, problem.z_G) for z in pair]

    def run(self, n):
        self.game.train(n, every=n)

    def theta(self):
        return self.game.G.theta, self.game.D.theta


build = Tinygan
