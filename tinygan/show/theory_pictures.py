"""The pictures of the theory: one for each equation or proposition, one message each.

Here: a function for each of `tinygan.show.PICTURES`, which returns a matplotlib Figure. Each has its
message as its title and, in plain words, as its docstring.
"""

from functools import wraps

import matplotlib
import numpy as np
from matplotlib import rc_context
from matplotlib.figure import Figure

from .. import theory
from ..data import Gaussian, Normal, Ring
from ..layers import sigmoid
from ..mlp import MLP
from .snapshots import figure1
from .phase_plane import rotation
from .style import GENERATED, GREEN, GUIDE, REAL, SIZE, STYLE

FLOOR = -np.log(4)
COIN = 0.3                                                    # p_data(heads), where a coin will do
STEPS = matplotlib.colormaps["viridis_r"]


def picture(title):
    """Make of a function that fills a Figure one that returns it, with its message as the title."""
    def decorate(fill):
        @wraps(fill)
        def draw():
            with rc_context(STYLE):
                figure = Figure(figsize=SIZE)
                figure.get_layout_engine().set(w_pad=0.12, h_pad=0.1)
                figure.suptitle(title, fontsize=17)
                fill(figure)
                return figure
        return draw
    return decorate


def normal(x, mean=0.0, std=1.0):
    """The density of N(mean, std²) at x, (n,)."""
    return Gaussian(mean, std**2).density(x[:, None])


@picture("Expecting $q$ where $p$ rules costs $\\mathrm{KL}(p\\,\\Vert\\,q)$ more than the entropy $H(p)$")
def entropy(figure):
    """Expecting q where p rules costs KL(p ‖ q) more than the entropy H(p)."""
    ax = figure.subplots()
    heads, q = np.linspace(0, 1, 401), 0.05
    coin = lambda p: np.array([p, 1 - p])
    H = [theory.entropy(coin(p), base=2) for p in heads]
    expecting_q = [theory.cross_entropy(coin(p), coin(q), base=2) for p in heads]
    ax.plot(heads, H, color="black", linewidth=3)
    ax.plot(heads, expecting_q, color=GENERATED, linewidth=2.5)
    ax.plot(q, theory.entropy(coin(q), base=2), "o", color=GENERATED, markersize=9)
    gap = theory.kl(coin(0.5), coin(q), base=2)
    ax.annotate("", (0.5, 1), (0.5, 1 + gap), arrowprops={"arrowstyle": "<->", "linewidth": 2, "color": REAL})
    ax.text(0.52, 1.4, f"$\\mathrm{{KL}}$ = {gap:.3f} bits", color=REAL, fontsize=15)
    ax.text(0.5, 0.55, "$H(p)$, the entropy of a coin\nthat shows heads with probability $p$", fontsize=15, ha="center")
    at_half = theory.cross_entropy(coin(0.5), coin(q), base=2)
    ax.text(0.50, 2.75, f"$H(p, q)$, expecting $q = {q}$:\nat $p = 1/2$ it is {at_half:.3f} bits",
            color=GENERATED, fontsize=15, ha="right")
    ax.text(q + 0.03, 0.18, "they touch at $p = q$: $\\mathrm{KL} = 0$", fontsize=13)
    ax.set(xlabel="$p$, the true probability of heads", ylabel="surprise on average, in bits",
           xlim=(0, 1), ylim=(0, 4.4))


