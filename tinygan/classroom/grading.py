"""A class is graded: a folder with a subfolder for each student becomes a table and a page for each.

Here: `grade`, `summary`; `submissions`, whose files lie where; `Mark`, one exercise of one student; `page`.

The table, grades.csv, is also the memory: a row whose files have not changed since is kept as it stands.
"""

import csv
import hashlib
import html
import os
import statistics
import warnings
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import numpy as np

from .. import __version__
from .._files import check_writable, replacing
from . import exercises, sandbox
from .submission import NoAnswer, source

TABLE = "grades.csv"


class Mark(NamedTuple):
    """One exercise of one student."""

    mark: str                                               # "1": solved; "0": not; "": not handed in
    sentences: list                                         # what is to be said of it, none if it is solved
    judged: bool = True                                     # if not, there was no answer, and the sentence says why


def grade(folder, out=None, jobs=None, again=False, count=lambda done, of: None):
    """Grade each subfolder of a folder: write `out`/grades.csv and a page for each; return (rows, out).

    folder, out : paths; out is FOLDER-grades beside the folder, unless given. jobs : how many files are run at once,
    one for each core unless given. again : grade what has not changed, too. count : is called with (done, of).
    The table is whole after each student: stopped, the same call goes on. Returns {student: row}, each row as in the
    table. Raises ValueError, before anything is written, for a folder or an `out` that can't be meant.
    """
    folder = Path(folder)
    students = submissions(folder)
    out = Path(out or folder.resolve().with_name(f"{folder.resolve().name}-grades"))
    rows = _ready(out, folder)
    check_writable(out / TABLE)
    now = {student: fingerprint(where) for student, where in students.items()}
    todo = [student for student in students if again or not (out / f"{student}.html").exists()
            or rows.get(_shown(student), {}).get("files") != now[student]]
    _write_table(out / TABLE, rows)
    pool = ThreadPoolExecutor(jobs or os.cpu_count())
    try:
        asked = {student: [pool.submit(sandbox.answers, exercise, students[student])
                           for exercise in exercises.EXERCISES] for student in todo}
        count(len(students) - len(todo), len(students))
        for done, student in enumerate(todo, len(students) - len(todo) + 1):
            marks = [_mark(exercise, future, students[student])
                     for exercise, future in zip(exercises.EXERCISES, asked.pop(student))]
            _write(out / f"{student}.html", page(student, marks))
            rows[_shown(student)] = _row(student, marks, now[student])
            _write_table(out / TABLE, rows)
            count(done, len(students))
    finally:
        pool.shutdown(cancel_futures=True)
    return {_shown(student): rows[_shown(student)] for student in students}, out


def submissions(folder):
    """{student: the folder with the exercises' files}, for each subfolder, or one a level deeper, as learning
    platforms unzip it. Raises ValueError where there are none."""
    folder = Path(folder)
    if not folder.is_dir():
        raise ValueError(f"FOLDER must be a folder with one subfolder for each student, and {folder} is "
                         f"{'a file' if folder.exists() else 'not there'}")
    if _how_many(folder):
        raise ValueError(f"FOLDER must hold one subfolder for each student, but exercises lie in {folder} itself: "
                         f"give the folder above it")
    students = {path.name: _where(path) for path in sorted(folder.iterdir())
                if path.is_dir() and path.name[0] != "." and path.name != "__MACOSX"}
    if not any(map(_how_many, students.values())):
        zipped = "; unzip what was handed in first" if any(folder.glob("*.zip")) else ""
        raise ValueError(f"FOLDER must hold one subfolder for each student, and in no subfolder of {folder} is a file "
                         f"such as {exercises.EXERCISES[0].file}{zipped}")
    return students


def _where(student):
    """The folder with most of the exercises' files: the student's own, or one in it."""
    inside = sorted(path for path in student.iterdir() if path.is_dir() and not path.is_symlink())
    return max([student, *inside], key=_how_many)


def _how_many(folder):
    return sum(os.path.lexists(folder / exercise.file) for exercise in exercises.EXERCISES)


def fingerprint(where):
    """A short text that changes when one of the files does, or tinygan."""
    digest = hashlib.sha256(__version__.encode())
    for exercise in exercises.EXERCISES:
        try:
            digest.update(hashlib.sha256(source(exercise, where)).digest())
        except NoAnswer as why:
            digest.update(str(why).encode())
    return digest.hexdigest()[:12]


def _mark(exercise, future, where):
    """What is to be said of the answers, once they are there. What can't be judged is not solved."""
    try:
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            sentences = exercise.judge(future.result())
            return Mark("0" if sentences else "1", sentences)
    except NoAnswer as why:
        return Mark("0" if os.path.lexists(where / exercise.file) else "", [str(why)], judged=False)
    except Exception as error:                              # numbers that the judge did not expect
        return Mark("0", [f"{exercise.file}: the answers can't be judged ({type(error).__name__})"], judged=False)


