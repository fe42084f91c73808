# %% [markdown]
# # What distribution does a generator make?
# z is random and $x = G(z)$. A mean over z is then a mean over x, $E_z f(G(z)) = ∫ f(x) p_g(x) dx$:
# the step from Algorithm 1's minibatches to the integrals of Eq. 3. And $p_g$ is known exactly:
# $p_g(x) = Σ p_z(z) / |G'(z)|$, over all z with $G(z) = x$.

# %% 1. A generator of two units that folds the line. $x = 4 tanh(z/2 + 0.2) − 1.5 tanh(2z)$
import matplotlib.pyplot as plt
import numpy as np

from tinygan import data, theory
from tinygan.mlp import MLP
from tinygan.show import present

G, p_z = MLP([1, 2, 1], hidden="tanh"), data.Normal(1)
G.theta = [0.5, 2, 0.2, 0, 4, -1.5, 0]                  # W, W, b, b of the hidden layer; W, W, b of the last

# %% 2. One x by hand: find all z with $G(z) = x$, and divide by the slope there
x = 0.75
z = np.linspace(-4, 4, 800_001)
here = np.flatnonzero((G(z[:, None])[1:, 0] > x) != (G(z[:, None])[:-1, 0] > x))
slope = np.diff(G(z[:, None])[:, 0])[here] / np.diff(z)[here]
print("G(z) = 0.75 at z =", z[here].round(3), "with slopes", slope.round(3))
print("sum of p_z(z) / |G'(z)| =", np.sum(p_z.density(z[here, None]) / np.abs(slope)).round(4))
print("theory.pushforward =", theory.pushforward(G, p_z, x).round(4))

# %% 3. One number three ways: the mean of $f(x) = x²$
# (With a smaller fold G only rises; $p_g$ then has no spikes, and a sum on a grid is as good as the integral.)
G.theta[5] = -0.9
z = p_z.sample(1_000_000, rng=0)
print(f"mean of f(G(z)) over a million z  : {np.mean(G(z) ** 2):.4f} +- {np.std(G(z) ** 2) / 1000:.4f}")
z, dz = np.linspace(-9, 9, 20_001, retstep=True)
print(f"integral of f(G(z)) p_z(z) dz     : {np.sum(G(z[:, None])[:, 0] ** 2 * p_z.density(z[:, None])) * dz:.6f}")
x, dx = np.linspace(-3.2, 3.2, 20_001, retstep=True)
print(f"integral of f(x) p_g(x) dx        : {np.sum(x**2 * theory.pushforward(G, p_z, x)) * dx:.6f}")

# %% 4. Where G is flat there is no density, but an atom; it is reported
# Here $G(z) = max(z, 0)$. (Below $z = −38.58$ the density of $N(0, 1)$ is 0 to a float.)
relu = MLP([1, 1, 1], hidden="relu")
relu.theta = [1, 0, 1, 0]
try:
    theory.pushforward(relu, p_z, 1.0)
except ValueError as error:
    print(error)

# %% 5. Look: exact $p_g$ over a histogram of samples
G.theta[5] = -1.5
figure, ax = plt.subplots(figsize=(7, 4.5), layout="constrained")
ax.hist(G(p_z.sample(200_000, rng=1))[:, 0], bins=200, density=True, color="#D55E00", alpha=0.35, label="samples G(z)")
ax.plot(x, theory.pushforward(G, p_z, x), color="#D55E00", linewidth=2, label="exact $p_g(x)$")
ax.set(xlabel="$x$", ylim=(0, 2), title="spikes where G turns round: there G' = 0")
ax.legend(frameon=False)
present(figure, "05_change_of_variables.png")
