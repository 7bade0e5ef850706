"""Lists: the points of a clause told to belong together: years said once, nouns said twice, periods that only name."""

from itertools import takewhile

from rules.phrases.frames.clause import Clause
from rules.phrases.frames.points import Point, points_of
from rules.phrases.items.nouns import Bound, Break, Hour, Item, OnWeekday, Word
from rules.phrases.lexicon import words
from rules.phrases.marks import Impossible, Mark, has_year, stretch, with_year

_BESIDE = Bound | Break | Hour | OnWeekday
_NAMED = words("hoạch toán cáo trình án đoạn kết nghị kỳ")
"""The words with which ends what is named by its period: `kế hoạch`, `dự toán`, `báo cáo`."""


def arranged(clause: Clause) -> list[Point]:
    """Return the points of a clause, those that only name or repeat another one left out."""
    points = points_of(clause)
    if len(points) < 2:
        return points
    points = _moved(_years_from_the_right(_ranges(points, clause)), clause)
    points = _years_into_brackets(_bounds_from_the_left(points, clause), clause)
    return _without_names(_joined(points, clause), clause)


def _ranges(points: list[Point], clause: Clause) -> list[Point]:
    """Join a beginning and its end with only weekdays between: `từ thứ Hai (04/5) đến thứ Sáu (08/5/2026)`."""
    joined = points[:1]
    for point in points[1:]:
        begun = joined[-1]
        between = clause.items[begun.last_item + 1 : point.first_item]
        is_end = begun.bound == "from" and point.bound == "to" and begun.until is point.until is None
        if is_end and len(begun.first) == len(point.first) == 1 and all(isinstance(one, _BESIDE) for one in between):
            joined[-1] = begun._replace(until=point.first[0], until_bound="to", last_item=point.last_item)
        else:
            joined.append(point)
    return joined


def _years_from_the_right(points: list[Point]) -> list[Point]:
    """Give marks without a year that of the next one that has it: `15/3, 30/6 và 15/12/2026`."""
    year: int | None = None
    filled = []
    for point in reversed(points):
        until = with_year(point.until, year) if point.until else None
        year = _in_figures(until) or year
        first = tuple(with_year(mark, year) for mark in point.first)
        year = _in_figures(first[0]) or year
        filled.append(point._replace(first=first, until=until))
    return filled[::-1]


def _moved(points: list[Point], clause: Clause) -> list[Point]:
    """Put a deadline that was moved in the place of the one before it: `30/6/2026 (gia hạn đến 30/9/2026)`."""
    kept: list[Point] = []
    for point in points:
        if kept and _is_moved(point, clause):
            last = kept.pop()
            point = point._replace(moved_from=clause.words(last.first_item, last.last_item + 1))
        kept.append(point)
    return kept


def _is_moved(point: Point, clause: Clause) -> bool:
    """Say whether what bounds a point moves a deadline to it: `gia hạn đến`, `gia hạn đến trước 17h00`."""
    bounds = takewhile(lambda item: isinstance(item, Bound | Hour), reversed(clause.items[: point.first_item]))
    return any(isinstance(item, Bound) and item.moved for item in bounds)


def _years_into_brackets(points: list[Point], clause: Clause) -> list[Point]:
    """Give what stands in brackets after a period the year of that period: `hết quý I năm sau (31/3)`."""
    filled = points[:1]
    for point in points[1:]:
        year = filled[-1].first[-1].year
        if _in_brackets(filled[-1], point, clause):
            point = point._replace(
                first=tuple(with_year(mark, year) for mark in point.first),
                until=with_year(point.until, year) if point.until else None,
            )
        filled.append(point)
    return filled


def _in_brackets(point: Point, after: Point, clause: Clause) -> bool:
    """Say whether a bracket opens between a point and the next, nothing but what bounds that one after it."""
    between = [one.item for one in clause.found[point.last_item + 1 : after.first_item]]
    return between[:1] == [Break("(")] and all(isinstance(item, Bound) for item in between[1:])


def _bounds_from_the_left(points: list[Point], clause: Clause) -> list[Point]:
    """Give days without a bound that of the one before them in a list: `trước 20/6 và 20/12`."""
    bounded = points[:1]
    for point in points[1:]:
        last = bounded[-1]
        between = clause.found[last.last_item + 1 : point.first_item]
        listed = bool(between) and all(one.item in (Break(","), Break("và")) for one in between)
        is_day = point.first[0].kind == last.first[0].kind == "day" and point.until is last.until is None
        inherits = listed and is_day and point.bound is None and last.bound in ("before", "by", "to")
        bounded.append(point._replace(bound=last.bound) if inherits else point)
    return bounded


def _in_figures(mark: Mark | None) -> int | None:
    return mark.year if mark is not None and has_year(mark) else None


