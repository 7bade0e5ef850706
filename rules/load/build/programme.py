"""Programmes: references looked up, tasks and events built, the ladder of each task settled."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from zoneinfo import ZoneInfo

from rules.calendar import Calendar
from rules.deadline import Every, Period
from rules.indicators.duties import duty
from rules.load.build.deadline import check_occurs, ends_before, every
from rules.load.build.events import check_circles, event
from rules.load.build.people import Who
from rules.load.build.task import Scope, task
from rules.load.documents import Document, Documents
from rules.load.mistake import did_you_mean, quoted
from rules.load.place import Faults, Place
from rules.load.shapes.programme import DocumentShape, IndicatorShape, ProgrammeShape, RouteShape, SpanOfPeriods
from rules.programme import Document as OfficialDocument
from rules.programme import Event, Indicator, Programme, Route, Task
from rules.routing import matches
from rules.term import TermContext
from rules.wording import Wording


@dataclass(frozen=True, slots=True)
class Draft:
    """A programme before other programmes' amendments: `tasks` still changes, then `finished` settles the ladders."""

    document: Document[ProgrammeShape]
    scope: Scope
    events: dict[str, Event]
    tasks: dict[str, Task]


def draft(
    document: Document[ProgrammeShape],
    documents: Documents,
    who: Who | None,
    calendars: Mapping[str, Calendar],
    faults: Faults,
) -> Draft:
    """Return the programme as its own document says it."""
    shape, place = document.shape, document.place
    _check_references(shape, place, documents, faults)
    scope = Scope(
        who=who,
        place=place,
        events=dict.fromkeys((place / "events").ids),
        tasks=_ids(shape, place / "tasks"),
        documents=documents,
        has_start=_has_start(shape, place),
        context=_context(shape, place, calendars),
        faults=faults,
    )
    _check_standing(shape.standing, place / "standing", scope)
    tasks = _tasks(shape, place / "tasks", scope)
    events = {name: event(name, each, place / "events" / name, scope) for name, each in shape.events.items()}
    return Draft(document, scope, events, tasks)


def finished(found: Draft) -> Programme:
    """Return the programme with the ladder of every task and what is checked only now that amendments are in."""
    shape, place, scope = found.document.shape, found.document.place, found.scope
    check_circles(found.events, found.tasks, place / "events", scope.faults)
    routes = tuple(_route(each, place / "routes" / n, found) for n, each in enumerate(shape.routes))
    indicators = _indicators(shape, place / "indicators", scope)
    return Programme(
        id=shape.programme,
        title=shape.title,
        document=_official(shape.document),
        directory=shape.directory,
        calendar=shape.calendar,
        ladder=shape.ladder,
        standing=shape.standing,
        period=_period(shape, place / "period", scope.faults),
        before_means=shape.before_means,
        roll=shape.roll != "none",
        routes=routes,
        events=found.events,
        tasks={name: _on_ladder(each, routes, shape, place) for name, each in found.tasks.items()},
        indicators=indicators,
        measuring={each.id: _on_ladder(each, routes, shape, place) for each in map(duty, indicators) if each},
        source=place.source,
        standing_source=(place / "standing").source,
        digest=sha256(place.tree.text.encode()).hexdigest(),
    )


def _check_references(shape: ProgrammeShape, place: Place, documents: Documents, faults: Faults) -> None:
    documents.check("directory", shape.directory, place / "directory", faults)
    documents.check("calendar", shape.calendar, place / "calendar", faults)
    documents.check("ladder", shape.ladder, place / "ladder", faults)


def _has_start(shape: ProgrammeShape, place: Place) -> bool:
    given = shape.period is not None or shape.document.date is not None
    return given or place.incomplete("period") or (place / "document").incomplete("date")


def _context(shape: ProgrammeShape, place: Place, calendars: Mapping[str, Calendar]) -> TermContext | None:
    """Return what recurrences are counted with, as far as their days go; None where a part of it could not be read."""
    calendar = calendars.get(shape.calendar)
    if calendar is None or place.incomplete("period") or (place / "document").incomplete("date"):
        return None
    period = _period(shape, place / "period", Faults())
    return TermContext(calendar, ZoneInfo("UTC"), period=period, issued=shape.document.date)


def _check_standing(unit: str, place: Place, scope: Scope) -> None:
    scope.check_units((unit,), place)
    if scope.who and scope.who.lacks_posts(unit):
        said = Wording(
            f"cơ quan thường trực {quoted(unit)} không có cả focal lẫn head; thư gửi đến cần một trong hai",
            f"the standing office {quoted(unit)} has neither focal nor head; mail to it needs one of them",
        )
        scope.faults.at(place, said)


def _tasks(shape: ProgrammeShape, place: Place, scope: Scope) -> dict[str, Task]:
    found: dict[str, Task] = {}
    written: dict[str, Task] = {}
    for index, each in enumerate(shape.tasks):
        built = task(each, place / index, scope)
        if (place / index / "id").is_unread:
            continue
        if each.id in written:
            first = written[each.id].source.line
            said = Wording(
                f"trùng nhiệm vụ {quoted(each.id)}, đã có ở dòng {first}; mỗi nhiệm vụ có mã riêng",
                f"duplicate task {quoted(each.id)}, first in line {first}; each has its own id",
            )
            scope.faults.at(place / index / "id", said)
        elif built.id in found:
            _known_already(built, found[built.id], place / index, scope)
        written.setdefault(each.id, built)
        found.setdefault(built.id, built)
    return found


