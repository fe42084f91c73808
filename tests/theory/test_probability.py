"""Tables against counting, Bayes against a table, entropies and divergences against closed forms
and against 40-digit arithmetic."""

import math
from decimal import Decimal, getcontext
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, strategies as st

from tinygan.theory.probability import (bayes, conditional, conditional_expectation, cross_entropy, entropy, js, kl,
                                        marginal)

getcontext().prec = 40
weight = st.one_of(st.just(0.0), st.floats(1e-12, 1))
weights = lambda n: st.lists(weight, min_size=n, max_size=n).filter(lambda w: sum(w) > 0.01)
pmf = lambda n: weights(n).map(lambda w: np.array(w) / math.fsum(w))
pmfs = st.integers(1, 6).flatmap(lambda n: st.tuples(pmf(n), pmf(n)))
pairs_seen = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 3)), min_size=1, max_size=40)


def table(pairs):
    joint = np.zeros((3, 4))
    for pair in pairs:
        joint[pair] += 1
    return joint


# ---- tables -------------------------------------------------------------------------------------

@given(pairs_seen, st.data())
def test_a_table_of_counts_against_counting(pairs, data):
    joint, n = table(pairs), len(pairs)
    for axis, size in ((0, 3), (1, 4)):
        wanted = [float(Fraction(sum(pair[axis] == i for pair in pairs), n)) for i in range(size)]
        assert marginal(joint, axis) == pytest.approx(wanted, abs=1e-15)
        assert marginal(joint / n, axis - 2) == pytest.approx(wanted, abs=1e-12)  # probabilities; counted from the last
        i = data.draw(st.sampled_from([pair[axis] for pair in pairs]))
        others = [pair[1 - axis] for pair in pairs if pair[axis] == i]
        wanted = [others.count(j) / len(others) for j in range(7 - size)]
        assert conditional(joint, axis, i) == pytest.approx(wanted, abs=1e-15)
        f = np.array([2.0, -1.0, 0.5, 7.0])[:7 - size]
        mean = math.fsum(f[j] for j in others) / len(others)
        assert conditional_expectation(joint, axis, i, f) == pytest.approx(mean, abs=1e-12)


@given(pairs_seen)
def test_total_probability_total_expectation_and_bayes(pairs):
    """P(B) = Σ P(B | A) P(A), E[f] = E[E[f | A]], and P(A | B) from P(B | A) and P(A)."""
    joint = table(pairs) + 1                                     # no empty rows
    P_A, P_B = marginal(joint, 0), marginal(joint, 1)
    given_A = np.array([conditional(joint, 0, i) for i in range(3)])
    assert P_A @ given_A == pytest.approx(P_B, abs=1e-14)
    f = np.array([3.0, -2.0, 0.25, 1.0])
    assert P_A @ [conditional_expectation(joint, 0, i, f) for i in range(3)] == pytest.approx(P_B @ f, abs=1e-13)
    posterior = bayes(P_A, given_A)                              # all four pieces of evidence at once
    for j in range(4):
        assert bayes(P_A, given_A[:, j]) == pytest.approx(conditional(joint, 1, j), abs=1e-14)
        assert posterior[:, j] == pytest.approx(conditional(joint, 1, j), abs=1e-14)


def test_three_variables():
    joint = np.arange(24.0).reshape(2, 3, 4)
    wanted = [sum(joint[i, j, k] for i in range(2) for k in range(4)) / 276 for j in range(3)]
    assert marginal(joint, 1).tolist() == wanted
    assert conditional(joint, 2, 3) == pytest.approx(joint[:, :, 3] / joint[:, :, 3].sum())
    assert conditional_expectation(joint, 0, 1, np.ones((3, 4))) == pytest.approx(1)


def test_bayes_takes_densities_as_likelihood():
    """Two Gaussian classes: the log-odds are a straight line in x."""
    x = np.linspace(-3, 3, 7)
    density = lambda mean: np.exp(-(x - mean) ** 2 / 2) / math.sqrt(2 * math.pi)
    posterior = bayes([0.25, 0.75], np.array([density(1), density(-1)]))
    assert np.log(posterior[0] / posterior[1]) == pytest.approx(2 * x + math.log(1 / 3), abs=1e-12)
    assert posterior.sum(axis=0) == pytest.approx(np.ones(7), abs=1e-15)


