"""Facts: all that is known of an obligation, put together for many at once, now or as of an instant."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import count
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from db import tables as t
from db.bulk import among, chunked
from db.facts.answers import answers_told
from db.facts.reports import RecordedReport, last_reports
from db.facts.silences import silences_for
from db.obligations import ObligationState, StoredObligation, Waking
from rules.obligation import Announcement, Facts, ObligationKey, Silence

_o, _c = t.obligation.c, t.change.c


class _Stored(NamedTuple):
    """What the table of obligations holds on one of them."""

    id: int
    key: ObligationKey
    state: ObligationState
    watched_from: datetime
    edition: int
    ended_at: datetime | None
    end_recorded_at: datetime | None = None


_Read = _Stored | Waking | StoredObligation


class _Found(NamedTuple):
    """What the tables hold on a chunk of obligations beside."""

    changes: Mapping[int, list[Row[*tuple[Any, ...]]]]
    answers: Mapping[int, list[Announcement]]
    silences: Mapping[ObligationKey, tuple[Silence, ...]]
    reports: Mapping[int, RecordedReport]


def facts_for(connection: Connection, ids: Iterable[int], *, until: datetime | None = None) -> dict[int, Facts]:
    """Return what is known of these obligations, by id, or what was known at `until`; five queries a chunk at most."""
    facts: dict[int, Facts] = {}
    for chunk in chunked(ids):
        stored = _stored(connection, chunk)
        found = _found(connection, stored, until)
        facts |= _all_now(stored, found) if until is None else {o.id: _then(o, found, until) for o in stored}
    return facts


def facts_of(connection: Connection, woken: Iterable[Waking | StoredObligation]) -> dict[int, Facts]:
    """Return what is known of obligations that were read just now, by id; three queries a chunk."""
    facts: dict[int, Facts] = {}
    for chunk in chunked(woken):
        facts |= _all_now(chunk, _found(connection, chunk, None))
    return facts


def _found(connection: Connection, stored: Sequence[_Read], until: datetime | None) -> _Found:
    ids = [o.id for o in stored]
    return _Found(
        changes=_changes(connection, ids, until),
        answers=answers_told(connection, ids, until=until),
        silences=silences_for(connection, (o.key for o in stored), until=until),
        reports={} if until is None else last_reports(connection, ids, until=until),
    )


def _stored(connection: Connection, ids: list[int]) -> list[_Stored]:
    columns = (
        _o.id,
        _o.state,
        _o.watched_from,
        _o.edition,
        _o.ended_at,
        _o.end_recorded_at,
        *(_o[name] for name in t.KEY),
    )
    rows = connection.execute(sa.select(*columns).where(among(connection, _o.id, ids))).all()
    return [
        _Stored(id_, ObligationKey(*key), state, since, edition, ended, found)
        for id_, state, since, edition, ended, found, *key in rows
    ]


def _changes(
    connection: Connection, ids: list[int], until: datetime | None
) -> Mapping[int, list[Row[*tuple[Any, ...]]]]:
    """Return the changes that bear on the facts, oldest first: all, or at present the announced ones only."""
    query: sa.Select[*tuple[Any, ...]] = sa.select(
        *(_c.obligation_id, _c.kind, _c.turn, _c.at, _c.announce, _c.watched_before, _c.due_before, _c.due_at_before),
        _reported_by(),
    )
    query = query.where(among(connection, _c.obligation_id, ids)).order_by(_c.id)
    if until is None:
        query = query.where(_c.announce)
    found: dict[int, list[Row[*tuple[Any, ...]]]] = defaultdict(list)
    for row in connection.execute(query):
        found[row.obligation_id].append(row)
    return found


def _reported_by() -> sa.Label[str | None]:
    """Return who gave the report that a change notes, nobody where it notes none."""
    r = t.report.c
    given = (r.obligation_id == _c.obligation_id, r.recorded_at == _c.at, r.kind == "done", _c.kind == "done")
    found = sa.select(sa.func.max(r.recorded_by)).where(*given).correlate(t.change)
    return found.scalar_subquery().label("reported_by")


def _all_now(stored: Sequence[_Read], found: _Found) -> dict[int, Facts]:
    """Return the present facts by id; obligations to which the same happened, and only that, share theirs."""
    facts: dict[int, Facts] = {}
    alike: dict[tuple[object, ...], Facts] = {}
    for o in stored:
        if o.id in found.changes or o.id in found.answers or o.key in found.silences:
            facts[o.id] = _now(o, found)
            continue
        happened = (o.watched_from, o.edition, o.state, o.ended_at)
        known = alike.get(happened)
        if known is None:
            known = alike[happened] = _now(o, found)
        facts[o.id] = known
    return facts


def _now(stored: _Read, found: _Found) -> Facts:
    changes, answers = found.changes.get(stored.id, ()), found.answers.get(stored.id, ())
    return Facts(
        watched_from=stored.watched_from,
        edition=stored.edition,
        done_at=stored.ended_at if stored.state == "done" else None,
        withdrawn_at=stored.ended_at if stored.state == "withdrawn" else None,
        closed_at=stored.ended_at if stored.state == "closed" else None,
        silences=found.silences.get(stored.key, ()) if found.silences else (),
        announcements=(*_announced(changes), *answers),
    )


def _announced(changes: Iterable[Row[*tuple[Any, ...]]]) -> Iterator[Announcement]:
    """Yield what is told of these changes; turns count what is told. That it was withdrawn is told where others lead it
    now, that it is open again as that it is new."""
    passed, new = count(), count()
    for one in changes:
        if one.kind == "withdrawn":
            yield Announcement("passed", one.at, next(passed))
        elif one.kind in ("new", "reopened"):
            yield Announcement("new", one.at, next(new))
        else:
            was = {"due_before": one.due_before, "due_at_before": one.due_at_before}
            yield Announcement(one.kind, one.at, one.turn, **was, by=one.reported_by or "")


def _then(stored: _Stored, found: _Found, until: datetime) -> Facts:
    """Return the facts as they stood at `until`, by undoing the changes that came later."""
    changes, report = found.changes.get(stored.id, []), found.reports.get(stored.id)
    known = [c for c in changes if c.at <= until]
    undone = [c.watched_before for c in changes if c.at > until and c.watched_before is not None]
    presence = [c for c in known if c.kind in ("withdrawn", "reopened")]
    # Only a pass closes: what it found out after `until` was not known then, however long before it fell due.
    closed_at = stored.ended_at if stored.state == "closed" else None
    found_at = stored.end_recorded_at or closed_at
    return Facts(
        watched_from=undone[0] if undone else stored.watched_from,
        edition=max((c.turn for c in known if c.kind == "moved"), default=0),
        done_at=report.recorded_at if report is not None and report.kind == "done" else None,
        withdrawn_at=presence[-1].at if presence and presence[-1].kind == "withdrawn" else None,
        closed_at=closed_at if found_at is not None and found_at <= until else None,
        silences=found.silences.get(stored.key, ()),
        announcements=(
            *_announced(c for c in known if c.announce),
            *found.answers.get(stored.id, ()),
        ),
    )
