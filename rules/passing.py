"""Passing: an edit of the rule files gives a task to another lead, and who led it before is told so, once.

Of a recurrence one line tells it, about the first occurrence that goes: the later ones go with it. Only whoever was
told before that the task is theirs is told that it is not any more.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import NamedTuple

from rules.calendar import local_day
from rules.cohort import Cohort, Entry, Look, Parcel
from rules.decide import end_of
from rules.digest import Led
from rules.followed import Followed
from rules.ladder import Role
from rules.obligation import Announcement, Facts, Notice, ObligationKey
from rules.programme import Programme, Rulebook, Task
from rules.recipients import Former, Owers
from rules.roster import Roster

Owed = tuple[str, str, str, str]
"""What a unit, or several jointly, owe whatever the occurrence: programme, task, part and unit."""


def owed_of(key: ObligationKey) -> Owed:
    """Return what an obligation is an occurrence of."""
    return key[:4]


def is_to_unit(role: Role, unit: str, units: Collection[str]) -> bool:
    """Say whether a notice to that post tells one of the units that owe a task of it."""
    return role in ("head", "focal") and unit in units


def is_told(key: ObligationKey, notices: Iterable[Notice]) -> bool:
    """Say whether a unit that owes it was sent anything of it."""
    units = key.units
    return any(one.state == "sent" and is_to_unit(one.slot.role, one.slot.unit, units) for one in notices)


def sent_of(look: Look, entries: Iterable[Entry], kept: Collection[Parcel]) -> Iterator[Parcel]:
    """Yield what was handed out of these, but for what was `kept` back."""
    for entry in entries:
        for _, handed in look.handed[entry.owers].owed:
            if not kept or (look, entry, handed) not in kept:
                yield look, entry, handed


def told_by(parcels: Iterable[Parcel]) -> Iterator[Owed]:
    """Yield of what its units were told by what was sent."""
    for _, entry, handed in parcels:
        if is_to_unit(handed.target.role, handed.target.unit, entry.owers.units):
            yield owed_of(entry.key)


class Passed(NamedTuple):
    """An obligation that an edit withdraws while others come to owe it, with its due day."""

    key: ObligationKey
    due: date | None


def those_told(passed: Iterable[Passed], rulebook: Rulebook) -> list[ObligationKey]:
    """Return of which of the obligations that passed to others their units are told, by the rules that did it: of what
    recurs the first. Given are those of which they were told before."""
    first: dict[Owed, tuple[date, ObligationKey]] = {}
    for key, due in passed:
        of = owed_of(key)
        first[of] = min(first.get(of, (date.max, key)), (due or date.max, key))
    return [key for _, key in first.values() if _leaving(key.units, key, rulebook)]


def former(owers: Owers, key: ObligationKey, roster: Roster, *, now: datetime) -> Former | None:
    """Return who is told that an obligation is not theirs any more; None where the rules do not know its task any
    more."""
    found = _led(key, roster.rulebook)
    if found is None:
        return None
    directory = roster.rulebook.directories[found[0].directory]
    units, heads = (_leaving(of, key, roster.rulebook) for of in (owers.units, owers.heads))
    book = roster.book(directory, local_day(now, roster.policy.zone))
    return Former(replace(owers, units=units, heads=heads, coordinate=()), book)


def former_of(cohort: Cohort, roster: Roster, *, now: datetime) -> Former | None:
    """Return the same for what was withdrawn in a World, None where nobody is told."""
    entry = cohort.members[0]
    if not any(said.kind == "passed" for said in cohort.facts.announcements):
        return None
    return former(entry.owers, entry.key, roster, now=now)


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


def open_of(entries: Mapping[ObligationKey, Entry]) -> set[ObligationKey]:
    """Return the obligations that are open."""
    return {key for key, entry in entries.items() if end_of(entry.facts) is None}


def note_passed(
    entries: Mapping[ObligationKey, Entry],
    were_open: Collection[ObligationKey],
    told: Collection[Owed],
    rulebook: Rulebook,
    *,
    now: datetime,
) -> None:
    """Note of the obligations that an edit has just withdrawn, and that others owe now, which units are told so."""
    are_open = open_of(entries)
    begun = {_line(key) for key in are_open.difference(were_open)}
    gone = (key for key in were_open if key not in are_open and _line(key) in begun and owed_of(key) in told)
    for key in those_told((Passed(key, entries[key].cohort.followed.term.due) for key in gone), rulebook):
        cohort = entries[key].cohort.split(entries[key])
        before = cohort.facts.announcements
        said = Announcement("passed", now, sum(one.kind == "passed" for one in before))
        cohort.facts = replace(cohort.facts, announcements=(*before, said))


def _line(key: ObligationKey) -> tuple[str, ...]:
    return (*key[:3], key.occurrence)


def _led(key: ObligationKey, rulebook: Rulebook) -> tuple[Programme, Task] | None:
    programme = rulebook.programmes.get(key.programme)
    task = programme.task(key.task) if programme else None
    return (programme, task) if programme and task else None


def _leaving(units: Iterable[str], key: ObligationKey, rulebook: Rulebook) -> tuple[str, ...]:
    """Return those of the units that have no part any more in leading the task, and can be written to."""
    found = _led(key, rulebook)
    if found is None:
        return ()
    programme, task = found
    known = rulebook.directories[programme.directory].units
    return tuple(unit for unit in units if unit not in (*task.lead.units, *task.head) and unit in known)
