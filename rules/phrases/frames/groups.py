"""Groups: each pace of a clause with the days, months and parts that belong to it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from rules.deadline import Unit
from rules.phrases.frames.clause import Clause
from rules.phrases.items.nouns import Bound, Break, Found, Item, Marks, OnDays, OnNamed, OnWeekday, Pace, Part, Word
from rules.phrases.marks import Mark, has_year
from rules.wording import Wording

On = OnDays | OnWeekday | OnNamed
_EACH_YEAR = Wording("ngày không ghi hằng năm, hiểu là mỗi năm", "a day taken to be meant for every year")
_OTHER_THAN_QUARTERS = frozenset(("week", "month", "year"))


@dataclass(slots=True)
class Group:
    """One pace and what stands with it."""

    beats: tuple[tuple[int, Unit], ...] = ()
    on: list[On] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    doubts: list[Wording] = field(default_factory=list)
    working_days: bool = False


def groups_of(clause: Clause) -> list[Group]:
    """Return the paces with what belongs to each: what stands before them when days come first, else after."""
    items = [found.item for found in clause.found]
    paces = _strongest([(index, item) for index, item in enumerate(items) if isinstance(item, Pace)], items)
    if not paces:
        return [_filled(Group(), clause.found)]
    if _first_day(items) < paces[0]:
        edges = [0, *(pace + 1 for pace in paces[:-1]), len(items)]
    else:
        edges = [0, *paces[1:], len(items)]
    groups = []
    for pace, (begin, end) in zip(paces, pairwise(edges), strict=True):
        item = items[pace]
        assert isinstance(item, Pace)
        groups += _of_pace(item, clause.found[begin:end])
    return _without_years(groups)


def _of_pace(pace: Pace, found: tuple[Found, ...]) -> list[Group]:
    """Return the groups of one pace: `trước ngày 18 hằng tháng, ngày 20 tháng cuối quý` are two."""
    group = Group(pace.beats, doubts=[pace.doubt] if pace.doubt else [], working_days=pace.working_days)
    units = {unit for _, unit in pace.beats}
    rest, quarterly = _of_quarters(found) if units and units <= _OTHER_THAN_QUARTERS else ([*found], [])
    if quarterly and units == {"year"} and not any(isinstance(one.item, On) or _is_yearless(one.item) for one in rest):
        # `ngày 15 tháng cuối quý hằng năm`
        return quarterly
    first = next((one.item for one in found if isinstance(one.item, On | Pace) or _is_yearless(one.item)), None)
    begins = bool(quarterly) and first in quarterly[0].on
    own = [*_apart(_filled(group, rest)), *_of_years(group)]
    return [*quarterly, *own] if begins else [*own, *quarterly]


def _of_years(group: Group) -> list[Group]:
    """Take the days of the year out of what has its own days of the month: `ngày 20 hằng tháng, ngày 15/6`."""
    days = [mark for mark in group.marks if mark.kind == "day"]
    if not days or not group.on or not {unit for _, unit in group.beats} <= {"week", "month"}:
        return []
    group.marks = [mark for mark in group.marks if mark not in days]
    return [Group(((1, "year"),), marks=days, doubts=[_EACH_YEAR])]


def _of_quarters(found: tuple[Found, ...]) -> tuple[list[Found], list[Group]]:
    """Return what is left without the days that name their month of every quarter, and a group for each of them."""
    rest, groups = [*found], []
    telling = [one for one in found if not isinstance(one.item, Bound | Word)]
    for pair in pairwise(telling):
        kinds = {type(one.item) for one in pair}
        of_quarter = any(isinstance(one.item, Part) and one.item.unit == "quarter" for one in pair)
        if kinds == {OnDays, Part} and of_quarter and all(one in rest for one in pair):
            rest = [one for one in rest if one not in pair]
            groups.append(_filled(Group(((1, "quarter"),)), pair))
    return rest, groups


def _without_years(groups: list[Group]) -> list[Group]:
    """Leave out a bare `hằng năm` beside days of the year, which says of them what they are."""
    if not any(mark.kind == "day" for group in groups for mark in group.marks):
        return groups
    return [group for group in groups if group.on or group.parts or group.marks or group.beats != ((1, "year"),)]


def _first_day(items: list[Item]) -> int:
    """Return where the first day or part of a period stands, behind the end when there is none."""
    return next((n for n, item in enumerate(items) if isinstance(item, On | Part) or _is_yearless(item)), len(items))


def _is_yearless(item: Item) -> bool:
    return isinstance(item, Marks) and not has_year(item.marks[0])


def _strongest(paces: list[tuple[int, Pace]], items: list[Item]) -> list[int]:
    """Return where the paces stand that count: `định kỳ` adds nothing to `hằng tháng`, nor `báo cáo năm` to a day."""
    stated = [(index, pace) for index, pace in paces if pace.beats] or paces
    has_day = any(isinstance(item, On) or _is_yearless(item) for item in items)
    strong = [(index, pace) for index, pace in stated if not pace.weak]
    chosen = strong if strong and has_day else stated
    unique: dict[tuple[tuple[int, Unit], ...], int] = {}
    for index, pace in chosen:
        unique[pace.beats] = index
    return sorted(unique.values())


def _filled(group: Group, found: Sequence[Found]) -> Group:
    for at, one in enumerate(found):
        match one.item:
            case OnDays() as on if at and found[at - 1].item in (Bound("to"), Break("-")) and group.on:
                group.on[-1] = on
            case OnWeekday() as on if at and found[at - 1].item in (Bound("to"), Break("-")) and group.on:
                group.on += _weekdays_to(group.on[-1], on)
            case OnDays() | OnWeekday() | OnNamed() as on:
                group.on.append(on)
                if isinstance(on, OnDays) and on.opening:
                    group.parts.append(Part("first", "month"))
            case Part() as part:
                group.parts.append(part)
            case Marks() as marks if not has_year(marks.marks[0]):
                _add_marks(group, marks, ends=bool(at) and found[at - 1].item in (Bound("to"), Break("-")))
    if any(mark.kind == "day" for mark in group.marks):
        # A half year beside its day is the period of the report: `6 tháng đầu năm: trước ngày 15/6 hằng năm`.
        group.marks = [mark for mark in group.marks if mark.kind not in ("half", "months")]
    return group


def _add_marks(group: Group, item: Marks, *, ends: bool) -> None:
    """Add days or months; one that `ends` a stretch adds the months up to it, or takes the place of its first day."""
    last, begun = item.marks[-1], group.marks[-1] if group.marks else None
    if not ends or begun is None or begun.kind != last.kind or len(item.marks) > 1:
        group.marks += item.marks if not item.is_range else item.marks[-1:]
    elif last.kind == "month":
        group.marks += [last._replace(number=n) for n in range(begun.number + 1, last.number + 1)]
    else:
        group.marks[-1] = last


def _weekdays_to(first: On, last: OnWeekday) -> list[On]:
    """Return the days that `từ thứ Hai đến thứ Sáu` adds to its first one."""
    if not isinstance(first, OnWeekday) or first.nth or last.nth:
        return [last]
    return [OnWeekday(number) for number in range(first.number + 1, last.number + 1)]


def _apart(group: Group) -> list[Group]:
    """Return a group of its own for a day of another period: `thứ Sáu hằng tuần và ngày cuối cùng của tháng`."""
    units = {unit for _, unit in group.beats}
    if len(group.on) < 2 or len(units) != 1:
        return [group]
    others = [on for on in group.on if isinstance(on, OnNamed) and on.unit is not None and on.unit not in units]
    own = [on for on in group.on if on not in others]
    if not others or not own:
        return [group]
    group.on = own
    return [group, *(Group(((1, on.unit),), [on]) for on in others if on.unit)]
