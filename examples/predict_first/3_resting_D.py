# %% [markdown]
# # Predict first: G trains on while D rests
# D was trained alone and is nearly the best D there is. Now it rests, and G makes 2000 steps. Where do the $G(z)$ go?
# First say what you expect. (`--no-questions` asks nothing.)

# %% 1. Ask
import matplotlib.pyplot as plt
import numpy as np

from tinygan.classroom.predictions import ask
from tinygan.show import present, style
from tinygan.show.answers import choices
from tinygan.theory.helvetica import share, train_generator

texts = {"a": "to p_data: D is nearly the best D",
         "b": "they hardly move: the gradient is soon 0",
         "c": "all to one and the same x",
         "d": "round and round, and never to rest"}
given = ask("resting D", """The data are one hump, about N(0, 1). G's examples are three times as wide.
  D is trained alone until it is nearly D*. Then D rests, and G alone makes 2,000 steps
  down log(1 - D). Where do the G(z) go?""", texts)

# %% 2. Train G alone
climb = train_generator(spread=3)
print(f"std of G(z): {climb.x[0].std():.2f} at the start, {climb.x[-1].std():.3f} at the end; "
      f"share of z on one x (within 0.2): {share(climb.x[-1]):.2f}")

# %% 3. Look: the Helvetica scenario of section 6; each z climbs to the peak of D. (More: examples/23_helvetica.py)
plt.rcParams.update(style.SLIDE)
figure, (ax, paths) = plt.subplots(ncols=2, figsize=style.SIZE)
choices(ax, given, "c", texts)
lines = paths.plot(climb.x[:, 1::4], climb.steps + 1, color=style.GENERATED, linewidth=2)
top = paths.axvline(climb.peak, color=style.GREEN, linestyle="--", linewidth=3)
rng = np.random.default_rng(0)
real = paths.scatter(rng.normal(0, 0.98, 60), np.full(60, 0.75), marker="|", s=300, color=style.REAL, clip_on=False)
paths.set(title="What happened: p_g becomes one point", xlabel="$x$", yscale="log", xlim=(-7, 7), ylim=(0.7, 2001),
          ylabel="steps of G, from 1")
paths.legend([lines[0], top, real], ["$G(z)$ of 25 $z$", "where D is largest", "real"], loc="upper right")
present(figure, "predict_3_resting_D.png")
