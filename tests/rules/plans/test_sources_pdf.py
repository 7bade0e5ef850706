"""Plans on paper: ruled tables, lines of text, pages that are only pictures."""

import zlib
from base64 import a85encode

import pytest

from rules.plans.blocks import Pages, Paragraph, Table, Unreadable
from rules.plans.sources.lines import joined
from rules.plans.sources.opening import pages
from tests.rules.plans.builders.portable import line, pdf, ruled

ROWS = (("STT", "Nhiệm vụ", "Chủ trì", "Hạn"), ("1", "Ban hành kế hoạch", "Sở Tư pháp", "Quý II/2026"))


def said(found: Pages) -> list[str | list[list[str]]]:
    return [
        block.text if isinstance(block, Paragraph) else [list(row.cells) for row in block.rows]
        for block in found.blocks
    ]


def test_text_above_and_below_a_table_is_paragraphs() -> None:
    drawn, end = ruled(ROWS, 100)
    found = pages(pdf("\n".join([line("KẾ HOẠCH", 300, 40), drawn, line("Nơi nhận:", 40, end + 30)])))
    assert said(found) == ["KẾ HOẠCH", list(map(list, ROWS)), "Nơi nhận:"]


def test_the_lines_of_a_paragraph_are_joined() -> None:
    full = "Căn cứ Quyết định số 11 của Ban Chỉ đạo Chính phủ về phát triển khoa học và công nghệ,"
    drawn = [
        line(full, 60, 60),
        line("chuyển đổi số năm 2026.", 40, 72),
        line("1. Quán triệt", 60, 84),
        line("a) Sở A", 60, 96),
    ]
    assert said(pages(pdf("\n".join(drawn)))) == [f"{full} chuyển đổi số năm 2026.", "1. Quán triệt", "a) Sở A"]


def test_the_halves_of_a_letterhead_are_not_mixed() -> None:
    drawn = [line("UBND TỈNH", 60, 40), line("CỘNG HÒA", 500, 40), line("Số: 12", 60, 52), line("ngày 05", 500, 52)]
    assert said(pages(pdf("\n".join(drawn)))) == ["UBND TỈNH", "CỘNG HÒA", "Số: 12", "ngày 05"]


def test_page_numbers_are_no_text() -> None:
    two = pdf(line("Một", 60, 60), "\n".join([line("2", 400, 30), line("Hai", 60, 60), line("99", 400, 550)]))
    found = pages(two)
    assert said(found) == ["Một", "Hai"]
    assert [block.at.page for block in found.blocks] == [1, 2]


def test_a_row_that_the_page_cut_without_a_line_is_a_row() -> None:
    drawn, end = ruled(ROWS, 40)
    width = (842 - 80) / 4
    borders = [f"{40 + n * width} {595 - end} m {40 + n * width} {595 - end - 40} l S" for n in range(5)]
    cut = [line(text, 43 + n * width, end + 15) for n, text in enumerate(["2", "Kho dữ", "Sở A", "Năm"])]
    assert said(pages(pdf("\n".join([drawn, *borders, *cut])))) == [[*map(list, ROWS), ["2", "Kho dữ", "Sở A", "Năm"]]]


def test_what_the_width_of_a_cell_broke_is_joined_and_lists_are_kept() -> None:
    assert joined("Kế hoạch số 07-\nKH/BCĐ của\nBan Chỉ đạo") == "Kế hoạch số 07-KH/BCĐ của Ban Chỉ đạo"
    assert joined("- Báo cáo\nhằng quý\n- Nghị quyết") == "- Báo cáo hằng quý\n- Nghị quyết"
    assert joined("Hạn -\n2026") == "Hạn - 2026"


def test_a_scan_is_refused_and_a_scanned_page_is_named() -> None:
    with pytest.raises(Unreadable, match="only images"):
        pages(pdf("", line("Ký bởi: Sở A", 60, 60), image=True))
    with pytest.raises(Unreadable, match="only images"):
        pages(pdf(""))


def test_a_page_is_named_when_only_it_is_a_picture() -> None:
    text = line("Chữ " * 30, 40, 60) + "\n" + line("chữ " * 30, 40, 72)
    found = pages(pdf(text, "", image=True))
    assert [str(notice.at) for notice in found.notices] == ["page 2"]
    assert isinstance(found.blocks[0], Paragraph)


def test_more_pages_than_any_plan_are_refused() -> None:
    with pytest.raises(Unreadable, match="501 pages, more than 500"):
        pages(pdf(*[""] * 501))


def test_a_page_with_thousands_of_lines_is_refused() -> None:
    drawing = "\n".join(f"{n % 800} {n // 20} m {n % 800} {n // 20 + 9} l S" for n in range(9000))
    with pytest.raises(Unreadable, match="page 1 is a drawing"):
        pages(pdf(drawing))


def test_a_page_of_crossing_lines_is_refused_before_their_cells_are_looked_for() -> None:
    upright = "\n".join(f"{n * 5} 0 m {n * 5} 595 l S" for n in range(160))
    across = "\n".join(f"0 {n * 5} m 842 {n * 5} l S" for n in range(118))
    with pytest.raises(Unreadable, match="page 1 is a drawing"):
        pages(pdf(f"{line('STT', 40, 60)}\n{upright}\n{across}"))


def test_a_page_with_more_lines_than_are_worth_an_object_is_refused_unread() -> None:
    with pytest.raises(Unreadable, match="too many lines"):
        pages(pdf("\n".join(f"{n % 600} 0 m {n % 600} 595 l S" for n in range(80_000))))


@pytest.mark.parametrize("filters", [b"", b"/Filter[/ASCII85Decode/FlateDecode]"])
def test_what_is_drawn_is_counted_however_it_is_packed(filters: bytes) -> None:
    drawn = b"\n".join(b"%d 0 m %d 595 l S" % (n % 600, n % 600) for n in range(40_000))
    content = a85encode(zlib.compress(drawn), adobe=False) + b"~>" if filters else drawn
    written = b"<<%s/Length %d>>\nstream\n%s\nendstream" % (filters, len(content), content)
    plain = pdf(line("STT", 40, 60))
    first = plain.index(b"<</Filter/FlateDecode/Length", plain.index(b"/XObject"))
    with pytest.raises(Unreadable, match=r"too many lines|is a drawing"):
        pages(plain[:first] + written + plain[plain.index(b"endstream", first) + len(b"endstream") :])


def test_a_table_that_goes_on_is_one_table_a_page() -> None:
    found = pages(pdf(ruled(ROWS, 40)[0], ruled(ROWS[1:], 40)[0]))
    assert [str(block.at) for block in found.blocks if isinstance(block, Table)] == [
        "page 1, table 1",
        "page 2, table 2",
    ]
