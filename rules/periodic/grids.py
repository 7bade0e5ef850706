"""Grids: the tables of a summary's annex and workbook, of the same snapshot as its text."""

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from rules.backdated import backdated_words
from rules.days import day_en, day_vi
from rules.periodic.ages import AGES
from rules.periodic.changed import from_to, handed, what_happened
from rules.periodic.happened import Happened
from rules.periodic.points import due_of, wrote_late
from rules.periodic.snapshot import Entry, Snapshot
from rules.periodic.telling import count_rows, unit_heads, unit_row
from rules.plans.exporting.sheet import Cell, Column, Grid, Line
from rules.status import NAMES, Timeliness, Verification
from rules.wording import Language, Wording

_COLUMNS = (
    (Wording("TT", "No."), 10, True),
    (Wording("Chương trình", "Programme"), 28, False),
    (Wording("Số", "Number"), 18, True),
    (Wording("Nhiệm vụ", "Task"), 70, False),
    (Wording("Đơn vị", "Unit"), 34, False),
    (Wording("Thời hạn", "Due"), 22, True),
    (Wording("Tiến độ", "Progress"), 25, False),
    (Wording("Tình trạng thời hạn", "Timeliness"), 25, False),
    (Wording("Số ngày quá hạn", "Days late"), 16, True),
    (Wording("Ngày hoàn thành", "Done on"), 22, True),
    (Wording("Xác nhận", "Verification"), 25, False),
    (Wording("Ghi chú", "Remarks"), 45, False),
)
MOST_ON_PAPER = 1_000
"""So many rows an annex has: about seventy pages."""
_IN_ANNEX = ("TT", "Số", "Nhiệm vụ", "Đơn vị", "Thời hạn", "Tiến độ", "Tình trạng thời hạn", "Xác nhận", "Ghi chú")


def tasks(snapshot: Snapshot, language: Language) -> Grid:
    """Return every obligation of the snapshot as a row, to be filtered."""
    columns = tuple(Column(heading.say(language), width, centred) for heading, width, centred in _COLUMNS)
    rows = tuple(Line(_cells(entry, number, language)) for number, entry in enumerate(snapshot.entries, start=1))
    return Grid(Wording("Nhiệm vụ", "Tasks").say(language), "", columns, rows)


def annex(snapshot: Snapshot, language: Language, *, most: int = MOST_ON_PAPER) -> Grid:
    """Return what is still open, and what came of the period, the most pressing first, with fewer columns, for paper;
    the totals say how many are left out: with them all are accounted for that are counted."""
    shown = [number for number, column in enumerate(_COLUMNS) if column[0].vi in _IN_ANNEX]
    columns = tuple(Column(_COLUMNS[at][0].say(language), _COLUMNS[at][1], _COLUMNS[at][2]) for at in shown)
    found = [entry for entry in snapshot.entries if (entry.is_open and not entry.is_ahead) or entry.result]
    cells = (_cells(entry, number, language) for number, entry in enumerate(found[:most], start=1))
    more, earlier = max(len(found) - most, 0), snapshot.counts.total - len(found)
    left = Wording(f"Và {more} lượt khác, xem bảng Excel.", f"And {more} more, see the Excel file.")
    told = Wording(
        f"Không liệt kê {earlier} lượt đã hoàn thành, hết kỳ từ trước hoặc chỉ tính trong tổng số.",
        f"Not listed: {earlier} done or closed before, or only counted.",
    )
    totals = tuple(said.say(language) for number, said in ((more, left), (earlier, told)) if number)
    title = Wording("Danh mục nhiệm vụ và tình trạng thực hiện", "Tasks and how they stand").say(language)
    rows = tuple(Line(tuple(row[at] for at in shown)) for row in cells)
    return Grid(title, title, columns, rows, totals)