@picture("As two distributions part, KL grows without bound, and JSD never exceeds $\\log 2$")
def divergences(figure):
    """As two distributions part, KL grows without bound, and JSD never exceeds log 2."""
    axes = figure.subplot_mosaic([["near", "D"], ["far", "D"], ["gone", "D"]], width_ratios=[1, 1.7])
    x, dx = np.linspace(-14, 24, 6001, retstep=True)
    p, std = normal(x), 1.5
    shifts = np.linspace(0, 7, 71)
    q = [normal(x, shift, std) for shift in shifts]
    curves = [("$\\mathrm{KL}(p\\,\\Vert\\,q)$", REAL, [theory.kl(p, each, dx) for each in q]),
              ("$\\mathrm{KL}(q\\,\\Vert\\,p)$", GENERATED, [theory.kl(each, p, dx) for each in q]),
              ("$\\mathrm{JSD}(p\\,\\Vert\\,q)$", "black", [theory.js(p, each, dx) for each in q])]
    for name, colour, values in curves:
        axes["D"].plot(shifts, values, color=colour, linewidth=3, label=name)
    axes["D"].axhline(np.log(2), color=GUIDE, linestyle="--")
    axes["D"].text(0.1, np.log(2) + 0.07, "$\\log 2$", color=GUIDE)
    axes["D"].set(title="$p = \\mathcal{N}(0, 1)$, $\\;q = \\mathcal{N}(\\mathrm{distance}, 1.5^2)$: "
                        "at 0 they still differ in width",
                  xlabel="distance of the means (dotted: the three on the left)", ylabel="nats",
                  ylim=(0, 6), xlim=(0, 7))
    axes["D"].legend(loc="upper left", frameon=False, fontsize=15)
    for ax, shift in zip([axes["near"], axes["far"], axes["gone"]], (0, 3, 6)):
        for density, colour, name in ((p, REAL, "$p$"), (normal(x, shift, std), GENERATED, "$q$")):
            ax.fill_between(x, density, color=colour, alpha=0.25)
            ax.plot(x, density, color=colour, linewidth=2)
            ax.text(0 if name == "$p$" else shift, density.max() + 0.02, name, color=colour, ha="center", fontsize=15)
        ax.set(xlim=(-4, 11), ylim=(0, 0.5), yticks=[], title=f"distance {shift}")
        axes["D"].axvline(shift, color=GUIDE, linewidth=0.8, linestyle=":")


def folded_generator():
    """A network that folds the line of z: x = 4 tanh(z/2 + 0.2) − 1.5 tanh(2z)."""
    G = MLP([1, 2, 1], hidden="tanh", rng=0)
    G.theta = [0.5, 2, 0.2, 0, 4, -1.5, 0]
    return G


@picture("$p_g(x) = \\sum\\; p_z(z)\\,/\\,|G'(z)|\\;$ over all $z$ with $G(z) = x$: "
         "thin where $G$ is steep, a spike where it turns")
def change_of_variables(figure):
    """Where G is steep, p_g is thin; where G folds, shares add up; where G turns, p_g has a spike."""
    axes = figure.subplot_mosaic([["p", "G"], [".", "z"]], width_ratios=[1, 2], height_ratios=[2.4, 1])
    G, noise = folded_generator(), Normal(1)
    z = np.linspace(-4, 4, 1601)
    x = G(z[:, None])[:, 0]
    samples = G(noise.sample(200_000, 0))[:, 0]
    reach = np.linspace(samples.min() - 0.15, samples.max() + 0.15, 1500)
    p_g = theory.pushforward(G, noise, reach)
    axes["G"].plot(z, x, color="black", linewidth=3)
    axes["G"].set(title="a network: $x = G(z) = 4\\tanh(z/2 + 0.2) - 1.5\\tanh(2z)$",
                  ylim=(reach[0], reach[-1]), xlim=(-4, 4))
    axes["z"].fill_between(z, noise.density(z[:, None]), color=GUIDE, alpha=0.3)
    axes["z"].set(xlabel="$z$", ylabel="$p_z(z)$", xlim=(-4, 4), ylim=(0, 0.45))
    axes["p"].hist(samples, bins=150, density=True, orientation="horizontal", color=GENERATED, alpha=0.35,
                   label="200 000 samples")
    axes["p"].plot(p_g, reach, color=GENERATED, linewidth=2, label="exact $p_g(x)$")
    axes["p"].set(ylabel="$x$", xlabel="$p_g(x)$", ylim=(reach[0], reach[-1]), xlim=(1.6, 0),
                  title="the density of $G(z)$")
    axes["p"].legend(loc="upper left", frameon=False)
    preimages(axes, G, noise, z, x, x_0=0.75)


