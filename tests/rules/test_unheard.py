"""Why nobody heard: for each rung that has come what kept it back, or that it was sent after all."""

from dataclasses import replace
from datetime import timedelta

import pytest

from rules.circumstances import Circumstances, InOutbox, Said, Silencing, Stopped
from rules.explain import RungStory, story
from rules.followed import Followed
from rules.obligation import Facts, Notice, ObligationKey, Reason, Silence, Slot
from rules.programme import Rulebook
from rules.reasons import PLAIN
from rules.rehearse import rehearse
from rules.roster import Roster
from rules.unheard import Answer, unheard
from tests.rules.books import POLICY, at, book, day, task

DUE = book(task("2026-03-31"))
WATCHED = Facts(at("2026-01-05"))
LATE = Slot("late", 0, "a", "head")


def follow(rules: Rulebook, now: str, facts: Facts = WATCHED, *, occurrence: str = "") -> tuple[Followed, Roster]:
    roster = Roster(rules, POLICY)
    followed = roster.follow(ObligationKey("ct", "T.1", "", "a", occurrence), facts, today=at(now).date())
    assert followed is not None
    return followed, roster


def asked(
    now: str,
    *notices: Notice,
    facts: Facts = WATCHED,
    known: Circumstances | None = None,
    rules: Rulebook = DUE,
) -> tuple[Answer, ...]:
    followed, roster = follow(rules, now, facts)
    rungs = story(followed, facts, roster, notices, now=at(now))
    return unheard(followed, facts, rungs, known or Circumstances(), now=at(now))


def of(answers: tuple[Answer, ...], rung: str, role: str = "head") -> Answer:
    return next(answer for answer in answers if (answer.rung, answer.role) == (rung, role))


def notice(state: str, reason: Reason | None = None, *, slot: Slot = LATE, settled: str = "2026-04-01") -> Notice:
    settled_at = None if state == "owed" else at(settled)
    return Notice(slot, "to", at("2026-04-01"), state, "gd.a@x.example", reason, settled_at)  # type: ignore[arg-type]


def test_what_was_sent_says_when() -> None:
    found = of(asked("2026-04-02", notice("sent")), "late")
    assert (found.cause, found.person) == ("sent", "gd.a@x.example")
    assert found.words == ("Đã gửi 07h00 ngày 01/4/2026", "Sent at 07:00 on 1 April 2026")


def test_before_its_day_a_rung_has_not_come() -> None:
    found = of(asked("2026-03-30"), "late")
    assert (found.cause, found.at) == ("not_yet", at("2026-04-01"))


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_of_the_ledger_has_its_words(reason: Reason) -> None:
    found = of(asked("2026-04-02", notice("not_sent", reason)), "late")
    assert found.cause == reason.value
    assert found.words.vi
    assert found.words.en
    assert PLAIN.keys() == set(Reason)


def test_a_silence_says_who_asked_for_it_and_why() -> None:
    silence = Silencing(at("2026-03-30"), at("2026-04-10"), "Lan", "bão số 3")
    known = Circumstances(silences=(silence,))
    found = of(asked("2026-04-02", notice("not_sent", Reason.SILENCED), known=known), "late")
    assert found.words.vi == "Lan tạm dừng nhắc từ 07h00 ngày 30/3/2026 đến 07h00 ngày 10/4/2026: bão số 3"
    assert found.words.en.startswith("Silenced by Lan from ")


def test_a_rung_to_come_in_a_silence_says_so_beforehand() -> None:
    silence = Silencing(at("2026-03-30"), None, "Lan", "bão")
    facts = replace(WATCHED, silences=(Silence(silence.from_, None),))
    found = asked("2026-03-30 08:00", facts=facts, known=Circumstances(silences=(silence,)))
    assert of(found, "late").cause == "silenced"


def test_the_silence_of_another_person_keeps_nothing_back() -> None:
    silence = Silencing(at("2026-03-30"), None, "Lan", "nghỉ phép", person="gd.b@x.example")
    assert of(asked("2026-03-30 08:00", known=Circumstances(silences=(silence,))), "late").cause == "not_yet"


