"""What one simulation tells otherwise than another, line by line."""

from datetime import datetime, timedelta

import hypothesis.strategies as st
from hypothesis import given

from rules.differences import Letter, Matter, differences, numbered
from tests.rules.books import at

A1 = Matter("p", "A.1", "", "", "a", "late", "to")
A2 = Matter("p", "A.2", "", "", "a", "late", "to")


def letters(*told: tuple[str, str, Matter]) -> list[Letter]:
    return list(numbered((at(when), to, "", [matter]) for when, to, matter in told))


def test_the_same_is_no_difference() -> None:
    told = letters(("2026-04-01", "gd", A1), ("2026-04-08", "gd", A1))
    assert differences(told, told).are_none


def test_a_line_that_moves_is_told_with_both_days() -> None:
    found = differences(letters(("2026-04-01", "gd", A1)), letters(("2026-04-03", "gd", A1)))
    [moved] = found.moved
    assert (moved.to, moved.before, moved.after) == ("gd", at("2026-04-01"), at("2026-04-03"))
    assert (found.gone, found.added) == ((), ())
    assert [len(found.only_before), len(found.only_after)] == [1, 1]


def test_a_line_with_another_reader_is_told_with_both() -> None:
    found = differences(letters(("2026-04-01", "gd", A1)), letters(("2026-04-01", "pgd", A1)))
    [other] = found.readdressed
    assert (other.before[1], other.after[1]) == ("gd", "pgd")
    assert [(load.person, load.mails_before, load.mails_after) for load in found.persons] == [
        ("gd", 1, 0),
        ("pgd", 0, 1),
    ]


def test_what_only_one_tells_is_gone_or_added() -> None:
    found = differences(letters(("2026-04-01", "gd", A1)), letters(("2026-04-01", "gd", A2)))
    assert [matter.task for matter, _, _ in found.gone] == ["A.1"]
    assert [matter.task for matter, _, _ in found.added] == ["A.2"]
    assert (found.only_before, found.only_after, found.persons) == ((), (), ())


def test_repetitions_are_told_apart_by_their_turn() -> None:
    before = letters(("2026-04-01", "gd", A1), ("2026-04-08", "gd", A1))
    after = letters(("2026-04-01", "gd", A1), ("2026-04-09", "gd", A1))
    found = differences(before, after)
    assert [(moved.matter.turn, moved.after) for moved in found.moved] == [(1, at("2026-04-09"))]


MATTERS = st.sampled_from([A1, A2])
TOLD = st.lists(st.tuples(st.integers(0, 5), st.sampled_from(["gd", "vp"]), MATTERS), max_size=8)


def _letters(told: list[tuple[int, str, Matter]]) -> list[Letter]:
    start: datetime = at("2026-04-01")
    return list(numbered((start + timedelta(days), to, "", [matter]) for days, to, matter in told))


@given(before=TOLD, after=TOLD)
def test_every_line_of_either_is_accounted_for_once(
    before: list[tuple[int, str, Matter]], after: list[tuple[int, str, Matter]]
) -> None:
    old, new = _letters(before), _letters(after)
    found = differences(old, new)
    paired = len(found.moved) + len(found.readdressed)
    same = sum(1 for _ in old) - paired - len(found.gone)
    assert same == sum(1 for _ in new) - paired - len(found.added) >= 0
    assert found.are_none == (sorted(map(_told, old)) == sorted(map(_told, new)))


def _told(letter: Letter) -> tuple[datetime, str, Matter]:
    return letter.at, letter.to, letter.matters[0]
