"""Commands on a plain folder of rule files: no database, nothing written."""

import os
import pty
import subprocess
import sys
from datetime import date
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from notifications.letters import letters
from rules.load.schema import json_schema
from rules.simulate import simulate
from scheduler.commands import SUMMARIES
from scheduler.commands.subjects import headings
from scheduler.config import load_config
from scheduler.folder import load_rules, read_rules
from tests.e2e.console import DONDOC, OFFICE, good, refused, run

RULES = str(OFFICE / "rules")


@pytest.fixture
def office(bare_office: Path) -> Path:
    """A copy of the small office, which is the working directory."""
    return bare_office


# --- help and usage ----------------------------------------------------------------------------------------------


def test_help_loads_neither_the_database_nor_the_mail_stack() -> None:
    program = (
        "import sys; from scheduler.commands import main; code = main(['--help']);"
        "heavy = {'sqlmodel', 'sqlalchemy', 'aiosmtplib', 'jinja2', 'pydantic', 'rich', 'yaml', 'rules.load'};"
        "print(sorted(heavy & sys.modules.keys()), code)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[] 0"


@pytest.mark.parametrize("command", SUMMARIES)
def test_every_command_has_help_with_an_example(command: str) -> None:
    assert f"Example: dondoc {command}" in " ".join(good(command, "--help").out.split())


def test_the_version_is_told() -> None:
    assert good("--version").out.startswith("dondoc ")


def test_without_arguments_the_help_is_shown_as_wrong_usage() -> None:
    ran = run()
    assert ran.code == 2
    assert ran.out.startswith("Usage: dondoc")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("chek",), "there is no command 'chek'; did you mean 'check'? (see dondoc --help)"),
        (("check", "--sterner"), "No such option: --sterner (see dondoc check --help)"),
        (("simulate", "--to", "2026-01-01"), "Missing option '--from' (see dondoc simulate --help)"),
        (
            ("simulate", "--from", "2026-02-30", "--to", "2026-03-01"),
            "Invalid value for '--from': '2026-02-30' is no day; write it as 2026-03-31 (see dondoc simulate --help)",
        ),
        (
            ("simulate", "--from", "2026-03-02", "--to", "2026-03-01"),
            "Invalid value for --to: 2026-03-01 comes before --from 2026-03-02 (see dondoc simulate --help)",
        ),
        (
            ("explain", "A.1", "--at", "tomorrow"),
            "Invalid value for --at: 'tomorrow' is no instant; write 2026-03-31T09:00 or 2026-03-31 (see dondoc explain --help)",
        ),
        (
            ("explain", "a.1"),
            "Invalid value for TASK: unknown task 'a.1'; known: A.1, A.2, A.3, B.1, B.2, indicator:I.1; did you mean 'A.1'? (see dondoc explain --help)",
        ),
        (
            ("explain", "chuong-trnh/A.1"),
            "Invalid value for TASK: unknown programme 'chuong-trnh'; known: chuong-trinh; did you mean 'chuong-trinh'? (see dondoc explain --help)",
        ),
        (("explain", "A.1", "--unit", "so-b"), "Invalid value for --unit: 'so-b' does not owe A.1; it is owed by so-a (see dondoc explain --help)"),
        (("explain", "B.2", "--part", "x"), "Invalid value for --part: B.2 has no part 'x'; parts: phát động, báo cáo (see dondoc explain --help)"),
        (("explain", "A.3", "--occurrence", "2026-04-04"), "Invalid value for --occurrence: A.3 has no occurrence '2026-04-04' (see dondoc explain --help)"),
        (
            ("explain", "A.2", "--assume", "dean=2026-03-01"),
            "Invalid value for --assume: unknown event 'dean'; known: chuong-trinh/de-an (see dondoc explain --help)",
        ),
        (
            ("preview", "--to", "gd.c@tinh.example"),
            "Invalid value for --to: no post has the address 'gd.c@tinh.example'; did you mean 'gd.b@tinh.example'? (see dondoc preview --help)",
        ),
        (("status",), "no rule files are in force yet: run `dondoc apply` first"),
        (("tick",), "no rule files are in force yet: run `dondoc apply` first"),
        (("apply",), "nobody is there to be asked: say --yes"),
        (("check", "--config", "gone.toml"), "gone.toml: No such file or directory"),
    ],
)  # fmt: skip
def test_wrong_usage_is_told_in_one_line(arguments: tuple[str, ...], message: str, office: Path) -> None:
    told = refused(*arguments)
    assert told == message
    assert not (office / "var").exists()


