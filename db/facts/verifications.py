"""What the standing office says of reports, and what is still waiting for it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db import tables as t
from db.bulk import among, chunked
from db.facts.known import known_by
from db.facts.remarks import Via
from db.facts.reports import RecordedReport, record_report
from db.obligations import set_wake
from db.tables.base import equals
from rules.status import Answered

Verdict = Literal["accepted", "returned"]

_v, _r, _o, _m = t.verification.c, t.report.c, t.obligation.c, t.remark.c


@dataclass(frozen=True, slots=True)
class Verification:
    """The verdict on one report."""

    id: int
    report_id: int
    verdict: Verdict
    reason: str | None
    document: str | None
    recorded_at: datetime
    recorded_by: str
    via: Via


class NothingToVerify(Exception):
    """The obligation has no report that waits for a verdict: none was made, or it has one already."""


def verify(
    connection: Connection,
    report: RecordedReport,
    *,
    verdict: Verdict,
    recorded_by: str,
    recorded_at: datetime,
    via: Via,
    reason: str | None = None,
    document: str | None = None,
) -> int:
    """Record the verdict on a report that says something is done, and return its id; IntegrityError when it has one.

    One that is returned opens the obligation again: its reminders go on.
    """
    values = {
        "report_id": report.id,
        "verdict": verdict,
        "reason": reason,
        "document": document,
        "recorded_at": recorded_at,
        "recorded_by": recorded_by,
        "via": via,
    }
    id_ = connection.execute(sa.insert(t.verification).values(values).returning(_v.id)).scalar_one()
    if verdict == "returned":
        record_report(
            connection,
            report.obligation_id,
            kind="reopened",
            said_on=report.said_on,
            unit=report.unit,
            recorded_by=recorded_by,
            recorded_at=recorded_at,
            note=reason,
            via=via,
        )
    set_wake(connection, [(report.obligation_id, recorded_at)])
    return int(id_)


def verdicts(
    connection: Connection, ids: Iterable[int], *, until: datetime | None = None
) -> dict[int, list[Verification]]:
    """Return the verdicts on the reports of these obligations in the order of recording, by obligation id."""
    found: dict[int, list[Verification]] = {}
    for chunk in chunked(ids):
        query = sa.select(_r.obligation_id, t.verification).join(t.report, _r.id == _v.report_id)
        query = query.where(among(connection, _r.obligation_id, chunk), *known_by(_v.recorded_at, until))
        for of, *row in connection.execute(query.order_by(_v.id)):
            found.setdefault(of, []).append(Verification(*row))
    return found


def awaiting(connection: Connection, programmes: Iterable[str] | None = None) -> list[RecordedReport]:
    """Return the reports that nobody has verified yet, the oldest first; of some programmes or of all."""
    last = sa.select(sa.func.max(_r.id)).where(_r.kind == "done").group_by(_r.obligation_id)
    query = sa.select(t.report).join(t.obligation, _o.id == _r.obligation_id)
    query = query.outerjoin(t.verification, _v.report_id == _r.id)
    query = query.where(equals(_o.state, "done"), _r.id.in_(last), _v.id.is_(None))
    if programmes is not None:
        query = query.where(_o.programme.in_(tuple(programmes)))
    return [RecordedReport(*row) for row in connection.execute(query.order_by(_r.id))]


def answered(
    connection: Connection,
    last: Mapping[int, RecordedReport],
    ids: Iterable[int],
    *,
    until: datetime | None = None,
) -> dict[int, Answered]:
    """Return what was said of these obligations as the axes need it, by id, for those of which anything was said.
    `last` is the last report on each of them."""
    said: dict[int, Answered] = {}
    for chunk in chunked(ids):
        begun = _begun(connection, chunk, until)
        verdict = _last_verdicts(connection, [id_ for id_ in chunk if id_ in last], until)
        for id_ in {*begun, *(id_ for id_ in chunk if id_ in last)}:
            report = last.get(id_)
            said[id_] = Answered(
                done_on=report.said_on if report is not None and report.kind == "done" else None,
                verdict=verdict.get(id_, ""),
                has_begun=id_ in begun,
                percent=begun.get(id_),
            )
    return said


def _begun(connection: Connection, ids: list[int], until: datetime | None) -> dict[int, int | None]:
    """Return how far each of these is that was said to be under way."""
    where = (among(connection, _m.obligation_id, ids), _m.kind == "progress", *known_by(_m.recorded_at, until))
    last = sa.select(sa.func.max(_m.id)).where(*where).group_by(_m.obligation_id)
    query = sa.select(_m.obligation_id, _m.percent).where(_m.id.in_(last))
    return {row.obligation_id: row.percent for row in connection.execute(query)}


def _last_verdicts(connection: Connection, ids: list[int], until: datetime | None) -> dict[int, Verdict]:
    """Return, for each of these, the verdict on the last report that said it was done, if it has one."""
    if not ids:
        return {}
    done = (among(connection, _r.obligation_id, ids), _r.kind == "done", *known_by(_r.recorded_at, until))
    last = sa.select(sa.func.max(_r.id)).where(*done).group_by(_r.obligation_id)
    query = sa.select(_r.obligation_id, _v.verdict).join(t.report, _r.id == _v.report_id)
    query = query.where(_r.id.in_(last), *known_by(_v.recorded_at, until))
    return {row.obligation_id: row.verdict for row in connection.execute(query)}
