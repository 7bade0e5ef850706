"""`dondoc read`: a plan becomes a rule file, a new version of it changes, and nothing is ever written over."""

import json
import shutil
from pathlib import Path

import pytest

from tests.e2e.console import good, refused, run
from tests.plans import needs_plans, plan_file

PLAN = """\
ỦY BAN NHÂN DÂN TỈNH

Số: 15/KH-UBND

Tỉnh, ngày 05 tháng 01 năm 2026

KẾ HOẠCH

Phát triển chuyển đổi số năm 2026

| STT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Sản phẩm | Thời hạn |
|---|---|---|---|---|---|
| 1 | Xây dựng kế hoạch phát triển hạ tầng số | Sở A | Sở B | Kế hoạch | Tháng 4 |
| 2 | Rà soát thủ tục hành chính trên địa bàn tỉnh | Sở B | Sở A | Báo cáo | Quý II |
| 3 | Tổ chức hội thi tìm hiểu chuyển đổi số | Sở Z | Sở B | Hội thi | 31/02/2026 |
"""
OTHER = """\
Số: 44/KH-UBND

Tỉnh, ngày 09 tháng 02 năm 2026

KẾ HOẠCH

Trồng rừng năm 2026

| STT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Sản phẩm | Thời hạn |
|---|---|---|---|---|---|
| 1 | Ươm cây giống cho các xã miền núi | Sở B | Sở A | Cây giống | Tháng 9 |
"""
FIELDS = {
    "no",
    "section",
    "title",
    "lead",
    "head",
    "coordinate",
    "product",
    "basis",
    "stated",
    "note",
    "deadline",
    "units",
    "at",
}


@pytest.fixture
def office(bare_office: Path) -> Path:
    """A copy of the small office with a plan in it, which is the working directory."""
    (bare_office / "ke-hoach.txt").write_text(PLAN)
    return bare_office


def test_the_rule_file_is_written_and_loads_beside_the_others(office: Path) -> None:
    ran = run("read", "ke-hoach.txt", "-o", "rules/ke-hoach.yaml")
    assert (ran.code, ran.out) == (0, "")
    assert ran.err.startswith("3 tasks: 2 sure, 0 to check, 1 unresolved; 0 indicators\n")
    assert good("check").out.startswith("2 tệp: 2 chương trình, 8 nhiệm vụ")
    text = (office / "rules/ke-hoach.yaml").read_text()
    assert "\nprogramme: ke-hoach\n" in text
    assert "\nstanding: so-a\n" in text
    assert [path.name for path in (office / "rules").iterdir() if path.name.startswith(".")] == []


def test_without_a_file_the_draft_goes_to_stdout_and_the_summary_to_stderr(office: Path) -> None:
    ran = run("read", "ke-hoach.txt")
    assert ran.out.startswith("# 15/KH-UBND · 05/01/2026 · ")
    assert "# CHECK: " in ran.out
    assert "3 tasks: 2 sure" in ran.err
    assert sorted(path.name for path in (office / "rules").iterdir()) == ["office.yaml"]


def test_as_json_it_has_the_fields_that_programs_read(office: Path) -> None:
    found = good("read", "ke-hoach.txt", "--year", "2026", "--format", "json").json
    assert found["document"]["number"] == "15/KH-UBND"
    assert found["document"]["date"] == "2026-01-05"
    assert found["document"]["year"] == 2026
    assert found.keys() >= {"document", "tasks", "indicators", "problems"}
    first, _, third = found["tasks"]
    assert first.keys() >= FIELDS
    assert (first["no"], first["lead"], first["units"], first["stated"]) == ("1", "Sở A", ["so-a"], "Tháng 4")
    assert (first["deadline"]["kind"], first["deadline"]["due"]) == ("month", "2026-04-30")
    assert first["deadline"]["deadline"] == "2026-04"
    assert third["units"] == []
    assert {problem["field"] for problem in found["problems"]} >= {"lead", "stated"}


def test_without_any_directory_only_programs_get_an_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("ke-hoach.txt").write_text(PLAN)
    assert [task["units"] for task in good("read", "ke-hoach.txt", "--format", "json").json["tasks"]] == [[], [], []]
    told = refused("read", "ke-hoach.txt")
    assert told.startswith("no directory of agencies is known: name one with --directory")


def test_a_directory_is_drafted_where_there_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("ke-hoach.txt").write_text(PLAN)
    ran = run("read", "ke-hoach.txt", "--directory", "danh-ba.yaml", "-o", "moi.yaml")
    assert ran.code == 0
    assert "danh-ba.yaml: a directory drafted from the plan" in ran.err
    assert "\ndirectory: danh-ba\n" in Path("moi.yaml").read_text()
    before = Path("danh-ba.yaml").read_bytes()
    Path("moi.yaml").unlink()
    assert run("read", "ke-hoach.txt", "--directory", "danh-ba.yaml", "-o", "moi.yaml").code == 0
    assert Path("danh-ba.yaml").read_bytes() == before


