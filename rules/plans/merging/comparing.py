"""Comparing: a task as the file has it, as it was read before, as it is read now: whose word stands for each field."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from rules.phrases.forms import Form
from rules.plans.merging.located import Field, Item
from rules.plans.writing.signs import sign

Verdict = Literal["taken", "kept", "disputed"]
"""The new version's value is taken; the person's is kept; it is kept, and the new version says something new too."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A field in which the file and the new version differ."""

    field: str
    before: Field | None
    after: Field | None
    verdict: Verdict


def differences(old: Item, new: Item, signs: Mapping[str, str] | None, fields: tuple[str, ...]) -> Iterator[Difference]:
    """Yield the fields that differ, each with whose word stands.

    `signs` are those of the values read before. Where there are none, the document's own words (`stated`) tell whether
    its deadline is another one, and all else that differs is taken for a person's work. A person's deadline stands;
    once those words change, it is asked which of the two it is. Earlier deadlines stay though the new version does
    not repeat them.
    """
    for field in fields:
        before, after = _field(old, field), _field(new, field)
        value, proposed = _value(before), _value(after)
        if value != proposed and not (field == "amended" and proposed is None):
            yield Difference(field, before, after, _verdict(field, old, new, signs))


def _verdict(field: str, old: Item, new: Item, signs: Mapping[str, str] | None) -> Verdict:
    is_restated = field == "stated" or (field == "deadline" and _is_restated(old, new, signs))
    if signs is None:
        return "taken" if is_restated else "kept"
    if sign(_value(_field(old, field))) == signs[field]:
        return "taken"
    if sign(_value(_field(new, field))) == signs[field] or (field == "deadline" and not is_restated):
        return "kept"
    return "taken" if field == "stated" else "disputed"


def _is_restated(old: Item, new: Item, signs: Mapping[str, str] | None) -> bool:
    """Say whether the document has other words for the deadline than it had."""
    if signs is None:
        return old.value("stated") != new.value("stated")
    return sign(new.value("stated")) != signs["stated"]


def _field(item: Item, field: str) -> Field | None:
    found = item.fields.get(field)
    return item.fields.get("deadlines") if found is None and field == "deadline" else found


def _value(field: Field | None) -> Form | None:
    return field.value if field else None
