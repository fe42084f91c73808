# %% [markdown]
# # Measures, and the floor under them
# Is a precision of 0.95 good? Only beside what real data score against real data: even a real
# sample seldom scores the ideal. Here four measures of one trained G, each with its floor.

# %% 1. Train on two moons, for a third of the recipe's time
import matplotlib.pyplot as plt
import numpy as np

from tinygan import metrics, recipes
from tinygan.show import present

run = recipes.start("moons", seed=0, iterations=2500)
run.train()
moons, rng = run.data, np.random.default_rng(1)


# %% 2. Each measure takes two samples: one to judge, and one of real data
def measures(judged, real):
    half = len(real) // 2
    parzen = metrics.parzen(judged, real[:half], real[half:], sigmas=np.geomspace(0.02, 1, 14))
    precision, recall = metrics.precision_recall(judged, real)
    return precision, recall, metrics.grid_jsd(judged, real, -2, 2), parzen.log_likelihood


# %% 3. The floor: the same measures between two real samples, ten times
n = 1000
scores = measures(run.sample(n, rng), moons.sample(n, rng))
floor = metrics.floor(measures, moons, n, repeats=10, rng=rng)
names = ["precision", "recall", "JSD on a grid", "Parzen, in nats"]
print(f"{'':28}  generated   real data: median, range of 10 pairs")
for i, name in enumerate(names):
    print(f"{name:28}  {scores[i]:9.4f}   {floor.median[i]:9.4f}   {floor.low[i]:.4f} to {floor.high[i]:.4f}")

# %% 4. One measure alone misleads: twenty real points, repeated, have a high precision
moved = moons.sample(n, rng) + 0.5
repeated = np.repeat(moons.sample(20, rng), n // 20, axis=0)
for label, judged in (("moved by 0.5", moved), ("real, but 20 only", repeated)):
    print(f"{label:28}", *(f"{value:9.4f}" for value in measures(judged, moons.sample(n, rng))))

# %% 5. Look: the bands are real data, the dots are G
figure, axes = plt.subplots(ncols=4, figsize=(10, 3.5), layout="constrained")
for i, ax in enumerate(axes):
    ax.axhspan(floor.low[i], floor.high[i], color="#0072B2", alpha=0.3, label="real data")
    ax.plot(0, scores[i], "o", markersize=12, color="#D55E00", label="generated")
    ax.set(title=names[i], xticks=[], xlim=(-1, 1))
    ax.margins(y=0.4)
axes[0].legend(frameon=False)
present(figure, "12_measures.png")
