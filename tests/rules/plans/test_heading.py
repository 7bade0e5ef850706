"""The head of a document: what it states, what it leaves blank, and what it says twice differently."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.plans.blocks import NOWHERE, Block, Paragraph, Row, Table, Where
from rules.plans.draft import Doubt, DraftDocument
from rules.plans.heading import document_head
from tests.rules.plans.tabled import draft

PARTY = (
    "TỈNH ỦY ĐỒNG THÁP",
    "BAN CHỈ ĐẠO VỀ CHUYỂN ĐỔI SỐ TỈNH ĐỒNG THÁP",
    "Số 07-QĐ/BCĐ",
    "ĐẢNG CỘNG SẢN VIỆT NAM",
    "Đồng Tháp, ngày 07 tháng 3 năm 2026",
    "QUYẾT ĐỊNH",
    "ban hành Chương trình công tác của Ban Chỉ đạo về chuyển đổi số tỉnh Đồng Tháp năm 2026",
    "Căn cứ Quyết định số 151-QĐ/TU ngày 13/8/2025;",
)


def head(*texts: str, year: int | None = None) -> tuple[DraftDocument, tuple[Doubt, ...]]:
    return document_head([Paragraph(text, Where(line=n)) for n, text in enumerate(texts, 1)], year=year)


def fields(doubts: tuple[Doubt, ...]) -> list[str]:
    return [doubt.field for doubt in doubts]


def test_a_head_states_number_date_issuer_subject_and_year() -> None:
    document, doubts = head(*PARTY)
    assert document == DraftDocument(
        number="07-QĐ/BCĐ",
        date=dt.date(2026, 3, 7),
        issuer="Ban Chỉ đạo về chuyển đổi số tỉnh Đồng Tháp",
        subject="ban hành Chương trình công tác của Ban Chỉ đạo về chuyển đổi số tỉnh Đồng Tháp năm 2026",
        year=2026,
    )
    assert doubts == ()


def test_an_annex_with_another_date_is_a_contradiction() -> None:
    document, doubts = head(
        *PARTY, "(Ban hành kèm theo Quyết định số 07-QĐ/BCĐ ngày 06 tháng 03 năm 2026 của Ban Chỉ đạo)"
    )
    assert document.date == dt.date(2026, 3, 7)
    assert [(doubt.field, doubt.alternatives, doubt.at.line) for doubt in doubts] == [
        ("date", ("2026-03-07", "2026-03-06"), 9)
    ]


def test_two_annexes_with_different_dates_are_a_contradiction() -> None:
    document, doubts = head(
        "KẾ HOẠCH",
        "Triển khai Nghị quyết số 57-NQ/TW năm 2026",
        "Căn cứ Luật Chuyển đổi số;",
        "Phụ lục I: DANH MỤC CHỈ TIÊU",
        "(Ban hành kèm theo Kế hoạch số 3450/KH-UBND ngày 17 tháng 3 năm 2026 của Ủy ban nhân dân tỉnh Lâm Đồng)",
        "Phụ lục 2: DANH MỤC NHIỆM VỤ",
        "(Ban hành kèm theo Kế hoạch số 3450 /KH-UBND ngày 18 tháng 3 năm 2026 của Ủy ban nhân dân tỉnh Lâm Đồng)",
    )
    assert (document.number, document.date) == ("3450/KH-UBND", dt.date(2026, 3, 17))
    assert document.issuer == "Ủy ban nhân dân tỉnh Lâm Đồng"
    assert [(doubt.field, doubt.alternatives) for doubt in doubts] == [("date", ("2026-03-17", "2026-03-18"))]


def test_a_blank_number_and_date_are_doubts_and_the_year_is_still_known() -> None:
    document, doubts = head(
        "Số: /KH-UBND Đồng Tháp, ngày tháng năm 2025",
        "KẾ HOẠCH",
        "Triển khai thực hiện Kế hoạch số 05-KH/TU ngày 22/10/2025",
        "Căn cứ Kế hoạch số 05-KH/TU ngày 22/10/2025;",
        "(Ban hành kèm theo Kế hoạch số /KH-UBND ngày / /2025 của Ủy ban nhân dân tỉnh Đồng Tháp)",
    )
    assert (document.number, document.date, document.year) == ("/KH-UBND", None, 2025)
    assert fields(doubts) == ["number", "date", "year"]


def test_handwriting_is_a_doubt() -> None:
    document, doubts = head(
        "PHỤ LỤC", "(Kèm theo Kế hoạch số *44*/KH-UBND ngày *15*/11/2025 của UBND tỉnh Thái Nguyên)"
    )
    assert (document.number, document.date) == ("44/KH-UBND", dt.date(2025, 11, 15))
    assert document.issuer == "UBND tỉnh Thái Nguyên"
    assert fields(doubts) == ["number", "date", "year"]


def test_the_title_of_an_annex_stands_in_for_a_missing_subject() -> None:
    document, doubts = head(
        "Phụ lục DANH MỤC BỔ SUNG NHIỆM VỤ NĂM 2026 (Ban hành kèm theo Công văn số /CV-BCĐ ngày tháng 5 năm 2026 của Ban Chỉ đạo)"
    )
    assert document == DraftDocument("/CV-BCĐ", None, "Ban Chỉ đạo", "DANH MỤC BỔ SUNG NHIỆM VỤ NĂM 2026", 2026)
    assert fields(doubts) == ["number", "date"]


def test_a_head_laid_out_in_a_table_is_read() -> None:
    layout = Table(
        (
            Row(
                ("ỦY BAN NHÂN DÂN\nTỈNH LÂM ĐỒNG", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc"),
                NOWHERE,
            ),
            Row(("Số: 12/KH-UBND", "Lâm Đồng, ngày 5 tháng 3 năm 2026"), NOWHERE),
        ),
        NOWHERE,
    )
    texts = ("KẾ HOẠCH", "Triển khai của Ủy ban nhân dân tỉnh Lâm Đồng năm 2026", "Căn cứ Luật ngày 01/01/2020")
    blocks: list[Block] = [layout, *(Paragraph(text, NOWHERE) for text in texts)]
    document, doubts = document_head(blocks, year=None)
    assert (document.number, document.date) == ("12/KH-UBND", dt.date(2026, 3, 5))
    assert document.issuer == "Ủy ban nhân dân tỉnh Lâm Đồng"
    assert doubts == ()


def test_the_year_asked_for_stands_over_the_title_and_a_difference_is_a_doubt() -> None:
    document, doubts = head(*PARTY, year=2027)
    assert document.year == 2027
    assert [(doubt.field, doubt.alternatives) for doubt in doubts] == [("year", ("2026",))]


@pytest.mark.parametrize(
    ("subject", "year"),
    [
        ("Thực hiện Nghị quyết số 57-NQ/TW ngày 22 tháng 12 năm 2024 từ nay đến cuối năm 2025", 2025),
        ("Thực hiện Nghị quyết ngày 22 tháng 12 năm 2024", 2026),  # a date of a document is not the plan's year
    ],
)
def test_dates_of_cited_documents_are_not_the_year(subject: str, year: int) -> None:
    assert head("Số: 1/KH-UBND", "Huế, ngày 2 tháng 1 năm 2026", "KẾ HOẠCH", subject, "Căn cứ Luật;")[0].year == year


def test_dots_in_place_of_a_number_and_a_day_are_blanks() -> None:
    document, doubts = head(
        "Số: ......../KH-UBND", "Huế, ngày " + "." * 5_000 + " tháng 3 năm 2026", "KẾ HOẠCH", "Triển khai năm 2026"
    )
    assert (document.number, document.date, document.year) == ("/KH-UBND", None, 2026)
    assert fields(doubts) == ["number", "date"]


def test_a_date_that_does_not_exist_is_not_made_up() -> None:
    document, doubts = head("Số: 1/KH-UBND", "Huế, ngày 31 tháng 2 năm 2026", "KẾ HOẠCH", "Triển khai năm 2026")
    assert document.date is None
    assert fields(doubts) == ["date"]


def test_nothing_at_all_is_all_doubt() -> None:
    document, doubts = head()
    assert document == DraftDocument()
    assert fields(doubts) == ["number", "date", "year"]


@given(st.lists(st.text("Số: /-KHUBNDngày tháng năm 012345*(kèm theo)của,\n", max_size=60), max_size=6))
@settings(max_examples=150, deadline=None)
def test_any_text_has_a_head_or_doubts(texts: list[str]) -> None:
    document, doubts = head(*texts)
    assert document.date is not None or "date" in fields(doubts)
    assert document.year is not None or "year" in fields(doubts)


def test_a_head_in_one_paragraph_is_taken_apart_at_its_rules() -> None:
    document, doubts = head(
        "UBND TỈNH LÂM ĐỒNG SỞ NỘI VỤ ------- Số: 3450/KH-SNV",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc ------- Lâm Đồng, ngày 17 tháng 3 năm 2026",
        "KẾ HOẠCH",
        "Cải cách hành chính năm 2026",
    )
    assert (document.number, document.date, document.issuer) == ("3450/KH-SNV", dt.date(2026, 3, 17), "SỞ NỘI VỤ")
    assert doubts == ()


def test_underscores_are_a_rule_below_capitals_and_elsewhere_a_blank() -> None:
    document, _ = head("ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG ______ Số: 12/KH-UBND")
    assert (document.number, document.issuer) == ("12/KH-UBND", "ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG")
    document, doubts = head(
        "UBND TỈNH LÂM ĐỒNG", "Số: ____ /KH-UBND", "Lâm Đồng, ngày ____ tháng 3 năm 2026", "KẾ HOẠCH"
    )
    assert (document.number, document.date, document.year) == ("/KH-UBND", None, 2026)
    assert {"number", "date"} <= set(fields(doubts))


@pytest.mark.parametrize("after", [("PHỤ LỤC", "Danh mục"), ("Phụ lục I", "Việc"), ("DANH MỤC NHIỆM VỤ",)])
def test_the_subject_ends_where_an_annex_begins(after: tuple[str, ...]) -> None:
    document, _ = head("KẾ HOẠCH", "Chuyển đổi số năm 2026", *after)
    assert document.subject == "Chuyển đổi số năm 2026"


def test_a_head_that_every_sheet_repeats_is_no_subject() -> None:
    sheet = ("UBND TỈNH LÂM ĐỒNG", "Số: 12/KH-UBND", "Lâm Đồng, ngày 17 tháng 3 năm 2026", "KẾ HOẠCH")
    assert head(*sheet, *sheet, *sheet)[0].subject == ""
    titled = (*sheet, "Chuyển đổi số năm 2026")
    assert head(*titled, *titled)[0].subject == "Chuyển đổi số năm 2026"


@pytest.mark.parametrize("day", ["Ngày 20 tháng 3 năm 2026", "ngày 20/3/2026."])
def test_a_day_without_a_place_below_the_number_is_the_documents(day: str) -> None:
    document, doubts = head("BAN CHỈ ĐẠO", "Số: 12/KH-BCĐ", day, "KẾ HOẠCH", "Chuyển đổi số năm 2026")
    assert document.date == dt.date(2026, 3, 20)
    assert doubts == ()


def test_a_day_within_a_sentence_below_the_number_is_another_documents() -> None:
    document, _ = head("Số: 12/KH-BCĐ", "Ngày 20 tháng 3 năm 2026, Ban Chỉ đạo họp", "KẾ HOẠCH", "Số hóa năm 2026")
    assert document.date is None


@pytest.mark.parametrize("said", ["Điều 3. Các sở báo cáo.", "Các sở, ban, ngành báo cáo trước ngày 20 hằng tháng."])
def test_a_title_ends_where_the_body_begins_without_a_heading(said: str) -> None:
    assert draft(f"KẾ HOẠCH\n\nTriển khai chuyển đổi số năm 2026\n\n{said}").document.subject == (
        "Triển khai chuyển đổi số năm 2026"
    )
