"""Commands with a database: from applying the rules to the letters and what people report."""

import signal
import sqlite3
import subprocess
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.e2e.console import DONDOC, at, copy_office, good, refused, run


def tick(moment: str) -> str:
    with at(moment):
        return good("tick").out


def letters(office: Path) -> list[str]:
    """To whom letters went, in the order of their names."""
    content = (path.read_bytes() for path in (office / "var/mail/new").iterdir())
    return sorted(str(message_from_bytes(each, policy=policy.default)["To"]) for each in content)


def text_of(letter: EmailMessage) -> str:
    part = letter.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


# --- apply, tick -------------------------------------------------------------------------------------------------


def test_applying_says_what_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = copy_office(tmp_path)
    monkeypatch.chdir(folder)
    with at("2026-03-20T10:00"):
        assert good("apply", "--yes").out == "revision 1 is in force: 12 obligations (12 new)\n"
        as_json = good("apply", "--yes", "--format", "json").json
        assert as_json == {
            "revision": 1, "is_new": False, "wanted": 12, "new": 0, "moved": 0, "reopened": 0, "withdrawn": 0
        }  # fmt: skip
        again = "revision 1 is in force, the same files as before: 12 obligations (no change)\n"
        assert good("apply", "--yes").out == again
        file = folder / "rules/office.yaml"
        file.write_text(file.read_text().replace("deadline: 2026-03\n", "deadline: 2026-04-15\n"))
        assert good("apply", "--yes").out == "revision 2 is in force: 12 obligations (1 moved)\n"


def test_broken_rules_are_not_applied(office: Path) -> None:
    (office / "rules/more.yaml").write_text("ladder: x\n")
    ran = run("apply", "--yes")
    assert ran.code == 1
    assert ran.err.splitlines()[0] == "dondoc: các tệp quy tắc có vấn đề:"
    assert ran.err.splitlines()[1].startswith("rules/more.yaml:1:1: ")


def test_a_tick_writes_letters_and_a_second_one_none(office: Path) -> None:
    assert "letters sent" in tick("2026-03-26T07:00")
    assert "Giám đốc Sở A <gd.a@tinh.example>" in letters(office)
    before = letters(office)
    assert "0 letters sent, 0 failed, 0 given up" in tick("2026-03-26T07:01")
    assert letters(office) == before


def test_a_rehearsal_changes_and_sends_nothing(office: Path) -> None:
    before = (office / "var/dondoc.db").read_bytes()
    with at("2026-03-20T12:00"):
        told = good("tick", "--rehearse", "--at", "2026-03-26T07:00").out
    assert "gd.a@tinh.example" in told
    assert not (office / "var/mail").exists()
    assert (office / "var/dondoc.db").read_bytes() == before


def test_another_time_is_for_rehearsals_only(office: Path) -> None:
    assert refused("tick", "--at", "2026-03-26").startswith("Invalid value for --at: only a rehearsal")


def test_preview_shows_the_letter_that_things_lead_to(office: Path) -> None:
    with at("2026-03-26T06:00"):
        ran = run("preview", "--to", "gd.a@tinh.example", "-o", "letter.eml")
    assert ran.err == "leaves 2026-03-26 07:00\n"
    previewed = message_from_bytes((office / "letter.eml").read_bytes(), EmailMessage, policy=policy.default)
    tick("2026-03-26T07:00")
    [sent] = [
        message
        for path in (office / "var/mail/new").iterdir()
        if (message := message_from_bytes(path.read_bytes(), EmailMessage, policy=policy.default))["To"]
        == previewed["To"]
    ]
    assert sent["Subject"] == previewed["Subject"]
    assert text_of(sent) == text_of(previewed)


# --- status ------------------------------------------------------------------------------------------------------


def test_status_has_three_axes_for_every_obligation(office: Path) -> None:
    with at("2026-04-02T08:00"):
        rows = good("status", "--format", "json").lines
    a1 = next(row for row in rows if row.get("task") == "A.1")
    assert (a1["progress"], a1["timeliness"], a1["verification"]) == ("not_begun", "late", "none_asked")
    assert (a1["due"], a1["days_late"]) == ("2026-03-31", 2)
    axes = {row["task"]: (row["progress"], row["timeliness"]) for row in rows if row["kind"] == "task"}
    assert axes["A.2"] == ("not_begun", "undated")
    assert axes["B.1"] == ("not_begun", "undated")


