"""Overview: what a drafted programme sets off: for how many units, how much of it on one day, and how much late."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from rules.days import day_en, day_vi
from rules.directory import Directory
from rules.phrases.reading import Reading
from rules.plans.draft import Draft
from rules.plans.writing import words
from rules.plans.writing.agencies import ids_in
from rules.plans.writing.rows import Row
from rules.wording import Wording


def overview(draft: Draft, rows: Sequence[Row], directory: Directory) -> Wording:
    """Return how many obligations the tasks make for how many units, the busiest day, and what is due too early.

    What recurs counts once, and has no day.
    """
    owed = [_units(row, directory) for row in rows]
    obligations = sum(count for count, _ in owed)
    units = len({unit for _, units in owed for unit in units})
    days = Counter(day for task in draft.tasks for day in dict.fromkeys(_days(task.reading)))
    vi = f"{obligations} nghĩa vụ của {units} đơn vị (việc định kỳ tính một)"
    en = f"{words.number_of(obligations, 'obligation')} of {words.number_of(units, 'unit')} (what recurs counted once)"
    if days:
        day, count = min(days.items(), key=lambda pair: (-pair[1], pair[0]))
        vi += f"; nhiều hạn nhất: {count} nhiệm vụ, ngày {day_vi(day)}"
        en += f"; the busiest day: {day_en(day)} with {words.number_of(count, 'task')}"
    issued = draft.document.date
    if issued and (early := sum(any(day < issued for day in _days(task.reading)) for task in draft.tasks)):
        vi += f"; {early} nhiệm vụ có hạn trước ngày văn bản"
        en += f"; {words.number_of(early, 'task')} due before the document's day"
    return Wording(f"{vi}.", f"{en}.")


def _units(row: Row, directory: Directory) -> tuple[int, tuple[str, ...]]:
    """Return how many obligations a task makes, and whose: one of several leads together, or one for each member."""
    value = next((entry.value for entry in row.entries if entry.key == "lead"), None)
    units = tuple(dict.fromkeys(unit for id in ids_in(value) for unit in _members(id, directory)))
    several = next((entry.value for entry in row.entries if entry.key == "deadlines"), ())
    parts = max(1, len(several)) if isinstance(several, Mapping) else 1
    return parts * (len(units) if isinstance(value, Mapping) else 1), units


def _members(id: str, directory: Directory) -> Iterable[str]:
    group = directory.groups.get(id)
    return group.members if group else (id,)


def _days(reading: Reading | None) -> list[date]:
    """Return the days of single deadlines; what recurs has none."""
    if reading is None:
        return []
    return [one.due for one in (reading, *reading.parts) if one.due and not one.rrules]
