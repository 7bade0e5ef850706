"""Hours: `17h00`, `9h00' sáng`, `16 giờ 30 phút`, `hết giờ làm việc`."""

from datetime import time

from rules.phrases.cursor import Cursor, or_back
from rules.phrases.items.nouns import Fault, Hour
from rules.phrases.lexicon import Lexicon, meaning, words
from rules.phrases.spelling import known
from rules.wording import Wording

known("giờ phút h g p sáng trưa chiều tối")

CLOSING = time(17)
"""When offices close where their province has not said otherwise."""

_ASSUMED = Wording("giờ tan sở lấy là 17h00", "offices are taken to close at 17:00")
_MIDNIGHT = Wording("24h00 là hết ngày hôm đó", "24:00 is the end of that day")
_CLOSINGS = Lexicon(
    meaning(
        Hour(CLOSING, _ASSUMED),
        """hết giờ làm việc | cuối giờ làm việc | giờ làm việc | kết thúc giờ làm việc | hết giờ hành chính
        | giờ hành chính | cuối giờ hành chính | cuối giờ | hết giờ | cuối ngày | cuối buổi chiều | cuối ngày làm việc
        | hết ngày làm việc | cuối giờ chiều | hết giờ làm việc buổi chiều | hết giờ chiều | hết buổi chiều
        | giờ làm việc cuối cùng | trước khi hết giờ làm việc | trước khi kết thúc giờ làm việc
        | trước giờ tan sở | trước khi kết thúc ngày làm việc | trước khi hết giờ hành chính""",
    )
)
CLOSINGS = _CLOSINGS.starts
_AFTERNOON = Lexicon(
    meaning(0, "sáng | buổi sáng | trưa | buổi trưa") | meaning(12, "chiều | buổi chiều | tối | buổi tối")
)
_COUNTED_FROM = words("kể sau tính từ trước nếu đồng làm tiếng đối")
_LENGTH_BEFORE = words("trong vòng hạn quá đa thiểu")


@or_back
def clock(cursor: Cursor) -> Hour | Fault | None:
    """Take an hour of the day in figures, with its minutes and its part of the day."""
    if cursor.ahead(1) == "giờ" and cursor.behind() in _LENGTH_BEFORE:
        return None
    if cursor.here.number == 24 and cursor.ahead(2) in ("", ",", ".", ";", ")"):
        return None
    hours = cursor.take_number(0, 99)
    sign = cursor.take_any(("h", "giờ", "g", ":"))
    if hours is None or not sign:
        return None
    minutes = cursor.take_number(0, 99) if cursor.here.glued or sign == "giờ" else None
    if minutes is None and (sign in (":", "g") or (cursor.key in _COUNTED_FROM and not _is_clock(cursor))):
        return None
    cursor.take_any(("phút", "'", '"', "p"))
    cursor.take("'")
    afternoon = _AFTERNOON.take(cursor)
    hours += afternoon if afternoon and hours < 12 else 0
    cursor.take("00")
    if hours > 24 and minutes is None and cursor.key != "ngày":
        return None
    return _hour(hours, minutes or 0)


def _hour(hours: int, minutes: int) -> Hour | Fault:
    if hours == 24 and minutes == 0:
        return Hour(None, _MIDNIGHT)
    if hours > 23 or minutes > 59:
        said = f"{hours}:{minutes:02}"
        return Fault(Wording(f"không có giờ {said}", f"there is no {said} o’clock"))
    return Hour(time(hours, minutes))


def _is_clock(cursor: Cursor) -> bool:
    if cursor.key in ("kể", "tính") or cursor.ahead(1) == "khi":
        return False
    return (cursor.key == "sau" and cursor.ahead(1) == "đó") or cursor.behind(3) in ("trước", "nhất", "lúc", "vào")


def closing(cursor: Cursor) -> Hour | None:
    """Take the end of the working day."""
    return _CLOSINGS.take(cursor)
