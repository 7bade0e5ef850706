"""What units report of their obligations, and how that opens and ends them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db import tables as t
from db.bulk import among, chunked
from db.facts.extensions import take_back_request
from db.facts.known import known_by
from rules.backdated import days_backdated
from rules.obligation import ObligationKey

ReportKind = Literal["done", "reopened"]


@dataclass(frozen=True, slots=True)
class RecordedReport:
    """What a unit said of an obligation. `said_on` is the day it names, not the day it was recorded."""

    id: int
    obligation_id: int
    kind: ReportKind
    said_on: date
    recorded_at: datetime
    recorded_by: str
    unit: str
    note: str | None
    evidence: str | None
    due_on: date | None = None
    """The day the obligation was due when this was recorded, and the instant it was late from."""
    late_at: datetime | None = None
    document: str | None = None
    """Number and date of the document that is the product."""
    via: str | None = None

    def days_backdated(self, zone: ZoneInfo) -> int:
        """Return how many days after the day it names it was made, where that day makes late work count as in time;
        else 0; days are local to `zone`."""
        return days_backdated(self.said_on, self.recorded_at, self.late_at, zone) if self.kind == "done" else 0


def record_report(
    connection: Connection,
    obligation_id: int,
    *,
    kind: ReportKind,
    said_on: date,
    unit: str,
    recorded_by: str,
    recorded_at: datetime,
    note: str | None = None,
    evidence: str | None = None,
    document: str | None = None,
    via: str | None = None,
    announce: bool = False,
    is_late: bool | None = None,
) -> int:
    """Record what a unit says and return the id of the report; IntegrityError when there is no such obligation.

    `done` ends an obligation that is open, `reopened` opens one that is done; any other state stays as it is.
    A request for an extension that waits is taken back by what is done.
    `announce`: those who coordinate are told that it is done. `is_late`: whether that day is too late by the deadline
    in force on it; where the caller does not know, by the one stored.
    """
    values = {
        "obligation_id": obligation_id,
        "kind": kind,
        "said_on": said_on,
        "recorded_at": recorded_at,
        "recorded_by": recorded_by,
        "unit": unit,
        "note": note,
        "evidence": evidence,
        "document": document,
        "via": via,
        **{name: _stored(name, obligation_id) for name in ("due_on", "late_at")},
    }
    id_ = connection.execute(sa.insert(t.report).values(values).returning(t.report.c.id)).scalar_one()
    if _change_state(connection, obligation_id, kind, recorded_at):
        _note_change(connection, obligation_id, kind, recorded_at, announce=announce and kind == "done")
    _keep(connection, obligation_id, kind, recorded_at, is_late)
    if kind == "done":
        take_back_request(connection, obligation_id, at=recorded_at, by=recorded_by, via=via or "cli")
    return int(id_)


def reports(connection: Connection, obligation_id: int, *, until: datetime | None = None) -> list[RecordedReport]:
    """Return the reports on an obligation in the order of recording."""
    r = t.report.c
    query = sa.select(t.report).where(r.obligation_id == obligation_id, *known_by(r.recorded_at, until))
    return [RecordedReport(*row) for row in connection.execute(query.order_by(r.id))]


def last_reports(
    connection: Connection, ids: Iterable[int], *, until: datetime | None = None
) -> dict[int, RecordedReport]:
    """Return the last report on each obligation that has one, by obligation id."""
    r = t.report.c
    found: dict[int, RecordedReport] = {}
    for chunk in chunked(ids):
        last = sa.select(sa.func.max(r.id)).where(
            among(connection, r.obligation_id, chunk), *known_by(r.recorded_at, until)
        )
        query = sa.select(t.report).where(r.id.in_(last.group_by(r.obligation_id)))
        found |= {row.obligation_id: RecordedReport(*row) for row in connection.execute(query)}
    return found


def done_on(connection: Connection, ids: Iterable[int], *, until: datetime | None = None) -> dict[int, date]:
    """Return the day each obligation was done, as reported, for those whose last report says that it is."""
    last = last_reports(connection, ids, until=until)
    return {id_: report.said_on for id_, report in last.items() if report.kind == "done"}


def tasks_done(
    connection: Connection, programme: str, *, until: datetime | None = None
) -> dict[ObligationKey, RecordedReport]:
    """Return the obligations of a programme that are done, each with the report that says so."""
    o, r = t.obligation.c, t.report.c
    last = sa.select(sa.func.max(r.id)).join(t.obligation, o.id == r.obligation_id)
    last = last.where(o.programme == programme, *known_by(r.recorded_at, until)).group_by(r.obligation_id)
    query = sa.select(*(o[name] for name in t.KEY), t.report).join(t.obligation, o.id == r.obligation_id)
    rows = connection.execute(query.where(r.id.in_(last), r.kind == "done"))
    return {ObligationKey(*row[: len(t.KEY)]): RecordedReport(*row[len(t.KEY) :]) for row in rows}


def reports_since(connection: Connection, since: datetime) -> list[ObligationKey]:
    """Return the obligations that were reported on after that instant, once for each report."""
    o, r = t.obligation.c, t.report.c
    query = sa.select(*(o[name] for name in t.KEY)).join(t.report, r.obligation_id == o.id)
    return [ObligationKey(*row) for row in connection.execute(query.where(r.recorded_at > since).order_by(r.id))]


def recording_instants(connection: Connection, tasks: Collection[str]) -> list[datetime]:
    """Return, in order, the instants after which events may be known to have happened on other days: when one was
    recorded or taken back, or something reported of these tasks."""
    r, o, e = t.report.c, t.obligation.c, t.event_record.c
    said = sa.select(r.recorded_at).join(t.obligation, o.id == r.obligation_id).where(o.task.in_(tasks))
    found = {at for (at,) in connection.execute(sa.select(e.recorded_at))}
    return sorted(found | {at for (at,) in connection.execute(said)} if tasks else found)


def _stored(column: str, obligation_id: int) -> sa.ScalarSelect[Any]:
    o = t.obligation.c
    return sa.select(o[column]).where(o.id == obligation_id).scalar_subquery()


def _change_state(connection: Connection, obligation_id: int, kind: ReportKind, at: datetime) -> bool:
    o = t.obligation.c
    before = "open" if kind == "done" else "done"
    statement = sa.update(t.obligation).where(o.id == obligation_id, o.state == before)
    # One that is done gets a last look too: what was still to be sent is settled, and the end announced.
    values = {"state": kind if kind == "done" else "open", "ended_at": at if kind == "done" else None}
    return connection.execute(statement.values(values | {"wake_at": at})).rowcount > 0


def _keep(
    connection: Connection, obligation_id: int, kind: ReportKind, recorded_at: datetime, is_late: bool | None
) -> None:
    """Keep with the obligation what the report says of it, for those who count many."""
    o = t.obligation.c
    by_stored = sa.and_(o.late_at.is_not(None), o.late_at < recorded_at)
    kept: dict[str, Any] = {"was_late": None}
    if kind == "done":
        kept = {"was_late": by_stored if is_late is None else is_late, "verdict": None}
    connection.execute(sa.update(t.obligation).where(o.id == obligation_id).values(kept))


def _note_change(connection: Connection, obligation_id: int, kind: str, at: datetime, *, announce: bool) -> None:
    c = t.change.c
    turn = sa.select(sa.func.count()).where(c.obligation_id == obligation_id, c.kind == kind)
    values = {
        "obligation_id": obligation_id,
        "kind": kind,
        "turn": turn.scalar_subquery(),
        "at": at,
        "announce": announce,
    }
    connection.execute(sa.insert(t.change).values(values))
