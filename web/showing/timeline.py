"""Timeline: the rungs of an obligation on an axis of days, as places of a drawing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from rules.calendar import Calendar, days_between, local_day
from rules.days import clock, short_vi
from rules.explain import RungStory
from rules.term import Term
from rules.wording import Language, Wording

WIDE, LEAST_PER_DAY, MOST_PER_DAY = 900, 2.0, 26.0
APART, ROW, TOP = 20, 22, 62
LONGEST = 400
"""Days that are drawn at most: what lies further back is left out."""
NAMES = {"due": Wording("hạn", "due"), "late": Wording("tính trễ sau", "late after"), "now": Wording("nay", "now")}


class Dot(NamedTuple):
    """A rung: the number it has in the list below."""

    number: int
    x: float
    y: float
    state: str


class Mark(NamedTuple):
    """A day with a name."""

    x: float
    text_x: float
    y: int
    name: str
    anchor: Literal["left", "right"]
    tone: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """The drawing, in units of its own."""

    width: int
    height: int
    ground: int
    months: tuple[tuple[float, str], ...]
    off: tuple[tuple[float, float], ...]
    marks: tuple[Mark, ...]
    dots: tuple[Dot, ...]


def timeline(
    rungs: Sequence[RungStory], term: Term, calendar: Calendar, *, today: date, zone: ZoneInfo, language: Language
) -> Timeline | None:
    """Return the drawing of an obligation that has a day, None of one that has none."""
    if term.due is None:
        return None
    days = [local_day(rung.opens, zone) for rung in rungs]
    last = max([*days, term.due, term.grace_until or term.due, today]) + timedelta(days=2)
    first = max(min([*days, term.due, today]) - timedelta(days=2), last - timedelta(days=LONGEST))
    count = (last - first).days + 1
    per_day = min(max(WIDE / count, LEAST_PER_DAY), MOST_PER_DAY)

    def x(day: date) -> float:
        return round((max(day, first) - first).days * per_day + per_day / 2, 1)

    dots = _dots([(number, x(day), rung.state) for number, (day, rung) in enumerate(zip(days, rungs, strict=True), 1)])
    height = int(max([dot.y for dot in dots], default=TOP)) + 40
    width = int(count * per_day) + 1
    named = ((term.due, "due", "late"), (term.grace_until, "late", "late"), (today, "now", "today"))
    hour = f" {clock(term.at).say(language)}" if term.at else ""
    marks = {day: (what, tone) for day, what, tone in named if day is not None and (what != "late" or day != term.due)}
    return Timeline(
        width=width,
        height=height,
        ground=height - 20,
        months=tuple(_months(first, last, x)),
        off=tuple((x(day) - per_day / 2, per_day) for day in days_between(first, last) if calendar.day_off(day)),
        marks=tuple(_marks(marks.items(), x, width, language, hour)),
        dots=tuple(dots),
    )


def _dots(rungs: Iterable[tuple[int, float, str]]) -> list[Dot]:
    """Return the rungs, those too near to each other one below the other."""
    ends: list[float] = []
    found = []
    for number, x, state in sorted(rungs, key=lambda one: (one[1], one[0])):
        row = next((row for row, end in enumerate(ends) if x - end >= APART), len(ends))
        ends[row : row + 1] = [x]
        found.append(Dot(number, x, TOP + row * ROW, state))
    return found


def _marks(
    marks: Iterable[tuple[date, tuple[str, str]]], x: object, width: int, language: Language, hour: str
) -> Iterable[Mark]:
    for level, (day, (what, tone)) in enumerate(sorted(marks)):
        at = x(day)  # type: ignore[operator]
        anchor: Literal["left", "right"] = "left" if at < width * 0.6 else "right"
        name = f"{NAMES[what].say(language)} {short_vi(day)}{hour if what == 'due' else ''}"
        yield Mark(at, at + (4 if anchor == "left" else -4), 12 + 14 * (level % 3), name, anchor, tone)


def _months(first: date, last: date, x: object) -> Iterable[tuple[float, str]]:
    for day in days_between(first, last):
        if day.day == 1:
            yield x(day), f"{day.month}/{day.year}"  # type: ignore[operator]
