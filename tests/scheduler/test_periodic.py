"""Summaries by themselves: at their hours and after downtime, once, confirmed or not, with the totals of status; on
either database."""

import json
import random
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from openpyxl import load_workbook

from db.facts import NothingToVerify, contributions, difficulties
from db.obligations import Filter, StoredObligation, listing
from db.summaries import steps_of, summary_of
from notifications.envelope import Envelope
from rules.calendar import local_day
from rules.periodic.grids import annex
from rules.periodic.period import read_period
from rules.periodic.snapshot import Snapshot
from rules.periodic.stored import from_text
from rules.summary import Count, counted
from scheduler.message_kinds import SUMMARY
from scheduler.periodic import writing
from scheduler.periodic.gathering import snapshot_at
from scheduler.periodic.sending import sum_up
from scheduler.recording import Said, remarked, reported, verified
from scheduler.standing import Row, standing
from tests.db.conftest import bring_to_schema
from tests.offices import COMMON, MONDAY, ONE_TASK, Desk, directory, lived_in, open_desk, programme, text_of
from tests.postgres import Prepare

TASKS = (
    "  - {id: A.1, title: Kế hoạch hạ tầng số, lead: u2, deadline: 2026-04-03}\n"
    "  - {id: A.2, title: Quy chế dữ liệu, lead: u3, deadline: 2026-03-20}\n"
    '  - {id: A.3, title: Báo cáo tuần, lead: {each: all}, deadline: {every: week, on: friday, at: "09:00"}}\n'
    "  - {id: A.4, title: Ngày hội đổi mới, lead: [u2, u3], deadline: 2026-04-10}\n"
    "  - {id: A.5, title: Đề án chuyên gia, lead: u1, deadline: {set_by: Văn bản của tỉnh}}\n"
)
INDICATOR = (
    'indicators:\n  - {id: I.1, section: S, title: Phủ sóng 5G, unit: "%", targets: {2026: "≥ 70"}, owner: u2}\n'
)
OFFICE, WEEK = "tinh/u1", "2026-W14"
WEEKLY = {"DONDOC_SUMMARY__WEEKLY": "friday", "DONDOC_MAIL__DAILY_CAP_PER_PERSON": "50"}
FREE = WEEKLY | {"DONDOC_SUMMARY__NEEDS_CONFIRMATION": "false"}
READERS = ["chair@tinh.example", "over1@tinh.example", "over2@tinh.example", "over3@tinh.example"]
COMPILERS = ["head1@tinh.example", "focal1@tinh.example"]


