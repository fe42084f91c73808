"""The pictures of docs/digits.md: one run of a recipe of digits, trained once, and looked at in seven ways.

    python examples/benchmarks/digit_pictures.py docs/digits              some minutes
    python examples/benchmarks/digit_pictures.py FOLDER --data FILE       on your own pictures, MNIST for one
"""

import argparse
import os
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import tinygan as tg
from tinygan.show import digit_pictures, picture
from tinygan.show.style import save

OF_A_RUN = ("samples", "walk", "units", "distances", "parzen")


def main():
    """Train, and draw."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="where the pictures go")
    parser.add_argument("--recipe", default="glyphs")
    parser.add_argument("--data", metavar="FILE", help="pictures instead of the recipe's own")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--iterations", type=int, metavar="N", help="instead of the recipe's own number")
    options = parser.parse_args()
    try:
        run = tg.recipes.start(options.recipe, options.seed, options.iterations, data=options.data)
        options.folder.mkdir(parents=True, exist_ok=True)
    except (ValueError, OSError) as error:
        parser.error(str(error))
    seen = digit_pictures.watch(run)
    save(lambda: picture(run), options.folder / "slide.png")
    save(lambda: digit_pictures.through_training(seen, run.data.shape), options.folder / "through-training.png")
    for name in OF_A_RUN:
        save(lambda: getattr(digit_pictures, name)(run), options.folder / f"{name}.png")


if __name__ == "__main__":
    main()
