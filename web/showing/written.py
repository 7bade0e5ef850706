"""Written: a list as a file: Excel in the layout of offices, with working filters, or CSV for other programs."""

import csv
from collections.abc import Sequence
from io import StringIO

from starlette.responses import Response

from rules.calendar import local_day
from rules.days import clock, full
from rules.due_day import DueDay
from rules.plans.exporting.plain import plain
from rules.plans.exporting.sheet import Cell, Column, Grid, Line, Sheet
from rules.status import NAMES
from rules.wording import Wording
from web.showing.rows import Row
from web.visit import Visit

MOST_WRITTEN = 5_000
"""How many rows a file holds at most; it says so where there are more."""
COLUMNS: tuple[tuple[Wording, int], ...] = (
    (Wording("Số", "No."), 16),
    (Wording("Nhiệm vụ", "Task"), 70),
    (Wording("Sản phẩm", "Product"), 35),
    (Wording("Đơn vị chủ trì", "Lead unit"), 38),
    (Wording("Chương trình", "Programme"), 38),
    (Wording("Thời hạn", "Deadline"), 22),
    (Wording("Giờ", "Hour"), 10),
    (Wording("Muộn nhất", "At the latest"), 22),
    (Wording("Tiến độ", "Progress"), 26),
    (Wording("Thời hạn thực hiện", "Timeliness"), 26),
    (Wording("Số ngày quá hạn", "Days late"), 16),
    (Wording("Xác nhận", "Verification"), 26),
)
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_workbook(visit: Visit, rows: Sequence[Row]) -> Response:
    """Return the list as an Excel file."""
    # The library is slow to load, and few visits need it.
    from rules.plans.exporting.workbook import workbook

    on = local_day(visit.now, visit.desk.zone)
    columns = tuple(
        Column(visit.say(name), width, centred=number in (0, 5, 6, 7, 10))
        for number, (name, width) in enumerate(COLUMNS)
    )
    lines = tuple(Line(_cells(visit, row)) for row in rows[:MOST_WRITTEN])
    grid = Grid(visit.say("Nhiệm vụ", "Tasks"), "", columns, lines, (_total(visit, rows),))
    sheet = Sheet(
        on=on,
        kind=visit.say("DANH SÁCH", "LIST"),
        title=visit.say("Nhiệm vụ theo dõi, đôn đốc", "Tasks followed"),
        reference="",
        state=visit.say(f"Tình trạng {full(on).vi}", f"As of {full(on).en}"),
        grids=(grid,),
        language=visit.language,
    )
    return Response(workbook(sheet), media_type=_EXCEL, headers=_attached(f"danh-sach-{on}.xlsx"))


def as_csv(visit: Visit, rows: Sequence[Row]) -> Response:
    """Return the list as CSV in UTF-8; a cell that a spreadsheet would take for a formula begins with an apostrophe."""
    written = StringIO()
    writer = csv.writer(written)
    writer.writerow([visit.say(name) for name, _ in COLUMNS])
    for row in rows[:MOST_WRITTEN]:
        cells = [one.day.isoformat() if one.day else plain(one.text) for one in _cells(visit, row)]
        writer.writerow([f"'{one}" if one.startswith(_FORMULA) else one for one in cells])
    on = local_day(visit.now, visit.desk.zone)
    # Excel takes a file for UTF-8 only by this mark.
    data = "\ufeff" + written.getvalue()
    return Response(data.encode(), media_type="text/csv; charset=utf-8", headers=_attached(f"danh-sach-{on}.csv"))


def _cells(visit: Visit, row: Row) -> tuple[Cell, ...]:
    status = row.status
    return (
        Cell(row.number),
        Cell(row.title),
        Cell(row.product),
        Cell(row.units),
        Cell(row.programme),
        _due(visit, row.due_day),
        Cell(visit.say(clock(row.at)) if row.at else ""),
        Cell(day=row.due_day.strict) if row.due_day and row.due_day.is_before else Cell(),
        Cell(visit.say(row.progress)),
        Cell(visit.say(NAMES[status.timeliness]), tone=status.timeliness),
        Cell(str(row.days_late) if row.days_late else ""),
        Cell(visit.say(NAMES[status.verification])),
    )


def _due(visit: Visit, due: DueDay | None) -> Cell:
    if due is None:
        return Cell(visit.say("chưa có", "none yet"))
    return Cell(day=due.due, before=visit.say(due.before))


def _total(visit: Visit, rows: Sequence[Row]) -> str:
    if len(rows) > MOST_WRITTEN:
        return visit.say(
            f"Chỉ ghi {MOST_WRITTEN} dòng đầu; danh sách còn nữa.",
            f"Only the first {MOST_WRITTEN} rows; there are more.",
        )
    return visit.say(f"Tổng số: {len(rows)}", f"In all: {len(rows)}")


def _attached(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'}
