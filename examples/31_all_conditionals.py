# %% [markdown]
# # One part of x from the rest
# The condition may be a part of x itself. In the plane there are two such questions, $p(x_1 | x_2)$ and
# $p(x_2 | x_1)$: one network answers both, told which is asked. For a Gaussian both are known exactly. Then: digits.

# %% 1. Each example hides one coordinate. c is the other one, and which of the two is asked for
import matplotlib.pyplot as plt
import numpy as np

import tinygan as tg
from tinygan.beyond.conditional import Conditional, Pairs, one_hot
from tinygan.show import present

seed = 0
rho, mean = 0.7, np.array([1.0, -1.0])
points, row = tg.data.Gaussian(mean, [[1, rho], [rho, 1]]).sample(50_000, 0), np.arange(50_000)
hidden = row % 2                                    # the first coordinate, the second, the first, …
data = Pairs(points[row, hidden][:, None], np.column_stack([points[row, 1 - hidden], one_hot(hidden)]))
rng, f32 = np.random.default_rng(seed), np.float32
G = Conditional(tg.MLP([1 + 3, 32, 1], "tanh", bias_spread=1, dtype=f32, rng=rng), d_c=3)
D = tg.MLP([1 + 3, 32, 32, 1], "leaky_relu", bias_spread=1, dtype=f32, rng=rng)
tg.Algorithm1(G, D, data, data.noise(tg.data.Normal(1)), m=256, lr_d=0.1, lr_g=0.03, schedule="linear",
              iterations=6000, rng=rng).train(6000)

# %% 2. Exact: $p(x_i | x_j) = N(μ_i + ρ (x_j − μ_j), 1 − ρ²)$. The largest error over both and five $x_j$
known, z, std = np.linspace(-2, 2, 5), tg.data.Normal(1).sample(20_000, [seed, 1]), np.sqrt(1 - rho**2)
made = {(i, k): G.given([mean[1 - i] + k, i == 0, i == 1], z) for i in (0, 1) for k in known}
measured = {"error of the mean, largest": max(abs(x.mean() - mean[i] - rho * k) for (i, k), x in made.items()),
            "error of the std, largest": max(abs(x.std() - std) for x in made.values())}

# %% 3. Digits: c is the upper half, 128 pixels, and x the lower half
(pictures, digit), (real, its_digit) = tg.data.Glyphs().training(), tg.data.Glyphs().test(1000)
halves, p_z = Pairs(x=pictures[:, 128:], c=pictures[:, :128]), tg.data.Uniform(10, -np.sqrt(3), np.sqrt(3))
lower = Conditional(tg.MLP([10 + 128, 256, 128], "relu", "sigmoid", dtype=f32, rng=rng), d_c=128)
D = tg.MLP([128 + 128, 128, 1], "maxout", pieces=3, dropout=0.3, dtype=f32, rng=rng)
tg.Algorithm1(lower, D, halves, halves.noise(p_z), m=100, lr_d=0.1, lr_g=0.1, momentum=(0.5, 0.7), schedule=0.5,
              iterations=3000, rng=rng).train(3000)
whole = lambda z: np.column_stack([real[:, :128], lower.given(real[:, :128], z)])
nearest = {"made": tg.metrics.nearest(whole(p_z.sample(1000, [seed, 2])), pictures)[0],
           "real, of the most similar upper half": tg.metrics.nearest(real[:, :128], pictures[:, :128])[0]}
measured.update({f"right class, lower half {name}": np.mean(digit[i] == its_digit) for name, i in nearest.items()})
for name, value in measured.items():
    print(f"{name:61} {value:.3f}")

# %% 4. Look: what was made for each known coordinate; and four lower halves for each upper one
plt.rc("font", size=13)
figure, (left, right) = plt.subplots(1, 2, figsize=(12, 4.6), layout="constrained", width_ratios=[1, 1.6])
left.fill_between(known, rho * known - std, rho * known + std, color="#0072B2", alpha=0.2, label="exact: mean ± std")
for i, colour in enumerate(("#D55E00", "#E69F00")):
    x = [made[i, k] - mean[i] for k in known]
    left.errorbar(known + 0.1 * i - 0.05, np.mean(x, axis=(1, 2)), np.std(x, axis=(1, 2)), fmt="os"[i], color=colour,
                  capsize=4, label=f"made: x{i + 1} given x{2 - i}")
left.set(xlabel="what is known, less its mean", ylabel="the other, less its mean", title="one network, both questions")
left.legend(frameon=False)
rows = [real, *(whole(p_z.sample(1000, [seed, 3, k])) for k in range(4))]
ink, line = np.vstack([np.hstack(x[:12].reshape(12, 16, 16)) for x in rows])[..., None], np.arange(80)[:, None, None]
colour = np.where((line >= 16) & (line % 16 >= 8), [0.84, 0.37, 0], [0, 0.45, 0.7])      # orange: generated
right.imshow(1 - ink * (1 - colour))
right.set(xticks=[], yticks=range(8, 80, 16), yticklabels=["real", *4 * ["made"]], title="lower halves, given upper")
present(figure, "31_all_conditionals.png")
