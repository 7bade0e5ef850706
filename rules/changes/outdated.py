"""Outdated: notices already sent whose day is not the day any more after an edit, and the letters that will say so."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from rules.changes.letters import first_told, told_passed
from rules.changes.mails import Outdated
from rules.changes.obligations import Told
from rules.changes.values import Line
from rules.decide import end_of
from rules.message import SimulatedMessage
from rules.obligation import Notice, ObligationKey
from rules.passing import owed_of
from rules.resuming import Held


class _Otherwise(NamedTuple):
    """What becomes of an obligation: it ends, and `instead` begins in its place, or others owe it then (`passes`); or
    its due day is another one."""

    title: str
    told: date | None
    due: date | None
    ends: bool
    instead: tuple[Line, date | None] | None = None
    passes: bool = False


def outdated(held: Iterable[Held], told: Told, coming: Iterable[SimulatedMessage], until: date) -> Iterator[Outdated]:
    """Yield the notices sent about what moves or ends by the day `until`, of each person and obligation the last one.

    `coming` are the letters with the edit: the first that tells the person the new day corrects it, whichever it is.
    """
    otherwise = _otherwise(told, until)
    coming = list(coming)
    corrections, passed = first_told(coming), told_passed(coming)
    for one in held:
        becomes = otherwise.get(one.key)
        if becomes is None or end_of(one.facts) is not None:
            continue
        for person, notice in sorted(_last_sent(one).items()):
            if becomes.passes:
                correction = passed.get((person, owed_of(one.key)))
            else:
                correction = corrections.get((person, *_shown(one.key, becomes)))
            is_other = correction is not None and correction.occurrence != one.key.occurrence
            assert notice.settled_at is not None
            yield Outdated(
                person,
                one.key,
                becomes.title,
                notice.slot.rung,
                notice.settled_at,
                becomes.told,
                becomes.due,
                becomes.ends,
                correction.at if correction else None,
                correction.rung if correction else None,
                correction.occurrence if correction and (is_other or becomes.instead) else None,
            )


def _otherwise(told: Told, until: date) -> dict[ObligationKey, _Otherwise]:
    found: dict[ObligationKey, _Otherwise] = {}
    # What moves at once is written over what moves on a day to come: it is told first.
    for move in sorted(told.moves, key=lambda move: move.from_on or date.min, reverse=True):
        if move.before.due != move.after.due and (move.from_on is None or move.from_on <= until):
            becomes = _Otherwise(move.title, move.before.due, move.after.due, ends=False)
            found |= dict.fromkeys(_keys(move.line, move.units), becomes)
    for end in told.ending:
        for unit in end.units:
            instead = _instead(end.line, unit, told)
            becomes = _Otherwise(end.title, end.days.due, None, ends=True, instead=instead)
            found |= dict.fromkeys(_keys(end.line, [unit]), becomes)
    for passing in told.passing:
        if passing.kind == "lead":
            becomes = _Otherwise(passing.title, passing.days.due, None, ends=True, passes=True)
            found |= dict.fromkeys(_keys(passing.line, passing.before), becomes)
    return found


def _instead(ended: Line, unit: str, told: Told) -> tuple[Line, date | None] | None:
    """Return the first that begins for a unit in place of what ends of the same part, with its due day."""
    begun = [(one.line, one.days.due) for one in told.appearing if one.line[:3] == ended[:3] and unit in one.units]
    return min(begun, key=lambda one: one[1] or date.max, default=None)


def _shown(key: ObligationKey, becomes: _Otherwise) -> tuple[ObligationKey, date | None]:
    """Return the obligation, and its due day, that a letter shows which corrects what was told of one."""
    if becomes.instead is None:
        return key, becomes.due
    line, due = becomes.instead
    return key._replace(occurrence=line.occurrence), due


def _keys(line: Line, units: Iterable[str]) -> Iterator[ObligationKey]:
    return (ObligationKey(line.programme, line.task, line.part, unit, line.occurrence) for unit in units)


def _last_sent(held: Held) -> dict[str, Notice]:
    """Return the last notice each person was sent under the present deadline."""
    found: dict[str, Notice] = {}
    for notice in held.notices:
        if notice.state != "sent" or notice.person is None or notice.slot.edition != held.facts.edition:
            continue
        known = found.get(notice.person)
        if known is None or (known.settled_at and notice.settled_at and notice.settled_at > known.settled_at):
            found[notice.person] = notice
    return found
