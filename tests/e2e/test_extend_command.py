"""`dondoc extend`: asked, decided, and what the deadline, its letters and its story make of it; on both databases."""

import re
from datetime import date, timedelta

import pytest

from db.facts import NotExtended, Said, granted_extensions
from rules.changes.planning import Edit, concerned, planned
from rules.extensions import Rule
from rules.obligation import ObligationKey
from rules.status import Timeliness
from scheduler.chronicle import Place, chronicle
from scheduler.extending import asked_extension, decided_extension
from scheduler.folder import load_rules, read_rules
from scheduler.present import present_of
from scheduler.recording import reported
from scheduler.standing import standing
from tests.e2e.conftest import having_lived
from tests.extending import CHAIR, FOCAL, HEAD, OVERSEER, STANDING, asked, granted, stored
from tests.offices import DAY, HOUR, Desk, programme, text_of
from tests.postgres import Prepare

A1 = ObligationKey("p", "A.1", "", "u2", "")
OWN = ObligationKey("p", "A.2", "", "u1", "")
TASKS = """\
  - {id: A.1, title: Nộp báo cáo, lead: u2, deadline: 2026-04-03}
  - {id: A.2, title: Tổng hợp, lead: u1, deadline: 2026-04-03}
  - {id: B.1, title: Báo cáo tháng, lead: {each: all}, deadline: {every: month, on: 10}}
  - {id: B.2, title: Báo cáo tuần, lead: u3, deadline: {every: week, on: friday}}
"""
"""Due on Friday, 3 April 2026; it is Monday, 30 March."""


def two_hours(desk: Desk) -> None:
    desk.apply("  - {id: X, title: Việc khác, lead: u3, deadline: 2026-12-01}\n")
    desk.tick()
    desk.now += HOUR
    desk.apply(TASKS)
    desk.tick()


@pytest.fixture
def prepare_database() -> Prepare:
    return having_lived(two_hours)


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """An office that has lived for two hours, and told its units of their tasks."""
    desk.write_all(TASKS)
    desk.now += 2 * HOUR
    return desk


def refused(desk: Desk, request: int, verdict: str, by: str, **more: object) -> Rule:
    with pytest.raises(NotExtended) as fault:
        decided_extension(desk.office, request, verdict, Said(by, desk.now, via="web"), **more)  # type: ignore[arg-type]
    return fault.value.refused.rule


def row(desk: Desk, key: ObligationKey, *, days: int = 0) -> tuple[Timeliness, int, date | None]:
    with desk.engine.connect() as connection:
        at = desk.now + days * DAY
        found = next(one for one in standing(connection, desk.config, at=at) if one.key == key)
        return found.status.timeliness, found.days_late, found.due


def test_a_granted_extension_moves_that_obligation_and_tells_the_unit(desk: Desk) -> None:
    request = asked(desk, A1, date(2026, 4, 20))
    desk.now += HOUR
    [letter] = [text_of(one) for one in desk.tick() if one.recipient == STANDING]
    assert "ĐỀ NGHỊ GIA HẠN, CHỜ QUYẾT ĐỊNH" in letter
    assert "Nộp báo cáo (Sở 2): đến ngày 20/4/2026: chờ vốn" in letter
    granted(desk, request)
    assert stored(desk, A1).due_on == date(2026, 4, 20)
    assert stored(desk, OWN).due_on == date(2026, 4, 3)
    assert stored(desk, A1).edition == 1
    letters = {one.recipient: text_of(one) for one in desk.tick()}
    assert {HEAD, FOCAL} <= letters.keys()
    assert "Hạn cũ: 03/4/2026, gia hạn theo văn bản 12/SKHCN-VP" in letters[HEAD]
    assert "thứ Hai 20/4/2026" in letters[HEAD]
    assert desk.findings() == []


@pytest.mark.parametrize(("key", "by", "reader"), [(A1, FOCAL, STANDING), (OWN, STANDING, "over1@tinh.example")])
def test_a_day_asked_for_keeps_the_hour_of_the_deadline_in_the_letter(
    desk: Desk, key: ObligationKey, by: str, reader: str
) -> None:
    desk.apply(TASKS.replace("deadline: 2026-04-03", 'deadline: {by: 2026-04-03, at: "15:00"}'))
    desk.tick()
    asked(desk, key, date(2026, 4, 20), by=by)
    desk.now += HOUR
    [letter] = [text_of(one) for one in desk.tick() if one.recipient == reader]
    assert "đến 15h00 ngày 20/4/2026: chờ vốn" in " ".join(letter.split())


def test_another_day_than_was_asked_for_may_be_granted(desk: Desk) -> None:
    granted(desk, asked(desk, A1, date(2026, 4, 20)), due=date(2026, 4, 15))
    assert stored(desk, A1).due_on == date(2026, 4, 15)


