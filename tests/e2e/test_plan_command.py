"""`dondoc plan` and `dondoc apply FILE`: what is shown, saved, carried out, and refused."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.e2e.console import at, copy_office, edit, good, latest, run

MOVED = ("deadline: 2026-03\n", "deadline: 2026-04-15\n")


def saved(office: Path) -> str:
    with at("2026-03-20T11:00"):
        assert run("plan", "--out", "plan.json", "--by", "an").code == 3
    return "plan.json"


def carried_out(moment: str = "2026-03-20T12:00") -> tuple[int, str]:
    with at(moment):
        ran = run("apply", "plan.json", "--by", "bình")
    return ran.code, ran.out + ran.err


# --- plan ----------------------------------------------------------------------------------------------------------


def test_nothing_to_do_is_said_in_one_line(office: Path) -> None:
    with at("2026-03-20T11:00"):
        assert good("plan").out == "Plan: nothing to do\n"


def test_before_the_first_application_everything_is_new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(copy_office(tmp_path))
    with at("2026-03-20T10:00"):
        ran = run("plan")
    assert ran.code == 3
    assert ran.out.startswith("Plan: 12 obligations appear; ")
    assert not (Path("var/dondoc.db")).exists()


def test_changes_are_summed_up_and_end_with_3(office: Path) -> None:
    edit(*MOVED)
    with at("2026-03-20T11:00"):
        ran = run("plan")
    assert (ran.code, ran.err) == (3, "")
    first, _, *rest = ran.out.splitlines()
    assert first.startswith("Plan: 1 deadline moves; ")
    assert rest[0] == "Deadlines that move"
    assert "chuong-trinh/A.1" in rest[2]
    assert "2026-03-31  2026-04-15  +15" in rest[2]
    assert "\x1b" not in ran.out


def test_details_name_every_letter(office: Path) -> None:
    edit(*MOVED)
    with at("2026-03-20T11:00"):
        ran = run("plan", "-v")
    assert "2026-03-20 11:00  gd.a@tinh.example  other lines" in ran.out
    assert "    + chuong-trinh/A.1 (so-a): moved, to" in ran.out


def test_json_has_every_part(office: Path) -> None:
    edit(*MOVED)
    with at("2026-03-20T11:00"):
        ran = run("plan", "--format", "json")
    assert ran.code == 3
    [move] = ran.json["moves"]
    assert move["line"] == {"programme": "chuong-trinh", "task": "A.1", "part": "", "occurrence": ""}
    assert (move["before"]["due"], move["after"]["due"], move["by_days"]) == ("2026-03-31", "2026-04-15", 15)
    assert move["causes"][0]["source"] == "rules/office.yaml:19"
    assert ran.json["revision"] == 1
    assert set(ran.json["summary"]) == {"vi", "en"}


def test_of_an_edited_ladder_only_what_moves_is_shown(office: Path) -> None:
    edit("at: 7 days late, ", "at: 9 days late, ")
    with at("2026-03-20T11:00"):
        ran = run("plan")
        page = run("plan", "--format", "html").out
    table = ran.out.partition("Reminders and days of grace that move\n")[2].splitlines()
    assert "remind by" not in table[0]
    assert "on time until" not in table[0]
    assert "overseer: 2026-04-07 07:00 → 2026-04-09 07:00" in table[1]
    assert "báo lãnh đạo phụ trách: 07h00 ngày 07/4/2026 → 07h00 ngày 09/4/2026" in page
    assert "nhắc tính đến" not in page


def test_what_stays_open_unreported_and_what_becomes_provisional_is_shown(office: Path) -> None:
    edit('on: friday, at: "09:00"', 'on: friday, at: "09:00", if_unreported: carry')
    edit("announced_until: 2026-12-31", "announced_until: 2026-05-31")
    with at("2026-03-20T11:00"):
        ran = run("plan")
        page = run("plan", "--format", "html").out
    assert "occurrences no longer close unreported, 2 deadlines become provisional; " in ran.out.splitlines()[0]
    closing = ran.out.partition("Occurrences that nobody reports\n")[2].splitlines()
    assert "closes 2026-04-03 09:00  stays open" in closing[2]
    provisional = [line.split() for line in ran.out.splitlines() if "(provisional)" in line]
    assert [(line[0], line[-2] if line[-1] == "(provisional)" else line[-3]) for line in provisional] == [
        ("chuong-trinh/B.2[báo", "2026-06-30"),
        ("chuong-trinh/chỉ", "2026-12-31"),
    ]
    assert "đóng lúc 09h00 ngày 03/4/2026, kỳ sau thay thế" in page
    assert "Thời hạn thành tạm tính hoặc hết tạm tính (2)" in page


def test_who_reads_for_a_post_that_falls_vacant_is_shown(office: Path) -> None:
    edit("email: gd.b@tinh.example", "email: gd.b@tinh.example, until: 2026-03-31")
    with at("2026-03-20T11:00"):
        ran = run("plan")
        page = run("plan", "--format", "html").out
    assert "1 post gets another reader" in ran.out.splitlines()[0]
    table = ran.out.partition("Posts that others read\n")[2].splitlines()
    assert "so-b head  gd.b@tinh.example  nobody in post: pct@tinh.example (overseer) instead  2026-04-01" in table[1]
    assert "vp.a@tinh.example" in table[1]
    assert "chưa có ai giữ: pct@tinh.example (lãnh đạo phụ trách) nhận thay" in page
    assert "thường trực được báo hằng tuần: vp.a@tinh.example" in page


def test_what_passes_to_another_standing_office_is_shown(office: Path) -> None:
    with at("2026-03-20T10:30"):
        good("report", "done", "A.1", "--unit", "so-a")
    edit("standing: so-a", "standing: so-b")
    with at("2026-03-20T11:00"):
        ran = run("plan", "-v")
        page = run("plan", "--format", "html").out
    assert "1 programme gets another standing office" in ran.out.splitlines()[0]
    table = ran.out.partition("and what else passes to it\n")[2].splitlines()
    assert table[0].split("  ")[0] == "programme"
    assert "so-a  so-b  2026-03-20 11:00" in table[1]
    assert table[2] == "  chuong-trinh/A.1 (so-a): Báo cáo quý I"
    assert "Đổi cơ quan thường trực" in page


def test_who_gets_no_letter_is_said_in_every_form(office: Path) -> None:
    edit(*MOVED)
    with at("2026-03-20T11:00"):
        good("silence", "add", "--person", "gd.a@tinh.example", "--until", "2026-03-25", "--reason", "nghỉ phép")
        table, values, page = (run("plan", *how).out for how in ((), ("--format", "json"), ("--format", "html")))
        saved(office)
    assert "People who get no letter, whatever changes; none to them is counted" in table
    assert "gd.a@tinh.example  silenced  all  2026-03-20 11:00  2026-03-26 00:00  nghỉ phép" in table
    assert "gd.a@tinh.example: đang tạm dừng nhắc" in page
    [said] = json.loads(values)["unreached"]
    assert (said["person"], said["kind"], said["until"]) == (
        "gd.a@tinh.example",
        "silenced",
        "2026-03-25T17:00:00+00:00",
    )
    assert json.loads(Path("plan.json").read_text())["changes"]["unreached"] == [said]
    assert not [
        one for one in json.loads(values)["letters"] if one["to"] == "gd.a@tinh.example" and one["at"] < "2026-03-25T17"
    ]


def test_who_led_before_is_said_to_be_told(office: Path) -> None:
    edit("lead: so-a\n    product: Báo cáo", "lead: so-b\n    product: Báo cáo")
    with at("2026-03-20T11:00"):
        ran = run("plan")
        page = run("plan", "--format", "html").out
    assert "Obligations that pass to others: who led them before is told so, if told of them before\n" in ran.out
    assert "Cơ quan chủ trì trước đây, nếu đã được báo về việc này, có thư báo không còn chủ trì." in page


class Tags(HTMLParser):
    """Which elements a page has, and what it fetches."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.fetched: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.fetched += [value for name, value in attrs if name in ("src", "href") and value]


