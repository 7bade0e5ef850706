"""From pydantic's errors to problems: the deepest known place, the path in ids, what was found and what is accepted."""

import re
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import Tag, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from rules.load.mistake import Mistake, did_you_mean, listed, nearest, quoted, refused, shown, suggestion
from rules.load.place import Place, Step
from rules.load.shapes.base import Shape
from rules.problem import Problem
from rules.wording import NOTHING, Wording

_ACCEPTED = {
    "string_type": Wording("chữ", "text"),
    "tuple_type": Wording("một danh sách, như [a, b]", "a list, as in [a, b]"),
    "dict_type": Wording("các khóa, mỗi khóa một giá trị", "a mapping of keys to values"),
    "int_type": Wording("một số nguyên", "a whole number"),
}
_OTHERWISE = Wording("cách viết khác", "another form")
# Keys that another form of the language calls otherwise.
_ALSO = {
    "until": "by",
    "by": "until",
    "title": "name",
    "name": "title",
    "due": "deadline",
    "mail": "email",
    "owner": "lead",
}


def complaints(document: Place, error: ValidationError, shape: type[Shape]) -> list[Problem]:
    """Return one problem for each error, at the value, the unknown key or the mapping that lacks one."""
    found = (_complaint(document, detail, shape) for detail in error.errors(include_url=False))
    return [problem for problem in found if problem is not None]


def _complaint(document: Place, detail: ErrorDetails, shape: type[Shape]) -> Problem | None:
    is_key = detail["loc"][-1:] == ("[key]",)
    place = Place(document.tree, detail["loc"][:-1] if is_key else detail["loc"])
    match detail["type"]:
        case "extra_forbidden":
            return Problem(place.key_source, place.path, _unknown_key(shape, detail["loc"]))
        case "missing":
            return _missing(Place(document.tree, place.steps[:-1]), detail["loc"], shape)
        case "value_error" if isinstance(place.node.parts, dict) and len(place.node.parts) < len(place.node.keys):
            # A key of it lacks its value, which was reported where the text was read.
            return None
        case "value_error":
            source = place.key_source if is_key else place.source
            return Problem(source, place.path, _mistaken(detail))
        case "literal_error":
            return Problem(place.source, place.path, _not_among(detail))
        case kind:
            return Problem(place.source, place.path, _wrong_type(kind, detail, shape))


def _missing(parent: Place, steps: tuple[Step, ...], shape: type[Shape]) -> Problem | None:
    key = str(steps[-1])
    # A key without value was already reported where the text was read.
    if key in parent.node.keys or "<<" in parent.node.keys:
        return None
    # Where one key alone is accepted, an unknown one stands in its place and is reported itself.
    if parent.node.keys and _keys_of(annotation_at(shape, steps[:-1])) == [key]:
        return None
    return Problem(parent.source, parent.path, Wording(f"thiếu '{key}'", f"'{key}' is missing"))


def _mistaken(detail: ErrorDetails) -> Wording:
    error = detail.get("ctx", {}).get("error")
    return error.said if isinstance(error, Mistake) else refused(detail["input"], _OTHERWISE)


def _unknown_key(shape: type[Shape], steps: tuple[Step, ...]) -> Wording:
    accepted, near = listed(_keys_of(annotation_at(shape, steps[:-1]))), suggestion(intended_key(shape, steps))
    return Wording(
        f"không có khóa {quoted(steps[-1])}; được ghi: {accepted}{near.vi}",
        f"unknown key {quoted(steps[-1])}; accepted: {accepted}{near.en}",
    )


def intended_key(shape: type[Shape], steps: tuple[Step, ...]) -> str | None:
    """Return the key that an unknown one at the end of the steps most likely stands for, None when none is near."""
    accepted = _keys_of(annotation_at(shape, steps[:-1]))
    also = _ALSO.get(str(steps[-1]))
    return also if also in accepted else nearest(steps[-1], accepted)


def _not_among(detail: ErrorDetails) -> Wording:
    accepted = re.findall(r"'([^']*)'", str(detail.get("ctx", {}).get("expected", "")))
    found, near = shown(detail["input"]), did_you_mean(detail["input"], accepted)
    return Wording(
        f"{found.vi} không dùng được ở đây; được ghi: {listed(accepted)}{near.vi}",
        f"{found.en} is not accepted here; accepted: {listed(accepted)}{near.en}",
    )


def _wrong_type(kind: str, detail: ErrorDetails, shape: type[Shape]) -> Wording:
    found = detail["input"]
    accepted = _ACCEPTED.get(kind, _OTHERWISE)
    if kind in ("model_type", "model_attributes_type"):
        keys = listed(_keys_of(annotation_at(shape, detail["loc"])))
        accepted = Wording(f"các khóa {keys}", f"a mapping with the keys {keys}")
    hint = NOTHING
    if kind == "string_type" and isinstance(found, bool):
        text = shown(found).en
        hint = Wording(f'; đặt trong dấu ngoặc kép: "{text}"', f'; put it in quotes: "{text}"')
    return refused(found, accepted, hint)


def _keys_of(annotation: object) -> list[str]:
    if isinstance(annotation, type) and issubclass(annotation, Shape):
        return [field.alias or name for name, field in annotation.model_fields.items()]
    return []


def annotation_at(shape: type[Shape], steps: tuple[Step, ...]) -> object:
    """Return the type that stands at the end of the steps, which name fields, keys, list items and union tags."""
    current: object = shape
    for step in steps:
        current = _inside(current, step)
    return _bare(current)


def _bare(annotation: object) -> object:
    """Return the annotation without metadata and without `| None`."""
    while True:
        if get_origin(annotation) is Annotated:
            annotation = get_args(annotation)[0]
        elif _is_union(annotation) and len(arms := _arms(annotation)) == 1:
            annotation = arms[0]
        else:
            return annotation


def _inside(annotation: object, step: Step) -> object:
    bare = _bare(annotation)
    if isinstance(bare, type) and issubclass(bare, Shape):
        return _field_type(bare, step)
    if _is_union(bare):
        tagged = (arm for arm in _arms(bare) if Tag(str(step)) in getattr(arm, "__metadata__", ()))
        return next(tagged, None)
    inner = get_args(bare)
    if not inner:
        return None
    return inner[1] if get_origin(bare) is dict else inner[0]


def _field_type(shape: type[Shape], step: Step) -> object:
    fields: dict[str, FieldInfo] = {field.alias or name: field for name, field in shape.model_fields.items()}
    return fields[str(step)].annotation if str(step) in fields else None


def _is_union(annotation: object) -> bool:
    return get_origin(annotation) in (Union, UnionType)


def _arms(annotation: Any) -> list[object]:
    return [arm for arm in get_args(annotation) if arm is not type(None)]
