# %% [markdown]
# # Labels that we make
# Nobody labels the data of a GAN. We make the labels ourselves, 1 for real and 0 for generated, and D is
# an ordinary classifier. G learns through D; to generate, afterwards, needs neither D nor any gradient.

# %% 1. D's loss is binary cross-entropy with our labels, and that is $−V$. Its slope by the logits, by small steps
import matplotlib.pyplot as plt
import numpy as np

import tinygan as tg
from tinygan import theory
from tinygan.show import present

a_real, a_fake, h = np.array([2.0, 0.5, -1.0]), np.array([-1.0, 0.3, 2.5]), 1e-6
bce = lambda a, label: theory.binary_cross_entropy(tg.sigmoid(a), label)
slope = lambda a, label: (bce(a + h, label) - bce(a - h, label)) / (2 * h) / len(a)     # of the mean: hence 1/m
for name, a, label, dV in zip(("real", "generated"), (a_real, a_fake), (1, 0), tg.value_gradient(a_real, a_fake)):
    print(f"{name:9}  label {label}   dBCE/da {slope(a, label).round(4)}   -dV/da {-dV.round(4)}")

# %% 2. G with the labels switched, 1 for what it made, descends $−log D$. That is not $log(1 − D)$
print("label 1 for generated ones:", slope(a_fake, 1).round(4))
for objective in ("non-saturating", "minimax"):
    print(f"{objective:>26}:", tg.generator_gradient(a_fake, objective).round(4))

# %% 3. Train on the ring, with labels nobody gave us …
rng = np.random.default_rng(0)
G, D = tg.MLP([2, 64, 64, 2], bias_spread=1, rng=rng), tg.MLP([2, 64, 64, 1], "leaky_relu", bias_spread=2, rng=rng)
game = tg.Algorithm1(G, D, tg.data.Ring(), tg.data.Normal(2), max_norm=2.0, schedule="linear", iterations=2000, rng=rng)
history = game.train(2000)

# %% 4. … and generate: $G(z)$, forward alone. With every backward pass forbidden it works just the same
def forbidden(*_):
    raise RuntimeError("a gradient, while generating")

before, D.forward = (G.theta.copy(), G.grad.copy()), forbidden
for layer in (*G.layers, *D.layers):
    layer.backward = forbidden
x = G(rng.standard_normal((1000, 2)))
print(f"generated {len(x)} examples, mean radius {tg.metrics.radius(x).mean():.3f} (data 1.125);",
      "theta and grad of G unchanged:", (before[0] == G.theta).all() and (before[1] == G.grad).all())

# %% 5. Look: what our labels do to the logit, and what G made
a = np.linspace(-6, 6, 200)
figure, (left, right) = plt.subplots(1, 2, figsize=(10, 4.5), layout="constrained")
left.plot(a, -tg.sigmoid(-a), color="#0072B2", linewidth=3, label="label 1: D − 1, pushes a up")
left.plot(a, tg.sigmoid(a), color="#D55E00", linewidth=3, label="label 0: D, pushes a down")
left.set(xlabel="a, the logit", ylabel="∂BCE/∂a", title="the gradient is D(x) minus the label", ylim=(-1.1, 1.6))
left.legend(frameon=False, loc="upper left")
right.scatter(*x.T, s=4, color="#D55E00")
right.set(aspect="equal", title="G(z), without D and without a gradient")
present(figure, "25_labels.png")
