"""What a drafted rule file looks like, and what stands above a field that is not sure."""

from dataclasses import replace
from datetime import date

import pytest

from rules.deadline import After, SetBy, Span, Within
from rules.load.periods import parse_period
from rules.phrases.reading import Reading
from rules.plans.blocks import Where
from rules.plans.draft import Agency, Amends, Doubt, Draft, DraftDocument, DraftIndicator, DraftTask, Earlier
from rules.plans.writing import TooLarge, counted, rule_file
from rules.wording import Wording
from tests.rules.plans.drafts import DOCUMENT, A, B, draft, office, programme, reading, task

PLACE = Where(page=3)


def text(*tasks: DraftTask) -> str:
    written = rule_file(draft(*tasks), office()).text
    programme(written)
    return written


def lines(written: str, first: str) -> list[str]:
    """Return the lines from the one that begins so, to the next item or blank line, without indentation."""
    found = written.splitlines()
    start = next(n for n, line in enumerate(found) if line.strip().startswith(first))
    end = next((n for n in range(start + 1, len(found)) if not found[n] or found[n].startswith("  - ")), len(found))
    return [line.strip() for line in found[start:end]]


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
# 07-QĐ/BCĐ · 07/03/2026 · Ban Chỉ đạo tỉnh · Chương trình công tác năm 2026
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


# --- deadlines ---------------------------------------------------------------------------------------------------


def test_several_deadlines_stand_under_their_names() -> None:
    found = text(task("1", "Hội thi", "Phát động trong tháng 4, báo cáo tháng 6/2026"))
    assert "    deadlines: {Phát động: 2026-04, báo cáo: 2026-06}" in found


def test_a_deadline_that_was_not_understood_is_undated_and_asked_about() -> None:
    found = lines(text(task("1", "Báo cáo", "31/02/2026")), "stated")
    assert found[0] == "stated: 31/02/2026"
    assert found[1].startswith("# CHECK: ")
    assert found[-1] == "deadline: {set_by: 31/02/2026}"


def test_an_empty_cell_is_undated_and_asked_about() -> None:
    found = lines(text(task("1", "Báo cáo", "")), "lead")
    assert found[1:] == ["# CHECK: no deadline is given", "deadline: {set_by: no deadline is given}"]


def test_what_the_rule_language_refuses_becomes_a_question() -> None:
    backwards = Span(parse_period("2026-06"), parse_period("2026-02"))
    said = Reading("span", Wording("x", "x"), deadline=backwards)
    found = rule_file(draft(replace(task("1", "Ngược", "tháng 6 - tháng 2"), reading=said)), office())
    assert programme(found.text).tasks["A.I.1"].deadlines == {"": SetBy("tháng 6 - tháng 2")}
    assert "# CHECK: the rule language refuses it: '2026-02' ends before '2026-06' begins" in found.text
    assert found.tasks[0].state == "unresolved"


def test_doubts_about_a_deadline_stand_directly_above_it_with_the_alternatives() -> None:
    doubt = Doubt(Wording("ngày hay tháng trước", "day or month first"), PLACE, "stated", ("2026-03-04", "2026-04-03"))
    found = lines(text(task("1", "Báo cáo", "Tháng 5", doubts=(doubt,))), "stated")
    assert found[1] == "# CHECK: day or month first; alternatives: 2026-03-04 | 2026-04-03"
    assert found[2].startswith("deadline: 2026-05 ")


def test_the_same_words_are_the_same_event_and_that_is_asked_about() -> None:
    found = text(
        task("1", "Một", "Sau khi Trung ương ban hành Đề án"),
        task("2", "Hai", "Sau khi Trung ương ban hành Đề án"),
        task("3", "Ba", "Sau khi có hướng dẫn"),
    )
    read = programme(found)
    assert read.tasks["A.I.1"].deadlines == read.tasks["A.I.2"].deadlines == {"": After("trung-uong-ban-hanh-de-an")}
    assert len(read.events) == 2
    assert [event.watch.ask for event in read.events.values() if event.watch] == ["so-a", "so-a"]
    assert found.count("A.I.1, A.I.2 wait for it") == 1


def test_an_event_that_the_programme_has_keeps_its_id() -> None:
    one = task("1", "Một", "Sau khi họp Ban Chỉ đạo")
    found = rule_file(draft(one), office(hop="Họp Ban Chỉ đạo")).text
    assert programme(found).tasks["A.I.1"].deadlines == {"": After("hop")}


