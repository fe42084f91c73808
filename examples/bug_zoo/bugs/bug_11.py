"""Both at once, under the name of taking turns

Symptom: It depends on the seed, which is the worst kind. With seed 1 D and G chase each other, and G(z) is one peak
with std .07 at 5.27; with the seeds 0, 2 and 3 its std is 1.40, 1.28 and 1.27 (gaussian, 1500 iterations). The right
code has 1.25 each time.

Met in: the code that the paper's authors released: it is not the paper's Algorithm 1 (read). tinygan has it as
update="simultaneous".

The mathematics: In the paper's listing D moves first [Alg. 1, line 5], new noise is drawn [line 7], and G answers the
new D [line 8]. Here G answers the old D, and sees the noise that D has just learned from. Near the solution turns go
round at a constant distance, steps at once lead outwards: in the game with one parameter each, the square of the
distance grows by the factor 1 + η²/4 at each step.

Hint: Walk through `lines()`. Which noise does line 8 see, and which D? One z, or two? D before its step, or after?
"""

from tinygan.algorithm1 import Line

REPLACES = "tinygan.algorithm1.Listing.alternating"
TRAIN = "gaussian", 1500, {}, 1


def alternating(self):
    for _ in range(self.k):                                         # [Alg. 1, line 2]
        z = self.sample(self.noise)                                 # [Alg. 1, line 3]
        yield Line(3, {"z": z})
        x = self.sample(self.data)                                  # [Alg. 1, line 4]
        yield Line(4, {"x": x})
        computed = self.gradient_D(x, z)                            # [Alg. 1, line 5]
        computed_G = self.gradient_G(z)                             # [Alg. 1, line 8]
        self.update_D()
        yield Line(5, computed)
    yield Line(7, {"z": z})
    self.update_G()
    self.iteration += 1
    yield Line(8, computed_G)
