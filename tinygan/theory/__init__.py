"""The theory, section 4 of the paper, computed: one name for each equation and proposition.

In reading order: probability.py, what it stands on; change_of_variables.py, the exact p_g of a
one-dimensional G; optimum.py, D*, V and C(G); convergence.py; objectives.py. Then theory meets
players with parameters: dirac.py, the smallest GAN; d_alone.py, what a network D learns while G
rests; figure1.py, the paper's Figure 1, trained live. Pictures of it all: `tinygan theory`.
"""

from . import d_alone, dirac, figure1
from .change_of_variables import Atom, atoms, pushforward
from .convergence import alternate, criterion_gradient, project_to_simplex
from .objectives import binary_cross_entropy, generator_objective, generator_slope
from .optimum import criterion, optimal_discriminator, value
from .probability import (bayes, conditional, conditional_expectation, cross_entropy, entropy, js, kl,
                          marginal)

__all__ = ["marginal", "conditional", "conditional_expectation", "bayes",
           "entropy", "cross_entropy", "kl", "js",
           "pushforward", "atoms", "Atom",
           "optimal_discriminator", "value", "criterion",
           "criterion_gradient", "alternate", "project_to_simplex",
           "generator_objective", "generator_slope", "binary_cross_entropy",
           "dirac", "d_alone", "figure1"]
