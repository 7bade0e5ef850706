"""Deadlines of every form, for Hypothesis: what the rule language can say and an office would write."""

import calendar
from datetime import date, time

from hypothesis import strategies as st

from rules.deadline import (
    After,
    AheadOf,
    Before,
    Continuous,
    Deadline,
    Every,
    MonthDay,
    Named,
    Offset,
    OnDay,
    Period,
    SetBy,
    Span,
    Unit,
    Weekday,
    Within,
    YearDay,
)
from rules.load.periods import parse_period

HOURS = st.sampled_from([time(7, 30), time(9), time(16), time(17)])
DAYS = st.dates(date(2025, 1, 1), date(2030, 12, 31)).map(lambda day: parse_period(day.isoformat()))
YEARS = st.integers(2025, 2030)
PERIODS = st.one_of(
    st.builds(lambda year, month: parse_period(f"{year}-{month:02}"), YEARS, st.integers(1, 12)),
    st.builds(lambda year, number: parse_period(f"{year}-Q{number}"), YEARS, st.integers(1, 4)),
    st.builds(lambda year, number: parse_period(f"{year}-H{number}"), YEARS, st.integers(1, 2)),
    YEARS.map(lambda year: parse_period(str(year))),
)
LENGTHS = st.one_of(
    st.builds(Offset, st.integers(1, 90), st.sampled_from(["days", "working days", "months"])),
    st.builds(Offset, st.integers(1, 72), st.just("hours")),
)
EVENTS = st.sampled_from(["Trung ương ban hành Đề án", "có hướng dẫn của Bộ Nội vụ", "Hội đồng nhân dân tỉnh họp"])


@st.composite
def spans(draw: st.DrawFn) -> Span:
    """Return a span whose ends are days or periods, the second one not before the first."""
    ends = st.one_of(DAYS, PERIODS)
    start, end = draw(
        st.tuples(ends, ends).filter(lambda pair: pair[0].start < pair[1].start and pair[0].end < pair[1].end)
    )
    return Span(start, end)


@st.composite
def recurrences(draw: st.DrawFn) -> Every:
    """Return a recurrence as it is loaded: rounded where it must be, `if_unreported` as its unit has it."""
    unit: Unit = draw(st.sampled_from(["day", "week", "month", "quarter", "half", "year"]))
    on = draw(st.sampled_from([(), *ON[unit]]))
    at = draw(st.one_of(st.none(), HOURS))
    until: Period | None = draw(st.one_of(st.none(), st.just(parse_period("2029")), st.just(parse_period("2029-06"))))
    return Every(
        unit,
        on=on,
        at=at,
        until=until,
        if_unreported="close" if unit in ("day", "week") else "carry",
        rounding=_is_rounded(on, unit),
    )


def _is_rounded(on: tuple[OnDay, ...], unit: Unit) -> bool:
    most = {"month": 28, "quarter": 30, "half": 30}.get(unit, 31)
    return any(isinstance(day, MonthDay) and day.day > most for day in on)


_MONTHLY: list[tuple[OnDay, ...]] = [
    (MonthDay(5),),
    (MonthDay(25),),
    (MonthDay(31),),
    (MonthDay(10), MonthDay(25)),
    (Named("last"),),
    (Named("last working day"),),
]
_OF_QUARTERS: list[tuple[OnDay, ...]] = [(MonthDay(15),), (Named("last"),), (Named("last working day"),)]
ON: dict[Unit, list[tuple[OnDay, ...]]] = {
    "day": [(Named("working day"),)],
    "week": [(Weekday(4),), (Weekday(0), Weekday(3))],
    "month": _MONTHLY,
    "quarter": _OF_QUARTERS,
    "half": [],
    "year": [
        *(((YearDay(month, calendar.monthrange(2025, month)[1])),) for month in (3, 6, 9, 12)),
        (YearDay(6, 20), YearDay(12, 20)),
    ],
}

DATED = st.one_of(
    st.builds(Within, st.one_of(DAYS, PERIODS)),
    st.builds(Within, DAYS, HOURS),
    st.builds(Before, DAYS),
    st.builds(Before, PERIODS),
    spans(),
)
WAITING = st.one_of(
    st.builds(After, EVENTS),
    st.builds(After, EVENTS, LENGTHS),
    st.builds(AheadOf, EVENTS, LENGTHS),
)
STANDING = st.sampled_from([Continuous(), SetBy("theo lộ trình của Đề án")])
DEADLINES: st.SearchStrategy[Deadline] = st.one_of(DATED, WAITING, recurrences(), STANDING)
