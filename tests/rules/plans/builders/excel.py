"""Excel workbooks, written with openpyxl; what it cannot write is put into the XML afterwards."""

import re
import zipfile
from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.rules.plans.builders.layout import PLAIN, Layout, Rows, boxes, pieces
from tests.rules.plans.builders.word import packed


def xlsx(*sheets: tuple[str, Sequence[Sequence[Any]]], then: Callable[[Worksheet], object] | None = None) -> bytes:
    """Return a workbook with these sheets; `then` is done to the first."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    if then:
        then(book.worksheets[0])
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def plan_xlsx(rows: Rows, layout: Layout = PLAIN) -> bytes:
    """Return a plan as a workbook, its numbers as numbers; the pieces of the layout follow one another."""
    return drawn([line for piece in pieces(rows, layout) for line in piece])


def drawn(lines: Rows) -> bytes:
    """Return a workbook with one sheet, in which `<` and `^` stand for what other cells span."""

    def merge(sheet: Worksheet) -> None:
        for row, column, width, height, _ in boxes(lines):
            if (width, height) != (1, 1):
                sheet.merge_cells(
                    start_row=row + 1, start_column=column + 1, end_row=row + height, end_column=column + width
                )

    return xlsx(("Phụ lục", [[_value(text) for text in line] for line in lines]), then=merge)


def _value(text: str) -> object:
    return int(text) if text.isdigit() else None if text in ("", "<", "^") else text


_INLINE = re.compile(r'<c r="(\w+)"( s="\d+")? t="inlineStr"><is><t[^>]*>([^<]*)</t></is></c>')


def shared(data: bytes) -> bytes:
    """Return a workbook whose first sheet keeps its texts in a part of their own, as Excel does."""
    texts: list[str] = []

    def move(cell: re.Match[str]) -> str:
        start, blank, end = cell[3].partition(" ")
        texts.append(f'<si><r><t>{start}</t></r><r><t xml:space="preserve">{blank}{end}</t></r></si>')
        return f'<c r="{cell[1]}"{cell[2] or ""} t="s"><v>{len(texts) - 1}</v></c>'

    with zipfile.ZipFile(BytesIO(data)) as archive:
        files = {name: archive.read(name).decode() for name in archive.namelist()}
    first = "xl/worksheets/sheet1.xml"
    files[first] = _INLINE.sub(move, files[first])
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    files["xl/sharedStrings.xml"] = f'<sst xmlns="{main}">{"".join(texts)}</sst>'
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    files["[Content_Types].xml"] = files["[Content_Types].xml"].replace(
        "</Types>", f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
    )
    return packed(files)


def edited(data: bytes, part: str, old: str, new: str) -> bytes:
    """Return a document with `old` replaced by `new` in one of its parts."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    assert old.encode() in files[part], f"{old} is not in {part}"
    return packed(files | {part: files[part].replace(old.encode(), new.encode())})
