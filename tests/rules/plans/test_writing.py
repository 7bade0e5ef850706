"""What a drafted rule file looks like, and what stands above a field that is not sure."""

from dataclasses import replace

import pytest

from rules.deadline import Within
from rules.load.periods import parse_period
from rules.phrases.reading import Reading
from rules.plans.blocks import Where
from rules.plans.draft import Amends, Doubt, Draft, DraftDocument, DraftIndicator
from rules.plans.writing import TooLarge, counted, rule_file
from rules.wording import Wording
from tests.rules.plans.drafts import DOCUMENT, A, B, draft, office, programme, task, text

PLACE = Where(page=3)


def test_a_whole_file() -> None:
    april = Reading("month", Wording("x", "due at the end of April"), deadline=Within(parse_period("2026-04")))
    one = task("1", "Kế hoạch phát triển mạng lưới", product="Kế hoạch", coordinates=B, coordinate="Sở B")
    one = replace(one, stated="Tháng 4", reading=april)
    indicator = DraftIndicator(
        "1", "I. Hạ tầng số", "Phủ sóng 5G", "%", {2026: "≥ 70", 2030: "100"}, "Sở A", A, "KH 12"
    )
    found = rule_file(draft(one, indicators=(indicator,)), office()).text
    assert found == GOLDEN


GOLDEN = """\
# 07-QĐ/BCĐ · 07/3/2026 · Ban Chỉ đạo tỉnh · Chương trình công tác năm 2026
# 1 task: 1 sure, 0 to check, 0 unresolved; 1 indicator.
# 1 obligation of 1 unit (what recurs counted once).
# The letters behind each place (· Ab3x…) tell what was changed by hand when the document is read again; keep them.
programme: ke-hoach
title: Chương trình công tác năm 2026
document: {number: 07-QĐ/BCĐ, date: 2026-03-07, issuer: Ban Chỉ đạo tỉnh}
period: 2026
directory: tinh
calendar: lich
ladder: chuan
standing: so-a

tasks:

  # A TRỌNG TÂM > I Quý I năm 2026
  - id: A.I.1                     # page 3, table 2, row 7 · EFwX--X7vi----HV6i----
    title: Kế hoạch phát triển mạng lưới
    lead: so-a
    coordinate: [so-b]
    product: Kế hoạch
    stated: Tháng 4
    deadline: 2026-04             # due at the end of April

indicators:
  - id: I.1                       # epOuqoklwXsH----
    section: Hạ tầng số
    title: Phủ sóng 5G
    unit: "%"
    targets: {2026: ≥ 70, 2030: 100}
    owner: so-a
    source: KH 12
"""


# --- ids, titles, notes ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("section", "no", "id"),
    [
        ("A NHỮNG NỘI DUNG > I Quý I", "4", "A.I.4"),
        ("Phụ lục II > I. Hạ tầng", "4.", "II.I.4"),
        ("I. Kết luận > I.1 Nhóm 8", "12", "I.1.12"),
        ("III. Việc", "III.5", "III.5"),
        ("Y tế và giáo dục", "7", "7"),
        ("", "a)", "A"),
        ("", "2.b", "2.b"),
        ("B Thường xuyên", "", "B.khong-so"),
    ],
)
def test_an_id_is_made_of_the_numbers_of_headings_and_row(section: str, no: str, id: str) -> None:
    assert list(programme(text(task(no, "Một", section=section))).tasks) == [id]


def test_a_number_that_comes_again_is_asked_about() -> None:
    found = text(task("1", "Một"), task("1", "Hai"))
    assert list(programme(found).tasks) == ["A.I.1", "A.I.1-2"]
    assert "  # CHECK: this number stands above already\n  - id: A.I.1-2 " in found


def test_a_duty_of_the_text_has_an_id_of_its_own_and_no_question() -> None:
    found = text(task("", "Báo cáo", at=Where(line=27)), task("", "Tổng hợp", at=Where(line=29)))
    assert list(programme(found).tasks) == ["VB.1", "VB.2"]
    assert "CHECK" not in found


def test_long_titles_are_folded_and_no_line_is_longer_than_120() -> None:
    title = "Phát triển mạng lưới kết nối các trung tâm đổi mới sáng tạo: khởi nghiệp # sáng tạo, " * 3
    found = text(task("1", title))
    assert programme(found).tasks["A.I.1"].title == " ".join(title.split())
    assert max(map(len, found.splitlines())) <= 120


def test_a_title_longer_than_a_line_may_be_stands_whole_under_note() -> None:
    title = "Một hai ba bốn " * 200
    found = programme(text(task("1", title))).tasks["A.I.1"]
    assert len(found.title) <= 2_000
    assert found.note == title.strip()


def test_columns_that_were_not_recognised_are_kept_under_note() -> None:
    found = programme(text(task("1", "Một", note="Gấp", extra={"Kinh phí": "12 tỷ", "Ghi": ""}))).tasks["A.I.1"]
    assert found.note == "Gấp; Kinh phí: 12 tỷ"


