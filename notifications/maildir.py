"""Maildir: messages as files in a folder, so that a first run needs no server. Durable once `sent`; a repeat
makes no second file."""

import asyncio
import errno
import os
import secrets
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from notifications.envelope import Envelope, Outcome, Verdict

_FOR_A_WHILE = frozenset(
    {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EAGAIN, errno.EMFILE, errno.ENFILE, errno.EIO, errno.ESTALE}
)


@dataclass(frozen=True, slots=True)
class MaildirSettings:
    """Where the messages are put; the folder is made when it is not there."""

    folder: Path


class Maildir:
    """A Maildir (cr.yp.to/proto/maildir.html) into which messages are delivered under names taken from their
    Message-IDs."""

    def __init__(self, settings: MaildirSettings) -> None:
        self._tmp, self._new, self._cur = (settings.folder / name for name in ("tmp", "new", "cur"))
        self._read: frozenset[str] = frozenset()
        self._read_as_of = -1

    async def send(self, envelope: Envelope) -> Verdict:
        """Write the message; a full disk is `transient`, a folder that cannot be written `configuration`."""
        try:
            return await asyncio.to_thread(self._deliver, envelope)
        except OSError as fault:
            outcome: Outcome = "transient" if fault.errno in _FOR_A_WHILE else "configuration"
            return Verdict(outcome, str(fault), stage="maildir")

    def _deliver(self, envelope: Envelope) -> Verdict:
        name = file_name(envelope.message_id)
        for folder in (self._tmp, self._new, self._cur):
            _make(folder)
        if (self._new / name).exists() or name in self._already_read():
            return Verdict("sent", f"{name} was there", stage="maildir")
        written = self._tmp / f"{name}.{secrets.token_hex(8)}"
        try:
            _write(written, envelope.content.replace(b"\r\n", b"\n"))
            written.replace(self._new / name)
        finally:
            written.unlink(missing_ok=True)
        _sync(self._new)
        return Verdict("sent", name, stage="maildir")

    def _already_read(self) -> frozenset[str]:
        """Return the names a mail program has moved to `cur`, without the flags it added; listed anew only
        when the folder changed."""
        changed = self._cur.stat().st_mtime_ns
        if changed != self._read_as_of:
            self._read = frozenset(entry.name.partition(":")[0] for entry in os.scandir(self._cur))
            self._read_as_of = changed
        return self._read


def file_name(message_id: str) -> str:
    """Return the file's name for that Message-ID: a digest of it, because an id may hold anything."""
    return sha256(message_id.encode("utf-8", "surrogatepass")).hexdigest()[:40] + ".dondoc"


def _make(folder: Path) -> None:
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        _sync(folder.parent)


def _write(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    """Make the new name itself durable, not only the content."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
