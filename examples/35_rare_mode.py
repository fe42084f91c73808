# %% [markdown]
# # A rare mode
# One example in twenty lies on a second mode, far away. Without help G never finds it. At the end D knows very well
# where it is. Why does G not go there? Because G learns from the slope of D where G's own examples are.

# %% 1. Two runs from the same networks: without and with a penalty on D's slope
import matplotlib.pyplot as plt
import numpy as np

import tinygan as tg
from tinygan import theory
from tinygan.recipes import failures
from tinygan.show import present

pair = failures.start("rare-mode", seed=0)
runs = {"broken: r1 = 0": pair.broken, "mended: r1 = 1": pair.mended}
rare = pair.broken.data.means[1]

# %% 2. Train, and look on the way: where are G's examples, and how strongly does their loss, $-\log D$, pull at them?
places = {"common": (-9, -1), "between": (-1, 1), "rare": (1, 9)}                # in x₁
for label, run in runs.items():
    print(f"{label}\n  iteration   D there   share of G(z) {', '.join(places)}   mean pull on G(z) to the right")
    for t in (25, 100, 300, 700, 1500, 5000):
        run.train(lambda game: game.iteration >= t)
        x = run.generate(pair.z)                                                         # (1000, 2)
        a_fake = run.game.D.forward(run.seen(x).astype(np.float32))
        da = -len(x) * tg.generator_gradient(a_fake)                                     # 1 − D, for each example
        pull = run.game.D.backward(da, weights=False)[:, 0] / run.game.data.std[0]       # per unit of x₁
        shares = [np.mean((x[:, 0] > low) & (x[:, 0] <= high)) for low, high in places.values()]
        print(f"  {t:9}   {tg.sigmoid(run.logits([rare])).item():7.4f}  ", *(f"{share:14.1%}" for share in shares),
              f"  {pull.mean():+.3f}")

# %% 3. If all of G is on the common mode, Theorem 1 says what V is with the best D: hardly more than $-\log 4$
p_data, p_g = np.array([0.95, 0.05]), np.array([1.0, 0.0])
print(f"C = {theory.criterion(p_data, p_g):.3f}, -log 4 = {-np.log(4):.3f}")
for label, run in runs.items():
    print(f"{label}: V = {run.history['V'][-20:].mean():.3f}")

# %% 4. Look: D's logit along the line from one mode to the other. Without the penalty it is steep where no G(z) is
x = np.linspace(-3, 3, 300)
figure, axes = plt.subplots(ncols=2, figsize=(9.5, 4.2), sharey=True, layout="constrained")
for ax, (label, run) in zip(axes, runs.items()):
    ax.plot(x, run.logits(np.column_stack([x, 0 * x])), color="black", linewidth=2, label="D's logit $a$")
    for y, points, colour, name in ((-2.5, run.data.sample(1000, rng=1), "#0072B2", "real $x$"),
                                    (-3.7, run.generate(pair.z), "#D55E00", "$G(z)$")):
        ax.scatter(points[:, 0], np.full(1000, y), s=130, marker="|", color=colour, label=name)
    ax.axhline(0, color="#444444", linestyle="--", linewidth=0.8)
    ax.set(title=label, xlabel="$x_1$", xlim=(-3, 3))
axes[1].legend(loc="upper left", frameon=False)
present(figure, "35_rare_mode.png")
