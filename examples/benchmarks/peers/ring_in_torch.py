"""The ring recipe of tinygan as a PyTorch script: import, train, draw.

    python examples/benchmarks/peers/ring_in_torch.py FOLDER
"""

import sys
from pathlib import Path

import matplotlib

matplotlib.use("agg")
import torch
from torch.nn.functional import softplus

from drawing import draw

torch.set_num_threads(1)
torch.manual_seed(0)
ITERATIONS, M, SCALE = 5000, 128, 0.3


def network(widths, activation, bias_spread):
    layers = []
    for fan_in, fan_out in zip(widths[:-1], widths[1:]):
        linear, last = torch.nn.Linear(fan_in, fan_out), fan_out == widths[-1]
        torch.nn.init.normal_(linear.weight, std=(2 / (fan_in + fan_out if last else fan_in))**0.5)
        if last:
            torch.nn.init.zeros_(linear.bias)
        else:
            torch.nn.init.uniform_(linear.bias, -bias_spread, bias_spread)
        layers += [linear] if last else [linear, activation()]
    return torch.nn.Sequential(*layers)


def ring(m):
    z = torch.randn(m, 2)
    return (z / 10 + z / z.norm(dim=1, keepdim=True)) / SCALE


def loss_D(x, z):
    with torch.no_grad():
        fake = G(z)
    a = D(torch.cat([x, fake]))
    return softplus(-a[:M]).mean() + softplus(a[M:]).mean()


def loss_G(z):
    return softplus(-D(G(z))).mean()


G, D = network([4, 48, 48, 2], torch.nn.ReLU, 1), network([2, 48, 48, 48, 1], lambda: torch.nn.LeakyReLU(0.2), 2)
of_G, of_D = list(G.parameters()), list(D.parameters())
sgd_D = torch.optim.SGD(of_D, lr=0.4, fused=True)
sgd_G = torch.optim.SGD(of_G, lr=0.07, fused=True)
straight_line = lambda t: 1 - t / ITERATIONS
decays = [torch.optim.lr_scheduler.LambdaLR(sgd, straight_line) for sgd in (sgd_D, sgd_G)]
history = []
for t in range(1, ITERATIONS + 1):
    loss = loss_D(ring(M), torch.randn(M, 4))
    loss.backward(inputs=of_D)
    sgd_D.step()
    sgd_D.zero_grad()
    cap = 0.8 + 3.2 * (t - 1) / ITERATIONS
    with torch.no_grad():
        for layer in D[::2]:
            layer.weight.mul_(cap / layer.weight.norm(dim=1, keepdim=True).clamp(min=cap))
    loss_G(torch.randn(M, 4)).backward(inputs=of_G)
    sgd_G.step()
    sgd_G.zero_grad()
    for decay in decays:
        decay.step()
    if t % 40 == 0:
        history.append((t, -loss.item()))

with torch.no_grad():
    evaluate_D = lambda x: torch.sigmoid(D(torch.tensor(x / SCALE, dtype=torch.float32)))[:, 0].numpy()
    real, fake = ring(2000), G(torch.randn(2000, 4))
    draw(SCALE * real.numpy(), SCALE * fake.numpy(), evaluate_D, history, Path(sys.argv[1]) / "ring.png")
