"""SMTP under TLS and with a password, against aiosmtpd: whom we trust, and what we do when we cannot."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import trustme
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword
from aiosmtpd.smtp import Envelope as Received

from notifications.envelope import Envelope, Verdict
from notifications.smtp import SmtpSettings
from notifications.transport import open_transport
from tests.notifications.relay import DROP, STALL, Script, Talk, relay

ENVELOPE = Envelope("don-doc@x.example", "gd@x.example", "<1@x.example>", "Thư", b"Subject: x\r\n\r\nbody\r\n")


@dataclass
class Office:
    """A certificate authority of one's own, with a certificate for the relay."""

    ca_file: Path
    server: ssl.SSLContext
    other_server: ssl.SSLContext
    """A certificate of the same authority, for another host."""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    authority = trustme.CA()
    contexts = []
    for host in ("localhost", "elsewhere.example"):
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        authority.issue_cert(host).configure_cert(context)
        contexts.append(context)
    ca_file = tmp_path_factory.mktemp("ca") / "ca.pem"
    authority.cert_pem.write_to_path(str(ca_file))
    return Office(ca_file, *contexts)


@dataclass
class Box:
    """What has arrived, and how the session was."""

    mails: list[tuple[str, bool]] = field(default_factory=list)

    async def handle_DATA(self, server: SMTP, session: object, envelope: Received) -> str:  # noqa: N802
        self.mails.append((envelope.rcpt_tos[0], getattr(session, "ssl", None) is not None))
        return "250 taken"


def password_is_right(server: SMTP, session: object, envelope: Received, mechanism: str, data: object) -> AuthResult:
    right = isinstance(data, LoginPassword) and data.password == "đúng mật khẩu".encode()
    return AuthResult(success=right, handled=False)


@asynccontextmanager
async def aiosmtpd(
    box: Box, *, starttls: ssl.SSLContext | None = None, tls: ssl.SSLContext | None = None, auth: bool = False
) -> AsyncIterator[int]:
    def factory() -> SMTP:
        authenticator = password_is_right if auth else None
        return SMTP(box, tls_context=starttls, authenticator=authenticator, auth_require_tls=tls is None)

    server = await asyncio.get_running_loop().create_server(factory, "127.0.0.1", 0, ssl=tls)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()


def send(
    *,
    starttls: ssl.SSLContext | None = None,
    tls: ssl.SSLContext | None = None,
    auth: bool = False,
    ca_file: Path | None = None,
    security: str = "starttls",
    host: str = "localhost",
    password: str | None = None,
) -> tuple[Verdict, Box]:
    box = Box()

    async def run() -> Verdict:
        async with aiosmtpd(box, starttls=starttls, tls=tls, auth=auth) as port:
            settings = SmtpSettings(
                host=host,
                port=port,
                security=security,  # type: ignore[arg-type]
                timeout=2.0,
                ca_file=str(ca_file) if ca_file else None,
                username="dondoc" if password else None,
                password=password,
            )
            async with open_transport(settings) as deliver:
                return await deliver(ENVELOPE)

    return asyncio.run(run()), box


def test_starttls_with_a_trusted_certificate(office: Office) -> None:
    found, box = send(starttls=office.server, ca_file=office.ca_file)
    assert found.outcome == "sent"
    assert box.mails == [("gd@x.example", True)]


def test_tls_from_the_first_byte(office: Office) -> None:
    found, box = send(tls=office.server, ca_file=office.ca_file, security="tls")
    assert found.outcome == "sent"
    assert len(box.mails) == 1


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_an_unknown_authority_stops_everything_and_says_so(office: Office, security: str) -> None:
    context = {security: office.server}
    found, box = send(**context, security=security)  # type: ignore[arg-type]
    assert (found.outcome, found.stage) == ("configuration", "connect")
    assert "certificate verify failed" in found.text
    assert box.mails == []


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_for_another_host_is_not_taken(office: Office, security: str) -> None:
    context = {security: office.other_server}
    found, box = send(**context, ca_file=office.ca_file, security=security)  # type: ignore[arg-type]
    assert found.outcome == "configuration"
    assert "localhost" in found.text
    assert box.mails == []


