"""A new version of a plan merged into its rule file: what is taken, what a person's work keeps, what is asked."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from rules.deadline import SetBy, Within
from rules.load.periods import parse_period
from rules.plans.blocks import Where
from rules.plans.draft import Agency, Doubt, DraftIndicator, DraftTask
from rules.plans.merging import Change, Merged, merged
from rules.plans.writing import rule_file
from rules.wording import Wording
from tests.rules.plans.drafts import A, B, draft, office, programme, task

ONE = task("1", "Xây dựng kế hoạch phát triển mạng lưới đổi mới sáng tạo", "Tháng 4", product="Kế hoạch")
TWO = task("2", "Rà soát thủ tục hành chính trên địa bàn tỉnh", "Tháng 5", leads=B, lead="Sở B")
THREE = task("3", "Tổ chức hội thi tìm hiểu chuyển đổi số", "Sau khi có hướng dẫn")
OTHER = task("9", "Đào tạo kỹ năng số cho cán bộ công chức cấp xã", "Quý II")
PLAN = (ONE, TWO, THREE)


def written(tasks: Sequence[DraftTask], **events: str) -> str:
    return rule_file(draft(*tasks), office(**events)).text


def merge(existing: str, tasks: Sequence[DraftTask]) -> Merged:
    """Return the file with a new version of the plan in it; it loads."""
    events = {event.id: event.title for event in programme(existing).events.values()}
    found = merged(existing, written(tasks, **events), "en")
    programme(found.text)
    return found


def kinds(found: Merged) -> list[tuple[str, str, str]]:
    return [(each.kind, each.id, each.field) for each in found.changes]


def added(before: str, after: str) -> list[str]:
    """Return the lines that are new, without indentation."""
    old = before.splitlines()
    return [line.strip() for line in after.splitlines() if line not in old]


FILE = written(PLAN)


def test_the_same_plan_changes_nothing() -> None:
    assert merge(FILE, PLAN) == Merged(FILE, ())


def test_what_the_plan_changes_is_taken_with_a_question_that_names_what_stood_there() -> None:
    found = merge(FILE, (replace(ONE, product="Đề án"), TWO, THREE))
    assert found.changes == (Change("changed", "A.I.1", ONE.title, "product", "Kế hoạch", "Đề án"),)
    assert added(FILE, found.text)[1:] == ["# CHECK: the new version changed it from: Kế hoạch", "product: Đề án"]


def test_a_deadline_moves_with_the_words_of_the_document() -> None:
    found = merge(FILE, (task("1", ONE.title, "Tháng 6", product="Kế hoạch"), TWO, THREE))
    assert kinds(found) == [("changed", "A.I.1", "stated"), ("changed", "A.I.1", "deadline")]
    assert programme(found.text).tasks["A.I.1"].deadlines == {"": Within(parse_period("2026-06"))}
    assert "# CHECK: the new version changed it from: 2026-04" in found.text


def test_a_persons_deadline_stands_and_is_asked_about_once_the_document_says_another() -> None:
    edited = FILE.replace("deadline: 2026-04 ", "deadline: 2026-04-15  # agreed by phone; was ")
    same = merge(edited, PLAN)
    assert same.text == edited
    assert kinds(same) == [("kept", "A.I.1", "deadline")]
    moved = merge(edited, (task("1", ONE.title, "Tháng 6", product="Kế hoạch"), TWO, THREE))
    assert kinds(moved) == [("changed", "A.I.1", "stated"), ("disputed", "A.I.1", "deadline")]
    assert "deadline: 2026-04-15  # agreed by phone; was" in moved.text


def test_a_row_left_out_renumbers_the_others_and_changes_none() -> None:
    four = task("4", "Rà soát hạ tầng", "Tháng 9")
    before = written((*PLAN, four))
    after = merge(before, (ONE, replace(THREE, no="2"), replace(four, no="3")))
    assert [(kind, id_) for kind, id_, _ in kinds(after)] == [
        ("renumbered", "A.I.3"),
        ("renumbered", "A.I.4"),
        ("gone", "A.I.2"),
    ]


@pytest.mark.parametrize(
    ("before", "after", "field"),
    [
        (f"title: {ONE.title}", "title: Mạng lưới đổi mới sáng tạo", "title"),
        ("lead: so-b", "lead: [so-b, so-a]", "lead"),
        ("product: Kế hoạch", "product: Kế hoạch của UBND", "product"),
        ("product: Kế hoạch", "note: thêm tay", "note"),
    ],
)
def test_a_persons_work_stands(before: str, after: str, field: str) -> None:
    edited = FILE.replace(before, after)
    found = merge(edited, (*PLAN[:2], replace(THREE, product="Báo cáo")))
    assert ("kept", field) in {(each.kind, each.field) for each in found.changes}
    assert after in found.text
    assert "product: Báo cáo" in found.text
    assert added(edited, found.text)[1:] == ["# CHECK: the new version adds it", "product: Báo cáo"]


def test_a_field_that_both_changed_keeps_the_persons_and_asks() -> None:
    edited = FILE.replace("product: Kế hoạch", "product: Kế hoạch của tôi")
    found = merge(edited, (replace(ONE, product="Đề án"), TWO, THREE))
    assert kinds(found) == [("disputed", "A.I.1", "product")]
    assert (
        "    # CHECK: changed by hand, but the new version says: product: Đề án\n    product: Kế hoạch của tôi"
        in found.text
    )


def test_comments_blank_lines_and_the_writing_of_everything_else_stay() -> None:
    edited = "# của phòng tôi\n" + FILE.replace(
        "    stated: Tháng 5", "    # đã gọi điện cho Sở B\n\n    stated:   'Tháng 5'   # ghi nhớ"
    ).replace("period: 2026", "period: 2026   # cả năm\nroutes:\n  - {match: {section: B}, ladder: chuan}")
    found = merge(edited, (replace(ONE, product="Đề án"), TWO, THREE, OTHER))
    gone = [line for line in edited.splitlines() if line not in found.text.splitlines()]
    assert [line.split("#")[0].strip() for line in gone] == ["- id: A.I.1", "product: Kế hoạch"]


def test_line_ends_of_the_file_are_kept() -> None:
    dos = FILE.replace("\n", "\r\n")
    assert merge(dos, PLAN).text == dos
    assert "\n" not in merge(dos, (*PLAN, OTHER)).text.replace("\r\n", "")


def test_a_new_task_stands_where_the_plan_has_it() -> None:
    found = merge(FILE, (ONE, OTHER, TWO, THREE))
    assert kinds(found) == [("new", "A.I.9", "")]
    assert list(programme(found.text).tasks) == ["A.I.1", "A.I.9", "A.I.2", "A.I.3"]
    assert "  # CHECK: new in this version\n  - id: A.I.9 " in found.text


def test_a_new_task_brings_its_event() -> None:
    waiting = task("9", "Ban hành quy chế phối hợp liên ngành", "Sau khi Chính phủ ban hành Nghị định")
    found = merge(FILE, (*PLAN, waiting))
    assert len(programme(found.text).events) == 2
    [same] = merge(FILE, (*PLAN, replace(waiting, stated=THREE.stated, reading=THREE.reading))).changes
    assert same.kind == "new"


def test_a_new_section_brings_its_heading() -> None:
    found = merge(FILE, (*PLAN, replace(OTHER, section="B Thường xuyên")))
    assert "  # B Thường xuyên\n  # CHECK: new in this version\n  - id: B.9 " in found.text


def test_a_task_that_is_gone_stays_with_a_question() -> None:
    found = merge(FILE, (ONE, THREE))
    assert kinds(found) == [("gone", "A.I.2", "")]
    assert added(FILE, found.text) == ["# CHECK: no longer in the new version"]
    assert merge(found.text, (ONE, THREE)).text == found.text


def test_a_renumbered_task_keeps_its_id() -> None:
    found = merge(FILE, (ONE, replace(OTHER, no="2"), replace(TWO, no="3"), replace(THREE, no="4")))
    assert kinds(found) == [("new", "A.I.2", ""), ("renumbered", "A.I.2", "id"), ("renumbered", "A.I.3", "id")]
    assert list(programme(found.text).tasks) == ["A.I.1", "A.I.2-2", "A.I.2", "A.I.3"]


def test_a_title_written_anew_is_the_same_task_where_number_lead_and_words_are() -> None:
    found = merge(FILE, (ONE, replace(TWO, title="Cắt giảm chi phí tuân thủ của doanh nghiệp"), THREE))
    assert kinds(found) == [("changed", "A.I.2", "title")]


def test_what_became_doubtful_is_asked_about_though_its_value_is_the_same() -> None:
    unsure = (Agency("Sở Á", (), sure=False),)
    found = merge(FILE, (replace(ONE, lead="Sở Á", leads=unsure), TWO, THREE))
    assert "    # CHECK: unknown agency “Sở Á”\n    lead: so-a" in found.text
    assert merge(found.text, (replace(ONE, lead="Sở Á", leads=unsure), TWO, THREE)).text == found.text


def test_a_question_that_a_person_answered_does_not_come_again() -> None:
    doubt = Doubt(Wording("x", "day or month first"), Where(page=1), "stated")
    plan = (replace(ONE, doubts=(doubt,)), TWO, THREE)
    answered = written(plan).replace("    # CHECK: day or month first\n", "")
    assert merge(answered, plan).text == answered


def test_a_deadline_that_is_understood_now_takes_the_place_of_the_undated_one() -> None:
    unread = written((task("1", ONE.title, "31/02/2026"), TWO, THREE))
    assert programme(unread).tasks["A.I.1"].deadlines == {"": SetBy("31/02/2026")}
    found = merge(unread, (task("1", ONE.title, "28/02/2026"), TWO, THREE))
    assert programme(found.text).tasks["A.I.1"].deadlines == {"": Within(parse_period("2026-02-28"))}
    assert "31/02/2026 does not exist" not in found.text


def test_of_a_file_written_by_hand_only_the_words_of_the_document_are_followed() -> None:
    hand = "\n".join(line.split("  # page")[0].rstrip() for line in FILE.splitlines()) + "\n"
    hand = hand.replace(ONE.title, "Kế hoạch mạng lưới đổi mới sáng tạo")
    found = merge(hand, (task("1", ONE.title, "Tháng 6", product="Đề án"), TWO, THREE))
    assert sorted(kinds(found)) == [
        ("changed", "A.I.1", "deadline"),
        ("changed", "A.I.1", "stated"),
        ("kept", "A.I.1", "product"),
        ("kept", "A.I.1", "title"),
    ]


def test_a_task_in_braces_is_not_rewritten_but_asked_about() -> None:
    braces = FILE[: FILE.index("  - id: A.I.2")] + (
        "  - {id: A.I.2, title: Rà soát thủ tục hành chính trên địa bàn tỉnh, lead: so-b, stated: Tháng 5, deadline: 2026-05}\n"
    )
    found = merge(braces, (ONE, task("2", TWO.title, "Tháng 7", leads=B, lead="Sở B")))
    assert kinds(found) == [("disputed", "A.I.2", "stated"), ("disputed", "A.I.2", "deadline")]
    assert "  # CHECK: changed by hand, but the new version says: deadline: 2026-07\n  - {id: A.I.2" in found.text


def test_indicators_are_merged_alike() -> None:
    def plan(target: str, *more: DraftIndicator) -> str:
        one = DraftIndicator("1", "I. Hạ tầng số", "Tỷ lệ phủ sóng 5G", "%", {2026: target}, "Sở A", A)
        return rule_file(draft(*PLAN, indicators=(one, *more)), office()).text

    new = DraftIndicator("2", "I. Hạ tầng số", "Trung tâm giám sát an ninh mạng", "-", {2026: "Có"}, "Sở B", B)
    found = merged(plan("≥ 70"), plan("≥ 80", new), "en")
    assert kinds(found) == [("changed", "I.1", "targets"), ("new", "I.2", "")]
    assert [each.targets for each in programme(found.text).indicators] == [{2026: "≥ 80"}, {2026: "Có"}]
    whole = merged(FILE, plan("≥ 70"), "en")
    assert len(programme(whole.text).indicators) == 1


def test_tasks_and_their_events_come_into_a_file_that_had_none() -> None:
    found = merge(written(()), PLAN)
    assert list(programme(found.text).tasks) == ["A.I.1", "A.I.2", "A.I.3"]
    assert len(programme(found.text).events) == 1


MOVED = (task("1", ONE.title, "Tháng 6", product="Kế hoạch"), TWO, THREE)


def later(existing: str, tasks: Sequence[DraftTask], **document: object) -> Merged:
    """Return the file with a version of the plan in it that a later document gives."""
    made = draft(*tasks)
    issued = replace(made.document, number="11-QĐ/BCĐ", date=date(2026, 4, 2))
    proposed = rule_file(replace(made, document=replace(issued, **document)), office()).text  # type: ignore[arg-type]
    found = merged(existing, proposed, "en")
    programme(found.text)
    return found


def test_a_deadline_that_a_later_document_moves_goes_under_amended() -> None:
    found = later(FILE, MOVED).text
    one = programme(found).tasks["A.I.1"]
    assert one.deadlines == {"": Within(parse_period("2026-06"))}
    assert [(each.deadline, each.until_on, each.document) for each in one.amended] == [
        (Within(parse_period("2026-04")), date(2026, 4, 2), "11-QĐ/BCĐ")
    ]
    assert "changed it from: 2026-04" not in found


def test_a_persons_deadline_stands_though_a_later_document_moves_it() -> None:
    edited = FILE.replace("deadline: 2026-04 ", "deadline: 2026-04-15  # agreed by phone; was ")
    found = later(edited, MOVED)
    one = programme(found.text).tasks["A.I.1"]
    assert (one.deadlines, one.amended) == ({"": Within(parse_period("2026-04-15"))}, ())
    assert ("disputed", "A.I.1", "deadline") in kinds(found)


@pytest.mark.parametrize(
    "document",
    [{"date": None}, {"date": date(2026, 3, 7)}, {"date": date(2026, 3, 1)}],
    ids=["no date", "the same day", "an earlier day"],
)
def test_a_document_that_is_not_known_to_be_later_replaces_the_deadline(document: dict[str, object]) -> None:
    found = later(FILE, MOVED, **document).text
    assert programme(found).tasks["A.I.1"].amended == ()
    assert "# CHECK: the new version changed it from: 2026-04" in found


@pytest.mark.parametrize(
    "amended",
    [
        "amended: [{deadline: 2026-03, until: 2026-03-20}]",
        "amended:   # by hand\n      - {deadline: 2026-03, until: 2026-03-20}   # why",
        "amended:\n    - deadline: 2026-03\n      until: 2026-03-20",
        "amended:\n    # by hand\n    - deadline: 2026-03\n      until: 2026-03-20",
    ],
)
def test_the_deadlines_before_stay_where_a_person_wrote_them(amended: str) -> None:
    line = next(line for line in FILE.splitlines() if "deadline: 2026-04" in line)
    found = later(FILE.replace(line, f"{line}\n    {amended}"), MOVED).text
    assert [each.until_on for each in programme(found).tasks["A.I.1"].amended] == [date(2026, 3, 20), date(2026, 4, 2)]
    assert all(part.strip() in found for part in amended.splitlines()[1:])


def test_a_deadline_replaced_on_that_day_already_is_asked_about() -> None:
    line = next(line for line in FILE.splitlines() if "deadline: 2026-04" in line)
    edited = FILE.replace(line, f"{line}\n    amended: [{{deadline: 2026-03, until: 2026-04-02}}]")
    found = later(edited, MOVED).text
    assert len(programme(found).tasks["A.I.1"].amended) == 1
    assert "# CHECK: the new version changed it from: 2026-04" in found


def test_what_was_not_understood_is_no_earlier_deadline() -> None:
    unread = written((task("1", ONE.title, "31/02/2026", product="Kế hoạch"), TWO, THREE))
    assert programme(later(unread, MOVED).text).tasks["A.I.1"].amended == ()


AMEND = """
amend:
  - {programme: goc, task: II.3, deadline: 2026-09}
"""


@pytest.mark.parametrize(
    ("stands", "expected"),
    [
        ("", AMEND),
        ("\namend: [{programme: goc, task: I.1, title: Một}]\n", "\namend:\n  - {programme: goc, task: I.1, title: Một}\n"),
        ("\namend:\n# by hand\n- programme: goc\n  task: I.1\n  title: Một\n", "\namend:\n# by hand\n- programme: goc\n  task: I.1\n"),
    ],
)  # fmt: skip
def test_amendments_that_a_file_does_not_have_are_added(stands: str, expected: str) -> None:
    found = merged(FILE + stands, FILE + AMEND, "en")
    assert expected in found.text
    assert found.text.count("- {programme: goc, task: II.3, deadline: 2026-09}") == 1
    assert [(each.kind, each.id, each.field) for each in found.changes] == [("new", "goc/II.3", "amend")]
    assert merged(found.text, FILE + AMEND, "en") == Merged(found.text, ())


def test_an_amendment_that_a_person_wrote_otherwise_stands() -> None:
    edited = FILE + AMEND.replace("2026-09", "2026-10")
    found = merged(edited, FILE + AMEND, "en")
    assert found.text == edited
    assert kinds(found) == [("kept", "goc/II.3", "amend")]
