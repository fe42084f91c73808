"""tinygan: Generative Adversarial Nets (Goodfellow et al., 2014) in NumPy, to be read.

The lesson, five files to be read in this order:

    layers.py       each layer's formula, and below it its derivative
    mlp.py          the network: layers in a row; G and D are two of them
    game.py         V(D, G), the generator's two objectives, and their derivatives
    sgd.py          one step of stochastic gradient ascent, with momentum; a cap on weights
    algorithm1.py   one iteration of the paper's Algorithm 1, line by line

Around it: training.py repeats Algorithm 1 and keeps a history; data/ has what to learn from, and
gradcheck.py proves a gradient, yours too. metrics.py judges what was generated, checkpoint.py keeps a
game on disk, gradient_penalty.py goes one step beyond the paper. theory/ is its section 4, computed, and
beyond/ its section 7; recipes/ are named experiments that work, or fail on purpose; show/ draws; lab/ is a
game in a browser; classroom/ has what is handed out and marked; cli.py is the command line.

The names of daily use are here, too: `tinygan.MLP` is `tinygan.mlp.MLP`.
"""

__version__ = "0.1.0"

from . import algorithm1, checkpoint, data, game, gradcheck, gradient_penalty, layers, metrics, mlp, recipes, sgd
from . import beyond, lab, show, theory, training
from ._terminal import Progress
from .algorithm1 import Line
from .checkpoint import CheckpointError, load, save
from .game import generator_gradient, generator_loss, value, value_gradient
from .layers import sigmoid, softplus
from .mlp import MLP
from .recipes import failures, runs
from .theory import dirac_gan as dirac, discriminator_alone as experiments, figure1
from .theory import change_of_variables as pushforward, probability
from .training import Algorithm1, DivergenceError

r1 = gradient_penalty