def test_a_report_says_who_recorded_it_and_for_which_day() -> None:
    known = Circumstances(report=Said(at("2026-03-31 15:00"), day("2026-03-30"), "Phòng Tổng hợp"))
    found = of(asked("2026-04-02", notice("not_sent", Reason.REPORTED), known=known), "late")
    assert found.words.vi == "Đã báo cáo hoàn thành ngày 30/3/2026 (Phòng Tổng hợp ghi 15h00 ngày 31/3/2026)"


def test_what_was_superseded_names_the_later_rung() -> None:
    soon = Slot("due-soon", 0, "a", "head")
    found = asked("2026-04-02", notice("not_sent", Reason.SUPERSEDED, slot=soon), notice("sent"))
    assert "late" in of(found, "due-soon").words.en


def test_what_was_late_at_first_sight_says_since_when_it_is_followed() -> None:
    facts = Facts(at("2026-04-20"))
    slot = Slot("due-soon", 0, "a", "head")
    found = asked("2026-04-21", notice("not_sent", Reason.BASELINE, slot=slot, settled="2026-04-20"), facts=facts)
    assert of(found, "due-soon").words.vi == (
        "Đã quá hạn khi bắt đầu theo dõi 07h00 ngày 20/4/2026: gộp trong thư đầu tiên"
    )


def test_what_is_owed_and_in_no_letter_waits_for_the_next_pass() -> None:
    assert of(asked("2026-04-01 07:01"), "late").cause == "owed"


def test_what_waits_in_a_letter_says_in_which_and_why() -> None:
    letter = InOutbox(12, "parked", None, "550 no such user")
    found = of(asked("2026-04-02", notice("owed"), known=Circumstances(letters={LATE: letter})), "late")
    assert (found.cause, found.words.en) == ("on_its_way", "In letter 12 (parked) : 550 no such user")


def test_the_stop_switch_comes_before_all_else() -> None:
    known = Circumstances(
        stops=(Stopped(at("2026-03-31 16:00"), None, "an", "sai danh bạ"),),
        letters={LATE: InOutbox(12, "pending", at("2026-04-01"), None)},
    )
    found = of(asked("2026-04-02", notice("owed"), known=known), "late")
    assert (found.cause, found.words.vi) == (
        "stopped",
        "Đã đến lúc nhưng an dừng gửi thư 16h00 ngày 31/3/2026: sai danh bạ",
    )


def test_a_stop_that_is_over_keeps_nothing_back() -> None:
    known = Circumstances(stops=(Stopped(at("2026-03-30"), at("2026-03-31"), "an", None),))
    assert of(asked("2026-04-02", notice("owed"), known=known), "late").cause == "owed"


def test_a_rung_on_days_off_waits_and_names_them() -> None:
    # 7 days late counts from Thursday 23 April: Thursday 30 April is Victory Day.
    rules = book(task("2026-04-23"))
    told = notice("sent", settled="2026-04-24")
    found = of(asked("2026-04-30 09:00", told, rules=rules), "overseer", "overseer")
    assert (found.cause, found.at) == ("deferred", at("2026-05-04"))
    assert "30/4/2026 Ngày Chiến thắng" in found.words.vi
    assert "01/5/2026 Ngày Quốc tế lao động" in found.words.vi


def test_a_rung_in_quiet_hours_waits_for_the_window() -> None:
    ladder = "ladder: chuan\nrungs: [{id: late, at: 1 hour late, to: [head]}]\n"
    rules = book(task('{before: 2026-03-31, at: "19:00"}'), ladder=ladder)
    found = of(asked("2026-03-31 21:00", rules=rules), "late")
    assert (found.cause, found.at) == ("deferred", at("2026-04-01"))
    assert "07h00 đến 18h00" in found.words.vi


def test_a_superior_waits_until_the_head_has_known_for_a_working_day() -> None:
    told = notice("sent", settled="2026-04-07 06:59")
    found = of(asked("2026-04-07 07:01", replace(told, settled_at=at("2026-04-07"))), "overseer", "overseer")
    assert (found.cause, found.at) == ("held_back", at("2026-04-08"))


