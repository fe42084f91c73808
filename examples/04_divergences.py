# %% [markdown]
# # KL and JS: how far apart are two distributions?
# The JS divergence measures both from their middle $m = (p + q)/2$:
# $JSD = KL(p ‖ m)/2 + KL(q ‖ m)/2$. So it is symmetric, and never more than $log 2$. It is what a GAN's
# best discriminator measures.

# %% 1. Two Gaussians, as densities on a grid. Sums times $dx$ stand for integrals
import matplotlib.pyplot as plt
import numpy as np

from tinygan import data, theory
from tinygan.show import present

x, dx = np.linspace(-12, 20, 4001, retstep=True)
normal = lambda mean, std: data.Gaussian(mean, std**2).density(x[:, None])
p, q = normal(0, 1), normal(2, 1.5)

# %% 2. KL, against its closed form. $log(σ_q/σ_p) + (σ_p² + (μ_p − μ_q)²)/(2σ_q²) − 1/2$
print(f"KL(p || q) = {theory.kl(p, q, dx):.6f} nats, closed form {np.log(1.5) + (1 + 2**2) / (2 * 1.5**2) - 0.5:.6f}")
print(f"KL(q || p) = {theory.kl(q, p, dx):.6f} nats: not the same")

# %% 3. JS: the same both ways
print(f"JSD(p || q) = {theory.js(p, q, dx):.6f} = JSD(q || p) = {theory.js(q, p, dx):.6f} nats")

# %% 4. By hand, to see what is in it
m = (p + q) / 2
print(f"by hand    = {np.sum(p * np.log(p / m) + q * np.log(q / m)) * dx / 2:.6f} nats")

# %% 5. Look: as the two part, KL grows without bound; JSD comes to rest at $log 2$
shift = np.linspace(0, 7, 71)
figure, ax = plt.subplots(figsize=(7, 4.5), layout="constrained")
for name, measure, colour in (("KL(p ‖ q)", theory.kl, "#0072B2"), ("JSD(p ‖ q)", theory.js, "black")):
    ax.plot(shift, [measure(p, normal(s, 1), dx) for s in shift], color=colour, linewidth=3, label=name)
ax.axhline(np.log(2), color="#444444", linestyle="--", label="log 2")
ax.set(xlabel="distance of the means", ylabel="nats", ylim=(0, 6), title="two Gaussians part")
ax.legend(frameon=False)
present(figure, "04_divergences.png")
