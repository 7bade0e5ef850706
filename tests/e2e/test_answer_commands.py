"""Answers on the command line: progress, difficulties, proofs, verdicts."""

from pathlib import Path

import pytest

from tests.e2e.console import at, good, refused

PDF = b"%PDF-1.7 noi dung"


def told(task: str = "A.1") -> list[tuple[object, ...]]:
    rows = good("report", "list", task, "--format", "json").lines
    return [(row["said"], row["percent"], row["on"], row["note"], row["document"], row["evidence"]) for row in rows]


def said(hour: str, *arguments: str) -> str:
    """Run a command at an hour of 24 March."""
    with at(f"2026-03-24T{hour}"):
        return good(*arguments).out


def stands(task: str = "A.1", *, moment: str | None = None) -> tuple[object, ...]:
    with at("2026-03-24T09:00") if moment is None else at(moment):
        [row] = [row for row in good("status", "--format", "json").lines if row.get("task") == task]
    return row["progress"], row["verification"], row["percent"]


@pytest.mark.usefixtures("office")
def test_a_task_is_told_of_from_its_beginning_to_its_acceptance() -> None:
    Path("bao-cao.pdf").write_bytes(PDF)
    said("08:01", "report", "progress", "A.1", "--percent", "40", "--note", "đang soạn")
    assert stands() == ("in_progress", "none_asked", 40)
    assert said("08:02", "report", "difficulty", "A.1", "--note", "chưa có kinh phí").startswith("difficulty: ")
    said("08:03", "report", "resolve", "A.1")
    said("08:04", "report", "focal", "A.1", "--note", "Phòng Mới, moi@s.example")
    said("08:05", "report", "not-ours", "A.1", "--note", "thuộc Sở B")
    proofs = ("--evidence", "bao-cao.pdf", "--evidence", "https://s.example/15")
    said("08:06", "report", "done", "A.1", "--document", "15/BC", *proofs)
    assert stands() == ("reported", "awaiting", 40)
    [waiting] = good("verify", "list", "--format", "json").lines
    assert (waiting["document"], waiting["evidence"]) == ("15/BC", ["bao-cao.pdf", "https://s.example/15"])
    said("08:07", "verify", "return", "A.1", "--reason", "thiếu phụ lục")
    assert stands() == ("in_progress", "returned", 40)
    assert good("verify", "list", "--format", "json").lines == []
    said("08:08", "report", "done", "A.1", "--note", "đã bổ sung")
    with at("2026-04-20T08:00"):
        good("verify", "accept", "A.1", "--document", "20/TB")
        assert stands(moment="2026-04-20T08:00") == ("done", "accepted", 40)
        [row] = [row for row in good("status", "--format", "json").lines if row.get("task") == "A.1"]
        assert (row["timeliness"], row["done_on"]) == ("done_in_time", "2026-03-24")
        assert told() == [
            ("progress", 40, "2026-03-24", "đang soạn", None, []),
            ("difficulty", None, "2026-03-24", "chưa có kinh phí", None, []),
            ("resolved", None, "2026-03-24", None, None, []),
            ("focal", None, "2026-03-24", "Phòng Mới, moi@s.example", None, []),
            ("not_ours", None, "2026-03-24", "thuộc Sở B", None, []),
            ("done", None, "2026-03-24", None, "15/BC", ["bao-cao.pdf", "https://s.example/15"]),
            ("returned", None, "2026-03-24", "thiếu phụ lục", None, []),
            ("done", None, "2026-03-24", "đã bổ sung", None, []),
            ("accepted", None, "2026-04-20", None, "20/TB", []),
        ]
        story = [(entry["kind"], entry["vi"]) for entry in good("history", "A.1", "--format", "json").json["entries"]]
    assert ("remark", "đang thực hiện 40 % (đang soạn)") in story
    assert ("report", "hoàn thành ngày 24/3/2026 [bao-cao.pdf; https://s.example/15]") in story
    assert ("verdict", "trả lại báo cáo (thiếu phụ lục)") in story
    assert ("verdict", "đã xác nhận báo cáo") in story
    assert not any("mở lại" in words for _, words in story)


def test_a_proof_is_kept_once_by_its_content(office: Path) -> None:
    with at("2026-03-24T08:00"):
        for name in ("a.pdf", "b.pdf"):
            Path(name).write_bytes(PDF)
        good("report", "done", "A.1", "--evidence", "a.pdf", "--evidence", "b.pdf")
    kept = [path for path in (office / "var/evidence").rglob("*") if path.is_file()]
    assert [path.read_bytes() for path in kept] == [PDF]
    assert len(kept[0].name) == 64


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("report", "progress", "A.1"), "say how far it is"),
        (("report", "difficulty", "A.1"), "--note"),
        (("report", "resolve", "A.1"), "waits to be resolved"),
        (("report", "done", "A.1", "--evidence", "15/BC-BCĐ"), "goes with --document"),
        (("report", "done", "A.1", "--evidence", "javascript:x"), "goes with --document"),
        (("report", "done", "A.1", "--evidence", "https://an:x@s.example/"), "is no link"),
        (("report", "done", "A.1", "--evidence", "setup.exe"), "is a program"),
        (("report", "done", "A.1", *(("--evidence", "https://s.example/") * 11)), "10 proofs at most"),
        (("verify", "accept", "A.1"), "waits for a verdict"),
        (("verify", "return", "A.1", "--reason", "  "), "the unit reads it"),
        (("verify", "return", "A.1"), "--reason"),
        (("verify", "accept", "A.9"), "unknown task"),
        (("silence", "add", "--person", "a@b.example", "--suspend", "--reason", "x"), "for everybody"),
    ],
)
@pytest.mark.usefixtures("office")
def test_what_cannot_be_recorded_is_refused_in_one_line(arguments: tuple[str, ...], complaint: str) -> None:
    with at("2026-03-24T08:00"):
        Path("setup.exe").write_bytes(b"MZ\x90\0" + b"\0" * 64)
        assert complaint in refused(*arguments)
        assert told() == []


