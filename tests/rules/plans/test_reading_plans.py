"""The five real plans, field by field, where they lie beside the repository."""

import csv
from collections.abc import Mapping

import pytest

from rules.plans.draft import Draft, DraftTask
from rules.plans.reading import read_plan
from rules.plans.sources.text import text_pages
from tests.plans import PLANS, needs_plans, plan_file

FIELDS = {
    "section": "section", "no": "no", "title": "title", "lead": "lead", "head": "head", "coop": "coordinate",
    "product": "product", "basis": "basis", "time": "stated", "note": "note",
}  # fmt: skip
KINDS = {"range": "span", "external": "set_elsewhere", "missing": "unspecified"}
SHORTENED = frozenset({"title", "section"})

pytestmark = needs_plans


def drafted(plan: str) -> Draft:
    path = plan_file(plan)
    return read_plan(text_pages(path.read_bytes()), directory=None, year=None)


def listed(draft: Draft) -> list[DraftTask]:
    """Return the tasks of tables: those that the text of a plan tells besides have no number."""
    return [task for task in draft.tasks if task.no]


def expected(plan: str) -> list[Mapping[str, str]]:
    with (PLANS / "expected" / f"{plan}.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize("plan", ["000", "001", "002"])
def test_every_field_of_every_row_is_as_expected(plan: str) -> None:
    tasks, rows = listed(drafted(plan)), expected(plan)
    assert len(tasks) == len(rows)
    for task, row in zip(tasks, rows, strict=True):
        for column, name in FIELDS.items():
            text = getattr(task, name)
            if plan == "001" and column in SHORTENED:
                text = text[: len(row[column])]
            assert (row["no"], column, text) == (row["no"], column, row[column])


@pytest.mark.parametrize("plan", ["000", "001", "002"])
def test_every_deadline_is_as_expected(plan: str) -> None:
    for task, row in zip(listed(drafted(plan)), expected(plan), strict=True):
        reading = task.reading
        assert reading is not None
        assert (row["no"], reading.kind) == (row["no"], KINDS.get(row["kind"], row["kind"]))
        assert (row["no"], str(reading.start or "")) == (row["no"], row["start"])
        assert (row["no"], str(reading.due or "")) == (row["no"], row["due"])
        if row["kind"] == "event":
            assert (row["no"], reading.event) == (row["no"], row["event"])


def test_a_monthly_report_in_the_product_column_is_a_further_deadline() -> None:
    tasks = listed(drafted("000"))
    for task, row in zip(tasks, expected("000"), strict=True):
        assert bool(task.secondary and task.secondary[0].reading.rrules == ("FREQ=MONTHLY",)) == (
            row["recurrence"] == "MONTHLY"
        )


@pytest.mark.parametrize(("plan", "tasks", "indicators"), [("003", 139, 55), ("004", 83, 0)])
def test_every_row_is_found(plan: str, tasks: int, indicators: int) -> None:
    draft = drafted(plan)
    assert (len(listed(draft)), len(draft.indicators)) == (tasks, indicators)
    assert all(task.section and task.title and task.lead and task.stated for task in listed(draft))


def test_the_numbers_of_plan_004_run_from_1_to_83() -> None:
    assert [task.no for task in listed(drafted("004"))] == [str(number) for number in range(1, 84)]


def test_the_sections_of_plan_003_hold_what_they_should() -> None:
    counts: dict[str, int] = {}
    for task in listed(drafted("003")):
        label = task.section.split()[0]
        counts[label] = counts.get(label, 0) + 1
    assert counts == {"I": 8, "II": 14, "III": 27, "IV": 8, "V": 41, "VI": 3, "VII": 6, "VIII": 32}


def test_placeholders_of_plan_004_are_standing_work_and_asked_about() -> None:
    new_year = [
        task for task in listed(drafted("004")) if task.stated == "Ngày 01/01/2026" and "hường xuyên)" in task.title
    ]
    assert new_year
    for task in new_year:
        assert task.reading is not None
        assert task.reading.kind == "continuous"
        assert ("stated", ("2026-01-01",)) in [(doubt.field, doubt.alternatives) for doubt in task.doubts]