def test_status_lists_the_indicators(office: Path) -> None:
    with at("2026-04-02T08:00"):
        [indicator] = [row for row in good("status", "--format", "json").lines if row["kind"] == "indicator"]
    assert (indicator["indicator"], indicator["target"], indicator["due"]) == ("I.1", "≥ 70", "2026-12-31")


def test_status_of_a_past_day_knows_nothing_that_came_later(office: Path) -> None:
    with at("2026-04-02T08:00"):
        good("report", "done", "A.1", "--on", "2026-03-30")
    with at("2026-04-20T08:00"):
        then = {row.get("task"): row for row in good("status", "--on", "2026-04-01", "--format", "json").lines}
        now = {row.get("task"): row for row in good("status", "--format", "json").lines}
    assert (then["A.1"]["progress"], then["A.1"]["timeliness"]) == ("not_begun", "late")
    assert (now["A.1"]["progress"], now["A.1"]["timeliness"]) == ("reported", "done_in_time")
    assert now["A.1"]["verification"] == "awaiting"


@pytest.mark.parametrize(("on", "days_late"), [("2026-03-31", []), ("2026-04-01", [1]), ("2026-04-02", [2])])
def test_status_counts_the_day_it_is_asked_for_as_that_day(office: Path, on: str, days_late: list[int]) -> None:
    with at("2026-04-20T08:00"):
        late = good("status", "--on", on, "--late", "--format", "json").lines
    assert [row["days_late"] for row in late if row["task"] == "A.1"] == days_late


def test_status_narrows_to_what_is_late_and_to_a_unit(office: Path) -> None:
    with at("2026-04-02T08:00"):
        late = good("status", "--late", "--format", "json").lines
        of_b = good("status", "--unit", "so-b", "--format", "json").lines
    assert {row["task"] for row in late} == {"A.1", "A.3"}
    assert {row["unit"] for row in of_b} == {"so-b", "so-a+so-b"}
    assert refused("status", "--programme", "x").startswith("Invalid value for --programme: unknown programme 'x'")


def test_the_table_uses_the_official_names(office: Path) -> None:
    with at("2026-04-02T08:00"):
        told = good("status").out
    assert "Quá hạn 2 ngày" in told
    assert "Không thời hạn" in told


# --- events ------------------------------------------------------------------------------------------------------


def test_an_event_starts_its_deadline_and_taking_it_back_ends_it(office: Path) -> None:
    with at("2026-04-02T08:00"):
        told = good("event", "record", "de-an", "--on", "2026-04-01", "--document", "12/QĐ").out
        assert told == "recorded as number 1: Trung ương ban hành Đề án, 2026-04-01\n"
        found = good("explain", "A.2", "--format", "json").json
        assert (found["occurrence"], found["term"]["due"]) == ("2026-04-01", "2026-05-01")
        [record] = good("event", "list", "--format", "json").lines
        assert (record["event"], record["on"], record["document"]) == ("de-an", "2026-04-01", "12/QĐ")
        good("event", "retract", "1", "--note", "nhầm")
        assert good("explain", "A.2", "--format", "json").json["term"]["due"] is None
        good("tick")
        assert good("audit").out == "nothing found\n"


def test_the_day_set_for_an_event_ahead_of_which_something_is_due_is_recorded_before_it_comes(office: Path) -> None:
    file = office / "rules/office.yaml"
    meeting = "  hop: {title: Họp Ban Chỉ đạo}\ntasks:\n"
    ahead = "  - {id: A.9, title: Gửi tài liệu, lead: so-a, deadline: {ahead_of: hop, by: 1 working day}}\n"
    after = "  - {id: A.10, title: Thông báo kết luận, lead: so-a, deadline: {after: hop, within: 5 days}}\n"
    file.write_text(file.read_text().replace("tasks:\n", meeting + ahead + after))
    with at("2026-03-02T08:00"):
        good("apply", "--yes")
        told = good("event", "record", "hop", "--on", "2026-03-20").out
        assert told == "recorded as number 1: Họp Ban Chỉ đạo, planned for 2026-03-20\n"
        dues = [good("explain", task, "--format", "json").json["term"]["due"] for task in ("A.9", "A.10")]
        assert dues == ["2026-03-19", "2026-03-25"]
        rows = good("status", "--format", "json").lines
        assert {row["progress"] for row in rows if row.get("task") == "A.10"} == {"not_begun"}
    with at("2026-03-10T08:00"):
        good("event", "retract", "1")
        good("event", "record", "hop", "--on", "2026-03-27")
        rows = good("status", "--format", "json").lines
    assert [(row["occurrence"], row["due"]) for row in rows if row.get("task") == "A.9"] == [
        ("2026-03-27", "2026-03-26")
    ]
    with at("2026-03-10T09:00"):
        good("tick")
        assert good("audit").out == "nothing found\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("record", "de-na"), "Invalid value for EVENT: unknown event 'de-na'; known: de-an; did you mean 'de-an'?"),
        (("record", "de-an", "--on", "2027-01-01"), "Invalid value: 2027-01-01 has not come yet: only what has happened is recorded, unless a deadline lies ahead of the event"),
        (("retract", "4"), "record 4 does not exist: see `dondoc event list`"),
    ],
)  # fmt: skip
def test_a_mistake_about_an_event_is_one_line(arguments: tuple[str, ...], message: str, office: Path) -> None:
    with at("2026-04-02T08:00"):
        assert refused("event", *arguments).partition(" (see dondoc")[0] == message


# --- reports -----------------------------------------------------------------------------------------------------


def test_what_is_done_is_not_reminded_of(office: Path) -> None:
    with at("2026-03-25T08:00"):
        assert good("report", "done", "A.1", "--document", "15/BC").out == "done: chuong-trinh/A.1 (so-a)\n"
        [report] = good("report", "list", "A.1", "--format", "json").lines
        assert (report["said"], report["document"]) == ("done", "15/BC")
    tick("2026-04-02T07:00")
    found = good("explain", "A.1", "--format", "json").json
    assert found["ledger"]
    assert {(rung["state"], rung["reason"]) for rung in found["rungs"] if rung["id"] != "done"} == {
        ("not_sent", "reported")
    }


def test_the_earliest_open_occurrence_is_meant(office: Path) -> None:
    with at("2026-03-26T08:00"):
        assert good("report", "done", "A.3", "--unit", "so-a").out == "done: chuong-trinh/A.3[2026-03-20] (so-a)\n"


def test_a_report_names_an_occurrence_by_its_due_day_too(office: Path) -> None:
    file = office / "rules/office.yaml"
    monthly = "deadline: {every: month, on: last working day}\n"
    file.write_text(file.read_text().replace("deadline: 2026-03\n", monthly))
    with at("2026-05-20T08:00"):
        good("apply", "--yes")
        told = good("report", "done", "A.1", "--occurrence", "2026-05-29").out
        assert told == "done: chuong-trinh/A.1[2026-05-31] (so-a)\n"
        assert good("explain", "A.1", "--occurrence", "2026-05-29", "--format", "json").json["ledger"]


def test_an_occurrence_that_begins_after_the_report_has_to_be_named(office: Path) -> None:
    file = office / "rules/office.yaml"
    file.write_text(file.read_text().replace("deadline: 2026-03\n", "deadline: {every: month, on: 25}\n"))
    with at("2026-03-20T08:00"):
        good("apply", "--yes")
        assert good("report", "done", "A.1").out == "done: chuong-trinh/A.1[2026-03-25] (so-a)\n"
        told = refused("report", "done", "A.1")
        assert told == (
            "nothing of A.1 that had begun on 2026-03-20 is open: chuong-trinh/A.1[2026-04-25] (so-a) begins on "
            "2026-03-26; if it is meant, name it: --occurrence 2026-04-25"
        )
        assert refused("report", "done", "A.1", "--all") == told
    with at("2026-03-30T08:00"):
        assert refused("report", "done", "A.1", "--on", "2026-03-20") == told
        early = refused("report", "done", "A.1", "--on", "2026-03-20", "--occurrence", "2026-04-25")
        assert "before this occurrence began; accepted: 26 March 2026 to 30 March 2026" in early
        named = good("report", "done", "A.1", "--on", "2026-03-26", "--occurrence", "2026-04-25").out
        assert named == "done: chuong-trinh/A.1[2026-04-25] (so-a)\n"


def test_a_report_that_could_mean_several_is_refused(office: Path) -> None:
    with at("2026-03-26T08:00"):
        told = refused("report", "done", "A.3")
        assert told.startswith("4 obligations are meant, narrow it down (--unit, --part, --occurrence) or say --all: ")
        # Of each unit the one that is late and the one under way; the next one has not begun.
        assert good("report", "done", "A.3", "--all").out.count("\n") == 4


