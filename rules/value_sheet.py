"""Value sheet: the workbook in which owners fill in the values of their indicators, written with what is asked for and
read back with every fault at its cell."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import NamedTuple

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from rules.days import day_vi
from rules.indicators.entry import (
    LONGEST_NOTE,
    LONGEST_SOURCE,
    Entry,
    WrongDay,
    checked_day,
    checked_value,
    on_behalf_of,
)
from rules.indicators.target import said_targets, unit_of
from rules.indicators.value import NotAValue, said_number
from rules.plans.blocks import Unreadable
from rules.plans.exporting.sheet import Cell, Column, Grid, Line, Sheet
from rules.plans.exporting.workbook import workbook
from rules.plans.sources.archive import Archive
from rules.programme import Indicator, Programme, Rulebook
from rules.wording import Wording

PROGRAMME, INDICATOR, TITLE, UNIT, TARGET, LAST = (
    "Chương trình", "Mã chỉ tiêu", "Chỉ tiêu", "Đơn vị tính", "Mục tiêu", "Số liệu gần nhất",
)  # fmt: skip
DAY, VALUE, SOURCE, NOTE = "Ngày số liệu", "Giá trị", "Nguồn số liệu", "Ghi chú"
_WIDTHS = {
    PROGRAMME: 32, INDICATOR: 20, TITLE: 70, UNIT: 22, TARGET: 26, LAST: 30, DAY: 26, VALUE: 24, SOURCE: 44, NOTE: 36,
}  # fmt: skip
_NEEDED = (PROGRAMME, INDICATOR, DAY, VALUE)
_MOST_ROWS = 20_000
_FIRST_ROWS = 30
"""So far down the heads of the columns are looked for."""


class Fault(NamedTuple):
    """What is wrong at a cell of a sheet; the cell is '' where it is about the whole of it."""

    sheet: str
    cell: str
    message: Wording

    def __str__(self) -> str:
        place = f"{self.sheet}!{self.cell}" if self.cell else self.sheet
        return f"{place}: {self.message.en}" if place else self.message.en


class Read(NamedTuple):
    """What a workbook came to; nothing of it is to be recorded where there are faults."""

    entries: tuple[Entry, ...]
    faults: tuple[Fault, ...]


class Asked(NamedTuple):
    """An indicator to be filled in, with the last value known of it, as written, '' for none."""

    programme: Programme
    indicator: Indicator
    last: str = ""


def template(asked: Sequence[Asked], *, on: date) -> bytes:
    """Return the workbook to be filled in: what is known of each indicator, its day and value left blank."""
    columns = tuple(Column(heading, width, centred=heading != TITLE) for heading, width in _WIDTHS.items())
    lines = tuple(Line(tuple(Cell(text) for text in _cells(one, on.year))) for one in asked)
    grid = Grid("Số liệu", "", columns, lines, _HINTS)
    return workbook(Sheet(on, "SỐ LIỆU CHỈ TIÊU", "Đề nghị điền ngày số liệu và giá trị", "", _state(on), (grid,)))


def read(data: bytes, rulebook: Rulebook, *, today: date) -> Read:
    """Return the values that a filled-in workbook holds, of all its sheets, or everything that is wrong with it."""
    try:
        Archive(data)
        formulas, values = (load_workbook(BytesIO(data), data_only=computed) for computed in (False, True))
    except Unreadable as fault:
        return Read((), (Fault("", "", fault.reason),))
    except Exception as fault:  # openpyxl raises whatever it stumbles over
        return Read((), (Fault("", "", Wording("Không phải tệp Excel (.xlsx).", f"no Excel file (.xlsx): {fault}")),))
    found: list[Entry] = []
    faults: list[Fault] = []
    seen: dict[tuple[str, str, date], str] = {}
    pages = [page for page in formulas.worksheets if page.sheet_state == "visible"]
    tables = [table for page in pages if (table := _Table.of(page, values)) is not None]
    if not tables:
        heads = ", ".join(_NEEDED)
        faults.append(
            Fault("", "", Wording(f"Không có bảng với các cột {heads}.", f"no table with the columns {heads}"))
        )
    for table in tables:
        for row in table.rows():
            entry = row.entry(rulebook, today, faults.append)
            if entry is not None:
                key = (entry.programme, entry.indicator.id, entry.on)
                if key in seen:
                    faults.append(
                        row.fault(VALUE, f"trùng với ô {seen[key]}", f"a second value for that day, see {seen[key]}")
                    )
                seen.setdefault(key, row.place(VALUE))
                found.append(entry)
    if not found and not faults:
        faults.append(Fault("", "", Wording("Chưa điền giá trị nào.", "no value is filled in")))
    return Read(() if faults else tuple(found), tuple(faults))


class _Table(NamedTuple):
    """A sheet with its columns by their heads; `values` has what its formulas came to when it was saved."""

    page: Worksheet
    values: Worksheet
    columns: dict[str, int]
    first: int

    @classmethod
    def of(cls, page: Worksheet, values: Workbook) -> "_Table | None":
        for number, row in enumerate(page.iter_rows(max_row=_FIRST_ROWS, values_only=True), 1):
            heads = {" ".join(str(text).split()).casefold(): at for at, text in enumerate(row, 1) if text}
            columns = {head: heads[head.casefold()] for head in _WIDTHS if head.casefold() in heads}
            if all(head in columns for head in _NEEDED):
                computed = values[page.title]
                assert isinstance(computed, Worksheet)
                return cls(page, computed, columns, number + 1)
        return None

    def rows(self) -> "Iterator[_Row]":
        for number in range(self.first, min(self.page.max_row, _MOST_ROWS) + 1):
            yield _Row(self, number)


class _Row(NamedTuple):
    table: _Table
    number: int

    def entry(self, rulebook: Rulebook, today: date, complain: Callable[[Fault], None]) -> Entry | None:
        """Return the value that the row holds; None for one not filled in, or with faults, each of them told."""
        value, on = self._text(VALUE, complain), self._raw(DAY)
        if value is None or (value == "" and on in (None, "")):
            return None
        if self._text(INDICATOR, complain) == "":
            # A total, a hint: something that is no line of the table.
            return None
        found = self._indicator(rulebook, complain)
        day = self._day(on, today, complain)
        if found is None or day is None:
            return None
        programme, indicator = found
        try:
            checked = checked_value(indicator, value)
        except NotAValue as fault:
            complain(Fault(self.table.page.title, self._at(VALUE), fault.reason))
            return None
        texts = {
            head: self._note(head, most, complain) for head, most in ((SOURCE, LONGEST_SOURCE), (NOTE, LONGEST_NOTE))
        }
        unit = on_behalf_of(indicator)
        return Entry(programme.id, indicator, day, checked, unit, texts[SOURCE] or None, texts[NOTE] or None)

    def fault(self, head: str, vi: str, en: str) -> Fault:
        return Fault(self.table.page.title, self._at(head), Wording(vi, en))

    def place(self, head: str) -> str:
        return f"{self.table.page.title}!{self._at(head)}"

    def _indicator(self, rulebook: Rulebook, complain: Callable[[Fault], None]) -> tuple[Programme, Indicator] | None:
        name, id = self._text(PROGRAMME, complain) or "", self._text(INDICATOR, complain) or ""
        programme = rulebook.programmes.get(name)
        if programme is None:
            complain(self.fault(PROGRAMME, f"không có chương trình “{name}”", f"there is no programme {name!r}"))
            return None
        indicator = next((one for one in programme.indicators if one.id == id), None)
        if indicator is None:
            complain(self.fault(INDICATOR, f"{name} không có chỉ tiêu “{id}”", f"{name} has no indicator {id!r}"))
            return None
        return programme, indicator

    def _day(self, raw: object, today: date, complain: Callable[[Fault], None]) -> date | None:
        on = _day_of(raw)
        if on is None:
            complain(
                self.fault(DAY, "cần một ngày, ví dụ 30/06/2026", f"{str(raw or '')!r} is no day; write 30/06/2026")
            )
            return None
        try:
            return checked_day(on, today=today)
        except WrongDay as fault:
            complain(Fault(self.table.page.title, self._at(DAY), fault.reason))
            return None

    def _note(self, head: str, most: int, complain: Callable[[Fault], None]) -> str:
        text = (self._text(head, complain) or "") if head in self.table.columns else ""
        if len(text) > most:
            complain(self.fault(head, f"dài quá {most} ký tự", f"longer than {most} characters"))
        return text

    def _text(self, head: str, complain: Callable[[Fault], None]) -> str | None:
        """Return what a cell says as it would be written by hand; None, with a fault, for a formula never computed."""
        at = self.table.columns[head]
        cell, computed = self.table.page.cell(self.number, at), self.table.values.cell(self.number, at).value
        if cell.data_type == "f" and computed is None:
            why = (
                "công thức chưa có kết quả: mở bằng Excel rồi lưu lại",
                "a formula without a result: save it in Excel",
            )
            complain(self.fault(head, *why))
            return None
        return _said(computed, cell.number_format)

    def _raw(self, head: str) -> object:
        return self.table.values.cell(self.number, self.table.columns[head]).value

    def _at(self, head: str) -> str:
        return f"{get_column_letter(self.table.columns[head])}{self.number}"


_HINTS = (
    "Giá trị: một số (82,5 hoặc 1.200), tăng/giảm một số, hoặc Có/Không; có thể kèm đơn vị tính.",
    "Dòng để trống cả ngày và giá trị được bỏ qua. Mỗi ngày một dòng; có thể thêm dòng cho ngày khác.",
)


def _cells(one: Asked, year: int) -> Iterable[str]:
    indicator = one.indicator
    targets = "; ".join(f"{at}: {text}" for at, text in said_targets(indicator, since=year) or said_targets(indicator))
    return (one.programme.id, indicator.id, indicator.title, unit_of(indicator), targets, one.last, "", "", "", "")


def _state(on: date) -> str:
    return f"(Lập ngày {day_vi(on)})"


def _said(value: object, number_format: str) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "Có" if value else "Không"
        case int() | float():
            number = Decimal(repr(value))
            return f"{said_number(number * 100)}%" if "%" in number_format else said_number(number)
        case datetime() | date():
            return f"{value:%d/%m/%Y}"
    return " ".join(str(value).split())


def _day_of(raw: object) -> date | None:
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    for form in ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(str(raw or "").strip(), form).date()  # noqa: DTZ007 - a day, no instant
        except ValueError:
            continue
    return None
