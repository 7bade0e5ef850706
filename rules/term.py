"""Term: what a Deadline comes to. The values are here, the arithmetic is in `rules.terms`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Literal
from zoneinfo import ZoneInfo

from rules.calendar import Calendar
from rules.deadline import DeadlineKind, Period
from rules.programme import Occurred
from rules.wording import Wording


@dataclass(frozen=True, slots=True)
class TermContext:
    """What the arithmetic needs to know beside the deadline itself."""

    calendar: Calendar
    zone: ZoneInfo
    before_means: Literal["named", "strict"] = "named"
    roll: bool = True
    period: Period | None = None
    issued: date | None = None
    events: Mapping[str, tuple[Occurred, ...]] = field(default_factory=dict)
    """For each event of the programme that has happened or has a known date: when, oldest first."""
    event_titles: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Term:
    """A deadline worked out. All days are local, `*_at` are UTC instants; an undated term has none of them.

    `due_at` is the end of the due day (24:00 local) or its `at`, `remind_at` the same on `remind_by`, `late_at` the
    same on `grace_until`: when the obligation begins to be late (`rules.lateness.is_past`).
    """

    kind: DeadlineKind
    why: Wording
    starts: date | None = None
    due: date | None = None
    strict: date | None = None
    at: time | None = None
    remind_by: date | None = None
    grace_until: date | None = None
    due_at: datetime | None = None
    remind_at: datetime | None = None
    late_at: datetime | None = None
    provisional: bool = False
    """True when the arithmetic touched days beyond the calendar's `announced_until`."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time a deadline falls due.

    `key` names it for ever: '' for a single one, the nominal due day of a recurring one (`2026-03-25`), the event's day
    for one that hangs on an event (`2026-05-10`, with `#2` when two fall on one day).
    """

    key: str
    term: Term
    closes_at: datetime | None = None
    """For recurrences with `if_unreported: close`: the instant the next occurrence falls due."""
