"""The JSD without its halves

Symptom: Nothing to see. No player uses this number, so training is the same to the last bit. Only the report is wrong,
and you take a good G for one that is twice as far away.

Met in: made here; the two halves stand in front of two terms, and are easily forgotten.

The mathematics: JSD(p ‖ q) = KL(p ‖ r)/2 + KL(q ‖ r)/2 with r = (p + q)/2. Without the halves it is twice that: for
p and q that never overlap 2 log 2 = 1.386, and not log 2 = .693. Then C(G) = −log 4 + 2 JSD [Eq. 6] no longer holds.

Hint: How large can this distance be? Try two distributions that never overlap; or hold Eq. 6 against Eq. 4.
"""

import numpy as np

from tinygan import _check
from tinygan.theory.probability import LOG_OF_0, _base, _divergence, math

REPLACES = "tinygan.theory.probability.js"
TRAIN = None


@LOG_OF_0
def js(p, q, dx=1.0, base=np.e):
    (p, q), unit = _check.distributions(dx, p=p, q=q), math.log(_base(base))
    # of 2p, 2q and 2r, and divided by 2 once more: r itself can round to 0
    return float((_divergence(2 * p, p + q) + _divergence(2 * q, p + q)) / 2 * dx / unit)
