"""The classroom from the terminal's side: `tinygan trace`, `tinygan grade` and `tinygan check-laptop`.

Here: `add_commands`. What a command needs is imported when it runs, so that no other command waits for it.
"""

from pathlib import Path

from .._terminal import counting, failed, near, one_of, say, whole
from ..game import OBJECTIVES
from ..show import OUT


def add_commands(commands):
    """Give the command line its three commands of the classroom."""
    sub = commands.add_parser("trace", help="one iteration of Algorithm 1 by hand: with all numbers, or a worksheet",
                              description="Print one iteration of Algorithm 1 on networks small enough for paper, "
                                          "each line with its formula and its numbers. Or write a worksheet, or its "
                                          "answers, as text, Markdown and a page to print; or mark a filled-in one.")
    sub.add_argument("--seed", type=whole(0), default=0, metavar="N",
                     help="of the numbers: another sheet (default: 0)")
    sub.add_argument("--tiny", action="store_true", help="one unit in each layer, integers and simple fractions only")
    sub.add_argument("--objective", type=one_of("objective", OBJECTIVES), default="non-saturating",
                     metavar="OBJECTIVE", help=f"what G descends: {' or '.join(OBJECTIVES)} (default: %(default)s)")
    what = sub.add_mutually_exclusive_group()
    what.add_argument("--worksheet", action="store_true", help="write a sheet whose results are left blank")
    what.add_argument("--answers", action="store_true", help="write the same sheet with its results")
    what.add_argument("--check", type=Path, nargs="+", metavar="FILE", help="mark worksheets, .txt or .md, filled in")
    sub.add_argument("--out", type=Path, default=OUT, metavar="DIR",
                     help="the folder to write to (default: %(default)s)")
    sub.set_defaults(run=trace_command)

    sub = commands.add_parser("grade", help="grade a folder of submissions",
                              description="Grade the exercises in each subfolder of FOLDER: a table, grades.csv, and "
                                          "a page for each student. What was graded, and has not changed, is kept.")
    sub.add_argument("folder", type=Path, metavar="FOLDER", help="a folder with one subfolder for each student")
    sub.add_argument("--out", type=Path, metavar="DIR", help="the folder to write to (default: FOLDER-grades)")
    sub.add_argument("--jobs", type=whole(1), metavar="N", help="how many at once (default: one for each core)")
    sub.add_argument("--again", action="store_true", help="grade all anew")
    sub.set_defaults(run=grade_command)

    sub = commands.add_parser("check-laptop", help="say whether this machine is ready for a class",
                              description="Look at Python, the packages, the speed of an iteration, the browser and "
                                          "the folder, and say what to do where something is missing.")
    sub.set_defaults(run=check_laptop_command)


def trace_command(options):
    """Print, write or mark a sheet."""
    from . import trace, worksheet
    if options.check:
        return max(map(check_sheet, options.check))
    drawn = trace.sheet(options.seed, options.tiny, options.objective)
    if options.worksheet or options.answers:
        say(f"written: {', '.join(map(str, worksheet.write(drawn, options.answers, options.out)))}")
    else:
        say(worksheet.worked(drawn))
    return 0


def check_sheet(path):
    """Mark one filled-in sheet."""
    from . import marking, worksheet
    try:
        drawn, written = marking.read(marking.decoded(path.read_bytes()))
    except (OSError, ValueError) as error:
        return failed(f"{path}: {getattr(error, 'strerror', None) or error}", 2)
    say(f"{path}, {worksheet.head(drawn)}\n{marking.report(drawn, marking.mark(drawn, written))}")
    return 0


def grade_command(options):
    """Grade a folder of submissions."""
    from . import grading
    try:
        rows, out = grading.grade(options.folder, options.out, options.jobs, options.again,
                                  counting("submissions graded"))
    except ValueError as error:
        return failed(str(error), 2)
    say(f"{grading.summary(rows)}\n\nwritten: {near(out / grading.TABLE)}, and a page for each student beside it")
    return 0


def check_laptop_command(options):
    """Say whether this machine is ready."""
    from . import laptop
    return laptop.report()
