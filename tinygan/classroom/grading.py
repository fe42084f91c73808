"""A class is graded: a folder with a subfolder for each student becomes a table and a page for each.

Here: `grade`, `summary`; `submissions`, whose files lie where; `Mark`, one exercise of one student; `page`; `clean`
and `shown`, through which what comes from a student goes before anybody reads it.

The table, grades.csv, is also the memory: a row whose files have not changed since is kept as it stands.
"""

import csv
import hashlib
import html
import os
import re
import statistics
import warnings
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import numpy as np

from .. import __version__
from .._files import check_writable, replacing
from . import exercises, sandbox
from .submission import NoAnswer, source

TABLE = "grades.csv"
BETWEEN = " | "                                             # two sentences of a remark
NOTHING = "nothing handed in"
DEEP = 3                                                    # folders below a student's own are looked into


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
    names = shown(students)
    out = Path(out or folder.resolve().with_name(f"{folder.resolve().name}-grades"))
    rows = _ready(out, folder)
    check_writable(out / TABLE)
    now = {student: fingerprint(*found) for student, found in students.items()}
    todo = [student for student in students if again or not (out / _page(student)).exists()
            or rows.get(names[student], {}).get("files") != now[student]]
    _write_table(out / TABLE, rows)
    pool = ThreadPoolExecutor(jobs or os.cpu_count())
    try:
        asked = {student: [pool.submit(sandbox.answers, exercise, students[student][0])
                           for exercise in exercises.EXERCISES] for student in todo}
        count(len(students) - len(todo), len(students))
        for done, student in enumerate(todo, len(students) - len(todo) + 1):
            where, note = students[student]
            marks = [_mark(exercise, future, where)
                     for exercise, future in zip(exercises.EXERCISES, asked.pop(student))]
            _write(out / _page(student), page(student, marks, note))
            rows[names[student]] = _row(names[student], marks, note, now[student])
            _write_table(out / TABLE, rows)
            count(done, len(students))
    finally:
        pool.shutdown(cancel_futures=True)
    return {name: rows[name] for name in names.values()}, out


def submissions(folder):
    """{student: (the folder with the exercises' files, what is to be said of it)}, for each subfolder. Raises
    ValueError where there are none."""
    folder = Path(folder)
    if not folder.is_dir():
        raise ValueError(f"FOLDER must be a folder with one subfolder for each student, and {folder} is "
                         f"{'a file' if folder.exists() else 'not there'}")
    if _handed_in(os.listdir(folder)):
        raise ValueError(f"FOLDER must hold one subfolder for each student, but exercises lie in {folder} itself: "
                         f"give the folder above it")
    students = {path.name: _where(path) for path in sorted(folder.iterdir())
                if os.path.isdir(path) and path.name[0] != "." and path.name != "__MACOSX"}
    if all(note.startswith(NOTHING) for _, note in students.values()):
        zipped = "; unzip what was handed in first" if any(folder.glob("*.zip")) else ""
        raise ValueError(f"FOLDER must hold one subfolder for each student, and in no subfolder of {folder} is a file "
                         f"such as {exercises.EXERCISES[0].file}{zipped}")
    return students


def _where(student):
    """The folder to grade, the student's own or one in it, and what is to be said of the choice ("" if nothing).

    Of several it is the one in which most exercises are written, or else lie, or else the one changed last.
    """
    found, stray, errors = [], [], []
    for folder, inside, files in os.walk(student, onerror=errors.append):
        depth = len(Path(folder).relative_to(student).parts)
        inside[:] = sorted(name for name in inside if name[0] != "." and name != "__MACOSX" and depth < DEEP)
        if _handed_in(files):
            found.append(Path(folder))
        stray += [name for name in files if name.lower().startswith(tuple(map(_name, exercises.EXERCISES)))
                  and name.endswith(".py") and not _handed_in([name])]
    notes = [NOTHING] * (not found)
    where = max(found, key=_worth, default=student)
    if len(found) > 1:
        notes.append(f"exercises lie in {len(found)} folders, and {where.relative_to(student.parent)} was graded")
    if stray:
        notes.append(f"not looked at, for its name: {sorted(stray)[0]}")
    if errors:
        notes.append(f"{Path(errors[0].filename).name} can't be read: {errors[0].strerror}")
    return where, BETWEEN.join(map(clean, notes))


def _handed_in(files):
    """The exercises among these names of files."""
    return {exercise.file for exercise in exercises.EXERCISES} & set(files)


def _worth(folder):
    """How a folder is compared with others: exercises written, exercises, the time of the last change."""
    codes, changed = [], [0.0]
    for exercise in exercises.EXERCISES:
        try:
            codes.append(source(exercise, folder))
            changed.append((folder / exercise.file).stat().st_mtime)
        except (NoAnswer, OSError):
            pass
    return sum(b"raise NotImplementedError" not in code for code in codes), len(codes), max(changed)


def fingerprint(where, note):
    """A short text that changes when one of the files does, or what is to be said of them, or tinygan. It begins with
    a letter, or a spreadsheet would take 46545e944535 for a number."""
    digest = hashlib.sha256(f"{__version__} {note}".encode())
    for exercise in exercises.EXERCISES:
        try:
            digest.update(hashlib.sha256(source(exercise, where)).digest())
        except NoAnswer as why:
            digest.update(str(why).encode())
    return f"f{digest.hexdigest()[:12]}"


