"""Kill the real command at random moments, resume it, and see whether anything is lost.

    python tests/guards/kill_and_resume.py [KILLS] [SEED]

`tinygan train RECIPE --checkpoint-every 1` is killed with SIGKILL, which no program can catch, and then
resumed from its newest checkpoint, until it has been killed KILLS times (50). Every second kill is at a
random moment; the others come as soon as the temporary file of a checkpoint is seen beside it, in the middle
of writing. After each kill the newest checkpoint must load, and must not be older than the one before. Each
run that gets to its end must end with the same bits as one that nobody disturbed.
"""

import collections
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")          # before NumPy is loaded; as the command line does

import tinygan as tg

RUNS = [("gaussian", 3000), ("glyphs", 300), ("spiral", 1500)]       # plain; with dropout; with a cap that rises


def main(kills=50, seed=0):
    """Kill `kills` times; return how often, and what was found, as a Counter."""
    chance, counts = random.Random(seed), collections.Counter()
    with tempfile.TemporaryDirectory(dir=".") as folder:
        while counts["kills"] < kills:
            recipe, iterations = RUNS[counts["runs"] % len(RUNS)]
            out = Path(folder, f"run{counts['runs']}")
            disturb(recipe, iterations, seed + counts["runs"], out, kills, chance, counts)
            counts["runs"] += 1
    return counts


def disturb(recipe, iterations, seed, out, kills, chance, counts):
    """One run from its start to its end, killed again and again on the way."""
    path, iteration, code = out / f"{recipe}.npz", 0, None
    while code is None:
        anew = [recipe, "--seed", str(seed), "--iterations", str(iterations), "--out", out]
        start = ["--resume", path] if path.exists() else anew
        process = subprocess.Popen([sys.executable, "-m", "tinygan", "train", *start, "--checkpoint-every", "1"],
                                   stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        code = kill(process, out, chance, counts) if counts["kills"] < kills else process.wait()
        error = process.stderr.read().decode()
        process.stderr.close()
        assert code in (None, 0), error
        if path.exists():
            game = tg.load(path)                            # raises if anything is wrong with it
            assert game.iteration >= iteration, f"{game.iteration} iterations after {iteration}"
            iteration = game.iteration
            counts["checkpoints loaded"] += 1
    undisturbed = tg.recipes.start(recipe, seed, iterations)
    undisturbed.train()
    for one, other in ((game.G, undisturbed.game.G), (game.D, undisturbed.game.D)):
        assert one.theta.tobytes() == other.theta.tobytes(), f"{recipe}: other bits than an undisturbed run"
    assert game.records == undisturbed.game.records
    counts["runs that ended with the bits of an undisturbed one"] += 1


def kill(process, out, chance, counts):
    """Kill the process at some moment; None if that was in time, and its exit code if it had ended."""
    before = half_written(out)
    try:
        process.wait(timeout=chance.uniform(0, 1.2))
        return process.returncode
    except subprocess.TimeoutExpired:
        if counts["kills"] % 2:                             # wait on, until it writes
            while process.poll() is None and half_written(out) == before:
                pass
    process.kill()
    if process.wait() == 0:
        return 0
    counts["kills"] += 1
    counts["kills in the middle of writing"] += half_written(out) > before
    return None


def half_written(out):
    """How many checkpoints are half written there: one while a run writes it, others left by runs killed meanwhile."""
    names = os.listdir(out) if out.exists() else []
    return sum(name.startswith(".tinygan-") and name.endswith(".npz") for name in names)


if __name__ == "__main__":
    for what, count in main(*map(int, sys.argv[1:])).items():
        print(f"{count:4}  {what}")
