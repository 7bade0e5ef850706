"""Whatever the bytes are: pages, or one clear word why not."""

import struct
import zipfile
import zlib
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from rules.plans.blocks import Pages, Paragraph, Unreadable
from rules.plans.sources.archive import Archive
from rules.plans.sources.opening import pages
from tests.rules.plans.builders.excel import edited, plan_xlsx, shared
from tests.rules.plans.builders.layout import PLAN, Layout
from tests.rules.plans.builders.portable import line, pdf, plan_pdf
from tests.rules.plans.builders.word import docx, drawn, packed, plan_docx

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
REAL = {"word": plan_docx(PLAN, Layout(merge_sections=True)), "excel": shared(plan_xlsx(PLAN)), "pdf": plan_pdf(PLAN)}


def stream(name: str) -> bytes:
    return COMPOUND + name.encode("utf-16-le")


def locked_zip() -> bytes:
    data = bytearray(docx("Chữ"))
    for sign, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := data.find(sign, at + 1)) >= 0:
            data[at + place] |= 1
    return bytes(data)


def test_a_csv_file_is_refused_by_its_name() -> None:
    with pytest.raises(Unreadable, match="a CSV file: open it in Excel"):
        pages(b"TT;Nhi\xe1\xbb\x87m v\xe1\xbb\xa5;H\xe1\xba\xa1n\n1;a;30/6", "ke-hoach.CSV")


def test_a_text_in_the_letters_of_an_old_font_is_refused() -> None:
    with pytest.raises(Unreadable, match="TCVN3"):
        pages("KÕ ho¹ch triÓn khai nhiÖm vô n¨m 2026 cña Uû ban nh©n d©n tØnh".encode(), "ke-hoach.txt")


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf \r\n\t", "is empty"),
        (stream("WordDocument"), r"an old Word file \(.doc\): save it as .docx"),
        (stream("Workbook"), r"an old Excel file \(.xls\): save it as .xlsx"),
        (stream("EncryptedPackage"), "has a password"),
        (COMPOUND, "a file of Office 97–2003"),
        (locked_zip(), "has a password"),
        (b"\x89PNG\r\n\x1a\n", "an image"),
        (b"\xff\xd8\xff\xe0", "an image"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "an image"),
        (b"BM\x10\x00\x00\x00\x00\x00\x00\x00", "an image"),
        (b"Rar!\x1a\x07", "a RAR archive"),
        (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
        (b"\x1f\x8b\x08", "a gzip archive"),
        (b"{\\rtf1\\ansi}", "an RTF file"),
        (b"\xef\xbb\xbf\r\n<!DOCTYPE html><p>x", r"a web page \(HTML\), even if named .doc"),
        (b'<div><html xmlns:w="urn:x">', "a web page"),
        (b"MIME-Version: 1.0\r\n", "a web page"),
        (b"<?xml version='1.0'?><Workbook/>", "an XML file"),
        (b"PK\x03\x04", "Office .zip. file is damaged"),
        (packed({"a.txt": "x"}), "a zip archive: unpack it first"),
        (packed({"mimetype": "application/vnd.oasis.opendocument.text"}), "an OpenDocument file"),
        (packed({"[Content_Types].xml": "<Types/>"}), "the Office file is damaged"),
        (docx("x", main_type="application/vnd.ms-excel.sheet.binary.macroEnabled.main"), "a binary Excel file"),
        (docx("x", main_type="application/vnd.openxmlformats-officedocument.presentationml.x"), "a PowerPoint"),
        (b"%PDF-1.7\nnothing", "the PDF file is damaged"),
    ],
)
def test_what_is_no_document_is_named(data: bytes, found: str) -> None:
    with pytest.raises(Unreadable, match=found) as caught:
        pages(data, "ke-hoach.doc")
    assert "what can be read: .docx, .xlsx, .pdf" in caught.value.reason.en
    assert "đọc được: .docx, .xlsx, .pdf" in caught.value.reason.vi


@pytest.mark.parametrize(
    "text", ["KÕ ho¹ch triÓn khai thùc hiÖn NghÞ quyÕt cña Bé ChÝnh trÞ", "Keá hoaïch trieån khai thöïc hieän"]
)
def test_old_fonts_are_refused(text: str) -> None:
    with pytest.raises(Unreadable, match="TCVN3/ABC or VNI"):
        pages(docx(text))


def test_a_foreign_word_is_no_old_font() -> None:
    assert pages(docx("Hợp tác với thành phố Zürich về dịch vụ công © 2026 và dữ liệu mở")).blocks


def test_a_text_may_begin_like_a_bitmap() -> None:
    assert pages("BM01: Biểu mẫu báo cáo".encode()).blocks


