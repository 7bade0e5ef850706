"""Unsaved: what a form brought that could not be recorded, as it was written, so that nobody has to write it again."""

from typing import NamedTuple

from starlette.datastructures import UploadFile

from rules.wording import Wording
from web.answers.done import DROP, FILES, HELD
from web.answers.held import released
from web.visit import Visit

LABELS = {
    "noi_dung": Wording("Nội dung", "What is said"),
    "ly_do": Wording("Lý do, nội dung cần bổ sung", "Reason, or what is missing"),
    "gia_tri": Wording("Giá trị", "Value"),
    "nguon": Wording("Nguồn số liệu", "Source"),
    "so_van_ban": Wording("Số, ngày văn bản", "Document"),
    "ti_le": Wording("Tỷ lệ hoàn thành (%)", "How far, in per cent"),
    "ten": Wording("Họ tên, phòng, ban", "Name or section"),
    "dia_chi": Wording("Địa chỉ thư", "Address"),
    "ngay": Wording("Ngày", "Day"),
    "ngay_moi": Wording("Hạn mới", "New day"),
    "lien_ket": Wording("Đường liên kết", "Links"),
}
"""The fields of answers in which somebody writes, in the order in which they are shown."""


class Unsaved(NamedTuple):
    """The fields that were written, each by its name and label, and the names of the files that came along."""

    fields: tuple[tuple[str, Wording, str], ...]
    files: tuple[str, ...]
    long: frozenset[str] = frozenset({"noi_dung", "ly_do", "lien_ket"})
    """The fields of several lines."""
    days: frozenset[str] = frozenset({"ngay", "ngay_moi"})


def unsaved(visit: Visit, of: int) -> Unsaved:
    """Return what the form of a visit about the obligation of that number brought."""
    written = tuple((name, label, text) for name, label in LABELS.items() if (text := visit.text(name)))
    sent = [each.filename for each in visit.form.getlist(FILES) if isinstance(each, UploadFile) and each.filename]
    before = () if visit.text(DROP) else released(visit, of, visit.text(HELD))
    return Unsaved(written, tuple(dict.fromkeys([*(one.name for one in before if one.name), *sent])))
