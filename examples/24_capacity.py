# %% [markdown]
# # Capacity: how near do small networks come?
# The theory lets G and D be any functions. Here both are broken lines with few kinks, and $p_{data}$ has three
# narrow modes. What G can't make, and what D can't see, stays in $C(G)$; V tells only what D sees.

# %% 1. $C(G) + log 4 = 2 JSD$, from both densities; and $V + log 4$, from D: the middle one of five seeds
import matplotlib.pyplot as plt
import numpy as np

from tinygan import data, theory
from tinygan.show import present
from tinygan.theory.capacity import P_DATA, grid

games = grid(widths_G=(2, 8, 32), widths_D=(1, 4, 32))
for (width_G, width_D), game in games.items():
    print(f"G {width_G:2} units, D {width_D:2}   C + log 4 = {game.C + np.log(4):.2f}"
          f"   V + log 4 = {game.V + np.log(4):5.2f}")

# %% 2. A D of one unit, whose logit has one kink: V says "done", and $p_g$ is far from $p_{data}$
blind = games[32, 1]
print("G 32 units, D 1:  V =", round(blind.V, 3), "  -log 4 =", round(-np.log(4), 3), "  C(G) =", round(blind.C, 3))
x = np.linspace(-3, 3, 601)
print("its D(x) lies from", blind.D(x[:, None]).min().round(3), "to", blind.D(x[:, None]).max().round(3), "(logits)")

# %% 3. Look: $p_g$ of small and of wide networks. (With both tables: .venv/bin/tinygan theory capacity)
figure, axes = plt.subplots(3, 3, figsize=(9, 6), sharex=True, sharey=True, layout="constrained")
for ax, ((width_G, width_D), game) in zip(axes[::-1].ravel(), games.items()):
    ax.fill_between(x, P_DATA.density(x[:, None]), color="#0072B2", alpha=0.2)
    ax.plot(x, theory.pushforward(game.G, data.Normal(1), x), color="#D55E00", linewidth=2)
    ax.set(title=f"G {width_G}, D {width_D}: {game.C + np.log(4):.2f}", ylim=(0, 1), yticks=[])
present(figure, "24_capacity.png")
