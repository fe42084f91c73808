# %% [markdown]
# # Predict first: momentum in a game
# In ordinary training momentum 0.9 makes haste. Here it is in the smallest GAN, of one parameter each, whose solution
# is (0, 0). First say what you expect. (`--no-questions` asks nothing.)

# %% 1. Ask
import matplotlib.pyplot as plt
import numpy as np

from tinygan.classroom.predictions import ask
from tinygan.show import present, style
from tinygan.show.answers import choices
from tinygan.theory.dirac_gan import Dirac

momenta = {"a": 0.9, "b": 0.5, "c": 0.0, "d": -0.5}
texts = {"a": "0.9: the usual one", "b": "0.5: half of it", "c": "0: none",
         "d": "-0.5: half of the last step is taken back"}
given = ask("momentum", """All data are the number 0. G makes one number, theta, and D's logit is psi x.
  The players take turns, by minimax, at the rate 0.1. The solution is (0, 0), and they start at the distance 1.
  With which momentum are they nearest to it after 2,000 steps?""", texts)

# %% 2. Play
paths = {letter: Dirac("minimax", momentum=momentum).path(steps=2000) for letter, momentum in momenta.items()}
distance = {letter: np.linalg.norm(path, axis=1) for letter, path in paths.items()}
for letter, momentum in momenta.items():
    print(f"momentum {momentum:4}   distance after 2,000 steps {distance[letter][-1]:5.2f}")
truth = min(momenta, key=lambda letter: distance[letter][-1])

# %% 3. Look: the game turns, and an old gradient points past the goal. (More: examples/15_rotation.py)
plt.rcParams.update(style.SLIDE)
figure, (ax, curves) = plt.subplots(ncols=2, figsize=style.SIZE)
choices(ax, given, truth, texts)
for letter, line in zip(momenta, (":", "-.", "--", "-")):
    right = letter == truth
    curves.semilogy(distance[letter], line, color=style.GREEN if right else "black", linewidth=5 if right else 3,
                    label=f"{momenta[letter]:g}".replace("-", "−"))
curves.set(title="What happened: only −0.5 comes nearer", xlabel="step", ylabel="distance from the solution",
           ylim=(0.3, 100))
curves.legend(title="momentum", ncols=2, loc="upper right")
present(figure, "predict_4_momentum.png")
