# %% [markdown]
# # Probability on a table: joint, marginal, conditional, Bayes
# A test for a rare illness. 1 person in 100 is ill. The test finds 9 of 10 ill people, and it
# is wrong for 9 in 100 healthy ones. It is positive: how likely is the illness?

# %% 1. The joint table P(A, B): axis 0 is A (ill, healthy), axis 1 is B (test positive, negative)
import matplotlib.pyplot as plt
import numpy as np

from tinygan import theory
from tinygan.show import present

joint = np.array([[0.009, 0.001],      # ill:     0.01 · 0.9   and  0.01 · 0.1
                  [0.0891, 0.9009]])   # healthy: 0.99 · 0.09  and  0.99 · 0.91

# %% 2. Marginal: one variable alone. $P(A) = Σ_B P(A, B)$
print("P(ill), P(healthy)       ", theory.marginal(joint, axis=0))
print("P(positive), P(negative) ", theory.marginal(joint, axis=1))

# %% 3. Conditional: one column, made to sum to 1. $P(A | positive) = P(A, positive) / P(positive)$
posterior = theory.conditional(joint, axis=1, index=0)
print("P(ill | positive)        ", posterior[0].round(4))

# %% 4. Bayes' rule gets there without the table. It needs $P(positive | A)$ and $P(A)$
prior, likelihood = [0.01, 0.99], [0.9, 0.09]
print("the same by Bayes' rule  ", theory.bayes(prior, likelihood)[0].round(4))

# %% 5. Conditional expectation: what a person with a positive test costs, at 5000 an ill one
print("E[cost | positive]       ", round(theory.conditional_expectation(joint, 1, 0, values=[5000, 0]), 1))

# %% 6. What a GAN has to do with it: D asks of an example x, is it real?
# With as many real ones as generated ones, Bayes' answer is $p_{data}(x) / (p_{data}(x) + p_g(x))$.
# That is $D^*$ (`06_best_discriminator.py`).
p_data, p_g = [0.2, 0.5, 0.3], [0.4, 0.5, 0.1]
print("P(real | x), by Bayes    ", theory.bayes([0.5, 0.5], [p_data, p_g])[0].round(4))
print("D*(x)                    ", theory.optimal_discriminator(p_data, p_g).round(4))

# %% 7. Look: how the answer depends on how rare the illness is
rare = np.geomspace(1e-4, 1, 200)
figure, ax = plt.subplots(figsize=(7, 4.5), layout="constrained")
ax.semilogx(rare, [theory.bayes([p, 1 - p], likelihood)[0] for p in rare], color="#0072B2", linewidth=3)
ax.plot(0.01, posterior[0], "o", color="#D55E00", markersize=9)
ax.set(xlabel="P(ill)", ylabel="P(ill | positive)", title="a positive test says little where the illness is rare")
present(figure, "02_probability.png")
