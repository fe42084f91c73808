# %% [markdown]
# # The ring: two networks, one game
# G turns Gaussian noise z into points of the plane; D says for each point how likely it is
# real. Run it cell by cell, or as a whole from a shell.

# %% 1. The data: Gaussian noise through $z/10 + z/|z|$. Nobody tells G this formula.
import matplotlib.pyplot as plt
import numpy as np

from tinygan.layers import sigmoid
from tinygan.mlp import MLP
from tinygan.show import present
from tinygan.training import Algorithm1

rng = np.random.default_rng(0)
z = rng.standard_normal((20_000, 2))
data = z / 10 + z / np.linalg.norm(z, axis=1, keepdims=True)
noise = rng.standard_normal((20_000, 2))

# %% 2. The players: G maps noise to points, D maps a point to one logit a. In formulas $D(x)$ is $σ(a)$
G = MLP([2, 64, 64, 2], hidden="relu", bias_spread=1, rng=rng)
D = MLP([2, 64, 64, 1], hidden="leaky_relu", bias_spread=2, rng=rng)

# %% 3. The game. Try `momentum=0.9`, and see all that G makes end in one point
game = Algorithm1(G, D, data, noise, m=128, max_norm=1.75, schedule="linear", iterations=4000, rng=rng)
history = game.train(4000, every=500)
for t, V, D_real, D_fake, D_spread, G_spread, G_loss in zip(*history.values()):
    print(f"iteration {t:4.0f}   V {V:.3f} (-log 4 = -1.386)   D(x) {D_real:.3f}   D(G(z)) {D_fake:.3f}   "
          f"spread of D {D_spread:.3f}, of G(z) {G_spread:.3f}   G's loss {G_loss:.3f}")

# %% 4. Look: real in blue, generated in orange
figure, ax = plt.subplots(figsize=(6, 6), layout="constrained")
ax.scatter(*data[:1000].T, s=5, color="#0072B2", label="real, $x$")
ax.scatter(*G(noise[:1000]).T, s=5, color="#D55E00", label="generated, $G(z)$")
ax.set(aspect="equal", ylim=(-1.6, 1.9), title=f"mean D(G(z)) = {sigmoid(D(G(noise))).mean():.2f}")
ax.legend(loc="upper center", ncols=2)
present(figure, "01_ring.png")
