"""Points: each day or period of a clause with what bounds it, the end of its range, its hour and what it is called."""

from typing import NamedTuple

from rules.phrases.frames.clause import Clause
from rules.phrases.items.nouns import Bound, BoundKind, Break, Found, Hour, Item, Marks, OnDays, Standing, Word
from rules.phrases.lexicon import words
from rules.phrases.marks import Mark, has_year
from rules.phrases.tokens import NUMBER

_NAMES = words("phường đường xã biểu mẫu lộ trường công phố dự tỉnh cấp đạt độ cũ")
"""Words that make a name of the figures after them."""


class Point(NamedTuple):
    """Marks with the bound before them, the end of the range they begin, and the hour beside them."""

    first: tuple[Mark, ...]
    bound: BoundKind | None
    until: Mark | None
    until_bound: BoundKind | None
    hour: Hour | None
    label: str
    last_item: int
    """Where the last of its items stands."""
    first_item: int
    """Where the first of its marks stands."""
    moved_from: str = ""
    """The phrase's words for the deadline whose place it takes."""


def points_of(clause: Clause) -> list[Point]:
    """Return the points of a clause in its order."""
    return _Collector(clause).points


class _Collector:
    """Goes through the items once, remembering the bound and the hour until their day comes."""

    def __init__(self, clause: Clause) -> None:
        self.clause = clause
        self.items = clause.items
        self.points: list[Point] = []
        self.bound: BoundKind | None = None
        self.hour: Hour | None = None
        self.label_from = 0
        at = 0
        while at < len(self.items):
            at = self._item(at)

    def _item(self, at: int) -> int:
        """Take the item at an index and return the index of the next one."""
        match self.items[at]:
            case Bound(kind=kind):
                self.bound = kind if self.bound is None or kind != "in" else self.bound
            case Hour() as hour:
                self._hour(hour, at)
            case OnDays() as days:
                return self._day_range(days, at)
            case Marks() as marks if not _is_aside(self.clause, at, self.bound):
                return self._marks(marks, at)
            case Break(sign="," | ";" | "(" | ")"):
                self.label_from = at + 1
            case Word(known=False):
                self.bound = None
        return at + 1

    def _hour(self, hour: Hour, at: int) -> None:
        """Keep the hour for the day after it, or give it to the day before it: `ngày 30/6, trước 17h00`."""
        if (
            self.points
            and self.hour is None
            and self.bound in (None, "before", "by", "in")
            and not self._mark_follows(at)
        ):
            self.points[-1] = self.points[-1]._replace(hour=hour)
        else:
            self.hour = hour

    def _mark_follows(self, at: int) -> bool:
        rest = self.items[at + 1 : at + 3]
        if rest and isinstance(rest[0], Marks):
            return True
        return (
            len(rest) == 2
            and isinstance(rest[0], Bound | Break)
            and isinstance(rest[1], Marks)
            and rest[0] != Break(",")
        )

    def _day_range(self, days: OnDays, at: int) -> int:
        """Take `ngày 10 đến ngày 15 tháng 6`, `ngày 10, 11/6`: days whose month stands with the last one."""
        of = self.points[-1] if self.points else None
        if of is not None and self._is_day_of(of, days, at):
            self.points[-1] = of._replace(first=(_on_day(of.first[0], days.days[0]),), bound=self.bound, last_item=at)
            return at + 1
        items = self.items[at + 1 : at + 3]
        end = items[1] if len(items) > 1 else None
        if not isinstance(end, Marks) or len(end.marks) > 1 or end.marks[0].kind != "day":
            return at + 1
        marks = tuple(end.marks[0]._replace(day=day) for day in days.days)
        if items[0] in (Bound("to"), Break("-")):
            self._add(Point(marks[:1], self.bound, end.marks[0], "to", self.hour, "", at + 2, at))
        elif items[0] in (Break(","), Break("và")):
            self._add(Point((*marks, end.marks[0]), self.bound, None, None, self.hour, "", at + 2, at))
        else:
            return at + 1
        return at + 3

    def _is_day_of(self, of: Point, days: OnDays, at: int) -> bool:
        """Say whether a day in brackets belongs to the month before it: `Tháng 6 (trước ngày 20)`."""
        is_month = of.until is None and len(of.first) == 1 and of.first[0].kind == "month" and not of.first[0].edge
        between = self.items[of.last_item + 1 : at]
        return (
            is_month
            and len(days.days) == 1
            and between[:1] == [Break("(")]
            and all(isinstance(one, Bound) for one in between[1:])
        )

    def _marks(self, item: Marks, at: int) -> int:
        label = self.clause.words(self.label_from, at if self.bound is None else self._bound_at(at))
        marks, until, how, after = item.marks, None, None, at + 1
        if not item.is_range:
            until, how, after = _end_of_range(self.items, at, self.bound)
        elif len(marks) == 2:
            marks, until = marks[:1], marks[-1]
        hour = self.hour
        if Hour in self.clause.kinds:
            hour = next((one for one in self.items[at:after] if isinstance(one, Hour)), hour)
        point = Point(marks, self.bound, until, how, hour, label, after - 1, at)
        if until is None and self.clause.says_or(at):
            self.points += [point._replace(first=(mark,)) for mark in marks[:-1]]
            point = point._replace(first=marks[-1:])
        self._add(point)
        return after

    def _bound_at(self, at: int) -> int:
        while at > 0 and isinstance(self.items[at - 1], Bound | Hour):
            at -= 1
        return at

    def _add(self, point: Point) -> None:
        self.points.append(point)
        self.bound, self.hour, self.label_from = None, None, point.last_item + 1


