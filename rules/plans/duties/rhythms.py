"""Rhythms: recurrences that a sentence names by their day (`vào thứ Sáu hằng tuần`), and several of them in a row."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from rules.phrases import Context, Reading, read

_PERIOD = r"(?:tuần|tháng|quý|năm|(?:6|06|9|09|sáu|chín) tháng)(?: đầu năm)?"
_DAY_BEHIND = r"(?:trước|vào|chậm nhất|muộn nhất|chậm nhất vào|muộn nhất vào)(?: ngày)? \d[^,;.()]{0,30}?"
_REPORT = r"(?:(?:báo cáo|sơ kết|tổng kết)\s+)*(?:định kỳ\s+)?"
_INSIDE = r"[^()]*(?:trước|ngày|thứ|tuần|\d/\d)[^()]*"
_ITEM = rf"(?:(?:hằng|hàng|mỗi)\s+)?{_PERIOD}\s*(?:\({_INSIDE}\)|{_DAY_BEHIND})"
_SERIES = re.compile(
    rf"(?<!\w)(?:định kỳ\s+)?{_ITEM}(?:\s*(?:[,;]|(?:,\s*)?và(?= ))\s*{_REPORT}{_ITEM})+"
    rf"(?=\s*(?:[,;.()]|$)|\s+(?:về|gửi|cho|để|tới|đến|báo cáo|của)(?!\w))",
    re.IGNORECASE,
)
"""`tháng (trước ngày 20), quý (trước ngày 20 tháng cuối quý)`, `6 tháng trước ngày 15/6, năm trước ngày 15/12`."""
_ONE = re.compile(
    rf"{_REPORT}(?:(?:hằng|hàng|mỗi)\s+)?(?P<period>{_PERIOD})\s*(?:\((?P<inside>[^()]*)\)|(?P<behind>{_DAY_BEHIND}))"
    rf"(?=\s*(?:[,;]|(?:,\s*)?và |$))",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"báo cáo|định kỳ|sơ kết|tổng kết|(?:hằng|hàng|mỗi) ", re.IGNORECASE)
_BESIDE = 40
_TIME = r"(?:(?:sáng|chiều|đầu giờ|cuối giờ|\d{1,2}\s?(?:giờ|h|g)(?:\d\d)?(?: phút)?)\s+)*"
_WHICH = r"(?:\s+(?:đầu tiên|cuối cùng|đầu|cuối))?"
_DAY = rf"(?:(?:ngày\s+)?(?:thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật)|ngày(?: làm việc)?(?: \d{{1,2}})?){_WHICH}"
_OF = (
    r"(?:(?:của\s+)?(?:hằng|hàng|mỗi) (?:tuần|tháng|quý|năm)|của (?:tuần|tháng|quý)"
    r"|(?:của )?tháng (?:cuối|đầu)(?: của)?(?: mỗi| hằng| hàng)? quý)"
)
_BY_DAY = re.compile(
    rf"(?<!\w)(?<!từ )(?<!đến )(?<!trước )(?:định kỳ\s+)?(?:vào\s+)?{_TIME}{_DAY}\s+{_OF}(?!\w)"
    r"(?! \d| trước| sau| này| liền| kế| báo cáo)",
    re.IGNORECASE,
)
"""`vào thứ Hai đầu tiên của tháng`; `ngày 14 của tháng trước` is where figures are cut off."""


class Rhythm(NamedTuple):
    """Where in a text recurrences stand, and what they come to."""

    start: int
    end: int
    reading: Reading


def series(text: str, context: Context) -> Iterator[Rhythm]:
    """Yield recurrences that follow one another, each with its day, where all of them together are understood."""
    for match in _SERIES.finditer(text):
        if not _ABOUT.search(text[max(0, match.start() - _BESIDE) : match.end()]) and "(" not in match[0]:
            continue
        said = [f"{one['period']} ({one['inside'] or one['behind']})" for one in _ONE.finditer(match[0])]
        reading = read(f"định kỳ {', '.join(said)}", context)
        if reading.rrules and reading.confidence == "sure":
            yield Rhythm(match.start(), match.end(), reading)
        elif (whole := read(match[0], context)).rrules:
            yield Rhythm(match.start(), match.end(), whole)


def by_day(text: str, context: Context) -> Iterator[Rhythm]:
    """Yield the recurrences that begin with the day they fall on."""
    for match in _BY_DAY.finditer(text):
        reading = read(match[0], context)
        if reading.rrules:
            yield Rhythm(match.start(), match.end(), reading)
