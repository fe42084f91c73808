"""Exercise 9: the best discriminator D*, and C(G), what is left for G to make small. [Eq. 2, Eq. 4, Thm. 1]"""

import numpy as np


def optimal_discriminator(p_data, p_g):
    """Return D*(x) = p_data(x) / (p_data(x) + p_g(x)), an array shaped as p_data. [Prop. 1]

    p_data, p_g : arrays of one shape, the two densities at the same points x; not negative.

    It is the share of real examples among all that lie at x. Where both densities are 0 nothing lies, and any value
    would serve: give 1/2 there.

    By hand: p_data = [0.5, 0.5, 0, 0], p_g = [0.25, 0.5, 0.25, 0] give D* = [0.667, 0.5, 0, 0.5].
    """
    raise NotImplementedError


def criterion(p_data, p_g, dx):
    """Return C(G) = ∫ p_data log D* dx + ∫ p_g log(1 − D*) dx, one number, in nats. [Eq. 4]

    p_data, p_g : arrays (n,), densities on an even grid with the spacing dx. An integral is a sum times dx.

    A logarithm of 0 is −∞, and 0 · ∞ is nan; but p log D is 0 where p is 0, for nobody draws such an x. So sum only
    where p > 0: p[p > 0] picks these entries.

    By hand: p_data = p_g = [0.5, 0.5], dx = 1 give −log 4 = −1.3863, the smallest C there is [Thm. 1]. And p_data =
    [1, 0], p_g = [0, 1] give 0, the largest: a D that is never wrong.
    """
    raise NotImplementedError
