"""Supposed: what a simulation takes for granted beside the rules: events, reports, extensions, silences, downtime, an
edit of the rules."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import NamedTuple

from rules.calendar import instant
from rules.cohort import Entry
from rules.decide import end_of
from rules.obligation import ObligationKey
from rules.programme import Rulebook
from rules.register import Silenced
from rules.window import Policy


@dataclass(frozen=True, slots=True)
class Assumption:
    """An event assumed to happen, and to be recorded, on that day."""

    programme: str
    event: str
    on: date


@dataclass(frozen=True, slots=True)
class AssumedDone:
    """A report assumed to be recorded on that day: what the task owes by then is done, or else what it owes next.

    `unit` is as an obligation names it, or one of several that owe it jointly; None: all units.
    """

    programme: str
    task: str
    unit: str | None
    on: date


@dataclass(frozen=True, slots=True)
class AssumedExtended:
    """An extension until `due`, assumed to be granted at the beginning of the day `on`; None: from the start. `unit` as
    of a report. Of what recurs, the open occurrence last due before the new day is meant."""

    programme: str
    task: str
    unit: str | None
    due: date
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Downtime:
    """Days, both included, on which there is no pass and nothing is delivered."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Edit:
    """Other rule files, put in force at the beginning of a day; None: from the start."""

    rulebook: Rulebook
    on: date | None = None


Supposition = Assumption | AssumedDone | AssumedExtended | Downtime | Edit | Silenced
"""A silence is assumed as one is recorded; `at` is when it is said."""


class Outage(NamedTuple):
    """From when to when nothing runs."""

    from_: datetime
    until: datetime


def outages(supposed: Iterable[Supposition], policy: Policy) -> list[Outage]:
    """Return the stretches of downtime, those that touch each other as one, in order of time."""
    down = sorted((each.first, each.last) for each in supposed if isinstance(each, Downtime))
    found: list[Outage] = []
    for first, last in down:
        begins, ends = instant(first, time(0), policy.zone), instant(last, None, policy.zone)
        if found and begins <= found[-1].until:
            found[-1] = Outage(found[-1].from_, max(found[-1].until, ends))
        else:
            found.append(Outage(begins, ends))
    return found


def up_at(at: datetime, down: Iterable[Outage]) -> datetime:
    """Return the first instant from `at` on at which things run."""
    for outage in down:
        if outage.from_ <= at < outage.until:
            return outage.until
    return at


def done_by(said: AssumedDone, entries: Mapping[ObligationKey, Entry]) -> list[ObligationKey]:
    """Return what is open of the task that a report speaks of: all that is due by its day, or else what is next."""
    found = _open(said, entries)
    by_then = [key for each in found.values() for due, key in each if due <= said.on]
    return by_then or [min(each)[1] for each in found.values()]


def extended_by(said: AssumedExtended, entries: Mapping[ObligationKey, Entry]) -> Iterator[tuple[ObligationKey, date]]:
    """Yield what an assumed extension moves, with the day it is due: of each unit and part, what is open and last due
    before the new day."""
    for each in _open(said, entries).values():
        before = [(due, key) for due, key in each if due < said.due]
        if before:
            due, key = max(before)
            yield key, due


def _open(
    said: AssumedDone | AssumedExtended, entries: Mapping[ObligationKey, Entry]
) -> dict[tuple[str, str], list[tuple[date, ObligationKey]]]:
    """Return what is open of the task that is spoken of, each with its day, by part and unit."""
    found: dict[tuple[str, str], list[tuple[date, ObligationKey]]] = {}
    for key, entry in entries.items():
        is_its = said.unit in (None, key.unit, *key.units)
        if (key.programme, key.task) == (said.programme, said.task) and is_its and not end_of(entry.facts):
            due = entry.cohort.followed.term.due or date.max
            found.setdefault((key.part, key.unit), []).append((due, key))
    return found
