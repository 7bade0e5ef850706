"""Snapshots: what is a result, what is due next, who had not written, what changed; and back from JSON."""

import json
import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.obligation import ObligationKey
from rules.periodic.ages import Age, age
from rules.periodic.drawing import Entered, Said, draw, of_unit
from rules.periodic.grids import annex
from rules.periodic.marks import entered
from rules.periodic.snapshot import Entry, Outcome, Snapshot
from rules.periodic.stored import as_json, from_text, to_text
from rules.status import REPORTED, Progress, Status, Timeliness, Verification
from rules.summary import Count, counted
from tests.rules.periodic.offices import CUT, WEEK, entry, frame, snapshots
from tests.rules.periodic.offices import entries as drawn_entries


@given(snapshots())
def test_a_snapshot_comes_back_from_json_as_it_was(snapshot: Snapshot) -> None:
    assert from_text(to_text(snapshot)) == snapshot


@given(snapshots())
def test_every_count_is_that_of_the_obligations_listed(snapshot: Snapshot) -> None:
    begun = [entry for entry in snapshot.entries if not entry.is_ahead]
    assert snapshot.counts == counted(entry.status for entry in begun)
    assert sum(one.counts.total for one in snapshot.programmes) == snapshot.counts.total
    assert sum(snapshot.by_age.values()) == snapshot.counts.of.get(Count.OPEN_LATE, 0) == len(snapshot.late)
    for part in snapshot.units:
        assert part.counts == of_unit(snapshot, part.unit).counts
        assert part.counts == counted(one.status for one in begun if part.unit in one.key.units)


@given(drawn_entries(), st.booleans())
def test_a_first_summary_lists_all_that_it_counts(those: list[Entry], long_ago: bool) -> None:
    outcomes: dict[ObligationKey, Outcome] = {one.key: "reported" for one in those if one.status.progress in REPORTED}
    outcomes |= {one.key: "lapsed" for one in those if one.status.progress is Progress.CLOSED}
    on = date(2025, 1, 2) if long_ago else CUT.date()
    those = [replace(one, done_on=on if one.key in outcomes else None) for one in those]
    found = draw(those, frame(), Said(outcomes=outcomes), None)
    done = (Count.DONE_IN_TIME, Count.DONE_LATE, Count.DONE_UNDATED)
    assert len(found.results) == sum(found.counts.of.get(what, 0) for what in done)
    assert len(annex(found, "vi").rows) == found.counts.total
    assert annex(found, "vi").totals == ()


@given(snapshots(), st.integers(1, 20))
def test_the_annex_accounts_for_every_obligation_that_is_counted(snapshot: Snapshot, most: int) -> None:
    grid = annex(snapshot, "en", most=most)
    assert len(grid.rows) + sum(int(number) for number in re.findall(r"\d+", " ".join(grid.totals))) == (
        snapshot.counts.total
    )


@given(snapshots())
def test_what_is_told_is_of_what_is_listed(snapshot: Snapshot) -> None:
    told: dict[str, Any] = as_json(snapshot)
    listed = {ObligationKey(*(one[name] for name in ObligationKey._fields)) for one in told["obligations"]}
    for name in ("results", "lapsed", "late", "difficulties", "next"):
        assert {ObligationKey(**key) for key in told[name]} <= listed
    assert {entry.key for entry in snapshot.upcoming}.isdisjoint({entry.key for entry in snapshot.late})
    assert "cancelled" not in {one["progress"] for one in told["obligations"]}
    assert json.loads(json.dumps(told)) == told


@pytest.mark.parametrize(
    ("days", "band"),
    [(0, "1-7"), (1, "1-7"), (7, "1-7"), (8, "8-30"), (30, "8-30"), (31, "31-90"), (90, "31-90"), (91, "over_90")],
)
def test_what_is_late_is_told_by_age(days: int, band: str) -> None:
    assert age(days) is Age(band)


