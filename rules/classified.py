"""Markings of classified matter (Luật Bảo vệ bí mật nhà nước): what bears one must never enter this system.

A marking is told from running text: `Bảo mật`, `Mật độ` and `bí mật nhà nước` are none, `MẬT` in a line of its own,
`(Mật)`, `Độ mật: …`, `Tối mật` by itself, a document's number that ends in one and `văn bản mật số 15` are; `hồ sơ cấp
độ mật, tối mật` in a sentence speaks of degrees and marks nothing.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from rules.problem import Source
from rules.wording import Wording

CODE = "D701"

_LEVEL = r"(?:(?i:tối|tuyệt)\s+)?(?i:mật)"
_STAMP = (
    r"(?:TỐI\s+|TUYỆT\s+)?(?<!BÍ )(?<!BẢO )(?<!CƠ )(?<!\w)MẬT(?!\w)"
    r"(?!\s+(?:MÃ|ĐỘ|KHẨU|THƯ|ONG|VỤ|ĐƯỜNG|NGHỊ|GẤU|NGỌT|THIẾT|BÁO|LỆNH)\b)"
)
_BEFORE = (
    r"""(?:(?<=[:(\[“"'])\s*["']?|(?<=\s[–—-])\s*|^\s*(?:[#-]+\s+)*["']?)(?:(?i:tài liệu|văn bản|hồ sơ|công văn)\s+)?"""
)
_BEHIND = r"""(?=["'”]?\s*(?:[)\],;}#.:]|\s[–—-]\s|$))"""
_ALONE = rf"{_BEFORE}{_LEVEL}{_BEHIND}"
# In the middle of a sentence a capital makes it one, but not where degrees are enumerated: `cấp độ Mật, Tối Mật`.
_WITHIN = r"(?<!\w)(?:Tối|Tuyệt)\s+[Mm]ật(?!\w)"
_DEGREE = (
    rf"(?i:độ mật\s*[:=]\s*[\"“']?|đóng dấu\s+[\"“']?){_LEVEL}(?!\w)"
    rf"|(?<!\w)(?<!cấp )(?<!mức )(?i:độ mật)\s+(?:(?i:là)\s+)?{_LEVEL}(?!\w)"
    r"|(?i:độ mật)\s*[:=]\s*[\"“']?[ABC](?!\w)"
)
_NUMBER = r"(?<![\w/-])\d+\s?[/-][\w./Đđ-]*?\s?(?:\((?:M|TM|TuM|(?i:mật))\)|[/-](?:M|Mật|MẬT)(?![\w&/-]))"
# A document that has a number is a certain one, and not what a sentence says about documents of a degree.
_NUMBERED = (
    r"(?<!\w)(?i:tài liệu|văn bản|hồ sơ|công văn|quyết định|nghị quyết|kế hoạch|báo cáo|tờ trình|chỉ thị|thông báo|"
    rf"đề án|phương án|kết luận|công điện)\s+{_LEVEL}\s*(?:,\s*)?"
    r"(?:(?i:số)(?:\s*[:.]\s*|\s+)\d[\w./-]*|\d+\s?[/-]\s?[^\W\d][\w./-]*)"
)
_ENVELOPE = r"(?i:chỉ người có tên mới được bóc bì)"
_ALL = (_NUMBERED, _STAMP, _DEGREE, _NUMBER, _ENVELOPE, _ALONE, f"(?P<within>{_WITHIN})")
_MARKING = re.compile("|".join(_ALL), re.MULTILINE)
_OF_A_DEGREE = re.compile(r"(?:\bđộ\b[^.;:]{0,30}|\bmật\s*(?:,|/|và|hoặc)\s*)$", re.IGNORECASE)
_QUICK = re.compile(r"mật|[/-]m(?!\w)|\(t?u?m\)|bóc bì", re.IGNORECASE)


class Marking(NamedTuple):
    """A marking as it stands in a text, and where."""

    source: Source
    text: str

    @property
    def said(self) -> Wording:
        """Return what is wrong with it."""
        return Wording(
            f"'{self.text}' là dấu chỉ độ mật: tài liệu bí mật nhà nước không được đưa vào hệ thống này",
            f"'{self.text}' marks classified matter, which must not enter this system",
        )


MEND = Wording(
    "lấy tệp này ra khỏi thư mục và khỏi lịch sử git, báo người phụ trách bảo vệ bí mật nhà nước của cơ quan; "
    f"nếu đó không phải dấu mật, ghi ngay trên dòng: # lint: {CODE} vì …",
    "take the file out of the folder and out of git's history, and tell the office's officer for state secrets; "
    f"if it is no marking, say so on the line above: # lint: {CODE} because …",
)


def markings(name: str, text: str) -> Iterator[Marking]:
    """Yield the markings in a text, by lines, each with its place."""
    whole = text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)
    # Composing leaves the lines as they are.
    worth_a_look = sorted({whole.count("\n", 0, found.start()) for found in _QUICK.finditer(whole)})
    as_written, as_composed = (text.split("\n"), whole.split("\n")) if worth_a_look else ([], [])
    for number in worth_a_look:
        line, composed = as_written[number], as_composed[number]
        for found in _MARKING.finditer(composed):
            if found["within"] and _OF_A_DEGREE.search(composed[: found.start()]):
                continue
            shown = found[0].strip(" \t\"'“”-#")
            column = found.start() + found[0].index(shown)
            # Columns count the characters of the file, whose letters may be written in several.
            before = len(_as_written(line, column))
            yield Marking(Source(name, number + 1, before + 1), shown)


def _as_written(line: str, count: int) -> str:
    """Return the beginning of a line that comes to `count` composed characters."""
    for end in range(count, len(line) + 1):
        if len(unicodedata.normalize("NFC", line[:end])) >= count:
            return line[:end]
    return line
