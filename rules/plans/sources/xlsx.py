"""Excel: every visible sheet as a table of what its cells show; the lines above and below the table are paragraphs.

Formulas are not computed: their cell has the value that Excel saved with it.
"""

import warnings
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText
from openpyxl.utils import get_column_letter

from rules.plans.blocks import Block, Notice, Pages, Paragraph, Table, Where
from rules.plans.sources import grid
from rules.plans.sources.archive import Archive, refuse_crowds
from rules.plans.sources.characters import one_line, tidy
from rules.plans.sources.progress import Progress, unseen
from rules.plans.sources.refusals import damage_refused, damaged
from rules.plans.sources.remarks import remarks
from rules.plans.sources.rich import said
from rules.plans.sources.sheet import MOST_TAGS, Shape, shape
from rules.plans.sources.struck import struck_out
from rules.plans.sources.values import is_month_first, shown
from rules.wording import Wording

_MOST_COLUMNS = 200
_MOST_NAMES = 12
_FEWEST_COLUMNS = 3
"""Rows with fewer filled cells are not yet, or no longer, in the table: a title, the letterhead, who signs."""
_RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}sheet"


Texts = dict[int, dict[int, str]]
"""The texts of a sheet by row and column, both from 1; rows without any are left out."""
Asked = dict[tuple[int, int], tuple[Wording, tuple[str, ...]]]
"""What is doubtful about a cell, with the texts it may be instead, by row and column."""


def xlsx_pages(data: bytes, archive: Archive, progress: Progress = unseen) -> Pages:
    """Return what an Excel workbook shows. Raises Unreadable when its parts are missing or broken."""
    with damage_refused("Excel"), warnings.catch_warnings(action="ignore"):
        found = list(_sheets(archive))
        if not found:
            raise damaged("Excel")
        for part in archive.names - {part for _, part, _ in found}:
            if part.endswith(".xml"):
                refuse_crowds(archive.read(part), MOST_TAGS)
        shapes = {name: shape(archive.read(part)) for name, part, is_hidden in found if not is_hidden}
        report = _Report(progress, sum(each.last_row for each in shapes.values()))
        book = load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False, rich_text=True)
        blocks: list[Block] = []
        notices = [Notice(_hidden_sheet(name), Where(sheet=name)) for name, _, is_hidden in found if is_hidden]
        for sheet in book.worksheets:
            if sheet.title in shapes:
                made, said = _read(sheet, shapes[sheet.title], report)
                blocks += made
                notices += said
        notes = [note for name, part, is_hidden in found if not is_hidden for note in remarks(archive, name, part)]
    return Pages(tuple(blocks), tuple(notices), tuple(notes))


def _sheets(archive: Archive) -> Iterator[tuple[str, str, bool]]:
    """Yield every worksheet by name, with its part and whether it is hidden."""
    main = archive.related("", "officeDocument")
    if main is None:
        return
    parts = {relation.id: relation.part for relation in archive.relations(main) if relation.kind == "worksheet"}
    for sheet in archive.xml(main).iter(_SHEET):
        if (part := parts.get(sheet.get(_RELATION_ID, ""))) is not None:
            yield sheet.get("name", ""), part, sheet.get("state", "visible") != "visible"


