"""Evidence: which proofs are accepted: files, judged by what is in them and never by their name, and links.

A file is a document, a sheet, a picture or plain text. What a reader's machine could run (programs, macros, web pages,
drawings with script) is refused, and so is any archive that is not an office document.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from rules.plans.blocks import Unreadable
from rules.plans.sources.archive import Archive
from rules.wording import Wording

MOST_BYTES = 25 * 1024 * 1024
MOST_PROOFS = 10
"""So many proofs one report may have."""
LONGEST_NAME = 120
LONGEST_LINK = 2_000

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ODT, _ODS = "application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.spreadsheet"
ENDINGS: Mapping[str, str] = {
    "application/pdf": ".pdf",
    _DOCX: ".docx",
    _XLSX: ".xlsx",
    _ODT: ".odt",
    _ODS: ".ods",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/webp": ".webp",
    "image/heic": ".heic",
    "text/plain": ".txt",
    "text/csv": ".csv",
}
"""The types that are accepted, each with the ending a file of it is named by."""
_ALSO = {
    "image/jpeg": (".jpg", ".jpeg", ".jfif"),
    "image/heic": (".heic", ".heif"),
    "text/plain": (".txt", ".log", ".md"),
}
_HEIC = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1")
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PROGRAMS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xfe\xed\xfa", b"#!", b"dex\n")
_MARKUP = ("<!doctype", "<html", "<svg", "<?xml", "<script", "<body", "<iframe", "<math", "<!--")
_SCRIPT = ("<script", "javascript:", "<iframe")
_ACCEPTED = Wording(
    "Nhận tệp PDF, Word (.docx), Excel (.xlsx), OpenDocument (.odt, .ods), ảnh (.png, .jpg, .webp, .heic), .txt, .csv.",
    "Accepted: PDF, Word .docx, Excel .xlsx, OpenDocument .odt .ods, pictures .png .jpg .webp .heic, .txt, .csv",
)


class Refused(ValueError):
    """A proof that is not accepted; `reason` says why, and what is."""

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(en)
        self.reason = Wording(vi, en)


@dataclass(frozen=True, slots=True)
class File:
    """A file that is accepted: the name it is given back under, and the type its content has."""

    name: str
    media_type: str


def file(data: bytes, name: str) -> File:
    """Return what a file is given back as; Refused when it is empty, too large, or of no type that is accepted."""
    shown = _plain(name)
    if not data:
        raise Refused(f"Tệp “{shown}” trống.", f"the file {shown!r} is empty")
    if len(data) > MOST_BYTES:
        raise too_large(shown)
    media_type = _media_type(data, shown)
    return File(_named(shown, media_type), media_type)


def too_large(name: str) -> Refused:
    """Return the refusal of a file with more bytes than are accepted."""
    most = MOST_BYTES // 1024 // 1024
    return Refused(
        f"Tệp “{name}” lớn hơn {most} MB; hãy nén ảnh, chia nhỏ, hoặc gửi đường liên kết.",
        f"the file {name!r} is larger than {most} MB: compress its pictures, split it, or give a link",
    )


def too_many() -> Refused:
    """Return the refusal of more proofs than a report may have."""
    return Refused(
        f"Mỗi báo cáo có nhiều nhất {MOST_PROOFS} tệp và liên kết.", f"a report has {MOST_PROOFS} proofs at most"
    )


def link(text: str) -> str:
    """Return a link as it is kept; Refused unless it is a web address without a password in it."""
    found = text.strip()
    try:
        parts = urlsplit(found)
        is_web = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.username is None
    except ValueError:
        is_web = False
    if not is_web or len(found) > LONGEST_LINK or not found.isprintable() or any(one in found for one in ' <>"'):
        shown = "".join(one for one in found if one.isprintable())[:LONGEST_NAME]
        raise Refused(
            f"“{shown}” không phải địa chỉ liên kết: hãy chép nguyên địa chỉ bắt đầu bằng https://",
            f"{shown!r} is no link: copy the whole address, beginning with https://",
        )
    return found


def _media_type(data: bytes, name: str) -> str:
    if any(data.startswith(start) for start in _PROGRAMS):
        raise Refused(
            f"Tệp “{name}” là chương trình. {_ACCEPTED.vi}", f"the file {name!r} is a program. {_ACCEPTED.en}"
        )
    if data.startswith(_COMPOUND):
        raise Refused(
            f"Tệp “{name}” ở định dạng Office cũ (.doc, .xls) hoặc có mật khẩu: hãy lưu thành .docx, .xlsx hoặc PDF.",
            f"the file {name!r} is in an old Office format (.doc, .xls) or locked: save it as .docx, .xlsx or PDF",
        )
    if data.startswith(b"PK"):
        return _office_type(data, name)
    return _start_type(data) or _text_type(data, name)


def _start_type(data: bytes) -> str | None:
    """Return the type that the first bytes of a file tell, None when they tell none."""
    if data.startswith(b"%PDF-"):
        return "application/pdf"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "image/webp"
    if data[4:8] == b"ftyp" and data[8:12] in _HEIC:
        return "image/heic"
    return None


def _office_type(data: bytes, name: str) -> str:
    """Return the type of an office document in a zip; Refused for any other archive, and for macros."""
    try:
        archive = Archive(data)
        mimetype = archive.read("mimetype")[:200].decode("ascii", "replace") if "mimetype" in archive.names else ""
    except Unreadable as fault:
        raise Refused(f"Tệp “{name}”: {fault.reason.vi}", f"the file {name!r}: {fault.reason.en}") from fault
    if any(part.lower().endswith(("vbaproject.bin", ".exe", ".dll", ".js", ".vbs")) for part in archive.names):
        raise Refused(
            f"Tệp “{name}” có macro hoặc chương trình: hãy lưu lại không kèm macro.",
            f"the file {name!r} holds macros or programs: save it without",
        )
    if mimetype in (_ODT, _ODS):
        return mimetype
    if "[Content_Types].xml" in archive.names and "word/document.xml" in archive.names:
        return _DOCX
    if "[Content_Types].xml" in archive.names and "xl/workbook.xml" in archive.names:
        return _XLSX
    raise Refused(
        f"Tệp “{name}” là tệp nén: hãy gửi từng tệp bên trong. {_ACCEPTED.vi}",
        f"the file {name!r} is an archive: send the files in it one by one. {_ACCEPTED.en}",
    )


def _text_type(data: bytes, name: str) -> str:
    """Return the type of plain text, which its name must say it is; Refused for markup and for everything else."""
    ending = _ending(name)
    text = _decoded(data)
    start = "" if text is None else text.lstrip()[:2_000].lower()
    if text is None or not text.strip() or ending not in (".csv", *_ALSO["text/plain"]) or _is_markup(start):
        raise Refused(
            f"Tệp “{name}” thuộc loại không được nhận. {_ACCEPTED.vi}",
            f"the file {name!r} is of no type that is accepted. {_ACCEPTED.en}",
        )
    return "text/csv" if ending == ".csv" else "text/plain"


def _decoded(data: bytes) -> str | None:
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text


def _is_markup(start: str) -> bool:
    return start.startswith(_MARKUP) or any(word in start for word in _SCRIPT)


def _named(name: str, media_type: str) -> str:
    """Return the name with the ending that its type has, whatever it was called."""
    endings = _ALSO.get(media_type, (ENDINGS[media_type],))
    ending = _ending(name)
    if ending in endings:
        return name
    known = {one for all_ in (*_ALSO.values(), tuple(ENDINGS.values())) for one in all_}
    stem = name.removesuffix(name[-len(ending) :]) if ending in known else name
    return stem.rstrip(". ") + ENDINGS[media_type]


def _ending(name: str) -> str:
    _, dot, ending = name.rpartition(".")
    return f".{ending.lower()}" if dot else ""


def _plain(name: str) -> str:
    """Return the last part of a path, without anything that a reader could not see or a system would take for more."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    # Cc, Cf (which turn the direction of writing), Zl and so on: nothing that is not seen.
    seen = "".join(one for one in last if unicodedata.category(one)[0] not in "CZ" or one == " ")
    kept = "".join("_" if one in '<>:"|?*' else one for one in seen).strip(". ") or "tep"
    if len(kept) <= LONGEST_NAME:
        return kept
    ending = _ending(kept)[:10]
    return kept[: LONGEST_NAME - len(ending)] + ending
