"""Changes: what a new version of a plan changes in its rule file, and what the comments in it say of that."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from rules.phrases.forms import Form
from rules.plans.writing.layout import flow
from rules.wording import Wording

Kind = Literal["new", "changed", "kept", "disputed", "renumbered", "gone"]
"""`kept`: a person's work that differs from the plan; `disputed`: so does what the plan says now."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a task or indicator, by its id in the file; `field` is '' where it is about the whole of it."""

    kind: Kind
    id: str
    title: str
    field: str = ""
    before: str = ""
    after: str = ""


NEW = Wording("mới trong văn bản này", "new in this version")
GONE = Wording("không còn trong văn bản mới", "no longer in the new version")


ADDED = Wording("văn bản mới thêm vào", "the new version adds it")


def dropped(field: str, before: str) -> Wording:
    """Return the question about a field that the new version does not have any more."""
    return Wording(f"văn bản mới không còn {field}: {before}", f"the new version has no {field} any more: {before}")


def changed(before: str) -> Wording:
    """Return the question about a field that the new version says otherwise."""
    return Wording(f"văn bản mới đổi từ: {before}", f"the new version changed it from: {before}")


def disputed(field: str, after: str) -> Wording:
    """Return the question about a field that a person changed, and the new version too."""
    said = after or "—"
    return Wording(
        f"đã sửa tay, nhưng văn bản mới ghi khác: {field}: {said}",
        f"changed by hand, but the new version says: {field}: {said}",
    )


def shown(value: Form | None) -> str:
    """Return a value as it stands in a rule file, '' for none."""
    return flow(_unquoted(value)) if value is not None else ""


def _unquoted(value: Form) -> Form:
    """Return a value of texts with its switches as such: `{continuous: true}`."""
    if isinstance(value, Mapping):
        return {key: _unquoted(each) for key, each in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_unquoted(each) for each in value]
    return value == "true" if value in ("true", "false") else value
