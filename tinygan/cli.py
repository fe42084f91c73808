"""The command line: `tinygan train [RECIPE] [--break FAILURE]`, `tinygan lab [RECIPE]`, `tinygan theory [PICTURE]`,
`tinygan list`, and those of the classroom, which are in classroom/commands.py.

Here: `main`.
"""

import argparse
import itertools
import json
import math
import os
import platform
import signal
import time
from pathlib import Path

import numpy as np

from . import __version__, recipes
from ._files import check_writable, replacing
from ._machine import one_thread
from ._terminal import (Progress, asked_to_stop, command, counting, failed, flush_streams, handling, interrupt,
                        name_of, one_of, say, spell_what_cant_be_shown, whole)
from .classroom.commands import add_commands
from .data import Images, read_images
from .lab.command import serve
from .lab.plans import Plan
from .lab.recordings import Recorder, Recording
from .lab.session import Session
from .recipes import failures, points
from .show import OUT, PICTURES
from .show.tables import comparison, table
from .theory import figure1
from .training import DivergenceError

SOLUTION = "At the solution V = −log 4 = −1.386 and D(x) = D(G(z)) = 1/2"
OF_PICTURES = [name for name, recipe in recipes.RECIPES.items() if recipe.pictures]      # these take pictures of yours
MEASURING = "measuring …"                                   # of large pictures it takes long


def main(arguments=None):
    """Run one command; return the exit code: 0, 1 for a failure, 2 for a mistake in the command, and
    128 + n after the signal n, as shells do: 130 after Ctrl-C, 143 after SIGTERM."""
    spell_what_cant_be_shown()
    try:
        with one_thread, handling(interrupt):               # a file that is being written is then removed
            options = parser().parse_args(arguments)
            return options.run(options)
    except KeyboardInterrupt as stop:
        return failed("interrupted", 128 + next(iter(stop.args), signal.SIGINT))
    except OSError as error:
        return failed(": ".join(str(part) for part in (error.filename, error.strerror or str(error)) if part), 1)
    finally:
        flush_streams()


class Parser(argparse.ArgumentParser):
    """One that says what is wrong on one line, and where to read what is right."""

    def error(self, message):
        self.exit(2, f"tinygan: {' '.join(message.splitlines())} (see {self.prog} --help)\n")