def test_the_directory_that_fits_best_is_taken_and_named(office: Path) -> None:
    (office / "rules/other.yaml").write_text(
        "directory: khac\nunits:\n  so-x: {name: Sở X, head: {title: Giám đốc, email: x@tinh.example}}\n"
    )
    assert (
        "directory tinh: 2 of 3 cells found, not «Sở Z»; another with --directory\n" in run("read", "ke-hoach.txt").err
    )
    assert "\ndirectory: khac\n" in run("read", "ke-hoach.txt", "--directory", "khac").out


def test_a_rule_file_that_is_there_is_left_as_it_is(office: Path) -> None:
    file = office / "rules/ke-hoach.yaml"
    run("read", "ke-hoach.txt", "-o", "rules/ke-hoach.yaml")
    edited = file.read_text().replace("product: Kế hoạch", "product: Kế hoạch của UBND   # sửa tay")
    file.write_text(edited)
    (office / "ke-hoach.txt").write_text(PLAN.replace("Quý II", "Quý III"))
    ran = run("read", "ke-hoach.txt", "-o", "rules/ke-hoach.yaml")
    assert ran.code == 0
    assert file.read_text() == edited
    assert [line.split()[:3] for line in ran.out.splitlines()[1:]] == [
        ["kept", "1", "product"],
        ["changed", "2", "stated"],
        ["changed", "2", "deadline"],
    ]
    assert ran.err == "rules/ke-hoach.yaml: left as it is; --merge makes these changes\n"


def test_with_merge_the_changes_are_made_and_the_file_as_it_was_is_kept(office: Path) -> None:
    file = office / "rules/ke-hoach.yaml"
    run("read", "ke-hoach.txt", "-o", "rules/ke-hoach.yaml")
    edited = file.read_text().replace("product: Kế hoạch", "product: Kế hoạch của UBND   # sửa tay")
    file.write_text(edited)
    (office / "ke-hoach.txt").write_text(PLAN.replace("Quý II", "Quý III"))
    ran = run("read", "ke-hoach.txt", "-o", "rules/ke-hoach.yaml", "--merge", "--format", "json")
    assert (ran.code, ran.err) == (0, "")
    assert [change["kind"] for change in json.loads(ran.out)["changes"]] == ["kept", "changed", "changed"]
    assert "product: Kế hoạch của UBND   # sửa tay" in file.read_text()
    assert "deadline: 2026-Q3" in file.read_text()
    assert file.with_name("ke-hoach.yaml.bak").read_text() == edited
    assert good("check").out.startswith("2 tệp")


def test_every_merge_keeps_the_file_as_it_was_under_a_name_of_its_own(office: Path) -> None:
    file = office / "rules/ke-hoach.yaml"
    run("read", "ke-hoach.txt", "-o", "rules/ke-hoach.yaml")
    versions = [file.read_text()]
    for quarter in ("Quý III", "Quý IV"):
        (office / "ke-hoach.txt").write_text(PLAN.replace("Quý II", quarter))
        assert run("read", "ke-hoach.txt", "-o", "rules/ke-hoach.yaml", "--merge").code == 0
        versions.append(file.read_text())
    kept = [file.with_name(name).read_text() for name in ("ke-hoach.yaml.bak", "ke-hoach.yaml.2.bak")]
    assert kept == versions[:2]


def test_another_document_is_not_merged_into_the_file_of_this_one(office: Path) -> None:
    file = office / "rules/ke-hoach.yaml"
    run("read", "ke-hoach.txt", "-o", "rules/ke-hoach.yaml")
    before = file.read_bytes()
    (office / "khac.txt").write_text(OTHER)
    ran = run("read", "khac.txt", "-o", "rules/ke-hoach.yaml", "--merge")
    assert (ran.code, file.read_bytes()) == (1, before)
    assert ran.err.startswith("dondoc: rules/ke-hoach.yaml: it is of another document (")


