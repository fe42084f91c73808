# %% [markdown]
# # Two objectives for the generator
# Eq. 1 has G descend $log(1 − D(G(z)))$. Section 3 advises $−log D(G(z))$ instead: it wants the same,
# but pushes hardest where D rejects what G makes, and that is how a GAN begins.

# %% 1. The slopes by D's logit a: $−D$ against $−(1 − D)$. Their ratio is $(1 − D)/D$
import matplotlib.pyplot as plt
import numpy as np

import tinygan as tg
from tinygan import theory
from tinygan.show import present

for D in (0.001, 0.1, 0.5, 0.9, 0.999):
    minimax, other = theory.generator_slope(D, "minimax"), theory.generator_slope(D, "non-saturating")
    print(f"D(G(z)) = {D:5}   log(1-D) {minimax:7.3f}   -log D {other:7.3f}   "
          f"ratio {other / minimax:9.3f} = (1-D)/D {(1 - D) / D:9.3f}")

# %% 2. In terms of labels: V is minus two cross-entropies. Real ones are labelled 1, generated ones 0
a_real, a_fake = np.array([2.0, 0.5]), np.array([-1.0, 0.3])
bce = lambda a, label: theory.binary_cross_entropy(tg.sigmoid(a), label).mean()
print(f"V = {tg.value(a_real, a_fake):.6f}   -(BCE + BCE) = {-(bce(a_real, 1) + bce(a_fake, 0)):.6f}")

# %% 3. And G with the labels switched descends $−log D$
# Its gradient is another one than that of $log(1 − D)$: by the logit $−(1 − D)$, not $−D$ (both here
# divided by $m = 2$).
print(f"BCE of generated ones with label 1 = {bce(a_fake, 1):.6f}   "
      f"non-saturating loss = {tg.generator_loss(a_fake):.6f}")
print("gradients by the logits:", tg.generator_gradient(a_fake, "non-saturating").round(4), "of -log D")
print("                    but:", tg.generator_gradient(a_fake, "minimax").round(4), "of log(1 - D)")

# %% 4. A real network: train D alone on the ring, and see what is left for G
rng = np.random.default_rng(0)
G = tg.MLP([2, 64, 64, 2], last_scale=0.1, bias_spread=1, rng=rng)          # it makes a small blob inside the ring
D = tg.MLP([2, 64, 64, 1], hidden="leaky_relu", bias_spread=2, rng=rng)
game = tg.Algorithm1(G, D, data=tg.data.Standardised(tg.data.Ring(), 0, 0.5), noise=tg.data.Normal(2), m=128, rng=rng)
z = game.noise.sample(1000, rng)
steps, norm = np.unique(np.geomspace(10, 2000, 15).astype(int)), {"minimax": [], "non-saturating": []}
for step in range(1, 2001):
    game.gradient_D(game.sample(game.data), game.sample(game.noise))
    game.update_D()
    if step in steps:
        for game.objective in norm:
            D_fake = tg.sigmoid(game.gradient_G(z)["a_fake"]).mean()
            norm[game.objective].append(np.linalg.norm(G.grad))
print(f"after 2000 steps of D alone, D(G(z)) is {D_fake:.5f}; the gradient by G's parameters went")
for objective, values in norm.items():
    print(f"    {objective:15} from {values[0]:7.4f} to {values[-1]:7.4f}")

# %% 5. Look: $log(1 − D)$ fades, $−log D$ grows
figure, ax = plt.subplots(figsize=(7, 4.5), layout="constrained")
ax.loglog(steps, norm["minimax"], color="black", linewidth=3, label="log(1 − D)")
ax.loglog(steps, norm["non-saturating"], color="#009E73", linewidth=3, label="−log D")
ax.set(xlabel="steps of D alone", ylabel="norm of the gradient by G's parameters",
       title="the better D is, the less log(1 − D) tells G")
ax.legend(frameon=False)
present(figure, "09_two_objectives.png")
