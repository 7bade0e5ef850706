"""The dated frame: marks with what bounds them: `trước ngày 15/5/2026`, `Quý I - III/2026`, `từ tháng 2 đến hết năm`."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from rules import words
from rules.days import day_en, day_vi
from rules.deadline import Before, Deadline, Period, Span, Within, kind_of
from rules.phrases.frames.clause import Clause
from rules.phrases.items.nouns import Bound, BoundKind, Break, Hour, Item, Marks, OnDays, Standing, Word
from rules.phrases.marks import Context, Impossible, Mark, Stretch, has_year, is_next, period_of_day, stretch, with_year
from rules.phrases.reading import Reading
from rules.wording import Wording

_WITHIN_IT = Wording("“trước” một kỳ có thể được hiểu là trong kỳ đó", "“before” a period may be meant as within it")
_NO_END = Wording("chỉ có ngày bắt đầu, không có hạn", "a beginning without an end")
_AMID_TEXT = Wording("nằm trong câu có nội dung khác", "it stands in a longer text")
_PAST = Wording("ngày cuối trước ngày đầu", "it ends before it begins")
_SEVERAL = Wording("có nhiều mốc thời gian", "several dates")
_UNTIL = frozenset({"by", "to"})
_NAMES = frozenset(
    {"phường", "đường", "xã", "biểu", "mẫu", "lộ", "trường", "công", "phố", "dự", "tỉnh", "cấp", "đạt", "độ"}
)


@dataclass(frozen=True, slots=True)
class _Point:
    """Marks with the bound before them, the end of the range they begin, and the hour beside them."""

    first: tuple[Mark, ...]
    bound: BoundKind | None
    until: Mark | None
    until_bound: BoundKind | None
    hour: Hour | None
    loose: bool
    label: str
    index: int


def dated(clause: Clause) -> list[Reading]:
    """Return what the marks of a clause come to, one reading for each deadline in it."""
    points = _joined(_years_from_the_right(_points(clause)), clause)
    readings = [reading for point in _without_labels(points, clause) for reading in _read(point, clause)]
    unique: list[Reading] = []
    for reading in readings:
        if not any((seen.due, seen.at, seen.kind) == (reading.due, reading.at, reading.kind) for seen in unique):
            unique.append(reading)
    return unique


def is_dateline(clause: Clause) -> bool:
    """Say whether it is the place and date at the head of a document: `Đồng Tháp, ngày 07 tháng 3 năm 2026`."""
    items = [found.item for found in clause.found]
    if len(items) < 3 or not isinstance(items[-1], Marks) or items[-1].loose or items[-2] != Break(","):
        return False
    if items[-1].marks[0].kind != "day" or not all(isinstance(item, Word | Break) for item in items[:-2]):
        return False
    place = [clause.tokens[index] for found in clause.found[:-2] for index in range(found.first, found.last)]
    return len(place) <= 5 and all(token.text[:1].isupper() or token.key in (".", "-") for token in place)


def span_of(readings: list[Reading]) -> Reading | None:
    """Return the span of a beginning and an end told apart: `đầu tư từ năm 2026; hoàn thành năm 2027`."""
    if len(readings) != 2 or readings[0].due or not readings[0].start or readings[0].kind != "span":
        return None
    start, end = readings[0].start, readings[1].due
    if end is None or end < start or readings[1].kind not in ("date", "month", "quarter", "half", "year"):
        return None
    why = Wording(f"{readings[0].why.vi}; {readings[1].why.vi}", f"{readings[0].why.en}; {readings[1].why.en}")
    return Reading("span", why, start, end, deadline=Span(period_of_day(start), period_of_day(end)))


def impossible(reason: Wording) -> Reading:
    """Return the reading of a day or period that does not exist: never guessed."""
    return Reading("unspecified", reason, doubts=(reason,))


def _points(clause: Clause) -> list[_Point]:
    found = [one.item for one in clause.found]
    points: list[_Point] = []
    bound: BoundKind | None = None
    hour: Hour | None = None
    label_from, at = 0, 0
    while at < len(found):
        item = found[at]
        match item:
            case Bound(kind=kind):
                bound = kind if bound is None or kind != "in" else bound
            case Hour():
                if points and hour is None and bound in (None, "before", "by") and not _mark_follows(found, at):
                    points[-1] = replace(points[-1], hour=item)
                else:
                    hour = item
            case OnDays(days=numbers) if (ends := _day_range(found, at)) is not None:
                first = replace(ends[0].marks[0], day=numbers[0])
                points.append(_Point((first,), bound, ends[0].marks[0], "to", hour, False, "", ends[1]))
                bound, hour, label_from, at = None, None, ends[1] + 1, ends[1]
            case Marks(marks=marks) if not _is_aside(clause, at, bound):
                label = (
                    clause.words(label_from, at) if bound is None else clause.words(label_from, _bound_at(found, at))
                )
                until, until_bound, after = (None, None, at + 1)
                if not item.is_range:
                    until, until_bound, after = _end_of_range(found, at, bound)
                elif len(marks) == 2:
                    marks, until = marks[:1], marks[1]
                hour = next((one for one in found[at:after] if isinstance(one, Hour)), hour)
                points.append(_Point(marks, bound, until, until_bound, hour, item.loose, label, at))
                bound, hour, label_from, at = None, None, after, after - 1
            case Break(sign="," | ";" | "(" | ")"):
                label_from = at + 1
            case Word(known=False):
                bound = None
            case _:
                pass
        at += 1
    return points


def _bound_at(found: list[Item], at: int) -> int:
    while at > 0 and isinstance(found[at - 1], Bound | Hour):
        at -= 1
    return at


def _mark_follows(found: list[Item], at: int) -> bool:
    rest = found[at + 1 : at + 3]
    return any(isinstance(item, Marks) for item in rest[:1]) or (
        len(rest) == 2 and isinstance(rest[0], Bound | Break) and isinstance(rest[1], Marks) and rest[0] != Break(",")
    )


def _day_range(found: list[Item], at: int) -> tuple[Marks, int] | None:
    """Return the day that ends `ngày 10 đến ngày 15 tháng 6`, and its index."""
    after = at + 1
    if after < len(found) and found[after] in (Bound("to"), Break("-")) and after + 1 < len(found):
        end = found[after + 1]
        if isinstance(end, Marks) and len(end.marks) == 1 and end.marks[0].kind == "day":
            return end, after + 1
    return None


def _is_aside(clause: Clause, at: int, bound: BoundKind | None) -> bool:
    """Say whether the mark is part of a name: of the plan that sets the deadline (`theo kế hoạch năm 2026`), of a place
    (`phường 2/9`), of a decision (`ngày 22/12/2024 của Bộ Chính trị`)."""
    found = [one.item for one in clause.found]
    mark = found[at]
    if bound is not None or not isinstance(mark, Marks):
        return False
    before = found[:at]
    first, last = clause.found[at].first, clause.found[at].last
    if first and clause.tokens[first - 1].key in _NAMES and (mark.loose or mark.marks[0].kind == "day"):
        return True
    if mark.marks[0].kind == "day" and last < len(clause.tokens) and clause.tokens[last].key == "của":
        return at == 0 or (isinstance(before[-1], Word) and not before[-1].known)
    since = next((n for n, item in enumerate(reversed(before)) if isinstance(item, Break)), len(before))
    return any(isinstance(item, Standing) and item.kind == "elsewhere" for item in before[len(before) - since :])


def _end_of_range(found: list[Item], at: int, bound: BoundKind | None) -> tuple[Mark | None, BoundKind | None, int]:
    """Return the mark that ends the range begun at `at`, how it is bounded, and the index after it."""
    after = at + 1
    joined = False
    while after < len(found) and isinstance(found[after], Break | Bound | Hour):
        item = found[after]
        if isinstance(item, Hour) and not joined:
            return None, None, at + 1
        if isinstance(item, Break) and item.sign != "-" and not (item.sign == "," and bound == "from"):
            return None, None, at + 1
        joined = joined or item == Break("-") or (isinstance(item, Bound) and item.kind == "to")
        if isinstance(item, Bound) and not joined and item.kind != "before":
            return None, None, at + 1
        joined = joined or (isinstance(item, Bound) and item.kind == "before" and bound == "from")
        after += 1
    last = found[after] if after < len(found) else None
    if not joined or not isinstance(last, Marks) or len(last.marks) > 1:
        return None, None, at + 1
    how = next((item.kind for item in reversed(found[at:after]) if isinstance(item, Bound)), None)
    return last.marks[-1], how, after + 1


def _years_from_the_right(points: list[_Point]) -> list[_Point]:
    """Give marks without a year that of the next one that has it: `15/3, 30/6 và 15/12/2026`."""
    year: int | None = None
    filled = []
    for point in reversed(points):
        until = with_year(point.until, year) if point.until else None
        year = _in_figures(until) or year
        first = tuple(with_year(mark, year) for mark in point.first)
        year = _in_figures(first[0]) or year
        filled.append(replace(point, first=first, until=until))
    return filled[::-1]


def _without_labels(points: list[_Point], clause: Clause) -> list[_Point]:
    """Leave out periods that only name what a day in brackets is the deadline of (`6 tháng đầu năm (trước 05/6)`), or
    whose parts the brackets list (`Quý II (tháng 4, 5, 6)`), and years that stand before their month."""
    kept: list[_Point] = []
    for index, point in enumerate(points):
        after = points[index + 1] if index + 1 < len(points) else None
        opened = after is not None and any(
            one.item == Break("(") for one in clause.found[point.index + 1 : after.index]
        )
        is_period = point.bound in (None, "in") and point.until is None and point.first[0].kind != "day"
        if after is not None and is_period and opened and after.bound in ("before", "by"):
            points[index + 1] = replace(after, label=clause.words(point.index, point.index + 1))
            continue
        if kept and kept[-1].first[0].kind == "quarter" and point.first[0].kind == "month" and point.bound is None:
            if len(point.first) == 3:
                continue
        if (
            after is not None
            and is_period
            and point.first[0].kind == "year"
            and after.first[0].kind in ("month", "quarter")
        ):
            if after.first[0].year is None:
                year = point.first[0].year
                points[index + 1] = replace(after, first=tuple(with_year(mark, year) for mark in after.first))
                continue
        kept.append(point)
    return kept


def _in_figures(mark: Mark | None) -> int | None:
    return mark.year if mark is not None and has_year(mark) else None


def _joined(points: list[_Point], clause: Clause) -> list[_Point]:
    """Join the points of a list that repeats its noun: `tháng 5 và tháng 6/2026`, `năm 2025 và 2026`."""
    joined: list[_Point] = []
    for point in points:
        last = joined[-1] if joined else None
        between = clause.found[last.index + 1 : point.index] if last else ()
        if (
            last is not None
            and last.until is point.until is None
            and point.bound is None
            and last.first[0].kind == point.first[0].kind != "day"
            and all(isinstance(one.item, Break) and one.item.sign in (",", "và") for one in between)
        ):
            joined[-1] = replace(last, first=(*last.first, *point.first), loose=False, index=point.index)
        else:
            joined.append(point)
    return joined


def _read(point: _Point, clause: Clause) -> list[Reading]:
    context = clause.context
    try:
        if point.until is not None:
            readings = [_range(point, context)]
        else:
            readings = _one_or_several(point, context)
    except Impossible as fault:
        return [impossible(fault.reason)]
    amid = point.loose and clause.has_other_words
    amid = amid or (point.bound in (None, "in") and clause.has_other_words)
    label = point.label
    doubts = (_AMID_TEXT if amid else None, point.hour.doubt if point.hour else None)
    return [replace(reading, label=label).doubting(*doubts) for reading in readings]


def _one_or_several(point: _Point, context: Context) -> list[Reading]:
    found = [stretch(mark, context.year) for mark in point.first]
    if len(found) > 1 and all(is_next(a, b) for a, b in zip(found, found[1:], strict=False)):
        return [_span(found[0], found[-1], point)]
    return [_single(one, mark, point, context) for one, mark in zip(found, point.first, strict=True)]


def _range(point: _Point, context: Context) -> Reading:
    assert point.until is not None
    last = stretch(point.until, context.year)
    if point.first[0].kind == "now":
        return _from_now(last, point, context)
    first = stretch(point.first[0], last.start.year if has_year(point.until) else context.year)
    if first.end > last.end and point.until.year is None:
        last = stretch(point.until, first.start.year + 1)
    if point.until_bound == "before" and last.kind == "day":
        day = last.start - timedelta(days=1)
        last = Stretch("day", day, day, period_of_day(day))
    return _span(first, last, point)


def _from_now(last: Stretch, point: _Point, context: Context) -> Reading:
    """Return `từ nay đến …`, which begins on the day of the document where that is known."""
    at = point.hour.at if point.hour else None
    end = last.until or last.period
    if context.issued is None or context.issued > last.end:
        why = Wording(f"đến hết ngày {day_vi(last.end)}", f"until {day_en(last.end)}")
        return Reading("span", why, None, last.end, None, at, deadline=Within(end, at), doubts=_some(last.doubt))
    day = Stretch("day", context.issued, context.issued, period_of_day(context.issued))
    return _span(day, last, point)


def _span(first: Stretch, last: Stretch, point: _Point) -> Reading:
    if last.end < first.start:
        return impossible(_PAST)
    at = point.hour.at if point.hour else None
    why = Wording(
        f"từ ngày {day_vi(first.start)} đến hết ngày {day_vi(last.end)}",
        f"from {day_en(first.start)} until {day_en(last.end)}",
    )
    deadline = Span(first.period, last.until or last.period, at)
    return Reading(
        "span", why, first.start, last.end, None, at, deadline=deadline, doubts=_some(first.doubt, last.doubt)
    )


def _single(found: Stretch, mark: Mark, point: _Point, context: Context) -> Reading:
    match point.bound:
        case "before":
            return _before(found, mark, point)
        case "from":
            return _open(found.start, found, Wording("từ", "from"))
        case "after":
            return _open(found.end + timedelta(days=1), found, Wording("sau", "after"))
        case _:
            return _within(found, mark, point)


def _within(found: Stretch, mark: Mark, point: _Point) -> Reading:
    at = point.hour.at if point.hour else None
    deadline: Deadline = Span(found.period, found.until, at) if found.until else Within(found.period, at)
    has_start = found.kind != "day" and point.bound not in _UNTIL
    kind = "datetime" if found.kind == "day" and at else kind_of(deadline)
    assumed = Wording(", năm lấy theo chương trình", ", the year is the programme's")
    unsaid = assumed if mark.year is None else Wording("", "")
    named = words.period(found.period) if not found.until else Wording("", "")
    hour = f"{at:%H:%M} " if at else ""
    why = Wording(
        f"{named.vi}: hạn {hour}ngày {day_vi(found.end)}{unsaid.vi}".lstrip(": "),
        f"{named.en}: due {hour}{day_en(found.end)}{unsaid.en}".lstrip(": "),
    )
    return Reading(
        kind, why, found.start if has_start else None, found.end, None, at, deadline=deadline, doubts=_some(found.doubt)
    )


def _before(found: Stretch, mark: Mark, point: _Point) -> Reading:
    at = point.hour.at if point.hour else None
    if found.kind == "day" and (point.hour or mark.edge):
        return _within(found, mark, point)
    if found.kind == "day":
        eve = found.start - timedelta(days=1)
        due = eve if found.start.day == 1 else found.start
        why = Wording(
            f"trước ngày {day_vi(found.start)}: chậm nhất ngày {day_vi(eve)}",
            f"before {day_en(found.start)}: {day_en(eve)} at the latest",
        )
        return Reading("before", why, None, due, eve, deadline=Before(found.period), doubts=_some(found.doubt))
    eve = found.start - timedelta(days=1)
    why = Wording(
        f"trước khi bắt đầu kỳ: chậm nhất ngày {day_vi(eve)}", f"before it begins: {day_en(eve)} at the latest"
    )
    period: Period = found.period
    return Reading("before", why, None, eve, eve, deadline=Before(period), doubts=_some(found.doubt, _WITHIN_IT))


def _open(start: date, found: Stretch, how: Wording) -> Reading:
    why = Wording(f"{how.vi}: bắt đầu ngày {day_vi(start)}", f"{how.en}: it begins on {day_en(start)}")
    return Reading("span", why, start, doubts=_some(found.doubt, _NO_END))


def _some(*doubts: Wording | None) -> tuple[Wording, ...]:
    return tuple(dict.fromkeys(doubt for doubt in doubts if doubt is not None))
