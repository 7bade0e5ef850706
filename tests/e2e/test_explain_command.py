"""`dondoc explain` of a task, a silence, a mail and a person, from the ledger and by the rules, past and to come."""

import re
from pathlib import Path

import pytest

from tests.e2e.conftest import After
from tests.e2e.console import at, edit, good, refused

TICKS = ("2026-03-26", "2026-04-01", "2026-04-07")


def follow() -> None:
    with at("2026-03-20T06:00"):
        good("apply", "--yes")
    for day in TICKS:
        with at(f"{day}T07:00"):
            good("tick")


@pytest.fixture
def office(office_after: After) -> Path:
    """The small office, followed from 20 March to 7 April 2026, which is the working directory."""
    return office_after(follow)


def explain(*arguments: str, now: str = "2026-04-07T09:00") -> dict:  # type: ignore[type-arg]
    with at(now):
        found = good("explain", *arguments, "--format", "json").json
    assert isinstance(found, dict)
    return found


def rung(found: dict, id: str, turn: int = 0) -> dict:  # type: ignore[type-arg]
    return next(one for one in found["rungs"] if (one["id"], one["turn"]) == (id, turn))


# --- a task ----------------------------------------------------------------------------------------------------------


def test_the_arithmetic_of_a_count_in_working_days_is_told_day_by_day(office: Path) -> None:
    file = office / "rules/office.yaml"
    file.write_text(file.read_text().replace("within: 30 days", "within: 15 working days"))
    calendar = "programmes/calendar-viet-nam.yaml"
    text = (Path(__file__).parents[2] / calendar).read_text(encoding="utf-8").partition("covers:")[2]
    (office / "rules/lich.yaml").write_text(f"calendar: viet-nam\nbased_on: VN\ncovers:{text}", encoding="utf-8")
    file.write_text(file.read_text().replace("calendar: lich\nladder", "calendar: viet-nam\nladder"))
    found = explain("A.2", "--assume", "de-an=2026-04-20", "--rules", "rules")
    [count] = [one for one in found["arithmetic"] if one["purpose"] == "term"]
    assert (count["start"], count["end"], count["offset"]) == ("2026-04-20", "2026-05-14", "15 working days")
    skipped = {day["date"]: (day["name"], day["source"], day["line"]) for day in count["days"] if not day["counted"]}
    assert [day["number"] for day in count["days"] if day["counted"]] == list(range(1, 16))
    name, source, line = skipped["2026-04-27"]
    assert (name, source) == ("Nghỉ bù Giỗ Tổ Hùng Vương", "Bộ luật Lao động 45/2019/QH14 Điều 111.3")
    number = int(re.fullmatch(r"rules/lich.yaml:(\d+):\d+", line)[1])  # type: ignore[index]
    assert "2026-04-27" in (office / "rules/lich.yaml").read_text(encoding="utf-8").splitlines()[number - 1]
    assert skipped["2026-04-25"] == ("thứ Bảy", None, None)
    table = good("explain", "A.2", "--assume", "de-an=2026-04-20", "--rules", "rules").out
    assert "2026-04-27  thứ Hai   –     Nghỉ bù Giỗ Tổ Hùng Vương" in table


def test_the_words_of_the_document_and_what_comes_next_are_told(office: Path) -> None:
    found = explain("A.1", now="2026-04-01T12:00")
    assert found["wording"] == "Tháng 3"
    assert (found["next"]["id"], found["next"]["opens"]) == ("overseer", "2026-04-07T07:00:00+07:00")
    assert [one["email"] for one in found["next"]["to"]] == ["pct@tinh.example"]


def test_an_instant_to_come_is_told_by_rehearsal_with_its_own_readers(office: Path) -> None:
    found = explain("A.1", "--at", "2026-05-06")
    assert found["known_at"] == "2026-04-07T09:00:00+07:00"
    [late] = rung(found, "late", 5)["to"]
    assert (late["email"], late["state"], late["rehearsed"]) == ("gd.a@tinh.example", "sent", True)
    [before] = rung(found, "late")["to"]
    assert (before["email"], before["rehearsed"]) == ("pgd.a@tinh.example", False)


def test_an_occurrence_still_to_come_about_is_told(office: Path) -> None:
    assert (
        explain("A.3", "--unit", "so-a", "--occurrence", "2026-05-29", "--at", "2026-05-28")["occurrence"]
        == "2026-05-29"
    )


