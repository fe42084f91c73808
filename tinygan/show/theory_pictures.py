"""The pictures of the theory: one for each equation or proposition, one message each.

Here: a function for each of `tinygan.show.PICTURES`, which returns a matplotlib Figure. Each has its
message as its title and, in plain words, as its docstring. Blue is p_data (or p), orange is p_g (or q),
black is D, or what is not one of these, and green is the best there is or what the picture points at.
"""

from functools import wraps

import numpy as np
from matplotlib import rc_context
from matplotlib.figure import Figure

from .. import theory
from ..data import Gaussian, Normal, Ring
from ..layers import sigmoid
from ..mlp import MLP
from .snapshots import figure1
from .phase_plane import rotation
from .style import GENERATED, GREEN, GUIDE, REAL, SIZE, SLIDE

FLOOR = -np.log(4)
COIN = 0.3                                                    # p_data(heads), where a coin will do


def picture(title):
    """Turn a function that fills a Figure into one that returns it, with its message as the title; what else it takes
    it is given."""
    def decorate(fill):
        @wraps(fill)
        def draw(*given):
            with rc_context(SLIDE):
                figure = Figure(figsize=SIZE)
                figure.get_layout_engine().set(w_pad=0.12, h_pad=0.1)
                figure.suptitle(title)
                fill(figure, *given)
                return figure
        return draw
    return decorate


def normal(x, mean=0.0, std=1.0):
    """The density of N(mean, std²) at x, (n,)."""
    return Gaussian(mean, std**2).density(x[:, None])


def densities(ax, x, p_data, p_g):
    """p_data dotted and p_g drawn through, both filled."""
    ax.fill_between(x, p_data, color=REAL, alpha=0.15)
    ax.fill_between(x, p_g, color=GENERATED, alpha=0.15)
    ax.plot(x, p_data, color=REAL, linestyle=":", linewidth=3.5, label="$p_\\mathrm{data}$")
    ax.plot(x, p_g, color=GENERATED, linewidth=3, label="$p_g$")
    ax.set(xlabel="$x$", ylabel="density", xlim=(x[0], x[-1]), ylim=(0, 0.7), yticks=[0, 0.3, 0.6])


@picture("To expect $q$ when $x$ comes from $p$ costs $\\mathrm{KL}(p\\,\\Vert\\,q)$ on top of the entropy $H(p)$")
def entropy(figure):
    """To expect q when x comes from p costs KL(p ‖ q) on top of the entropy H(p)."""
    ax = figure.subplots()
    heads, q = np.linspace(0, 1, 401), 0.05
    coin = lambda p: np.array([p, 1 - p])
    H = [theory.entropy(coin(p), base=2) for p in heads]
    expecting_q = [theory.cross_entropy(coin(p), coin(q), base=2) for p in heads]
    ax.plot(heads, H, color=REAL, linewidth=4)
    ax.plot(heads, expecting_q, color=GENERATED, linewidth=4)
    ax.plot(q, theory.entropy(coin(q), base=2), "o", color="black", markersize=10, zorder=3)
    gap = theory.kl(coin(0.5), coin(q), base=2)
    ax.annotate("", (0.5, 1), (0.5, 1 + gap), arrowprops={"arrowstyle": "<->", "linewidth": 2.5, "shrinkA": 0,
                                                          "shrinkB": 0})
    ax.text(0.52, 1.5, f"$\\mathrm{{KL}}(p\\,\\Vert\\,q)$ = {gap:.3f} bits", va="center")
    ax.text(0.5, 0.5, "$H(p)$, the entropy of a coin\nthat shows heads with probability $p$", color=REAL, ha="center")
    at_half = theory.cross_entropy(coin(0.5), coin(q), base=2)
    ax.text(0.48, 2.35, f"$H(p, q)$, expecting $q$ = {q}:\nat $p$ = 1/2 it is {at_half:.3f} bits",
            color=GENERATED, ha="right")
    ax.text(q + 0.02, 0.12, "they touch at $p = q$", ha="left")
    ax.set(xlabel="$p$, the true probability of heads", ylabel="mean surprise in bits", xlim=(0, 1), ylim=(0, 4.4),
           yticks=range(5))


