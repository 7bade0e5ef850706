"""A real SMTP server in a thread of the test, which counts what it takes, and may stall or refuse."""

import asyncio
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from typing import NamedTuple

from aiosmtpd.smtp import SMTP, Envelope, Session


class Taken(NamedTuple):
    """A message the server has taken."""

    message_id: str
    recipient: str
    content: bytes


class Relay:
    """`delay` is how long it thinks before it takes a message; `answers` are what it says to a recipient."""

    def __init__(self) -> None:
        self.taken: list[Taken] = []
        self.delay = 0.0
        self.answers: dict[str, str] = {}
        self.begun = threading.Event()
        self.port = 0

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.begun.set()
        if self.delay:
            await asyncio.sleep(self.delay)
        assert isinstance(envelope.content, bytes)
        message_id = message_from_bytes(envelope.content)["Message-ID"]
        self.taken.append(Taken(message_id, envelope.rcpt_tos[0], envelope.content))
        return "250 taken"

    @property
    def environ(self) -> dict[str, str]:
        """The settings by which an office delivers to it."""
        return {
            "DONDOC_MAIL__TRANSPORT": "smtp",
            "DONDOC_SMTP__PORT": str(self.port),
            "DONDOC_SMTP__SECURITY": "none",
        }

    def copies(self) -> dict[str, int]:
        """How many copies too many there are of each message."""
        counted = Counter(taken.message_id for taken in self.taken)
        return {message_id: count - 1 for message_id, count in counted.items() if count > 1}


@contextmanager
def running_relay() -> Iterator[Relay]:
    """Run a server for as long as the block lasts."""
    relay, started = Relay(), threading.Event()
    loop = asyncio.new_event_loop()

    def serve() -> None:
        asyncio.set_event_loop(loop)
        server = loop.run_until_complete(loop.create_server(lambda: SMTP(relay, hostname="relay"), "127.0.0.1", 0))
        relay.port = server.sockets[0].getsockname()[1]
        started.set()
        loop.run_forever()
        server.close()
        for task in asyncio.all_tasks(loop):
            task.cancel()
        loop.run_until_complete(asyncio.sleep(0.05))
        loop.close()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    assert started.wait(10)
    try:
        yield relay
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
