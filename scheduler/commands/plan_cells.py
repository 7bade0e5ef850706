"""Cells of a plan's tables: tasks, units, days, rungs and causes in words."""

from collections.abc import Iterable, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from rules.changes.mails import Said
from rules.changes.values import (
    Cause,
    Days,
    Line,
    RungChange,
)
from rules.obligation import ObligationKey
from scheduler.commands.printing import due_cell, minute

_MANY = 3
"""Of how many units the names are shown; of more their number."""


def rungs_in_words(rungs: Iterable[RungChange], zone: ZoneInfo) -> str:
    """Return the rungs that change; one that opens when it did reaches others, or repeats otherwise."""
    found = []
    for rung in rungs:
        old, new = (minute(at, zone) if at else "not there" for at in (rung.before, rung.after))
        found.append(f"{rung.rung}: {f'{old}, to others' if old == new else f'{old} → {new}'}")
    return "; ".join(found)


def name_of(of: Line | Said | ObligationKey) -> str:
    """Return the task with its part and occurrence."""
    return str(Line(of.programme, of.task, of.part, of.occurrence))


def units_in_words(units: Sequence[str]) -> str:
    """Return the units, of many their number."""
    return ", ".join(units) if len(units) <= _MANY else f"{len(units)} units"


def due_of(days: Days) -> str:
    """Return the due day, with its hour, and whether it is provisional."""
    if days.due is None:
        return "no day"
    due = due_cell(days.due, days.at)
    return f"{due} (provisional)" if days.provisional else due


def from_to(old: date | None, new: date | None) -> str:
    """Return a day before and after, nothing where it stays."""
    return "" if old == new else f"{old} → {new}"


def because_of(causes: Iterable[Cause]) -> str:
    """Return the causes, each with its document or place."""
    return "; ".join(f"{cause.text.en} [{cause.source}]" if cause.source else cause.text.en for cause in causes)
