"""Remarks: rows of a table that list nothing: notes, sums, footnotes, and headings over nothing."""

from collections.abc import Iterable, Iterator

from rules.plans.blocks import Row, Where
from rules.plans.draft import Doubt
from rules.wording import Wording

_OPENINGS = frozenset(
    ("ghi chú", "lưu ý", "chú thích", "tổng cộng", "tổng số", "tổng", "cộng", "note", "notes", "total")
)
_SUMS = ("tổng cộng", "tổng số nhiệm vụ", "tổng số chỉ tiêu", "cộng chung")
_SHOWN = 80


def is_remark(row: Row) -> bool:
    """Say whether a row is a note or a sum: nothing but a text that opens as one, and a figure beside it."""
    said = list(dict.fromkeys(cell for cell in row.cells if cell))
    if not 0 < len(said) <= 2:
        return False
    opening = said[0].partition(":")[0].strip().lower()
    if said[0][0].islower():
        return False
    return opening in _OPENINGS or opening.startswith(_SUMS) or (len(said) == 1 and said[0].startswith(("(*)", "* ")))


def left_out(row: Row) -> Doubt:
    """Return the doubt that says what stands in a row that was read neither as a task nor as a heading."""
    text = " | ".join(dict.fromkeys(cell for cell in row.cells if cell))
    return Doubt(
        Wording(
            f"Dòng «{text[:_SHOWN]}» của bảng không được đọc thành nhiệm vụ hay chỉ tiêu.",
            f"Row «{text[:_SHOWN]}» of the table was not read as a task or an indicator.",
        ),
        row.at,
    )


def empty(entered: Iterable[tuple[str, Where]], used: Iterable[str]) -> Iterator[Doubt]:
    """Yield a doubt for each heading that no row stands under; `used` are the headings that have rows."""
    known = frozenset(used)
    for text, at in entered:
        if text not in known:
            yield Doubt(
                Wording(
                    f"Dưới đề mục «{text[:_SHOWN]}» không có dòng nào; nếu đây là một nhiệm vụ thì đã không được đọc.",
                    f"No row stands under the heading «{text[:_SHOWN]}»; if it is a task, it was not read.",
                ),
                at,
                "section",
            )