def preimages(axes, G, noise, z, x, x_0):
    """Lines from one x to all z with G(z) = x, and on to p_z."""
    crossings = z[:-1][(x[1:] > x_0) != (x[:-1] > x_0)]
    p_0 = theory.pushforward(G, noise, x_0)
    axes["p"].plot([p_0, 0], [x_0, x_0], color=REAL, linestyle="--", linewidth=1.5)
    axes["p"].plot(p_0, x_0, "o", color=REAL, markersize=8)
    slopes = np.interp(crossings, z, np.gradient(x, z))
    shares = [f"\\frac{{{noise.density([[at]])[0]:.2f}}}{{{abs(slope):.2f}}}" for at, slope in zip(crossings, slopes)]
    axes["p"].text(1.55, -0.9, f"$p_g({x_0}) = {' + '.join(shares)} = {p_0:.2f}$", color=REAL, fontsize=15)
    axes["G"].plot([-4, crossings.max()], [x_0, x_0], color=REAL, linestyle="--", linewidth=1.5)
    for crossing in crossings:
        axes["G"].plot([crossing, crossing], [x_0, axes["G"].get_ylim()[0]], color=REAL, linestyle="--", linewidth=1.5)
        axes["G"].plot(crossing, x_0, "o", color=REAL, markersize=8)
        axes["z"].plot([crossing] * 2, [0, noise.density([[crossing]])[0]], color=REAL, linewidth=3)


@picture("Prop. 1: for each $x$ by itself, the best $D(x)$ is "
         "$\\;p_\\mathrm{data}(x)\\;/\\;(p_\\mathrm{data}(x) + p_g(x))$")
def best_discriminator(figure):
    """V is a sum of a log y + b log(1 − y), each largest at y = a/(a + b): D* = p_data/(p_data + p_g)."""
    left, right = figure.add_subplot(1, 2, 1), figure.add_subplot(1, 2, 2, projection="3d")
    y = 1 / (1 + np.exp(-np.linspace(-20, 20, 1001)))
    for (a, b), colour in zip(((0.2, 0.8), (0.6, 0.6), (0.9, 0.3)), (GENERATED, GUIDE, REAL)):
        f = lambda y: a * np.log(y) + b * np.log(1 - y)
        best = theory.optimal_discriminator([a], [b])[0]
        left.plot(y, f(y), color=colour, linewidth=3)
        left.plot([best, best], [-3, f(best)], color=colour, linestyle=":", linewidth=2)
        left.plot(best, f(best), "o", color=colour, markersize=10)
        left.text(best, -2.9, f" $a={a}$\n $b={b}$", color=colour, fontsize=15)
    left.set(title="$a\\,\\log y + b\\,\\log(1-y)$ peaks at $y = a/(a+b)$", xlabel="$y = D(x)$", ylabel="nats",
             xlim=(0, 1), ylim=(-3, 0))
    surface(right)


def surface(ax):
    """f(p_data, p_g) = p_data log D + p_g log(1 − D): a plane for each D, and D* on top of them all."""
    f = lambda a, b, D: np.where(a > 0, a * np.log(D), 0) + np.where(b > 0, b * np.log1p(-D), 0)
    a, b = np.meshgrid(np.linspace(0, 1, 33), np.linspace(0, 1, 33))
    with np.errstate(divide="ignore", invalid="ignore"):
        top = f(a, b, theory.optimal_discriminator(a, b))
    for D, colour in ((0.15, GENERATED), (0.5, GUIDE), (0.85, REAL)):
        ax.plot_surface(a, b, f(a, b, D), color=colour, alpha=0.35, linewidth=0, shade=False)
        end = np.array([D, 1 - D]) / max(D, 1 - D)              # along this ray D* = D
        ax.plot([0, end[0]], [0, end[1]], [0, end @ np.log([D, 1 - D])], color=colour, linewidth=4, zorder=9,
                label=f"$D = {D}$")
    ax.plot_wireframe(a, b, top, color="black", linewidth=0.8, rstride=4, cstride=4, zorder=10)
    ax.set(title="$p_\\mathrm{data}\\,\\log D + p_g\\,\\log(1-D)$: a plane for each $D$;\n"
                 "with $D^*$ in it (net) their upper edge, which touches each",
           xlabel="$p_\\mathrm{data}(x)$", ylabel="$p_g(x)$",
           xticks=[0, 0.5, 1], yticks=[0, 0.5, 1], zticks=[-2, -1, 0])
    ax.view_init(elev=8, azim=40)
    ax.set_box_aspect(None, zoom=0.95)
    ax.xaxis.labelpad = ax.yaxis.labelpad = 8
    ax.legend(loc="upper left", frameon=False)


