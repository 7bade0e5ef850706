"""Summary: what each obligation counts as, once; what was withdrawn counts nowhere."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.status import Progress, Status, Timeliness, Verification
from rules.summary import Count, counted, counts_as

ANY = st.builds(Status, st.sampled_from(Progress), st.sampled_from(Timeliness), st.sampled_from(Verification))


@pytest.mark.parametrize(
    ("progress", "timeliness", "expected"),
    [
        ("done", "done_in_time", "done_in_time"),
        ("done", "done_late", "done_late"),
        ("done", "undated", "done_undated"),
        ("not_begun", "in_time", "open_in_time"),
        ("not_begun", "due_soon", "open_in_time"),
        ("in_progress", "in_time", "open_in_time"),
        ("not_begun", "late", "open_late"),
        ("not_begun", "undated", "open_undated"),
        ("in_progress", "undated", "open_undated"),
        ("closed", "late", "closed"),
        ("cancelled", "late", None),
        ("cancelled", "in_time", None),
    ],
)
def test_an_obligation_counts_as_official_reports_count_it(
    progress: str, timeliness: str, expected: str | None
) -> None:
    status = Status(Progress(progress), Timeliness(timeliness), Verification.NONE_ASKED)
    assert counts_as(status) == (Count(expected) if expected else None)


@given(st.lists(ANY))
def test_the_counts_add_up_to_what_was_not_withdrawn(those: list[Status]) -> None:
    found = counted(those)
    assert found.total == sum(one.progress is not Progress.CANCELLED for one in those)
    assert found.due_soon + found.due_today <= found.of.get(Count.OPEN_IN_TIME, 0)
    open_ones = [one for one in those if counts_as(one) is Count.OPEN_IN_TIME]
    assert found.due_soon == sum(one.timeliness is Timeliness.DUE_SOON for one in open_ones)
    assert found.due_today == sum(one.timeliness is Timeliness.DUE_TODAY for one in open_ones)
    as_json = found.as_json()
    assert sum(as_json[str(one)] for one in Count) == as_json["total"]
