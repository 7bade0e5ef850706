"""Letters of the coming days, with an edit and without it: what goes out because of it, and to whom."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import NamedTuple

from rules.calendar import local_day
from rules.changes.mails import Letter, OverCap, Said
from rules.cohort import Entry, Look
from rules.message import SimulatedMessage
from rules.obligation import ObligationKey
from rules.passing import Owed, owed_of
from rules.recipients import Handed
from rules.simulate import Run
from rules.window import Policy


def letters(before: Iterable[SimulatedMessage], after: Iterable[SimulatedMessage], policy: Policy) -> Iterator[Letter]:
    """Yield the letters that differ, person by person and day by day, each with what it has more and less.

    Of one day the first letter with an edit is set against the first without it, and so on: what a pass of another
    hour tells makes no letter more.
    """
    old, new = _by_day(before, policy), _by_day(after, policy)
    for place in sorted(old.keys() | new.keys()):
        yield from _of_day(place[1], old.get(place, []), new.get(place, []))


def said(message: SimulatedMessage) -> list[Said]:
    """Return what a letter says, line by line."""
    lines = [
        Said(told.programme, told.task, told.part, told.occurrence, unit, told.rung, told.as_)
        for told, unit in message.lines
    ]
    for each in message.said:
        lines += [Said(asked.programme, asked.event, "", "", "", "", "to") for asked in each.questions]
        lines += [Said(matter.programme, matter.subject, "", "", "", "", "to") for matter in each.matters]
    return lines


def over_cap(before: Run | None, after: Run) -> Iterator[OverCap]:
    """Yield the days on which a person's share is used up with an edit, and was not without it."""
    known = before.mailroom.put_off if before else {}
    for (on, person), waiting in sorted(after.mailroom.put_off.items()):
        if (on, person) not in known:
            yield OverCap(person, on, waiting)


class Telling(NamedTuple):
    """A letter that tells of an obligation: by which rung, when it leaves, and of which occurrence."""

    rung: str
    at: datetime
    occurrence: str


def first_told(messages: Iterable[SimulatedMessage]) -> dict[tuple[str, ObligationKey, date | None], Telling]:
    """Return the first letter by which each person hears of an obligation as due on a day; letters are in order of
    time."""
    found: dict[tuple[str, ObligationKey, date | None], Telling] = {}
    for message in messages:
        for look, entry, handed in message.parcels:
            told = (message.to, entry.key, look.followed.term.due)
            found.setdefault(told, _telling(message, look, entry, handed))
    return found


def told_passed(messages: Iterable[SimulatedMessage]) -> dict[tuple[str, Owed], Telling]:
    """Return the letter by which each person hears that others lead a task now."""
    found: dict[tuple[str, Owed], Telling] = {}
    for message in messages:
        for parcel in message.parcels:
            telling = _telling(message, *parcel)
            if telling.rung == "passed":
                found.setdefault((message.to, owed_of(parcel[1].key)), telling)
    return found


def _telling(message: SimulatedMessage, look: Look, entry: Entry, handed: Handed) -> Telling:
    return Telling(look.ready[handed.place].rung.id, message.at, entry.key.occurrence)


def _by_day(messages: Iterable[SimulatedMessage], policy: Policy) -> dict[tuple[date, str], list[SimulatedMessage]]:
    found: dict[tuple[date, str], list[SimulatedMessage]] = defaultdict(list)
    for message in messages:
        found[local_day(message.at, policy.zone), message.to].append(message)
    return found


def _of_day(person: str, old: list[SimulatedMessage], new: list[SimulatedMessage]) -> Iterator[Letter]:
    was, is_ = [said(message) for message in old], [said(message) for message in new]
    for nth in range(max(len(old), len(new))):
        if nth >= len(old):
            yield Letter("more", new[nth].at, person, gained=tuple(sorted(is_[nth])))
        elif nth >= len(new):
            yield Letter("fewer", old[nth].at, person, lost=tuple(sorted(was[nth])))
        else:
            gained, lost = set(is_[nth]) - set(was[nth]), set(was[nth]) - set(is_[nth])
            if gained or lost:
                yield Letter("other", new[nth].at, person, tuple(sorted(gained)), tuple(sorted(lost)))
