"""The picture that the ring's peers draw: less than tinygan's own, which also measures and warps a grid."""

import numpy as np
from matplotlib.figure import Figure


def draw(real, fake, D, history, path):
    """Real and generated examples, D over the plane, and V. D : (n, 2) points → (n,) values."""
    figure = Figure(figsize=(12.8, 7.2), layout="constrained")
    axes = figure.subplot_mosaic([["real", "fake"], ["D", "V"]])
    reach = 1.3 * np.abs(real).max()
    for name, x, color in (("real", real, "#0072B2"), ("fake", fake, "#D55E00")):
        axes[name].scatter(*x.T, s=6, color=color)
        axes[name].set(title=name, aspect="equal", xlim=(-reach, reach), ylim=(-reach, reach))
    line = np.linspace(-reach, reach, 200)
    grid = np.stack(np.meshgrid(line, line), axis=-1).reshape(-1, 2)
    image = axes["D"].imshow(D(grid).reshape(200, 200), origin="lower", extent=(-reach, reach, -reach, reach),
                             vmin=0, vmax=1, cmap="RdBu")
    axes["D"].set(title="D(x)")
    figure.colorbar(image)
    axes["V"].plot(*zip(*history))
    axes["V"].axhline(-np.log(4), linestyle="--")
    axes["V"].set(title="V(D, G) in nats; dashed: -log 4", xlabel="iteration")
    figure.savefig(path, dpi=150)
