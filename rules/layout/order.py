"""Order: in which order the keys of each mapping stand, that of the rule language."""

from collections.abc import Sequence
from typing import get_args, get_origin

from rules.load.complain import annotation_at
from rules.load.documents import KINDS
from rules.load.shapes.base import Shape

Steps = tuple[str | int, ...]

_OTHERWISE = {
    # The lists are long: what is said in one line goes before them.
    "CalendarShape": ("calendar", "based_on", "covers", "weekend", "announced_until", "holidays", "worked"),
}
_FREE = ("UnitShape", "GivenShape")
"""Of a unit some put the head first, others the overseer; of what is given the day, or what happens: both read well."""


def kind_of_keys(keys: Sequence[str]) -> str | None:
    """Return the kind of a document by its keys: a programme has those of other kinds too, a scenario that of one."""
    return "scenario" if "scenario" in keys else next((kind for kind in KINDS if kind in keys), None)


def ordered(keys: Sequence[str], kind: str | None, steps: Steps) -> list[str]:
    """Return the keys of the mapping at the end of the steps in their order; unknown ones and ids stay as they are."""
    shape = annotation_at(KINDS[kind], steps) if kind else None
    if get_origin(shape) is tuple:
        # What may be a list is often a single one.
        shape = get_args(shape)[0]
    if not (isinstance(shape, type) and issubclass(shape, Shape)) or shape.__name__ in _FREE:
        return list(keys)
    known = list(_OTHERWISE.get(shape.__name__) or (f.alias or name for name, f in shape.model_fields.items()))
    if any(key not in known for key in keys):
        return list(keys)
    return sorted(keys, key=known.index)