def test_a_past_instant_knows_nothing_of_what_came_later(office: Path) -> None:
    found = explain("A.1", "--at", "2026-03-30")
    assert found["known_at"] is None
    assert [one["id"] for one in found["rungs"] if one["state"] == "sent"] == ["due-soon"]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_texts_are_in_the_language_asked_for(office: Path, language: str) -> None:
    with at("2026-04-07T09:00"):
        text = good("explain", "A.1", "--language", language).out
    assert ("đã gửi" in text) == (language == "vi")
    assert "due 2026-03-31" in text
    assert ("hạn 31/3/2026" in text) == (language == "vi")


def test_a_deadline_with_an_hour_is_late_after_that_hour_of_the_day(office: Path) -> None:
    of = ("A.3", "--unit", "so-a", "--occurrence", "2026-04-10")
    with at("2026-04-07T09:00"):
        texts = {one: good("explain", *of, "--language", one, "--picture").out for one in ("vi", "en")}
    assert "hạn 09h00 ngày 10/4/2026, hạn chặt 10/4/2026, nhắc trước" in texts["vi"]
    assert "nhắc trước 10/4/2026, tính trễ sau 09h00 ngày 10/4/2026" in texts["vi"]
    assert "nhắc trước, hạn, tính trễ sau 09h00 ngày 10/4/2026" in texts["vi"]
    assert "due 2026-04-10 09:00, strict 2026-04-10, remind by 2026-04-10, grace until 2026-04-10 09:00" in texts["en"]


def test_what_would_not_be_sent_is_not_told_as_if_it_would(office: Path) -> None:
    with at("2026-04-07T09:00"):
        text = good("explain", "A.1", "--at", "2026-04-29").out
        assert "sẽ gửi  " in text
        assert "sẽ gửi:" not in text
        closed = good("explain", "A.3", "--unit", "so-a", "--occurrence", "2026-04-03", "--at", "2026-04-29").out
    assert "không gửi: closed" in closed


def test_who_comes_next_is_named_once(office: Path) -> None:
    with at("2026-04-07T09:00"):
        text = good("explain", "A.1").out
    [line] = [line for line in text.splitlines() if "Tiếp theo" in line]
    assert line == "  Tiếp theo: 2026-04-08 07:00 late → pgd.a@tinh.example, vp.a@tinh.example"


def test_who_is_told_by_another_rung_then_is_not_named_as_next(office: Path) -> None:
    edit("7 days late", "8 days late")
    with at("2026-04-07T09:00"):
        text = good("explain", "A.1", "--rules", "rules").out
        found = good("explain", "A.1", "--rules", "rules", "--format", "json").json
    [line] = [line for line in text.splitlines() if "Tiếp theo" in line]
    assert line == "  Tiếp theo: 2026-04-08 07:00 late → vp.a@tinh.example"
    assert (found["next"]["to"], [one["email"] for one in found["next"]["cc"]]) == ([], ["vp.a@tinh.example"])


def test_no_rung_is_promised_before_the_event_is_known(office: Path) -> None:
    edit("within: 30 days", "within: 5 working days")
    edit("- {id: due-soon", "- {id: heads-up, at: 14 days before, to: [head]}\n  - {id: due-soon")
    assumed = ("--assume", "de-an=2026-04-23", "--rules", "rules")
    found = explain("A.2", "--at", "2026-04-20", *assumed)
    assert (found["next"]["id"], found["next"]["opens"]) == ("heads-up", "2026-04-23T07:00:00+07:00")
    simulated = good("simulate", "--from", "2026-04-20", "--to", "2026-04-24", *assumed, "--format", "json").json
    mails = [
        (each["at"], line["rung"]) for each in simulated["messages"] for line in each["lines"] if line["task"] == "A.2"
    ]
    assert mails == [("2026-04-23T07:00:00+07:00", "heads-up")]