@picture("While $G$ rests, a trained $D$ approaches $D^* = p_\\mathrm{data} / (p_\\mathrm{data} + p_g)$")
def trained_discriminator(figure):
    """A network D that is trained while G rests comes near to D*."""
    ax = figure.subplots()
    seen = theory.discriminator_alone.train_discriminator()
    densities(ax, seen.x, seen.p_data, seen.p_g)
    for i, (step, D) in enumerate(seen.D.items()):
        colour = STEPS(0.15 + 0.85 * i / (len(seen.D) - 1))
        ax.plot(seen.x, D, color=colour, linewidth=2.5, label=f"$D$ after {step:,} steps")
    ax.plot(seen.x, seen.D_star, color="black", linestyle="--", linewidth=2.5, label="$D^*$")
    ax.set(xlabel="$x$", ylabel="$D(x)$, and the densities", xlim=(-3, 3), ylim=(0, 1.02))
    ax.legend(frameon=False, loc="upper left", bbox_to_anchor=(0.68, 1))


def densities(ax, x, p_data, p_g):
    """p_data dotted and p_g drawn through, both filled."""
    ax.fill_between(x, p_data, color=REAL, alpha=0.15)
    ax.fill_between(x, p_g, color=GENERATED, alpha=0.15)
    ax.plot(x, p_data, color=REAL, linestyle=":", linewidth=3, label="$p_\\mathrm{data}$")
    ax.plot(x, p_g, color=GENERATED, linewidth=3, label="$p_g$")


@picture("Thm. 1: $C(G) = -\\log 4 + 2\\,\\mathrm{JSD}(p_\\mathrm{data}\\,\\Vert\\,p_g)$"
                                  " is least where $p_g = p_\\mathrm{data}$, and only there")
def criterion(figure):
    """C(G) is smallest, −log 4, only at p_g = p_data; where the two no longer meet, it is flat."""
    slide, widen = figure.subplots(ncols=2, sharey=True)
    x, dx = np.linspace(-40, 40, 20_001, retstep=True)
    C = lambda mean, std: theory.criterion(normal(x), normal(x, mean, std), dx)
    shift, std = np.linspace(-8, 8, 161), np.geomspace(0.05, 8, 121)
    slide.plot(shift, [C(mean, 1) for mean in shift], color=GENERATED, linewidth=3)
    slide.set(title="$p_\\mathrm{data} = \\mathcal{N}(0, 1)$; $\\;p_g = \\mathcal{N}(\\mu, 1)$ slides",
              xlabel="$\\mu$", ylabel="$C(G)$ in nats", ylim=(-1.5, 0.1))
    widen.plot(std, [C(0, each) for each in std], color=GENERATED, linewidth=3)
    widen.set(title="$p_g = \\mathcal{N}(0, \\sigma^2)$, from narrow to wide",
              xlabel="$\\sigma$", xscale="log", xticks=[0.1, 1, 8],
              xticklabels=["0.1", "1", "8"])
    widen.minorticks_off()
    for ax, best in ((slide, 0), (widen, 1)):
        ax.axhline(FLOOR, color=GUIDE, linestyle="--")
        ax.axhline(0, color=GUIDE, linestyle=":")
        ax.plot(best, FLOOR, "o", color=REAL, markersize=11)
    slide.text(-8, FLOOR - 0.06, "floor: $-\\log 4 = -1.386$", color=GUIDE, va="top")
    slide.text(-8, 0.02, "0: no overlap at all", color=GUIDE)
    slide.text(1, FLOOR + 0.03, "$p_g = p_\\mathrm{data}$", color=REAL, fontsize=15, ha="left")
    slide.annotate("almost flat:\nno slope to\nlead $G$ home", (-7, -0.01), (-7.9, -0.45), color=GENERATED, fontsize=14,
                   arrowprops={"arrowstyle": "->", "color": GENERATED})


def coin_game(q, d):
    """V for a coin: p_data(heads) = COIN, p_g(heads) = q, D(heads) = d, and D(tails) at its best."""
    tails = (1 - COIN) / (2 - COIN - q)
    return (COIN * np.log(d) + q * np.log(1 - d)
            + (1 - COIN) * np.log(tails) + (1 - q) * np.log(1 - tails))


@picture("Prop. 2: $D \\leftarrow D^*$, then a small step of $p_g$ downhill, and again: "
         "it ends at $p_g = p_\\mathrm{data}$")
