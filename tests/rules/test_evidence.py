"""Which files and links are proofs: judged by what is in them, never by their name."""

import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.evidence import ENDINGS, LONGEST_NAME, MOST_BYTES, File, Refused, file, link

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
JPEG = b"\xff\xd8\xff\xe0" + b"\0" * 20
HEIC = b"\0\0\0\x18ftypheic" + b"\0" * 20
WEBP = b"RIFF\x10\0\0\0WEBPVP8 "
PDF = b"%PDF-1.7\n%\xe2\xe3"


def archive(**parts: bytes) -> bytes:
    held = BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, data in parts.items():
            opened.writestr(name.replace("__", "/").replace("_xml", ".xml").replace("_bin", ".bin"), data)
    return held.getvalue()


TYPES = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


def office(part: str, **more: bytes) -> bytes:
    held = BytesIO()
    with zipfile.ZipFile(held, "w") as opened:
        for name, data in {"[Content_Types].xml": TYPES, part: b"<a/>", **more}.items():
            opened.writestr(name, data)
    return held.getvalue()


DOCX, XLSX = office("word/document.xml"), office("xl/workbook.xml")
ODT = archive(mimetype=b"application/vnd.oasis.opendocument.text", content_xml=b"<a/>")
ODS = archive(mimetype=b"application/vnd.oasis.opendocument.spreadsheet", content_xml=b"<a/>")


@pytest.mark.parametrize(
    ("data", "name", "shown", "media_type"),
    [
        (PDF, "bao-cao.pdf", "bao-cao.pdf", "application/pdf"),
        (PDF, "bao-cao.exe", "bao-cao.exe.pdf", "application/pdf"),  # the content counts, and names the file
        (PDF, "bao-cao.docx", "bao-cao.pdf", "application/pdf"),
        (PNG, "anh.PNG", "anh.PNG", "image/png"),
        (JPEG, "anh.jpeg", "anh.jpeg", "image/jpeg"),
        (WEBP, "anh.webp", "anh.webp", "image/webp"),
        (HEIC, "IMG_0001.HEIC", "IMG_0001.HEIC", "image/heic"),
        (DOCX, "Báo cáo số 15.docx", "Báo cáo số 15.docx", "word"),
        (XLSX, "bảng.xlsx", "bảng.xlsx", "sheet"),
        (ODT, "a.odt", "a.odt", "text"),
        (ODS, "a.ods", "a.ods", "spreadsheet"),
        ("số liệu".encode(), "a.txt", "a.txt", "text/plain"),
        ("a;b\n1;2\n".encode("utf-16"), "a.csv", "a.csv", "text/csv"),
    ],
    ids=lambda value: "" if isinstance(value, bytes) else value,
)  # fmt: skip
def test_a_file_has_the_type_of_its_content(data: bytes, name: str, shown: str, media_type: str) -> None:
    found = file(data, name)
    assert found.name == shown
    assert media_type in found.media_type
    assert found.media_type in ENDINGS


@pytest.mark.parametrize(
    ("data", "name", "told"),
    [
        (b"", "a.pdf", "empty"),
        (b"MZ\x90\0" + b"\0" * 64, "bao-cao.pdf", "program"),
        (b"\x7fELF" + b"\0" * 64, "a.txt", "program"),
        (b"#!/bin/sh\nrm -rf /\n", "a.txt", "program"),
        (b"<html><script>alert(1)</script>", "a.html", "no type"),
        (b"<html><body>", "a.txt", "no type"),
        (b"  <!DOCTYPE html>", "a.csv", "no type"),
        (b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "a.svg", "no type"),
        (b'<?xml version="1.0"?><svg/>', "a.txt", "no type"),
        (b"plain words", "a.js", "no type"),
        (b"\0\1\2\3binary", "a.txt", "no type"),
        (b"Rar!\x1a\x07", "a.pdf", "no type"),
        (b"\x1f\x8b\x08", "a.pdf", "no type"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, "a.doc", "old Office"),
        (archive(bao_cao=PDF), "a.zip", "archive"),
        (archive(bao_cao=PDF), "a.docx", "archive"),
        (office("ppt/presentation.xml"), "a.docx", "archive"),
        (office("word/document.xml", **{"word/vbaProject.bin": b"x"}), "a.docx", "macros"),
        (office("word/document.xml", **{"word/embeddings/setup.exe": b"MZ"}), "a.docx", "macros"),
        (office("word/document.xml", **{"word/a.xml": b"\0" * 200_000_000})[:400_000], "a.docx", "the file"),
        (b"PK\x03\x04 broken", "a.docx", "the file"),
        (PDF + b"\0" * MOST_BYTES, "a.pdf", "25 MB"),
    ],
    ids=lambda value: "" if isinstance(value, bytes) else value,
)
def test_a_file_of_a_wrong_kind_is_refused_with_what_is_accepted(data: bytes, name: str, told: str) -> None:
    with pytest.raises(Refused) as refused:
        file(data, name)
    assert told in refused.value.reason.en
    assert name in refused.value.reason.vi


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\an\\bao cao.pdf", "bao cao.pdf"),
        ("bao\u202efdp.exe", "baofdp.exe.pdf"),
        ('a"; rm\r\nX: y.pdf', "a_; rmX_ y.pdf"),
        ("", "tep.pdf"),
        (".pdf", "pdf.pdf"),
    ],
    ids=lambda value: "" if isinstance(value, bytes) else str(value),
)
def test_a_name_is_one_that_no_system_takes_for_more(name: str, shown: str) -> None:
    assert file(PDF, name).name == shown


@given(st.text(max_size=400))
def test_whatever_a_file_is_called_its_name_is_short_and_seen(name: str) -> None:
    shown = file(PDF, name).name
    assert len(shown) <= LONGEST_NAME + 5
    assert shown.endswith(".pdf") or shown.lower().endswith(".pdf")
    assert shown.isprintable()
    assert not set(shown) & set('/\\<>:"|?*')


@given(st.binary(max_size=300), st.sampled_from(["a.pdf", "a.docx", "a.txt", "a.svg", "a"]))
def test_any_bytes_are_accepted_or_refused_and_nothing_else(data: bytes, name: str) -> None:
    try:
        found = file(data, name)
    except Refused:
        return
    assert isinstance(found, File)


@pytest.mark.parametrize(
    "text", ["https://dongthap.example/vb/15", " http://a.example/x?y=1#z ", "https://vi-dụ.example/báo-cáo"]
)
def test_a_web_address_is_a_link(text: str) -> None:
    assert link(text) == text.strip()


@pytest.mark.parametrize(
    "text",
    [
        "", "15/BC-BCĐ", "javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "https://", "ftp://a.example/",
        "https://an:mat-khau@a.example/", "https://a.example/ x", 'https://a.example/"onclick=', "https://a.example/<b>",
        "https://[::1/", "https://a.example/" + "x" * 2_000, "https://a.example/\u202ex",
    ],
)  # fmt: skip
def test_anything_else_is_none(text: str) -> None:
    with pytest.raises(Refused):
        link(text)