@pytest.mark.parametrize("from_rules", [False, True])
def test_the_chain_of_amendments_is_told(office: Path, from_rules: bool) -> None:
    edit(
        "    deadline: 2026-03\n",
        "    deadline: 2026-05-15\n    amended:\n"
        "      - {deadline: 2026-03, until: 340/SVHTTDL-VP of 2026-03-27, why: chờ số liệu}\n"
        "      - {deadline: {every: month, on: 25}, until: 5/CV of 2026-04-03}\n",
    )
    with at("2026-04-07T08:00"):
        good("apply", "--yes")
    rules = ("--rules", "rules") if from_rules else ()
    with at("2026-04-07T09:00"):
        text = good("explain", "A.1", *rules).out
    assert [line.strip() for line in text.splitlines() if "Hạn cũ" in line or "Earlier" in line] == [
        "Hạn cũ: 31/3/2026, điều chỉnh theo 340/SVHTTDL-VP ngày 27/3/2026 (chờ số liệu)",
        "Earlier deadline: 31 March 2026, moved by 340/SVHTTDL-VP ngày 27/3/2026 (chờ số liệu)",
        "Hạn cũ: “Ngày 25 hằng tháng”, điều chỉnh theo 5/CV ngày 03/4/2026",
        "Earlier deadline: “Ngày 25 hằng tháng”, moved by 5/CV ngày 03/4/2026",
    ]
    amended = explain("A.1", *rules)["sources"]["amended"]
    assert [(one["deadline"], one["due"], one["document"]) for one in amended] == [
        ("Tháng 3/2026", "2026-03-31", "340/SVHTTDL-VP"),
        ("Ngày 25 hằng tháng", None, "5/CV"),
    ]


# --- the picture -----------------------------------------------------------------------------------------------------


def test_the_timeline_is_plain_text_where_there_is_no_terminal(office: Path) -> None:
    with at("2026-04-02T09:00"):
        text = good("explain", "A.1", "--picture").out
        assert "▼" not in good("explain", "A.1").out
    assert "\x1b" not in text
    lines = {line.split()[0]: line for line in text.splitlines() if set("●○") & set(line) and "░░" in line}
    assert {name: next(c for c in line if c in "●○◐✕") for name, line in lines.items() if name in ("due-soon", "late", "overseer")} == {
        "due-soon": "●", "late": "●", "overseer": "○"
    }  # fmt: skip
    axis = lines["due-soon"].split()[1]
    # From the day before the first rung, 26 March, the first Saturday is the fourth day.
    assert axis[:7] == "·●·░░··"


# --- a silence -------------------------------------------------------------------------------------------------------


def causes(found: dict) -> dict[tuple[str, str], str]:  # type: ignore[type-arg]
    return {(one["rung"], one["role"]): one["cause"] for one in found["silence"] if one["turn"] == 0}


def test_a_silence_names_who_asked_for_it_and_why(office: Path) -> None:
    with at("2026-04-07T10:00"):
        good("silence", "add", "--task", "A.1", "--until", "2026-04-20", "--reason", "bão số 3", "--by", "Lan")
    with at("2026-04-08T07:00"):
        good("tick")
    found = explain("A.1", now="2026-04-08T09:00")
    answers = [one for one in found["silence"] if (one["rung"], one["turn"], one["role"]) == ("late", 1, "head")]
    assert [one["cause"] for one in answers] == ["silenced"]
    assert answers[0]["words"].startswith("Lan tạm dừng nhắc từ 10h00 ngày 07/4/2026")
    assert answers[0]["words"].endswith("bão số 3")
    with at("2026-04-08T09:00"):
        assert "bão số 3" in good("explain", "A.1", "--silent").out


def test_a_report_names_who_recorded_it(office: Path) -> None:
    with at("2026-04-07T10:00"):
        good("report", "done", "A.1", "--on", "2026-04-06", "--by", "Phòng Tổng hợp")
    with at("2026-04-08T07:00"):
        good("tick")
    found = explain("A.1", now="2026-04-08T09:00")
    reported = [one["words"] for one in found["silence"] if one["cause"] == "reported"]
    assert reported
    assert set(reported) == {"Đã báo cáo hoàn thành ngày 06/4/2026 (Phòng Tổng hợp ghi 10h00 ngày 07/4/2026)"}


def test_the_stop_switch_names_who_threw_it(office: Path) -> None:
    with at("2026-04-07T10:00"):
        good("stop", "--by", "an", "--note", "sai danh bạ")
    with at("2026-04-08T07:00"):
        good("tick")
    found = explain("A.1", now="2026-04-08T09:00")
    stopped = [one for one in found["silence"] if one["cause"] == "stopped"]
    assert {one["words"] for one in stopped} == {"Đã đến lúc nhưng an dừng gửi thư 10h00 ngày 07/4/2026: sai danh bạ"}


