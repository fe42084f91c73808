# %% [markdown]
# # Bad luck or a bad setting?
# One run says little: a poor setting has lucky seeds and a good one may have an unlucky one.
# So ask ten. Here two settings of one knob, the cap on D's weights, on the same ten seeds.

# %% 1. Short runs of the ring of eight modes: how many modes hold at least 20 of 2500?
import matplotlib.pyplot as plt
import numpy as np

from tinygan import metrics, recipes
from tinygan.show import present

ITERATIONS = 2000


def found(seed, max_norm):
    run = recipes.start("ring8", seed, ITERATIONS, settings={"max_norm": max_norm})
    run.train()
    return metrics.modes(run.sample(2500, rng=1), run.data, least=20).captured


# %% 2. Ten seeds each
settings = {"no cap": None, "max_norm = 2": 2.0}
modes = {label: np.array([found(seed, cap) for seed in range(10)]) for label, cap in settings.items()}
for label, counts in modes.items():
    print(f"{label:16} modes by seed {counts.tolist()}   "
          f"median {np.median(counts):.1f}, worst {counts.min()}, best {counts.max()}")

# %% 3. Had you tried one seed each: how often would the worse setting have looked at least as good?
fooled = np.mean(modes["no cap"][:, None] >= modes["max_norm = 2"])
print(f"no cap is at least as good as max_norm = 2 in {fooled:.0%} of the pairs of single runs")

# %% 4. Look: each dot is a seed
figure, ax = plt.subplots(figsize=(7, 5), layout="constrained")
for i, (label, counts) in enumerate(modes.items()):
    ax.plot(i + np.linspace(-0.2, 0.2, 10), counts, "o", color="#D55E00", markersize=9)
    ax.hlines(np.median(counts), i - 0.3, i + 0.3, color="black")
ax.set(xticks=range(2), xticklabels=modes, xlim=(-0.6, 1.6), ylim=(-0.5, 8.5), ylabel="modes of 8 with 20 examples",
       title=f"one dot is one seed, the line is the median ({ITERATIONS:,} iterations)")
present(figure, "17_luck.png")
