"""Streams: the packed parts of a PDF, measured before a library unpacks them without asking how large they become.

What is drawn and written on a page is counted as well: the library makes an object of a kilobyte of every line of it.
"""

import re
import zlib
from collections.abc import Iterable, Iterator

from rules.plans.blocks import Unreadable
from rules.plans.sources.refusals import too_large

_MOST_UNPACKED = 300_000_000
_MOST_DRAWN = 30_000
_MOST_DRAWN_IN_ALL = 1_000_000
_READ = 1 << 14
_PIECE = 1 << 20
_STREAM = re.compile(rb"stream\r?\n")
_TWICE_PACKED = re.compile(rb"/Filter\s*\[[^\]]{0,200}(?:Flate|LZW)Decode[^\]]{0,200}(?:Flate|LZW)Decode")
_DRAWN = re.compile(rb"(?:\d|\.)\s(?:l|re|c|v|y)(?=\s)|[)>\]]\s?(?:Tj|TJ|')(?=\s)")
"""The operators that draw a line, box or curve, or write words (ISO 32000-1, annex A)."""


def refuse_bombs(data: bytes) -> None:
    """Raise Unreadable for a PDF that is too much to read.

    Its streams unpack to more than 300 MB, or are packed twice, as only bombs are; or one of them draws and writes
    more than 30,000 things, all of them more than a million.
    """
    if _TWICE_PACKED.search(data):
        raise too_large("dữ liệu bên trong nén hai lần", "its data is packed twice")
    unpacked = drawn = 0
    for stream in _streams(data):
        own = 0
        for piece in stream:
            unpacked += len(piece)
            count = len(_DRAWN.findall(piece))
            own, drawn = own + count, drawn + count
            if unpacked > _MOST_UNPACKED:
                raise too_large("giải nén vượt 300 MB", "it unpacks to more than 300 MB")
            if own > _MOST_DRAWN or drawn > _MOST_DRAWN_IN_ALL:
                raise too_large("quá nhiều đường kẻ hoặc chữ rời", "it draws too many lines, or words one by one")


def refuse_drawings(pieces: Iterable[bytes], number: int) -> None:
    """Raise Unreadable for a page whose content, unpacked however it was packed, draws and writes too many things."""
    if sum(len(_DRAWN.findall(piece)) for piece in pieces) > _MOST_DRAWN:
        raise drawing(number)


def drawing(number: int) -> Unreadable:
    """Return the refusal of a page that is a drawing."""
    return too_large(f"trang {number} là bản vẽ hoặc quá dày", f"page {number} is a drawing, or too dense")


def _streams(data: bytes) -> Iterator[Iterator[bytes]]:
    """Yield the streams of `data`, each as the pieces that it unpacks to: one for a stream that is not deflated."""
    reached = [0]
    for start in _STREAM.finditer(data):
        if start.end() >= reached[0]:
            yield _pieces(data, start.end(), reached)


def _pieces(data: bytes, start: int, reached: list[int]) -> Iterator[bytes]:
    """Yield the pieces of the stream that begins at `start`, and note in `reached` how far it was followed."""
    unpacker = zlib.decompressobj()
    try:
        for at in range(start, len(data), _READ):
            reached[0] = at
            packed = data[at : at + _READ]
            while packed and not unpacker.eof:
                yield unpacker.decompress(packed, _PIECE)
                packed = unpacker.unconsumed_tail
            if unpacker.eof:
                return
    except zlib.error:
        if reached[0] == start:
            end = data.find(b"endstream", start)
            yield data[start : end if end >= 0 else len(data)]