def test_what_was_sent_after_all_says_so(office: Path) -> None:
    found = causes(explain("A.1"))
    assert found["due-soon", "head"] == found["late", "head"] == "sent"


@pytest.mark.parametrize(("task", "cause"), [("A.2", "dormant"), ("B.1", "undated")])
def test_what_has_no_day_says_why_nobody_heard(office: Path, task: str, cause: str) -> None:
    assert [one["cause"] for one in explain(task)["silence"]] == [cause]


def test_of_a_period_that_had_passed_when_following_began_no_reason_is_made_up(office: Path) -> None:
    asked = ("A.3", "--unit", "so-a", "--occurrence", "2026-03-06")
    found = explain(*asked)
    [answer] = found["silence"]
    assert (answer["cause"], answer["rung"]) == ("not_followed", None)
    assert answer["at"][:10] == "2026-03-20"
    assert answer["words"] == "Kỳ này đã qua khi bắt đầu theo dõi, từ ngày 20/3/2026: không nhắc ai"
    states = {(one["state"], one["reason"]) for rung in found["rungs"] for one in (rung, *rung["to"], *rung["cc"])}
    assert (states, found["ledger"]) == ({("past", None)}, False)
    with at("2026-04-07T09:00"):
        silent, story = good("explain", *asked, "--silent").out, good("explain", *asked).out
    assert "closed" not in silent
    assert all(answer["words"] in text and answer["words_en"] in text for text in (silent, story))


def test_of_a_period_that_the_ledger_knows_its_own_reasons_are_told(office: Path) -> None:
    found = explain("A.3", "--unit", "so-a", "--occurrence", "2026-03-20")
    assert "not_followed" not in {one["cause"] for one in found["silence"]}


def test_of_an_instant_before_following_it_is_said_since_when_there_is_a_ledger(office: Path) -> None:
    [answer] = explain("A.1", "--at", "2026-03-10")["silence"]
    assert (answer["cause"], answer["words"]) == ("not_followed", "Lúc ấy chưa theo dõi: bắt đầu từ ngày 20/3/2026")
    assert "not_followed" not in {one["cause"] for one in explain("A.1", "--rules", "rules")["silence"]}


# --- a mail ----------------------------------------------------------------------------------------------------------


def outbox(to: str) -> list[dict]:  # type: ignore[type-arg]
    with at("2026-04-07T09:00"):
        return sorted(good("outbox", "list", "--to", to, "--format", "json").lines, key=lambda one: one["number"])


def test_a_mail_goes_by_its_number_its_message_id_and_its_key(office: Path) -> None:
    letter = outbox("pgd.a@tinh.example")[0]
    by_number = explain("--message", str(letter["number"]))
    assert by_number["to"] == "pgd.a@tinh.example"
    assert explain("--message", letter["message_id"]) == by_number
    assert explain("--message", letter["message_id"].strip("<>")) == by_number
    assert explain("--message", by_number["key"]) == by_number


def test_every_line_of_a_mail_says_why_it_was_this_person_on_that_day(office: Path) -> None:
    found = explain("--message", str(outbox("pgd.a@tinh.example")[0]["number"]))
    [late] = [line for line in found["lines"] if (line["task"], line["rung"]) == ("A.1", "late")]
    assert late["rule"] == "1 working day late"
    assert late["owed_at"] == "2026-04-01T07:00:00+07:00"
    assert late["reader"] == "người đứng đầu Sở A: Phó Giám đốc, thay Giám đốc Sở A từ 01/4/2026 đến 10/4/2026"
    assert late["post_source"].startswith("rules/office.yaml:")
    assert late["clause"] == "01/CTr ngày 05/01/2026 của UBND tỉnh, A.1"
    with at("2026-04-07T09:00"):
        assert "Phó Giám đốc, thay Giám đốc Sở A" in good("explain", "--message", str(found["number"])).out