def _known_already(built: Task, other: Task, place: Place, scope: Scope) -> None:
    """Add a problem: facts and ledger know two tasks by one id."""
    spot = place / ("renamed_from" if built.number else "id")
    renamed = built if built.number else other
    said = Wording(
        f"{quoted(built.id)} là mã cũ của nhiệm vụ {quoted(renamed.named)}, những gì đã ghi về nó nằm dưới mã ấy; "
        f"xem dòng {other.source.line}",
        f"{quoted(built.id)} is what task {quoted(renamed.named)} was called before, and what is recorded of it stands "
        f"under that id; see line {other.source.line}",
    )
    scope.faults.at(spot, said)


def _ids(shape: ProgrammeShape, place: Place) -> dict[str, str]:
    """Return the ids of all tasks, those that could not be read too, each with the first one the task had."""
    return {name: name for name in place.ids} | {each.id: each.renamed_from or each.id for each in shape.tasks}


def _official(shape: DocumentShape) -> OfficialDocument:
    return OfficialDocument(shape.number, shape.date, shape.issuer, shape.note)


def _period(shape: ProgrammeShape, place: Place, faults: Faults) -> Period | None:
    if not isinstance(shape.period, SpanOfPeriods):
        return shape.period
    start, end = shape.period.from_, shape.period.by
    if end.end < start.start:
        faults.at(place / "by", ends_before(end, start))
    return Period("span", start.start, end.end, f"{start.text}/{end.text}")


def _route(shape: RouteShape, place: Place, found: Draft) -> Route:
    faults, match = found.scope.faults, shape.match
    found.scope.documents.check("ladder", shape.ladder, place / "ladder", faults)
    given = match.section or match.task or match.lead or match.kind
    if not given and not (place / "match").incomplete("section", "task", "lead", "kind"):
        said = Wording(
            "tuyến không có điều kiện; ghi section, task, lead hoặc kind",
            "the route has no condition; give section, task, lead or kind",
        )
        faults.at(place / "match", said)
    for index, name in enumerate(match.task):
        if not found.scope.has_task(name):
            near = did_you_mean(name, found.scope.tasks)
            said = Wording(
                f"không có nhiệm vụ {quoted(name)} trong chương trình này{near.vi}",
                f"unknown task {quoted(name)} in this programme{near.en}",
            )
            faults.at(place / "match" / "task" / index, said)
    found.scope.units_of(match.lead, place / "match" / "lead", only_coordinate=True)
    tasks = tuple(map(found.scope.task_id, match.task))
    return Route(shape.ladder, match.section, tasks, match.lead, match.kind)


def _on_ladder(found: Task, routes: tuple[Route, ...], shape: ProgrammeShape, place: Place) -> Task:
    """Return the task with its ladder and the line that says so: its own, that of the first route that matches, or the
    programme's."""
    if found.ladder:
        return found
    matching = ((n, route.ladder) for n, route in enumerate(routes) if matches(found, route))
    n, ladder = next(matching, (None, shape.ladder))
    spot = place / "ladder" if n is None else place / "routes" / n
    return replace(found, ladder=ladder, ladder_source=spot.source)


def _indicators(shape: ProgrammeShape, place: Place, scope: Scope) -> tuple[Indicator, ...]:
    found: dict[str, Indicator] = {}
    for index, each in enumerate(shape.indicators):
        here = place / index
        built = _indicator(each, here, scope)
        if (here / "id").is_unread:
            continue
        if each.id in found:
            first = found[each.id].place.line
            said = Wording(
                f"trùng chỉ tiêu {quoted(each.id)}, đã có ở dòng {first}; mỗi chỉ tiêu có mã riêng",
                f"duplicate indicator {quoted(each.id)}, first in line {first}; each has its own id",
            )
            scope.faults.at(here / "id", said)
        found[each.id] = built
    return tuple(found.values())


def _indicator(shape: IndicatorShape, place: Place, scope: Scope) -> Indicator:
    if not shape.targets and not place.incomplete("targets"):
        said = Wording(
            'không có mục tiêu nào; ghi ít nhất một, như {2026: "≥ 70"}',
            'no target; give at least one, as in {2026: "≥ 70"}',
        )
        scope.faults.at(place / "targets", said)
    if not shape.owner:
        said = Wording(
            "không ai chịu trách nhiệm về chỉ tiêu; ghi một đơn vị hoặc một nhóm",
            "nobody owns the indicator; name a unit or a group",
        )
        scope.faults.at(place / "owner", said)
    return Indicator(
        id=shape.id,
        title=shape.title,
        section=shape.section,
        unit=shape.unit,
        targets=shape.targets,
        owner=scope.units_of(shape.owner, place / "owner"),
        owner_named=shape.owner,
        source=shape.source,
        note=shape.note,
        place=place.source,
        measure=_measure(shape, place / "measure", scope),
        measure_place=(place / "measure").key_source if shape.measure else None,
    )


def _measure(shape: IndicatorShape, place: Place, scope: Scope) -> Every | None:
    """Return when values are asked for. One that was not given is not asked for any more when the next one is due: an
    old value says nothing that the new one does not."""
    if shape.measure is None:
        return None
    before = len(scope.faults.problems)
    found = every(shape.measure, place, scope.faults)
    if scope.context and len(scope.faults.problems) == before:
        check_occurs(found, scope.context, place, scope.faults)
    return found if shape.measure.if_unreported else replace(found, if_unreported="close")
