"""What is exported can be read again: the same document, tasks, leads, stated deadlines and indicators."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import pytest

from rules.directory import Directory
from rules.events import events_known
from rules.load import load
from rules.plans.draft import Agency, Draft
from rules.plans.exporting.byrules import standing_by_rules
from rules.plans.exporting.composing import compose
from rules.plans.exporting.sheet import Sheet
from rules.plans.exporting.word import word
from rules.plans.exporting.workbook import workbook
from rules.plans.reading import read_plan
from rules.plans.sources.opening import pages
from rules.programme import Programme, Rulebook
from rules.roster import Roster
from rules.window import Policy
from tests.rules.books import POLICY, book, one
from tests.rules.calendars import HCM

FOLDER = Path(__file__).parents[3] / "programmes"
NOW = datetime(2026, 6, 20, 3, tzinfo=UTC)
PROGRAMMES = (
    "bo-sung-2026",
    "dong-thap-2026",
    "dong-thap-nq57-2025",
    "thai-nguyen-nq57",
    "lam-dong-nq57",
)
WRITERS: tuple[Callable[[Sheet], bytes], ...] = (workbook, word)


@cache
def rulebook() -> Rulebook:
    loaded = load({path.name: path.read_bytes() for path in FOLDER.glob("*.yaml")})
    assert loaded.rulebook, loaded.problems
    return loaded.rulebook


def read_again(rules: Rulebook, id: str, write: Callable[[Sheet], bytes], policy: Policy = POLICY) -> Draft:
    programme = rules.programmes[id]
    directory = rules.directories[programme.directory]
    events = events_known(programme, {}, {}, calendar=rules.calendars[programme.calendar], zone=HCM)
    stands = standing_by_rules(programme, Roster(rules, policy, {id: events}), now=NOW)
    sheet = compose(programme, directory, stands, on=date(2026, 6, 20))
    return read_plan(pages(write(sheet), "theo-doi"), directory=directory, year=2026)


def units(agencies: tuple[Agency, ...], directory: Directory) -> set[str]:
    """All units meant; two groups may well be one by another name."""
    ids = {id for agency in agencies for id in agency.ids}
    return {unit for id in ids for unit in (directory.groups[id].members if id in directory.groups else (id,))}


def named(ids: tuple[str, ...], directory: Directory) -> set[str]:
    return units((Agency("", ids),), directory)


@pytest.mark.parametrize("write", WRITERS)
@pytest.mark.parametrize("id", PROGRAMMES)
def test_the_programmes_come_back(id: str, write: Callable[[Sheet], bytes]) -> None:
    programme, draft = rulebook().programmes[id], read_again(rulebook(), id, write)
    directory = rulebook().directories[programme.directory]
    assert [task.no for task in draft.tasks] == list(programme.tasks)
    for found, task in zip(draft.tasks, programme.tasks.values(), strict=True):
        assert (found.title, found.product, found.stated) == (
            task.title,
            task.product or "",
            task.stated or found.stated,
        )
        assert units(found.leads, directory) == named(task.lead.named, directory)
        assert units(found.coordinates, directory) == named(task.coordinate_named, directory)
    assert_same_document(draft, programme)
    assert [(one.no, dict(one.targets)) for one in draft.indicators] == [
        (one.id, dict(one.targets)) for one in programme.indicators
    ]


def assert_same_document(draft: Draft, programme: Programme) -> None:
    written = programme.document
    read = draft.document
    assert (read.number, read.date, read.issuer, read.subject) == (
        written.number.lstrip("…"), written.date, written.issuer, programme.title,
    )  # fmt: skip


DEADLINES = (
    "2026-03-31", "2026-05", "2026-Q2", "2026-H1", "2026", "{before: 2026-05-15}", "{from: 2026-02, by: 2026}",
    "{every: month, on: 25}", "{every: quarter}", "{every: week, on: friday}", "continuous",
)  # fmt: skip


@pytest.mark.parametrize("write", WRITERS)
def test_deadlines_without_stated_words_come_back_as_deadlines(write: Callable[[Sheet], bytes]) -> None:
    rules = book("tasks:\n" + "".join(one(deadline, id=f"T.{number}") for number, deadline in enumerate(DEADLINES, 1)))
    draft = read_again(rules, "ct", write)
    found = {task.no: task.reading and task.reading.deadline for task in draft.tasks}
    assert found == {task.id: task.deadlines[""] for task in rules.programmes["ct"].tasks.values()}


@pytest.mark.parametrize("write", WRITERS)
def test_an_amended_deadline_comes_back_with_the_one_before(write: Callable[[Sheet], bytes]) -> None:
    amended = "stated: Tháng 9, note: Nhiệm vụ bổ sung, amended: [{deadline: 2026-01, until: 340/SVHTTDL-VP of 2026-01-23, why: đổi}]"
    [found] = read_again(book("tasks:\n" + one("2026-09", id="T.1", more=amended)), "ct", write).tasks
    [earlier] = found.earlier
    assert earlier.reading is not None
    assert (earlier.reading.due, earlier.document) == (date(2026, 1, 31), "văn bản số 340/SVHTTDL-VP ngày 23/01/2026")
