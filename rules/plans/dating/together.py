"""Together: what the dates of single tasks look like beside those of all others: placeholders, slips of a year."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from rules.plans.dating import questions
from rules.plans.dating.reader import STANDING, Read
from rules.plans.draft import Doubt, DraftTask

_MANY = 3
"""Rows with the same date from which on it is a placeholder of the plan, or that of which another one is a slip."""


def together(tasks: Sequence[DraftTask], read: Read) -> list[DraftTask]:
    """Return the tasks of a plan with a doubt where the date of one is explained by those of others.

    It may be the date that standing work has as a placeholder, or one that many have in the year before or after.
    """
    standing = (task for task in tasks if task.reading and task.reading.kind in STANDING and task.stated)
    used = Counter(due for task in standing if (due := read(task.stated).due))
    dates = Counter(due for task in tasks if (due := _day(task)))
    return [replace(task, doubts=(*task.doubts, *_doubts(task, used, dates))) for task in tasks]


def _doubts(task: DraftTask, used: Mapping[date, int], dates: Mapping[date, int]) -> Iterator[Doubt]:
    due = _day(task)
    if due is None:
        return
    if used.get(due, 0) >= _MANY:
        yield Doubt(questions.as_others(due), task.at, "stated", ("continuous",))
    other = _year_beside(due, dates) if dates[due] == 1 else None
    if other:
        yield Doubt(questions.other_year(due, other), task.at, "stated", (other.isoformat(),))


def _day(task: DraftTask) -> date | None:
    """Return the day of a task whose deadline is one."""
    return task.reading.due if task.reading and task.reading.kind in ("date", "before") else None


def _year_beside(due: date, dates: Mapping[date, int]) -> date | None:
    """Return the same day of the year before or after, where many tasks have it; the last of a month is no day."""
    if (due + timedelta(days=1)).day == 1 or (due.month, due.day) == (2, 29):
        return None
    beside = (due.replace(year=year) for year in (due.year - 1, due.year + 1) if date.min.year < year < date.max.year)
    return next((day for day in beside if dates.get(day, 0) >= _MANY), None)
