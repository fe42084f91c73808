"""Gradients pile up

Symptom: Steps grow from iteration to iteration, D says 0 to everything, and training diverges at iteration 38, with
the examples eight million away (ring8, seed 0). With gaussian it takes 9 iterations.

Met in: whatever is written for a framework in which backward adds, where one call of zero_grad is missing. One of the
two that bugs-in-the-wild adds at its end.

The mathematics: The step follows Σₛ ∇(θₛ) over all iterations s so far, and not ∇(θₜ): momentum with μ = 1, which never
forgets. And what G's step computes on its way through D, the gradient of −log D(G(z)) by θ_D, is left in D's gradient:
in its next update D also goes up what G goes down.

Hint: Call `backward` twice. And after G's turn, what is in D's gradient?
"""

REPLACES = "tinygan.layers.Linear.backward"
TRAIN = "ring8", 2000, {}, 0


def backward(self, dy, weights=True, inputs=True):
    # yᵢₖ = Σⱼ xᵢⱼ Wⱼₖ + bₖ, so ∂L/∂Wⱼₖ = Σᵢ xᵢⱼ ∂L/∂yᵢₖ: as matrices, ∂L/∂W = xᵀ ∂L/∂y
    self.dW += self.x.T @ dy                        # (fan_in, fan_out)
    # ∂L/∂bₖ = Σᵢ ∂L/∂yᵢₖ, because bₖ is added to every row
    self.db += dy.sum(axis=0)                       # (fan_out,)
    if inputs:
        # ∂L/∂xᵢⱼ = Σₖ ∂L/∂yᵢₖ Wⱼₖ: as matrices, ∂L/∂x = ∂L/∂y Wᵀ
        # (dot is @, but far faster where dy has a single column)
        return dy.dot(self.W.T)                     # (m, fan_in)
