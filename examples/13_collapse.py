# %% [markdown]
# # Collapse, and the cap that cures it
# Eight narrow modes. A D that may become as steep as it likes throws G's examples about, until they
# all sit on one mode. Cap D's weights, and the same seed finds all eight.

# %% 1. One recipe, twice from the same networks. Once without the cap on D's weight columns, and once with it
import matplotlib.pyplot as plt
import numpy as np

from tinygan import metrics, recipes
from tinygan.show import present

broken = recipes.start("ring8", seed=0, settings={"max_norm": None})
mended = recipes.start("ring8", seed=0)                        # the recipe lets the cap rise from 0.6 to 1.45
labels = {"broken: no cap": broken, "mended: cap from 0.6 to 1.45": mended}

# %% 2. Early on, before anything has collapsed. Which way does D's logit rise at 500 examples of G, and how steeply?
for label, run in labels.items():
    run.train(lambda game: game.iteration >= 1900)             # stop there
    D, x = run.game.D, run.game.G(run.game.noise.sample(500, 0))
    D.forward(x)
    slopes = D.backward(np.ones((500, 1), np.float32), weights=False) / run.game.data.std        # ∂a/∂x, in x's units
    steep = np.linalg.norm(slopes, axis=1)
    alike = np.linalg.norm(np.mean(slopes / steep[:, None], axis=0))
    print(f"{label:30} steepness {steep.mean():4.1f}   directions alike {alike:.2f} (0: all ways, 1: one way)")

# %% 3. And in the end? How many of the eight have at least 20 of 2500 examples within 3 std?
for label, run in labels.items():
    run.train()
    found = metrics.modes(run.sample(2500, rng=1), run.data, least=20)
    print(f"{label:30} {found.captured} modes, {found.good:.0%} within 3 std of one, counts {found.counts.tolist()}")

# %% 4. Look. (With D and the curves: `.venv/bin/tinygan train ring8 --break collapse`)
figure, axes = plt.subplots(ncols=2, figsize=(8.5, 4.4), layout="constrained")
for ax, (label, run) in zip(axes, labels.items()):
    ax.scatter(*run.data.means.T, s=250, facecolors="none", edgecolors="#0072B2", linewidths=2,
               label="the modes of $p_\\mathrm{data}$")
    ax.scatter(*run.sample(2500, rng=1).T, s=6, color="#D55E00", label="generated")
    ax.set(title=label, aspect="equal", xlim=(-2.6, 2.6), ylim=(-2.6, 2.6))
axes[0].legend(loc="center")
present(figure, "13_collapse.png")