def test_without_a_configuration_a_folder_must_be_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    told = refused("simulate", "--from", "2026-03-01", "--to", "2026-03-02")
    assert told == (
        "config.toml: No such file or directory; name one with --config FILE, or a folder of rule files with --rules DIR"
    )
    assert good("simulate", "--from", "2026-03-02", "--to", "2026-03-03", "--rules", RULES).out
    assert good("check", RULES).out


def test_a_wrong_configuration_is_told_in_the_language_of_the_office(office: Path) -> None:
    (office / "config.toml").write_text('language = "en"\n[mail]\ntransport = "smpt"\n')
    assert run("check").err == (
        "dondoc: config.toml:3:13: mail.transport: found 'smpt'; accepted: maildir, smtp; did you mean 'smtp'?\n"
    )


def test_a_wrong_configuration_is_told_with_its_place(office: Path) -> None:
    (office / "config.toml").write_text('language = "fr"\n[mail]\ntransprt = "smtp"\n')
    ran = run("check")
    assert ran.code == 2
    assert ran.err.splitlines() == [
        "dondoc: config.toml:1:12: language: gặp 'fr'; được ghi: vi, en",
        "config.toml:3:1: mail.transprt: không có khóa 'transprt'; được ghi: transport, maildir, from, reply_to, "
        "bounces_to, list_id, contact, admin, attach_calendar, send_window, daily_cap_per_person; có phải 'transport'?",
    ]


@pytest.mark.parametrize("command", ["check", "run"])
def test_what_pages_cannot_be_encrypted_with_is_refused_before_they_start(office: Path, command: str) -> None:
    said = 'rules = ["rules"]\n[web]\npublic_url = "https://x.example"\ntls_certificate = "c.pem"\ntls_key = "k.pem"\n'
    (office / "config.toml").write_text(said)
    ran = run(command)
    assert ran.code == 2
    assert ran.err.splitlines() == [
        f"dondoc: config.toml:4:19: web.tls_certificate: {office}/c.pem: không đọc được: «No such file or directory»",
        f"config.toml:5:11: web.tls_key: {office}/k.pem: không đọc được: «No such file or directory»",
    ]
    assert run("check", "rules").code == 0


# --- check and schema --------------------------------------------------------------------------------------------


def test_check_of_good_files_counts_them(office: Path) -> None:
    assert good("check", "--language", "en").out == (
        "1 file: 1 programme, 5 tasks, 1 event, 1 indicator, 2 units; no problems, 0 warnings\n"
    )
    assert good("check").out == (
        "1 tệp: 1 chương trình, 5 nhiệm vụ, 1 sự kiện, 1 chỉ tiêu, 2 cơ quan; không có vấn đề, 0 cảnh báo\n"
    )


def test_check_prints_every_problem_on_its_line_and_fails(office: Path) -> None:
    file = office / "rules/office.yaml"
    file.write_text(file.read_text().replace("lead: so-a\n", "lead: so-x\n", 1).replace("2026-04,", "2026-13,", 1))
    ran = run("check")
    assert ran.code == 1
    problems = ran.out.splitlines()
    assert problems[-1] == "2 vấn đề trong 1 tệp"
    assert problems[:-1] == [
        "rules/office.yaml:16:11: chuong-trinh.tasks.A.1.lead: không có đơn vị hay nhóm 'so-x' trong danh bạ tinh; "
        "hiện có: so-a, so-b, cac-so; có phải 'so-b'?",
        "rules/office.yaml:35:28: chuong-trinh.tasks.B.2.deadlines.phát động: '2026-13': không có tháng 13; được ghi: 01 đến 12",
    ]
    english = run("check", "--language", "en").out.splitlines()
    assert english[0] == (
        "rules/office.yaml:16:11: chuong-trinh.tasks.A.1.lead: unknown unit or group 'so-x' in directory tinh; "
        "known: so-a, so-b, cac-so; did you mean 'so-b'?"
    )
    assert english[-1] == "2 problems in 1 file"


def test_check_as_json_has_the_places_apart(office: Path) -> None:
    (office / "rules/more.yaml").write_text("ladder: thang\nrungs: []\n")
    found = run("check", "--format", "json").json
    assert {"file", "line", "column", "path", "message", "message_vi"} == found["problems"][0].keys()
    assert {each["message"]: each["message_vi"] for each in found["problems"]}["0 rungs; a ladder has 1 to 50"] == (
        "có 0 bậc; một thang có từ 1 đến 50 bậc"
    )
    assert found["warnings"] == []


