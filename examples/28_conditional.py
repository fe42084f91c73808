# %% [markdown]
# # Asked for one, it makes that one: $p(x | c)$
# Give G a label c beside its noise, and let D see the pair $(x, c)$. It is the game as it was, for pairs: G makes
# $(x, c)$ from $(z, c)$, and copies c. Here c says which of eight modes. No cap holds D back, and no mode is lost.

# %% 1. The data are pairs: a point of the ring of eight Gaussians, and which one it belongs to, as one-hot
import matplotlib.pyplot as plt
import numpy as np

import tinygan as tg
from tinygan.beyond.conditional import Conditional, Pairs, one_hot
from tinygan.show import present

seed = 0
ring = tg.data.ring_of_gaussians()
x = ring.sample(20_000, 0)
mode, distance = tg.metrics.nearest(x, ring.means)
data = Pairs(x / 0.5, one_hot(mode))                          # x in units of 0.5, as in the recipe ring8
print("a pair, x and c:", data.sample(1, 0)[0].round(2))

# %% 2. G and D have eight more inputs. Algorithm 1 is the lesson's, and needs to know nothing of labels
rng = np.random.default_rng(seed)
net = tg.MLP([2 + 8, 64, 64, 2], "leaky_relu", last_scale=1.5, dtype=np.float32, rng=rng)
G = Conditional(net, d_c=8)                                   # G(z, c) = [net(z, c), c]
D = tg.MLP([2 + 8, 64, 64, 1], "leaky_relu", bias_spread=1, dtype=np.float32, rng=rng)
game = tg.Algorithm1(G, D, data, data.noise(tg.data.Normal(2)), lr_d=0.07, lr_g=0.015, schedule=0.5,
                     iterations=6000, rng=rng)
game.train(6000)

# %% 3. Is the label obeyed? Ask for each mode 250 times; real points are the measure's own limit
asked = np.arange(8).repeat(250)
made = G.given(one_hot(asked), np.random.default_rng([seed, 1]).standard_normal((2000, 2))) * 0.5
nearest, away = tg.metrics.nearest(made, ring.means)
measured = {"obeyed": np.mean(nearest == asked),
            "good: within 3 std of the mode asked for": np.mean((nearest == asked) & (away < 0.06)),
            "good, real": np.mean(distance < 0.06),
            "std": np.mean([made[asked == k].std(axis=0) for k in range(8)]), "std, real": 0.02}
for name, value in measured.items():
    print(f"{name:42} {value:.3f}")

# %% 4. Look: all that was made for each of the eight labels
figure, axes = plt.subplots(2, 4, figsize=(10, 5.4), layout="constrained")
for k, ax in enumerate(axes.flat):
    ax.scatter(*ring.means.T, s=110, color="#0072B2", alpha=0.35, linewidths=0)
    ax.scatter(*made[asked == k].T, s=8, color="#D55E00")
    ax.set(aspect="equal", xlim=(-2.7, 2.7), ylim=(-2.7, 2.7), xticks=[], yticks=[], title=f"c = {k}")
figure.suptitle(f"generated (orange) where the label asks for it: {measured['obeyed']:.1%} of 2000", fontsize=15)
present(figure, "28_conditional.png")