def saddle(figure):
    """Up to the ridge in D, one step down along it in p_g: the path ends at the saddle point."""
    left, right = figure.add_subplot(1, 2, 1, projection="3d"), figure.add_subplot(1, 2, 2)
    q, d = np.meshgrid(np.linspace(0.02, 0.98, 60), np.linspace(0.06, 0.9, 60))
    left.plot_surface(q, d, np.maximum(coin_game(q, d), -2.6), cmap="Greys", alpha=0.6, linewidth=0)
    path = theory.alternate([COIN, 1 - COIN], [0.95, 0.05], rate=0.15, steps=40)[:, 0]
    D = theory.optimal_discriminator(np.full_like(path, COIN), path)
    zigzag = np.array([np.repeat(path, 2)[1:-1], np.repeat(D[:-1], 2)])
    left.plot(*zigzag, coin_game(*zigzag) + 0.02, color=GENERATED, linewidth=3, zorder=10)
    left.plot([COIN], [0.5], [FLOOR + 0.02], "o", color=REAL, markersize=11, zorder=11)
    left.set(title=f"a coin, $p_\\mathrm{{data}}$(heads) = {COIN}: $V$ in nats,\nwith $D$(tails) at its best",
             xlabel="$p_g$(heads)", ylabel="$D$(heads)",
             zticks=[-2.5, -2, -1.5, -1], xticks=[0, 0.5, 1], yticks=[0.1, 0.5, 0.9])
    left.view_init(elev=28, azim=-118)
    left.set_box_aspect(None, zoom=0.9)
    left.xaxis.labelpad = 10
    simplex(right)


CORNERS = np.array([[0, 0], [1, 0], [0.5, np.sqrt(3) / 2]])


def simplex(ax, p_data=(0.5, 0.2, 0.3)):
    """All p_g on three outcomes as a triangle, C as its colour, and paths to p_data."""
    weights = np.array([(i, j, 100 - i - j) for i in range(101) for j in range(101 - i)]) / 100
    C = [theory.criterion(p_data, p_g) for p_g in weights]
    filled = ax.tricontourf(*(weights @ CORNERS).T, C, levels=np.linspace(FLOOR, -0.5, 10), cmap="Greys", extend="max")
    ax.figure.colorbar(filled, ax=ax, shrink=0.6, label="$C$ in nats", format="%.2f",
                       ticks=[FLOOR, -1.2, -1, -0.8, -0.6])
    for start in ([0.98, 0.01, 0.01], [0.01, 0.98, 0.01], [0.01, 0.01, 0.98], [0.02, 0.49, 0.49]):
        path = theory.alternate(p_data, start, rate=0.02, steps=400) @ CORNERS
        ax.plot(*path.T, color=GENERATED, linewidth=2.5)
        ax.plot(*path[0], "o", color=GENERATED, markersize=7)
    ax.plot(*(np.array(p_data) @ CORNERS), "o", color=REAL, markersize=11)
    ax.annotate("$p_\\mathrm{data}$", np.array(p_data) @ CORNERS, (-8, 12), textcoords="offset points",
                ha="right", color=REAL, fontsize=16)
    for corner, name, where in zip(CORNERS, ("(1, 0, 0)", "(0, 1, 0)", "(0, 0, 1)"), ((0, -18), (0, -18), (0, 8))):
        ax.annotate(name, corner, where, textcoords="offset points", ha="center")
    ax.set_title("three outcomes: every $p_g$ is a point, its shade is $C$", pad=24)
    ax.set(aspect="equal")
    ax.axis("off")


@picture("Prop. 2: $C$ is the upper edge of straight lines, one for each $D$: "
         "convex, and $D^*$ gives its slope")
def tangents(figure):
    """For each D, V is a straight line in p_g; C is the highest of them: convex, and touched by D*'s."""
    ax = figure.subplots()
    q = np.linspace(0.001, 0.999, 500)
    coin = lambda heads: np.array([heads, 1 - heads])
    p_data = coin(COIN)
    for q_0, colour in zip((0.03, 0.12, COIN, 0.6, 0.85, 0.97), STEPS(np.linspace(0.1, 0.95, 6))):
        D = theory.optimal_discriminator(p_data, coin(q_0))
        ax.plot(q, [theory.value(D, p_data, coin(each)) for each in q], color=colour, linewidth=2)
        ax.plot(q_0, theory.criterion(p_data, coin(q_0)), "o", color=colour, markersize=11,
                markeredgecolor="white", zorder=6)
    ax.plot(q, [theory.criterion(p_data, coin(each)) for each in q], color="black", linewidth=4, zorder=5)
    ax.text(0.995, FLOOR - 0.01, "$-\\log 4$: the line of $D = 1/2$", va="top", ha="right", fontsize=14)
    ax.text(0.3, -0.9, "thick: $C(p_g) = \\max\\; V(p_g, D)$ over all $D$\n"
                        "thin: $V(p_g, D)$ for one $D$, the $D^*$ of the point where it touches", fontsize=15)
    ax.set(xlabel="$p_g$(heads), with $p_\\mathrm{data}$(heads) = 0.3", ylabel="nats", xlim=(0, 1), ylim=(-1.6, -0.78))


