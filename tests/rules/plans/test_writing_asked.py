"""What a drafted rule file asks beside the deadline: further ones, heads, indicators; and what it leaves out."""

import pytest

from rules.plans.draft import Agency, Draft, DraftIndicator, DraftTask, Further
from rules.plans.writing import rule_file
from tests.rules.plans.drafts import A, draft, office, programme, reading, task

GROUP = (Agency("Các sở", ("cac-so",), each=True),)


def written(found: Draft) -> str:
    made = rule_file(found, office()).text
    programme(made)
    return made


def text(*tasks: DraftTask) -> str:
    return written(draft(*tasks))


@pytest.mark.parametrize(
    ("stated", "said", "asked", "line"),
    [
        ("Tháng 5", "Hoàn thành trong tháng 6", "is it a further deadline;", "deadlines: {main: 2026-05, another: 2026-06}"),
        ("Thường xuyên", "Định kỳ hằng tháng báo cáo kết quả", "on which day (its last without on:);",
         "deadlines: {main: continuous, report: {every: month}}"),
        ("", "Hoàn thành trong tháng 6", "is it a further deadline;", "deadline: 2026-06"),
        ("Tháng 5, tháng 7", "Hoàn thành trong tháng 6", "is it a further deadline;",
         "deadlines: {hạn 1: 2026-05, hạn 2: 2026-07, another: 2026-06}"),
    ],
)  # fmt: skip
def test_a_second_deadline_of_the_row_is_a_question_with_the_line_that_adds_it(
    stated: str, said: str, asked: str, line: str
) -> None:
    second = reading(said)
    assert second is not None
    found = text(task("1", "Một", stated, secondary=(Further("product", said, second),)))
    joined = " ".join(each.strip("# ") for each in found.splitlines())
    assert f"CHECK: the product says «{said}» as well:" in joined
    assert asked in joined
    assert f"\n    #   {line}\n    deadline" in found
    own = next(each for each in found.splitlines() if each.startswith("    deadline"))
    programme(found.replace(f"    #   {line}\n", f"    {line}\n").replace(f"{own}\n", ""))


def test_tags_of_a_copied_page_are_left_out() -> None:
    found = text(task("1", "Rà soát <b>hạ tầng</b>", product='<ul style="list-style: none"> - Máy tính <5 năm'))
    assert "    title: Rà soát hạ tầng\n" in found
    assert '    product: "- Máy tính <5 năm"\n' in found


def test_a_dash_is_no_unit() -> None:
    measured = DraftIndicator("1", "I", "Trung tâm giám sát", "-", {2026: "Có"}, owners=A)
    assert "unit:" not in written(draft(indicators=(measured,)))


def test_indicators_that_ask_are_counted() -> None:
    sure = DraftIndicator("1", "I", "Phủ sóng", "%", {2026: "70"}, owners=A)
    unsure = DraftIndicator("2", "I", "Chữ ký số", "%", {2026: "5"})
    assert "; 2 indicators, 1 to check." in written(draft(indicators=(sure, unsure)))
    assert "; 1 indicator." in written(draft(indicators=(sure,)))


def test_a_head_of_a_collective_that_is_not_found_is_asked_about() -> None:
    unknown = (Agency("Thủ trưởng các nơi", (), sure=False),)
    assert "unknown agency “Thủ trưởng các nơi”" in text(task("1", "Một", leads=GROUP, heads=unknown))
    assert "CHECK" not in text(task("1", "Một", leads=GROUP, heads=GROUP)).partition("tasks:")[2]


def test_what_others_set_says_that_a_day_is_wanted() -> None:
    found = text(task("1", "Một", "Theo lộ trình được phê duyệt"))
    assert found.rstrip().endswith("# no day yet: the standing office is asked")


def test_the_head_tells_what_the_programme_sets_off() -> None:
    early = task("1", "Một", "Tháng 02/2026", leads=GROUP)
    may = [task(str(n), "Hai", "Tháng 5", leads=A) for n in (2, 3)]
    found = text(early, *may, task("4", "Ba", "Hằng tháng", leads=A))
    assert (
        "# 5 obligations of 2 units (what recurs counted once); the busiest day: 31 May 2026 with 2 tasks; 1 task due before"
        in " ".join(found.split("\n#   "))
    )
