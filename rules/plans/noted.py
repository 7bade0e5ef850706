"""Noted: footnotes and comments put with the rows they stand at, and asked about where they may hold a deadline."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from rules.plans.blocks import Paragraph, Where
from rules.plans.draft import Doubt, DraftTask
from rules.wording import Wording

_TIME = re.compile(
    r"\d[/.]\d|(?<!\w)(?:tháng|quý|ngày|năm) [\dIVX]|(?<!\w)(?:h[ằà]ng|mỗi) (?:ngày|tuần|tháng|quý|năm)"
    r"|(?<!\w)(?:định kỳ|thời hạn|gia hạn|lùi|trước|chậm nhất|muộn nhất|sau khi)(?!\w)",
    re.IGNORECASE,
)
"""What a note that holds a deadline says, and many another one as well: it is only asked about."""
_SHOWN = 200


def noted(tasks: Sequence[DraftTask], notes: Iterable[Paragraph]) -> tuple[list[DraftTask], list[Doubt]]:
    """Return the tasks with the notes at their rows in `note`, and a doubt for each note in a table that has no task.

    What is noted to the text outside of tables is part of that text.
    """
    of_rows: dict[Where, list[str]] = {}
    for note in notes:
        if note.at.row is not None:
            of_rows.setdefault(_row(note.at), []).append(note.text)
    found = [_with(task, of_rows) for task in tasks]
    for task in tasks:
        of_rows.pop(_row(task.at), None)
    return found, [Doubt(_left(text), at) for at, texts in of_rows.items() for text in texts]


def _with(task: DraftTask, of_rows: Mapping[Where, Sequence[str]]) -> DraftTask:
    texts = of_rows.get(_row(task.at), ()) if task.at.row is not None else ()
    asked = [Doubt(_asked(text), task.at, "stated") for text in texts if _TIME.search(text)]
    return replace(task, note="; ".join(filter(None, [task.note, *texts])), doubts=(*task.doubts, *asked))


def _row(at: Where) -> Where:
    """Return the place of a row, whatever page it is on."""
    return Where(sheet=at.sheet, table=at.table, row=at.row)


def _asked(text: str) -> Wording:
    shown = text[:_SHOWN]
    return Wording(
        f"Chú thích hoặc nhận xét ở dòng này có thể nêu thời hạn, chưa được tính: «{shown}».",
        f"A note at this row may state a deadline, which is not counted: «{shown}».",
    )


def _left(text: str) -> Wording:
    shown = text[:_SHOWN]
    return Wording(
        f"Chú thích hoặc nhận xét trong bảng không thuộc nhiệm vụ nào, không được đọc: «{shown}».",
        f"A note in the table belongs to no task and was not read: «{shown}».",
    )
