"""`dondoc history`: the revisions, what one changed, and the story of a task from its first deadline to its end."""

from pathlib import Path

import pytest

from tests.e2e.conftest import After
from tests.e2e.console import at, edit, good, refused


def put_in_force_by_an() -> None:
    with at("2026-03-20T10:00"):
        good("apply", "--yes", "--by", "an")


@pytest.fixture
def office(office_after: After) -> Path:
    """A copy of the small office with its rules in force since 20 March 2026, which is the working directory."""
    return office_after(put_in_force_by_an)


def put_in_force(old: str, new: str, moment: str, by: str = "binh") -> None:
    edit(old, new)
    with at(moment):
        good("apply", "--yes", "--by", by)


def tick(*moments: str) -> None:
    for moment in moments:
        with at(moment):
            good("tick")


AMENDED = (
    "deadline: 2026-04-15\n    amended: [{deadline: 2026-03, until: 340/SVHTTDL-VP of 2026-03-27, why: chờ số liệu}]\n"
)


@pytest.mark.usefixtures("office")
def test_the_story_of_a_task_goes_from_its_first_deadline_to_its_report() -> None:
    tick("2026-03-26T07:00")
    put_in_force("deadline: 2026-03\n", AMENDED, "2026-03-27T09:00")
    put_in_force("title: Báo cáo quý I", "title: Báo cáo sơ kết quý I", "2026-03-30T09:00")
    tick("2026-03-30T09:05", "2026-04-10T07:00")
    with at("2026-04-14T08:00"):
        good("silence", "add", "--task", "A.1", "--until", "2026-04-20", "--reason", "bão", "--by", "chi")
        good("report", "done", "A.1", "--on", "2026-04-13", "--document", "15/BC", "--by", "an")
        good("tick")
        told = good("history", "A.1", "--format", "json").json
        table = good("history", "chuong-trinh/A.1").out
    assert (told["programme"], told["task"], told["title"]) == ("chuong-trinh", "A.1", "Báo cáo sơ kết quý I")
    story = [(entry["at"][:16], entry["kind"], entry["vi"], entry["document"]) for entry in told["entries"]]
    assert story[:2] == [
        ("2026-03-20T10:00", "first", "tháng 3/2026", "01/CTr ngày 05/01/2026 của UBND tỉnh"),
        ("2026-03-26T07:00", "mail", "nhắc trước hạn: đã gửi gd.a@tinh.example, vp.a@tinh.example", None),
    ]
    assert story[2] == (
        "2026-03-27T09:00", "amendment", "hạn cũ tháng 3/2026, nay ngày 15/4/2026 (chờ số liệu)", "340/SVHTTDL-VP"
    )  # fmt: skip
    assert story[3] == (
        "2026-03-27T09:00", "moved", "hạn cũ 31/3/2026, nay 15/4/2026 (chờ số liệu)", "340/SVHTTDL-VP"
    )  # fmt: skip
    assert ("2026-03-30T09:00", "edit", "tên: Báo cáo quý I → Báo cáo sơ kết quý I", None) in story
    assert ("2026-04-14T08:00", "report", "hoàn thành ngày 13/4/2026", "15/BC") in story
    assert ("2026-04-14T08:00", "silence", "2026-04-14 – 2026-04-20 (bão)", None) in story
    instants = [entry["at"] for entry in told["entries"]]
    assert instants == sorted(instants)
    # Moved on the day of the document, not on the day that is due now.
    assert told["entries"][3]["on"] == "2026-03-27"
    assert "2026-03-27 09:00  2026-03-27  đổi thời hạn" in table
    amendment = told["entries"][2]
    assert (amendment["on"], amendment["by"], amendment["revision"]) == ("2026-03-27", "binh", 2)
    assert amendment["details"] == {"before": "2026-03", "after": "2026-04-15", "why": "chờ số liệu"}
    mail = told["entries"][1]["details"]["readers"][0]
    assert (mail["person"], mail["role"], mail["state"], mail["reason"]) == ("gd.a@tinh.example", "head", "sent", None)
    for words in ("thời hạn đầu tiên", "điều chỉnh thời hạn", "340/SVHTTDL-VP", "hoàn thành ngày 13/4/2026"):
        assert words in table


@pytest.mark.usefixtures("office")
def test_a_letter_that_was_not_sent_says_why() -> None:
    with at("2026-03-24T08:00"):
        good("silence", "add", "--task", "A.1", "--until", "2026-03-31", "--reason", "bão")
    tick("2026-03-26T07:00")
    entries = good("history", "A.1", "--format", "json").json["entries"]
    (mail,) = [entry for entry in entries if entry["kind"] == "mail"]
    assert mail["vi"] == "nhắc trước hạn: không gửi: đang tạm dừng nhắc ×2"
    assert {reader["reason"] for reader in mail["details"]["readers"]} == {"silenced"}


