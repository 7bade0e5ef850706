"""Requests: on the working day before, units are asked to write for a summary; who has written is not."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from notifications.envelope import Envelope
from rules.periodic.period import read_period
from scheduler.periodic import writing
from scheduler.recording import Said
from tests.offices import Desk, open_desk, text_of
from tests.scheduler.test_periodic import FREE, TASKS, WEEK, local, recipients

FOCALS = ["focal2@tinh.example", "focal3@tinh.example"]


@pytest.fixture
def free(tmp_path: Path, database_url: str) -> Iterator[Desk]:
    """An office that closes its week on Friday."""
    desk = open_desk(tmp_path / "office", database_url, **FREE)
    desk.apply(TASKS)
    yield desk
    desk.engine.dispose()


def requests(desk: Desk, *moments: str) -> list[Envelope]:
    """Make a pass and a delivery at each of these local times, and return the requests that left."""
    left: list[Envelope] = []
    for moment in moments:
        desk.now = local(moment)
        left += [letter for letter in desk.tick() if "đề nghị]" in letter.subject]
    return left


def wrote(desk: Desk, unit: str, moment: datetime) -> None:
    said = Said(f"vp@{unit}.example", moment)
    writing.contributed(desk.office, "tinh", unit, read_period(WEEK), "results", "Đã trình", said)


def test_on_thursday_morning_units_are_asked_once_to_write_by_friday_at_nine(free: Desk) -> None:
    assert requests(free, "2026-04-01T17:00", "2026-04-02T07:59") == []
    letters = requests(free, "2026-04-02T08:00", "2026-04-02T08:01", "2026-04-03T08:59")
    assert recipients(letters) == FOCALS
    assert (
        letters[0].subject == "[Đôn đốc – đề nghị] Gửi nội dung báo cáo tuần 14 năm 2026 trước 09h00 thứ Sáu 03/4/2026"
    )
    text = text_of(letters[0])
    assert "Đề nghị gửi nội dung của đơn vị" in text
    assert "- Sở 2" in text
    assert "Sở 3" not in text
    assert free.findings() == []


def test_who_has_written_gets_no_request(free: Desk) -> None:
    free.now = local("2026-04-01T10:00")
    wrote(free, "u3", free.now)
    assert recipients(requests(free, "2026-04-02T08:00")) == FOCALS[:1]


def test_who_writes_before_the_request_leaves_gets_none(free: Desk) -> None:
    free.now = local("2026-04-02T08:00")
    free.evaluate()
    wrote(free, "u2", free.now)
    assert recipients(requests(free, "2026-04-02T08:05")) == FOCALS[1:]


def test_after_downtime_units_are_asked_while_they_can_still_write_in_time(free: Desk) -> None:
    assert recipients(requests(free, "2026-04-03T08:30", "2026-04-03T09:00")) == FOCALS


def test_a_request_that_could_not_leave_in_time_leaves_no_more(free: Desk) -> None:
    free.now = local("2026-04-03T08:59")
    free.evaluate()
    assert requests(free, "2026-04-03T09:00", "2026-04-06T08:00") == []


def test_one_person_for_several_units_is_asked_once_for_all(free: Desk) -> None:
    directory = (free.folder / "rules" / "tinh.yaml").read_text().replace("focal3@", "focal2@")
    free.write(directory, "tinh.yaml")
    free.put_in_force()
    [letter] = requests(free, "2026-04-02T08:00")
    assert [name in text_of(letter) for name in ("- Sở 2", "- Sở 3")] == [True, True]


def test_a_draft_names_who_had_not_written_by_nine(free: Desk) -> None:
    free.now = local("2026-04-02T09:00")
    wrote(free, "u2", free.now)
    free.now = local("2026-04-03T15:00")
    [draft] = [letter for letter in free.tick() if "dự thảo]" in letter.subject]
    told = text_of(draft).partition("Đơn vị chưa gửi nội dung báo cáo đến 09h00 ngày 03/4/2026 (1):")[2]
    assert told.splitlines()[1] == "- Sở 3"


@pytest.mark.parametrize("holiday", ["2026-04-24", "2026-04-23"])
def test_units_are_asked_on_the_working_day_before_the_week_closes(free: Desk, holiday: str) -> None:
    common = (free.folder / "rules" / "common.yaml").read_text().replace("date: 2026-04-27", f"date: {holiday}")
    free.now = local("2026-04-20T07:00")
    free.apply(TASKS, common=common)
    assert requests(free, "2026-04-22T07:59") == []
    assert recipients(requests(free, "2026-04-22T08:00")) == FOCALS


def test_units_are_not_asked_where_that_is_off(tmp_path: Path, database_url: str) -> None:
    desk = open_desk(tmp_path / "office", database_url, **FREE, DONDOC_SUMMARY__REQUEST_AT="off")
    desk.apply(TASKS)
    assert requests(desk, "2026-04-02T08:00", "2026-04-03T08:00") == []
    desk.engine.dispose()
