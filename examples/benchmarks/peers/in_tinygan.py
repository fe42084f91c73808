"""tinygan's own Algorithm1, fed with the problem's minibatches."""

import tinygan as tg


class Replay(tg.data.Distribution):
    """Minibatches in a fixed order, in place of a distribution."""

    def __init__(self, batches):
        self.batches, self.dim, self.drawn = batches, batches[0].shape[1], 0

    def _sample(self, m, rng):
        self.drawn += 1
        return self.batches[(self.drawn - 1) % len(self.batches)]


class Tinygan:
    def __init__(self, problem):
        G = tg.MLP(problem.widths_G, hidden="relu", dtype=problem.dtype)
        D = tg.MLP(problem.widths_D, hidden="leaky_relu", dtype=problem.dtype)
        G.theta, D.theta = problem.theta_G, problem.theta_D
        noise = [z for pair in zip(problem.z, problem.z_G) for z in pair]
        self.game = tg.Algorithm1(G, D, Replay(problem.x), Replay(noise), m=problem.m, lr_d=problem.lr_d,
                                  lr_g=problem.lr_g, momentum=problem.momentum)

    def run(self, n):
        self.game.train(n, every=n)

    def theta(self):
        return self.game.G.theta, self.game.D.theta


build = Tinygan
