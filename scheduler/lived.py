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


def lived_by(connection: Connection, *, until: datetime | None = None) -> dict[Part, tuple[Recast, ...]]:
    """Return, by part of a task, the deadlines lived by before, oldest first: all, or what was known at an instant."""
    found: dict[Part, tuple[Recast, ...]] = defaultdict(tuple)
    for one in recasts(connection, until=until):
        found[(one.programme, one.task, one.part)] += (Recast(lone_deadline(json.loads(one.deadline)), one.until_on),)
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


def _written(recast: Recast) -> str:
    # What writes a deadline knows all of an office's phrases, which takes long to import.
    from rules.phrases.forms import form

    return json.dumps(form(recast.deadline), ensure_ascii=False)
