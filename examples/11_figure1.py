# %% [markdown]
# # Figure 1 of the paper, live
# G turns one number z into one number x. Both densities are exact, so all of the theory can be
# watched: D rising to $D^*$, $p_g$ moving to where D says "real", and both coming to rest.

# %% 1. Train by Algorithm 1, and stop at the four moments of the figure
import matplotlib.pyplot as plt

from tinygan.show import present
from tinygan.theory import figure1

moments = figure1.moments(seed=0)

# %% 2. How near is each to the solution $p_g = p_{data}$, $D = 1/2$, $V = −log 4$?
for frame in moments:
    jsd, V, D = frame.measures.values()
    print(f"({frame.letter})  JSD {jsd:.4f}   V + log 4 {V:+.4f}   max |D - 1/2| {D:.3f}   {frame.doing}")

# %% 3. Theorem 1 can be read off (b). There D is nearly $D^*$, so V is nearly $−log 4 + 2 JSD$
jsd, V, _ = moments[1].measures.values()
print(f"(b): V + log 4 = {V:.4f}, 2 JSD = {2 * jsd:.4f}")

# %% 4. Look, in the paper's colours. (All of it, moving: `.venv/bin/tinygan theory figure1 --gif`)
figure, axes = plt.subplots(ncols=4, figsize=(11, 3.2), sharey=True, layout="constrained")
for ax, frame in zip(axes, moments):
    ax.plot(figure1.X, frame.p_g, color="green", linewidth=2.5, label="$p_g$")
    ax.plot(figure1.X, frame.p_data, ":", color="black", linewidth=3, label=r"$p_\mathrm{data}$")
    ax.plot(figure1.X, frame.D, "--", color="blue", label="$D$")
    seen = frame.p_data + frame.p_g > 0.002              # elsewhere there are no x, and D* means nothing
    ax.plot(figure1.X[seen], frame.D_star[seen], color="#999999", label="$D^*$")
    ax.set(title=f"({frame.letter})", xlabel="$x$")
axes[0].legend(frameon=False)
present(figure, "11_figure1.png")
