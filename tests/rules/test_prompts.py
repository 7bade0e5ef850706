"""Questions about events and the weekly statement: each once a period, to whom, and what they say."""

from collections.abc import Mapping
from datetime import date

import pytest

from rules.deadline import Unit
from rules.digest import Matter
from rules.programme import Occurred, Programme, Rulebook
from rules.prompts import matters, period_key, prompts, question, recipient, unrecorded
from rules.recipients import AddressBook
from rules.roster import Roster
from tests.rules.books import DIRECTORY, POLICY, at, book, day, mails, one, run, started

EVENTS = """events:
  de-an: {title: Trung ương ban hành Đề án, watch: {ask: b, every: month, expected: 2026-03-31}}
  thong-tu: {title: Bộ ban hành Thông tư, watch: {ask: c, every: quarter}}
  hop: {title: Họp, date: 2026-05-04}
"""
TASKS = (
    "tasks:\n"
    + one("{after: de-an, within: 30 days}", id="T.1")
    + one("{after: de-an}", id="T.2", lead="b")
    + one("{set_by: Đề án số 05-ĐA/TU}", id="T.3")
    + one("continuous", id="T.4")
    + one("2026-06-30", id="T.5", lead="{each: cac-so}")
)
RULES = book(EVENTS + TASKS)
PROGRAMME = RULES.programmes["ct"]


def address_book(rulebook: Rulebook = RULES, on: str = "2026-03-02") -> AddressBook:
    return Roster(rulebook, POLICY).book(rulebook.directories["tinh"], day(on))


def test_nobody_is_asked_about_an_event_whose_day_was_set_where_something_is_due_ahead_of_it() -> None:
    events = "events:\n  hop: {title: Họp, watch: {ask: b, every: week}}\n"
    set_ = {"hop": (Occurred(day("2026-03-20")),)}
    asked = []
    for deadline in ("{ahead_of: hop, by: 1 day}", "{after: hop, within: 1 day}"):
        programme = book(events + "tasks:\n" + one(deadline, id="T.1")).programmes["ct"]
        asked.append([event.id for event in unrecorded(programme, set_, today=day("2026-03-02"))])
    assert asked == [[], ["hop"]]


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        ("day", "2026-03-01"),
        ("week", "2026-02-23"),  # 1 March is a Sunday: its week began on Monday 23 February
        ("month", "2026-03"),
        ("quarter", "2026-Q1"),
        ("half", "2026-H1"),
        ("year", "2026"),
    ],
)
def test_a_period_has_one_name(unit: Unit, expected: str) -> None:
    assert period_key(date(2026, 3, 1), unit) == expected


def test_the_halves_and_quarters_of_a_year() -> None:
    assert [period_key(date(2026, month, 1), "quarter") for month in (3, 4, 9, 12)] == [
        "2026-Q1",
        "2026-Q2",
        "2026-Q3",
        "2026-Q4",
    ]
    assert [period_key(date(2026, month, 1), "half") for month in (6, 7)] == ["2026-H1", "2026-H2"]
    assert period_key(date(2026, 1, 1), "week") == "2025-12-29"  # a week over the turn of the year is one week


def test_one_question_a_period_and_one_statement_a_week() -> None:
    found = list(prompts(PROGRAMME, {}, today=day("2026-03-04")))
    assert [(prompt.kind, prompt.key.task, prompt.key.unit, prompt.key.occurrence) for prompt in found] == [
        ("watch", "event:de-an", "b", "2026-03"),
        ("watch", "event:thong-tu", "c", "2026-Q1"),
        ("statement", "statement", "tt", "2026-03-02"),
    ]


@pytest.mark.parametrize(
    ("known", "asked"),
    [
        ({}, ["de-an", "thong-tu"]),
        ({"de-an": (Occurred(date(2026, 3, 2)),)}, ["thong-tu"]),
        ({"de-an": (Occurred(date(2026, 3, 9)),)}, ["de-an", "thong-tu"]),  # only expected, for next week
    ],
)
def test_nobody_is_asked_about_what_has_happened(known: Mapping[str, tuple[Occurred, ...]], asked: list[str]) -> None:
    assert [event.id for event in unrecorded(PROGRAMME, known, today=day("2026-03-04"))] == asked


def test_a_question_names_the_tasks_that_wait() -> None:
    found = question(PROGRAMME.events["de-an"], PROGRAMME)
    assert found.waiting_tasks == ("T.1", "T.2")
    assert (found.expected, found.source) == (date(2026, 3, 31), "ct.yaml:10")