DONE = {"progress": "reported", "timeliness": "done_in_time", "verification": "awaiting"}
THIS_WEEK, LONG_AGO = {"done_on": date(2026, 4, 1)}, {"done_on": date(2026, 1, 5)}


@pytest.mark.parametrize(
    ("outcome", "state", "has_before", "result"),
    [
        ("reported", DONE | THIS_WEEK, False, "reported"),
        ("accepted", DONE | THIS_WEEK, False, "accepted"),
        ("reported", DONE | LONG_AGO, False, "reported"),  # whichever day it names, nobody has told it yet
        ("reported", DONE | LONG_AGO, True, "reported"),  # first heard of since the summary before
        ("accepted", DONE | LONG_AGO, False, "accepted"),  # that it was accepted is of this week
        (None, DONE | THIS_WEEK, True, ""),  # recorded earlier
        ("reported", {"progress": "in_progress"}, True, ""),  # returned since
        ("lapsed", {"progress": "closed", "timeliness": "late"}, False, "lapsed"),
        ("lapsed", DONE | THIS_WEEK, False, ""),  # reported after all
    ],
)
def test_a_result_is_what_was_said_in_the_period_and_still_holds(
    outcome: Any, state: dict[str, Any], has_before: bool, result: str
) -> None:
    one = entry(**state)
    said = Said(outcomes={one.key: outcome} if outcome else {})
    before = draw([entry(9)], frame(period=WEEK.preceding, at=CUT - timedelta(7)), Said(), None)
    found = draw([one], frame(), said, before if has_before else None)
    assert found.entries[0].result == result


@pytest.mark.parametrize(
    ("due", "state", "is_next"),
    [
        (date(2026, 4, 3), {"timeliness": "due_today"}, True),  # today's is still to be done
        (date(2026, 4, 5), {}, True),  # the Sunday of this week
        (date(2026, 4, 12), {}, True),  # the Sunday of the next
        (date(2026, 4, 13), {}, False),
        (date(2026, 4, 2), {"timeliness": "late"}, False),
        (date(2026, 4, 3), {"timeliness": "late"}, False),  # late since this morning
        (date(2026, 4, 8), DONE, False),
        (None, {"timeliness": "undated"}, False),
    ],
)
def test_what_comes_next_is_due_by_the_end_of_the_next_period(
    due: date | None, state: dict[str, Any], is_next: bool
) -> None:
    assert draw([entry(due=due, **state)], frame(), Said(), None).entries[0].is_next is is_next


def test_who_owes_something_and_had_not_written_by_the_hour_is_named() -> None:
    by = frame().contributions_by
    said = Said(wrote_first={"u2": by, "u3": by + timedelta(minutes=1)})
    owing = [entry(1, "u1"), entry(2, "u2"), entry(3, "u3"), entry(4, "u4", **DONE)]
    found = draw(owing, frame(), said, None).unheard
    # u1 is the standing office itself, u2 wrote in time, u4 owes nothing any more.
    assert [(one.unit, one.wrote_at) for one in found] == [("u3", by + timedelta(minutes=1))]
    assert [one.unit for one in draw([entry(1, "u2+u4")], frame(), Said(), None).unheard] == ["u2", "u4"]


def test_a_summary_says_what_changed_since_the_one_before() -> None:
    late = {"timeliness": "late"}
    then = frame(period=WEEK.preceding, at=CUT - timedelta(7))
    before = draw([entry(1), entry(2, **late), entry(3, **late), entry(4, **late)], then, Said(), None)
    now = [
        entry(1, **late),
        entry(2, **late),
        entry(3, **DONE),
        entry(4, progress="closed", timeliness="late"),
        entry(5, **late),
    ]
    found = draw(now, frame(), Said(), before)
    assert [one.number for one in found.newly_late] == ["A.1", "A.5"]
    assert [one.number for one in found.caught_up] == ["A.3"]  # what was closed unreported was not caught up with
    assert {what: found.change(what) for what in Count if found.change(what)} == {
        Count.OPEN_IN_TIME: -1,
        Count.DONE_IN_TIME: 1,
        Count.CLOSED: 1,
    }
    assert before.change(Count.OPEN_LATE) is None
    assert before.newly_late == ()


