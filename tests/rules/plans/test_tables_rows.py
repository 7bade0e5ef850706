"""Rows are made whole: cells cut by pages, headings above them, numbers of all kinds, ditto marks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.plans.tables.numbering import labelled, number_of
from tests.rules.plans.tabled import draft

HEAD = "STT ¦ Nhiệm vụ ¦ Cơ quan chủ trì ¦ Cơ quan phối hợp ¦ Thời gian hoàn thành\n"


def rows(text: str) -> list[tuple[str, str, str]]:
    return [(task.no, task.section, task.title) for task in draft(HEAD + text).tasks]


def test_a_cell_cut_by_a_page_is_whole_again() -> None:
    cut = f"1 ¦ Hình thành tối thiểu 01 mô ¦ Sở A ¦ Sở Tài chính, Các sở, ban, ¦ sau khi Bộ Nội vụ ban\n\n{HEAD}¦ hình thí điểm ¦¦ ngành ¦ hành Đề án\n2 ¦ Hai ¦ Sở B ¦¦ Tháng 5"
    first, second = draft(HEAD + cut).tasks
    assert first.title == "Hình thành tối thiểu 01 mô hình thí điểm"
    assert first.coordinate == "Sở Tài chính, Các sở, ban, ngành"
    assert first.stated == "sau khi Bộ Nội vụ ban hành Đề án"
    assert (second.no, second.title) == ("2", "Hai")


def test_a_row_goes_on_over_two_pages() -> None:
    text = f"1 ¦ Rà soát các văn bản ¦ Sở A ¦¦ Tháng 5\n\n{HEAD}¦ của Trung ương ¦¦¦\n\n{HEAD}¦ và của Tỉnh ¦¦¦"
    assert rows(text) == [("1", "", "Rà soát các văn bản của Trung ương và của Tỉnh")]


def test_a_capital_goes_on_after_a_page_break_where_the_row_above_has_not_ended() -> None:
    text = f"1 ¦ Phối hợp với ¦ Sở A ¦¦ Tháng 5\n\n{HEAD}¦ Bộ Công an rà soát ¦¦¦"
    assert rows(text) == [("1", "", "Phối hợp với Bộ Công an rà soát")]


def test_the_rest_of_one_cell_is_no_heading_though_it_begins_with_a_capital() -> None:
    (task,) = draft(
        f"{HEAD}1 ¦ Một ¦ Sở A ¦ Ban Chỉ đạo theo Thông báo số 06- ¦ T5\n\n{HEAD}¦¦¦ TB/BCĐCĐS ngày 18/3/2025 ¦"
    ).tasks
    assert task.coordinate == "Ban Chỉ đạo theo Thông báo số 06- TB/BCĐCĐS ngày 18/3/2025"


def test_a_sum_below_the_rows_is_no_task() -> None:
    assert rows("1 ¦ a ¦ Sở A ¦¦ T3\nTổng cộng: 1 nhiệm vụ ¦¦¦¦") == [("1", "", "a")]


def test_a_whole_row_without_a_number_is_a_task_and_asked_about() -> None:
    (_, second) = draft(HEAD + f"1 ¦ Một ¦ Sở A ¦¦ Tháng 5\n\n{HEAD}¦ Hai ¦ Sở B ¦¦ Tháng 6").tasks
    assert second.title == "Hai"
    assert [doubt.field for doubt in second.doubts] == ["no"]


def test_headings_make_a_path() -> None:
    text = "A ¦ TRỌNG TÂM ¦¦¦\nI ¦ Quý I ¦¦¦\n1 ¦ a ¦ Sở A ¦¦ T3\nII ¦ Quý II ¦¦¦\n2 ¦ b ¦ Sở A ¦¦ T4\nB ¦ THƯỜNG XUYÊN ¦¦¦\n1 ¦ c ¦ Sở A ¦¦ T5"
    assert [section for _, section, _ in rows(text)] == [
        "A TRỌNG TÂM > I Quý I",
        "A TRỌNG TÂM > II Quý II",
        "B THƯỜNG XUYÊN",
    ]


@pytest.mark.parametrize(
    "heading",
    ["I. Quý I", "I Quý I", "I. Quý I¦¦¦¦", "**I. Quý I** ¦¦¦¦", "¦ I. Quý I ¦¦¦", "I. Quý I ¦ I. Quý I ¦ I. Quý I ¦ I. Quý I ¦ I. Quý I"],
)  # fmt: skip
def test_a_heading_stands_in_one_cell_or_in_all(heading: str) -> None:
    found = rows(f"{heading}\n1 ¦ a ¦ Sở A ¦¦ T3\n2 ¦ b ¦ Sở A ¦¦ T3")
    assert [section for _, section, _ in found] in (["I. Quý I"] * 2, ["I Quý I"] * 2)


def test_a_heading_between_two_parts_of_a_table_belongs_to_it() -> None:
    found = rows("I. Một ¦¦¦¦\n1 ¦ a ¦ Sở A ¦¦ T3\n\nII. Hai\n\n2 ¦ b ¦ Sở A ¦¦ T3\n3 ¦ c ¦ Sở A ¦¦ T3")
    assert [section for _, section, _ in found] == ["I. Một", "II. Hai", "II. Hai"]


def test_a_number_of_two_steps_stands_below_its_first() -> None:
    text = "I. Thông báo ¦¦¦¦\nI.1 Nhóm 8 ¦¦¦¦\n1. ¦ a ¦ Sở A ¦¦ T3\nI.1 Nhóm 2 ¦¦¦¦\n2. ¦ b ¦ Sở A ¦¦ T3\nII. Quyết định ¦¦¦¦\n3. ¦ c ¦ Sở A ¦¦ T3"
    assert [(no, section) for no, section, _ in rows(text)] == [
        ("1", "I. Thông báo > I.1 Nhóm 8"),
        ("2", "I. Thông báo > I.1 Nhóm 2"),
        ("3", "II. Quyết định"),
    ]


def test_letters_go_on_as_letters_where_they_are_roman_numerals_too() -> None:
    text = "".join(f"{letter} ¦ Phần {letter} ¦¦¦\n1 ¦ việc {letter} ¦ Sở A ¦¦ T3\n" for letter in "ABCD")
    assert [section for _, section, _ in rows(text)] == ["A Phần A", "B Phần B", "C Phần C", "D Phần D"]


def test_a_task_with_parts_is_the_heading_of_its_parts() -> None:
    text = "1 ¦ Thể chế ¦¦¦\n1.1 ¦ a ¦ Sở A ¦¦ T3\n1.2 ¦ b ¦ Sở A ¦¦ T3\n2 ¦ c ¦ Sở A ¦¦ T3"
    assert rows(text) == [("1.1", "1 Thể chế", "a"), ("1.2", "1 Thể chế", "b"), ("2", "", "c")]


def test_numbers_that_are_missing_or_out_of_order_are_asked_about() -> None:
    text = "V ¦ Năm ¦¦¦\n3 ¦ a ¦ Sở A ¦¦ T3\n4 ¦ b ¦ Sở A ¦¦ T3\nVII ¦ Bảy ¦¦¦\n6 ¦ c ¦ Sở A ¦¦ T3"
    found = draft(HEAD + text)
    assert [doubt for doubt in found.doubts if doubt.field == "no"] == []
    first, second, third = ([doubt.said.en for doubt in task.doubts] for task in found.tasks)
    assert (first, second, len(third)) == ([], [], 2)
    assert "«4» to «6»" in third[0]
    assert "«V» to «VII»" in third[1]


def test_numbers_may_begin_anew_under_each_heading() -> None:
    text = "I ¦ Một ¦¦¦\n1 ¦ a ¦ Sở A ¦¦ T3\n2 ¦ b ¦ Sở A ¦¦ T3\nII ¦ Hai ¦¦¦\n1 ¦ c ¦ Sở A ¦¦ T3"
    assert [doubt for task in draft(HEAD + text).tasks for doubt in task.doubts if doubt.field == "no"] == []


@pytest.mark.parametrize("sign", ["nt", "-nt-", '"', "〃", "Như trên", "(nt)", "-//-"])
def test_a_ditto_mark_stands_for_the_text_above_and_is_asked_about(sign: str) -> None:
    _, second, third = draft(
        HEAD + f"1 ¦ a ¦ Sở A ¦ Sở B ¦ T3\n2 ¦ b ¦ {sign} ¦ - ¦ T4\n3 ¦ c ¦ {sign} ¦ Sở D ¦ T5"
    ).tasks
    assert (second.lead, second.coordinate) == ("Sở A", "")
    assert third.lead == "Sở A"
    assert [doubt.field for doubt in second.doubts] == ["lead"]


def test_a_ditto_mark_with_nothing_above_stays_a_question() -> None:
    (task,) = draft(HEAD + "1 ¦ a ¦ nt ¦ Sở B ¦ T3").tasks
    assert task.lead == ""
    assert {doubt.field for doubt in task.doubts} == {"lead"}


def test_dashes_and_numbers_of_columns_are_no_rows() -> None:
    text = "(1) ¦ (2) ¦ (3) ¦ (4) ¦ (5)\n1 ¦ a ¦ Sở A ¦¦ T3\n----- ¦ -- ¦ ---------- ¦ ---- ¦ --"
    assert rows(text) == [("1", "", "a")]


def test_a_further_deadline_of_a_task_is_a_task_and_asked_about() -> None:
    first, second = draft(HEAD + "1 ¦ a ¦ Sở A ¦¦ Tháng 3\n¦¦¦¦ Tháng 9").tasks
    assert (first.stated, second.stated, second.title, second.lead) == ("Tháng 3", "Tháng 9", "a", "Sở A")
    assert [doubt.field for doubt in second.doubts] == ["stated"]


def test_an_annex_with_the_same_columns_is_a_table_of_its_own() -> None:
    text = f"I ¦ Một ¦¦¦\n1 ¦ a ¦ Sở A ¦¦ T3\n\nPhụ lục II\n\n{HEAD}1 ¦ b ¦ Sở A ¦¦ T3"
    assert rows(text) == [("1", "I Một", "a"), ("1", "", "b")]


@pytest.mark.parametrize(
    ("text", "style"),
    [("3", "arabic"), ("12.", "arabic"), ("(3)", "arabic"), ("IV.", "roman"), ("ll", "roman"), ("A", "letter"), ("a)", "small"), ("I.1", "dotted"), ("2.1.3", "dotted"), ("TC.1", "dotted")],
)  # fmt: skip
def test_a_number_tells_its_level(text: str, style: str) -> None:
    found = number_of(text)
    assert found is not None
    assert found.style == style


@pytest.mark.parametrize("text", ["Sở A", "", "15/12/2025", "100%", "Xây dựng", "và"])
def test_other_texts_are_no_numbers(text: str) -> None:
    assert number_of(text) is None


@pytest.mark.parametrize(
    "text", ["Xây dựng kế hoạch", "A ha", "Đ/c Giám đốc", "12 tháng", "I", "TB/BCĐ", "Công an tỉnh", "Ý kiến"]
)
def test_a_sentence_begins_with_no_number(text: str) -> None:
    assert labelled(text) is None


WORDS = st.lists(
    st.sampled_from(["rà", "soát", "kế", "số", "Sở", "Công", "tỉnh", "(AI),", "2026;", "của"]),
    min_size=6,
    max_size=20,
)


@given(st.lists(WORDS, min_size=1, max_size=6), st.data())
def test_wherever_a_page_cuts_a_title_it_is_whole_again(titles: list[list[str]], data: st.DataObject) -> None:
    text = HEAD
    for number, words in enumerate(titles, start=1):
        at = data.draw(st.integers(1, len(words) - 1))
        text += f"{number} ¦ Việc {' '.join(words[:at])} ¦ Sở A ¦¦ Tháng 5\n\n{HEAD}¦ {words[at].lower()} {' '.join(words[at + 1 :])} ¦¦¦\n"
    read = [title.lower() for _, _, title in rows_of(text)]
    assert read == [f"việc {' '.join(words)}".lower() for words in titles]


def rows_of(text: str) -> list[tuple[str, str, str]]:
    return [(task.no, task.section, task.title) for task in draft(text).tasks]


def test_a_title_that_goes_on_with_a_figure_and_abbreviations_is_no_heading() -> None:
    cut = f"{HEAD}1 ¦ Ứng dụng công nghệ trong năm ¦ Sở A ¦¦ Tháng 5\n\n{HEAD}¦ 2026: (AI), IOT ¦¦¦\n"
    assert rows_of(cut) == [("1", "", "Ứng dụng công nghệ trong năm 2026: (AI), IOT")]
