"""`dondoc simulate`: suppositions, other rules, the ledger to go on from, differences, a calendar page, iCalendar."""

import re
import shutil
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from tests.e2e.console import at, good, refused, run

SPAN = ("--from", "2026-03-20", "--to", "2026-04-24")


@pytest.fixture
def office(bare_office: Path) -> Path:
    """A copy of the small office, which is the working directory."""
    return bare_office


@pytest.fixture
def other(office: Path) -> str:
    """The rules of the office with another deadline of A.1, in a folder beside."""
    shutil.copytree(office / "rules", office / "moi")
    file = office / "moi/office.yaml"
    file.write_text(file.read_text().replace("deadline: 2026-03\n", "deadline: 2026-04-15\n"))
    return "moi"


def told(*arguments: str, task: str = "A.1") -> list[tuple[str, str, str]]:
    """When, to whom and by which rung that task is told of."""
    messages = good("simulate", *arguments, "--format", "json").json["messages"]
    return [
        (message["at"][:10], message["to"], line["rung"])
        for message in messages
        for line in message["lines"]
        if line["task"] == task
    ]


# --- suppositions ----------------------------------------------------------------------------------------------------


def test_an_assumed_report_ends_the_reminders(office: Path) -> None:
    found = told(*SPAN, "--assume", "done:A.1=2026-04-02")
    assert {day for day, _, rung in found if rung != "done"} == {"2026-03-26", "2026-04-01"}
    assert ("2026-04-02", "vp.a@tinh.example", "done") in found
    assert found == told(*SPAN, "--assume", "done:chuong-trinh/A.1@so-a=2026-04-02")


def test_an_assumed_downtime_leaves_its_days_empty(office: Path) -> None:
    found = good("simulate", *SPAN, "--assume", "down=2026-03-30..2026-04-09", "--format", "json").json["messages"]
    days = {message["at"][:10] for message in found}
    assert not {day for day in days if "2026-03-30" <= day <= "2026-04-09"}
    assert ("2026-04-10", "pgd.a@tinh.example", "late") in told(*SPAN, "--assume", "down=2026-03-30..2026-04-09")


def test_an_event_is_assumed_as_ever(office: Path) -> None:
    assert told(*SPAN, "--assume", "de-an=2026-03-01", task="A.2") != told(*SPAN, task="A.2") == []