def test_check_warns_of_what_is_only_expected(office: Path) -> None:
    file = office / "rules/office.yaml"
    text = file.read_text().replace("deadline: 2026-03\n", "deadline: 2027-03\n")
    file.write_text(text.replace("    watch: {ask: so-b, every: month, expected: 2026-06-30}\n", ""))
    told = good("check", "--language", "en").out.splitlines()
    assert told == [
        "rules/office.yaml:1:1: chuong-trinh: the calendar 'lich' is announced up to 2026-12-31, "
        "days off beyond it are only expected: A.1 (2027-03-31) (warning)",
        "rules/office.yaml:10:3: chuong-trinh.events.de-an: nobody is asked whether it has happened, "
        "and A.2 may wait for ever; add `watch` (warning)",
        "1 file: 1 programme, 5 tasks, 1 event, 1 indicator, 2 units; no problems, 2 warnings",
    ]
    assert good("check").out.splitlines()[:2] == [
        "rules/office.yaml:1:1: chuong-trinh: lịch 'lich' mới công bố đến 2026-12-31, "
        "ngày nghỉ sau đó chỉ là dự kiến: A.1 (2027-03-31) (cảnh báo)",
        "rules/office.yaml:10:3: chuong-trinh.events.de-an: không ai được hỏi sự kiện đã xảy ra chưa, "
        "nên A.2 có thể chờ mãi; thêm `watch` (cảnh báo)",
    ]


def test_check_tries_the_templates_of_the_office(office: Path) -> None:
    (office / "config.toml").write_text('rules = ["rules"]\ntemplates = "letters"\n')
    (office / "letters").mkdir()
    (office / "letters/reminder.txt.j2").write_text("Kính gửi {{ view.salutaton }}\n")
    ran = run("check")
    assert ran.code == 1
    assert "letters/reminder.txt.j2:1:" in ran.out


def test_the_schema_is_that_of_the_loader() -> None:
    assert good("schema").json == json_schema()


# --- simulate ----------------------------------------------------------------------------------------------------


def test_simulate_prints_what_design_promises(office: Path) -> None:
    found = good("simulate", "--from", "2026-03-23", "--to", "2026-04-08", "--format", "json").json
    assert found.keys() == {"messages", "not_sent", "summaries"}
    first_of_a1 = next(
        (message, line)
        for message in found["messages"]
        for line in message["lines"]
        if line["task"] == "A.1" and line["rung"] == "late"
    )
    message, line = first_of_a1
    assert (message["at"], message["to"]) == ("2026-04-01T07:00:00+07:00", "pgd.a@tinh.example")
    assert message["subject"] == "[Đôn đốc] Quá hạn 1 ngày: Báo cáo quý I – 01/4/2026"
    promised = {"programme": "chuong-trinh", "task": "A.1", "part": "", "unit": "so-a", "rung": "late", "as": "to"}
    assert {name: line[name] for name in promised} == promised
    assert line["due"] == "2026-03-31"
    assert line["why"] == "Tháng 3/2026: đến hết ngày cuối tháng, thứ Ba 31/3/2026"
    assert line["why_en"].startswith("March 2026")


def test_simulate_tells_why_something_is_not_sent(office: Path) -> None:
    found = good("simulate", "--from", "2026-04-20", "--to", "2026-04-24", "--format", "json").json
    names = {"at", "to", "programme", "task", "part", "unit", "rung", "reason"}
    assert all(names <= each.keys() for each in found["not_sent"])
    assert {each["reason"] for each in found["not_sent"]} == {"baseline", "nobody"}


def test_questions_and_matters_are_lines_too(office: Path) -> None:
    found = good("simulate", "--from", "2026-07-01", "--to", "2026-07-06", "--format", "json").json
    others = {
        (line["rung"], line["task"], line["due"])
        for message in found["messages"]
        for line in message["lines"]
        if line["rung"] in ("watch", "undated", "unrecorded", "vacant")
    }
    assert others >= {("watch", "event:de-an", None), ("undated", "B.1", None), ("unrecorded", "event:de-an", None)}


def test_an_assumed_event_starts_its_deadlines(office: Path) -> None:
    span = ("--from", "2026-03-02", "--to", "2026-05-29", "--format", "json")

    def dues(*more: str) -> set[str]:
        messages = good("simulate", *span, *more).json["messages"]
        return {line["due"] for message in messages for line in message["lines"] if line["task"] == "A.2"}

    assert dues() == set()
    assert dues("--assume", "de-an=2026-03-10") == {"2026-04-09"}
    assert dues("--assume", "chuong-trinh/de-an=2026-04-01") == {"2026-05-01"}


