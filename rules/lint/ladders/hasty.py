"""Haste: a superior is reached before the head has had a full working day."""

from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from rules.calendar import instant, local_day
from rules.days import clock, day_vi
from rules.ladder import SUPERIORS, Ladder
from rules.lint.finding import Check, Found
from rules.lint.ladders.trial import trials
from rules.lint.subject import Subject
from rules.timetable import Step, Timetable
from rules.window import next_day_opening
from rules.wording import Wording

_SELDOM = 8
"""On how many of a year's days a rung may come too early before it is worth a word."""


def _find(subject: Subject) -> Iterator[Found]:
    for ladder in subject.rulebook.ladders.values():
        alike = {(programme.calendar, programme.roll): programme for programme in subject.users(ladder)}
        for programme in alike.values():
            hasty: dict[str, list[tuple[date, Step, Step]]] = {}
            for day, table in trials(subject, programme, ladder):
                for head, superior in _too_early(table):
                    hasty.setdefault(superior.rung.id, []).append((day, head, superior))
            # Around Tết seven days may hold no working day at all: there the gate holds the rung back.
            often = {rung: found for rung, found in hasty.items() if len(found) > _SELDOM}
            if often:
                yield from (_said(subject, ladder, len(found), *found[0]) for found in often.values())
                break


def _too_early(table: Timetable) -> Iterator[tuple[Step, Step]]:
    """Yield each step that reaches a superior too early, with the one that told the head first."""
    for superior in table.steps:
        if not superior.superiors:
            continue
        of_a_kind = [step for step in table.steps if _tells_head(step) and step.is_late == superior.is_late]
        told = [step for step in of_a_kind if step is not superior] or of_a_kind
        if told and superior.opens < _full_day_after(told[0], table):
            yield told[0], superior


def _tells_head(step: Step) -> bool:
    return "head" in step.rung.to or "head" in step.rung.cc


def _full_day_after(told: Step, table: Timetable) -> datetime:
    """Return when a full working day has passed: told at the opening, the next one; told later, the one after."""
    policy, calendar = table.policy, table.calendar
    first = instant(local_day(told.opens, policy.zone), policy.opens, policy.zone)
    following = next_day_opening(told.opens, policy, calendar)
    return following if told.opens <= first else next_day_opening(following, policy, calendar)


def _said(subject: Subject, ladder: Ladder, times: int, due: date, head: Step, superior: Step) -> Found:
    zone = subject.policy.zone
    roles = ", ".join(sorted(SUPERIORS.intersection((*superior.rung.to, *superior.rung.cc))))
    at, told = (_moment(each, zone) for each in (superior, head))
    index = next(number for number, rung in enumerate(ladder.rungs) if rung.id == superior.rung.id)
    said = Wording(
        f"với hạn {day_vi(due)}, bậc {superior.rung.id} báo {roles} lúc {at.vi}, mà người đứng đầu mới "
        f"được báo lúc {told.vi} (bậc {head.rung.id}): chưa tròn một ngày làm việc ({times} ngày trong năm như vậy)",
        f"for a deadline on {due}, rung {superior.rung.id} reaches {roles} at {at.en}, and the head is told at "
        f"{told.en} (rung {head.rung.id}): less than a full working day ({times} days of the year are so)",
    )
    return Found(subject.papers.of("ladder", ladder.id) / "rungs" / index / "at", said)


def _moment(step: Step, zone: ZoneInfo) -> Wording:
    local = step.opens.astimezone(zone)
    return Wording(f"{clock(local.time()).vi} ngày {day_vi(local.date())}", f"{local:%H:%M} on {local.date()}")


CHECK = Check(
    "D204",
    "superior-too-early",
    "warning",
    Wording(
        "cấp trên được báo trước khi người đứng đầu có một ngày làm việc", "a superior before the head has had a day"
    ),
    Wording(
        "Người đứng đầu phải có ít nhất một ngày làm việc trọn để tự sửa trước khi cấp trên biết.",
        "A head gets one full working day at least to put things right before a superior hears.",
    ),
    Wording(
        "dời bậc này muộn hơn, tính bằng ngày làm việc: như at: 3 working days late",
        "move the rung back, counted in working days: as in at: 3 working days late",
    ),
    bad="- {id: len-tren, at: 2 days late, to: [overseer], cc: [head]}",
    good="- {id: len-tren, at: 7 days late, to: [overseer], cc: [head]}",
    find=_find,
    depends_on_today=True,
)
