"""Tasks: the rows of a table of tasks as drafts, each column in its field, their texts as written."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from rules.plans.draft import Doubt, DraftTask
from rules.plans.tables import questions
from rules.plans.tables.columns import Column
from rules.plans.tables.grids import Grid
from rules.plans.tables.headings import Header
from rules.plans.tables.numbering import number_of
from rules.plans.tables.rows import Entry, in_order, taken

_TICKS = frozenset({"x", "✓", "✔", "v", "√", "+", "•", "●", "■", "✗", "*"})


def tasks_of(grid: Grid) -> tuple[tuple[DraftTask, ...], tuple[Doubt, ...]]:
    """Return the tasks of a table, without readings, and the doubts about the table as a whole."""
    found, doubts = taken(grid)
    made = (_doubted(_task(entry, grid.header), grid.header) for entry in found)
    numbered = zip(made, in_order(found, grid.header), strict=True)
    listed = tuple(replace(task, doubts=(*jumps, *task.doubts)) for task, jumps in numbered)
    return listed, (*questions.unrecognised(grid.header.columns, grid.at), *doubts)


def _task(entry: Entry, header: Header) -> DraftTask:
    texts = _texts(entry, header.columns)
    return DraftTask(
        no=_number(texts.get("no", "")),
        section=entry.section,
        title=texts.get("title", ""),
        lead=texts.get("lead", ""),
        head=texts.get("head", ""),
        coordinate=texts.get("coordinate", ""),
        product=texts.get("product", ""),
        basis=texts.get("basis", ""),
        note=texts.get("note", ""),
        stated=_stated(entry, header.columns, texts),
        extra=dict(_extra(entry, header.columns)),
        at=entry.at,
        doubts=entry.doubts,
    )


def _number(text: str) -> str:
    label = number_of(text)
    return label.text if label else text


def _texts(entry: Entry, columns: tuple[Column, ...]) -> Mapping[str, str]:
    """Return the text of each kind of column."""
    return {
        column.holds: text
        for column, text in zip(columns, entry.cells, strict=True)
        if column.holds and not column.period
    }


def _stated(entry: Entry, columns: tuple[Column, ...], texts: Mapping[str, str]) -> str:
    """Return the deadline's words: those of its column, of a beginning and an end, or of the columns ticked."""
    ticked = [
        column.period if text.lower() in _TICKS else text
        for column, text in zip(columns, entry.cells, strict=True)
        if column.period and text
    ]
    stated, start = texts.get("stated", ""), texts.get("start", "")
    if start:
        stated = f"Từ {start} đến {stated}" if stated else f"Từ {start}"
    return ", ".join(filter(None, [stated, *ticked]))


def _extra(entry: Entry, columns: tuple[Column, ...]) -> Iterator[tuple[str, str]]:
    """Yield the texts of columns not recognised by their headings; one without its own is called by its place."""
    named: set[str] = set()
    for number, (column, text) in enumerate(zip(columns, entry.cells, strict=True), 1):
        if text and column.holds in (None, "other", "change", "unit", "target", "indicator") and not column.period:
            known = column.heading and column.heading not in named
            yield column.heading if known else f"{column.heading} (cột {number})".lstrip(), text
            named.add(column.heading)


def _doubted(task: DraftTask, header: Header) -> DraftTask:
    """Return the task with doubts about what is missing in it or cut off."""
    doubts: list[Doubt | None] = [
        questions.cut_off(name, getattr(task, name), task.at)
        for name in ("title", "lead", "head", "coordinate", "product", "basis", "note")
    ]
    doubts += [questions.done(text, task.at) for text in (task.note, *task.extra.values())]
    if task.title:
        doubts.append(questions.title_guessed(header.columns, task.at))
    else:
        doubts.append(questions.missing("title", task.at))
    if not task.no and header.at("no") is not None:
        doubts.append(questions.missing("no", task.at))
    if not task.lead and not task.head and header.at("lead") is not None:
        doubts.append(questions.missing("lead", task.at))
    return replace(task, doubts=(*task.doubts, *filter(None, doubts)))