@picture("As two distributions part, KL grows without bound, and JSD never exceeds $\\log 2$")
def divergences(figure):
    """As two distributions part, KL grows without bound, and JSD never exceeds log 2."""
    axes = figure.subplot_mosaic([["near", "D"], ["far", "D"], ["gone", "D"]], width_ratios=[1, 1.7])
    x, dx = np.linspace(-14, 24, 6001, retstep=True)
    p, std = normal(x), 1.5
    shifts = np.linspace(0, 7, 71)
    q = [normal(x, shift, std) for shift in shifts]
    curves = [("$\\mathrm{KL}(q\\,\\Vert\\,p)$", "black", "--", 2.8, 0.2, [theory.kl(each, p, dx) for each in q]),
              ("$\\mathrm{KL}(p\\,\\Vert\\,q)$", "black", "-", 4.5, 0.2, [theory.kl(p, each, dx) for each in q]),
              ("$\\mathrm{JSD}(p\\,\\Vert\\,q)$", GREEN, "-", 6.9, -0.35, [theory.js(p, each, dx) for each in q])]
    for name, colour, style, at, up, values in curves:
        axes["D"].plot(shifts, values, style, color=colour, linewidth=4, label=name)
        axes["D"].text(at, np.interp(at, shifts, values) + up, name, color=colour, ha="right")
    axes["D"].axhline(np.log(2), color=GUIDE, linestyle=":", linewidth=2)
    axes["D"].text(6.9, np.log(2) + 0.12, "$\\log 2$", color=GUIDE, ha="right")
    axes["D"].set(title="$p = \\mathcal{N}(0, 1)$, $\\;q = \\mathcal{N}(\\mathrm{distance}, 1.5^2)$",
                  xlabel="distance", ylabel="nats", ylim=(0, 6), xlim=(0, 7))
    for ax, shift in zip([axes["near"], axes["far"], axes["gone"]], (0, 3, 6)):
        for density, colour, name in ((p, REAL, "$p$"), (normal(x, shift, std), GENERATED, "$q$")):
            ax.fill_between(x, density, color=colour, alpha=0.15)
            ax.plot(x, density, color=colour, linewidth=3)
            ax.text(0 if name == "$p$" else shift, density.max() + 0.02, name, color=colour, ha="center")
        ax.set(xlim=(-4, 11), ylim=(0, 0.52), yticks=[], title=f"distance {shift}")
        if shift < 6:
            ax.tick_params(labelbottom=False)
    axes["gone"].set_xlabel("$x$")


def folded_generator():
    """A network that folds the line of z: x = 4 tanh(z/2 + 0.2) − 1.5 tanh(2z)."""
    G = MLP([1, 2, 1], hidden="tanh", rng=0)
    G.theta = [0.5, 2, 0.2, 0, 4, -1.5, 0]
    return G


