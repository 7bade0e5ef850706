"""One fault planted in the example programmes is found there, at its line, and nothing else is."""

from datetime import date
from pathlib import Path

import pytest

from rules.lint import Subject, lint, papers
from rules.lint.marked import marked
from rules.load import load
from rules.window import Policy
from tests.rules.calendars import HCM

PROGRAMMES = Path(__file__).parents[3] / "programmes"
TODAY = date(2026, 3, 10)
MAIN, DIRECTORY = "dong-thap-2026.yaml", "directory-dong-thap.yaml"

A_14 = "    product: Chương trình/Báo cáo của Ban Chỉ đạo\n    stated: Tháng 3\n    deadline: 2026-03\n"
HEAD = "head: {title: Giám đốc Sở Khoa học và Công nghệ, email: gd.skhcn@dongthap.example}"
EVENT = "    watch: {ask: cong-an, every: month, expected: 2026-03-31}             # under Quý I\n"

# File, what stands there, what is put in its place, the code it leads to and how many lines below the edit.
PLANTED = [
    (MAIN, A_14, A_14.replace("2026-03", "2026-05"), "D409", 2),
    (MAIN, A_14, A_14.replace("    stated: Tháng 3\n", ""), "D109", -5),
    (MAIN, A_14, A_14.replace("    product: Chương trình/Báo cáo của Ban Chỉ đạo\n", ""), "D106", -5),
    (MAIN, A_14, A_14.replace("Tháng 3", "14/3/2026").replace("2026-03", "2026-03-14"), "D401", 2),
    (MAIN, A_14, A_14.replace("Tháng 3", "16/3/2027").replace("2026-03", "2027-03-16"), "D406", 2),
    (MAIN, A_14, A_14 + "    completion: joint # lint: D105 vì thế\n", "D802", 3),
    (MAIN, "    lead: so-khcn\n    coordinate: [uy-vien-bcd]\n" + A_14,
     "    lead: [so-khcn, cong-an]\n    coordinate: [uy-vien-bcd]\n" + A_14, "D105", 0),
    (MAIN, EVENT, "", "D501", -2),
    (MAIN, "events:", "events:\n  thua: {title: Họp không ai chờ, date: 2026-05-05}\n#", "D901", 1),
    (MAIN, "- {match: {section: B}, ladder: gentle}", "- {match: {section: B}, ladder: gentle}\n  - {match: {section: C}, ladder: gentle}", "D905", 1),
    (DIRECTORY, HEAD, HEAD.replace("email: gd.skhcn@dongthap.example", "vacant: true"), "D101", 0),
    (DIRECTORY, HEAD, HEAD.replace("}", ", until: 2026-03-01}"), "D302", 0),
    (DIRECTORY, HEAD, HEAD.replace("}", ", until: 2026-04-01}"), "D304", 0),
    (DIRECTORY, "email: pct-vx@dongthap.example", "email: gd.skhcn@dongthap.example", "D205", -2),
    ("ladders.yaml", "at: 7 days late,           to: [overseer]", "at: 1 day late,            to: [overseer]", "D204", 0),
    ("calendar-viet-nam.yaml", "source: 9441/TB-BNV ngày 16/10/2025}", "source: đang chờ}", "D601", 0),
    ("calendar-viet-nam.yaml", "announced_until: 2026-12-31  # lint: D602", "announced_until: 2026-03-01  # D602", "D602", 0),
]  # fmt: skip


def read() -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(PROGRAMMES.glob("*.yaml"))}


def found(texts: dict[str, str]) -> set[tuple[str, int, str]]:
    files = {name: text.encode() for name, text in texts.items()}
    rulebook = load(files).rulebook
    assert rulebook is not None, load(files).problems
    findings = lint(Subject(rulebook, papers(files), Policy(HCM), TODAY))
    return {(each.source.file, each.source.line, each.code) for each in findings if each.severity != "note"}


@pytest.mark.parametrize(
    ("file", "before", "after", "code", "offset"), PLANTED, ids=[f"{each[3]}-{n}" for n, each in enumerate(PLANTED)]
)
def test_a_planted_fault_is_found_where_it_stands(file: str, before: str, after: str, code: str, offset: int) -> None:
    texts = read()
    assert before in texts[file]
    line = texts[file][: texts[file].index(before)].count("\n") + 1
    texts[file] = texts[file].replace(before, after, 1)

    planted = found(texts)

    assert {each[2] for each in planted} == {code}
    assert {each[0] for each in planted} == {file}
    assert (file, line + offset, code) in planted


def test_a_fault_beside_scenarios_is_found_and_nothing_in_the_scenarios_is() -> None:
    texts = read()
    scenario = "scenario: Không phải quy tắc\nprogramme: dong-thap-2026\nexpect:\n  - {on: 2026-03-01, nobody: true}\n"
    texts["scenarios.yaml"] = scenario
    texts[MAIN] = f"{texts[MAIN].replace(A_14, A_14.replace('2026-03', '2026-05'), 1)}---\n{scenario}"

    assert {each[::2] for each in found(texts)} == {(MAIN, "D409")}


def test_a_comment_in_a_scenario_waives_nothing_and_is_found() -> None:
    texts = read()
    scenario = (
        "scenario: x\nprogramme: dong-thap-2026\nexpect:\n  - {on: 2026-03-01, nobody: true}  # lint: D401 nghỉ\n"
    )

    assert found(texts | {"scenarios.yaml": scenario}) == {("scenarios.yaml", 4, "D802")}


def test_a_marking_in_a_scenario_is_found_like_any_other() -> None:
    text = "scenario: x\nnote: Tối mật\nexpect:\n  - {on: 2026-03-01, nobody: true}\n"

    assert [each.code for each in marked({"scenarios.yaml": text.encode()})] == ["D701"]
    assert load({"scenarios.yaml": text.encode()}).rulebook is None
