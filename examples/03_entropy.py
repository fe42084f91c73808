# %% [markdown]
# # Entropy: how surprising is a coin?
# An outcome of probability p surprises by $−log p$: 0 if it was sure, 1 bit if it was a toss-up.
# Entropy is the surprise on average, $H(p) = −Σ p log p$.

# %% 1. A fair coin and a biased one, in bits
import matplotlib.pyplot as plt
import numpy as np

from tinygan import theory
from tinygan.show import present

fair, biased = np.array([0.5, 0.5]), np.array([0.05, 0.95])
print("H(fair)    by hand", -np.sum(fair * np.log2(fair)), "  theory.entropy", theory.entropy(fair, base=2))
print("H(biased)", round(theory.entropy(biased, base=2), 4), "bits: one outcome is nearly sure")

# %% 2. Cross-entropy: the coin is fair, and the biased one was expected. That costs more …
H = theory.cross_entropy(fair, biased, base=2)
print(f"H(fair, biased) = {H:.3f} bits")

# %% 3. … namely KL more. It is no distance: the other way round it is another number
KL, back = theory.kl(fair, biased, base=2), theory.kl(biased, fair, base=2)
print(f"KL(fair || biased) = {KL:.3f} = {H:.3f} - {theory.entropy(fair, base=2):.3f} bits;  "
      f"KL(biased || fair) = {back:.3f}")

# %% 4. And infinite where something happens that was thought impossible
print("KL(fair || always tails) =", theory.kl(fair, [0, 1]))

# %% 5. Look: entropy against bias. Most uncertain in the middle
p = np.linspace(0, 1, 201)
figure, ax = plt.subplots(figsize=(7, 4.5), layout="constrained")
ax.plot(p, [theory.entropy([each, 1 - each], base=2) for each in p], color="black", linewidth=3)
ax.set(xlabel="probability of heads", ylabel="H in bits", title="entropy of a coin against its bias", ylim=(0, 1.05))
present(figure, "03_entropy.png")
