"""What students write: for each exercise wrong answers, each with words that the diagnosis must hold; and right
answers in unusual forms.

Here: `WRONG`, `UNUSUAL`: {number of the exercise: [(words, source), …]}, [(number, source), …].
"""

SIGMA = """
def sigma(a):
    return 1 / (1 + np.exp(-a))
"""

# D's step and G's step, right, to be spoiled by replacing a line
D_STEP = """
def discriminator_step(D, x, x_fake, rate):
    a = D.forward(np.concatenate([x, x_fake]))
    m = len(x)
    da_real, da_fake = value_gradient(a[:m], a[m:])
    D.backward(np.concatenate([da_real, da_fake]))
    D.theta += rate * D.grad
"""

G_STEP = """
def generator_step(G, D, z, rate, objective):
    x_fake = G.forward(z)
    a = D.forward(x_fake)
    da = generator_gradient(a, objective)
    dx = D.backward(da, weights=False)
    G.backward(dx)
    G.theta -= rate * G.grad
"""

ALGORITHM = """
def algorithm_1(G, D, data, noise, iterations, k, m, lr_d, lr_g, rng):
    for t in range(iterations):
        for j in range(k):
            z = noise.sample(m, rng)
            x = data.sample(m, rng)
            a = D.forward(np.concatenate([x, G(z)]))
            D.backward(np.concatenate(value_gradient(a[:m], a[m:])))
            D.theta += lr_d * D.grad
        z = noise.sample(m, rng)
        a = D.forward(G.forward(z))
        G.backward(D.backward(generator_gradient(a, "non-saturating"), weights=False))
        G.theta -= lr_g * G.grad
"""

MOMENTUM = """
def momentum_step(theta, grad, velocity, rate, momentum):
    v = momentum * velocity + rate * grad
    return theta + v, v
"""

DENSITY = """
def ring_density(x):
    rho = np.sqrt((x**2).sum(axis=1))
    r = 10 * (rho - 1)
    p = 10 * r * np.exp(-r**2 / 2) / (2 * np.pi * np.maximum(rho, 1))
    return np.where(rho > 1, p, 0)
"""

SAMPLE = """
def ring_sample(m, rng):
    z = rng.standard_normal((m, 2))
    return z / 10 + z / np.linalg.norm(z, axis=1, keepdims=True)
"""

CRITERION = """
def criterion(p_data, p_g, dx):
    D = p_data / (p_data + p_g)
    first = np.where(p_data > 0, p_data * np.log(D), 0)
    second = np.where(p_g > 0, p_g * np.log(1 - D), 0)
    return (first.sum() + second.sum()) * dx
"""


def changed(source, old, new):
    """The source with one part replaced."""
    assert source.count(old) == 1, old
    return source.replace(old, new)


def linear(dW="x.T @ dy", db="dy.sum(axis=0)", dx="dy @ W.T", before="pass"):
    """linear_backward with some of its products replaced."""
    return f"def linear_backward(x, W, dy):\n    {before}\n    return {dW}, {db}, {dx}"


def function(name, arguments, returned):
    """A function of one line, with σ at hand."""
    return f"{SIGMA}def {name}({arguments}):\n    return {returned}"


def relu(returned):
    return function("relu_backward", "x, dy", returned)


def tanh(returned):
    return function("tanh_backward", "x, dy", returned)


def value(returned):
    return function("value", "a_real, a_fake", returned)


def value_gradient(returned):
    return function("value_gradient", "a_real, a_fake", returned)


def loss(minimax, other):
    return function("generator_loss", "a, objective", f"{minimax} if objective == 'minimax' else {other}")


def loss_gradient(minimax, other):
    return function("generator_gradient", "a, objective", f"{minimax} if objective == 'minimax' else {other}")


def D_star(returned):
    return function("optimal_discriminator", "p_data, p_g", returned)