class _Report:
    """Says how many rows of all sheets are done, every so often."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress, self._total, self._done = progress, total, 0

    def row(self) -> None:
        """Count one row."""
        self._done += 1
        if self._done % 100 == 0 or self._done == self._total:
            self._progress(self._done, self._total)


def _read(sheet: Any, form: Shape, report: _Report) -> tuple[list[Block], list[Notice]]:
    """Return the blocks of a sheet and what to know about it. Openpyxl's read-only sheets have no public class."""
    texts: Texts = {}
    tidied: dict[str, str] = {}
    asked: Asked = {}
    month_first: list[str] = []
    widest = min(form.last_column, _MOST_COLUMNS)
    rows = sheet.iter_rows(max_row=form.last_row, max_col=widest) if form.last_row else ()
    for number, row in enumerate(rows, start=1):
        report.row()
        if number not in form.rows:
            continue
        for cell in (cell for cell in row if cell.value is not None):
            text, struck = said(cell, _text(cell, tidied))
            if text := tidy(text) if struck or not isinstance(cell.value, str) else text:
                texts.setdefault(number, {})[cell.column] = text
            if struck:
                asked[number, cell.column] = struck_out(struck), ()
            elif is_month_first(cell.value, cell.number_format):
                asked[number, cell.column] = _DAY_AND_MONTH, (_swapped(cell.value),)
                month_first.append(f"{get_column_letter(cell.column)}{number}")
    blocks, notices = _blocks(texts, form, sheet.title, asked)
    return blocks, [*_notices(sheet.title, form, texts, month_first), *notices]


def _text(cell: Any, tidied: dict[str, str]) -> str:
    """Return what a cell shows; `tidied` has the texts met before, of which Excel keeps one copy for many cells."""
    if isinstance(cell.value, CellRichText):
        return str(cell.value)
    if not isinstance(cell.value, str):
        return shown(cell.value, cell.number_format)
    if cell.value not in tidied:
        tidied[cell.value] = tidy(cell.value)
    return tidied[cell.value]


def _blocks(texts: Texts, form: Shape, name: str, asked: Asked) -> tuple[list[Block], list[Notice]]:
    """Return the text and the table of a sheet, and what is doubtful of cells that are not in the table's rows."""
    _move_out_of_sight(texts, form)
    rows = [row for row in sorted(texts) if row not in form.hidden_rows]
    seen = {row: {column: text for column, text in texts[row].items() if not form.hides(column)} for row in rows}
    first, end = _extent(rows, seen)
    table_rows = rows[first:end]
    blocks: list[Block] = list(_paragraphs(rows[:first], seen, name))
    if table_rows:
        blocks.append(_table(table_rows, seen, form, name, asked))
    told = frozenset(row for row in table_rows if len(seen[row]) >= _FEWEST_COLUMNS)
    notices = [
        Notice(said, Where(sheet=name, row=row))
        for (row, column), (said, others) in asked.items()
        if row not in told and row not in form.hidden_rows and not form.hides(column) and not others
    ]
    return [*blocks, *_paragraphs(rows[end:], seen, name)], notices


def _move_out_of_sight(texts: Texts, form: Shape) -> None:
    """Move the text of a merged cell that begins in a hidden row or column to the first of its places that is seen."""
    for merge in form.merges:
        text = texts.get(merge.top, {}).get(merge.left)
        if text is None or not (merge.top in form.hidden_rows or form.hides(merge.left)):
            continue
        rows = (row for row in range(merge.top, min(merge.bottom, form.last_row) + 1) if row not in form.hidden_rows)
        columns = (
            column for column in range(merge.left, min(merge.right, _MOST_COLUMNS) + 1) if not form.hides(column)
        )
        row, column = next(rows, None), next(columns, None)
        if row is not None and column is not None:
            texts.setdefault(row, {})[column] = text


def _extent(rows: list[int], seen: Texts) -> tuple[int, int]:
    """Return where among `rows` the table begins and where it has ended; the two are the same when there is none.

    Rows with few cells after its last full row are headings in it, unless an empty row sets them apart.
    """
    full = [n for n, row in enumerate(rows) if len(seen[row]) >= _FEWEST_COLUMNS]
    if not full:
        return len(rows), len(rows)
    gaps = (n for n in range(full[-1] + 1, len(rows)) if rows[n] > rows[n - 1] + 1)
    return full[0], next(gaps, len(rows))


def _paragraphs(rows: list[int], seen: Texts, name: str) -> Iterator[Paragraph]:
    for row in rows:
        for _, text in sorted(seen[row].items()):
            yield Paragraph(one_line(text), Where(sheet=name, row=row))


