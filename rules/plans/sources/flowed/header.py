"""The header of a flowed table: its lines, the headings of its columns and what each column holds."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Literal, NamedTuple

from rules.plans.sources.flowed.lines import joined

Role = Literal["no", "title", "lead", "head", "coordinate", "product", "basis", "stated", "note"]

_HEADINGS: tuple[tuple[Role, tuple[str, ...]], ...] = (
    ("no", ("STT", "TT", "Số TT")),
    (
        "title",
        (
            "Tên nhiệm vụ",
            "Nội dung nhiệm vụ",
            "Nhiệm vụ cụ thể",
            "Nội dung công việc",
            "Nhiệm vụ",
            "Nội dung",
            "Công việc",
        ),
    ),
    ("head", ("Người đứng đầu chịu trách nhiệm", "Lãnh đạo phụ trách", "Người chịu trách nhiệm")),
    (
        "lead",
        (
            "Cơ quan, đơn vị chủ trì",
            "Cơ quan chủ trì/tham mưu",
            "Cơ quan chủ trì thực hiện",
            "Cơ quan chủ trì",
            "Đơn vị chủ trì",
            "Chủ trì thực hiện",
            "Cơ quan thực hiện",
            "Chủ trì",
        ),
    ),
    (
        "coordinate",
        (
            "Cơ quan, đơn vị phối hợp",
            "Cơ quan thực hiện/phối hợp",
            "Cơ quan phối hợp",
            "Đơn vị phối hợp",
            "Phối hợp thực hiện",
            "Phối hợp",
        ),
    ),
    (
        "stated",
        (
            "Thời gian hoàn thành",
            "Thời hạn hoàn thành",
            "Thời gian thực hiện",
            "Thời hạn thực hiện",
            "Tiến độ thực hiện",
            "Thời gian",
            "Thời hạn",
            "Tiến độ",
        ),
    ),
    (
        "product",
        (
            "Kết quả/Dự kiến kết quả",
            "Dự kiến kết quả",
            "Sản phẩm, kết quả yêu cầu",
            "Sản phẩm, kết quả",
            "Kết quả, sản phẩm",
            "Sản phẩm dự kiến",
            "Sản phẩm đầu ra",
            "Sản phẩm",
            "Kết quả",
        ),
    ),
    ("basis", ("Văn bản giao nhiệm vụ", "Văn bản giao", "Căn cứ giao", "Căn cứ")),
    ("note", ("Ghi chú",)),
)
_LINES = 16
_FEWEST = 4
_BEGINS = re.compile(r"(?:STT|TT|Số TT)(?!\w)")


class Header(NamedTuple):
    """The header of a table: the line after it, the role and the heading of each column, and its words."""

    end: int
    roles: tuple[Role, ...]
    cells: tuple[str, ...]
    words: tuple[str, ...]


def header_at(lines: Sequence[str], at: int) -> Header | None:
    """Return the header that begins in line `at`, None where no table flowed out of its rules begins there."""
    if "\t" in lines[at] or not _BEGINS.match(lines[at].strip()):
        return None
    best: Header | None = None
    for end in range(at + 1, min(at + _LINES, len(lines)) + 1):
        if lines[end - 1].strip():
            best = _header(joined(lines[at:end]), end) or best
    return best


def is_repeated(lines: Sequence[str], at: int, header: Header) -> int | None:
    """Return the line after the header where it is repeated from line `at` on, None where it is not."""
    words: list[str] = []
    for end in range(at, min(at + _LINES, len(lines))):
        words += _words(lines[end])
        if tuple(words) == header.words:
            return end + 1
        if tuple(words) != header.words[: len(words)]:
            return None
    return None


def _header(text: str, end: int) -> Header | None:
    """Return the header that a text is, None where a part of it is no heading of a column."""
    columns: list[tuple[Role, str]] = []
    rest = text
    while rest:
        column = _column(rest)
        if column is None or column[0] in [role for role, _ in columns]:
            return None
        columns.append(column)
        rest = rest[len(column[1]) :].lstrip()
    roles = tuple(role for role, _ in columns)
    if len(columns) < _FEWEST or roles[:2] != ("no", "title"):
        return None
    return Header(end, roles, tuple(heading for _, heading in columns), _words(text))


def _column(text: str) -> tuple[Role, str] | None:
    """Return the longest heading that a text begins with, as it is written there, and its role."""
    found = [
        (role, text[: len(heading)])
        for role, headings in _HEADINGS
        for heading in headings
        if text.casefold().startswith(heading.casefold()) and not text[len(heading) : len(heading) + 1].isalnum()
    ]
    return max(found, key=lambda pair: len(pair[1])) if found else None


def _words(line: str) -> tuple[str, ...]:
    return tuple(unicodedata.normalize("NFC", line).split())
