"""A running mean that is called momentum

Symptom: Everything is right, and slow: after 1500 iterations G(z) has std .76 and not 1.25, and V is −1.22 and not
−1.386 (gaussian with momentum .9, seed 0).

Met in: several codes, under the name of classical momentum (read).

The mathematics: v ← μv + η∇ grows to η∇/(1 − μ) at a steady gradient; the running mean v ← μv + (1 − μ) η∇ to η∇. It
goes 1 − μ times as far: half as far at μ = .5, a tenth at .9. Nothing is wrong with its direction. A setting that was
found with one form and is used with the other has another learning rate, and nobody wrote that down.

Hint: Pull with the same gradient for a long time. How long is a step in the end, with momentum 0.5?
"""

REPLACES = "tinygan.sgd.ascend"
TRAIN = "gaussian", 1500, {"momentum": 0.9, "lr_d": 0.02, "lr_g": 0.0003}, 0


def ascend(theta, grad, velocity, rate, momentum):
    # v ← μ v + η ∇
    velocity *= momentum
    velocity += (1 - momentum) * rate * grad
    # θ ← θ + v
    theta += velocity
