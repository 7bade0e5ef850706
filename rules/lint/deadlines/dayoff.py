"""Deadlines on days off, with the working days that they come to."""

from collections.abc import Iterator

from rules.days import day_vi
from rules.lint.finding import Check, Found
from rules.lint.subject import Dated, Subject
from rules.programme import Programme
from rules.wording import Wording

_BY_THE_DAY = ("date", "before")
_OF_EVENTS = ("event", "before_event")


def _named(subject: Subject) -> Iterator[Found]:
    return _found(subject, by_the_day=True)


def _period(subject: Subject) -> Iterator[Found]:
    return _found(subject, by_the_day=False)


def _found(subject: Subject, *, by_the_day: bool) -> Iterator[Found]:
    for programme, task in subject.open_tasks():
        for dated in subject.dated(programme, task):
            is_meant = (dated.term.kind in _BY_THE_DAY) == by_the_day and not dated.recurs
            if dated.term.kind in _OF_EVENTS:
                continue
            if is_meant and (said := _said(subject, programme, dated)):
                yield Found(dated.place, said)


def _said(subject: Subject, programme: Programme, dated: Dated) -> Wording | None:
    term = dated.term
    off = subject.roster.calendar(programme).day_off(term.due) if term.due else None
    if off is None or term.due is None:
        return None
    if not programme.roll:
        return Wording(
            f"hạn {day_vi(term.due)} là ngày nghỉ ({off.name.vi}) và chương trình không dời (roll: none)",
            f"the deadline {term.due} is a day off ({off.name.en}), and the programme moves none (roll: none)",
        )
    assert term.remind_by is not None
    assert term.grace_until is not None
    return Wording(
        f"hạn {day_vi(term.due)} là ngày nghỉ ({off.name.vi}): nhắc tính đến {day_vi(term.remind_by)} (remind_by), "
        f"trễ tính sau {day_vi(term.grace_until)} (grace_until)",
        f"the deadline {term.due} is a day off ({off.name.en}): reminders count to {term.remind_by} (remind_by), "
        f"lateness from {term.grace_until} (grace_until)",
    )


DAY = Check(
    "D401",
    "due-on-day-off",
    "warning",
    Wording("hạn ghi đúng ngày nghỉ", "a named day that is a day off"),
    Wording(
        "Ngày ghi trong văn bản rơi vào ngày nghỉ thì người nộp và người nhận hiểu khác nhau: trước hay sau ngày nghỉ.",
        "Where the day named is a day off, those who deliver and those who receive may differ: before it or after.",
    ),
    Wording(
        "kiểm tra lại ngày với văn bản; nếu đúng như vậy, ghi # lint: D401 vì … trên dòng ấy",
        "compare the day with the document; if it is so, say it on the line above: # lint: D401 because …",
    ),
    bad="deadline: 2026-03-15",
    good="deadline: 2026-03-16",
    find=_named,
)
PERIOD = Check(
    "D402",
    "period-ends-on-day-off",
    "note",
    Wording("tháng, quý, năm kết thúc vào ngày nghỉ", "a month, quarter or year that ends on a day off"),
    Wording(
        "Không có gì sai; chỉ để biết ngày làm việc thực tế để nhắc và để tính trễ.",
        "Nothing is wrong; it is good to know the working days to which reminders and lateness count.",
    ),
    Wording("không cần sửa", "nothing needs to be mended"),
    bad="deadline: 2026-02",
    good="deadline: 2026-03",
    find=_period,
)
