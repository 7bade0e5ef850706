"""Facts: all that is known of an obligation, put together for many at once, now or as of an instant."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from db import tables as t
from db.bulk import chunked
from db.facts.reports import RecordedReport, last_reports
from db.facts.silences import silences_for
from rules.obligation import Announcement, Facts, ObligationKey, Silence

_o, _c = t.obligation.c, t.change.c


class _Found(NamedTuple):
    """What the tables hold on a chunk of obligations."""

    changes: Mapping[int, list[Row[*tuple[Any, ...]]]]
    silences: Mapping[ObligationKey, tuple[Silence, ...]]
    reports: Mapping[int, RecordedReport]
    until: datetime | None


def facts_for(connection: Connection, ids: Iterable[int], *, until: datetime | None = None) -> dict[int, Facts]:
    """Return what is known of these obligations, by id, or what was known at `until`; four queries a chunk at most."""
    found: dict[int, Facts] = {}
    for chunk in chunked(ids):
        columns = (*(_o[name] for name in t.KEY), _o.id, _o.state, _o.watched_from, _o.edition, _o.ended_at)
        rows = connection.execute(sa.select(*columns).where(_o.id.in_(chunk))).all()
        held = _Found(
            changes=_changes(connection, chunk, until),
            silences=silences_for(connection, (_key(row) for row in rows), until=until),
            reports={} if until is None else last_reports(connection, chunk, until=until),
            until=until,
        )
        found |= {row.id: _facts(row, held) for row in rows}
    return found


def _changes(
    connection: Connection, ids: list[int], until: datetime | None
) -> Mapping[int, list[Row[*tuple[Any, ...]]]]:
    """Return the changes that bear on the facts, oldest first: all, or at present the announced ones only."""
    query: sa.Select[*tuple[Any, ...]] = sa.select(
        _c.obligation_id, _c.kind, _c.turn, _c.at, _c.announce, _c.watched_before
    )
    query = query.where(_c.obligation_id.in_(ids)).order_by(_c.id)
    if until is None:
        query = query.where(_c.announce)
    found: dict[int, list[Row[*tuple[Any, ...]]]] = defaultdict(list)
    for row in connection.execute(query):
        found[row.obligation_id].append(row)
    return found


def _facts(row: Row[*tuple[Any, ...]], held: _Found) -> Facts:
    changes = held.changes.get(row.id, [])
    silences = held.silences.get(_key(row), ()) if held.silences else ()
    if held.until is None:
        return Facts(
            watched_from=row.watched_from,
            edition=row.edition,
            done_at=row.ended_at if row.state == "done" else None,
            withdrawn_at=row.ended_at if row.state == "withdrawn" else None,
            closed_at=row.ended_at if row.state == "closed" else None,
            silences=silences,
            announcements=tuple(Announcement(c.kind, c.at, c.turn) for c in changes),
        )
    return _facts_then(row, changes, held.reports.get(row.id), silences, until=held.until)


def _facts_then(
    row: Row[*tuple[Any, ...]],
    changes: list[Row[*tuple[Any, ...]]],
    report: RecordedReport | None,
    silences: tuple[Silence, ...],
    *,
    until: datetime,
) -> Facts:
    """Return the facts as they stood at `until`, by undoing the changes that came later."""
    known = [c for c in changes if c.at <= until]
    undone = [c.watched_before for c in changes if c.at > until and c.watched_before is not None]
    presence = [c for c in known if c.kind in ("withdrawn", "reopened")]
    return Facts(
        watched_from=undone[0] if undone else row.watched_from,
        edition=max((c.turn for c in known if c.kind == "moved"), default=0),
        done_at=report.recorded_at if report is not None and report.kind == "done" else None,
        withdrawn_at=presence[-1].at if presence and presence[-1].kind == "withdrawn" else None,
        closed_at=row.ended_at if row.state == "closed" and row.ended_at <= until else None,
        silences=silences,
        announcements=tuple(Announcement(c.kind, c.at, c.turn) for c in known if c.announce),
    )


def _key(row: Row[*tuple[Any, ...]]) -> ObligationKey:
    return ObligationKey(row.programme, row.task, row.part, row.unit, row.occurrence)
