"""Recording answers: what suits an obligation is asked in the transaction that records it, whatever the caller read
before."""

from datetime import date

import pytest

from db.facts import (
    NotExtended,
    NothingToResolve,
    NothingToVerify,
    NotSo,
    NotThatDay,
    Said,
    open_requests,
    request_numbered,
    requests_of,
    trail,
)
from db.obligations import Filter, StoredObligation, by_ids, listing
from db.once import UsedUp
from scheduler import recording
from scheduler.standing import standing
from tests.extending import asked, granted
from tests.offices import DAY, Desk

ON = date(2026, 3, 30)


@pytest.fixture
def owed(desk: Desk) -> StoredObligation:
    """What u2 owes, as somebody read it before anything was said."""
    desk.apply()
    with desk.engine.connect() as connection:
        [found] = listing(connection, Filter(task="A.1"))
    return found


def said(desk: Desk, note: str | None = None, *, once: str | None = None) -> Said:
    return Said("an@tinh.example", desk.now, note, "web", once=once)


def counts(desk: Desk) -> list[object]:
    tables = ("report", "remark", "verification", "audit", "link_use")
    return [desk.run(f"SELECT count(*) FROM {table}")[0][0] for table in tables]


def test_of_two_reports_read_at_the_same_moment_one_is_recorded(desk: Desk, owed: StoredObligation) -> None:
    recording.reported(desk.office, [owed], "done", said(desk), on=ON)
    before = counts(desk)
    with pytest.raises(NotSo) as refused:
        recording.reported(desk.office, [owed], "done", said(desk, once="x"), on=ON)
    assert refused.value.state == "done"
    assert counts(desk) == before


def test_what_was_reported_done_takes_no_remark(desk: Desk, owed: StoredObligation) -> None:
    recording.reported(desk.office, [owed], "done", said(desk), on=ON)
    with pytest.raises(NotSo):
        recording.remarked(desk.office, owed, "progress", said(desk), percent=10)


def test_what_was_withdrawn_takes_no_report(desk: Desk, owed: StoredObligation) -> None:
    desk.now += DAY
    desk.apply("  - {id: A.2, title: Việc khác, lead: u3, deadline: 2026-05-01}\n")
    with pytest.raises(NotSo) as refused:
        recording.reported(desk.office, [owed], "done", said(desk), on=ON)
    assert refused.value.state == "withdrawn"


def test_of_two_verdicts_one_is_recorded(desk: Desk, owed: StoredObligation) -> None:
    recording.reported(desk.office, [owed], "done", said(desk), on=ON)
    recording.verified(desk.office, owed, "returned", said(desk, "thiếu"))
    before = counts(desk)
    with pytest.raises(NothingToVerify):
        recording.verified(desk.office, owed, "accepted", said(desk))
    assert counts(desk) == before


def test_a_number_records_once_and_leaves_nothing_the_second_time(desk: Desk, owed: StoredObligation) -> None:
    recording.remarked(desk.office, owed, "progress", said(desk, once="x"), percent=10)
    before = counts(desk)
    with pytest.raises(UsedUp):
        recording.remarked(desk.office, owed, "progress", said(desk, once="x"), percent=20)
    assert counts(desk) == before


def test_nothing_is_resolved_that_was_not_told(desk: Desk, owed: StoredObligation) -> None:
    with pytest.raises(NothingToResolve):
        recording.remarked(desk.office, owed, "resolved", said(desk))
    recording.remarked(desk.office, owed, "difficulty", said(desk, "thiếu kinh phí"))
    recording.remarked(desk.office, owed, "resolved", said(desk))
    with pytest.raises(NothingToResolve):
        recording.remarked(desk.office, owed, "resolved", said(desk))


def test_acceptance_dates_completion_by_the_day_of_the_report(desk: Desk, owed: StoredObligation) -> None:
    recording.reported(desk.office, [owed], "done", said(desk), on=ON)
    desk.now += 60 * DAY
    recording.verified(desk.office, owed, "accepted", said(desk))
    with desk.engine.connect() as connection:
        [row] = standing(connection, desk.config, at=desk.now)
    assert (row.done_on, row.status.timeliness, row.status.verification) == (ON, "done_in_time", "accepted")


