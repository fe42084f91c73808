"""tinygan: Generative Adversarial Nets (Goodfellow et al., 2014) in NumPy, to be read.

Read the lesson in this order: layers, mlp, game, sgd, algorithm1. The names of daily use are
here, too: `tinygan.MLP` is `tinygan.mlp.MLP`.
"""

import importlib

__version__ = "0.1.0"

_MODULES = ("algorithm1", "checkpoint", "data", "dirac", "experiments", "failures", "figure1", "game", "gradcheck", "layers", "metrics", "mlp",
            "probability", "pushforward", "r1", "recipes", "runs", "sgd", "theory")
_HOME = {"MLP": "mlp", "softplus": "layers", "sigmoid": "layers",
         "value": "game", "value_gradient": "game", "generator_loss": "game", "generator_gradient": "game",
         "Algorithm1": "algorithm1", "Line": "algorithm1", "DivergenceError": "algorithm1",
         "save": "checkpoint", "load": "checkpoint", "CheckpointError": "checkpoint"}


def __getattr__(name):
    """Load a module when it is first asked for: the command line has to say how many threads
    NumPy may use before NumPy is loaded."""
    if name in _MODULES:
        return importlib.import_module(f".{name}", __name__)
    if name in _HOME:
        return getattr(importlib.import_module(f".{_HOME[name]}", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = [*_HOME, *_MODULES, "__version__"]


def __dir__():
    return __all__
