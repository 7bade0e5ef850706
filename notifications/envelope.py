"""Envelope: one message ready to be handed to a transport, and Verdict, what became of it."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

Outcome = Literal["sent", "transient", "permanent", "configuration", "unknown"]
Stage = Literal["address", "connect", "login", "sender", "recipient", "content", "maildir"]


@dataclass(frozen=True, slots=True)
class Envelope:
    """A finished message. `content` is ASCII with CRLF line ends, `message_id` with its angle brackets.

    `fault` says why the built-in plain letter stands in for the office's template (`file:line: message`), ''
    when it does not. `is_regular`: it was made so that every line, the last one too, ends in CRLF and none begins with
    a dot.
    """

    sender: str
    recipient: str
    message_id: str
    subject: str
    content: bytes
    fault: str = ""
    is_regular: bool = False


class Verdict(NamedTuple):
    """What a transport says of one message.

    `sent`: taken. `transient`: not taken, try again later. `permanent`: this recipient will never take it.
    `configuration`: nothing will be taken until somebody repairs the settings; pause the transport, count no
    try.
    `unknown`: the connection broke after the content had begun, so it may have been taken: repeat it under
    the same Message-ID.
    """

    outcome: Outcome
    text: str = ""
    code: int | None = None
    stage: Stage | None = None

    def __str__(self) -> str:
        facts = (self.outcome, self.stage, self.code, self.text)
        return " ".join(str(fact) for fact in facts if fact not in (None, ""))