def test_bayes_does_not_underflow():
    assert bayes([1e-200, 1], [1e-200, 0]).tolist() == [1, 0]
    assert bayes([1e-200, 1e-200, 1], [1e-100, 1e-300, 0]).tolist() == pytest.approx([1, 1e-200, 0], rel=1e-15, abs=0)
    assert bayes([1e-300, 1e-300, 1], [1, 1.2345678e-20, 0])[1] == pytest.approx(1.2345678e-20, rel=1e-15, abs=0)
    both = bayes([1e-200, 0, 1], [[1e-200, 0.5], [1e300, 1e300], [0, 0.5]])
    assert both.T.tolist() == [[1, 0, 0], [1e-200, 0, 1]]
    prior, likelihood = [0.3, 0.7], [1e-320, 3e-320]             # (as floats these are whole multiples of 5e-324)
    together = [Fraction(p) * Fraction(each) for p, each in zip(prior, likelihood)]
    assert bayes(prior, likelihood) == pytest.approx([float(each / sum(together)) for each in together], rel=1e-15)


# ---- entropies and divergences ------------------------------------------------------------------

def exact(p, q, term):
    """Σ term(p, q) in 40 digits, over the places where p is not 0."""
    return float(sum(term(Decimal(float(a)), Decimal(float(b))) for a, b in zip(p, q) if a > 0))


@given(pmfs, st.sampled_from([math.e, 2, 10]))
def test_against_forty_digits(pair, base):
    p, q = pair
    unit = math.log(base)
    near = lambda number: pytest.approx(number / unit, abs=1e-13, rel=1e-13)
    assert entropy(p, base=base) == near(exact(p, p, lambda a, b: -a * a.ln()))
    if ((p > 0) & (q == 0)).any():
        assert kl(p, q) == cross_entropy(p, q) == math.inf
    else:
        assert cross_entropy(p, q, base=base) == near(exact(p, q, lambda a, b: -a * b.ln()))
        assert kl(p, q, base=base) == near(exact(p, q, lambda a, b: a * (a / b).ln()))
        assert kl(p, q) == pytest.approx(cross_entropy(p, q) - entropy(p), abs=1e-12)
        assert kl(p, q) >= 0
    to_middle = lambda a, b: a * (2 * a / (a + b)).ln()
    assert js(p, q, base=base) == near((exact(p, q, to_middle) + exact(q, p, to_middle)) / 2)
    assert js(p, q) == pytest.approx(js(q, p), abs=1e-15) and 0 <= js(p, q) <= math.log(2) + 1e-15
    assert kl(p, p) == 0 == js(p, p) and 0 <= entropy(p) <= math.log(len(p)) + 1e-15


@pytest.mark.parametrize("apart", [1e-15, 1e-12, 1e-9, 1e-6, 1e-4, 1e-3, 0.0099, 0.0101, 0.1])
def test_nearly_equal_distributions_are_a_little_apart_and_never_less_than_0(apart):
    """Divergences of the size of apart²: to nine digits, but for what rounding p and q to floats may change."""
    rng = np.random.default_rng(0)
    for _ in range(300):
        p = rng.dirichlet(np.ones(rng.integers(2, 8)))
        q = p * (1 + apart * rng.uniform(-1, 1, p.shape))
        q /= q.sum()
        # in 40 digits, with both sums exactly 1
        a, b = ([Decimal(each) for each in one.tolist()] for one in (p, q))
        a, b = [each / sum(a) for each in a], [each / sum(b) for each in b]
        to = lambda one, other: sum(x * (x / y).ln() for x, y in zip(one, other) if x)
        middle = [(x + y) / 2 for x, y in zip(a, b)]
        off = np.abs(q / p - 1).max()
        near = lambda exact: pytest.approx(float(exact), rel=1e-9, abs=2e-15 * off + 1e-30)
        assert kl(p, q) >= 0 and kl(p, q) == near(to(a, b))
        assert js(p, q) >= 0 and js(p, q) == near((to(a, middle) + to(b, middle)) / 2)


def test_a_coin_that_is_almost_fair():
    assert js([0.5, 0.5], [0.5 + 1e-9, 0.5 - 1e-9]) == pytest.approx(5e-19, rel=1e-6)     # (1/8) Σ (p − q)²/p
    assert kl([0.5, 0.5], [0.5 + 1e-9, 0.5 - 1e-9]) == pytest.approx(2e-18, rel=1e-6)     # (1/2) Σ (p − q)²/p
    assert js([1e-310, 1], [3e-310, 1]) >= 0 and kl([1e300], [1e300], dx=1e-300) == 0


def test_a_biased_coin_against_a_fair_one():
    fair, biased = [0.5, 0.5], [0.05, 0.95]
    assert round(cross_entropy(fair, biased, base=2), 3) == 2.198
    assert round(kl(fair, biased, base=2), 3) == 1.198
    assert kl(fair, biased) == pytest.approx(kl(fair, biased, base=2) * math.log(2), abs=1e-15)
    other_way = pytest.approx(1 - entropy(biased, base=2), abs=1e-15)
    assert kl(biased, fair, base=2) == other_way
    assert abs(kl(biased, fair, base=2) - 1.198) > 0.1


