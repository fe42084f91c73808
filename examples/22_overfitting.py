# %% [markdown]
# # D overfits: few stored examples, and a D that learns them by heart
# G is perfect here: $p_g = p_{data}$. The best D is 1/2 everywhere, and $V = −log 4$. But D sees only the stored
# examples, and trained for long it tells them from all others, real or generated.

# %% 1. Twenty stored examples; V on these, and V of the same D on fresh real ones
import matplotlib.pyplot as plt
import numpy as np

from tinygan import sigmoid
from tinygan.show import present
from tinygan.theory.overfitting import memorise

runs = {stored: memorise(stored) for stored in (20, 200, 2000)}
few = runs[20]
for step, V_stored, V_fresh in zip(few.steps, few.V_stored, few.V_fresh):
    if step in (11, 109, 1310, 3000):
        print(f"after {step:4} steps   V on the 20 stored {V_stored:6.3f}   on fresh ones {V_fresh:6.3f}")

# %% 2. With more stored examples there is less to learn by heart
for stored, run in runs.items():
    print(f"{stored:4} stored   V on these {run.V_stored[-1]:6.3f}   on fresh ones {run.V_fresh[-1]:6.3f}")

# %% 3. What D says: of the stored examples, and of fresh ones from the same distribution
fresh = np.random.default_rng(1).standard_normal((1000, 2))
for stored, run in runs.items():
    print(f"{stored:4} stored   median D of these {np.median(sigmoid(run.D(run.points))):.3f}"
          f"   of fresh ones {np.median(sigmoid(run.D(fresh))):.1e}")

# %% 4. Look: the longer D trains, the less it is about $p_{data}$. (With D: .venv/bin/tinygan theory overfitting)
figure, ax = plt.subplots(figsize=(7, 4.5), layout="constrained")
for (stored, run), colour in zip(runs.items(), ("black", "0.45", "0.7")):
    ax.semilogx(run.steps, run.V_stored, color=colour, linewidth=2, label=f"{stored} stored: V on these")
    ax.semilogx(run.steps, run.V_fresh, "--", color=colour, linewidth=2, label=f"{stored} stored: V on fresh ones")
ax.axhline(-np.log(4), color="#009E73", linewidth=1)
ax.set(xlabel="steps of D", ylabel="nats")
ax.legend(frameon=False)
present(figure, "22_overfitting.png")
