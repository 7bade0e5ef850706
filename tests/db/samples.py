"""Obligations, notices and messages as the tests of `db` need them, and how to store them."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine

from db.obligations import listing
from db.outbox import NewMessage
from db.revisions import record_revision
from db.sync import SyncCounts, WantedObligation, sync
from rules.obligation import Notice, ObligationKey, Reason, Slot

NOW = datetime(2026, 5, 4, 0, 0, tzinfo=UTC)
"""07:00 of a Monday in Việt Nam."""
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SO_KHCN = "gd.skhcn@dongthap.example"
CONG_AN = "gd.ca@dongthap.example"


def key(
    task: str = "A.1", *, programme: str = "p", part: str = "", unit: str = "so-khcn", on: str = ""
) -> ObligationKey:
    return ObligationKey(programme, task, part, unit, on)


def wanted(name: ObligationKey | None = None, due: date | None = date(2026, 5, 29), **more: Any) -> WantedObligation:
    """An obligation due at the end of `due` in Việt Nam."""
    at = datetime(due.year, due.month, due.day, 17, tzinfo=UTC) if due else None
    given = {"due_on": due, "due_at": at, "late_at": at, "watched_from": NOW, "wake_at": NOW}
    return WantedObligation(name or key(), "task", **given | more)


def revise(connection: Connection, at: datetime = NOW) -> int:
    return record_revision(
        connection,
        digest=f"{at:%s}",
        files={"a.yaml": "programme: p"},
        programmes=[],
        origin="programmes",
        applied_by="an",
        applied_at=at,
    )


def apply(connection: Connection, *those: WantedObligation, at: datetime = NOW, **more: Any) -> SyncCounts:
    return sync(connection, those, revision=revise(connection, at), now=at, **more)


def stored(connection: Connection, *those: WantedObligation) -> list[int]:
    """Store obligations, A.1 when none is given, and return their ids in the order given."""
    apply(connection, *(those or (wanted(),)))
    ids = {found.key: found.id for found in listing(connection)}
    return [ids[w.key] for w in those or (wanted(),)]


def many(count: int, **more: Any) -> list[WantedObligation]:
    return [wanted(key(f"T.{number:05}"), **more) for number in range(count)]


def owed(
    rung: str = "late", turn: int = 0, person: str | None = SO_KHCN, at: datetime = NOW, edition: int = 0
) -> Notice:
    return Notice(Slot(rung, turn, "so-khcn", "head", edition), "to", at, "owed", person)


def unsent(rung: str = "late", turn: int = 0, why: Reason = Reason.SILENCED, at: datetime = NOW) -> Notice:
    slot = Slot(rung, turn, "so-khcn", "head")
    return Notice(slot, "to", NOW, "not_sent", SO_KHCN, why, settled_at=at)


def mail(number: int = 1, person: str = SO_KHCN, at: datetime = NOW, not_before: datetime | None = None) -> NewMessage:
    return NewMessage(f"{person}/{number}", person, "digest", at, not_before or at)


@contextmanager
def statements(engine: Engine | Connection) -> Iterator[list[str]]:
    """Collect the statements that are run within the block."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


def starting(words: Iterable[str], seen: Iterable[str]) -> list[str]:
    """Those of the statements seen that begin with one of the words."""
    return [statement for statement in seen if statement.lstrip().startswith(tuple(words))]
