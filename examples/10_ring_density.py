# %% [markdown]
# # A fixed map makes a new distribution
# Take 300 isotropic Gaussian points z and move each to $x = z/10 + z/|z|$. Nothing random is added,
# and yet x has a distribution of its own: a ring. A generator is such a map, only learned.

# %% 1. The map keeps the direction of z; the radius becomes $r = 1 + |z|/10$
import matplotlib.pyplot as plt
import numpy as np

from tinygan import data
from tinygan.show import present

rng = np.random.default_rng(0)
z = rng.standard_normal((300, 2))
x = z / 10 + z / np.linalg.norm(z, axis=1, keepdims=True)
r = np.linalg.norm(x, axis=1)

# %% 2. The density of the radius
# $|z|$ has $s e^{−s²/2}$, and $r = 1 + s/10$ stretches by 1/10, so $f(r) = 100 (r − 1) e^{−50 (r − 1)²}$ for $r ≥ 1$.
f = data.Ring.radius_density
grid, dr = np.linspace(1, 2, 10_001, retstep=True)
print(f"integral of f(r) dr = {np.sum(f(grid)) * dr:.6f}")
print(f"mean radius  of the 300 {r.mean():.4f}, exact {np.sum(grid * f(grid)) * dr:.4f}")
print(f"its std      of the 300 {r.std():.4f}, exact {data.Ring.radius_std:.4f}")

# %% 3. In the plane: $p(x) = f(r) / (2πr)$. All angles are equal, and a circle of radius r is $2πr$ long
side, dx = np.linspace(-1.6, 1.6, 801, retstep=True)
p = data.Ring().density(np.stack(np.meshgrid(side, side), axis=-1).reshape(-1, 2))
print(f"integral of p(x) dx = {p.sum() * dx**2:.4f}, highest {p.max():.3f}")

# %% 4. Look: the noise, the ring it becomes over the exact density, and the radius
figure, (left, middle, right) = plt.subplots(ncols=3, figsize=(9, 3.3), layout="constrained")
left.scatter(*z.T, s=8, color="#444444")
left.set(title="300 points z", aspect="equal")
middle.imshow(p.reshape(801, 801), origin="lower", extent=(-1.6, 1.6, -1.6, 1.6), cmap="Blues")
middle.scatter(*x.T, s=6, color="black")
middle.set(title="x = z/10 + z/|z| over p(x)")
right.hist(r, bins=20, density=True, color="#0072B2", alpha=0.3, label="the 300")
right.plot(grid[:5000], f(grid[:5000]), color="#0072B2", linewidth=3, label="f(r)")
right.set(title="radius")
right.legend(frameon=False)
present(figure, "10_ring_density.png")
