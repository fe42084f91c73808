# %% [markdown]
# # Collapse, and the cap that cures it
# Eight narrow modes. A D that may become as steep as it likes sends all of G's examples to one
# mode, learns that this mode is now full, and chases them on. Cap its weights: same seed, all eight.

# %% 1. One recipe, twice from the same networks: without the cap on D's weight columns, and with it
import matplotlib.pyplot as plt

from tinygan import metrics, recipes
from tinygan.show import present

broken = recipes.start("ring8", seed=0, iterations=8000, settings={"max_norm": None})
mended = recipes.start("ring8", seed=0, iterations=8000)       # the recipe lets the cap rise from 0.6 to 1.45
broken.train()
mended.train()

# %% 2. How many of the eight have at least 20 of 2500 examples within 3 std?
samples = {"broken: no cap": broken.sample(2500, rng=1), "mended: cap from 0.6 to 1.45": mended.sample(2500, rng=1)}
for label, x in samples.items():
    found = metrics.modes(x, broken.data, least=20)
    print(f"{label:30} {found.captured} modes, {found.good:.0%} good, counts {found.counts.tolist()}")

# %% 3. Nor does G rest on those modes: raise the rates, which have fallen to 0, and look three times more
broken.game.schedule = "constant"
for _ in range(3):
    broken.game.train(250)
    print("without the cap, a moment later:", metrics.modes(broken.sample(2500, rng=1), broken.data).counts.tolist())

# %% 4. Look. (With D and the curves: .venv/bin/tinygan train ring8 --break collapse)
figure, axes = plt.subplots(ncols=2, figsize=(11, 5.5), layout="constrained")
for ax, (label, x) in zip(axes, samples.items()):
    ax.scatter(*broken.data.means.T, s=250, facecolors="none", edgecolors="#0072B2", linewidths=2,
               label="the modes of $p_\\mathrm{data}$")
    ax.scatter(*x.T, s=6, color="#D55E00", label="generated")
    ax.set(title=label, aspect="equal", xlim=(-2.6, 2.6), ylim=(-2.6, 2.6))
axes[0].legend(loc="upper left")
present(figure, "13_collapse.png")
