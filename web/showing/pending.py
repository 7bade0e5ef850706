"""Pending: what waits for whoever looks: requests for extensions to decide, and what units told, to be seen to."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy.engine import Connection

from db.facts import NotExtended, Remark, RemarkKind, awaiting, open_requests, unresolved
from db.facts.extension_cases import Case, case
from db.obligations import StoredObligation, by_ids
from rules.access import Subject
from rules.requests import Request
from rules.wording import Wording
from web.answers.about import may_decide
from web.visit import Visit

TOLD: Mapping[RemarkKind, Wording] = {
    "difficulty": Wording("Khó khăn, vướng mắc", "Difficulty"),
    "not_ours": Wording("Không thuộc trách nhiệm", "Not theirs"),
    "focal": Wording("Đổi đầu mối", "Another focal point"),
}


@dataclass(frozen=True, slots=True)
class Duty:
    """Something to be seen to: how many there are, and where."""

    tone: str
    name: Wording
    count: int
    path: str


class Wish(NamedTuple):
    """A request for an extension that waits, with the obligation it is for."""

    request: Request
    stored: StoredObligation
    case: Case


def duties(visit: Visit, connection: Connection, programmes: Collection[str]) -> list[Duty]:
    """Return what waits for a standing office beside the reports of tasks, of these programmes, in numbers; what is
    nothing is left out."""
    values = sum(one.kind == "indicator" for one in _awaiting(connection, programmes))
    wishes = sum(one.stored.key.programme in programmes for one in wished(visit, connection))
    kinds = [remark.kind for _, remark in told(connection, programmes)]
    found = [
        Duty("soon", Wording("Số liệu chỉ tiêu chờ xác nhận", "Values to verify"), values, "/cho-xac-nhan"),
        Duty("today", Wording("Đề nghị gia hạn", "Requests for extensions"), wishes, "/gia-han"),
        *(Duty("today", name, kinds.count(kind), "/cho-xac-nhan") for kind, name in TOLD.items()),
    ]
    return [one for one in found if one.count]


def told(connection: Connection, programmes: Collection[str]) -> list[tuple[StoredObligation, Remark]]:
    """Return what units told of obligations of these programmes that nobody has seen to, kind by kind."""
    found = [remark for kind in TOLD for remark in unresolved(connection, kind).values()]
    stored = by_ids(connection, [one.obligation_id for one in found])
    pairs = [(stored[one.obligation_id], one) for one in found]
    return [(of, one) for of, one in pairs if of.key.programme in programmes and of.state != "withdrawn"]


def wished(visit: Visit, connection: Connection) -> list[Wish]:
    """Return the requests for extensions that the visitor may decide, the oldest first."""
    rulebook, roster = visit.desk.rulebook, visit.desk.roster(connection, now=visit.now)
    requests = open_requests(connection)
    stored = by_ids(connection, {request.obligation_id for request in requests})
    found = []
    for request in requests:
        of = stored[request.obligation_id]
        subject = Subject.of_obligation(of.key, rulebook)
        if subject is None or not visit.may("decide_extension", subject):
            continue
        try:
            judged = case(connection, roster, of, now=visit.now)
        except NotExtended:
            continue
        if may_decide(visit, judged, subject):
            found.append(Wish(request, of, judged))
    return found


def _awaiting(connection: Connection, programmes: Collection[str]) -> list[StoredObligation]:
    reports = awaiting(connection, programmes)
    stored = by_ids(connection, [one.obligation_id for one in reports])
    return [stored[one.obligation_id] for one in reports]
