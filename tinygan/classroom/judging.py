"""From numbers to sentences: what a student's function returned, next to what is right and to typical mistakes.

Here: `Asked`, one function of an exercise and what is known about it; `judge`, the sentences; `agree`.

The order is that in which a teacher would ask. Is it written? Has it the right form? Did it leave its arguments
alone? Are its numbers right; and if not, are they those of a known mistake? If not that either, the gradient
check says what it sees.
"""

import copy
from inspect import signature
from itertools import permutations
from typing import Callable, NamedTuple

import numpy as np

from ..gradcheck import check_gradient
from ..mlp import MLP

SENTENCES = 3                                                   # at most, for an exercise
TOLERANCE = 1e-5                                                # of the largest entry: float32 will do


def agree(value, right):
    """Whether two arrays are the same, but for rounding; nothing that is not finite agrees."""
    return (value is not None and np.shape(value) == np.shape(right)
            and bool((np.abs(value - right) <= TOLERANCE * np.abs(right).max(initial=0) + 1e-12).all()))


def returned(answer):
    """What is compared, usually: what the function returned."""
    return answer.value


def part(network, name):
    """`theta` or `grad` of a network that was made plain; None if it was made something else."""
    return network.get(name) if isinstance(network, dict) else None


def first_wrong(name, value, right, arguments):
    """What is said of a wrong number that nothing is known about: where it is, and what it should be."""
    at = np.unravel_index(np.argmax(np.abs(value - right)), right.shape)
    entry = f"{name}[{', '.join(map(str, at))}]" if right.ndim else name
    return f"{entry} is {value[at]:.6g}, but should be {right[at]:.6g}"


def by_gradcheck(*claims):
    """A `first_wrong` for gradients: the gradient check says what it sees.

    claims : one for each result, a function (its value, *arguments) → (f, x, ∂f/∂x as it is claimed, its name, m).
    """
    def tell(names, i, value, right, arguments):
        f, x, gradient, name, m = claims[i](value, *arguments)
        why = check_gradient(f, x, gradient, name=name, m=m).why or first_wrong(names[i], value, right, arguments)
        if right.shape[1:] == (1,):                             # there is no other column
            count = np.sum(np.abs(value - right) > TOLERANCE * np.abs(right).max())
            why = why.replace("only column 0 is wrong", f"{count} of {right.size} entries are wrong")
        return why
    return tell


def by_entry(names, i, value, right, arguments):
    """`first_wrong` of result i."""
    return first_wrong(names[i], value, right, arguments)


class Asked(NamedTuple):
    """One function that an exercise asks for.

    name : its name. results : what it is to give, by name. right : the same function, made of tinygan's own.
    mistakes : pairs (sentence, function), each function wrong in one typical way, and None for a result that it
        says nothing about.
    tell : (names, i, value, right, arguments) → a sentence on result i where no mistake is known.
    edge : what is wrong if only the last questions are answered wrong, `extremes` in number, which are extreme ones; ""
        if they are not.
    read : Answer → what is compared. writes : the arguments that it may change. alike : (value, right) → bool.

    >>> double = Asked("double", ("y",), lambda x: 2 * x, (("this is x itself", lambda x: x),))
    >>> double.name, double.right(4)
    ('double', 8)
    """

    name: str
    results: tuple
    right: Callable
    mistakes: tuple
    tell: Callable = by_entry
    edge: str = ""
    extremes: int = 1
    read: Callable = returned
    writes: tuple = ()
    alike: Callable = agree


def judge(functions, questions, answers):
    """What is wrong with the answers to these questions: at most three sentences, and none if all is right.

    functions : an `Asked` for each. questions, answers : as many of one as of the other.
    """
    sentences, pairs = [], list(zip(questions, answers, strict=True))
    for asked in functions:
        mine = [(question.arguments, answer) for question, answer in pairs if question.function == asked.name]
        sentences += [f"{asked.name}: {sentence}" for sentence in dict.fromkeys(_verdict(asked, mine))]
    return sentences[:SENTENCES]


def _verdict(asked, pairs):
    """The sentences on one function."""
    errors = [answer.error for _, answer in pairs if answer.error]
    if any(not answer.error and len(answer.arguments) != len(arguments) for arguments, answer in pairs):
        return ["an answer is not complete"]
    if any(error.startswith("NotImplementedError") for error in errors):
        return ["still to be written"]
    if pairs[-1][1].error:                                      # the extreme question is told as an error
        asked = asked._replace(edge="")
    pairs = [(arguments, answer) for arguments, answer in pairs if not answer.error]
    rights = [_results(asked, asked.right, arguments) for arguments, _ in pairs]
    values = [_form(asked, asked.read(answer), right) for (_, answer), right in zip(pairs, rights)]
    form = [value + _setting(asked, arguments) * any(isinstance(each, list) for each in values)
            for (arguments, _), value in zip(pairs, values) if isinstance(value, str)]
    kept = [sentence for arguments, answer in pairs for sentence in _changed(asked, arguments, answer)]
    if form:
        return [form[0], *kept]
    return kept or _numbers(asked, pairs, values, rights) or errors[:1]