def local(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+07:00").astimezone(UTC)


Opening = Callable[..., Desk]


@pytest.fixture
def opened(tmp_path: Path, database_url: str) -> Iterator[Opening]:
    """What opens an office with these settings."""
    desks: list[Desk] = []

    def open_(**environ: str) -> Desk:
        desks.append(open_desk(tmp_path / "office", database_url, **environ))
        return desks[-1]

    yield open_
    for desk in desks:
        desk.engine.dispose()


def to_confirm(url: str) -> None:
    lived_in(url, lambda desk: desk.apply(TASKS), **WEEKLY)


def unconfirmed(url: str) -> None:
    lived_in(url, lambda desk: desk.apply(TASKS), **FREE)


@pytest.fixture
def prepare_database(request: pytest.FixtureRequest) -> Prepare:
    """What brings a new database to the present schema, or to an office of that fixture."""
    prepared = {"weekly": to_confirm, "free": unconfirmed}
    return next((prepared[name] for name in request.fixturenames if name in prepared), bring_to_schema)


@pytest.fixture
def weekly(opened: Opening) -> Desk:
    """An office that closes its week on Friday and confirms what it says."""
    desk = opened(**WEEKLY)
    desk.write_all(TASKS)
    return desk


@pytest.fixture
def free(opened: Opening) -> Desk:
    """The same, but that its summary leaves at its hour unconfirmed."""
    desk = opened(**FREE)
    desk.write_all(TASKS)
    return desk


def at(desk: Desk, *moments: str) -> list[Envelope]:
    """Make a pass and a delivery at each of these local times, and return the letters with summaries that left."""
    left = []
    for moment in moments:
        desk.now = local(moment)
        left += [letter for letter in desk.tick() if is_summary(letter)]
    return left


def is_summary(letter: Envelope) -> bool:
    return any(words in letter.subject for words in ("báo cáo] Báo cáo", "dự thảo]", "chưa gửi nội dung"))


def message(letter: Envelope) -> EmailMessage:
    found = message_from_bytes(letter.content, policy=policy.default)
    assert isinstance(found, EmailMessage)
    return found


def kept(desk: Desk, step: str, period: str = WEEK) -> Snapshot | None:
    with desk.engine.connect() as connection:
        number = dict(steps_of(connection, OFFICE, period)).get(step)  # type: ignore[call-overload]
        stored = summary_of(connection, number) if number else None
    return from_text(stored.snapshot) if stored else None


def one(desk: Desk, task: str, unit: str | None = None) -> StoredObligation:
    with desk.engine.connect() as connection:
        return listing(connection, Filter(task=task, unit=unit))[0]


def said(desk: Desk, note: str | None = None) -> Said:
    return Said("an@tinh.example", desk.now, note)


def recipients(letters: list[Envelope]) -> list[str]:
    return [letter.recipient for letter in letters]


# --- hours -------------------------------------------------------------------------------------------------------


def test_a_friday_brings_who_has_not_written_then_the_draft_then_the_summary(free: Desk) -> None:
    assert at(free, "2026-04-02T17:30", "2026-04-03T08:59") == []
    [missing] = at(free, "2026-04-03T09:00")
    assert missing.recipient == "focal1@tinh.example"
    assert "Sở 2" in text_of(missing)
    assert "Sở 1" not in text_of(missing).partition("báo cáo tuần 14")[2]
    assert at(free, "2026-04-03T09:01", "2026-04-03T14:59") == []
    [draft] = at(free, "2026-04-03T15:00")
    assert (draft.recipient, "dự thảo" in draft.subject) == ("focal1@tinh.example", True)
    assert at(free, "2026-04-03T15:01", "2026-04-03T16:59") == []
    letters = at(free, "2026-04-03T17:00")
    assert recipients(letters) == [*READERS, *COMPILERS]
    names = [[part.get_filename() for part in message(letter).iter_attachments()] for letter in letters]
    assert names == [["bao-cao-2026-W14.docx", "bao-cao-2026-W14.xlsx"]] * len(letters)
    assert at(free, "2026-04-03T17:01", "2026-04-04T08:00", "2026-04-06T08:00", "2026-04-09T17:00") == []
    assert free.findings() == []


def test_a_week_that_ends_on_a_holiday_closes_the_working_day_before(opened: Opening) -> None:
    desk = opened(**FREE)
    desk.now = local("2026-04-20T07:00")
    common = COMMON.replace("date: 2026-04-27", "date: 2026-04-24")
    desk.apply(TASKS, common=common)
    letters = at(desk, "2026-04-23T09:00", "2026-04-23T15:00", "2026-04-23T17:00", "2026-04-24T17:00")
    assert [letter.subject.partition("]")[0] for letter in letters[:3]] == [
        "[Đôn đốc – thường trực",
        "[Đôn đốc – dự thảo",
        "[Đôn đốc – báo cáo",
    ]
    assert len(letters) == 2 + len(READERS) + len(COMPILERS)


@pytest.mark.parametrize("back_at", ["2026-04-03T17:20", "2026-04-06T07:00", "2026-04-08T10:00"])
def test_after_downtime_the_summary_is_that_of_its_hour(free: Desk, back_at: str) -> None:
    free.now = local("2026-04-02T08:00")
    free.evaluate()
    reported(free.office, [one(free, "A.1")], "done", said(free), on=date(2026, 4, 2))
    free.restart()
    letters = at(free, back_at, "2026-04-08T10:05")
    assert recipients(letters) == [*READERS, *COMPILERS]
    found = kept(free, "sent")
    assert found is not None
    assert found.at == local("2026-04-03T17:00")
    assert [entry.number for entry in found.results] == ["A.1"]
    assert kept(free, "draft") is None


def test_after_weeks_of_downtime_only_the_last_week_is_summed_up_with_the_results_of_all(free: Desk) -> None:
    at(free, "2026-04-03T17:00")
    free.now = local("2026-04-08T09:00")
    reported(free.office, [one(free, "A.2")], "done", said(free), on=date(2026, 4, 8))
    letters = at(free, "2026-04-27T08:00", "2026-04-28T08:00")
    # 27 April is a day off: the letters wait for the next opening.
    assert {letter.subject.partition(": ")[0] for letter in letters} == {"[Đôn đốc – báo cáo] Báo cáo tuần 17 năm 2026"}
    assert len(letters) == len(READERS) + len(COMPILERS)
    found = kept(free, "sent", "2026-W17")
    assert found is not None
    assert [entry.number for entry in found.results] == ["A.2"]
    assert found.previous is not None
    assert str(found.previous.period) == WEEK
    assert "Kết quả tính từ báo cáo trước, tuần 14 năm 2026 (17h00 ngày 03/4/2026)." in text_of(letters[0])


def test_a_summary_that_comes_to_its_hour_at_night_waits_for_the_morning(opened: Opening) -> None:
    desk = opened(**FREE)
    desk.apply(TASKS)
    assert at(desk, "2026-04-03T20:00", "2026-04-05T09:00") == []
    assert len(at(desk, "2026-04-06T07:00")) == len(READERS) + len(COMPILERS)


def test_a_summary_does_not_wait_for_a_share_that_is_used_up(opened: Opening) -> None:
    desk = opened(**(FREE | {"DONDOC_MAIL__DAILY_CAP_PER_PERSON": "1"}))
    desk.apply(TASKS)
    desk.now = local("2026-04-03T07:00")
    assert {"head1@tinh.example", "focal1@tinh.example"} <= {letter.recipient for letter in desk.tick()}
    letters = at(desk, "2026-04-03T09:00", "2026-04-03T15:00", "2026-04-03T17:00")
    assert recipients(letters) == ["focal1@tinh.example"] * 2 + [*READERS, *COMPILERS]


def test_a_summary_uses_up_nobodys_share(opened: Opening) -> None:
    desk = opened(**(FREE | {"DONDOC_MAIL__DAILY_CAP_PER_PERSON": "1"}))
    late = "  - {id: A.2, title: Quy chế dữ liệu, lead: u3, deadline: 2026-03-20}\n"
    desk.apply(late)
    assert "head1@tinh.example" in recipients(at(desk, "2026-04-03T17:00"))
    desk.apply(late + "  - {id: A.9, title: Kế hoạch dữ liệu, lead: u1, deadline: 2026-04-01}\n")
    desk.now = local("2026-04-03T17:10")
    assert "head1@tinh.example" in recipients(desk.tick())


@pytest.mark.parametrize(("passes", "leaves"), [("17:00", True), ("17:59", True), ("18:00", False)])
def test_a_summary_of_the_hour_at_which_the_window_closes_leaves_within_an_hour(
    opened: Opening, passes: str, leaves: bool
) -> None:
    desk = opened(**(FREE | {"DONDOC_MAIL__SEND_WINDOW__UNTIL": "17:00"}))
    desk.apply(TASKS)
    assert len(at(desk, f"2026-04-03T{passes}")) == (len(READERS) + len(COMPILERS)) * leaves
    assert len(at(desk, "2026-04-06T07:00")) == (len(READERS) + len(COMPILERS)) * (not leaves)


def test_an_office_that_began_after_the_hour_has_nothing_to_sum_up(opened: Opening) -> None:
    desk = opened(**FREE)
    desk.now = local("2026-04-04T10:00")
    desk.apply(TASKS)
    assert at(desk, "2026-04-04T10:01", "2026-04-06T08:00") == []
    assert len(at(desk, "2026-04-10T17:00")) == len(READERS) + len(COMPILERS)


def test_nothing_is_summed_up_where_nothing_is_configured(desk: Desk) -> None:
    desk.apply(TASKS)
    assert at(desk, "2026-04-03T09:00", "2026-04-03T15:00", "2026-04-03T17:00", "2026-04-30T17:00") == []


def test_months_and_quarters_are_summed_up_beside_weeks(opened: Opening) -> None:
    more = {"DONDOC_SUMMARY__MONTHLY": "last working day", "DONDOC_SUMMARY__QUARTERLY": "30"}
    desk = opened(**(FREE | more))
    desk.apply(TASKS)
    left = {letter.subject.partition(": ")[0] for letter in at(desk, "2026-03-31T17:00", "2026-06-30T17:00")}
    assert left == {
        "[Đôn đốc – báo cáo] Báo cáo tháng 3 năm 2026",
        "[Đôn đốc – báo cáo] Báo cáo tháng 6 năm 2026",
        "[Đôn đốc – báo cáo] Báo cáo quý II năm 2026",
        "[Đôn đốc – báo cáo] Báo cáo tuần 26 năm 2026",
        "[Đôn đốc – báo cáo] Báo cáo quý I năm 2026",
    }


# --- once --------------------------------------------------------------------------------------------------------


def test_two_daemons_at_once_send_one_summary(free: Desk) -> None:
    now = local("2026-04-03T17:00")
    free.now = local("2026-04-03T16:00")
    free.tick()
    counts: list[int] = []

    def pass_() -> None:
        other = Desk(free.folder, free.config, free.engine, now)
        counts.append(sum_up(other.office, now=now))

    threads = [Thread(target=pass_) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(counts) == [0, 0, 0, len(READERS) + len(COMPILERS)]
    assert free.run("SELECT count(*) FROM summary WHERE step = 'sent'") == [(1,)]
    assert recipients(at(free, "2026-04-03T17:00")) == [*READERS, *COMPILERS]


def test_a_summary_that_cannot_be_drawn_up_is_a_trouble_and_reminders_go_on(free: Desk) -> None:
    free.now = local("2026-04-03T16:00")
    free.tick()
    before = free.run("SELECT id, snapshot FROM summary")
    # A summary of an earlier week that this version cannot read any more.
    free.run(
        "INSERT INTO summary (office, period, kind, step, snapshot, drawn_at, recorded_at, recorded_by)"
        " VALUES ('tinh/u1', '2026-W13', 'week', 'sent', '{}', :at, :at, 'x') RETURNING id",
        at=free.now - timedelta(7),
    )
    assert at(free, "2026-04-03T17:00", "2026-04-03T17:01") == []
    [(subject, times)] = free.run("SELECT subject, times FROM trouble WHERE kind = 'summary' AND resolved_at IS NULL")
    assert (subject, times) == (OFFICE, 1)
    assert before
    free.run("DELETE FROM summary WHERE period = '2026-W13' RETURNING id")
    assert len(at(free, "2026-04-06T07:05")) == len(READERS) + len(COMPILERS)
    assert free.run("SELECT count(*) FROM trouble WHERE kind = 'summary' AND resolved_at IS NULL") == [(0,)]


# --- confirmation ------------------------------------------------------------------------------------------------


def test_nothing_leaves_that_the_standing_office_has_not_confirmed(weekly: Desk) -> None:
    assert len(at(weekly, "2026-04-03T09:00", "2026-04-03T15:00")) == 2
    assert at(weekly, "2026-04-03T17:00", "2026-04-06T08:00") == []
    writing.confirmed(weekly.office, OFFICE, read_period(WEEK), said(weekly))
    assert recipients(at(weekly, "2026-04-06T08:01", "2026-04-06T08:02")) == [*READERS, *COMPILERS]
    assert kept(weekly, "sent") == kept(weekly, "draft") == kept(weekly, "confirmed")
    with pytest.raises(writing.AlreadySent):
        writing.confirmed(weekly.office, OFFICE, read_period(WEEK), said(weekly))


def reminders(desk: Desk, *moments: str) -> list[tuple[str, str]]:
    """What the letters at these moments say of a draft that waits: the recipient and the subject."""
    left = []
    for moment in moments:
        desk.now = local(moment)
        left += [(one_.recipient, one_.subject) for one_ in desk.tick() if "nhắc xác nhận" in one_.subject]
    return left


def test_a_draft_that_nobody_confirms_is_called_to_mind_once_at_its_hour(weekly: Desk) -> None:
    asked = ("focal1@tinh.example", "[Đôn đốc – nhắc xác nhận] Dự thảo báo cáo tuần 14 năm 2026 chưa được xác nhận")
    assert reminders(weekly, "2026-04-03T15:00", "2026-04-03T16:59") == []
    assert reminders(weekly, "2026-04-03T17:00", "2026-04-03T17:05", "2026-04-06T08:00") == [asked]
    [letter] = [sent for sent in weekly.sent if "nhắc xác nhận" in sent.subject]
    assert "sau khi được xác nhận" in text_of(letter)


def test_no_draft_is_called_to_mind_that_was_confirmed_or_came_after_its_hour(weekly: Desk) -> None:
    at(weekly, "2026-04-03T15:00")
    writing.confirmed(weekly.office, OFFICE, read_period(WEEK), said(weekly))
    assert reminders(weekly, "2026-04-03T17:00", "2026-04-03T17:05") == []
    assert reminders(weekly, "2026-04-10T18:00", "2026-04-13T08:00", "2026-04-13T08:05") == []


def test_a_draft_that_waits_stands_in_the_statement_until_it_is_confirmed(weekly: Desk) -> None:
    def statement(moment: str) -> str:
        weekly.now = local(moment)
        [letter] = [sent for sent in weekly.tick() if "thường trực" in sent.subject]
        return text_of(letter)

    at(weekly, "2026-03-30T08:00", "2026-04-03T15:00", "2026-04-03T17:00")
    told = statement("2026-04-06T08:00")
    assert "DỰ THẢO BÁO CÁO CHƯA ĐƯỢC XÁC NHẬN" in told
    assert "Báo cáo tuần 14 năm 2026: chỉ được gửi đi sau khi được xác nhận." in told
    at(weekly, "2026-04-10T15:00")
    told = statement("2026-04-13T08:00")
    assert ("tuần 14" in told, "Báo cáo tuần 15 năm 2026" in told) == (False, True)
    at(weekly, "2026-04-17T15:00")
    writing.confirmed(weekly.office, OFFICE, read_period("2026-W16"), said(weekly))
    assert "DỰ THẢO" not in statement("2026-04-20T08:00")


def test_what_is_confirmed_before_the_hour_leaves_at_once_and_not_again_at_the_hour(free: Desk) -> None:
    at(free, "2026-04-03T15:00")
    free.now = local("2026-04-03T15:30")
    writing.contributed(free.office, "tinh", "u2", read_period(WEEK), "results", "Viết sau dự thảo", said(free))
    writing.confirmed(free.office, OFFICE, read_period(WEEK), said(free), anew=True)
    assert recipients(at(free, "2026-04-03T15:31")) == [*READERS, *COMPILERS]
    assert at(free, "2026-04-03T17:00", "2026-04-03T17:30") == []
    found = kept(free, "sent")
    assert found is not None
    assert [one_.content for one_ in found.said("results")] == ["Viết sau dự thảo"]
    with pytest.raises(writing.AlreadySent):
        writing.contributed(free.office, "tinh", "u2", read_period(WEEK), "next", "Quá muộn", said(free))


def test_what_was_confirmed_while_no_daemon_ran_leaves_weeks_later(weekly: Desk) -> None:
    at(weekly, "2026-04-03T15:00")
    writing.confirmed(weekly.office, OFFICE, read_period(WEEK), said(weekly))
    letters = at(weekly, "2026-04-15T08:00")
    names = [letter.subject.partition(": ")[0] for letter in letters if "báo cáo] Báo cáo" in letter.subject]
    assert names == ["[Đôn đốc – báo cáo] Báo cáo tuần 14 năm 2026"] * (len(READERS) + len(COMPILERS))


def test_acts_are_audited_with_who_and_by_which_way(weekly: Desk) -> None:
    weekly.now = local("2026-04-02T10:00")
    by = Said("vp2@tinh.example", weekly.now, via="web", origin="10.0.0.7")
    writing.contributed(weekly.office, "tinh", "u2", read_period(WEEK), "results", " Đã trình\r\nUBND ", by)
    writing.marked(weekly.office, one(weekly, "A.2"), date(2026, 4, 1), by)
    writing.confirmed(weekly.office, OFFICE, read_period(WEEK), by)
    assert weekly.run("SELECT person, action, subject, via, origin FROM audit ORDER BY id") == [
        ("vp2@tinh.example", "contribute results", "2026-W14 (u2)", "web", "10.0.0.7"),
        ("vp2@tinh.example", "mark entered", "p/A.2 (u3)", "web", "10.0.0.7"),
        ("vp2@tinh.example", "confirm summary", "2026-W14 (tinh/u1)", "web", "10.0.0.7"),
    ]


# --- what it says ------------------------------------------------------------------------------------------------


def week_of_work(desk: Desk) -> None:
    """A week in which things were reported, accepted, difficult, written and entered."""
    desk.now = local("2026-04-01T10:00")
    desk.evaluate()
    reported(desk.office, [one(desk, "A.1")], "done", said(desk), on=date(2026, 4, 1))
    verified(desk.office, one(desk, "A.1"), "accepted", said(desk))
    remarked(desk.office, one(desk, "A.4"), "difficulty", said(desk, "Chưa bố trí kinh phí"))
    remarked(desk.office, one(desk, "A.4"), "progress", said(desk), percent=40)
    writing.marked(desk.office, one(desk, "A.2"), date(2026, 4, 1), said(desk))
    writing.contributed(desk.office, "tinh", "u2", read_period(WEEK), "results", "Bản đầu", said(desk))
    writing.contributed(desk.office, "tinh", "u2", read_period(WEEK), "results", "Đã trình Kế hoạch", said(desk))
    desk.now = local("2026-04-03T10:00")
    writing.contributed(desk.office, "tinh", "u3", read_period(WEEK), "next", "Họp liên ngành", said(desk))
    reported(desk.office, [one(desk, "A.2")], "done", said(desk), on=date(2026, 4, 3))


def test_a_summary_tells_what_was_said_in_its_week(free: Desk) -> None:
    week_of_work(free)
    at(free, "2026-04-03T17:00")
    found = kept(free, "sent")
    assert found is not None
    assert {(entry.number, entry.result) for entry in found.results} == {("A.1", "accepted"), ("A.2", "reported")}
    [troubled] = found.troubled
    assert (troubled.number, troubled.difficulty, troubled.percent) == ("A.4", "Chưa bố trí kinh phí", 40)
    assert [(wrote.unit, wrote.section, wrote.content) for wrote in found.contributions] == [
        ("u2", "results", "Đã trình Kế hoạch"),
        ("u3", "next", "Họp liên ngành"),
    ]
    # u2 wrote in time, u3 an hour late; u1 draws it up itself.
    assert [(unit.unit, unit.wrote_at) for unit in found.unheard] == [("u3", local("2026-04-03T10:00"))]
    [stale] = found.stale_marks
    assert stale.number == "A.2"


def test_a_report_is_new_in_the_week_in_which_it_was_recorded_and_not_once_more_when_it_is_accepted(free: Desk) -> None:
    week_of_work(free)
    [letter, *_] = at(free, "2026-04-03T17:00")
    assert "2 mới báo cáo hoàn thành" in letter.subject
    free.now = local("2026-04-04T09:00")
    verified(free.office, one(free, "A.2"), "accepted", said(free))
    reported(free.office, [one(free, "A.4")], "done", said(free), on=date(2026, 4, 4))
    letter = at(free, "2026-04-10T17:00")[-1]
    assert "1 mới báo cáo hoàn thành" in letter.subject
    text = text_of(letter)
    assert "Đã hoàn thành (1 lượt):\r\n- A.4." in text.replace("\r\n\r\n", "\r\n")
    assert "Đã báo cáo từ trước, nay được xác nhận (1 lượt):\r\n- A.2." in text
    found = kept(free, "sent", "2026-W15")
    assert found is not None
    assert {entry.number: (entry.result, entry.is_new) for entry in found.results} == {
        "A.2": ("accepted", False),
        "A.4": ("reported", True),
    }


def test_a_report_that_names_a_day_before_the_first_summary_is_a_result_of_it_with_its_flag(free: Desk) -> None:
    free.now = local("2026-04-01T10:00")
    free.evaluate()
    reported(free.office, [one(free, "A.2")], "done", said(free), on=date(2026, 3, 19))
    letters = at(free, "2026-04-03T17:00")
    found = kept(free, "sent")
    assert found is not None
    assert [(entry.number, entry.days_backdated) for entry in found.results] == [("A.2", 13)]
    assert len(annex(found, "vi").rows) == found.counts.total
    text = text_of(letters[0])
    assert "Đã hoàn thành (1 lượt):" in text
    assert "báo sau hạn, muộn hơn ngày hoàn thành 13 ngày" in text
    page = load_workbook(BytesIO([*message(letters[0]).iter_attachments()][1].get_content())).worksheets[0]
    remarks = {row[2]: row[11] for row in page.iter_rows(values_only=True)}
    assert remarks["A.2"] == "Báo sau hạn, muộn hơn ngày hoàn thành 13 ngày"


def test_what_was_reported_after_the_hour_of_a_summary_that_nobody_drew_up_is_a_result_of_the_first(
    opened: Opening,
) -> None:
    desk = opened(**FREE)
    desk.now = local("2026-03-27T18:00")
    desk.apply(TASKS)
    desk.evaluate()
    reported(desk.office, [one(desk, "A.1")], "done", said(desk), on=date(2026, 3, 27))
    at(desk, "2026-04-03T17:00")
    found = kept(desk, "sent")
    assert found is not None
    assert [entry.number for entry in found.results] == ["A.1"]


def test_what_is_due_at_the_hour_of_the_summary_is_due_today_in_all_its_forms(free: Desk) -> None:
    due = '  - {id: A.6, title: Báo cáo ngày, lead: u2, deadline: {by: 2026-04-03, at: "17:00"}}\n'
    free.apply(due + due.replace("A.6", "A.7").replace("17:00", "16:59"))
    letters = at(free, "2026-04-03T17:00")
    found = kept(free, "sent")
    assert found is not None
    assert {entry.number: entry.status.timeliness for entry in found.entries} == {"A.6": "due_today", "A.7": "late"}
    assert (found.counts.of[Count.OPEN_LATE], sum(found.by_age.values())) == (1, 1)
    assert (found.counts.due_today, found.counts.due_soon) == (1, 0)
    assert "1 đến hạn hôm nay" in str(message(letters[0])["Subject"])
    assert "Đến hạn hôm nay 1; sắp đến hạn 0" in text_of(letters[0])
    page = load_workbook(BytesIO([*message(letters[0]).iter_attachments()][1].get_content())).worksheets[0]
    days = {row[2]: (row[7], row[8]) for row in page.iter_rows(values_only=True) if row[2] in ("A.6", "A.7")}
    assert days == {"A.6": ("Đến hạn hôm nay", None), "A.7": ("Quá hạn", 0)}


def test_the_next_summary_is_compared_with_the_one_before(free: Desk) -> None:
    week_of_work(free)
    at(free, "2026-04-03T17:00")
    letters = at(free, "2026-04-10T17:00")
    found = kept(free, "sent", "2026-W15")
    assert found is not None
    assert found.previous is not None
    assert (str(found.previous.period), found.since) == (WEEK, local("2026-04-03T17:00"))
    assert found.results == ()
    # That Friday's report went unreported and is closed; this Friday's is late since nine.
    assert {(entry.number, entry.key.occurrence) for entry in found.newly_late} == {("A.3", "2026-04-10")}
    assert {entry.key.occurrence for entry in found.lapsed} == {"2026-04-03"}
    assert "(+3)" in text_of(letters[-1])


def numbers(desk: Desk, moment: datetime) -> dict[str, int]:
    """The counts of `status` at that instant, but for those of what recurs and begins later."""
    today = (moment + timedelta(hours=7)).date()
    with desk.engine.connect() as connection:
        rows = list(standing(connection, desk.config, at=moment))
    begun = [
        row
        for row in rows
        if not (row.key.task == "A.3" and row.status.progress == "not_begun" and begins(row) > today)
    ]
    assert len(begun) < len(rows)
    return counted(row.status for row in begun).as_json() | {
        "tasks": len({row.key.task for row in begun}),
        "ahead": len(rows) - len(begun),
    }


def begins(row: Row) -> date:
    """The day after the Friday before the one on which a weekly report is due."""
    return date.fromisoformat(row.key.occurrence) - timedelta(6)


def totals_of(letter: Envelope) -> list[dict[str, int]]:
    """The counts of a letter: those of its text, of its Word document and of its workbook."""
    from docx import Document

    from rules.summary import NAMES

    names = {NAMES[what].vi: str(what) for what in Count} | {"Tổng số": "total"}
    text = dict(line.removeprefix("- ").split(": ", 1) for line in text_of(letter).splitlines() if ": " in line)
    found = [{key: int(text[name].split()[0]) for name, key in names.items()}]
    word, excel = (BytesIO(part.get_content()) for part in message(letter).iter_attachments())
    rows = [[cell.text for cell in row.cells] for row in Document(word).tables[1].rows]
    found.append({names[row[0]]: int(row[1]) for row in rows if row[0] in names})
    page = load_workbook(excel).worksheets[1]
    sheet = [row for row in page.iter_rows(values_only=True) if row[0] in names]
    found.append({names[str(row[0])]: int(str(row[1])) for row in sheet})
    return found


@pytest.mark.parametrize("seed", range(3))
def test_the_totals_of_mail_document_workbook_json_and_status_are_the_same(free: Desk, seed: int) -> None:
    dice = random.Random(seed)
    free.now = MONDAY
    free.evaluate()
    for _ in range(25):
        free.now += timedelta(hours=dice.randint(1, 4))
        do_something(free, dice)
    letters = at(free, "2026-04-03T17:00", "2026-04-10T17:00")
    for period, letter in ((WEEK, letters[0]), ("2026-W15", letters[-1])):
        found = kept(free, "sent", period)
        assert found is not None
        expected = numbers(free, found.at)
        assert expected == found.counts.as_json() | {"tasks": found.tasks, "ahead": found.ahead}
        three = {str(what): expected[str(what)] for what in Count} | {"total": expected["total"]}
        assert totals_of(letter) == [three, three, three]
        with free.engine.connect() as connection:
            again = snapshot_at(connection, free.config, OFFICE, read_period(period), at=found.at)
        assert again == found


def do_something(desk: Desk, dice: random.Random) -> None:
    with desk.engine.connect() as connection:
        found = dice.choice(listing(connection, Filter(kinds=("task",))))
        troubled = found.id in difficulties(connection)
    match dice.randint(0, 5):
        case 0 | 1 if found.state == "open":
            # An occurrence is not done before it began.
            today = local_day(desk.now, desk.config.policy.zone)
            earlier = 0 if found.key.occurrence else dice.randint(0, 9)
            reported(desk.office, [found], "done", said(desk), on=today - timedelta(earlier))
        case 2 if found.state == "done":
            with suppress(NothingToVerify):  # It has its verdict.
                verified(desk.office, found, dice.choice(["accepted", "returned"]), said(desk, "thiếu phụ lục"))
        case 3 if found.state == "open":
            remarked(desk.office, found, "resolved" if troubled else "difficulty", said(desk, "vướng"))
        case 4:
            writing.marked(desk.office, found, desk.now.date(), said(desk))
        case _:
            desk.evaluate()


# --- who reads it ------------------------------------------------------------------------------------------------


def test_a_letter_to_somebody_who_left_meanwhile_goes_to_the_successor(free: Desk) -> None:
    free.now = local("2026-04-03T17:00")
    free.evaluate()
    files = {"p": programme(TASKS), "common": COMMON}
    moved = directory().replace("over2@tinh.example", "moi2@tinh.example")
    free.apply(**{**files, "tasks": TASKS, "tinh": moved})  # type: ignore[arg-type]
    letters = at(free, "2026-04-03T17:01", "2026-04-03T17:02")
    assert sorted(recipients(letters)) == sorted(
        [*(one_ for one_ in READERS if "over2" not in one_), "moi2@tinh.example", *COMPILERS]
    )


def test_who_wrote_meanwhile_is_not_named_as_missing(free: Desk) -> None:
    free.now = local("2026-04-03T09:00")
    free.evaluate()
    for unit in ("u2", "u3"):
        writing.contributed(free.office, "tinh", unit, read_period(WEEK), "results", "Đã xong", said(free))
    assert [letter for letter in at(free, "2026-04-03T09:05") if "chưa gửi" in letter.subject] == []
    assert free.run("SELECT state FROM message WHERE kind = :kind", kind=SUMMARY) == [("empty",)]


def test_two_standing_offices_sum_up_what_is_theirs(opened: Opening) -> None:
    desk = opened(**FREE)
    other = programme(ONE_TASK, id="q").replace("standing: u1", "standing: u3")
    desk.apply(TASKS, q=other)
    letters = at(desk, "2026-04-03T17:00")
    by_key = {office: json.loads(text) for office, text in desk.run("SELECT office, snapshot FROM summary")}  # type: ignore[arg-type]
    assert set(by_key) == {"tinh/u1", "tinh/u3"}
    assert {one_["programme"] for one_ in by_key["tinh/u3"]["obligations"]} == {"q"}
    assert recipients(letters).count("chair@tinh.example") == 2


def test_an_overlong_text_is_refused_whole(weekly: Desk) -> None:
    weekly.now = local("2026-04-02T10:00")
    with pytest.raises(writing.TooLong):
        writing.contributed(weekly.office, "tinh", "u2", read_period(WEEK), "results", "a" * 20_001, said(weekly))
    assert weekly.run("SELECT count(*) FROM contribution") == [(0,)]


def test_a_text_that_is_taken_back_counts_as_not_written(weekly: Desk) -> None:
    weekly.now = local("2026-04-02T10:00")
    for text in ("Đã trình", "  "):
        writing.contributed(weekly.office, "tinh", "u2", read_period(WEEK), "results", text, said(weekly))
    with weekly.engine.connect() as connection:
        assert contributions(connection, WEEK, "tinh", unit="u2") == []
    found: Any = writing.confirmed(weekly.office, OFFICE, read_period(WEEK), said(weekly))
    assert found.contributions == ()


def test_an_indicator_with_a_new_value_stands_in_the_summary_beside_the_value_before(opened: Opening) -> None:
    desk = opened(**FREE)
    desk.apply(TASKS + INDICATOR)
    for number, (day, value, recorded) in enumerate(
        [("2026-03-01", "58", "2026-03-25"), ("2026-04-01", "62", "2026-04-02"), ("2026-04-02", "99", "2026-04-02")], 1
    ):
        desk.run(
            "INSERT INTO measurement (id, programme, indicator, measured_on, value, unit, recorded_at, recorded_by, via)"
            f" VALUES ({number}, 'p', 'I.1', '{day}', '{value}', 'u2', :at, 'an', 'cli') RETURNING id",
            at=local(f"{recorded}T08:00"),
        )
    desk.run(
        "INSERT INTO measurement (id, programme, indicator, measured_on, value, unit, recorded_at, recorded_by, via, retracts)"
        " VALUES (4, 'p', 'I.1', '2026-04-02', '99', 'u2', :at, 'an', 'cli', 3) RETURNING id",
        at=local("2026-04-02T09:00"),
    )
    letters = at(desk, "2026-04-03T17:00")
    assert "Phủ sóng 5G: 62% – ngày 01/4/2026; trước đó 58%; mục tiêu năm 2026: ≥ 70%" in text_of(letters[0])
    found = kept(desk, "sent")
    assert found is not None
    assert [(one_.value, one_.before) for one_ in found.measured] == [("62", "58")]


def test_a_value_for_a_day_before_that_of_one_known_already_is_no_news(opened: Opening) -> None:
    desk = opened(**FREE)
    desk.apply(TASKS + INDICATOR)
    for number, day, recorded in ((1, "2026-03-20", "2026-03-25"), (2, "2026-03-01", "2026-04-02")):
        desk.run(
            "INSERT INTO measurement (id, programme, indicator, measured_on, value, unit, recorded_at, recorded_by, via)"
            f" VALUES ({number}, 'p', 'I.1', '{day}', '58', 'u2', :at, 'an', 'cli') RETURNING id",
            at=local(f"{recorded}T08:00"),
        )
    at(desk, "2026-04-03T17:00")
    found = kept(desk, "sent")
    assert found is not None
    assert found.measured == ()
