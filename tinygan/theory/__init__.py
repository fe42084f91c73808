"""The theory, section 4 of the paper, computed: one name for each equation and proposition.

In reading order: probability.py, what it stands on; change_of_variables.py, the exact p_g of a
one-dimensional G; best_discriminator.py, D*, V and C(G); convergence.py, Proposition 2;
why_the_log.py, the game without its log; equilibrium.py, who gains by moving alone, and who by moving second;
two_objectives.py; and three_divergences.py, what G descends with each. Then theory meets players
with parameters: dirac_gan.py, the smallest GAN; discriminator_alone.py, what a network D learns
while G rests; figure1.py, the paper's Figure 1, trained live. And where the theory's assumptions end:
supports.py, no densities; overfitting.py, few examples; helvetica.py, a D that rests; capacity.py, small
networks. Pictures of it all: `.venv/bin/tinygan theory`.
"""

from . import capacity, dirac_gan, discriminator_alone, figure1, helvetica, overfitting, supports
from .best_discriminator import criterion, optimal_discriminator, value
from .change_of_variables import Atom, atoms, pushforward
from .convergence import alternate, criterion_gradient, project_to_simplex
from .equilibrium import gains, maximin, minimax
from .probability import (bayes, conditional, conditional_expectation, cross_entropy, entropy, js, kl,
                          marginal)
from .three_divergences import descended, kl_from_logits, nearest_gaussian, slope_at_best
from .two_objectives import binary_cross_entropy, generator_objective, generator_slope
from .why_the_log import (broken_triangles, linear_alternate, linear_discriminator, linear_value,
                          total_variation)

__all__ = ["marginal", "conditional", "conditional_expectation", "bayes",
           "entropy", "cross_entropy", "kl", "js",
           "pushforward", "atoms", "Atom",
           "optimal_discriminator", "value", "criterion",
           "criterion_gradient", "alternate", "project_to_simplex",
           "linear_value", "linear_discriminator", "linear_alternate", "total_variation", "broken_triangles",
           "gains", "minimax", "maximin",
           "generator_objective", "generator_slope", "binary_cross_entropy",
           "slope_at_best", "descended", "kl_from_logits", "nearest_gaussian",
           "dirac_gan", "discriminator_alone", "figure1",
           "supports", "overfitting", "helvetica", "capacity"]
