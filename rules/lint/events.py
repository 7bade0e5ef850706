"""Events: nobody is asked whether they have happened, or they are long expected."""

from collections.abc import Iterator

from rules.deadline import After, AheadOf
from rules.lint.finding import Check, Found
from rules.lint.subject import Subject, named
from rules.programme import Programme
from rules.wording import Wording


def waiting(programme: Programme, event: str) -> list[str]:
    """Return the tasks whose deadline hangs on an event."""
    return [
        task.id
        for task in programme.tasks.values()
        if any(isinstance(each, After | AheadOf) and each.event == event for each in task.deadlines.values())
    ]


def _unwatched(subject: Subject) -> Iterator[Found]:
    for programme in subject.rulebook.programmes.values():
        known = subject.context(programme).events
        for event in programme.events.values():
            is_known = event.watch or event.dates or event.after or event.when_done or event.id in known
            if not is_known:
                tasks = waiting(programme, event.id)
                said = Wording(
                    (
                        f"không ai được hỏi '{event.title}' đã diễn ra chưa; {named(tasks) or 'việc gắn với nó'} "
                        "có thể chờ mãi"
                    ),
                    (
                        f"nobody is asked whether '{event.title}' has happened; {named(tasks) or 'what hangs on it'} "
                        "may wait for ever"
                    ),
                )
                yield Found(subject.papers.of("programme", programme.id) / "events" / event.id, said, at_key=True)


def _long_expected(subject: Subject) -> Iterator[Found]:
    for programme in subject.rulebook.programmes.values():
        known = subject.context(programme).events
        for event in programme.events.values():
            expected = event.watch.expected if event.watch else None
            if expected is None or event.id in known or event.dates:
                continue
            late = (subject.today - expected).days
            if late > subject.limits.expected:
                tasks = waiting(programme, event.id)
                said = Wording(
                    (
                        f"'{event.title}' dự kiến {expected}, đã qua {late} ngày mà chưa ghi nhận; đang "
                        f"chờ: {named(tasks) or '-'}"
                    ),
                    f"'{event.title}' was expected by {expected}, {late} days ago, and is not recorded; waiting: "
                    f"{named(tasks) or '-'}",
                )
                place = subject.papers.of("programme", programme.id) / "events" / event.id
                yield Found(place / "watch" / "expected", said)


UNWATCHED = Check(
    "D501",
    "event-unwatched",
    "warning",
    Wording("sự kiện không ai theo dõi", "an event that nobody watches"),
    Wording(
        "Sự kiện chỉ có hiệu lực khi có người ghi nhận; không ai được hỏi thì không ai nhớ.",
        "An event counts when somebody records it; where nobody is asked, nobody remembers.",
    ),
    Wording(
        "thêm watch: {ask: ĐƠN-VỊ, every: month, expected: 2026-06-30}",
        "add watch: {ask: UNIT, every: month, expected: 2026-06-30}",
    ),
    bad="de-an: {title: Trung ương ban hành Đề án}",
    good="watch: {ask: so-a, every: month, expected: 2026-06-30}",
    find=_unwatched,
)
EXPECTED = Check(
    "D502",
    "event-long-expected",
    "warning",
    Wording("sự kiện quá ngày dự kiến đã lâu", "an event long past its expected day"),
    Wording(
        "Hoặc sự kiện đã diễn ra mà không ai ghi, hoặc việc chờ nó cần một hạn khác.",
        "Either it has happened and nobody said so, or what waits for it needs another deadline.",
    ),
    Wording(
        "ghi nhận bằng dondoc event record, hoặc sửa expected: theo tin mới; ngưỡng đổi bằng --limit expected=N",
        "record it (dondoc event record), or set expected: to what is known now; another threshold: --limit expected=N",
    ),
    bad="watch: {ask: so-a, every: month, expected: 2025-10-31}",
    good="watch: {ask: so-a, every: month, expected: 2026-06-30}",
    find=_long_expected,
    depends_on_today=True,
)
CHECKS = (UNWATCHED, EXPECTED)
