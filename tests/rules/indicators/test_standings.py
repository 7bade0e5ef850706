"""How an indicator stands to its yearly targets, what it may come to, and what is told of a period."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.indicators.change import Recorded, change
from rules.indicators.standing import Attained, forecast, measured_of, standings
from rules.indicators.target import Target, target
from rules.programme import Document, Indicator, Programme

FIVE_G = Indicator("I.1", "Phủ sóng 5G", "", "%", {2026: "≥ 70", 2030: "100"}, ("a",))
PATENTS = Indicator("I.2", "Đơn sáng chế mỗi năm", "", "Đơn", {2026: "≥ 10", 2027: "≥ 12"}, ("a",))
RANK = Indicator("I.3", "Xếp hạng", "", "", {2026: "Nhóm dẫn đầu"}, ("a",))
CENTRE = Indicator("I.4", "Trung tâm", "", "-", {2026: "Có"}, ("a",))
PROGRAMME = Programme("p", "Chương trình", Document("1"), "d", "c", "l", "a")
JULY, NEXT = date(2026, 7, 15), date(2027, 2, 1)


def stands(indicator: Indicator, values: dict[str, str], today: date) -> list[str]:
    read = measured_of(indicator, ((date.fromisoformat(on), text) for on, text in values.items()))
    return [one.attained for one in standings(indicator, read, today=today)]


@pytest.mark.parametrize(
    ("indicator", "values", "today", "attained"),
    [
        (FIVE_G, {}, JULY, ["not_measured", "not_measured"]),
        (FIVE_G, {"2026-06-30": "60"}, JULY, ["on_the_way", "on_the_way"]),
        (FIVE_G, {"2026-06-30": "72"}, JULY, ["reached", "on_the_way"]),
        (FIVE_G, {"2026-06-30": "72", "2026-07-10": "69"}, JULY, ["on_the_way", "on_the_way"]),
        (FIVE_G, {"2026-06-30": "60"}, NEXT, ["below", "on_the_way"]),
        (FIVE_G, {"2025-12-31": "75"}, JULY, ["on_the_way", "on_the_way"]),  # of last year: judges nothing
        (FIVE_G, {"2025-12-31": "75"}, NEXT, ["not_measured", "on_the_way"]),
        (FIVE_G, {"2026-06-30": "100"}, JULY, ["reached", "on_the_way"]),  # 2030 is not judged by 2026
        (FIVE_G, {"2026-06-30": "Có"}, JULY, ["incomparable", "incomparable"]),
        (PATENTS, {"2026-12-20": "11"}, NEXT, ["reached", "not_measured"]),  # counted anew each year
        (PATENTS, {"2026-12-20": "11", "2027-01-31": "1"}, NEXT, ["reached", "on_the_way"]),
        (RANK, {"2026-06-30": "5"}, JULY, ["incomparable"]),
        (RANK, {}, JULY, ["incomparable"]),
        (CENTRE, {"2026-06-30": "Chưa"}, JULY, ["on_the_way"]),
        (CENTRE, {"2026-06-30": "Chưa"}, NEXT, ["below"]),
        (CENTRE, {"2026-06-30": "Có"}, NEXT, ["reached"]),
    ],
)
def test_a_year_is_judged_by_its_last_value(
    indicator: Indicator, values: dict[str, str], today: date, attained: list[str]
) -> None:
    assert stands(indicator, values, today) == attained


def estimate(indicator: Indicator, values: dict[str, str], year: int = 2026) -> tuple[str, bool | None] | None:
    read = measured_of(indicator, ((date.fromisoformat(on), text) for on, text in values.items()))
    found = {one.year: one for one in standings(indicator, read, today=JULY)}[year].forecast
    return (found.said, found.is_reached) if found else None


@pytest.mark.parametrize(
    ("indicator", "values", "year", "said"),
    [
        (FIVE_G, {"2026-06-30": "60"}, 2026, None),  # one value is no line
        (FIVE_G, {"2026-01-01": "50", "2026-07-02": "60"}, 2026, ("70%", True)),
        (FIVE_G, {"2026-01-01": "50", "2026-03-01": "99", "2026-07-02": "60"}, 2026, ("70%", True)),
        (FIVE_G, {"2026-01-01": "50", "2026-07-01": "55"}, 2026, ("60,06%", False)),
        (FIVE_G, {"2026-01-01": "50", "2026-07-02": "90"}, 2026, ("100%", True)),  # a share ends at the whole
        (FIVE_G, {"2026-01-01": "50", "2026-07-02": "5"}, 2026, ("0%", False)),
        (FIVE_G, {"2026-01-01": "Có", "2026-07-02": "60"}, 2026, None),
        (PATENTS, {"2025-12-31": "9", "2026-07-02": "6"}, 2026, None),  # of two years: two counts
        (PATENTS, {"2026-01-01": "0", "2026-07-02": "6"}, 2026, ("12 đơn", True)),
        (CENTRE, {"2026-01-01": "Chưa", "2026-07-02": "Có"}, 2026, None),
    ],
)
def test_an_estimate_is_a_straight_line_through_two_values(
    indicator: Indicator, values: dict[str, str], year: int, said: tuple[str, bool] | None
) -> None:
    assert estimate(indicator, values, year) == said


def test_an_estimate_says_that_it_is_one_and_from_what() -> None:
    read = measured_of(FIVE_G, [(date(2026, 1, 1), "50"), (date(2026, 7, 2), "60")])
    found = standings(FIVE_G, read, today=JULY)[0].forecast
    assert found is not None
    assert found.words.vi.startswith("Ước tính đến 31/12/2026: khoảng 70% (kéo thẳng từ số liệu ngày 01/01/2026")
    assert "chỉ để tham khảo" in found.words.vi


def test_a_year_that_is_over_is_estimated_no_more() -> None:
    read = measured_of(FIVE_G, [(date(2026, 1, 1), "50"), (date(2026, 7, 2), "60")])
    assert standings(FIVE_G, read, today=NEXT)[0].forecast is None


@given(st.lists(st.integers(0, 100), min_size=2, max_size=6), st.integers(28, 300))
def test_an_estimate_of_a_share_is_a_share(numbers: list[int], apart: int) -> None:
    start, wanted = date(2026, 1, 1), target("≥ 70", "%")
    assert isinstance(wanted, Target)
    values = [(start + timedelta(days=apart * n), str(number)) for n, number in enumerate(numbers)]
    read = measured_of(FIVE_G, values)
    found = forecast(read, wanted, on=date(2035, 12, 31))
    assert found is not None
    assert 0 <= found.number <= 100
    assert found.is_reached == (found.number >= 70)


def at(day: int, hour: int = 9) -> datetime:
    return datetime(2026, 7, day, hour, tzinfo=UTC)


def told(*recorded: tuple[str, str, datetime]) -> tuple[object, ...] | None:
    found = change(
        PROGRAMME,
        FIVE_G,
        [Recorded(date.fromisoformat(on), text, when) for on, text, when in recorded],
        since=at(6),
        until=at(10, 17),
        today=date(2026, 7, 10),
    )
    return None if found is None else (found.value, found.before, found.target, found.attained, found.is_newly_reached)


def test_a_period_tells_the_value_that_holds_since_and_the_one_before() -> None:
    early, late = ("2026-03-31", "60", at(1)), ("2026-06-30", "72", at(8))
    assert told() is None
    assert told(early) is None
    assert told(early, late) == ("72", "60", "≥ 70", Attained.REACHED, True)
    assert told(late) == ("72", "", "≥ 70", Attained.REACHED, True)
    assert told(("2026-03-31", "71", at(1)), late) == ("72", "71", "≥ 70", Attained.REACHED, False)
    # Recorded after the period's end, or for a day before one that was known.
    assert told(early, ("2026-06-30", "72", at(11))) is None
    assert told(("2026-06-30", "72", at(1)), ("2026-03-31", "60", at(8))) is None
    # A correction of the same day.
    assert told(("2026-06-30", "27", at(1)), ("2026-06-30", "72", at(8))) == ("72", "27", "≥ 70", "reached", True)


@pytest.mark.parametrize(("days", "is_told"), [(2, False), (27, False), (28, True), (90, True)])
def test_no_estimate_is_made_from_values_close_together(days: int, is_told: bool) -> None:
    wanted = target("≥ 70", "%")
    assert isinstance(wanted, Target)
    read = measured_of(FIVE_G, [(date(2026, 3, 1), "10"), (date(2026, 3, 1) + timedelta(days=days), "12")])
    assert (forecast(read, wanted, on=date(2026, 12, 31)) is not None) is is_told
