"""Scenarios: every task, event, post and rung looked up in the rules, days set against the programme's period."""

from collections.abc import Iterable
from datetime import date

from rules.load.build.scenario.expect import expectations
from rules.load.build.scenario.given import givens
from rules.load.build.scenario.scope import Names, Scope, scope
from rules.load.documents import Document
from rules.load.place import Faults
from rules.load.shapes.scenario import ScenarioShape
from rules.programme import Rulebook
from rules.prompts import EVENT_PREFIX
from rules.scenario import DeadlineGiven, DoneGiven, EventGiven, Expectation, Given, Scenario, SilenceGiven
from rules.wording import Wording, same

LONGEST = 3 * 366
"""Days from the first expectation to the last."""


def scenarios(documents: Iterable[Document[ScenarioShape]], rulebook: Rulebook, faults: Faults) -> tuple[Scenario, ...]:
    """Return the scenarios that hold together with the rules; what does not is added to `faults`."""
    found, names = [], dict[str, Names]()
    for document in documents:
        before = len(faults.problems)
        built = _scenario(document, rulebook, names, faults)
        if built is not None and len(faults.problems) == before and not document.place.tree.unread:
            found.append(built)
    return tuple(found)


def _scenario(
    document: Document[ScenarioShape], rulebook: Rulebook, names: dict[str, Names], faults: Faults
) -> Scenario | None:
    shape, place = document.shape, document.place
    inside = scope(shape, place, rulebook, names, faults)
    if inside is None:
        return None
    inside.check_tasks(shape.only, place / "only")
    inside.check_tasks(shape.task, place / "task")
    if shape.only and shape.task:
        said = Wording(
            "'only' và 'task' đứng cùng nhau; giữ lại một: với 'only' thì các ngày ở giữa cũng được xét",
            "'only' and 'task' stand together; keep one: with 'only' the days between are looked at too",
        )
        faults.at_key(place / "task", said)
    given = givens(shape.given, place / "given", inside)
    expect = expectations(shape.expect, place / "expect", inside)
    if not shape.expect and not place.incomplete("expect"):
        said = Wording(
            "không chờ đợi điều gì; ghi ai nhận thư ngày nào, hoặc `nobody: true`",
            "nothing is expected; say who hears on which day, or `nobody: true`",
        )
        faults.at(place / "expect", said)
    if not expect:
        return None
    first, last = _span(document, expect, inside)
    return Scenario(
        name=shape.scenario,
        programme=inside.programme.id,
        source=(place / "scenario").key_source,
        tasks=shape.only or shape.task or _named_tasks(given, expect),
        events=_named_events(given, expect),
        first=first,
        last=last,
        start=inside.day(shape.start, place / "start"),
        is_only=bool(shape.only),
        only_source=(place / "only").key_source,
        others=shape.others == "allowed",
        given=given,
        expect=expect,
    )


def _span(document: Document[ScenarioShape], expect: tuple[Expectation, ...], inside: Scope) -> tuple[date, date]:
    shape, place, faults = document.shape, document.place, inside.faults
    first = inside.day(shape.from_, place / "from") or min(each.first for each in expect)
    last = inside.day(shape.until, place / "until") or max(each.last for each in expect)
    if last < first:
        said = Wording(
            f"'{last}' đến trước '{first}', ngày đầu được xét",
            f"'{last}' comes before '{first}', the first day looked at",
        )
        faults.at(place / "until", said)
    elif (days := (last - first).days) > LONGEST:
        said = Wording(
            f"xét {days} ngày; nhiều nhất {LONGEST} ngày: tách thành hai kịch bản",
            f"{days} days are looked at; at most {LONGEST} are accepted: make two scenarios",
        )
        faults.at(place / "expect", said)
    for number, each in enumerate(expect):
        if each.first < first or each.last > last:
            faults.at(place / "expect" / number, _outside(each, first, last))
    if shape.start and shape.start > last:
        said = Wording(
            f"'{shape.start}' đến sau ngày cuối được xét, '{last}'",
            f"'{shape.start}' comes after the last day looked at, '{last}'",
        )
        faults.at(place / "start", said)
    return first, last


def _outside(each: Expectation, first: date, last: date) -> Wording:
    days = same(f"'{each.first}'")
    if each.first != each.last:
        days = Wording(f"'{each.first}' đến '{each.last}'", f"'{each.first}' to '{each.last}'")
    return Wording(
        f"{days.vi} nằm ngoài những ngày được xét, '{first}' đến '{last}'",
        f"{days.en} lies outside the days looked at, '{first}' to '{last}'",
    )


def _named_tasks(given: Iterable[Given], expect: Iterable[Expectation]) -> tuple[str, ...]:
    found: list[str] = []
    for each in given:
        found += each.tasks if isinstance(each, DoneGiven | SilenceGiven | DeadlineGiven) else ()
    for one in expect:
        found += one.tasks
        for mail in (*one.mails, *one.unwanted, *one.not_sent):
            found += (task for task in mail.tasks if not task.startswith(EVENT_PREFIX))
    return tuple(dict.fromkeys(found))


def _named_events(given: Iterable[Given], expect: Iterable[Expectation]) -> tuple[str, ...]:
    found = [each.event for each in given if isinstance(each, EventGiven)]
    for one in expect:
        for mail in (*one.mails, *one.unwanted, *one.not_sent):
            found += (task.removeprefix(EVENT_PREFIX) for task in mail.tasks if task.startswith(EVENT_PREFIX))
    return tuple(dict.fromkeys(found))
