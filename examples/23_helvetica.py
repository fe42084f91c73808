# %% [markdown]
# # The Helvetica scenario: G is trained on while D rests
# Each $G(z)$ is pushed up D's logit $a(x)$. If a has a peak, all z end there: "G collapses too many values of z
# to the same value of x". If it has none, G runs away. With D moving in between, neither happens.

# %% 1. D is trained alone, near to $D^*$. Where its logit $log p_{data} − log p_g$ is largest depends on which is wider
import matplotlib.pyplot as plt
import numpy as np

from tinygan.show import present
from tinygan.theory.helvetica import X, share, train_generator

narrow, wide = train_generator(spread=0.3), train_generator(spread=3)
for name, climb in (("narrow", narrow), ("wide", wide)):
    a = np.interp([-6, -3, 0, 3, 6], X, climb.a)
    print(f"p_g {name:6}   a at x = -6, -3, 0, 3, 6: {np.round(a, 1)}   largest from -12 to 12: at {climb.peak:.2f}")

# %% 2. G alone, 2000 steps: away from a narrow start, and from a wide one to the peak
for name, climb in (("narrow", narrow), ("wide", wide)):
    for step, x in list(zip(climb.steps, climb.x))[::16]:
        print(f"p_g {name:6}   step {step:4}   mean {x.mean():9.2f}   std {x.std():.3f}"
              f"   share of z on one x (within 0.2) {share(x):.2f}")

# %% 3. The same two starts, with one step of D before each of G's
for name, spread in (("narrow", 0.3), ("wide", 3)):
    moving = train_generator(spread, k=1)
    x = moving.x[-1]
    print(f"p_g {name:6}   k = 1   mean {x.mean():.2f}   std {x.std():.3f}   share of z on one x {share(x):.2f}")

# %% 4. Look. (With the start that runs away: .venv/bin/tinygan theory helvetica)
figure, (rests, moves) = plt.subplots(ncols=2, figsize=(9, 4.5), sharey=True, layout="constrained")
for ax, climb, title in ((rests, wide, "D rests"), (moves, moving, "D moves, k = 1")):
    ax.plot(climb.x[:, 1::4], climb.steps + 1, color="#D55E00", linewidth=1)
    ax.set(title=title, xlabel="$G(z)$ of 25 equally likely $z$", yscale="log", xlim=(-7, 7))
rests.plot(wide.peak, 2000, "o", color="#009E73", markersize=10, label="the peak of D's logit")
rests.set_ylabel("steps of G, from 1")
rests.legend(loc="upper right")
present(figure, "23_helvetica.png")
