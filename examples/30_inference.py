# %% [markdown]
# # From x back to z
# G makes x from z, and can't be asked for the z of an x. But pairs $(z, G(z))$ can be had in any number: a network E
# learns from them, once G has finished. Test: draw $G(E(x))$ beside x. Where two z make one x, E can't know which.

# %% 1. The exact case first: $G(z) = 2z$, which E can undo, and $G(z) = |z|$, which folds z and $−z$ on one x
import matplotlib.pyplot as plt
import numpy as np

import tinygan as tg
from tinygan.beyond.inference import train_inference
from tinygan.show import present

seed = 0
double, fold = tg.MLP([1, 1]), tg.MLP([1, 2, 1], "relu")
double.theta, fold.theta = [2, 0], [1, -1, 0, 0, 1, 1, 0]      # |z| = max(z, 0) + max(−z, 0)
for name, G in (("2z", double), ("|z|", fold)):
    E = tg.MLP([1, 16, 1], "tanh", rng=1)
    loss = train_inference(E, G, tg.data.Normal(1), iterations=1500, rng=2)[-100:].mean()
    at = np.array([[1.5]])
    print(f"x = {name:3}  loss {loss:.3f}   E(1.5) = {E(at).item():5.2f}   G(E(1.5)) = {G(E(at)).item():.2f}")

# %% 2. A G that makes digits, and E: 256 pixels → the 10 numbers of z. Knowing nothing, $E = 0$, has $L = 10/2$
run = tg.recipes.start("glyphs", seed=seed, iterations=3000)
run.train()
G, noise = run.game.G, run.game.noise
E = tg.MLP([G.widths[-1], 256, G.widths[0]], "relu", dtype=np.float32, rng=[seed, 1])
losses = train_inference(E, G, noise, iterations=2000, rng=[seed, 2])
measured = {"L at the end": losses[-100:].mean()}

# %% 3. How far is $G(E(x))$ from x? Beside it: the nearest of 20 000 generated pictures, and the mean picture
training, digit = run.data.training()
many, (real, its_digit) = G(noise.sample(20_000, [seed, 3])), run.data.test(500)
for name, x in (("generated", G(noise.sample(500, [seed, 4]))), ("real, held out", real)):
    for how, again in (("G(E(x))", G(E(x))), ("nearest of 20 000", many[tg.metrics.nearest(x, many)[0]]),
                       ("the mean picture", training.mean(axis=0))):
        measured[f"{name}: {how}"] = np.median(np.linalg.norm(again - x, axis=1))
measured["real: G(E(x)) has its digit"] = np.mean(digit[tg.metrics.nearest(G(E(real)), training)[0]] == its_digit)
for name, value in measured.items():
    print(f"{name:36} {value:.2f}")

# %% 4. Look: x above, $G(E(x))$ below; none of them picked
plt.rc("font", size=13)
figure, axes = plt.subplots(2, 1, figsize=(10, 4.3), layout="constrained")
for ax, name, x in zip(axes, ("generated x: made by this G", "real x: G never saw it"),
                       (G(noise.sample(14, [seed, 5])), real[:14])):
    strip = lambda pictures: np.hstack([each.reshape(run.data.shape) for each in pictures])
    ax.imshow(np.vstack([strip(x), strip(G(E(x)))]), cmap="gray_r", vmin=0, vmax=1)
    ax.set(xticks=[], yticks=[8, 24], yticklabels=["x", "G(E(x))"])
    ax.set_title(name, color="#D55E00" if "generated" in name else "#0072B2", fontsize=15)
present(figure, "30_inference.png")
