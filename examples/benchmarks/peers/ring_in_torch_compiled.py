"""The ring recipe of tinygan as a script for torch.compile, an iteration in one call: import, compile, train, draw.

    python examples/benchmarks/peers/ring_in_torch_compiled.py FOLDER
"""

import sys
from pathlib import Path

import matplotlib

matplotlib.use("agg")
import torch
from torch.nn.functional import leaky_relu, softplus

from drawing import draw

torch.set_num_threads(1)
torch.manual_seed(0)
ITERATIONS, EVERY, M, SCALE = 5000, 25, 128, 0.3


def network(widths, bias_spread):
    parts = []
    for fan_in, fan_out in zip(widths[:-1], widths[1:]):
        last = fan_out == widths[-1]
        parts.append(torch.randn(fan_in, fan_out) * (2 / (fan_in + fan_out if last else fan_in))**0.5)
        parts.append(torch.zeros(fan_out) if last else torch.empty(fan_out).uniform_(-bias_spread, bias_spread))
    return parts


def forward(parts, x, slope):
    for W, b in zip(parts[:-2:2], parts[1:-2:2]):
        x = leaky_relu(torch.addmm(b, x, W), slope)
    return torch.addmm(parts[-1], x, parts[-2])


def G(parts, z):
    return forward(parts, z, 0.0)


def D(parts, x):
    return forward(parts, x, 0.2)


def ring(z):
    return (z / 10 + z / z.norm(dim=1, keepdim=True)) / SCALE


def loss_D(of_D, x, fake):
    a = D(of_D, torch.cat([x, fake]))
    return softplus(-a[:M]).mean() + softplus(a[M:]).mean()


def loss_G(of_G, of_D, z):
    return softplus(-D(of_D, G(of_G, z))).mean()


def descend(parts, grads, rate):
    for part, grad in zip(parts, grads):
        part.sub_(rate * grad)


@torch.compile(fullgraph=True, dynamic=False)
def iteration(of_G, of_D, z_x, z, z_G, decay, cap):
    grad, loss = torch.func.grad_and_value(loss_D)(of_D, ring(z_x), G(of_G, z))
    descend(of_D, grad, 0.4 * decay)
    for W in of_D[::2]:
        W.mul_(cap / torch.maximum(W.norm(dim=0, keepdim=True), cap))
    descend(of_G, torch.func.grad(loss_G)(of_G, of_D, z_G), 0.07 * decay)
    return loss


of_G, of_D = network([4, 48, 48, 2], 1), network([2, 48, 48, 48, 1], 2)
history = []
with torch.no_grad():
    for t in range(1, ITERATIONS + 1):
        done = (t - 1) / ITERATIONS
        decay, cap = torch.tensor(1 - done), torch.tensor(0.8 + 3.2 * done)
        loss = iteration(of_G, of_D, torch.randn(M, 2), torch.randn(M, 4), torch.randn(M, 4), decay, cap)
        if t % EVERY == 0:
            history.append((t, -loss.item()))
    evaluate_D = lambda x: torch.sigmoid(D(of_D, torch.tensor(x / SCALE, dtype=torch.float32)))[:, 0].numpy()
    real, fake = ring(torch.randn(2000, 2)), G(of_G, torch.randn(2000, 4))
    draw(SCALE * real.numpy(), SCALE * fake.numpy(), evaluate_D, history, Path(sys.argv[1]) / "ring.png")
