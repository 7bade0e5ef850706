"""Links: signed addresses of pages, each bound to a person, a purpose and a time. Pure: keys and instants are given.

Whoever holds such a link speaks as its person, so it is never logged; `redacted` takes it out of a text.
"""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Any, Literal, NamedTuple, get_args

from itsdangerous import BadData, TimestampSigner, URLSafeTimedSerializer
from itsdangerous.encoding import base64_decode, base64_encode

Purpose = Literal["answer", "list", "event", "sign_in", "feed", "oidc"]
"""What a link is for: to answer for one obligation, for several, for an event, to sign in, to read a calendar, to come
back from an issuer of identities."""

LIVES: dict[Purpose, timedelta] = {
    "answer": timedelta(days=45),
    "list": timedelta(days=45),
    "event": timedelta(days=45),
    "sign_in": timedelta(minutes=15),
    "feed": timedelta(days=400),
    "oidc": timedelta(minutes=10),
}
"""How long a link of each purpose is good."""
PATHS: dict[Purpose, str] = {
    "answer": "tl",
    "list": "ds",
    "event": "sk",
    "sign_in": "vao",
    "feed": "lich",
    "oidc": "oidc",
}
"""The first part of its path: trả lời, danh sách, sự kiện, vào, lịch."""
SKEW = timedelta(minutes=5)
"""By how much the clock of whoever signed may be ahead of the clock of whoever reads."""
LONGEST = 1_500
"""No token is longer: what is needs no deciphering."""
LEAST_KEY = 16
"""Bytes that a key has at least."""

_TOKEN = re.compile(rf"(?<=/)({'|'.join(PATHS.values())})/[A-Za-z0-9_.~-]{{20,}}")


class Fault(StrEnum):
    """What is wrong with a link."""

    FORGED = "forged"
    EXPIRED = "expired"
    EARLY = "early"
    """It was signed at an instant that is still to come: one of two clocks is wrong."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What a good link says: who may do what, and when it was signed. `number` is its own: what is done once is noted
    under it."""

    purpose: Purpose
    person: str
    number: str
    issued_at: datetime
    obligation_id: int = 0
    edition: int = 0
    scope: str = ""


class _Payload(NamedTuple):
    person: str
    obligation_id: int = 0
    edition: int = 0
    scope: str = ""
    number: str = ""

    def as_short(self) -> list[str | int]:
        """Return it without what stands at its end and says nothing: a letter holds many links."""
        values: list[str | int] = list(self)
        while not values[-1]:
            values.pop()
        return values


class _Signer(TimestampSigner):
    """Signs as of a given instant, and takes a signature only in the one form in which it is written.

    Base64 has spare bits and skips what it does not know: without the check, texts that differ would be the same
    signature.
    """

    def __init__(self, *arguments: Any, at: int = 0, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._at = at

    def get_timestamp(self) -> int:
        return self._at

    def verify_signature(self, value: str | bytes, sig: str | bytes) -> bool:
        given = sig.encode() if isinstance(sig, str) else sig
        try:
            canonical = base64_encode(base64_decode(given))
        except BadData:
            return False
        return canonical == given and super().verify_signature(value, sig)


@dataclass(frozen=True, slots=True)
class Links:
    """What makes links and reads them. The first key signs, all of them verify; ValueError without a good key."""

    public_url: str
    keys: tuple[bytes, ...] = field(repr=False)

    def __post_init__(self) -> None:
        if not self.keys or any(len(key) < LEAST_KEY for key in self.keys):
            raise ValueError(f"links need a key, and every key at least {LEAST_KEY} bytes")

    def answer(
        self, person: str, obligation_id: int, edition: int, *, issued_at: datetime, purpose: Purpose = "answer"
    ) -> str:
        """Return the address at which a person answers for an obligation; the same at the same instant."""
        return self.make(purpose, person, issued_at=issued_at, obligation_id=obligation_id, edition=edition)

    def sign_in(self, person: str, number: str, *, issued_at: datetime) -> str:
        """Return the address at which a person signs in once."""
        return self.make("sign_in", person, issued_at=issued_at, number=number)

    def make(
        self,
        purpose: Purpose,
        person: str,
        *,
        issued_at: datetime,
        obligation_id: int = 0,
        edition: int = 0,
        scope: str = "",
        number: str = "",
    ) -> str:
        """Return a link of any purpose; one that is given no number has one that hangs on all it says."""
        payload = _Payload(person, obligation_id, edition, scope, number)
        return f"{self.public_url}/{PATHS[purpose]}/{self._token(purpose, payload, issued_at)}"

    def oidc(self, number: str, scope: str, *, issued_at: datetime) -> str:
        """Return what a browser keeps while it is away at an issuer: no address, the token alone."""
        return self._token("oidc", _Payload("", 0, 0, scope, number), issued_at)

    def read(self, token: str, *, purpose: Purpose, now: datetime) -> Claim | Fault:
        """Return what a token says, or what is wrong with it; one made for another purpose is forged."""
        if len(token) > LONGEST or not token.isascii():
            return Fault.FORGED
        try:
            said, signed_at = self._serializer(purpose, 0).loads(token, return_timestamp=True)
            payload = _Payload(*said)
        except (BadData, ValueError, TypeError, OverflowError):
            return Fault.FORGED
        if signed_at - now > SKEW:
            return Fault.EARLY
        if now - signed_at > LIVES[purpose]:
            return Fault.EXPIRED
        person, obligation_id, edition, scope, number = payload
        number = number or _number(purpose, person, obligation_id, edition, scope, _seconds(signed_at))
        return Claim(purpose, person, number, signed_at, obligation_id, edition, scope)

    def _token(self, purpose: Purpose, payload: _Payload, issued_at: datetime) -> str:
        return str(self._serializer(purpose, _seconds(issued_at)).dumps(payload.as_short()))

    def _serializer(self, purpose: Purpose, at: int) -> URLSafeTimedSerializer:
        return URLSafeTimedSerializer(
            list(reversed(self.keys)),
            salt=f"dondoc.{purpose}.1",
            signer=_Signer,
            signer_kwargs={"digest_method": sha256, "key_derivation": "hmac", "at": at},
        )


def redacted(text: str) -> str:
    """Return the text with the token of every link in it replaced by `…`."""
    return _TOKEN.sub(r"\1/…", text)


def _number(*of: object) -> str:
    return sha256("\0".join(map(str, of)).encode()).hexdigest()[:20]


def _seconds(at: datetime) -> int:
    return int(at.astimezone(UTC).timestamp())


assert set(LIVES) == set(PATHS) == set(get_args(Purpose))