def test_the_page_is_one_file_in_vietnamese(office: Path) -> None:
    edit(*MOVED)
    edit("title: Quy chế phối hợp", "title: Quy chế <b>phối hợp</b>")
    with at("2026-03-20T11:00"):
        ran = run("plan", "--format", "html")
    assert ran.code == 3
    found = Tags()
    found.feed(ran.out)
    assert found.fetched == []
    assert "script" not in found.tags
    assert "Thời hạn thay đổi (1)" in ran.out
    assert "Sở A" in ran.out
    assert "&lt;b&gt;phối hợp" in ran.out


def test_the_page_names_rungs_and_hours_in_vietnamese_alone(office: Path) -> None:
    edit(*MOVED)
    edit('on: friday, at: "09:00"', 'on: friday, at: "09:30"')
    with at("2026-03-26T07:00"):
        good("tick")
    with at("2026-03-26T11:00"):
        page = run("plan", "--format", "html").out
    shown = page.partition("</style>")[2]
    assert '<li class="more">+ chuong-trinh: A.1 (so-a) – báo điều chỉnh thời hạn' in shown
    assert "<td>nhắc trước hạn, 07h00 ngày 26/3/2026</td>" in shown
    assert '<span class="days">09h30 27/3/2026</span>' in shown
    assert re.findall(r"Plan:|\bmoved\b|due-soon|letters?\b|\b\d\d:\d\d\b", shown) == []


def test_broken_rule_files_end_with_1(office: Path) -> None:
    edit("deadline: 2026-03\n", "deadline: 2026-13\n")
    ran = run("plan")
    assert ran.code == 1
    assert "rules/office.yaml:19:" in ran.err