def parser():
    top = Parser(prog=command(), description="Generative Adversarial Nets (2014) in NumPy.")
    top.add_argument("--version", action="version", version=f"tinygan {__version__}")
    commands = top.add_subparsers(title="commands", required=True, metavar="COMMAND")

    train = commands.add_parser("train", help="train a recipe, measure it and draw it",
                                description="Train a recipe with Algorithm 1, then print its measures and write "
                                            "RECIPE.png, RECIPE.npz and RECIPE.json. Files there of a longer run, "
                                            "or of other data, are first given another name. Ctrl-C stops, and writes "
                                            "all three for what was trained so far; --resume RECIPE.npz goes on. With "
                                            "--data, train on your own rows or pictures. With --break, train a recipe "
                                            "twice from the same networks, broken and mended, and write "
                                            "RECIPE-FAILURE.png and RECIPE-FAILURE.json.")
    train.add_argument("recipe", nargs="?", type=one_of("recipe", [*recipes.names(), "points"]), metavar="RECIPE",
                       help=f"one of: {', '.join(recipes.names())} (default: {recipes.names()[0]}, "
                            f"or the one that is broken)")
    train.add_argument("--data", type=Path, metavar="FILE",
                       help="your own rows: .csv (or any text), .npy, .npz; also writes points.csv, generated rows. "
                            f"With {' or '.join(OF_PICTURES)} your own pictures: MNIST's files or their like, .npy, "
                            ".npz")
    train.add_argument("--break", dest="failure", type=one_of("failure", failures.names()), metavar="FAILURE",
                       help=f"a failure on purpose, and its cure: {', '.join(failures.names())}")
    train.add_argument("--seed", type=whole(0), metavar="N", help="the same seed gives the same bits (default: 0)")
    train.add_argument("--iterations", type=whole(1, 10**12), metavar="N",
                       help="how many, instead of the recipe's own number")
    train.add_argument("--checkpoint-every", type=whole(1), metavar="N",
                       help="write RECIPE.npz every N iterations, too, at the next of some 200 records")
    train.add_argument("--resume", type=Path, metavar="FILE",
                       help="go on with the run in this RECIPE.npz, to the same bits as if it had not stopped; with "
                            "--iterations N, to a later end, and its schedules are stretched to that")
    train.add_argument("--html", action="store_true",
                       help="write RECIPE.html, too: a recording of the run, which any browser plays")
    train.add_argument("--gif", action="store_true", help="write RECIPE.gif, too: the picture, animated")
    train.add_argument("--out", type=Path, metavar="DIR",
                       help="the folder to write to (default: tinygan-out, or that of FILE)")
    train.set_defaults(run=train_command)

    lab = commands.add_parser("lab", help="watch a game in a browser, step through it, change it, wind it back",
                              description="Play a recipe in a page on this machine, and open it in the browser. Only "
                                          "this machine can reach it. Ctrl-C ends it, and writes what was recorded.")
    lab.add_argument("recipe", nargs="?", type=one_of("recipe", [*recipes.names(), "points"]), metavar="RECIPE",
                     help=f"one of: {', '.join(recipes.names())} (default: {recipes.names()[0]})")
    lab.add_argument("--data", type=Path, metavar="FILE",
                     help="your own rows or pictures, as in train")
    lab.add_argument("--seed", type=whole(0), default=0, metavar="N",
                     help="the same seed gives the same bits (default: 0)")
    lab.add_argument("--port", type=whole(1, 65535), metavar="N", help="of the address (default: one that is free)")
    lab.add_argument("--no-browser", action="store_true", help="only print the address")
    lab.add_argument("--out", type=Path, default=OUT, metavar="DIR",
                     help="the folder for the recording (default: %(default)s)")
    lab.set_defaults(run=lab_command)

    theory = commands.add_parser("theory", help="draw the paper's theory, computed",
                                 description="Draw the paper's equations and propositions, one picture each, as "
                                             "PICTURE.png; for Figure 1 a generator is trained, and its distance "
                                             "from the solution printed.")
    theory.add_argument("picture", nargs="?", type=one_of("picture", PICTURES), metavar="PICTURE",
                        help=f"one of: {', '.join(PICTURES)} (default: all of them)")
    theory.add_argument("--gif", action="store_true", help="write figure1.gif, too: Figure 1 as an animation")
    theory.add_argument("--seed", type=whole(0), default=0, metavar="N", help="of Figure 1's training (default: 0)")
    theory.add_argument("--out", type=Path, default=OUT, metavar="DIR",
                        help="the folder to write to (default: %(default)s)")
    theory.set_defaults(run=theory_command)

    add_commands(commands)

    listing = commands.add_parser("list", help="list the recipes and failures",
                                      description="List the recipes and the failures.")
    listing.set_defaults(run=list_command)
    return top


def list_command(options):
    width = max(map(len, [*recipes.names(), *failures.names()]))
    say(f"recipes: {command('train', 'RECIPE')}")
    for name in recipes.names():
        say(f"  {name:<{width}}  {recipes.about(name)}")
    say(f"  {'points':<{width}}  your own rows: {command('train', '--data', 'FILE')}; "
        f"your own pictures: {command('train', OF_PICTURES[0], '--data', 'FILE')}")
    say(f"failures: {command('train', '--break', 'FAILURE')}")
    for name in failures.names():
        say(f"  {name:<{width}}  {failures.FAILURES[name].recipe}: {failures.FAILURES[name].symptom}")
    return 0