@given(st.floats(-2, 2), st.floats(0.4, 2), st.floats(-2, 2), st.floats(0.4, 2))
def test_gaussians_on_a_grid(mean_p, std_p, mean_q, std_q):
    x, dx = np.linspace(-30, 30, 6001, retstep=True)
    normal = lambda mean, std: np.exp(-((x - mean) / std) ** 2 / 2) / (std * math.sqrt(2 * math.pi))
    p, q = normal(mean_p, std_p), normal(mean_q, std_q)
    assert entropy(p, dx) == pytest.approx(math.log(2 * math.pi * math.e * std_p**2) / 2, abs=1e-10)
    if (q > 0).all():                                           # else q has sunk below the smallest float on this grid
        wanted = math.log(std_q / std_p) + (std_p**2 + (mean_p - mean_q) ** 2) / (2 * std_q**2) - 0.5
        assert kl(p, q, dx) == pytest.approx(wanted, abs=1e-9)


@given(st.integers(0, 100))
def test_uniforms_that_overlap_by_a_part(percent):
    """Unit intervals that share a part s: JSD = (1 − s) log 2, and KL is infinite unless s = 1."""
    p, q = np.zeros(200), np.zeros(200)
    p[:100] = q[percent:percent + 100] = 1
    assert js(p, q, dx=0.01) == pytest.approx(percent / 100 * math.log(2), abs=1e-12)
    assert kl(p, q, dx=0.01) == (math.inf if percent else 0)
    assert entropy(p, dx=0.01) == pytest.approx(0, abs=1e-12)
    assert entropy(2 * p[:50], dx=0.01) == pytest.approx(-math.log(2), abs=1e-12)


def test_edges():
    assert kl([0, 1], [0.5, 0.5]) == pytest.approx(math.log(2))      # 0 log 0 = 0
    assert kl([0.5, 0.5], [0, 1]) == cross_entropy([0.5, 0.5], [0, 1]) == math.inf
    assert str(entropy([1, 0])) == "0.0" and kl([0, 0, 1], [0, 0, 1]) == 0
    assert js([5e-324, 1], [0, 1]) == 0                               # half of the smallest float is 0
    assert js([0, 1], [1, 0]) == pytest.approx(math.log(2)) and js([0, 1], [1, 0], base=2) == pytest.approx(1)
    assert entropy(np.full((2, 2), 0.25), base=2) == 2                # any shape
    p, dx = [1.0], np.float64(1)
    found = entropy(p, dx), kl(p, p, dx), js(p, p, dx), cross_entropy(p, p, dx)
    assert {type(f) for f in found} == {float}


# ---- the doors ----------------------------------------------------------------------------------

@pytest.mark.parametrize("p, q, error, words", [
    ([0.5, 0.6], [0.5, 0.5], ValueError, "p must sum to 1, not to 1.1"),
    ([0.5, 0.5], [1.5, -0.5], ValueError, "q must not be negative"),
    ([0.5, 0.5], [1.0], ValueError, r"p and q must have one shape, not \(2,\) and \(1,\)"),
    ([np.nan, 1], [0.5, 0.5], ValueError, "p must be finite"),
    ([0.5, 0.5], [np.inf, 0], ValueError, "q must be finite"),
    (["a"], [1.0], TypeError, "p must"), ([], [], ValueError, "p must hold at least one"),
    ([1j, 1], [1, 0], TypeError, "p must be real"),
    ([0.333, 0.333, 0.333], [1, 0, 0], ValueError, "p must sum to 1, not to 0.999")])
def test_what_is_no_distribution_is_refused(p, q, error, words):
    for measure in (kl, js, cross_entropy):
        with pytest.raises(error, match=words):
            measure(p, q)
    if words[0] == "p" and "shape" not in words:
        with pytest.raises(error, match=words):
            entropy(p)


def test_a_density_whose_grid_is_too_short_is_refused():
    x, dx = np.linspace(-1, 1, 201, retstep=True)
    with pytest.raises(ValueError, match=r"p times dx=0.01\d* must sum to 1, not to 0.68.*: does the grid reach"):
        entropy(np.exp(-x**2 / 2) / math.sqrt(2 * math.pi), dx)


def test_a_grid_is_one_of_cells_and_a_jump_is_at_the_edge_of_one():
    """A uniform density on 101 points of [0, 1] has 101 cells of width .01: at the middles of 100 it has the sum 1."""
    with pytest.raises(ValueError, match=r"p times dx=0.01 must sum to 1, not to 1.01: .* at the middles of cells"):
        entropy(np.ones(101), dx=0.01)
    assert entropy(np.ones(100), dx=0.01) == 0
    half_at_the_ends = np.r_[0.5, np.ones(99), 0.5]
    assert kl(half_at_the_ends, half_at_the_ends, dx=0.01) == 0


