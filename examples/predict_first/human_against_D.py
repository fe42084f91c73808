# %% [markdown]
# # You against D against D*
# A page on which you play D: real or generated? Then it shows your share of right answers beside that of a trained D
# and of $D^*$, which nobody beats in the long run. (`--no-questions` opens no browser.)

# %% 1. The players: $p_{data}$ is a blurred ring of eight, and a linear G makes a Gaussian, so D* is exact
import sys
import webbrowser

import numpy as np

from tinygan._files import replacing
from tinygan.classroom import human
from tinygan.lab.command import has_a_screen
from tinygan.show import OUT

print("p_g: mean", human.players().p_g.mean.round(2), "  standard deviations",
      np.sqrt(np.diag(human.players().p_g.cov)).round(2))

# %% 2. The share of right answers in the long run
print(f"D  {human.accuracy(human.D):.3f}")
print(f"D* {human.accuracy(human.D_star):.3f}, the Bayes limit, (1 + TV(p_data, p_g)) / 2")

# %% 3. The page: one file, to hand out. It needs no network
path = OUT / "human-against-D.html"
OUT.mkdir(exist_ok=True)
with replacing(path) as temporary:
    temporary.write_text(human.page(), encoding="utf-8")
print(f"written: {path}")

# %% 4. Play. R and G are keys; on a phone there are buttons
if "--no-questions" not in sys.argv and has_a_screen():
    webbrowser.open(path.resolve().as_uri())
else:
    print("Open it in a browser.")