def train_command(options):
    if options.failure:
        return break_command(options)
    try:
        run = run_that_is_asked_for(options)
    except ValueError as error:
        return failed(str(error), 2)
    out = options.out or (options.resume.parent if options.resume else OUT)
    first, own = run.game.iteration, run.name == "points"
    networks, measures, picture, rows = (out / f"{run.name}.{kind}" for kind in ("npz", "json", "png", "csv"))
    more = [out / f"{run.name}.{kind}" for kind in ("html", "gif") if getattr(options, kind)]
    for path in (networks, measures, picture, *more, *[rows] * own):       # a problem with these is better known now
        check_writable(path)
    if own and rows.exists() and not networks.exists():
        return failed(f"{rows} is there already, and no run has made it: give another --out", 2)
    say(f"{run.name}: {about(run)}\n{run.iterations:,} iterations, seed {run.seed}{resumed(first)}\n{SOLUTION}")
    if first == run.iterations:
        say(f"It is at its end already; {command('train', '--resume', options.resume, '--iterations', 'N')} trains on")
    progress, recorder, started = Progress(run.iterations, first), Recorder(run) if more else None, time.monotonic()
    mine = options.resume                                   # the file that this run may write over

    def kept():
        nonlocal mine
        save(run, networks, mine)
        mine = networks                                     # from now on it holds this run

    with asked_to_stop() as asked:
        try:
            train(run, kept, options.checkpoint_every, watched(recorder, progress, asked))
        except DivergenceError as error:
            progress.close()
            kept()
            return failed(f"{error} It is kept in {networks}", 1)
        seconds = time.monotonic() - started
        progress.close()
        kept()                                              # first what took long to get
        stopped = run.game.iteration < run.iterations
        if stopped:
            say(f"Stopped by {name_of(asked[0])} at iteration {run.game.iteration:,}; "
                f"to go on: {command('train', '--resume', networks)}")
        say(MEASURING)
        run.measure()
        save_measures(run, seconds, first, measures)
        if own:
            with replacing(rows) as temporary:
                points.write(temporary, run.sample(min(len(run.data.array), 100_000), [run.seed, 4]), run.columns,
                             run.data.array)
        say(f"\n{table(run.table, run.recipe.n)}\n")
        write_picture(lambda show: show.picture(run), picture)
        write_recordings([recorder], lambda show: show.picture(run), more, f"{run.name}, seed {run.seed}")
    written = ", ".join(map(str, [networks, measures, picture, *more, *[rows] * own]))
    say(f"trained in {seconds:.1f} s{resumed(first)}; written: {written}")
    return 128 + asked[0] if stopped else 0


def about(run):
    """What a run is of, in one line."""
    return f"Your own {run.data.about}." if type(run.data) is Images else run.recipe.about


def recipe_that_is_asked_for(options):
    """The recipe's name; a ValueError where --data is not for it."""
    if options.data is None:
        return options.recipe or recipes.names()[0]
    name, pictures = options.recipe or "points", " or ".join(OF_PICTURES)
    if name not in ("points", *OF_PICTURES):
        raise ValueError(f"--data is for your own rows, or with {pictures} for your own pictures, not for {name}: "
                         f"leave out one of them")
    if options.recipe is None and "idx" in options.data.name:
        raise ValueError(f"{options.data} seems to hold pictures: name the recipe that learns them, {pictures}")
    return name


def run_that_is_asked_for(options):
    """A new one, or the one in the file to resume; a ValueError where that can't be."""
    if options.resume is None:
        name = recipe_that_is_asked_for(options)
        if options.data is None:
            return recipes.start(name, options.seed or 0, options.iterations)
        if options.data.resolve().with_suffix("") == (options.out or OUT).resolve() / name:
            raise ValueError(f"{options.data} is where the results would go: give another --out")
        try:
            return recipes.start(name, options.seed or 0, options.iterations, data=options.data)
        except OSError as error:
            raise ValueError(cant_read(options.data, error)) from None
    if options.data is not None:
        raise ValueError(f"the data are in {options.resume}: leave out --data {options.data}")
    try:
        run = recipes.resume(options.resume)
    except OSError as error:
        raise ValueError(f"can't resume {options.resume}: {error.strerror}") from None
    for option, given, its in (("", options.recipe, run.name), ("--seed ", options.seed, run.seed)):
        if given not in (None, its):
            raise ValueError(f"{options.resume} goes on with {run.name}, seed {run.seed}: leave out {option}{given}")
    if options.iterations not in (None, run.iterations):
        was = run.iterations
        if options.iterations < was:
            raise ValueError(f"{options.resume} goes on to {was} iterations, or to a later end: --iterations "
                             f"{options.iterations} is earlier")
        run.lengthen(options.iterations)
        say(f"The end is moved from iteration {was:,} to {run.iterations:,}, and the schedules are stretched to it")
    return run


def cant_read(path, error):
    """Why not: an OSError names its own file, which may be that of the labels beside."""
    return f"can't read {error.filename or path}: {error.strerror or error}"


def save(run, networks, resumed_from):
    """Save the run; one of other data or seed that stands there, and was trained for longer, is first given
    another name."""
    if networks.exists() and not (resumed_from and networks.samefile(resumed_from)):
        try:
            earlier = recipes.resume(networks)
        except (ValueError, OSError):                       # no run of this tinygan
            earlier = None
        if earlier and (earlier.seed, earlier.iterations) == (run.seed, run.iterations) and same_data(earlier, run):
            earlier = None                                  # the same run, perhaps less far
        if earlier and (earlier.game.iteration > run.game.iteration or not same_data(earlier, run)):
            give_another_name(earlier, networks)
    run.save(networks)


