# %% [markdown]
# # Write me a seven
# The same with pictures: c is a digit. What is left for z to say is how it is written: size, slant, typeface.
# So one column below is one z, and one row is one c. Nobody told G to separate the two.

# %% 1. Pairs of a picture and its digit. (3 for one-hot's 1: among 256 pixels a 1 is easily overlooked)
import matplotlib.pyplot as plt
import numpy as np

import tinygan as tg
from tinygan.beyond.conditional import Conditional, Pairs, one_hot
from tinygan.show import present

seed = 0
glyphs = tg.data.Glyphs()
x, digit = glyphs.training()
code = lambda labels: 3 * one_hot(labels, 10)
data = Pairs(x, code(digit))

# %% 2. The networks are of the kind that the recipe `glyphs` has, with a smaller D, and ten more inputs each
rng = np.random.default_rng(seed)
net = tg.MLP([10 + 10, 256, 256, 256], "relu", output="sigmoid", dtype=np.float32, rng=rng)
net.linears[-1].b[...] = np.log(x.mean(axis=0) / (1 - x.mean(axis=0)))     # begin with each pixel at its mean
G = Conditional(net, d_c=10)
D = tg.MLP([256 + 10, 128, 1], "maxout", pieces=3, dropout=0.3, dtype=np.float32, rng=rng)
p_z = tg.data.Uniform(10, -np.sqrt(3), np.sqrt(3))
game = tg.Algorithm1(G, D, data, data.noise(p_z), m=100, lr_d=0.1, lr_g=0.1, momentum=(0.5, 0.7), schedule=0.5,
                     iterations=6000, rng=rng)
game.train(6000)

# %% 3. Is the label obeyed? A picture is of the class of the nearest training picture; held-out ones are the limit
asked = np.arange(10).repeat(100)
made = G.given(code(asked), p_z.sample(1000, [seed, 1]))
real, its_digit = glyphs.test(1000)
classified = lambda pictures: digit[tg.metrics.nearest(pictures, x)[0]]
measured = {"obeyed": np.mean(classified(made) == asked), "obeyed, real": np.mean(classified(real) == its_digit)}
measured["obeyed, the worst digit"] = min(np.mean(classified(made[asked == k]) == k) for k in range(10))
for name, value in measured.items():
    print(f"{name:24} {value:.3f}")

# %% 4. Look: each row one c, each column one z; none of them picked
z = p_z.sample(14, [seed, 2])
rows = [np.hstack([each.reshape(16, 16) for each in G.given(code([k])[0], z)]) for k in range(10)]
figure, ax = plt.subplots(figsize=(10, 7.4), layout="constrained")
ax.imshow(np.vstack(rows), cmap="gray_r", vmin=0, vmax=1)
ax.set(xticks=[], yticks=8 + 16 * np.arange(10), yticklabels=range(10))
ax.set_xlabel("one column, one z", fontsize=15)
ax.set_ylabel("c", fontsize=15)
ax.tick_params(labelsize=15)
ax.set_title(f"one row, one label: {measured['obeyed']:.0%} are of the digit asked for", fontsize=15)
present(figure, "29_digits_by_label.png")
