"""What can still be read of a document with errors: the broken values taken out, so that all the rest is checked too.

Where a value cannot be done without, another stands in for it; its place is marked unread: no problem is found there.
"""

from typing import TypeVar, get_origin

from pydantic import ValidationError

from rules.load.complain import annotation_at, intended_key
from rules.load.place import Place, Step
from rules.load.shapes.base import Shape
from rules.load.shapes.calendar import CalendarShape, HolidayShape, WorkedShape
from rules.load.shapes.ladder import LadderShape, RungShape
from rules.load.shapes.people import ActingShape, DirectoryShape, GroupShape, PostShape, UnitShape
from rules.load.shapes.programme import (
    AmendedShape,
    AmendShape,
    DocumentShape,
    EventShape,
    IndicatorShape,
    ProgrammeShape,
    RouteShape,
    TaskShape,
    WatchShape,
)
from rules.load.shapes.scenario import ExpectShape, GivenShape, MailShape, NotSentShape, ScenarioShape
from rules.load.tree import Node, Plain, Tree

AnyShape = TypeVar("AnyShape", bound=Shape)

# No id reads '…', so nothing is found under it; where an id itself is wanted the place is asked whether it was read.
_WORD, _ID, _DAY = "…", "x", "1900-01-01"
# Of a mapping that is not named here nothing is left when it lacks a key: half a deadline is none.
_STAND_INS: dict[type[Shape], dict[str, Plain]] = {
    ProgrammeShape: {
        "programme": _ID,
        "title": _WORD,
        "document": {"number": _WORD},
        "directory": _WORD,
        "calendar": _WORD,
        "ladder": _WORD,
        "standing": _WORD,
    },
    DocumentShape: {"number": _WORD},
    TaskShape: {"id": _ID, "title": _WORD, "lead": []},
    AmendedShape: {"deadline": "continuous", "until": _DAY},
    EventShape: {"title": _WORD},
    WatchShape: {"ask": _WORD, "every": "month"},
    IndicatorShape: {"id": _ID, "title": _WORD, "targets": {}, "owner": []},
    RouteShape: {"match": {}, "ladder": _WORD},
    AmendShape: {"programme": _WORD, "task": _WORD},
    DirectoryShape: {"directory": _ID, "units": {}},
    UnitShape: {"name": _WORD},
    GroupShape: {"name": _WORD},
    PostShape: {"title": _WORD},
    ActingShape: {"from": _DAY, "until": _DAY, "title": _WORD, "email": "x@x.example"},
    LadderShape: {"ladder": _ID, "rungs": []},
    RungShape: {"id": _ID, "at": "due", "to": []},
    CalendarShape: {"calendar": _ID},
    HolidayShape: {"name": _WORD, "source": _WORD},
    WorkedShape: {"date": _DAY, "source": _WORD},
    ScenarioShape: {"scenario": _WORD, "expect": []},
    GivenShape: {},
    ExpectShape: {},
    MailShape: {},
    NotSentShape: {},
}


def salvaged(tree: Tree, error: ValidationError, shape: type[AnyShape]) -> AnyShape | None:
    """Return the document without what `error` names, and mark those places unread; None when nothing is left."""
    value = _copied(tree.root.value)
    for detail in error.errors(include_url=False, include_context=False, include_input=False):
        loc = detail["loc"]
        if detail["type"] == "extra_forbidden":
            _drop_unknown(value, tree, loc, shape)
        elif loc[-1:] == ("[key]",):
            _drop(value, tree, _steps(tree, loc[:-1]))
        else:
            _mend(value, tree, loc, shape)
    try:
        return shape.model_validate(value)
    except ValidationError:
        return None


def _drop_unknown(value: Plain, tree: Tree, loc: tuple[Step, ...], shape: type[Shape]) -> None:
    mapping = _steps(tree, loc[:-1])
    inside = _at(value, mapping)
    if isinstance(inside, dict):
        inside.pop(loc[-1], None)
    # What was meant by it is not called missing.
    meant = intended_key(shape, loc)
    if meant and meant not in Place(tree, mapping).node.keys:
        tree.mark_unread((*mapping, meant))


def _mend(value: Plain, tree: Tree, loc: tuple[Step, ...], shape: type[Shape]) -> None:
    """Take out the least that makes the place read: the value itself, or else what it stands in."""
    for end in range(len(loc), 0, -1):
        if _is_mended(value, tree, loc[:end], shape):
            return


def _is_mended(value: Plain, tree: Tree, loc: tuple[Step, ...], shape: type[Shape]) -> bool:
    around, key = annotation_at(shape, loc[:-1]), loc[-1]
    steps = (*_steps(tree, loc[:-1]), key)
    if isinstance(around, type) and issubclass(around, Shape):
        if not _is_required(around, key):
            _drop(value, tree, steps)
        elif key in _STAND_INS.get(around, {}):
            _replace(value, tree, steps, _STAND_INS[around][str(key)])
        else:
            return False
    elif get_origin(around) is dict:
        _drop(value, tree, steps)
    elif isinstance(_at(value, steps[:-1]), list) and (stand_in := _of_item(annotation_at(shape, loc))):
        _replace(value, tree, steps, stand_in)
    else:
        return False
    return True


def _of_item(annotation: object) -> Plain:
    """Return what stands in for an item of a list, so that those after it keep their numbers; None for most values."""
    if annotation is str:
        return _WORD
    return _STAND_INS.get(annotation) if isinstance(annotation, type) else None


def _is_required(shape: type[Shape], key: Step) -> bool:
    return any((field.alias or name) == key and field.is_required() for name, field in shape.model_fields.items())


def _drop(value: Plain, tree: Tree, steps: tuple[Step, ...]) -> None:
    tree.mark_unread(steps)
    inside = _at(value, steps[:-1])
    if isinstance(inside, dict):
        inside.pop(steps[-1], None)


def _replace(value: Plain, tree: Tree, steps: tuple[Step, ...], stand_in: Plain) -> None:
    tree.mark_unread(steps)
    inside, key = _at(value, steps[:-1]), steps[-1]
    if isinstance(inside, dict):
        inside[str(key)] = _copied(stand_in)
    elif isinstance(inside, list) and isinstance(key, int):
        inside[key] = _copied(stand_in)


def _steps(tree: Tree, loc: tuple[Step, ...]) -> tuple[Step, ...]:
    """Return the steps of pydantic's path that the document has: without the tags of its unions."""
    node: Node = tree.root
    found: list[Step] = []
    for step in loc:
        part = node.part(step)
        if part is not None:
            node = part
            found.append(step)
    return tuple(found)


def _at(value: Plain, steps: tuple[Step, ...]) -> Plain:
    """Return what stands at the steps, None where it was taken out."""
    for step in steps:
        if isinstance(value, dict):
            value = value.get(step)
        elif isinstance(value, list) and isinstance(step, int):
            value = value[step]
        else:
            return None
    return value


def _copied(value: Plain) -> Plain:
    """Return a copy in which nothing is shared: what an alias repeats may be read differently at each place."""
    if isinstance(value, dict):
        return {key: _copied(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_copied(each) for each in value]
    return value
