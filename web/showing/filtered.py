"""Filtered: by what a list is filtered, in words, so that its form can stay folded up."""

from collections.abc import Iterable, Iterator, Mapping

from rules.days import day_en, day_vi
from rules.status import AHEAD, NAMES
from rules.wording import Wording
from web.showing.filters import Filters


def filtered(filters: Filters, names: Iterable[Mapping[str, str]]) -> Iterator[Wording]:
    """Yield each thing that a list is filtered by, in the order of its form. `names`: of its programmes, units and
    sections, by their values; what is none of them lets nothing through, and is named as it stands."""
    chosen = (filters.programme, filters.unit, filters.section)
    for value, known in zip(chosen, names, strict=True):
        if value:
            name = known.get(value, value)
            yield Wording(name, name)
    for axis in (filters.timeliness, filters.progress, filters.verification):
        yield from (name for word, name in NAMES.items() if word in axis)
    if filters.ahead:
        yield AHEAD
    if filters.due_from:
        yield Wording(f"hạn từ {day_vi(filters.due_from)}", f"due from {day_en(filters.due_from)}")
    if filters.due_to:
        yield Wording(f"hạn đến {day_vi(filters.due_to)}", f"due by {day_en(filters.due_to)}")
    if filters.late_from:
        yield Wording(f"quá hạn từ {filters.late_from} ngày", f"late by {filters.late_from} days or more")
    if filters.late_to:
        yield Wording(f"quá hạn đến {filters.late_to} ngày", f"late by {filters.late_to} days at most")
    if filters.order != "due":
        yield Wording("hạn xa trước", "latest deadline first")
