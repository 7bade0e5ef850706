"""Headers: words and addresses as header lines, in ASCII, folded, with nothing in them that could start
another header.

The standard library's own folding loses and adds spaces in Vietnamese names (gh-80222, gh-121284), so
encoding is done here.
"""

import re
from binascii import b2a_base64
from collections.abc import Iterable, Iterator
from functools import lru_cache

NAMES = frozenset(
    {
        "Auto-Submitted",
        "Content-Type",
        "Content-Transfer-Encoding",
        "Date",
        "From",
        "In-Reply-To",
        "List-Id",
        "MIME-Version",
        "Message-ID",
        "References",
        "Reply-To",
        "Subject",
        "To",
        "X-Auto-Response-Suppress",
    }
)
"""Every header a message of ours may have."""

_WIDTH = 76
_WORD_FRAME = len("=?utf-8?b??=")
# Controls, and the marks that make text run the other way and an address look like another one.
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
_PLAIN_PHRASE = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]*")


def header(name: str, value: str) -> str:
    """Return one header line without its end; `value` is one of the encoded forms below. ValueError on what
    may not stand in it."""
    if name not in NAMES:
        raise ValueError(f"{name!r} is no header of ours")
    if not value.isascii() or re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\r(?!\n)|(?<!\r)\n|\r\n(?![ \t])", value):
        raise ValueError(f"{value!r} may not stand in a header")
    return f"{name}: {value}"


def one_line(text: str) -> str:
    """Return the text without controls, its white space collapsed, so that it fits in a header or a title."""
    # Nearly every text is fit as it is, and to say so is quick.
    if text.isprintable() and "  " not in text and text[:1] != " " != text[-1:]:
        return text
    return " ".join(_UNSEEN.sub(" ", text).split())


@lru_cache(maxsize=1024)
def unstructured(text: str, *, name: str) -> str:
    """Return free text as the value of the header `name` (RFC 2047), on as many folded lines as it takes."""
    text = one_line(text)
    if text.isascii() and "=?" not in text and len(name) + 2 + len(text) <= _WIDTH:
        return text
    return _encoded_words(text, column=len(name) + 2)


@lru_cache(maxsize=4096)
def addressed(display: str, address: str | None, *, name: str) -> str:
    """Return `display <address>` as the value of the header `name`; without an address an empty group of that
    name (RFC 5322)."""
    phrase = _phrase(one_line(display), column=len(name) + 2)
    if address is None:
        return f"{phrase or 'undisclosed-recipients'}:;"
    if not phrase:
        return address
    last = phrase.rpartition("\n")[2]
    space = " " if len(name) + 2 + len(last) + 3 + len(address) <= _WIDTH else "\r\n "
    return f"{phrase}{space}<{address}>"


def ids(values: Iterable[str]) -> str:
    """Return Message-IDs, one a line."""
    return "\r\n ".join(values)


def _phrase(text: str, *, column: int) -> str:
    if not text.isascii() or "=?" in text or column + len(text) > _WIDTH - 2:
        return _encoded_words(text, column=column)
    if _PLAIN_PHRASE.fullmatch(text):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _encoded_words(text: str, *, column: int) -> str:
    """Return the text in words of RFC 2047: no character is split, the white space between words vanishes in
    reading."""
    return "\r\n ".join(f"=?utf-8?b?{b2a_base64(piece, newline=False).decode()}?=" for piece in _pieces(text, column))


def _pieces(text: str, column: int) -> Iterator[bytes]:
    """Cut the UTF-8 form between characters, each piece as long as its line allows; `column` is where the
    first begins."""
    room = (_WIDTH - column - _WORD_FRAME) // 4 * 3
    piece = b""
    for character in text:
        encoded = character.encode("utf-8", "replace")
        if len(piece) + len(encoded) > room:
            yield piece
            piece, room = b"", (_WIDTH - 1 - _WORD_FRAME) // 4 * 3
        piece += encoded
    if piece:
        yield piece
