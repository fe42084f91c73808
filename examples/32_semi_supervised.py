# %% [markdown]
# # What D has seen without labels
# D has looked at 10 000 pictures, and no label. Twenty labels a digit are then all that a classifier gets. Do D's
# hidden units help it? The answer needs company: raw pixels, a D that was never trained, and a network on the labels.

# %% 1. A GAN on digits, trained without labels; and D as it was before the first iteration
import matplotlib.pyplot as plt
import numpy as np

import tinygan as tg
from tinygan.beyond.semi_supervised import features, train_classifier
from tinygan.show import present

seed = 0
untrained = tg.recipes.start("glyphs", seed=seed).game.D
run = tg.recipes.start("glyphs", seed=seed, iterations=3000)
run.train()
D = run.game.D

# %% 2. Twenty labelled pictures of each digit, and 4000 held-out ones to test on
(pictures, digit), (test, its_digit) = run.data.training(), run.data.test(4000)
rng = np.random.default_rng([seed, 1])
few = np.concatenate([rng.choice(np.flatnonzero(digit == k), 20, replace=False) for k in range(10)])
fold = rng.permutation(200) % 4

# %% 3. Softmax regression on whatever a picture is turned into; how much decay, the labelled ones say themselves
def accuracy(to, x, labels, test_x, test_labels, hidden, decay):
    mean, std = to(pictures[:2000]).mean(axis=0), to(pictures[:2000]).std(axis=0) + 1e-3     # needs no labels
    seen, new = ((to(each) - mean) / std for each in (x, test_x))
    net = tg.MLP([seen.shape[1], *hidden, 10], rng=[seed, 2])
    train_classifier(net, seen, labels, iterations=200, lr=0.05, decay=decay)
    return np.mean(net(new).argmax(axis=1) == test_labels)

def with_few_labels(to, hidden=()):
    x, labels = pictures[few], digit[few]
    by_folds = lambda decay: np.mean([accuracy(to, x[fold != k], labels[fold != k], x[fold == k], labels[fold == k],
                                               hidden, decay) for k in range(4)])
    return accuracy(to, x, labels, test, its_digit, hidden, max((0.001, 0.01, 0.03, 0.1), key=by_folds))

both = lambda net: lambda x: np.column_stack([x, features(net, x)])
measured = {"pixels": with_few_labels(lambda x: x), "pixels, one hidden layer": with_few_labels(lambda x: x, [128]),
            "units of an untrained D": with_few_labels(lambda x: features(untrained, x)),
            "units of D": with_few_labels(lambda x: features(D, x)),
            "pixels and units of an untrained D": with_few_labels(both(untrained)),
            "pixels and units of D": with_few_labels(both(D))}
for name, value in measured.items():
    print(f"{name:36} {value:.3f}")

# %% 4. Look: the share of 4000 held-out digits that are read rightly
more = {name: 100 * (measured[name] - measured["pixels"]) for name in measured}
plt.rc("font", size=13)
figure, ax = plt.subplots(figsize=(10, 4.6), layout="constrained")
for name, share in measured.items():
    ax.plot(share, name, "o", markersize=13, color="#0072B2" if name.endswith("of D") else "#999999")
    ax.annotate(f"{share:.1%}", (share, name), (14, -5), textcoords="offset points")
ax.set_title(f"seed {seed}: D's units (blue) alone {more['units of D']:+.1f} points on pixels, beside the pixels "
             f"{more['pixels and units of D']:+.1f}", fontsize=14, loc="right")
ax.set(xlabel="share of held-out digits read rightly, with 20 labels a digit", xmargin=0.2, ymargin=0.1)
ax.invert_yaxis()
present(figure, "32_semi_supervised.png")
