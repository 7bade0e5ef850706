"""The forms of one snapshot: text, Word, Excel, JSON. Their totals are the same; opened again they hold what it says."""

import re
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Pt
from hypothesis import given
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from rules.directory import Post
from rules.periodic.drawing import Said, draw, of_unit
from rules.periodic.grids import annex
from rules.periodic.snapshot import Contribution, Measured, Snapshot
from rules.periodic.stored import as_json
from rules.periodic.telling import tell, unit_row
from rules.periodic.told import Figures, Told
from rules.periodic.word import Letterhead, to_word
from rules.periodic.wordblocks import MOTTO, NATION
from rules.periodic.workbook import to_workbook
from rules.plans.exporting.plain import plain
from rules.plans.exporting.sheet import Line
from rules.status import NAMES as STATES
from rules.summary import NAMES, Count, counted
from rules.wording import Language
from tests.rules.periodic.offices import CUT, DIRECTORY, ZONE, entry, frame, snapshots

HEADINGS = ("Title", "Heading 1", "Heading 2")
SOME = draw(
    [
        entry(1, timeliness="late", days_late=9, title='=HYPERLINK("http://x.example";"xem")'),
        entry(2, "u2+u3", progress="in_progress", percent=40),
        entry(3, "u3", progress="reported", timeliness="done_in_time", verification="awaiting", programme="q"),
    ],
    frame(),
    Said(contributions=(Contribution("u2", "Sở u2", "results", "@SUM(A1)\nĐã trình", CUT),)),
    None,
)


def word_of(snapshot: Snapshot, language: Language = "vi", letterhead: Letterhead | None = None) -> WordDocument:
    return Document(BytesIO(to_word(snapshot, language, zone=ZONE, letterhead=letterhead)))


def pages_of(snapshot: Snapshot, language: Language = "vi") -> list[Worksheet]:
    book = load_workbook(BytesIO(to_workbook(snapshot, language, zone=ZONE)))
    return list(book.worksheets)


def below_heads(page: Worksheet) -> list[tuple[Any, ...]]:
    """The rows of the table of a sheet: those that its filter covers, but for the first."""
    first, last = (int(number) for number in re.findall(r"\d+", page.auto_filter.ref or ""))
    return [row[: page.max_column] for row in page.iter_rows(min_row=first + 1, max_row=last, values_only=True)]


def table(document: WordDocument, number: int) -> list[list[str]]:
    """One of the tables of a document, which begins with that of its heads; by the elements, which is quick."""
    rows = document.tables[number]._tbl.tr_lst
    return [["\n".join(p.text for p in cell.p_lst) for cell in row.tc_lst] for row in rows]


def figures(told: Told) -> list[Figures]:
    return [one for part in told.parts for one in part.figures]


@given(snapshots())
def test_the_totals_and_rows_of_all_forms_are_those_of_the_snapshot(snapshot: Snapshot) -> None:
    document, pages = word_of(snapshot), pages_of(snapshot)
    check_totals(snapshot, document, pages)
    check_rows(snapshot, pages[0])
    check_annex(snapshot, document)


def check_totals(snapshot: Snapshot, document: WordDocument, pages: list[Worksheet]) -> None:
    """The same totals everywhere."""
    counts = {NAMES[what].vi: snapshot.counts.of.get(what, 0) for what in Count} | {"Tổng số": snapshot.counts.total}
    said: dict[str, Any] = as_json(snapshot)
    assert {NAMES[what].vi: said[what] for what in Count} | {"Tổng số": said["total"]} == counts
    for most in (None, 2):
        overall = figures(tell(snapshot, "vi", zone=ZONE, most=most))[0]
        assert {row[0]: int(row[1]) for row in overall.rows} == counts
    assert {row[0]: int(row[1]) for row in table(document, 1)[1:]} == counts
    bold = [bool(row.xpath(".//w:b")) for row in document.tables[1]._tbl.tr_lst]
    assert bold == [True, *[False] * (len(counts) - 1), True]  # the heads, and the sum
    tasks, overview, units = pages[:3]
    rows = {row[0]: row[1] for row in below_heads(overview)}
    assert {name: rows[name] for name in counts} == counts
    apart = ("Số nhiệm vụ", "Chưa đến kỳ (không tính ở trên)")
    assert [rows[name] for name in apart] == [snapshot.tasks, snapshot.ahead] == [said["tasks"], said["ahead"]]
    assert [row[1:] for row in below_heads(units) if row[0]] == [unit_row(part.counts) for part in snapshot.units]
    assert all(row[1] == sum(row[2:]) for row in below_heads(units) if row[0])
    listed = [row for row in below_heads(tasks) if row[0] is not None]
    assert len(listed) == snapshot.counts.total + snapshot.ahead
    assert [row[7] for row in listed].count("Chưa đến kỳ") == snapshot.ahead


