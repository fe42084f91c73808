# %% [markdown]
# # Proposition 2: it converges
# For each D, V is a straight line in $p_g$; C is the largest of them all, and so convex. Set D to
# $D^*$, move $p_g$ a little down its line, and again: in a convex valley that ends at the bottom,
# $p_g = p_{data}$. ($p_g$ itself moves here. A network's θ is another matter: there it's not convex.)

# %% 1. The gradient of C is that of V at $D^*$: $log(1 − D^*)$. Against a difference quotient:
import matplotlib.pyplot as plt
import numpy as np

from tinygan import theory
from tinygan.show import present

p_data, p_g = np.array([0.5, 0.2, 0.3]), np.array([0.05, 0.9, 0.05])
slope = theory.criterion_gradient(p_data, p_g)
h = 1e-5
move = np.array([1, -1, 0])                     # mass from the second outcome to the first
quotient = (theory.criterion(p_data, p_g + h * move) - theory.criterion(p_data, p_g - h * move)) / (2 * h)
print(f"slope along the move {slope @ move:.8f}, by differences {quotient:.8f}")

# %% 2. The algorithm of the proof, in three lines
# What a step leaves is taken to the nearest distribution: no negative entry, and the sum 1
path = [p_g]
for _ in range(400):
    D = theory.optimal_discriminator(p_data, path[-1])                                         # D ← D*
    path.append(theory.project_to_simplex(path[-1] - 0.02 * np.log(1 - D)))                    # a small step down
for step in (0, 25, 100, 400):
    height = theory.criterion(p_data, path[step]) + np.log(4)
    print(f"step {step:3d}   p_g {path[step].round(3)}   C + log 4 = {height:.2e}")

# %% 3. `theory.alternate` is the same, ready for starts where $p_g$ lacks an outcome, and for $−log D$
for objective in ("minimax", "non-saturating"):
    end = theory.alternate(p_data, [0, 1, 0], steps=1000, objective=objective)[-1]
    print(f"from (0, 1, 0), {objective:15} after 1000 steps {end.round(4)}")

# %% 4. Look: $C + log 4 = 2 JSD$ falls all the way
figure, ax = plt.subplots(figsize=(7, 4.5), layout="constrained")
ax.semilogy([2 * theory.js(p_data, p) for p in path], color="#D55E00", linewidth=3)
ax.set(xlabel="step", ylabel="C + log 4 in nats", title="D ← D*, a small step of p_g, and again")
present(figure, "08_convergence.png")
