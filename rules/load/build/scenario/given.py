"""What happens on the way in a scenario: each item says one thing, and has the keys that go with it."""

from collections.abc import Sequence

from rules.ladder import Role
from rules.load.build.deadline import deadline, event_of
from rules.load.build.scenario.scope import Scope, comes_before
from rules.load.build.task import check_part
from rules.load.mistake import did_you_mean, joined, listed, quoted
from rules.load.place import Place
from rules.load.shapes.scenario import GIVEN_KINDS, GivenShape
from rules.scenario import DeadlineGiven, DoneGiven, DownGiven, EventGiven, Given, PostGiven, SilenceGiven
from rules.wording import NOTHING, Wording

_WITH = {
    "event": ("on", "at", "known"),
    "done": ("on", "at", "unit", "part", "occurrence"),
    "silence": ("on", "until", "unit"),
    "down": ("until",),
    "vacant": ("on",),
    "acting": ("on", "until", "title", "email"),
    "deadline": ("task", "on", "part"),
}
_NEEDED = {
    "event": ("on",),
    "done": ("on",),
    "silence": ("on",),
    "down": ("until",),
    "vacant": ("on",),
    "acting": ("on", "until", "title", "email"),
    "deadline": ("task",),
}
_POSTS: tuple[Role, ...] = ("head", "focal", "overseer")


def givens(shapes: Sequence[GivenShape], place: Place, scope: Scope) -> tuple[Given, ...]:
    """Return what is given, in the order of the file, as far as it holds together."""
    found = (_given(shape, place / number, scope) for number, shape in enumerate(shapes))
    return tuple(each for each in found if each is not None)


def _given(shape: GivenShape, place: Place, scope: Scope) -> Given | None:
    kinds = [kind for kind in GIVEN_KINDS if getattr(shape, kind)]
    if len(kinds) != 1:
        if not place.incomplete(*GIVEN_KINDS):
            scope.faults.at(place, _not_one(kinds))
        return None
    kind = kinds[0]
    if not _has_its_keys(shape, kind, place, scope):
        return None
    for key in ("on", "until", "known", "down"):
        scope.day(getattr(shape, key), place / key)
    first = shape.down or shape.on
    if shape.until and first and shape.until < first:
        scope.faults.at(place / "until", comes_before(shape.until, first))
    return _of_kind(kind, shape, place, scope)


def _not_one(kinds: Sequence[str]) -> Wording:
    all_kinds, both = listed(GIVEN_KINDS), joined(kinds)
    found = Wording("ở đây không có gì xảy ra", "nothing happens here")
    if kinds:
        found = Wording(f"{both.vi} đứng cùng nhau", f"{both.en} stand together")
    return Wording(f"{found.vi}; mỗi mục có một trong {all_kinds}", f"{found.en}; each item has one of {all_kinds}")


def _has_its_keys(shape: GivenShape, kind: str, place: Place, scope: Scope) -> bool:
    accepted = (kind, *_WITH[kind], "why")
    for key in place.node.keys:
        if key not in accepted and key in GivenShape.model_fields:
            said = Wording(
                f"{quoted(key)} không đi với {quoted(kind)}; được ghi: {listed(accepted)}",
                f"{quoted(key)} does not go with {quoted(kind)}; accepted: {listed(accepted)}",
            )
            scope.faults.at_key(place / key, said)
    missing = [key for key in _NEEDED[kind] if not getattr(shape, key) and not (place / key).is_unread]
    for key in missing:
        said = Wording(
            f"thiếu {quoted(key)}: {quoted(kind)} cần có {listed(_NEEDED[kind])}",
            f"{quoted(key)} is missing: {quoted(kind)} needs {listed(_NEEDED[kind])}",
        )
        scope.faults.at(place, said)
    return not missing and all(getattr(shape, key) for key in _NEEDED[kind])


def _of_kind(kind: str, shape: GivenShape, place: Place, scope: Scope) -> Given | None:
    source, on = place.source, shape.on
    match kind:
        case "down":
            assert shape.down
            assert shape.until
            return DownGiven(source, shape.down, shape.until)
        case "deadline":
            return _deadline(shape, place, scope)
    assert on
    match kind:
        case "event":
            assert shape.event
            scope.check_event(shape.event, place / "event")
            return EventGiven(source, on, shape.event, shape.at, shape.known)
        case "done":
            scope.check_tasks(shape.done, place / "done")
            scope.check_part(shape.part, shape.done, place)
            units = _owing(shape, place, scope)
            return DoneGiven(source, on, shape.done, shape.at, units, shape.part, shape.occurrence)
        case "silence":
            scope.check_tasks(shape.silence, place / "silence")
            return SilenceGiven(source, on, shape.until, shape.silence, scope.units(shape.unit, place / "unit"))
        case _:
            return _post(kind, shape, place, scope)


def _owing(shape: GivenShape, place: Place, scope: Scope) -> tuple[str, ...]:
    """Return the units that report, each of which owes one of the tasks."""
    units = scope.units(shape.unit, place / "unit")
    owing = list(dict.fromkeys(unit for task in scope.tasks(shape.done) for unit in task.lead.units))
    strangers = [unit for unit in units if unit not in owing]
    if strangers and owing:
        near = did_you_mean(strangers[0], owing)
        said = Wording(
            f"{quoted(strangers[0])} không chủ trì {listed(shape.done)}; việc ấy của {listed(owing, 8)}{near.vi}",
            f"{quoted(strangers[0])} does not owe {listed(shape.done)}; it is owed by {listed(owing, 8)}{near.en}",
        )
        scope.faults.at(place / "unit", said)
    return units


def _post(kind: str, shape: GivenShape, place: Place, scope: Scope) -> PostGiven | None:
    named = shape.vacant or shape.acting or ""
    unit, slash, role = named.rpartition("/")
    found = next((each for each in _POSTS if each == role), None)
    if not slash or found is None:
        near = did_you_mean(role, _POSTS) if slash else NOTHING
        said = Wording(
            f"{quoted(named)} không phải chức của đơn vị nào; được ghi: ĐƠN_VỊ/head, ĐƠN_VỊ/focal, ĐƠN_VỊ/overseer"
            f"{near.vi}",
            f"{quoted(named)} is no unit's post; accepted: UNIT/head, UNIT/focal, UNIT/overseer{near.en}",
        )
        scope.faults.at(place / kind, said)
        return None
    units = scope.named(unit, place / kind)
    if len(units) != 1:
        return None
    if scope.directory.post(units[0], found) is None:
        said = Wording(
            f"{quoted(units[0])} không có {found} trong danh bạ {scope.directory.id}",
            f"{quoted(units[0])} has no {found} in the directory {scope.directory.id}",
        )
        scope.faults.at(place / kind, said)
    if shape.email and shape.title:
        scope.stand_ins.update((shape.email, shape.title.casefold()))
    assert shape.on
    return PostGiven(place.source, shape.on, units[0], found, shape.until, shape.title or "", shape.email or "")


def _deadline(shape: GivenShape, place: Place, scope: Scope) -> DeadlineGiven | None:
    assert shape.deadline is not None
    scope.check_tasks(shape.task, place / "task")
    found = deadline(shape.deadline, place / "deadline", scope.faults)
    if waits := event_of(found):
        scope.check_event(waits[0], place / "deadline" / waits[1])
    fits = [check_part(shape.part, task.deadlines, place, scope.faults) for task in scope.tasks(shape.task)]
    return DeadlineGiven(place.source, shape.on, shape.task, found, shape.part, shape.why) if all(fits) else None
