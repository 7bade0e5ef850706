"""The same tasks, however an office lays them out, in Word, Excel or Markdown, are read the same."""

from collections.abc import Sequence

import pytest

from rules.plans.draft import FIELDS, DraftTask
from rules.plans.reading import read_plan
from rules.plans.sources.opening import pages
from rules.plans.sources.text import text_pages
from tests.plans import needs_plans, plan_file
from tests.rules.plans.builders.offices import FORMATS, Office, parts

A, B = "A HOÀN THIỆN THỂ CHẾ", "B PHÁT TRIỂN HẠ TẦNG SỐ"
QI, QII = "I Nhiệm vụ quý I năm 2026", "II Nhiệm vụ quý II năm 2026"
LONG = (
    "Rà soát, sửa đổi, bổ sung các quy định về quản lý, khai thác và sử dụng dữ liệu dùng chung của tỉnh, bảo đảm "
    "thống nhất với Nghị quyết số 57-NQ/TW (bao gồm cả quy chế phối hợp)"
)
COORDINATING = "Các sở, ban, ngành tỉnh; UBND các xã, phường; Viện Khoa học kỹ thuật nông nghiệp Nam Bộ"


def task(no: str, section: str, title: str, lead: str, head: str, **rest: str) -> DraftTask:
    return DraftTask(no, section, title, lead, head, **rest)  # type: ignore[arg-type]


OWN = (
    task("1", f"{A} > {QI}", LONG, "Sở Tư pháp", "Giám đốc Sở Tư pháp", coordinate=COORDINATING,
         product="Nghị quyết của HĐND tỉnh", basis="Kế hoạch số 07-KH/TU", stated="Trước ngày 31/3/2026"),
    task("2", f"{A} > {QI}", "Tổ chức hội nghị sơ kết (1) cấp tỉnh", "Sở Tư pháp", "Giám đốc Sở Tư pháp",
         product="Hội nghị", stated="Tháng 02/2026", note="Nhiệm vụ bổ sung"),
    task("3", f"{A} > {QII}", "Ban hành Bộ chỉ số (KPI) đánh giá kết quả chuyển đổi số của người đứng đầu",
         "Văn phòng UBND tỉnh", "Chánh Văn phòng UBND tỉnh", coordinate="Sở Nội vụ",
         product="Quyết định của UBND tỉnh ban hành Bộ chỉ số", stated="Quý II/2026"),
    task("1", B, "Phủ sóng 5G tại 100% khu công nghiệp, trung tâm hành chính cấp xã", "Sở Khoa học và Công nghệ",
         "Giám đốc Sở Khoa học và Công nghệ", coordinate="UBND các xã, phường; các doanh nghiệp viễn thông",
         product="≥ 70% dân số được phủ sóng", basis="Quyết định số 12/QĐ-UBND ngày 05/01/2026",
         stated="31/12/2026"),
    task("2", B, "Vận hành kho dữ liệu dùng chung", "Công an tỉnh", "Giám đốc Công an tỉnh",
         product="Báo cáo hằng quý", stated="Thường xuyên"),
    task("3", B, LONG.replace("Rà soát", "Số hóa") + " theo lộ trình được Thủ tướng Chính phủ phê duyệt",
         "Sở Nông nghiệp và Môi trường; Sở Xây dựng", "Giám đốc Sở Nông nghiệp và Môi trường",
         coordinate=COORDINATING, product="Kế hoạch", stated="Từ tháng 4/2026 đến hết năm 2026"),
)  # fmt: skip
OFFICES = {
    "plain": Office(),
    "number and title apart": Office("split", renamed=True),
    "other order": Office("split merged", reordered=True, renamed=True),
    "columns counted": Office("first cell", counted=True),
    "sections in the column of titles": Office("title cell", renamed=True),
    "a table for each section": Office("paragraph", renamed=True),
    "headings of two rows": Office(two_rows=True, counted=True),
    "number last": Office(number_last=True, renamed=True),
    "leads merged": Office(merged_leads=True, reordered=True),
    "rows cut, headings repeated": Office(cut="repeated"),
    "rows cut, new tables": Office(cut="new table", renamed=True),
    "rows cut, new tables, headings repeated": Office("split", cut="new table, repeated", reordered=True),
}


def fields(found: Sequence[DraftTask]) -> list[dict[str, str]]:
    return [{name: getattr(one, name) for name in FIELDS} for one in found]


def read(data: bytes) -> tuple[DraftTask, ...]:
    return tuple(one for one in read_plan(pages(data), directory=None, year=2026).tasks if one.no)


def is_possible(office: Office, form: str) -> bool:
    if form == "xlsx":
        return not office.cut
    return form == "docx" or not (office.cut or office.two_rows or office.merged_leads)


CASES = [(name, form) for name, office in OFFICES.items() for form in FORMATS if is_possible(office, form)]


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(("name", "form"), CASES)
def test_a_small_plan_is_read_the_same_in_every_layout(name: str, form: str, seed: int) -> None:
    assert fields(read(FORMATS[form](parts(OWN, OFFICES[name], seed)))) == fields(OWN)


@needs_plans
@pytest.mark.parametrize("plan", ["000", "002", "004"])
@pytest.mark.parametrize(("name", "form"), CASES)
def test_a_real_plan_is_read_the_same_in_every_layout(name: str, form: str, plan: str) -> None:
    path = plan_file(plan)
    tasks = [one for one in read_plan(text_pages(path.read_bytes()), directory=None, year=None).tasks if one.no]
    assert fields(read(FORMATS[form](parts(tasks, OFFICES[name], 1)))) == fields(tasks)
