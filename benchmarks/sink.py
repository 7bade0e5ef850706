"""A mail server that takes everything and keeps nothing, in a process of its own: as little work as SMTP allows."""

import asyncio
import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.synchronize import Event
from typing import Any

_ANSWERS = {b"EHLO": b"250-sink\r\n250 SIZE 50000000\r\n", b"DATA": b"354 go on\r\n", b"QUIT": b"221 bye\r\n"}
_END = b"\r\n.\r\n"


class _Sink(asyncio.Protocol):
    """Answers each command at once, and the content when its end has come."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._to = transport
        self._held = b""
        self._in_content = False
        transport.write(b"220 sink\r\n")

    def data_received(self, data: bytes) -> None:
        self._held += data
        end = _END if self._in_content else b"\r\n"
        while (at := self._held.find(end)) >= 0:
            said, self._held = self._held[:at], self._held[at + len(end) :]
            self._answer(said[:4].upper())
            end = _END if self._in_content else b"\r\n"

    def _answer(self, command: bytes) -> None:
        taken = self._in_content
        self._in_content = not taken and command == b"DATA"
        self._to.write(b"250 ok\r\n" if taken else _ANSWERS.get(command, b"250 ok\r\n"))
        if not taken and command == b"QUIT":
            self._to.close()


@contextmanager
def running_sink() -> Iterator[int]:
    """Yield the port of a sink on the loopback; it ends with the block."""
    fresh = multiprocessing.get_context("spawn")
    ports, enough = fresh.Queue(), fresh.Event()
    process = fresh.Process(target=_serve, args=(ports, enough), daemon=True)
    process.start()
    try:
        yield ports.get(timeout=30)
    finally:
        enough.set()
        process.join(5)


def _serve(ports: Any, enough: Event) -> None:
    async def serve() -> None:
        server = await asyncio.get_running_loop().create_server(_Sink, "127.0.0.1", 0)
        ports.put(server.sockets[0].getsockname()[1])
        await asyncio.to_thread(enough.wait)
        server.close()

    asyncio.run(serve())