@picture("$p_g(x)$ is the sum of $p_z(z)\\,/\\,|G'(z)|$ over all $z$ with $G(z) = x$")
def change_of_variables(figure):
    """Where G is steep, p_g is thin; where G folds, shares add up; where G turns, p_g has a spike."""
    axes = figure.subplot_mosaic([["G", "p"], ["z", "sum"]], width_ratios=[1.35, 1], height_ratios=[2.2, 1])
    G, noise = folded_generator(), Normal(1)
    z = np.linspace(-4, 4, 1601)
    x = G(z[:, None])[:, 0]
    samples = G(noise.sample(200_000, 0))[:, 0]
    reach = np.linspace(samples.min() - 0.15, samples.max() + 0.15, 1500)
    p_g = theory.pushforward(G, noise, reach)
    axes["G"].plot(z, x, color=GENERATED, linewidth=4)
    axes["G"].set(title="a network that folds: $x = G(z)$", ylabel="$x$", ylim=(reach[0], reach[-1]), xlim=(-4, 4))
    axes["z"].fill_between(z, noise.density(z[:, None]), color=GUIDE, alpha=0.3)
    axes["z"].set(xlabel="$z$", ylabel="$p_z(z)$", xlim=(-4, 4), ylim=(0, 0.45), yticks=[0, 0.2, 0.4])
    axes["p"].hist(samples, bins=150, density=True, orientation="horizontal", color=GENERATED, alpha=0.3,
                   label="200,000 samples")
    axes["p"].plot(p_g, reach, color=GENERATED, linewidth=3, label="exact")
    axes["p"].set(xlabel="$p_g(x)$", ylim=(reach[0], reach[-1]), xlim=(0, 1.6), xticks=[0, 0.5, 1, 1.5],
                  title="the density of $G(z)$")
    axes["p"].text(0.35, -0.6, "thin where $G$ is steep,\na spike where it turns")
    axes["p"].legend(loc="lower right")
    for name in ("G", "p"):
        axes[name].set_yticks([-2, -1, 0, 1, 2])
    axes["G"].tick_params(labelbottom=False)
    axes["p"].tick_params(labelleft=False)
    axes["sum"].axis("off")
    preimages(axes, G, noise, z, x, x_0=0.75)


def preimages(axes, G, noise, z, x, x_0):
    """Lines up from all z with G(z) = x_0, and on to p_g(x_0); and the sum in numbers."""
    i = np.flatnonzero((x[1:] > x_0) != (x[:-1] > x_0))
    crossings = z[i] + (x_0 - x[i]) * np.diff(z)[i] / np.diff(x)[i]
    p_0 = theory.pushforward(G, noise, x_0)
    line = {"color": GREEN, "linestyle": "--", "linewidth": 2}
    axes["p"].plot([0, p_0], [x_0, x_0], **line)
    axes["p"].plot(p_0, x_0, "o", color=GREEN, markersize=10)
    slopes = np.interp(crossings, z, np.gradient(x, z))
    shares = [f"\\frac{{{noise.density([[at]])[0]:.2f}}}{{{abs(slope):.2f}}}" for at, slope in zip(crossings, slopes)]
    axes["sum"].text(0, 0.5, f"$p_g({x_0}) = {' + '.join(shares)} = {p_0:.2f}$", color=GREEN, fontsize=20, va="center")
    axes["G"].plot([crossings.min(), 4], [x_0, x_0], **line)
    for crossing in crossings:
        axes["G"].plot([crossing, crossing], [axes["G"].get_ylim()[0], x_0], **line)
        axes["G"].plot(crossing, x_0, "o", color=GREEN, markersize=10)
        axes["z"].plot([crossing] * 2, [0, noise.density([[crossing]])[0]], color=GREEN, linewidth=4)


@picture("Prop. 1: at each $x$ by itself, the best $D(x)$ is "
         "$\\;p_\\mathrm{data}(x)\\;/\\;(p_\\mathrm{data}(x) + p_g(x))$")
