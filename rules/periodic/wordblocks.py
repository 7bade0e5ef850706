"""Blocks of an official document: the heads of its first page, and who signs it. Their words and places are those of
Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II; Quốc hiệu and Tiêu ngữ are Vietnamese in every language."""

import re
from datetime import date

from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from rules.days import day_en
from rules.periodic.snapshot import Snapshot
from rules.plans.exporting.plain import plain
from rules.wording import Language, Wording

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
NUMBER = Wording("Số:        /BC-………", "No.        /BC-………")
_RECEIVERS = Wording("Nơi nhận:", "Copies to:")
_FILED = Wording("- Lưu: VT.", "- Files.")
_SIGNER = Wording("THỦ TRƯỞNG CƠ QUAN", "HEAD OF THE OFFICE")
_WIDTHS = (65, 100)
_ON_A_LINE = 18
"""So many capitals fit on a line of the left cell."""
_PLACE = re.compile(r"\b(?:TỈNH|THÀNH PHỐ|THỊ XÃ|HUYỆN|XÃ(?! HỘI)|PHƯỜNG|ĐẶC KHU) (\S.*)$")
_AFTER_BORDERS = ("w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")
"""What stands behind the borders among the properties of a paragraph."""


def heads(
    document: WordDocument, snapshot: Snapshot, on: date, language: Language, *, superior: str | None, place: str
) -> None:
    """Write the agency with the number to the left, Quốc hiệu and Tiêu ngữ with place and day to the right."""
    left, right = _two_cells(document)
    if superior:
        _line(left, _unbroken(superior.upper()), size=12)
    _line(left, _unbroken(snapshot.head.name.upper()), size=13, bold=True)
    _rule(_line(left, "", size=2), share=0.4, width=_WIDTHS[0])
    _line(left, NUMBER.say(language), size=13)
    _line(right, NATION, size=12, bold=True)
    _line(right, MOTTO, size=13, bold=True)
    _rule(_line(right, "", size=2), share=0.55, width=_WIDTHS[1])
    day = Wording(f"ngày {on.day:02d} tháng {_month(on)} năm {on.year}", day_en(on))
    _line(right, f"{place}, {day.say(language)}", size=13, italic=True)


def signature(document: WordDocument, snapshot: Snapshot, language: Language) -> None:
    """Write whom it goes to, and whose signature it waits for."""
    gap = document.add_paragraph()
    gap.paragraph_format.space_after = Pt(0)
    left, right = _two_cells(document)
    titles = (snapshot.head.chair, *snapshot.head.overseers)
    receivers = [f"- {title};" for title in titles if title]
    _line(left, _RECEIVERS.say(language), size=12, bold=True, italic=True, centred=False)
    for text in (*receivers, _FILED.say(language)):
        _line(left, text, size=11, centred=False)
    _line(right, (snapshot.head.signer or _SIGNER.say(language)).upper(), size=13, bold=True)
    for _ in range(4):
        _line(right, "", size=13)


def _unbroken(agency: str) -> str:
    """Return the name of an agency with the place it ends with in one piece (`TỈNH HÀ SƠN`), if a line has room."""
    found = _PLACE.search(agency)
    if found is None:
        return agency
    start = found.start() if len(found[0]) <= _ON_A_LINE else found.start(1)
    whole = agency[start:]
    return agency[:start] + (whole.replace(" ", "\N{NO-BREAK SPACE}") if len(whole) <= _ON_A_LINE else whole)


def _two_cells(document: WordDocument) -> tuple[_Cell, _Cell]:
    """Return two cells beside each other, without lines."""
    made = document.add_table(rows=1, cols=2)
    made.autofit = False
    left, right = made.rows[0].cells
    for cell, column, width in ((left, 0, _WIDTHS[0]), (right, 1, _WIDTHS[1])):
        cell.width = made.columns[column].width = Mm(width)
    return left, right


def _line(
    cell: _Cell, text: str, *, size: int, bold: bool = False, italic: bool = False, centred: bool = True
) -> Paragraph:
    """Write a line below those that are in the cell."""
    first: Paragraph = cell.paragraphs[0]
    paragraph = cell.add_paragraph() if first.runs or len(cell.paragraphs) > 1 else first
    paragraph.paragraph_format.space_after = Pt(0)
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(plain(text))
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)
    return paragraph


def _rule(paragraph: Paragraph, *, share: float, width: int) -> None:
    """Draw a line in the middle over that share of the cell."""
    edge = Mm(width * (1 - share) / 2)
    form = paragraph.paragraph_format
    form.left_indent, form.right_indent, form.space_after = edge, edge, Pt(4)
    borders = OxmlElement("w:pBdr")
    top = OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "auto")):
        top.set(qn(f"w:{name}"), value)
    borders.append(top)
    paragraph._p.get_or_add_pPr().insert_element_before(borders, *_AFTER_BORDERS)


def _month(on: date) -> str:
    return f"{on.month:02d}" if on.month < 3 else str(on.month)
