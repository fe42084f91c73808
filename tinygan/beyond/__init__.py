"""Beyond Algorithm 1: the extensions that section 7 of the paper names, each on top of the lesson as it stands.

In the paper's order: conditional.py, p(x | c), G and D that are given a label; inference.py, a network that predicts z
from x = G(z); semi_supervised.py, D's hidden units as features for a classifier.
"""
