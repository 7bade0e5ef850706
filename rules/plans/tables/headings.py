"""Headings: finds a table's heading row, of up to three rows, and says what each column holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rules.phrases import Context, read
from rules.plans.blocks import Row
from rules.plans.tables.columns import Column, Scored, assigned
from rules.plans.tables.numbering import number_of
from rules.plans.tables.words import ENOUGH, Holds, bare, covered, may_be_headings, scores

_LONGEST = 110
_TALLEST = 3
_COVERED = 0.6
"""The part of a heading row's words that must be words of headings: a row of data has such words too, among others."""
_COVERED_UNNUMBERED = 0.8
_PERIODS = frozenset({"month", "quarter", "half", "year"})


@dataclass(frozen=True, slots=True)
class Header:
    """The columns that a table's heading rows name, and how many rows they take."""

    columns: tuple[Column, ...]
    height: int

    @property
    def kind(self) -> Literal["tasks", "indicators", "undated"]:
        """Return what the table lists: tasks with deadlines, indicators with targets, tasks without a deadline."""
        held = {column.holds for column in self.columns}
        if held & {"target", "unit"} and ("indicator" in held or ("title" in held and "stated" not in held)):
            return "indicators"
        return "tasks" if "stated" in held else "undated"

    def names_same(self, other: "Header") -> bool:
        """Say whether another heading names the same columns: it is this one repeated on the next page."""
        return [column.holds for column in self.columns] == [column.holds for column in other.columns] and all(
            mine.holds or bare(mine.heading) == bare(its.heading)
            for mine, its in zip(self.columns, other.columns, strict=True)
        )

    def at(self, holds: Holds) -> int | None:
        """Return the index of the column that holds this, or None."""
        return next((index for index, column in enumerate(self.columns) if column.holds == holds), None)


def header_at(rows: Sequence[Row], first: int) -> Header | None:
    """Return the header that begins at that row of a table, or None when the row is no heading."""
    for height in range(1, _TALLEST + 1):
        taken = rows[first : first + height]
        if len(taken) < height or not _may_be_heading(taken[-1]) or not all(map(_is_all_headings, taken[:-1])):
            return None
        columns = _columns(taken)
        if _suffices(columns):
            below = first + height
            while height < _TALLEST and below < len(rows) and _is_below(rows[below], taken):
                taken = rows[first : below + 1]
                below, height = below + 1, height + 1
            return Header(_columns(taken), height)
    return None


def _is_all_headings(row: Row) -> bool:
    """Say whether every text of a row is a heading: one of a row above others that name the columns."""
    return all(_best(cell) for cell in row.cells if cell)


def _may_be_heading(row: Row) -> bool:
    said = [cell for cell in row.cells if cell]
    label = number_of(row.cells[0])
    if len(set(said)) < 2 or max(map(len, said)) > _LONGEST or (label and label.style in ("arabic", "dotted")):
        return False
    return may_be_headings(said)


def _suffices(columns: Sequence[Column]) -> bool:
    """Say whether these are headings: three of them recognised, or two of a narrow table, and few words besides.

    Without a column of numbers they must be nothing else: they may be the rest of a row that a page cut.
    """
    named = [column for column in columns if column.heading]
    known = {column.holds for column in named if column.holds not in (None, "status", "other")}
    enough = 3 if len(named) > 3 or (len(columns) > 3 and "no" not in known) else 2
    if (
        not known & {"title", "indicator"}
        or len(known) < enough
        or sum(c.holds is not None for c in named) * 2 < len(named)
    ):
        return False
    numbered = "no" in known
    words = [covered(column.heading) for column in named if column.holds or not numbered]
    enough_words = _COVERED if numbered else _COVERED_UNNUMBERED
    return sum(known for known, _ in words) >= enough_words * sum(count for _, count in words)


def _is_below(row: Row, above: Sequence[Row]) -> bool:
    """Say whether a row holds the second line of headings.

    All it says stands under a heading of several columns, or is itself a heading under that of its own column.
    """
    last = above[-1]
    said = [
        index
        for index, cell in enumerate(row.cells)
        if cell and index not in row.continued and cell != last.cells[index]
    ]
    if not said or not _may_be_heading_below(row):
        return False
    groups = {index for index in said if _group(above, index) is not None or _opens_group(last, index)}
    under = {index for index in said if index not in groups and _goes_with(row.cells[index], last.cells[index])}
    means = [index for index in said if _best(row.cells[index]) is not None or _is_period(row.cells[index])]
    return bool(groups) and len(groups | under) == len(said) and bool(means)


def _may_be_heading_below(row: Row) -> bool:
    label = number_of(row.cells[0])
    return all(len(cell) <= 60 for cell in row.cells) and not (label and 0 not in row.continued)


def _goes_with(text: str, above: str) -> bool:
    """Say whether a text is the second line of a heading: nothing but words of headings, and of no other kind."""
    known, count = covered(text)
    return known == count > 0 and _best(above) is not None and _best(text) in (None, _best(above))


def _opens_group(row: Row, index: int) -> bool:
    return bool(row.cells[index]) and index + 1 < len(row.cells) and (
        index + 1 in row.spanned or not row.cells[index + 1]
    )  # fmt: skip


def _group(rows: Sequence[Row], index: int) -> str | None:
    """Return the heading that spans this column from one to its left, None when it has one of its own."""
    row = rows[-1]
    if row.cells[index]:
        return None
    left = index
    while left > 0 and not row.cells[left]:
        left -= 1
    return row.cells[left] or None


def _columns(rows: Sequence[Row]) -> tuple[Column, ...]:
    width = len(rows[0].cells)
    paths = [_path(rows, index) for index in range(width)]
    return assigned([_scored(path) for path in paths])


def _path(rows: Sequence[Row], index: int) -> tuple[str, ...]:
    """Return the headings over a column from top to bottom; that of a group only where a row below divides it."""
    path: list[str] = []
    for depth, row in enumerate(rows):
        own = row.cells[index]
        divided = any(below.cells[index] and index not in below.continued for below in rows[depth + 1 :])
        text = own or ((_group(rows[: depth + 1], index) or "") if divided else "")
        if text and (not path or path[-1] != text):
            path.append(" ".join(text.split()))
    return tuple(path)


def _scored(path: tuple[str, ...]) -> Scored:
    heading = " - ".join(path)
    if not path:
        return Scored(Column("", None))
    own, whole = scores(path[-1]), scores(" ".join(path))
    group = _best(" ".join(path[:-1])) if len(path) > 1 else None
    if group == "stated" and _is_period(path[-1]):
        return Scored(Column(heading, None, period=path[-1]))
    fits = own or whole
    both = {score.holds for score in fits if score.points > ENOUGH} >= {"lead", "coordinate"}
    return Scored(Column(heading, None, both=both), fits)


def _best(heading: str) -> Holds | None:
    found = scores(heading)
    return found[0].holds if found else None


def _is_period(text: str) -> bool:
    return read(text, Context(2026)).kind in _PERIODS
