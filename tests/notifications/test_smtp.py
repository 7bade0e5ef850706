"""SMTP against a relay that misbehaves at every stage."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from notifications.envelope import Envelope, Outcome, Stage, Verdict
from notifications.smtp import SmtpSettings
from notifications.transport import Send, open_transport
from tests.notifications.relay import DROP, STALL, Relay, Script, Talk, relay

ENVELOPE = Envelope(
    sender="don-doc@dongthap.example",
    recipient="gd.skhcn@dongthap.example",
    message_id="<1@dongthap.example>",
    subject="Thư",
    content=b"Subject: x\r\n\r\nbody\r\n",
    is_regular=True,
)
QUICK = 0.4


def settings(port: int, **changes: object) -> SmtpSettings:
    plain = SmtpSettings(port=port, security="none", timeout=QUICK, connections=1, local_hostname="dondoc.example")
    return replace(plain, **changes)  # type: ignore[arg-type]


def talk(script: Script, do: Callable[[Send, Relay], Awaitable[None]], **changes: object) -> Relay:
    """Run `do` with a transport to a relay that follows `script`."""

    async def run() -> Relay:
        async with relay(script) as state, open_transport(settings(state.port, **changes)) as send:
            await asyncio.wait_for(do(send, state), 20)
        return state

    return asyncio.run(run())


def verdict(script: Script) -> Verdict:
    """Send one envelope and return its verdict; afterwards the same transport must still work, or say why not."""
    found: list[Verdict] = []

    async def do(send: Send, state: Relay) -> None:
        found.append(await send(ENVELOPE))

    talk(script, do)
    return found[0]


def at(stage: str, answer: str) -> Script:
    return lambda _, reached: answer if reached == stage else None


@pytest.mark.parametrize(
    ("where", "answer", "outcome", "stage"),
    [
        # Before the content nothing is lost: try again later.
        ("CONNECT", "421 too busy", "transient", "connect"),
        ("CONNECT", DROP, "transient", "connect"),
        ("CONNECT", STALL, "transient", "connect"),
        ("CONNECT", "what is this", "transient", "connect"),
        ("EHLO", "421 closing", "transient", "connect"),
        ("EHLO", "451 later", "transient", "connect"),
        ("EHLO", DROP, "transient", "connect"),
        ("EHLO", STALL, "transient", "connect"),
        ("MAIL", "421 closing", "transient", "sender"),
        ("MAIL", "451 later", "transient", "sender"),
        ("MAIL", DROP, "transient", "sender"),
        ("MAIL", STALL, "transient", "sender"),
        ("RCPT", "450 greylisted", "transient", "recipient"),
        ("RCPT", "421 closing", "transient", "recipient"),
        ("RCPT", DROP, "transient", "recipient"),
        ("RCPT", STALL, "transient", "recipient"),
        ("DATA", "451 later", "transient", "content"),
        ("DATA", "421 closing", "transient", "content"),
        ("BODY", "452 disk full", "transient", "content"),
        ("BODY", "421 closing", "transient", "content"),
        # This recipient will never take it.
        ("RCPT", "550 5.1.1 no such user", "permanent", "recipient"),
        ("RCPT", "553 no", "permanent", "recipient"),
        ("DATA", "554 no", "permanent", "content"),
        ("BODY", "554 5.7.1 spam", "permanent", "content"),
        ("MAIL", "552 too large", "permanent", "sender"),
        # Nobody would be served: somebody must look at the settings.
        ("CONNECT", "554 no service here", "configuration", "connect"),
        ("EHLO", "550 not you", "configuration", "connect"),
        ("MAIL", "530 5.7.0 authenticate first", "configuration", "sender"),
        ("MAIL", "535 wrong", "configuration", "sender"),
        ("MAIL", "550 sender rejected", "configuration", "sender"),
        ("MAIL", "553 sender not owned", "configuration", "sender"),
        ("RCPT", "530 authenticate first", "configuration", "recipient"),
        ("RCPT", "554 5.7.1 <x>: Relay access denied", "configuration", "recipient"),
        ("RCPT", "550 5.7.54 SMTP; Unable to relay recipient", "configuration", "recipient"),
        # The content may have been taken.
        ("DATA", DROP, "unknown", "content"),
        ("DATA", STALL, "unknown", "content"),
        ("BODY", DROP, "unknown", "content"),
        ("BODY", STALL, "unknown", "content"),
        ("BODY", "gibberish", "unknown", "content"),
        # Taken, in other words.
        ("BODY", "251 will forward", "sent", "content"),
    ],
)
def test_what_a_relay_does_is_judged_by_stage(where: str, answer: str, outcome: Outcome, stage: Stage) -> None:
    found = verdict(at(where, answer))
    assert (found.outcome, found.stage) == (outcome, stage), found
    assert found.text
    assert answer[:3] == str(found.code) if answer[:3].isdigit() else found.code in (None, -1)


def test_a_good_relay_gets_the_content_as_it_is() -> None:
    content = b"Subject: x\r\n\r\n.\r\n..two\r\n.\r\nend\r\n"

    async def do(send: Send, state: Relay) -> None:
        assert (await send(replace(ENVELOPE, content=content, is_regular=False))).outcome == "sent"

    state = talk(lambda *_: None, do)
    assert state.mails == [("gd.skhcn@dongthap.example", content)]
    assert state.talks[0].commands[0] == "EHLO dondoc.example"
    assert state.talks[0].commands[1] == f"MAIL FROM:<don-doc@dongthap.example> SIZE={len(content)}"


def test_one_connection_serves_many_mails_and_is_left_politely() -> None:
    async def do(send: Send, state: Relay) -> None:
        for _ in range(5):
            assert (await send(ENVELOPE)).outcome == "sent"

    state = talk(lambda *_: None, do)
    assert len(state.talks) == 1
    assert state.talks[0].count("EHLO") == 1
    assert state.talks[0].commands[-1] == "QUIT"


def test_after_a_refused_recipient_the_next_mail_gets_its_own_replies() -> None:
    def refuse_first(seen: Talk, stage: str) -> str | None:
        return "550 unknown" if stage == "RCPT" and seen.count("RCPT") == 1 else None

    async def do(send: Send, state: Relay) -> None:
        assert (await send(ENVELOPE)).outcome == "permanent"
        assert (await send(replace(ENVELOPE, recipient="b@x.example"))).outcome == "sent"

    state = talk(refuse_first, do)
    assert [to for to, _ in state.mails] == ["b@x.example"]
    assert len(state.talks) == 1
    assert state.talks[0].count("RSET") == 1


def test_a_relay_that_refuses_even_to_reset_is_left() -> None:
    def script(seen: Talk, stage: str) -> str | None:
        if seen.number == 1 and stage in ("RCPT", "RSET"):
            return "451 no" if stage == "RCPT" else DROP
        return None

    async def do(send: Send, state: Relay) -> None:
        assert (await send(ENVELOPE)).outcome == "transient"
        assert (await send(ENVELOPE)).outcome == "sent"

    assert len(talk(script, do).talks) == 2


@pytest.mark.parametrize("farewell", ["421 4.7.0 idle too long", DROP])
def test_a_kept_connection_that_has_gone_costs_no_try(farewell: str) -> None:
    def script(seen: Talk, stage: str) -> str | None:
        return farewell if seen.number == 1 and stage == "MAIL" and seen.count("MAIL") == 2 else None

    async def do(send: Send, state: Relay) -> None:
        assert [(await send(ENVELOPE)).outcome for _ in range(3)] == ["sent", "sent", "sent"]

    state = talk(script, do)
    assert len(state.talks) == 2
    assert len(state.mails) == 3


def test_a_mail_that_may_have_arrived_is_not_repeated_of_its_own_accord() -> None:
    async def do(send: Send, state: Relay) -> None:
        assert (await send(ENVELOPE)).outcome == "unknown"

    assert len(talk(at("BODY", DROP), do).talks) == 1


def test_a_cancelled_mail_leaves_no_reply_behind_for_the_next() -> None:
    def stall_first(seen: Talk, stage: str) -> str | None:
        return STALL if seen.number == 1 and stage == "RCPT" else None

    async def do(send: Send, state: Relay) -> None:
        sending = asyncio.ensure_future(send(ENVELOPE))
        while not (state.talks and state.talks[0].count("RCPT")):
            await asyncio.sleep(0.01)
        sending.cancel()
        with pytest.raises(asyncio.CancelledError):
            await sending
        found = await send(replace(ENVELOPE, recipient="b@x.example"))
        assert found.outcome == "sent"

    state = talk(stall_first, do, timeout=5.0)
    assert [to for to, _ in state.mails] == ["b@x.example"]
    assert len(state.talks) == 2


def test_no_more_connections_than_allowed_carry_everything() -> None:
    async def do(send: Send, state: Relay) -> None:
        mails = [replace(ENVELOPE, recipient=f"p{n}@x.example") for n in range(60)]
        assert {found.outcome for found in await asyncio.gather(*map(send, mails))} == {"sent"}

    state = talk(lambda *_: None, do, connections=4)
    assert {to for to, _ in state.mails} == {f"p{n}@x.example" for n in range(60)}
    assert len(state.mails) == 60
    assert state.open_most == 4


def test_nobody_listens() -> None:
    async def run() -> Verdict:
        async with relay() as state:
            port = state.port
        async with open_transport(settings(port)) as send:
            return await send(ENVELOPE)

    found = asyncio.run(run())
    assert (found.outcome, found.stage, found.code) == ("transient", "connect", None)


def test_a_host_of_no_known_name() -> None:
    async def run() -> Verdict:
        async with open_transport(settings(25, host="relay.invalid")) as send:
            return await send(ENVELOPE)

    assert asyncio.run(run()).outcome == "transient"


@pytest.mark.parametrize(
    "recipient",
    [
        "ánh@dongthap.example",
        "a b@x.example",
        "a@x.example> NOTIFY=NEVER",
        "a@x.example\r\nRCPT TO:<b@x.example>",
        "a@x.example,b@x.example",
        "no-at-sign",
        "@x.example",
        "a@",
        "a@-x.example",
        "",
    ],
)
def test_what_is_no_address_is_refused_without_a_connection(recipient: str) -> None:
    async def do(send: Send, state: Relay) -> None:
        found = await send(replace(ENVELOPE, recipient=recipient))
        assert (found.outcome, found.stage) == ("permanent", "address")

    assert talk(lambda *_: None, do).talks == []


def test_a_vietnamese_domain_goes_out_in_punycode() -> None:
    async def do(send: Send, state: Relay) -> None:
        assert (await send(replace(ENVELOPE, recipient="gd@sở-khcn.example"))).outcome == "sent"

    local, _, domain = talk(lambda *_: None, do).mails[0][0].partition("@")
    assert (local, domain.encode().decode("idna")) == ("gd", "sở-khcn.example")
    assert domain.isascii()


def test_unencrypted_mail_is_said_out_loud(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        verdict(lambda *_: None)
    assert 'unencrypted: security is "none"' in caplog.text


def test_settings_that_cannot_be_meant_are_refused() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        SmtpSettings(connections=0)
    with pytest.raises(ValueError, match="go together"):
        SmtpSettings(username="dondoc")
    assert "secret" not in repr(SmtpSettings(username="dondoc", password="secret"))


@pytest.mark.parametrize(
    ("content", "arrives"),
    [
        (b"A: b\r\n\r\nbody\r\n", b"A: b\r\n\r\nbody\r\n"),
        (b"A: b\r\n\r\n.\r\n..\r\n.x\r\n", b"A: b\r\n\r\n.\r\n..\r\n.x\r\n"),
        (b".A: b\r\n\r\n\r\n", b".A: b\r\n\r\n\r\n"),
        (b"A: b\n\nbody\n.\nMAIL FROM:<x>\n", b"A: b\r\n\r\nbody\r\n.\r\nMAIL FROM:<x>\r\n"),
        (b"A: b\r\n\r\nbody\r.\r\n", b"A: b\r\n\r\nbody\r\n.\r\n"),
        (b"A: b\r\n\r\nno end", b"A: b\r\n\r\nno end\r\n"),
        (b"A: b\r\n\r\nhalf an end\r", b"A: b\r\n\r\nhalf an end\r\n"),
    ],
)
def test_content_arrives_whole_whatever_its_lines_are_like(content: bytes, arrives: bytes) -> None:
    async def do(send: Send, state: Relay) -> None:
        assert (await send(replace(ENVELOPE, content=content, is_regular=False))).outcome == "sent"
        assert (await send(ENVELOPE)).outcome == "sent"

    state = talk(lambda talk, stage: None, do)
    assert [mail for _, mail in state.mails] == [arrives, ENVELOPE.content]
    assert len(state.talks) == 1
