"""Lived by: the deadlines that tasks were lived by before a recurrence was edited, stored and read again, so that a
rulebook in force knows what came before it."""

import json
from collections import defaultdict
from dataclasses import replace
from datetime import datetime

from sqlalchemy.engine import Connection

from db.recasts import StoredRecast, recasts, record_recasts
from rules.load.lone import lone_deadline
from rules.programme import Recast, Rulebook
from rules.succession import Part, recast_since

_DEADLINE, _STATED = "deadline", "stated"
"""Under these a deadline is kept for which its document has words; no form of a deadline has them."""


def lived_by(connection: Connection, *, until: datetime | None = None) -> dict[Part, tuple[Recast, ...]]:
    """Return, by part of a task, the deadlines lived by before, oldest first: all, or what was known at an instant."""
    found: dict[Part, tuple[Recast, ...]] = defaultdict(tuple)
    for one in recasts(connection, until=until):
        found[(one.programme, one.task, one.part)] += (_read(one),)
    return dict(found)


def with_lived(connection: Connection, rulebook: Rulebook, *, until: datetime | None = None) -> Rulebook:
    """Return the rulebook with what came before it."""
    lived = lived_by(connection, until=until)
    return replace(rulebook, recast=lived) if lived else rulebook


def note_lived(connection: Connection, rulebook: Rulebook, *, revision: int, now: datetime) -> None:
    """Store what the rulebook knows to have been lived by beyond what is stored already."""
    new = recast_since(lived_by(connection), rulebook)
    rows = [StoredRecast(*place, one.until_on, _written(one)) for place, one in new]
    record_recasts(connection, rows, revision=revision, now=now)


def _read(stored: StoredRecast) -> Recast:
    written = json.loads(stored.deadline)
    if isinstance(written, dict) and _DEADLINE in written:
        return Recast(lone_deadline(written[_DEADLINE]), stored.until_on, written[_STATED])
    return Recast(lone_deadline(written), stored.until_on)


def _written(recast: Recast) -> str:
    # What writes a deadline knows all of an office's phrases, which takes long to import.
    from rules.phrases.forms import form

    written = form(recast.deadline)
    if recast.stated is not None:
        return json.dumps({_DEADLINE: written, _STATED: recast.stated}, ensure_ascii=False)
    return json.dumps(written, ensure_ascii=False)
