"""How the obligations of a task stand together in the one row that a sheet has for it."""

from collections import Counter
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from rules.plans.exporting.stands import GRAVITY, current, gravest
from rules.status import NAMES, Timeliness
from tests.rules.books import book, task
from tests.rules.plans.sheets import CLOSED, DONE, OPEN, OPEN_LATE, row, sheet_of, stand


def test_units_that_stand_apart_are_named() -> None:
    stands = [
        stand(DONE, unit="a", due="2026-03-31", done_on="2026-03-20"),
        stand(OPEN_LATE, unit="b", due="2026-03-31", late=2),
    ]
    found = row(sheet_of(book(task("2026-03", lead="{each: [a, b]}")), stands=stands))
    assert found["Tiến độ"].text == "Chưa thực hiện: Sở B\nĐã báo cáo hoàn thành ngày 20/3/2026: Sở A"
    assert found["Tình trạng thời hạn"].text == "Quá hạn 2 ngày: Sở B\nĐúng hạn: Sở A"
    assert found["Xác nhận"].text == "Chưa báo cáo: Sở B\nChờ xác nhận: Sở A"


def test_many_units_are_counted() -> None:
    units = [f"x{number}" for number in range(7)]
    stands = [
        *(stand(OPEN, unit=unit, due="2026-04-30") for unit in units),
        stand(OPEN_LATE, unit="a", due="2026-04-30", late=1),
    ]
    found = row(sheet_of(book(task("2026-03")), stands=stands))
    assert found["Tình trạng thời hạn"].text == "Quá hạn 1 ngày: Sở A\nTrong hạn: 7/8"


def test_a_part_in_which_all_units_stand_alike_goes_by_its_name() -> None:
    late = [stand(OPEN_LATE, unit=unit, part="phát động", due="2026-03-31", late=2) for unit in "abcdefg"]
    in_time = [stand(OPEN, unit=unit, part="báo cáo", due="2026-06-30") for unit in "abcdefg"]
    found = row(sheet_of(book(task("2026-03")), stands=late + in_time))
    assert found["Tình trạng thời hạn"].text == "Quá hạn 2 ngày: phát động\nTrong hạn: báo cáo"


def test_the_current_occurrence_and_what_is_still_open_before_it() -> None:
    january, february = stand(DONE, due="2026-01-25"), stand(OPEN_LATE, due="2026-02-25")
    march, april = stand(DONE, due="2026-03-25"), stand(OPEN, due="2026-04-25")
    assert current([april, march, february, january], date(2026, 3, 20)) == (february, march)


def test_what_was_closed_is_shown_only_where_there_is_nothing_else() -> None:
    closed, running = stand(CLOSED, due="2026-01-25"), stand(OPEN, due="2026-02-25")
    assert current([closed, running], date(2026, 2, 1)) == (running,)
    assert current([closed], date(2026, 2, 1)) == (closed,)


def test_every_state_has_its_place_in_the_order_of_gravity() -> None:
    assert Counter(GRAVITY) == Counter(tuple(NAMES))


@given(st.lists(st.sampled_from(tuple(Timeliness)), min_size=1))
def test_the_gravest_state_is_one_of_them_and_never_milder_than_another(states: list[Timeliness]) -> None:
    found = gravest(states)
    assert found in states
    assert all(GRAVITY.index(found) <= GRAVITY.index(state) for state in states)