def test_a_vacant_post_says_that_it_went_one_post_up() -> None:
    answer = of(asked("2026-04-02", notice("not_sent", Reason.NOBODY)), "late")
    assert answer.words.en == "Nobody in post: it went one post up"


def test_a_vacant_post_names_who_got_it_instead() -> None:
    vacant = replace(notice("not_sent", Reason.NOBODY), person=None)
    above = replace(notice("sent", slot=LATE._replace(role="overseer")), person="pct@x.example")
    assert of(asked("2026-04-02", vacant, above), "late").words.en == "Nobody in post: pct@x.example got it instead"


@pytest.mark.parametrize(
    ("tasks", "cause"),
    [
        (
            "events: {e: {title: Đề án, watch: {ask: b, every: month}}}\n" + task("{after: e, within: 30 days}"),
            "dormant",
        ),
        (task("{set_by: Văn bản khác}"), "undated"),
        (task("continuous"), "continuous"),
    ],
)
def test_what_has_no_day_says_why(tasks: str, cause: str) -> None:
    [found] = asked("2026-04-02", rules=book(tasks))
    assert found.cause == cause
    assert found.rung == ""


def test_an_event_that_is_waited_for_says_who_is_asked() -> None:
    events = "events: {e: {title: Đề án, watch: {ask: b, every: month}}}\n"
    [found] = asked("2026-04-02", rules=book(events + task("{after: e, within: 30 days}")))
    assert "hằng tháng hỏi b" in found.words.vi


def test_what_would_be_sent_later_is_told_as_such() -> None:
    followed, roster = follow(DUE, "2026-04-20")
    known_at, then = at("2026-03-30"), at("2026-04-20")
    rungs = story(followed, WATCHED, roster, (), now=then, known_at=known_at)
    found = unheard(followed, WATCHED, rungs, Circumstances(), now=then)
    assert of(found, "late").cause == "would_be_sent"
    assert of(found, "late").at == at("2026-04-01")


@pytest.mark.parametrize("known_on", ["2026-03-02", "2026-03-20", "2026-04-01", "2026-04-08"])
def test_from_any_day_on_the_story_to_come_is_what_will_have_been(known_on: str) -> None:
    """A ledger known up to a day and rehearsed from there is the ledger that a rehearsal from the beginning gives."""
    followed, roster = follow(DUE, "2026-05-04")
    then, known_at = at("2026-05-04 12:00"), at(known_on) + timedelta(hours=1)
    whole = rehearse(followed, WATCHED, roster, now=then)
    before = [one for one in whole.values() if one.settled_at and one.settled_at <= known_at]
    foretold = story(followed, WATCHED, roster, before, now=then, known_at=known_at)
    by_then = [one for one in whole.values() if one.settled_at and one.settled_at <= then]
    told = story(followed, WATCHED, roster, by_then, now=then)

    def outcomes(rungs: tuple[RungStory, ...]) -> set[object]:
        return {(rung.rung, rung.turn, one.email, one.state, one.at) for rung in rungs for one in rung.readers}

    assert outcomes(foretold) == outcomes(told)
    assert {one.is_rehearsed for rung in foretold for one in rung.readers} == {True, False} or not before


def test_what_is_on_its_way_counts_as_told_from_where_the_ledger_ends() -> None:
    """Told on 6 April, the head has known for a working day when the overseer's rung comes, on the 7th."""
    followed, roster = follow(DUE, "2026-04-20")
    known_at, then = at("2026-04-06 08:00"), at("2026-04-20")
    rungs = story(followed, WATCHED, roster, [notice("owed")], now=then, known_at=known_at)
    assert {one.at for rung in rungs if rung.rung == "overseer" for one in rung.readers if one.role == "overseer"} == {
        at("2026-04-07")
    }
    assert [one.at for rung in rungs if (rung.rung, rung.turn) == ("late", 0) for one in rung.readers] == [known_at]
