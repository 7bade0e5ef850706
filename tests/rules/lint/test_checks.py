"""Every code has a bad file that leads to it and a good one in which nothing is found."""

from datetime import date
from itertools import takewhile
from pathlib import Path

import pytest

from rules.lint import CHECKS, Limits, Subject, lint, papers
from rules.load import load
from rules.programme import Occurred
from rules.window import Policy
from rules.wording import SEVERITIES
from tests.rules.calendars import HCM
from tests.rules.lint.folders import BAD, COMMON, GOOD, found, told

PROGRAMMES = Path(__file__).parents[3] / "programmes"


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_a_bad_file_leads_to_the_findings_in_its_first_lines_and_to_no_others(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    said = list(takewhile(lambda line: line.startswith("# ") and ": D" in line, lines))

    # What the first lines quote would be found there once more.
    text = "#\n" * len(said) + "".join(lines[len(said) :])

    assert [told(finding) for finding in found(text)] == [line.removeprefix("# ").rstrip("\n") for line in said]
    assert any(f" {path.stem[:4]} " in line for line in said)


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_in_a_good_file_nothing_is_found(path: Path) -> None:
    assert found(path.read_bytes()) == []


def test_the_common_documents_alone_are_faultless() -> None:
    assert found(COMMON["programme"]) == []


@pytest.mark.parametrize("code", CHECKS)
def test_a_code_has_files_that_hold_its_examples_and_words_in_both_languages(code: str) -> None:
    check = CHECKS[code]
    bad, good = ([path for path in paths if path.stem.startswith(f"{code}-{check.name}")] for paths in (BAD, GOOD))

    assert check.bad != check.good
    assert any(check.bad in path.read_text(encoding="utf-8") for path in bad)
    assert any(check.good in path.read_text(encoding="utf-8") for path in good)
    for words in (check.title, check.why, check.mend):
        assert words.vi
        assert words.en
        assert words.vi != words.en


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_a_finding_says_reason_and_mend_on_one_line_in_each_language(path: Path) -> None:
    text = "\n".join(
        line if not line.startswith("# ") or ": D" not in line else "#" for line in path.read_text().split("\n")
    )
    for finding in found(text):
        for language, mend in (("vi", "sửa: "), ("en", "mend: ")):
            line = finding.line(language)  # type: ignore[arg-type]
            assert line.startswith(f"{finding.source}: ")
            assert finding.code in line
            assert mend in line
            assert "\n" not in line
            assert line.endswith(f"({SEVERITIES[finding.severity].say(language)})")  # type: ignore[arg-type]
        assert finding.said.vi != finding.said.en


# On the day of writing, in the first weeks of the programmes, at their end, and long after.
@pytest.mark.parametrize("day", ["2025-12-20", "2026-03-10", "2026-11-29", "2027-02-01"])
def test_the_example_programmes_carry_a_reason_for_whatever_is_found_in_them(day: str) -> None:
    files = {path.name: path.read_bytes() for path in sorted(PROGRAMMES.glob("*.yaml"))}
    rulebook = load(files).rulebook
    assert rulebook is not None

    findings = lint(Subject(rulebook, papers(files), Policy(HCM), date.fromisoformat(day)))

    assert [finding.line("en") for finding in findings if finding.severity != "note"] == []


def text(code: str) -> str:
    path = next(path for path in BAD if path.name.startswith(code))
    return "\n".join("#" if ": D" in line and line.startswith("# ") else line for line in path.read_text().split("\n"))


def codes(code: str, **given: object) -> list[str]:
    return [finding.code for finding in found(text(code), **given)]  # type: ignore[arg-type]


def test_thresholds_say_from_when_on_something_is_worth_a_word() -> None:
    assert codes("D403") == ["D403"]
    assert codes("D403", limits=Limits(load=11)) == []
    assert codes("D407") == ["D407"]
    assert codes("D407", limits=Limits(undated=68)) == ["D103"]
    assert codes("D502") == ["D502"]
    assert codes("D502", limits=Limits(expected=73)) == []
    assert codes("D602") == ["D602"]
    assert codes("D602", limits=Limits(announced=46)) == []
    assert codes("D304") == ["D304"]
    assert codes("D304", limits=Limits(leaving=46)) == []
    assert codes("D408") == ["D408"]
    assert codes("D408", limits=Limits(alike=100)) == []


def test_one_fault_is_found_once() -> None:
    # Somebody follows, but not at once: whoever leaves soon is not found beside the gap.
    assert codes("D303", today=date(2026, 5, 20)) == ["D303"]
    # Beside the gap nobody follows at the end: another fault.
    assert sorted(codes("D303", today=date(2026, 6, 15))) == ["D303", "D304"]
    late = text("D404-later-than-parent.")
    copied = late.replace("lead: so-b", "lead: so-a")
    assert [each.code for each in found(copied)] == ["D404"]
    dated_later = copied.replace("2026-01-02}", "2026-01-07}")
    assert [each.code for each in found(dated_later)] == ["D404"]
    assert [each.code for each in found(copied.replace("basis: Kế hoạch số 10/KH-UBND", "basis: Kế hoạch"))] == ["D408"]


def test_what_was_recorded_counts() -> None:
    happened = {"nen": {"de-an": (Occurred(date(2026, 1, 8)),)}}
    assert codes("D502", recorded=happened) == []
    assert codes("D501", recorded=happened) == []


def test_nothing_is_said_of_the_time_of_what_is_done() -> None:
    done = frozenset({("nen", "A.1")})
    for code in ("D103", "D104", "D401", "D405", "D406"):
        assert codes(code) == [code]
        assert codes(code, done=done) == []


def test_the_day_decides_what_has_passed() -> None:
    assert codes("D302", today=date(2025, 12, 31)) != codes("D302", today=date(2026, 1, 1))
    assert codes("D602", today=date(2026, 3, 1)) == ["D602"]


def test_a_rung_before_an_event_whose_day_is_known_ahead_comes_at_its_time() -> None:
    waiting = text("D207-rung-before-task-event")
    assert [each.code for each in found(waiting)] == ["D207"]
    dated = waiting.replace("watch: {ask: so-a, every: month, expected: 2026-06-30}", "date: 2026-06-30")
    assert [each.code for each in found(dated)] == []


def test_a_rung_is_reached_by_occurrences_that_exist_by_then() -> None:
    recurring = text("D207-rung-before-task-event").replace("10 ngày sau khi có Đề án", "Thứ Sáu hằng tuần")
    weekly = recurring.replace("{after: de-an, within: 10 days}", "{every: week, on: friday}")
    codes = {each.code for each in found(weekly)}
    assert "D207" not in codes
    longer = weekly.replace("14 days before", "15 days before")
    assert {each.code for each in found(longer)} - codes == {"D207"}


def test_the_mend_of_an_unannounced_calendar_says_which_day_is_to_be_written() -> None:
    [finding] = found(text("D603"))
    assert finding.mend.vi == "ghi ngày cuối mà lịch nghỉ đã có thông báo chính thức, như announced_until: 2026-12-31"
    assert finding.mend.en.startswith("write the last day up to which days off are officially announced")
