# %% [markdown]
# # No Markov chain: what an example costs
# Many generative models are sampled by a Markov chain: a long walk, each place near the one before. G needs one
# forward pass, and its examples have nothing to do with each other. Here are both, on eight narrow modes.

# %% 1. A chain in ten lines. (Metropolis. It needs the density, here the true one, and no training)
from timeit import repeat

import matplotlib.pyplot as plt
import numpy as np

import tinygan as tg
from tinygan.show import present

p_data = tg.data.ring_of_gaussians()
def metropolis(x, steps, width, rng):
    """All chains at once, from x, (chains, 2): their places after each step, (steps, chains, 2)."""
    path, p_x = [], p_data.density(x)
    for _ in range(steps):
        y = x + width * rng.standard_normal(x.shape)                # a place to try …
        p_y = p_data.density(y)
        taken = rng.random(len(x)) * p_x < p_y                      # … taken with the probability min(1, p(y) / p(x))
        x, p_x = np.where(taken[:, None], y, x), np.where(taken, p_y, p_x)
        path.append(x)
    return np.array(path)

# %% 2. How many steps to an independent example? $1 + 2 Σ ρ_t$, with $ρ_t$ the correlation t steps apart
chains, steps = 200, 4000
for width in (0.035, 1.5):                                          # of seven tried, the best in a mode, and across
    path = metropolis(p_data.sample(chains, 0), steps, width, np.random.default_rng(0))
    mode = np.round(np.arctan2(path[:, :, 1], path[:, :, 0]) / (np.pi / 4)).astype(int) % 8
    print(f"width {width:5}: {(path[1:, :, 0] != path[:-1, :, 0]).mean():.4f} of the steps taken, "
          f"{(mode[1:] != mode[:-1]).sum()} changes of mode in {chains * steps:,} steps")
    if width < 1:
        within = (path - p_data.means[mode])[:, :, 0]
        tau = 1 + 2 * sum(np.mean(within[t:] * within[:-t]) / np.mean(within**2) for t in range(1, 60))
        print(f"              in its mode, an independent example every {tau:.1f} steps")

# %% 3. G: trained once; then one pass for each example, in any mode
run = tg.recipes.run("ring8")
z, x = run.game.noise.sample(10_000, 1), run.sample(10_000, 1)
mode = ((x[:, None] - p_data.means)**2).sum(axis=2).argmin(axis=1)
print(f"G: {run.metrics['modes with 20 good']:.0f} modes, {run.metrics['good']:.2f} good (of the chain's .99: they are "
      f"exact). The next in the same mode: {(mode[1:] == mode[:-1]).mean():.3f} (1/8 if independent)")

# %% 4. The price of an example, 10 000 at a time: one pass of G, or `tau` steps of as many chains
places, rng = p_data.sample(len(z), 0), np.random.default_rng(0)
pass_of_G = min(repeat(lambda: run.game.G(z), number=1, repeat=20))
step_of_chain = min(repeat(lambda: metropolis(places, 5, 0.035, rng), number=1, repeat=5)) / 5
print(f"a step of the chain takes {step_of_chain / pass_of_G:.2f} passes of G, an independent example of the same mode "
      f"{tau * step_of_chain / pass_of_G:.1f} passes; one of another mode never came")

# %% 5. Look: 2000 steps of the narrow chain, and as many examples of G
figure, axes = plt.subplots(ncols=2, figsize=(9, 4.6), sharex=True, sharey=True, layout="constrained")
walk = metropolis(p_data.means[:1], 2000, 0.035, np.random.default_rng(0))[:, 0]
for ax, points, title in zip(axes, (walk, x[:2000]), ("2000 steps of one chain", "2000 passes of G")):
    ax.plot(*p_data.means.T, "o", color="#0072B2", markersize=16, alpha=0.3)
    ax.scatter(*points.T, s=3, color="#D55E00")
    ax.set(aspect="equal", title=title, xlabel="$x_1$", ylabel="$x_2$")
present(figure, "34_sampling.png")
