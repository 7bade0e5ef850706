"""SMTP: a pool of reused connections, one envelope at a time on each. What a failure means is said in
`notifications.verdicts`."""

import asyncio
import logging
import ssl
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from aiosmtplib import (
    SMTP,
    SMTPAuthenticationError,
    SMTPDataError,
    SMTPException,
    SMTPNotSupported,
    SMTPResponse,
    SMTPResponseException,
    SMTPServerDisconnected,
    SMTPStatus,
    SMTPTimeoutError,
)

from notifications import verdicts
from notifications.address import wire_address
from notifications.envelope import Envelope, Stage, Verdict

log = logging.getLogger(__name__)

_CLOSING = 421
# The password, not the method, was refused.
_DECIDED = frozenset({535, 538, 550, 554})


@dataclass(frozen=True, slots=True)
class SmtpSettings:
    """The relay. Certificates are always verified; `none` sends in the clear and must be said out loud.

    `ca_file` names the authority of an office that signs its own certificates; `timeout` is in seconds, per
    reply.
    """

    host: str = "127.0.0.1"
    port: int = 25
    security: Literal["starttls", "tls", "none"] = "starttls"
    connections: int = 4
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    timeout: float = 60.0
    local_hostname: str = "localhost"
    ca_file: str | None = None

    def __post_init__(self) -> None:
        if self.connections < 1:
            raise ValueError(f"connections must be at least 1, not {self.connections}")
        if (self.username is None) != (self.password is None):
            raise ValueError("username and password go together")


class SmtpPool:
    """As many connections as the settings allow, opened when needed and kept; an envelope takes a free one
    and gives it back."""

    def __init__(self, settings: SmtpSettings) -> None:
        if settings.security == "none":
            what = "mail" if settings.username is None else "mail, and the password,"
            log.warning('%s goes to %s:%d unencrypted: security is "none"', what, settings.host, settings.port)
        self._connections = tuple(Connection(settings) for _ in range(settings.connections))
        # Last in, first out: with little to send, few connections are opened.
        self._free: asyncio.LifoQueue[Connection] = asyncio.LifoQueue()
        for connection in self._connections:
            self._free.put_nowait(connection)

    async def send(self, envelope: Envelope) -> Verdict:
        """Send one envelope; waits for a free connection. Raises nothing but CancelledError."""
        connection = await self._free.get()
        try:
            return await connection.send(envelope)
        finally:
            self._free.put_nowait(connection)

    async def close(self) -> None:
        """Take leave of the server on every connection that is open."""
        await asyncio.gather(*(connection.close() for connection in self._connections))


