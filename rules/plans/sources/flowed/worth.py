"""Worth: how well a text suits a column of a plan: agencies and products by their first words, deadlines by grammar."""

import re
from functools import lru_cache

from rules.phrases import Context, read
from rules.plans.sources.flowed.header import Role
from rules.plans.sources.flowed.openings import BODIES, DOCUMENTS, HEADS, INCOMPLETE, JOINTS, PRODUCTS

AFTER_BREAK = (0.0, 1.5, 3.0)
"""What it is worth that a cell begins within a line, on a new line, after a blank line."""

_BODY = re.compile(rf"(?:{BODIES}|{HEADS})(?!\w)", re.IGNORECASE)
_INCOMPLETE = re.compile(INCOMPLETE, re.IGNORECASE)
_JOINT = re.compile(JOINTS, re.IGNORECASE)
_ABOVE = re.compile(rf"(?:văn phòng|đảng ủy|đảng uỷ|thường trực|tổ giúp việc|{HEADS})\s+$", re.IGNORECASE)
_PRODUCT = re.compile(rf"(?:{PRODUCTS})(?!\w)", re.IGNORECASE)
_DOCUMENT = re.compile(rf"(?:{DOCUMENTS})(?!\w)", re.IGNORECASE)
_TIME = re.compile(
    r"(?<=\s)(?:Trước|Trong|Thường|Quý|Tháng|Năm|Ngày|Hoàn|Hằng|Hàng|Định|Theo|Khi|Sau|Từ|Đến|\d{1,2}/\d{4})\b"
)
_SOME_YEAR = Context(2000)
"""Which year is of no matter here: only whether a text is a deadline."""


def can_end(word: str) -> bool:
    """Say whether a cell may end with a word: not with a comma or with one that wants another after it."""
    return word[-1] not in ",;:(/“-–+" and not _JOINT.fullmatch(word.strip("(“"))


@lru_cache(maxsize=4_096)
def worth(role: Role, text: str, *, begins: bool) -> float | None:
    """Return how well a text suits a column, None where it cannot stand there.

    An empty cell costs something where rows usually have one; on a page where the row only goes on it costs nothing.
    """
    if not text:
        return _EMPTY.get(role, 0.0) if begins else 0.0
    if role == "title":
        return _title(text, begins=begins)
    if role in ("lead", "head", "coordinate"):
        return _agencies(text)
    if role == "stated":
        return _deadline(text)
    if role == "product":
        return _product(text)
    if role == "basis":
        return 5.0 if _DOCUMENT.match(text) else None
    return 0.0


_EMPTY: dict[Role, float] = {"title": -50.0, "lead": -6.0, "head": -6.0, "stated": -2.0, "product": -3.0}


def _title(text: str, *, begins: bool) -> float:
    """Return the worth of a title: a sentence, not a list of agencies; what goes on from another page is long."""
    ended = 0.5 if text.endswith((".", ")", "”")) else 0.0
    return ended + (0.0 if begins else 2.0 if text[0].islower() else 0.0)


def _agencies(text: str) -> float | None:
    """Return the worth of a list of agencies: it begins like one, and so does each piece with a capital."""
    if not _BODY.match(text) or _INCOMPLETE.fullmatch(text):
        return None
    value = 6.0
    pieces: list[str] = [piece.strip() for piece in re.split(r"[,;]", text)]
    value -= 3.0 * sum(piece[:1].isupper() and not _BODY.match(piece) for piece in pieces)
    value -= 6.0 * sum(_glued(piece) for piece in pieces)
    value -= 6.0 * bool(_TIME.search(text)) + 2.0 * text.endswith(".")
    return value - max(0, len(text.split()) - 14) / 5


def _glued(piece: str) -> int:
    """Return how many agencies begin within a piece that no comma divides (`Sở Tài chính Văn phòng Tỉnh ủy`)."""
    starts = [found.start() for found in _BODY.finditer(piece) if found.start() and found[0][0].isupper()]
    return sum(not _ABOVE.search(piece[:start]) for start in starts)


def _deadline(text: str) -> float | None:
    """Return the worth of a deadline: nothing else may stand in that column."""
    reading = read(text, _SOME_YEAR)
    if reading.kind == "not_a_deadline":
        return None
    if reading.kind == "unspecified":
        return -1.0 if len(text.split()) < 12 else None
    return 8.0 if reading.confidence == "sure" else 5.0


def _product(text: str) -> float | None:
    """Return the worth of a product: it begins with the name of one, as do its pieces."""
    if not text[0].isupper():
        return None
    pieces: list[str] = [piece.strip() for piece in re.split(r"[,;]", text)]
    named = sum(bool(_PRODUCT.match(piece)) for piece in pieces)
    return (4.0 if _PRODUCT.match(text) else 0.0) + 0.5 * named - 0.15 * max(0, len(text.split()) - 8)