def test_the_content_decides_and_not_the_name() -> None:
    for name, data in REAL.items():
        assert pages(data, "ke-hoach.txt").blocks, name
    assert pages("KẾ HOẠCH".encode(), "ke-hoach.docx").blocks[0] == pages("KẾ HOẠCH".encode()).blocks[0]


def test_a_file_larger_than_any_plan_is_refused_unread() -> None:
    with pytest.raises(Unreadable, match="100,000,001 bytes"):
        pages(b"PK" + bytes(99_999_999))


def test_a_zip_that_unpacks_to_too_much_is_refused_before_it_is_unpacked() -> None:
    bomb = BytesIO()
    with (
        zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("a.xml", "w") as part,
    ):
        for _ in range(301):
            part.write(bytes(1_000_000))
    with pytest.raises(Unreadable, match="it unpacks to 301,000,000 bytes"):
        pages(bomb.getvalue())


def test_a_zip_that_lies_about_its_sizes_unpacks_no_further() -> None:
    data = bytearray(packed({"a.xml": "<a>" + "x" * 1_000_000 + "</a>"}))
    at = data.find(b"PK\x01\x02")
    struct.pack_into("<L", data, at + 24, 10)
    with pytest.raises(Unreadable, match=r"Office \(zip\) file is damaged"):
        Archive(bytes(data)).read("a.xml")


def test_more_tags_than_memory_can_hold_are_refused() -> None:
    with pytest.raises(Unreadable, match="more than 5,000,000 XML tags"):
        pages(docx("<w:p/>" * 5_000_000))
    cells = edited(
        REAL["excel"], "xl/worksheets/sheet1.xml", "<sheetData>", f"<sheetData><row>{'<c/>' * 2_000_000}</row>"
    )
    with pytest.raises(Unreadable, match="more than 2,000,000 XML tags"):
        pages(cells)
    texts = edited(REAL["excel"], "xl/sharedStrings.xml", "</sst>", "<si/>" * 2_000_000 + "</sst>")
    with pytest.raises(Unreadable, match="more than 2,000,000 XML tags"):
        pages(texts)


def test_a_directory_without_end_is_refused() -> None:
    data = bytearray(packed({"a.xml": "<a/>"}))
    struct.pack_into("<L", data, data.rfind(b"PK\x05\x06") + 12, 5_000_000)
    with pytest.raises(Unreadable, match="its directory is too long"):
        pages(bytes(data))


@pytest.mark.parametrize("part", ["word/document.xml", "_rels/.rels", "[Content_Types].xml"])
def test_entities_are_refused_in_every_part(part: str) -> None:
    with zipfile.ZipFile(BytesIO(docx("x"))) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    dtd = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]>'.encode
    for encoding in ("utf-8", "utf-16"):
        declared = f'<?xml version="1.0" encoding="{encoding}"?>'.encode(encoding) if encoding == "utf-8" else b""
        changed = files[part] if encoding == "utf-8" else files[part].decode().encode("utf-16-le")
        files_now = files | {part: declared + dtd(encoding) + changed}
        with pytest.raises(Unreadable, match="defines XML entities"):
            pages(packed(files_now))


def test_entities_are_refused_in_a_workbook() -> None:
    roots = {"worksheets/sheet1": "worksheet", "sharedStrings": "sst", "styles": "styleSheet"}
    for part, root in roots.items():
        dtd = f'<!-- {"x" * 5000} --><!DOCTYPE a [<!ENTITY a "b">]><{root}'
        with pytest.raises(Unreadable, match="defines XML entities"):
            pages(edited(REAL["excel"], f"xl/{part}.xml", f"<{root}", dtd))


def test_a_pdf_that_unpacks_to_too_much_is_refused() -> None:
    packer = zlib.compressobj(1)
    bomb = b"".join([*(packer.compress(bytes(1_000_000)) for _ in range(301)), packer.flush()])
    data = b"%PDF-1.7\n1 0 obj\n<</Filter/FlateDecode>>\nstream\n" + bomb + b"\nendstream"
    with pytest.raises(Unreadable, match="more than 300 MB"):
        pages(data)
    with pytest.raises(Unreadable, match="packed twice"):
        pages(b"%PDF-1.7\n<</Filter [/FlateDecode /FlateDecode]>>")


def test_links_to_other_files_are_not_followed() -> None:
    data = docx("x", numbering="<a/>")
    outside = edited(
        data,
        "word/_rels/document.xml.rels",
        'Target="numbering.xml"',
        'Target="file:///etc/passwd" TargetMode="External"',
    )
    above = edited(data, "word/_rels/document.xml.rels", 'Target="numbering.xml"', 'Target="../../../etc/passwd"')
    for changed in (outside, above):
        assert next(block for block in pages(changed).blocks if isinstance(block, Paragraph)).text == "x"