def same_data(one, other):
    """Whether two runs of one recipe learn from the same: of your own rows in any order."""
    if one.name == "points":
        return np.array_equal(*(np.sort(run.data.array, axis=0) for run in (one, other)))
    one, other = one.data, other.data
    return not isinstance(one, Images) or all(np.array_equal(*pair) for pair in (
        (one.images, other.images), (one.labels, other.labels)))


def give_another_name(earlier, networks):
    """Rename an earlier run's files, to names that nobody has."""
    stem = f"{earlier.name}-seed{earlier.seed}-{earlier.game.iteration}"
    names = itertools.chain([stem], (f"{stem}-{i}" for i in itertools.count(2)))
    kinds = ("npz", "json", "png", "csv", "html", "gif")
    name = next(name for name in names if not any(networks.with_name(f"{name}.{kind}").exists() for kind in kinds))
    for kind in kinds:
        path = networks.with_suffix(f".{kind}")
        if path.exists():
            path.rename(path.with_stem(name))
    say(f"kept: the {earlier.game.iteration:,} iterations of seed {earlier.seed} that stood there are now "
        f"{networks.with_stem(name)}, and so on")


def train(run, save, checkpoint_every, callback):
    """Train, and `save` a checkpoint at the first record from each `checkpoint_every` iterations on."""
    def at_record(game):
        nonlocal done
        if checkpoint_every and game.iteration // checkpoint_every > done:
            done = game.iteration // checkpoint_every
            save()
        return callback(game)

    done = run.game.iteration // (checkpoint_every or 1)
    run.train(at_record)


def watched(recorder, progress, asked):
    """A callback that keeps moments, if there is a recorder, says how far it is, and stops when that is asked."""
    return lambda game: (recorder and recorder(game)) or progress(game) or bool(asked)


def write_recordings(recorders, draw, paths, title, titles=("",)):
    """Write what was asked for of a page and a GIF, of runs side by side; `draw(show)` draws them as they are at a
    moment."""
    def figure(i):                                          # from the first record on: before it there are no curves
        for recorder in recorders:
            recorder.show(min(i + 1, len(recorder) - 1))
        return draw(show)

    for path in paths:
        if path.suffix == ".html":
            parts = [recorder.recording(each, counting(f"{path.name}, pictures"), len(recorders) == 1)
                     for recorder, each in zip(recorders, titles)]
            Recording(parts, title).save(path)
        else:
            show = import_show()
            with replacing(path) as temporary:
                show.snapshots.film(figure, max(map(len, recorders)) - 1, temporary, counting(f"{path.name}, pictures"))


def resumed(first):
    """What to say of a run that had already done some iterations."""
    return f", resumed at iteration {first:,}" if first else ""


def break_command(options):
    """Train a recipe broken and mended, and set the two side by side."""
    recipe = failures.FAILURES[options.failure].recipe
    if options.recipe not in (None, recipe):
        return failed(f"{options.failure} is a failure of {recipe}: "
                      f"write {command('train', recipe, '--break', options.failure)}", 2)
    if options.resume or options.checkpoint_every:
        return failed("--break trains two runs in one go, without checkpoints: "
                      "leave out --resume and --checkpoint-every", 2)
    if options.data:
        return failed(f"{options.failure} is a failure of {recipe}, on data of its own: "
                      f"leave out --data {options.data}", 2)
    out = options.out or OUT
    kinds = ["json", "png", *(kind for kind in ("html", "gif") if getattr(options, kind))]
    measures, picture, *more = (out / f"{recipe}-{options.failure}.{kind}" for kind in kinds)
    for path in (measures, picture, *more):
        check_writable(path)
    pair, started = failures.start(options.failure, options.seed or 0, options.iterations), time.monotonic()
    recorders = {run: Recorder(run) for run in pair.runs if more}
    say(f"{pair.name}, seed {pair.seed}: {pair.failure.symptom}\n{SOLUTION}")
    with asked_to_stop() as asked:
        for word, run in zip(("broken", "mended"), pair.runs):
            say(f"{word}: {pair.knobs(run)}, {run.iterations:,} iterations")
            progress = Progress(run.iterations)
            pair.train(run, watched(recorders.get(run), progress, asked))
            progress.close()
            if run in pair.diverged:
                say(pair.diverged[run])
            elif run.game.iteration < run.iterations:
                say(f"Stopped by {name_of(asked[0])} at iteration {run.game.iteration:,}")
        seconds = time.monotonic() - started
        say(MEASURING)
        tables = pair.measure()
        report = {"failure": pair.name, "recipe": recipe, "seed": pair.seed, "seconds": round(seconds, 2)}
        for word, run in zip(("broken", "mended"), pair.runs):
            report[word] = {"settings": pair.differs(run), "iterations": run.game.iteration,
                            "diverged": pair.diverged.get(run), "measures": in_json(tables[word])}
        save_json(measures, report)
        say(f"\n{comparison(*tables.values(), pair.broken.recipe.n)}\n")
        write_picture(lambda show: show.side_by_side.side_by_side(pair), picture)
        titles = [f"{word}: {pair.knobs(run)}{'; training diverged' * (run in pair.diverged)}"
                  for word, run in zip(("broken", "mended"), pair.runs)]
        write_recordings(list(recorders.values()), lambda show: show.side_by_side.side_by_side(pair), more,
                         f"{pair.name}, seed {pair.seed}: {pair.failure.symptom}", titles)
    say(f"trained in {seconds:.1f} s; written: {', '.join(map(str, [measures, picture, *more]))}")
    stopped = any(run.game.iteration < run.iterations for run in pair.runs if run not in pair.diverged)
    return 128 + asked[0] if stopped else 0