def best_discriminator(figure):
    """At each x, V has p_data log D + p_g log(1 − D), which is largest at D* = p_data/(p_data + p_g)."""
    axes = figure.subplot_mosaic([["f", "D"], ["f", "p"]])
    x, y = np.linspace(-3, 3, 601), sigmoid(np.linspace(-35, 35, 2001))
    p_data, p_g = normal(x), normal(x, 1, 0.6)
    axes["D"].plot(x, theory.optimal_discriminator(p_data, p_g), color=GREEN, linewidth=4)
    densities(axes["p"], x, p_data, p_g)
    for at, marker in ((-0.3, "o"), (0.35, "s"), (1.2, "^")):
        a, b = (np.interp(at, x, p) for p in (p_data, p_g))
        f = lambda y: a * np.log(y) + b * np.log(1 - y)
        best = theory.optimal_discriminator([a], [b])[0]
        axes["f"].plot(y, f(y), color="black", linewidth=3)
        axes["f"].plot(best, f(best), marker, color=GREEN, markersize=13)
        axes["f"].plot([best, best], [-2, f(best)], color=GUIDE, linestyle=":", linewidth=2)
        axes["f"].text(best - 0.015, -1.95, f"$x = {at}$", ha="right")
        axes["D"].plot([at, at], [0, best], color=GUIDE, linestyle=":", linewidth=2)
        axes["p"].plot([at, at], [0, 0.7], color=GUIDE, linestyle=":", linewidth=2)
        axes["D"].plot(at, best, marker, color=GREEN, markersize=13)
    axes["f"].set(title="for three $x$: $p_\\mathrm{data}\\,\\log y + p_g\\,\\log(1-y)$", xlabel="$y = D(x)$",
                  ylabel="nats", xlim=(0, 1), ylim=(-2, 0), xticks=[0, 0.5, 1], yticks=[-1.5, -1, -0.5, 0])
    axes["D"].set(title="where they peak, for all $x$: $D^*(x)$", ylim=(0, 1.1), yticks=[0, 0.5, 1],
                  xlim=(-3, 3), ylabel="$D^*(x)$")
    axes["D"].tick_params(labelbottom=False)
    axes["p"].legend(loc="upper left")


@picture("While $G$ rests, a trained $D$ approaches $D^* = p_\\mathrm{data} / (p_\\mathrm{data} + p_g)$")
def trained_discriminator(figure):
    """A network D that is trained while G rests comes near to D*, first where there are many examples."""
    above, below = figure.subplots(2, 1, height_ratios=[2.5, 1], sharex=True)
    seen = theory.discriminator_alone.train_discriminator(steps=(0, 30, 300, 3000))
    for (step, D), grey in zip(seen.D.items(), ("0.8", "0.65", "0.45", "0")):
        above.plot(seen.x, D, color=grey, linewidth=3, label=f"$D$ after {step:,} steps")
    above.plot(seen.x, seen.D_star, color=GREEN, linestyle="--", linewidth=4, label="$D^*$")
    above.set(ylabel="$D(x)$", ylim=(0, 1.02), yticks=[0, 0.5, 1])
    above.legend(loc="upper right", labelspacing=0.2, borderaxespad=0)
    densities(below, seen.x, seen.p_data, seen.p_g)
    below.legend(loc="upper left")


@picture("Thm. 1: $C(G) = -\\log 4 + 2\\,\\mathrm{JSD}(p_\\mathrm{data}\\,\\Vert\\,p_g)$"
         " is least where $p_g = p_\\mathrm{data}$, and only there")
