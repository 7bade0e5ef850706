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


def counted(clause: Clause) -> Reading | None:
    """Return the day that a length before a bounded day comes to, None where the clause is made otherwise."""
    if Length not in clause.kinds or Marks not in clause.kinds:
        return None
    at = clause.first(Length)
    if at and isinstance(clause.items[at - 1], Word):
        # The name of a period: `kế hoạch 6 tháng trước ngày 20/6`.
        return None
    telling = [item for item in clause.items if not isinstance(item, Word | Break)]
    while telling and isinstance(telling[0], Bound):
        telling = telling[1:]
    match telling:
        case [Length(offset=offset, doubt=doubt), Bound(kind=kind), Marks(marks=[Mark() as mark])] if (
            kind in _DIRECTIONS and mark.kind in ("day", "feast", "lunar")
        ):
            return _read(offset, kind, mark, clause).doubting(doubt)
    return None


def _read(offset: Offset, kind: BoundKind, mark: Mark, clause: Clause) -> Reading:
    way = _DIRECTIONS[kind]
    try:
        found = stretch(mark, clause.context.year)
    except Impossible as fault:
        return impossible(fault.reason)
    day = found.start
    term, said = words.offset(offset), f"ngày {day_vi(day)}"
    if offset.unit in _LONGEST and offset.count <= _LONGEST[offset.unit]:
        if kind == "from" and "bắt" in clause.said and offset.unit == "days":
            return span(found, _day(plus(day, offset.count - 1)), None).doubting(_FIRST_COUNTS)
        due = _moved(day, offset, way)
        how = Wording("kể từ", "after") if way > 0 else Wording("trước", "before")
        why = Wording(
            f"{term.vi} {how.vi} {said}: ngày {day_vi(due)}", f"{term.en} {how.en} {day_en(day)}: {day_en(due)}"
        )
        return Reading("date", why, None, due, deadline=Within(period_of_day(due)), doubts=some(found.doubt, _COUNTED))
    if way > 0:
        why = Wording(f"{term.vi} kể từ {said}", f"{term.en} after {day_en(day)}")
        return Reading(
            "event", why, event=said, offset=str(offset), deadline=After(said, offset), doubts=(_NEEDS_CALENDAR,)
        )
    why = Wording(f"{term.vi} trước {said}", f"{term.en} before {day_en(day)}")
    return Reading(
        "before_event", why, event=said, offset=str(offset), deadline=AheadOf(said, offset), doubts=(_NEEDS_CALENDAR,)
    )


def _day(day: date) -> Stretch:
    return Stretch("day", day, day, period_of_day(day))


def _moved(day: date, offset: Offset, way: int) -> date:
    """Return the day so long after or before another. Raise Impossible outside the calendar."""
    try:
        if offset.unit == "days":
            return plus(day, way * offset.count)
        return plus_months(day, way * offset.count * (12 if offset.unit == "years" else 1))
    except OutOfCalendarError:
        raise Impossible(Wording("ngoài phạm vi lịch", "outside the calendar")) from None
