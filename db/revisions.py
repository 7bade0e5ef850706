"""Revisions of the rule files: which was applied when and by whom, with the texts themselves."""

import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db import tables as t

_r = t.revision.c


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
    reverts: int | None = None
    """The earlier revision whose files these are, put in force again."""


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
    reverts: int | None = None,
) -> int:
    """Store a revision with the text of every file (name → text) and return its id.

    `reverts` is the earlier one that it puts in force again.
    """
    values = {
        "digest": digest,
        "applied_at": applied_at,
        "applied_by": applied_by,
        "origin": origin,
        "git_commit": git_commit,
        "files": _packed(files),
        "reverts": reverts,
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
    query = _query() if until is None else _query().where(_r.applied_at <= until)
    row = connection.execute(query.order_by(_r.id.desc()).limit(1)).one_or_none()
    return None if row is None else Revision(*row)


def revisions(connection: Connection, *, limit: int | None = 50) -> list[Revision]:
    """Return the revisions, newest first."""
    return [Revision(*row) for row in connection.execute(_query().order_by(_r.id.desc()).limit(limit))]


def revision_numbered(connection: Connection, number: int) -> Revision | None:
    """Return the revision of that number, None when there is none."""
    row = connection.execute(_query().where(_r.id == number)).one_or_none()
    return None if row is None else Revision(*row)


def numbers_before(connection: Connection, number: int, *, limit: int) -> list[int]:
    """Return the numbers of the revisions before that one, the latest first."""
    query = sa.select(_r.id).where(_r.id < number).order_by(_r.id.desc()).limit(limit)
    return list(connection.execute(query).scalars())


def applied(connection: Connection) -> list[tuple[datetime, int]]:
    """Return, in order of time, each instant from which another revision was in force, with its number.

    Where the clock was set back in between, the higher number counts from the earlier instant on.
    """
    found: dict[datetime, int] = {}
    last = 0
    for at, number in sorted((at, id_) for id_, at in connection.execute(sa.select(_r.id, _r.applied_at))):
        last = found[at] = max(last, number)
    return list(found.items())


def _query() -> sa.Select[*tuple[Any, ...]]:
    return sa.select(_r.id, _r.digest, _r.applied_at, _r.applied_by, _r.origin, _r.git_commit, _r.reverts)


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