def check_rows(snapshot: Snapshot, tasks: Worksheet) -> None:
    """Who filters the sheet of tasks by its columns of state finds the numbers of the overview."""
    rows = [row for row in below_heads(tasks) if row[0] is not None]
    late = [row for row in rows if row[7] == "Quá hạn" and row[6].startswith(("Chưa", "Đang", "Tạm"))]
    assert len(late) == snapshot.counts.of.get(Count.OPEN_LATE, 0)
    in_time = [
        row
        for row in rows
        if row[7] in ("Trong hạn", "Sắp đến hạn", "Đến hạn hôm nay", "Đúng hạn", "Hoàn thành quá hạn")
    ]
    still = [row for row in in_time if row[6].startswith(("Chưa", "Đang", "Tạm"))]
    assert len(still) == snapshot.counts.of.get(Count.OPEN_IN_TIME, 0)
    done = [row for row in rows if row[6] in ("Đã báo cáo hoàn thành", "Đã hoàn thành")]
    assert len(done) == sum(snapshot.counts.of.get(what, 0) for what in Count if what.startswith("done"))
    waiting = [row for row in rows if row[6] == "Đã báo cáo hoàn thành"]
    assert len(waiting) == snapshot.counts.awaiting


def check_annex(snapshot: Snapshot, document: WordDocument) -> None:
    """The annex lists what is open and what came of the period."""
    listed = table(document, -1)[1:]
    expected = [one for one in snapshot.entries if (one.is_open and not one.is_ahead) or one.result]
    assert [row[2] for row in listed] == [plain(one.title) for one in expected]
    assert [row[6] for row in listed] == [STATES[one.status.timeliness].vi for one in expected]


@given(snapshots())
def test_a_shortened_list_says_how_many_it_left_out(snapshot: Snapshot) -> None:
    whole, short = (tell(snapshot, "vi", zone=ZONE, most=most) for most in (None, 1))
    for long, brief in zip(whole.parts, short.parts, strict=True):
        for all_, some in zip(long.lists, brief.lists, strict=True):
            assert (all_.heading, all_.total, all_.more) == (some.heading, some.total, 0)
            assert len(some.points) <= 1
            assert (some.more > 0) == (len(all_.points) > 1)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_document_has_the_heads_and_parts_of_an_office(language: Language) -> None:
    document = word_of(SOME, language, Letterhead("UBND tỉnh Đồng Tháp", "Đồng Tháp"))
    [left, right] = table(document, 0)[0]
    assert left.split("\n")[:2] == ["UBND TỈNH\u00a0ĐỒNG\u00a0THÁP", "SỞ U1"]
    assert (NATION in right, MOTTO in right) == (True, True)
    assert right.endswith({"vi": "Đồng Tháp, ngày 03 tháng 4 năm 2026", "en": "Đồng Tháp, 3 April 2026"}[language])
    assert left.split("\n")[-1].split()[0] == {"vi": "Số:", "en": "No."}[language]
    texts = [one.text for one in document.paragraphs]
    titles = {
        "vi": ["BÁO CÁO", "I. KẾT QUẢ NỔI BẬT TRONG TUẦN", "II. KHÓ KHĂN, VƯỚNG MẮC", "III. NHIỆM VỤ TUẦN TIẾP THEO"],
        "en": ["REPORT", "I. RESULTS OF THE WEEK", "II. DIFFICULTIES", "III. TASKS OF NEXT WEEK"],
    }[language]
    assert [text for text in texts if text in titles] == titles
    dear = {"vi": "Kính gửi: Trưởng Ban Chỉ đạo", "en": "To: Trưởng Ban Chỉ đạo"}[language]
    assert dear in texts
    receivers, signer = table(document, -2)[0]
    assert receivers.split("\n")[0] == {"vi": "Nơi nhận:", "en": "Copies to:"}[language]
    assert receivers.split("\n")[-1] == {"vi": "- Lưu: VT.", "en": "- Files."}[language]
    assert signer.startswith("GIÁM ĐỐC U1")


