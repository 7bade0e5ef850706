"""The fixed texts of a sheet: headings, the lines of its head, kinds of documents by their abbreviation."""

from datetime import date

from rules.days import day_en, day_vi
from rules.programme import Document
from rules.wording import Wording

KIND = Wording("BẢN THEO DÕI THỰC HIỆN NHIỆM VỤ", "FOLLOW-UP OF TASKS")
TASKS = Wording("Nhiệm vụ", "Tasks")
INDICATORS = Wording("Chỉ tiêu", "Indicators")
INDICATORS_TITLE = Wording("CÁC CHỈ TIÊU", "INDICATORS")

NO = Wording("TT", "No")
TITLE = Wording("Nhiệm vụ", "Task")
LEAD = Wording("Cơ quan chủ trì", "Lead")
HEAD = Wording("Người đứng đầu chịu trách nhiệm", "Head in charge")
COORDINATE = Wording("Cơ quan phối hợp", "Coordinating")
PRODUCT = Wording("Sản phẩm", "Product")
STATED = Wording("Thời hạn", "Deadline")
DUE = Wording("Ngày đến hạn", "Due on")
PROGRESS = Wording("Tiến độ", "Progress")
TIMELINESS = Wording("Tình trạng thời hạn", "Timeliness")
VERIFICATION = Wording("Xác nhận", "Verification")
NOTE = Wording("Ghi chú", "Note")

INDICATOR = Wording("Chỉ tiêu", "Indicator")
MEASURED_IN = Wording("Đơn vị tính", "Unit")
TARGET = Wording("Mục tiêu năm {year}", "Target {year}")
OWNER = Wording("Cơ quan chủ trì", "Owner")
SOURCE = Wording("Nguồn", "Source")

TOTAL = Wording("Tổng số: {count} nhiệm vụ", "Total: {count} tasks")
SECTION = Wording("Mục {code}", "Section {code}")
HEADS_OF = Wording("Người đứng đầu {group}", "Heads of {group}")
MOVED = Wording("Điều chỉnh thời hạn từ {old} theo {document}", "Earlier deadline: {old}, changed by {document}")
MOVED_ON = Wording("Điều chỉnh (ngày {day}) thời hạn từ {old}", "Earlier deadline: {old}, changed on {day}")
"""The remark that offices put beside a task whose deadline moved."""
PROVISIONAL = Wording(
    "Tạm tính: lịch nghỉ của thời gian này chưa được công bố",
    "Provisional: the days off of that time are not announced yet",
)
SET_BY = "hạn do {document} quy định"

KINDS = {
    "BC": "Báo cáo",
    "CT": "Chỉ thị",
    "CTr": "Chương trình",
    "CV": "Công văn",
    "ĐA": "Đề án",
    "HD": "Hướng dẫn",
    "KH": "Kế hoạch",
    "NQ": "Nghị quyết",
    "QĐ": "Quyết định",
    "TB": "Thông báo",
}
"""Kinds of documents by the abbreviation in their number (Nghị định 30/2020/NĐ-CP, Phụ lục III)."""


def reference(document: Document) -> Wording:
    """Return the line on the document the tasks come from; its day is in the words of Nghị định 30/2020/NĐ-CP."""
    number = cited(document.number)
    vi, en = f"(Kèm theo {number.vi}", f"(With {number.en}"
    if document.date:
        vi, en = f"{vi} {_in_full(document.date)}", f"{en} of {day_en(document.date)}"
    if document.issuer:
        vi, en = f"{vi} của {document.issuer}", f"{en}, {document.issuer}"
    return Wording(f"{vi})", f"{en})")


def cited(number: str) -> Wording:
    """Return a document by its kind and number: `Quyết định số 07-QĐ/BCĐ`; a figure left blank shows as `…`.

    What is more than a number is returned as it is.
    """
    number = number.strip()
    rest = number.lstrip("…. _")
    if rest.startswith(("/", "-")):
        number = f"…{rest}"
    elif number[:1].isalpha():
        return Wording(number, number)
    kind = next((KINDS[part] for part in rest.replace("/", "-").split("-") if part in KINDS), "văn bản")
    return Wording(f"{kind} số {number}", f"document {number}")


def state(on: date, *, recorded: bool) -> Wording:
    """Return which day the sheet shows, and whether it knows what units reported."""
    vi, en = f"Bản theo dõi ngày {day_vi(on)}", f"Follow-up copy of {day_en(on)}"
    if recorded:
        return Wording(vi, en)
    return Wording(
        f"{vi} (tính theo thời hạn của văn bản, chưa có báo cáo của các đơn vị)",
        f"{en} (counted from the deadlines alone, without the reports of the units)",
    )


def _in_full(day: date) -> str:
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"