def test_a_file_with_problems_is_not_merged_into(office: Path) -> None:
    run("read", "ke-hoach.txt", "-o", "rules/ke-hoach.yaml")
    file = office / "rules/ke-hoach.yaml"
    broken = file.read_text().replace("lead: so-b", "lead: so-q")
    file.write_text(broken)
    ran = run("read", "ke-hoach.txt", "-o", "rules/ke-hoach.yaml", "--merge")
    assert ran.code == 1
    assert "không có đơn vị hay nhóm 'so-q' trong danh bạ tinh" in ran.err
    assert file.read_text() == broken


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("gone.docx",), "gone.docx: No such file or directory"),
        (("rules",), "rules: Is a directory"),
        (("empty.docx",), "empty.docx: "),
        (("ke-hoach.txt", "-o", "gone/x.yaml"), "Invalid value for -o: gone/x.yaml lies in a folder that does not exist: gone"),
        (("ke-hoach.txt", "-o", "x.docx"), "Invalid value for -o: 'x.docx' ends in neither .yaml nor .yml"),
        (("ke-hoach.txt", "--directory", "tnh"), "Invalid value for --directory: unknown directory 'tnh'; known: tinh; did you mean 'tinh'?"),
        (("ke-hoach.txt", "--standing", "so-q"), "Invalid value for --standing: unknown unit 'so-q' in directory tinh"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told_in_one_line(arguments: tuple[str, ...], message: str, office: Path) -> None:
    (office / "empty.docx").write_bytes(b"")
    assert refused("read", *arguments).startswith(message)
    assert sorted(path.name for path in (office / "rules").iterdir()) == ["office.yaml"]


@pytest.mark.parametrize(
    "text",
    [
        "Kính gửi: các đồng chí.\n\nTrân trọng cảm ơn.\n",
        "STT\tNhiệm vụ\tCơ quan chủ trì\tThời hạn\n",
        "STT\tNhiệm vụ\tCơ quan chủ trì\n1\tBan hành quy chế\tSở A\n",
    ],
    ids=["no table", "only headings", "no deadlines"],
)
@pytest.mark.parametrize("directory", ["tinh", "rules/danh-ba.yaml"])
def test_of_a_document_without_tasks_no_file_is_written(text: str, directory: str, office: Path) -> None:
    (office / "thu.txt").write_text(text)
    ran = run("read", "thu.txt", "-o", "rules/thu.yaml", "--directory", directory)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("0 tasks, 0 indicators: nothing is written\n")
    assert "Văn bản không ghi số" in ran.err
    assert sorted(path.name for path in (office / "rules").iterdir()) == ["office.yaml"]
    assert run("read", "thu.txt", "--format", "json").json["tasks"] == []


def test_a_document_without_tasks_changes_no_rule_file(office: Path) -> None:
    run("read", "ke-hoach.txt", "-o", "rules/ke-hoach.yaml")
    before = (office / "rules/ke-hoach.yaml").read_bytes()
    (office / "thu.txt").write_text("Kính gửi: các đồng chí.\n")
    assert run("read", "thu.txt", "-o", "rules/ke-hoach.yaml", "--merge").code == 1
    assert (office / "rules/ke-hoach.yaml").read_bytes() == before


@needs_plans
@pytest.mark.parametrize(
    ("plan", "tasks", "indicators"), [("000", 56, 0), ("002", 14, 0), ("003", 139, 55), ("004", 83, 0)]
)
def test_the_five_plans_become_rule_files_without_problems(
    plan: str, tasks: int, indicators: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = Path(__file__).parents[2]
    shutil.copytree(root / "programmes", tmp_path / "programmes")
    shutil.copy(root / "config.toml", tmp_path)
    monkeypatch.chdir(tmp_path)
    file = plan_file(plan)
    assert run("read", str(file), "-o", "programmes/moi.yaml").code == 0
    assert "không có vấn đề" in good("check").out
    found = run("read", str(file), "--format", "json").json
    assert len([task for task in found["tasks"] if task["no"] or "row" in task["at"]]) >= tasks
    assert len(found["indicators"]) == indicators
    again = run("read", str(file), "-o", "programmes/moi.yaml", "--merge")
    assert (again.out, again.err.rpartition(": ")[2]) == ("", "the plan changes nothing in it\n")


def test_a_deadline_is_to_be_checked_in_json_wherever_the_rule_file_asks_about_it(office: Path) -> None:
    plan = PLAN.replace("hạ tầng số |", "hạ tầng số (Nhiệm vụ thường xuyên) |")
    plan = plan.replace("| Sở A | Báo cáo |", "| Sở A | Báo cáo trước 30/9/2026 |")
    (office / "ke-hoach.txt").write_text(plan)
    ran = run("read", "ke-hoach.txt")
    standing, twice, impossible = good("read", "ke-hoach.txt", "--format", "json").json["tasks"]
    for task in (standing, twice, impossible):
        assert task["deadline"]["confidence"] == "check"
        assert task["deadline"]["doubts"]
        said = " ".join(ran.out.replace("#   ", "").split())
        assert all(doubt.rstrip(".") in said for doubt in task["deadline"]["doubts"])
    assert standing["deadline"]["doubts"] == ["Tên nhiệm vụ ghi là thường xuyên nhưng thời hạn là «Tháng 4»."]
    assert "trước 30/9/2026" in " ".join(twice["deadline"]["doubts"])


def test_what_is_asked_stands_once_among_the_problems_of_json(office: Path) -> None:
    told = "IV. TỔ CHỨC THỰC HIỆN\n1. Sở A định kỳ hoặc theo yêu cầu, báo cáo kết quả về UBND tỉnh.\n\n"
    (office / "ke-hoach.txt").write_text(told + PLAN)
    found = good("read", "ke-hoach.txt", "--format", "json").json["problems"]
    assert len(found) == len({(each["at"], each["field"], each["said"]) for each in found})
    assert [each["field"] for each in found if "không ghi bao lâu" in each["said"]] == ["stated"]


def test_who_coordinates_in_the_cell_of_the_lead_does_so_in_json(office: Path) -> None:
    (office / "ke-hoach.txt").write_text(PLAN.replace("| Sở A | Sở B |", "| Sở A chủ trì, Sở B phối hợp | |"))
    first = good("read", "ke-hoach.txt", "--format", "json").json["tasks"][0]
    assert (first["units"], first["coordinating"]) == (["so-a"], ["so-b"])
