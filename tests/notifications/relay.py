"""A relay that can misbehave at every stage: what a real one may do to us, over a real socket."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

STALL = "stall"
DROP = "drop"
Script = Callable[["Talk", str], str | None]
"""Given the talk so far and the stage reached: a reply, STALL, DROP, or None for what a good relay says."""

GOOD = {
    "CONNECT": "220 relay.example ESMTP",
    "EHLO": "250-relay.example\r\n250 SIZE 50000000",
    "HELO": "250 relay.example",
    "MAIL": "250 ok",
    "RCPT": "250 ok",
    "DATA": "354 go on",
    "BODY": "250 taken",
    "RSET": "250 ok",
    "QUIT": "221 bye",
    "NOOP": "250 ok",
}


@dataclass
class Talk:
    """One connection: its number, counted from 1, and the commands it has seen."""

    number: int
    commands: list[str] = field(default_factory=list)

    def count(self, verb: str) -> int:
        return sum(command.startswith(verb) for command in self.commands)


@dataclass
class Relay:
    """What has arrived: (recipient, content with dots unstuffed), and all talks."""

    port: int
    talks: list[Talk] = field(default_factory=list)
    mails: list[tuple[str, bytes]] = field(default_factory=list)
    open_now: int = 0
    open_most: int = 0


@asynccontextmanager
async def relay(script: Script = lambda talk, stage: None) -> AsyncIterator[Relay]:
    """Run a relay on a free port."""
    state = Relay(0)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        talk = Talk(len(state.talks) + 1)
        state.talks.append(talk)
        state.open_now += 1
        state.open_most = max(state.open_most, state.open_now)
        try:
            await _talk(state, talk, script, reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            state.open_now -= 1
            writer.transport.abort()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    state.port = server.sockets[0].getsockname()[1]
    try:
        yield state
    finally:
        server.close()


async def _talk(
    state: Relay, talk: Talk, script: Script, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    if not await _reply(talk, "CONNECT", script, writer):
        return
    recipient = ""
    while line := await reader.readline():
        command = line.decode("utf-8", "replace").strip()
        talk.commands.append(command)
        verb = command.split(" ")[0].upper()
        if verb == "RCPT":
            recipient = command.partition("<")[2].partition(">")[0]
        answer = await _reply(talk, verb, script, writer)
        if not answer or verb == "QUIT":
            return
        if answer.startswith("354"):
            content = await reader.readuntil(b"\r\n.\r\n")
            answer = await _reply(talk, "BODY", script, writer)
            if not answer:
                return
            if answer.startswith("250"):
                plain = (b"\r\n" + content[:-3]).replace(b"\r\n..", b"\r\n.")
                state.mails.append((recipient, plain[2:]))


async def _reply(talk: Talk, stage: str, script: Script, writer: asyncio.StreamWriter) -> str:
    answer = script(talk, stage) or GOOD.get(stage, "502 what?")
    if answer == STALL:
        await asyncio.sleep(30)
        return ""
    if answer == DROP:
        return ""
    writer.write(answer.encode() + b"\r\n")
    await writer.drain()
    return answer
