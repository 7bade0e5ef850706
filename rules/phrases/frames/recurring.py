"""The recurring frame: paces with the days, hours and bounds beside them: `trước ngày 25 hằng tháng`."""

from datetime import time

from rules import words
from rules.deadline import Period
from rules.phrases.frames.clause import Clause
from rules.phrases.frames.endings import after_ending
from rules.phrases.frames.everies import NO_PACE, Course, everies
from rules.phrases.frames.groups import groups_of
from rules.phrases.items.nouns import (
    Bound,
    Break,
    Ending,
    Hour,
    Item,
    Length,
    Marks,
    OnDays,
    OnNamed,
    OnWeekday,
    Pace,
    Part,
    Standing,
    Trap,
    Trigger,
)
from rules.phrases.marks import Impossible, has_year, stretch
from rules.phrases.reading import Reading, impossible
from rules.wording import Wording

_AND_ON_REQUEST = Wording(", và khi có yêu cầu", ", and on request")
WINDOW = Wording("kỳ số liệu của báo cáo, không phải thời hạn", "the period a report covers, no deadline")


def is_recurring(clause: Clause) -> bool:
    """Say whether something in the clause speaks of a recurrence; with a date, a weekday or `báo cáo năm` does not."""
    if not clause.has(Pace, Ending, Part, OnWeekday, OnNamed):
        return False
    items = clause.items
    paces = [item for n, item in enumerate(items) if isinstance(item, Pace) and not _is_counted(items, n)]
    if any(_is_strong(pace) for pace in paces) or any(isinstance(item, Ending) for item in items):
        return True
    if any(isinstance(item, Marks) and (item.marks[0].kind == "day" or item.marks[0].edge) for item in items):
        return False
    if all(not pace.beats for pace in paces) and any(has_year(item.marks[-1]) for item in clause.all(Marks)):
        # `kỳ sinh hoạt định kỳ tháng 6/2026`
        return clause.has(OnDays, OnWeekday, OnNamed, Part)
    in_month = any(isinstance(item, Part) for item in items) and any(
        isinstance(item, OnDays | OnNamed) for item in items
    )
    return bool(paces) or in_month or any(isinstance(item, OnWeekday | OnNamed) for item in items)


def is_window(clause: Clause) -> bool:
    """Say whether it is the period that a report covers: `từ ngày 15 tháng trước đến ngày 14 của tháng cuối quý`."""
    items = clause.items
    if Bound("from") not in items or Bound("to") not in items:
        return False
    if _names_report(clause):
        return True
    days = [(n, item.days[0]) for n, item in enumerate(items) if isinstance(item, OnDays)]
    if len(days) != 2 or any(isinstance(item, Pace) for item in items):
        return False
    (first, begins), (second, ends) = days
    starts = first > 0 and items[first - 1] == Bound("from")
    past = any(isinstance(item, Trap) for item in items)
    return starts and items[second - 1] == Bound("to") and (ends < begins or past)


def _is_strong(item: Item) -> bool:
    return isinstance(item, Pace) and bool(item.beats) and not item.weak


def then_reports(clause: Clause) -> int | None:
    """Return where a recurring report is told apart from the task: `trước 30/6/2026, báo cáo hằng tháng`.

    A year, and what the recurrence begins or ends with, only limit it."""
    pace, mark = clause.first(Pace), clause.first(Marks)
    if pace is None or mark is None or mark > pace:
        return None
    items = clause.items
    marks = items[mark]
    assert isinstance(marks, Marks)
    is_limit = any(item in (Bound("from"), Bound("to")) for item in items[:mark])
    if is_limit or marks.marks[0].kind == "year" or not has_year(marks.marks[0]):
        return None
    at = next((n for n in range(mark + 1, pace) if items[n] in (Break(","), Break("và"))), None)
    reports = at is not None and any(token.key == "báo" for token in clause.tokens[clause.found[at].last :])
    return at if reports and _is_strong(items[pace]) else None


def _names_report(clause: Clause) -> bool:
    """Say whether the period of a report is named: `kỳ báo cáo`, `năm báo cáo`; `định kỳ báo cáo` names none."""
    keys = [token.key for token in clause.tokens]
    return any(
        keys[n : n + 2] == ["báo", "cáo"] and keys[n - 1] in ("kỳ", "quý", "năm") and keys[n - 2 : n - 1] != ["định"]
        for n in range(1, len(keys))
    )


def _is_counted(items: list[Item], at: int) -> bool:
    """Say whether a pace only tells of what there is so much (`12 ngày/năm`), or which plan (`theo kế hoạch năm`)."""
    before = items[at - 1] if at else None
    return isinstance(before, Length) or (isinstance(before, Standing) and before.kind == "elsewhere")


def recurring(clause: Clause) -> Reading:
    """Return the recurrence that a clause states; several paces become its parts."""
    ending = next(clause.all(Ending), None)
    if ending is not None:
        length = next(clause.all(Length), None)
        is_repeated = any(clause.all(Pace))
        if length is not None or not is_repeated:
            return after_ending(ending, length, is_repeated=is_repeated)
    return _with_days(clause)


def _with_days(clause: Clause) -> Reading:
    on_request = any(item.kind == "request" for item in clause.all(Standing))
    trigger = clause.first(Trigger)
    if trigger is not None:
        clause, on_request = clause.part(0, trigger), True
    hour = next(clause.all(Hour), None)
    at = hour.at if hour else None
    try:
        course = Course(at, *_bounds(clause))
        found = [one for group in groups_of(clause) for one in everies(group, course)]
    except Impossible as fault:
        return impossible(fault.reason)
    if not found:
        return Reading("recurring", NO_PACE, at=at, doubts=(NO_PACE,))
    reading = _together(found, at)
    if on_request:
        reading = reading._replace(why=Wording(*map("".join, zip(reading.why, _AND_ON_REQUEST, strict=True))))
    return reading.doubting(hour.doubt if hour else None)


def _together(found: list[Reading], at: time | None) -> Reading:
    if len(found) == 1:
        return found[0]
    return Reading(
        "recurring",
        words.joined([one.why for one in found]),
        at=at,
        rrules=tuple(dict.fromkeys(rule for one in found for rule in one.rrules)),
        parts=tuple(found),
        doubts=tuple(dict.fromkeys(doubt for one in found for doubt in one.doubts)),
    )


def _bounds(clause: Clause) -> tuple[Period | None, Period | None]:
    """Return the first and last period of a recurrence, from the marks that have a year."""
    from_: Period | None = None
    until: Period | None = None
    bound = None
    for found in clause.found:
        item = found.item
        if isinstance(item, Bound):
            bound = item.kind
        elif isinstance(item, Marks) and has_year(item.marks[0]):
            first = stretch(item.marks[0], clause.context.year)
            last = stretch(item.marks[-1], clause.context.year)
            if bound not in ("by", "to", "before") and from_ is None:
                from_ = first.period
            if bound != "from":
                until = last.until or last.period
            bound = None
    return from_, until
