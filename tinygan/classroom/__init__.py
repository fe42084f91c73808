"""The classroom: sheets of numbers to work through by hand, exercises that grade themselves, and their grading.

In reading order: trace.py, one iteration of Algorithm 1 on networks small enough for paper; worksheet.py, such a
sheet as text, Markdown and a page to print; marking.py, a filled-in sheet is marked. exercises.py, the ten exercises
and what is asked of an answer; judging.py, from numbers to sentences; mistakes.py, those that are typical;
submission.py, a student's folder, and its answers; sandbox.py, the same in a process of its own, with limits;
grading.py, a folder of submissions. predictions.py, what a class expects; human.py, a page on which you play D;
laptop.py, whether a laptop is ready; commands.py, the commands `tinygan trace`, `grade` and `check-laptop`.
"""
