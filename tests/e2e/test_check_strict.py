"""`check --strict` on a folder: what it prints, in both languages and as JSON, and with which exit code it ends."""

from pathlib import Path

import pytest

from rules.lint import CHECKS
from tests.e2e.console import at, copy_office, good, refused, run


def edit(folder: Path, kind: str, before: str, after: str) -> None:
    path = folder / f"{kind}.yaml"
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


DEADLINE = "stated: Tháng 3, deadline: 2026-03}"
SUNDAY = "stated: 15/3/2026, deadline: 2026-03-15}"


@at("2026-01-12 08:00")
def test_a_faultless_folder_passes(folder: Path) -> None:
    ran = good("check", "--strict", str(folder), "--language", "en")
    assert ran.out == (
        "4 files: 1 programme, 1 task, 0 events, 0 indicators, 2 units; no problems, 0 errors, 0 warnings, 0 notes\n"
    )


@at("2026-01-12 08:00")
@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("vi", "hạn 15/3/2026 là ngày nghỉ (Chủ nhật): nhắc tính đến 13/3/2026 (remind_by), trễ tính sau 16/3/2026 "
               "(grace_until); sửa: kiểm tra lại ngày với văn bản; nếu đúng như vậy, ghi # lint: D401 vì … trên dòng ấy"),
        ("en", "the deadline 2026-03-15 is a day off (Sunday): reminders count to 2026-03-13 (remind_by), lateness from "
               "2026-03-16 (grace_until); mend: compare the day with the document; if it is so, say it on the line above: "
               "# lint: D401 because …"),
    ],
)  # fmt: skip
def test_a_warning_fails_it_with_place_reason_and_mend(folder: Path, language: str, said: str) -> None:
    edit(folder, "programme", DEADLINE, SUNDAY)
    ran = run("check", "--strict", str(folder), "--language", language)
    first, last = ran.out.splitlines()
    assert ran.code == 1
    assert (
        first
        == f"{folder}/programme.yaml:10:124: nen.tasks.A.1.deadline: D401 {said} ({'cảnh báo' if language == 'vi' else 'warning'})"
    )
    counts = {"vi": "không có vấn đề, 0 lỗi, 1 cảnh báo, 0 ghi chú", "en": "no problems, 0 errors, 1 warning, 0 notes"}
    assert last.endswith(f"; {counts[language]}")


@at("2026-01-12 08:00")
def test_without_strict_nothing_of_it_is_looked_for(folder: Path) -> None:
    edit(folder, "programme", DEADLINE, SUNDAY)
    assert "không có vấn đề, 0 cảnh báo" in good("check", str(folder)).out


@at("2026-01-12 08:00")
def test_a_note_is_printed_and_fails_nothing(folder: Path) -> None:
    edit(folder, "programme", DEADLINE, "stated: Tháng 2, deadline: 2026-02}")
    assert " D402 " in good("check", "--strict", str(folder)).out


@at("2026-01-12 08:00")
def test_the_codes_asked_for_alone_are_told_and_judged(folder: Path) -> None:
    edit(folder, "programme", DEADLINE, SUNDAY)
    assert "D401" not in good("check", "--strict", str(folder), "--only", "D105", "--only", "d106").out
    assert run("check", "--strict", str(folder), "--only", "D401,D105").code == 1
    assert refused("check", "--strict", str(folder), "--only", "D4O1").startswith(
        "--only D4O1: there is no such code; known: D101,"
    )


@at("2026-01-12 08:00")
def test_json_has_both_languages(folder: Path) -> None:
    edit(folder, "programme", DEADLINE, SUNDAY)
    ran = run("check", "--strict", str(folder), "--format", "json")
    [finding] = ran.json["findings"]
    assert ran.code == 1
    assert (finding["code"], finding["severity"], finding["line"], finding["column"]) == ("D401", "warning", 10, 124)
    assert finding["message"].startswith("hạn 15/3/2026")
    assert finding["message_en"].startswith("the deadline 2026-03-15")
    assert finding["mend"]
    assert finding["mend_en"]
    assert finding["path"] == "nen.tasks.A.1.deadline"


@at("2026-01-12 08:00")
def test_a_threshold_is_an_option(folder: Path) -> None:
    assert run("check", "--strict", str(folder), "--limit", "announced=400").code == 1
    message = refused("check", "--strict", str(folder), "--limit", "laod=3")
    assert message == (
        "--limit 'laod=3': write NAME=N; known, with their defaults: load=10, undated=60, expected=30, announced=60, "
        "leaving=60, alike=90; did you mean 'load'?"
    )


def test_what_says_something_of_the_lint_needs_strict(folder: Path) -> None:
    assert "it says something of the lint only" in refused("check", str(folder), "--limit", "load=3")


def test_a_marking_of_classified_matter_is_an_error_with_and_without_strict(folder: Path) -> None:
    edit(folder, "programme", "product: Báo cáo", "note: Tối mật, product: Báo cáo")
    plain, strict = run("check", str(folder)), run("check", "--strict", str(folder))
    assert (plain.code, strict.code) == (1, 1)
    assert "D701 'Tối mật' là dấu chỉ độ mật" in plain.out
    english = run("check", str(folder), "--language", "en").out
    assert "D701: 'Tối mật' marks classified matter, which must not enter this system" in english
    [found, _] = strict.out.splitlines()
    assert "D701 'Tối mật' là dấu chỉ độ mật" in found
    assert found.endswith("(lỗi)")
    assert run("simulate", "--rules", str(folder), "--from", "2026-01-01", "--to", "2026-01-02").code == 1


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_code_is_explained_with_a_bad_and_a_good_example(language: str) -> None:
    ran = good("check", "--explain", "d409", "--language", language)
    assert ran.out.startswith("D409 stated-otherwise (warning): ")
    assert "    stated: Trước ngày 15/4/2026\n" in ran.out
    assert "    stated: Trước ngày 15/5/2026\n" in ran.out


def test_all_codes_are_listed_and_an_unknown_one_is_refused() -> None:
    assert len(good("check", "--explain", "all").out.splitlines()) == 1 + len(CHECKS)
    assert "did you mean 'D101'" in refused("check", "--explain", "D1O1")


def test_what_the_database_knows_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(copy_office(tmp_path))
    expected = "'Trung ương ban hành Đề án' dự kiến 2026-06-30"
    with at("2026-09-01 08:00"):
        run("apply", "--yes")
        before = run("check", "--strict", "--only", "D502").out
        good("event", "record", "de-an", "--on", "2026-08-31")
        after = run("check", "--strict", "--only", "D502").out
        without = run("check", "--strict", "--only", "D502", "--no-facts").out
    assert expected in before
    assert expected in without
    assert expected not in after


@pytest.mark.parametrize(
    "text", ["KẾ HOẠCH\nĐộ mật: Tối mật\n", "TỐI MẬT\nKẾ HOẠCH\n", "Số: 12/KH-UBND (Mật)\nKẾ HOẠCH\n"]
)
def test_a_document_with_a_marking_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.chdir(tmp_path)
    Path("ke-hoach.txt").write_text(text, encoding="utf-8")
    for more in (("-o", "out.yaml"), ("--format", "json"), ("--directory", "moi.yaml")):
        message = refused("read", "ke-hoach.txt", *more)
        assert "D701" in message
        assert message.endswith("nothing was written")
    assert [path.name for path in tmp_path.iterdir()] == ["ke-hoach.txt"]
