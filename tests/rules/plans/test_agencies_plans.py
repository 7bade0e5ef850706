"""The agencies of the five plans against the example directories, beside what the example rule files say of each task."""

import csv
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from rules.directory import Directory
from rules.load import load
from rules.plans.agencies import Resolver
from rules.plans.draft import Agency
from rules.programme import Rulebook, Task
from tests.plans import PLANS, needs_plans, plan_file

ROOT = Path(__file__).parents[3]
pytestmark = needs_plans

Cells = dict[str, str]


@cache
def rulebook() -> Rulebook:
    """Return the example rule files."""
    loaded = load({path.name: path.read_bytes() for path in (ROOT / "programmes").glob("*.yaml")})
    assert loaded.rulebook is not None
    return loaded.rulebook


def expected(number: str, part: str = "") -> Iterator[tuple[str, Cells]]:
    """Return the cells of an expected reading by task id; `part` stands for the section where the ids do not have it."""
    with (PLANS / "expected" / f"{number}.tsv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            section = part or row["section"].split()[0]
            yield f"{section}.{row['no']}", {"lead": row["lead"], "head": row["head"], "coordinate": row["coop"]}


def tabbed(name: str, columns: int) -> Iterator[list[str]]:
    """Return the rows of a plan that have so many columns, tags taken out."""
    path = plan_file(name)
    for line in path.read_text("utf-8").splitlines():
        cells = [re.sub(r"</?p>", "", cell).strip() for cell in line.split("\t")]
        if len(cells) == columns or not any(cells[1:]):
            yield cells


def lam_dong() -> Iterator[tuple[str, Cells]]:
    """Return the tasks of plan 003, numbered within the section heading they stand under."""
    section = ""
    for cells in tabbed("003", 8):
        if heading := re.match(r"[IVX]+(?=\s|$)", cells[0]):
            section = heading[0]
        elif cells[0].isdecimal() and len(cells) == 8:
            yield f"{section}.{cells[0]}", {"head": cells[3], "lead": cells[4], "coordinate": cells[5]}


def thai_nguyen() -> Iterator[tuple[str, Cells]]:
    """Return the tasks of plan 004."""
    for cells in tabbed("004", 6):
        if re.fullmatch(r"\d+\.", cells[0]) and len(cells) == 6:
            yield f"N.{cells[0][:-1]}", {"lead": cells[4], "head": "", "coordinate": cells[5]}


def rows(programme: str) -> list[tuple[str, Cells]]:
    """Return all task cells of a plan."""
    match programme:
        case "dong-thap-2026":
            return list(expected("000"))
        case "dong-thap-nq57-2025":
            return list(expected("001", "PL"))
        case "bo-sung-2026":
            return list(expected("002"))
        case "lam-dong-nq57":
            return list(lam_dong())
        case _:
            return list(thai_nguyen())


COUNTS = {
    "dong-thap-2026": 56,
    "dong-thap-nq57-2025": 21,
    "bo-sung-2026": 14,
    "lam-dong-nq57": 139,
    "thai-nguyen-nq57": 83,
}
ASKED = {
    "lam-dong-nq57": {("head", "Thủ trưởng các cơ quan, đơn vị")},
    "thai-nguyen-nq57": {("lead", "các cơ quan, đơn vị có liên quan")},
}
MOVED = {"N.47"}
"""Its rule file has the open collective of the lead column among the coordinating ones."""


def units(ids: Iterator[str], directory: Directory) -> set[str]:
    """Return the units these ids come to; open groups stand for themselves."""
    return {unit for id in ids for unit in (directory.groups[id].members or (id,) if id in directory.groups else (id,))}


def found(agencies: tuple[Agency, ...], directory: Directory) -> set[str]:
    return units((id for agency in agencies for id in agency.ids), directory)


@pytest.mark.parametrize("programme", COUNTS)
def test_the_cells_name_whom_the_rule_file_names(programme: str) -> None:
    book = rulebook()
    encoded = book.programmes[programme]
    resolver = Resolver(book.directories[encoded.directory])
    cells = rows(programme)
    assert len(cells) == COUNTS[programme]
    for number, cell in cells:
        check(encoded.tasks[number], cell, resolver)


def check(task: Task, cell: Cells, resolver: Resolver) -> None:
    """Compare one row with its task; heads with the leads of the same row."""
    directory = resolver.directory
    leads = resolver.resolve(cell["lead"], role="lead")
    heads = resolver.resolve(cell["head"], role="head")
    coordinates = resolver.resolve(cell["coordinate"], role="coordinate")
    assert found(leads, directory) == set(task.lead.units), task.id
    assert any(agency.each for agency in leads) == task.lead.each, task.id
    if task.id not in MOVED:
        assert found(coordinates, directory) == units(iter(task.coordinate_named), directory), task.id
    if all(agency.sure for agency in heads) and heads:
        assert found(heads, directory) == found(leads, directory), task.id


@pytest.mark.parametrize("programme", COUNTS)
def test_only_these_are_asked_about(programme: str) -> None:
    book = rulebook()
    resolver = Resolver(book.directories[book.programmes[programme].directory])
    asked = set()
    for _, cell in rows(programme):
        for agency in resolver.resolve(cell["lead"], role="lead"):
            asked |= set() if agency.sure else {("lead", agency.text)}
        for agency in resolver.resolve(cell["head"], role="head"):
            asked |= set() if agency.sure else {("head", agency.text)}
        for agency in resolver.resolve(cell["coordinate"], role="coordinate"):
            asked |= set() if agency.sure else {("coordinate", agency.text)}
    assert asked == ASKED.get(programme, set())