def test_an_earlier_deadline_is_an_amendment() -> None:
    earlier = Earlier(reading("Tháng 01/2026"), "Công văn số 340/SVHTTDL-VP ngày 23/01/2026", "Lùi thời gian", PLACE)
    [found] = programme(text(task("1", "Một", earlier=(earlier,)))).tasks["A.I.1"].amended
    assert (found.deadline, found.until_on) == (Within(parse_period("2026-01")), date(2026, 1, 23))
    assert found.document == "340/SVHTTDL-VP"


@pytest.mark.parametrize(
    "earlier",
    [
        Earlier(None, "Công văn số 340/SVHTTDL-VP ngày 23/01/2026", "Lùi thời gian", PLACE),
        Earlier(reading("Tháng 01/2026"), "", "Lùi thời gian", PLACE),
        Earlier(reading("Tháng 01/2026"), "Công văn ngày 31/02/2026", "Lùi thời gian", PLACE),
    ],
)
def test_an_earlier_deadline_that_is_not_fully_stated_is_a_question(earlier: Earlier) -> None:
    found = text(task("1", "Một", earlier=(earlier,)))
    assert "amended:" not in found.replace("for amended:", "")
    assert "  # CHECK: the deadline was another one before" in found


# --- agencies ----------------------------------------------------------------------------------------------------

GROUP = (Agency("Các sở", ("cac-so",), each=True),)
UNSURE = (Agency("Sở Á", (), sure=False, suggestions=("so-a", "so-b")),)
RELATED = (Agency("Các đơn vị liên quan", ("lien-quan",), open=True),)


@pytest.mark.parametrize(
    ("leads", "expected"),
    [
        (B, "lead: so-b                    # Sở"),
        (A + B, "lead: [so-a, so-b]"),
        (A + A, "lead: so-a                    # Sở"),
        (GROUP, "lead: {each: cac-so}          # Sở"),
        ((Agency("Sở B", ("so-b",), role="coordinate"), *A), "lead: so-a                    # Sở"),
    ],
)
def test_leads(leads: tuple[Agency, ...], expected: str) -> None:
    assert lines(text(task("1", "Một", lead="Sở", leads=leads)), "lead")[0] == expected


@pytest.mark.parametrize(
    ("leads", "check"),
    [
        (UNSURE, "# CHECK: unknown agency “Sở Á”; alternatives: so-a | so-b"),
        ((), "# CHECK: nobody is named as lead"),
        (RELATED, "# CHECK: “Các đơn vị liên quan” is no agency in particular"),
        ((Agency("Sở X", ("so-x",)),), "# CHECK: unknown agency “Sở X”"),
    ],
)
def test_without_a_sure_lead_the_standing_office_stands_in(leads: tuple[Agency, ...], check: str) -> None:
    written = rule_file(draft(task("1", "Một", lead="Sở Á", leads=leads)), office())
    found = lines(written.text, "- id")
    assert found[2] == check
    assert found[3] == "lead: so-a                    # Sở Á"
    assert written.tasks[0].state == "unresolved"


def test_a_collective_beside_an_agency_makes_one_obligation_for_each() -> None:
    found = lines(text(task("1", "Một", leads=GROUP + B)), "- id")
    assert found[2] == "lead: {each: [cac-so, so-b]}"


def test_a_head_is_named_where_it_is_not_the_leads_own() -> None:
    assert "head: [so-b]" in text(task("1", "Một", head="Giám đốc Sở B", heads=B))
    assert "head:" not in text(task("1", "Một", head="Giám đốc Sở A", heads=A))
    assert "head:" not in text(task("1", "Một", leads=GROUP, heads=A))


def test_a_head_alone_gives_the_lead() -> None:
    found = lines(text(task("1", "Một", lead="", leads=(), head="Giám đốc Sở B", heads=B)), "lead")
    assert found[0] == "lead: so-b                    # Giám đốc Sở B"


def test_coordinating_agencies_that_are_not_sure_are_asked_about_beside_those_that_are() -> None:
    found = lines(text(task("1", "Một", coordinate="Sở B; Sở Á", coordinates=B + UNSURE)), "lead")
    assert found[1:3] == [
        "# CHECK: unknown agency “Sở Á”; alternatives: so-a | so-b",
        "coordinate: [so-b]            # Sở B; Sở Á",
    ]


def test_agencies_none_of_which_is_sure_are_asked_about_where_their_line_would_stand() -> None:
    found = lines(text(task("1", "Một", coordinates=UNSURE, product="Báo cáo")), "- id")
    assert found[2:5] == [
        "lead: so-a",
        "# CHECK: coordinate: unknown agency “Sở Á”; alternatives: so-a | so-b",
        "product: Báo cáo",
    ]


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
