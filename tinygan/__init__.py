"""tinygan: Generative Adversarial Nets (Goodfellow et al., 2014) in NumPy, to be read.

Read the lesson in this order: layers, mlp, game, sgd, algorithm1. The names of daily use are
here, too: `tinygan.MLP` is `tinygan.mlp.MLP`.
"""

import importlib

__version__ = "0.1.0"

_MODULES = {name: name for name in ("algorithm1", "checkpoint", "data", "game", "gradcheck", "layers", "metrics", "mlp",
                                    "r1", "recipes", "sgd", "theory", "training")}
_MODULES |= {"probability": "theory.probability", "pushforward": "theory.change_of_variables",
             "dirac": "theory.dirac", "experiments": "theory.d_alone", "figure1": "theory.figure1",
             "failures": "recipes.failures", "runs": "recipes.runs"}
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