def test_a_relay_without_starttls_is_not_sent_to_in_the_clear() -> None:
    found, box = send(starttls=None)
    assert (found.outcome, found.stage) == ("configuration", "connect")
    assert "STARTTLS" in found.text
    assert box.mails == []


def test_tls_spoken_to_a_relay_that_does_not(office: Office) -> None:
    found, _ = send(tls=None, ca_file=office.ca_file, security="tls")
    assert found.outcome == "configuration"


def test_a_file_of_authorities_that_is_not_there() -> None:
    found, _ = send(ca_file=Path("/nowhere/ca.pem"))
    assert (found.outcome, found.stage) == ("configuration", "connect")


def test_a_right_password(office: Office) -> None:
    found, box = send(starttls=office.server, ca_file=office.ca_file, auth=True, password="đúng mật khẩu")
    assert found.outcome == "sent", found
    assert len(box.mails) == 1


def test_a_wrong_password_pauses_the_transport(office: Office) -> None:
    found, box = send(starttls=office.server, ca_file=office.ca_file, auth=True, password="sai")
    assert (found.outcome, found.stage, found.code) == ("configuration", "login", 535)
    assert box.mails == []


def test_a_password_for_a_relay_that_asks_for_none(office: Office) -> None:
    found, _ = send(starttls=office.server, ca_file=office.ca_file, password="đúng mật khẩu")
    assert (found.outcome, found.stage) == ("configuration", "login")


@pytest.mark.parametrize(
    ("stage", "answer", "security", "outcome"),
    [
        ("STARTTLS", "454 TLS not available due to temporary reason", "starttls", "transient"),
        ("STARTTLS", DROP, "starttls", "transient"),
        ("STARTTLS", "220 go ahead", "starttls", "configuration"),  # and then speaks no TLS
        ("AUTH", "454 4.7.0 temporary authentication failure", "none", "transient"),
        ("AUTH", "535 5.7.8 wrong", "none", "configuration"),
        ("AUTH", DROP, "none", "transient"),
    ],
)
def test_a_relay_that_fails_before_the_mail(stage: str, answer: str, security: str, outcome: str) -> None:
    def script(talk: object, reached: str) -> str | None:
        if reached == "EHLO":
            return "250-relay.example\r\n250-STARTTLS\r\n250 AUTH PLAIN"
        return answer if reached == stage else None

    assert _scripted(script, security).outcome == outcome


def test_a_wrong_password_is_tried_once_and_the_reply_kept() -> None:
    def script(talk: Talk, reached: str) -> str | None:
        if reached == "EHLO":
            return "250-relay.example\r\n250 AUTH PLAIN LOGIN"
        if reached == "AUTH":
            return "535 5.7.8 wrong" if talk.count("AUTH") == 1 else DROP
        return None

    found = _scripted(script, "none")
    assert (found.outcome, found.code) == ("configuration", 535)


def test_a_method_the_relay_only_claims_to_have_is_passed_over() -> None:
    def script(talk: Talk, reached: str) -> str | None:
        if reached == "EHLO":
            return "250-relay.example\r\n250 AUTH PLAIN LOGIN"
        if reached == "AUTH":
            return "504 not that one" if talk.count("AUTH PLAIN") == talk.count("AUTH") else "334 UGFzc3dvcmQ6"
        return "235 welcome" if reached not in ("CONNECT", "MAIL", "RCPT", "DATA", "BODY", "QUIT") else None

    assert _scripted(script, "none").outcome == "sent"


def test_a_relay_that_goes_silent_in_the_handshake() -> None:
    def script(talk: object, reached: str) -> str | None:
        if reached == "EHLO":
            return "250-relay.example\r\n250 STARTTLS"
        return {"CONNECT": None, "STARTTLS": "220 go ahead"}.get(reached, STALL)

    assert _scripted(script, "starttls").outcome == "transient"


def _scripted(script: Script, security: str) -> Verdict:
    async def run() -> Verdict:
        async with relay(script) as state:
            settings = SmtpSettings(
                host="localhost",
                port=state.port,
                security=security,  # type: ignore[arg-type]
                timeout=0.5,
                username="dondoc",
                password="đúng mật khẩu",
            )
            async with open_transport(settings) as deliver:
                return await deliver(ENVELOPE)

    return asyncio.run(run())
