"""The paper's Algorithm 1 in PyTorch, line beside line with tinygan/algorithm1.py. [Alg. 1]

Here: `network`, an MLP that starts at tinygan's θ; `iterate`, one iteration; `theta`, θ again; `play`, a game
of tinygan's played on by PyTorch. Run as a script, it plays one game with both and compares what they reach.
"""

import copy

import torch
from torch import nn
from torch.nn.functional import binary_cross_entropy_with_logits as cross_entropy


def network(net, activation):
    """The MLP `net` of tinygan's as a PyTorch module, with the same numbers in it."""
    layers = []
    for each in net.linears:
        linear = nn.Linear(*each.W.shape, dtype=torch.float64)
        linear.weight.data = torch.tensor(each.W.T)                     # PyTorch's y = x Wᵀ + b: (fan_out, fan_in)
        linear.bias.data = torch.tensor(each.b)
        layers += [linear, activation]
    return nn.Sequential(*layers[:-1])                                  # D ends in a logit, G in a plain sum


def theta(net):
    """All parameters as one array, in tinygan's order."""
    return torch.cat([each.detach().t().reshape(-1) for each in net.parameters()]).numpy()


def iterate(G, D, sgd_G, sgd_D, noise, data, k, objective):
    """One iteration, in the order of the paper's listing. noise(), data() : m examples each."""
    for _ in range(k):                                                  # [Alg. 1, line 2]
        z = noise()                                                     # [Alg. 1, line 3]
        x = data()                                                      # [Alg. 1, line 4]
        x_fake = G(z).detach()                                          # [Alg. 1, line 5]
        a_real, a_fake = D(torch.cat([x, x_fake])).chunk(2)             # (m, 1) each
        # −V = −mean log D(x) − mean log(1 − D(G(z))): labels 1 and 0
        loss_D = (cross_entropy(a_real, torch.ones_like(a_real))
                  + cross_entropy(a_fake, torch.zeros_like(a_fake)))
        sgd_D.zero_grad()                                               # what line 8 left in D goes, too
        loss_D.backward()
        sgd_D.step()
    z = noise()                                                         # [Alg. 1, line 7]
    a_fake = D(G(z))                                                    # [Alg. 1, line 8]
    if objective == "minimax":
        loss_G = -cross_entropy(a_fake, torch.zeros_like(a_fake))       # mean log(1 − D(G(z)))
    else:
        loss_G = cross_entropy(a_fake, torch.ones_like(a_fake))         # −mean log D(G(z))
    sgd_G.zero_grad()
    loss_G.backward()                                                   # through D, back to G
    sgd_G.step()


def play(game, iterations):
    """`iterations` of tinygan's `game` in PyTorch; returns (θ_G, θ_D). The game itself stays as it is.

    For constant rates, no cap, ReLUs in G and leaky ones in D. The minibatches are those that `game` itself
    would draw: the same random numbers, asked for in the same order.
    """
    rng = copy.deepcopy(game.rng)
    G, D = network(game.G, nn.ReLU()), network(game.D, nn.LeakyReLU(0.2))
    sgd_G = torch.optim.SGD(G.parameters(), lr=game.lr_g, momentum=game.momentum)
    sgd_D = torch.optim.SGD(D.parameters(), lr=game.lr_d, momentum=game.momentum)
    noise = lambda: torch.from_numpy(game.noise.sample(game.m, rng))
    data = lambda: torch.from_numpy(game.data.sample(game.m, rng))
    for _ in range(iterations):
        iterate(G, D, sgd_G, sgd_D, noise, data, game.k, game.objective)
    return theta(G), theta(D)


if __name__ == "__main__":
    import tinygan as tg

    G, D = tg.MLP([2, 64, 64, 2], hidden="relu", rng=0), tg.MLP([2, 64, 64, 1], hidden="leaky_relu", rng=1)
    game = tg.Algorithm1(G, D, data=tg.data.Ring(), noise=tg.data.Normal(2), rng=2)
    start, (theta_G, theta_D) = G.theta.copy(), play(game, 50)
    game.train(50)
    print(f"after 50 iterations G's parameters have moved by up to {abs(G.theta - start).max():.1g}")
    print(f"largest difference between tinygan and PyTorch: {abs(G.theta - theta_G).max():.1g} in G, "
          f"{abs(D.theta - theta_D).max():.1g} in D")