def _joined(points: list[Point], clause: Clause) -> list[Point]:
    """Join the points of a list that repeats its noun: `tháng 5 và tháng 6/2026`, `năm 2025 và 2026`."""
    joined: list[Point] = []
    for point in points:
        last = joined[-1] if joined else None
        if last is not None and _continues(last, point, clause):
            joined[-1] = last._replace(first=(*last.first, *point.first), last_item=point.last_item)
        else:
            joined.append(point)
    return joined


def _continues(last: Point, point: Point, clause: Clause) -> bool:
    if last.last_item >= point.first_item:
        # One or the other of them: `tháng 5 hoặc 6/2026`.
        return False
    if last.until or point.until or point.bound is not None or last.first[0].kind != point.first[0].kind:
        return False
    if last.first[0].edge or point.first[0].edge:
        return False
    between = clause.found[last.last_item + 1 : point.last_item]
    return point.first[0].kind != "day" and all(one.item in (Break(","), Break("và")) for one in between)


def _without_names(points: list[Point], clause: Clause) -> list[Point]:
    kept: list[Point] = []
    points = _without_reports(points, clause)
    for index, point in enumerate(points):
        after = points[index + 1] if index + 1 < len(points) else None
        if after is not None and _names(point, after, clause):
            points[index + 1] = after._replace(label=clause.words(point.last_item, point.last_item + 1))
        elif after is not None and _is_year_of(point, after):
            year = point.first[0].year
            points[index + 1] = after._replace(first=tuple(with_year(mark, year) for mark in after.first))
        elif kept and _in_brackets(kept[-1], point, clause) and (closer := _closer(kept[-1], point, clause)):
            kept[-1] = closer
        else:
            kept.append(point)
    return kept


def _without_reports(points: list[Point], clause: Clause) -> list[Point]:
    """Leave out periods that only name a report where others are deadlines: `… đối với báo cáo 6 tháng đầu năm`."""
    if not any(point.bound in ("before", "by") for point in points):
        return points
    return [one for one in points if not (_is_loose(one) and _follows_name(one, clause))] or points


def _is_loose(point: Point) -> bool:
    return point.bound is None and point.until is None and point.first[0].kind not in ("day", "lunar", "feast")


def _closer(point: Point, inside: Point, clause: Clause) -> Point | None:
    """Return the point that a bracket spells out (`hết quý III (30/9)`) or narrows (`Quý II (tháng 6)`)."""
    try:
        whole = stretch(point.first[-1], clause.context.year)
        first = stretch(inside.first[0], clause.context.year)
        last = stretch(inside.until or inside.first[-1], clause.context.year)
    except Impossible:
        return None
    if not whole.start <= first.start <= last.end <= whole.end or inside.bound not in (None, "in", "to"):
        return None
    return point._replace(last_item=inside.last_item) if last.end == whole.end else inside


def _is_period(point: Point) -> bool:
    return point.bound in (None, "in") and point.until is None and point.first[0].kind != "day"


def _names(point: Point, after: Point, clause: Clause) -> bool:
    """Say whether a period only names what the one after it is the deadline of: `Quý I (trước 31/3)`."""
    between = clause.found[point.last_item + 1 : after.last_item]
    opened = any(one.item == Break("(") for one in between)
    parted = any(one.item in (Break(","), Break("và")) for one in between)
    told_apart = (after.bound is not None and not parted) or any(one.item == Break(":") for one in between)
    if point.bound is None and point.first[0].kind != "day" and told_apart and _follows_name(point, clause):
        return True
    if point.until is not None and point.bound is None and after.bound == "before":
        # `đăng ký thi đua năm học 2022-2023 gửi trước ngày 30/9/2022`
        return any(isinstance(one.item, Word) and one.item.task for one in between)
    if not _is_period(point) or after.bound not in ("before", "by"):
        return False
    in_one_breath = not any(isinstance(one.item, Break) for one in between)
    if after.first[0].kind == "day" and in_one_breath:
        return True
    return opened or (after.first[0].kind == "day" and all(_is_small(one.item) for one in between))


def _follows_name(point: Point, clause: Clause) -> bool:
    """Say whether a period stands in the name of a plan or report: `kế hoạch năm 2027`."""
    first = clause.found[point.first_item].first
    return first > 0 and clause.tokens[first - 1].key in _NAMED


def _is_small(item: Item) -> bool:
    """Say whether an item parts nothing: a comma, a bound, a word that the grammar expects."""
    return item in (Break(","), Break(":")) or isinstance(item, Bound) or (isinstance(item, Word) and item.known)


def _is_year_of(point: Point, after: Point) -> bool:
    """Say whether a year stands before its month: `năm 2026, tháng 3`."""
    return (
        _is_period(point)
        and point.first[0].kind == "year"
        and after.first[0].kind in ("month", "quarter")
        and after.first[0].year is None
    )
