"""How a plan is laid out: the same rows, as offices lay them out differently.

In rows, `<` stands for a place that the cell to the left spans, `^` for one that the cell above spans.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile
from typing import NamedTuple

Rows = Sequence[Sequence[str]]

HEADER = ("STT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Sản phẩm", "Thời gian hoàn thành")
PLAN: Rows = (
    ("I", "HOÀN THIỆN THỂ CHẾ", "", "", "", ""),
    ("1", "Ban hành Nghị quyết về chuyển đổi số", "Sở Tư pháp", "Các sở, ngành", "Nghị quyết", "Trước ngày 30/6/2026"),
    ("2", "Rà soát thủ tục hành chính", "Văn phòng UBND tỉnh", "Sở Nội vụ", "Báo cáo", "Quý II/2026"),
    ("II", "HẠ TẦNG SỐ", "", "", "", ""),
    ("3", "Phủ sóng 5G", "Sở Khoa học và Công nghệ", "UBND các xã, phường", "≥ 70% dân số", "31/12/2026"),
    ("4", "Kho dữ liệu dùng chung", "Công an tỉnh", "", "Kho dữ liệu", "Thường xuyên"),
)


@dataclass(frozen=True)
class Layout:
    """What an office may do to a table: `order` of the columns, `split` after which rows, two rows of headings …"""

    order: Sequence[int] = ()
    split: Sequence[int] = ()
    repeat_header: bool = False
    merge_sections: bool = False
    two_row_header: bool = False
    numbered: bool = False
    nested: bool = False


PLAIN = Layout()


class Box(NamedTuple):
    """A cell of a table with what it spans."""

    row: int
    column: int
    width: int
    height: int
    text: str


def pieces(rows: Rows, layout: Layout) -> list[Rows]:
    """Return the tables that the header and `rows` are split into."""
    header, *body = ([row[n] for n in layout.order or range(len(row))] for row in (HEADER, *rows))
    if layout.merge_sections:
        body = [_merged(row) if is_section(row) else row for row in body]
    head = _two_rows(header) if layout.two_row_header else [header]
    ends = [0, *layout.split, len(body)]
    parts = [body[start:end] for start, end in pairwise(ends)]
    return [(head if n == 0 or layout.repeat_header else []) + part for n, part in enumerate(parts)]


def is_section(row: Sequence[str]) -> bool:
    """Say whether a row has a number and a title only."""
    return sum(map(bool, row)) == 2


def _merged(row: Sequence[str]) -> list[str]:
    """Return a section row of which the title spans the empty cells after it."""
    return [text or "<" for text in row]


def _two_rows(header: Sequence[str]) -> list[list[str]]:
    """Return a header whose agencies stand under a common heading."""
    agency = "Cơ quan "
    upper = [
        ("<" if header[n - 1].startswith(agency) else "Cơ quan") if text.startswith(agency) else text
        for n, text in enumerate(header)
    ]
    return [upper, [text.removeprefix(agency) if text.startswith(agency) else "^" for text in header]]


def boxes(table: Rows) -> list[Box]:
    """Return the cells of a table."""
    return [
        Box(n, at, _run(row[at + 1 :], "<"), _run([below[at] for below in table[n + 1 :]], "^"), text)
        for n, row in enumerate(table)
        for at, text in enumerate(row)
        if text not in ("<", "^")
    ]


def _run(texts: Sequence[str], sign: str) -> int:
    """Return one more than the number of signs that `texts` begins with."""
    return 1 + len(list(takewhile(sign.__eq__, texts)))


def plain(table: Rows) -> list[list[str]]:
    """Return the texts of a table as a reader should have them: nothing for `<`, the text above for `^`."""
    told: list[list[str]] = []
    for row in table:
        told.append([told[-1][n] if text == "^" else "" if text == "<" else text for n, text in enumerate(row)])
    return told


def as_text(tables: Sequence[Rows]) -> bytes:
    """Return tables as the text format has them: tabs between cells, an empty line between tables."""
    return "\n\n".join("\n".join("\t".join(row) for row in plain(table)) for table in tables).encode()
