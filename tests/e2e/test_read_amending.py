"""`dondoc read` of a plan that amends an earlier one: both are rule files of one office, and the history is kept."""

from pathlib import Path

import pytest

from tests.e2e.console import good, run

PLAN = """\
BAN CHỈ ĐẠO TỈNH

Số: 07-KH/BCĐ

Tỉnh, ngày 05 tháng 01 năm 2026

KẾ HOẠCH

Phát triển chuyển đổi số năm 2026

| STT | Nhiệm vụ | Cơ quan chủ trì | Thời hạn |
|---|---|---|---|
| 1 | Xây dựng kế hoạch phát triển hạ tầng số | Sở A | Tháng 4 |
| 2 | Rà soát thủ tục hành chính trên địa bàn tỉnh | Sở B | Quý II |
| 3 | Tổ chức hội thi tìm hiểu chuyển đổi số | Sở B | Tháng 5 |
"""
LETTER = """\
BAN CHỈ ĐẠO TỈNH

Số: 15-CV/BCĐ

Tỉnh, ngày 10 tháng 3 năm 2026

CÔNG VĂN

Về việc bổ sung, điều chỉnh nhiệm vụ năm 2026

| STT | Nhiệm vụ | Cơ quan chủ trì | Thời hạn | Nội dung điều chỉnh |
|---|---|---|---|---|
| 1 | Xây dựng kế hoạch phát triển hạ tầng số, dữ liệu số | Sở A | Tháng 4 | Nhiệm vụ số 01 cập nhật lại tên, Kế hoạch số 07-KH/BCĐ |
| 2 | Rà soát thủ tục hành chính trên địa bàn tỉnh | Sở B | Quý III | Điều chỉnh lại thời gian hoàn thành theo Kế hoạch số 07-KH/BCĐ |
| 3 | Khảo sát hài lòng của người dân | Sở B | Tháng 9 | Nhiệm vụ số 44 điều chỉnh thời hạn theo Kế hoạch số 07-KH/BCĐ |
| 4 | Tập huấn cho cán bộ | Sở A | Tháng 8 | Nhiệm vụ số 3 thay đổi cơ quan chủ trì theo Kế hoạch số 07-KH/BCĐ |
| 5 | Đào tạo | Sở A | Tháng 8 | Nhiệm vụ số 3 cập nhật lại tên theo Kế hoạch số 99-KH/BCĐ |
"""  # fmt: skip


@pytest.fixture
def office(bare_office: Path) -> Path:
    """A copy of the small office, in whose folder the earlier plan has been read."""
    (bare_office / "ke-hoach.txt").write_text(PLAN)
    (bare_office / "cong-van.txt").write_text(LETTER)
    assert run("read", "ke-hoach.txt", "-o", "rules/ke-hoach.yaml").code == 0
    return bare_office


def test_the_tasks_of_the_earlier_plan_are_renamed_and_re_dated(office: Path) -> None:
    assert run("read", "cong-van.txt", "-o", "rules/cong-van.yaml").code == 0
    assert "không có vấn đề" in good("check").out
    text = (office / "rules/cong-van.yaml").read_text()
    entries = text[text.index("\namend:\n") :].partition("# CHECK")[0]
    assert entries == (
        "\namend:\n"
        "  - programme: ke-hoach\n"
        "    task: 1\n"
        "    title: Xây dựng kế hoạch phát triển hạ tầng số, dữ liệu số\n"
        "    why: Nhiệm vụ số 01 cập nhật lại tên, Kế hoạch số 07-KH/BCĐ\n"
        "  - programme: ke-hoach\n"
        "    task: 2\n"
        "    deadline: 2026-Q3\n"
        "    stated: Quý III\n"
        "    why: Điều chỉnh lại thời gian hoàn thành theo Kế hoạch số 07-KH/BCĐ\n"
    )


