"""What a scenario expects: on which days, who hears of what, for which reason."""

from collections.abc import Sequence
from datetime import date

from rules.load.build.scenario.scope import ASKED, Scope, comes_before
from rules.load.build.scenario.whom import whom
from rules.load.mistake import did_you_mean, listed, quoted
from rules.load.place import Place
from rules.load.shapes.scenario import EXPECTED_KINDS, ExpectShape, MailShape, NotSentShape
from rules.obligation import Reason
from rules.prompts import EVENT_PREFIX
from rules.scenario import Expectation, Mail
from rules.wording import Wording

_EVENTS = ("watch", "unrecorded")
"""What is asked or told about an event."""


def expectations(shapes: Sequence[ExpectShape], place: Place, scope: Scope) -> tuple[Expectation, ...]:
    """Return what is expected, in the order of the file, as far as it holds together."""
    found = (_expectation(shape, place / number, scope) for number, shape in enumerate(shapes))
    return tuple(each for each in found if each is not None)


def _expectation(shape: ExpectShape, place: Place, scope: Scope) -> Expectation | None:
    span = _days(shape, place, scope)
    _check_kinds(shape, place, scope)
    scope.check_tasks(shape.task, place / "task")
    mails = tuple(_mail(each, shape, place / "mail" / number, scope) for number, each in enumerate(shape.mail))
    unwanted = tuple(_mail(each, shape, place / "no_mail" / number, scope) for number, each in enumerate(shape.no_mail))
    kept = tuple(_not_sent(each, shape, place / "not_sent" / n, scope) for n, each in enumerate(shape.not_sent))
    if span is None:
        return None
    return Expectation(
        source=place.source,
        first=span[0],
        last=span[1],
        days=tuple(sorted(set(shape.on))),
        at=shape.at,
        mails=mails,
        unwanted=unwanted,
        not_sent=kept,
        nobody=shape.nobody,
        tasks=shape.task,
        others=shape.others == "allowed",
    )


def _days(shape: ExpectShape, place: Place, scope: Scope) -> tuple[date, date] | None:
    """Return the first and the last day; None, and a problem, when it is not said which they are."""
    if place.incomplete("on", "from", "until"):
        return None
    for number, day in enumerate(shape.on):
        scope.day(day, place / "on" / number)
    scope.day(shape.from_, place / "from")
    scope.day(shape.until, place / "until")
    if shape.on and not (shape.from_ or shape.until):
        return min(shape.on), max(shape.on)
    if shape.on or not (shape.from_ and shape.until):
        said = Wording(
            "không rõ vào ngày nào; được ghi: on: 2026-03-26, hoặc from: cùng until:",
            "it is not clear on which days; accepted: on: 2026-03-26, or from: and until: together",
        )
        scope.faults.at(place, said)
        return None
    if shape.until < shape.from_:
        scope.faults.at(place / "until", comes_before(shape.until, shape.from_))
        return None
    return shape.from_, shape.until


def _check_kinds(shape: ExpectShape, place: Place, scope: Scope) -> None:
    if not any(getattr(shape, kind) for kind in EXPECTED_KINDS) and not place.incomplete(*EXPECTED_KINDS):
        said = Wording(
            f"ở đây không chờ đợi điều gì; ghi một trong {listed(EXPECTED_KINDS)}",
            f"nothing is expected here; say one of {listed(EXPECTED_KINDS)}",
        )
        scope.faults.at(place, said)
    if shape.nobody and shape.mail:
        scope.faults.at_key(place / "nobody", _together("nobody", "mail"))
    if shape.nobody and shape.others:
        scope.faults.at_key(place / "others", _together("nobody", "others: allowed"))


def _together(one: str, other: str) -> Wording:
    return Wording(
        f"'{one}' và '{other}' đứng cùng nhau; giữ lại một",
        f"'{one}' and '{other}' stand together; keep one of them",
    )


def _mail(shape: MailShape, around: ExpectShape, place: Place, scope: Scope) -> Mail:
    _check_says_something(shape, place, scope)
    scope.check_rungs(shape.rung, place / "rung")
    scope.check_tasks(shape.task, place / "task")
    events = _events(shape, place, scope)
    tasks = (*(shape.task or (() if events else around.task)), *events)
    scope.check_part(shape.part, shape.task, place)
    return Mail(
        source=place.source,
        to=whom(shape.to, place / "to", scope),
        cc=whom(shape.cc, place / "cc", scope),
        rungs=shape.rung,
        tasks=tasks,
        units=scope.units(shape.unit, place / "unit"),
        part=shape.part,
        occurrence=shape.occurrence,
        due=shape.due,
        because=shape.because,
        says=shape.says,
    )


def _events(shape: MailShape, place: Place, scope: Scope) -> tuple[str, ...]:
    """Return the event that a mail asks about, as a task of its own."""
    if shape.event is None:
        return ()
    scope.check_event(shape.event, place / "event")
    if shape.task:
        said = Wording(
            "'event' và 'task' đứng cùng nhau; thư hỏi về sự kiện không nêu nhiệm vụ",
            "'event' and 'task' stand together; what is asked about an event names no task",
        )
        scope.faults.at_key(place / "event", said)
    for number, rung in enumerate(shape.rung):
        if rung not in _EVENTS:
            near = did_you_mean(rung, _EVENTS)
            said = Wording(
                f"bậc {quoted(rung)} không nói về sự kiện; về sự kiện có {listed(_EVENTS)}{near.vi}",
                f"rung {quoted(rung)} tells of no event; about an event there are {listed(_EVENTS)}{near.en}",
            )
            scope.faults.at(place / "rung" / number, said)
    return (EVENT_PREFIX + shape.event,)


def _check_says_something(shape: MailShape, place: Place, scope: Scope) -> None:
    wanted = ("to", "cc", "rung", "task", "event")
    if not any(getattr(shape, key) for key in wanted) and not place.incomplete(*wanted):
        said = Wording(
            "thư nào? ghi gửi ai, của bậc nào hoặc của nhiệm vụ nào",
            "which mail? say to whom it goes, of which rung or of which task",
        )
        scope.faults.at(place, said)


def _not_sent(shape: NotSentShape, around: ExpectShape, place: Place, scope: Scope) -> Mail:
    scope.check_rungs(shape.rung, place / "rung")
    scope.check_tasks(shape.task, place / "task")
    scope.check_part(shape.part, shape.task, place)
    for number, rung in enumerate(shape.rung):
        if rung in ASKED:
            said = Wording(
                f"{quoted(rung)} không bao giờ bị giữ lại; chỉ các bậc của thang mới bị",
                f"{quoted(rung)} is never held back; only rungs of a ladder are",
            )
            scope.faults.at(place / "rung" / number, said)
    return Mail(
        source=place.source,
        to=whom(shape.to, place / "to", scope),
        rungs=shape.rung,
        tasks=shape.task or around.task,
        units=scope.units(shape.unit, place / "unit"),
        part=shape.part,
        occurrence=shape.occurrence,
        reason=Reason(shape.reason) if shape.reason else None,
    )
