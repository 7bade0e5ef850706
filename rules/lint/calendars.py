"""Calendars: who says that a day is off, and how far that is announced."""

import re
from collections.abc import Iterator

from rules.deadline import Continuous
from rules.lint.finding import Check, Found
from rules.lint.papers import items, text_of
from rules.lint.subject import Subject, named
from rules.wording import Wording

_NO_SOURCE = re.compile(
    r"(?:chưa rõ|không rõ|chưa có|đang chờ|sẽ bổ sung|không|tbd|todo|n/?a|none|unknown|\W*)", re.IGNORECASE
)


def _no_source(subject: Subject) -> Iterator[Found]:
    for calendar in subject.rulebook.calendars.values():
        place = subject.papers.of("calendar", calendar.id)
        for key in ("holidays", "worked"):
            for index, line in enumerate(items(place, key)):
                text = text_of(line, "source").strip()
                if _NO_SOURCE.fullmatch(text) or not any(map(str.isdigit, text)):
                    said = Wording(
                        f"nguồn '{text}' không nêu văn bản nào: không số, không ngày",
                        f"the source '{text}' names no document: it has neither number nor date",
                    )
                    yield Found(place / key / index / "source", said)


def _announced(subject: Subject) -> Iterator[Found]:
    for calendar in subject.rulebook.calendars.values():
        until = calendar.announced_until
        if until is None:
            continue
        left = (until - subject.today).days
        if left > subject.limits.announced:
            continue
        said = (
            Wording(
                f"lịch nghỉ chỉ công bố đến {until}, đã qua {-left} ngày",
                f"the calendar is announced up to {until}, {-left} days ago",
            )
            if left < 0
            else Wording(
                f"lịch nghỉ chỉ công bố đến {until}, còn {left} ngày",
                f"the calendar is announced up to {until}, {left} days from now",
            )
        )
        yield Found(subject.papers.of("calendar", calendar.id) / "announced_until", said)


def _not_said(subject: Subject) -> Iterator[Found]:
    for calendar in subject.rulebook.calendars.values():
        if calendar.announced_until is None:
            said = Wording(
                f"lịch {calendar.id} không nói đã công bố đến ngày nào: mọi ngày đều được coi là chắc chắn",
                f"calendar {calendar.id} does not say up to when it is announced: every day is taken as settled",
            )
            yield Found(subject.papers.of("calendar", calendar.id), said)


def _provisional(subject: Subject) -> Iterator[Found]:
    for programme in subject.rulebook.programmes.values():
        until = subject.rulebook.calendars[programme.calendar].announced_until
        tasks = [
            task.id
            for task in programme.tasks.values()
            if not any(isinstance(each, Continuous) for each in task.deadlines.values())
            and any(each.term.provisional for each in subject.dated(programme, task) if not each.recurs)
        ]
        if tasks:
            said = Wording(
                f"lịch nghỉ công bố đến {until}; ngày làm việc cạnh các hạn sau đó chỉ là dự kiến: {named(tasks)}",
                (
                    f"the calendar is announced up to {until}; working days beside later deadlines are "
                    f"expected only: {named(tasks)}"
                ),
            )
            yield Found(subject.papers.of("programme", programme.id) / "calendar", said)


SOURCE = Check(
    "D601",
    "day-without-source",
    "warning",
    Wording("ngày nghỉ, ngày làm bù không có nguồn", "a day off or worked without a source"),
    Wording(
        "Hạn bị dời vì ngày nghỉ thì phải chỉ ra được văn bản nào cho nghỉ.",
        "Where a day off moves a deadline, the document that gives it off must be named.",
    ),
    Wording(
        "ghi số và ngày của thông báo: source: 9441/TB-BNV ngày 16/10/2025",
        "give number and day of the notice: source: 9441/TB-BNV ngày 16/10/2025",
    ),
    bad="- {date: 2026-06-15, name: Nghỉ hoán đổi, source: chưa rõ}",
    good="- {date: 2026-06-15, name: Nghỉ hoán đổi, source: 99/TB-BNV ngày 01/6/2026}",
    find=_no_source,
)
ANNOUNCED = Check(
    "D602",
    "calendar-ends",
    "warning",
    Wording("lịch nghỉ sắp hết hoặc đã hết phần công bố", "the announced part of the calendar ends"),
    Wording(
        "Sau ngày ấy mọi hạn chỉ là dự kiến: ngày nghỉ hoán đổi có thể dời chúng.",
        "Beyond that day every deadline is provisional: a swapped day off may move it.",
    ),
    Wording(
        "bổ sung thông báo nghỉ của năm sau và lùi announced_until:; ngưỡng đổi bằng --limit announced=N",
        "add next year's notice and move announced_until:; another threshold: --limit announced=N",
    ),
    bad="announced_until: 2026-02-28",
    good="announced_until: 2026-12-31",
    find=_announced,
    depends_on_today=True,
)
NOT_SAID = Check(
    "D603",
    "calendar-not-announced",
    "warning",
    Wording("lịch không nói đã công bố đến đâu", "the calendar does not say up to when it is announced"),
    Wording(
        "Không có ngày ấy thì không thể đánh dấu hạn nào là dự kiến.",
        "Without that day no deadline can be marked as provisional.",
    ),
    Wording(
        "ghi ngày cuối mà lịch nghỉ đã có thông báo chính thức, như announced_until: 2026-12-31",
        "write the last day up to which days off are officially announced, as in announced_until: 2026-12-31",
    ),
    bad="based_on: VN",
    good="announced_until: 2026-12-31",
    find=_not_said,
)
PROVISIONAL = Check(
    "D604",
    "provisional",
    "note",
    Wording("hạn nằm ngoài phần lịch đã công bố", "deadlines beyond the announced calendar"),
    Wording(
        "Các hạn này được đánh dấu dự kiến ở mọi nơi, cho đến khi có lịch nghỉ.",
        "They are marked as provisional everywhere until the calendar is announced.",
    ),
    Wording(
        "không cần sửa; bổ sung lịch khi có thông báo", "nothing to mend; complete the calendar when it is announced"
    ),
    bad="deadline: 2027-03-15",
    good="deadline: 2026-03-16",
    find=_provisional,
    depends_on_today=True,
)
CHECKS = (SOURCE, ANNOUNCED, NOT_SAID, PROVISIONAL)
