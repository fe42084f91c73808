# %% [markdown]
# # What $−log D$ descends
# D's logit at its best is $log (p_{data}/p_g)$. From that ratio follows what each objective of G has the slope of:
# $log(1 − D)$ of $2 JSD$, $−log D$ of $KL(p_g ‖ p_{data}) − 2 JSD$, and the likelihood, $−D/(1 − D)$, of
# $KL(p_{data} ‖ p_g)$.

# %% 1. The slopes, with $D^*$ held fixed, against difference quotients of the divergences
import matplotlib.pyplot as plt
import numpy as np

import tinygan as tg
from tinygan import theory
from tinygan.show import present

p_data, p_g = np.array([0.5, 0.2, 0.3]), np.array([0.2, 0.2, 0.6])
move, h = np.array([1, 0, -1]), 1e-5            # mass from the third outcome to the first
objectives = ("minimax", "non-saturating", "likelihood")
for objective in objectives:
    F = lambda p: theory.descended(p_data, p, objective)
    quotient = (F(p_g + h * move) - F(p_g - h * move)) / (2 * h)
    print(f"{objective:15} slope at D* {theory.slope_at_best(p_data, p_g, objective) @ move:9.6f}   "
          f"of its divergence {quotient:9.6f}")

# %% 2. What each pays: G drops half of the data, or puts half of its mass where no data is
for what, one in (("drops half of the data", [1, 0, 0]), ("half of it is no data ", [0.25, 0.25, 0.5])):
    paid = (f"{objective} {theory.descended([0.5, 0.5, 0], one, objective):.3f}" for objective in objectives)
    print(f"{what}   {'   '.join(paid)}")

# %% 3. The ratio, used: train D alone on $N(0, 1)$ against $N(1, 0.6²)$, and read both KL off its logits
rng = np.random.default_rng(0)
G, D = tg.MLP([1, 1], rng=rng), tg.MLP([1, 32, 32, 1], hidden="tanh", bias_spread=1, rng=rng)
G.theta = [0.6, 1.0]                            # G(z) = 1 + 0.6 z, and it rests
game = tg.Algorithm1(G, D, tg.data.Gaussian(0, 1), tg.data.Normal(1), m=256, rng=rng)
for step in range(3000):
    game.lr_d = 0.3 * (1 - step / 3000)
    game.gradient_D(game.sample(game.data), game.sample(game.noise))
    game.update_D()
a_real, a_fake = D(game.data.sample(100_000, rng)), D(G(game.noise.sample(100_000, rng)))
for name, found, exact in zip(("KL(p_data || p_g)", "KL(p_g || p_data)"), theory.kl_from_logits(a_real, a_fake),
                              (np.log(0.6) + 2 / 0.72 - 0.5, -np.log(0.6) + 1.36 / 2 - 0.5)):
    print(f"{name} from the logits {found:.3f}, exact {exact:.3f}")

# %% 4. Look: one Gaussian for two modes, four apart
figure, axes = plt.subplots(1, 3, figsize=(10, 3.5), sharey=True, layout="constrained")
for ax, objective in zip(axes, objectives):
    near = theory.nearest_gaussian(4, objective)
    ax.plot(near.x, near.p_data, color="#0072B2", linestyle=":", linewidth=3, label="p_data")
    ax.plot(near.x, near.p_g, color="#D55E00", linewidth=3, label="best p_g")
    ax.set(title=f"{objective}: mean {near.mean:.2f}, std {near.std:.2f}", xlabel="x", xlim=(-6, 6))
axes[0].legend(frameon=False)
present(figure, "19_three_divergences.png")