def criterion(figure):
    """C(G) is smallest, −log 4, only at p_g = p_data; where the two no longer meet, it is flat."""
    slide, widen = figure.subplots(ncols=2, sharey=True)
    x, dx = np.linspace(-40, 40, 20_001, retstep=True)
    C = lambda mean, std: theory.criterion(normal(x), normal(x, mean, std), dx)
    shift, std = np.linspace(-8, 8, 161), np.geomspace(0.05, 8, 121)
    slide.plot(shift, [C(mean, 1) for mean in shift], color="black", linewidth=4)
    slide.set(title="$p_g = \\mathcal{N}(\\mu, 1)$ slides over $p_\\mathrm{data} = \\mathcal{N}(0, 1)$",
              xlabel="$\\mu$", ylabel="$C(G)$ in nats", ylim=(-1.55, 0.15), yticks=[-1, -0.5, 0])
    widen.plot(std, [C(0, each) for each in std], color="black", linewidth=4)
    widen.set(title="$p_g = \\mathcal{N}(0, \\sigma^2)$ widens", xlabel="$\\sigma$", xscale="log", xticks=[0.1, 1, 8],
              xticklabels=["0.1", "1", "8"])
    widen.minorticks_off()
    for ax, best in ((slide, 0), (widen, 1)):
        ax.axhline(FLOOR, color=GUIDE, linestyle="--", linewidth=2)
        ax.axhline(0, color=GUIDE, linestyle=":", linewidth=2)
        ax.plot(best, FLOOR, "o", color=GREEN, markersize=14, zorder=3)
    slide.text(-8, FLOOR - 0.03, "$-\\log 4$ = −1.386", color=GUIDE, va="top")
    slide.text(-8, 0.03, "no overlap at all: 0", color=GUIDE)
    slide.text(1, FLOOR + 0.03, "$p_g = p_\\mathrm{data}$", color=GREEN)
    slide.annotate("almost flat:\nno slope to\nlead $G$ home", (-6.6, -0.03), (-7.9, -0.5),
                   arrowprops={"arrowstyle": "->", "linewidth": 2})


def coin_game(q, d):
    """V for a coin: p_data(heads) = COIN, p_g(heads) = q, D(heads) = d, and D(tails) at its best."""
    tails = (1 - COIN) / (2 - COIN - q)
    return (COIN * np.log(d) + q * np.log(1 - d)
            + (1 - COIN) * np.log(tails) + (1 - q) * np.log(1 - tails))


@picture("Prop. 2: $D \\leftarrow D^*$, then a small step of $p_g$ downhill, and again: "
         "it ends at $p_g = p_\\mathrm{data}$")
def saddle(figure):
    """Up to the ridge in D, one step down along it in p_g: the path ends at the saddle point."""
    left, right = figure.subplots(ncols=2)
    heads, (low, high) = np.linspace(0.001, 0.999, 200), (0.05, 0.95)
    best = lambda p_g: theory.optimal_discriminator(np.full_like(p_g, COIN), p_g)
    q, d = np.meshgrid(heads, np.linspace(low, high, 200))
    shade(left, left.contourf, q, d, np.maximum(coin_game(q, d), -2.4), np.linspace(-2.4, -0.6, 10),
          "$V$ in nats", [-2.4, -1.8, -1.2, -0.6])
    left.plot(heads, best(heads), color=GREEN, linestyle="--", linewidth=3, label="$D^*$")
    path = theory.alternate([COIN, 1 - COIN], [0.95, 0.05], rate=0.3, steps=40)[:, 0]
    for p_g, p_g_after, D, D_after in zip(path, path[1:], [0.9, *best(path)], best(path)):
        left.plot([p_g, p_g], [D, D_after], color="black", linewidth=3, label="$D \\leftarrow D^*$")
        left.plot([p_g, p_g_after], [D_after, D_after], color=GENERATED, linewidth=3, label="$p_g$ downhill")
    left.plot(COIN, 0.5, "o", color=REAL, markersize=13, zorder=3)
    left.text(COIN + 0.04, 0.52, "$p_g = p_\\mathrm{data}$, $D$ = 1/2", color=REAL)
    left.legend(handles=left.lines[:3], loc="lower left", labelspacing=0.2)
    left.set(title=f"a coin with $p_\\mathrm{{data}}$(heads) = {COIN}", xlabel="$p_g$(heads)", ylabel="$D$(heads)",
             xticks=[0, 0.5, 1], yticks=[0.1, 0.5, 0.9], xlim=(0, 1), ylim=(low, high))
    simplex(right)


def shade(ax, contours, x, y, values, levels, label, ticks):
    """Filled contours, light enough for what is drawn upon them, and below them their scale."""
    filled = contours(x, y, values, levels=levels, cmap="Greys", vmin=levels[0],
                      vmax=levels[-1] + (levels[-1] - levels[0]) / 2)
    ax.figure.colorbar(filled, ax=ax, orientation="horizontal", label=label, ticks=ticks, shrink=0.8)


