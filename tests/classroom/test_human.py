"""The page on which you play D: its numbers are exact, and a person can play it."""

import json
import re
import sys
from pathlib import Path

import numpy as np
import pytest

from tinygan import theory
from tinygan.classroom import human

sys.path.append(str(Path(__file__).parents[1] / "lab"))
from browser import CHROMIUM, Browser


def test_the_limit_is_half_of_one_plus_the_total_variation():
    x, area = human.squares(400, 6.0)
    p_data, p_g = human.players().data.density(x), human.players().p_g.density(x)
    assert np.isclose(p_data.sum() * area, 1, atol=1e-6) and np.isclose(p_g.sum() * area, 1, atol=1e-6)
    tv = theory.total_variation(p_data / p_data.sum(), p_g / p_g.sum())
    assert np.isclose(human.accuracy(human.D_star), (1 + tv) / 2, atol=1e-5)


def test_p_g_is_what_the_linear_generator_makes():
    """x = z W + b with z ~ N(0, I): D* is exact because this density is."""
    G, p_g = human.players().G, human.players().p_g
    z = np.random.default_rng(0).normal(size=(1000, 2))
    z = (z - z.mean(axis=0)) @ np.linalg.inv(np.linalg.cholesky(np.cov(z.T)).T)        # mean 0 and covariance I exactly
    assert np.allclose(G(z).mean(axis=0), p_g.mean) and np.allclose(np.cov(G(z).T), p_g.cov)


@pytest.mark.parametrize("who", [human.D, human.D_star])
def test_the_long_run_is_that_of_a_large_sample(who):
    x, real = human.draw(100_000, np.random.default_rng(2))
    assert abs(np.mean((who(x) > 0.5) == real) - human.accuracy(who)) < 4 * 0.5 / np.sqrt(100_000)


def test_the_game_is_neither_hopeless_nor_trivial_and_d_is_below_the_limit():
    limit, D = human.accuracy(human.D_star), human.accuracy(human.D)
    assert 0.75 < limit < 0.9 and limit - 0.05 < D < limit


@pytest.mark.parametrize("threshold", [0.1, 0.3, 0.45, 0.55, 0.7, 0.9])
def test_no_other_threshold_on_d_star_does_better(threshold):
    moved = lambda x: human.D_star(x) - threshold + 0.5
    assert human.accuracy(moved) < human.accuracy(human.D_star)


def test_who_always_says_the_same_is_right_half_of_the_time():
    assert np.isclose(human.accuracy(lambda x: np.zeros(len(x))), 0.5, atol=1e-6)


def test_a_game_has_rounds_of_points_with_what_d_and_d_star_say():
    game = human.game(seed=3)
    points = np.array(game["rounds"])
    assert points.shape == (human.ROUNDS, human.N, 5) and len(game["learn"]) == human.SHOWN
    x, real = points[..., :2].reshape(-1, 2), points[..., 2]
    assert set(real.ravel()) == {0, 1} and abs(real.mean() - 0.5) < 4 * 0.5 / np.sqrt(real.size)
    assert np.allclose(points[..., 3].ravel(), human.D(x), atol=6e-4)
    assert np.allclose(points[..., 4].ravel(), human.D_star(x), atol=6e-4)
    assert abs(x).max() <= game["view"]


def test_another_seed_gives_other_points_and_the_same_seed_the_same():
    assert human.game(0) == human.game(0) and human.game(0)["rounds"] != human.game(1)["rounds"]
    with pytest.raises(ValueError, match="seed"):
        human.game(-1)


def test_the_page_is_one_file_that_fetches_nothing():
    page = human.page(5)
    assert not re.search(r"https?:|<link|src=|@import|url\(", page)
    found = re.search(r"^const game = (\{.*\});$", page, re.M)
    assert json.loads(found[1]) == human.game(5) and len(page) < 100_000


@pytest.fixture
def browser(tmp_path):
    if CHROMIUM is None:
        pytest.skip("no Chromium here")
    path = tmp_path / "page.html"
    path.write_text(human.page(0), encoding="utf-8")
    with Browser(390, 800) as browser:
        browser.open(f"{path.as_uri()}#7")
        browser.until("!!document.querySelector('#again').onclick")
        yield browser
        assert not browser.errors


def say(browser, answers):
    """Play one round by the keys."""
    for i, real in enumerate(answers, 1):
        browser.until(f"document.querySelector('#question').textContent.startsWith('Point {i} of 20')")
        browser.key("r" if real else "g")
    browser.until("!document.querySelector('#result').hidden")


@pytest.mark.slow
def test_a_round_is_played_by_keys_or_buttons_and_counted_right(browser):
    points = np.array(human.game(0)["rounds"])
    real, D, D_star = points[6, :, 2] == 1, points[6, :, 3] > 0.5, points[6, :, 4] > 0.5
    answers = real.copy()
    answers[:3] ^= True                                                          # three mistakes
    browser.key("r")                                                             # not yet: nothing happens
    browser.click("#start")
    say(browser, answers)
    text = lambda selector: browser.value(f"document.querySelector('{selector}').textContent")
    right = lambda said, truth: int((said == truth).sum())
    line = f"round 7: me 17 of 20, D {right(D, real)}, D* {right(D_star, real)}"
    assert browser.value("document.querySelector('#line').value") == line
    assert "17 times of 20: 85 %" in text("#question") and "85 % ± 11" in text("#bars")
    assert browser.value("document.querySelectorAll('#plane rect').length") == 20 - right(D_star, real)
    assert browser.value("document.querySelectorAll('#plane circle[fill=none]').length") == 3
    assert browser.value("document.documentElement.scrollWidth <= innerWidth")
    # once more, another round, with the buttons
    browser.key("Enter")
    for _ in range(20):
        browser.click("#generated")
    right_now = int((points[7, :, 2] == 0).sum())
    assert browser.value("document.querySelector('#line').value").startswith(f"round 8: me {right_now} of 20")
    assert f"you, all 40{round(100 * (17 + right_now) / 40)} %" in re.sub(r"\s*\n\s*", "", text("#bars"))