def _on_day(month: Mark, day: int) -> Mark:
    return month._replace(kind="day", day=day)


def _end_of_range(items: list[Item], at: int, bound: BoundKind | None) -> tuple[Mark | None, BoundKind | None, int]:
    """Return the mark that ends the range begun at `at`, how it is bounded, and the index after it."""
    after = at + 1
    joined = False
    while after < len(items) and isinstance(items[after], Break | Bound | Hour):
        joins = _joins(items[after], bound, already=joined)
        if joins is None:
            return None, None, at + 1
        joined = joined or joins
        after += 1
    last = items[after] if after < len(items) else None
    if not joined or not isinstance(last, Marks) or len(last.marks) > 1:
        return None, None, at + 1
    how = next((item.kind for item in reversed(items[at:after]) if isinstance(item, Bound)), None)
    return last.marks[-1], how, after + 1


def _joins(item: Item, bound: BoundKind | None, *, already: bool) -> bool | None:
    """Say whether an item joins the two ends of a range; None when it ends the search for the second."""
    match item:
        case Hour():
            return False if already else None
        case Break(sign=sign):
            return True if sign == "-" else (False if sign == "," and bound == "from" else None)
        case Bound(kind=kind):
            joins = kind == "to" or (kind == "before" and bound == "from")
            return True if joins else (False if already or kind == "before" else None)
    return None


def _is_aside(clause: Clause, at: int, bound: BoundKind | None) -> bool:
    """Say whether the mark is part of a name: of the plan that sets the deadline (`theo kế hoạch năm 2026`), of a place
    (`phường 2/9`), of a decision (`ngày 22/12/2024 của Bộ Chính trị`)."""
    found = clause.found[at]
    mark = found.item
    if bound is not None or not isinstance(mark, Marks):
        return False
    is_day = mark.marks[0].kind == "day"
    before_it = clause.tokens[found.first - 1].key if found.first else ""
    in_figures = clause.tokens[found.first].key == NUMBER and not has_year(mark.marks[0])
    if before_it in _NAMES and (mark.loose or (is_day and (in_figures or before_it == "cũ"))):
        return True
    before = clause.found[:at]
    if is_day and found.last < len(clause.tokens) and clause.tokens[found.last].key == "của":
        return not before or (isinstance(before[-1].item, Word) and not before[-1].item.known)
    return clause.has(Standing) and _is_set_elsewhere(before)


def _is_set_elsewhere(before: tuple[Found, ...]) -> bool:
    for found in reversed(before):
        if isinstance(found.item, Break) and found.item.sign != "-":
            return False
        if isinstance(found.item, Standing) and found.item.kind == "elsewhere":
            return True
    return False
