# %% [markdown]
# # Why the logarithm
# Without it $V' = E D(x) + E (1 − D(G(z)))$ is twice D's share of right answers. Its best D is 0 or 1 and says which is
# more, real or generated, but not by how much; and $p_g$ never comes to rest. With it both are put right.

# %% 1. At one x, where real and generated ones are 6 to 4: the best $D(x)$ of a hundred thousand
import matplotlib.pyplot as plt
import numpy as np

from tinygan import theory
from tinygan.show import present

y = np.linspace(0, 1, 100_001)[1:-1]
print(f"with the log    D(x) = {y[(0.6 * np.log(y) + 0.4 * np.log(1 - y)).argmax()]:.5f}")
print(f"without         D(x) = {y[(0.6 * y + 0.4 * (1 - y)).argmax()]:.5f}")

# %% 2. What is left for G: $2 JSD − log 4$ with it, 1 + total variation without; and both shrink together
p_data = np.array([0.5, 0.2, 0.3])
for left in (1, 0.1, 0.01):
    p_g = p_data + left * np.array([-0.45, 0.7, -0.25])
    D = theory.linear_discriminator(p_data, p_g)
    tv, js = theory.total_variation(p_data, p_g), theory.js(p_data, p_g)
    print(f"V' {theory.linear_value(D, p_data, p_g):.4f} = 1 + TV {1 + tv:.4f}   best D {D}   D* "
          f"{theory.optimal_discriminator(p_data, p_g).round(3)}   TV^2/2 {tv**2 / 2:.6f} <= JSD {js:.6f} "
          f"<= log 2 TV {np.log(2) * tv:.6f}")

# %% 3. Which of them is a distance? Random triples of coins for which the way round is the shorter one
for name, measure in (("KL", theory.kl), ("JSD", theory.js), ("root of JSD", lambda p, q: np.sqrt(theory.js(p, q))),
                      ("TV", theory.total_variation)):
    print(f"{name:12} {theory.broken_triangles(measure, triples=10_000, rng=0):5} of 10,000")

# %% 4. Look: Prop. 2's small steps in both games
figure, ax = plt.subplots(figsize=(7, 4.5), layout="constrained")
for name, alternate, colour in (("with the log", theory.alternate, "black"),
                                ("without", theory.linear_alternate, "#D55E00")):
    path = alternate(p_data, [0.05, 0.9, 0.05], rate=0.02, steps=500)
    distance = [theory.total_variation(p_data, p_g) for p_g in path]
    print(f"{name:12} TV after 100 steps {distance[100]:.5f}, after 500 {distance[500]:.7f}")
    ax.semilogy(distance, color=colour, linewidth=3, label=name)
ax.set(xlabel="step", ylabel="TV(p_data, p_g)", title="without the log, at one rate, p_g comes as near as one step")
ax.legend(frameon=False)
present(figure, "20_why_the_log.png")