def is_read_or_refused(data: bytes) -> None:
    with suppress(Unreadable):
        assert isinstance(pages(data, "x"), Pages)


@given(st.binary(max_size=300))
@example(b"PK\x05\x06" + bytes(18))
@example(b"%PDF-1.4 trailer<</Root 1 0 R>>")
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    is_read_or_refused(data)
    is_read_or_refused(b"PK\x03\x04" + data)
    is_read_or_refused(b"%PDF-1.7\n" + data)


@pytest.mark.parametrize("kind", REAL)
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=20)
@given(data=st.data())
def test_a_damaged_document_is_read_or_refused(kind: str, data: st.DataObject) -> None:
    whole = bytearray(REAL[kind])
    for _ in range(data.draw(st.integers(1, 5))):
        whole[data.draw(st.integers(0, len(whole) - 1))] ^= data.draw(st.integers(1, 255))
    is_read_or_refused(bytes(whole[: data.draw(st.integers(0, len(whole)))]))
    is_read_or_refused(bytes(whole))


PARTS: dict[str, tuple[Callable[[], bytes], str]] = {
    "word": (lambda: REAL["word"], "word/document.xml"),
    "numbering": (lambda: REAL["word"], "word/numbering.xml"),
    "sheet": (lambda: REAL["excel"], "xl/worksheets/sheet1.xml"),
    "book": (lambda: REAL["excel"], "xl/workbook.xml"),
    "strings": (lambda: REAL["excel"], "xl/sharedStrings.xml"),
}


@pytest.mark.parametrize("kind", PARTS)
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=40)
@given(data=st.data())
def test_a_document_with_odd_values_inside_is_read_or_refused(kind: str, data: st.DataObject) -> None:
    build, part = PARTS[kind]
    with zipfile.ZipFile(BytesIO(build())) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    text = files[part].decode()
    quotes = [at for at, sign in enumerate(text) if sign == '"']
    at = data.draw(st.integers(0, len(quotes) // 2 - 1)) * 2
    odd = data.draw(st.sampled_from(["", "-1", "0", "x", "1e9", "99999999999", "A0", "ZZZZ1", "A1:B", "²", "restart"]))
    files[part] = (text[: quotes[at] + 1] + odd + text[quotes[at + 1] :]).encode()
    is_read_or_refused(packed(files))


def test_a_text_deep_inside_itself_is_refused_or_read() -> None:
    is_read_or_refused(docx("<w:p>" + "<w:ins>" * 50_000 + "</w:ins>" * 50_000 + "</w:p>"))
    is_read_or_refused(docx("<w:tbl><w:tr><w:tc>" * 5_000 + "</w:tc></w:tr></w:tbl>" * 5_000))


def test_a_password_on_a_pdf_is_named() -> None:
    lock = b"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>/ID[<00><00>]" % (b"11" * 32, b"22" * 32)
    with pytest.raises(Unreadable, match="the PDF file has a password"):
        pages(pdf(line("x", 60, 60)).replace(b"/Root 1 0 R", b"/Root 1 0 R" + lock))


LONG = "a " * 10_001
HEADS = ("STT", "Nhiệm vụ", "Chủ trì", "Thời hạn")


@pytest.mark.parametrize(
    ("data", "place"),
    [
        ("\t".join(HEADS) + f"\n1\t{LONG}.\tSở A\tQuý I\n", "line 2"),
        (f"|{'|'.join(HEADS)}|\n|-|-|-|-|\n|1|{LONG}.|Sở A|Quý I|\n", "line 3"),
        (drawn([HEADS, ("1", f"{LONG}.", "Sở A", "Quý I")]), "table 1, row 2"),
    ],
    ids=["tabs", "pipes", "word"],
)
def test_a_cell_longer_than_anyone_reads_is_refused_with_its_row(data: str, place: str) -> None:
    with pytest.raises(Unreadable) as refused:
        pages(docx(data) if data.startswith("<") else data.encode())
    assert refused.value.reason.en == f"{place}: a cell has more than 20,000 characters: look at that row"
    assert "hàng 2" in refused.value.reason.vi or "dòng" in refused.value.reason.vi


def test_a_long_paragraph_is_none_and_blanks_do_not_count() -> None:
    assert pages(f"{LONG}.".encode()).blocks
    assert pages(f"STT\tNhiệm vụ{' ' * 30_000}\tChủ trì\n1\ta\tSở A\n".encode()).blocks
