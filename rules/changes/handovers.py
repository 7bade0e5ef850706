"""Handovers: what passes to another standing office of a programme beside the obligations that are open: the weekly
statement, the reports that wait to be verified, the notices on their way."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from rules.changes.values import (
    Handover,
    Line,
    Reported,
)
from rules.message import SimulatedMessage
from rules.programme import Programme, Rulebook
from rules.resuming import Held


def handovers(
    before: Rulebook, after: Rulebook, held: Collection[Held], coming: Sequence[SimulatedMessage]
) -> Iterator[Handover]:
    """Yield the programmes with another standing office; `coming` are the letters with the edit, in order of time."""
    for id in sorted(before.programmes.keys() & after.programmes.keys()):
        was, is_ = before.programmes[id], after.programmes[id]
        if was.standing != is_.standing:
            of_it = [one for one in held if one.key.programme == id]
            statement = _first_statement(id, coming)
            yield Handover(
                id,
                is_.title,
                was.standing,
                is_.standing,
                is_.standing_source.spot,
                statement.at if statement else None,
                statement.matters if statement else 0,
                tuple(_reported(is_, of_it)),
                sum(_on_their_way(one) for one in of_it),
            )


class _Statement(NamedTuple):
    """When a statement leaves, and of how many matters it tells."""

    at: datetime
    matters: int


def _first_statement(programme: str, coming: Sequence[SimulatedMessage]) -> _Statement | None:
    for message in coming:
        matters = [one for said in message.said for one in said.matters if one.programme == programme]
        if matters:
            return _Statement(message.at, len(matters))
    return None


def _reported(programme: Programme, held: Collection[Held]) -> Iterator[Reported]:
    """Yield what is reported done: nobody has verified it yet. What the rules know no more is left out."""
    units: dict[Line, list[str]] = defaultdict(list)
    for one in held:
        if one.facts.done_at and not one.facts.withdrawn_at and one.key.task in programme.tasks:
            units[Line.of(one.key)].append(one.key.unit)
    for line in sorted(units):
        yield Reported(line, programme.tasks[line.task].title, tuple(sorted(units[line])))


def _on_their_way(held: Held) -> int:
    return sum(notice.state == "owed" and notice.slot.role == "standing" for notice in held.notices)