WRONG = {
    1: [
        ("dW must have the shape (3, 4), not be an array of shape (4, 3): it is transposed", linear(dW="dy.T @ x")),
        ("W must be transposed", linear(dx="dy @ W")),
        ("reshape only cuts", linear(dW="x.reshape(x.shape[1], -1) @ dy", dx="dy @ W.reshape(W.shape[1], -1)")),
        ("holds L's 1/m already", linear(dW="x.T @ dy / len(x)", db="dy.mean(axis=0)", dx="dy @ W.T / len(x)")),
        ("db must have the shape (4,)", linear(db="dy")),
        ("db must have the shape (4,), not be an array of shape (5,)", linear(db="dy.sum(axis=1)")),
        ("db must have the shape (4,), not be an array of shape (1, 4)", linear(db="dy.sum(axis=0, keepdims=True)")),
        ("db must have the shape (4,), not be one number", linear(db="dy.sum()")),
        ("another order: return dW, db, dx", linear("dy @ W.T", "x.T @ dy", "dy.sum(axis=0)")),
        ("changed W in place", linear(before="W -= 0.1 * x.T @ dy")),
        ("changed dy in place", linear(before="dy /= len(x)")),
        ("a sign", linear(dW="-x.T @ dy")),
        ("only the first example", linear(dW="np.outer(x[0], dy[0])")),
        ("counted twice", linear(dx="2 * dy @ W.T")),
        ("returned None", "def linear_backward(x, W, dy):\n    dW = x.T @ dy"),
        ("must return 3 arrays", "def linear_backward(x, W, dy):\n    return x.T @ dy"),
        ("one entry is wrong", linear(dW="x.T @ dy + np.eye(*W.shape, k=W.shape[1] - 1)")),
        ("ZeroDivisionError", linear(before="1 / 0")),
    ],
    2: [
        ("ReLU's own derivative is missing", relu("dy")), ("dy is missing", relu("(x > 0) * 1.0")),
        ("decided by x", relu("dy * (dy > 0)")), ("the derivative is 1 there", relu("dy * np.maximum(x, 0)")),
        ("the wrong way round", relu("np.where(x > 0, 0, dy)")), ("LeakyReLU", relu("np.where(x > 0, dy, 0.01 * dy)")),
        ("not −1", relu("dy * np.sign(x)")), ("the way forward", relu("np.maximum(x, 0)")),
        ("changed dy in place", "def relu_backward(x, dy):\n    dy[x < 0] = 0\n    return dy"),
        ("a sign", relu("-dy * (x > 0)")),
        ("x stands where y should", tanh("dy * (1 - x**2)")), ("the square is missing", tanh("dy * (1 - np.tanh(x))")),
        ("tanh's own derivative is missing", tanh("dy")), ("dy is missing", tanh("1 - np.tanh(x)**2")),
        ("a tanh of a tanh", "def tanh_backward(x, dy):\n    y = np.tanh(np.tanh(x))\n    return dy * (1 - y**2)"),
        ("sigmoid's derivative", tanh("dy * sigma(x) * (1 - sigma(x))")), ("a sign", tanh("dy * (np.tanh(x)**2 - 1)")),
        ("where |x| is large", tanh("dy * (1 - ((np.exp(2*x) - 1) / (np.exp(2*x) + 1))**2)")),
        ("a constant factor", tanh("3 * dy * (1 - np.tanh(x)**2)")),
        ("changed x in place", "def tanh_backward(x, dy):\n    np.tanh(x, out=x)\n    return dy * (1 - x**2)"),
    ],
    3: [
        ("where |a| is large", value("np.mean(np.log(sigma(a_real))) + np.mean(np.log(1 - sigma(a_fake)))")),
        ("where |a| is large",
         value("np.mean(np.log(sigma(a_real) + 1e-8)) + np.mean(np.log(1 - sigma(a_fake) + 1e-8))")),
        ("where |a| is large", value("np.mean(np.log(np.clip(sigma(a_real), 1e-7, 1 - 1e-7)))"
                                     " + np.mean(np.log(np.clip(1 - sigma(a_fake), 1e-7, 1)))")),
        ("the mean is missing", value("-np.logaddexp(0, -a_real).sum() - np.logaddexp(0, a_fake).sum()")),
        ("is the mean missing", value("-np.logaddexp(0, -a_real)")),
        ("this is −V", value("np.logaddexp(0, -a_real).mean() + np.logaddexp(0, a_fake).mean()")),
        ("not log D(G(z))", value("-np.logaddexp(0, -a_real).mean() - np.logaddexp(0, -a_fake).mean()")),
        ("sigmoid of a sigmoid",
         value("np.log(sigma(sigma(a_real))).mean() + np.log(1 - sigma(sigma(a_fake))).mean()")),
        ("logarithm of a number below 0", value("np.log(a_real).mean() + np.log(1 - a_fake).mean()")),
        ("half of V", value("-(np.logaddexp(0, -a_real).mean() + np.logaddexp(0, a_fake).mean()) / 2")),
        ("in bits", value("-(np.logaddexp(0, -a_real).mean() + np.logaddexp(0, a_fake).mean()) / np.log(2)")),
        ("changed places", value("-np.logaddexp(0, a_real).mean() - np.logaddexp(0, -a_fake).mean()").replace(
            "def value(a_real, a_fake)", "def value(a_fake, a_real)").replace("(0, a_real)", "(0, a)").replace(
            "(0, -a_fake)", "(0, -a_real)").replace("(0, a)", "(0, a_fake)")),
        ("the 1/m is missing", value_gradient("1 - sigma(a_real), -sigma(a_fake)")),
        ("a sign", value_gradient("-sigma(-a_real) / a_real.size, sigma(a_fake) / a_fake.size")),
        ("1 − D(x) belongs here", value_gradient("sigma(a_real) / a_real.size, -sigma(a_fake) / a_fake.size")),
        ("not by the logit a", value_gradient("1 / sigma(a_real) / a_real.size, -1 / sigma(-a_fake) / a_fake.size")),
        ("sigmoid of a sigmoid",
         value_gradient("sigma(-sigma(a_real)) / a_real.size, -sigma(sigma(a_fake)) / a_fake.size")),
        ("that of the logarithm is asked", value_gradient(
            "sigma(a_real) * sigma(-a_real) / a_real.size, -sigma(a_fake) * sigma(-a_fake) / a_fake.size")),
        ("σ(2a)", value_gradient("(1 - 0.5 * (np.tanh(a_real) + 1)) / a_real.size,"
                                 " -0.5 * (np.tanh(a_fake) + 1) / a_fake.size")),
        ("derivative of log D(G(z))", value_gradient("sigma(-a_real) / a_real.size, sigma(-a_fake) / a_fake.size")),
        ("each mean has its own", value_gradient("sigma(-a_real) / a_real.size, -sigma(a_fake) / a_real.size")),
        ("each mean has its own", value_gradient("sigma(-a_real) / a_fake.size, -sigma(a_fake) / a_real.size")),
        ("has its own number", value("-np.logaddexp(0, -a_real).mean() - np.logaddexp(0, a_fake).sum() / len(a_real)")),
        ("logarithm of a mean", value("np.log(sigma(a_real).mean()) + np.log(1 - sigma(a_fake).mean())")),
        ("4 of 4 entries are wrong", value_gradient("sigma(-a_real)**2 / a_real.size, -sigma(a_fake) / a_fake.size")),
        ("another order", value_gradient("-sigma(a_fake) / a_fake.size, sigma(-a_real) / a_real.size")),
        ("each mean has its own m", value_gradient("sigma(-a_real) / (a_real.size + a_fake.size),"
                                                   " -sigma(a_fake) / (a_real.size + a_fake.size)")),
        ("where |a| is large", value_gradient("1 / (1 + np.exp(a_real)) / a_real.size,"
                                              " -np.exp(a_fake) / (1 + np.exp(a_fake)) / a_fake.size")),
        ("the 1/m is there twice", value_gradient("sigma(-a_real) / a_real.size**2, -sigma(a_fake) / a_fake.size**2")),
        ("da_real must have the shape (4, 1)", value_gradient("np.ravel(sigma(-a_real) / 4), -sigma(a_fake) / 6")),
    ],
    4: [
        ("changed places", loss("np.logaddexp(0, -a).mean()", "-np.logaddexp(0, a).mean()")),
        ("minimax one, whichever is asked", loss("-np.logaddexp(0, a).mean()", "-np.logaddexp(0, a).mean()")),
        ("non-saturating one, whichever", loss("np.logaddexp(0, -a).mean()", "np.logaddexp(0, -a).mean()")),
        ("−log D, with a minus", loss("-np.logaddexp(0, a).mean()", "-np.logaddexp(0, -a).mean()")),
        ("without a minus", loss("np.logaddexp(0, a).mean()", "np.logaddexp(0, -a).mean()")),
        ("logarithm of a mean", loss("np.log(1 - sigma(a).mean())", "-np.log(sigma(a).mean())")),
        ("returned None: end with `return loss` (where objective = 'non-saturating')", function(
            "generator_loss", "a, objective",
            "{'minimax': -np.logaddexp(0, a).mean(), 'nonsaturating': 0}.get(objective)")),
        ("a sign, in both", loss("np.logaddexp(0, a).mean()", "-np.logaddexp(0, -a).mean()")),
        ("the mean is missing", loss("-np.logaddexp(0, a).sum()", "np.logaddexp(0, -a).sum()")),
        ("sigmoid of a sigmoid", loss("np.log(1 - sigma(sigma(a))).mean()", "-np.log(sigma(sigma(a))).mean()")),
        ("where |a| is large", loss("np.log(1 - sigma(a)).mean()", "-np.log(sigma(a)).mean()")),
        ("where |a| is large", loss("-np.logaddexp(0, a).mean()", "-np.log(sigma(a) + 1e-8).mean()")),
        ("changed places", loss_gradient("-sigma(-a) / a.size", "-sigma(a) / a.size")),
        ("minimax one, whichever is asked", loss_gradient("-sigma(a) / a.size", "-sigma(a) / a.size")),
        ("the non-saturating one, whichever", loss_gradient("-sigma(-a) / a.size", "-sigma(-a) / a.size")),
        ("not by the logit a", loss_gradient("-1 / (1 - sigma(a)) / a.size", "-1 / sigma(a) / a.size")),
        ("that of the logarithm", loss_gradient("-sigma(a) * sigma(-a) / a.size", "-sigma(a) * sigma(-a) / a.size")),
        ("the 1/m is missing", loss_gradient("-sigma(a)", "-sigma(-a)")),
        ("a sign", loss_gradient("sigma(a) / a.size", "sigma(-a) / a.size")),
        ("the sign of the non-saturating one", loss_gradient("-sigma(a) / a.size", "sigma(-a) / a.size")),
        ("sigmoid of a sigmoid", loss_gradient("-sigma(sigma(a)) / a.size", "-sigma(-sigma(a)) / a.size")),
        ("the logit a stands", loss_gradient("-a / a.size", "-(1 - a) / a.size")),
    ],
    5: [
        ("goes up the gradient", changed(MOMENTUM, "+ rate", "- rate")),
        ("θ ← θ + v goes up", changed(MOMENTUM, "theta + v", "theta - v")),
        ("two signs are turned", changed(MOMENTUM, "+ rate", "- rate").replace("theta + v", "theta - v")),
        ("running mean", changed(MOMENTUM, "+ rate * grad", "+ (1 - momentum) * rate * grad")),
        ("running mean",
         MOMENTUM.replace("rate * grad", "(1 - momentum) * grad").replace("theta + v", "theta + rate * v")),
        ("another place", MOMENTUM.replace("rate * grad", "grad").replace("theta + v", "theta + rate * v")),
        ("η counts twice", changed(MOMENTUM, "theta + v", "theta + rate * v")),
        ("by the old v", changed(MOMENTUM, "theta + v", "theta + velocity")),
        ("looks ahead", changed(MOMENTUM, "theta + v", "theta + momentum * v + rate * grad")),
        ("no momentum in it", changed(MOMENTUM, "momentum * velocity + ", "")),
        ("it is the old velocity", changed(MOMENTUM, "theta + v, v", "theta + v, velocity")),
        ("changed places", MOMENTUM.replace("momentum * velocity + rate", "rate * velocity + momentum")),
        ("μ is missing", changed(MOMENTUM, "momentum * velocity", "velocity")),
        ("another order", changed(MOMENTUM, "theta + v, v", "v, theta + v")),
        ("must return 2 arrays", changed(MOMENTUM, "theta + v, v", "theta + v")),
        ("changed theta in place", changed(MOMENTUM, "return theta + v, v", "theta += v\n    return theta, v")),
        ("changed velocity in place", changed(MOMENTUM, "    v = momentum * velocity + rate * grad",
                                              "    v = velocity\n    v *= momentum\n    v += rate * grad")),
        ("returned None", changed(MOMENTUM, "return theta + v, v", "theta += v")),
        ("changed theta in place", changed(MOMENTUM, "return theta + v, v", "theta += v")),
    ],
    6: [
        ("D went down", changed(D_STEP, "+= rate", "-= rate")),
        ("did not change", changed(D_STEP, "    D.theta += rate * D.grad\n", "")),
        ("did not change", changed(D_STEP, "D.theta += rate * D.grad", "theta = D.theta + rate * D.grad")),
        ("the learning rate is missing", changed(D_STEP, "+= rate * D.grad", "+= D.grad")),
        ("replaced by the step", changed(D_STEP, "D.theta += rate", "D.theta = rate")),
        ("have changed places", changed(D_STEP, "[x, x_fake]", "[x_fake, x]")),
        ("sigmoid of a sigmoid", changed(D_STEP, "value_gradient(a[:m], a[m:])",
                                         "value_gradient(1 / (1 + np.exp(-a[:m])), 1 / (1 + np.exp(-a[m:])))")),
        ("the same sign", changed(D_STEP, "[da_real, da_fake]", "[da_real, -da_fake]")),
        ("given ones", changed(D_STEP, "np.concatenate([da_real, da_fake])", "np.ones_like(a)")),
        ("the 1/m is there twice", changed(D_STEP, "rate * D.grad", "rate * D.grad / m")),
        ("the 1/m is missing", changed(D_STEP, "rate * D.grad", "rate * D.grad * m")),
        ("Put both through D as one batch", """
def discriminator_step(D, x, x_fake, rate):
    a_real, a_fake = D.forward(x), D.forward(x_fake)
    da_real, da_fake = value_gradient(a_real, a_fake)
    D.backward(da_real)
    grad = D.grad.copy()
    D.backward(da_fake)
    D.theta += rate * (grad + D.grad)
"""), ("the generated examples count twice", """
def discriminator_step(D, x, x_fake, rate):
    da_real, da_fake = value_gradient(D(x), D(x_fake))
    D.forward(x)
    D.backward(da_real)
    grad = D.grad
    D.forward(x_fake)
    D.backward(da_fake)
    D.theta += rate * (grad + D.grad)
"""), ("only the generated examples", """
def discriminator_step(D, x, x_fake, rate):
    da_real, da_fake = value_gradient(D(x), D(x_fake))
    D.forward(x)
    D.backward(da_real)
    D.forward(x_fake)
    D.backward(da_fake)
    D.theta += rate * D.grad
"""), ("D moved twice", """
def discriminator_step(D, x, x_fake, rate):
    a = D.forward(x)
    D.backward(value_gradient(a, a)[0])
    D.theta += rate * D.grad
    a = D.forward(x_fake)
    D.backward(value_gradient(a, a)[1])
    D.theta += rate * D.grad
"""), ("D moved twice: one backward", D_STEP + D_STEP[D_STEP.index("    a ="):]),
        ("half a step each", (D_STEP + D_STEP[D_STEP.index("    a ="):]).replace("rate *", "rate / 2 *")),
        ("D moved twice, for x_fake", """
def discriminator_step(D, x, x_fake, rate):
    for each, half in ((x_fake, 1), (x, 0)):
        a = D.forward(each)
        D.backward(value_gradient(a, a)[half])
        D.theta += rate * D.grad
"""), ("needs a forward(x) before it", changed(D_STEP, "a = D.forward(np.concatenate([x, x_fake]))",
                                             "a = D(np.concatenate([x, x_fake]))")),
        ("changed x in place", changed(D_STEP, "    m = len(x)", "    m = len(x)\n    x *= 2")),
    ],
    7: [
        ("G went up", changed(G_STEP, "-= rate", "+= rate")),
        ("did not change", changed(G_STEP, "    G.theta -= rate * G.grad\n", "")),
        ("minimax one, whichever", changed(G_STEP, "(a, objective)", "(a, 'minimax')")),
        ("non-saturating one, whichever", changed(G_STEP, "(a, objective)", "(a, 'non-saturating')")),
        ("the learning rate is missing", changed(G_STEP, "rate * G.grad", "G.grad")),
        ("D.grad holds a gradient left over", changed(G_STEP, ", weights=False", "")),
        ("it changed D.theta", changed(G_STEP, "    G.theta", "    D.theta -= rate * D.grad\n    G.theta")),
        ("the factor D (1 − D) is too much", changed(
            G_STEP, "da = ", "s = 1 / (1 + np.exp(-a))\n    da = s * (1 - s) * ")),
        ("sigmoid of a sigmoid", changed(G_STEP, "(a, objective)", "(1 / (1 + np.exp(-a)), objective)")),
        ("given ones", changed(G_STEP, "D.backward(da,", "D.backward(np.ones_like(a),")),
        ("D is skipped", G_STEP.replace("a = D.forward(x_fake)", "a = x_fake").replace(
            "D.backward(da, weights=False)", "da")),
        ("G.grad before is added", G_STEP.replace("    G.backward(dx)", "    old = G.grad.copy()\n    G.backward(dx)"
                                                  ).replace("rate * G.grad", "rate * (old + G.grad)")),
        ("this is what stood in G.grad before", changed(G_STEP, "    G.backward(dx)\n", "")),
        ("given D's logits", changed(G_STEP, "D.backward(da,", "D.backward(a,")),
        ("dy must be", changed(G_STEP, "G.backward(dx)", "G.backward(da)")),
        ("needs a forward(x) before it", changed(G_STEP, "G.forward(z)", "G(z)")),
        ("the 1/m is missing", changed(G_STEP, "rate * G.grad", "rate * len(z) * G.grad")),
        ("the two have changed places", changed(
            G_STEP, "(a, objective)", "(a, 'minimax' if objective == 'non-saturating' else 'non-saturating')")),
        ("it changed z in place", changed(G_STEP, "    x_fake", "    z += 1\n    x_fake")),
    ],
    8: [
        ("line 2 says k times", changed(ALGORITHM, "range(k)", "range(1)")),
        ("range(1, k) counts", changed(ALGORITHM, "range(k)", "range(1, k)")),
        ("range(1, n) counts", changed(ALGORITHM, "range(iterations)", "range(1, iterations)")),
        ("two loops are exchanged", ALGORITHM.replace("range(iterations)", "range(K)").replace(
            "range(k)", "range(iterations)").replace("range(K)", "range(k)")),
        ("G moved first", """
def algorithm_1(G, D, data, noise, iterations, k, m, lr_d, lr_g, rng):
    for t in range(iterations):
        a = D.forward(G.forward(noise.sample(m, rng)))
        G.backward(D.backward(generator_gradient(a, "non-saturating"), weights=False))
        G.theta -= lr_g * G.grad
        for j in range(k):
            z = noise.sample(m, rng)
            x = data.sample(m, rng)
            a = D.forward(np.concatenate([x, G(z)]))
            D.backward(np.concatenate(value_gradient(a[:m], a[m:])))
            D.theta += lr_d * D.grad
"""), ("Is each number drawn from rng", changed(ALGORITHM, "    for t in",
                                              "    rng = np.random.default_rng()\n    for t in")),
        ("D moved k + 1 times", changed(ALGORITHM, "range(k)", "range(k + 1)")),
        ("x was drawn before z", ALGORITHM.replace("z = noise.sample(m, rng)\n            x = data.sample(m, rng)",
                                                   "x = data.sample(m, rng)\n            z = noise.sample(m, rng)")),
        ("line 7 draws anew", changed(ALGORITHM, "\n        z = noise.sample(m, rng)", "")),
        ("drawn once for all k", ALGORITHM.replace("""        for j in range(k):
            z = noise.sample(m, rng)
            x = data.sample(m, rng)
""", """        z = noise.sample(m, rng)
        x = data.sample(m, rng)
        for j in range(k):
""")),
        ("the wrong objective", changed(ALGORITHM, '"non-saturating"', '"minimax"')),
        ("D went down", changed(ALGORITHM, "D.theta += ", "D.theta -= ")),
        ("G went up", changed(ALGORITHM, "G.theta -= ", "G.theta += ")),
        ("lr_d and lr_g have changed places", changed(ALGORITHM, "lr_d, lr_g, rng", "lr_g, lr_d, rng")),
        ("one iteration only", changed(ALGORITHM, "range(iterations)", "range(1)")),
        ("too many", changed(ALGORITHM, "range(iterations)", "range(iterations + 1)")),
        ("D moved in line 8", ALGORITHM.replace(", weights=False", "") + "        D.theta -= lr_d * D.grad\n"),
        ("left over from G's step", ALGORITHM.replace(", weights=False", "") + "        D.theta += lr_d * D.grad\n"),
        ("G moved with each step of D", ALGORITHM.replace("\n        z =", "\n            z =").replace(
            "\n        a =", "\n            a =").replace("\n        G.", "\n            G.")),
        ("where iterations = 1, k = 1, m = 5", changed(ALGORITHM, "lr_g * G.grad", "lr_g * G.grad / 3")),
        ("a D from before its last step", """
def algorithm_1(G, D, data, noise, iterations, k, m, lr_d, lr_g, rng):
    for t in range(iterations):
        for j in range(k):
            z = noise.sample(m, rng)
            x = data.sample(m, rng)
            x_fake = G.forward(z)
            a = D.forward(np.concatenate([x, x_fake]))
            D.backward(np.concatenate(value_gradient(a[:m], a[m:])))
            if j == k - 1:
                a_fake = D.forward(x_fake)
                G.backward(D.backward(generator_gradient(a_fake, "non-saturating"), weights=False))
            D.theta += lr_d * D.grad
        G.theta -= lr_g * G.grad
"""),
    ],
    9: [
        ("p_g is on top", D_star("p_g / (p_data + p_g)")), ("this is the ratio", D_star("p_data / p_g")),
        ("the logit of D*", D_star("np.log(p_data) - np.log(p_g)")),
        ("over all x", D_star("p_data / np.sum(p_data + p_g)")),
        ("D* is 1 or 0", D_star("np.where((p_data > 0) & (p_g > 0), p_data / (p_data + p_g), 0.5)")),
        ("divided by its own sum", D_star("p_data / p_data.sum() / (p_data / p_data.sum() + p_g / p_g.sum())")),
        ("with no ε", D_star("np.where(p_data + p_g < 1e-6, 0.5, p_data / (p_data + p_g))")),
        ("twice D*", D_star("p_data / ((p_data + p_g) / 2)")),
        ("put 1/2 there", D_star("p_data / (p_data + p_g)")),
        ("put 1/2 there", D_star("p_data / (p_data + p_g + 1e-12)")),
        ("1/2 everywhere", D_star("0.5 * np.ones_like(p_data)")),
        ("must have the shape (101,), not be one number", D_star("np.mean(p_data / (p_data + p_g))")),
        ("dx is missing", changed(CRITERION, " * dx", "")),
        ("trapezoidal rule", CRITERION.replace(
            "(first.sum() + second.sum()) * dx", "np.sum(first[1:] + first[:-1] + second[1:] + second[:-1]) / 2 * dx")),
        ("where p > 0", CRITERION.replace("np.where(p_data > 0, p_data * np.log(D), 0)", "p_data * np.log(D)")),
        ("this is −C(G)", changed(CRITERION, "return ", "return -")),
        ("−log 4 is missing", changed(CRITERION, "* dx", "* dx + np.log(4)")),
        ("D* has p_g on top", changed(CRITERION, "D = p_data /", "D = p_g /")),
        ("not log D*", changed(CRITERION, "np.log(1 - D)", "np.log(D)")),
        ("the second mean is missing", changed(CRITERION, " + second.sum()", "")),
        ("over p_g, not over p_data", changed(CRITERION, "np.where(p_g > 0, p_g *", "np.where(p_g > 0, p_data *")),
        ("in bits", CRITERION.replace("np.log(", "np.log2(")),
        ("the mean is taken", CRITERION.replace(".sum()", ".mean()")),
        ("C must be one number", changed(CRITERION, "(first.sum() + second.sum())", "(first + second)")),
    ],
    10: [
        ("z/10 is missing", changed(SAMPLE, "z / 10 + ", "")),
        ("this is only z/10", changed(SAMPLE, " + z / np.linalg.norm(z, axis=1, keepdims=True)", "")),
        ("over the whole minibatch", changed(SAMPLE, ", axis=1, keepdims=True", "")),
        ("over the columns", changed(SAMPLE, "axis=1, keepdims=True", "axis=0")),
        ("uniform in (0, 1)", changed(SAMPLE, "standard_normal((m, 2))", "random((m, 2))")),
        ("it was drawn twice", changed(SAMPLE, "return z / 10", "return rng.standard_normal((m, 2)) / 10")),
        ("two different samples", changed(SAMPLE, "rng.standard", "np.random.default_rng().standard")),
        ("gave the same sample", changed(SAMPLE, "rng.standard", "np.random.default_rng(0).standard")),
        ("x must have the shape (4000, 2)", changed(SAMPLE, "(m, 2)", "(2, m)").replace("axis=1", "axis=0")),
        ("the root is missing", changed(SAMPLE, "np.linalg.norm(z", "np.sum(z**2")),
        *[("the points' distances", changed(SAMPLE, "z / 10", f"z / {tenth}")) for tenth in (5, 9.5, 10.5)],
        ("the points' distances", changed(SAMPLE, "+ z /", "+ 0.995 * z /")),
        ("spread over the ring", changed(SAMPLE, "rng.standard_normal((m, 2))", "abs(rng.standard_normal((m, 2)))")),
        ("spread over the ring", """
def ring_sample(m, rng):
    angle, rho = rng.uniform(0, 2 * np.pi, m), 1.1253 + 0.0655 * rng.standard_normal(m)
    return np.column_stack([rho * np.cos(angle), rho * np.sin(angle)])
"""),
        ("the 1/ρ of the change of variables", changed(DENSITY, " * np.maximum(rho, 1)", "")),
        ("the 1/(2πρ) is missing", changed(DENSITY, " / (2 * np.pi * np.maximum(rho, 1))", "")),
        ("the factor 10", changed(DENSITY, "p = 10 * r", "p = r")),
        ("the r before", changed(DENSITY, "p = 10 * r", "p = 10")),
        ("0 where ρ < 1", changed(DENSITY, "np.where(rho > 1, p, 0)", "p")),
        ("upside down", changed(DENSITY, "p = 10 * r", "p = 0.1 * r")),
        ("the 2 is missing", changed(DENSITY, "r**2 / 2", "r**2")),
        ("at the origin", DENSITY.replace("np.where(rho > 1, p, 0)", "p * (rho > 1)").replace(
            "np.maximum(rho, 1)", "rho").replace("p = 10 * r", "p = 10 * r * rho / rho")),
        ("p must have the shape (12,)", changed(DENSITY, "axis=1", "axis=1, keepdims=True")),
    ],
}

