"""Undated tasks that nobody has dated for too long."""

from collections.abc import Iterator
from datetime import date

from rules.deadline import After, Deadline, SetBy
from rules.lint.finding import Check, Found
from rules.lint.subject import Subject
from rules.programme import Programme
from rules.wording import Wording


def _find(subject: Subject) -> Iterator[Found]:
    for programme, task in subject.open_tasks():
        for part, deadline in task.deadlines.items():
            since, why = _undated_since(subject, programme, deadline), why_undated(deadline)
            if since and why and is_undated_long(subject, programme, deadline):
                age = (subject.today - since).days
                said = Wording(
                    f"{why.vi}, đã {age} ngày, từ {since} (ngưỡng {subject.limits.undated})",
                    f"{why.en}, for {age} days now, since {since} (threshold {subject.limits.undated})",
                )
                yield Found(subject.deadline_place(programme, task, part), said)


def is_undated_long(subject: Subject, programme: Programme, deadline: Deadline) -> bool:
    """Say whether nobody has dated a deadline for longer than the threshold allows."""
    since = _undated_since(subject, programme, deadline)
    return since is not None and (subject.today - since).days > subject.limits.undated


def why_undated(deadline: Deadline) -> Wording | None:
    """Return why no day comes of a deadline, None where one does."""
    match deadline:
        case SetBy(text=text):
            return Wording(
                f"thời hạn do '{text}' quy định: chưa có ngày", f"the deadline is set by '{text}': it has no day"
            )
        case After(event=event, within=None):
            return Wording(
                f"sau sự kiện {event} mà không nói trong bao lâu: không bao giờ có ngày",
                f"after {event} without saying within how long: it never has a day",
            )
        case _:
            return None


def _undated_since(subject: Subject, programme: Programme, deadline: Deadline) -> date | None:
    match deadline:
        case SetBy():
            return programme.document.date
        case After(event=event, within=None):
            happened = subject.context(programme).events.get(event, ())
            return happened[-1].on if happened else None
        case _:
            return None


CHECK = Check(
    "D407",
    "undated-long",
    "warning",
    Wording("chưa có ngày quá lâu", "undated for too long"),
    Wording(
        "Quá hai tháng mà chưa ai định ngày thì việc coi như bị quên.",
        "What nobody dates in two months is as good as forgotten.",
    ),
    Wording(
        "cơ quan thường trực định ngày; ngưỡng đổi bằng --limit undated=N",
        "let the standing office set the day; another threshold: --limit undated=N",
    ),
    bad="deadline: {set_by: Đề án số 05-ĐA/TU}",
    good="deadline: 2026-09-15",
    find=_find,
    depends_on_today=True,
)
