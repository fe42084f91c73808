# %% [markdown]
# # Sharp, even degenerate: a point, and a line without thickness
# Neither has a density, so no likelihood can be computed, and no chain that tries steps in the plane can walk there.
# Algorithm 1 asks for examples alone. It learns both as it stands, although $C(G)$ is 0 for every G on the way.

# %% 1. The data: one point, again and again; a segment of length 3.35 with nothing beside it
import matplotlib.pyplot as plt
import numpy as np

import tinygan as tg
from tinygan.show import present
from tinygan.theory.supports import parallel_lines

start, along = np.array([-1.5, -0.75]), np.array([3.0, 1.5])
class Segment:
    dim = 2
    def sample(self, m, rng):
        return start + rng.random((m, 1)) * along

DATA = {"point": np.array([[1.0, -1.0]]), "segment": Segment()}
def away(x, name):
    """How far each row of x is from the data."""
    t = np.clip((x - start) @ along / (along @ along), 0, 1)[:, None]            # the nearest place on the segment
    return np.linalg.norm(x - (DATA["point"] if name == "point" else start + t * along), axis=1)

# %% 2. Algorithm 1, with noise on a line; every 100 iterations we look how far G's examples are from the data
def play(name, seed, iterations=3000):
    rng = np.random.default_rng(seed)
    G = tg.MLP([1, 48, 48, 2], hidden="relu", bias_spread=1, dtype=np.float32, rng=rng)
    D = tg.MLP([2, 48, 48, 1], hidden="leaky_relu", bias_spread=1, dtype=np.float32, rng=rng)
    game = tg.Algorithm1(G, D, DATA[name], tg.data.Uniform(1), m=128, lr_d=0.1, lr_g=0.02, momentum=0.5,
                         max_norm=(0.8, 2.5), schedule="linear", iterations=iterations, rng=rng)
    z, distance = np.linspace(-1, 1, 2000)[:, None], []             # evenly spaced noise: G(z) is p_g without luck
    history = game.train(iterations, callback=lambda game: distance.append(np.median(away(G(z), name))))
    return G(z).astype(float), np.array(distance), history
runs = {name: [play(name, seed) for seed in range(3)] for name in DATA}
for name in DATA:
    for seed, (x, distance, history) in enumerate(runs[name]):
        t = np.sort((x - start) @ along / (along @ along))          # of the segment even from 0 to 1, if p_g is p_data
        spread = f"   uneven by {abs(t - np.linspace(0, 1, 2000)).max():.3f}" if name == "segment" else ""
        print(f"{name:7} seed {seed}   distance from the data: median {distance[-1]:.4f}, worst "
              f"{away(x, name).max():.3f}   V {history['V'][-1]:.3f}{spread}")

# %% 3. $D^*$ meanwhile says nothing: at any distance but 0 it is perfect, and $C(G) = 0$. Our D is a network, not $D^*$
for t, distance, V in list(zip(range(100, 3001, 100), runs["point"][0][1], runs["point"][0][2]["V"]))[4::5]:
    print(f"iteration {t:4}   distance {distance:.4f}   C(G) {parallel_lines(distance).C:.0f}   V with our D {V:.3f}")

# %% 4. Look
figure, (plane, ax) = plt.subplots(ncols=2, figsize=(11, 4.5), layout="constrained")
plane.plot(*np.array([start, start + along]).T, color="#0072B2", linewidth=8, alpha=0.4, label="real: a segment")
plane.plot(*DATA["point"].T, "o", color="#0072B2", markersize=15, alpha=0.4, label="real: a point")
for name, style in (("point", "--"), ("segment", "-")):
    x, distance, history = runs[name][0]
    plane.scatter(*x.T, s=4, color="#D55E00", zorder=3, label="generated" if name == "point" else None)
    ax.semilogy(history["iteration"], distance, style, color="#D55E00", linewidth=2.5, label=name)
plane.set(aspect="equal", xlabel="$x_1$", ylabel="$x_2$", ylim=(-1.6, 2.8), title="no density …")
ax.set(xlabel="iteration", ylabel="median distance of G(z) from the data", title="… and learned all the same")
plane.legend(frameon=False, loc="upper left"), ax.legend(frameon=False)
present(figure, "33_degenerate.png")
