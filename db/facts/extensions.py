"""Requests for a later deadline, and what became of each: granted, refused, withdrawn. A request is decided once."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from db import tables as t
from db.bulk import among, chunked
from db.facts.known import known_by
from db.facts.said import Said
from db.obligations import IS_OPEN, set_wake
from rules.extended import Extended
from rules.extensions import Refused
from rules.obligation import ObligationKey
from rules.requests import Decided, Decider, Request, Verdict

_x, _d, _o = t.extension.c, t.extension_decision.c, t.obligation.c
DONE_MEANWHILE = "đã báo cáo hoàn thành"
"""Why a request is taken back by the report that makes it needless."""
_BOTH = t.extension.outerjoin(t.extension_decision, _d.extension_id == _x.id)


class NotExtended(Exception):
    """A rule does not let a request be made, or be decided so: `refused` says which and why. Nothing was recorded."""

    def __init__(self, refused: Refused) -> None:
        super().__init__(refused.words.en)
        self.refused = refused


def ask_extension(
    connection: Connection,
    obligation_id: int,
    said: Said,
    *,
    unit: str,
    due_before: date,
    due_wanted: date,
    number: int,
    is_exception: bool,
    goes_to: Decider,
) -> int:
    """Record a request, its reason the note of what is `said`, and return its id; who decides it is told in the next
    pass. IntegrityError when there is no such obligation, or another request of that number was made meanwhile.
    """
    values = {
        "obligation_id": obligation_id,
        "unit": unit,
        "due_before": due_before,
        "due_wanted": due_wanted,
        "reason": said.note or "",
        "is_exception": is_exception,
        "number": number,
        "goes_to": goes_to,
        "recorded_at": said.at,
        "recorded_by": said.by,
        "via": said.via,
    }
    id_ = int(connection.execute(sa.insert(t.extension).values(values).returning(_x.id)).scalar_one())
    set_wake(connection, [(obligation_id, said.at)])
    return id_


def decide_extension(
    connection: Connection,
    request: Request,
    verdict: Verdict,
    said: Said,
    *,
    due_granted: date | None = None,
    due_by_rules: date | None = None,
    due_before: date | None = None,
    document: str | None = None,
) -> None:
    """Record what becomes of a request; IntegrityError when it was decided before. A grant needs the three days and the
    document."""
    values = {
        "extension_id": request.id,
        "verdict": verdict,
        "due_granted": due_granted,
        "due_by_rules": due_by_rules,
        "due_before": due_before,
        "document": document,
        "reason": said.note,
        "recorded_at": said.at,
        "recorded_by": said.by,
        "via": said.via,
    }
    connection.execute(sa.insert(t.extension_decision).values(values))
    set_wake(connection, [(request.obligation_id, said.at)])


def take_back_request(connection: Connection, obligation_id: int, *, at: datetime, by: str, via: str) -> None:
    """Take back the request that waits for its decision, if one does: the task was reported done, more time is
    needless."""
    values = {
        "extension_id": _x.id,
        "verdict": sa.literal("withdrawn"),
        "reason": sa.literal(DONE_MEANWHILE),
        "recorded_at": sa.literal(at, type_=_d.recorded_at.type),
        "recorded_by": sa.literal(by),
        "via": sa.literal(via),
    }
    waiting = sa.select(*values.values()).select_from(_BOTH)
    waiting = waiting.where(_x.obligation_id == obligation_id, _d.extension_id.is_(None))
    connection.execute(sa.insert(t.extension_decision).from_select(list(values), waiting))


def requests_of(
    connection: Connection, ids: Iterable[int], *, until: datetime | None = None
) -> dict[int, list[Request]]:
    """Return the requests for these obligations in the order of asking, by obligation id, as known at `until`."""
    found: dict[int, list[Request]] = {}
    for chunk in chunked(ids):
        query = _requests().where(among(connection, _x.obligation_id, chunk), *known_by(_x.recorded_at, until))
        for row in connection.execute(query.order_by(_x.id)):
            found.setdefault(row.obligation_id, []).append(_request(row, until))
    return found


def request_numbered(connection: Connection, id_: int) -> Request | None:
    """Return one request, None when there is none of that number."""
    row = connection.execute(_requests().where(_x.id == id_)).one_or_none()
    return _request(row, None) if row is not None else None


def open_requests(connection: Connection, programmes: Iterable[str] | None = None) -> list[Request]:
    """Return the requests that wait for their decision, the oldest first; of some programmes or of all. Of what has
    ended none waits."""
    query = _requests().join(t.obligation, _o.id == _x.obligation_id).where(_d.extension_id.is_(None), IS_OPEN)
    if programmes is not None:
        query = query.where(_o.programme.in_(tuple(programmes)))
    return [_request(row, None) for row in connection.execute(query.order_by(_x.id))]


def refused_between(connection: Connection, since: datetime, until: datetime) -> list[Request]:
    """Return the requests that were refused after `since` and up to `until`, in the order of asking."""
    query = _requests().where(_d.verdict == "refused", _d.recorded_at > since, _d.recorded_at <= until)
    return [_request(row, until) for row in connection.execute(query.order_by(_x.id))]


def granted_extensions(
    connection: Connection, *, until: datetime | None = None
) -> dict[ObligationKey, tuple[Extended, ...]]:
    """Return the extensions that were granted, by obligation, in the order of granting; as known at `until`."""
    found: dict[ObligationKey, tuple[Extended, ...]] = {}
    rows = connection.execute(_granted(is_past=until is not None), {"until": until})
    for at, by_rules, before, due, document, reason, *of in rows:
        one = Extended(at, by_rules, before, due, document, reason)
        found[ObligationKey(*of)] = (*found.get(ObligationKey(*of), ()), one)
    return found


@cache
def _granted(*, is_past: bool) -> sa.Select[*tuple[Any, ...]]:
    """Return the query for what was granted, by `until` or by now: made once."""
    until: sa.BindParameter[datetime] | None = sa.bindparam("until") if is_past else None
    columns = (_d.recorded_at, _d.due_by_rules, _d.due_before, _d.due_granted, _d.document, _x.reason)
    query = sa.select(*columns, *(_o[name] for name in t.KEY))
    query = query.join_from(t.extension_decision, t.extension, _d.extension_id == _x.id)
    query = query.join(t.obligation, _o.id == _x.obligation_id)
    return query.where(_d.verdict == "granted", *known_by(_d.recorded_at, until)).order_by(_d.recorded_at, _x.id)


def granting_instants(connection: Connection) -> list[datetime]:
    """Return when extensions were granted, in order."""
    query = sa.select(_d.recorded_at).where(_d.verdict == "granted").order_by(_d.recorded_at)
    return list(connection.execute(query).scalars())


@cache
def _requests() -> sa.Select[tuple[object, ...]]:
    decided = (
        _d.verdict,
        _d.due_granted,
        _d.document,
        _d.reason.label("answer"),
        _d.recorded_at.label("decided_at"),
        _d.recorded_by.label("decided_by"),
    )
    return sa.select(t.extension, *decided).select_from(_BOTH)


def _request(row: Row[tuple[object, ...]], until: datetime | None) -> Request:
    decided = None
    if row.verdict is not None and (until is None or row.decided_at <= until):
        decided = Decided(row.verdict, row.decided_at, row.decided_by, row.due_granted, row.document, row.answer)
    return Request(
        id=row.id,
        obligation_id=row.obligation_id,
        number=row.number,
        unit=row.unit,
        due_before=row.due_before,
        due_wanted=row.due_wanted,
        reason=row.reason,
        is_exception=row.is_exception,
        goes_to=row.goes_to,
        at=row.recorded_at,
        by=row.recorded_by,
        decided=decided,
    )