class Connection:
    """One connection to the relay, reused until it breaks."""

    def __init__(self, settings: SmtpSettings) -> None:
        self._settings = settings
        self._client: SMTP | None = None
        self._stage: Stage = "connect"

    async def send(self, envelope: Envelope) -> Verdict:
        """Send one envelope over the open connection, or a new one when there is none or the old one has gone
        stale."""
        recipient = wire_address(envelope.recipient)
        if recipient is None:
            return Verdict("permanent", f"{envelope.recipient!r} is no address SMTP can carry", stage="address")
        verdict, worth_a_new_one = await self._attempt(envelope, recipient)
        if worth_a_new_one:
            verdict, _ = await self._attempt(envelope, recipient)
        return verdict

    async def close(self) -> None:
        """Say QUIT, briefly, and close."""
        client, self._client = self._client, None
        if client is None:
            return
        try:
            if client.is_connected:
                await client.quit(timeout=min(self._settings.timeout, 5.0))
        except Exception as fault:
            log.debug("leaving %s: %s", self._settings.host, fault)
        finally:
            client.close()

    async def _attempt(self, envelope: Envelope, recipient: str) -> tuple[Verdict, bool]:
        """Return the verdict, and whether it only says that a kept connection had gone: then nothing was
        lost, and a new one may do."""
        kept = self._client is not None and self._client.is_connected
        try:
            response = await self._converse(envelope, recipient)
        # The library has more kinds of failure than it declares: a certificate that does not verify is a bare
        # ValueError.
        except Exception as fault:
            await self._recover(fault)
            verdict = verdicts.verdict(fault, self._stage)
            return verdict, kept and self._stage == "sender" and verdicts.is_gone(fault)
        except BaseException:
            # Cancelled: replies still under way would be taken for those of the next message.
            self._drop()
            raise
        return response, False

    async def _converse(self, envelope: Envelope, recipient: str) -> Verdict:
        client = await self._connected()
        self._stage = "sender"
        await client.mail(envelope.sender, options=_size(client, envelope.content))
        self._stage = "recipient"
        await client.rcpt(recipient)
        self._stage = "content"
        response = await _hand_over(client, envelope, self._settings.timeout)
        return Verdict("sent", response.message, response.code, "content")

    async def _connected(self) -> SMTP:
        if self._client is not None and self._client.is_connected:
            return self._client
        self._stage = "connect"
        client = self._client = _client(self._settings)
        await client.connect()
        # Nobody has said EHLO yet, or not since STARTTLS, and only its answer says what the server can do.
        await client.ehlo()
        if self._settings.username is not None and self._settings.password is not None:
            self._stage = "login"
            await _sign_in(client, self._settings.username, self._settings.password)
        return client

    async def _recover(self, fault: BaseException) -> None:
        """Make the connection fit for the next message, or drop it."""
        refused = isinstance(fault, SMTPResponseException) and fault.code >= 400 and fault.code != _CLOSING
        client = self._client
        if not refused or self._stage in ("connect", "login") or client is None or not client.is_connected:
            self._drop()
            return
        try:
            await client.rset()
        except Exception:
            self._drop()
        except BaseException:
            self._drop()
            raise

    def _drop(self) -> None:
        if self._client is not None:
            self._client.close()
            self._client = None


def _client(settings: SmtpSettings) -> SMTP:
    encrypted = settings.security != "none"
    return SMTP(
        hostname=settings.host,
        port=settings.port,
        use_tls=settings.security == "tls",
        start_tls=settings.security == "starttls",
        tls_context=_trust(settings.ca_file) if encrypted else None,
        local_hostname=settings.local_hostname,
        timeout=settings.timeout,
    )


async def _hand_over(client: SMTP, envelope: Envelope, timeout: float) -> SMTPResponse:
    """Send the content, and return the server's answer; SMTPDataError when that is no yes.

    The library's own `data` rewrites every line by regular expressions, which takes longer than all the rest of a
    message. What is regular needs none of it; whatever is not goes the library's way.
    """
    protocol = client.protocol
    if protocol is None or not envelope.is_regular:
        return await client.data(envelope.content)
    try:
        go_on = await client.execute_command(b"DATA")
        if go_on.code != SMTPStatus.start_input:
            raise SMTPDataError(go_on.code, go_on.message)
        protocol.write(envelope.content + b".\r\n")
        taken = await protocol.read_response(timeout)
    except (SMTPServerDisconnected, SMTPTimeoutError):
        client.close()
        raise
    if taken.code != SMTPStatus.completed:
        raise SMTPDataError(taken.code, taken.message)
    return taken


async def _sign_in(client: SMTP, username: str, password: str) -> None:
    """Sign in by the first method the server means.

    The library's own `login` goes on to the next method after a wrong password; servers hang up on that, and the reply
    that said what was wrong is lost.
    """
    methods = {"cram-md5": client.auth_crammd5, "plain": client.auth_plain, "login": client.auth_login}
    refusal: SMTPException = SMTPNotSupported("the server offers no way to sign in: no AUTH, or none we know")
    for name in client.supported_auth_methods:
        try:
            await methods[name](username, password)
            return
        except SMTPAuthenticationError as refused:
            refusal = refused
            if refused.code in _DECIDED or refused.code < 500:
                break
    raise refusal


@lru_cache(maxsize=4)
def _trust(ca_file: str | None) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=ca_file)


def _size(client: SMTP, content: bytes) -> list[str]:
    """Announce the size where the server asks for it (RFC 1870), so that it can refuse before the content is
    sent."""
    return [f"SIZE={len(content)}"] if client.supports_extension("size") else []
