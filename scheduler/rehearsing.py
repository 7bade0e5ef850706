"""Rehearsing: what would happen, tried on a copy of the database; nothing is sent and the original is untouched."""

import asyncio
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from db.engine import open_engine, sqlite_path
from notifications.envelope import Envelope, Verdict
from scheduler.deliver import deliver_due
from scheduler.office import Office
from scheduler.passes import evaluate

Written = tuple[datetime, Envelope]
"""A letter, and when it would have left."""


class NoCopy(Exception):
    """The database is not a file: it cannot be copied."""


@contextmanager
def rehearsal(office: Office, instants: Iterable[datetime]) -> Iterator[Iterator[Written]]:
    """Yield the letters that passes at these instants would send, made as they are asked for.

    NoCopy unless the database is SQLite.
    """
    with _copy(office) as rehearsed:
        yield (written for at in instants for written in _pass(rehearsed, at))


def _pass(office: Office, at: datetime) -> list[Written]:
    letters: list[Written] = []

    async def collect(envelope: Envelope) -> Verdict:
        letters.append((at, envelope))
        return Verdict("sent")

    evaluate(office, now=at)
    asyncio.run(deliver_due(office, collect, lambda: at))
    return letters


@contextmanager
def _copy(office: Office) -> Iterator[Office]:
    """Yield the same office over a copy of its database, which is gone afterwards."""
    path = sqlite_path(office.engine)
    if path is None:
        raise NoCopy("a rehearsal needs a copy of the database, which only SQLite gives")
    with TemporaryDirectory(prefix="dondoc-") as folder:
        copied = Path(folder) / "rehearsal.db"
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copied)) as target:
            source.backup(target)
        engine = open_engine(f"sqlite:///{copied}")
        try:
            yield replace(office, engine=engine)
        finally:
            engine.dispose()
