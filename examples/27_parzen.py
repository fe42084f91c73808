# %% [markdown]
# # What a Parzen window is worth
# The paper's Table 1 lays a Gaussian of width σ on each generated example, and asks how probable test examples are
# under their mean. In cells 1 to 3 the samples are perfect, so any nat that is missing is the measure's fault.

# %% 1. All is known of this model, $N(0, I)$: its mean $log p$ is $−(d/2) log(2πe)$, up to the luck of the test
import matplotlib.pyplot as plt
import numpy as np

import tinygan as tg
from tinygan.show import present

def scores(d, n, sigmas):
    """(mean log p of 300 test examples, what the window on n samples says, its σ)"""
    normal = tg.data.Normal(d)
    samples, held_out, test = (normal.sample(size, seed) for seed, size in enumerate((n, 300, 300)))
    found = tg.metrics.parzen(samples, held_out, test, sigmas)
    return normal.log_density(test).mean(), found.log_likelihood, found.sigma

# %% 2. More dimensions: the same n samples fill space less and less
SIGMAS, n = np.geomspace(0.1, 1.5, 12), 2000
dimensions = [1, 4, 16, 64, 256]
by_d = np.array([scores(d, n, SIGMAS) for d in dimensions])
for d, (true, found, sigma) in zip(dimensions, by_d):
    print(f"d = {d:3}   true {true:8.2f}   Parzen {found:8.2f} nats   short by {true - found:6.2f}   sigma {sigma:.2f}")

# %% 3. Would more samples help? In 16 dimensions, from 250 to 4000
for more in (250, 1000, 4000):
    true, found, _ = scores(16, more, SIGMAS)
    print(f"n = {more:5}   short by {true - found:.2f} nats")

# %% 4. The window widens every model: $N(0, 0.49 I)$, too narrow, is $N(0, I)$ with $σ² = 0.51$, and beats the truth
widths = np.geomspace(0.3, 1.5, 15)
normal, rng = tg.data.Normal(16), np.random.default_rng(3)
test, right, wrong = (normal.sample(size, rng) for size in (300, n, n))
wrong *= 0.7                                                             # all examples too near to the mean
at = lambda x, sigma: tg.metrics.parzen(x, test, test, [sigma]).log_likelihood
curves = np.array([[at(x, sigma) for sigma in widths] for x in (right, wrong)])
print(f"in 16 dimensions, the best over sigma: N(0, I) {curves[0].max():.2f}, N(0, 0.49 I) {curves[1].max():.2f} nats")

# %% 5. Look
figure, (left, middle) = plt.subplots(1, 2, figsize=(11, 4.8), layout="constrained")
left.semilogx(dimensions, by_d[:, 0] / dimensions, color="#009E73", linewidth=4, base=2, label="true, same examples")
left.semilogx(dimensions, by_d[:, 1] / dimensions, "o-", color="black", linewidth=3, base=2, label="Parzen window")
left.set(title=f"N(0, I), judged by {n} of its own samples", xlabel="dimension d", ylabel="nats / d",
         xticks=dimensions, xticklabels=dimensions)
middle.semilogx(widths, curves[0], color="#009E73", linewidth=4, label="samples of N(0, I), the truth")
middle.semilogx(widths, curves[1], color="#D55E00", linewidth=4, label="samples of N(0, 0.49 I)")
middle.set(title="d = 16: the score against σ", xlabel="σ", ylabel="mean log p̂ in nats", xticks=[0.3, 0.6, 1.2],
           xticklabels=["0.3", "0.6", "1.2"])
middle.minorticks_off()
for ax in (left, middle):
    ax.legend(frameon=False)
present(figure, "27_parzen.png")