def test_the_summary_of_one_unit_is_compared_with_the_same_unit_before() -> None:
    late = {"timeliness": "late"}
    then = frame(period=WEEK.preceding, at=CUT - timedelta(7))
    before = draw([entry(1, "u2+u3"), entry(2, "u2", **late), entry(3, "u4")], then, Said(), None)
    now = [entry(1, "u2+u3", **late), entry(2, "u2", **DONE), entry(3, "u4"), entry(4, "u1", **late)]
    whole = from_text(to_text(draw(now, frame(), Said(), from_text(to_text(before)))))
    own = {unit: of_unit(whole, unit) for unit in ("u1", "u2", "u3", "u4")}
    assert {unit: one.change(Count.OPEN_LATE) for unit, one in own.items()} == {"u1": 1, "u2": 0, "u3": 1, "u4": 0}
    assert own["u2"].change(Count.DONE_IN_TIME) == 1
    assert [one.number for one in own["u2"].newly_late] == ["A.1"]
    assert [one.number for one in own["u2"].caught_up] == ["A.2"]
    assert own["u2"].previous is not None
    assert from_text(to_text(own["u2"])) == own["u2"]


def test_a_unit_is_not_compared_with_a_summary_that_did_not_keep_units() -> None:
    before = draw([entry(1)], frame(period=WEEK.preceding, at=CUT - timedelta(7)), Said(), None)
    stored = json.loads(to_text(draw([entry(1)], frame(), Said(), before)))
    del stored["previous"]["units"]
    old = from_text(json.dumps(stored))
    assert old.previous is not None
    assert of_unit(old, "u2").previous is None


@pytest.mark.parametrize(
    ("now", "is_stale"),
    [
        (("in_progress", "in_time", "none_asked"), False),
        (("in_progress", "due_soon", "none_asked"), False),  # that the day comes nearer is no change
        (("in_progress", "late", "none_asked"), True),
        (("reported", "done_in_time", "awaiting"), True),
        (("suspended", "in_time", "none_asked"), True),
        (("in_progress", "in_time", "returned"), True),
    ],
)
def test_a_mark_is_stale_once_the_state_that_was_entered_has_changed(now: tuple[str, str, str], is_stale: bool) -> None:
    then = Status(Progress.IN_PROGRESS, Timeliness.IN_TIME, Verification.NONE_ASKED)
    one = entry(progress=now[0], timeliness=now[1], verification=now[2])
    said = Said(marks={one.key: Entered(date(2026, 3, 31), entered(then))})
    [found] = draw([one], frame(), said, None).entries
    assert found.mark is not None
    assert found.mark.is_stale is is_stale


def test_of_more_than_fit_those_are_listed_of_which_there_is_something_to_tell() -> None:
    quiet = [entry(number, timeliness="undated") for number in range(1, 9)]
    late = [entry(number, timeliness="late", days_late=number) for number in range(11, 14)]
    found = draw([*quiet, *late], frame(), Said(), None, most=4)
    assert (len(found.entries), found.unlisted, found.counts.total) == (4, 7, 11)
    assert {one.number for one in late} <= {one.number for one in found.entries}
    assert [one.days_late for one in found.late] == [13, 12, 11]
    unit = of_unit(found, "u2")
    assert (unit.counts.total, unit.unlisted) == (11, 7)


def test_what_one_unit_owes_jointly_is_its_own_as_well() -> None:
    found = draw([entry(1, "u2+u3"), entry(2, "u3"), entry(3, "u4")], frame(), Said(), None)
    assert [one.number for one in of_unit(found, "u3").entries] == ["A.1", "A.2"]
    assert of_unit(found, "u1").counts.total == 0
    assert replace(of_unit(found, "u2"), unit=None).programmes[0].counts.total == 1