def test_who_asked_or_holds_a_post_of_the_unit_decides_nothing(desk: Desk) -> None:
    request = asked(desk, A1, date(2026, 4, 20), by=FOCAL)
    for by in (FOCAL, FOCAL.upper(), HEAD):
        assert refused(desk, request.id, "granted", by, document="1/X") is Rule.OWN
        assert refused(desk, request.id, "refused", by) is Rule.OWN
    for by in ("head3@tinh.example", "over3@tinh.example", CHAIR, "nobody@else.example"):
        assert refused(desk, request.id, "granted", by, document="1/X") is Rule.NOT_ALLOWED
    assert refused(desk, request.id, "withdrawn", "head3@tinh.example") is Rule.NOT_THE_ASKER
    granted(desk, request, by=OVERSEER)


def test_what_the_standing_office_asks_for_itself_goes_to_the_overseer_then_to_the_chair(desk: Desk) -> None:
    request = asked(desk, OWN, date(2026, 4, 20), by=STANDING)
    desk.now += HOUR
    letters = {one.recipient: text_of(one) for one in desk.tick()}
    assert "Đề nghị gia hạn: “đến ngày 20/4/2026: chờ vốn”" in letters["over1@tinh.example"]
    assert refused(desk, request.id, "granted", STANDING, document="1/X") is Rule.OWN
    assert refused(desk, request.id, "granted", "head1@tinh.example", document="1/X") is Rule.OWN
    assert refused(desk, request.id, "granted", OVERSEER, document="1/X") is Rule.NOT_ALLOWED
    granted(desk, request, by=CHAIR)
    assert stored(desk, OWN).due_on == date(2026, 4, 20)


def test_a_refusal_tells_the_unit_why_and_moves_nothing(desk: Desk) -> None:
    request = asked(desk, A1, date(2026, 4, 20))
    desk.tick()
    assert refused(desk, request.id, "refused", STANDING) is Rule.NO_REASON
    decided_extension(desk.office, request.id, "refused", Said(STANDING, desk.now, "gắn với kỳ họp", via="web"))
    desk.now += HOUR
    [letter] = [text_of(one) for one in desk.tick() if one.recipient == FOCAL]
    assert "Không đồng ý gia hạn" in letter
    assert "gắn với kỳ họp" in letter
    assert stored(desk, A1).due_on == date(2026, 4, 3)
    assert refused(desk, request.id, "granted", STANDING, document="1/X") is Rule.DECIDED


def test_a_request_taken_back_leaves_room_for_another(desk: Desk) -> None:
    request = asked(desk, A1, date(2026, 4, 20))
    with pytest.raises(NotExtended) as fault:
        asked(desk, A1, date(2026, 4, 21))
    assert fault.value.refused.rule is Rule.OPEN_REQUEST
    decided_extension(desk.office, request.id, "withdrawn", Said(HEAD, desk.now, via="web"))
    assert asked(desk, A1, date(2026, 4, 21)).number == 2


def test_granted_after_the_due_day_it_was_late_until_the_day_of_the_grant(desk: Desk) -> None:
    desk.now += 10 * DAY  # Thursday, 9 April
    desk.tick()
    with pytest.raises(NotExtended) as fault:
        asked(desk, A1, date(2026, 4, 20))
    assert fault.value.refused.rule is Rule.AFTER_DUE
    request = asked(desk, A1, date(2026, 4, 20), exception=True)
    assert request.is_exception
    desk.now += DAY
    granted(desk, request)
    desk.tick()
    assert row(desk, A1) == (Timeliness.IN_TIME, 0, date(2026, 4, 20))
    assert row(desk, A1, days=-1) == (Timeliness.LATE, 6, date(2026, 4, 3))
    assert desk.findings() == []


def test_only_that_occurrence_and_unit_is_moved_and_the_next_stays(desk: Desk) -> None:
    key = ObligationKey("p", "B.1", "", "u2", "2026-04-10")
    granted(desk, asked(desk, key, date(2026, 4, 16)))
    moved = [
        (unit, occurrence, str(due))
        for unit, occurrence, due in desk.run("SELECT unit, occurrence, due_on FROM obligation WHERE task = 'B.1'")
        if str(due) != occurrence
    ]
    assert moved == [("u2", "2026-04-10", "2026-04-16")]
    [told] = [text_of(one) for one in desk.tick() if one.recipient == HEAD]
    assert "gia hạn theo văn bản 12/SKHCN-VP" in told
    for _ in range(30):
        desk.now += DAY
        desk.tick()
    assert desk.findings() == []


def test_what_the_next_occurrence_takes_over_from_cannot_outlive_it(desk: Desk) -> None:
    key = ObligationKey("p", "B.2", "", "u3", "2026-04-03")
    with pytest.raises(NotExtended) as fault:
        asked(desk, key, date(2026, 4, 10))
    assert fault.value.refused.rule is Rule.PAST_PARENT
    assert asked(desk, key, date(2026, 4, 9)).number == 1


def test_a_later_edit_takes_the_place_of_an_extension_and_undone_gives_it_back(desk: Desk) -> None:
    granted(desk, asked(desk, A1, date(2026, 4, 20)))
    desk.tick()
    desk.now += DAY
    desk.apply(TASKS.replace("lead: u2, deadline: 2026-04-03", "lead: u2, deadline: 2026-04-13"))
    assert stored(desk, A1).due_on == date(2026, 4, 13)
    desk.now += HOUR
    desk.apply(TASKS)
    assert stored(desk, A1).due_on == date(2026, 4, 20)
    desk.tick()
    assert desk.findings() == []