def _mark(exercise, future, where):
    """What is to be said of the answers, once they are there. What can't be judged is not solved."""
    mark, sentences, judged = "0", [], False
    try:
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            sentences, judged = exercise.judge(future.result()), True
            mark = "0" if sentences else "1"
    except NoAnswer as why:
        mark, sentences = "0" if os.path.lexists(where / exercise.file) else "", [str(why)]
    except Exception as error:                              # numbers that the judge did not expect
        sentences = [f"{exercise.file}: the answers can't be judged ({type(error).__name__})"]
    return Mark(mark, [clean(sentence) for sentence in sentences], judged)


def clean(text, most=300):
    """A text on one line that every file and every terminal can hold: without signs that control it."""
    text = "".join(sign if sign.isprintable() or sign in "\u200c\u200d" else "?" for sign in text[:most + 1])
    return f"{text[:most - 1]}…" if len(text) > most else text


# The table

def _columns():
    return ["student", "score", *map(_name, exercises.EXERCISES), "remark", "files"]


def _name(exercise):
    return f"ex{exercise.number:02}"


def _row(name, marks, note, files):
    """A student's row of the table."""
    remarks = [note] * bool(note) + [_remark(exercise, mark) for exercise, mark in zip(exercises.EXERCISES, marks)
                                     if mark.mark == "0" and not mark.sentences[0].endswith("still to be written")]
    return {"student": name, "score": str(_score(marks)),
            **{_name(exercise): mark.mark for exercise, mark in zip(exercises.EXERCISES, marks)},
            "remark": _no_formula(BETWEEN.join(remarks)), "files": files}


def _remark(exercise, mark):
    """The first sentence on an exercise. One of a judge has "ex01 " in front; another begins with the file's name."""
    return f"{_name(exercise)} " * mark.judged + mark.sentences[0].replace(BETWEEN, " / ")


def _score(marks):
    return sum(mark.mark == "1" for mark in marks)


def shown(students):
    """{student: the name in the table}: no two are the same, and no spreadsheet takes one for a formula."""
    names = {}
    for student in students:
        name = _no_formula(clean(student))
        while name in names.values():
            name = f"'{name}"
        names[student] = name
    return names


def _no_formula(text):
    return f"'{text}" if text[:1] in set("=+-@") else text


def _page(student):
    """The name of a student's page. A system takes 255 bytes, and less for a temporary file."""
    name = os.fsencode(student)
    return f"{student if len(name) <= 200 else f'{student[:40]}-{hashlib.sha256(name).hexdigest()[:8]}'}.html"


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
            delimiter = ";" if file.readline().startswith("student;") else ","        # as some spreadsheets save it
            file.seek(0)
            reader = csv.DictReader(file, delimiter=delimiter)
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


def page(student, marks, note=""):
    """A student's page, HTML: each exercise with what is to be said of it, and `note` of the whole."""
    score = _score(marks)
    parts = "".join(_part(exercise, mark) for exercise, mark in zip(exercises.EXERCISES, marks))
    name = html.escape(clean(student))
    return (f'<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n'
            f'<meta name="viewport" content="width=device-width">\n<title>{name}: {score} of {len(marks)}</title>\n'
            f"<style>\n{STYLE}\n</style>\n<h1>{name}</h1>\n<p>tinygan exercises: {score} of {len(marks)} solved"
            f"{note and f'. {html.escape(note)}'}</p>\n"
            f"{parts}</html>\n")


def _part(exercise, mark):
    """One exercise on a page."""
    said = "".join(f"<p>{html.escape(sentence)}</p>" for sentence in mark.sentences or ["solved"])
    kind, sign = ("solved", "✓") if mark.mark == "1" else ("open", "–")
    return (f'<section class="{kind}"><div class="mark">{sign} {exercise.number}</div>'
            f"<h2>{html.escape(exercise.title)}</h2>{said}</section>\n")


def summary(rows):
    """What to say of a class, from the rows of its table: lines of text, without names."""
    scores = [[row[_name(exercise)] for exercise in exercises.EXERCISES].count("1") for row in rows.values()]
    lines = [f"{_students(len(rows))}, the median score is {statistics.median(scores):g}", "", "solved by"]
    for exercise in exercises.EXERCISES:
        lines.append(f"{sum(row[_name(exercise)] == '1' for row in rows.values()):>9}  {_name(exercise)}  "
                     f"{exercise.title}")
    remarks = [row["remark"].split(BETWEEN) for row in rows.values()]
    often = Counter(remark for each in remarks for remark in each if re.match(r"ex\d\d ", remark))
    often = [(remark, many) for remark, many in often.most_common(5) if many > 1]
    if often:
        lines += ["", "most frequent", *(f"{many:>9}  {clean(remark)}" for remark, many in often)]
    files = tuple(exercise.file for exercise in exercises.EXERCISES)
    for what, begins in ("no exercise that was found", NOTHING), ("exercises without an answer to judge", files):
        many = sum(any(remark.startswith(begins) for remark in each) for each in remarks)
        if many:
            lines += ["", f"{_students(many)} had {what}: see the remarks in {TABLE}"]
    return "\n".join(lines)


def _students(many):
    return f"{many} student{'s' * (many != 1)}"
