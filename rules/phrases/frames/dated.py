"""The dated frame: days and periods with what bounds them: `trước ngày 15/5/2026`, `Quý I - III/2026`."""

from datetime import time, timedelta
from itertools import pairwise

from rules import words
from rules.days import day_en, day_vi
from rules.deadline import Before, Deadline, Span, Within, kind_of
from rules.phrases.frames.clause import Clause
from rules.phrases.frames.lists import arranged
from rules.phrases.frames.points import Point
from rules.phrases.frames.spans import span
from rules.phrases.marks import Context, Impossible, Mark, Stretch, has_year, is_next, period_of_day, stretch
from rules.phrases.reading import Reading, impossible, some
from rules.wording import Wording

_WITHIN_IT = Wording("“trước” một kỳ có thể được hiểu là trong kỳ đó", "“before” a period may be meant as within it")
_BEFORE_RANGE = Wording("“trước” một khoảng thời gian: lấy trước ngày đầu của khoảng đó",
                        "“before” a span of time: before its first day")  # fmt: skip
_NO_END = Wording("chỉ có ngày bắt đầu, không có hạn", "a beginning without an end")
_YEAR_BEFORE = Wording("ngày đầu không ghi năm, lấy năm trước năm của ngày cuối",
                       "the first day has no year; that before the last one’s is taken")  # fmt: skip
_NOT_ISSUED = Wording("không biết ngày ban hành văn bản", "the day of the document is not known")
_UNTIL = frozenset({"by", "to"})
_NOTHING = Wording("", "")
_BY_LAW = Wording("; đầu, giữa, cuối kỳ theo Điều 146 Bộ luật Dân sự", "; its day by Article 146 of the Civil Code")
_OF_PROGRAMME = Wording("; năm lấy theo chương trình", "; the year is the programme’s")


def dated(clause: Clause) -> list[Reading]:
    """Return what the days and periods of a clause come to, one reading for each deadline in it."""
    found = [reading for point in arranged(clause) for reading in _read(point, clause.context)]
    if len(found) < 2:
        return found
    unique: dict[tuple[object, ...], Reading] = {}
    for reading in found:
        unique.setdefault((reading.start, reading.due, reading.at, reading.kind), reading)
    return list(unique.values())


def _read(point: Point, context: Context) -> list[Reading]:
    try:
        readings = [_range(point, point.until, context)] if point.until else _one_or_several(point, context)
    except Impossible as fault:
        return [impossible(fault.reason)]
    doubt = point.hour.doubt if point.hour else None
    return [reading.labelled(point.label).doubting(doubt, _moved(point)) for reading in readings]


def _moved(point: Point) -> Wording | None:
    said = point.moved_from
    return Wording(f"đã dời; hạn trước là “{said}”", f"moved; the deadline before was “{said}”") if said else None


def _one_or_several(point: Point, context: Context) -> list[Reading]:
    found = [stretch(mark, context.year) for mark in point.first]
    if len(found) > 1 and all(is_next(a, b) for a, b in pairwise(found)):
        return [_because(span(found[0], found[-1], _hour(point)), _unsaid(*point.first))]
    return [_single(one, mark, point) for one, mark in zip(found, point.first, strict=True)]


def _range(point: Point, until: Mark, context: Context) -> Reading:
    last = stretch(until, context.year)
    if point.first[0].kind == "now":
        return _from_now(last, point, context)
    if point.bound == "before":
        return _before(stretch(point.first[0], context.year), point.first[0], point).doubting(_BEFORE_RANGE)
    mark, doubt = point.first[0], None
    first = stretch(mark, last.start.year if has_year(until) else context.year)
    if first.end > last.end and until.year is None:
        last = stretch(until, first.start.year + 1)
    elif first.end > last.end and mark.year is None:
        first, doubt = stretch(mark, last.start.year - 1), _YEAR_BEFORE
    if point.until_bound == "before" and last.kind == "day" and point.hour is None:
        eve = last.start - timedelta(days=1)
        last = Stretch("day", eve, eve, period_of_day(eve))
    return _because(span(first, last, _hour(point)), _unsaid(mark, until)).doubting(doubt)


