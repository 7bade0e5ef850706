"""`dondoc test` and the scenarios in `dondoc check`: what is printed, which code, what is written; no rule is touched."""

from pathlib import Path
from xml.etree import ElementTree

import pytest

from scheduler.applying import Origin
from scheduler.reload import Watcher
from tests.e2e.console import at, good, refused, run
from tests.offices import Desk, open_desk

MET = """\
scenario: Báo cáo quý I nhắc trước ba ngày
task: A.1
expect:
  - on: 2026-03-26
    mail: {to: head, cc: focal, rung: due-soon, says: Báo cáo quý I}
"""
FAILED = """\
scenario: Nhắc muộn một ngày
task: A.1
expect:
  - on: 2026-03-27
    mail: {to: so-a/head, rung: due-soon}
"""


@pytest.fixture
def office(bare_office: Path) -> Path:
    """A copy of the small office with one scenario that is met, which is the working directory."""
    write("scenarios/met.yaml", MET, bare_office)
    return bare_office


def write(name: str, text: str, folder: Path = Path()) -> None:
    path = folder / "rules" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have everything said in English where no test asks for another language."""
    monkeypatch.setenv("DONDOC_LANGUAGE", "en")


# --- playing ---------------------------------------------------------------------------------------------------------


def test_scenarios_that_are_met_are_counted(office: Path) -> None:
    assert good("test").out == "1 scenario: 1 passed, 0 failed\n"


def test_a_scenario_that_fails_is_shown_with_what_came_instead(office: Path) -> None:
    write("scenarios/failed.yaml", FAILED + "until: 2026-04-01\n")
    ran = run("test")
    assert (ran.code, ran.err) == (1, "")
    assert (
        ran.out
        == """\
FAILED Nhắc muộn một ngày (rules/scenarios/failed.yaml:1)
  rules/scenarios/failed.yaml:5:16: expected: Fri 2026-03-27: due-soon to so-a/head (gd.a@tinh.example)
      came instead: near: Thu 2026-03-26 07:00 to so-a/head <gd.a@tinh.example>: due-soon of A.1 (so-a): 3 working days before, due 2026-03-31

