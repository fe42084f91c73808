# %% [markdown]
# # Supports: where $p_g$ has no density, D can be perfect
# The theory compares densities. Noise of one dimension makes a curve in the plane, and a curve has no area:
# then $V(G, D^*) = 0$ whichever curve it is, and C says nothing about how near G is.

# %% 1. Two parallel lines at the distance θ: C jumps. Blurred by σ, it falls smoothly
import matplotlib.pyplot as plt
import numpy as np

from tinygan.show import present
from tinygan.theory.supports import curve_in_the_plane, parallel_lines

for theta in (0, 0.001, 1, 2):
    sharp, blurred = parallel_lines(theta), parallel_lines(theta, sigma=0.5)
    print(f"theta {theta:5}   C = {sharp.C:7.4f}   with sigma = 0.5: C = {blurred.C:7.4f}")

# %% 2. What that has to do with saturation: at $θ = 1$, less blur makes D surer of what G makes
for sigma in (1, 0.5, 0.2, 0.1):
    lines = parallel_lines(1, sigma)
    print(f"sigma {sigma:3}   mean D*(G(z)) {lines.D_fake:.1e}   slope of log(1-D) {lines.minimax:.1e}"
          f"   of -log D {lines.non_saturating:6.1f}")

# %% 3. A trained G: examples counted in ever smaller cells, against real ones (and real ones against others)
curve = curve_in_the_plane()
for cells, one, two, floor in zip(curve.cells, curve.one, curve.two, curve.floor):
    print(f"{cells:4} cells a side   JSD: z of one dimension {one:.4f}   of two {two:.4f}   real data {floor:.4f}"
          f"   (log 2 = {np.log(2):.4f})")

# %% 4. Look. (With both slopes: .venv/bin/tinygan theory supports)
figure, (plane, ax) = plt.subplots(ncols=2, figsize=(9, 4), layout="constrained")
plane.scatter(*np.random.default_rng(0).standard_normal((1000, 2)).T, s=4, color="#0072B2", label="real")
plane.plot(*curve.G(np.linspace(-4, 4, 1001)[:, None]).T, color="#D55E00", linewidth=2, label="$G(z)$, all $z$")
plane.set(aspect="equal", xlabel="$x_1$", ylabel="$x_2$")
plane.legend()
ax.axhline(np.log(2), color="#999999")
ax.semilogx(curve.cells, curve.one, color="#D55E00", label="$z$ of one dimension")
ax.semilogx(curve.cells, curve.two, "--", color="#D55E00", label="$z$ of two")
ax.semilogx(curve.cells, curve.floor, ":", color="#0072B2", label="real against real")
ax.set(xlabel="cells along each side", ylabel="JSD in nats")
ax.legend()
present(figure, "21_supports.png")
