"""What a drafted rule file asks once for many tasks, where it asks it, and how the answer is written."""

from dataclasses import replace

import pytest

from rules.plans.blocks import Where
from rules.plans.draft import Agency, Doubt, DraftTask, Further
from rules.plans.merging import merged
from rules.plans.writing import rule_file
from rules.wording import Wording
from tests.rules.plans.drafts import A, draft, office, programme, reading, task

ALIKE = Doubt(Wording("x", "it looks like a placeholder"), Where(row=1), "stated", ("continuous",))
ONCE = "# CHECK: 3 tasks (A.I.1, A.I.2, A.I.3): deadline: it looks like a placeholder; alternatives: continuous"
UNSURE = (Agency("Sở Á", (), sure=False, suggestions=("so-a",)),)


def many(count: int, **fields: object) -> list[DraftTask]:
    return [task(str(n), f"Việc thứ {n}", "Tháng 5", doubts=(ALIKE,), **fields) for n in range(1, count + 1)]


def test_what_is_asked_of_many_tasks_is_asked_once_with_their_list() -> None:
    written = rule_file(draft(*many(3)), office())
    head, _, body = written.text.partition("\nprogramme: ")
    assert ONCE in head.splitlines()
    assert "CHECK" not in body
    assert [row.state for row in written.tasks] == ["check"] * 3
    assert written.asked == (ONCE.removeprefix("# "),)


def test_the_line_that_answers_it_stands_by_itself_in_the_head_too() -> None:
    second = reading("hằng tháng")
    assert second is not None
    each = [task(str(n), "Một", "Tháng 5", secondary=(Further("product", "hằng tháng", second),)) for n in (1, 2, 3)]
    head = rule_file(draft(*each), office()).text.partition("\nprogramme: ")[0]
    assert head.splitlines()[-1] == "#   deadlines: {main: 2026-05, another: {every: month, until: 2026-05}}"


def test_what_is_asked_of_few_stands_above_their_fields() -> None:
    written = rule_file(draft(*many(2), task("3", "Việc khác")), office())
    assert written.text.count("    # CHECK: it looks like a placeholder; alternatives: continuous\n    deadline:") == 2
    assert written.asked == ()


def test_what_leaves_a_task_unresolved_stands_above_its_field() -> None:
    written = rule_file(draft(*many(3, lead="Sở Á", leads=UNSURE)), office())
    assert written.text.count("    # CHECK: unknown agency “Sở Á”; alternatives: so-a\n    lead:") == 3


def test_reading_the_same_plan_again_does_not_ask_each_task() -> None:
    file = rule_file(draft(*many(3)), office()).text
    again = rule_file(draft(*many(3)), replace(office(), is_new=False)).text
    assert again.count("# CHECK: it looks like a placeholder") == 3
    assert merged(file, again, "en").text == file


def test_a_task_that_a_new_version_adds_brings_its_question_with_it() -> None:
    file = rule_file(draft(*many(3)), office()).text
    again = rule_file(draft(*many(4)), replace(office(), is_new=False)).text
    found = merged(file, again, "en").text
    assert found.count("    # CHECK: it looks like a placeholder") == 1
    programme(found)


@pytest.mark.parametrize(
    ("field", "fields"),
    [
        ("title", {"no": "1", "title": ""}),
        ("no", {"no": "", "title": "Một"}),
        ("lead", {"no": "1", "title": "Một", "lead": "", "leads": ()}),
    ],
)
def test_what_a_row_lacks_is_asked_about_once(field: str, fields: dict[str, object]) -> None:
    asked = Doubt(Wording("x", "The row has none"), Where(row=1), field)
    assert rule_file(draft(task(**fields, doubts=(asked,))), office()).text.count("CHECK") == 1  # type: ignore[arg-type]
    assert rule_file(draft(task(**fields)), office()).text.count("CHECK") == 1  # type: ignore[arg-type]


def test_the_period_that_ends_what_recurs_says_so_and_names_it() -> None:
    found = rule_file(draft(task("1", "Một", "Năm 2028"), task("2", "Hai", "Hằng tuần")), office()).text
    joined = found.replace("\n#   ", " ")
    assert "yet what recurs (A.I.2) ends on 31/12/2026: does it go on" in joined
    assert "\n#   period: {from: 2026, by: 2028}\nperiod: 2026\n" in found
    programme(found.replace("#   period: {", "period: {").replace("\nperiod: 2026\n", "\n"))


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ("trước 16 giờ hằng ngày", 'deadlines: {main: 2026-12-15, another: {every: day, at: "16:00", until: 2026-12-15}}'),
        ("hằng tháng", "deadlines: {main: 2026-12-15, another: {every: month, until: 2026-12-15}}"),
        # Once a quarter or a year is no reporting until the work is done.
        ("hằng quý", "deadlines: {main: 2026-12-15, another: {every: quarter}}"),
    ],
)  # fmt: skip
def test_what_recurs_beside_a_day_recurs_until_that_day(said: str, line: str) -> None:
    second = reading(said)
    assert second is not None
    one = task("1", "Một", "Ngày 15/12/2026", secondary=(Further("title", said, second),), leads=A)
    found = rule_file(draft(one), office()).text
    assert f"\n    #   {line}\n" in found
    own = next(each for each in found.splitlines() if each.startswith("    deadline"))
    programme(found.replace(f"    #   {line}\n", f"    {line}\n").replace(f"{own}\n", ""))
