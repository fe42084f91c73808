# %% [markdown]
# # Theorem 1: what the game is worth to a generator whose D is the best
# $C(G) = max_D V(G, D) = V(G, D^*) = −log 4 + 2 JSD(p_{data} ‖ p_g)$: $−log 4$ where
# $p_g = p_{data}$ (almost everywhere), and more for every other $p_g$. So a G that makes C small copies the data.

# %% 1. Eq. 4, 5 and 6 on four outcomes: three ways to one number
import matplotlib.pyplot as plt
import numpy as np

from tinygan import data, theory
from tinygan.show import present

p_data, p_g = np.array([0.1, 0.2, 0.3, 0.4]), np.array([0.4, 0.3, 0.2, 0.1])
m = (p_data + p_g) / 2
D_star = theory.optimal_discriminator(p_data, p_g)
print(f"Eq. 4   V(G, D*)                                  {theory.value(D_star, p_data, p_g):.6f}")
print(f"Eq. 5   -log 4 + KL(p_data || m) + KL(p_g || m)   {-np.log(4) + theory.kl(p_data, m) + theory.kl(p_g, m):.6f}")
print(f"Eq. 6   -log 4 + 2 JSD(p_data || p_g)             {-np.log(4) + 2 * theory.js(p_data, p_g):.6f}")

# %% 2. No other D does better: a thousand random ones
rng = np.random.default_rng(0)
others = [theory.value(rng.random(4), p_data, p_g) for _ in range(1000)]
print(f"best of 1000 random D                             {max(others):.6f}")

# %% 3. And no other $p_g$ does as well: a thousand random ones
others = [theory.criterion(p_data, rng.dirichlet(np.ones(4))) for _ in range(1000)]
print(f"C at p_g = p_data {theory.criterion(p_data, p_data):.6f} = -log 4; lowest of 1000 random p_g {min(others):.6f}")

# %% 4. Look: $p_{data} = N(0, 1)$, and $p_g = N(μ, 1)$ slides over it
x, dx = np.linspace(-20, 20, 4001, retstep=True)
normal = lambda mean: data.Gaussian(mean, 1).density(x[:, None])
mean = np.linspace(-8, 8, 161)
figure, ax = plt.subplots(figsize=(7, 4.5), layout="constrained")
ax.plot(mean, [theory.criterion(normal(0), normal(each), dx) for each in mean], color="#D55E00", linewidth=3)
ax.axhline(-np.log(4), color="#444444", linestyle="--", label="−log 4")
ax.set(xlabel="μ", ylabel="C(G) in nats", title="flat where the two hardly overlap: no slope for G")
ax.legend(frameon=False)
present(figure, "07_criterion.png")