# The table

def _columns():
    return ["student", "score", *map(_name, exercises.EXERCISES), "remark", "files"]


def _name(exercise):
    return f"ex{exercise.number:02}"


def _row(student, marks, files):
    """A student's row of the table."""
    remarks = [mark.sentences[0] for mark in marks if mark.mark == "0" and not mark.judged]
    return {"student": _shown(student), "score": str(_score(marks)),
            **{_name(exercise): mark.mark for exercise, mark in zip(exercises.EXERCISES, marks)},
            "remark": _shown("; ".join(remarks)), "files": files}


def _score(marks):
    return sum(mark.mark == "1" for mark in marks)


def _shown(text):
    """A text that no spreadsheet takes for a formula, and every file can hold."""
    text = text.encode("utf-8", "replace").decode()
    return f"'{text}" if text[:1] in set("=+-@\t\r") else text


def _ready(out, folder):
    """The rows that `out` has already. Raises ValueError if its files are not ours to write over."""
    if out.resolve() == folder.resolve() or folder.resolve() in out.resolve().parents:
        raise ValueError(f"--out must not lie in {folder}, where it would be taken for a submission")
    table = out / TABLE
    if not table.exists():
        if out.exists() and (not out.is_dir() or any(out.iterdir())):
            raise ValueError(f"--out must be a new folder, or one with {TABLE} in it, and {out} is neither")
        return {}
    try:
        with open(table, encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            rows = {row["student"]: row for row in reader} if reader.fieldnames == _columns() else None
    except (UnicodeDecodeError, csv.Error):
        rows = None
    if rows is None or any(None in row or None in row.values() for row in rows.values()):
        raise ValueError(f"{table} is no longer the table that was written there: rename it, or give another --out")
    return rows


def _write_table(path, rows):
    with replacing(path) as temporary, open(temporary, "w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, _columns())
        writer.writeheader()
        writer.writerows(rows[student] for student in sorted(rows))


def _write(path, text):
    with replacing(path) as temporary:
        temporary.write_text(text, encoding="utf-8")


# What people read

STYLE = """body { font: 16px/1.5 system-ui, sans-serif; color: #222; max-width: 46rem; margin: 2rem auto;
  padding: 0 1rem }
h1 { font-size: 1.5rem; margin-bottom: 0; overflow-wrap: anywhere } h1 + p { margin-bottom: 1rem }
section { display: grid; grid-template-columns: 3.2rem 1fr; border-top: 1px solid #ccc; padding: .5rem 0;
  break-inside: avoid }
h2 { font-size: 1rem; margin: 0 } p { margin: 0 0 .3rem; grid-column: 2; overflow-wrap: anywhere }
.mark { grid-row: 1 / span 9; font-weight: bold } .solved .mark { color: #009E73 }"""


def page(student, marks):
    """A student's page, HTML: each exercise with what is to be said of it."""
    score = _score(marks)
    parts = "".join(_part(exercise, mark) for exercise, mark in zip(exercises.EXERCISES, marks))
    name = html.escape(student.encode("utf-8", "replace").decode())
    return (f'<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n'
            f'<meta name="viewport" content="width=device-width">\n<title>{name}: {score} of {len(marks)}</title>\n'
            f"<style>\n{STYLE}\n</style>\n<h1>{name}</h1>\n<p>tinygan exercises: {score} of {len(marks)} solved</p>\n"
            f"{parts}</html>\n")


def _part(exercise, mark):
    """One exercise on a page."""
    said = "".join(f"<p>{html.escape(sentence)}</p>" for sentence in mark.sentences or ["solved"])
    kind, sign = ("solved", "✓") if mark.mark == "1" else ("open", "–")
    return (f'<section class="{kind}"><div class="mark">{sign} {exercise.number}</div>'
            f"<h2>{html.escape(exercise.title)}</h2>{said}</section>\n")


def summary(rows):
    """What to say of a class, from the rows of its table: lines of text."""
    scores = [[row[_name(exercise)] for exercise in exercises.EXERCISES].count("1") for row in rows.values()]
    lines = [f"{len(rows)} students, the median score is {statistics.median(scores):g} of "
             f"{len(exercises.EXERCISES)}", "", "solved by"]
    for exercise in exercises.EXERCISES:
        lines.append(f"{sum(row[_name(exercise)] == '1' for row in rows.values()):>9}  {_name(exercise)}  "
                     f"{exercise.title}")
    remarks = {student: row["remark"] for student, row in rows.items() if row["remark"]}
    if remarks:
        lines += ["", "no answer to judge"] + [f"  {student}: {why}" for student, why in remarks.items()]
    return "\n".join(lines)
