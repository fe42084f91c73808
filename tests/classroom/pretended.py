"""Three exercises as exercises.py has them, for the tests of the grader: one on arrays, one on a network with a
function of tinygan given, one on a number; and a folder of right answers."""

import numpy as np

import tinygan as tg
from tinygan.classroom.exercises import Exercise, Question

RNG = np.random.default_rng(0)
X, W, DY = RNG.normal(size=(3, 2)), RNG.normal(size=(2, 4)), RNG.normal(size=(3, 4))


def judged(right):
    """A judge of answers that must be these."""
    def judge(answers):
        if any(answer.error == "NotImplementedError" for answer in answers):
            return ["still to be written"]
        said = [answer.error or "a wrong number" for answer, wanted in zip(answers, right)
                if answer.error or np.shape(answer.value) != np.shape(wanted) or not np.allclose(answer.value, wanted)]
        return said[:1]
    return judge


def judge_step(answers):
    """D's parameters, which the call changes, must have moved by rate times the gradient."""
    if answers[0].error:
        return [answers[0].error]
    D = network()
    a = D.forward(np.concatenate([X, X + 1]))
    D.backward(np.concatenate(tg.value_gradient(a[:3], a[3:])))
    return [] if np.allclose(answers[0].arguments[0]["theta"], D.theta + 0.1 * D.grad) else ["D.theta is wrong"]


def network():
    return tg.MLP([2, 3, 1], rng=0)


EXERCISES = (
    Exercise(1, "ex01_linear.py", "Linear, backwards", ("weights",),
             lambda: [Question("weights", (X, W, DY))], judged([X.T @ DY])),
    Exercise(2, "ex02_step.py", "D's step", ("step",),
             lambda: [Question("step", (network(), X, X + 1, 0.1))], judge_step, given=("value_gradient",)),
    Exercise(3, "ex03_mean.py", "A mean", ("mean", "twice"),
             lambda: [Question("mean", (X,)), Question("twice", (2.0,))], judged([X.mean(), 4.0])))

LINEAR, STEP, MEAN = EXERCISES

RIGHT = {
    "ex01_linear.py": '''"""My answer."""

import numpy as np


def weights(x, W, dy):
    print("x is", x.shape)
    return np.matmul(x.T, dy)


if __name__ == "__main__":
    import matplotlib.pyplot as plt
    plt.plot(weights(np.ones((1, 1)), None, np.ones((1, 1))))
''',
    "ex02_step.py": '''import numpy as np
from tinygan import value_gradient


def step(D, x, x_fake, rate):
    a = D.forward(np.concatenate([x, x_fake]))
    D.backward(np.concatenate(value_gradient(a[:len(x)], a[len(x):])))
    D.theta += rate * D.grad
''',
    "ex03_mean.py": '''from math import fsum


def mean(x):
    return fsum(x.ravel()) / x.size


def twice(x):
    return 2 * x
'''}


def hand_in(folder, **files):
    """A folder with right answers, but for these: ex01=…, the text or the bytes of the file, or None for no file."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in RIGHT.items():
        text = files.get(name[:4], text)
        if text is not None:
            (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder
