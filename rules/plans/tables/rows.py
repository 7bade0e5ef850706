"""Rows: the lines under a header made whole: cells cut by pages joined, ditto marks resolved, headings above each."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from rules.plans.blocks import Row, Where
from rules.plans.draft import FIELDS, Doubt
from rules.plans.tables import questions
from rules.plans.tables.grids import Grid, Line, is_blank
from rules.plans.tables.headings import Header
from rules.plans.tables.numbering import number_of
from rules.plans.tables.remarks import empty, is_remark, left_out
from rules.plans.tables.sections import JOINT, Heading, Path, heading_of
from rules.plans.tables.words import bare

_DITTO_SIGNS = frozenset("\"“”„″〃'`´,/-–. ()")
_DITTO_WORDS = frozenset({"nt", "nhu tren", "nhu tren nt", "n t"})
_ENDED = (".", ";", ":", "!", "?", ")", "…", "”", '"')


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of a table as a person reads it: one text per column, the headings it stands under, where it is."""

    cells: tuple[str, ...]
    section: str
    at: Where
    headings: tuple[Heading, ...] = ()
    doubts: tuple[Doubt, ...] = ()


class Taken(NamedTuple):
    """The rows of a table in order, without headings, blanks and repeated headers, and doubts about what is no row."""

    entries: tuple[Entry, ...]
    doubts: tuple[Doubt, ...]


def taken(grid: Grid) -> Taken:
    """Return what a grid holds."""
    reading = _Reading(grid.header)
    lines = [line for line in grid.lines if not is_blank(line.row)]
    listed = [line for line in lines if not is_remark(line.row)]
    for line, below in zip(listed, [*(line.row for line in listed[1:]), None], strict=False):
        reading.take(line, below)
    used = (heading.text for entry in reading.entries for heading in entry.headings)
    remarks = (left_out(row) for row in (*grid.above, *(line.row for line in lines if is_remark(line.row))))
    return Taken(tuple(_all_resolved(reading.entries, grid.header)), (*remarks, *empty(reading.entered, used)))


def _all_resolved(found: Iterable[Entry], header: Header) -> Iterator[Entry]:
    above: Entry | None = None
    for entry in found:
        above = _resolved(entry, above, header)
        yield above


@dataclass(slots=True)
class _Reading:
    """What has been read of a grid."""

    header: Header
    entries: list[Entry] = field(default_factory=list)
    path: Path = field(default_factory=Path)
    group: str = ""
    last: Heading | None = None
    """The heading read last, if no row came since."""
    entered: list[tuple[str, Where]] = field(default_factory=list)

    def take(self, line: Line, below: Row | None) -> None:
        row, above = line.row, self.entries[-1] if self.entries and self.last is None else None
        heading = heading_of(row, no=self.header.at("no"), title=self._title())
        if heading is None and self._has_parts(row, below):
            heading = Heading(" ".join(cell for cell in row.cells if cell), number_of(self._cell(row, "no")))
        if heading and not (heading.label is None and above and self._goes_on_in_title(row, above, line.cut)):
            self._enter(heading, line)
        elif above and self._is_another(row, above, line.cut):
            shared = tuple(own or its for own, its in zip(row.cells, above.cells, strict=True))
            doubt = questions.another_deadline(above.cells[self._title()], row.at)
            self.entries.append(
                Entry(shared, above.section, row.at, above.headings, (*_doubts(row, self.header), doubt))
            )
        elif above and self._goes_on(row, above, line.cut):
            self.entries[-1] = _joined(above, row, (*_doubts(row, self.header), *self._unplaced(row)))
        elif self._cell(row, "title") and not any(cell for i, cell in enumerate(row.cells) if i != self._title()):
            self._enter(Heading(self._cell(row, "title"), None), line)
        else:
            self._begin(row)

    def _enter(self, heading: Heading, line: Line) -> None:
        if self.last and line.cut and heading.label is None:
            heading = replace(self.last, text=f"{self.last.text} {heading.text}")
            self.entered.pop()
        self.path.enter(heading)
        self.entered.append((heading.text, line.row.at))
        self.last, self.group = heading, ""

    def _begin(self, row: Row) -> None:
        label = number_of(self._cell(row, "no"))
        if label and label.style == "arabic":
            self.path.leave_small()
        self.group = self._cell(row, "group") or self.group
        section = JOINT.join(filter(None, (str(self.path), self.group)))
        self.entries.append(Entry(row.cells, section, row.at, self.path.headings, _doubts(row, self.header)))
        self.last = None

    def _cell(self, row: Row, holds: str) -> str:
        at = next((i for i, column in enumerate(self.header.columns) if column.holds == holds), None)
        return "" if at is None else row.cells[at]

    def _title(self) -> int:
        at = self.header.at("title")
        return at if at is not None else self.header.at("indicator") or 0

    def _has_parts(self, row: Row, below: Row | None) -> bool:
        """Say whether a row says only its number and title and the next one is a part of it (`3.1`, `a)`, `-`)."""
        number, title = self._cell(row, "no"), row.cells[self._title()]
        if below is None or not number or not title or sum(map(bool, row.cells)) != 2:
            return False
        part, mine = number_of(self._cell(below, "no")), number_of(number)
        if mine is None:
            return False
        if part and part.style == "dotted":
            return part.text.startswith(f"{mine.text}.")
        begins_as_part = below.cells[self._title()].startswith(("- ", "– ", "+ "))
        return (part is not None and part.style == "small") or (part is None and begins_as_part)

    def _goes_on_in_title(self, row: Row, above: Entry, cut: bool) -> bool:
        """Say whether a row of one text without a number is more of the title above, not a heading of its own."""
        title = row.cells[self._title()]
        if row.spanned or not title:
            return False
        is_capital = title.isupper() and title[0].isalpha()
        return title[0].islower() or (cut and not above.cells[self._title()].endswith(_ENDED) and not is_capital)

    def _is_another(self, row: Row, above: Entry, cut: bool) -> bool:
        """Say whether a row without a title of its own is a further deadline of the task above."""
        own_title = self._title() not in row.continued and row.cells[self._title()]
        number = self.header.at("no")
        own_number = number is not None and number not in row.continued and row.cells[number]
        at = self.header.at("stated")
        if own_title or own_number or at is None or at in row.continued or (cut and not row.continued):
            return False
        return bool(above.cells[at]) and _begins(row.cells[at])

    def _goes_on(self, row: Row, above: Entry, cut: bool) -> bool:
        """Say whether a row is the rest of the one above, which a page break or a cell's line end cut in two."""
        at, number = self._title(), self._cell(row, "no")
        title = row.cells[at]
        if at in row.continued and (not number or (self.header.at("no") or 0) in row.continued):
            return True
        if number:
            return cut and number == self._number(above) and (not title or title[0].islower())
        if not title or title[0].islower():
            return True
        return not self._is_whole(row) and (cut or not self._is_begun(row))

    def _unplaced(self, row: Row) -> tuple[Doubt, ...]:
        """Return the doubt about a row that names a group, yet goes on with the row above, which stands in its own."""
        at = self.header.at("group")
        return (left_out(row),) if at is not None and row.cells[at] and at not in row.continued else ()

    def _number(self, entry: Entry) -> str:
        at = self.header.at("no")
        return "" if at is None else entry.cells[at]

    def _is_whole(self, row: Row) -> bool:
        """Say whether a row has what a task has: an agency and a deadline that begin as such."""
        lead = self._cell(row, "lead") or self._cell(row, "head")
        return _begins(lead) and (_begins(self._cell(row, "stated")) or self.header.at("stated") is None)

    def _is_begun(self, row: Row) -> bool:
        return any(_begins(self._cell(row, holds)) for holds in ("lead", "head", "stated"))


