"""Days and periods counted from the document itself, once its day is known: `tháng này`, `trước ngày 10`."""

from dataclasses import replace
from datetime import date, timedelta

from rules.phrases.frames.clause import Clause
from rules.phrases.items.nouns import Bound, Item, Marks, OnDays, OnNamed, OnWeekday, Pace, Part
from rules.phrases.marks import Mark
from rules.wording import Wording

_RELATIVE = Wording("tính theo ngày ban hành văn bản", "counted from the day of the document")


def from_issue(clause: Clause) -> Clause:
    """Return the clause with such items replaced by the days they come to, each in doubt; as it is without that day."""
    issued = clause.context.issued
    items = clause.items
    if issued is None or _is_settled(items):
        return clause
    found = [replace(one, item=_resolved(items, n, issued) or one.item) for n, one in enumerate(clause.found)]
    return replace(clause, found=tuple(found))


def needs_issue(clause: Clause) -> bool:
    """Say whether something of the clause is counted from the day of the document."""
    return any(
        isinstance(found.item, Part) or (isinstance(found.item, Marks) and not _is_dated(found.item))
        for found in clause.found
    )


def _is_settled(items: list[Item]) -> bool:
    """Say whether a date or a recurrence is stated, so that nothing is counted from the document."""
    if any(isinstance(item, Marks) and _is_dated(item) for item in items):
        return True
    in_period = any(isinstance(item, OnDays | OnNamed) for item in items) and any(
        isinstance(item, Part) for item in items
    )
    return in_period or any(isinstance(item, Pace) for item in items)


def _is_dated(marks: Marks) -> bool:
    return not marks.marks[0].kind.startswith("relative")


def _resolved(items: list[Item], at: int, issued: date) -> Item | None:
    match items[at]:
        case Marks(marks=[Mark(kind="relative day", day=by)]):
            return _days(issued + timedelta(days=by))
        case Marks(marks=[Mark(kind="relative week", day=by)]):
            monday = issued + timedelta(days=7 * by - issued.weekday())
            return _days(monday, monday + timedelta(days=4))
        case Part(which=which, unit=unit) if which in ("this", "next"):
            return Marks((_period(issued, unit, 1 if which == "next" else 0),))
        case OnDays(days=[day]) if at and isinstance(items[at - 1], Bound):
            return _days(_next_such(day, issued))
        case OnWeekday(number=number, nth=0) if any(item in (Bound("before"), Bound("by")) for item in items[:at]):
            return _days(issued + timedelta(days=(number - issued.weekday()) % 7))
    return None


def _days(first: date, last: date | None = None) -> Marks:
    marks = [Mark("day", day.month, day.year, day.day, doubt=_RELATIVE) for day in (first, last) if day is not None]
    return Marks(tuple(marks), is_range=last is not None)


def _period(issued: date, unit: str, later: int) -> Mark:
    if unit == "quarter":
        quarter = (issued.month - 1) // 3 + later
        return Mark("quarter", quarter % 4 + 1, issued.year + quarter // 4, doubt=_RELATIVE)
    month = issued.month - 1 + later
    return Mark("month", month % 12 + 1, issued.year + month // 12, doubt=_RELATIVE)


def _next_such(day: int, issued: date) -> date:
    """Return the first such day of a month on or after the day of the document."""
    found = issued
    while found.day != day:
        found += timedelta(days=1)
    return found
