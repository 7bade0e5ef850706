"""Revisions of the rule files: which was applied when and by whom, with the texts themselves."""

import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db import tables as t


@dataclass(frozen=True, slots=True)
class ProgrammeText:
    """What a revision says of one programme: its digest, its title and the document it encodes."""

    programme: str
    digest: str
    title: str
    document: str


@dataclass(frozen=True, slots=True)
class Revision:
    """One applied state of the rule files. `origin` is the folder they came from."""

    id: int
    digest: str
    applied_at: datetime
    applied_by: str
    origin: str
    git_commit: str | None


def record_revision(
    connection: Connection,
    *,
    digest: str,
    files: Mapping[str, str],
    programmes: Iterable[ProgrammeText],
    origin: str,
    applied_by: str,
    applied_at: datetime,
    git_commit: str | None = None,
) -> int:
    """Store a revision with the text of every file (name → text) and return its id."""
    values = {
        "digest": digest,
        "applied_at": applied_at,
        "applied_by": applied_by,
        "origin": origin,
        "git_commit": git_commit,
        "files": _packed(files),
    }
    id_ = connection.execute(sa.insert(t.revision).values(values).returning(t.revision.c.id)).scalar_one()
    rows = [
        {
            "revision_id": id_,
            "programme": p.programme,
            "digest": p.digest,
            "title": p.title,
            "document": p.document,
        }
        for p in programmes
    ]
    if rows:
        connection.execute(sa.insert(t.programme_revision), rows)
    return int(id_)


def latest_revision(connection: Connection, *, until: datetime | None = None) -> Revision | None:
    """Return the revision in force, or the one that was at `until`; None before the first."""
    r = t.revision.c
    query = sa.select(r.id, r.digest, r.applied_at, r.applied_by, r.origin, r.git_commit)
    if until is not None:
        query = query.where(r.applied_at <= until)
    row = connection.execute(query.order_by(r.id.desc()).limit(1)).one_or_none()
    return None if row is None else Revision(*row)


def revisions(connection: Connection, *, limit: int = 50) -> list[Revision]:
    """Return the revisions, newest first."""
    r = t.revision.c
    query = sa.select(r.id, r.digest, r.applied_at, r.applied_by, r.origin, r.git_commit)
    return [Revision(*row) for row in connection.execute(query.order_by(r.id.desc()).limit(limit))]


def files_of(connection: Connection, revision: int) -> dict[str, str]:
    """Return the texts of a revision's files by name; raises NoResultFound for an id that does not exist."""
    packed = connection.execute(sa.select(t.revision.c.files).where(t.revision.c.id == revision)).scalar_one()
    return _unpacked(packed)


def programmes_of(connection: Connection, revision: int) -> dict[str, ProgrammeText]:
    """Return what a revision says of each programme, by programme id."""
    p = t.programme_revision.c
    query = sa.select(p.programme, p.digest, p.title, p.document).where(p.revision_id == revision)
    return {row.programme: ProgrammeText(*row) for row in connection.execute(query.order_by(p.programme))}


def _packed(files: Mapping[str, str]) -> bytes:
    return zlib.compress(json.dumps(dict(files), ensure_ascii=False, sort_keys=True).encode())


def _unpacked(packed: bytes) -> dict[str, str]:
    files: dict[str, str] = json.loads(zlib.decompress(packed))
    return files
