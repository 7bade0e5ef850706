"""Opening: which format some bytes are in, judged by what is in them, and the `Pages` they hold.

Nothing in a document is ever run: macros are left alone (with a notice), links are not followed, formulas not computed.
"""

from dataclasses import replace

from rules.plans.blocks import NOWHERE, Notice, Pages, Unreadable
from rules.plans.sources.archive import Archive
from rules.plans.sources.docx import docx_pages
from rules.plans.sources.long_cells import without_long_cells
from rules.plans.sources.old_fonts import in_unicode
from rules.plans.sources.pdf import pdf_pages
from rules.plans.sources.progress import Progress, unseen
from rules.plans.sources.refusals import damaged, locked, refusal, too_large
from rules.plans.sources.text import text_pages
from rules.plans.sources.xlsx import xlsx_pages
from rules.wording import Wording

_MOST_BYTES = 100_000_000
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*")
_ARCHIVES = {b"Rar!": "RAR", b"7z\xbc\xaf\x27\x1c": "7-Zip", b"\x1f\x8b": "gzip"}
_TYPES = "[Content_Types].xml"


def pages(data: bytes, name: str = "", progress: Progress = unseen) -> Pages:
    """Return what a file holds; `name` is for the words of an error, and tells CSV from text.

    Raises Unreadable, which says what to do.
    """
    refuse_large(len(data))
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start:
        raise refusal(f"tệp {name} trống".replace("  ", " "), f"the file {name} is empty".replace("  ", " "))
    if data.startswith(b"PK"):
        return in_unicode(without_long_cells(_zipped(data, progress)))
    if b"%PDF-" in data[:1024]:
        return in_unicode(without_long_cells(pdf_pages(data, progress)))
    _refuse_others(data, start)
    if name.lower().endswith(".csv"):
        raise refusal(
            "tệp CSV: hãy mở bằng Excel và lưu thành .xlsx", "a CSV file: open it in Excel and save it as .xlsx"
        )
    return in_unicode(without_long_cells(text_pages(data)))


def refuse_large(size: int) -> None:
    """Raise Unreadable for a file of more bytes than any plan has."""
    if size > _MOST_BYTES:
        raise too_large(f"{size:,} byte", f"{size:,} bytes")


def _zipped(data: bytes, progress: Progress) -> Pages:
    """Return what a zip file of Microsoft's formats holds; refuse other formats in a zip by their name."""
    archive = Archive(data)
    main = archive.related("", "officeDocument") or ""
    kind = _content_type(archive, main)
    if "wordprocessingml" in kind or "ms-word" in kind:
        found = docx_pages(archive, progress)
    elif "binary" in kind:
        raise refusal("tệp Excel nhị phân .xlsb: hãy lưu thành .xlsx", "a binary Excel file, .xlsb: save it as .xlsx")
    elif "spreadsheetml" in kind or "ms-excel" in kind:
        found = xlsx_pages(data, archive, progress)
    else:
        raise _other_zip(archive, kind)
    if "macroEnabled" not in kind:
        return found
    return replace(found, notices=(Notice(_MACROS, NOWHERE), *found.notices))


def _content_type(archive: Archive, part: str) -> str:
    """Return the content type that the package states for a part, '' when it states none."""
    if _TYPES not in archive.names:
        return ""
    stated = {f"{entry.get('PartName', '')}{entry.get('Extension', '')}": entry for entry in archive.xml(_TYPES)}
    entry = stated.get(f"/{part}", stated.get(part.rpartition(".")[2]))
    return "" if entry is None else entry.get("ContentType", "")


def _other_zip(archive: Archive, kind: str) -> Unreadable:
    if "presentationml" in kind or "ms-powerpoint" in kind:
        return refusal("tệp trình chiếu PowerPoint", "a PowerPoint presentation")
    if "mimetype" in archive.names and b"opendocument" in archive.read("mimetype"):
        return refusal(
            "tệp OpenDocument (.odt, .ods): hãy lưu thành .docx hoặc .xlsx",
            "an OpenDocument file (.odt, .ods): save it as .docx or .xlsx",
        )
    if _TYPES in archive.names:
        return damaged("Office")
    return refusal("tệp nén zip: hãy giải nén trước", "a zip archive: unpack it first")


def _refuse_others(data: bytes, start: bytes) -> None:
    """Refuse what is neither of the formats read nor text."""
    if data.startswith(_COMPOUND):
        raise _compound(data)
    if data.startswith(_IMAGES) or data[8:12] == b"WEBP" or data[4:8] == b"ftyp" or _is_bitmap(data):
        raise refusal(
            "tệp ảnh, không có chữ để đọc: hãy dùng bản .docx, hoặc nhận dạng chữ (OCR) rồi kiểm tra lại",
            "an image, without text to read: use the .docx, or recognise its text (OCR) and proofread it",
        )
    for signature, named in _ARCHIVES.items():
        if data.startswith(signature):
            raise refusal(f"tệp nén {named}: hãy giải nén trước", f"a {named} archive: unpack it first")
    lowered = start.lower()
    if lowered.startswith(b"{\\rtf"):
        raise refusal(
            "tệp RTF: hãy mở bằng Word và lưu thành .docx", "an RTF file: open it in Word and save it as .docx"
        )
    if lowered.startswith((b"<html", b"<!doctype html", b"mime-version:")) or b"<html" in lowered:
        raise refusal(
            "trang web (HTML), dù tên có thể là .doc, .xls: hãy mở bằng Word hoặc Excel và lưu thành .docx, .xlsx",
            "a web page (HTML), even if named .doc or .xls: open it in Word or Excel and save it as .docx or .xlsx",
        )
    if lowered.startswith(b"<?xml"):
        raise refusal("tệp XML: hãy lưu thành .docx hoặc .xlsx", "an XML file: save it as .docx or .xlsx")


def _is_bitmap(data: bytes) -> bool:
    """Say whether the bytes are a BMP; a text may well begin with `BM` (biểu mẫu)."""
    return data.startswith(b"BM") and data[6:10] == bytes(4)


def _compound(data: bytes) -> Unreadable:
    """Return the refusal of a file of Office 97–2003, or of a new one inside the envelope that encrypts it."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return locked("Word, Excel")
    if "WordDocument".encode("utf-16-le") in data:
        return refusal("tệp Word cũ (.doc): hãy lưu thành .docx", "an old Word file (.doc): save it as .docx")
    if any(stream.encode("utf-16-le") in data for stream in ("Workbook", "Book\0")):
        return refusal("tệp Excel cũ (.xls): hãy lưu thành .xlsx", "an old Excel file (.xls): save it as .xlsx")
    return refusal(
        "tệp của Office 97–2003: hãy lưu thành .docx hoặc .xlsx",
        "a file of Office 97–2003: save it as .docx or .xlsx",
    )


_MACROS = Wording("Tệp có macro: macro không được chạy, chỉ đọc nội dung.", "The file has macros: they are not run.")