SILENCES = {
    "silence:A.1=2026-03-26..2026-04-01": ("--task", "chuong-trinh/A.1", "--from", "2026-03-26", "--until", "2026-04-01"),
    "silence:A.1@so-a=2026-03-20..": ("--task", "A.1", "--unit", "so-a", "--from", "2026-03-20"),
    "silence:gd.a@tinh.example=2026-03-26": ("--person", "gd.a@tinh.example", "--from", "2026-03-26", "--until", "2026-03-26"),
    "silence:gd.a@tinh.example=2026-03-26T12:00..2026-04-01T06:00": (
        *("--person", "gd.a@tinh.example", "--from", "2026-03-26T12:00", "--until", "2026-04-01T06:00"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("assumed", SILENCES)
@pytest.mark.parametrize("how", [(), ("--from-ledger",)])
def test_an_assumed_silence_is_what_one_added_would_be(office: Path, assumed: str, how: tuple[str, ...]) -> None:
    with at("2026-03-20T10:00"):
        good("apply", "--yes")
        without = good("simulate", *SPAN, *how, "--format", "json").out
        found = good("simulate", *SPAN, *how, "--assume", assumed, "--format", "json").out
        good("silence", "add", "--reason", "nghỉ phép", *SILENCES[assumed])
        assert found == good("simulate", *SPAN, *how, "--format", "json").out
    assert found != without


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (
            "silence:A.1",
            "'silence:A.1': write silence:ADDRESS=2026-04-01..2026-04-20 or silence:[PROGRAMME/]TASK[@UNIT]=",
        ),
        (
            "silence:A.11=2026-03-20",
            "unknown task 'A.11'; known: A.1, A.2, A.3, B.1, B.2, indicator:I.1; did you mean 'A.1'?",
        ),
        ("silence:A.1@so-b=2026-03-20", "'so-b' does not owe A.1; it is owed by so-a"),
        ("silence:gd.b@tinh=2026-03-20", "unknown task 'gd.b'"),
        ("silence:gd.aa@tinh.example=2026-03-20", "no post has the address 'gd.aa@tinh.example'; did you mean"),
        (
            "silence:A.1=2026-03-20..2026-03-19",
            "silence:A.1=2026-03-20..2026-03-19: 2026-03-19 comes before 2026-03-20",
        ),
        ("silence:A.1=..2026-03-19", "'silence:A.1=..2026-03-19': write silence:ADDRESS="),
        ("silence:A.1=20/3", "'20/3' is no instant; write 2026-03-31T09:00 or 2026-03-31"),
        ("done:A.1", "'done:A.1': write done:[PROGRAMME/]TASK[@UNIT]=2026-03-20"),
        (
            "done:A.11=2026-03-20",
            "unknown task 'A.11'; known: A.1, A.2, A.3, B.1, B.2, indicator:I.1; did you mean 'A.1'?",
        ),
        ("done:A.1@so-b=2026-03-20", "'so-b' does not owe A.1; it is owed by so-a"),
        ("done:A.1=20/3", "'20/3' is no day; write it as 2026-03-31"),
        ("down=2026-04-09..2026-04-01", "down=2026-04-09..2026-04-01: 2026-04-01 comes before 2026-04-09"),
        ("down=tomorrow", "'tomorrow' is no day; write it as 2026-03-31"),
        ("dean=2026-03-01", "unknown event 'dean'; known: chuong-trinh/de-an"),
    ],
)
def test_a_supposition_that_is_none_is_refused_in_one_line(office: Path, text: str, line: str) -> None:
    assert refused("simulate", *SPAN, "--assume", text).startswith(f"Invalid value for --assume: {line}")


# --- other rules -----------------------------------------------------------------------------------------------------


def test_other_rules_are_in_force_from_the_first_day_or_a_later_one(office: Path, other: str) -> None:
    assert told(*SPAN, "--with", other) == told(*SPAN, "--rules", other)
    found = told(*SPAN, "--with", f"{other}@2026-03-30")
    assert ("2026-03-30", "gd.a@tinh.example", "moved") in found
    assert [one for one in found if one[0] < "2026-03-30"] == [one for one in told(*SPAN) if one[0] < "2026-03-30"]


def test_broken_other_rules_are_refused(office: Path, other: str) -> None:
    (office / "moi/office.yaml").write_text("programme: x\n")
    ran = run("simulate", *SPAN, "--with", other)
    assert ran.code == 1
    assert ran.err.startswith("dondoc: các tệp quy tắc của moi có vấn đề:\nmoi/office.yaml:1:1: ")
    assert run("simulate", *SPAN, "--with", "gone").code == 1


# --- from the ledger -------------------------------------------------------------------------------------------------


def test_from_the_ledger_what_was_told_is_told_and_the_rest_is_what_then_comes(office: Path) -> None:
    with at("2026-03-20T06:00"):
        good("apply", "--yes")
    for day in ("2026-03-26", "2026-04-01"):
        with at(f"{day}T07:00"):
            good("tick")
    with at("2026-04-01T09:00"):
        database = (office / "var/dondoc.db").read_bytes()
        span = ("--from", "2026-04-01", "--to", "2026-04-10", "--from-ledger")
        foretold = good("simulate", *span, "--format", "json").json["messages"]
        assert (office / "var/dondoc.db").read_bytes() == database
        assert refused("simulate", *SPAN, "--from-ledger").startswith(
            "--from-ledger goes on from now: --from 2026-03-20"
        )
        assert "not with --rules" in refused("simulate", *span, "--rules", "rules")
    for number in range(2, 11):
        with at(f"2026-04-{number:02}T07:00"):
            good("tick")
    with at("2026-04-10T09:00"):
        sent = good("outbox", "list", "--state", "sent", "--format", "json").lines
    after = sorted((one["sent_at"][:10], one["to"], one["subject"]) for one in sent if one["sent_at"] > "2026-04-01T01")
    assert sorted((m["at"][:10], m["to"], m["subject"]) for m in foretold) == after != []


def test_from_the_ledger_other_rules_move_what_was_told(office: Path, other: str) -> None:
    with at("2026-03-20T06:00"):
        good("apply", "--yes")
    with at("2026-03-26T07:00"):
        good("tick")
    with at("2026-03-27T09:00"):
        found = told("--from", "2026-03-27", "--to", "2026-04-10", "--from-ledger", "--with", other)
    assert found[0][2] == "moved"
    assert ("2026-04-10", "pgd.a@tinh.example", "due-soon") in found


def test_from_the_ledger_a_stop_is_told_and_not_simulated(office: Path) -> None:
    with at("2026-03-20T06:00"):
        good("apply", "--yes")
        good("stop", "--by", "an", "--note", "diễn tập")
        ran = run("simulate", "--from", "2026-03-20", "--to", "2026-03-26", "--from-ledger")
    assert ran.err.startswith("stopped since 2026-03-20 06:00 by an: diễn tập")
    assert ran.err.endswith("simulated as if letters left\n")
    assert "gd.a@tinh.example" in ran.out


# --- differences -----------------------------------------------------------------------------------------------------


def test_against_other_rules_and_against_a_saved_simulation_the_same_differs(office: Path, other: str) -> None:
    Path("cu.json").write_text(good("simulate", *SPAN, "--rules", other, "--format", "json").out)
    by_rules = good("simulate", *SPAN, "--against", other, "--format", "json").json
    by_file = good("simulate", *SPAN, "--against", "cu.json", "--format", "json").json
    assert by_rules == by_file
    assert not by_rules["same"]
    moved = {(one["task"], one["rung"], one["before"][:10], one["after"][:10]) for one in by_rules["moved"]}
    assert ("A.1", "due-soon", "2026-04-10", "2026-03-26") in moved
    assert good("simulate", *SPAN, "--against", "rules").out == "no difference\n"


def test_differences_as_a_table_end_with_a_summary(office: Path, other: str) -> None:
    text = good("simulate", *SPAN, "--against", other).out
    assert "chuong-trinh/A.1" in text
    assert text.splitlines()[-1].startswith(tuple("0123456789"))
    assert "moved" in text.splitlines()[-1]


@pytest.mark.parametrize("content", ["{}", "[]", "nothing", '{"messages": [{}]}'])
def test_a_file_that_is_no_simulation_is_refused(office: Path, content: str) -> None:
    Path("cu.json").write_text(content)
    assert refused("simulate", *SPAN, "--against", "cu.json").startswith("cu.json is no simulation")


def test_differences_are_no_calendar(office: Path, other: str) -> None:
    line = refused("simulate", *SPAN, "--against", other, "--format", "ics")
    assert line.startswith("Invalid value for --format: differences are a table or JSON, not ics")


# --- the calendar page -----------------------------------------------------------------------------------------------


class Page(HTMLParser):
    """What a page loads, where its links lead, and the days that open."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.loaded: list[str] = []
        self.links: set[str] = set()
        self.opened: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        if tag in ("script", "link", "img", "iframe"):
            self.loaded.append(tag)
        if tag == "a" and "day" in (known.get("class") or ""):
            self.links.add(known.get("href") or "")
        if tag == "section":
            self.opened.add(f"#{known.get('id')}")


def test_the_calendar_page_loads_nothing_and_every_day_with_mails_opens(office: Path) -> None:
    good("simulate", *SPAN, "--format", "html", "-o", "lich.html")
    text = Path("lich.html").read_text(encoding="utf-8")
    messages = good("simulate", *SPAN, "--format", "json").json["messages"]
    page = Page(text)
    assert page.loaded == []
    assert page.links == page.opened == {f"#d{message['at'][:10]}" for message in messages}
    assert f"{len(messages)} thư" in text
    assert text.count('<html lang="vi">') == 1
    assert "http" not in text
    # The end of a quarter is marked: 31 March.
    assert 'end" href="#d2026-03-31"' in text or 'end" title="thứ Ba 31/3/2026' in text


def test_on_a_narrow_screen_every_figure_of_a_person_says_what_it_is(office: Path) -> None:
    good("simulate", *SPAN, "--format", "html", "-o", "lich.html")
    persons = Path("lich.html").read_text().partition("<h2>Theo người nhận</h2>")[2]
    heads = re.findall(r"<th[^>]*>([^<]+)</th>", persons)
    rows = re.findall(r"<tr>(<td.*)</tr>", persons)
    assert rows
    for row in rows:
        assert re.findall(r'<td class="[^"]+" data-of="([^"]+)">', row) == heads[1:]


def test_subjects_are_escaped_on_the_page(office: Path) -> None:
    file = office / "rules/office.yaml"
    file.write_text(file.read_text().replace("title: Báo cáo quý I", "title: Báo cáo <b>quý I</b>"))
    text = good("simulate", *SPAN, "--format", "html").out
    assert "&lt;b&gt;quý I&lt;/b&gt;" in text
    assert "<b>quý I</b>" not in text


# --- iCalendar -------------------------------------------------------------------------------------------------------


def events(text: str) -> dict[str, Any]:
    calendar = Calendar.from_ical(text)
    return {str(event["uid"]): event for event in calendar.walk("VEVENT")}


def test_deadlines_and_mails_are_events_with_uids_that_stay(office: Path, other: str) -> None:
    text = good("simulate", *SPAN, "--format", "ics").out
    found = events(text)
    moved = events(good("simulate", *SPAN, "--rules", other, "--format", "ics").out)
    assert text == good("simulate", *SPAN, "--format", "ics").out
    assert len(found) == text.count("BEGIN:VEVENT")
    due = {uid: event for uid, event in found.items() if str(event["summary"]).startswith("Hạn: Báo cáo quý I")}
    [(uid, event)] = due.items()
    assert event["dtstart"].dt == date(2026, 3, 31)
    assert moved[uid]["dtstart"].dt == date(2026, 4, 15)


def test_an_icalendar_file_is_folded_and_ends_its_lines_as_it_must(office: Path) -> None:
    good("simulate", *SPAN, "--format", "ics", "-o", "lich.ics")
    data = Path("lich.ics").read_bytes()
    lines = data.split(b"\r\n")
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert lines[-1] == b""
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert max(map(len, lines)) <= 75
    for needed in (b"VERSION:2.0", b"PRODID:-//dondoc//simulate//VI"):
        assert needed in lines
    found = events(data.decode()).values()
    assert all(event.get("dtstamp") and event.get("uid") and event.get("dtstart") for event in found)


def test_of_one_person_only_that_persons_mails_and_deadlines(office: Path) -> None:
    found = events(good("simulate", *SPAN, "--format", "ics", "--person", "gd.b@tinh.example").out)
    assert not [event for event in found.values() if "Báo cáo quý I" in str(event["summary"])]
    assert [event for event in found.values() if "Sở B" in str(event["summary"])]


def test_what_only_one_of_two_rule_files_knows_may_be_assumed(office: Path, other: str) -> None:
    file = office / "moi/office.yaml"
    file.write_text(file.read_text().replace("de-an", "de-an-moi"))
    assert good("simulate", *SPAN, "--against", other, "--assume", "de-an=2026-03-01", "--format", "json").json["added"]


def test_the_letters_with_summaries_are_listed_one_by_one(office: Path) -> None:
    span = ("--from", "2026-04-01", "--to", "2026-04-07")
    assert good("simulate", *span, "--format", "json").json["summaries"] == []
    with (office / "config.toml").open("a", encoding="utf-8") as file:
        file.write('\n[summary]\nweekly = "friday"\nmonthly = 7\nneeds_confirmation = false\n')
    found = good("simulate", *span, "--format", "json").json["summaries"]
    steps = {(one["at"], one["period"], one["step"]) for one in found}
    assert steps == {
        ("2026-04-02T08:00:00+07:00", "2026-W14", "request"),
        ("2026-04-03T15:00:00+07:00", "2026-W14", "draft"),
        ("2026-04-03T17:00:00+07:00", "2026-W14", "sent"),
        ("2026-04-06T08:00:00+07:00", "2026-04", "request"),
        ("2026-04-07T15:00:00+07:00", "2026-04", "draft"),
        ("2026-04-07T17:00:00+07:00", "2026-04", "sent"),
    }
    assert [one["at"] for one in found] == sorted(one["at"] for one in found)
    someone = found[-1]["to"]
    table = good("simulate", *span, "--person", someone).out
    theirs = [one for one in found if one["to"] == someone]
    assert f"{len(theirs)} letters with summaries, beside the messages above" in table
    assert "once confirmed" not in table
