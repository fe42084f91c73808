"""tinygan: Generative Adversarial Nets (Goodfellow et al., 2014) in NumPy, to be read.

Read the lesson in this order: layers, mlp, game, sgd, algorithm1.
"""

from . import data, gradcheck, metrics, recipes, theory
from .algorithm1 import Algorithm1, DivergenceError, Line
from .game import generator_gradient, generator_loss, value, value_gradient
from .layers import sigmoid, softplus
from .mlp import MLP

__version__ = "0.1.0"
