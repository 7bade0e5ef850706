"""Revised: the revisions of the rule files, each with what differs from the one before it."""

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from sqlalchemy.engine import Connection

from db.revisions import Revision, files_of, programmes_of, revisions
from rules.edits import Edit, edits
from rules.programme import Rulebook
from scheduler.office import rulebook_of


@dataclass(frozen=True, slots=True)
class FileEdit:
    """A file that differs, and by how many lines."""

    name: str
    change: Literal["added", "removed", "changed"]
    lines_added: int
    lines_removed: int


@dataclass(frozen=True, slots=True)
class Revised:
    """A revision with the files and programmes that differ from the one before it: all of them, for the first."""

    revision: Revision
    files: tuple[FileEdit, ...]
    programmes: tuple[str, ...]


def revised(connection: Connection, *, limit: int | None = None) -> Iterator[Revised]:
    """Yield the revisions, newest first."""
    found = revisions(connection, limit=None if limit is None else limit + 1)
    for number, revision in enumerate(found[:limit]):
        before = found[number + 1] if number + 1 < len(found) else None
        yield compared(connection, revision, before)


def compared(connection: Connection, revision: Revision, before: Revision | None) -> Revised:
    """Return a revision with what differs from another one; None: from nothing."""
    files = {} if before is None else files_of(connection, before.id)
    programmes = {} if before is None else programmes_of(connection, before.id)
    has = programmes_of(connection, revision.id)
    touched = [id for id in {**has, **programmes} if _digest(has.get(id)) != _digest(programmes.get(id))]
    return Revised(revision, tuple(file_edits(files, files_of(connection, revision.id))), tuple(sorted(touched)))


def file_edits(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[FileEdit]:
    """Yield the files that differ, by name."""
    for name in sorted({*before, *after}):
        was, now = before.get(name), after.get(name)
        if was != now:
            added, removed = _lines(was or "", now or "")
            yield FileEdit(name, "added" if was is None else "removed" if now is None else "changed", added, removed)


def edits_of(connection: Connection, revision: Revision, before: Revision | None) -> list[Edit] | None:
    """Return what was edited, thing by thing; None when either was written by another version and no longer loads."""
    try:
        now = rulebook_of(connection, revision.id)
        was = rulebook_of(connection, before.id) if before else Rulebook()
    except ValueError:
        return None
    return list(edits(was, now))


def _lines(was: str, now: str) -> tuple[int, int]:
    if not was or not now:
        return len(now.splitlines()), len(was.splitlines())
    added = removed = 0
    for line in difflib.unified_diff(was.splitlines(), now.splitlines(), n=0, lineterm=""):
        added += line.startswith("+") and not line.startswith("+++")
        removed += line.startswith("-") and not line.startswith("---")
    return added, removed


def _digest(text: object) -> str | None:
    return getattr(text, "digest", None)