CORNERS = np.array([[0, 0], [1, 0], [0.5, np.sqrt(3) / 2]])


def simplex(ax, p_data=(0.5, 0.2, 0.3)):
    """All p_g on three outcomes as a triangle, C as its shade, and paths to p_data."""
    weights = np.array([(i, j, 100 - i - j) for i in range(101) for j in range(101 - i)]) / 100
    C = [theory.criterion(p_data, p_g) for p_g in weights]
    shade(ax, ax.tricontourf, *(weights @ CORNERS).T, C, np.linspace(FLOOR, max(C), 10), "$C$ in nats",
          [-1.2, -0.9, -0.6])
    for start in ([0.98, 0.01, 0.01], [0.01, 0.98, 0.01], [0.01, 0.01, 0.98], [0.02, 0.49, 0.49]):
        path = theory.alternate(p_data, start, rate=0.02, steps=400) @ CORNERS
        ax.plot(*path.T, color=GENERATED, linewidth=3)
        ax.plot(*path[0], "o", color=GENERATED, markersize=9)
    home = np.array(p_data) @ CORNERS
    ax.plot(*home, "o", color=REAL, markersize=13, zorder=3)
    ax.text(*home + [-0.04, 0.02], "$p_\\mathrm{data}$", ha="right", color=REAL)
    for corner, name, up in zip(CORNERS, ("(1, 0, 0)", "(0, 1, 0)", "(0, 0, 1)"), (-0.08, -0.08, 0.03)):
        ax.text(*corner + [0, up], name, ha="center")
    ax.set(title="three outcomes: each point is a $p_g$", aspect="equal", ylim=(-0.1, 0.95))
    ax.axis("off")


@picture("Prop. 2: $C$ is the upper edge of lines, one for each $D$: "
         "convex, and $D^*$ gives its slope")
def tangents(figure):
    """For each D, V is a straight line in p_g; C is the highest of them: convex, and D* gives its slope."""
    ax = figure.subplots()
    q = np.linspace(0.001, 0.999, 500)
    coin = lambda heads: np.array([heads, 1 - heads])
    p_data = coin(COIN)
    ax.plot(q, [theory.criterion(p_data, coin(each)) for each in q], color="black", linewidth=5,
            zorder=2.5)
    for q_0 in (0.03, 0.12, COIN, 0.6, 0.85, 0.97):
        D = theory.optimal_discriminator(p_data, coin(q_0))
        colour = REAL if q_0 == COIN else GUIDE
        ax.plot(q, [theory.value(D, p_data, coin(each)) for each in q], color=colour, linewidth=2)
        ax.plot(q_0, theory.criterion(p_data, coin(q_0)), "o", color=colour, markersize=13, markeredgecolor="white",
                zorder=3)
    ax.text(COIN, FLOOR + 0.05, "$p_g = p_\\mathrm{data}$:\n$D^*$ = 1/2, $C = -\\log 4$", color=REAL, ha="center")
    ax.text(0.12, -0.88, "thick: $C(p_g) = \\max\\; V(p_g, D)$ over all $D$\n"
            "thin: $V(p_g, D)$ for the $D^*$ of each dot")
    ax.set(xlabel=f"$p_g$(heads), with $p_\\mathrm{{data}}$(heads) = {COIN}", ylabel="nats", xlim=(0, 1),
           ylim=(-1.6, -0.78), yticks=[-1.6, -1.4, -1.2, -1, -0.8])