def test_a_mail_in_place_of_a_vacant_head_says_in_whose(bare_office: Path) -> None:
    edit("title: Giám đốc Sở A, email: gd.a@tinh.example", "title: Giám đốc Sở A, vacant: true")
    with at("2026-03-20T06:00"):
        good("apply", "--yes")
    with at("2026-03-26T07:00"):
        good("tick")
    found = explain("--message", str(outbox("pct@tinh.example")[0]["number"]), now="2026-03-26T09:00")
    [line] = [line for line in found["lines"] if line["task"] == "A.1"]
    assert line["reader"].endswith("; nhận thay Giám đốc Sở A, chức vụ chưa có người")
    assert line["reader_en"].endswith("; in place of Giám đốc Sở A, a post that nobody holds")


def test_what_the_same_pass_gave_up_is_told_as_left_out(office: Path) -> None:
    with at("2026-04-20T07:00"):
        good("tick")
    letters = [explain("--message", str(one["number"]), now="2026-04-20T09:00") for one in outbox("gd.a@tinh.example")]
    left = [line for letter in letters for line in letter["left_out"]]
    assert {line["reason"] for line in left} & {"superseded", "closed"}
    assert all(line["left_out"] and line["left_out_en"] for line in left)


def test_an_unknown_mail_is_refused_in_one_line(office: Path) -> None:
    with at("2026-04-07T09:00"):
        assert refused("explain", "--message", "9999") == (
            "there is no letter '9999': see `dondoc outbox list`, or give its Message-ID"
        )


# --- a person --------------------------------------------------------------------------------------------------------


def test_a_person_is_told_by_posts_mails_counts_and_what_comes_next(office: Path) -> None:
    found = explain("--to", "pgd.a@tinh.example")
    [post] = found["posts"]
    assert (post["from"], post["to"], post["acting"]) == ("2026-04-01", "2026-04-10", True)
    assert len(found["mails"]) == len(outbox("pgd.a@tinh.example"))
    assert sum(found["counts"]["rung"].values()) == sum(
        len(mail["lines"]) for mail in (*found["mails"], *found["coming"])
    )
    assert found["coming"][0]["at"] == "2026-04-08T07:00:00+07:00"
    assert found["daily_cap"] == 3
    assert found["lines_merged"] >= 1


def test_what_is_foretold_of_a_person_is_what_then_comes(office: Path) -> None:
    coming = explain("--to", "gd.b@tinh.example", "--to-day", "2026-04-10")["coming"]
    for day in ("2026-04-08", "2026-04-09", "2026-04-10"):
        with at(f"{day}T07:00"):
            good("tick")
    then = explain(
        "--to", "gd.b@tinh.example", "--from", "2026-04-08", "--to-day", "2026-04-10", now="2026-04-10T20:00"
    )
    assert [(m["at"], m["subject"]) for m in coming] == [(m["at"], m["subject"]) for m in then["mails"]] != []


def test_a_span_narrows_what_is_told_of_a_person(office: Path) -> None:
    found = explain("--to", "gd.a@tinh.example", "--from", "2026-03-01", "--to-day", "2026-03-31")
    assert {mail["at"][:10] for mail in found["mails"]} <= {"2026-03-20", "2026-03-26"}
    assert found["coming"] == []


def test_by_the_rules_alone_a_person_is_told_as_well(office: Path) -> None:
    found = explain("--to", "gd.a@tinh.example", "--rules", "rules", "--from", "2026-03-20", "--to-day", "2026-04-20")
    assert found["mails"]
    assert found["coming"]
    assert {mail["number"] for mail in (*found["mails"], *found["coming"])} == {None}


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        ((), "Invalid value for TASK: name one of a task, --message ID, --to ADDRESS"),
        (
            ("A.1", "--to", "gd.a@tinh.example"),
            "Invalid value for TASK: name one of a task, --message ID, --to ADDRESS",
        ),
        (("--to", "gd.x@tinh.example"), "Invalid value for --to: no post has the address 'gd.x@tinh.example'"),
        (
            ("--to", "gd.a@tinh.example", "--from", "2026-04-02", "--to-day", "2026-04-01"),
            "Invalid value for --to-day: 2026-04-01 comes before --from 2026-04-02",
        ),
    ],
)
def test_wrong_usage_is_refused_in_one_line(office: Path, arguments: tuple[str, ...], line: str) -> None:
    with at("2026-04-07T09:00"):
        assert refused("explain", *arguments).startswith(line)