@pytest.mark.parametrize(
    ("agency", "lines"),
    [
        ("Ủy ban nhân dân tỉnh Hà Sơn", ["ỦY", "BAN", "NHÂN", "DÂN", "TỈNH HÀ SƠN"]),
        ("UBND Thành phố Hồ Chí Minh", ["UBND", "THÀNH", "PHỐ", "HỒ CHÍ MINH"]),
        ("Bảo hiểm xã hội", ["BẢO", "HIỂM", "XÃ", "HỘI"]),
        ("Sở Khoa học và Công nghệ", ["SỞ", "KHOA", "HỌC", "VÀ", "CÔNG", "NGHỆ"]),
    ],
)
def test_the_place_in_the_name_of_an_agency_is_not_cut_in_two(agency: str, lines: list[str]) -> None:
    document = word_of(SOME, letterhead=Letterhead(agency))
    first = document.tables[0].cell(0, 0).paragraphs[0].text
    assert [piece.replace("\u00a0", " ") for piece in first.split(" ")] == lines


def test_a_document_is_laid_out_as_the_decree_has_it() -> None:
    document = word_of(SOME)
    upright, across = document.sections
    assert (round(upright.page_width.mm), round(upright.page_height.mm)) == (210, 297)  # type: ignore[union-attr]
    assert (round(upright.left_margin.mm), round(upright.right_margin.mm)) == (30, 15)  # type: ignore[union-attr]
    assert (upright.orientation, across.orientation) == (WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE)
    assert across.page_width is not None
    assert across.page_height is not None
    assert across.page_width > across.page_height
    style = document.styles["Normal"]
    assert (style.font.name, style.font.size.pt) == ("Times New Roman", 14)
    assert upright.different_first_page_header_footer
    assert "PAGE" in upright.header._element.xml
    # The heads of the annex's table are repeated on each page, and no row is cut in two.
    rows = document.tables[-1]._tbl.tr_lst
    assert rows[0].trPr is not None
    assert rows[0].trPr.find(qn("w:tblHeader")) is not None
    assert all(row.trPr is not None and row.trPr.find(qn("w:cantSplit")) is not None for row in rows)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_word_of_a_head_is_cut_in_two(language: Language) -> None:
    for made in word_of(SOME, language).tables[1:]:
        if "w:tblHeader" not in made._tbl.xml:
            continue
        for cell in made.rows[0].cells:
            assert cell.width is not None
            needed = max(sum(map(_width, word)) for word in cell.text.split())
            # The cell has margins of a millimetre.
            assert cell.width.mm >= needed + 2, cell.text


def _width(letter: str) -> float:
    """How many millimetres a letter of bold 12 points takes, about."""
    if letter in "fijltI":
        return 1.3
    return 3.5 if letter in "mM" else 2.9 if letter.isupper() else 2.15


def test_headings_are_headings_in_the_letters_of_an_office() -> None:
    document = word_of(SOME)
    of = {
        style: [one.text for one in document.paragraphs if one.style and one.style.name == style] for style in HEADINGS
    }
    assert of["Title"] == ["Tình hình thực hiện nhiệm vụ tuần 14 năm 2026"]
    assert [text.partition(".")[0] for text in of["Heading 1"]] == ["I", "II", "III", "Phụ lục"]
    assert of["Heading 2"][:2] == ["1. Tổng hợp", "2. Theo đơn vị (lượt chung tính cho từng đơn vị)"]
    for name in HEADINGS:
        style = document.styles[name]
        assert (style.font.name, style.font.size, style.font.bold) == ("Times New Roman", Pt(14), True)
        assert str(style.font.color.rgb) == "000000"
        fonts = style.element.rPr.rFonts
        assert not [key for key in fonts.attrib if key.endswith("Theme")]
    bold = [
        one.text
        for one in document.paragraphs
        if one.style and one.style.name == "Normal" and one.runs and all(run.bold for run in one.runs)
    ]
    assert bold == ["BÁO CÁO", "DANH MỤC NHIỆM VỤ VÀ TÌNH TRẠNG THỰC HIỆN"]