@picture("Both objectives want $D(G(z))$ larger; where $D$ rejects $G(z)$, only $-\\log D$ still pushes")
def objectives(figure):
    """Both objectives want the same; but where D rejects what G makes, only −log D still pushes."""
    by_D, by_logit, network = figure.subplots(ncols=3)
    ahead = theory.discriminator_alone.discriminator_ahead()
    D, a = np.linspace(0.002, 0.998, 500), np.linspace(-8, 8, 401)
    for name, label, colour in (("minimax", "$\\log(1-D)$", "black"), ("non-saturating", "$-\\log D$", GREEN)):
        by_D.plot(D, theory.generator_objective(D, name), color=colour, linewidth=4, label=label)
        by_logit.plot(a, -theory.generator_slope(sigmoid(a), name), color=colour, linewidth=4, label=label)
        network.loglog(ahead.steps, ahead.norm[name], color=colour, linewidth=4, label=label)
    by_D.set(title="what $G$ makes small", xlabel="$D(G(z))$", ylabel="$\\ell$ in nats", xlim=(0, 1),
             ylim=(-4.2, 4.2), xticks=[0, 0.5, 1], yticks=[-4, -2, 0, 2, 4])
    by_D.legend(loc="upper right")
    by_logit.set(title="the push on $D$'s logit $a$", xlabel="$a$: from rejected to accepted",
                 ylabel="$-\\partial\\ell\\,/\\,\\partial a$", xticks=[-8, 0, 8], yticks=[0, 0.5, 1])
    network.set(title="what reaches a real $G$", xlabel="steps of $D$ alone",
                ylabel="norm of the gradient by $\\theta_G$")
    network.text(0.04, 0.04, f"mean $D(G(z))$ falls\nfrom {ahead.D_fake[0]:.2f} to {ahead.D_fake[-1]:.4f}",
                 transform=network.transAxes)


@picture("$x = z/10 + z/|z|$: a fixed map turns normal noise into a new distribution, of known density")
def ring_density(figure):
    """A fixed map turns normal noise into a new distribution: a ring, whose density is known."""
    axes = figure.subplot_mosaic([["z", "x", "p"], ["r", "r", "r"]], height_ratios=[1.8, 1])
    z = Normal(2).sample(300, 0)
    x = Ring.from_noise(z)
    upper_right = (z > 0).all(axis=1)
    for name, points, title, colour, whole in (("z", z, "300 points $z$", "#999999", 3),
                                               ("x", x, "the same, as $x$", REAL, 1)):
        axes[name].scatter(*points.T, color=np.where(upper_right, "black", colour), s=30, alpha=0.6, linewidths=0)
        axes[name].set(title=title, xlabel=f"${name}_1$", ylabel=f"${name}_2$")
        square(axes[name], whole)
    side = np.linspace(-1.6, 1.6, 400)
    density = Ring().density(np.stack(np.meshgrid(side, side), axis=-1).reshape(-1, 2)).reshape(400, 400)
    axes["p"].imshow(density, origin="lower", extent=(-1.6, 1.6, -1.6, 1.6), cmap="Blues")
    axes["p"].set(title="the exact density $p(x)$", xlabel="$x_1$", ylabel="$x_2$")
    square(axes["p"], 1)
    r = np.linspace(0.95, 1.5, 500)
    axes["r"].hist(np.linalg.norm(x, axis=1), bins=25, range=(1, 1.5), density=True, color=REAL, alpha=0.3,
                   label="the 300 points")
    axes["r"].plot(r, Ring.radius_density(r), color=REAL, linewidth=4,
                   label="exact: $100\\,(r-1)\\,e^{-50(r-1)^2}$ for $r \\geq 1$")
    axes["r"].set(title="the radius", xlabel="$r = |x|$", ylabel="density", xlim=(0.95, 1.5))
    axes["r"].legend(loc="upper right")


def square(ax, whole):
    """Equal axes around 0, with a tick at 0 and at `whole` on each side."""
    reach = whole + 0.6
    ax.set(xlim=(-reach, reach), ylim=(-reach, reach), aspect="equal", anchor="W", xticks=[-whole, 0, whole],
           yticks=[-whole, 0, whole])