def _table(rows: list[int], seen: Texts, form: Shape, name: str, asked: Asked) -> Table:
    """Return the table that `rows` make, of the columns in which one of them has a text."""
    columns = sorted({column for row in rows for column in seen[row]})
    cells = []
    for merge in form.merges:
        top, bottom = bisect_left(rows, merge.top), bisect_right(rows, merge.bottom)
        left, right = bisect_left(columns, merge.left), bisect_right(columns, merge.right)
        if top < bottom and left < right and (bottom - top, right - left) != (1, 1):
            text = seen[rows[top]].get(columns[left], "")
            placed = grid.Placed(top, left, text, right - left, bottom - top)
            cells.append(_asked(placed, asked.get((rows[top], columns[left]))))
    at = {column: n for n, column in enumerate(columns)}
    for n, row in enumerate(rows):
        places = [*seen[row], *(each for each in columns if (row, each) in asked and each not in seen[row])]
        cells += (_asked(grid.Placed(n, at[each], seen[row].get(each, "")), asked.get((row, each))) for each in places)
    return grid.table(cells, [Where(sheet=name, row=row) for row in rows], Where(sheet=name))


def _asked(cell: grid.Placed, doubt: tuple[Wording, tuple[str, ...]] | None) -> grid.Placed:
    """Return the cell with what is doubtful about it."""
    return cell if doubt is None else cell._replace(doubt=doubt[0], alternatives=doubt[1])


def _swapped(day: datetime) -> str:
    """Return the day that a date shown month first may be meant as."""
    return f"{day.replace(day=day.month, month=day.day):%Y-%m-%d}"


def _notices(name: str, form: Shape, texts: Texts, month_first: list[str]) -> Iterator[Notice]:
    at = Where(sheet=name)
    if form.hidden_rows:
        yield Notice(_hidden_rows(_listed([str(row) for row in sorted(form.hidden_rows)])), at)
    columns = sorted({column for row in texts.values() for column in row if form.hides(column)})
    if columns:
        yield Notice(_hidden_columns(_listed([get_column_letter(column) for column in columns])), at)
    if form.empty_formulas:
        yield Notice(_empty_formulas(_listed(form.empty_formulas)), at)
    if month_first:
        yield Notice(_month_first(_listed(month_first)), at)
    if form.last_column > _MOST_COLUMNS:
        yield Notice(_columns_left_out(get_column_letter(_MOST_COLUMNS)), at)


def _listed(names: list[str]) -> str:
    """Return the first dozen names, and how many there are when there are more."""
    shown_names = ", ".join(names[:_MOST_NAMES])
    return shown_names if len(names) <= _MOST_NAMES else f"{shown_names}, … ({len(names)})"


def _hidden_sheet(name: str) -> Wording:
    return Wording(f"Trang tính ẩn «{name}» không được đọc.", f"The hidden sheet «{name}» is not read.")


def _hidden_rows(rows: str) -> Wording:
    return Wording(f"Các hàng ẩn không được đọc: {rows}.", f"Hidden rows are not read: {rows}.")


def _hidden_columns(columns: str) -> Wording:
    return Wording(f"Các cột ẩn không được đọc: {columns}.", f"Hidden columns are not read: {columns}.")


def _empty_formulas(cells: str) -> Wording:
    return Wording(
        f"Công thức chưa có kết quả lưu trong tệp, ô coi như trống: {cells}. Hãy mở bằng Excel và lưu lại.",
        f"Formulas without a saved result, their cells count as empty: {cells}. Open the file in Excel and save it.",
    )


def _month_first(cells: str) -> Wording:
    return Wording(
        f"Ngày hiển thị theo kiểu tháng trước ngày, cần đối chiếu: {cells}.",
        f"Dates are shown month first, compare them: {cells}.",
    )


_DAY_AND_MONTH = Wording(
    "Ô này hiển thị tháng trước ngày: ngày và tháng có thể bị đổi chỗ.",
    "The cell shows the month before the day: they may have been mistaken for each other.",
)


def _columns_left_out(last: str) -> Wording:
    return Wording(f"Các cột sau cột {last} không được đọc.", f"Columns after {last} are not read.")
