"""Excel workbooks, written with openpyxl; what it cannot write is put into the XML afterwards."""

import zipfile
from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.rules.plans.builders.layout import PLAIN, Layout, Rows, boxes, pieces


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
    lines = [line for piece in pieces(rows, layout) for line in piece]

    def merge(sheet: Worksheet) -> None:
        for row, column, width, height, _ in boxes(lines):
            if (width, height) != (1, 1):
                sheet.merge_cells(
                    start_row=row + 1, start_column=column + 1, end_row=row + height, end_column=column + width
                )

    return xlsx(("Phụ lục", [[_value(text) for text in line] for line in lines]), then=merge)


def _value(text: str) -> object:
    return int(text) if text.isdigit() else None if text in ("", "<", "^") else text


def edited(data: bytes, part: str, old: str, new: str) -> bytes:
    """Return a document with `old` replaced by `new` in one of its parts."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as before, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            content = before.read(name)
            if name == part:
                assert old.encode() in content, f"{old} is not in {part}"
                content = content.replace(old.encode(), new.encode())
            after.writestr(name, content)
    return made.getvalue()
