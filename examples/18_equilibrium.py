# %% [markdown]
# # The equilibrium: where neither player gains by moving alone
# Is there one, is it the right one, does it matter who moves first? If $p_g$ and D may be anything: yes, yes, no.
# For players with parameters each answer can be another one.

# %% 1. Is there one? $V(p_g, D^*) ≥ −log 4 ≥ V(p_{data}, D)$, for a thousand random $p_g$ and D
import matplotlib.pyplot as plt
import numpy as np

import tinygan as tg
from tinygan import theory
from tinygan.show import present

rng, p_data = np.random.default_rng(0), np.array([0.2, 0.3, 0.5])
p_g, D = rng.dirichlet(np.ones(3), 1000), rng.random((1000, 3))
above = [theory.value(theory.optimal_discriminator(p_data, each), p_data, each) for each in p_g]
below = [theory.value(each, p_data, p_data) for each in D]
print(f"least V(p_g, D*) {min(above):.4f}   -log 4 {-np.log(4):.4f}   largest V(p_data, D) {max(below):.4f}")

# %% 2. Is it the right one? Together the players could still win 2 JSD or more: nothing only at $p_g = p_{data}$
D_star = theory.optimal_discriminator(p_data, p_g[0])
for name, one, other in (("p_g = p_data, D = 1/2", 0.5, p_data), ("p_g random,   D = D* ", D_star, p_g[0]),
                         ("p_g random,   D = 1/2", 0.5, p_g[0]), ("p_g = p_data, D random", D[0], p_data)):
    gains = theory.gains(one, p_data, other)
    print(f"{name:22}   D could win {gains.of_D:.4f}, G {gains.of_G:.4f}   2 JSD {2 * theory.js(p_data, other):.4f}")

# %% 3. Who moves first? A table of V for $x = −1$, 0 or 1: a row for each $p_g$, a column for each D
p_data, points = np.array([0.5, 0, 0.5]), np.eye(3)
anything = np.array([(i, 10 - i - j, j) for i in range(11) for j in range(11 - i)]) / 10        # in tenths
D_of = lambda odds: odds / (1 + odds)                           # D* has the odds p_data/p_g: these, or 0, or ∞
odds = [1e-7, *(5 / np.arange(1, 11)), 1e7]
any_D = D_of(np.stack(np.meshgrid(odds, odds, odds), axis=-1).reshape(-1, 3))                   # (1728, 3)
straight = tg.sigmoid(np.linspace(-9, 9, 361)[:, None] * [-1, 0, 1])                             # logit psi x
for name, p_g, D in (("any p_g, any D", anything, any_D), ("p_g one point, any D", points, any_D),
                     ("any p_g, D's logit psi x", anything, straight)):
    V = np.log(D) @ p_data + p_g @ np.log(1 - D).T              # E log D + E log(1 − D): (rows, columns)
    best = p_g[np.isclose(V.max(axis=1), theory.minimax(V))]
    print(f"{name:24}   min max {theory.minimax(V):.4f}   max min {theory.maximin(V):.4f}   "
          f"{len(best):2} best p_g, such as {best[0]}")

# %% 4. V's first term has no G in it: G's step needs no real example. And the equilibrium's D gives it no slope
G, D, z = tg.MLP([2, 8, 2], rng=0), tg.MLP([2, 8, 1], rng=1), rng.standard_normal((64, 2))
for name, rows, parameters in (("data: the ring", tg.data.Ring(), D.theta.copy()),
                               ("data: zeros   ", np.zeros((3, 2)), D.theta.copy()),
                               ("D = 1/2       ", tg.data.Ring(), np.zeros(D.theta.size))):
    D.theta = parameters
    tg.Algorithm1(G, D, rows, tg.data.Normal(2), rng=0).gradient_G(z)
    print(f"{name}   norm of the gradient that reaches G: {np.linalg.norm(G.grad):.12f}")

# %% 5. Look: what D and G could win, as $p_g$ leaves $p_{data}$ and D stays at 1/2 or goes to $D^*$
heads, coin = np.linspace(0.01, 0.99, 99), lambda q: np.array([q, 1 - q])
D_star = [theory.optimal_discriminator(coin(0.5), coin(q)) for q in heads]
of_D = [theory.gains(0.5, coin(0.5), coin(q)).of_D for q in heads]
of_G = [theory.gains(D, coin(0.5), coin(q)).of_G for q, D in zip(heads, D_star)]
figure, ax = plt.subplots(figsize=(7, 4.5), layout="constrained")
ax.plot(heads, of_D, color="black", linewidth=3, label="D, from D = 1/2 (G could win nothing)")
ax.plot(heads, of_G, color="#D55E00", linewidth=3, label="G, against D = D* (D could win nothing)")
ax.set(xlabel="p_g(heads); p_data(heads) = 1/2", ylabel="nats", title="nobody has a reason to move only at p_data")
ax.legend(frameon=False)
present(figure, "18_equilibrium.png")