@picture("Both objectives want $D(G(z))$ larger; where $D$ rejects $G(z)$, only $-\\log D$ still pushes")
def objectives(figure):
    """Both objectives want the same; but where D rejects what G makes, only −log D still pushes."""
    by_D, by_logit, network = figure.subplots(ncols=3)
    ahead = theory.discriminator_alone.discriminator_ahead()
    D, a = np.linspace(0.002, 0.998, 500), np.linspace(-8, 8, 401)
    for name, label, colour in (("minimax", "$\\log(1-D)$", "black"), ("non-saturating", "$-\\log D$", GREEN)):
        by_D.plot(D, theory.generator_objective(D, name), color=colour, linewidth=3, label=label)
        by_logit.plot(a, -theory.generator_slope(sigmoid(a), name), color=colour, linewidth=3, label=label)
        network.loglog(ahead.steps, ahead.norm[name], color=colour, linewidth=3, label=label)
    by_D.set(title="what $G$ makes small", xlabel="$D(G(z))$", ylabel="nats", ylim=(-4, 4), xlim=(0, 1))
    by_logit.set(title="the push on $D$'s logit $a$", xlabel="rejected      $a$, where $D = \\sigma(a)$      accepted",
                 ylabel="$-\\partial\\ell\\,/\\,\\partial a$", xticks=[-8, -4, 0, 4, 8])
    network.loglog(ahead.steps, ahead.D_fake, color=GENERATED, linestyle="--", linewidth=2, label="mean $D(G(z))$")
    network.set(title="a real network, $D$ trained ahead", xlabel="steps of $D$ alone, $G$ resting",
                ylabel="norm of the gradient by $\\theta_G$; and $D(G(z))$")
    for ax, where in ((by_D, "upper right"), (by_logit, "center right"), (network, "lower left")):
        ax.legend(frameon=False, loc=where)


@picture("$x = z/10 + z/|z|$: a fixed map turns normal noise into a new distribution, whose density is known")
def ring_density(figure):
    """A fixed map of normal noise is a new distribution: a ring, whose density is known."""
    axes = figure.subplot_mosaic([["z", "x", "p"], ["r", "r", "r"]], height_ratios=[1.8, 1])
    z = Normal(2).sample(300, 0)
    x = Ring.from_noise(z)
    angle = np.arctan2(z[:, 1], z[:, 0])
    for name, points, title, reach in (("z", z, "300 points $z \\sim \\mathcal{N}(0, I)$", 3.6),
                                       ("x", x, "the same 300, as $x$", 1.6)):
        axes[name].scatter(*points.T, c=angle, cmap="hsv", s=28, edgecolors=GUIDE, linewidths=0.4)
        axes[name].set(title=title, xlim=(-reach, reach), ylim=(-reach, reach), aspect="equal", anchor="W")
    side = np.linspace(-1.6, 1.6, 400)
    density = Ring().density(np.stack(np.meshgrid(side, side), axis=-1).reshape(-1, 2)).reshape(400, 400)
    axes["p"].imshow(density, origin="lower", extent=(-1.6, 1.6, -1.6, 1.6), cmap="Blues")
    axes["p"].set(title="the exact density $p(x)$", anchor="W")
    r = np.linspace(0.95, 1.5, 500)
    axes["r"].hist(np.linalg.norm(x, axis=1), bins=25, range=(1, 1.5), density=True, color=GUIDE, alpha=0.35,
                   label="the 300 points")
    axes["r"].plot(r, Ring.radius_density(r), color=REAL, linewidth=3,
                   label="exact: $100\\,(r-1)\\,e^{-50(r-1)^2}$ for $r \\geq 1$")
    axes["r"].set(title="the density of the radius", xlabel="$r = |x|$", xlim=(0.95, 1.5))
    axes["r"].legend(frameon=False)
