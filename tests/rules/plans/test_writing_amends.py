"""Which task of which programme a plan amends, and what becomes a question because that is not sure."""

from dataclasses import replace
from datetime import date

import pytest

from rules.deadline import Within
from rules.load import load
from rules.load.periods import parse_period
from rules.plans.blocks import Where
from rules.plans.draft import Amends, DraftTask
from rules.plans.writing import rule_file
from rules.programme import Programme, Rulebook
from tests.rules.load.files import COMMON
from tests.rules.plans.drafts import draft, office, task

EARLIER = """\
programme: goc
title: Kế hoạch gốc
document: {number: 07-KH/BCĐ, date: 2026-01-05}
period: 2026
directory: tinh
calendar: lich
ladder: chuan
standing: so-a
events:
  hop: {title: Họp giao ban, watch: {ask: so-a, every: month}}
tasks:
  - {id: I.3, title: Phổ cập kỹ năng số, lead: so-a, deadline: 2026-04}
  - {id: II.3, title: Rà soát thủ tục hành chính, lead: so-a, deadline: 2026-04}
  - {id: II.B.12, title: Mở rộng mạng 5G, lead: so-b, deadline: 2026-05}
  - {id: II.14, title: Hội nghị sơ kết, lead: so-b, deadlines: {sơ kết: 2026-06, tổng kết: 2026-12}}
  - id: II.15
    title: Kho dữ liệu dùng chung
    lead: so-b
    deadline: 2026-06
    amended: [{deadline: 2026-02, until: 2026-03-07}]
"""
AT = Where(table=1, row=2)
BY = "theo Kế hoạch số 07-KH/BCĐ"


def rulebook(*files: str) -> Rulebook:
    texts = {f"{number}": text.encode() for number, text in enumerate(files)}
    loaded = load({"common": COMMON, **texts})
    assert loaded.problems == ()
    assert loaded.rulebook is not None
    return loaded.rulebook


def amending(row: DraftTask, target: str, what: str = "deadline", by: str = BY, *, day: date | None = None) -> str:
    """Return the rule file of a plan in which a row amends a task; beside the earlier programme it loads."""
    said = Amends(target, what, row.no, f"{target} {by}", AT)  # type: ignore[arg-type]
    made = draft(replace(row, at=AT), amends=(said,))
    if day is None:
        made = replace(made, document=replace(made.document, date=None))
    found = rule_file(made, replace(office(), programmes=rulebook(EARLIER).programmes)).text
    rulebook(EARLIER, found)
    return found


def earlier(text: str) -> Programme:
    return rulebook(EARLIER, text).programmes["goc"]


DAY = date(2026, 3, 7)


@pytest.mark.parametrize(
    ("target", "id"),
    [
        ("Nhiệm vụ số 03 Phụ lục II", "II.3"),
        ("Nhiệm vụ số 3 phụ lục 1", "I.3"),
        ("Nhiệm vụ số 12", "II.B.12"),
        ("Nhiệm vụ số 12 mục B Phụ lục II", "II.B.12"),
        # No number: the task that has the row's title.
        ("", "II.3"),
    ],
)
def test_a_task_is_found_by_its_number_annex_and_section_or_by_its_title(target: str, id: str) -> None:
    row = task("1", "Rà soát thủ tục hành chính" if not target else "Việc nào đó", "Tháng 9")
    changed = earlier(amending(row, target, day=DAY)).tasks[id]
    assert changed.deadlines == {"": Within(parse_period("2026-09"))}
    assert changed.stated == "Tháng 9"
    assert [each.until_on for each in changed.amended] == [DAY]


@pytest.mark.parametrize(
    ("target", "row", "by", "said"),
    [
        ("Nhiệm vụ số 3", task("1", "Việc", "Tháng 9"), BY, "may be one of I.3, II.3"),
        ("Nhiệm vụ số 99", task("1", "Việc", "Tháng 9"), BY, "is not found in 07-KH/BCĐ"),
        ("Nhiệm vụ số 3 và 12", task("1", "Việc", "Tháng 9"), BY, "it names several tasks"),
        ("Nhiệm vụ số 12", task("1", "Việc", "Tháng 9"), "theo Kế hoạch số 107-KH/BCĐ", "changes tasks of another one"),
        ("Nhiệm vụ số 12", task("1", "Việc", "Tháng 9"), "theo Kế hoạch số 07-KH/BCĐTW", "changes tasks of another"),
        ("Nhiệm vụ số 14", task("1", "Việc", "Tháng 9"), BY, "that task has several deadlines"),
        ("Nhiệm vụ số 15", task("1", "Việc", "Tháng 9"), BY, "was replaced on this day, or later"),
        ("Nhiệm vụ số 12", task("1", "Việc", "31/02/2026"), BY, "cannot be written as one that amends"),
        # The event is none of the programme's that is amended.
        ("Nhiệm vụ số 12", task("1", "Việc", "Sau khi có hướng dẫn"), BY, "cannot be written as one that amends"),
    ],
)
def test_what_is_not_sure_is_a_question(target: str, row: DraftTask, by: str, said: str) -> None:
    found = amending(row, target, by=by, day=DAY)
    assert said in " ".join(found.replace("#", "").split())
    assert "\namend:\n" not in found
    assert earlier(found) == rulebook(EARLIER).programmes["goc"]


def test_without_a_day_of_issue_nothing_is_amended() -> None:
    found = amending(task("1", "Việc", "Tháng 9"), "Nhiệm vụ số 12")
    assert "--issued" in found
    assert "\namend:\n" not in found


def test_a_deadline_may_wait_for_an_event_of_the_programme_amended() -> None:
    found = amending(task("1", "Việc", "Sau họp giao ban"), "Nhiệm vụ số 12", day=DAY)
    assert "hop" in found.partition("\namend:\n")[2]


def test_a_renamed_task_that_is_little_like_the_one_of_that_number_is_asked_about() -> None:
    like = amending(task("1", "Mở rộng mạng lưới 5G"), "Nhiệm vụ số 12", "title", day=DAY)
    unlike = amending(task("1", "Đào tạo cán bộ cấp xã"), "Nhiệm vụ số 12", "title", day=DAY)
    assert earlier(like).tasks["II.B.12"].title == "Mở rộng mạng lưới 5G"
    assert "its title now is quite another one" not in like
    assert "# CHECK: its title now is quite another one: “Mở rộng mạng 5G”" in unlike


def test_an_annex_that_the_rule_file_does_not_tell_is_asked_about() -> None:
    found = amending(task("1", "Việc"), "Nhiệm vụ số 12 Phụ lục IV", day=DAY)
    assert "# CHECK: found by its number" in found


def test_one_task_renamed_and_re_dated_is_one_entry() -> None:
    row = replace(task("1", "Mở rộng mạng lưới 5G", "Tháng 9"), at=AT)
    said = [Amends("Nhiệm vụ số 12", what, "1", f"Nhiệm vụ số 12 {BY}", AT) for what in ("title", "deadline")]
    found = rule_file(draft(row, amends=tuple(said)), replace(office(), programmes=rulebook(EARLIER).programmes)).text
    changed = earlier(found).tasks["II.B.12"]
    assert (changed.title, changed.deadlines[""]) == ("Mở rộng mạng lưới 5G", Within(parse_period("2026-09")))
    assert found.count("programme: goc") == 1