2 scenarios: 1 passed, 1 failed
"""
    )


def test_what_nobody_expected_stands_by_day_with_a_way_out(office: Path) -> None:
    write("scenarios/failed.yaml", MET.replace("Báo cáo quý I nhắc", "Không ai").replace(", cc: focal", ""))
    out = run("test", "Không ai").out
    assert (
        "  rules/scenarios/failed.yaml:4:5: on 2026-03-26 nobody expected:\n      07:00 to so-a/focal <vp.a@tinh.example> (cc)"
        in out
    )
    assert "  (whoever may hear is named under to: or cc:, or the days say `others: allowed`)\n" in out


@pytest.mark.parametrize("name", ["quý i", "met.yaml", "scenarios/met.yaml", "rules/scenarios/met.yaml"])
def test_scenarios_are_chosen_by_part_of_the_title_and_by_file(office: Path, name: str) -> None:
    write("scenarios/failed.yaml", FAILED)
    assert good("test", name).out == "1 scenario: 1 passed, 0 failed\n"


def test_a_file_that_stands_elsewhere_is_played_beside_the_rules(office: Path) -> None:
    (office / "elsewhere.yaml").write_text(MET.replace("Báo cáo quý I", "Nơi khác", 1))
    assert good("test", "elsewhere.yaml").out == "1 scenario: 1 passed, 0 failed\n"
    assert good("test", str(office / "rules/scenarios/met.yaml")).out == "1 scenario: 1 passed, 0 failed\n"
    (office / "elsewhere.yaml").write_text(MET.replace("A.1", "A.9"))
    ran = run("test", "elsewhere.yaml")
    assert ran.code == 1
    assert ran.out.startswith("elsewhere.yaml:2:7: task: unknown task 'A.9'")


def test_a_name_that_means_nothing_is_refused(office: Path) -> None:
    said = refused("test", "Nhắc muộn")
    assert said.startswith("Invalid value for NAME: no scenario is called 'Nhắc muộn'")
    assert run("test", "Nhắc muộn").code == 2


def test_a_scenario_that_cannot_be_read_fails_and_the_others_are_played(office: Path) -> None:
    write("scenarios/bad.yaml", FAILED.replace("A.1", "A.9"))
    ran = run("test")
    assert ran.code == 1
    assert ran.out == (
        "rules/scenarios/bad.yaml:2:7: task: unknown task 'A.9' in chuong-trinh; known: A.1, A.2, A.3, B.1, B.2; "
        "did you mean 'A.3'?\n1 scenario: 1 passed, 0 failed, 1 problem in files\n"
    )


@pytest.mark.parametrize("name", ["bad.yaml", "scenarios/bad.yaml", "rules/scenarios/bad.yaml"])
def test_the_problems_of_a_file_that_is_named_are_printed(office: Path, name: str) -> None:
    write("scenarios/bad.yaml", FAILED.replace("A.1", "A.9"))
    write("scenarios/worse.yaml", FAILED.replace("A.1", "A.8"))
    ran = run("test", name)
    assert (ran.code, ran.err) == (1, "")
    assert ran.out == (
        "rules/scenarios/bad.yaml:2:7: task: unknown task 'A.9' in chuong-trinh; known: A.1, A.2, A.3, B.1, B.2; "
        "did you mean 'A.3'?\n0 scenarios: 0 passed, 0 failed, 1 problem in files\n"
    )


def test_with_broken_rules_nothing_is_played(office: Path) -> None:
    write("more.yaml", "ladder: x\n")
    ran = run("test")
    assert ran.code == 1
    assert ran.err.startswith("dondoc: the rule files have problems:\nrules/more.yaml:1:1: ")


def test_programs_read_json_or_junit(office: Path) -> None:
    write("scenarios/failed.yaml", FAILED)
    ran = run("test", "--format", "json")
    assert ran.code == 1
    assert {key: ran.json[key] for key in ("scenarios", "passed", "failed", "problems")} == {
        "scenarios": 2, "passed": 1, "failed": 1, "problems": []
    }  # fmt: skip
    [failed] = [one for one in ran.json["outcomes"] if not one["passed"]]
    assert (failed["scenario"], failed["file"], failed["line"]) == (
        "Nhắc muộn một ngày",
        "rules/scenarios/failed.yaml",
        1,
    )
    assert (failed["failures"][0]["kind"], failed["failures"][0]["on"], failed["failures"][0]["line"]) == (
        "missing",
        "2026-03-27",
        5,
    )
    suite = ElementTree.fromstring(run("test", "--format", "junit").out)
    assert (suite.get("tests"), suite.get("failures"), suite.get("errors")) == ("2", "1", "0")
    assert [case.get("name") for case in suite if case.find("failure") is not None] == ["Nhắc muộn một ngày"]


# --- coverage --------------------------------------------------------------------------------------------------------


def test_coverage_names_what_no_scenario_touches(office: Path) -> None:
    out = good("test", "--coverage").out
    assert "thang   overseer  none\n" in out
    assert "thang   due-soon  1\n" in out
    assert "chuong-trinh  recurring      1      A.3\n" in out
    assert out.endswith("untouched: 2 rungs of 3, 0 routes of 0, 5 deadlines of 6\n")


def test_coverage_is_told_in_the_configured_language(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DONDOC_LANGUAGE", "vi")
    out = good("test", "--coverage").out
    assert "thang  overseer  chưa có\n" in out
    assert "chuong-trinh  định kỳ" in out
    assert "Thời hạn chưa kịch bản nào chạm tới\n" in out
    assert out.endswith("chưa chạm tới: 2 bậc trên 3, 0 tuyến trên 0, 5 thời hạn trên 6\n")
    assert not {"scenarios", "programme", "recurring", "none"} & set(out.split())


def test_coverage_for_programs(office: Path) -> None:
    found = good("test", "--coverage", "--format", "json").json
    assert found["passed"] == 1
    covered = found["coverage"]
    assert [one["rung"] for one in covered["rungs"] if one["scenarios"]] == ["due-soon"]
    assert covered["kinds"][0] == {"kind": "event", "deadlines": 1, "touched": 0}
    task = {"programme": "chuong-trinh", "task": "A.1", "part": "", "kind": "month", "scenarios": 1}
    assert task in covered["deadlines"]


# --- drafting --------------------------------------------------------------------------------------------------------


def test_a_draft_is_printed_or_written_and_passes(office: Path) -> None:
    span = ("--from", "2026-03-20", "--to", "2026-04-10")
    printed = good("test", "--write", "A.1", *span, "--assume", "done:A.1=2026-04-02").out
    assert "  - {on: 2026-04-02, done: A.1}\n" in printed
    assert good("test", "--write", "A.1", *span, "-o", "rules/draft.yaml").out == "written to rules/draft.yaml\n"
    assert good("test").out == "2 scenarios: 2 passed, 0 failed\n"
    before = (office / "rules/draft.yaml").read_text()
    assert refused("test", "--write", "A.1", *span, "-o", "rules/draft.yaml") == (
        "rules/draft.yaml is there already; a draft is never written over a file"
    )
    assert (office / "rules/draft.yaml").read_text() == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--write", "A.1", "--to", "2026-04-10"), "Invalid value for --from: says from which day"),
        (("--write", "A.1", "--from", "2026-04-10"), "Invalid value for --to: says from which day"),
        (("--write", "A.1", "--from", "2026-04-10", "--to", "2026-04-01"), "Invalid value for --to: 2026-04-01 comes before --from 2026-04-10"),
        (("--write", "A.9", "--from", "2026-04-10", "--to", "2026-04-11"), "Invalid value for TASK: unknown task 'A.9'"),
        (("--write", "A.1", "--from", "2026-04-10", "--to", "2026-04-11", "--assume", "de-an"), "Invalid value for --assume: 'de-an': accepted are EVENT=DATE"),
        (("--write", "A.1", "--from", "2026-04-10", "--to", "2026-04-11", "--assume", "de-ann=2026-03-01"), "Invalid value for EVENT: unknown event 'chuong-trinh/de-ann'"),
        (("--from", "2026-04-10"), "Invalid value for --from: goes with --write TASK"),
        (("-o", "x.yaml"), "Invalid value for -o: goes with --write TASK"),
    ],
)  # fmt: skip
def test_wrong_usage_is_said(office: Path, arguments: tuple[str, ...], said: str) -> None:
    assert refused("test", *arguments).startswith(said)


# --- check, apply, the daemon ----------------------------------------------------------------------------------------


def test_check_plays_them_unless_told_not_to(office: Path) -> None:
    assert "no problems" in good("check").out
    write("scenarios/failed.yaml", FAILED)
    ran = run("check")
    assert ran.code == 1
    assert ran.out.splitlines()[0] == (
        "rules/scenarios/failed.yaml:5:16: Nhắc muộn một ngày: expected Fri 2026-03-27: due-soon to so-a/head "
        "(gd.a@tinh.example); came instead: near: Thu 2026-03-26 07:00 to so-a/head <gd.a@tinh.example>: "
        "due-soon of A.1 (so-a): 3 working days before, due 2026-03-31"
    )
    assert run("check", "--format", "json").json["problems"][0]["line"] == 5
    assert "no problems" in good("check", "--no-scenarios").out


def test_apply_sees_no_change_in_scenarios_broken_ones_included(office: Path) -> None:
    with at("2026-03-20T10:00"):
        good("apply", "--yes")
        write("scenarios/failed.yaml", FAILED.replace("A.1", "A.9"))
        write("scenarios/met.yaml", MET.replace("2026-03-26", "2026-03-2"))
        assert good("apply", "--yes").out.startswith("revision 1 is in force, the same files as before")


def test_the_daemon_takes_no_notice_of_scenarios(tmp_path: Path, sqlite_url: str) -> None:
    desk: Desk = open_desk(tmp_path / "office", sqlite_url)
    desk.apply()
    (desk.folder / "rules" / "s.yaml").write_text("scenario: x\nexpect: [{on: 2026-02-30, nobody: true}]\n")
    Watcher(Origin("an", "rules"), settle=0.05).look(desk.office, desk.now)
    assert desk.office.revision == 1
    assert desk.run("SELECT count(*) FROM trouble") == [(0,)]