def test_the_statement_goes_to_the_standing_office_and_a_question_to_who_is_asked() -> None:
    found = [recipient(prompt, PROGRAMME, address_book()) for prompt in prompts(PROGRAMME, {}, today=day("2026-03-04"))]
    assert [post.holder.email for post in found if post and post.holder] == [
        "vp.b@x.example",
        "vp.c@x.example",
        "vp.tt@x.example",
    ]


def test_where_nobody_is_asked_the_post_above_is() -> None:
    text = DIRECTORY.replace(
        "focal: {title: Văn phòng Sở B, email: vp.b@x.example}", "focal: {title: VP, vacant: true}"
    )
    asked = next(prompts(PROGRAMME, {}, today=day("2026-03-04")))
    found = recipient(asked, PROGRAMME, address_book(book(EVENTS + TASKS, directory=text)))
    assert found
    assert found.holder
    assert found.holder.email == "gd.b@x.example"


def stated(
    programme: Programme, rulebook: Rulebook, today: str, known: Mapping[str, tuple[Occurred, ...]] | None = None
) -> list[tuple[str, str]]:
    """Return kind and subject of what the standing office must see to, everything being open."""
    roster = Roster(rulebook, POLICY, {programme.id: known or {}})
    terms = {
        found.key.task: found.occurrence.term
        for task in programme.tasks.values()
        for found in roster.wanted(programme, task, since=day(today), today=day(today))
    }
    found = matters(
        programme, known or {}, roster.book(rulebook.directories["tinh"], day(today)), terms, today=day(today)
    )
    return [(matter.kind, matter.subject) for matter in found]


def test_a_statement_names_what_has_no_day_and_events_that_are_overdue() -> None:
    # Within the time it is expected, an event is only asked about.
    assert stated(PROGRAMME, RULES, "2026-03-31") == [("undated", "T.3"), ("unrecorded", "thong-tu")]
    assert stated(PROGRAMME, RULES, "2026-04-01") == [
        ("undated", "T.3"),
        ("unrecorded", "de-an"),
        ("unrecorded", "thong-tu"),
    ]
    known = {"de-an": (Occurred(date(2026, 3, 2)),)}
    # It has happened: T.2 has begun, and nobody has said by when.
    assert stated(PROGRAMME, RULES, "2026-04-01", known) == [
        ("undated", "T.2"),
        ("undated", "T.3"),
        ("unrecorded", "thong-tu"),
    ]


HOLES = """
directory: tinh
chair: {title: Chủ tịch, vacant: true}
units:
  a: {name: Sở A, head: {title: Giám đốc Sở A, email: gd.a@x.example, until: 2026-03-31}, focal: {title: VP, email: vp.a@x.example}}
  b: {name: Sở B, head: {title: Giám đốc Sở B, email: gd.b@x.example}}
  c: {name: Sở C, head: {title: Giám đốc Sở C, email: gd.c@x.example}, focal: {title: VP, email: vp.c@x.example}}
  tt: {name: Thường trực, focal: {title: Phòng TH, email: vp.tt@x.example}}
groups:
  cac-so: {name: Các sở, members: [a, b, c]}
"""


def test_a_statement_names_the_posts_nobody_holds() -> None:
    rulebook = book("tasks:\n" + one("2026-06-30", id="T.5", lead="{each: cac-so}"), directory=HOLES)
    expected = [
        ("vacant", "Đầu mối (Sở B)"),
        ("vacant", "Người đứng đầu (Thường trực)"),
        ("vacant", "Chủ tịch"),
    ]
    assert stated(rulebook.programmes["ct"], rulebook, "2026-03-31") == expected
    assert stated(rulebook.programmes["ct"], rulebook, "2026-04-01") == [("vacant", "Giám đốc Sở A"), *expected]


def test_of_a_post_that_nobody_holds_it_is_told_who_reads_instead_and_what_to_do() -> None:
    rulebook = book("tasks:\n" + one("2026-06-30", id="T.5", lead="{each: cac-so}"), directory=HOLES)
    on = day("2026-04-01")
    found = matters(rulebook.programmes["ct"], {}, AddressBook(rulebook.directories["tinh"], on), {}, today=on)
    asks = "; đề nghị bổ sung người nhận thư vào danh bạ"
    nobody = f"không ai nhận thay, thư không gửi đi được{asks}"
    assert [(one.subject, one.text, one.since) for one in found] == [
        ("Giám đốc Sở A", nobody, day("2026-03-31")),
        ("Đầu mối (Sở B)", f"thư gửi Giám đốc Sở B nhận thay{asks}", None),
        ("Người đứng đầu (Thường trực)", nobody, None),
        ("Chủ tịch", nobody, None),
    ]