def test_the_hour_of_a_deadline_stands_in_every_form() -> None:
    snapshot = draw(
        [entry(1, due=date(2026, 4, 8), hour=time(17)), entry(2, due=date(2026, 4, 9))], frame(), Said(), None
    )
    assert [row[4] for row in table(word_of(snapshot), -1)[1:]] == ["17h00 08/4/2026", "09/4/2026"]
    page = pages_of(snapshot)[0]
    first = int(re.findall(r"\d+", page.auto_filter.ref or "")[0]) + 1
    cells = [page.cell(row, 6) for row in (first, first + 1)]
    assert [(cell.value, cell.number_format) for cell in cells] == [
        (datetime(2026, 4, 8, 17), "hh:mm dd/mm/yyyy"),
        (datetime(2026, 4, 9), "dd/mm/yyyy"),
    ]
    assert {cell.data_type for cell in cells} == {"d"}
    details = [point.detail for point in tell(snapshot, "vi", zone=ZONE).parts[2].lists[0].points]
    assert details == ["hạn 17h00 ngày 08/4/2026", "hạn 09/4/2026"]
    assert [one["hour"] for one in as_json(snapshot)["obligations"]] == ["17:00", None]


def test_a_deadline_before_a_day_says_the_last_day_in_every_form() -> None:
    found = entry(1, due=date(2026, 4, 10), strict=date(2026, 4, 9))
    snapshot = draw([found], frame(), Said(), None)
    [point] = tell(snapshot, "vi", zone=ZONE).parts[2].lists[0].points
    assert point.detail == "hạn trước 10/4/2026 (muộn nhất 09/4/2026)"
    row = table(word_of(snapshot), -1)[1]
    assert (row[4], "Muộn nhất 09/4/2026" in row[-1]) == ("trước 10/4/2026", True)
    page = pages_of(snapshot)[0]
    first = int(re.findall(r"\d+", page.auto_filter.ref or "")[0]) + 1
    assert "Muộn nhất 09/4/2026" in [page.cell(first, number).value for number in range(1, page.max_column + 1)]


def test_what_nobody_said_is_left_to_be_filled_in() -> None:
    head = table(word_of(SOME), 0)[0]
    assert head[0].split("\n")[0] == "SỞ U1"
    assert "………" in head[1]
    assert "Số:" in head[0]


def test_the_workbook_has_filters_frozen_heads_and_heads_on_each_printed_page() -> None:
    for page in pages_of(SOME):
        first = int(re.findall(r"\d+", page.auto_filter.ref or "")[0])
        assert page.freeze_panes == f"C{first + 1}"
        assert page.print_title_rows == f"${first}:${first}"
        merged = [area for area in page.merged_cells.ranges if area.max_row > first]
        assert merged == []  # a merged cell under a filter breaks it
        assert all(page.column_dimensions[letter].width > 3 for letter in "ABC")


def test_nothing_that_was_written_is_worked_out_by_a_spreadsheet() -> None:
    data = to_workbook(SOME, "vi", zone=ZONE)
    with ZipFile(BytesIO(data)) as archive:
        assert not any(b"<f>" in archive.read(name) for name in archive.namelist() if "worksheets/" in name)
    cells = [cell for page in pages_of(SOME) for row in page.iter_rows() for cell in row]
    written = [cell for cell in cells if isinstance(cell.value, str) and cell.value.startswith(("=", "@"))]
    assert len(written) == 2
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in written)


def test_the_same_snapshot_gives_the_same_bytes() -> None:
    assert to_word(SOME, "vi", zone=ZONE) == to_word(SOME, "vi", zone=ZONE)
    assert to_workbook(SOME, "vi", zone=ZONE) == to_workbook(SOME, "vi", zone=ZONE)


def test_what_many_units_owe_alike_is_one_point() -> None:
    alike = [entry(1, f"u{number}", timeliness="late", days_late=3, units=(f"Sở {number}",)) for number in range(1, 10)]
    late = tell(draw(alike, frame(), Said(), None), "vi", zone=ZONE).parts[1].lists[0]
    assert (late.total, len(late.points), late.more) == (9, 1, 0)
    assert late.points[0].text == "A.1. Việc 1 (Sở 1; Sở 2; Sở 3; Sở 4; Sở 5 và 4 đơn vị khác)"