def _from_now(last: Stretch, point: Point, context: Context) -> Reading:
    """Return `từ nay đến …`, which begins on the day of the document where that is known."""
    if context.issued is not None and context.issued <= last.end:
        return span(Stretch("day", context.issued, context.issued, period_of_day(context.issued)), last, _hour(point))
    why = Wording(f"đến hết ngày {day_vi(last.end)}", f"until {day_en(last.end)}")
    deadline = Within(last.until or last.period, _hour(point))
    return Reading("span", why, None, last.end, None, _hour(point), deadline=deadline,
                   doubts=some(last.doubt, _NOT_ISSUED))  # fmt: skip


def _because(reading: Reading, unsaid: Wording) -> Reading:
    """Return the reading with what was assumed added to its reason."""
    if not unsaid.vi or reading.kind == "unspecified":
        return reading
    return reading._replace(why=Wording(reading.why.vi + unsaid.vi, reading.why.en + unsaid.en))


def _hour(point: Point) -> time | None:
    return point.hour.at if point.hour else None


def _single(found: Stretch, mark: Mark, point: Point) -> Reading:
    match point.bound:
        case "before":
            return _before(found, mark, point)
        case "from" | "after":
            return _open(found, point)
        case _:
            return _within(found, mark, point)


def _within(found: Stretch, mark: Mark, point: Point) -> Reading:
    at = _hour(point)
    deadline: Deadline = Span(found.period, found.until, at) if found.until else Within(found.period, at)
    has_start = found.kind != "day" and point.bound not in _UNTIL
    kind = "datetime" if found.kind == "day" and at else kind_of(deadline)
    return Reading(
        kind,
        _why_within(found, mark, at),
        found.start if has_start else None,
        found.end,
        None,
        at,
        deadline=deadline,
        doubts=some(found.doubt),
    )


def _why_within(found: Stretch, mark: Mark, at: time | None) -> Wording:
    named = _NOTHING if found.until else words.period(found.period)
    hour = f"{at:%H:%M} " if at else ""
    unsaid = _unsaid(mark)
    if found.start == found.end:
        return Wording(f"hạn {hour}ngày {day_vi(found.end)}{unsaid.vi}", f"due {hour}{day_en(found.end)}{unsaid.en}")
    return Wording(
        f"{named.vi}: hạn là ngày cuối kỳ, {hour}ngày {day_vi(found.end)}{unsaid.vi}".lstrip(": "),
        f"{named.en}: due on its last day, {hour}{day_en(found.end)}{unsaid.en}".lstrip(": "),
    )


def _unsaid(*marks: Mark) -> Wording:
    """Return what was assumed of marks: the year, and the day that the law gives for the end of a month or year."""
    year = any(mark.year is None and mark.kind != "now" for mark in marks)
    law = any(mark.edge and mark.kind in ("month", "year") for mark in marks)
    if not (year or law):
        return _NOTHING
    said = [assumed for is_so, assumed in ((law, _BY_LAW), (year, _OF_PROGRAMME)) if is_so]
    return Wording("".join(one.vi for one in said), "".join(one.en for one in said))


def _before(found: Stretch, mark: Mark, point: Point) -> Reading:
    if found.kind == "day" and (point.hour or mark.edge):
        return _within(found, mark, point)
    unsaid = _unsaid(mark)
    eve = found.start - timedelta(days=1)
    is_day = found.kind == "day"
    due = found.start if is_day and found.start.day > 1 else eve
    what = Wording(f"ngày {day_vi(found.start)}", day_en(found.start)) if is_day else words.period(found.period)
    why = Wording(
        f"trước {what.vi}: chậm nhất là hết ngày {day_vi(eve)}{unsaid.vi}",
        f"before {what.en}: {day_en(eve)} at the latest{unsaid.en}",
    )
    doubts = some(found.doubt, None if is_day else _WITHIN_IT)
    return Reading("before", why, None, due, eve, deadline=Before(found.period), doubts=doubts)


def _open(found: Stretch, point: Point) -> Reading:
    begins = found.start if point.bound == "from" else found.end + timedelta(days=1)
    how = Wording("từ", "from") if point.bound == "from" else Wording("sau", "after")
    why = Wording(f"{how.vi}: bắt đầu ngày {day_vi(begins)}, không ghi hạn",
                  f"{how.en}: it begins on {day_en(begins)}, no end is stated")  # fmt: skip
    return Reading("span", why, begins, doubts=some(found.doubt, _NO_END))
