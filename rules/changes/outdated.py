"""Outdated: notices already sent whose day is not the day any more after an edit, and the letters that will say so."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from rules.changes.letters import first_told
from rules.changes.obligations import Told
from rules.changes.values import Line, Outdated
from rules.decide import end_of
from rules.message import SimulatedMessage
from rules.obligation import Notice, ObligationKey
from rules.resuming import Held


class _Otherwise(NamedTuple):
    """What becomes of an obligation: it ends, or its due day is another one."""

    title: str
    told: date | None
    due: date | None
    ends: bool


def outdated(held: Iterable[Held], told: Told, coming: Iterable[SimulatedMessage]) -> Iterator[Outdated]:
    """Yield the notices sent about what moves or ends, of each person and obligation the last one.

    `coming` are the letters with the edit: the first that tells the person of the move corrects it.
    """
    otherwise = _otherwise(told)
    corrections = first_told(coming, "moved")
    for one in held:
        becomes = otherwise.get(one.key)
        if becomes is None or end_of(one.facts) is not None:
            continue
        for person, notice in sorted(_last_sent(one).items()):
            corrected = None if becomes.ends else corrections.get((person, one.key))
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
                corrected,
            )


def _otherwise(told: Told) -> dict[ObligationKey, _Otherwise]:
    found: dict[ObligationKey, _Otherwise] = {}
    for move in told.moves:
        if move.from_on is None and move.before.due != move.after.due:
            becomes = _Otherwise(move.title, move.before.due, move.after.due, ends=False)
            found |= dict.fromkeys(_keys(move.line, move.units), becomes)
    for end in told.ending:
        found |= dict.fromkeys(_keys(end.line, end.units), _Otherwise(end.title, end.days.due, None, ends=True))
    for passing in told.passing:
        if passing.kind == "lead":
            becomes = _Otherwise(passing.title, passing.days.due, None, ends=True)
            found |= dict.fromkeys(_keys(passing.line, passing.before), becomes)
    return found


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