@pytest.mark.parametrize(
    ("at", "due"), [("2026-03-09T08:00", "2026-06-30"), ("2026-03-10T08:00", "2026-09-30"), ("2026-07-01T08:00", "2026-09-30")]
)  # fmt: skip
def test_a_re_dated_task_is_due_as_it_was_until_the_letter_was_issued(at: str, due: str, office: Path) -> None:
    assert run("read", "cong-van.txt", "-o", "rules/cong-van.yaml").code == 0
    assert f"due {due}" in good("explain", "ke-hoach/2", "--at", at).out


def test_a_later_version_of_a_plan_keeps_the_deadlines_it_moves(office: Path) -> None:
    file = office / "rules/ke-hoach.yaml"
    for day, number, when in (("20 tháng 02", "09", "Tháng 7"), ("25 tháng 02", "10", "Tháng 8")):
        text = PLAN.replace("05 tháng 01", day).replace("07-KH", f"{number}-KH").replace("Tháng 5", when)
        (office / "ke-hoach.txt").write_text(text)
        assert run("read", "ke-hoach.txt", "-o", "rules/ke-hoach.yaml", "--merge").code == 0
        again = run("read", "ke-hoach.txt", "-o", "rules/ke-hoach.yaml", "--merge")
        assert again.err == "rules/ke-hoach.yaml: the plan changes nothing in it\n"
    assert file.read_text().endswith(
        "    amended:\n"
        "      - {deadline: 2026-05, until: 09-KH/BCĐ of 2026-02-20}\n"
        "      - {deadline: 2026-07, until: 10-KH/BCĐ of 2026-02-25}\n"
    )
    due = {"2026-02-19": "2026-05-31", "2026-02-24": "2026-07-31", "2026-02-25": "2026-08-31"}
    for day, expected in due.items():
        assert f"due {expected}" in good("explain", "ke-hoach/3", "--at", f"{day}T08:00").out


def test_what_cannot_be_amended_is_a_question_with_a_sketch(office: Path) -> None:
    run("read", "cong-van.txt", "-o", "rules/cong-van.yaml")
    text = (office / "rules/cong-van.yaml").read_text()
    asked = " ".join(text.partition("\namend:\n")[2].replace("#", "").split())
    assert "CHECK: không tìm thấy “Nhiệm vụ số 44” trong 07-KH/BCĐ 3 → Nhiệm vụ số 44" in asked
    assert '- {programme: ke-hoach, task: "…", deadline: 2026-09, stated: Tháng 9}' in asked
    assert "CHECK: tệp quy tắc chỉ ghi được thay đổi về tên và thời hạn" in asked
    assert "CHECK: văn bản này thay đổi nhiệm vụ của văn bản khác" in asked


def test_a_row_that_amends_is_asked_about_where_it_stands(office: Path) -> None:
    run("read", "cong-van.txt", "-o", "rules/cong-van.yaml")
    text = (office / "rules/cong-van.yaml").read_text()
    assert text.count("# CHECK: hàng này sửa nhiệm vụ") == 2


def test_without_a_day_of_issue_nothing_is_amended_until_it_is_stated(office: Path) -> None:
    (office / "cong-van.txt").write_text(LETTER.replace("ngày 10 tháng 3", "ngày tháng 3"))
    assert "\namend:\n" not in run("read", "cong-van.txt").out
    ran = run("read", "cong-van.txt", "--issued", "2026-03-10", "-o", "rules/cong-van.yaml")
    assert ran.code == 0
    assert "\namend:\n" in (office / "rules/cong-van.yaml").read_text()
    assert "không có vấn đề" in good("check").out


def test_reading_the_amending_plan_again_changes_nothing(office: Path) -> None:
    run("read", "cong-van.txt", "-o", "rules/cong-van.yaml")
    again = run("read", "cong-van.txt", "-o", "rules/cong-van.yaml", "--merge")
    assert (again.out, again.err) == ("", "rules/cong-van.yaml: the plan changes nothing in it\n")
