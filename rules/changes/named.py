"""Named: a plan as people read it, with its tasks by their present ids: facts and ledger know a renamed one by its
first."""

from dataclasses import fields, is_dataclass, replace
from typing import TypeVar

from rules.called import PresentIds
from rules.changes.mails import Said
from rules.changes.values import Line
from rules.obligation import ObligationKey

Value = TypeVar("Value")


def as_named(value: Value, names: PresentIds) -> Value:
    """Return changes, or a part of them, with every task of which `names` has another id by that one."""
    if not names:
        return value
    found: object = value
    if isinstance(value, Line | Said | ObligationKey):
        found = value._replace(task=names.get((value.programme, value.task), value.task))
    elif isinstance(value, tuple) and hasattr(value, "_fields"):
        found = type(value)(*(as_named(each, names) for each in value))
    elif isinstance(value, tuple):
        found = tuple(as_named(each, names) for each in value)
    elif is_dataclass(value) and not isinstance(value, type):
        found = replace(value, **{each.name: as_named(getattr(value, each.name), names) for each in fields(value)})
    return found  # type: ignore[return-value]