def test_wrong_usage_ends_with_2(office: Path) -> None:
    assert run("plan", "--format", "xml").code == 2
    assert run("plan", "--out", "no/such/folder/plan.json").code == 2


# --- apply FILE ------------------------------------------------------------------------------------------------------


def test_a_saved_plan_is_carried_out(office: Path) -> None:
    edit(*MOVED)
    saved(office)
    assert carried_out() == (0, "revision 2 is in force: 12 obligations (1 moved)\n")


def test_the_first_plan_of_all_is_carried_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = copy_office(tmp_path)
    monkeypatch.chdir(folder)
    saved(folder)
    assert carried_out() == (0, "revision 1 is in force: 12 obligations (12 new)\n")


def test_a_plan_carried_out_twice_does_nothing_the_second_time(office: Path) -> None:
    edit(*MOVED)
    saved(office)
    carried_out()
    code, said = carried_out("2026-03-20T13:00")
    assert code == 0
    expected = "this plan was carried out already, as revision 2 (bình, 2026-03-20 05:00 UTC): nothing to do\n"
    assert said == expected
    assert latest(office).id == 2


def test_a_plan_is_refused_when_another_revision_is_in_force(office: Path) -> None:
    edit(*MOVED)
    saved(office)
    edit("title: Báo cáo tuần", "title: Báo cáo hằng tuần")
    with at("2026-03-20T11:30"):
        good("apply", "--yes", "--by", "chi")
    code, said = carried_out()
    assert code == 1
    assert "planned from revision 1, in force is revision 2 (chi, 2026-03-20 04:30 UTC)" in said
    assert said.endswith("plan anew\n")


def test_a_plan_that_was_overtaken_says_so(office: Path) -> None:
    edit(*MOVED)
    saved(office)
    carried_out()
    edit("title: Báo cáo tuần", "title: Báo cáo hằng tuần")
    with at("2026-03-20T12:30"):
        good("apply", "--yes", "--by", "chi")
    code, said = carried_out("2026-03-20T13:00")
    assert code == 1
    assert "it was carried out as revision 2; planned from revision 1, in force is revision 3" in said


@pytest.mark.parametrize(
    ("since", "named"),
    [
        (("event", "record", "de-an", "--on", "2026-03-19"), "events were recorded or taken back"),
        (("report", "done", "A.1", "--unit", "so-a"), "reports were recorded"),
        (("silence", "add", "--task", "A.1", "--until", "2026-03-30", "--reason", "bão"), "silences were recorded"),
        (("tick",), "notices became owed"),
    ],
)
def test_a_plan_is_refused_when_anything_was_recorded_since(office: Path, since: tuple[str, ...], named: str) -> None:
    edit(*MOVED)
    saved(office)
    with at("2026-03-20T11:30"):
        ran = run(*since)
        assert ran.code == 0, ran
    code, said = carried_out()
    assert code == 1
    assert named in said
    assert latest(office).id == 1


def test_a_plan_is_refused_on_another_day(office: Path) -> None:
    edit(*MOVED)
    saved(office)
    code, said = carried_out("2026-03-21T09:00")
    assert code == 1
    assert "the plan is of 2026-03-20, today is 2026-03-21" in said


def test_a_plan_is_refused_when_the_folder_was_edited_since(office: Path) -> None:
    edit(*MOVED)
    saved(office)
    edit("title: Báo cáo tuần", "title: Báo cáo hằng tuần")
    (office / "rules/more.yaml").write_text("ladder: x\nrungs: [{id: a, at: due, to: [head]}]\n")
    code, said = carried_out()
    assert code == 1
    assert "rules/more.yaml is new; rules/office.yaml was edited" in said
    assert latest(office).id == 1


@pytest.mark.parametrize(
    ("spoil", "named"),
    [
        (lambda text: "{", "no plan of dondoc"),
        (lambda text: text.replace('"dondoc_plan": 1', '"dondoc_plan": 9'), "made by another version"),
        (lambda text: text.replace("2026-04-15", "2026-04-16"), "the rule files in it are not those it was made of"),
        (lambda text: json.dumps({**json.loads(text), "seen": {}}), "seen.counters: "),
    ],
)
def test_what_is_no_plan_is_refused(office: Path, spoil, named: str) -> None:  # type: ignore[no-untyped-def]
    edit(*MOVED)
    file = office / saved(office)
    file.write_text(spoil(file.read_text()))
    code, said = carried_out()
    assert code == 1
    assert named in said


def test_a_plan_that_is_not_there_is_refused(office: Path) -> None:
    assert carried_out() == (1, "dondoc: plan.json: No such file or directory\n")


def test_nobody_is_asked_where_there_is_no_terminal(office: Path) -> None:
    edit(*MOVED)
    ran = run("apply")
    assert ran.code == 2
    assert "say --yes" in ran.err
