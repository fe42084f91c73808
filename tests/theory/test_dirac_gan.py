"""The Dirac-GAN: its force, its steps against Algorithm 1 itself, and which way it goes."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, strategies as st

import tinygan as tg
from tinygan.layers import softplus
from tinygan.theory.dirac_gan import Dirac

settings = st.builds(Dirac, objective=st.sampled_from(["minimax", "non-saturating"]),
                     update=st.sampled_from(["alternating", "simultaneous"]),
                     rate=st.floats(0.01, 0.5), momentum=st.floats(0, 0.9), r1=st.floats(0, 1))


@given(settings, st.floats(-3, 3), st.floats(-3, 3))
def test_the_force_is_the_gradient_of_what_each_player_climbs(dirac, theta, psi):
    V = lambda theta, psi: -np.log(2) - softplus(psi * theta) - dirac.r1 / 2 * psi**2
    climbed = {"minimax": lambda theta: softplus(psi * theta),
               "non-saturating": lambda theta: -softplus(-psi * theta)}[dirac.objective]
    dtheta = tg.gradcheck.complex_step(lambda x: climbed(x[0]), np.array([theta]))[0]
    dpsi = tg.gradcheck.complex_step(lambda x: V(theta, x[0]), np.array([psi]))[0]
    assert dirac.force(theta, psi) == pytest.approx((dtheta, dpsi), abs=1e-12)


class One:
    """A player with one parameter: G(z) = θ for any z, or D's logit a = ψ x."""

    widths, output, dtype, linears = [1, 1], "identity", np.dtype(float), []

    def __init__(self, start, is_G):
        self.theta, self.grad, self.is_G = np.array([start]), np.zeros(1), is_G

    def forward(self, x):
        self.x = x
        return np.full_like(x, self.theta[0]) if self.is_G else self.theta[0] * x

    def backward(self, dy, weights=True, inputs=True):
        if weights:
            self.grad[:] = dy.sum() if self.is_G else (dy * self.x).sum()
        return dy * self.theta[0]


@given(settings, st.floats(-2, 2), st.floats(-2, 2))
def test_each_step_is_algorithm_1(dirac, theta, psi):
    G, D = One(theta, True), One(psi, False)
    game = tg.Algorithm1(G, D, np.zeros((1, 1)), tg.data.Normal(1), m=3, lr_d=dirac.rate, lr_g=dirac.rate,
                         momentum=dirac.momentum, objective=dirac.objective, update=dirac.update)
    for point in replace(dirac, r1=0.0).path((theta, psi), steps=10):
        assert point == pytest.approx([G.theta[0], D.theta[0]], abs=1e-12)
        game.step()


@given(settings)
def test_the_eigenvalues_are_those_of_small_steps(dirac):
    values = dirac.eigenvalues()
    assert len(values) == (4 if dirac.momentum else 2) and (np.diff(np.abs(values)) <= 1e-12).all()
    if not dirac.momentum:
        points = dirac.path((1e-6, 0), 1), dirac.path((0, 1e-6), 1)
        jacobian = np.column_stack([path[1] for path in points]) / 1e-6
        assert np.sort_complex(np.linalg.eigvals(jacobian)) == pytest.approx(np.sort_complex(values), abs=1e-5)


def test_the_eigenvalues_known_in_closed_form():
    for objective in ("minimax", "non-saturating"):
        simultaneous = Dirac(objective, "simultaneous", rate=0.1).eigenvalues()
        assert sorted(simultaneous, key=np.imag) == pytest.approx([1 - 0.05j, 1 + 0.05j])       # 1 ± iη/2: outwards
        assert np.abs(Dirac(objective, "alternating", rate=0.1).eigenvalues()) == pytest.approx([1, 1], abs=1e-14)
        assert np.abs(Dirac(objective, r1=0.3).eigenvalues()).max() < 0.99
        assert np.abs(Dirac(objective, momentum=0.5).eigenvalues()).max() > 1.005


@pytest.mark.parametrize("objective", ["minimax", "non-saturating"])
def test_alternating_steps_go_round_only_for_rates_below_4(objective):
    """Determinant 1 and trace 2 − η²/4: a complex pair with |λ| = 1 up to η = 4, then two real numbers λ and 1/λ."""
    eigenvalues = lambda rate: Dirac(objective, rate=rate).eigenvalues()
    for rate in (0.1, 1, 2, 3.9):
        assert np.abs(eigenvalues(rate)) == pytest.approx([1, 1], abs=1e-13) and eigenvalues(rate).imag.any()
        assert eigenvalues(rate).sum() == pytest.approx(2 - rate**2 / 4)
    assert eigenvalues(5) == pytest.approx([-4, -0.25])
    assert np.abs(Dirac(objective, rate=3.9).path((1e-6, 0), 200)).max() < 1e-4      # round and round
    assert np.abs(Dirac(objective, rate=4.1).path((1e-6, 0), 200)).max() > 1e-2      # outwards


def test_with_simultaneous_steps_a_penalty_leads_inwards_between_eta_over_4_and_where_it_overshoots():
    for rate in (0.1, 1.0, 3.0):
        size = lambda gamma: np.abs(Dirac(update="simultaneous", rate=rate, r1=gamma).eigenvalues()[0])
        least, most = rate / 4, 2 / rate + rate / 8
        assert size(1.01 * least) < 1 < size(0.99 * least) and size(0.99 * most) < 1 < size(1.01 * most)


def radius(*settings, steps=2000, **more):
    return np.hypot(*Dirac(*settings, **more).path(steps=steps).T)


def test_which_way_it_goes():
    outwards = radius("minimax", "simultaneous")
    assert outwards[-1] > 2.5 and (np.diff(outwards) > 0).all()
    round_and_round = radius("minimax", "alternating")
    assert 0.93 < round_and_round.min() and round_and_round.max() < 1.08
    assert radius("non-saturating", "alternating")[-1] < 0.25
    assert radius("non-saturating", momentum=0.5)[-1] > 0.8 and radius("non-saturating", momentum=0.9).max() > 1e6
    for objective in ("minimax", "non-saturating"):
        assert radius(objective, r1=0.3)[-1] < 1e-10


@pytest.mark.parametrize("rate", [pytest.param(0.02, marks=pytest.mark.slow), 0.05, 0.1])
def test_simultaneous_non_saturating_steps_end_on_a_circle_of_radius_sqrt_2_eta(rate):
    for start in ((1.0, 0.0), (0.05, 0.0)):                      # from outside and from inside
        path = Dirac("non-saturating", "simultaneous", rate).path(start, steps=round(50 / rate**2))
        assert np.hypot(*path[-200:].T).mean() == pytest.approx(np.sqrt(2 * rate), rel=0.03)


@pytest.mark.parametrize("options, words", [
    ({"objective": "min"}, "did you mean 'minimax'"), ({"update": "both"}, "update 'both'"), ({"rate": 0}, "rate"),
    ({"momentum": 1}, r"momentum must be a number in \(-1, 1\)"), ({"r1": -1}, "r1")])
def test_bad_settings_get_one_clear_sentence(options, words):
    with pytest.raises(ValueError, match=words):
        Dirac(**options)


@pytest.mark.parametrize("start", [(1,), (1, 2, 3), 1.0, (np.nan, 0)])
def test_bad_starts_get_one_clear_sentence(start):
    with pytest.raises(ValueError, match="start must be"):
        Dirac().path(start)
