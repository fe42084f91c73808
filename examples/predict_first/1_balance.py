# %% [markdown]
# # Predict first: V at the balance
# A run of the ring ends with D(x) = D(G(z)) = 1/2 and $V = −log 4$, the numbers of Theorem 1. How good are the
# examples? First say what you expect. (`--no-questions` asks nothing.)

# %% 1. Ask
import matplotlib.pyplot as plt
import numpy as np

from tinygan.classroom.predictions import ask
from tinygan.recipes import failures
from tinygan.show import present, style
from tinygan.show.answers import answers

given = ask("balance", """A GAN is trained on a ring of points, for 1,500 iterations. At the end
  D says 1/2 to each real and each generated example, and V = -1.3863 = -log 4.
  99 % of the real points lie in a narrow ring, at radii from 1.01 to 1.33.
  What percentage of the generated points lie in that ring?""", unit="%", least=0, most=100)

# %% 2. Train, and count
run = failures.start("dead-d", seed=0, iterations=1500).broken
run.train()
r = np.hypot(*run.sample(20_000, rng=1).T)
truth = 100 * np.mean((1.01 <= r) & (r <= 1.33))
print(f"V = {run.history['V'][-1]:.4f}, and {truth:.1f} % of the generated points lie in the ring")

# %% 3. Look: D is dead. Theorem 1 is about the best D. (More: examples/16_value_is_no_proof.py)
plt.rcParams.update(style.SLIDE)
figure, (ax, plane) = plt.subplots(ncols=2, figsize=style.SIZE)
answers(ax, given, truth, 0, 100, "%")
plane.scatter(*run.data.sample(1000, rng=2).T, s=8, color=style.REAL, label="real")
plane.scatter(*run.sample(1000, rng=1).T, s=8, color=style.GENERATED, label="generated")
plane.set(title=f"What happened: V = {run.history['V'][-1]:.4f}, and D is dead", aspect="equal",
          xlim=(-1.9, 1.9), ylim=(-1.9, 1.9))
plane.legend(loc="upper right", markerscale=3)
present(figure, "predict_1_balance.png")
