"""Requests for later deadlines, and what became of them."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal

from rules.days import clock, day_vi

Verdict = Literal["granted", "refused", "withdrawn"]
Decider = Literal["standing", "overseer"]
"""Who is told of a request, and decides it before all others."""
MANY = 3
"""From this request of one obligation on, each is flagged."""
_UNTIL = "đến "


@dataclass(frozen=True, slots=True)
class Decided:
    """What became of a request."""

    verdict: Verdict
    at: datetime
    by: str
    due: date | None = None
    """The day granted."""
    document: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """A request for a later deadline; `number` counts those of one obligation. `is_exception`: asked from the due day
    on. `decided` is None while it is open."""

    id: int
    obligation_id: int
    number: int
    unit: str
    due_before: date
    due_wanted: date
    reason: str
    is_exception: bool
    goes_to: Decider
    at: datetime
    by: str
    decided: Decided | None = None

    @property
    def is_flagged(self) -> bool:
        """Say whether it is the third for its obligation, or a later one."""
        return self.number >= MANY

    @property
    def in_words(self) -> str:
        """Return what is asked for, as letters say it: until when, the how many-th time, and why."""
        return asked_in_words(self.due_wanted, self.number, self.reason, is_exception=self.is_exception)


def asked_in_words(wanted: date, number: int, reason: str, *, is_exception: bool) -> str:
    """Return what is asked for, in Vietnamese: until when, the how many-th time where it is flagged, and why."""
    often = f", lần thứ {number}" if number >= MANY else ""
    late = ", trường hợp đặc biệt" if is_exception else ""
    return f"{_UNTIL}ngày {day_vi(wanted)}{often}{late}: {reason}"


def with_hour(asked: str, at: time | None) -> str:
    """Return what is asked for with the hour of the deadline, which a later day keeps."""
    return asked if at is None else f"{_UNTIL}{clock(at).vi} {asked.removeprefix(_UNTIL)}"
