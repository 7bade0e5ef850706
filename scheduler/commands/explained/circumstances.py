"""Circumstances as the database holds them: who silenced, reported, stopped, and the letters that notices are in."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from sqlalchemy.engine import Connection

from db.facts import reports, silences
from db.ledger import Outcome
from db.outbox import by_ids
from db.switches import Thrown, throws
from rules.circumstances import Circumstances, InOutbox, Said, Silencing, Stopped
from rules.obligation import ObligationKey, Slot


def circumstances(
    connection: Connection, obligation: int, key: ObligationKey, outcomes: Iterable[Outcome], *, at: datetime
) -> Circumstances:
    """Return what bears on an obligation as it was known at `at`."""
    said = [report for report in reports(connection, obligation, until=at) if report.kind == "done"]
    return Circumstances(
        silences=tuple(
            Silencing(one.from_, one.until, one.recorded_by, one.reason, one.person)
            for one in silences(connection, until=at)
            if one.programme in (None, key.programme) and one.task in (None, key.task) and one.unit in (None, key.unit)
        ),
        report=Said(said[-1].recorded_at, said[-1].said_on, said[-1].recorded_by) if said else None,
        stops=tuple(stops_of(throws(connection, until=at))),
        letters=_letters(connection, outcomes),
    )


def stops_of(thrown: Sequence[Thrown]) -> Iterator[Stopped]:
    """Yield the stretches in which the stop switch was on; throwing it twice is one stretch."""
    begun: Thrown | None = None
    for one in thrown:
        if one.is_on and begun is None:
            begun = one
        elif not one.is_on and begun is not None:
            yield Stopped(begun.recorded_at, one.recorded_at, begun.recorded_by, begun.why)
            begun = None
    if begun is not None:
        yield Stopped(begun.recorded_at, None, begun.recorded_by, begun.why)


def _letters(connection: Connection, outcomes: Iterable[Outcome]) -> dict[Slot, InOutbox]:
    waiting = {one.notice.slot: one.message_id for one in outcomes if one.message_id and one.notice.state == "owed"}
    messages = by_ids(connection, set(waiting.values()))
    found = {}
    for slot, number in waiting.items():
        if letter := messages.get(number):
            then = letter.next_try_at if letter.state == "pending" else None
            found[slot] = InOutbox(number, letter.state, then, letter.last_error or letter.verdict)
    return found
