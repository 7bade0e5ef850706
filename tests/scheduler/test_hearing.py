"""Hearing: letters repeat what units said of their tasks, and what was reported of those that are done."""

from datetime import date

import pytest

from db.facts import Proof, RemarkKind, Said, record_report
from rules.obligation import ObligationKey
from rules.wording import Wording
from scheduler import recording
from scheduler.hearing import heard
from tests.extending import HEAD, OVERSEER, STANDING, stored
from tests.offices import DAY, ONE_TASK, Desk, text_of

KEY = ObligationKey("p", "A.1", "", "u2", "")


def say(desk: Desk, kind: RemarkKind, note: str, percent: int | None = None) -> None:
    recording.remarked(desk.office, stored(desk, KEY), kind, Said(HEAD, desk.now, note, "web"), percent=percent)


def letters_of_days(desk: Desk, reader: str, days: int) -> str:
    told = ""
    for _ in range(days):
        told += "".join(" ".join(text_of(one).split()) for one in desk.tick() if one.recipient == reader)
        desk.now += DAY
    return told


@pytest.mark.parametrize("reader", [HEAD, OVERSEER])
def test_a_late_line_repeats_what_the_unit_said(small: Desk, reader: str) -> None:
    small.apply(ONE_TASK)
    small.tick()
    day = f"({small.now:%d/%m/%Y})".replace("/03/", "/3/")
    say(small, "progress", "mới họp", 10)
    say(small, "progress", "đã rà soát 120/300", 40)
    say(small, "difficulty", "chưa có kinh phí")
    say(small, "not_ours", "thuộc Sở Y tế")
    small.now += DAY
    told = letters_of_days(small, reader, 20)
    assert f"Đơn vị đã báo: 40%, đã rà soát 120/300 {day}" in told
    assert f"Khó khăn: chưa có kinh phí {day}" in told
    assert f"Cho rằng không thuộc trách nhiệm: thuộc Sở Y tế {day}" in told
    assert "mới họp" not in told


def test_a_difficulty_that_is_seen_to_is_not_repeated(small: Desk) -> None:
    small.apply(ONE_TASK)
    small.tick()
    say(small, "difficulty", "chưa có kinh phí")
    say(small, "resolved", "đã bố trí")
    small.now += DAY
    told = letters_of_days(small, OVERSEER, 20)
    assert "Quá hạn" in told
    assert "chưa có kinh phí" not in told


def test_a_report_to_be_verified_tells_its_day_its_document_its_proofs_and_that_it_was_backdated(small: Desk) -> None:
    small.apply(ONE_TASK)
    small.tick()
    small.now += 9 * DAY
    made = Said(HEAD, small.now, "xong", "web")
    proofs = [Proof(link="https://tinh.example/1"), Proof(link="https://tinh.example/2")]
    recording.reported(
        small.office, [stored(small, KEY)], "done", made, on=date(2026, 4, 2), proofs=proofs, document="7/QĐ-UBND"
    )
    told = letters_of_days(small, STANDING, 2)
    late = (small.now.date() - date(2026, 4, 2)).days - 2
    assert (
        f"Báo hoàn thành ngày 02/4/2026; 7/QĐ-UBND; 2 minh chứng; báo sau hạn, muộn hơn ngày hoàn thành {late} ngày"
        in told
    )


def test_the_weekly_statement_tells_of_a_report_what_the_letter_to_verify_it_told(small: Desk) -> None:
    small.apply(ONE_TASK)
    small.tick()
    small.now += 9 * DAY
    made = Said(HEAD, small.now, "đã trình hồ sơ", "web")
    recording.reported(small.office, [stored(small, KEY)], "done", made, on=date(2026, 4, 2), document="7/QĐ-UBND")
    words = (
        "Báo hoàn thành ngày 02/4/2026; 7/QĐ-UBND; không có minh chứng; báo sau hạn, muộn hơn ngày hoàn thành 6 ngày"
    )
    assert words in letters_of_days(small, STANDING, 2)
    later = letters_of_days(small, STANDING, 7)
    assert f"Nộp báo cáo (Sở 2): {words}; đã trình hồ sơ" in later.partition("BÁO CÁO CHỜ XÁC NHẬN")[2]


def test_a_value_tells_itself_and_its_source_instead_of_a_document_and_proofs(small: Desk) -> None:
    small.apply(ONE_TASK)
    found, rulebook = stored(small, KEY), small.office.rulebook
    with small.engine.begin() as connection:
        note = "Số liệu ngày 25/3/2026: 64,5% (12/BC-SKHCN)"
        record_report(
            connection,
            found.id,
            kind="done",
            said_on=date(2026, 3, 26),
            unit="u2",
            recorded_by=HEAD,
            recorded_at=small.now,
            note=note,
        )
        asked = {found.id: KEY._replace(task="indicator:CT.1")}
        told = heard(connection, asked, rulebook, zone=small.config.policy.zone)
    assert told == {found.id: (Wording(note, note),)}