def test_the_third_request_is_flagged(desk: Desk) -> None:
    for number, day in enumerate((20, 21, 22), 1):
        request = asked(desk, A1, date(2026, 4, day))
        assert (request.number, request.is_flagged) == (number, number == 3)
        granted(desk, request)
    with desk.engine.connect() as connection:
        chain = granted_extensions(connection)[A1]
    assert [(one.due_by_rules, one.due_before, one.due) for one in chain] == [
        (date(2026, 4, 3), date(2026, 4, 3), date(2026, 4, 20)),
        (date(2026, 4, 3), date(2026, 4, 20), date(2026, 4, 21)),
        (date(2026, 4, 3), date(2026, 4, 21), date(2026, 4, 22)),
    ]


def test_a_reported_task_is_not_extended(desk: Desk) -> None:
    request = asked(desk, A1, date(2026, 4, 20))
    reported(desk.office, [stored(desk, A1)], "done", Said(HEAD, desk.now), on=date(2026, 3, 30))
    # The report has taken the request back, and there is nothing to ask for.
    assert refused(desk, request.id, "granted", STANDING, document="1/X") is Rule.DECIDED
    with pytest.raises(NotExtended) as again:
        asked(desk, A1, date(2026, 4, 20))
    assert again.value.refused.rule is Rule.OVER


def test_a_day_off_is_taken_and_a_working_day_suggested(desk: Desk) -> None:
    said = Said(FOCAL, desk.now, "chờ vốn", via="web")
    allowed = asked_extension(desk.office, stored(desk, A1), date(2026, 4, 18), said)
    assert allowed.suggested == date(2026, 4, 20)
    assert timedelta(days=2) == allowed.suggested - date(2026, 4, 18)


def test_a_plan_says_which_stands_of_an_extension_and_an_edit(desk: Desk) -> None:
    granted(desk, asked(desk, A1, date(2026, 4, 20)))
    desk.tick()
    desk.now += HOUR
    was = desk.office.rulebook
    desk.write(programme(TASKS.replace("lead: u2, deadline: 2026-04-03", "lead: u2, deadline: 2026-04-13")))
    loaded = load_rules(read_rules(desk.config.rules, desk.config.folder)).rulebook
    assert loaded is not None
    edit, policy = Edit(was, loaded), desk.config.policy
    with desk.engine.connect() as connection:
        present = present_of(connection, [*was.programmes.values()], policy, now=desk.now)
    places = concerned(edit, present, policy, now=desk.now)
    changes = planned(edit, present, policy, places, whole=True, now=desk.now)
    [move] = [one for one in changes.moves if one.line.task == "A.1"]
    assert (move.before.due, move.after.due) == (date(2026, 4, 20), date(2026, 4, 13))
    [cause] = [one for one in move.causes if one.kind == "extension"]
    assert "12/SKHCN-VP không còn hiệu lực: bản sửa sau thay thế" in cause.text.vi


def test_the_story_of_the_task_has_the_request_the_decision_and_the_move(desk: Desk) -> None:
    granted(desk, asked(desk, A1, date(2026, 4, 20)))
    with desk.engine.connect() as connection:
        told = chronicle(connection, desk.config, Place("p", "A.1"))
    entries = [(one.kind, one.words.vi, one.document) for one in told.entries if one.kind in ("extension", "moved")]
    assert ("extension", "đề nghị gia hạn lần 1 đến 20/4/2026 (chờ vốn)", None) in entries
    assert ("extension", "đồng ý gia hạn đến 20/4/2026", "12/SKHCN-VP") in entries
    assert ("moved", "hạn cũ 03/4/2026, nay 20/4/2026 (chờ vốn)", "12/SKHCN-VP") in entries


def test_a_request_shows_the_hour_that_an_extension_keeps(desk: Desk) -> None:
    desk.now += HOUR
    desk.restart()
    desk.apply(TASKS.replace("deadline: 2026-04-03}", "deadline: {by: 2026-04-03, at: '17:00'}}", 1))
    granted(desk, asked(desk, A1, date(2026, 4, 20)), due=date(2026, 4, 15))
    with desk.engine.connect() as connection:
        told = chronicle(connection, desk.config, Place("p", "A.1")).entries
    words = [entry.words for entry in told if entry.kind == "extension"]
    assert [one.vi for one in words] == [
        "đề nghị gia hạn lần 1 đến 17h00 ngày 20/4/2026 (chờ vốn)", "đồng ý gia hạn đến 17h00 ngày 15/4/2026"
    ]  # fmt: skip
    assert [one.en for one in words] == [
        "extension 1 asked for until 17:00 on 20 April 2026 (chờ vốn)", "extension granted until 17:00 on 15 April 2026"
    ]  # fmt: skip
    moved = [entry.words.en for entry in told if entry.kind == "moved"]
    assert "was 3 April 2026, now 15 April 2026 (chờ vốn)" in moved
    assert not any(re.search(r"\d{4}-\d\d-\d\d", words) for words in moved)
