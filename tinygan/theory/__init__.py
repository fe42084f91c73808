"""The theory, section 4 of the paper, computed: one name for each equation and proposition.

In reading order: probability.py, what it stands on; change_of_variables.py, the exact p_g of a
one-dimensional G; best_discriminator.py, D*, V and C(G); convergence.py, Proposition 2; and
two_objectives.py. Then theory meets players with parameters: dirac_gan.py, the smallest GAN;
discriminator_alone.py, what a network D learns while G rests; figure1.py, the paper's Figure 1,
trained live. And where the theory's assumptions end: supports.py, no densities; overfitting.py,
few examples; helvetica.py, a D that rests; capacity.py, small networks. Pictures of it all: `.venv/bin/tinygan theory`.
"""

from . import capacity, dirac_gan, discriminator_alone, figure1, helvetica, overfitting, supports
from .best_discriminator import criterion, optimal_discriminator, value
from .change_of_variables import Atom, atoms, pushforward
from .convergence import alternate, criterion_gradient, project_to_simplex
from .probability import (bayes, conditional, conditional_expectation, cross_entropy, entropy, js, kl,
                          marginal)
from .two_objectives import binary_cross_entropy, generator_objective, generator_slope

__all__ = ["marginal", "conditional", "conditional_expectation", "bayes",
           "entropy", "cross_entropy", "kl", "js",
           "pushforward", "atoms", "Atom",
           "optimal_discriminator", "value", "criterion",
           "criterion_gradient", "alternate", "project_to_simplex",
           "generator_objective", "generator_slope", "binary_cross_entropy",
           "dirac_gan", "discriminator_alone", "figure1",
           "supports", "overfitting", "helvetica", "capacity"]