@pytest.mark.usefixtures("office")
def test_an_event_that_was_taken_back_stays_in_the_story() -> None:
    with at("2026-04-01T10:00"):
        good("event", "record", "de-an", "--on", "2026-04-01", "--document", "12/QĐ", "--by", "an")
    with at("2026-04-03T10:00"):
        good("event", "retract", "1", "--by", "chi", "--note", "nhầm")
        entries = good("history", "A.2", "--format", "json").json["entries"]
    told = [(entry["kind"], entry["vi"], entry["by"]) for entry in entries]
    assert ("event", "Trung ương ban hành Đề án: ngày 01/4/2026", "an") in told
    assert ("event_retracted", "Trung ương ban hành Đề án: ngày 01/4/2026", "chi") in told
    assert ("withdrawn", "hạn 01/5/2026", None) in told


@pytest.mark.usefixtures("office")
def test_a_story_is_narrowed_to_a_unit_and_units_alike_are_told_once() -> None:
    tick("2026-03-25T07:00", "2026-04-08T07:00")
    all_ = good("history", "A.3", "--format", "json").json["entries"]
    one = good("history", "A.3", "--unit", "so-b", "--format", "json").json["entries"]
    assert any(len(entry["units"]) > 1 for entry in all_ if entry["kind"] == "mail")
    assert {unit for entry in one for unit in entry["units"]} == {"so-b"}
    table = good("history", "A.3", "--unit", "so-b").out
    assert ("Sở B" in table, "so-b" in table) == (True, False)
    assert refused("history", "A.3", "--unit", "so-z").startswith("Invalid value for --unit: 'so-z' never owed")


@pytest.mark.usefixtures("office")
def test_a_task_that_no_file_has_any_more_keeps_its_story() -> None:
    file = Path("rules/office.yaml")
    text = file.read_text()
    begin, end = text.index("  - id: A.1"), text.index("  - id: A.2")
    put_in_force(text[begin:end], "", "2026-03-25T09:00")
    told = good("history", "A.1", "--format", "json").json
    assert [entry["kind"] for entry in told["entries"]] == ["first", "removed", "withdrawn"]
    assert refused("history", "A.9").startswith("Invalid value for TASK: unknown task 'A.9'")


@pytest.mark.usefixtures("office")
def test_revisions_are_listed_with_who_when_and_what_differs() -> None:
    put_in_force("deadline: 2026-03\n", "deadline: 2026-04-15\n", "2026-03-27T09:00")
    newest, first = good("history", "--format", "json").lines
    assert (newest["revision"], newest["applied_at"], newest["applied_by"]) == (2, "2026-03-27T09:00:00+07:00", "binh")
    assert newest["files"] == [{"name": "rules/office.yaml", "change": "changed", "added": 1, "removed": 1}]
    assert newest["programmes"] == first["programmes"] == ["chuong-trinh"]
    assert [file["change"] for file in first["files"]] == ["added"]
    assert "2026-03-27 09:00" in good("history").out


@pytest.mark.usefixtures("office")
def test_a_revision_says_task_by_task_what_it_changed() -> None:
    put_in_force("lead: so-a\n    product: Báo cáo", "lead: so-b\n    product: Báo cáo", "2026-03-26T09:00")
    put_in_force("deadline: 2026-03\n", "deadline: 2026-04-15\n", "2026-03-27T09:00")
    told = good("history", "--revision", "3", "--format", "json").json
    assert told["since"] == 2
    assert [(one["id"], one["vi"], one["en"]) for one in told["edits"]] == [
        (
            "chuong-trinh/A.1",
            "thời hạn: tháng 3/2026 → ngày 15/4/2026",
            "deadline: 2026-03 → 2026-04-15",
        )
    ]
    assert "chủ trì: Sở A → Sở B" in good("history", "--revision", "2").out
    [other_lead] = good("history", "--revision", "2", "--format", "json").json["edits"]
    assert (other_lead["vi"], other_lead["en"]) == ("chủ trì: Sở A → Sở B", "lead: so-a → so-b")
    assert (other_lead["before"], other_lead["before_en"]) == ("Sở A", "so-a")
    assert refused("history", "--revision", "9") == (
        "Invalid value for --revision: there is no revision 9; they run from 1 to 3 (see dondoc history --help)"
    )
    assert refused("history", "A.1", "--revision", "2").startswith("Invalid value for --revision: name a task or")


@pytest.mark.usefixtures("office")
def test_a_change_stands_on_the_day_it_takes_effect() -> None:
    tick("2026-03-26T07:00")
    # A document of the week before, an edit without any, one of next week.
    backdated = AMENDED.replace("2026-03-27", "2026-03-24")
    put_in_force("deadline: 2026-03\n", backdated, "2026-03-30T09:00")
    put_in_force("deadline: 2026-04-15\n", "deadline: 2026-05-15\n", "2026-03-31T09:00")
    tick("2026-03-31T09:05")
    edit("why: chờ số liệu}]", "why: chờ số liệu}, {deadline: 2026-05-15, until: 5/CV of 2026-04-08}]")
    put_in_force("deadline: 2026-05-15\n", "deadline: 2026-06-15\n", "2026-04-01T09:10")
    tick("2026-04-08T07:00")
    with at("2026-04-08T08:00"):
        entries = good("history", "A.1", "--format", "json").json["entries"]
    assert [(one["at"][:10], one["on"]) for one in entries if one["kind"] == "moved"] == [
        ("2026-03-30", "2026-03-24"),
        ("2026-03-31", "2026-03-31"),
        ("2026-04-08", "2026-04-08"),
    ]
