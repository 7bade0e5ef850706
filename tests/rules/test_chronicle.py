"""Chronicle: what the editions of a programme say of a task, each thing once, in order of time."""

from datetime import datetime, timedelta

from rules.chronicle import Edition, Entry, events_of, in_time, of_rules
from rules.programme import Programme
from rules.wording import Wording
from tests.rules.books import at, book, task

BEGUN = at("2026-01-05")
FIVE = "{deadline: 2026-03, until: 5/CV of 2026-02-01, why: chờ}"
SIX = "{deadline: 2026-04, until: 6/CV of 2026-03-01}"


def programme(deadline: str, *amended: str, more: str = "") -> Programme:
    extra = [*([f"amended: [{', '.join(amended)}]"] if amended else []), *([more] if more else [])]
    return book(task(deadline, more=", ".join(extra))).programmes["ct"]


def told(*programmes: Programme | None) -> list[str]:
    editions = [Edition(n, BEGUN + timedelta(days=n), "an", one) for n, one in enumerate(programmes, 1)]
    return [
        f"{one.revision} {one.kind} {one.words.vi}" + (f" [{one.document}]" if one.kind == "amendment" else "")
        for one in of_rules(editions, "T.1")
    ]


def test_an_amendment_is_told_once_and_with_the_deadline_it_set() -> None:
    assert told(
        programme("2026-03"),
        programme("2026-04", FIVE),
        programme("2026-05", FIVE, SIX),
        programme("2026-05", FIVE, SIX, more="product: Tờ trình"),
    ) == [
        "1 first tháng 3/2026",
        "2 amendment hạn cũ tháng 3/2026, nay tháng 4/2026 (chờ) [5/CV]",
        "3 amendment hạn cũ tháng 4/2026, nay tháng 5/2026 [6/CV]",
        "4 edit thêm sản phẩm: Tờ trình",
    ]


def test_days_and_months_are_in_words_in_english() -> None:
    amended = programme("{by: 2026-09-08, at: '17:00'}", "{deadline: 2026-08-27, until: 5/CV of 2026-02-01}", SIX)
    found = of_rules([Edition(1, BEGUN, "an", amended)], "T.1")
    assert [one.words.en for one in found] == [
        "27 August 2026",
        "was 27 August 2026, now April 2026",
        "was April 2026, now {by: 8 September 2026, at: 17:00}",
    ]


def test_a_file_that_begins_amended_has_the_first_deadline_first() -> None:
    assert told(programme("2026-05", FIVE, SIX)) == [
        "1 first tháng 3/2026",
        "1 amendment hạn cũ tháng 3/2026, nay tháng 4/2026 (chờ) [5/CV]",
        "1 amendment hạn cũ tháng 4/2026, nay tháng 5/2026 [6/CV]",
    ]


def test_a_deadline_that_was_edited_without_a_document_is_an_edit() -> None:
    assert told(programme("2026-03"), programme("2026-06")) == [
        "1 first tháng 3/2026",
        "2 edit thời hạn: tháng 3/2026 → tháng 6/2026",
    ]


def test_an_amendment_that_is_taken_out_again_is_an_edit() -> None:
    assert told(programme("2026-04", FIVE), programme("2026-03"))[2:] == [
        "2 edit thời hạn: tháng 4/2026 → tháng 3/2026",
        "2 edit bỏ điều chỉnh 01/02/2026: hạn cũ tháng 3/2026, theo 5/CV (chờ)",
    ]


def test_a_task_that_goes_and_comes_back_begins_once() -> None:
    assert told(programme("2026-03"), None, programme("2026-03"), None) == [
        "1 first tháng 3/2026",
        "2 removed Việc T.1",
        "3 back Việc T.1",
        "4 removed Việc T.1",
    ]


def test_the_events_of_a_task_are_those_it_ever_hung_on() -> None:
    amended = programme("2026-05", "{deadline: 2026-03, until: 5/CV of 2026-02-01}")
    assert events_of(amended, amended.tasks["T.1"]) == set()


def test_what_fell_on_one_instant_stands_as_cause_and_effect() -> None:
    def entry(kind: str, when: datetime) -> Entry:
        return Entry(when, kind, Wording("", ""))  # type: ignore[arg-type]

    mixed = [entry("mail", BEGUN), entry("moved", BEGUN), entry("amendment", BEGUN), entry("report", at("2026-01-04"))]
    assert [one.kind for one in in_time(mixed)] == ["report", "amendment", "moved", "mail"]