def test_every_answer_is_audited_with_who_and_how(desk: Desk, owed: StoredObligation) -> None:
    recording.remarked(desk.office, owed, "difficulty", said(desk, "thiếu kinh phí"))
    recording.reported(desk.office, [owed], "done", said(desk, "xong"), on=ON)
    recording.verified(desk.office, owed, "returned", said(desk, "thiếu"))
    with desk.engine.connect() as connection:
        told = [(one.action, one.person, one.via, one.detail) for one in trail(connection)]
    assert told == [
        ("verify returned", "an@tinh.example", "web", "thiếu"),
        ("report done", "an@tinh.example", "web", "xong"),
        ("remark difficulty", "an@tinh.example", "web", "thiếu kinh phí"),
    ]


@pytest.mark.parametrize("day", [date(2026, 1, 4), date(2026, 3, 31)])
def test_a_day_before_the_document_or_to_come_is_recorded_of_nothing(
    desk: Desk, owed: StoredObligation, day: date
) -> None:
    before = counts(desk)
    with pytest.raises(NotThatDay) as refused:
        recording.reported(desk.office, [owed], "done", said(desk, once="x"), on=day)
    assert "chấp nhận từ 05/01/2026 đến 30/3/2026" in refused.value.words.vi
    assert counts(desk) == before


def waiting(desk: Desk) -> list[int]:
    with desk.engine.connect() as connection:
        return [request.number for request in open_requests(connection)]


def test_a_report_takes_back_the_request_that_waits_and_returned_it_may_be_asked_anew(
    desk: Desk, owed: StoredObligation
) -> None:
    first = asked(desk, owed.key, date(2026, 4, 20))
    recording.reported(desk.office, [owed], "done", said(desk), on=ON)
    assert waiting(desk) == []
    with desk.engine.connect() as connection:
        decided = request_numbered(connection, first.id)
    assert decided is not None
    assert decided.decided is not None
    assert (decided.decided.verdict, decided.decided.by) == ("withdrawn", "an@tinh.example")
    assert decided.decided.reason == "đã báo cáo hoàn thành"
    with pytest.raises(NotExtended):
        granted(desk, first)
    recording.verified(desk.office, owed, "returned", said(desk, "thiếu"))
    assert waiting(desk) == []
    assert asked(desk, owed.key, date(2026, 4, 20)).number == 2
    assert waiting(desk) == [2]


def test_a_report_leaves_what_was_decided_as_it_was(desk: Desk, owed: StoredObligation) -> None:
    granted(desk, asked(desk, owed.key, date(2026, 4, 20)))
    recording.reported(desk.office, [owed], "done", said(desk), on=ON)
    with desk.engine.connect() as connection:
        [request] = requests_of(connection, [owed.id])[owed.id]
    assert request.decided is not None
    assert request.decided.verdict == "granted"


def test_a_request_for_what_the_rules_took_out_waits_for_nobody_until_it_is_back(
    desk: Desk, owed: StoredObligation
) -> None:
    asked(desk, owed.key, date(2026, 4, 20))
    desk.now += DAY
    desk.apply("  - {id: A.2, title: Việc khác, lead: u3, deadline: 2026-05-01}\n")
    assert waiting(desk) == []
    desk.now += DAY
    desk.apply()
    assert waiting(desk) == [1]


def test_a_request_for_a_period_that_closed_waits_for_nobody(desk: Desk) -> None:
    desk.apply("  - {id: A.1, title: Nộp báo cáo, lead: u2, deadline: {every: month, on: 8, if_unreported: close}}\n")
    with desk.engine.connect() as connection:
        first = listing(connection, Filter(task="A.1"))[0]
    asked(desk, first.key, date(2026, 4, 20))
    desk.now += 45 * DAY
    desk.evaluate()
    with desk.engine.connect() as connection:
        assert by_ids(connection, [first.id])[first.id].state == "closed"
    assert waiting(desk) == []
