"""Rehearsing: what would happen, tried on a copy of the database; nothing is sent and the original is untouched."""

import asyncio
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from db.copying import copy_database
from notifications.envelope import Envelope, Verdict
from scheduler.deliver import deliver_due
from scheduler.office import Office
from scheduler.passes import evaluate

Written = tuple[datetime, Envelope]
"""A letter, and when it would have left."""


@contextmanager
def rehearsal(office: Office, instants: Iterable[datetime]) -> Iterator[Iterator[Written]]:
    """Yield the letters that passes at these instants would send, made as they are asked for."""
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
    with TemporaryDirectory(prefix="dondoc-") as folder:
        engine = copy_database(office.engine, Path(folder) / "rehearsal.db")
        try:
            yield replace(office, engine=engine)
        finally:
            engine.dispose()