def _doubts(row: Row, header: Header) -> tuple[Doubt, ...]:
    """Return the doubts about a row, and those about its cells as doubts about the fields that they are in."""
    held = {n: "stated" if column.holds == "start" else column.holds for n, column in enumerate(header.columns)}
    fields = {n: holds for n, holds in held.items() if holds in FIELDS}
    of_cells = (Doubt(said, row.at, fields.get(column, ""), others) for column, said, others in row.of_cells)
    return (*(Doubt(said, row.at) for said in row.doubts), *of_cells)


def _begins(text: str) -> bool:
    return bool(text) and not text[0].islower()


def _joined(above: Entry, row: Row, doubts: tuple[Doubt, ...]) -> Entry:
    cells = tuple(
        f"{own} {more}".strip() if more and index not in row.continued else own
        for index, (own, more) in enumerate(zip(above.cells, row.cells, strict=True))
    )
    return replace(above, cells=cells, doubts=(*above.doubts, *doubts))


def _resolved(entry: Entry, above: Entry | None, header: Header) -> Entry:
    """Return the entry with what its ditto marks stand for, and dashes that stand for nothing taken out."""
    cells, doubts = list(entry.cells), list(entry.doubts)
    for index, column in enumerate(header.columns):
        if column.holds in ("no", "title", "indicator", "unit", "target"):
            continue
        if cells[index] and not cells[index].strip("-–—_. "):
            cells[index] = ""
        elif _is_ditto(cells[index]):
            doubts.append(questions.ditto(cells[index], above.cells[index] if above else "", column, entry.at))
            cells[index] = above.cells[index] if above else ""
    return replace(entry, cells=tuple(cells), doubts=tuple(doubts))


def _is_ditto(text: str) -> bool:
    if not text or len(text) > 12:
        return False
    return set(text) <= _DITTO_SIGNS or bare(text) in _DITTO_WORDS


def in_order(found: Sequence[Entry], header: Header) -> list[tuple[Doubt, ...]]:
    """Return for each row the doubts that its number, or its heading's, is missing, repeated or out of order."""
    at = header.at("no")
    numbers = [(entry.section, "" if at is None else entry.cells[at], entry.at) for entry in found]
    return questions.numbering(numbers, [(entry.headings, entry.at) for entry in found])