def overview(snapshot: Snapshot, language: Language) -> Grid:
    """Return the counts, with how they changed."""
    compared = snapshot.previous.period.name if snapshot.previous else Wording("báo cáo trước", "the report before")
    columns = (
        Column(Wording("Tình trạng", "State").say(language), 90),
        Column(Wording("Số lượt", "Obligations").say(language), 30, True),
        Column(Wording(f"So với {compared.vi}", f"Since {compared.en}").say(language), 40, True),
    )
    rows = [
        Line((Cell(name), _number(number), Cell(change))) for name, number, change in count_rows(snapshot, language)
    ]
    late = Wording("Quá hạn", "Late").say(language)
    rows += [
        Line((Cell(f"{late} {AGES[band].say(language)}"), _number(number), Cell()))
        for band, number in snapshot.by_age.items()
    ]
    tasks = Wording("Số nhiệm vụ", "Tasks").say(language)
    ahead = Wording("Chưa đến kỳ (không tính ở trên)", "Not begun (counted nowhere above)").say(language)
    rows += [Line((Cell(name), _number(of), Cell())) for name, of in ((tasks, snapshot.tasks), (ahead, snapshot.ahead))]
    return Grid(Wording("Tổng hợp", "Overview").say(language), "", columns, tuple(rows))


def units(snapshot: Snapshot, language: Language) -> Grid:
    """Return the counts of each unit."""
    first = Column(Wording("Đơn vị", "Unit").say(language), 80)
    columns = (first, *(Column(head, 24, True) for head in unit_heads(language)))
    rows = (Line((Cell(part.name), *(_number(number) for number in unit_row(part.counts)))) for part in snapshot.units)
    return Grid(Wording("Theo đơn vị", "By unit").say(language), "", columns, tuple(rows))


def changes(snapshot: Snapshot, language: Language) -> Grid:
    """Return what became of deadlines, leads and events in the period; no rows where nothing did."""
    columns = tuple(Column(heading.say(language), width) for heading, width in _CHANGES)
    rows = [
        (_KINDS[one.kind], one.key.programme, one.number, one.title, one.key.part, one.units, from_to(one))
        for one in snapshot.moved
    ]
    for one in snapshot.passed:
        before, after = ("; ".join(names) for names in (one.names_before, one.names_after))
        said = handed(one, before, after)
        rows.append((_KINDS["passed"], one.programme, one.number, one.title, "", one.names_after, said))
    for event in snapshot.happened:
        rows += _of_event(event)
    return Grid(
        Wording("Thay đổi trong kỳ", "Changes").say(language),
        "",
        columns,
        tuple(_change(row, language) for row in rows),
    )


_Change = tuple[Wording, str, str, str, str, tuple[str, ...], Wording]
"""What kind of change, the programme, number, title and part of what it is of, whose it is, and what changed."""


def _of_event(event: Happened) -> Iterable[_Change]:
    yield _KINDS[event.kind], event.programme, "", event.title, "", (), what_happened(event)
    when = event.when.words
    for one in event.begun:
        said = Wording(f"{one.day.vi}; {event.title}: {when.vi}", f"{one.day.en}; {event.title}: {when.en}")
        yield _KINDS["begun"], event.programme, one.number, one.title, one.part, one.units, said


def _change(row: _Change, language: Language) -> Line:
    kind, programme, number, title, part, units, said = row
    what = f"{title} – {part}" if part else title
    texts = (kind.say(language), programme, number, what, "; ".join(units), said.say(language))
    return Line(tuple(map(Cell, texts)))


def contributions(snapshot: Snapshot, language: Language, zone: ZoneInfo) -> Grid:
    """Return what units wrote, and who had not by the hour, with the hour at which they did."""
    columns = (
        Column(Wording("Đơn vị", "Unit").say(language), 50),
        Column(Wording("Phần", "Section").say(language), 40),
        Column(Wording("Nội dung", "Content").say(language), 150),
    )
    rows = [
        Line((Cell(one.name), Cell(_SECTIONS[one.section].say(language)), Cell(one.content)))
        for one in snapshot.contributions
    ]
    missing = Wording("Chưa gửi đúng giờ", "Not written by the hour").say(language)
    rows += [
        Line((Cell(one.name), Cell(missing), Cell(wrote_late(one, zone).say(language)))) for one in snapshot.unheard
    ]
    return Grid(Wording("Đơn vị báo cáo", "Written by units").say(language), "", columns, tuple(rows))


