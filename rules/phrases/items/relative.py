"""Days and periods counted from the document: `từ nay đến …`, `ngày mai`, `tuần sau`, `trong năm`."""

from itertools import product

from rules.phrases.cursor import Cursor, or_back
from rules.phrases.items.nouns import Marks, Part
from rules.phrases.lexicon import Lexicon, meaning
from rules.phrases.marks import THIS_YEAR, Mark
from rules.phrases.spelling import known

known("mai nay hôm tuần tháng quý này sau tới đến tới cho -")

_SIGNED = Lexicon(
    dict.fromkeys(
        (
            f"{since} {what}"
            for since, what in product(
                ("từ", "kể từ", "từ ngày", "kể từ ngày", "tính từ ngày", "bắt đầu từ"),
                (
                    "nay",
                    "ký",
                    "ban hành",
                    "ký ban hành",
                    "phê duyệt",
                    "văn bản được ký",
                    "ký kết",
                    "bây giờ",
                    "hôm nay",
                ),
            )
        ),
        True,
    )
)
SIGNED = _SIGNED.starts
_RELATIVE = Lexicon(
    meaning(Mark("relative day", day=0), "hôm nay | ngày hôm nay"),
    meaning(Mark("relative day", day=1), "ngày mai"),
    meaning(Mark("relative week", day=0), "tuần này"),
    meaning(Mark("relative week", day=1), "tuần sau | tuần tới | tuần kế tiếp"),
)


@or_back
def now(cursor: Cursor) -> Marks | None:
    """Take the `từ nay` or `kể từ ngày ký` before an end: the day of the document."""
    if not _SIGNED.take(cursor):
        return None
    ends = cursor.key in ("đến", "tới", "cho", "-") or cursor.behind() == "nay"
    return Marks((Mark("now"),)) if ends else None


@or_back
def whole(cursor: Cursor) -> Marks | Part | None:
    """Take `cả năm`, `trong năm`, `hết năm`, `trong tháng` without a number: this year, this month."""
    if cursor.behind() not in ("hết", "đến") and not cursor.take_any(("trong", "cả", "trọn")):
        return None
    cursor.take_any(("cả", "trọn"))
    unit = cursor.take_any(("năm", "tháng", "quý", "tuần", "ngày"))
    if not unit or cursor.key not in ("", ",", ";", ".", ")", ":"):
        return None
    if unit in ("ngày", "tuần"):
        return Marks((Mark("relative day" if unit == "ngày" else "relative week"),))
    if unit == "năm":
        return Marks((Mark("year", year=THIS_YEAR),))
    return Part("this", "quarter" if unit == "quý" else "month")


@or_back
def relative(cursor: Cursor) -> Marks | None:
    """Take a day or week named from the day of writing."""
    found = _RELATIVE.take(cursor)
    return None if found is None else Marks((found,))
