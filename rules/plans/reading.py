"""Reading a plan: the blocks of a document → a draft of its tasks, indicators and amendments, with all doubts."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from rules.directory import Directory
from rules.plans.agencies import Resolver
from rules.plans.amending import amends, with_earlier
from rules.plans.blocks import NOWHERE, Pages, Paragraph, Table
from rules.plans.dating import Dating, stated_on, together
from rules.plans.draft import Doubt, Draft, DraftIndicator, DraftTask
from rules.plans.duties import duties
from rules.plans.headed import with_heads
from rules.plans.heading import document_head
from rules.plans.heads import strangers
from rules.plans.indicators import indicators, left
from rules.plans.noted import noted
from rules.plans.partners import with_partners
from rules.plans.remarked import remarked
from rules.plans.tables import questions
from rules.plans.tables.grids import Grid, Headless, grids
from rules.plans.tables.tasks import tasks_of
from rules.plans.tables.words import bare
from rules.wording import Wording

_LETTERHEAD = frozenset(("so", "noi nhan", "cong hoa xa hoi chu nghia viet nam", "doc lap", "tm", "kt", "tl", "tuq"))
"""What a line of a letterhead or of a signature says before its first sign."""
_NUMBERED = frozenset(("so", "tm", "kt", "tl", "tuq"))
"""Those that say nothing without what follows: `Số: 12/KH-UBND`, `TM. ỦY BAN NHÂN DÂN`."""


def read_plan(pages: Pages, *, directory: Directory | None, year: int | None, issued: date | None = None) -> Draft:
    """Return the draft of a plan: its head, tasks from tables and from the text, indicators, amendments.

    `year` is the programme's year, `issued` the document's day where the person reading knows them, else its own are
    taken. Without a directory no agency is resolved.
    """
    document, doubts = stated_on(*document_head(pages.blocks, year=year), issued)
    found, headless = grids(pages.blocks)
    dating = Dating(document.year, document.date)
    listed, questioned = _listed(found, dating, pages.notes)
    told = duties(pages.blocks, dating.context, rows=listed) if dating.context else ()
    measured = [
        one for grid in found if grid.header.kind == "indicators" for one in indicators(grid, year=document.year)
    ]
    questioned += [doubt for grid in found if grid.header.kind == "indicators" for doubt in left(grid)]
    asked = [*doubts, *(Doubt(notice.said, notice.at) for notice in pages.notices), *questioned, *_unread(headless)]
    if not listed and not measured:
        asked.append(Doubt(_NOTHING, found[0].at if found else NOWHERE))
    resolver = Resolver(directory) if directory else None
    return Draft(
        document,
        tuple(_resolved(task, resolver) for task in (*listed, *told)),
        tuple(_owned(indicator, resolver) for indicator in measured),
        amends(listed),
        tuple(asked),
    )


def _listed(
    found: Iterable[Grid], dating: Dating, notes: Sequence[Paragraph]
) -> tuple[Sequence[DraftTask], list[Doubt]]:
    """Return the tasks of all tables with their deadlines read, and the doubts about the tables."""
    tasks: list[DraftTask] = []
    asked: list[Doubt] = []
    for grid in found:
        if grid.header.kind == "indicators":
            continue
        listed, doubts = tasks_of(grid)
        if grid.header.kind == "undated" and not any(map(dating.is_dated_by_headings, listed)):
            asked.append(questions.undated(grid.header.columns, grid.at))
            continue
        tasks += map(dating.dated, with_heads(with_partners(listed, grid.header), grid.header))
        asked += doubts
    tasks, left = noted(remarked(together(tasks, dating.read)), notes)
    asked += left
    return with_earlier(tasks, dating.context) if dating.context else tasks, asked


def _unread(headless: Iterable[Headless]) -> Iterator[Doubt]:
    for table in (one.table for one in headless):
        if not _is_letterhead(table) and any(any(row.cells) for row in table.rows):
            yield questions.headless(len(table.rows[0].cells), len(table.rows), table.at)


def _is_letterhead(table: Table) -> bool:
    """Say whether a table lays out the head of a document, or who signed it and to whom it goes."""
    lines = (line for row in table.rows for cell in row.cells for line in cell.split("\n"))
    openings = (re.split(r"[:.\-–]", line)[0] for line in lines if line and bare(line) not in _NUMBERED)
    return any(bare(opening) in _LETTERHEAD for opening in openings)


def _resolved(task: DraftTask, resolver: Resolver | None) -> DraftTask:
    """Return the task with its agencies, and doubts about heads who head none of those in its lead."""
    if resolver is None:
        return task
    made = replace(
        task,
        leads=resolver.resolve(task.lead, role="lead") if task.lead else task.leads,
        heads=resolver.resolve(task.head, role="head") if task.head else task.heads,
        coordinates=resolver.resolve(task.coordinate, role="coordinate") if task.coordinate else task.coordinates,
    )
    return replace(made, doubts=(*made.doubts, *strangers(made, resolver.directory)))


def _owned(indicator: DraftIndicator, resolver: Resolver | None) -> DraftIndicator:
    if resolver is None or not indicator.owner:
        return indicator
    return replace(indicator, owners=resolver.resolve(indicator.owner, role="lead"))


_NOTHING = Wording(
    "Không tìm thấy bảng nhiệm vụ hay chỉ tiêu nào: cần một bảng có cột nhiệm vụ và cột thời hạn.",
    "No table of tasks or indicators was found: one with a column of tasks and a column of deadlines is needed.",
)
