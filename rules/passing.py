"""Passing: an edit of the rule files gives a task to another lead, and who led it before is told so, once.

Of a recurrence one line tells it, about the first occurrence that goes: the later ones go with it. Only whoever was
told before that the task is theirs is told that it is not any more; and who was told so is told, as of a new task, when
it is theirs again.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Literal, NamedTuple

from rules.calendar import local_day
from rules.cohort import Cohort, Entry, Look, Parcel
from rules.decide import end_of
from rules.digest import Led
from rules.followed import Followed
from rules.ladder import Role
from rules.obligation import Announcement, Facts, Notice, ObligationKey, Reason
from rules.programme import Programme, Rulebook, Task
from rules.recipients import Former
from rules.roster import Roster

Owed = tuple[str, str, str, str]
"""What a unit, or several jointly, owe whatever the occurrence: programme, task, part and unit."""
BEGIN = frozenset({"new", "moved"})
"""The rungs that tell a unit that a task is its own from now on."""


def owed_of(key: ObligationKey) -> Owed:
    """Return what an obligation is an occurrence of."""
    return key[:4]


def is_to_unit(role: Role, unit: str, units: Collection[str]) -> bool:
    """Say whether a notice to that post tells one of the units that owe a task of it."""
    return role in ("head", "focal") and unit in units


def sent_to_units(key: ObligationKey, notices: Iterable[Notice]) -> Iterator[tuple[datetime, Owed, str]]:
    """Yield what the units that owe it were sent of it, and when."""
    for one in notices:
        if one.state == "sent" and one.settled_at and is_to_unit(one.slot.role, one.slot.unit, key.units):
            yield one.settled_at, owed_of(key), one.slot.rung


def sent_of(look: Look, entries: Iterable[Entry], kept: Collection[Parcel]) -> Iterator[Parcel]:
    """Yield what was handed out of these, but for what was `kept` back."""
    for entry in entries:
        for _, handed in look.handed[entry.owers].owed:
            if not kept or (look, entry, handed) not in kept:
                yield look, entry, handed


@dataclass(slots=True)
class Told:
    """Of what units were told so far; `gone`: of what they were told last that others lead it."""

    all: set[Owed] = field(default_factory=set)
    gone: set[Owed] = field(default_factory=set)

    @property
    def theirs(self) -> set[Owed]:
        """Return what was told and not taken back."""
        return self.all - self.gone

    def note_sent(self, parcels: Iterable[Parcel]) -> None:
        """Take in what was sent."""
        for look, entry, handed in parcels:
            if is_to_unit(handed.target.role, handed.target.unit, entry.owers.units):
                self.note(owed_of(entry.key), look.ready[handed.place].rung.id)

    def note(self, owed: Owed, rung: str) -> None:
        """Take in that a unit was sent a rung."""
        self.all.add(owed)
        if rung == "passed":
            self.gone.add(owed)
        elif rung in BEGIN:
            self.gone.discard(owed)

    @classmethod
    def by(cls, sent: Iterable[tuple[datetime, Owed, str]]) -> "Told":
        """Return what was told by rungs sent to units, each at its instant."""
        told = cls()
        for _, owed, rung in sorted(sent):
            told.note(owed, rung)
        return told


class Passed(NamedTuple):
    """An obligation that an edit withdraws while others come to owe it, with its due day."""

    key: ObligationKey
    due: date | None


def those_told(passed: Iterable[Passed], rulebook: Rulebook) -> list[ObligationKey]:
    """Return of which of the obligations that passed to others their units are told, by the rules that did it. Given
    are those of which they were told before."""
    return [key for key in first_of(passed) if any(_why_not(unit, key, rulebook) is None for unit in key.units)]


def first_of(passed: Iterable[Passed]) -> list[ObligationKey]:
    """Return the first of each recurrence, and whatever does not recur."""
    first: dict[Owed, tuple[date, ObligationKey]] = {}
    for key, due in passed:
        of = owed_of(key)
        first[of] = min(first.get(of, (date.max, key)), (due or date.max, key))
    return [key for _, key in first.values()]


def former(followed: Followed, facts: Facts, roster: Roster, *, now: datetime) -> Former | None:
    """Return who is told that an obligation is not theirs any more, by the rules in force; None where that is not to be
    told. `followed` is as it was withdrawn."""
    if facts.withdrawn_at is None or not any(said.kind == "passed" for said in facts.announcements):
        return None
    owers, found = followed.owers, _led(followed.key, roster.rulebook)
    directory = roster.rulebook.directories[found[0].directory] if found else followed.directory
    everybody = dict.fromkeys((*owers.units, *owers.heads))
    not_told = {unit: why for unit in everybody if (why := _why_not(unit, followed.key, roster.rulebook))}
    units, heads = (tuple(unit for unit in of if unit not in not_told) for of in (owers.units, owers.heads))
    book = roster.book(directory, local_day(now, roster.policy.zone))
    return Former(replace(owers, units=units, heads=heads, coordinate=()), book, not_told)


def leads_again(unit: str, key: ObligationKey, rulebook: Rulebook) -> bool:
    """Say whether a unit leads the task of an obligation by the rules given, alone or with others."""
    found = _led(key, rulebook)
    return found is not None and unit in (*found[1].lead.units, *found[1].head)


def led_now(followed: Followed, facts: Facts, roster: Roster) -> Led | None:
    """Return who leads the task of an obligation that passed to others, None where none did or nobody does."""
    passed = [said.at for said in facts.announcements if said.kind == "passed"]
    found = _led(followed.key, roster.rulebook)
    if not passed or found is None:
        return None
    programme, task = found
    units = roster.rulebook.directories[programme.directory].units
    names = tuple(units[unit].name for unit in task.lead.units)
    return Led(names, local_day(max(passed), roster.policy.zone), followed.term.kind == "recurring")


def states_of(entries: Mapping[ObligationKey, Entry]) -> dict[ObligationKey, bool]:
    """Return of each obligation whether it is open."""
    return {key: end_of(entry.facts) is None for key, entry in entries.items()}


def note_passed(
    entries: Mapping[ObligationKey, Entry],
    before: Mapping[ObligationKey, bool],
    told: Told,
    rulebook: Rulebook,
    *,
    now: datetime,
) -> Iterator[Cohort]:
    """Note which units are told that others owe now what an edit has just withdrawn, or that what it gives back is
    theirs again; yield their obligations, and those of which that is on its way. `before`: which were open before."""
    begun = [key for key, is_open in states_of(entries).items() if is_open and not before.get(key)]
    lines = {_line(key) for key in begun}
    gone = [key for key in before if before[key] and _line(key) in lines and end_of(entries[key].facts)]
    back = [key for key in begun if key in before and not _is_told_anyway(entries[key].facts, now)]
    for key in those_told(_due(entries, gone, told.theirs), rulebook):
        yield _announce("passed", entries[key], now)
    for key in first_of(_due(entries, back, told.gone)):
        yield _announce("new", entries[key], now)
    for entry in entries.values():
        if entry.facts.withdrawn_at and any(slot.rung == "passed" for slot in entry.ledger.owed):
            yield entry.cohort


def _due(entries: Mapping[ObligationKey, Entry], keys: Iterable[ObligationKey], told: set[Owed]) -> Iterator[Passed]:
    return (Passed(key, entries[key].cohort.followed.term.due) for key in keys if owed_of(key) in told)


def _is_told_anyway(facts: Facts, now: datetime) -> bool:
    return any(said.kind == "moved" and said.at == now for said in facts.announcements)


def _announce(kind: Literal["new", "passed"], entry: Entry, now: datetime) -> Cohort:
    cohort = entry.cohort.split(entry)
    before = cohort.facts.announcements
    said = Announcement(kind, now, sum(one.kind == kind for one in before))
    cohort.facts = replace(cohort.facts, announcements=(*before, said))
    return cohort


def _line(key: ObligationKey) -> tuple[str, ...]:
    return (*key[:3], key.occurrence)


def _led(key: ObligationKey, rulebook: Rulebook) -> tuple[Programme, Task] | None:
    programme = rulebook.programmes.get(key.programme)
    task = programme.task(key.task) if programme else None
    return (programme, task) if programme and task else None


def _why_not(unit: str, key: ObligationKey, rulebook: Rulebook) -> Reason | None:
    """Return why a unit that led a task is not told that others lead it now, None where it is."""
    found = _led(key, rulebook)
    if found is None:
        return Reason.WITHDRAWN
    if leads_again(unit, key, rulebook):
        return Reason.SUPERSEDED
    return None if unit in rulebook.directories[found[0].directory].units else Reason.NOBODY
