"""The forms a Deadline takes in a rule file, as values. What they come to is worked out in `rules.terms`."""

from dataclasses import dataclass
from datetime import date, time
from typing import Literal

PeriodKind = Literal["day", "month", "quarter", "half", "year", "span"]
OffsetUnit = Literal["hours", "days", "working days", "weeks", "months", "years"]
Unit = Literal["day", "week", "month", "quarter", "half", "year"]


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of whole days, both ends included, as written (`2026-Q2`)."""

    kind: PeriodKind
    start: date
    end: date
    text: str


@dataclass(frozen=True, slots=True)
class Offset:
    """A length of time as written: `30 days`, `15 working days`, `24 hours`."""

    count: int
    unit: OffsetUnit

    def __str__(self) -> str:
        return f"{self.count} {self.unit if self.count != 1 else self.unit.removesuffix('s')}"


@dataclass(frozen=True, slots=True)
class Within:
    """Any day of `period`, its last one at the latest: a fixed date, a month, a quarter, a half, a year."""

    period: Period
    at: time | None = None


@dataclass(frozen=True, slots=True)
class Before:
    """Before `period` begins; for a single day: due that day, strict the day before."""

    period: Period
    at: time | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """From the first day of `start` to the last day of `end`."""

    start: Period
    end: Period
    at: time | None = None


@dataclass(frozen=True, slots=True)
class After:
    """`within` so long after an event; undated once triggered when `within` is None."""

    event: str
    within: Offset | None = None
    at: time | None = None


@dataclass(frozen=True, slots=True)
class AheadOf:
    """So long before an event whose date is known."""

    event: str
    by: Offset
    at: time | None = None


@dataclass(frozen=True, slots=True)
class Weekday:
    """A day of the week, 0 is Monday; with `last`, the last such day of the month (`last friday`)."""

    number: int
    last: bool = False


@dataclass(frozen=True, slots=True)
class MonthDay:
    """The n-th day of the (last) month of the period."""

    day: int


@dataclass(frozen=True, slots=True)
class YearDay:
    """A day of the year, `06-20`."""

    month: int
    day: int


@dataclass(frozen=True, slots=True)
class Named:
    """A named day of the (last) month of the period; `working day` only for daily recurrences."""

    name: Literal["last", "last working day", "first working day", "working day"]


OnDay = Weekday | MonthDay | YearDay | Named


@dataclass(frozen=True, slots=True)
class Every:
    """A recurrence: one obligation per occurrence. `from_`, `until` are None where the programme's period bounds it."""

    unit: Unit
    count: int = 1
    on: tuple[OnDay, ...] = ()
    at: time | None = None
    from_: Period | None = None
    until: Period | None = None
    if_unreported: Literal["close", "carry"] = "carry"
    rounding: bool = False


def unreported_by_default(unit: Unit) -> Literal["close", "carry"]:
    """Return what becomes of an occurrence that nobody reports, where the rule file does not say."""
    return "close" if unit in ("day", "week") else "carry"


@dataclass(frozen=True, slots=True)
class Continuous:
    """Never late; its reviews, where it has them, are."""

    review: Every | None = None


@dataclass(frozen=True, slots=True)
class SetBy:
    """Set by another document: undated until someone dates it."""

    text: str


Deadline = Within | Before | Span | After | AheadOf | Every | Continuous | SetBy

DeadlineKind = Literal[
    "date",
    "before",
    "month",
    "quarter",
    "half",
    "year",
    "span",
    "event",
    "before_event",
    "recurring",
    "continuous",
    "set_elsewhere",
]


def every_of(deadline: Deadline) -> Every | None:
    """Return the recurrence of a deadline that falls due again and again by itself, None of another."""
    every = deadline.review if isinstance(deadline, Continuous) else deadline
    return every if isinstance(every, Every) else None


def recurs(deadline: Deadline) -> bool:
    """Say whether a deadline falls due again and again by itself."""
    return every_of(deadline) is not None


def closes(deadline: Deadline) -> bool:
    """Say whether an unreported occurrence of a deadline ends when the next one falls due."""
    every = every_of(deadline)
    return every is not None and every.if_unreported == "close"


def kind_of(deadline: Deadline) -> DeadlineKind:
    """Return the kind under which routes, `phrase` and `explain` know this form."""
    match deadline:
        case Within(period=Period(kind="day")):
            return "date"
        case Within(period=Period(kind="month" | "quarter" | "half" | "year" as kind)):
            return kind
        case Within() | Span():
            return "span"
        case Before():
            return "before"
        case After():
            return "event"
        case AheadOf():
            return "before_event"
        case Every():
            return "recurring"
        case Continuous():
            return "continuous"
        case SetBy():
            return "set_elsewhere"
