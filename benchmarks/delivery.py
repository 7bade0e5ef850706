"""Delivery end to end: claim, check again, put into words, store, hand over by SMTP, mark; against SMTP alone, by our
pool and by aiosmtplib as it is."""

import asyncio
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

from aiosmtplib import SMTP

from benchmarks.apply_million import applied
from benchmarks.measuring import Row, apart, timed
from benchmarks.sink import running_sink
from benchmarks.synthetic import OWED_AT, Size, config_for
from db.engine import open_engine
from db.outbox import body_of, count_messages, listing
from notifications.envelope import Envelope
from notifications.transport import Send, TransportSettings, open_transport
from scheduler.deliver import deliver_due
from scheduler.office import open_office
from scheduler.passes import evaluate

SIZE = Size(units=2_000, tasks=10, owed=10)
CONNECTIONS, ROUNDS = 4, 3
SENDER, RECIPIENT = "don-doc@tinh.example", "gd@tinh.example"
PER_SECOND, GOAL, LINES = 400, 1_000, 10


class Figures(NamedTuple):
    """Digests per second in all, messages of the same bytes per second by SMTP alone (our pool, aiosmtplib), and the
    size of one."""

    ours: float
    pool: float
    library: float
    kilobytes: float


def rows(folder: Path) -> Iterator[Row]:
    evaluated, copy = folder / "evaluated.db", folder / "delivered.db"
    shutil.copy(applied(SIZE, folder), evaluated)
    apart(owe, evaluated)
    found = []
    with running_sink() as port:
        for _ in range(ROUNDS):
            shutil.copy(evaluated, copy)
            found.append(apart(deliver, copy, port)[0])
    copy.unlink()
    evaluated.unlink()
    ours, pool, library = (max(each) for each in list(zip(*found, strict=True))[:3])
    yield Row(
        f"delivery by SMTP, {CONNECTIONS} connections, digests of {LINES} lines",
        f"{ours:.0f} /s",
        f"{pool:.0f} /s our pool, {library:.0f} /s aiosmtplib, ready bytes ({found[0].kilobytes:.0f} kB)",
        f"{ours / pool:.2f}",
        f"≥ {PER_SECOND} /s (goal {GOAL})",
        ours >= PER_SECOND,
    )


def owe(database: Path) -> None:
    """Make the pass that puts one digest for each head into the outbox."""
    config = config_for(database)
    engine = open_engine(config.database)
    evaluate(open_office(config, engine), now=OWED_AT)
    engine.dispose()


def deliver(database: Path, port: int) -> Figures:
    """Deliver what is in the outbox, then the same bytes once more by SMTP alone."""
    config = config_for(database, host="127.0.0.1", port=port, security="none", connections=CONNECTIONS)
    engine = open_engine(config.database)
    office = open_office(config, engine)

    async def all_of_it() -> None:
        async with open_transport(config.transport()) as send:
            done = await deliver_due(office, send, lambda: OWED_AT + timedelta(minutes=1))
        assert done.sent == SIZE.units, done

    seconds = timed(lambda: asyncio.run(all_of_it()))
    with engine.connect() as connection:
        assert count_messages(connection) == {"sent": SIZE.units}
        bodies = [body_of(connection, message.id) or b"" for message in listing(connection, limit=SIZE.units)]
    engine.dispose()
    assert len(bodies) == SIZE.units
    pool = timed(lambda: asyncio.run(send_by_pool(bodies, config.transport())))
    library = timed(lambda: asyncio.run(send_bare(bodies, port)))
    rates = (SIZE.units / each for each in (seconds, pool, library))
    return Figures(*rates, kilobytes=sum(map(len, bodies)) / len(bodies) / 1000)


async def send_by_pool(bodies: list[bytes], settings: TransportSettings) -> None:
    waiting = iter(bodies)

    async def worker(send: Send) -> None:
        for body in waiting:
            verdict = await send(Envelope(SENDER, RECIPIENT, "", "", body, is_regular=True))
            assert verdict.outcome == "sent", verdict

    async with open_transport(settings) as send:
        await asyncio.gather(*(worker(send) for _ in range(CONNECTIONS)))


async def send_bare(bodies: list[bytes], port: int) -> None:
    waiting = iter(bodies)

    async def worker() -> None:
        async with SMTP(hostname="127.0.0.1", port=port, use_tls=False, start_tls=False) as client:
            for body in waiting:
                await client.sendmail(SENDER, [RECIPIENT], body)

    await asyncio.gather(*(worker() for _ in range(CONNECTIONS)))
