# %% [markdown]
# # Saturation: a sure D leaves $log(1 − D)$ almost no gradient
# G begins as a small blob inside the ring, and D alone is trained until it is nearly certain.
# Then both objectives look at the same blob through the same D, and G takes 250 steps by each.

# %% 1. D runs ahead; G has not moved yet
import matplotlib.pyplot as plt
import numpy as np

from tinygan import sigmoid
from tinygan.recipes import failures
from tinygan.show import present

pair = failures.start("saturation", seed=0)
print(f"mean D(G(z)) = {sigmoid(pair.broken.logits(pair.before)).mean():.1e}")

# %% 2. Where each objective sends the same 1000 examples: the arrows $−∂L/∂G(z)$
for run in pair.runs:
    length = np.linalg.norm(pair.arrows[run], axis=1).mean()
    print(f"{run.game.objective:15}  mean length of an arrow {length:.1e}")

# %% 3. The reason: one slope fades. $∂ log(1 − D)/∂a = −D$ fades as $D → 0$, and $∂ (−log D)/∂a = −(1 − D)$ does not
for run in pair.runs:
    pair.train(run)
    moved = np.linalg.norm(run.generate(pair.z) - pair.before, axis=1).mean()
    print(f"{run.game.objective:15}  after {run.iterations} steps G(z) has moved by {moved:.3f}; "
          "the ring's radius is 1.1")

# %% 4. Look: arrows before, examples after. (With D and the curves: `.venv/bin/tinygan train ring --break saturation`)
figure, axes = plt.subplots(2, 2, figsize=(8, 7.5), layout="constrained")
real, longest = pair.broken.data.sample(1000, rng=1), max(np.abs(each).max() for each in pair.arrows.values())
for (before, after), run in zip(axes, pair.runs):
    for ax in (before, after):
        ax.scatter(*real.T, s=4, color="#0072B2")
        ax.set(aspect="equal", xlim=(-1.7, 1.7), ylim=(-1.7, 1.7))
    before.quiver(*pair.before[:40].T, *pair.arrows[run][:40].T, angles="xy", scale_units="xy", scale=longest,
                  width=0.008)
    before.set_title(f"{run.game.objective}: the first arrows")
    after.scatter(*run.generate(pair.z).T, s=4, color="#D55E00")
    after.set_title(f"{run.game.objective}: 250 steps later")
present(figure, "14_saturation.png")
