# %% [markdown]
# # Proposition 1: the best discriminator
# While G rests, the best D is $D^*(x) = p_{data}(x) / (p_{data}(x) + p_g(x))$. Why: for each x by
# itself, V holds $a log y + b log(1 − y)$ with $a = p_{data}(x)$, $b = p_g(x)$ and $y = D(x)$.

# %% 1. One x: which y makes $a log y + b log(1 − y)$ largest? Try them all
import matplotlib.pyplot as plt
import numpy as np

from tinygan import data, theory
from tinygan.layers import sigmoid
from tinygan.mlp import MLP
from tinygan.sgd import straight_line
from tinygan.show import present
from tinygan.training import Algorithm1

a, b = 0.9, 0.3
y = np.linspace(0.001, 0.999, 999)
print("best y of 999:", y[np.argmax(a * np.log(y) + b * np.log(1 - y))].round(3), "  a/(a + b) =", a / (a + b))

# %% 2. All x: real ones are $N(0, 1)$. The generator $x = 1 + 0.6 z$ is a network, too, so $p_g$ is $N(1, 0.6²)$
rng = np.random.default_rng(0)
G = MLP([1, 1])
G.theta = [0.6, 1.0]
D = MLP([1, 32, 32, 1], hidden="tanh", bias_spread=1, rng=rng)
x = np.linspace(-3, 3, 601)
p_data, p_g = data.Normal(1).density(x[:, None]), theory.pushforward(G, data.Normal(1), x)
D_star = theory.optimal_discriminator(p_data, p_g)

# %% 3. Train D alone: line 5 of Algorithm 1, again and again
game = Algorithm1(G, D, data=data.Normal(1), noise=data.Normal(1), m=256, rng=rng)
seen = {}
for step in range(3001):
    if step in (0, 30, 300, 3000):
        seen[step] = sigmoid(D(x[:, None]))[:, 0]        # D(x) in code is the logit
        error = np.trapezoid(np.abs(seen[step] - D_star) * (p_data + p_g) / 2, x)
        print(f"step {step:4d}   mean |D - D*| {error:.4f}")
    game.lr_d = straight_line(0.3, 0, step, 3001)       # large steps at first, small ones at last
    game.gradient_D(game.sample(game.data), game.sample(game.noise))
    game.update_D()

# %% 4. Look: D comes to $D^*$, first where there are many examples
figure, (ax, below) = plt.subplots(2, figsize=(7, 5), sharex=True, height_ratios=[2, 1], layout="constrained")
below.plot(x, p_data, ":", color="#0072B2", linewidth=3, label=r"$p_\mathrm{data}$")
below.plot(x, p_g, color="#D55E00", linewidth=3, label="$p_g$")
below.set(xlabel="$x$", ylabel="density")
below.legend(frameon=False)
for (step, D_then), grey in zip(seen.items(), ("0.8", "0.6", "0.4", "0")):
    ax.plot(x, D_then, color=grey, linewidth=2, label=f"D after {step}")
ax.plot(x, D_star, "--", color="#009E73", linewidth=2.5, label="$D^*$")
ax.set(ylabel="$D(x)$", ylim=(0, 1.02))
ax.legend(frameon=False)
present(figure, "06_best_discriminator.png")
