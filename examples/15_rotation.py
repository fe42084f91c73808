# %% [markdown]
# # Rotation: the smallest GAN, one parameter each
# All data are 0. G makes the number θ, and D's logit is $ψx$. The solution is (0, 0), and near it
# the game is a rotation: whether it gets there depends on what is left beyond the rotation.

# %% 1. Where do both want to go, near the solution? At right angles to where the solution is
import matplotlib.pyplot as plt
import numpy as np

from tinygan.show import present
from tinygan.theory.dirac_gan import Dirac

print("force at (0.1, 0):", np.round(Dirac().force(0.1, 0.0), 4),
      "  at (0, 0.1):", np.round(Dirac().force(0.0, 0.1), 4))

# %% 2. One step multiplies a small distance by $|λ|$. And 2000 steps of rate 0.1 from (1, 0)?
ways = {"simultaneous": {"update": "simultaneous"}, "alternating": {}, "momentum 0.5": {"momentum": 0.5},
        "momentum -0.5": {"momentum": -0.5}, "penalty, 0.3": {"r1": 0.3}}
for objective in ("minimax", "non-saturating"):
    for way, options in ways.items():
        dirac = Dirac(objective, **options)
        factor, end = abs(dirac.eigenvalues()[0]), np.linalg.norm(dirac.path()[-1])
        print(f"{objective:14}  {way:17} |lambda| = {factor:.4f}   distance at the end {end:.2g}")

# %% 3. Theory: simultaneous steps end on a circle. With $−log D$ and steps of length η its radius is $√(2η)$
for rate in (0.02, 0.05, 0.1):
    end = np.linalg.norm(Dirac(update="simultaneous", rate=rate).path(steps=round(100 / rate**2))[-1])
    print(f"rate {rate}: ends at {end:.3f}, sqrt(2 rate) = {np.sqrt(2 * rate):.3f}")

# %% 4. Look. (With the field of forces: `.venv/bin/tinygan theory rotation`)
figure, axes = plt.subplots(ncols=2, figsize=(9, 4.5), sharey=True, layout="constrained")
for ax, objective in zip(axes, ("minimax", "non-saturating")):
    for way, options in ways.items():
        distance = np.linalg.norm(Dirac(objective, **options).path(), axis=1)
        ax.semilogy(distance, label=way)
    ax.set(title=objective, xlabel="step", ylim=(1e-3, 10))
axes[0].set_ylabel("distance from the solution (0, 0)")
axes[0].legend()
present(figure, "15_rotation.png")
