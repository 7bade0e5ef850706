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
        ("not_done", "in_time", "open_in_time"),
        ("not_done", "due_soon", "open_in_time"),
        ("not_started", "in_time", "open_in_time"),
        ("not_done", "late", "open_late"),
        ("not_done", "undated", "open_undated"),
        ("not_started", "undated", "open_undated"),
        ("closed", "late", "closed"),
        ("withdrawn", "late", None),
        ("withdrawn", "in_time", None),
    ],
)
def test_an_obligation_counts_as_official_reports_count_it(
    progress: str, timeliness: str, expected: str | None
) -> None:
    status = Status(Progress(progress), Timeliness(timeliness), Verification.NOT_REPORTED)
    assert counts_as(status) == (Count(expected) if expected else None)


@given(st.lists(ANY))
def test_the_counts_add_up_to_what_was_not_withdrawn(those: list[Status]) -> None:
    found = counted(those)
    assert found.total == sum(one.progress is not Progress.WITHDRAWN for one in those)
    assert found.due_soon <= found.of.get(Count.OPEN_IN_TIME, 0)
    as_json = found.as_json()
    assert sum(as_json[str(one)] for one in Count) == as_json["total"]
