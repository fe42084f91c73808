"""Exercise 8: the whole of Algorithm 1. [Alg. 1]"""

import numpy as np
from tinygan import generator_gradient, value_gradient


def algorithm_1(G, D, data, noise, iterations, k, m, lr_d, lr_g, rng):
    """Train G and D, in place, by the paper's Algorithm 1. Return nothing.

    1  for each of the iterations:
    2      k times:
    3          sample m noise vectors z from the prior           noise.sample(m, rng), (m, d_z)
    4          sample m examples x from the data                 data.sample(m, rng), (m, d)
    5          D ascends the gradient of mean log D(x) + mean log(1 − D(G(z))), with the rate lr_d
    6      end
    7      sample m noise vectors z from the prior
    8      G descends the gradient of −mean log D(G(z)), with the rate lr_g
    9  end

    Draw in exactly this order, from this rng, and nothing in between: then the numbers can be compared. G and D are
    tinygan.MLPs. G's objective is "non-saturating"; there is no momentum. D has moved before G does, and in line 8 D
    waits.

    Lines 5 and 8 are exercises 6 and 7, which say what G and D can do. You need not have solved them: write two
    functions of your own here, and then the two loops.

    By hand: k = 3 and iterations = 2 draw z, x, z, x, z, x, z, and once more the same; D moves 6 times, G twice.
    """
    raise NotImplementedError