def test_simulate_for_one_person_shows_only_that(office: Path) -> None:
    found = good(
        "simulate", "--from", "2026-03-23", "--to", "2026-04-08", "--person", "pct@tinh.example", "--format", "json"
    ).json
    assert {message["to"] for message in found["messages"]} == {"pct@tinh.example"}


def test_a_simulated_subject_is_that_of_the_mail() -> None:
    loaded = load_config(OFFICE / "config.toml", {}).config
    rulebook = load_rules(read_rules(["rules"], OFFICE)).rulebook
    assert loaded is not None
    assert rulebook is not None
    run_of_year = simulate(rulebook, loaded.policy, first=date(2026, 1, 5), last=date(2026, 12, 31))
    heading = headings(loaded, rulebook)
    for message in run_of_year.messages:
        digest = message.digest
        assert heading(message) == (digest.kind, letters("vi", None).subject(digest))


def test_the_table_has_a_row_for_each_message(office: Path) -> None:
    lines = good("simulate", "--from", "2026-03-26", "--to", "2026-03-26").out.splitlines()
    assert lines[0].split() == ["when", "to", "lines", "subject"]
    assert lines[-1].endswith("notices not sent: 2 superseded") or "messages" in lines[-1]


# --- explain -----------------------------------------------------------------------------------------------------


def test_explain_prints_term_rungs_and_sources(office: Path) -> None:
    found = good("explain", "chuong-trinh/A.1", "--at", "2026-04-02", "--format", "json").json
    term = found["term"]
    assert (term["start"], term["due"], term["strict"]) == ("2026-03-01", "2026-03-31", "2026-03-31")
    assert (term["remind_by"], term["grace_until"]) == ("2026-03-31", "2026-03-31")
    assert term["late_at"] == "2026-04-01T00:00:00+07:00"
    assert term["why"] == "Tháng 3/2026: đến hết ngày cuối tháng, thứ Ba 31/3/2026"
    assert [(rung["id"], rung["at"], rung["state"]) for rung in found["rungs"]] == [
        ("due-soon", "2026-03-26T07:00:00+07:00", "past"),
        ("late", "2026-04-01T07:00:00+07:00", "owed"),
        ("overseer", "2026-04-07T07:00:00+07:00", "coming"),
    ]
    late = found["rungs"][1]
    assert [(reader["role"], reader["email"]) for reader in late["to"]] == [("head", "pgd.a@tinh.example")]
    assert [(reader["role"], reader["unit"]) for reader in late["cc"]] == [("standing", "so-a")]
    assert found["sources"]["deadline"] == "rules/office.yaml:19:5"
    assert found["sources"]["document"] == "01/CTr ngày 05/01/2026 của UBND tỉnh"
    assert len(found["obligations"]) == 1


def test_explain_shows_every_unit_and_occurrence_unless_narrowed(office: Path) -> None:
    found = good("explain", "A.3", "--at", "2026-04-02", "--format", "json").json["obligations"]
    assert {(one["unit"], one["occurrence"]) for one in found} == {
        (unit, day) for unit in ("so-a", "so-b") for day in ("2026-04-03", "2026-04-10")
    }
    narrowed = good("explain", "A.3", "--unit", "so-b", "--occurrence", "2026-09-04", "--format", "json").json
    assert (narrowed["unit"], narrowed["term"]["due"], narrowed["term"]["at"]) == ("so-b", "2026-09-04", "09:00")


def test_a_series_that_has_ended_shows_its_last_occurrence(office: Path) -> None:
    file = office / "rules/office.yaml"
    file.write_text(
        file.read_text().replace("deadline: 2026-03\n", "deadline: {every: month, on: 25, until: 2026-03}\n")
    )
    last = good("explain", "A.1", "--at", "2026-04-29", "--format", "json").json
    assert (last["occurrence"], last["has_ended"], len(last["obligations"])) == ("2026-03-25", True, 1)
    assert "  the series has ended: this is its last occurrence\n" in good("explain", "A.1", "--at", "2029-04-29").out
    assert "has ended" not in good("explain", "A.1", "--at", "2026-03-25").out


def test_an_occurrence_goes_by_its_due_day_as_well(office: Path) -> None:
    file = office / "rules/office.yaml"
    monthly = "deadline: {every: month, on: last working day}\n"
    file.write_text(file.read_text().replace("deadline: 2026-03\n", monthly))
    for name in ("2026-02-28", "2026-02-27"):
        [found] = good("explain", "A.1", "--occurrence", name, "--format", "json").json["obligations"]
        assert (found["occurrence"], found["term"]["due"]) == ("2026-02-28", "2026-02-27")