def save_measures(run, seconds, first, path):
    """Write the table, and what is needed to make it again."""
    save_json(path, {"recipe": run.name, "seed": run.seed, "iterations": run.game.iteration, "of": run.iterations,
                     "examples": run.recipe.n, "seconds": round(seconds, 2), "resumed at": first or None,
                     "measures": in_json(run.table)})


def in_json(rows):
    """A table, as JSON can hold it."""
    return {row.name: dict(zip(("generated", "ideal", "real data", "from", "to"), map(known, row[1:]))) for row in rows}


def save_json(path, report):
    """Write a report, with the versions that made it."""
    report["versions"] = {"tinygan": __version__, "numpy": np.__version__, "python": platform.python_version()}
    with replacing(path) as temporary:
        Path(temporary).write_text(json.dumps(report, indent=2, allow_nan=False) + "\n", encoding="utf-8")


def known(number):
    """The number, or None where there is none: JSON has no NaN."""
    return None if math.isnan(number) else number


def lab_command(options):
    """Serve the lab until Ctrl-C."""
    try:
        plan = Plan(recipe_that_is_asked_for(options), options.seed)
        if options.data:
            read = points.read if plan.recipe == "points" else read_images
            plan = plan._replace(data=read(options.data), file=str(options.data))
        session = Session(plan)
    except ValueError as error:
        return failed(str(error), 2)
    except OSError as error:
        return failed(cant_read(options.data, error), 2)
    return serve(session, options.port or 0, not options.no_browser, options.out)


def theory_command(options):
    names = [options.picture] if options.picture else PICTURES
    if options.gif and "figure1" not in names:
        return failed(f"--gif is for figure1, not for {options.picture}", 2)
    path = {name: options.out / f"{name}.png" for name in names}
    if options.gif:
        path["gif"] = options.out / "figure1.gif"
    for each in path.values():
        check_writable(each)
    for name in names:
        if name == "figure1":
            draw_figure1(options.seed, path)
        else:
            write_picture(lambda show: show.draw(name), path[name])
            say(f"written: {path[name]}")
    return 0


def draw_figure1(seed, path):
    """Train Figure 1's generator, say how near it came, and draw it."""
    say("training Figure 1: 4,000 iterations")
    frames = list(figure1.play(seed, frames=30 if "gif" in path else 1))
    moments = [frame for frame in frames if frame.letter]
    write_picture(lambda show: show.snapshots.figure1(moments), path["figure1"])
    say(f"written: {path['figure1']}")
    if "gif" in path:
        show = import_show()
        with replacing(path["gif"]) as temporary:
            show.snapshots.animate(frames, temporary, counting("figure1.gif, frames"))
        say(f"written: {path['gif']}")
    say(f"\nFigure 1, seed {seed}, after {moments[-1].iteration:,} iterations; at the solution all three are 0:")
    for name, number in moments[-1].measures.items():
        say(f"  {name:<16}  {number:.4f}")


def import_show():
    """The room that draws: imported late, for matplotlib takes long, and told not to open windows."""
    os.environ["MPLBACKEND"] = "agg"                        # a file needs no window, whatever is set
    from . import show
    from .show import side_by_side, snapshots, style
    return show


def write_picture(draw, path):
    """Write the Figure that `draw(show)` returns."""
    show = import_show()
    with replacing(path) as temporary:
        show.style.save(lambda: draw(show), temporary)
