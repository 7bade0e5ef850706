"""A mailbox in the process: as much of an IMAP4rev1 server (RFC 3501, MOVE of RFC 6851) as a client needs, and a few
faults that one can wish for."""

import asyncio
import contextlib
import re
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

USER, PASSWORD = "don-doc", 'm"ật khẩu'.encode("ascii", "replace").decode()


@dataclass
class Folder:
    """The letters of a folder by UID, and their flags. `validity` changes when the folder is made anew."""

    validity: int = 1
    letters: dict[int, bytes] = field(default_factory=dict)
    flags: dict[int, set[str]] = field(default_factory=dict)
    next_uid: int = 1

    def add(self, data: bytes) -> int:
        uid = self.next_uid
        self.next_uid += 1
        self.letters[uid], self.flags[uid] = data, set()
        return uid

    def remove(self, uid: int) -> bytes:
        self.flags.pop(uid, None)
        return self.letters.pop(uid)


@dataclass
class Post:
    """The server's mailbox. `can_move`: it knows MOVE. `breaks_at` ends the connection when a line begins so."""

    folders: dict[str, Folder] = field(default_factory=lambda: {"INBOX": Folder()})
    can_move: bool = True
    breaks_at: str = ""
    heard: list[str] = field(default_factory=list)
    port: int = 0

    @property
    def inbox(self) -> Folder:
        return self.folders["INBOX"]

    @property
    def environ(self) -> dict[str, str]:
        """The settings by which an office reads it."""
        return {
            "DONDOC_IMAP__HOST": "127.0.0.1",
            "DONDOC_IMAP__PORT": str(self.port),
            "DONDOC_IMAP__SECURITY": "none",
            "DONDOC_IMAP__USERNAME": USER,
            "DONDOC_IMAP__PASSWORD": PASSWORD,
            "DONDOC_IMAP__INTERVAL": "5",
        }

    def put(self, data: bytes, folder: str = "INBOX") -> int:
        """Deliver a letter."""
        return self.folders[folder].add(data)

    def made_anew(self) -> None:
        """Give all letters of the inbox new numbers, as a server does that was restored."""
        old = self.inbox
        new = self.folders["INBOX"] = Folder(old.validity + 1)
        for data in old.letters.values():
            new.add(data)

    def counts(self) -> dict[str, int]:
        return {name: len(folder.letters) for name, folder in self.folders.items()}