def _results(asked, function, arguments):
    """What `function` gives for copies of these arguments: an array for each result, or None."""
    with np.errstate(all="ignore"):
        value = function(*copy.deepcopy(arguments))
    return [None if each is None else np.asarray(each, float)
            for each in (value if len(asked.results) > 1 else (value,))]


# The form

def _form(asked, value, right):
    """The values of the results, an array each; or a sentence that says why they are not in the right form."""
    wanted = ", ".join(asked.results)
    if value is None:
        return f"it returned None: end with `return {wanted}`"
    if len(asked.results) == 1:
        value = [value]
    if isinstance(value, np.ndarray) and value.shape == (len(right), *right[0].shape):      # all of them in one array
        value = list(value)
    if not isinstance(value, list) or len(value) != len(asked.results):
        return f"it must return {len(asked.results)} arrays, {wanted}"
    arrays = []
    for each in value:
        try:
            arrays.append(np.asarray(each, float))
        except (TypeError, ValueError):
            return f"it must return numbers: {wanted}"
    arrays = [array.reshape(()) if array.size == 1 and not want.ndim else array for array, want in zip(arrays, right)]
    if len(arrays) > 1 and not all(map(agree, arrays, right)):
        for order in permutations(arrays):
            if all(map(agree, order, right)):
                return f"all are right, but in another order: return {wanted}"
    told = (_shape(name, array, want) for name, array, want in zip(asked.results, arrays, right))
    return next(filter(None, told), arrays)


def _shape(name, array, right):
    """A sentence, if the shape is wrong."""
    if array.shape == right.shape:
        return ""
    if not right.ndim:
        return f"{name} must be one number, not an array of shape {array.shape}: is the mean missing, or the sum?"
    what = f"an array of shape {array.shape}" if array.ndim else "one number"
    transposed = ": it is transposed" if agree(array.T, right) else ""
    return f"{name} must have the shape {right.shape}, not be {what}{transposed}"


# The arguments

def _changed(asked, arguments, answer):
    """A sentence for each argument that was changed, though it should have stayed as it was."""
    for name, before, after in zip(signature(asked.right).parameters, arguments, answer.arguments):
        if name in asked.writes:
            continue
        if isinstance(before, np.ndarray) and not np.array_equal(before, after):
            yield f"it changed {name} in place: make a new array (`a = a + b`, not `a += b`), and leave {name} as it is"
        if isinstance(before, MLP) and not np.array_equal(before.theta, part(after, "theta")):
            yield f"it changed {name}.theta: this is the other player's step, and {name} waits"
        if isinstance(before, MLP) and not np.array_equal(before.grad, part(after, "grad")):
            yield (f"{name}.grad holds a gradient left over from this step: {name}.backward(…, weights=False) "
                   f"leaves {name}.grad alone")


# The numbers

def _numbers(asked, pairs, values, rights):
    """The sentences on wrong results: what is said of several is said once."""
    told = {}
    for i, name in enumerate(asked.results):
        for sentence in _wrong(asked, i, pairs, values, rights):
            told.setdefault(sentence, []).append(name)
    if len(asked.results) == 1:
        return list(told)
    return [sentence if sentence.startswith(names[0]) else f"{' and '.join(names)}: {sentence}"
            for sentence, names in told.items()]


def _wrong(asked, i, pairs, values, rights):
    """A sentence, if result i is wrong in one of the answers."""
    wrong = [n for n in range(len(values)) if not asked.alike(values[n][i], rights[n][i])]
    if not wrong:
        return
    finite = [n for n in range(len(values)) if np.isfinite(values[n][i]).all()]
    worth = [n for n in wrong if n in finite]
    extreme = len(rights) - asked.extremes if asked.edge else len(rights)
    seen = [n for n in finite if n < extreme] if worth and min(worth) < extreme else finite
    known = next((sentence for sentence, mistake in asked.mistakes
                  if worth and _made(asked, mistake, i, [(pairs[n][0], values[n][i]) for n in seen])), "")
    if known:
        yield known
    elif min(wrong) >= extreme:
        yield asked.edge
    elif not worth:
        yield _not_finite(values[wrong[0]][i])
    else:
        n = worth[0]
        yield asked.tell(asked.results, i, values[n][i], rights[n][i], pairs[n][0]) + _setting(asked, pairs[n][0])


def _made(asked, mistake, i, seen):
    """Whether this mistake explains all that was seen: pairs (arguments, value of result i)."""
    for arguments, value in seen:
        try:
            predicted = _results(asked, mistake, arguments)[i]
        except ValueError:                                      # shapes that do not fit
            return False
        if not agree(predicted, value):
            return False
    return True


def _not_finite(value):
    """What can be said of nan and ∞."""
    if np.isnan(value).any():
        return "it is nan: a logarithm of a number below 0 (a logit?), or 0/0, or 0 · ∞"
    return "it is infinite: a logarithm of 0, or a division by 0, or an overflow"


def _setting(asked, arguments):
    """The words and whole numbers among the arguments, for the end of a sentence."""
    named = zip(signature(asked.right).parameters, arguments)
    shown = ", ".join(f"{name} = {value!r}" for name, value in named if isinstance(value, (str, int)))
    return f" (where {shown})" if shown else ""