def test_a_report_can_be_taken_back(office: Path) -> None:
    with at("2026-03-26T08:00"):
        assert refused("report", "reopen", "A.1") == "nothing of A.1 is reported done: see `dondoc status`"
        good("report", "done", "A.1")
        assert refused("report", "done", "A.1") == "nothing of A.1 is open: see `dondoc status`"
        assert good("report", "reopen", "A.1").out == "reopened: chuong-trinh/A.1 (so-a)\n"
        to_come = refused("report", "done", "A.1", "--on", "2026-04-01")
        assert to_come.startswith(
            "Invalid value for --on: 1 April 2026 has not come yet; accepted: 5 January 2026 to 26"
        )


# --- silences, the stop switch -----------------------------------------------------------------------------------


def test_a_silence_keeps_reminders_back_until_it_is_lifted(office: Path) -> None:
    with at("2026-03-25T08:00"):
        told = good("silence", "add", "--task", "A.1", "--until", "2026-03-28", "--reason", "chờ ý kiến").out
        assert told == "silence 1: until 2026-03-28 24:00\n"
        [listed] = good("silence", "list", "--format", "json").lines
        assert (listed["task"], listed["until"]) == ("A.1", "2026-03-29T00:00:00+07:00")
        assert "  2026-03-25 08:00  2026-03-28 24:00            chờ ý kiến" in good("silence", "list").out
    tick("2026-03-26T07:00")
    with at("2026-03-26T08:00"):
        due_soon = good("explain", "A.1", "--format", "json").json["rungs"][0]
        assert (due_soon["state"], due_soon["reason"]) == ("not_sent", "silenced")
        assert good("silence", "lift", "1").out == "silence 1 is lifted\n"
        assert refused("silence", "lift", "1") == "silence 1 is over: see `dondoc silence list`"
        assert refused("silence", "lift", "2") == "silence 2 does not exist: see `dondoc silence list`"
        assert good("silence", "list", "--format", "json").lines == []


def test_a_silence_says_what_it_silences_and_until_when(office: Path) -> None:
    with at("2026-03-25T08:00"):
        assert "say what: --programme" in refused("silence", "add", "--reason", "x")
        assert "unknown unit 'so-x'" in refused("silence", "add", "--unit", "so-x", "--reason", "x")
        told = refused("silence", "add", "--unit", "so-a", "--until", "2026-03-24", "--reason", "x")
        assert "2026-03-24 is over before it begins" in told


def test_while_the_switch_is_on_no_letter_leaves_and_none_is_lost(office: Path) -> None:
    good("stop", "--note", "sai danh bạ")
    told = tick("2026-03-26T07:00")
    assert "0 letters sent" in told
    with at("2026-03-26T08:00"):
        [stopped] = [line for line in told.splitlines() if line.startswith("stopped since ")]
        assert stopped.endswith(": sai danh bạ; no letter leaves until `dondoc resume`")
        assert good("status").out.startswith(f"{stopped}\n")
        waiting = good("outbox", "list", "--state", "pending", "--format", "json").lines
        assert {message["to"] for message in waiting} >= {"gd.a@tinh.example"}
    good("resume")
    assert f"{len(waiting)} letters sent" in tick("2026-03-26T09:00")


# --- outbox ------------------------------------------------------------------------------------------------------


def test_the_outbox_shows_letters_as_they_went_out(office: Path) -> None:
    tick("2026-03-26T07:00")
    sent = good("outbox", "list", "--to", "gd.a@tinh.example", "--format", "json").lines
    assert [message["state"] for message in sent] == ["sent"]
    number = str(sent[0]["number"])
    assert "Báo cáo quý I" in good("outbox", "show", number).out
    good("outbox", "show", number, "-o", "letter.eml")
    assert sent[0]["message_id"] in (office / "letter.eml").read_text()
    assert refused("outbox", "drop", number, "--reason", "x").endswith(f"can be meant, not {number} (sent)")
    assert refused("outbox", "retry", "999") == "there is no letter 999: see `dondoc outbox list`"


