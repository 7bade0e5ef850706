"""Document: what a new version's own head says otherwise than the file, and whether it is a version of it at all."""

from collections.abc import Iterator, Mapping

from rapidfuzz import fuzz, utils

from rules.phrases.forms import Form
from rules.plans.merging.changes import Change, shown
from rules.plans.merging.located import Field, Located

_HEAD = ("number", "date", "issuer")
_ALIKE = 85
"""How alike two titles are, of 100, where one document is a version of the other."""
_FEW = 4
"""One row in so many is found again where one document is a version of the other."""


def head_changes(old: Located, new: Located) -> Iterator[Change]:
    """Yield what the head of the new version says otherwise; the file keeps its own, since a person may have set it.

    What the new version leaves blank is no change.
    """
    id = str(_value(old.keys.get("programme")) or "")
    before, after = _document(old), _document(new)
    titles = ("title", _value(old.keys.get("title")), _value(new.keys.get("title")))
    for key, stands, said in (titles, *((key, before.get(key), after.get(key)) for key in _HEAD)):
        is_blank = key == "number" and not str(said or "")[:1].isdigit()
        if said is not None and not is_blank and said != stands:
            yield Change("kept", id, "", key, shown(stands), shown(said))


def is_another(old: Located, new: Located, found: int) -> bool:
    """Say whether the new version is of another document: its head is another one, and hardly a row is found again.

    `found` is how many rows of the two are one. A document that is a version of the other may have a number of its
    own, a plan that was reworked may have few of its rows left: only both together tell.
    """
    rows = min(len(each.tasks) + len(each.indicators) for each in (old, new))
    return bool(rows) and found * _FEW < rows and not _is_same_head(old, new)


def _is_same_head(old: Located, new: Located) -> bool:
    """Say whether the numbers are one, or, where one of the two is not known, the titles are alike."""
    before, after = (str(_document(each).get("number", "")) for each in (old, new))
    if before[:1].isdigit() and after[:1].isdigit():
        return before == after
    titles = (str(_value(each.keys.get("title")) or "") for each in (old, new))
    return fuzz.token_sort_ratio(*titles, processor=utils.default_process) >= _ALIKE


def _document(located: Located) -> Mapping[str, Form]:
    found = _value(located.keys.get("document"))
    return found if isinstance(found, Mapping) else {}


def _value(field: Field | None) -> Form | None:
    return field.value if field else None
