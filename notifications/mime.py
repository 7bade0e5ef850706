"""MIME: the bytes of a message, put together by hand: a digest takes a twentieth of the time the `email`
package needs. All lines end in CRLF, and none begins with a dot."""

from binascii import b2a_base64
from collections.abc import Iterable
from hashlib import sha256
from struct import Struct

from notifications import headers

# What neither a letter nor a mail server has a use for; line ends and tabs stay. In UTF-8 these bytes mean
# nothing else.
_CONTROLS = bytes({*range(32), 127} - {9, 10})
_WIDTH = 76
_MANY = Struct(f"{_WIDTH}s" * 32)
"""Many lines at once: cut one by one they take longer than the encoding."""


def digest_of(key: str) -> str:
    """Return 32 hexadecimal digits that stand for `key`."""
    return sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def single(fields: Iterable[tuple[str, str]], text: str) -> bytes:
    """Return a message of plain text alone."""
    return b"\r\n".join((_head(fields), _part("plain", text)))


def alternative(fields: Iterable[tuple[str, str]], text: str, html: str, *, key: str) -> bytes:
    """Return a message that says the same as plain text and as HTML. The boundary hangs on `key` alone.

    Base64 knows no `_`, so a boundary that begins with `=_` cannot occur in a part.
    """
    boundary = f"=_{digest_of(key)}"
    kind = f'Content-Type: multipart/alternative;\r\n boundary="{boundary}"\r\n'
    rule = f"--{boundary}".encode()
    parts = (_head(fields), kind.encode(), rule, _part("plain", text), rule, _part("html", html))
    return b"\r\n".join(parts) + b"\r\n" + rule + b"--\r\n"


def mixed(
    fields: Iterable[tuple[str, str]], text: str, html: str, *, key: str, calendar: bytes, calendar_name: str
) -> bytes:
    """Return a message as `alternative` and, beside it, a calendar (RFC 5545, RFC 6047) that is published to the
    reader."""
    boundary = f"=_{digest_of(f'mixed {key}')}"
    head, _, body = alternative((), text, html, key=key).removeprefix(b"\r\n").partition(b"\r\n\r\n")
    kind = f'Content-Type: multipart/mixed;\r\n boundary="{boundary}"\r\n'
    rule = f"--{boundary}".encode()
    attached = (
        "Content-Type: text/calendar; charset=utf-8; method=PUBLISH\r\n"
        f'Content-Disposition: attachment; filename="{calendar_name}"\r\n'
        "Content-Transfer-Encoding: base64\r\n\r\n"
    )
    parts = (_head(fields), kind.encode(), rule, head + b"\r\n\r\n" + body.removesuffix(b"\r\n"), rule)
    return b"\r\n".join(parts) + b"\r\n" + attached.encode() + _base64(calendar) + b"\r\n" + rule + b"--\r\n"


def _head(fields: Iterable[tuple[str, str]]) -> bytes:
    return "\r\n".join(headers.header(name, value) for name, value in fields).encode("ascii")


def _part(subtype: str, text: str) -> bytes:
    """Return one part with its own header, in base64: for Vietnamese shorter than quoted-printable, and
    quicker made."""
    plain = text.encode("utf-8", "replace").translate(None, _CONTROLS).replace(b"\n", b"\r\n")
    head = f"Content-Type: text/{subtype}; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    return head.encode() + _base64(plain) + b"\r\n"


def _base64(data: bytes) -> bytes:
    """Return data in base64, in lines as long as they may be."""
    encoded = b2a_base64(data, newline=False)
    many = len(encoded) // _MANY.size * _MANY.size
    lines = [line for some in _MANY.iter_unpack(encoded[:many]) for line in some]
    lines += [encoded[at : at + _WIDTH] for at in range(many, len(encoded), _WIDTH)]
    return b"\r\n".join(lines)