_CHANGES = (
    (Wording("Thay đổi", "Change"), 34),
    (Wording("Chương trình", "Programme"), 28),
    (Wording("Số", "Number"), 15),
    (Wording("Nhiệm vụ, sự kiện", "Task or event"), 70),
    (Wording("Đơn vị", "Unit"), 34),
    (Wording("Nội dung", "Content"), 90),
)
_KINDS = {
    "moved": Wording("Điều chỉnh thời hạn", "Deadline moved"),
    "refused": Wording("Không đồng ý gia hạn", "Extension refused"),
    "passed": Wording("Chuyển cơ quan chủ trì", "Passed to another unit"),
    "recorded": Wording("Ghi nhận sự kiện", "Event recorded"),
    "corrected": Wording("Ghi nhận lại sự kiện", "Event corrected"),
    "retracted": Wording("Rút ghi nhận sự kiện", "Event taken back"),
    "begun": Wording("Thời hạn theo sự kiện", "Deadline from an event"),
}
_SECTIONS = {
    "results": Wording("Kết quả nổi bật", "Results"),
    "difficulties": Wording("Khó khăn, vướng mắc", "Difficulties"),
    "next": Wording("Nhiệm vụ tiếp theo", "Next"),
}


def _cells(entry: Entry, number: int, language: Language) -> tuple[Cell, ...]:
    status = entry.status
    title = f"{entry.title} – {entry.key.part}" if entry.key.part else entry.title
    percent = f" {entry.percent}%" if entry.percent is not None and entry.is_open else ""
    verified = NAMES[status.verification].say(language) if status.verification is not Verification.NONE_ASKED else ""
    return (
        _number(number),
        Cell(entry.key.programme),
        Cell(entry.number),
        Cell(title),
        Cell(", ".join(entry.units)),
        _due(entry, language),
        Cell(NAMES[status.progress].say(language) + percent),
        _timeliness(entry, language),
        _number(entry.days_late) if status.timeliness in (Timeliness.LATE, Timeliness.DONE_LATE) else Cell(),
        _day(entry.done_on, language),
        Cell(verified),
        Cell("\n".join(_remarks(entry, language))),
    )


def _timeliness(entry: Entry, language: Language) -> Cell:
    """Return how it stands to its deadline; what has not begun counts as nothing, and no filter finds it among those
    that do."""
    if entry.is_ahead:
        return Cell(Wording("Chưa đến kỳ", "Not begun").say(language))
    return Cell(NAMES[entry.status.timeliness].say(language), tone=entry.status.timeliness)


def _number(number: int) -> Cell:
    return Cell(str(number), number=number)


def _day(day: date | None, language: Language) -> Cell:
    return Cell((day_vi if language == "vi" else day_en)(day), day=day) if day else Cell()


def _due(entry: Entry, language: Language) -> Cell:
    """Return the day something is due, with its hour where it has one."""
    found = due_of(entry)
    if found is None:
        return Cell()
    day = found.due if found.at is None else datetime.combine(found.due, found.at)
    return Cell(found.short.say(language), day=day, before=found.before.say(language))


def _remarks(entry: Entry, language: Language) -> Iterable[str]:
    if entry.difficulty:
        yield Wording(f"Khó khăn: {entry.difficulty}", f"Difficulty: {entry.difficulty}").say(language)
    if entry.provisional and entry.is_open:
        yield Wording("Thời hạn tạm tính", "Provisional deadline").say(language)
    day = due_of(entry)
    if day and day.is_before and (last := day.strict):
        yield Wording(f"Muộn nhất {day_vi(last)}", f"{day_en(last)} at the latest").say(language)
    if backdated := backdated_words(entry.days_backdated):
        said = backdated.say(language)
        yield said[0].upper() + said[1:]
    if entry.mark:
        on = entry.mark.entered_on
        yield Wording(f"Đã nhập hệ thống quốc gia {day_vi(on)}", f"Entered nationally {day_en(on)}").say(language)
        if entry.mark.is_stale:
            yield Wording("Tình trạng đã thay đổi sau khi nhập", "Has changed since it was entered").say(language)
