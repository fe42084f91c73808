# %% [markdown]
# # The paper's experiment on a laptop
# D has maxout units and dropout, G rectifiers and a sigmoid at its end, as in section 5 of the paper; the pictures are
# digits from typefaces. Trained for less time than the recipe: the digits are there, and not yet clean.

# %% 1. Train, for less than a minute
import matplotlib.pyplot as plt
import numpy as np

import tinygan as tg
from tinygan.show import present

run = tg.recipes.start("glyphs", seed=0, iterations=3000)
run.train()
data, G, z = run.data, run.game.G, run.game.noise.sample(1000, 0)
x = run.generate(z)                                                       # (1000, 256), grey levels between 0 and 1

# %% 2. Copying or generating? The nearest training picture of each, by the distance between pixels
training, labels = data.training()
index, distance = tg.metrics.nearest(x, training)
_, of_held_out = tg.metrics.nearest(data.test(1000)[0], training)
print(f"nearest training picture, median: generated {np.median(distance):.2f}, held out {np.median(of_held_out):.2f}")
print("digits 0 to 9, by their nearest training picture:", np.bincount(labels[index], minlength=10))

# %% 3. A straight line between two z
s = np.linspace(0, 1, 10)[:, None]
walk = run.generate((1 - s) * z[0] + s * z[1])
step = np.linalg.norm(np.diff(walk, axis=0), axis=1)
print(f"a walk of 9 steps, the largest {step.max():.2f}; its ends are {np.linalg.norm(walk[-1] - walk[0]):.2f} apart")

# %% 4. Look: Figure 2 of the paper, not picked; and Figure 3
figure, (above, below) = plt.subplots(2, 1, figsize=(10, 6.4), height_ratios=[5, 1], layout="constrained")
grid = np.concatenate([x[:45].reshape(5, 9, 16, 16), training[index[8:45:9]].reshape(5, 1, 16, 16)], axis=1)
for ax, pictures, title in ((above, grid, "G(z), not picked; last column: the training picture nearest to the ninth"),
                            (below, walk.reshape(1, 10, 16, 16), "G along a straight line in z")):
    rows, columns, *_ = pictures.shape
    ax.imshow(pictures.transpose(0, 2, 1, 3).reshape(rows * 16, columns * 16), cmap="gray_r", vmin=0, vmax=1)
    ax.set(title=title, xticks=[], yticks=[])
above.axvline(9 * 16 - 0.5, color="#0072B2", linewidth=4)
present(figure, "26_digits.png")