def test_what_a_sum_lacks_of_1_is_made_up_for():
    """Else H(p, q) and KL would be off by as much: here by 1e-3."""
    p, q = np.full(100, 0.999), np.r_[np.full(50, 0.5), np.full(50, 1.5)]
    assert entropy(p, dx=0.01) == pytest.approx(0, abs=1e-15)
    assert cross_entropy(p, q, dx=0.01) == pytest.approx(-math.log(0.75) / 2, rel=1e-12)
    assert kl(p, q, dx=0.01) == pytest.approx(-math.log(0.75) / 2, rel=1e-12)


@pytest.mark.parametrize("call, error, words", [
    (lambda: entropy([1.0], dx=0), ValueError, "dx must be"), (lambda: entropy([1.0], dx=-1), ValueError, "dx must be"),
    (lambda: kl([1.0], [1.0], base=1), ValueError, "base must be a finite number greater than 1, not 1"),
    (lambda: js([1.0], [1.0], base="2"), TypeError, "base must be"),
    (lambda: entropy([1.0], base=np.inf), ValueError, "base must be"),
    (lambda: marginal([0.5, 0.5], 0), ValueError, "joint must be a table"),
    (lambda: marginal([[1, 2], [3]], 0), ValueError, "joint must be"),
    (lambda: marginal([[0.5, 0.2]], 0), ValueError, "joint must sum to 1, not to 0.7"),
    (lambda: marginal([[0, 0]], 0), ValueError, "joint must have a finite sum greater than 0, not 0"),
    (lambda: marginal([[1e308, 1e308]], 0), ValueError, "joint must not be greater than 1e300"),
    (lambda: entropy([1e308, 1e308]), ValueError, "p must not be greater than 1e300"),
    (lambda: entropy([1.0], dx=10**400), ValueError, "dx must be .* not a whole number of over 300 digits"),
    (lambda: marginal([[1, -1]], 0), ValueError, "joint must not be negative"),
    (lambda: marginal([[1, 2]], 2), ValueError, "axis must be less than 2"),
    (lambda: marginal([[1, 2]], -3), ValueError, "axis must be at least -2"),
    (lambda: marginal([[1, 2]], 0.0), TypeError, "axis must be a whole"),
    (lambda: conditional([[1, 2]], 1, 2), ValueError, "index must be less than 2"),
    (lambda: conditional([[1, 2]], 1, -1), ValueError, "index must be at least 0"),
    (lambda: conditional([[1, 0], [2, 0]], 1, 1), ValueError, "joint has no mass where axis 1 has index 1"),
    (lambda: conditional_expectation([[1, 2]], 0, 0, [1]), ValueError, r"values must be \(2,\)"),
    (lambda: conditional_expectation([[1, 2]], 0, 0, [1, np.nan]), ValueError, "values must be finite"),
    (lambda: bayes([0.5, 0.4], [1, 1]), ValueError, "prior must sum to 1"),
    (lambda: bayes([0.5, 0.5], [1, -1]), ValueError, "likelihood must not be negative"),
    (lambda: bayes([0.5, 0.5], [1, 1, 1]), ValueError, r"prior must be \(n,\)"),
    (lambda: bayes([1, 0], [0, 1]), ValueError, "this evidence is impossible"),
    (lambda: bayes([0.5, 0.5], [[0.3, 0], [0.1, 0]]), ValueError, "this evidence is impossible")])
def test_bad_input_gets_one_clear_sentence(call, error, words):
    with pytest.raises(error, match=words):
        call()


def test_a_density_that_has_sunk_below_the_smallest_float_is_told_of_with_the_cells_that_are_left():
    normal = lambda x, mean: np.exp(-8 * (x - mean)**2) * 4 / np.sqrt(2 * np.pi)                # std 1/4
    x = np.linspace(-10, 10, 2001)
    p, q = normal(x, 0), normal(x, 0.25)
    for function in (kl, cross_entropy):
        with pytest.warns(UserWarning, match="q is 0 in 25 cells where p is not; in the first, .35., p is 9.88e-324"
                                             ".* both are above 0 in cells .60. to .1965.") as told:
            assert function(p, q, 0.01) == math.inf
        assert told[0].filename == __file__
    with pytest.warns(UserWarning, match="sum p .log p − log q. dx yourself"):                   # two modes
        assert kl(normal(x / 4, 0) / 4, (normal(10 * x, 50) + normal(10 * x, -50)) * 5, 0.01) == math.inf
    assert kl(p[60:1966], q[60:1966], 0.01) == pytest.approx(0.5, rel=1e-9)
    assert kl([0.5, 0.5], [0, 1]) == kl([1, 0], [0, 1]) == math.inf               # and here nothing is said