class _Session:
    def __init__(self, post: Post, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.post, self.reader, self.writer = post, reader, writer
        self.folder: Folder | None = None

    async def run(self) -> None:
        self.say("* OK ready")
        while line := await self.reader.readline():
            text = line.decode().rstrip("\r\n")
            tag, _, command = text.partition(" ")
            self.post.heard.append(re.sub(r"^(LOGIN \S+) .*", r"\1 …", command))
            if self.post.breaks_at and command.startswith(self.post.breaks_at):
                break
            name = command.partition(" ")[0].upper()
            self.answer(tag, name, command)
            await self.writer.drain()
            if name == "LOGOUT":
                break
        self.writer.close()

    def say(self, text: str) -> None:
        self.writer.write(text.encode() + b"\r\n")

    def answer(self, tag: str, name: str, command: str) -> None:
        handlers: dict[str, Callable[[str], str | None]] = {
            "CAPABILITY": self.capability,
            "LOGIN": self.login,
            "LIST": self.list_folders,
            "CREATE": self.create,
            "STATUS": self.status,
            "SELECT": self.select,
            "NOOP": lambda _: None,
            "EXPUNGE": self.expunge,
            "LOGOUT": lambda _: self.say("* BYE"),
            "UID": self.uid,
        }
        handler = handlers.get(name)
        fault = handler(command) if handler else "BAD unknown command"
        self.say(f"{tag} {fault or 'OK done'}")

    def capability(self, _: str) -> None:
        self.say(f"* CAPABILITY IMAP4rev1{' MOVE' if self.post.can_move else ''}")

    def login(self, command: str) -> str | None:
        quoted = PASSWORD.replace("\\", "\\\\").replace('"', '\\"')
        return None if command == f'LOGIN "{USER}" "{quoted}"' else "NO [AUTHENTICATIONFAILED] wrong"

    def list_folders(self, command: str) -> None:
        wanted = command.rpartition(" ")[2].strip('"')
        for name in self.post.folders:
            if wanted in ("*", name) or command.split()[1].strip('"') == name:
                self.say(f'* LIST (\\HasNoChildren) "/" "{name}"')

    def create(self, command: str) -> None:
        self.post.folders[command.partition(" ")[2].strip('"')] = Folder()

    def status(self, command: str) -> str | None:
        name = command.split()[1].strip('"')
        if name not in self.post.folders:
            return "NO no such folder"
        self.say(f'* STATUS "{name}" (UIDVALIDITY {self.post.folders[name].validity})')
        return None

    def select(self, command: str) -> str | None:
        name = command.partition(" ")[2].strip('"')
        if name not in self.post.folders:
            return "NO no such folder"
        self.folder = self.post.folders[name]
        self.say(f"* {len(self.folder.letters)} EXISTS")
        self.say(f"* OK [UIDVALIDITY {self.folder.validity}]")
        return None

    def expunge(self, _: str) -> None:
        assert self.folder is not None
        for uid in [uid for uid, flags in self.folder.flags.items() if "\\Deleted" in flags]:
            self.folder.remove(uid)

    def uid(self, command: str) -> str | None:
        assert self.folder is not None
        _, name, rest = command.split(" ", 2)
        match name.upper():
            case "SEARCH":
                found = self.uids(re.sub(r"^CHARSET \S+ ", "", rest).removeprefix("UID "))
                self.say(" ".join(["* SEARCH", *map(str, found)]))
            case "FETCH":
                self.fetch(*rest.split(" ", 1))
            case "STORE":
                for uid in self.uids(rest.split()[0]):
                    self.folder.flags[uid] |= set(re.findall(r"\\\w+", rest))
            case "COPY" | "MOVE":
                wanted, target = rest.split(" ", 1)
                if name.upper() == "MOVE" and not self.post.can_move:
                    return "BAD no MOVE"
                for uid in self.uids(wanted):
                    self.post.folders[target.strip('"')].add(self.folder.letters[uid])
                    if name.upper() == "MOVE":
                        self.folder.remove(uid)
            case _:
                return "BAD unknown"
        return None

    def uids(self, wanted: str) -> list[int]:
        """The letters that a set of UIDs names, `ALL` too; `*` is the last one."""
        assert self.folder is not None
        there = sorted(self.folder.letters)
        if wanted == "ALL":
            return there
        last = there[-1] if there else 0
        found: set[int] = set()
        for part in wanted.split(","):
            first, _, end = part.partition(":")
            numbers = [last if one == "*" else int(one) for one in (first, end or first)]
            found |= {uid for uid in there if min(numbers) <= uid <= max(numbers)}
        return sorted(found)

    def fetch(self, wanted: str, parts: str) -> None:
        assert self.folder is not None
        order = sorted(self.folder.letters)
        for uid in self.uids(wanted):
            data = self.folder.letters[uid]
            number = order.index(uid) + 1
            if "RFC822.SIZE" in parts:
                self.say(f"* {number} FETCH (UID {uid} RFC822.SIZE {len(data)})")
                continue
            body = data.partition(b"\r\n\r\n")[0] + b"\r\n\r\n" if "HEADER" in parts else data
            label = "BODY[HEADER]" if "HEADER" in parts else "BODY[]"
            self.writer.write(f"* {number} FETCH (UID {uid} {label} {{{len(body)}}}\r\n".encode() + body + b")\r\n")


@contextmanager
def mailbox_server(*, tls: ssl.SSLContext | None = None) -> Iterator[Post]:
    """A server on a free port of this machine, from a thread of its own; with `tls`, encrypted from the first byte."""
    post = Post()
    loop, stop, ready = asyncio.new_event_loop(), asyncio.Event(), threading.Event()

    async def serve() -> None:
        async def session(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            # A client that does not trust us, or breaks off, ends only its own session.
            with contextlib.suppress(ConnectionError, ssl.SSLError):
                await _Session(post, reader, writer).run()

        server = await asyncio.start_server(session, "127.0.0.1", 0, ssl=tls)
        post.port = server.sockets[0].getsockname()[1]
        ready.set()
        await stop.wait()
        server.close()

    thread = threading.Thread(target=lambda: loop.run_until_complete(serve()), daemon=True)
    thread.start()
    assert ready.wait(10)
    try:
        yield post
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(10)
        loop.close()
