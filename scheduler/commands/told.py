"""Told: all that was said of some obligations, as rows in order of time: reports, remarks, verdicts."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy.engine import Connection

from db.facts import proofs_of, remarks, reports, verdicts
from db.obligations import StoredObligation
from rules.calendar import local_day
from rules.obligation import ObligationKey

HEADS = ("unit", "part", "occurrence", "said", "on", "recorded_by", "document", "evidence", "note")


class Told(NamedTuple):
    """One thing that was said of an obligation; `on` is the day it names, else the day it was recorded."""

    key: ObligationKey
    said: str
    on: date
    recorded_at: datetime
    recorded_by: str
    document: str | None = None
    evidence: tuple[str, ...] = ()
    note: str | None = None
    percent: int | None = None
    days_backdated: int = 0

    def as_cells(self) -> tuple[object, ...]:
        """Return it as a row under HEADS."""
        said = f"{self.said} {self.percent} %" if self.percent is not None else self.said
        said += backdated_cell(self.days_backdated)
        place = (self.key.unit, self.key.part, self.key.occurrence)
        return (*place, said, self.on, self.recorded_by, self.document, "; ".join(self.evidence), self.note)

    def as_json(self) -> dict[str, Any]:
        """Return it flat; the names are a contract."""
        return {
            "unit": self.key.unit,
            "part": self.key.part,
            "occurrence": self.key.occurrence,
            "said": self.said,
            "percent": self.percent,
            "on": self.on,
            "days_backdated": self.days_backdated,
            "recorded_at": self.recorded_at,
            "recorded_by": self.recorded_by,
            "document": self.document,
            "evidence": list(self.evidence),
            "note": self.note,
        }


def backdated_cell(days: int) -> str:
    """Return what stands beside a report in a table, '' where it was not backdated."""
    return f" (backdated {days} day{'s' if days > 1 else ''})" if days else ""


def told(connection: Connection, found: Iterable[StoredObligation], zone: ZoneInfo) -> list[Told]:
    """Return all that was said of these obligations, one obligation after the other."""
    found = list(found)
    ids = [one.id for one in found]
    remarked, judged = remarks(connection, ids), verdicts(connection, ids)
    rows: list[Told] = []
    for one in found:
        said = [*_reports(connection, one, zone)]
        for remark in remarked.get(one.id, ()):
            on = local_day(remark.recorded_at, zone)
            by, kind = remark.recorded_by, remark.kind
            said.append(Told(one.key, kind, on, remark.recorded_at, by, note=remark.note, percent=remark.percent))
        for verdict in judged.get(one.id, ()):
            on = local_day(verdict.recorded_at, zone)
            by, document = verdict.recorded_by, verdict.document
            said.append(Told(one.key, verdict.verdict, on, verdict.recorded_at, by, document, note=verdict.reason))
        rows += sorted(said, key=lambda row: row.recorded_at)
    return rows


def _reports(connection: Connection, one: StoredObligation, zone: ZoneInfo) -> Iterator[Told]:
    """Yield the reports, but for those that only follow from a verdict, which says the same."""
    found = reports(connection, one.id)
    proofs = proofs_of(connection, [report.id for report in found])
    returned = {verdict.recorded_at for verdict in verdicts(connection, [one.id]).get(one.id, ())}
    for report in found:
        if report.kind == "reopened" and report.recorded_at in returned:
            continue
        evidence = tuple(proof.shown for proof in proofs.get(report.id, ()))
        if report.evidence:
            evidence = (report.evidence, *evidence)
        at, by = report.recorded_at, report.recorded_by
        days = report.days_backdated(zone)
        yield Told(
            one.key, report.kind, report.said_on, at, by, report.document, evidence, report.note, days_backdated=days
        )