@given(snapshots())
def test_what_has_not_begun_is_counted_apart_from_what_has(snapshot: Snapshot) -> None:
    begun = [one for one in snapshot.entries if not one.is_ahead]
    assert snapshot.counts == counted(one.status for one in begun)
    assert (snapshot.tasks, snapshot.ahead) == (len({one.key[:2] for one in begun}), len(snapshot.entries) - len(begun))
    told = tell(snapshot, "vi", zone=ZONE)
    assert f"theo dõi {snapshot.tasks} nhiệm vụ với {snapshot.counts.total} lượt thực hiện" in told.parts[0].opening
    assert told.facts[-1].text == f"{snapshot.counts.total} lượt của {snapshot.tasks} nhiệm vụ"
    assert [note for note in told.notes if "chưa đến kỳ" in note] == (
        [f"{snapshot.ahead} lượt chưa đến kỳ (kỳ báo cáo chưa bắt đầu), không tính trong các số trên."]
        if snapshot.ahead
        else []
    )
    for unit in snapshot.units:
        own = of_unit(snapshot, unit.unit)
        assert (own.counts, own.tasks, own.ahead, own.unlisted) == (unit.counts, unit.tasks, unit.ahead, 0)


def test_an_annex_that_is_too_long_says_how_many_it_leaves_out() -> None:
    many = [entry(number, timeliness="late", days_late=number) for number in range(1, 8)]
    grid = annex(draw(many, frame(), Said(), None), "vi", most=5)
    assert [row.cells[1].text for row in grid.rows if isinstance(row, Line)] == ["A.7", "A.6", "A.5", "A.4", "A.3"]
    assert grid.totals == ("Và 2 lượt khác, xem bảng Excel.",)


def test_before_the_hour_it_is_told_who_has_not_written_by_now() -> None:
    early = replace(draw([entry(1)], frame(), Said(), None), contributions_by=CUT + timedelta(hours=2))
    heads = [one.heading for one in tell(early, "vi", zone=ZONE).parts[1].lists]
    assert heads == ["Đơn vị chưa gửi nội dung báo cáo đến 17h00 ngày 03/4/2026"]


def test_an_office_without_anything_says_so() -> None:
    told = tell(draw([], frame(), Said(), None), "vi", zone=ZONE)
    assert [part.opening for part in told.parts][1] == "Không có."
    assert [one.empty for part in told.parts for one in part.lists] == [
        "Chưa có nhiệm vụ nào được báo cáo hoàn thành.",
        "Không có nhiệm vụ nào đến hạn.",
    ]
    word_of(draw([], frame(), Said(), None))
    pages_of(draw([], frame(), Said(), None))


def test_a_unit_that_wrote_late_stands_in_the_workbook_with_its_hour() -> None:
    late = {"u2": frame().contributions_by + timedelta(minutes=65)}
    found = draw([entry(1, "u2"), entry(2, "u3")], frame(), Said(wrote_first=late), None)
    rows = below_heads(pages_of(found)[-1])
    assert rows == [
        ("Sở u2", "Chưa gửi đúng giờ", "gửi lúc 10h05 ngày 03/4/2026"),
        ("Sở u3", "Chưa gửi đúng giờ", None),
    ]


def test_the_document_goes_to_the_overseers_of_its_units_and_says_each_value_with_one_colon() -> None:
    value = Measured("p", "I.1", "Phủ sóng 5G", "%", date(2026, 3, 25), "64,5", "", "", ("u2",))
    over = Post("Phó Chủ tịch", "pct@tinh.example")
    units = {unit: replace(one, overseer=over) for unit, one in DIRECTORY.units.items()}
    framed = replace(frame(), directory=replace(DIRECTORY, units=units))
    document = word_of(draw([entry(1, "u2"), entry(2, "u3")], framed, Said(measured=(value,)), None))
    receivers = document.tables[-2].rows[0].cells[0].text
    assert receivers == "Nơi nhận:\n- Trưởng Ban Chỉ đạo;\n- Phó Chủ tịch;\n- Lưu: VT."
    assert any(
        "Phủ sóng 5G: 64,5% – ngày 25/3/2026" in paragraph.text.replace("\xa0", " ")
        for paragraph in document.paragraphs
    )
