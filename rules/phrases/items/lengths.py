"""Lengths of time: `05 (năm) ngày làm việc`, `24 giờ`, `2 tuần`, `03 tháng`."""

from rules.deadline import Offset, OffsetUnit
from rules.phrases.cursor import Cursor, or_back
from rules.phrases.items.nouns import Length
from rules.phrases.items.numbers import number
from rules.phrases.lexicon import Lexicon, meaning, words
from rules.phrases.spelling import known
from rules.wording import Wording

known("ngày làm việc tuần lễ tháng năm giờ tiếng nửa ( ) -")

_SEVERAL = Wording("khoảng thời gian ước chừng, lấy số lớn", "a rough length of time; the larger number is taken")
_WORKING_HOURS = Wording("giờ làm việc, không phải giờ liên tục", "working hours, not hours on end")
_SAME_DAY = Wording("trong ngày: hiểu là ngay ngày đó", "within the day: taken as that same day")
_ROUGH = Wording("khoảng thời gian không ghi bằng số", "a length of time that is not given in figures")
_UNITS: Lexicon[OffsetUnit] = Lexicon(
    meaning("hours", "giờ làm việc | giờ | tiếng | giờ đồng hồ | tiếng đồng hồ | h"),
    meaning("working days", "ngày làm việc | ngày làm | nlv | ngày công"),
    meaning("days", "ngày | ngày dương lịch | ngày lịch"),
    meaning("weeks", "tuần | tuần lễ"),
    meaning("months", "tháng"),
    meaning("years", "năm"),
)
_IN_WORDS = Lexicon(
    meaning(
        Length(Offset(1, "working days")),
        """ngày làm việc tiếp theo | ngày làm việc kế tiếp | ngày làm việc sau | ngày làm việc liền kề
        | ngày làm việc hôm sau""",
    ),
    meaning(Length(Offset(0, "days"), _SAME_DAY), "trong ngày | ngay trong ngày | ngay trong ngày làm việc"),
    meaning(Length(Offset(1, "months"), _ROUGH), "tháng đầu tiên | trong tháng đầu tiên"),
)
IN_WORDS = _IN_WORDS.starts
_LESSONS = words("học giảng dạy chuẩn tín")
"""The words after hours that measure work and are no term: `50 giờ học tập`."""
_GOES_ON = words("kể tính sau từ khi")


@or_back
def length(cursor: Cursor) -> Length | None:
    """Take a number and its unit of time."""
    if cursor.take("nửa", "tháng"):
        return Length(Offset(15, "days"))
    count = number(cursor, 1, 9_999)
    if count is None:
        return None
    more = _more(cursor, count)
    hours_at = cursor.at
    unit = _UNITS.take(cursor)
    if unit is None or (unit == "hours" and cursor.key in _LESSONS):
        return None
    doubt = _SEVERAL if more else None
    if unit == "hours" and "làm" in cursor.keys[hours_at : cursor.at]:
        doubt = _WORKING_HOURS
    if unit == "days" and _in_brackets(cursor):
        unit = "working days"
    count = more or count
    return Length(Offset(7 * count, "days") if unit == "weeks" else Offset(count, unit), doubt)


@or_back
def _more(cursor: Cursor, than: int) -> int | None:
    """Take the larger number of `10 - 15 ngày`."""
    more = number(cursor, 1, 9_999) if cursor.take_any(("-", "đến")) else None
    return more if more is not None and more > than else None


@or_back
def _in_brackets(cursor: Cursor) -> bool | None:
    """Take `(ngày làm việc)` after `ngày`."""
    cursor.take("(")
    is_working = cursor.take("làm", "việc") or cursor.take("ngày", "làm", "việc")
    return True if is_working and (cursor.take(")") or True) else None


@or_back
def length_in_words(cursor: Cursor) -> Length | None:
    """Take `ngày làm việc tiếp theo`; `trong ngày`, `tháng đầu tiên` only where what they count from follows."""
    found = _IN_WORDS.take(cursor)
    if found is None or found.doubt is None:
        return found
    return found if cursor.key in _GOES_ON else None
