"""tinygan: Generative Adversarial Nets (Goodfellow et al., 2014) in NumPy, to be read.

The lesson, five files to be read in this order:

    layers.py       each layer's formula, and below it its derivative
    mlp.py          the network: layers in a row; G and D are two of them
    game.py         V(D, G), the generator's two objectives, and their derivatives
    sgd.py          one step of stochastic gradient ascent, with momentum; a cap on weights
    algorithm1.py   one iteration of the paper's Algorithm 1, line by line

Around it: training.py repeats Algorithm 1 and keeps a history; data.py has what to learn from, and
gradcheck.py proves a gradient, yours too. metrics.py judges what was generated, checkpoint.py keeps a
game on disk, gradient_penalty.py goes one step beyond the paper. theory/ is its section 4, computed;
recipes/ are named experiments that work, or fail on purpose; show/ draws; cli.py is the command line.

The names of daily use are here, too: `tinygan.MLP` is `tinygan.mlp.MLP`.
"""

import importlib

__version__ = "0.1.0"

_MODULES = {name: name for name in (
    "algorithm1", "checkpoint", "data", "game", "gradcheck", "gradient_penalty", "layers",
    "metrics", "mlp", "recipes", "sgd", "theory", "training")}
_MODULES |= {"probability": "theory.probability", "pushforward": "theory.change_of_variables",     # as they were called
             "dirac": "theory.dirac_gan", "experiments": "theory.discriminator_alone", "figure1": "theory.figure1",
             "failures": "recipes.failures", "runs": "recipes.runs", "r1": "gradient_penalty"}
_HOME = {"MLP": "mlp", "softplus": "layers", "sigmoid": "layers",
         "value": "game", "value_gradient": "game", "generator_loss": "game", "generator_gradient": "game",
         "Line": "algorithm1", "Algorithm1": "training", "DivergenceError": "training",
         "save": "checkpoint", "load": "checkpoint", "CheckpointError": "checkpoint"}


def __getattr__(name):
    """Load a module when it is first asked for: the command line has to say how many threads
    NumPy may use before NumPy is loaded."""
    if name in _MODULES:
        return importlib.import_module(f".{_MODULES[name]}", __name__)
    if name in _HOME:
        return getattr(importlib.import_module(f".{_HOME[name]}", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = [*_HOME, *_MODULES, "__version__"]


def __dir__():
    return __all__
