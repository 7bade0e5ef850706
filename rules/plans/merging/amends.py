"""Amends: what a new version of a plan amends in other programmes, beside what its rule file amends already."""

from collections.abc import Iterator, Mapping

from rules.phrases.forms import Form
from rules.plans.merging.changes import Change
from rules.plans.merging.located import Field, Located, dashes
from rules.plans.merging.splicing import Splices
from rules.plans.writing.layout import Entry, flow, lines_of

_KEY = "amend"


def merge_amends(old: Located, new: Located, splices: Splices) -> Iterator[Change]:
    """Put the amendments that the file does not have into it; those it has stay, and what differs is told."""
    stand, found = old.keys.get(_KEY), new.keys.get(_KEY)
    known = {_target(each): each for each in _entries(stand)}
    missing = [each for each in _entries(found) if _target(each) not in known]
    for each in _entries(found):
        before = known.get(_target(each))
        if before is None or before != each:
            yield Change(
                "new" if before is None else "kept", _target(each), "", _KEY, flow(before) if before else "", flow(each)
            )
    if not missing:
        return
    lines = lines_of(Entry(_KEY, missing), 0)
    if stand is None:
        splices.insert(old.end, ["", *lines])
    elif (column := dashes(stand, old.lines)) is not None:
        splices.insert(stand.end, (" " * column + line[2:] for line in lines[1:]))
    else:
        splices.replace(stand.start, stand.end, lines_of(Entry(_KEY, [*_entries(stand), *missing]), 0))


def _entries(field: Field | None) -> list[Mapping[str, Form]]:
    found = field.value if field else None
    listed = found if isinstance(found, list) else [found]
    return [each for each in listed if isinstance(each, Mapping)]


def _target(entry: Mapping[str, Form]) -> str:
    return "/".join(str(entry[key]) for key in ("programme", "task", "part") if key in entry)
