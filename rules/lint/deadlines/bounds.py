"""Deadlines before the document that sets them, and outside the period it is for."""

from collections.abc import Iterator

from rules.lint.finding import Check, Found
from rules.lint.subject import Subject
from rules.wording import Wording

_OF_EVENTS = ("event", "before_event")


def _before(subject: Subject) -> Iterator[Found]:
    for programme, task in subject.open_tasks():
        issued = programme.document.date
        for dated in subject.dated(programme, task):
            due = dated.term.due
            if issued and due and not dated.recurs and dated.term.kind not in _OF_EVENTS and due < issued:
                said = Wording(
                    f"hạn {due} đã qua khi văn bản ban hành ({issued}): trễ ngay từ ngày đầu",
                    f"the deadline {due} was past when the document was issued ({issued}): late from the first day",
                )
                yield Found(dated.place, said)


def _outside(subject: Subject) -> Iterator[Found]:
    for programme, task in subject.open_tasks():
        period = programme.period
        for dated in subject.dated(programme, task):
            due = dated.term.due
            if period is None or due is None or dated.recurs or dated.term.kind in _OF_EVENTS:
                continue
            if not period.start <= due <= period.end:
                said = Wording(
                    f"hạn {due} nằm ngoài kỳ {period.text} của chương trình",
                    f"the deadline {due} lies outside the programme's period {period.text}",
                )
                yield Found(dated.place, said)


BEFORE = Check(
    "D405",
    "before-document",
    "warning",
    Wording("hạn trước ngày ban hành", "a deadline before the document's date"),
    Wording(
        "Việc trễ ngay từ ngày giao thì lời nhắc vô nghĩa; thường do chép từ bản cũ.",
        "What is late when it is given cannot be reminded of; most often it was copied from an older version.",
    ),
    Wording(
        "hỏi lại hạn, hoặc ghi hạn cũ vào amended: và hạn mới vào deadline:",
        "ask for the deadline, or put the old one into amended: and the new one into deadline:",
    ),
    bad="deadline: 2026-01-02",
    good="deadline: 2026-03-16",
    find=_before,
)
OUTSIDE = Check(
    "D406",
    "outside-period",
    "warning",
    Wording("hạn ngoài kỳ của chương trình", "a deadline outside the programme's period"),
    Wording(
        "Hạn nằm ngoài kỳ thường là gõ nhầm năm.", "A deadline outside the period is most often a slip in the year."
    ),
    Wording("kiểm tra năm của hạn, hoặc mở rộng period:", "check the year of the deadline, or widen period:"),
    bad="deadline: 2027-03-16",
    good="deadline: 2026-03-16",
    find=_outside,
)
