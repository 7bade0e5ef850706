"""From the bytes of a file to its text: size, encoding, characters that have no place in a rule file."""

import re
import unicodedata

from rules.load.mistake import Mistake
from rules.problem import Problem, Source
from rules.wording import Wording, same

LARGEST_FILE = 5_000_000
"""Bytes; a rule file of 4,000 lines has about 200,000."""

_FOREIGN_MARKS = {
    b"\xff\xfe\x00\x00": "UTF-32",
    b"\x00\x00\xfe\xff": "UTF-32",
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
}
# Control characters, the line ends that editors do not count, marks that turn the reading direction (a mail header
# would show something else than what it holds), and the byte order mark inside a text.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")


def decode(name: str, data: bytes) -> str | Problem:
    """Return the text of a file without byte order mark, or what keeps it from being read."""
    if len(data) > LARGEST_FILE:
        said = Wording(
            "tệp lớn hơn 5 MB; nhiều nhất 5 MB: hãy tách ra",
            "the file is larger than 5 MB; at most 5 MB are accepted: split it",
        )
        return Problem(Source(name), "", said)
    if foreign := _foreign_encoding(data):
        said = Wording(f"tệp là {foreign.vi}; hãy lưu thành UTF-8", f"the file is {foreign.en}; save it as UTF-8")
        return Problem(Source(name), "", said)
    try:
        text = data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        return _bad_byte(name, data, error.start)
    if found := _FORBIDDEN.search(text):
        return Problem(source_at(name, text, found.start()), "", forbidden_character(found[0]))
    return text


def check_characters(text: str) -> None:
    """Raise Mistake when an escape (`"\\x07"`) brought in a character that a file may not hold."""
    if found := _FORBIDDEN.search(text):
        raise Mistake(forbidden_character(found[0]))


def forbidden_character(character: str) -> Wording:
    """Return the message for a character that no rule file may hold."""
    name = unicodedata.name(character, "").lower()
    called = same(name) if name else Wording("ký tự điều khiển", "control character")
    code = f"U+{ord(character):04X}"
    return Wording(
        f"ký tự {code} ({called.vi}) không được dùng; xóa đi",
        f"character {code} ({called.en}) is not accepted; remove it",
    )


def source_at(name: str, text: str, index: int) -> Source:
    """Return the place of the `index`-th character."""
    before = text[:index]
    return Source(name, before.count("\n") + 1, index - (before.rfind("\n") + 1) + 1)


def _foreign_encoding(data: bytes) -> Wording | None:
    for mark, encoding in _FOREIGN_MARKS.items():
        if data.startswith(mark):
            return same(encoding)
    # Text in UTF-16 without a mark has a zero byte beside nearly every Latin letter.
    if data[:200].count(0) > len(data[:200]) // 4:
        without_mark = Wording("UTF-16 không có dấu đầu tệp", "UTF-16 without a byte order mark")
        return without_mark if data[:200].strip(b"\x00") else Wording("tệp nhị phân", "binary")
    return None


def _bad_byte(name: str, data: bytes, start: int) -> Problem:
    place = source_at(name, data[:start].decode("utf-8").removeprefix("\ufeff"), len(data))
    line_start = data.rfind(b"\n", 0, start) + 1
    column = len(data[line_start:start].decode("utf-8").removeprefix("\ufeff")) + 1
    byte = f"0x{data[start]:02X}"
    said = Wording(
        f"byte {byte} không phải UTF-8 (có thể là Latin-1 hoặc Windows-1258); hãy lưu tệp thành UTF-8",
        f"byte {byte} is not UTF-8 (Latin-1 or Windows-1258?); save the file as UTF-8",
    )
    return Problem(Source(name, place.line, column), "", said)
