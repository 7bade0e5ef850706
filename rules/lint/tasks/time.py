"""Rõ thời gian: a day comes of every deadline, and standing work is looked at again."""

from collections.abc import Iterator

from rules.deadline import Continuous
from rules.lint.deadlines.old import is_undated_long, why_undated
from rules.lint.finding import Check, Found
from rules.lint.subject import Subject
from rules.wording import Wording


def _undated(subject: Subject) -> Iterator[Found]:
    for programme, task in subject.open_tasks():
        for part, deadline in task.deadlines.items():
            # Of what has been so for long D407 speaks.
            if (said := why_undated(deadline)) and not is_undated_long(subject, programme, deadline):
                yield Found(subject.deadline_place(programme, task, part), said)


def _unreviewed(subject: Subject) -> Iterator[Found]:
    for programme, task in subject.open_tasks():
        for part, deadline in task.deadlines.items():
            if isinstance(deadline, Continuous) and deadline.review is None:
                said = Wording(
                    "nhiệm vụ thường xuyên không có kỳ rà soát: không ai được nhắc lần nào",
                    "standing work without a review: nobody is ever reminded of it",
                )
                yield Found(subject.deadline_place(programme, task, part), said)


UNDATED = Check(
    "D103",
    "no-day",
    "warning",
    Wording("rõ thời gian: thời hạn không có ngày", "time: a deadline without a day"),
    Wording(
        (
            "Không có ngày thì không thể nhắc, không thể nói là trễ; nhiệm vụ chỉ nằm trong danh sách "
            "chờ của cơ quan thường trực."
        ),
        "Without a day nothing can be reminded of or be late; the task only stands in a list of the standing office.",
    ),
    Wording(
        "hỏi đơn vị chủ trì một ngày và ghi vào deadline:; với sự kiện thêm within: 30 days",
        "ask the lead for a day and put it into deadline:; after an event add within: 30 days",
    ),
    bad="deadline: {set_by: Đề án số 05-ĐA/TU}",
    good="deadline: 2026-09-15",
    find=_undated,
    depends_on_today=True,
)
UNREVIEWED = Check(
    "D104",
    "no-review",
    "warning",
    Wording("rõ thời gian: việc thường xuyên không có kỳ rà soát", "time: standing work that nobody looks at"),
    Wording(
        "Việc thường xuyên không bao giờ trễ; chỉ kỳ rà soát mới làm cho nó được báo cáo.",
        "Standing work is never late; only its reviews bring it before anybody.",
    ),
    Wording(
        "thêm kỳ rà soát: deadline: {continuous: true, review: quarter}",
        "add a review: deadline: {continuous: true, review: quarter}",
    ),
    bad="deadline: continuous",
    good="deadline: {continuous: true, review: quarter}",
    find=_unreviewed,
)
