"""What each recipe is measured by: (generated, real, p_data) → {name: (value, ideal)}.

Here: `ring`, `gaussian`, `gaussian2d`, `shape`, `mixture`, `digits`, `points`; and of a whole run, `gaussian_exact`,
`digits_exact` and `points_exact`.
Two samples, (n, d) each, in the data's own units.
"""

import numpy as np

from .. import metrics, theory
from ..layers import sigmoid


def ring(generated, real, p_data):
    """Radius and angle, by figure and by distribution."""
    r = metrics.radius(generated)
    uniform = lambda angle: np.full(len(angle), 1 / (2 * np.pi))
    return {"radius, mean": (r.mean(), p_data.radius_mean),
            "radius, std": (r.std(), p_data.radius_std),
            "radius, JSD (nats)": (metrics.histogram_jsd(r, p_data.radius_density, 0.8, 1.6, bins=40), 0),
            "angle, JSD (nats)": (metrics.histogram_jsd(metrics.angle(generated), uniform, -np.pi, np.pi, bins=60), 0)}


def gaussian(generated, real, p_data):
    """Mean and standard deviation, and how far the histogram is from the density."""
    mean, std = p_data.mean[0], np.sqrt(p_data.cov[0, 0])
    density = lambda x: p_data.density(x[:, None])
    return {"mean": (generated.mean(), mean),
            "std": (generated.std(), std),
            "JSD (nats)": (metrics.histogram_jsd(generated[:, 0], density, mean - 6 * std, mean + 6 * std), 0)}


def gaussian_exact(run):
    """D against D*: p_g of a one-dimensional G is known exactly, by change of variables."""
    game, (mean,), (std,) = run.game, run.game.data.mean, run.game.data.std
    x = np.linspace(mean - 8 * std, mean + 8 * std, 4001)
    try:
        p_g = theory.pushforward(game.G, game.noise, (x - mean) / std) / std
        D = sigmoid(run.logits(x[:, None]))[:, 0]
        error = metrics.discriminator_error(D, run.data.density(x[:, None]), p_g, x[1] - x[0])
    except ValueError:                                # a G that has collapsed to points has no density
        error = np.nan
    return {"D against D*": (error, 0)}


def gaussian2d(generated, real, p_data):
    """Mean and covariance, entry by entry."""
    mean, cov = generated.mean(axis=0), np.cov(generated.T)
    return {**{f"mean, {axis}": (mean[i], p_data.mean[i]) for i, axis in enumerate("xy")},
            **{f"cov, {'xy'[i]}{'xy'[j]}": (cov[i, j], p_data.cov[i, j]) for i, j in ((0, 0), (0, 1), (1, 1))},
            "JSD on a grid (nats)": (metrics.grid_jsd(generated, real, -4, 4), 0)}


def shape(generated, real, p_data):
    """Precision and recall."""
    measured = metrics.precision_recall(generated, real)
    return {"precision": (measured.precision, 0.995), "recall": (measured.recall, 0.995)}


def mixture(generated, real, p_data):
    """Which modes were found, by how many, how well."""
    seen, held = (metrics.modes(generated, p_data, least) for least in (1, 20))
    n, good = len(p_data.means), 1 - np.exp(-4.5)     # within 3 std, in the plane
    return {"modes with 1 good": (seen.captured, n), "modes with 20 good": (held.captured, n),
            "good": (seen.good, good), "KL of the modes (nats)": (seen.kl, 0)}


def digits(generated, real, p_data):
    """Which classes are drawn, how often, and how well. A picture is of the class of its nearest training picture: that
    is right for 99 % of the held-out glyphs. Without labels, the last two measures alone."""
    classes = {}
    if p_data.labels is not None:
        training, labels = p_data.training()
        index, _ = metrics.nearest(generated, training)
        counts, of_real = (np.bincount(each, minlength=p_data.classes) for each in (labels[index], labels))
        classes = {"classes with 1 in 50": (np.sum(counts >= len(generated) / 50), np.sum(of_real > 0)),
                   "KL of the classes (nats)": (theory.kl(counts / len(generated), of_real / len(labels)), 0)}
    return {**classes, **shape(generated, real, p_data)}


def digits_exact(run):
    """Copying or generating: how far generated pictures are from the nearest of (at most 10,000) training pictures, and
    how far held-out ones are, which is the ideal. A G that copies has distances near 0."""
    (training, _), (held_out, _) = run.data.training(), run.data.test()
    _, generated = metrics.nearest(run.sample(run.recipe.n, [run.seed, 2]), training)
    _, ideal = metrics.nearest(held_out, training)
    return {"distance to training, median": (np.median(generated), np.median(ideal)),
            "distance to training, least": (generated.min(), ideal.min()),
            "closer than held-out": (np.mean(generated < np.median(ideal)), 0.5)}


def points(generated, real, space, names):
    """Of your own columns: how far each is from the held-out rows, and how they hang together. `space` is what the
    networks saw: there no unit counts more than another."""
    ks = metrics.ks_distance(generated, real)
    worst = np.argsort(-ks, kind="stable")[:6] if len(names) > 6 else range(len(names))
    measured = {f"KS, {names[j]}": (ks[j], 0) for j in sorted(worst)}
    generated, real = space.standardise(generated), space.standardise(real)
    if len(names) > 1 and len(real) > 2:
        with np.errstate(invalid="ignore"):           # of a constant column, as of a G that has died: 0 / 0
            apart = np.nan_to_num(np.corrcoef(generated.T)) - np.nan_to_num(np.corrcoef(real.T))
        np.fill_diagonal(apart, 0)
        measured["correlation, furthest off"] = (np.abs(apart).max(), 0)
    return {**measured, **shape(generated, real, None)}


def points_exact(run):
    """How many generated examples are nearer to one of n rows that were trained on than to any of n held out: a half,
    unless G repeats rows. And of the columns with few values: how many rows combine them as no real one does."""
    n, space, source = run.recipe.n, run.game.data, run.data
    generated = run.sample(n, [run.seed, 2])
    near = space.standardise(generated)
    _, to_drawn = metrics.nearest(near, space.standardise(source.drawn[:n]))
    _, to_held_out = metrics.nearest(near, space.standardise(source.held_out_rows[:n]))
    nearer = np.mean(to_drawn < to_held_out) + np.mean(to_drawn == to_held_out) / 2
    measured = {"nearer to a trained row": (nearer, 0.5)}
    few = [j for j, column in enumerate(source.array.T) if len(np.unique(column)) < 20]
    if len(few) > 1:
        seen = set(map(tuple, source.array[:, few]))
        new = [tuple(row) not in seen for row in generated[:, few]]
        measured["combinations never seen"] = (np.mean(new), 0)
    return measured
