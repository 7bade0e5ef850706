"""MIME: the bytes of a message, put together by hand: a digest takes a twentieth of the time the `email`
package needs. All lines end in CRLF, and none begins with a dot."""

import re
from binascii import b2a_base64
from collections.abc import Iterable
from hashlib import sha256
from struct import Struct
from typing import NamedTuple

from notifications import headers

# What neither a letter nor a mail server has a use for; line ends and tabs stay. In UTF-8 these bytes mean
# nothing else.
_CONTROLS = bytes({*range(32), 127} - {9, 10})
_WIDTH = 76
_FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}", re.ASCII)
_MEDIA_TYPE = re.compile(r"[a-z]+/[a-z0-9.+-]+(?:; [a-z]+=[A-Za-z0-9-]+)*", re.ASCII)
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
    return b"\r\n".join((_head(fields), _several("alternative", (_part("plain", text), _part("html", html)), key)))


class Attachment(NamedTuple):
    """A file that goes along with a letter."""

    name: str
    media_type: str
    content: bytes
    parameters: str = ""
    """Of its media type: `; charset=utf-8`."""


def mixed(
    fields: Iterable[tuple[str, str]], text: str, html: str, attached: Iterable[Attachment], *, key: str
) -> bytes:
    """Return a message as `alternative` and `single` do, with files attached; the boundaries hang on `key` alone."""
    words = _part("plain", text)
    if html:
        words = _several("alternative", (words, _part("html", html)), f"{key} alternative")
    return b"\r\n".join((_head(fields), _several("mixed", (words, *map(_attached, attached)), key)))


def _several(subtype: str, parts: Iterable[bytes], key: str) -> bytes:
    """Return several parts, each with its own header, as one."""
    boundary = f"=_{digest_of(key)}"
    kind = f'Content-Type: multipart/{subtype};\r\n boundary="{boundary}"\r\n'
    rule = f"--{boundary}".encode()
    ruled = [line for part in parts for line in (rule, part)]
    return b"\r\n".join((kind.encode(), *ruled)) + b"\r\n" + rule + b"--\r\n"


def _attached(file: Attachment) -> bytes:
    """Return a file as a part. ValueError when its name or media type could be taken for more than that."""
    kind = f"{file.media_type}{file.parameters}"
    if not _FILE_NAME.fullmatch(file.name) or not _MEDIA_TYPE.fullmatch(kind):
        raise ValueError(f"{file.name!r} ({kind!r}) cannot be attached")
    head = (
        f"Content-Type: {kind}\r\n"
        f'Content-Disposition: attachment;\r\n filename="{file.name}"\r\n'
        "Content-Transfer-Encoding: base64\r\n\r\n"
    )
    return head.encode() + _base64(file.content)


def _head(fields: Iterable[tuple[str, str]]) -> bytes:
    return "\r\n".join(headers.header(name, value) for name, value in fields).encode("ascii")


def _part(subtype: str, text: str) -> bytes:
    """Return one part with its own header, in base64: for Vietnamese shorter than quoted-printable, and
    quicker made."""
    plain = text.encode("utf-8", "replace").translate(None, _CONTROLS).replace(b"\n", b"\r\n")
    head = f"Content-Type: text/{subtype}; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    return head.encode() + _base64(plain)


def _base64(plain: bytes) -> bytes:
    encoded = b2a_base64(plain, newline=False)
    many = len(encoded) // _MANY.size * _MANY.size
    lines = [line for some in _MANY.iter_unpack(encoded[:many]) for line in some]
    lines += [encoded[at : at + _WIDTH] for at in range(many, len(encoded), _WIDTH)]
    return b"\r\n".join(lines) + b"\r\n"
