"""The two scripts behind docs/digits.md make what stands there: its table and its pictures."""

import re
from pathlib import Path

import pytest

from conftest import run_python as run

TOP = Path(__file__).parents[2]
PAGE = (TOP / "docs/digits.md").read_text(encoding="utf-8")


def test_the_script_of_the_table_makes_it_again(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("mine\n\n<!-- made by examples/benchmarks/parzen_table.py -->\nold", encoding="utf-8")
    few = ["--seeds", "0", "1", "2", "--iterations", "3", "--samples", "60", "--test", "50"]
    done = run([str(TOP / "examples/benchmarks/parzen_table.py"), *few, "--page", str(page)], tmp_path)
    assert done.returncode == 0, done.stderr
    text = page.read_text(encoding="utf-8")
    assert text.startswith("mine\n\n<!--") and "old" not in text and "seeds 0, 1, 2; 60 samples of each" in text
    models = lambda page: re.findall(r"^\| (.*?) \|", page.split("<!-- made by ")[1], re.M)
    assert models(text) == models(PAGE) and "nan" not in text
    middle, low, high = map(float, re.search(r"\*\* \| (\S+) ± .*seeds: 3; median, of (\S+) to (\S+) ", text).groups())
    assert low <= middle <= high and low < high


@pytest.mark.parametrize("options, words", [
    (["made", "--data", "nothere"], "nothere"), (["made", "--seed", "-1"], "seed must be"),
    (["a-file", "--iterations", "1"], "a-file")])
def test_the_script_of_the_pictures_refuses_in_a_sentence_before_it_trains(options, words, tmp_path):
    (tmp_path / "a-file").touch()
    done = run([str(TOP / "examples/benchmarks/digit_pictures.py"), *options], tmp_path)
    assert done.returncode == 2 and "Traceback" not in done.stderr and words in done.stderr.splitlines()[-1]


@pytest.mark.slow
def test_the_script_of_the_pictures_makes_those_of_the_page(tmp_path):
    done = run([str(TOP / "examples/benchmarks/digit_pictures.py"), "made", "--iterations", "10"], tmp_path)
    assert done.returncode == 0, done.stderr
    assert {path.stem for path in (tmp_path / "made").iterdir()} == set(re.findall(r"\(digits/(.*?)\.png\)", PAGE))
