"""Sheet: the shape of an Excel sheet: how far its content goes, what is merged or hidden, which formulas are empty.

Only what has content is looked at: a sheet may have a million rows with nothing but a format.
"""

from dataclasses import dataclass, field
from typing import NamedTuple
from xml.parsers.expat import ParserCreate

from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import coordinate_to_tuple, range_boundaries

from rules.plans.sources.archive import refuse_crowds
from rules.plans.sources.wordml import number

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main "
_FURTHEST = 1_048_576
MOST_TAGS = 2_000_000
_MOST_MERGES = 200_000


class Merge(NamedTuple):
    """A merged range, both ends in it, counted from 1."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Shape:
    """What a sheet looks like; rows and columns count from 1."""

    last_row: int = 0
    last_column: int = 0
    rows: set[int] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    empty_formulas: list[str] = field(default_factory=list)

    def hides(self, column: int) -> bool:
        """Say whether a column is hidden."""
        return any(first <= column <= last for first, last in self.hidden_columns)


def shape(xml: bytes) -> Shape:
    """Return the shape of the sheet in `xml`. Raises Unreadable for one with too many cells, ExpatError for bad XML."""
    scan = _Scan()
    parser = ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = scan.start
    parser.EndElementHandler = scan.end
    parser.CharacterDataHandler = scan.text
    content = _without_empty_end(xml)
    refuse_crowds(content, MOST_TAGS)
    parser.Parse(content, True)
    return scan.shape


def _without_empty_end(xml: bytes) -> bytes:
    """Return the XML of a sheet without the rows after the last that has a value, a text or a formula."""
    end = xml.rfind(b"</sheetData>")
    filled = max(xml.rfind(tag, 0, max(end, 0)) for tag in (b"</v>", b"</t>", b"</f>"))
    row = xml.find(b"</row>", filled, end)
    return xml if min(end, filled, row) < 0 else xml[: row + len(b"</row>")] + xml[end:]


class _Scan:
    """Takes note of the elements of a sheet as they pass by."""

    def __init__(self) -> None:
        self.shape = Shape()
        self._row = self._column = 0
        self._is_hidden = self._row_filled = False
        self._in_value = self._filled = self._is_formula = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Note where an element stands."""
        match name.removeprefix(_MAIN):
            case "c":
                self._filled = self._is_formula = False
                if place := attributes.get("r"):
                    self._row, self._column = coordinate_to_tuple(place)
                else:
                    self._column += 1
            case "v" | "t":
                self._in_value = True
            case "f":
                self._is_formula = True
            case "row":
                self._row, self._column = number(attributes.get("r"), self._row + 1, most=_FURTHEST), 0
                self._is_hidden, self._row_filled = attributes.get("hidden") in ("1", "true"), False
            case "col" if attributes.get("hidden") in ("1", "true"):
                first, last = (number(attributes.get(end), 0, most=_FURTHEST) for end in ("min", "max"))
                self.shape.hidden_columns.append((first, last))
            case "mergeCell" if len(self.shape.merges) < _MOST_MERGES:
                left, top, right, bottom = range_boundaries(attributes.get("ref", ""))
                if left and top and right and bottom:
                    self.shape.merges.append(Merge(top, left, bottom, right))

    def text(self, text: str) -> None:
        """Note that the cell has a value."""
        self._filled = self._filled or (self._in_value and bool(text.strip()))

    def end(self, name: str) -> None:
        """Note what a cell or row turned out to hold."""
        match name.removeprefix(_MAIN):
            case "v" | "t":
                self._in_value = False
            case "c" if self._filled:
                self._row_filled = True
                self.shape.last_column = max(self.shape.last_column, self._column)
            case "c" if self._is_formula:
                self.shape.empty_formulas.append(f"{get_column_letter(self._column)}{self._row}")
            case "row" if self._row_filled:
                self._end_row()

    def _end_row(self) -> None:
        self.shape.last_row = max(self.shape.last_row, self._row)
        self.shape.rows.add(self._row)
        if self._is_hidden:
            self.shape.hidden_rows.add(self._row)
