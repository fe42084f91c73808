# %% [markdown]
# # Predict first: a D that is sure
# D alone was trained until it is nearly certain. How much of the gradient is left for G with $log(1 − D)$, and how
# much with $−log D$? First say what you expect. (`--no-questions` asks nothing.)

# %% 1. Ask
import matplotlib.pyplot as plt
import numpy as np

from tinygan import sigmoid
from tinygan.classroom.predictions import ask
from tinygan.recipes import failures
from tinygan.show import present, style
from tinygan.show.answers import answers

given = ask("sure D", """D is nearly sure of G's examples: on average it says D(G(z)) = 0.00005.
  Each objective pushes the same examples through the same D.
  How many times stronger is the push of -log D than the push of log(1 - D)?
  (1: the same; 1000 or 1e3: a thousand times stronger)""", unit="times", least=0)

# %% 2. Measure: the arrows $−∂L/∂G(z)$ on the same 1000 examples
pair = failures.start("saturation", seed=0)
length = {run.game.objective: np.linalg.norm(pair.arrows[run], axis=1).mean() for run in pair.runs}
truth = length["non-saturating"] / length["minimax"]
a = pair.broken.logits(pair.before)
print(f"mean D(G(z)) = {sigmoid(a).mean():.1e}; mean length of an arrow: {length['minimax']:.1e} with log(1 - D), "
      f"{length['non-saturating']:.1e} with -log D: {truth:,.0f} times longer")

# %% 3. Look: the slopes by D's logit, D and 1 − D. (More: examples/14_saturation.py)
plt.rcParams.update(style.SLIDE)
figure, (ax, slopes) = plt.subplots(ncols=2, figsize=style.SIZE)
answers(ax, given, truth, 0.01, 1e8, "times", log=True)
x = np.linspace(-14, 6, 201)
slopes.axvspan(*np.quantile(a, [0.05, 0.95]), color=style.GENERATED, alpha=0.25, label="90 % of G's examples")
slopes.semilogy(x, sigmoid(-x), color="black", linewidth=4, label=r"of $-\log D$:  $1 - D$")
slopes.semilogy(x, sigmoid(x), "--", color="black", linewidth=4, label=r"of $\log(1 - D)$:  $D$")
slopes.set(title="What happened: one slope fades", xlabel="D's logit $a$;  $D = σ(a)$", ylabel="size of the slope")
slopes.legend(loc="lower right")
present(figure, "predict_2_sure_D.png")
