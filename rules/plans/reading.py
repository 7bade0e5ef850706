"""Reading a plan: the blocks of a document → a draft of its tasks, indicators and amendments, with all doubts."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from rules.directory import Directory
from rules.phrases import Context
from rules.plans.agencies import Resolver
from rules.plans.amending import amends, with_earlier
from rules.plans.blocks import NOWHERE, Pages
from rules.plans.dating import Dating, reader
from rules.plans.draft import Doubt, Draft, DraftDocument, DraftIndicator, DraftTask
from rules.plans.heading import document_head
from rules.plans.indicators import indicators
from rules.plans.tables import questions
from rules.plans.tables.grids import Grid, Headless, grids
from rules.plans.tables.tasks import tasks_of
from rules.wording import Wording

_SMALL = 3
"""Rows or columns up to which a table without headings is a letterhead or a signature."""


def read_plan(pages: Pages, *, directory: Directory | None, year: int | None) -> Draft:
    """Return the draft of a plan: its head, tasks from tables and from the text, indicators, amendments.

    `year` is the programme's year where the person reading knows it, else the document's own is taken. Without a
    directory no agency is resolved.
    """
    document, doubts = document_head(pages.blocks, year=year)
    found, headless = grids(pages.blocks)
    tasks, questioned = _tasks(found, document)
    measured = [one for grid in found if grid.header.kind == "indicators" for one in indicators(grid, year=document.year)]
    asked = [*doubts, *(Doubt(notice.said, notice.at) for notice in pages.notices), *questioned, *_unread(headless)]
    if not tasks and not measured:
        asked.append(Doubt(_NOTHING, found[0].at if found else NOWHERE))
    resolver = Resolver(directory) if directory else None
    return Draft(
        document,
        tuple(_resolved(task, resolver) for task in tasks),
        tuple(_owned(indicator, resolver) for indicator in measured),
        amends(tasks),
        tuple(asked),
    )


def _tasks(found: Iterable[Grid], document: DraftDocument) -> tuple[Sequence[DraftTask], list[Doubt]]:
    """Return the tasks of all tables with their deadlines read, and the doubts about the tables."""
    dating = Dating(reader(document.year, document.date), document.date)
    tasks: list[DraftTask] = []
    asked: list[Doubt] = []
    for grid in found:
        if grid.header.kind == "indicators":
            continue
        listed, doubts = tasks_of(grid)
        if grid.header.kind == "undated" and not any(map(dating.is_dated_by_headings, listed)):
            asked.append(questions.undated(grid.header.columns, grid.at))
            continue
        tasks += map(dating.dated, listed)
        asked += doubts
    if document.year is None:
        return tasks, asked
    return with_earlier(tasks, Context(document.year, document.date)), asked


def _unread(headless: Iterable[Headless]) -> Iterator[Doubt]:
    for table in (one.table for one in headless):
        width, count = len(table.rows[0].cells), len(table.rows)
        if width > _SMALL and count > _SMALL:
            yield questions.headless(width, count, table.at)


def _resolved(task: DraftTask, resolver: Resolver | None) -> DraftTask:
    """Return the task with its agencies."""
    if resolver is None:
        return task
    return replace(
        task,
        leads=resolver.resolve(task.lead, role="lead") if task.lead else task.leads,
        heads=resolver.resolve(task.head, role="head") if task.head else task.heads,
        coordinates=resolver.resolve(task.coordinate, role="coordinate") if task.coordinate else task.coordinates,
    )


def _owned(indicator: DraftIndicator, resolver: Resolver | None) -> DraftIndicator:
    if resolver is None or not indicator.owner:
        return indicator
    return replace(indicator, owners=resolver.resolve(indicator.owner, role="lead"))


_NOTHING = Wording(
    "Không tìm thấy bảng nhiệm vụ hay chỉ tiêu nào: cần một bảng có cột nhiệm vụ và cột thời hạn.",
    "No table of tasks or indicators was found: one with a column of tasks and a column of deadlines is needed.",
)
