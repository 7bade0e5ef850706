"""The three axes and the official vocabulary: the table of docs/status.md, row by row, is what the program says."""

import re
from datetime import UTC, date, datetime, time, timedelta
from itertools import product
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from rules.calendar import Calendar
from rules.deadline import Period, SetBy, Within
from rules.obligation import Facts, Silence
from rules.status import NAMES, UNANSWERED, Answered, Progress, Status, Timeliness, Verification, status
from rules.summary import NAMES as COUNTS
from rules.summary import counted, counts_as
from rules.term import TermContext
from rules.terms import term

PAGE = Path(__file__).parents[2] / "docs/status.md"
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
DUE = date(2026, 3, 31)
CONTEXT = TermContext(Calendar("plain"), ZONE)
DATED = term(Within(Period("day", DUE, DUE, "2026-03-31")), CONTEXT)
UNDATED = term(SetBy("Đề án"), CONTEXT)
SINCE = datetime(2026, 1, 1, tzinfo=UTC)
NOT_COUNTED = "không tính"


def table() -> list[list[str]]:
    text = PAGE.read_text(encoding="utf-8").partition("| what was said |")[2].partition("\n\n")[0]
    return [[cell.strip() for cell in line.strip("| ").split("|")] for line in text.splitlines()[2:]]


def day(said: str) -> date:
    return DUE if said in ("due", "undated") else DUE + timedelta(days=int(said))


def noon(said: str) -> datetime:
    return datetime.combine(day(said), time(12), ZONE).astimezone(UTC)


def happened(said: str) -> tuple[Facts, Answered]:
    """Return what a phrase of the table's first column comes to."""
    named = re.search(r"on (due|[+-]\d+)", said)
    on = named[1] if named else "due"
    if said.startswith("done"):
        is_open = said.endswith(", returned")
        verdict = "returned" if is_open else "accepted" if said.endswith(", accepted") else ""
        facts = Facts(SINCE, done_at=None if is_open else noon(on))
        return facts, Answered(None if is_open else day(on), verdict)  # type: ignore[arg-type]
    if said.startswith("withdrawn"):
        return Facts(SINCE, withdrawn_at=noon(on)), UNANSWERED
    return {
        "nothing": (Facts(SINCE), UNANSWERED),
        "in progress": (Facts(SINCE), Answered(has_begun=True, percent=40)),
        "suspended": (Facts(SINCE, silences=(Silence(SINCE, None, suspends=True),)), UNANSWERED),
        "closed": (Facts(SINCE, closed_at=noon("+1")), UNANSWERED),
    }[said]


@pytest.mark.parametrize("row", table(), ids=lambda row: f"{row[0]}, {row[1]}")
def test_a_row_of_the_page_is_what_the_program_says(row: list[str]) -> None:
    said, seen, *expected = row
    facts, answered = happened(said)
    found = status(UNDATED if seen == "undated" else DATED, facts, answered, zone=ZONE, now=noon(seen))
    count = counts_as(found)
    axes = [NAMES[axis].vi for axis in (found.progress, found.timeliness, found.verification)]
    assert [*axes, COUNTS[count].vi if count else NOT_COUNTED] == expected


def test_every_state_of_every_axis_and_every_count_stands_in_the_table() -> None:
    shown = {cell for row in table() for cell in row[2:]}
    assert {name.vi for name in NAMES.values()} <= shown
    assert {name.vi for name in COUNTS.values()} <= shown


@pytest.mark.parametrize(("progress", "timeliness", "verification"), list(product(Progress, Timeliness, Verification)))
def test_whatever_stands_on_the_axes_counts_once_and_only_what_was_cancelled_not_at_all(
    progress: Progress, timeliness: Timeliness, verification: Verification
) -> None:
    one = Status(progress, timeliness, verification)
    assert counted([one]).total == (0 if progress is Progress.CANCELLED else 1)
    assert counted([one]).awaiting == (progress is Progress.REPORTED)


def test_a_verdict_does_not_change_the_day_something_was_done() -> None:
    late_verdict = noon("+20")
    for verdict in ("", "accepted"):
        found = status(DATED, Facts(SINCE, done_at=noon("+2")), Answered(DUE, verdict), zone=ZONE, now=late_verdict)
        assert found.timeliness is Timeliness.DONE_IN_TIME
