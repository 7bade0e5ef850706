"""Streams: the packed parts of a PDF, measured before a library unpacks them without asking how large they become."""

import re
import zlib
from collections.abc import Iterator

from rules.plans.sources.refusals import too_large

_MOST_UNPACKED = 300_000_000
_READ = 1 << 14
_PIECE = 1 << 20
_STREAM = re.compile(rb"stream\r?\n")
_TWICE_PACKED = re.compile(rb"/Filter\s*\[[^\]]{0,200}(?:Flate|LZW)Decode[^\]]{0,200}(?:Flate|LZW)Decode")


def refuse_bombs(data: bytes) -> None:
    """Raise Unreadable for a PDF whose streams unpack to more than 300 MB, or are packed twice, as only bombs are."""
    if _TWICE_PACKED.search(data):
        raise too_large("dữ liệu bên trong nén hai lần", "its data is packed twice")
    unpacked = 0
    for size in _unpacked(data):
        unpacked += size
        if unpacked > _MOST_UNPACKED:
            raise too_large("giải nén vượt 300 MB", "it unpacks to more than 300 MB")


def _unpacked(data: bytes) -> Iterator[int]:
    """Yield the sizes of the pieces that the deflated streams of `data` unpack to; other streams yield nothing."""
    end = 0
    for start in _STREAM.finditer(data):
        if start.end() < end:
            continue
        unpacker = zlib.decompressobj()
        try:
            for end in range(start.end(), len(data), _READ):
                packed = data[end : end + _READ]
                while packed:
                    yield len(unpacker.decompress(packed, _PIECE))
                    packed = unpacker.unconsumed_tail
                if unpacker.eof:
                    break
        except zlib.error:
            continue