def test_a_part_without_a_day_is_named_with_its_task() -> None:
    rulebook = book(
        "tasks:\n  - {id: T.1, title: Việc, lead: a, deadlines: {phát động: 2026-04, báo cáo: {set_by: Đề án}}}\n"
    )
    started_run = started(rulebook, "2026-03-02")
    terms = started_run.world.undated_terms(rulebook.programmes["ct"], day("2026-03-02"))
    assert list(terms) == ["T.1/báo cáo"]
    found = matters(rulebook.programmes["ct"], {}, address_book(rulebook), terms, today=day("2026-03-02"))
    assert [matter for matter in found if matter.kind == "undated"] == [
        Matter(
            "undated",
            "ct",
            "T.1",
            "Việc – báo cáo: Thời hạn theo “Đề án”, chưa xác định ngày",
            date(2025, 12, 1),
            source="ct.yaml:10",
        )
    ]


AMENDED = """
events: {de-an: {title: Đề án của Trung ương, watch: {ask: b, every: month}}}
tasks:
  - {id: T.1, title: Việc, lead: a, stated: Sau khi có Đề án, deadline: {after: de-an}, amended: [
      {deadline: {set_by: Quyết định 05}, until: 9/CV of 2026-02-18}]}
"""
"""Listed until it hangs on an event that is asked about; from then on that is the event's matter."""


def test_what_is_amended_to_wait_for_an_event_is_listed_no_more() -> None:
    told = mails(run(book(AMENDED), "2026-01-26", "2026-03-10"), "vp.tt", statements=True)
    assert [text[:11] for text in told if "undated" in text] == [
        "01-26 07:00", "02-02 07:00", "02-09 07:00",
    ]  # fmt: skip


def test_a_statement_says_the_deadline_in_force_and_not_the_words_for_a_later_one() -> None:
    rulebook = book(AMENDED)
    for today, said in (
        ("2026-02-02", ["Việc: Thời hạn theo “Quyết định 05”, chưa xác định ngày"]),
        ("2026-02-18", []),
    ):
        terms = run(rulebook, "2026-02-02", f"{today} 08:00").world.undated_terms(rulebook.programmes["ct"], day(today))
        found = matters(rulebook.programmes["ct"], {}, address_book(rulebook), terms, today=day(today))
        assert [matter.text for matter in found if matter.kind == "undated"] == said


def test_questions_and_statements_leave_on_the_first_open_day_of_their_period() -> None:
    """January begins with days off; February and March with a Sunday."""
    found = mails(run(RULES, "2026-01-01", "2026-04-10"), "vp.b", "vp.c", statements=True)
    assert [text for text in found if "asked" in text] == [
        "01-05 07:00 vp.b asked: de-an",
        "01-05 07:00 vp.c asked: thong-tu",
        "02-02 07:00 vp.b asked: de-an",
        "03-02 07:00 vp.b asked: de-an",
        "04-01 07:00 vp.b asked: de-an",
        "04-01 07:00 vp.c asked: thong-tu",
    ]
    statements = [
        text[:11]
        for text in mails(run(RULES, "2026-02-09", "2026-03-10"), "vp.tt", statements=True)
        if "undated" in text
    ]
    # No statement in the week of Tết, and one only for the week in which work begins again.
    assert statements == ["02-09 07:00", "02-23 07:00", "03-02 07:00", "03-09 07:00"]


def test_a_question_says_whether_a_deadline_lies_ahead_of_the_event() -> None:
    events = "events:\n  hop: {title: Họp, watch: {ask: b, every: week}}\n  y-kien: {title: Ý kiến, watch: {ask: b, every: week}}\n"
    tasks = "tasks:\n" + one("{ahead_of: hop, by: 2 working days}", id="T.1") + one("{after: y-kien}", id="T.2")
    programme = book(events + tasks).programmes["ct"]
    assert {event.id: question(event, programme).is_ahead for event in programme.events.values()} == {
        "hop": True,
        "y-kien": False,
    }


def test_a_statement_with_nothing_to_say_is_not_sent() -> None:
    quiet = book("tasks:\n" + one("2026-06-30", id="T.5"))
    assert mails(run(quiet, "2026-03-02", "2026-03-20"), statements=True) == []


def test_an_event_recorded_is_asked_about_no_more() -> None:
    found = started(RULES, "2026-01-05")
    found.until(at("2026-01-20"))
    found.world.record_event("ct", "de-an", Occurred(date(2026, 1, 19)), now=at("2026-01-20"))
    found.until(at("2026-03-10"))
    assert [text for text in mails(found, "vp.b", statements=True) if "asked" in text] == [
        "01-05 07:00 vp.b asked: de-an"
    ]
