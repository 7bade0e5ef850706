"""Remarked: what the words of a row say of its deadline beside what it comes to: done already, replaced by another."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from rules.plans.draft import Doubt, DraftTask
from rules.wording import Wording

_DONE = re.compile(
    r"(?:^|[(;.,]\s*)(đã (?:được )?(?:thực hiện|hoàn thành|triển khai|xong|ban hành|tổ chức)[^().;,]{0,40})"
    r"(?=[).;,]|$)",
    re.IGNORECASE,
)
"""What a note says of a task that is done already."""
_SIDE_BY_SIDE = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}\s+\d{1,2}[/.-]\d{1,2}[/.-]\d{4}")
"""Two dates that nothing joins: of one that replaced another the old one may still be there."""


def remarked(tasks: Iterable[DraftTask]) -> list[DraftTask]:
    """Return the tasks with doubts about deadlines that the row itself says are met, or may say twice."""
    return [replace(task, doubts=(*task.doubts, *_doubts(task))) for task in tasks]


def _doubts(task: DraftTask) -> Iterator[Doubt]:
    if two := _SIDE_BY_SIDE.search(task.stated):
        yield Doubt(_side_by_side(two[0]), task.at, "stated")
    if done := _DONE.search(task.note):
        yield Doubt(_done(done[1].strip()), task.at, "stated")


def _side_by_side(dates: str) -> Wording:
    return Wording(
        f"Hai ngày viết liền nhau («{dates}»): hai thời hạn, hay hạn cũ chưa xóa.",
        f"Two dates side by side («{dates}»): two deadlines, or an old one that was not deleted.",
    )


def _done(said: str) -> Wording:
    return Wording(
        f"Ghi chú ghi «{said}»: nếu đã xong thì xác nhận hoàn thành, nếu không sẽ bị nhắc là trễ hạn.",
        f"The note says «{said}»: report it as done if it is, else it will be reminded of as late.",
    )
