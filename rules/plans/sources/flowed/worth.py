"""Worth: how well a text suits a column of a plan: agencies and products by their first words, deadlines by grammar."""

import re
from functools import lru_cache

from rules.phrases import Context, read
from rules.plans.sources.flowed.header import Role
from rules.plans.sources.flowed.openings import BODIES, DOCUMENTS, HEADS, INCOMPLETE, JOINTS, PRODUCTS

AFTER_BREAK = (0.0, 1.5, 3.0)
"""What it is worth that a cell begins within a line, on a new line, after a blank line."""

_BODY = re.compile(rf"(?:{BODIES}|{HEADS})(?!\w)", re.IGNORECASE)
_NEXT_BODY = re.compile(rf"(?<=\s)(?=[A-ZĐÀ-Ỹ])(?i:{BODIES}|{HEADS})(?!\w)")
_INCOMPLETE = re.compile(rf"{INCOMPLETE}|{HEADS}", re.IGNORECASE)
_JOINT = re.compile(JOINTS, re.IGNORECASE)
_ABOVE = re.compile(
    rf"(?:văn phòng|đảng ủy|đảng uỷ|thường trực|tổ giúp việc|ủy viên|uỷ viên|thành viên|{HEADS})\s+$", re.IGNORECASE
)
_PRODUCT = re.compile(rf"(?:{PRODUCTS})(?!\w)", re.IGNORECASE)
_PRODUCT_WITHIN = re.compile(rf"(?<=[^\W\d_] )(?=[A-ZĐ])(?:(?i:{PRODUCTS}))(?!\w)")
_OF = re.compile(r"(?:của|theo|khi|có|ban hành) (?=[A-ZĐ])[^\W\d_]+")
"""A document or body that a deadline waits for (`của Đề án`, `ban hành Kế hoạch`)."""
_DOCUMENT = re.compile(rf"(?:{DOCUMENTS})(?!\w)", re.IGNORECASE)
_TIMES = (
    r"(?:Trước|Trong|Thường|Quý|Tháng|Năm|Ngày|Hoàn|Hằng|Hàng|Định|Theo|Khi|Sau|Từ|Đến|Chậm|Muộn|\d{1,2}/\d{4})(?!\w)"
)
_TIME = re.compile(rf"(?<=\s){_TIMES}")
_TIMELY = re.compile(rf"(?:{_TIMES}|\d|Nhiệm vụ thường|Tổ chức h[ằà]ng|Đầu|Cuối|Giữa|Ngay|Phát động|Trình)")
_SHORT = 8
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
    if not _BODY.match(text) or _INCOMPLETE.fullmatch(re.split(r"[,;]\s*", text)[-1]):
        return None
    value = 6.0
    pieces: list[str] = [piece.strip() for piece in re.split(r"[,;]", text)]
    value -= 3.0 * sum(piece[:1].isupper() and not _BODY.match(piece) for piece in pieces)
    value -= 6.0 * sum(_glued(piece) for piece in pieces)
    value -= 6.0 * bool(_TIME.search(text)) + 2.0 * text.endswith(".")
    return value - max(0, len(text.split()) - 14) / 5


def _glued(piece: str) -> int:
    """Return how many agencies begin within a text that nothing divides (`Sở Tài chính Văn phòng Tỉnh ủy`).

    What a word leads up to is none (`của UBND`, `khi Bộ`, `Văn phòng Tỉnh ủy`).
    """
    before = (piece[: found.start()] for found in _NEXT_BODY.finditer(piece))
    return sum(can_end(text.split()[-1]) and not _ABOVE.search(text[-20:]) for text in before)


def _deadline(text: str) -> float | None:
    """Return the worth of a deadline: nothing else may stand in that column, nor a long text that begins otherwise."""
    if not _TIMELY.match(text) and text.count(" ") >= _SHORT:
        return None
    reading = read(text, _SOME_YEAR)
    if reading.kind == "not_a_deadline":
        return None
    if reading.kind == "unspecified":
        return -1.0 if len(text.split()) < 12 else None
    return (8.0 if reading.confidence == "sure" else 5.0) - 6.0 * _glued(text)


def _product(text: str) -> float | None:
    """Return the worth of a product: it begins with the name of one, as do its pieces."""
    if not text[0].isupper():
        return None
    pieces: list[str] = [piece.strip() for piece in re.split(r"[,;]", text)]
    named = sum(bool(_PRODUCT.match(piece)) for piece in pieces)
    return (
        (4.0 if _PRODUCT.match(text) else 0.0)
        + 0.5 * named
        - 6.0 * (_glued(text) + bool(_TIME.search(text)))
        - 0.15 * max(0, len(text.split()) - 8)
    )


def is_typical(role: Role, text: str) -> bool:
    """Say whether a cell holds what its column usually does; a row has somebody in the lead, and a product."""
    if not text:
        return role not in ("lead", "head", "product", "basis")
    if role in ("lead", "head", "coordinate"):
        return _is_list(text)
    if role == "stated":
        return bool(_TIMELY.match(text)) and not _glued(text) and not _PRODUCT_WITHIN.search(_OF.sub("", text))
    return role != "product" or (bool(_PRODUCT.match(text)) and not _glued(text) and not _TIME.search(text))


def _is_list(text: str) -> bool:
    """Say whether a text is a list of agencies and nothing else."""
    return bool(_BODY.match(text)) and not _glued(text) and not _TIME.search(text) and not _PRODUCT_WITHIN.search(text)