@pytest.mark.parametrize(
    "arguments",
    [
        ("report", "done", "A.1"),
        ("report", "progress", "chuong-trinh/A.1", "--percent", "10"),
        ("extend", "ask", "A.1", "--to", "2026-06-01", "--reason", "x"),
        ("verify", "accept", "A.1"),
        ("silence", "add", "--task", "A.1", "--reason", "x"),
    ],
)
def test_of_a_task_that_was_withdrawn_it_is_said_when(office: Path, arguments: tuple[str, ...]) -> None:
    rules = office / "rules" / "office.yaml"
    rules.write_text(rules.read_text(encoding="utf-8").replace("- id: A.1\n", "- id: A.77\n"), encoding="utf-8")
    with at("2026-03-24T08:00"):
        good("apply", "--yes")
        complaint = refused(*arguments)
    assert "A.1 was withdrawn on 2026-03-24 by revision 2 of the rules" in complaint
    assert "did you mean" not in complaint


@pytest.mark.usefixtures("office")
def test_a_verdict_is_given_once() -> None:
    with at("2026-03-24T08:00"):
        good("report", "done", "A.1")
        good("verify", "accept", "A.1")
        assert "waits for a verdict" in refused("verify", "return", "A.1", "--reason", "x")
        assert "is open" in refused("report", "progress", "A.1", "--percent", "10")


@pytest.mark.usefixtures("office")
def test_a_suspended_task_counts_as_suspended_and_its_deadline_stays() -> None:
    with at("2026-03-24T08:00"):
        good("silence", "add", "--task", "A.1", "--until", "2026-04-20", "--reason", "chờ Trung ương", "--suspend")
        assert stands()[0] == "suspended"
        [silence] = good("silence", "list", "--format", "json").lines
        assert silence["suspends"] is True
    with at("2026-04-21T08:00"):
        [row] = [row for row in good("status", "--format", "json").lines if row.get("task") == "A.1"]
    assert (row["progress"], row["timeliness"]) == ("not_begun", "late")


@pytest.mark.usefixtures("office")
def test_a_report_names_no_day_before_the_document_and_none_to_come() -> None:
    with at("2026-05-20T08:00"):
        for day, told in (("2020-01-01", "before the task was assigned"), ("2026-05-21", "has not come yet")):
            message = refused("report", "done", "A.1", "--on", day)
            assert told in message
            assert "accepted: 5 January 2026 to 20 May 2026" in message
        assert told_of() == []


def told_of(task: str = "A.1") -> list[object]:
    return [row["days_backdated"] for row in good("report", "list", task, "--format", "json").lines]


@pytest.mark.usefixtures("office")
def test_a_day_in_the_past_that_makes_late_work_count_as_in_time_is_flagged() -> None:
    with at("2026-05-20T08:00"):
        good("report", "done", "A.1", "--on", "2026-03-24")
        assert told_of() == [57]
        [waiting] = good("verify", "list", "--format", "json").lines
        assert waiting["days_backdated"] == 57
        assert "done (backdated 57 days)" in good("report", "list", "A.1").out
        assert "2026-03-24 (backdated 57 days)" in good("verify", "list").out
        story = [entry["vi"] for entry in good("history", "A.1", "--format", "json").json["entries"]]
    backdated = "báo sau hạn, muộn hơn ngày hoàn thành 57 ngày"
    assert f"hoàn thành ngày 24/3/2026, {backdated}, không kèm kết quả, văn bản hay minh chứng" in story


@pytest.mark.usefixtures("office")
def test_a_report_that_came_with_nothing_is_marked_for_whoever_verifies_it() -> None:
    bare = "without a result, a document or a proof"
    with at("2026-03-24T08:00"):
        good("report", "done", "A.1")
        assert f"({bare})" in good("verify", "list").out
        [waiting] = good("verify", "list", "--format", "json").lines
        assert (waiting["document"], waiting["evidence"], waiting["note"]) == (None, [], None)
        good("verify", "return", "A.1", "--reason", "thiếu văn bản")
        good("report", "done", "A.1", "--evidence", "https://s.example/15")
        assert bare not in good("verify", "list").out