def test_a_dropped_letter_counts_as_dropped(office: Path) -> None:
    good("stop")
    tick("2026-03-26T07:00")
    [waiting] = good("outbox", "list", "--to", "gd.a@tinh.example", "--format", "json").lines
    number = str(waiting["number"])
    assert refused("outbox", "show", number).startswith(
        f"letter {number} to gd.a@tinh.example has not been written yet"
    )
    with at("2026-03-26T07:30"):
        assert good("outbox", "drop", number, "--reason", "địa chỉ cũ", "--by", "lan").out == "1 dropped\n"
    [dropped] = good("outbox", "list", "--state", "dropped", "--format", "json").lines
    assert dropped["verdict"] == "địa chỉ cũ (lan)"
    with at("2026-03-26T08:00"):
        due_soon = good("explain", "A.1", "--format", "json").json["rungs"][0]
    assert {reader["reason"] for reader in due_soon["to"]} == {"dropped"}


def test_what_was_set_aside_is_owed_again_when_it_is_tried_again(office: Path) -> None:
    good("stop")
    tick("2026-03-26T07:00")
    [waiting] = good("outbox", "list", "--to", "gd.a@tinh.example", "--format", "json").lines
    with sqlite3.connect(office / "var/dondoc.db") as database:  # as if the server had refused the address
        database.execute("UPDATE message SET state = 'parked' WHERE id = ?", [waiting["number"]])
        database.execute(
            "UPDATE notice SET state = 'not_sent', reason = 'undeliverable', settled_at = owed_at WHERE message_id = ?",
            [waiting["number"]],
        )
    good("resume")
    with at("2026-03-26T08:00"):
        good("outbox", "retry", str(waiting["number"]))
    tick("2026-03-26T08:01")
    [sent] = good("outbox", "list", "--to", "gd.a@tinh.example", "--format", "json").lines
    assert sent["state"] == "sent"


# --- explain and audit over the ledger ---------------------------------------------------------------------------


def test_explain_tells_what_the_ledger_says_at_any_past_instant(office: Path) -> None:
    tick("2026-03-26T07:00")
    tick("2026-04-01T07:00")

    def states(moment: str) -> dict[str, str]:
        found = good("explain", "A.1", "--at", moment, "--format", "json").json
        return {rung["id"]: rung["state"] for rung in found["rungs"] if not rung["turn"]}

    assert states("2026-03-25T09:00") == {"due-soon": "coming", "late": "coming", "overseer": "coming"}
    assert states("2026-03-26T09:00") == {"due-soon": "sent", "late": "coming", "overseer": "coming"}
    assert states("2026-04-01T09:00") == {"due-soon": "sent", "late": "sent", "overseer": "coming"}


def test_the_audit_finds_a_deadline_that_was_tampered_with(office: Path) -> None:
    tick("2026-03-20T11:00")
    with at("2026-03-20T11:05"):
        assert good("audit").out == "nothing found\n"
        with sqlite3.connect(office / "var/dondoc.db") as database:
            database.execute("UPDATE obligation SET due_on = '2026-12-31' WHERE task = 'A.1'")
        ran = run("audit")
        assert {finding["subject"] for finding in run("audit", "--format", "json").lines} == {"chuong-trinh/A.1 (so-a)"}
    assert ran.code == 1
    assert "2026-12-31" in ran.out


def test_that_no_pass_was_made_lately_is_only_a_warning(office: Path) -> None:
    with at("2026-03-20T10:05"):
        told = good("audit").out
        assert told == "last_ok_tick: no pass has been made yet (warning)\nnothing found, 1 warning\n"
        [finding] = good("audit", "--format", "json").lines
        assert finding["is_warning"]


def test_a_database_that_is_none_is_told_in_one_line(office: Path) -> None:
    (office / "var/dondoc.db").write_bytes(b"not a database" * 100)
    for name in ("dondoc.db-wal", "dondoc.db-shm"):
        (office / "var" / name).unlink(missing_ok=True)
    assert "file is not a database" in refused("status")


# --- run ---------------------------------------------------------------------------------------------------------


def test_the_daemon_says_what_is_going_on_and_stops_when_told(office: Path) -> None:
    with subprocess.Popen([*DONDOC, "run"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        told: list[str] = []
        while not (told and told[-1].startswith("pass: ")):
            told.append(process.stdout.readline())
            assert told[-1], process.communicate()
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=20)
    assert [line.split("  ")[0] for line in told[:3]] == ["obligations of", "Chương trình công tác năm 2026", "all"]
    assert f"letters go to files in {office}/var/mail\n" in told
    assert (process.returncode, "Traceback" in errors) == (0, False)


def test_the_daemon_wants_rules_in_force(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(copy_office(tmp_path))
    assert refused("run") == "no rule files are in force yet: run `dondoc apply` first"
