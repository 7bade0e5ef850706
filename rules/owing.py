"""Owing: which of its units owe an occurrence of a task that is followed, where not all have owed it all along.

A unit that comes to owe a recurring task owes what is still on time on that day and what comes later. What fell due
before stays with those who owed it then, as it is; what fell due while a unit did not owe it is not its own either when
it owes the task again.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from rules.calendar import local_day
from rules.cohort import Entry
from rules.decide import end_of
from rules.followed import Existing
from rules.obligation import ObligationKey
from rules.programme import Programme, Task
from rules.roster import Roster, owing_units

Since = Mapping[str, datetime]
"""Since when each unit owes a task, those included that owe it no more."""


class Held(Protocol):
    """What there is of obligations that recur."""

    def is_open(self, key: ObligationKey) -> bool:
        """Say whether it is there and not over."""

    def is_lapsed(self, key: ObligationKey, today: date) -> bool:
        """Say whether it fell due before `today` while it was withdrawn."""

    def __contains__(self, key: ObligationKey) -> bool:
        """Say whether it is there, in whatever state."""


@dataclass(frozen=True, slots=True)
class Stored:
    """What a database holds of units of which not all is as it always was: of others nothing need be known."""

    keys: frozenset[ObligationKey] = frozenset()
    open: frozenset[ObligationKey] = frozenset()
    lapsed: Mapping[ObligationKey, date] = field(default_factory=dict)
    """The due days of those that fell due while they were withdrawn."""

    def is_open(self, key: ObligationKey) -> bool:
        """Say whether it is there and not over."""
        return key in self.open

    def is_lapsed(self, key: ObligationKey, today: date) -> bool:
        """Say whether it fell due before `today` while it was withdrawn."""
        return key in self.lapsed and self.lapsed[key] < today

    def __contains__(self, key: ObligationKey) -> bool:
        """Say whether it is there."""
        return key in self.keys


@dataclass(frozen=True, slots=True)
class HeldEntries:
    """The obligations of a World."""

    entries: Mapping[ObligationKey, Entry]
    zone: ZoneInfo

    def is_open(self, key: ObligationKey) -> bool:
        """Say whether it is there and not over."""
        entry = self.entries.get(key)
        return entry is not None and end_of(entry.facts) is None

    def is_lapsed(self, key: ObligationKey, today: date) -> bool:
        """Say whether it fell due before `today` while it was withdrawn."""
        entry = self.entries.get(key)
        withdrawn_at = entry.facts.withdrawn_at if entry else None
        due = entry.cohort.followed.term.due if entry else None
        return withdrawn_at is not None and due is not None and local_day(withdrawn_at, self.zone) <= due < today

    def __contains__(self, key: ObligationKey) -> bool:
        """Say whether it is there."""
        return key in self.entries


NOTHING_HELD = Stored()


def followed_on(since: Since, roster: Roster, today: date) -> date:
    """Return the day on which a task was followed first."""
    return local_day(min(since.values()), roster.policy.zone) if since else today


def owed(
    found: Iterable[Existing],
    programme: Programme,
    task: Task,
    roster: Roster,
    since: Since,
    held: Held,
    *,
    today: date,
) -> Iterator[tuple[Existing, tuple[str, ...]]]:
    """Yield the occurrences that exist, in order, each with the units that owe it."""
    units, first = owing_units(task), followed_on(since, roster, today)
    later = {unit: local_day(since[unit], roster.policy.zone) if unit in since else today for unit in units}
    former = _former(programme, units, since, roster)
    away: set[tuple[str, str]] = set()
    for existing in found:
        part, occurrence = existing.part, existing.occurrence
        if not is_past(existing, today):
            yield existing, units
            continue
        owing = []
        for unit in units:
            key = ObligationKey(programme.id, task.id, part, unit, occurrence.key)
            if held.is_lapsed(key, today):
                away.add((part, unit))
            elif key in held:
                away.discard((part, unit))
                owing.append(unit)
            elif (part, unit) not in away and (later[unit] <= first or _is_on_time(existing, later[unit])):
                owing.append(unit)
        stay = (u for u in former if held.is_open(ObligationKey(programme.id, task.id, part, u, occurrence.key)))
        yield existing, (*owing, *stay)


def is_past(existing: Existing, today: date) -> bool:
    """Say whether it is an occurrence of a recurrence for which a report came too late on `today`."""
    return existing.occurrence.term.kind == "recurring" and not _is_on_time(existing, today)


def _is_on_time(existing: Existing, day: date) -> bool:
    until = existing.occurrence.term.grace_until
    return until is None or day <= until


def _former(programme: Programme, units: tuple[str, ...], since: Since, roster: Roster) -> list[str]:
    """Return the units that owed the task once, do not now, and can still be written to."""
    if len(since) == len(units) and all(unit in since for unit in units):
        return []
    known = roster.rulebook.directories[programme.directory].units
    return [unit for unit in since if unit not in units and all(one in known for one in unit.split("+"))]