# Right, though nobody would write it so in the lesson
UNUSUAL = [
    (1, linear("x.T @ dy", "list(dy.sum(axis=0))", "(dy @ W.T).tolist()").replace("return ", "return [") + "]"),
    (1, linear("np.einsum('ij,ik->jk', x, dy).astype(np.float32)")),
    (2, relu("np.where(x > 0, dy, 0)")), (2, tanh("dy / np.cosh(x)**2")),
    (3, value("np.array([[-np.logaddexp(0, -a_real).mean() - np.logaddexp(0, a_fake).mean()]])")),
    (3, value_gradient("[sigma(-a_real) / a_real.size, -sigma(a_fake) / a_fake.size]")),
    (4, loss("np.float32(-np.logaddexp(0, a).mean())", "-np.mean(np.minimum(a, 0) - np.log1p(np.exp(-abs(a))))")),
    (5, MOMENTUM.replace("return theta + v, v", "return [theta + v, v]")),
    (5, MOMENTUM.replace("return theta + v, v", "return np.array([theta + v, v])")),
    (6, """
def discriminator_step(D, x, x_fake, rate):
    da_real, da_fake = value_gradient(D(x), D(x_fake))
    D.forward(x)
    D.backward(da_real)
    grad = D.grad.copy()
    D.forward(x_fake)
    D.backward(da_fake)
    D.theta = D.theta + rate * (grad + D.grad)
    return D
"""), (7, G_STEP.replace("G.theta -= rate * G.grad", "G.theta[:] = G.theta - rate * G.grad")), (8, ALGORITHM),
    (9, CRITERION), (9, D_star("np.where(p_data + p_g > 0, p_data / np.maximum(p_data + p_g, 1e-300), 0.5)")),
    (9, D_star("[p / (p + q) if p + q > 0 else 0.5 for p, q in zip(p_data, p_g)]")),
    (10, DENSITY), (10, SAMPLE),
    (10, """
def ring_sample(m, rng):
    angle = rng.uniform(0, 2 * np.pi, m)
    rho = 1 + np.sqrt(rng.standard_normal(m)**2 + rng.standard_normal(m)**2) / 10
    return np.column_stack([rho * np.cos(angle), rho * np.sin(angle)])
"""), (10, SAMPLE.replace("standard_normal((m, 2))", "normal(size=(2, m)).T")),
]
