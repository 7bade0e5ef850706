"""What many units owe alike is told once, and nothing is hidden by it."""

from dataclasses import replace
from datetime import date

from notifications.folding import MOST_NAMED, folded, named
from notifications.phrases import ahead
from notifications.samples import line as sample
from rules.digest import Next

LINE = sample("overdue")


def test_the_same_task_of_three_units_is_one_line_that_names_them() -> None:
    lines = [replace(LINE, key=LINE.key._replace(unit=unit), unit_names=(unit,)) for unit in ("a", "b", "c")]
    (line,) = folded(lines)
    assert line.unit_names == ("a", "b", "c")
    assert line.next == LINE.next


def test_another_task_and_another_lateness_stay_lines_of_their_own() -> None:
    other_task = replace(LINE, key=LINE.key._replace(task="B.1"))
    later = replace(LINE, key=LINE.key._replace(unit="b"), days_late=LINE.days_late + 1)
    assert folded([LINE, other_task, later]) == [LINE, other_task, later]


def test_what_comes_next_is_left_out_where_it_differs_from_unit_to_unit() -> None:
    other = replace(LINE, key=LINE.key._replace(unit="b"), next=())
    (line,) = folded([LINE, other])
    assert line.next == ()


def test_what_comes_on_the_same_day_is_told_of_all_units_with_whom_it_reaches_where_that_is_the_same() -> None:
    again = Next("late", date(2026, 4, 8), None, "Giám đốc Sở A", goes_up=False)
    rise = Next("overseer", date(2026, 4, 7), None, "Phó Chủ tịch", goes_up=True)
    others = (replace(again, to_title="Giám đốc Sở B"), rise)
    (line,) = folded([replace(LINE, next=(again, rise)), replace(LINE, key=LINE.key._replace(unit="b"), next=others)])
    assert line.next == (replace(again, to_title=""), rise)
    assert ahead(line, "vi", reader="Văn phòng") == (
        "chuyển đồng chí Phó Chủ tịch ngày 07/4/2026; nhắc lại ngày 08/4/2026"
    )
    later = replace(rise, on=date(2026, 4, 10))
    (line,) = folded([replace(LINE, next=(rise,)), replace(LINE, key=LINE.key._replace(unit="b"), next=(later,))])
    assert line.next == ()


def test_of_very_many_units_the_first_are_named_and_the_others_counted() -> None:
    units = tuple(f"Xã {n}" for n in range(MOST_NAMED + 5))
    assert named(units, "vi").endswith(f"Xã {MOST_NAMED - 1} và 5 đơn vị khác")
    assert named(units[:2], "en") == "Xã 0 and Xã 1"
