"""Amending: what a plan's notes say about the tasks of another annex, and about the earlier deadlines of its own."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Literal

from rules.phrases import Context, Reading, read
from rules.plans.draft import Amends, Doubt, DraftTask, Earlier
from rules.wording import Wording

What = Literal["title", "deadline", "lead", "other"]

_TARGET = re.compile(
    r"(?:Các\s+)?[Nn]hiệm vụ\s+(?:số\s+|thứ\s+)\d+(?:\.\d+)*(?:(?:\s*,\s*|\s+và\s+)(?:số\s+)?\d+)*"
    r"(?:\s*,?\s*(?:tại\s+|của\s+|thuộc\s+)?(?:mục\s+[\w.]+\s*,?\s*)?[Pp]hụ lục\s+(?:số\s+)?[\dIVX]+)?"
)
_CHANGES = re.compile(
    r"điều chỉnh|thay đổi|cập nhật|sửa đổi|thay thế|đổi tên|gia hạn|lùi (?:thời )?hạn|bãi bỏ|chuyển sang", re.IGNORECASE
)
_ADDS = re.compile(r"(?:nhiệm vụ\s+)?bổ sung(?!,)", re.IGNORECASE)
_SUBJECTS: Mapping[What, re.Pattern[str]] = {
    "title": re.compile(r"\btên\b|nội dung", re.IGNORECASE),
    "deadline": re.compile(r"thời gian|thời hạn|tiến độ|\bhạn\b|gia hạn", re.IGNORECASE),
    "lead": re.compile(r"chủ trì|cơ quan thực hiện|đơn vị thực hiện", re.IGNORECASE),
}
_BY = re.compile(r"\btheo\s+(?:đề nghị (?:của .*? )?tại\s+)?([^\W\d_].*?)\s*[.;]?$", re.IGNORECASE | re.DOTALL)
_NUMBERED = re.compile(r"\d[\w.]*\s*[-/]")
_FROM = re.compile(r"\b(?:từ|trước đây là|thay cho)\s+(.*?)(?=\s+(?:sang|thành|đến|theo|tại)\b|$)", re.IGNORECASE)
_RUNS_ON = re.compile(r"\b(?:theo|tại|của|số|ngày)\s*$")
_DOCUMENT = re.compile(r"(?:Công văn|Văn bản|Kế hoạch|Quyết định|Thông báo|Tờ trình|Chương trình)\b")
_SENTENCE = re.compile(r"(?<=[^\d\W])[.;]\s+(?=\w)|\n")


_UNSAID = Wording(
    "Ghi chú nói thời hạn đã thay đổi nhưng không ghi thời hạn cũ.",
    "The note says that the deadline was changed, and not what it was.",
)
_OVER_TWO_ROWS = Wording(
    "Ghi chú viết liền qua hai dòng: hiểu là áp dụng cho cả hai.",
    "The note runs on over two rows: it is taken to be about both.",
)


def amends(tasks: Sequence[DraftTask]) -> tuple[Amends, ...]:
    """Return what the rows' notes and columns of changes amend.

    `target` is the task as it is named there, '' where the row says that it re-dates or renames without naming one.
    A note that a task was added amends nothing; a note of an earlier deadline of the row itself is `earlier`'s.
    """
    return tuple(found for task in tasks for said in _remarks(task) for found in _amends(task, said))


def with_earlier(tasks: Sequence[DraftTask], context: Context) -> tuple[DraftTask, ...]:
    """Return the tasks, each with the deadlines its note says it had before.

    A note that runs on in the row below (one cell beside both rows) is taken to be about both, with a doubt.
    """
    notes = [task.note for task in tasks]
    found = [_with_earlier(task, task.note, context) for task in tasks]
    for n, (note, below) in enumerate(pairwise(notes)):
        if _RUNS_ON.search(note) and _DOCUMENT.match(below) and _is_of_own_deadline(note):
            found[n], found[n + 1] = (_shared(tasks[k], f"{note} {below}", context) for k in (n, n + 1))
    return tuple(found)


def _with_earlier(task: DraftTask, note: str, context: Context) -> DraftTask:
    was = earlier(replace(task, note=note), context)
    unsaid = [Doubt(_UNSAID, one.at, "note") for one in was if one.reading is None]
    return replace(task, earlier=was, doubts=(*task.doubts, *unsaid))


def _shared(task: DraftTask, note: str, context: Context) -> DraftTask:
    found = _with_earlier(task, note, context)
    return replace(found, doubts=(*found.doubts, Doubt(_OVER_TWO_ROWS, task.at, "note")))


def earlier(task: DraftTask, context: Context) -> tuple[Earlier, ...]:
    """Return the deadlines that a task had before, from notes such as `Thay đổi thời gian từ tháng 01/2026 theo …`."""
    return tuple(
        Earlier(_before(said, context), _document(said), said, task.at)
        for said in _sentences(task.note)
        if _is_of_own_deadline(said)
    )


def _remarks(task: DraftTask) -> Iterator[str]:
    """Yield the sentences of the columns that may speak of changes."""
    for text in dict.fromkeys((*task.extra.values(), task.note)):
        yield from (said for said in _sentences(text) if not (text == task.note and _is_of_own_deadline(said)))


def _sentences(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in _SENTENCE.split(text) if part.strip())


def _amends(task: DraftTask, said: str) -> Iterator[Amends]:
    named = _TARGET.search(said)
    if not _CHANGES.search(said) or (_ADDS.match(said) and not named):
        return
    clause = _BY.sub("", said)
    found = [what for what, pattern in _SUBJECTS.items() if pattern.search(clause)]
    for what in found or ["other"]:
        yield Amends(named[0] if named else "", what, task.no, said, task.at)


def _is_of_own_deadline(said: str) -> bool:
    """Say whether a note says that this very task's deadline was another one."""
    changed = re.match(r"\(?\s*(?:đã\s+)?(?:thay đổi|điều chỉnh|lùi|gia hạn)", said, re.IGNORECASE)
    return bool(changed and _SUBJECTS["deadline"].search(_BY.sub("", said)) and not _TARGET.search(said))


def _before(said: str, context: Context) -> Reading | None:
    """Return what the deadline was, None where the note does not say it."""
    found = _FROM.search(_BY.sub("", said))
    reading = read(found[1], context) if found else None
    return reading if reading and reading.kind not in ("unspecified", "not_a_deadline") else None


def _document(said: str) -> str:
    """Return the document by which a deadline was changed, '' where the note names none by its number."""
    found = _BY.search(said)
    return found[1].strip(" ().") if found and _NUMBERED.search(found[1]) else ""
