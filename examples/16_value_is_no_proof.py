# %% [markdown]
# # V is no proof
# Theorem 1 is about the best D: with it, $V = −log 4$ if and only if $p_g = p_{data}$. A dead D,
# which says 1/2 to everything, gives $V = −log 4$ as exactly as floats can, whatever G makes.

# %% 1. One knob: `lr_d=5` kills D's rectifiers, and soon. The recipe's own rate, 0.4, does not
import matplotlib.pyplot as plt
import numpy as np

from tinygan import metrics
from tinygan.recipes import failures
from tinygan.show import present

pair = failures.start("dead-d", seed=0, iterations=3000)
for run in pair.runs:
    pair.train(run)

# %% 2. By V alone the dead one wins
for word, run in zip(("dead", "alive"), pair.runs):
    V, spread = run.history["V"][-1], run.history["D_spread"][-1]
    r = metrics.radius(run.sample(20_000, rng=1))
    jsd = metrics.histogram_jsd(r, run.data.radius_density, 0.8, 1.6, bins=40)
    print(f"D {word:5}  V + log 4 = {V + np.log(4):+.1e}   spread of D {spread:.1e}   JSD of the radius {jsd:.3f} nats")

# %% 3. What to ask instead: does D look at its input at all? If not, its spread over a batch is 0 and stays 0
last = np.flatnonzero(pair.broken.history["D_spread"] > 1e-6)[-1]
print("the last sign of life in D: iteration", int(pair.broken.history["iteration"][last]))

# %% 4. Look. (With the samples and D over the plane: `.venv/bin/tinygan train ring --break dead-d`)
figure, axes = plt.subplots(2, 2, figsize=(9, 5), sharex=True, layout="constrained")
for (ax_V, ax_spread), word, run in zip(axes.T, ("dead", "alive"), pair.runs):
    t = run.history["iteration"]
    ax_V.plot(t, run.history["V"], color="black")
    ax_V.axhline(-np.log(4), color="#444444", linestyle="--")
    ax_V.set(title=f"D {word}: {pair.knobs(run)}", ylabel="V (nats)", ylim=(-2, 0))
    ax_spread.plot(t, run.history["D_spread"], color="#0072B2")
    ax_spread.set(ylabel="spread of D", xlabel="iteration", ylim=(-0.02, 0.3))
present(figure, "16_value_is_no_proof.png")