@pytest.mark.parametrize(
    "value", ["null", "true", "12", "- a", "a: b", "a #b", "'", '"', "*a", "[x]", "a\\b", "≥ 70 %"]
)
def test_any_text_reads_back_as_it_was(value: str) -> None:
    assert programme(text(task("1", value, product=value))).tasks["A.I.1"].product == value


def test_doubts_stand_above_their_field_and_others_above_the_row() -> None:
    doubts = (
        Doubt(Wording("x", "split over pages"), PLACE, "title"),
        Doubt(Wording("x", "no line between the cells"), PLACE),
    )
    found = text(task("1", "Một", doubts=doubts)).splitlines()
    at = next(n for n, line in enumerate(found) if "- id: A.I.1" in line)
    assert found[at - 1] == "  # CHECK: no line between the cells"
    assert found[at + 1] == "    # CHECK: split over pages"


# --- head, indicators, amendments --------------------------------------------------------------------------------


def test_doubts_about_the_document_stand_above_its_keys() -> None:
    doubts = (Doubt(Wording("x", "two dates"), PLACE, "date"), Doubt(Wording("x", "unknown column"), PLACE))
    found = rule_file(draft(task("1", "Một"), doubts=doubts), office()).text
    assert "# CHECK: two dates\ndocument: " in found
    assert "\n# CHECK: unknown column (page 3)\nprogramme: " in found


def test_a_document_without_number_date_and_year_still_loads() -> None:
    found = rule_file(Draft(DraftDocument(), (task("1", "Một"),)), office()).text
    assert programme(found).document.number == "(no number)"


@pytest.mark.parametrize(
    ("subject", "stated", "asked"),
    [
        ("Chương trình năm 2026", ("Năm 2028", "Hằng tháng"), True),
        ("Chương trình giai đoạn 2026 - 2028", ("Hằng tháng",), True),
        # Only what recurs is bounded by the period.
        ("Chương trình năm 2026", ("Năm 2028",), False),
        ("Chương trình năm 2026", ("Tháng 5", "Hằng tháng"), False),
    ],
)
def test_what_recurs_in_a_programme_that_goes_on_after_its_year_is_asked_about(
    subject: str, stated: tuple[str, ...], asked: bool
) -> None:
    made = draft(*(task(str(number), "Một", each) for number, each in enumerate(stated, 1)))
    found = rule_file(replace(made, document=replace(DOCUMENT, subject=subject)), office()).text
    assert ("2026, by: 2028}" in found) is asked
    assert "\nperiod: 2026\n" in found


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("CHƯƠNG TRÌNH CÔNG TÁC CỦA BAN CHỈ ĐẠO TỈNH NĂM 2026", "Chương trình công tác của Ban Chỉ đạo tỉnh năm 2026"),
        ("TRIỂN KHAI THỰC HIỆN NGHỊ QUYẾT SỐ 57-NQ/TW", "Triển khai thực hiện nghị quyết số 57-NQ/TW"),
        # Neither word alone tells that this is no name.
        ("PHÁT TRIỂN TỈNH THÁI NGUYÊN", "PHÁT TRIỂN TỈNH THÁI NGUYÊN"),
        ("Phát triển TỈNH", "Phát triển TỈNH"),
    ],
)
def test_a_title_in_capitals_is_spelt_as_the_other_texts_spell_its_words(title: str, expected: str) -> None:
    made = draft(task("1", "Bảo vệ hệ sinh thái, nguyên liệu của tỉnh Sở A", basis="Kế hoạch của Ban Chỉ đạo tỉnh"))
    found = programme(rule_file(replace(made, document=replace(DOCUMENT, subject=title)), office()).text)
    assert found.title == expected


def test_an_indicator_without_owner_or_target_is_asked_about() -> None:
    found = rule_file(draft(indicators=(DraftIndicator("1", "", "Phủ sóng 5G", owner="Sở Á"),)), office())
    read = programme(found.text).indicators[0]
    assert (read.owner, read.targets) == (("so-a",), {2026: "(no target)"})
    assert found.indicators[0].state == "unresolved"
    assert found.text.count("CHECK") == 2


def test_what_it_says_of_another_plan_is_a_question_with_a_sketch() -> None:
    amends = Amends("Nhiệm vụ số 03 Phụ lục II", "title", "1", "cập nhật lại tên", PLACE)
    found = rule_file(draft(task("1", "Một"), amends=(amends,)), office()).text
    assert "# 1 → Nhiệm vụ số 03 Phụ lục II: “cập nhật lại tên” (page 3)\n# amend:\n" in found
    assert programme(found).document.number == DOCUMENT.number


def test_the_counts_are_those_of_the_questions_in_the_file() -> None:
    rows = rule_file(draft(task("1", "Một"), task("2", "Hai", "31/02/2026"), task("2", "Ba")), office()).tasks
    assert counted(rows) == (3, 1, 1, 1)


def test_a_file_larger_than_one_may_be_is_refused() -> None:
    rows = [task(str(number), "Một", note="x" * 500_000) for number in range(10)]
    with pytest.raises(TooLarge):
        rule_file(draft(*rows), office())
