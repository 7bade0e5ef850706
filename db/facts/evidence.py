"""Evidence: the proofs of reports and of measured values: files, known by the hash of their bytes, and links."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db import tables as t
from db.bulk import among, chunked

_e, _r = t.evidence.c, t.report.c


@dataclass(frozen=True, slots=True)
class Proof:
    """A proof to be recorded: a file that is stored already, or a link."""

    sha256: str | None = None
    name: str | None = None
    media_type: str | None = None
    size: int | None = None
    link: str | None = None


@dataclass(frozen=True, slots=True)
class RecordedProof:
    """A proof as recorded, of a report or of a measured value."""

    id: int
    report_id: int | None
    measurement_id: int | None
    sha256: str | None
    name: str | None
    media_type: str | None
    size: int | None
    link: str | None
    recorded_at: datetime
    recorded_by: str

    @property
    def shown(self) -> str:
        """Return what a reader is shown of it."""
        return self.link or self.name or ""


def record_proofs(
    connection: Connection,
    proofs: Iterable[Proof],
    *,
    recorded_by: str,
    recorded_at: datetime,
    report_id: int | None = None,
    measurement_id: int | None = None,
) -> None:
    """Record proofs of one report or one measured value; IntegrityError unless it is of just one of them."""
    rows = [
        {
            "report_id": report_id,
            "measurement_id": measurement_id,
            "sha256": proof.sha256,
            "name": proof.name,
            "media_type": proof.media_type,
            "size": proof.size,
            "link": proof.link,
            "recorded_at": recorded_at,
            "recorded_by": recorded_by,
        }
        for proof in proofs
    ]
    if rows:
        connection.execute(sa.insert(t.evidence), rows)


def proofs_of(connection: Connection, report_ids: Iterable[int]) -> dict[int, list[RecordedProof]]:
    """Return the proofs of these reports in the order of recording, by report id."""
    found: dict[int, list[RecordedProof]] = {}
    for chunk in chunked(report_ids):
        query = sa.select(t.evidence).where(among(connection, _e.report_id, chunk)).order_by(_e.id)
        for row in connection.execute(query):
            found.setdefault(row.report_id, []).append(RecordedProof(*row))
    return found


def proofs_of_values(connection: Connection, numbers: Iterable[int]) -> dict[int, list[RecordedProof]]:
    """Return the proofs of these measured values in the order of recording, by the value's number."""
    found: dict[int, list[RecordedProof]] = {}
    for chunk in chunked(numbers):
        query = sa.select(t.evidence).where(among(connection, _e.measurement_id, chunk)).order_by(_e.id)
        for row in connection.execute(query):
            found.setdefault(row.measurement_id, []).append(RecordedProof(*row))
    return found


def proof(connection: Connection, id_: int) -> RecordedProof | None:
    """Return the proof of that number, None when there is none."""
    row = connection.execute(sa.select(t.evidence).where(_e.id == id_)).one_or_none()
    return None if row is None else RecordedProof(*row)


def obligation_of(connection: Connection, found: RecordedProof) -> int | None:
    """Return the obligation whose report a proof belongs to, None when it is that of a measured value."""
    return connection.execute(sa.select(_r.obligation_id).where(_r.id == found.report_id)).scalar_one_or_none()


def files_kept(connection: Connection) -> dict[str, int]:
    """Return the hash and the size of every file that some proof needs."""
    query = sa.select(_e.sha256, _e.size).where(_e.sha256.is_not(None)).distinct()
    return {row.sha256: row.size for row in connection.execute(query)}