def test_repetitions_that_have_come_are_condensed_to_the_latest(office: Path) -> None:
    lines = good("explain", "A.1", "--at", "2026-06-30").out.splitlines()
    assert [line.split("  ")[0] for line in lines if "head so-a" in line] == [
        "due-soon",
        "late",
        "overseer",
        "late ×13",
        "late #14",
    ]


def test_explain_says_that_nobody_is_in_post(office: Path) -> None:
    found = good("explain", "A.3", "--unit", "so-b", "--at", "2026-04-01", "--format", "json").json
    [focal] = [reader for reader in found["rungs"][0]["cc"] if reader["role"] == "focal"]
    assert (focal["email"], focal["state"], focal["reason"]) == (None, "not_sent", "nobody")


def test_explain_of_an_event_that_is_assumed(office: Path) -> None:
    waiting = good("explain", "A.2", "--format", "json").json
    assert (waiting["term"]["due"], waiting["rungs"]) == (None, [])
    assumed = good("explain", "A.2", "--assume", "de-an=2026-03-10", "--format", "json").json
    assert (assumed["occurrence"], assumed["term"]["due"]) == ("2026-03-10", "2026-04-09")


def test_a_rung_after_the_next_occurrence_took_over_never_comes(office: Path) -> None:
    found = good(
        "explain", "A.3", "--unit", "so-a", "--occurrence", "2026-03-06", "--at", "2026-04-20", "--format", "json"
    ).json
    last = found["rungs"][-1]
    assert (last["id"], last["state"], last["reason"]) == ("late", "not_sent", "closed")


# --- preview -----------------------------------------------------------------------------------------------------


def test_preview_prints_the_letter_a_first_start_leads_to(office: Path) -> None:
    ran = run("preview", "--to", "gd.a@tinh.example", "--date", "2026-03-26")
    assert ran.err == "leaves 2026-03-26 07:00\n"
    assert ran.out.startswith(
        "From: Đôn đốc <don-doc@tinh.example>\nTo: Giám đốc Sở A <gd.a@tinh.example>\nSubject: [Đôn đốc]"
    )
    assert "Báo cáo quý I" in ran.out


@pytest.mark.parametrize("name", ["letter.eml", "letter.html", "letter.txt"])
def test_preview_writes_the_form_the_name_asks_for(name: str, office: Path) -> None:
    ran = run("preview", "--to", "gd.a@tinh.example", "--date", "2026-03-26", "-o", name)
    assert (ran.code, ran.out) == (0, f"written to {name}\n")
    content = (office / name).read_bytes()
    if name.endswith(".eml"):
        assert message_from_bytes(content, policy=policy.default)["To"] == "Giám đốc Sở A <gd.a@tinh.example>"
    else:
        assert "Báo cáo quý I" in content.decode()
        assert (b"<html" in content) == name.endswith(".html")


def test_preview_refuses_other_forms(office: Path) -> None:
    assert refused("preview", "--to", "gd.a@tinh.example", "-o", "x.pdf").startswith("Invalid value for -o")


# --- pipes and terminals -----------------------------------------------------------------------------------------


def test_a_pipe_gets_no_colours(office: Path) -> None:
    for command in (["simulate", "--from", "2026-03-23", "--to", "2026-03-27"], ["explain", "A.1"], ["check"]):
        done = subprocess.run([*DONDOC, *command], capture_output=True, check=True)
        assert b"\x1b" not in done.stdout + done.stderr


def test_a_terminal_gets_a_table_with_bold_heads(office: Path) -> None:
    ours, theirs = pty.openpty()
    environ = {**os.environ, "TERM": "xterm", "COLUMNS": "200", "NO_COLOR": ""}
    command = [*DONDOC, "simulate", "--from", "2026-03-26", "--to", "2026-03-26"]
    with subprocess.Popen(command, stdout=theirs, stderr=subprocess.DEVNULL, env=environ) as process:
        os.close(theirs)
        seen = b""
        while chunk := _read(ours):
            seen += chunk
        assert process.wait() == 0
    os.close(ours)
    assert b"\x1b[1m" in seen


def _read(descriptor: int) -> bytes:
    """Return what the terminal shows next; Linux ends it with an error, not with nothing."""
    try:
        return os.read(descriptor, 65536)
    except OSError:
        return b""


def test_a_reader_that_stops_early_does_no_harm(office: Path) -> None:
    command = " ".join(f"'{part}'" for part in [*DONDOC, "schema"])
    done = subprocess.run(["bash", "-o", "pipefail", "-c", f"{command} | head -c 10"], capture_output=True, check=False)
    assert b"Traceback" not in done.stderr
