"""Charset: bytes of a text file → its characters, or why they are none."""

import unicodedata
from collections.abc import Iterator

from rules.plans.blocks import Unreadable
from rules.wording import Wording

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_SAMPLE = 100_000
_VIETNAMESE = frozenset("aăâbcdđeêghiklmnoôơpqrstuưvxyfjwz")
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_SHAPES = frozenset("\u0302\u0306\u031b")

NOT_TEXT = Unreadable(
    Wording(
        "Tệp không phải văn bản (chứa dữ liệu nhị phân). Nhận: .docx, .xlsx, .pdf có chữ, .txt, .md.",
        "The file is not text (it holds binary data). Accepted: .docx, .xlsx, .pdf with text, .txt, .md.",
    )
)
OLD_FONT = Unreadable(
    Wording(
        "Không nhận ra bảng mã của văn bản (có thể là TCVN3/ABC hoặc VNI). Hãy lưu lại bằng Unicode (UTF-8).",
        "The text's character set was not recognised (perhaps TCVN3/ABC or VNI). Save it as Unicode (UTF-8).",
    )
)


def text_of(data: bytes) -> tuple[str, bool]:
    """Return the characters of a text file, composed (NFC), and whether some bytes had to be given up.

    Unicode with or without a byte order mark, else windows-1258. Raises Unreadable for bytes that are no such text.
    """
    text, mended = _decoded(data)
    if any(_is_binary(c) for c in text[:_SAMPLE]):
        raise NOT_TEXT
    return unicodedata.normalize("NFC", text), mended


def _decoded(data: bytes) -> tuple[str, bool]:
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace"), False
    if wide := _wide(data):
        return data.decode(wide, "replace"), False
    try:
        return data.decode("utf-8"), False
    except UnicodeDecodeError:
        return _damaged_utf8(data) or (_windows(data), False)


def _wide(data: bytes) -> str | None:
    """Name the form of UTF-16 without a mark: every other byte of its digits, blanks and plain letters is nought."""
    sample = data[:4_000]
    low, high = sample[0::2].count(0), sample[1::2].count(0)
    if len(sample) < 4 or max(low, high) * 6 < len(sample):
        return None
    return "utf-16-le" if high > low else "utf-16-be"


def _damaged_utf8(data: bytes) -> tuple[str, bool] | None:
    """Return a UTF-8 text of which a few bytes are damaged: far more letters of several bytes are whole than not."""
    text = data.decode("utf-8", "replace")
    lost = text.count("\ufffd")
    whole = sum(c > "\u007f" for c in text) - lost
    return (text, True) if whole > 20 * lost else None


def _windows(data: bytes) -> str:
    try:
        text = unicodedata.normalize("NFC", data.decode("cp1258"))
    except UnicodeDecodeError:
        raise NOT_TEXT if b"\x00" in data else OLD_FONT from None
    letters = [_is_vietnamese(c) for c in text[:_SAMPLE] if c > "\u007f" and (c.isalpha() or c in "¸®¬¹§¦©¶")]
    if sum(letters) < 0.97 * len(letters):
        raise OLD_FONT
    return text


def _is_vietnamese(char: str) -> bool:
    base, *marks = tuple(unicodedata.normalize("NFD", char.lower()))
    return base in _VIETNAMESE and all(mark in _TONES | _SHAPES for mark in marks) and char.isalpha()


def _is_binary(char: str) -> bool:
    return char < " " and char not in "\t\n\r\f\v\x1b\x1e\x1f"


def lines_of(text: str) -> Iterator[tuple[int, str]]:
    """Return every line with its number, whatever ends it; a page's end ends a line."""
    ended = text.replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n").replace("\f", "\n")
    return enumerate(ended.split("\n"), start=1)
