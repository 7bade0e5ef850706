"""What scenarios show is told in the language of the office, or in the one asked for: nothing of it is left in another."""

from pathlib import Path

import pytest

from tests.e2e.console import run
from tests.e2e.test_scenario_commands import FAILED, MET, write


@pytest.fixture
def office(bare_office: Path) -> Path:
    """A copy of the small office with one scenario that is met, which is the working directory."""
    write("scenarios/met.yaml", MET, bare_office)
    return bare_office


@pytest.mark.parametrize(
    ("language", "failure", "letter", "line"),
    [
        ("vi", "phải có: thứ Sáu 2026-03-27: due-soon đến so-a/head", "phải có: thư có “Sở B”\n", "\n      Sản phẩm: Báo cáo"),
        ("en", "expected: Fri 2026-03-27: due-soon to so-a/head", "expected: the letter says “Sở B”\n", "\n      Product: Báo cáo"),
    ],
)  # fmt: skip
def test_failures_and_letters_are_in_the_language_of_the_office(
    office: Path, language: str, failure: str, letter: str, line: str
) -> None:
    config = office / "config.toml"
    config.write_text(f'language = "{language}"\n{config.read_text(encoding="utf-8")}', encoding="utf-8")
    write("scenarios/failed.yaml", FAILED)
    assert f"  rules/scenarios/failed.yaml:5:16: {failure}" in run("test").out
    write(
        "scenarios/failed.yaml", MET.replace("Báo cáo quý I nhắc", "Thư").replace("says: Báo cáo quý I", "says: Sở B")
    )
    out = run("test", "Thư").out
    assert letter in out
    assert line in out


IN_VIETNAMESE = """\
KHÔNG ĐẠT Nhắc muộn một ngày (rules/scenarios/failed.yaml:1)
  rules/scenarios/failed.yaml:5:16: phải có: thứ Sáu 2026-03-27: due-soon đến so-a/head (gd.a@tinh.example)
      thực tế: gần đó: thứ Năm 2026-03-26 07:00 đến so-a/head <gd.a@tinh.example>: due-soon của A.1 (so-a): trước hạn 3 ngày làm việc, hạn 2026-03-31

2 kịch bản: 1 đạt, 1 không đạt
"""


def test_failures_are_told_in_vietnamese(office: Path) -> None:
    write("scenarios/failed.yaml", FAILED + "until: 2026-04-01\n")
    assert run("test", "--language", "vi").out == IN_VIETNAMESE
    checked = run("check", "--language", "vi").out.splitlines()
    assert checked[0].startswith(
        "rules/scenarios/failed.yaml:5:16: Nhắc muộn một ngày: phải có thứ Sáu 2026-03-27: due-soon đến so-a/head"
    )
    assert checked[-1] == "1 vấn đề trong 3 tệp"


MANY = """\
scenario: Nhiều sai khác
task: A.1
given:
  - {on: 2026-03-20, done: A.3, occurrence: 2026-06-05}
expect:
  - {on: 2026-03-26, no_mail: {to: head, rung: due-soon}}
  - {on: 2026-04-01, not_sent: {to: head, rung: late, reason: silenced}}
  - {on: 2026-04-01, nobody: true}
  - {on: 2026-06-15, mail: {to: chair, rung: overseer}}
"""


def test_no_english_is_left_in_a_failure_told_in_vietnamese(office: Path) -> None:
    write("scenarios/many.yaml", MANY)
    english, vietnamese = (run("test", "Nhiều", "--language", each).out for each in ("en", "vi"))
    assert "không thể xảy ra" in vietnamese
    assert "bị giữ lại vì silenced" in vietnamese
    assert len(english.splitlines()) == len(vietnamese.splitlines())
    words = (" to ", " of ", " on ", "expected", "nothing", "nobody", "instead", "passed", "failed", "happen", " due ")
    said = vietnamese.replace("others: allowed", "")
    assert [word for word in words if word in said] == []
