"""Sheet: what is written, as plain texts and days, whatever the format of the file."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from rules.status import Timeliness


class Column(NamedTuple):
    """A column: its heading, and its width in millimetres on paper."""

    heading: str
    width: int
    centred: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell. `day` is set where it holds a day, or an hour of one (local, without a zone), and nothing else; `number`
    where a number; `tone` colours it, its words say the same; `before` is a word that stands before the day."""

    text: str = ""
    day: date | None = None
    tone: Timeliness | None = None
    number: int | None = None
    before: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading over the rows below it, across all columns; `level` 0 is the outermost."""

    text: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A row with one cell per column; `is_sum`: it sums the others up."""

    cells: tuple[Cell, ...]
    is_sum: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; `name` is that of its sheet in a workbook, `title` stands above it where it is not the first."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Section | Line, ...]
    totals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is written. `on` is the day it shows; `kind`, `title`, `reference`, `state` are the lines of its head."""

    on: date
    kind: str
    title: str
    reference: str
    state: str
    grids: tuple[Grid, ...]
    language: str = "vi"
