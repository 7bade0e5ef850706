"""What always holds of recurrences, whichever they are."""

from datetime import date, time
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from rules.days import month_day, month_index, plus
from rules.deadline import Every, MonthDay, Named, OnDay, Unit, Weekday
from rules.terms import following, occurrence, occurrences
from tests.rules.calendars import context, day, keys, period

units: st.SearchStrategy[Unit] = st.sampled_from(["day", "week", "month", "quarter", "half", "year"])
places: dict[str, st.SearchStrategy[tuple[OnDay, ...]]] = {
    "day": st.sampled_from([(), (Named("working day"),)]),
    "week": st.lists(st.builds(Weekday, st.integers(0, 6)), max_size=3, unique=True).map(tuple),
    "month": st.one_of(
        st.lists(st.builds(MonthDay, st.integers(1, 31)), max_size=3, unique=True).map(tuple),
        st.sampled_from(
            [(Named("last"),), (Named("last working day"),), (Named("first working day"),), (Weekday(4, last=True),)]
        ),
    ),
}
days = st.dates(date(2025, 6, 1), date(2027, 6, 30))


@st.composite
def recurrences(draw: st.DrawFn) -> Every:
    unit = draw(units)
    start = draw(st.none() | days.map(lambda one: period(one.isoformat())) | st.just(period("2026-02")))
    return Every(
        unit,
        draw(st.integers(1, 5)),
        draw(places.get(unit, places["month"])),
        from_=start,
        until=draw(st.none() | st.just(period("2027-05"))),
        if_unreported=draw(st.sampled_from(["close", "carry"])),
        at=draw(st.sampled_from([None, time(9)])),
    )


@given(recurrences(), st.tuples(days, days, days).map(sorted))
def test_a_range_split_in_two_has_the_same_occurrences(deadline: Every, ends: list[date]) -> None:
    first, middle, last = ends
    whole = occurrences(deadline, context(), first=first, last=last)
    left = occurrences(deadline, context(), first=first, last=middle)
    right = occurrences(deadline, context(), first=plus(middle, 1), last=last)
    assert whole == left + right


@given(recurrences(), days)
def test_the_following_ones_are_the_first_of_all(deadline: Every, start: date) -> None:
    found = occurrences(deadline, context(), first=start, last=day("2027-12-31"))
    assert following(deadline, context(), start, 3)[: len(found)] == found[:3]


@given(recurrences(), days)
def test_every_occurrence_of_a_recurrence_is_found_again_by_its_key(deadline: Every, start: date) -> None:
    for one in following(deadline, context(), start, 4):
        assert occurrence(deadline, context(), one.key) == one


@given(recurrences(), days)
def test_occurrences_follow_each_other_without_gap_or_overlap(deadline: Every, start: date) -> None:
    found = following(deadline, context(), start, 4)
    dues = [one.term.due for one in found if one.term.due is not None]
    assert dues == sorted(set(dues))
    for one in found:
        assert one.term.starts is not None
        assert one.term.due is not None
        assert one.term.starts <= one.term.due
    for one, after in pairwise(found):
        if deadline.if_unreported == "close":
            assert one.closes_at == after.term.due_at
        if deadline.on != (Named("working day"),):
            assert after.term.starts == plus(day(one.key), 1)


@given(days.filter(lambda one: one.day > 1), st.integers(1, 5), st.integers(0, 200))
def test_months_are_counted_from_the_anchor_and_never_slip(anchor: date, count: int, n: int) -> None:
    deadline = Every("month", count, from_=period(anchor.isoformat()))
    expected = month_day(month_index(anchor) + n * count, anchor.day)
    assert keys(following(deadline, context(roll=False), expected, 1)) == [expected.isoformat()]
    assert expected.day == anchor.day or plus(expected, 1).day == 1


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.integers(1, 40))
def test_days_are_counted_from_the_anchor_and_never_slip(anchor: date, count: int) -> None:
    deadline = Every("day", count, from_=period(anchor.isoformat()))
    (found,) = following(deadline, context(roll=False), plus(anchor, 1000), 1)
    assert (day(found.key) - anchor).days % count == 0
