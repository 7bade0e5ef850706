"""Terms counted from a day that is named: `trong 10 ngày kể từ ngày 03/8/2026`, `02 tuần trước Tết`."""

from datetime import date

from rules import words
from rules.days import OutOfCalendarError, day_en, day_vi, plus, plus_months
from rules.deadline import After, AheadOf, Offset, Within
from rules.phrases.frames.clause import Clause
from rules.phrases.frames.spans import span
from rules.phrases.items.nouns import Bound, BoundKind, Break, Length, Marks, Word
from rules.phrases.marks import Impossible, Mark, Stretch, period_of_day, stretch
from rules.phrases.reading import Reading, impossible, some
from rules.wording import Wording

_COUNTED = Wording("tính từ một ngày đã ghi, không kể ngày đó (Điều 147 Bộ luật Dân sự)",
                   "counted from a stated day, that day left out (Article 147 of the Civil Code)")  # fmt: skip
_FIRST_COUNTS = Wording("bắt đầu từ ngày đó, kể cả ngày đó", "beginning on that day, that day counted in")
_NEEDS_CALENDAR = Wording("ngày làm việc hoặc giờ: cần xem lịch", "working days or hours: see the calendar")
_LONGEST = {"days": 3_650, "months": 120, "years": 10}
_DIRECTIONS: dict[BoundKind, int] = {"from": 1, "after": 1, "before": -1}
_DAYS = frozenset(("day", "feast", "lunar"))


def counted(clause: Clause) -> Reading | None:
    """Return the day that a length before a bounded day comes to, None where the clause is made otherwise."""
    at = clause.first(Length)
    if at is None or Marks not in clause.kinds or (at and isinstance(clause.items[at - 1], Word)):
        # A word before it makes it the name of a period: `kế hoạch 6 tháng trước ngày 20/6`.
        return None
    telling = [item for item in clause.items if not isinstance(item, Word | Break)]
    while telling and isinstance(telling[0], Bound):
        telling = telling[1:]
    match telling:
        case [Length() as length, Bound(kind=kind), Marks(marks=[Mark(kind=what) as mark])] if (
            kind in _DIRECTIONS and what in _DAYS
        ):
            try:
                return _counted(length, kind, stretch(mark, clause.context.year), begins="bắt" in clause.said)
            except Impossible as fault:
                return impossible(fault.reason)
    return None


def _counted(length: Length, kind: BoundKind, found: Stretch, *, begins: bool) -> Reading:
    """Return what so long from a day on, or before it, comes to; with `begins` that day is the first one."""
    offset, way = length.offset, _DIRECTIONS[kind]
    if offset.unit not in _LONGEST or offset.count > _LONGEST[offset.unit]:
        return _by_calendar(offset, way, found.start)
    due = _moved(found.start, offset, way)
    if begins and kind == "from" and offset.unit == "days":
        last = plus(due, -1)
        return span(found, Stretch("day", last, last, period_of_day(last)), None).doubting(_FIRST_COUNTS)
    how = Wording("kể từ", "after") if way > 0 else Wording("trước", "before")
    term, day = words.offset(offset), found.start
    why = Wording(
        f"{term.vi} {how.vi} ngày {day_vi(day)}: ngày {day_vi(due)}", f"{term.en} {how.en} {day_en(day)}: {day_en(due)}"
    )
    doubts = some(found.doubt, length.doubt, _COUNTED)
    return Reading("date", why, None, due, deadline=Within(period_of_day(due)), doubts=doubts)


def _by_calendar(offset: Offset, way: int, day: date) -> Reading:
    """Return a term that only the calendar can count as one from an event, the day itself."""
    term, event = words.offset(offset), f"ngày {day_vi(day)}"
    if way > 0:
        why = Wording(f"{term.vi} kể từ {event}", f"{term.en} after {day_en(day)}")
        after = After(event, offset)
        return Reading("event", why, event=event, offset=str(offset), deadline=after, doubts=(_NEEDS_CALENDAR,))
    why = Wording(f"{term.vi} trước {event}", f"{term.en} before {day_en(day)}")
    ahead = AheadOf(event, offset)
    return Reading("before_event", why, event=event, offset=str(offset), deadline=ahead, doubts=(_NEEDS_CALENDAR,))


def _moved(day: date, offset: Offset, way: int) -> date:
    """Return the day so long after or before another. Raise Impossible outside the calendar."""
    try:
        if offset.unit == "days":
            return plus(day, way * offset.count)
        return plus_months(day, way * offset.count * (12 if offset.unit == "years" else 1))
    except OutOfCalendarError:
        raise Impossible(Wording("ngoài phạm vi lịch", "outside the calendar")) from None
