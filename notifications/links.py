"""Links: signed addresses of pages, each bound to a person, a purpose and a time. Pure: keys and instants are given.

Whoever holds such a link speaks as its person, so it is never logged; `redacted` takes it out of a text.
"""

import json
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from hashlib import sha256
from typing import Any, Literal, NamedTuple, get_args

from itsdangerous import BadData, TimestampSigner, URLSafeTimedSerializer
from itsdangerous.encoding import base64_decode, base64_encode, int_to_bytes, want_bytes

Purpose = Literal["answer", "list", "event", "summary", "contribute", "sign_in", "feed", "oidc"]
"""What a link is for: to answer for one obligation, for several, for an event, to confirm a summary, to write for one,
to sign in, to read a calendar, to come back from an issuer of identities."""

LIVES: dict[Purpose, timedelta] = {
    "answer": timedelta(days=45),
    "list": timedelta(days=45),
    "event": timedelta(days=45),
    "summary": timedelta(days=45),
    "contribute": timedelta(days=45),
    "sign_in": timedelta(minutes=15),
    "feed": timedelta(days=400),
    "oidc": timedelta(minutes=10),
}
"""How long a link of each purpose is good; one to write for a summary at most: its hour comes sooner."""
PATHS: dict[Purpose, str] = {
    "answer": "tl",
    "list": "ds",
    "event": "sk",
    "summary": "bc",
    "contribute": "dg",
    "sign_in": "vao",
    "feed": "lich",
    "oidc": "oidc",
}
"""The first part of its path: trả lời, danh sách, sự kiện, báo cáo, đóng góp, vào, lịch."""
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
    """Signs as of an instant that it is given, and takes a signature only in the one form in which it is written.

    Base64 has spare bits and skips what it does not know: without the check, texts that differ would be the same
    signature.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._derived: dict[bytes, bytes] = {}

    def get_timestamp(self) -> int:
        raise AssertionError("nothing here reads the clock")

    def derive_key(self, secret_key: str | bytes | None = None) -> bytes:
        known = want_bytes(secret_key) if secret_key is not None else self.secret_key
        if known not in self._derived:
            self._derived[known] = super().derive_key(known)
        return self._derived[known]

    def dated(self, value: bytes, at: int) -> str:
        """Return the value with the instant and the signature of both, as `sign` does at that instant."""
        whole = value + self.sep + base64_encode(int_to_bytes(at))
        return (whole + self.sep + self.get_signature(whole)).decode()

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
            said, signed_at = _serializer(self.keys, purpose).loads(token, return_timestamp=True)
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
        return _signer(self.keys, purpose).dated(_packed(payload), _seconds(issued_at))


@lru_cache(maxsize=32)
def _serializer(keys: tuple[bytes, ...], purpose: Purpose) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(
        list(reversed(keys)),
        salt=_salt(purpose),
        signer=_Signer,
        signer_kwargs={"digest_method": sha256, "key_derivation": "hmac"},
    )


@lru_cache(maxsize=32)
def _signer(keys: tuple[bytes, ...], purpose: Purpose) -> _Signer:
    return _Signer(keys[0], salt=_salt(purpose), digest_method=sha256, key_derivation="hmac")


def _salt(purpose: Purpose) -> str:
    return f"dondoc.{purpose}.1"


def _packed(payload: _Payload) -> bytes:
    """Return what the serializer makes of it, but never compressed: what is short gains nothing, and letters have a
    link in every line."""
    return base64_encode(json.dumps(payload.as_short(), separators=(",", ":")).encode())


def redacted(text: str) -> str:
    """Return the text with the token of every link in it replaced by `…`."""
    return _TOKEN.sub(r"\1/…", text)


def _number(*of: object) -> str:
    return sha256("\0".join(map(str, of)).encode()).hexdigest()[:20]


def _seconds(at: datetime) -> int:
    return int(at.astimezone(UTC).timestamp())


assert set(LIVES) == set(PATHS) == set(get_args(Purpose))
