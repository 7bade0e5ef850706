"""Which rungs are out of order for certain: a ladder is refused for these only."""

import pytest

from rules.load.build.rungtime import certainly_later, same_time
from rules.load.forms import parse_rung_time


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("14 days before", "3 days before"),
        ("2 weeks before", "13 days before"),
        # Three working days never take more than fifteen calendar days.
        ("16 days before", "3 working days before"),
        ("3 working days before", "2 days before"),
        ("1 day before", "due"),
        ("25 hours before", "due"),
        ("due", "1 hour late"),
        ("1 hour late", "2 hours late"),
        ("23 hours late", "2 days late"),
        ("5 working days late", "20 days late"),
        ("7 days late", "8 working days late"),
    ],
)
def test_an_order_that_holds_on_every_calendar_is_certain(earlier: str, later: str) -> None:
    assert certainly_later(parse_rung_time(later), parse_rung_time(earlier))
    assert not certainly_later(parse_rung_time(earlier), parse_rung_time(later))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("14 days before", "2 weeks before"),
        ("due", "due"),
        # Ten working days before lie ten to twenty-nine days before.
        ("10 working days before", "14 days before"),
        ("5 working days late", "7 days late"),
        # A day rung is owed at some hour of its day, and the due day ends at some hour.
        ("24 hours before", "1 day before"),
        ("3 hours before", "due"),
        ("24 hours late", "1 day late"),
    ],
)
def test_what_the_calendar_or_the_hour_decides_is_left_open(one: str, other: str) -> None:
    assert not certainly_later(parse_rung_time(one), parse_rung_time(other))
    assert not certainly_later(parse_rung_time(other), parse_rung_time(one))


def test_two_rungs_are_owed_together_only_when_counted_alike() -> None:
    week, seven, five = map(parse_rung_time, ("1 week late", "7 days late", "5 working days late"))
    assert same_time(week, seven)
    assert not same_time(week, five)
    assert not same_time(week, parse_rung_time("1 week before"))
